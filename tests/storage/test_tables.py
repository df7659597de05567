"""The rules that the tables repeat: a row that breaks one is refused by the database itself, whoever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from inspect_cli.errors import StoreError
from inspect_cli.storage.ledger import add_ledger_visits
from inspect_cli.storage.registries import add_entities, add_inspectors, add_leave, add_recusals
from inspect_cli.storage.tables import ActRow, DrawRow, InspectorRow, OutcomeRow, VisitRow
from tests.registry_rows import TODAY, a_leave, a_recusal, a_visit, an_entity, an_inspector
from tests.stores import make_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from inspect_cli.storage.engine import Store
    from inspect_cli.storage.tables import Row

DRAW = {
    "slot": "2026-12/1",
    "period": "2026-12",
    "state": "committed",
    "plan": b"",
    "commitment": b"",
    "entities": b"",
    "inspectors": b"",
    "excluded": b"",
}
SEEDED = {"state": "seeded", "seed": "0" * 64, "entropy": b"[]"}
VISIT = {"slot": "2026-12/1", "entity": an_entity().id, "day": TODAY, "open_reason": None, "state": "planned"}
OUTCOME = {
    "slot": "2026-12/1",
    "entity": an_entity().id,
    "domain": "health",
    "result_class": 1,
    "method": "on-site",
    "visited_on": TODAY,
    "recorded_by": "甲",
}
ACT = {
    "clock": "2026-11-20T09:00:00+08:00",
    "day": TODAY,
    "actor": "甲",
    "act": "draw run",
    "subject": "",
    "detail": "{}",
}


def _add(row: type[Row], values: dict[str, Any]) -> Callable[[Session], object]:
    return lambda session: session.connection().execute(insert(row).values(**values))


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with one entity, one inspector, one draw and one visit."""
    store = make_store(store_url)
    with store.transaction() as session:
        add_entities(session, [an_entity()])
        add_inspectors(session, [an_inspector()])
        _add(DrawRow, DRAW)(session)
        _add(VisitRow, VISIT)(session)
    return store


REFUSED: dict[str, Callable[[Session], object]] = {
    "entity twice": lambda session: add_entities(session, [an_entity()]),
    "entity without id": lambda session: add_entities(session, [an_entity(id="")]),
    "entity with a long id": lambda session: add_entities(session, [an_entity(id="9" * 65)]),
    "entity without name": lambda session: add_entities(session, [an_entity(id="E", name="")]),
    "entity without domains": lambda session: add_entities(session, [an_entity(id="E", domains=())]),
    "retired without reason": lambda session: add_entities(session, [an_entity(id="E", retired=TODAY)]),
    "reason without retirement": lambda session: add_entities(session, [an_entity(id="E", retired_reason="x")]),
    "inspector without certificate": lambda session: add_inspectors(session, [an_inspector(id="R2", certificate=None)]),
    "certificate twice": lambda session: add_inspectors(session, [an_inspector(id="R2")]),
    "no visits a day": lambda session: add_inspectors(session, [an_inspector(id="R2", certificate="C", day_cap=0)]),
    "leave of a stranger": lambda session: add_leave(session, [a_leave(inspector="R9")]),
    "leave that ends before it begins": lambda session: add_leave(
        session, [a_leave(first=TODAY, last=TODAY.replace(day=1))]
    ),
    "leave twice": lambda session: add_leave(session, [a_leave(), a_leave(reason="x")]),
    "recusal of a stranger": lambda session: add_recusals(session, [a_recusal(inspector="R9")]),
    "recusal from a stranger": lambda session: add_recusals(session, [a_recusal(entity="E9")]),
    "recusal from nobody": lambda session: add_recusals(session, [a_recusal(entity=None)]),
    "recusal from an entity and a group": lambda session: add_recusals(session, [a_recusal(group="某集团")]),
    "visit to a stranger": lambda session: add_ledger_visits(session, [a_visit(entity="E9")]),
    "visit of an unknown draw": lambda session: add_ledger_visits(session, [a_visit(source="2026-12/9")]),
    "slot twice": _add(DrawRow, DRAW),
    "void without reason": _add(DrawRow, DRAW | {"slot": "s", "state": "void"}),
    "seed without values": _add(DrawRow, DRAW | {"slot": "s", "state": "seeded", "seed": "0" * 64}),
    "short seed": _add(DrawRow, DRAW | {"slot": "s"} | SEEDED | {"seed": "0"}),
    "committed with seed": _add(DrawRow, DRAW | {"slot": "s"} | SEEDED | {"state": "committed"}),
    "seeded without seed": _add(DrawRow, DRAW | {"slot": "s", "state": "seeded"}),
    "drawn without result": _add(DrawRow, DRAW | {"slot": "s"} | SEEDED | {"state": "drawn"}),
    "seeded with result": _add(DrawRow, DRAW | {"slot": "s"} | SEEDED | {"result": b"{}"}),
    "reason without void": _add(DrawRow, DRAW | {"slot": "s", "void_reason": "x"}),
    "planned without day": _add(VisitRow, VISIT | {"day": None, "open_reason": "no day", "state": "planned"}),
    "open with day": _add(VisitRow, VISIT | {"state": "open"}),
    "neither day nor reason": _add(VisitRow, VISIT | {"day": None, "state": "recorded"}),
    "class 14": _add(OutcomeRow, OUTCOME | {"result_class": 14}),
    "outcome without visit": _add(OutcomeRow, OUTCOME | {"slot": "2026-12/9"}),
    "own approver": _add(ActRow, ACT | {"approver": "甲", "reason": "x"}),
    "approver without reason": _add(ActRow, ACT | {"approver": "乙"}),
    "nobody acts": _add(ActRow, ACT | {"actor": ""}),
}


