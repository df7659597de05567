"""Random months of an office through the acts on a real store: in any order, on any day, and nothing that must not be comes of it.

The acts are chosen by ``random_days`` on the store of ``random_office``; the judge is ``month_rules``. An office that fails is found
again by its number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.random_days import live
from tests.random_office import open_office

pytestmark = pytest.mark.untraced
OFFICES = 30


@cache
def live_all() -> tuple[dict[str, list[str]], Counter[str]]:
    """Let all offices live for a month or two, and give the breaches by rule, each with its office, beside what was done."""
    found: dict[str, list[str]] = defaultdict(list)
    done: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        for number in range(OFFICES):
            office = open_office(number, f"sqlite:///{(Path(folder) / f'{number}.db').as_posix()}")
            live(office, months=office.chance.one((1, 1, 2)))
            for breach in office.breaches:
                found[breach.rule].append(f"office {number}: {breach.what}")
            done += office.count
    return found, done


def breaches(*rules: str) -> list[str]:
    """Give the breaches of some rules."""
    found, _ = live_all()
    return [what for rule in rules for what in found.pop(rule, ())]


class TestEnds:
    """Each visit of a draw that is not void ends in exactly one of result, supplement, cancelled, carried over."""

    def test_one_end(self) -> None:
        """END-1: at no time has a visit two ends, and when the month is closed each has one."""
        assert breaches("ends") == []


class TestVerification:
    """Whatever was done, each draw verifies from its bundle alone."""

    def test_bundles(self) -> None:
        """The bundle of each draw of each chain says VERIFIED of every check of level 0."""
        assert breaches("verification") == []


class TestSupplements:
    """A supplement mends what has gone wrong by the day on which it is ordered."""

    def test_nobody_is_left_behind(self) -> None:
        """After it, no visit still to be made has a seat of somebody who cannot come, or a day that is closed, unless it said so."""
        assert breaches("left behind") == []


class TestRules:
    """No act, in whatever order, leads to a visit that breaks a rule."""

    def test_none_is_broken(self) -> None:
        """Leave, certificates, caps, recusals, rotation, zones, squads, teams, days, yearly caps, quotas: all that the judge knows."""
        found, _ = live_all()
        others = set(found) - {"ends", "verification", "left behind"}
        assert breaches(*sorted(others)) == []


def test_enough_happens() -> None:
    """Every act is done, and supplements and moves often, or what holds would mean little."""
    _, done = live_all()
    wanted = dict.fromkeys(("void", "retire", "black_out", "enter_leave", "enter_recusal", "end", "record one"), 3)
    wanted |= {"run": 40, "supplement": 15, "move": 5}
    assert {what: done[what] for what, least in wanted.items() if done[what] < least} == {}
