"""The history of values: what each field of a row was before an act changed it, and which act brought the row in.

Private values are kept like all others, for the store is private. Who may see them is the screen's matter; what a row was on an
earlier day is worked out in ``core.registry.history``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.history import render_kept
from inspect_cli.storage.act_log import ActRecord, find_acts_by
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import EntityRow, InspectorRow, MatterRow, ValueChangeRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from inspect_cli.core.registry.comparison import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """One field of one row that the act changed; ``before`` and ``after`` are JSON."""

    act: int
    noun: str
    key: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedChange:
    """A change as it was found, with its place in the order of all changes."""

    number: int
    act: int
    key: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change with the act that made it."""

    act: ActRecord
    change: NumberedChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A row of a registry, and the act that brought it in."""

    id: str
    added_by: int | None


_CHANGES = Shelf(ValueChange, ValueChangeRow)
_NUMBERED = Shelf(NumberedChange, ValueChangeRow)
_ORIGINS: Final = {
    "entity": Shelf(Origin, EntityRow),
    "inspector": Shelf(Origin, InspectorRow),
    "matter": Shelf(Origin, MatterRow),
}


def add_value_changes(session: Session, act: int, noun: str, changes: Iterable[Change]) -> None:
    """Keep what an act changed of rows of one registry (``entity``, ``inspector`` or ``matter``)."""
    kept = (
        ValueChange(
            act=act,
            noun=noun,
            key=str(change.key),
            field=change.field,
            before=render_kept(change.before),
            after=render_kept(change.after),
        )
        for change in changes
    )
    _CHANGES.add(session, kept)


def find_value_changes(session: Session, noun: str, key: str) -> tuple[Told, ...]:
    """Find what acts changed of one row, in the order in which they were done."""
    columns = _NUMBERED.columns
    found = _NUMBERED.find_in_order(session, "number", columns.noun == noun, columns.key == key)
    acts = find_acts_by(session, {change.act for change in found})
    return tuple(Told(act=acts[change.act], change=change) for change in found)


def find_origin(session: Session, noun: str, key: str) -> ActRecord | None:
    """Find the act that brought a row into its registry; None for one that is there since before that was kept."""
    shelf = _ORIGINS[noun]
    (found,) = shelf.find(session, shelf.columns.id == key)
    return None if found.added_by is None else find_acts_by(session, {found.added_by})[found.added_by]
