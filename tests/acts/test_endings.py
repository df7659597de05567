"""Cancelling visits and carrying them over, on both kinds of database. The sample: E-1 on 2 December, E-2 open, E-3 on 1 December."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.visit.endings import EndOrder, cancel_visits, carry_over_visits
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.acts.visit.visits import find_unended, list_visits
from inspect_cli.core.names import EntityId, Period, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.ending import VisitStatus
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import DrawState, add_draw
from inspect_cli.storage.visits import find_carried_over, find_visit_changes
from tests.chained_store import APPROVAL, commit_next, fill_chain
from tests.sample_chain import FIRST, SECOND, make_chain
from tests.sample_draw import BUREAU, LABOUR, OPERATOR, SAFETY, actor_on
from tests.sample_store import fill_store, make_record

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

E1, E2, E3 = (EntityId(f"E-{number}") for number in (1, 2, 3))
EVE, AFTER = actor_on("2026-11-30"), actor_on("2026-12-28")
JANUARY, FEBRUARY = Period("2027-01"), Period("2027-02")
ORDER = EndOrder(bureau=BUREAU, slot=FIRST, approval=APPROVAL, entities=(E1,))


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the sample draw."""
    return fill_store(store_url)


def states(store: Store) -> dict[str, VisitStatus]:
    """Read where each visit in force stands."""
    with store.reading() as session:
        listed = list_visits(session, FIRST)
    return {one.visit.entity: one.state for one in listed if one.state is not VisitStatus.REPLACED}


def test_visits_are_cancelled_together(store: Store) -> None:
    """END-3: two visits end with one row of the log, by whom and by whose leave; the schedule has neither any more."""
    ended = cancel_visits(store, EVE, replace(ORDER, entities=(E3, E1, E1)))
    assert (ended.ended, ended.standing, ended.to_period) == ((E1, E3), (), None)
    with store.reading() as session:
        changes = find_visit_changes(session, FIRST)
        (act,) = find_acts(session, act="visit cancel")
        schedule = read_schedule(session, FIRST)
    assert [(one.entity, one.kind, one.actor, one.approver, one.reason) for one in changes] == [
        (entity, ChangeKind.CANCELLED, OPERATOR, "审批人乙", "as-reported") for entity in (E1, E3)
    ]
    assert [one.from_day for one in changes] == [date(2026, 12, 2), date(2026, 12, 1)]
    assert (act.approver, act.subject) == ("审批人乙", "2026-12/1 E-1 E-3")
    assert json.loads(act.detail) == {"visits": {"E-1": FIRST, "E-3": FIRST}}
    assert [visit.entity for visit in schedule.visits] == [E2]
    assert [visit.entity for visit in schedule.ended] == [E3, E1]
    assert states(store) == {E1: VisitStatus.CANCELLED, E2: VisitStatus.OPEN, E3: VisitStatus.CANCELLED}


def test_a_visit_is_carried_over_to_the_next_month(store: Store) -> None:
    """END-4: over the year's end, where the next month's plan finds it; the month that is over lists it no more."""
    ended = carry_over_visits(store, AFTER, ORDER)
    assert (ended.ended, ended.to_period, ended.has_draw) == ((E1,), JANUARY, False)
    with store.reading() as session:
        (carried,) = find_carried_over(session, JANUARY)
        assert [one.entity for one in find_unended(session, JANUARY, date(2027, 1, 31))] == [E2, E3]
    assert (carried.entity, carried.kind, carried.to_period) == (E1, ChangeKind.CARRIED_OVER, JANUARY)
    assert states(store)[E1] is VisitStatus.CARRIED_OVER


def test_the_same_end_again_changes_nothing(store: Store) -> None:
    """END-6: repeated, with a further visit, only the further one ends now; the log has a row for what was done each time."""
    carry_over_visits(store, AFTER, replace(ORDER, to_period=FEBRUARY))
    again = carry_over_visits(store, AFTER, ORDER)
    assert (again.ended, again.standing, again.to_period) == ((), (E1,), FEBRUARY)
    more = carry_over_visits(store, AFTER, replace(ORDER, entities=(E1, E3)))
    assert (more.ended, more.standing, more.to_period) == ((E3,), (E1,), FEBRUARY)
    with store.reading() as session:
        assert len(find_acts(session, act="visit carry-over")) == 2


@pytest.mark.parametrize(
    "order",
    [
        ORDER,
        replace(ORDER, to_period=FEBRUARY, approval=Approval(approver="审批人乙", reason="another")),
        replace(ORDER, to_period=Period("2027-03")),
    ],
)
def test_another_end_is_refused(store: Store, order: EndOrder) -> None:
    """END-6: what was carried over is not cancelled, nor carried over for another reason or to another month."""
    carry_over_visits(store, AFTER, replace(ORDER, to_period=FEBRUARY))
    act = cancel_visits if order.to_period is None else carry_over_visits
    with pytest.raises(RefusedError, match="2027-02"):
        act(store, AFTER, order)


