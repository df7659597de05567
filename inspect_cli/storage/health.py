"""Queries for the health of the registries: when something of an entity was heard last, and where entities are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, union_all
from sqlmodel import col

from inspect_cli.core.names import EntityId
from inspect_cli.core.report.health.roster import Place
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import ActRow, EntityRow, LedgerRow, ValueChangeRow

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

_PLACES = Shelf(Place, EntityRow)


def find_places(session: Session) -> tuple[Place, ...]:
    """Find where the entities are that are not retired, sorted by id."""
    found = _PLACES.find(session, col(EntityRow.retired).is_(None))
    return tuple(sorted(found, key=lambda place: place.id))


def find_heard_of(session: Session, today: date) -> dict[EntityId, date]:
    """Find for each entity the last day, not after ``today``, of an act that entered or changed it, or of a visit.

    One of which nothing is known has no day: it is there since before acts were kept with rows.
    """
    day = col(ActRow.day)
    entered = select(col(EntityRow.id), day).join(ActRow, col(ActRow.number) == EntityRow.added_by)
    changed = (
        select(col(ValueChangeRow.key), day)
        .join(ActRow, col(ActRow.number) == ValueChangeRow.act)
        .where(col(ValueChangeRow.noun) == "entity")
    )
    visited = select(col(LedgerRow.entity), col(LedgerRow.day)).where(col(LedgerRow.day) <= today)
    heard = union_all(entered.where(day <= today), changed.where(day <= today), visited).subquery()
    newest = select(heard.c.id, func.max(heard.c.day)).group_by(heard.c.id)
    return {EntityId(entity): last for entity, last in session.connection().execute(newest)}


def find_last_file(session: Session, noun: str, today: date) -> date | None:
    """Find the last day, not after ``today``, for which a registry took a file; None where it took none."""
    taken = select(func.max(col(ActRow.day))).where(col(ActRow.act) == f"{noun} import", col(ActRow.day) <= today)
    found: date | None = session.connection().execute(taken).scalar()
    return found
