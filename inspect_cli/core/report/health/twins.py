"""Likely twins: rows of the entity registry that may be one company. Whether they are is for a person to say.

Rules:

HEALTH-23  Entities are told that have the same name (HEALTH-7) in one zone, or of which one has no zone; and, to be known, those that
           have it in several zones, as shops often do.
HEALTH-24  Entities at the same address (HEALTH-7) of one zone are told, unless all have one name, or more than ``CROWD`` are
           there: those are a market or an office building.
HEALTH-25  Entities of one legal representative are told whose names differ in one place by one character, neither digit, letter nor
           Chinese numeral, for those number a chain's shops. Names of fewer than ``SHORTEST`` or more than ``LONGEST`` characters, and a
           representative of more than ``PLACEHOLDER`` entities, say nothing.
HEALTH-26  Retired rows are no twins: neither those that left, nor the number that a company had before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.report.health.finding import Ailment, Finding
from inspect_cli.core.report.health.fold import fold_name, fold_text
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.errors import Message

CROWD: Final = 10
"""How many entities at one address may be twins."""
PLACEHOLDER: Final = 200
"""How many entities one legal representative may have."""
SHORTEST: Final = 4
LONGEST: Final = 60
NAMED: Final = 5
"""How many twins a sentence names."""

_NUMERALS: Final = frozenset("0123456789abcdefghijklmnopqrstuvwxyz〇零一二三四五六七八九十百甲乙丙丁")


@dataclass(frozen=True, slots=True)
class _Row:
    """An entity with its name, and its address or its legal representative, as they are compared."""

    entity: Entity
    name: str
    other: str = ""


def find_twins(entities: Iterable[Entity]) -> Iterator[Finding]:
    """Find likely twins (HEALTH-23 to HEALTH-26), each group once, kind after kind, sorted by the first number.

    The time is in proportion to the number of entities: rows meet in buckets only, never each with each.
    """
    rows = [_Row(one, fold_name(one.name)) for one in sorted(entities, key=lambda one: one.id) if one.retired is None]
    yield from _same_names([row for row in rows if row.name])
    yield from _near_names(rows)
    yield from _same_addresses(rows)


def _same_names(rows: list[_Row]) -> Iterator[Finding]:
    for group in _group(rows, lambda row: row.name):
        if len({row.entity.zone for row in group}) == 1 or any(row.entity.zone is None for row in group):
            yield _tell(Ailment.SAME_NAME, group)
            continue
        for neighbours in _group(group, lambda row: row.entity.zone):
            yield _tell(Ailment.SAME_NAME, neighbours)
        yield _tell(Ailment.NAME_ELSEWHERE, group)


def _same_addresses(rows: list[_Row]) -> Iterator[Finding]:
    placed = [_Row(row.entity, row.name, fold_text(row.entity.address)) for row in rows if row.entity.address]
    for group in _group((row for row in placed if row.other), lambda row: (row.entity.zone, row.other)):
        if len(group) <= CROWD and len({row.name for row in group}) > 1:
            yield _tell(Ailment.SAME_ADDRESS, group)


def _near_names(rows: list[_Row]) -> Iterator[Finding]:
    told: set[tuple[str, ...]] = set()
    able = [
        _Row(row.entity, row.name, fold_text(row.entity.legal_representative))
        for row in rows
        if row.entity.legal_representative and SHORTEST <= len(row.name) <= LONGEST
    ]
    for group in _group((row for row in able if row.other), lambda row: row.other):
        for near in _near(group) if len(group) <= PLACEHOLDER else ():
            key = tuple(row.entity.id for row in near)
            if key not in told:
                told.add(key)
                yield _tell(Ailment.NEAR_NAME, near)


def _near(group: list[_Row]) -> Iterator[list[_Row]]:
    """Find rows whose names become one when a character that is no numeral is left out of each, or of one of them (HEALTH-25)."""
    forms: dict[str, dict[str, _Row]] = defaultdict(dict)
    for row in group:
        left_out = (
            row.name[:place] + row.name[place + 1 :]
            for place, character in enumerate(row.name)
            if character not in _NUMERALS
        )
        for form in (row.name, *left_out):
            forms[form].setdefault(row.name, row)
    for found in forms.values():
        if len(found) > 1:
            yield sorted(found.values(), key=lambda row: row.entity.id)


def _group(rows: Iterable[_Row], key: Callable[[_Row], Hashable]) -> list[list[_Row]]:
    """Bring together the rows that have a key in common; whoever is alone is left out."""
    found: dict[Hashable, list[_Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return [group for group in found.values() if len(group) > 1]


def _tell(kind: Ailment, group: list[_Row]) -> Finding:
    first, *others = (row.entity for row in group)
    return Finding(
        kind=kind,
        subject=first.id,
        what=_what(kind, first, others),
        others=tuple(one.id for one in others),
        zones=tuple(sorted({one.zone for one in (first, *others) if one.zone is not None}, key=str.encode)),
    )


def _what(kind: Ailment, first: Entity, others: list[Entity]) -> Message:
    ids = tuple(one.id for one in others[:NAMED])
    rest = len(others) - len(ids)
    who = say("{ids} and {count} more", ids=ids, count=rest) if rest else say("{ids}", ids=ids)
    match kind:
        case Ailment.SAME_NAME:
            return say("{name}: the same name as {others}", name=first.name, others=who)
        case Ailment.NAME_ELSEWHERE:
            return say("{name}: in another zone the same name as {others}", name=first.name, others=who)
        case Ailment.NEAR_NAME:
            names = tuple(one.name for one in others[:NAMED])
            return say(
                "{name}: one legal representative and nearly one name with {others} ({names})",
                name=first.name,
                others=who,
                names=names,
            )
        case _:
            return say("{name}: the same address as {others}", name=first.name, others=who)
