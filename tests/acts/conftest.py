"""What the tests of acts begin with, unless their module says otherwise: an empty store."""

from __future__ import annotations

from tests.stores import store

__all__ = ["store"]
