"""Tests of which coverage looks away: ``@pytest.mark.untraced`` where rounds are many and their lines are covered by cheaper tests.

A traced line costs several times its own time. Every test runs and asserts as before; what is measured is only fewer times the same.
Coverage looks away from a test's half on PostgreSQL as well, for its half on SQLite walks the same lines; not so in the tests of the
store, whose lines for PostgreSQL are its own. And it looks away from what ``ELSEWHERE`` lists: found by measuring which test walks which
lines and branches, these add none to those of ``core`` and eight of 40,000 to all, in a quarter of the time that coverage has.
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
ELSEWHERE = (
    # They look at something else than the package: its sources, the samples, the page that verifies, the file that does.
    "tests/fixtures/",
    "tests/house/",
    "tests/verifiers/",
    "tests/verify_file/",
    "tests/verify_page/",
    # They go through everything once more, to see what comes of it.
    "tests/acts/test_chain_visits.py",
    "tests/acts/test_past.py",
    "tests/attacks/test_zip_tricks.py",
    "tests/commands/test_notice_chain.py",
    "tests/commands/test_plan.py",
    "tests/core/draw/test_amend.py::TestRandomSupplements",
    "tests/core/draw/test_fairness.py",
    "tests/core/plan/test_frame.py::TestPartition",
    "tests/core/plan/test_frame.py::TestQuotas::test_follow_from_the_frame",
    "tests/core/verify/test_against_oracle.py",
    "tests/files/documents/pdf/test_hostile.py",
    "tests/files/documents/test_html.py",
    "tests/files/intake/forms/test_endless.py::test_row_without_end",
    "tests/files/intake/forms/test_endless.py::test_rows_beyond_any_sheet",
    "tests/storage/test_copied_stores.py",
    "tests/test_demo.py::test_told_again_over_an_earlier_one",
    "tests/test_full_disk.py",
    "tests/test_hostile.py",
)
"""The beginnings of the names of tests whose lines cheaper tests walk."""


def is_untraced(item: pytest.Item) -> bool:
    """Say whether coverage looks away from a test."""
    if item.get_closest_marker("untraced") is not None or item.nodeid.startswith(ELSEWHERE):
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