class _Undone(Exception):
    """What was written is not to be kept."""


def _write_and_undo(store: Store, write: Callable[[Session], object]) -> None:
    with store.transaction() as session:
        write(session)
        raise _Undone


def test_a_row_that_breaks_a_rule_is_refused(store: Store) -> None:
    """Each rule of the tables stops the row that breaks it, and the error says that nothing was changed."""
    for name, write in REFUSED.items():
        with pytest.raises((StoreError, _Undone)) as caught:
            _write_and_undo(store, write)
        assert isinstance(caught.value, StoreError), name
        assert "its own rules" in str(caught.value), name
        assert "nothing was changed" in str(caught.value.hint), name


ALLOWED: dict[str, Callable[[Session], object]] = {
    "expert without certificate": lambda session: add_inspectors(
        session, [an_inspector(id="X", certificate=None, is_expert=True)]
    ),
    "certificate of somebody retired": lambda session: add_inspectors(
        session, [an_inspector(id="R2", retired=TODAY, retired_reason="x")]
    ),
    "id of 64 characters": lambda session: add_entities(session, [an_entity(id="字" * 64)]),
    "recusal for ever": lambda session: add_recusals(session, [a_recusal()]),
    "a draw with its seed": _add(DrawRow, DRAW | {"slot": "s"} | SEEDED),
    "a draw that is void before its seed": _add(DrawRow, DRAW | {"slot": "s", "state": "void", "void_reason": "x"}),
    "a void draw keeps what it had": _add(
        DrawRow, DRAW | {"slot": "s"} | SEEDED | {"state": "void", "void_reason": "x", "result": b"{}"}
    ),
    "an outcome": _add(OutcomeRow, OUTCOME),
    "an approved act": _add(ActRow, ACT | {"approver": "乙", "reason": "x"}),
    "a second inspector": _add(
        InspectorRow,
        {"id": "R2", "name": "x", "skills": (), "zones": (), "is_expert": False, "may_lead": True, "certificate": "C"},
    ),
}


def test_a_row_within_the_rules_is_taken(store: Store) -> None:
    """The rules stop nothing that is right."""
    for write in ALLOWED.values():
        with pytest.raises(_Undone):
            _write_and_undo(store, write)
