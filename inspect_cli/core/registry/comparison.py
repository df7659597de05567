"""What an import would do to a registry, worked out before anything is done. Reading files and keeping rows happens elsewhere.

Rules:

IMPORT-1  A row whose key the registry does not hold is new; one that says what the registry holds is unchanged; else it is changed.
IMPORT-2  A field for which the file has no column is left as the registry has it. Domains that a rule of the settings gave take the
          place of domains by rule alone, never of domains that a file named.
IMPORT-3  An import brings nobody back: a retired row stays retired, and is named. It retires whom the file does not name only where
          that is asked for.
IMPORT-4  Every changed field is named with what the registry holds and what the file says; a private one is shown without either.
IMPORT-5  Whoever changes a key field, changes a number or retires rows was shown that and said yes: ``KEY_FIELDS`` are what decides
          whether and by whom somebody is inspected, and for what.
IMPORT-6  What was shown has a digest: the act does exactly that, or nothing.
IMPORT-7  A row of somebody who is out of service (人员状态 失效) may leave the certificate, its last day and the skills blank: these stay
          as the registry has them. Without a certificate such a row brings no inspector in (REG-10): where the registry does not hold its
          number it is left out, and named.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import Enum, auto
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, assert_never

from inspect_cli.core.registry.inspector import Inspector

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from _typeshed import DataclassInstance

    from inspect_cli.core.registry.number import NumberChange

Value = TypeVar("Value", bound="DataclassInstance")
Thing = TypeVar("Thing")

NEVER_IMPORTED = frozenset({"retired", "retired_reason", "successor"})
"""Fields that other acts set (IMPORT-3)."""
PRIVATE = frozenset({"contact", "note", "reason", "telephone"})
"""Fields whose values no report and no log shows (IMPORT-4); reason and note are those of leave or of a recusal."""
KEY_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "entity": frozenset({"name", "domains", "risk_class", "group"}),
    "inspector": frozenset({"name", "certificate", "skills", "is_expert", "in_service"}),
    "matter": frozenset(
        {"name", "domain", "basis", "of_industries", "of_sizes", "of_risk_classes", "of_tags", "visits_a_year"}
    ),
}
"""The key fields of each registry (IMPORT-5); the others have none."""
KEPT = 1000
"""Changes and rows of one kind that are named; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field of one row that changes: the registry's value ``before``, the new one ``after``; ``row`` is the file's, if any."""

    key: Hashable
    field: str
    before: object
    after: object
    row: int | None = None

    @property
    def is_private(self) -> bool:
        """Say whether the values are shown to nobody (IMPORT-4)."""
        return self.field in PRIVATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Generic[Value]):
    """How rows are compared: by which ``key``, in which fields (those ``told``, which have a column), and which are key fields."""

    key: Callable[[Value], Hashable]
    told: frozenset[str]
    key_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Generic[Value]):
    """What some rows of a file would do: values to add, values to put in others' place, and what stays; each in the file's order.

    ``retired`` and ``left_out`` are keys: of rows that stay retired (IMPORT-3), and of rows that bring nobody in (IMPORT-7).
    """

    new: tuple[Value, ...]
    changed: tuple[Value, ...]
    unchanged: int
    changes: tuple[Change, ...]
    retired: tuple[Hashable, ...]
    left_out: tuple[Hashable, ...] = ()
    renumbered: tuple[NumberChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Generic[Thing]):
    """Things of one kind: how many, and the first ``KEPT`` of them."""

    count: int = 0
    first: tuple[Thing, ...] = ()

    def plus(self, more: Sequence[Thing]) -> Counted[Thing]:
        """Give these with more of them after them."""
        room = KEPT - len(self.first)
        return Counted(count=self.count + len(more), first=(*self.first, *more[:room]) if more and room else self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What an import would do, or did, as a whole. ``seen`` is the digest of all of it (IMPORT-6).

    ``new`` and ``missing`` are rows (of ``missing`` the registry's, which the file does not name; empty where nobody asked), ``retired``
    and ``left_out`` keys of rows of the file, as in a ``Batch``.
    """

    new: Counted[Any] = Counted()
    updated: int = 0
    unchanged: int = 0
    changes: Counted[Change] = Counted()
    key_changes: Counted[Change] = Counted()
    retired: Counted[Hashable] = Counted()
    left_out: Counted[Hashable] = Counted()
    missing: Counted[Any] = Counted()
    renumbered: Counted[NumberChange] = Counted()
    seen: str = field(default="", repr=False)

    @property
    def is_nothing(self) -> bool:
        """Say whether the registry holds all of it already; rows that are missing in the file do not matter here."""
        return not (self.new.count or self.updated or self.renumbered.count)

    def plus(self, batch: Batch[Any], pattern: Pattern[Any]) -> Comparison:
        """Give the comparison with a further batch."""
        told = (
            [(change.key, change.field, change.before, change.after) for change in batch.changes],
            [pattern.key(value) for value in batch.new],
            [(change.was.id, change.kept.id) for change in batch.renumbered],
            batch.retired,
        )
        return replace(
            self,
            new=self.new.plus(batch.new),
            updated=self.updated + len(batch.changed),
            unchanged=self.unchanged + batch.unchanged,
            changes=self.changes.plus(batch.changes),
            key_changes=self.key_changes.plus([one for one in batch.changes if one.field in pattern.key_fields]),
            retired=self.retired.plus(batch.retired),
            left_out=self.left_out.plus(batch.left_out),
            renumbered=self.renumbered.plus(batch.renumbered),
            seen=_digest(self.seen, told),
        )

    def lacking(self, rows: Sequence[Any], *, is_leaving: bool) -> Comparison:
        """Give the comparison with rows of the registry, each with an ``id``, that the file does not name, and that may have to leave."""
        seen = _digest(self.seen, [row.id for row in rows]) if is_leaving else self.seen
        return replace(self, missing=self.missing.plus(rows), seen=seen)