@pytest.mark.parametrize(
    ("changes", "family"),
    [
        ({"entities": (EntityId("E-9"),)}, UsageMistake),
        ({"entities": ()}, UsageMistake),
        ({"approval": Approval(approver=OPERATOR, reason="flood")}, RefusedError),
        ({"approval": Approval(approver="审批人乙", reason=" ")}, UsageMistake),
        ({"approval": Approval(approver="审批人乙", reason="moved away")}, RefusedError),
    ],
)
def test_nothing_is_kept_of_a_refused_end(store: Store, changes: dict[str, Any], family: type[Exception]) -> None:
    """END-3, END-5: no such visit, nobody named, one's own approval, no reason, and a company that is gone."""
    with pytest.raises(family):
        cancel_visits(store, EVE, replace(ORDER, **changes))
    with store.reading() as session:
        assert find_visit_changes(session, FIRST) == ()
        assert find_acts(session, act="visit") == ()


@pytest.mark.parametrize("period", [Period("2026-12"), Period("2026-11")])
def test_only_a_later_month_takes_a_visit(store: Store, period: Period) -> None:
    """END-4: neither its own month nor an earlier one."""
    with pytest.raises(RefusedError):
        carry_over_visits(store, EVE, replace(ORDER, to_period=period))


def test_a_month_that_is_past_takes_no_visit(store: Store) -> None:
    """END-4: in February nothing is carried over to January, and what is not told otherwise goes to February."""
    late = actor_on("2027-02-10")
    with pytest.raises(UsageMistake):
        carry_over_visits(store, late, replace(ORDER, to_period=JANUARY))
    assert carry_over_visits(store, late, ORDER).to_period == FEBRUARY


def test_a_recorded_visit_has_its_end(store: Store) -> None:
    """END-1: what has a result is neither cancelled nor carried over, and what is cancelled takes no result."""
    claims = Claims(results=dict.fromkeys((LABOUR, SAFETY), ResultClass.CLOSED), methods={}, findings={}, follow_ups={})
    record_visit(store, actor_on("2026-12-02"), BUREAU, RecordOrder(slot=FIRST, entity=E3, claims=claims))
    for act in (cancel_visits, carry_over_visits):
        with pytest.raises(RefusedError):
            act(store, AFTER, replace(ORDER, entities=(E1, E3)))
    cancel_visits(store, AFTER, ORDER)
    with pytest.raises(RefusedError):
        record_visit(store, AFTER, BUREAU, RecordOrder(slot=FIRST, entity=E1, claims=claims))
    assert states(store) == {E1: VisitStatus.CANCELLED, E2: VisitStatus.OPEN, E3: VisitStatus.RECORDED}


def test_a_held_visit_does_not_end(store: Store) -> None:
    """END-2: between commitment and draw of a supplement it is neither cancelled nor carried over."""
    commit_next(store)
    for act in (cancel_visits, carry_over_visits):
        with pytest.raises(RefusedError, match="2026-12/3"):
            act(store, EVE, ORDER)


def test_open_visits_end_together_when_no_day_is_left(store: Store) -> None:
    """END-2: with --open those that no day is left for; before that a supplement could staff them, and none is taken."""
    order = replace(ORDER, entities=(), open_ones=True)
    early = carry_over_visits(store, EVE, order)
    assert (early.ended, early.standing) == ((), ())
    ended = carry_over_visits(store, AFTER, order)
    assert (ended.ended, ended.staffable) == ((E2,), ())
    again = carry_over_visits(store, AFTER, order)
    assert (again.ended, again.standing) == ((), (E2,))
    assert cancel_visits(store, AFTER, order).ended == ()


def test_an_open_visit_with_a_day_left_can_end_by_name(store: Store) -> None:
    """A supplement could still have staffed it: that is said, and the two people decide."""
    assert cancel_visits(store, EVE, replace(ORDER, entities=(E2, E1))).staffable == (E2,)


def test_a_month_with_a_draw_is_told(store: Store) -> None:
    """END-4: a month in which something was committed can be named; then another plan is needed for it, which is said."""
    with store.transaction() as session:
        first = make_record(make_chain().finished[0])
        record = replace(first, slot=Slot("2027-01/1"), period=JANUARY, state=DrawState.COMMITTED)
        add_draw(session, replace(record, entropy=None, seed=None, result=None))
    assert carry_over_visits(store, AFTER, replace(ORDER, to_period=JANUARY)).has_draw
    assert carry_over_visits(store, AFTER, replace(ORDER, entities=(E3,))).to_period == FEBRUARY


def test_the_visit_of_a_supplement_ends_by_any_slot(store_url: str) -> None:
    """END-1: the change stands beside the visit in force, whichever slot is named."""
    store = fill_chain(store_url)
    cancel_visits(store, EVE, ORDER)
    with store.reading() as session:
        kinds = {
            one.slot: one.kind
            for slot in (FIRST, SECOND)
            for one in find_visit_changes(session, slot)
            if one.entity == E1
        }
    assert kinds == {FIRST: ChangeKind.REPLACED, SECOND: ChangeKind.CANCELLED}
