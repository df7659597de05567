"""What became of visits, on both databases: carried over to a month, and without any end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.visit.visits import UnendedVisit, find_unended
from inspect_cli.core.names import EntityId, Period
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.storage.draws import keep_void
from inspect_cli.storage.visits import add_visit_changes, find_carried_over, find_visit, update_visit
from tests.sample_draw import OPERATOR, SLOT
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

JANUARY, FEBRUARY = Period("2027-01"), Period("2027-02")
LATER = date(2027, 1, 31)


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the sample draw of December: E-1 on the 2nd, E-3 on the 1st, E-2 open."""
    return fill_store(store_url)


def make_change(entity: str, kind: ChangeKind, **values: Any) -> VisitChange:
    """Make a change of a visit of the sample draw."""
    plain = VisitChange(
        slot=SLOT,
        entity=EntityId(entity),
        kind=kind,
        clock="2026-12-28T10:00:00+08:00",
        day=date(2026, 12, 28),
        actor=OPERATOR,
        reason="flood",
        approver=None if kind is ChangeKind.MOVED else "审批人乙",
    )
    return replace(plain, **values)


CARRIED = make_change("E-2", ChangeKind.CARRIED_OVER, to_period=JANUARY)


def test_what_was_carried_over_is_found_by_its_month(store: Store) -> None:
    """Only what was carried over to that very month is found, and nothing of a draw that is void."""
    with store.transaction() as session:
        add_visit_changes(session, [CARRIED, make_change("E-1", ChangeKind.CANCELLED)])
    with store.reading() as session:
        assert find_carried_over(session, JANUARY) == (CARRIED,)
        assert find_carried_over(session, FEBRUARY) == ()
    with store.transaction() as session:
        keep_void(session, SLOT, reason="wrong-value")
    with store.reading() as session:
        assert find_carried_over(session, JANUARY) == ()


def test_visits_without_an_end_are_found_by_later_months(store: Store) -> None:
    """END-1: open, planned and moved visits of an earlier month have no end; recorded, cancelled and carried-over ones have."""
    with store.reading() as session:
        assert find_unended(session, Period("2026-12"), LATER) == ()
        assert find_unended(session, JANUARY, LATER) == (
            UnendedVisit(slot=SLOT, entity=EntityId("E-1"), day=date(2026, 12, 2)),
            UnendedVisit(slot=SLOT, entity=EntityId("E-2"), day=None),
            UnendedVisit(slot=SLOT, entity=EntityId("E-3"), day=date(2026, 12, 1)),
        )
        early = find_unended(session, JANUARY, date(2026, 12, 2))
    assert [one.entity for one in early] == ["E-2", "E-3"]
    moved = make_change("E-1", ChangeKind.MOVED, to_day=date(2026, 12, 30))
    with store.transaction() as session:
        add_visit_changes(session, [CARRIED, moved])
        third = find_visit(session, SLOT, EntityId("E-3"))
        assert third is not None
        update_visit(session, replace(third, state=VisitState.RECORDED))
    with store.reading() as session:
        assert [one.entity for one in find_unended(session, FEBRUARY, LATER)] == ["E-1"]
    with store.transaction() as session:
        keep_void(session, SLOT, reason="wrong-value")
    with store.reading() as session:
        assert find_unended(session, FEBRUARY, LATER) == ()
