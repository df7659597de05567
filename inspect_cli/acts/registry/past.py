"""Reading what a row of a registry was: its history, and the row as of a day. The rules are in ``core.registry.history``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from inspect_cli.acts.registry.retirement import unknown_id
from inspect_cli.core.names import EntityId, InspectorId, MatterId
from inspect_cli.core.registry.history import Kept, parse_kept, refuse_unknown_day, row_on
from inspect_cli.storage.history import find_origin, find_value_changes
from inspect_cli.storage.numbers import find_predecessors
from inspect_cli.storage.registries import find_entity, find_inspector, find_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.core.registry.matter import Matter
    from inspect_cli.storage.act_log import ActRecord

_FIND: Final[Mapping[str, Callable[[Session, str], Entity | Inspector | Matter | None]]] = {
    "entity": lambda session, key: find_entity(session, EntityId(key)),
    "inspector": lambda session, key: find_inspector(session, InspectorId(key)),
    "matter": lambda session, key: find_matter(session, MatterId(key)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One row and all that is known of what it was: ``origin`` is the act that brought it in (None: it was there before that was kept).

    ``changes`` are in the order in which they were done, each with its act.
    """

    row: Entity | Inspector | Matter
    origin: ActRecord | None
    changes: tuple[tuple[ActRecord, Kept], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowThen:
    """A row as it was at the end of a day. ``is_before_history``: nobody knows since when it is in the registry.

    ``is_overtaken``: acts for earlier days were done later, so that even as of the last day it is not the row that stands.
    """

    row: Entity | Inspector | Matter
    is_before_history: bool
    is_overtaken: bool


def read_past(session: Session, noun: str, key: str) -> tuple[Past, ...]:
    """Read a row's history, that of a company's earlier numbers before it (HISTORY-5): of all of them where rows were joined.

    Raises ``UsageMistake`` for an unknown key.
    """
    pasts: dict[str, Past] = {}
    wanted = [key]
    while wanted:
        number = wanted.pop()
        if number not in pasts:
            pasts[number] = _read_one(session, noun, number)
            wanted += reversed(find_predecessors(session, number) if noun == "entity" else ())
    return tuple(reversed(pasts.values()))


def read_row_on(session: Session, noun: str, key: str, day: date) -> RowThen:
    """Read what a row was at the end of a day; under an earlier number, where it was kept under that one then.

    Raises ``UsageMistake`` for an unknown key, ``RefusedError`` for a day before it came into the registry.
    """
    pasts = read_past(session, noun, key)
    for past in reversed(pasts):
        if past.origin is None or past.origin.day <= day:
            changes = [kept for _act, kept in past.changes]
            last = max((kept.day for kept in changes), default=day)
            return RowThen(
                row=row_on(past.row, changes, day),
                is_before_history=past.origin is None,
                is_overtaken=last <= day and row_on(past.row, changes, day) != past.row,
            )
    raise refuse_unknown_day(key, min(past.origin.day for past in pasts if past.origin is not None))


def _read_one(session: Session, noun: str, key: str) -> Past:
    row = _FIND[noun](session, key)
    if row is None:
        raise unknown_id(noun, key)
    by_name: dict[str, Any] = {field.name: field for field in fields(row)}
    changes = tuple(
        (
            told.act,
            Kept(
                number=told.change.number,
                day=told.act.day,
                field=told.change.field,
                before=parse_kept(told.change.before, by_name.get(told.change.field)),
                after=parse_kept(told.change.after, by_name.get(told.change.field)),
            ),
        )
        for told in find_value_changes(session, noun, key)
    )
    return Past(row=row, origin=find_origin(session, noun, key), changes=changes)
