"""Rows of a file that name an inspector or an entity whom the registries do not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, assert_never

from inspect_cli.core.registry.inspector import Leave, Recusal
from inspect_cli.core.registry.ledger import LedgerVisit
from inspect_cli.errors import Mistake, Position, say
from inspect_cli.storage.registries import find_entity_ids, find_inspector_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.files.intake.rows import Intake

Naming = TypeVar("Naming", Leave, Recusal, LedgerVisit)


def find_strangers(session: Session, intake: Intake[Naming]) -> Iterator[Mistake]:
    """Find the rows that name somebody unknown; the retired are known."""
    inspectors, entities = find_inspector_ids(session), find_entity_ids(session)
    for row in intake.rows:
        inspector, entity = _named(row.value)
        where = Position(file=intake.file, sheet=intake.sheet, row=row.row)
        if inspector is not None and inspector not in inspectors:
            yield Mistake(
                what=say("nobody on the roster has this number"),
                where=where,
                value=inspector,
                remedy=say("correct the number, or import the inspector first with inspect-cli inspector import"),
            )
        if entity is not None and entity not in entities:
            yield Mistake(
                what=say("no entity of the registry has this number"),
                where=where,
                value=entity,
                remedy=say("correct the number, or import the entity first with inspect-cli entity import"),
            )


def _named(value: Leave | Recusal | LedgerVisit) -> tuple[InspectorId | None, EntityId | None]:
    match value:
        case Leave():
            return value.inspector, None
        case Recusal():
            return value.inspector, value.entity
        case LedgerVisit():
            return None, value.entity
        case _:
            assert_never(value)
