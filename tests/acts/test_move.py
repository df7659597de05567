"""Moving a visit to another day, on both kinds of database. The sample: E-1 on 2 December, E-2 open, E-3 on 1 December."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.visit.endings import EndOrder, cancel_visits
from inspect_cli.acts.visit.move import MoveOrder, move_visit, read_case
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.core.names import EntityId, InspectorId, Slot
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.move import possible_days
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.language import translate
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.calendar import add_blackout
from inspect_cli.storage.draws import DrawState, add_draw, keep_void
from inspect_cli.storage.registries import (
    add_leave,
    add_recusals,
    find_entity,
    find_inspector,
    update_entities,
    update_inspectors,
)
from inspect_cli.storage.visits import find_visit, find_visit_changes
from tests.chained_store import APPROVAL, commit_next, fill_chain
from tests.sample_chain import FIRST, SECOND, make_chain
from tests.sample_draw import BUREAU, LABOUR, OPERATOR, SAFETY, actor_on
from tests.sample_store import fill_store, make_record

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

E1, E3 = EntityId("E-1"), EntityId("E-3")
FIRST_DAY, SECOND_DAY = date(2026, 12, 1), date(2026, 12, 2)
EVE = actor_on("2026-11-30")
ORDER = MoveOrder(bureau=BUREAU, slot=FIRST, entity=E1, day=FIRST_DAY, reason="停电")


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the sample draw, in which E-3 is cancelled, so that E-1 can take its day."""
    store = fill_store(store_url)
    cancel_visits(store, EVE, EndOrder(bureau=BUREAU, slot=FIRST, approval=APPROVAL, entities=(E3,)))
    return store


def test_a_visit_is_moved_with_one_row_of_the_log(store: Store) -> None:
    """MOVE-7: the new day stands in the store, the change beside it, the schedule says where from, and the log has one act."""
    moved = move_visit(store, EVE, ORDER)
    assert (moved.from_day, moved.to_day, moved.is_new) == (SECOND_DAY, FIRST_DAY, True)
    with store.reading() as session:
        visit = find_visit(session, FIRST, E1)
        (change,) = [one for one in find_visit_changes(session, FIRST) if one.entity == E1]
        (act,) = find_acts(session, act="schedule move")
        (scheduled,) = [one for one in read_schedule(session, FIRST).visits if one.entity == E1]
    assert visit is not None
    assert visit.day == FIRST_DAY
    assert (change.kind, change.from_day, change.to_day) == (ChangeKind.MOVED, SECOND_DAY, FIRST_DAY)
    assert (change.reason, change.actor, change.approver) == ("停电", OPERATOR, None)
    assert (act.subject, json.loads(act.detail)) == (
        "2026-12/1 E-1",
        {"from": "2026-12-02", "to": "2026-12-01", "reason": "停电"},
    )
    assert (scheduled.day, scheduled.drawn_day, scheduled.is_moved) == (FIRST_DAY, SECOND_DAY, True)
    assert [seat.id for seat in scheduled.seats] == ["R-2", "R-1", "X-1"]


def test_a_recused_pair_is_not_moved_together(store: Store) -> None:
    """MOVE-4: who was recused from the company after the draw goes there on no other day either, once the recusal is in force."""
    recusal = Recusal(inspector=InspectorId("R-1"), entity=E1, reason=RecusalReason.KIN, start=FIRST_DAY)
    with store.transaction() as session:
        add_recusals(session, [recusal, replace(recusal, entity=E3, start=None)])
    with pytest.raises(RefusedError) as caught:
        move_visit(store, EVE, ORDER)
    assert "张一 is recused from this visit" in str(caught.value.what)


def test_nobody_is_moved_to_a_company_of_a_group_from_which_they_are_recused(store: Store) -> None:
    """MOVE-4, RECUSE-5: a company that has joined the group since it was drawn is barred too, and so is whoever is not in service."""
    recusal = Recusal(inspector=InspectorId("R-1"), group="某某集团", reason=RecusalReason.SHARES)
    with store.transaction() as session:
        add_recusals(session, [recusal])
        company, person = find_entity(session, E1), find_inspector(session, InspectorId("R-2"))
        assert company is not None
        assert person is not None
        update_entities(session, [replace(company, group="某某集团")])
        update_inspectors(session, [replace(person, in_service=False)])
    with pytest.raises(RefusedError) as caught:
        move_visit(store, EVE, ORDER)
    assert "张一 is recused from this visit" in str(caught.value.what)
    assert "is not in service" in str(caught.value.what)


def test_the_same_day_again_changes_nothing(store: Store) -> None:
    """MOVE-7: a visit that is on the day already is left as it is, and the log has no second row."""
    move_visit(store, EVE, ORDER)
    again = move_visit(store, EVE, ORDER)
    assert (again.is_new, again.from_day, again.to_day) == (False, FIRST_DAY, FIRST_DAY)
    with store.reading() as session:
        assert len(find_acts(session, act="schedule move")) == 1


def test_a_visit_can_be_moved_back(store: Store) -> None:
    """SCHED-6: back on the day for which it was drawn it is not shown as moved, and both moves stay on record."""
    move_visit(store, EVE, ORDER)
    move_visit(store, EVE, replace(ORDER, day=SECOND_DAY, reason="来电"))
    with store.reading() as session:
        (scheduled,) = [one for one in read_schedule(session, FIRST).visits if one.entity == E1]
        kinds = [change.kind for change in find_visit_changes(session, FIRST) if change.entity == E1]
    assert (scheduled.day, scheduled.is_moved, kinds) == (SECOND_DAY, False, [ChangeKind.MOVED, ChangeKind.MOVED])


