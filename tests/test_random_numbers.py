"""Random months of offices whose companies change their numbers: the months come out as if no number had ever changed.

A change is one of the acts of ``random_days``; what must not differ by it is told by ``random_numbers``, and what must not be at all by
``month_rules``, which knows each company by its first number.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.random_days import live
from tests.random_numbers import renumber
from tests.random_office import open_office

pytestmark = pytest.mark.untraced
OFFICES = range(100, 110)


@cache
def live_all() -> tuple[tuple[str, ...], Counter[str]]:
    """Let all offices live for two months, and give the breaches, each with its office, beside what was done."""
    found: list[str] = []
    done: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        for number in OFFICES:
            office = open_office(number, f"sqlite:///{(Path(folder) / f'{number}.db').as_posix()}")
            live(office, 2, *[renumber] * 8)
            found += [f"office {number}: {breach.rule}: {breach.what}" for breach in office.breaches]
            done += office.count
    return tuple(found), done


class TestNumbers:
    """NUMBER-2, NUMBER-3: caps, cooling-off, rotation, recusals, blackouts, supplements: all goes on as if no number had changed."""

    def test_nothing_differs(self) -> None:
        """A change of number changes no frame, no list of the excluded, no bar, no year, no status and no schedule but by the names."""
        assert [one for one in live_all()[0] if ": renumbered: " in one] == []

    def test_no_rule_is_broken(self) -> None:
        """No visit breaks a rule by way of a changed number, whichever number an act names; every draw verifies."""
        assert [one for one in live_all()[0] if ": renumbered: " not in one] == []


def test_enough_happens() -> None:
    """Numbers change often, and draws and supplements are made beside, or what holds would mean little."""
    done = live_all()[1]
    wanted = {"renumber": 40, "run": 15, "supplement": 4, "move": 2, "record one": 15, "end": 3}
    assert {what: done[what] for what, least in wanted.items() if done[what] < least} == {}
