"""What the books hold of companies that change their numbers, moved in the store; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.errors import StoreError
from inspect_cli.storage.calendar import add_blackout, find_blackouts
from inspect_cli.storage.ledger import add_ledger_visits, find_ledger
from inspect_cli.storage.numbers import count_books, count_visits, find_numbers, move_books
from inspect_cli.storage.registries import add_entities, add_inspectors, add_recusals, find_recusals, update_entities
from tests.registry_rows import TODAY, a_recusal, a_visit, an_entity, an_inspector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.storage.engine import Store

MANY = 1203
"""More than two statements ask for."""


def numbers(prefix: str) -> Iterable[EntityId]:
    """Give many numbers."""
    return (EntityId(f"{prefix}{number:04}") for number in range(MANY))


def test_many_at_once(store: Store) -> None:
    """As many companies as a district changes at once: each visit goes to its own new number, and others stay."""
    moved = dict(zip(numbers("A"), numbers("B"), strict=True))
    with store.transaction() as session:
        add_entities(session, (an_entity(id=number) for number in (*moved, *moved.values(), EntityId("C"))))
        add_ledger_visits(session, (a_visit(entity=number) for number in (*moved, EntityId("C"))))
        found = move_books(session, moved)
    assert (found.ledger, found.recusals, found.blackouts, found.allowances, found.twice) == (MANY, 0, 0, 0, 0)
    with store.reading() as session:
        assert [one.entity for one in find_ledger(session)] == [*sorted(moved.values()), "C"]


def test_what_is_held_twice(store: Store) -> None:
    """Rows that differ in nothing but the number fall together; such as differ in the least, a note or a day, stay two."""
    old, new = EntityId("A"), EntityId("B")
    closed = Blackout(first=TODAY, last=TODAY, reason="盘点", entity=old)
    with store.transaction() as session:
        add_entities(session, (an_entity(id=old), an_entity(id=new)))
        add_inspectors(session, (an_inspector(),))
        add_recusals(session, (a_recusal(entity=old), a_recusal(entity=new), a_recusal(entity=old, note="配偶")))
        for one in (closed, replace(closed, entity=new, reason="停业"), replace(closed, last=date(2026, 12, 31))):
            add_blackout(session, one)
        assert count_books(session, old).recusals == 2
        found = move_books(session, {old: new})
    assert (found.recusals, found.blackouts, found.twice) == (1, 2 - 1, 2)
    with store.reading() as session:
        assert [(one.entity, one.note) for one in find_recusals(session)] == [(new, None), (new, "配偶")]
        kept = find_blackouts(session, first=TODAY, last=TODAY)
        assert [(one.entity, one.reason) for one in kept] == [(new, "停业"), (new, "盘点")]
        assert count_visits(session, (old, new)) == 0


def test_successors(store: Store) -> None:
    """The store knows which number followed which; no number follows one that is not retired, nor one that is not there."""
    old, new = EntityId("A"), EntityId("B")
    with store.transaction() as session:
        add_entities(session, (an_entity(id=old), an_entity(id=new)))
        update_entities(session, (an_entity(id=old, retired=TODAY, retired_reason="换证", successor=new),))
    with store.reading() as session:
        assert find_numbers(session).now == {old: new}
    wrong = (
        an_entity(id=new, successor=old),
        an_entity(id=new, retired=TODAY, retired_reason="r", successor=EntityId("D")),
    )
    for row in wrong:
        with pytest.raises(StoreError), store.transaction() as session:
            update_entities(session, (row,))
