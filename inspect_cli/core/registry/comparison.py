"""What an import would do to a registry, worked out before anything is done. Reading files and keeping rows happens elsewhere.

Rules:

IMPORT-1  A row whose key the registry does not hold is new; one that says what the registry holds is unchanged; else it is changed.
IMPORT-2  A field for which the file has no column is left as the registry has it.
IMPORT-3  An import neither retires nor brings back: a retired row stays retired, and is named.
IMPORT-4  Every changed field is named with what the registry holds and what the file says; a private one without either.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")

NEVER_IMPORTED = frozenset({"retired", "retired_reason"})
"""Fields that other acts set (IMPORT-3)."""
PRIVATE = frozenset({"contact", "note", "reason", "telephone"})
"""Fields whose values no report and no log shows (IMPORT-4); reason and note are those of leave or of a recusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field of one row that would change: ``before`` is the registry's value, ``after`` the file's; None for a private field's."""

    key: Hashable
    field: str
    before: object
    after: object

    @property
    def is_private(self) -> bool:
        """Say whether the values are withheld."""
        return self.field in PRIVATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Generic[Value]):
    """What an import would do: values to add, values to put in others' place, and what stays; each in the file's order."""

    new: tuple[Value, ...]
    changed: tuple[Value, ...]
    unchanged: int
    changes: tuple[Change, ...]
    retired: tuple[Hashable, ...]


def compare(
    rows: Iterable[Value],
    standing: Mapping[Hashable, Value],
    *,
    key: Callable[[Value], Hashable],
    told: frozenset[str],
) -> Comparison[Value]:
    """Compare a file's rows with those that stand, by ``key``; ``told`` are the value's fields for which the file has a column."""
    new: list[Value] = []
    changed: list[Value] = []
    changes: list[Change] = []
    retired: list[Hashable] = []
    unchanged = 0
    for row in rows:
        before = standing.get(key(row))
        if before is None:
            new.append(row)
            continue
        if getattr(before, "retired", None) is not None:
            retired.append(key(row))
        found = _changes(key(row), before, row, told - NEVER_IMPORTED)
        if found:
            values: dict[str, Any] = {change.field: getattr(row, change.field) for change in found}
            changed.append(replace(before, **values))
            changes.extend(found)
        else:
            unchanged += 1
    return Comparison(
        new=tuple(new), changed=tuple(changed), unchanged=unchanged, changes=tuple(changes), retired=tuple(retired)
    )


def _changes(key: Hashable, before: DataclassInstance, after: DataclassInstance, told: frozenset[str]) -> list[Change]:
    """List the fields told that differ (IMPORT-2), in the order of the value's fields."""
    different = [
        field.name
        for field in fields(before)
        if field.name in told and getattr(before, field.name) != getattr(after, field.name)
    ]
    return [
        Change(key=key, field=name, before=None, after=None)
        if name in PRIVATE
        else Change(key=key, field=name, before=getattr(before, name), after=getattr(after, name))
        for name in different
    ]
