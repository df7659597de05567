"""Queries of the registries for whoever goes through many rows: those of some keys at once, or all of them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func

from inspect_cli.core.code_check import REGISTRATION_LENGTH
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.registry.matter import Matter
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import EntityRow, InspectorRow, MatterRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, InspectorId, MatterId

_ENTITIES = Shelf(Entity, EntityRow)
_INSPECTORS = Shelf(Inspector, InspectorRow)
_MATTERS = Shelf(Matter, MatterRow)


def find_entities_by_id(session: Session, ids: Iterable[EntityId]) -> tuple[Entity, ...]:
    """Find the entities of some ids, retired or not, in no order."""
    return _ENTITIES.find_among(session, "id", ids)


def walk_entities(session: Session, *, include_retired: bool = False) -> Iterator[Entity]:
    """Give the entities one by one, sorted by id, so that not all of them are in memory."""
    return _ENTITIES.walk(session, "id", *(() if include_retired else (_ENTITIES.columns.retired.is_(None),)))


def find_entities_under_old_numbers(session: Session) -> tuple[Entity, ...]:
    """Find the active entities that are kept under a number as long as a registration number, in no order."""
    columns = _ENTITIES.columns
    return _ENTITIES.find(session, columns.retired.is_(None), func.length(columns.id) == REGISTRATION_LENGTH)


def find_inspectors_by_id(session: Session, ids: Iterable[InspectorId]) -> tuple[Inspector, ...]:
    """Find the inspectors and experts of some ids, retired or not, in no order."""
    return _INSPECTORS.find_among(session, "id", ids)


def walk_inspectors(session: Session, *, include_retired: bool = False) -> Iterator[Inspector]:
    """Give the inspectors and experts one by one, sorted by id, so that not all of them are in memory."""
    return _INSPECTORS.walk(session, "id", *(() if include_retired else (_INSPECTORS.columns.retired.is_(None),)))


def find_matters_by_id(session: Session, ids: Iterable[MatterId]) -> tuple[Matter, ...]:
    """Find the matters of some ids, retired or not, in no order."""
    return _MATTERS.find_among(session, "id", ids)


def walk_matters(session: Session, *, include_retired: bool = False) -> Iterator[Matter]:
    """Give the matters one by one, sorted by id, so that not all of them are in memory."""
    return _MATTERS.walk(session, "id", *(() if include_retired else (_MATTERS.columns.retired.is_(None),)))
