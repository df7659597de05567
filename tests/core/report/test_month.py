"""What a month amounts to, counted by hand from the sample draw and visits that are set down here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from inspect_cli.core.names import Slot
from inspect_cli.core.report.month import DomainDone, MonthChain, MonthCounts, MonthEnd, MonthVisit, Rate, count_month
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.visit.steps import FollowUpState
from tests.sample_draw import LABOUR, SAFETY, make_sample

SAMPLE = make_sample()
GOOD, ORDERED, REFUSED = ResultClass.NO_PROBLEM, ResultClass.ORDERED_TO_RECTIFY, ResultClass.UNCOOPERATIVE


def _done(*found: DomainDone, **changes: Any) -> MonthVisit:
    domains = tuple(each.domain for each in found)
    return replace(MonthVisit(end=MonthEnd.RESULT, domains=domains, done=found), **changes)


def _visit(end: MonthEnd) -> MonthVisit:
    return MonthVisit(end=end, domains=(SAFETY,))


ORDERED_VISIT = _done(
    DomainDone(domain=LABOUR, result=ORDERED, state=FollowUpState.ORDERED),
    DomainDone(domain=SAFETY, result=GOOD),
    is_published=True,
)
CLOSED_VISIT = _done(
    DomainDone(domain=LABOUR, result=ORDERED, state=FollowUpState.CLOSED),
    DomainDone(domain=SAFETY, result=REFUSED, state=FollowUpState.CLOSED),
    is_published=True,
)
QUIET_VISIT = _done(DomainDone(domain=SAFETY, result=GOOD), is_published=True)
UNPUBLISHED = _done(DomainDone(domain=SAFETY, result=GOOD))
VISITS = (
    ORDERED_VISIT,
    CLOSED_VISIT,
    QUIET_VISIT,
    UNPUBLISHED,
    *map(_visit, MonthEnd),
    _visit(MonthEnd.SUPPLEMENT),
)
"""Four with results, then one that stands in each place (its result without a domain aside), and another that was drawn again."""


def _chain(*visits: MonthVisit, **changes: Any) -> MonthChain:
    chain = MonthChain(commitment=SAMPLE.commitment, result=SAMPLE.result, visits=visits)
    return replace(chain, **changes)


def _count(*visits: MonthVisit) -> MonthCounts:
    return count_month((_chain(*visits),))


def test_every_visit_is_in_exactly_one_place() -> None:
    """MONTH-1: the places are seven, each visit is in one of them, and together they are all that was drawn."""
    counts = _count(*VISITS)
    assert {end.value: count for end, count in counts.ends.items()} == {
        "result": 5,
        "awaiting": 1,
        "planned": 1,
        "open": 1,
        "supplement": 2,
        "cancelled": 1,
        "carried-over": 1,
    }
    assert counts.visits == 12
    assert len({end.label for end in MonthEnd}) == 7


def test_what_was_drawn_again_is_not_in_force() -> None:
    """MONTH-2: of twelve visits two were drawn again, so that ten are in force; due and drawn are the first draw's."""
    counts = _count(*VISITS)
    assert (counts.in_force, counts.done) == (10, 5)
    assert (counts.due, counts.drawn) == (3, 3)


def test_draws_stand_with_their_numbers() -> None:
    """MONTH-2: the sample draw has a base of four, three due and drawn, three visits; a second draw of the month adds its own."""
    other = replace(SAMPLE.commitment, slot=Slot("2026-12/2"))
    counts = count_month((_chain(supplements=2), _chain(commitment=other)))
    lines = [(one.slot, one.base, one.due, one.drawn, one.visits, one.supplements) for one in counts.draws]
    assert lines == [("2026-12/1", 4, 3, 3, 3, 2), ("2026-12/2", 4, 3, 3, 3, 0)]
    assert (counts.due, counts.drawn) == (6, 6)
    assert [(one.base, one.due, one.drawn) for one in counts.domains] == [(6, 2, 2), (6, 4, 4)]


def test_domains_are_counted_over_all_visits_in_force() -> None:
    """MONTH-2, MONTH-3: of the visits in force two check labour and ten safety (two drawn again aside); results go by domain."""
    labour, safety = _count(*VISITS).domains
    assert (labour.domain, labour.base, labour.due, labour.drawn, labour.checked, labour.done) == (
        LABOUR,
        3,
        1,
        1,
        2,
        2,
    )
    assert (safety.domain, safety.base, safety.due, safety.drawn, safety.checked, safety.done) == (
        SAFETY,
        3,
        2,
        2,
        10,
        4,
    )
    assert labour.results == ((ORDERED, 2),)
    assert safety.results == ((GOOD, 3), (REFUSED, 1))


def test_a_company_is_counted_by_its_worst_domain() -> None:
    """MONTH-3: two without a fault, one ordered to rectify, one that refused: four companies in three classes."""
    assert _count(*VISITS).classes == ((GOOD, 2), (ORDERED, 1), (REFUSED, 1))


def test_follow_ups_are_counted_by_state() -> None:
    """MONTH-4: one order is open and two follow-ups are closed; after three results nothing follows."""
    counts = _count(*VISITS)
    assert {state: count for state, count in counts.follow_ups.items() if count} == {
        FollowUpState.ORDERED: 1,
        FollowUpState.CLOSED: 2,
    }
    assert list(counts.follow_ups) == list(FollowUpState)
    assert counts.unfollowed == 3


def test_rates_have_their_two_numbers() -> None:
    """MONTH-5: three published of ten in force, cancelled and carried over among them; two of three closed; two of ten combined."""
    counts = _count(*VISITS)
    assert counts.completed == Rate(part=3, whole=10)
    assert counts.closed == Rate(part=2, whole=3)
    assert counts.combined == Rate(part=2, whole=10)


@pytest.mark.parametrize(
    ("part", "whole", "tenths"),
    [(0, 0, None), (0, 7, 0), (7, 7, 1000), (2, 3, 667), (1, 3, 333), (1, 2000, 1), (1, 2001, 0), (3, 16, 188)],
)
def test_rates_are_rounded_half_up(part: int, whole: int, tenths: int | None) -> None:
    """MONTH-6: 1 of 2000 is 0.05 % and becomes 0.1 %, 3 of 16 is 18.75 % and becomes 18.8 %; of nothing there is none."""
    assert Rate(part=part, whole=whole).tenths == tenths


def test_spared_is_what_departments_alone_would_have_visited() -> None:
    """MONTH-7: quotas of three, so three visits by departments alone; two in force spare one."""
    counts = _count(QUIET_VISIT, ORDERED_VISIT)
    assert (counts.alone, counts.spared) == (3, 1)


def test_a_month_without_visits_has_no_rates() -> None:
    """MONTH-6: where nothing was drawn for there is nothing to divide by."""
    counts = count_month(())
    assert (counts.visits, counts.draws, counts.domains, counts.classes) == (0, (), (), ())
    assert [rate.tenths for rate in (counts.completed, counts.closed, counts.combined)] == [None, None, None]
