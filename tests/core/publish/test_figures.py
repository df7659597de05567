"""How a visit may have stood when a month's statistics were published: what was before that day is certain, what was on it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from inspect_cli.core.names import Domain, EntityId, Slot
from inspect_cli.core.publish.issued import Entry, IssueAction
from inspect_cli.core.publish.proof.figures import CountedDraws, Figures, Timely, count_figures
from inspect_cli.core.publish.proof.stands import Bounds, CountedVisit, Moment, exactly, find_stands
from inspect_cli.core.publish.proof.visits import TracedVisit
from inspect_cli.core.report.month import MonthEnd
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.review import OutcomeVersion, ReviewState
from inspect_cli.core.visit.steps import FollowUpState, Step, TakenStep
from tests.sample_draw import make_outcome

SLOT, ONE, LABOUR = Slot("2026-12/1"), EntityId("E-1"), Domain("labour")
TEN = Moment(day=date(2026, 12, 10), clock=datetime.fromisoformat("2026-12-10T10:00:00+08:00"), number=3)


def on(day: int) -> date:
    """Give a day of December."""
    return date(2026, 12, day)


def version(number: int, recorded: int, reviewed: int | None = None, *, back: bool = False) -> OutcomeVersion:
    """Make a version of a result: recorded, and reviewed on a day, on which it was approved or sent back."""
    done = ReviewState.RETURNED if back else ReviewState.APPROVED
    return OutcomeVersion(
        slot=SLOT,
        entity=ONE,
        version=number,
        outcome=make_outcome("2026-12-01", labour=1),
        state=ReviewState.AWAITING if reviewed is None else done,
        recorded_by="甲",
        clock="2026-12-01T10:00:00+08:00",
        day=on(recorded),
        reviewed_by=None if reviewed is None else "乙",
        reviewed_on=None if reviewed is None else on(reviewed),
        review_reason="x" if back else None,
    )


def change(kind: ChangeKind, day: int) -> VisitChange:
    """Make a change of the visit."""
    return VisitChange(slot=SLOT, entity=ONE, kind=kind, clock="", day=on(day), actor="甲", reason="x")


def step(kind: Step, day: int, clock: str = "2026-12-09T10:00:00+08:00") -> TakenStep:
    """Make a step after an order to rectify."""
    return TakenStep(
        slot=SLOT,
        entity=ONE,
        domain=LABOUR,
        version=1,
        step=kind,
        day=on(day),
        until=None,
        note=None,
        clock=clock,
        actor="甲",
    )


def entry(notice: int, since: int = 5, state: IssueAction = IssueAction.PUBLISHED) -> Entry:
    """Make an entry in a notice of results."""
    return Entry(notice=notice, slot=SLOT, entity=ONE, place=1, outcome_version=1, state=state, since=on(since))


def figures(
    *versions: OutcomeVersion, changes: tuple[VisitChange, ...] = (), drawn_on: int = 1, **parts: Any
) -> Figures:
    """Count a month of one visit on the tenth."""
    traced = TracedVisit(
        slot=SLOT, entity=ONE, is_drawn=True, state=VisitState.PLANNED, changes=changes, versions=versions
    )
    visit = CountedVisit(traced=traced, domains=(LABOUR,), drawn_on=on(drawn_on), **parts)
    timely = Timely(in_time=exactly(2), late=1, overdue=Bounds(least=0, most=1), undated=exactly(0))
    return count_figures(CountedDraws(firsts={}, supplements={}, visits=(visit,), timely=timely), TEN)


def ends(found: Figures) -> set[str]:
    """Name where the visit may have stood."""
    return {str(one.end and one.end.value) for each in found.stands for one in each}


@pytest.mark.parametrize(
    ("versions", "wanted"),
    [
        ((), {"planned"}),
        ((version(1, 9),), {"awaiting"}),
        ((version(1, 10),), {"planned", "awaiting"}),
        ((version(1, 11),), {"planned"}),
        ((version(1, 9, 9),), {"result"}),
        ((version(1, 9, 10),), {"awaiting", "result"}),
        ((version(1, 10, 10),), {"planned", "awaiting", "result"}),
        ((version(1, 9, 11),), {"awaiting"}),
        ((version(1, 8, 9, back=True),), {"planned"}),
        ((version(1, 8, 10, back=True),), {"awaiting", "planned"}),
        ((version(1, 8, 11, back=True),), {"awaiting"}),
        ((version(1, 5, 6, back=True), version(2, 7)), {"awaiting"}),
        ((version(1, 5, 6), version(2, 7)), {"result"}),
    ],
)
def test_a_result_on_its_way(versions: tuple[OutcomeVersion, ...], wanted: set[str]) -> None:
    """PROOF-10: recorded, approved and returned before the tenth is certain, on the tenth possible, afterwards not counted."""
    assert ends(figures(*versions)) == wanted


@pytest.mark.parametrize(
    ("kind", "day", "wanted"),
    [
        (ChangeKind.CANCELLED, 9, {"cancelled"}),
        (ChangeKind.CARRIED_OVER, 10, {"carried-over", "planned"}),
        (ChangeKind.REPLACED, 11, {"planned"}),
        (ChangeKind.MOVED, 9, {"planned"}),
    ],
)
def test_a_visit_without_a_result(kind: ChangeKind, day: int, wanted: set[str]) -> None:
    """PROOF-10: an end of before the tenth is certain, one of the tenth possible; to be moved is no end."""
    assert ends(figures(changes=(change(kind, day),))) == wanted


def test_a_visit_that_the_draw_left_open() -> None:
    """PROOF-10: it stands open until its result is returned, which leaves it planned; on the day of that it may be either."""
    assert ends(figures(was_open=True)) == {"open"}
    assert ends(figures(version(1, 8, 9, back=True), was_open=True)) == {"planned"}
    assert ends(figures(version(1, 8, 10, back=True), was_open=True)) == {"awaiting", "open", "planned"}


def test_a_draw_of_the_very_day() -> None:
    """PROOF-10: a visit that was drawn on the tenth may not have been there, one drawn on the eleventh was not."""
    assert ends(figures(drawn_on=10)) == {"None", "planned"}
    assert figures(drawn_on=10).count(lambda one: one.is_in_force) == Bounds(least=0, most=1)
    assert figures(drawn_on=11).stands == ()


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ((), {"ordered"}),
        ((step(Step.RECHECK_PASSED, 8),), {"rectified"}),
        ((step(Step.RECHECK_PASSED, 10),), {"ordered", "rectified"}),
        ((step(Step.RECHECK_PASSED, 11),), {"ordered"}),
        ((step(Step.RECHECK_PASSED, 8, "2026-12-12T10:00:00+08:00"),), {"ordered", "rectified"}),
        ((step(Step.RECHECK_PASSED, 8), step(Step.CLOSE, 10)), {"rectified", "closed"}),
    ],
)
def test_steps_after_a_result(steps: tuple[TakenStep, ...], wanted: set[str]) -> None:
    """PROOF-10: a step may have been entered later than it is dated; it is certain where day and clock are both before the notice's."""
    ordered = replace(version(1, 5, 6), outcome=make_outcome("2026-12-01", labour=5))
    found = figures(ordered, steps=steps)
    states = {str(each.state and each.state.value) for one in found.stands[0] for each in one.done}
    assert states == wanted
    assert found.count_follow_ups(FollowUpState.ORDERED).most == ("ordered" in wanted)


