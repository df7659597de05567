"""Counting what a year's draws drew, whatever became of the visits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from inspect_cli.core.names import EntityId, Period
from inspect_cli.core.plan.stratum import CARRIED_OVER
from inspect_cli.core.plan.year.count import Count, DrawnVisit, Waiting, count_year
from tests.core.plan.builders import LABOUR, SAFETY

A = (LABOUR, "A")


def visit(period: str = "2027-02", **change: Any) -> DrawnVisit:
    """Build a visit that was drawn for labour in class A and waits for its day."""
    base = DrawnVisit(period=Period(period), entity=EntityId("E1"), strata=((LABOUR, "A"),), drawn=(LABOUR,))
    return replace(base, **change)


def recorded(period: str = "2027-02", **change: Any) -> DrawnVisit:
    """Build a visit with results for labour."""
    return visit(period, **{"checked": (LABOUR,), **change})


def carried(start: str, to: str, **change: Any) -> DrawnVisit:
    """Build a visit that was carried over."""
    return visit(start, **{"to_period": Period(to), **change})


def arrived(period: str, **change: Any) -> DrawnVisit:
    """Build the visit that a carried-over one became."""
    return visit(period, **{"strata": ((LABOUR, CARRIED_OVER),), **change})


class TestDrawn:
    """YEAR-3 Who counts as drawn."""

    def test_waiting_and_recorded(self) -> None:
        """YEAR-3, YEAR-4: a visit counts once it is drawn, and as recorded once it has a result."""
        other = EntityId("E2")
        assert count_year(2027, [visit(), recorded(entity=other)], []) == {A: Count(drawn=2, recorded=1)}

    def test_other_year(self) -> None:
        """YEAR-3: visits of another year are not counted."""
        assert count_year(2027, [visit("2026-12"), visit("2028-01")], []) == {}

    def test_cancelled(self) -> None:
        """YEAR-3: a visit that ended cancelled does not count."""
        assert count_year(2027, [visit(is_cancelled=True)], []) == {}

    def test_unknown_stratum(self) -> None:
        """YEAR-3: a stratum that the year's fields cannot tell is counted as such."""
        assert count_year(2027, [visit(strata=((LABOUR, None),))], []) == {(LABOUR, None): Count(drawn=1)}


class TestCarriedOver:
    """YEAR-3, YEAR-4 A visit that was carried over counts once, where it was drawn."""

    def test_not_drawn_yet(self) -> None:
        """YEAR-3: before the later month is drawn, it counts where it was drawn."""
        assert count_year(2027, [carried("2027-02", "2027-03")], []) == {A: Count(drawn=1)}

    def test_arrived(self) -> None:
        """YEAR-3: in the later month it does not count again."""
        visits = [carried("2027-02", "2027-03"), arrived("2027-03")]
        assert count_year(2027, visits, []) == {A: Count(drawn=1)}

    def test_recorded_later(self) -> None:
        """YEAR-4: its result, in the next year too, is that of the visit where it was drawn, and of the old year's count."""
        visits = [
            carried("2027-11", "2027-12"),
            arrived("2027-12", to_period=Period("2028-01")),
            arrived("2028-01", checked=(LABOUR,)),
        ]
        assert count_year(2027, visits, []) == {A: Count(drawn=1, recorded=1)}
        assert count_year(2028, visits, []) == {}

    def test_cancelled_later(self) -> None:
        """YEAR-3: carried over and then cancelled, it counts nowhere."""
        visits = [carried("2027-02", "2027-03"), arrived("2027-03", is_cancelled=True)]
        assert count_year(2027, visits, []) == {}

    def test_drawn_anew_is_not_followed(self) -> None:
        """YEAR-3: a visit of the later month in a stratum of its own is another one, and counts there."""
        visits = [carried("2027-02", "2027-03"), visit("2027-03", is_cancelled=True)]
        assert count_year(2027, visits, []) == {A: Count(drawn=1)}

    def test_to_no_later_month(self) -> None:
        """YEAR-3: a month that is not later is never followed, so that nothing goes round in a circle."""
        again = arrived("2027-02", to_period=Period("2027-02"))
        assert count_year(2027, [again], []) == {}


class TestBeside:
    """YEAR-4 What was checked without having been drawn for."""

    def test_checked(self) -> None:
        """YEAR-4: a domain that the visit checked beside is shown beside, and neither drawn nor recorded."""
        both = recorded(strata=((LABOUR, "A"), (SAFETY, "A")), checked=(LABOUR, SAFETY))
        assert count_year(2027, [both], []) == {A: Count(drawn=1, recorded=1), (SAFETY, "A"): Count(beside=1)}

    def test_not_checked(self) -> None:
        """YEAR-4: before there is a result, and for a domain without one, there is nothing beside."""
        strata = ((LABOUR, "A"), (SAFETY, "A"))
        assert count_year(2027, [visit(strata=strata), recorded(strata=strata, entity=EntityId("E2"))], []) == {
            A: Count(drawn=2, recorded=1)
        }

    def test_drawn_without_result(self) -> None:
        """YEAR-4: drawn for a domain that has no result is drawn and not recorded."""
        assert count_year(2027, [recorded(checked=())], []) == {A: Count(drawn=1)}


class TestCommitted:
    """YEAR-5 Draws that are committed and not yet drawn."""

    def test_takes(self) -> None:
        """YEAR-5: their takes are counted, those of carried-over visits aside, which count where drawn."""
        waiting = [
            Waiting(domain=LABOUR, stratum="A", take=3),
            Waiting(domain=LABOUR, stratum="A", take=2),
            Waiting(domain=LABOUR, stratum=CARRIED_OVER, take=4),
        ]
        assert count_year(2027, [visit()], waiting) == {A: Count(drawn=1, committed=5)}
