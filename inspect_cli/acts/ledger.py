"""The act on the ledger (台账): import of earlier visits and of other departments' visits. Our own are known from the draws."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_cli.acts.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.strangers import find_strangers
from inspect_cli.files.intake.sheets import VISITS
from inspect_cli.storage.registries import add_ledger_visits, find_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from inspect_cli.core.people import Actor
    from inspect_cli.core.registry.ledger import LedgerVisit
    from inspect_cli.storage.engine import Store


def _change_none(_session: Session, _values: Iterable[LedgerVisit]) -> None:
    """Change nothing: a visit is known by all its fields, so that none can differ."""


_REGISTER: Register[LedgerVisit] = Register(
    noun="visit",
    sheet=VISITS,
    columns={},
    # A visit that is listed with our draw is the same when another file lists it without.
    key=lambda visit: replace(visit, source=None),
    find_all=find_ledger,
    add=add_ledger_visits,
    update=_change_none,
    find_mistakes=find_strangers,
)


def import_visits(store: Store, actor: Actor, order: ImportOrder[LedgerVisit]) -> Imported:
    """Take a file into the ledger; a visit that it holds already is counted as unchanged. Raises as ``import_rows`` does."""
    return import_rows(_REGISTER, store, actor, order)