def test_nothing_follows() -> None:
    """PROOF-10: a result that nothing follows is none of the follow-ups."""
    found = figures(version(1, 5, 6))
    assert (found.count_follow_ups(None), found.count_follow_ups(FollowUpState.CLOSED)) == (exactly(1), exactly(0))
    assert (found.count_worst(1), found.count_results(LABOUR, 1), found.count_done(LABOUR)) == (exactly(1),) * 3
    assert (found.count_worst(5), found.count_results(LABOUR, 5)) == (exactly(0), exactly(0))


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        ((), (0, 0)),
        ((entry(2),), (1, 1)),
        ((entry(4),), (0, 0)),
        ((entry(2, 9, IssueAction.WITHDRAWN),), (0, 0)),
        ((entry(2, 10, IssueAction.WITHDRAWN),), (0, 1)),
        ((entry(2, 11, IssueAction.WITHDRAWN),), (1, 1)),
        ((entry(1, 9, IssueAction.WITHDRAWN), entry(2, 9)), (1, 1)),
        ((entry(2, 9, IssueAction.REPAIRED),), (1, 1)),
    ],
)
def test_what_was_published(entries: tuple[Entry, ...], wanted: tuple[int, int]) -> None:
    """PROOF-10: published is what a notice before this one shows; what was withdrawn is not, and on the day of that it may be."""
    completed, in_time, closed, combined = figures(version(1, 5, 6), entries=entries).rates
    bounds = Bounds(least=wanted[0], most=wanted[1])
    assert (completed, closed) == ((bounds, exactly(1)), (bounds, bounds))
    assert in_time == (exactly(2), Bounds(least=3, most=4))
    assert combined == (exactly(0), exactly(1))


def test_what_an_earlier_number_withdrew_on_a_later_day() -> None:
    """PROOF-10: it was not published any more; what a later number withdrew on that day in another notice was."""
    traced = TracedVisit(
        slot=SLOT, entity=ONE, is_drawn=True, state=VisitState.PLANNED, changes=(), versions=(version(1, 5, 6),)
    )
    visit = CountedVisit(
        traced=traced, domains=(LABOUR,), drawn_on=on(1), entries=(entry(2, 11, IssueAction.WITHDRAWN),)
    )
    for ahead, wanted in (((2, on(11)), False), ((1, on(11)), True), ((2, on(12)), True)):
        ((stand,),) = find_stands([visit], replace(TEN, ahead=frozenset({ahead})))
        assert stand.is_published is wanted


def test_bounds_are_written() -> None:
    """A figure that is known is a number, another one what it lies between; no other text is within."""
    few = Bounds(least=1, most=3)
    assert (str(exactly(2)), str(few)) == ("2", "1–3")
    assert [text for text in ("0", "1", "3", "4", "", "x", "-1") if few.has(text)] == ["1", "3"]


def test_every_end_is_counted_once() -> None:
    """PROOF-10: a visit that stands for certain is counted under one end."""
    counts = [figures(version(1, 9)).count_end(end) for end in MonthEnd]
    assert [end.value for end, count in zip(MonthEnd, counts, strict=True) if count == exactly(1)] == ["awaiting"]
