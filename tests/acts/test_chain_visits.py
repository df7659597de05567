"""The visits of a chain of draws: the schedule in force, listing and recording by any slot, on both kinds of database."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw.chains import find_chain, find_standing_visits
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.schedule import read_schedule, read_schedules
from inspect_cli.acts.visit.visits import list_visits
from inspect_cli.core.names import EntityId
from inspect_cli.core.visit.ending import VisitStatus
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import keep_void
from tests.chained_store import commit_next, fill_chain, run_next
from tests.sample_chain import FIRST, SECOND, THIRD, make_chain
from tests.sample_draw import BUREAU, LABOUR, SAFETY, actor_on
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from inspect_cli.core.names import Slot

E1 = EntityId("E-1")


def make_order(slot: Slot, entity: str = "E-1") -> RecordOrder:
    """Make an order to record nothing found."""
    domains = (SAFETY,) if entity == "E-2" else (LABOUR, SAFETY)
    results = dict.fromkeys(domains, ResultClass.NO_PROBLEM)
    claims = Claims(results=results, methods={}, findings={}, follow_ups={})
    return RecordOrder(slot=slot, entity=EntityId(entity), claims=claims)


@pytest.mark.parametrize("slot", [FIRST, SECOND, THIRD])
def test_any_slot_shows_the_schedule_in_force(store_url: str, slot: Slot) -> None:
    """SCHED-1, SCHED-6: of each entity the newest supplement's visit, with its team and day, saying by which draw it was drawn."""
    store = fill_chain(store_url)
    _first, second, third = make_chain().finished
    newest = {visit.entity: (SECOND, visit) for visit in second.result.visits}
    newest |= {visit.entity: (THIRD, visit) for visit in third.result.visits}
    with store.reading() as session:
        schedule = read_schedule(session, slot)
    assert {visit.entity for visit in schedule.visits} == set(newest)
    for visit in schedule.visits:
        drawn_by, expected = newest[visit.entity]
        holders = [*expected.team, *([] if expected.expert is None else [expected.expert])]
        assert (visit.slot, visit.first, str(visit.day)) == (drawn_by, FIRST, expected.day)
        assert [seat.id for seat in visit.seats] == holders
    assert schedule.ended == ()


def test_a_chain_is_shown_once(store_url: str) -> None:
    """SCHED-1: without a slot each chain is one schedule, however many supplements it has."""
    store = fill_chain(store_url)
    with store.reading() as session:
        (only,) = read_schedules(session, None)
        assert [drawn.slot for drawn in only.draws] == [FIRST, SECOND, THIRD]
        assert only == read_schedule(session, FIRST)


def test_the_rows_of_the_store_agree_with_the_histories(store_url: str) -> None:
    """HIST-2: what the rows say is in force is what the histories say, visit by visit and day by day."""
    store = fill_chain(store_url)
    with store.reading() as session:
        schedule = read_schedule(session, FIRST)
        rows = find_standing_visits(session, find_chain(session, FIRST))
    assert {(row.record.slot, row.record.entity, row.record.day) for row in rows} == {
        (visit.slot, visit.entity, visit.day) for visit in schedule.visits
    }


def test_all_visits_of_a_chain_are_listed(store_url: str) -> None:
    """END-1: six visits were drawn for three companies, of which one twice again: each stands where it should, once."""
    store = fill_chain(store_url)
    with store.reading() as session:
        listed = list_visits(session, SECOND)
    assert len({(one.visit.slot, one.visit.entity) for one in listed}) == len(listed) == 7
    states = {(one.visit.slot, one.visit.entity): one.state for one in listed}
    (again,) = (visit.entity for visit in make_chain().finished[2].result.visits)
    assert {states[FIRST, EntityId(f"E-{number}")] for number in (1, 2, 3)} == {VisitStatus.REPLACED}
    assert states[SECOND, again] is VisitStatus.REPLACED
    assert states[THIRD, again] is VisitStatus.PLANNED
    assert sorted(one.end.by_slot or "" for one in listed if one.end is not None) == [SECOND, SECOND, SECOND, THIRD]


@pytest.mark.parametrize("slot", [FIRST, SECOND, THIRD])
def test_the_visit_in_force_is_recorded(store_url: str, slot: Slot) -> None:
    """END-2: whichever slot of the chain is named, the record goes to the visit in force and is told of it."""
    store = fill_chain(store_url)
    recorded = record_visit(store, actor_on("2026-12-02"), BUREAU, make_order(slot))
    assert (recorded.slot, recorded.is_new) == (SECOND, True)
    assert not record_visit(store, actor_on("2026-12-02"), BUREAU, make_order(FIRST)).is_new
    with store.reading() as session:
        states = {one.visit.slot: one.state for one in list_visits(session, slot) if one.visit.entity == "E-1"}
        (act,) = find_acts(session, act="visit record")
    assert states == {FIRST: VisitStatus.REPLACED, SECOND: VisitStatus.RECORDED}
    assert act.subject == "2026-12/3 E-1"
    assert json.loads(act.detail)["visited_on"] == "2026-12-02"


@pytest.mark.parametrize("is_seeded", [False, True])
def test_a_held_visit_is_not_recorded(store_url: str, is_seeded: bool) -> None:
    """END-2: between commitment and draw of a supplement the message names its slot and the command that is next."""
    store = fill_store(store_url)
    slot = commit_next(store, is_seeded=is_seeded)
    with pytest.raises(RefusedError, match="2026-12/3") as refused:
        record_visit(store, actor_on("2026-12-02"), BUREAU, make_order(FIRST))
    verb = "run" if is_seeded else "seed"
    assert f"inspect-cli draw {verb} {slot}" in str(refused.value.hint)
    with store.reading() as session:
        assert {one.held_by for one in list_visits(session, FIRST)} == {slot}


def test_a_void_supplement_holds_nothing(store_url: str) -> None:
    """END-2: once the supplement is void the visits stand as they did, and its own slot has none."""
    store = fill_store(store_url)
    slot = commit_next(store)
    with store.transaction() as session:
        keep_void(session, slot, reason="wrong-file")
    assert record_visit(store, actor_on("2026-12-02"), BUREAU, make_order(FIRST)).slot == FIRST
    with store.reading() as session, pytest.raises(RefusedError):
        read_schedule(session, slot)


def test_a_supplement_that_left_a_visit_open(store_url: str) -> None:
    """RECORD-2: the company that the first supplement could not staff is open; the second gives it a day, on which it is recorded."""
    store = fill_chain(store_url, supplements=1)
    (again,) = (visit.entity for visit in make_chain().finished[2].result.visits)
    order = make_order(FIRST, again)
    with pytest.raises(RefusedError):
        record_visit(store, actor_on("2026-12-02"), BUREAU, order)
    commit_next(store, 1)
    run_next(store, 1)
    assert record_visit(store, actor_on("2026-12-02"), BUREAU, order).slot == THIRD


def test_the_visits_in_force_by_entity(store_url: str) -> None:
    """RECORD-1: each visit in force with its draw, day and state; several are found at once, sorted and each once."""
    store = fill_chain(store_url, supplements=1)
    with store.reading() as session:
        state = read_in_force(session, SECOND)
    first, third = state.require([EntityId("E-3"), E1, E1])
    assert (first.entity, first.slot, first.day, first.state) == (E1, SECOND, date(2026, 12, 2), VisitState.PLANNED)
    assert third.entity == "E-3"
    with pytest.raises(UsageMistake, match="E-9"):
        state.require([E1, EntityId("E-9")])