def _digest(seen: str, told: object) -> str:
    return sha256(f"{seen} {told!r}".encode("utf-8", "surrogatepass")).hexdigest()


def compare(
    rows: Iterable[tuple[int, Value]], standing: Mapping[Hashable, Value], pattern: Pattern[Value]
) -> Batch[Value]:
    """Compare rows of a file, each with its number there, with those that stand by their keys."""
    new: list[Value] = []
    changed: list[Value] = []
    changes: list[Change] = []
    retired: list[Hashable] = []
    left_out: list[Hashable] = []
    unchanged = 0
    told = {origin: _select(pattern.told, origin) for origin in _Origin}
    for number, row in rows:
        key = pattern.key(row)
        before = standing.get(key)
        if before is None:
            if _brings_nobody_in(row):
                left_out.append(key)
            else:
                new.append(row)
            continue
        if getattr(before, "retired", None) is not None:
            retired.append(key)
        if before == row:
            unchanged += 1
            continue
        found = _changes((key, number), before, row, told[_origin(before, row)] - find_unsaid(row))
        if found:
            values: dict[str, Any] = {change.field: change.after for change in found}
            changed.append(replace(before, **values))
            changes.extend(found)
        else:
            unchanged += 1
    return Batch(
        new=tuple(new),
        changed=tuple(changed),
        unchanged=unchanged,
        changes=tuple(changes),
        retired=tuple(retired),
        left_out=tuple(left_out),
    )


def find_unsaid(row: object) -> frozenset[str]:
    """Name the fields of which a row says nothing although its file has a column for them (IMPORT-7)."""
    if not isinstance(row, Inspector) or row.in_service:
        return frozenset()
    unsaid = {name for name in ("certificate", "valid_until", "skills") if not getattr(row, name)}
    # Whether somebody is an expert is said together with the certificate: who is none has one.
    return frozenset(unsaid | {"is_expert"} if _brings_nobody_in(row) else unsaid)


def _brings_nobody_in(row: object) -> bool:
    """Say whether a row is of somebody out of service, no expert, without a certificate: nobody can be entered so (REG-10)."""
    return isinstance(row, Inspector) and not (row.in_service or row.is_expert or row.certificate)


class _Origin(Enum):
    """Where a row's domains come from (IMPORT-2): the file, a rule in another rule's place, or the registry against a rule."""

    GIVEN = auto()
    BY_RULE = auto()
    KEPT = auto()


def _origin(before: object, after: object) -> _Origin:
    if not getattr(after, "domains_by_rule", False):
        return _Origin.GIVEN
    return _Origin.BY_RULE if getattr(before, "domains_by_rule", False) else _Origin.KEPT


def _select(told: frozenset[str], origin: _Origin) -> frozenset[str]:
    """Give the fields that are compared, by where a row's domains come from (IMPORT-2)."""
    domains = frozenset({"domains", "domains_by_rule"})
    match origin:
        case _Origin.BY_RULE:
            told |= domains
        case _Origin.KEPT:
            told -= domains
        case _Origin.GIVEN:
            told |= domains if "domains" in told else frozenset()
        case _:
            assert_never(origin)
    return told - NEVER_IMPORTED


def _changes(
    place: tuple[Hashable, int], before: DataclassInstance, after: DataclassInstance, told: frozenset[str]
) -> list[Change]:
    """List the fields told that differ (IMPORT-2), in the order of the value's fields."""
    key, row = place
    return [
        Change(key=key, field=one.name, before=getattr(before, one.name), after=getattr(after, one.name), row=row)
        for one in fields(before)
        if one.name in told and getattr(before, one.name) != getattr(after, one.name)
    ]
