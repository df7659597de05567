"""Tests of which coverage looks away: ``@pytest.mark.untraced`` where rounds are many and their lines are covered by cheaper tests.

A traced line costs several times its own time. Every test runs and asserts as before; what is measured is only fewer times the same.
Coverage looks away from a test's half on PostgreSQL as well, for its half on SQLite walks the same lines; not so in the tests of the
store, whose lines for PostgreSQL are its own.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

_IN_PROCESSES = "COVERAGE_PROCESS_START"


def is_untraced(item: pytest.Item) -> bool:
    """Say whether coverage looks away from a test."""
    if item.get_closest_marker("untraced") is not None:
        return True
    asked = getattr(item, "callspec", None)
    is_postgres = asked is not None and asked.params.get("store_places") == "postgresql"
    return is_postgres and not item.nodeid.startswith("tests/storage/")


@contextmanager
def coverage_aside() -> Iterator[None]:
    """Let coverage, where it measures this process, rest inside, and not begin in the processes that are started inside."""
    measuring = sys.modules["coverage"].Coverage.current() if "coverage" in sys.modules else None
    settings = os.environ.pop(_IN_PROCESSES, None)
    if measuring is not None:
        measuring.stop()
    try:
        yield
    finally:
        if measuring is not None:
            measuring.start()
        if settings is not None:
            os.environ[_IN_PROCESSES] = settings
