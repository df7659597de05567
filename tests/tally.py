"""Counts that tests leave for the last lines of a run: what was compared or tried, summed over all tests and all workers.

A test asks for ``record_property`` and calls ``count``; the report carries it from a worker to the terminal.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_MARK = "counted: "


def count(record_property: Callable[[str, object], None], counts: Mapping[str, int]) -> None:
    """Leave some counts with the running test, each under the words that the last lines show."""
    for what, number in counts.items():
        record_property(_MARK + what, number)


def sum_up(reports: Iterable[Any]) -> Counter[str]:
    """Sum the counts of all tests that ran, in the order in which they were left."""
    found: Counter[str] = Counter()
    for report in reports:
        if getattr(report, "when", "") == "call":
            for name, number in report.user_properties:
                if name.startswith(_MARK):
                    found[name.removeprefix(_MARK)] += number
    return found
