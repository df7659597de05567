"""What the health of the registries is worked out from, as the store holds it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry.entities import import_entities, retire_entity
from inspect_cli.acts.registry.health import read_entity_book, read_matter_list, read_roster
from inspect_cli.acts.registry.inspectors import import_inspectors, retire_inspector
from inspect_cli.acts.registry.ledger import import_visits
from inspect_cli.acts.registry.matters import import_matters
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.core.bureau import new_bureau
from inspect_cli.core.names import EntityId, InspectorId, Slot
from inspect_cli.core.report.health.entities import find_entity_ailments
from inspect_cli.core.report.health.finding import Ailment
from inspect_cli.core.report.health.roster import Place
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from tests.registry_rows import (
    TODAY,
    a_matter,
    a_row_order,
    a_visit,
    an_actor,
    an_entity,
    an_inspector,
    an_order,
)
from tests.sample_draw import BUREAU as SAMPLE_BUREAU
from tests.sample_draw import LABOUR, SAFETY, SLOT, actor_on
from tests.sample_store import fill_store
from tests.stores import make_store

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

BUREAU = new_bureau("示例局", "示")
FIRST, SECOND, THIRD = EntityId("91350100M000100Y43"), EntityId("E2"), EntityId("E3")


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with two companies, one without a zone, and three inspectors of whom one has left."""
    store = make_store(store_url)
    rows = (an_entity(group="兴腾集团"), an_entity(id=SECOND, zone=None), an_entity(id=THIRD, zone="旧片"))
    import_entities(store, an_actor(day=date(2025, 1, 6)), an_order(*rows))
    retire_entity(store, an_actor(day=date(2025, 1, 7)), a_row_order(THIRD, "注销"))
    dates = {"R001": date(2026, 12, 15), "R002": date(2029, 1, 1), "R003": date(2026, 12, 15)}
    people = (an_inspector(id=InspectorId(id), certificate=id, valid_until=day) for id, day in dates.items())
    import_inspectors(store, an_actor(), an_order(*people))
    retire_inspector(store, an_actor(), a_row_order("R003", "调离"))
    return store


def test_the_roster_is_read_with_its_zones_and_days(store: Store) -> None:
    """HEALTH-1: behind the 15th of December 2026 are twelve working days of it; of a year that is not known nothing is told."""
    with store.reading() as session:
        roster = read_roster(session, BUREAU, TODAY, date(2027, 1, 19))
    assert [person.id for person in roster.people] == ["R001", "R002"]
    assert roster.zones == ("网格01",)
    assert roster.left == {date(2026, 12, 15): 12}
    assert roster.places == (
        Place(id=FIRST, zone="网格01", group="兴腾集团"),
        Place(id=SECOND, zone=None, group=None),
    )


def test_the_next_months_days_are_those_of_its_year(store: Store) -> None:
    """HEALTH-13: December 2026 has 23 working days, from Monday to Friday without a holiday; January 2027 is not known."""
    with store.reading() as session:
        known, unknown = (read_roster(session, BUREAU, day, day) for day in (TODAY, date(2026, 12, 1)))
    assert known.next_days is not None
    assert (len(known.next_days), known.next_days[0]) == (23, date(2026, 12, 1))
    assert unknown.next_days is None


def test_what_was_heard_of_an_entity_last(store: Store) -> None:
    """HEALTH-18: the act that entered it, the act that changed it, or a visit, whichever is last; nothing of days to come."""
    with store.reading() as session:
        book = read_entity_book(session, BUREAU, date(2025, 2, 1), 400)
    assert [one.id for one in book.entities] == [FIRST, SECOND]
    assert (book.heard_of[FIRST], book.heard_of[SECOND]) == (date(2025, 1, 6), date(2025, 1, 6))
    assert book.heard_of[THIRD] == date(2025, 1, 7)
    changed = an_order(an_entity(id=SECOND, zone="网格02"), update=True)
    import_entities(store, an_actor(day=date(2025, 3, 3)), changed)
    import_visits(store, an_actor(), an_order(a_visit(), a_visit(day=date(2026, 11, 21))))
    with store.reading() as session:
        book = read_entity_book(session, BUREAU, TODAY, 30)
    assert (book.heard_of[FIRST], book.heard_of[SECOND]) == (date(2026, 3, 5), date(2025, 3, 3))
    assert (book.last_file, book.stale_days, len(book.people)) == (date(2025, 3, 3), 30, 2)


def test_a_file_of_a_day_to_come_is_none_yet(store: Store) -> None:
    """HEALTH-18: today decides which file was taken last."""
    with store.reading() as session:
        assert read_entity_book(session, BUREAU, date(2025, 1, 5), 400).last_file is None


def test_the_list_is_read_with_the_entities_it_is_for(store: Store) -> None:
    """HEALTH-32: those that are not retired."""
    import_matters(store, an_actor(), an_order(a_matter()))
    with store.reading() as session:
        listed = read_matter_list(session, BUREAU, TODAY, date(2027, 1, 19))
    assert ([one.id for one in listed.matters], len(listed.entities)) == (["AQ-01"], 2)


def test_what_the_newest_visit_found_is_known(store_url: str) -> None:
    """HEALTH-20: its day and its result, from that day on, and nothing of who was not visited."""
    store = fill_store(store_url)
    gone = dict.fromkeys((LABOUR, SAFETY), ResultClass.MOVED_AWAY)
    claims = Claims(results=gone, methods={}, findings={}, follow_ups={})
    order = RecordOrder(slot=Slot(SLOT), entity=EntityId("E-1"), claims=claims)
    record_visit(store, actor_on("2026-12-03"), SAMPLE_BUREAU, order)
    day = date(2026, 12, 2)
    with store.reading() as session:
        before, after = (read_entity_book(session, SAMPLE_BUREAU, one, 400) for one in (date(2026, 12, 1), day))
    assert (before.results, before.heard_of) == ({}, {})
    assert after.results == {EntityId("E-1"): (day, ResultClass.MOVED_AWAY)}
    assert after.heard_of == {EntityId("E-1"): day}
    told = [one.subject for one in find_entity_ailments(after) if one.kind is Ailment.GONE]
    assert told == ["E-1"]
