"""Queries of entities, matters and the roster with its leave and recusals: core values in, core values out, sorted by explicit keys.

What does not live here: many rows at once (``bulk``), earlier visits (``ledger``), days without visits (``calendar``), and whether a
change is allowed, which is the acts' matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, literal, select, update

from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
from inspect_cli.core.registry.matter import Matter
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import (
    EntityRow,
    InspectorRow,
    LeaveRow,
    MatterRow,
    RecusalRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, InspectorId, MatterId

_ENTITIES = Shelf(Entity, EntityRow)
_INSPECTORS = Shelf(Inspector, InspectorRow)
_MATTERS = Shelf(Matter, MatterRow)
_LEAVE = Shelf(Leave, LeaveRow)
_RECUSALS = Shelf(Recusal, RecusalRow)


def add_entities(session: Session, entities: Iterable[Entity], *, act: int | None = None) -> None:
    """Add entities that are not in the registry; the ``act`` that brings them is kept with them."""
    _ENTITIES.add(session, entities, added_by=act)


def update_entities(session: Session, entities: Iterable[Entity]) -> None:
    """Replace entities of the registry by what is given, retirement included."""
    _ENTITIES.update(session, entities)


def find_entity(session: Session, entity: EntityId) -> Entity | None:
    """Find one entity, retired or not."""
    return next(iter(_ENTITIES.find(session, _ENTITIES.columns.id == entity)), None)


def find_entities(session: Session, *, include_retired: bool = False) -> tuple[Entity, ...]:
    """Find the entities, sorted by id."""
    conditions = () if include_retired else (_ENTITIES.columns.retired.is_(None),)
    return tuple(sorted(_ENTITIES.find(session, *conditions), key=lambda entity: entity.id))


def find_entity_ids(session: Session) -> frozenset[EntityId]:
    """Find the ids of all entities, retired or not."""
    return _ENTITIES.find_column(session, "id")


def find_entity_groups(session: Session) -> tuple[tuple[EntityId, str], ...]:
    """Find the entities that belong to a group of companies, retired or not, each with its group, sorted by id."""
    columns = _ENTITIES.columns
    wanted = select(columns.id, columns.group).where(columns.group.is_not(None))
    return tuple(sorted((row.id, row.group) for row in session.connection().execute(wanted)))


def has_domains_by_rule(session: Session) -> bool:
    """Say whether the settings' rules gave the domains of any entity, retired or not."""
    return True in _ENTITIES.find_column(session, "domains_by_rule")


def add_inspectors(session: Session, inspectors: Iterable[Inspector], *, act: int | None = None) -> None:
    """Add inspectors and experts that are not on the roster, with the act that brings them."""
    _INSPECTORS.add(session, inspectors, added_by=act)


def update_inspectors(session: Session, inspectors: Iterable[Inspector]) -> None:
    """Replace inspectors of the roster by what is given, retirement included."""
    changed = tuple(inspectors)
    _set_certificates_aside(session, changed)
    _INSPECTORS.update(session, changed)


def _set_certificates_aside(session: Session, inspectors: tuple[Inspector, ...]) -> None:
    """Free the certificates first, so that two people's can be exchanged although each is unique at every moment."""
    columns = _INSPECTORS.columns
    aside = update(InspectorRow).where(columns.id == bindparam("key")).values(certificate=literal("\x01") + columns.id)
    if inspectors:
        session.connection().execute(aside, [{"key": inspector.id} for inspector in inspectors])


def find_inspector(session: Session, inspector: InspectorId) -> Inspector | None:
    """Find one inspector or expert, retired or not."""
    return next(iter(_INSPECTORS.find(session, _INSPECTORS.columns.id == inspector)), None)


def find_inspectors(session: Session, *, include_retired: bool = False) -> tuple[Inspector, ...]:
    """Find inspectors and experts, sorted by id."""
    conditions = () if include_retired else (_INSPECTORS.columns.retired.is_(None),)
    return tuple(sorted(_INSPECTORS.find(session, *conditions), key=lambda inspector: inspector.id))


def find_inspector_ids(session: Session) -> frozenset[InspectorId]:
    """Find the ids of all inspectors and experts, retired or not."""
    return _INSPECTORS.find_column(session, "id")


def add_matters(session: Session, matters: Iterable[Matter], *, act: int | None = None) -> None:
    """Add matters that are not on the list, with the act that brings them."""
    _MATTERS.add(session, matters, added_by=act)


def update_matters(session: Session, matters: Iterable[Matter]) -> None:
    """Replace matters of the list by what is given, retirement included."""
    _MATTERS.update(session, matters)


def find_matter(session: Session, matter: MatterId) -> Matter | None:
    """Find one matter, retired or not."""
    return next(iter(_MATTERS.find(session, _MATTERS.columns.id == matter)), None)


def find_matters(session: Session, *, include_retired: bool = False) -> tuple[Matter, ...]:
    """Find the matters, sorted by id."""
    conditions = () if include_retired else (_MATTERS.columns.retired.is_(None),)
    return tuple(sorted(_MATTERS.find(session, *conditions), key=lambda matter: matter.id))


def add_leave(session: Session, leave: Iterable[Leave]) -> None:
    """Add leave of inspectors on the roster."""
    _LEAVE.add(session, leave)


def update_leave(session: Session, leave: Iterable[Leave]) -> None:
    """Replace the reason of leave that is entered."""
    _LEAVE.update(session, leave, key=("inspector", "first", "last"))


def find_leave(
    session: Session, *, inspector: InspectorId | None = None, first: date | None = None, last: date | None = None
) -> tuple[Leave, ...]:
    """Find leave that touches the days from ``first`` to ``last`` (None: any), sorted by inspector and days."""
    columns = _LEAVE.columns
    conditions = []
    if inspector is not None:
        conditions.append(columns.inspector == inspector)
    if first is not None:
        conditions.append(columns.last >= first)
    if last is not None:
        conditions.append(columns.first <= last)
    return tuple(
        sorted(_LEAVE.find(session, *conditions), key=lambda leave: (leave.inspector, leave.first, leave.last))
    )


def remove_leave(session: Session, leave: Leave) -> bool:
    """Remove the leave of one person on exactly these days and say whether it was there."""
    columns = _LEAVE.columns
    found = _LEAVE.remove(
        session, columns.inspector == leave.inspector, columns.first == leave.first, columns.last == leave.last
    )
    return found > 0


def add_recusals(session: Session, recusals: Iterable[Recusal]) -> None:
    """Add recusals between inspectors and entities of the registries."""
    _RECUSALS.add(session, recusals)


def find_recusals(session: Session, *, inspector: InspectorId | None = None) -> tuple[Recusal, ...]:
    """Find recusals (of one inspector, when one is named), in force or not, sorted by inspector, entity, group, reason and days."""
    conditions = () if inspector is None else (_RECUSALS.columns.inspector == inspector,)
    found = _RECUSALS.find(session, *conditions)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.inspector,
                one.entity or "",
                one.group or "",
                one.reason,
                str(one.start or ""),
                str(one.end or ""),
                one.note or "",
            ),
        )
    )


def remove_recusal(session: Session, recusal: Recusal) -> bool:
    """Remove the recusal with exactly these fields and say whether it was there."""
    columns = _RECUSALS.columns
    found = _RECUSALS.remove(
        session,
        columns.inspector == recusal.inspector,
        columns.entity == recusal.entity,
        columns.group == recusal.group,
        columns.reason == recusal.reason,
        columns.note == recusal.note,
        columns.start == recusal.start,
        columns.end == recusal.end,
    )
    return found > 0
