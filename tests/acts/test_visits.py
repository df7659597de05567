"""Recording what a visit found, on both kinds of database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.visits import list_visits
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.visit.ending import VisitStatus
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import keep_void
from inspect_cli.storage.visits import find_outcomes, find_visit
from tests.sample_draw import BUREAU, LABOUR, OPERATOR, SAFETY, SLOT, actor_on, order_all
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the sample draw."""
    return fill_store(store_url)


def make_order(entity: str = "E-1", slot: str = SLOT, **claims: Any) -> RecordOrder:
    """Make an order that fits E-1, whose visit is on 2 December."""
    results = {LABOUR: ResultClass.ORDERED_TO_RECTIFY, SAFETY: ResultClass.NO_PROBLEM}
    plain = Claims(results=results, methods={}, findings={}, follow_ups=order_all(results))
    return RecordOrder(slot=Slot(slot), entity=EntityId(entity), claims=replace(plain, **claims))


FULL = make_order(
    methods={LABOUR: Method.WRITTEN},
    findings={LABOUR: "两份合同缺失"},
    follow_ups={LABOUR: FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, 31))},
)


def test_a_record_is_kept_with_one_row_of_the_log(store: Store) -> None:
    """RECORD-3: both domains stand in the store, the visit is recorded, and the log has one act without the finding."""
    recorded = record_visit(store, actor_on("2026-12-03"), BUREAU, FULL)
    assert recorded.is_new
    with store.reading() as session:
        labour, safety = find_outcomes(session, SLOT, EntityId("E-1"))
        visit = find_visit(session, SLOT, EntityId("E-1"))
        acts = find_acts(session, act="visit record")
    assert (labour.domain, labour.result_class, labour.method) == ("labour", 5, "written")
    assert (labour.finding, labour.follow_up) == ("两份合同缺失", "rectify:2026-12-31")
    assert (safety.domain, safety.result_class, safety.method, safety.finding) == ("safety", 1, "on-site", None)
    assert (safety.visited_on, safety.recorded_by) == (date(2026, 12, 2), OPERATOR)
    assert visit is not None
    assert visit.state is VisitState.RECORDED
    (act,) = acts
    assert (act.subject, act.actor) == ("2026-12/1 E-1", OPERATOR)
    assert json.loads(act.detail) == {"results": {"labour": 5, "safety": 1}, "visited_on": "2026-12-02"}


def test_what_is_kept_is_read_back(store: Store) -> None:
    """The outcome that a list shows is the one that was recorded."""
    recorded = record_visit(store, actor_on("2026-12-03"), BUREAU, FULL)
    with store.reading() as session:
        listed = {each.visit.entity: each for each in list_visits(session, SLOT)}
    assert listed[EntityId("E-1")].outcome == recorded.outcome
    assert {entity: each.state for entity, each in listed.items()} == {
        EntityId("E-1"): VisitStatus.RECORDED,
        EntityId("E-2"): VisitStatus.OPEN,
        EntityId("E-3"): VisitStatus.PLANNED,
    }
    assert listed[EntityId("E-3")].outcome is None


def test_the_same_record_again_changes_nothing(store: Store) -> None:
    """RECORD-4: repeated on a later day by anybody, it is the record that stands, and the log has no second row."""
    first = record_visit(store, actor_on("2026-12-03"), BUREAU, FULL)
    again = record_visit(store, actor_on("2026-12-09"), BUREAU, FULL)
    assert again == replace(first, is_new=False)
    with store.reading() as session:
        assert len(find_acts(session, act="visit record")) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"results": {LABOUR: ResultClass.NO_PROBLEM, SAFETY: ResultClass.NO_PROBLEM}},
        {"findings": {LABOUR: "另有发现"}},
        {"on": date(2026, 12, 3)},
    ],
)
def test_another_record_is_refused(store: Store, changes: dict[str, Any]) -> None:
    """RECORD-4: a different result, finding or day leaves what stands as it is."""
    record_visit(store, actor_on("2026-12-03"), BUREAU, FULL)
    with pytest.raises(RefusedError):
        record_visit(store, actor_on("2026-12-03"), BUREAU, replace(FULL, claims=replace(FULL.claims, **changes)))
    with store.reading() as session:
        assert find_outcomes(session, SLOT, EntityId("E-1"))[0].finding == "两份合同缺失"


def test_a_refused_record_leaves_no_trace(store: Store) -> None:
    """RECORD-2: too early, nothing is kept, neither the outcome nor a row of the log."""
    with pytest.raises(RefusedError):
        record_visit(store, actor_on("2026-12-01"), BUREAU, FULL)
    with store.reading() as session:
        assert find_outcomes(session, SLOT) == ()
        assert find_acts(session, act="visit record") == ()


@pytest.mark.parametrize(
    ("order", "family"),
    [
        (make_order(entity="E-2", results={SAFETY: ResultClass.NO_PROBLEM}), RefusedError),
        (make_order(entity="E-4"), UsageMistake),
        (make_order(entity="E-9"), UsageMistake),
        (make_order(slot="2026-11/1"), UsageMistake),
    ],
)
def test_only_planned_visits_are_recorded(store: Store, order: RecordOrder, family: type[Exception]) -> None:
    """RECORD-2: an open visit, an entity that was not drawn, an unknown one and an unknown draw are refused."""
    with pytest.raises(family):
        record_visit(store, actor_on("2026-12-03"), BUREAU, order)


def test_only_an_operator_records(store: Store) -> None:
    """Somebody listed with another role is refused."""
    with pytest.raises(RefusedError):
        record_visit(store, actor_on("2026-12-03", name="审核员乙"), BUREAU, FULL)


def test_a_void_draw_has_no_visits(store: Store) -> None:
    """PUBLISH-5: what was declared void takes no record and lists no visit."""
    with store.transaction() as session:
        keep_void(session, SLOT, reason="wrong-value")
    with pytest.raises(RefusedError):
        record_visit(store, actor_on("2026-12-03"), BUREAU, FULL)
    with store.reading() as session, pytest.raises(RefusedError):
        list_visits(session, SLOT)
