"""Queries of the drawn visits, what became of them, and their outcomes. What may be recorded, and when, is ``core.visit``'s matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import DrawRow, OutcomeRow, VisitChangeRow, VisitRow
from inspect_cli.storage.tables.draws import DrawState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import Domain, EntityId, Period, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecord:
    """A drawn visit: its day, or why it is open; and where it stands."""

    slot: Slot
    entity: EntityId
    day: date | None
    open_reason: str | None
    state: VisitState


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecord:
    """What a visit found in one domain, by the newest version of its result; ``result_class`` is 1 to 13.

    ``follow_up`` is as ``core.visit.follow_up`` renders it, ``matters`` as ``core.visit.kept`` does.
    """

    slot: Slot
    entity: EntityId
    domain: Domain
    result_class: int
    method: str
    finding: str | None
    follow_up: str | None
    visited_on: date
    recorded_by: str
    matters: str = "[]"


_VISITS = Shelf(VisitRecord, VisitRow)
_OUTCOMES = Shelf(OutcomeRecord, OutcomeRow)
_CHANGES = Shelf(VisitChange, VisitChangeRow)


def add_visits(session: Session, visits: Iterable[VisitRecord]) -> None:
    """Add the visits of a draw that was run."""
    _VISITS.add(session, visits)


def update_visit(session: Session, visit: VisitRecord) -> None:
    """Replace a visit of the same slot and entity."""
    _VISITS.update(session, (visit,), key=("slot", "entity"))


def find_visit(session: Session, slot: Slot, entity: EntityId) -> VisitRecord | None:
    """Find one visit."""
    columns = _VISITS.columns
    return next(iter(_VISITS.find(session, columns.slot == slot, columns.entity == entity)), None)


def find_visits(session: Session, slot: Slot | None = None) -> tuple[VisitRecord, ...]:
    """Find the visits (of one draw, when a slot is given), sorted by slot and entity."""
    conditions = () if slot is None else (_VISITS.columns.slot == slot,)
    return tuple(sorted(_VISITS.find(session, *conditions), key=lambda visit: (visit.slot, visit.entity)))


def add_visit_changes(session: Session, changes: Iterable[VisitChange]) -> None:
    """Add what became of visits; a visit that ended already breaks a constraint (``StoreError``)."""
    _CHANGES.add(session, changes)


def find_visit_changes(session: Session, slot: Slot | None = None) -> tuple[VisitChange, ...]:
    """Find what became of visits (of one draw, when a slot is given), in the order in which it happened."""
    conditions = () if slot is None else (_CHANGES.columns.slot == slot,)
    return _CHANGES.find_in_order(session, "number", *conditions)


def find_carried_over(session: Session, period: Period) -> tuple[VisitChange, ...]:
    """Find the visits that were carried over to a period, void draws aside, in the order in which it happened."""
    columns = _CHANGES.columns
    is_void = columns.slot.in_(select(col(DrawRow.slot)).where(col(DrawRow.state) == DrawState.VOID))
    return _CHANGES.find_in_order(session, "number", columns.to_period == period, ~is_void)


def find_unended_visits(session: Session, before: Period | None = None) -> tuple[VisitRecord, ...]:
    """Find the visits (of earlier periods, when one is given) that have neither a result nor another end, sorted by slot and entity."""
    columns, changes = _VISITS.columns, _CHANGES.columns
    drawn = select(col(DrawRow.slot)).where(col(DrawRow.state) == DrawState.DRAWN)
    is_earlier = columns.slot.in_(drawn if before is None else drawn.where(col(DrawRow.period) < before))
    is_ended = (
        select(changes.number)
        .where(changes.slot == columns.slot, changes.entity == columns.entity, changes.kind != ChangeKind.MOVED)
        .exists()
    )
    found = _VISITS.find(session, is_earlier, columns.state != VisitState.RECORDED, ~is_ended)
    return tuple(sorted(found, key=lambda visit: (visit.slot, visit.entity)))


def add_outcomes(session: Session, outcomes: Iterable[OutcomeRecord]) -> None:
    """Add what a visit found, domain by domain."""
    _OUTCOMES.add(session, outcomes)


def remove_outcomes(session: Session, slot: Slot, entity: EntityId) -> None:
    """Remove what a visit found: another version of its result takes the place, or none (every version is kept in ``storage.results``)."""
    columns = _OUTCOMES.columns
    _OUTCOMES.remove(session, columns.slot == slot, columns.entity == entity)


def find_outcomes(
    session: Session, slot: Slot | None = None, entity: EntityId | None = None
) -> tuple[OutcomeRecord, ...]:
    """Find outcomes (of one draw, of one entity), sorted by slot, entity and domain."""
    columns = _OUTCOMES.columns
    conditions = []
    if slot is not None:
        conditions.append(columns.slot == slot)
    if entity is not None:
        conditions.append(columns.entity == entity)
    found = _OUTCOMES.find(session, *conditions)
    return tuple(sorted(found, key=lambda outcome: (outcome.slot, outcome.entity, outcome.domain)))
