"""What the roster's health is worked out from, as the store holds it."""

from __future__ import annotations

from datetime import date

import pytest

from inspect_cli.acts.registry.entities import import_entities
from inspect_cli.acts.registry.health import read_roster
from inspect_cli.acts.registry.inspectors import import_inspectors, retire_inspector
from inspect_cli.core.bureau import new_bureau
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.storage.engine import Store
from tests.registry_rows import TODAY, a_row_order, an_actor, an_entity, an_inspector, an_order


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with two companies, one without a zone, and three inspectors of whom one has left."""
    store = Store.create(store_url)
    import_entities(store, an_actor(), an_order(an_entity(), an_entity(id=EntityId("E2"), zone=None)))
    dates = {"R001": date(2026, 12, 15), "R002": date(2029, 1, 1), "R003": date(2026, 12, 15)}
    people = (an_inspector(id=InspectorId(id), certificate=id, valid_until=day) for id, day in dates.items())
    import_inspectors(store, an_actor(), an_order(*people))
    retire_inspector(store, an_actor(), a_row_order("R003", "调离"))
    return store


def test_the_roster_is_read_with_its_zones_and_days(store: Store) -> None:
    """HEALTH-1: behind the 15th of December 2026 are twelve working days of it; of a year that is not known nothing is told."""
    with store.reading() as session:
        roster = read_roster(session, new_bureau("示例局", "示"), TODAY, date(2027, 1, 19))
    assert [person.id for person in roster.people] == ["R001", "R002"]
    assert roster.zones == ("网格01",)
    assert roster.left == {date(2026, 12, 15): 12}