def test_a_moved_visit_is_recorded_on_its_new_day(store: Store) -> None:
    """RECORD-2: from the new day on, and not before."""
    move_visit(store, EVE, ORDER)
    claims = Claims(
        results=dict.fromkeys((LABOUR, SAFETY), ResultClass.NO_PROBLEM), methods={}, findings={}, follow_ups={}
    )
    order = RecordOrder(slot=FIRST, entity=E1, claims=claims)
    with pytest.raises(RefusedError, match="2026-12-01"):
        record_visit(store, EVE, BUREAU, order)
    assert record_visit(store, actor_on("2026-12-01"), BUREAU, order).outcome.visited_on == FIRST_DAY


@pytest.mark.parametrize(
    ("changes", "family"),
    [
        ({"day": date(2026, 12, 3)}, RefusedError),  # no day of the draw
        ({"entity": EntityId("E-2")}, RefusedError),  # open
        ({"entity": E3}, RefusedError),  # cancelled
        ({"entity": EntityId("E-9")}, UsageMistake),
        ({"reason": " "}, UsageMistake),
    ],
)
def test_what_cannot_be_moved_is_refused(store: Store, changes: dict[str, Any], family: type[Exception]) -> None:
    """MOVE-1, MOVE-2, END-2: nothing is kept of a move that is refused."""
    with pytest.raises(family):
        move_visit(store, EVE, replace(ORDER, **changes))
    with store.reading() as session:
        assert find_acts(session, act="schedule move") == ()


def test_only_an_operator_moves(store: Store) -> None:
    """Somebody listed with another role is refused."""
    with pytest.raises(RefusedError):
        move_visit(store, actor_on("2026-11-30", name="审批人乙"), ORDER)


def test_another_visit_of_the_day_is_in_the_way(store_url: str) -> None:
    """MOVE-5: as long as E-3 stands, R-1 visits it on 1 December; the message names both."""
    store = fill_store(store_url)
    with pytest.raises(RefusedError) as refused:
        move_visit(store, EVE, ORDER)
    assert "张一 visits E-3 that day" in translate(refused.value.what)
    with store.reading() as session:
        assert possible_days(read_case(session, FIRST, E1, EVE.day)) == ()


@pytest.mark.parametrize("who", ["R-1", "R-2", "X-1"])
def test_leave_of_today_is_in_the_way(store: Store, who: str) -> None:
    """MOVE-4: leave that was entered after the draw forbids the day, of a member and of the expert."""
    leave = Leave(inspector=InspectorId(who), first=FIRST_DAY, last=FIRST_DAY, reason="年休")
    with store.transaction() as session:
        add_leave(session, [leave])
    with pytest.raises(RefusedError, match="on leave"):
        move_visit(store, EVE, ORDER)


def test_a_blackout_of_today_is_in_the_way(store: Store) -> None:
    """MOVE-3: a day without visits that was entered after the draw forbids it."""
    with store.transaction() as session:
        add_blackout(session, Blackout(first=FIRST_DAY, last=FIRST_DAY, reason="台风", zone="东片"))
    with pytest.raises(RefusedError, match="台风"):
        move_visit(store, EVE, ORDER)


@pytest.mark.parametrize(("now", "is_refused"), [("西片", True), (None, False)])
def test_a_zone_is_the_one_of_today(store: Store, now: str | None, is_refused: bool) -> None:
    """MOVE-3: where the registry has another zone by now that one counts, as for supplements; without one the frozen one does."""
    with store.transaction() as session:
        entity = find_entity(session, ORDER.entity)
        assert entity is not None
        update_entities(session, [replace(entity, zone=now)])
        add_blackout(session, Blackout(first=FIRST_DAY, last=FIRST_DAY, reason="台风", zone="西片"))
    if is_refused:
        with pytest.raises(RefusedError, match="台风"):
            move_visit(store, EVE, ORDER)
    else:
        assert move_visit(store, EVE, ORDER).is_new


def test_a_draw_that_waits_can_seat_somebody(store: Store) -> None:
    """MOVE-6: the days that the roster of another draw of the month holds are in the way until it is drawn."""
    waiting = replace(make_record(make_chain().finished[0]), slot=Slot("2026-12/9"), state=DrawState.COMMITTED)
    with store.transaction() as session:
        add_draw(session, replace(waiting, entropy=None, seed=None, result=None))
    with pytest.raises(RefusedError) as refused:
        move_visit(store, EVE, ORDER)
    assert "2026-12/9, which is not drawn yet, can seat 张一 that day" in translate(refused.value.what)
    with store.transaction() as session:
        keep_void(session, Slot("2026-12/9"), reason="wrong-file")
    assert move_visit(store, EVE, ORDER).is_new


def test_a_held_visit_is_not_moved(store: Store) -> None:
    """END-2: between commitment and draw of a supplement the visits that it names stay where they are."""
    commit_next(store)
    with pytest.raises(RefusedError, match="2026-12/3"):
        move_visit(store, EVE, ORDER)


def test_the_visit_of_a_supplement_is_moved_by_any_slot(store_url: str) -> None:
    """SUPP-2: the days are the first draw's, the team is the supplement's, and the change stands beside the visit in force."""
    store = fill_chain(store_url)
    with store.reading() as session:
        case = read_case(session, FIRST, E1, EVE.day)
    assert (case.days, case.day) == ((FIRST_DAY, SECOND_DAY), SECOND_DAY)
    moved = move_visit(store, EVE, ORDER)
    assert moved.slot == SECOND
    with store.reading() as session:
        (scheduled,) = [one for one in read_schedule(session, FIRST).visits if one.entity == E1]
    assert (scheduled.slot, scheduled.day, [seat.id for seat in scheduled.seats]) == (
        SECOND,
        FIRST_DAY,
        [one.id for one in case.team],
    )
