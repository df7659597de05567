"""What a row of a registry was on an earlier day, worked out from what changed since. Keeping the changes is ``storage.history``'s part.

HISTORY-1  Each field that an act changes is kept as one change: which act, which field, what it was before and what after.
HISTORY-2  A row as of a day is what it was when it came into the registry, and over that the changes of all acts for that day or an
           earlier one, in the order of their days, and of one day in the order in which they were done.
HISTORY-3  Before the day of the act that brought it into the registry there is no row.
HISTORY-4  A row that no known act brought is from before the history began: before its first change it was what that change says.
HISTORY-5  A company that changed its number is one company: before the change it is the row under the earlier number.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from inspect_cli.core.registry.comparison import Change
from inspect_cli.errors import RefusedError, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from dataclasses import Field

    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A change that is on record: its place in the order of all changes, the day of its act, the field, and both values."""

    number: int
    day: date
    field: str
    before: object
    after: object


def list_changes(key: str, before: Row, after: Row) -> tuple[Change, ...]:
    """List every field in which two values of one row differ, in the order of the fields (HISTORY-1)."""
    return tuple(
        Change(key=key, field=field.name, before=getattr(before, field.name), after=getattr(after, field.name))
        for field in fields(before)
        if getattr(before, field.name) != getattr(after, field.name)
    )


def row_on(row: Row, changes: Iterable[Kept], day: date) -> Row:
    """Give a row as it was at the end of a day, from the row that stands and all its changes (HISTORY-2, HISTORY-4)."""
    kept = sorted(changes, key=lambda change: change.number)
    values: dict[str, Any] = {change.field: change.before for change in reversed(kept)}
    for change in sorted(kept, key=lambda change: change.day):
        if change.day <= day:
            values[change.field] = change.after
    return replace(row, **values)


def refuse_unknown_day(key: str, added: date) -> RefusedError:
    """Make the refusal to say what a row was before the day on which it came into the registry (HISTORY-3)."""
    return RefusedError(
        say("{id} is in the registry since {day} only", id=key, day=added.isoformat()),
        hint=say("name that day or a later one with --as-of"),
    )


def render_kept(value: object) -> str:
    """Render a field's value as it is kept: JSON, nothing as null, a day as text."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_kept(text: str, field: Field[Any] | None) -> object:
    """Read a field's value as ``render_kept`` wrote it; a field that a value no longer has is None, and read as it is written."""
    value = json.loads(text)
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and field is not None and "date" in str(field.type).split(" | "):
        return date.fromisoformat(value)
    return value


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value
