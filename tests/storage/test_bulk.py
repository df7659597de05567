"""Many rows at once: those of some keys, and all of them one by one, on both databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.names import EntityId, InspectorId, MatterId
from inspect_cli.storage import shelf
from inspect_cli.storage.bulk import (
    find_entities_by_id,
    find_entities_under_old_numbers,
    find_inspectors_by_id,
    find_matters_by_id,
    walk_entities,
    walk_inspectors,
    walk_matters,
)
from inspect_cli.storage.ledger import add_ledger_visits, find_ledger_of
from inspect_cli.storage.registries import add_entities, add_inspectors, add_matters, find_entities, update_entities
from inspect_cli.storage.tables import EntityRow
from tests.registry_rows import HOSTILE, TODAY, a_matter, a_visit, an_entity, an_inspector

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store


def test_rows_are_found_by_their_keys(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many keys are asked for, each row is found once; keys that nobody has find nothing, hostile ones included."""
    monkeypatch.setattr(shelf, "CHUNK", 3)
    rows = [an_entity(id=EntityId(f"E{number}")) for number in range(10)]
    with store.transaction() as session:
        add_entities(session, rows)
        add_inspectors(session, [an_inspector()])
        add_matters(session, [a_matter()])
        add_ledger_visits(session, [a_visit(entity=rows[0].id), a_visit(entity=rows[1].id)])
    wanted = [*(row.id for row in rows[2:9]), rows[2].id, *(EntityId(name) for name in HOSTILE)]
    with store.reading() as session:
        assert sorted(find_entities_by_id(session, wanted), key=lambda row: row.id) == rows[2:9]
        assert find_entities_by_id(session, []) == ()
        assert find_inspectors_by_id(session, [InspectorId("R001")]) == (an_inspector(),)
        assert find_matters_by_id(session, [MatterId("AQ-01")]) == (a_matter(),)
        assert find_ledger_of(session, [rows[1].id]) == (a_visit(entity=rows[1].id),)


def test_rows_are_walked_in_the_order_of_their_bytes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk gives every active row once, sorted, a few in memory at a time; the retired when they are asked for."""
    monkeypatch.setattr(shelf, "CHUNK", 2)
    ids = ["a", "B", "é", "字", "\uff21", "𠮷", "0"]
    gone = {"retired": TODAY, "retired_reason": "x"}
    with store.transaction() as session:
        add_entities(session, [an_entity(id=EntityId(one)) for one in ids])
        update_entities(session, [an_entity(id=EntityId("B"), **gone)])
        add_inspectors(session, [an_inspector()])
        add_matters(session, [a_matter()])
    with store.reading() as session:
        active = [one for one in sorted(ids, key=str.encode) if one != "B"]
        assert [row.id for row in walk_entities(session)] == active
        assert tuple(walk_entities(session, include_retired=True)) == find_entities(session, include_retired=True)
        assert [row.id for row in walk_inspectors(session)] == ["R001"]
        assert [row.id for row in walk_matters(session)] == ["AQ-01"]
        assert next(walk_entities(session)).id == active[0]


def test_registration_numbers_are_found_by_their_length(store: Store) -> None:
    """Only active rows with 15 characters may be companies under an old number."""
    ids = ["350100400012345", "91350100M000100Y43", "12345"]
    with store.transaction() as session:
        add_entities(session, [an_entity(id=EntityId(one)) for one in ids])
    with store.reading() as session:
        assert [row.id for row in find_entities_under_old_numbers(session)] == ids[:1]


@dataclass(frozen=True, slots=True)
class Busy:
    """A value that does something when it is made."""

    id: str

    def __post_init__(self) -> None:
        """Do something."""


def test_a_value_that_works_something_out_has_no_shelf() -> None:
    """Values are read without calling their class, so a class that does something when it is called is refused."""
    with pytest.raises(TypeError):
        shelf.Shelf(Busy, EntityRow)
