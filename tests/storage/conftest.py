"""What the store's tests share beside the places on both databases: one on the server alone, and an empty store."""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.schemas import empty_schema
from tests.stores import store

__all__ = ["server_url", "store"]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def server_url(postgres_server: str, tmp_path: Path) -> Iterator[str]:
    """Make the address of an empty place for a store on PostgreSQL."""
    with empty_schema(postgres_server, f"s{os.getpid()}_{zlib.crc32(os.fsencode(tmp_path)):x}") as address:
        yield address
