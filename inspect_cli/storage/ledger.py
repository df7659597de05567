"""Queries of the ledger: the visits that anybody made, by our draws or before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.registry.ledger import LedgerVisit
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import LedgerRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId

_LEDGER = Shelf(LedgerVisit, LedgerRow)


def add_ledger_visits(session: Session, visits: Iterable[LedgerVisit]) -> None:
    """Add visits to the ledger."""
    _LEDGER.add(session, visits)


def update_ledger_visits(session: Session, visits: Iterable[LedgerVisit]) -> None:
    """Replace what is known of visits beside whom, when, why and by whom: the matters that were checked, and our draw."""
    _LEDGER.update(session, visits, key=("entity", "day", "kind", "domains", "department"))


def find_ledger(session: Session, *, since: date | None = None) -> tuple[LedgerVisit, ...]:
    """Find the ledger's visits on ``since`` and later (None: all), sorted by day, entity, kind, department, domains and source."""
    conditions = () if since is None else (_LEDGER.columns.day >= since,)
    found = _LEDGER.find(session, *conditions)
    return tuple(
        sorted(found, key=lambda one: (one.day, one.entity, one.kind, one.department, one.domains, one.source or ""))
    )


def find_ledger_of(session: Session, entities: Iterable[EntityId]) -> tuple[LedgerVisit, ...]:
    """Find the ledger's visits to some entities, in no order."""
    return _LEDGER.find_among(session, "entity", entities)
