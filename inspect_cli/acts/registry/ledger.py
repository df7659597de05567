"""The act on the ledger (台账): import of earlier visits and of other departments' visits. Our own are known from the draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.acts.registry.orders import bring_named
from inspect_cli.acts.registry.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.registry.strangers import find_strangers
from inspect_cli.files.intake.sheets import VISITS
from inspect_cli.storage.ledger import add_ledger_visits, find_ledger, find_ledger_of, update_ledger_visits

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId
    from inspect_cli.core.people import Actor
    from inspect_cli.core.registry.ledger import LedgerVisit
    from inspect_cli.storage.engine import Store


def _key(visit: LedgerVisit) -> Hashable:
    """Give what a visit is known by: all but its matters, and a draw of ours, which another office's file does not know."""
    return (visit.entity, visit.day, visit.kind, visit.domains, visit.department)


def _find_of_the_same(session: Session, keys: Iterable[tuple[EntityId, ...]]) -> Iterable[LedgerVisit]:
    """Find all visits to the entities of the keys."""
    return find_ledger_of(session, (key[0] for key in keys))


_REGISTER: Register[LedgerVisit] = Register(
    noun="visit",
    sheet=VISITS,
    columns={},
    key=_key,
    find_all=find_ledger,
    find_by_keys=_find_of_the_same,
    add=add_ledger_visits,
    update=update_ledger_visits,
    find_mistakes=find_strangers,
    bring=bring_named,
)


def import_visits(store: Store, actor: Actor, order: ImportOrder[LedgerVisit]) -> Imported:
    """Take a file into the ledger; a visit that it holds already is counted as unchanged. Raises as ``import_rows`` does."""
    return import_rows(_REGISTER, store, actor, order)
