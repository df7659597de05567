"""What the tests of attacks share: the page's engine in Node.js."""

from __future__ import annotations

from tests.browser import node
from tests.verify_page.conftest import ask_engine

__all__ = ["ask_engine", "node"]
