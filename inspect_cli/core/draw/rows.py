"""The rows of a frozen frame: entities (made in ``entity_row``), inspectors and experts, and who or what was left out.

What lives here: the three kinds of rows, from and to their canonical lines. What does not: what the lists must be to
each other and to the commitment (``frame``), and where the rows come from (``core.plan``).

ROWS-1  A list has a canonical row a line, each ended by one LF, sorted by id; excluded rows by (id, domain), no domain
        first.
ROWS-3  An inspector has an id, a salt, a role, leave to lead or not, sorted skills, the days that they can work with
        the visits left to them on each (at least one), the visits left in the period, optionally the only zones that
        they visit, and the sorted ids of entities that they must not visit. Further keys are not read.
ROWS-4  An excluded row has an id, a salt, a reason from a closed list, and a domain when only that domain is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.entity_row import (
    ENTITIES,
    EntityRow,
    parse_entity_rows,
    render_entity,
    render_entity_rows,
)
from inspect_cli.core.draw.fields import Fields, parse_object
from inspect_cli.core.draw.lines import NOTHING, further_keys, parse_lines, parse_others, render_others, require_ascent
from inspect_cli.core.names import Domain, EntityId, InspectorId
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ENTITIES",
    "EXCLUDED",
    "INSPECTORS",
    "EntityRow",
    "ExcludedRow",
    "InspectorRow",
    "Reason",
    "RowRole",
    "excluded_order",
    "parse_entity_rows",
    "parse_excluded_rows",
    "parse_inspector_rows",
    "parse_lines",
    "parse_others",
    "render_entity",
    "render_entity_rows",
    "render_excluded",
    "render_excluded_rows",
    "render_inspector",
    "render_inspector_rows",
    "render_others",
]

INSPECTORS = "inspectors.jsonl"
EXCLUDED = "excluded.jsonl"

_INSPECTOR_KEYS = frozenset({"id", "salt", "role", "lead", "skills", "days", "month_cap", "zones", "barred"})
_EXCLUDED_KEYS = frozenset({"id", "salt", "reason", "domain"})


class RowRole(StrEnum):
    """Whether a row of the roster can hold a seat of a team, or assists as an expert."""

    INSPECTOR = "inspector"
    EXPERT = "expert"


class Reason(StrEnum):
    """Why an entity, or one of its domains, is not in the frame."""

    RETIRED = "retired"
    MONTH = "month"
    CAP = "cap"
    COOLING_OFF = "cooling-off"
    FILTER = "filter"
    OTHER_SLOT = "other-slot"


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorRow:
    """An inspector or expert. ``days`` are (day, visits left that day), sorted; ``zones`` None: any; ``others``: bytes."""

    id: InspectorId
    salt: str
    role: RowRole
    lead: bool
    skills: tuple[Domain, ...]
    days: tuple[tuple[str, int], ...]
    month_cap: int
    zones: tuple[str, ...] | None = None
    barred: tuple[EntityId, ...] = ()
    others: bytes = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedRow:
    """An entity that is not in the frame (``domain`` None), or a domain of an entity that is left out this time."""

    id: EntityId
    reason: Reason
    salt: str
    domain: Domain | None = None


def parse_inspector_rows(data: bytes) -> tuple[InspectorRow, ...]:
    """Read ``inspectors.jsonl``; raises ``InputError`` where ROWS-1 or ROWS-3 does not hold."""
    rows = []
    last = ""
    for number, line in enumerate(parse_lines(data, INSPECTORS), start=1):
        row = _parse_inspector(parse_object(line, INSPECTORS, number))
        require_ascent(last < row.id, INSPECTORS, number)
        last = row.id
        rows.append(row)
    return tuple(rows)


def render_inspector_rows(rows: Iterable[InspectorRow]) -> bytes:
    """Give ``inspectors.jsonl`` of rows in their order."""
    return b"".join(render_inspector(row) + b"\n" for row in rows)


def render_inspector(row: InspectorRow) -> bytes:
    """Give the canonical bytes of one row."""
    values = parse_others(row.others)
    days = [{"cap": cap, "day": day} for day, cap in row.days]
    values.update(id=row.id, salt=row.salt, role=row.role, lead=row.lead, skills=row.skills, days=days)
    values.update(month_cap=row.month_cap, barred=row.barred)
    if row.zones is not None:
        values["zones"] = row.zones
    return render_canonical(values)


def parse_excluded_rows(data: bytes) -> tuple[ExcludedRow, ...]:
    """Read ``excluded.jsonl``; raises ``InputError`` where ROWS-1 or ROWS-4 does not hold."""
    rows = []
    last: tuple[str, str, str] | None = None
    for number, line in enumerate(parse_lines(data, EXCLUDED), start=1):
        row = parse_excluded(parse_object(line, EXCLUDED, number))
        place = excluded_order(row)
        require_ascent(last is None or last < place, EXCLUDED, number)
        last = place
        rows.append(row)
    return tuple(rows)


def render_excluded_rows(rows: Iterable[ExcludedRow]) -> bytes:
    """Give ``excluded.jsonl`` of rows in their order."""
    return b"".join(render_excluded(row) + b"\n" for row in rows)


def render_excluded(row: ExcludedRow) -> bytes:
    """Give the canonical bytes of one row."""
    values = {"id": row.id, "reason": row.reason, "salt": row.salt}
    return render_canonical(values if row.domain is None else values | {"domain": row.domain})


def excluded_order(row: ExcludedRow) -> tuple[str, str, str]:
    """Give what excluded rows are sorted by: the id, rows without a domain before those with one, the domain."""
    return (row.id, "", "") if row.domain is None else (row.id, "domain", row.domain)


def _parse_inspector(fields: Fields) -> InspectorRow:
    days = []
    for item in fields.nested_list("days"):
        item.require_known(("cap", "day"))
        days.append((item.day("day"), item.whole("cap", least=1)))
    if any(left[0] >= right[0] for left, right in pairwise(days)):
        raise fields.fault("days", say("this list is not sorted, or names something twice"))
    return InspectorRow(
        id=InspectorId(fields.identifier("id")),
        salt=fields.salt("salt"),
        role=fields.choice("role", RowRole),
        lead=fields.flag("lead"),
        skills=tuple(map(Domain, fields.sorted_texts("skills"))),
        days=tuple(days),
        month_cap=fields.whole("month_cap", least=0),
        zones=fields.sorted_texts("zones") if "zones" in fields.values else None,
        barred=tuple(map(EntityId, fields.sorted_ids("barred"))),
        others=further_keys(fields, _INSPECTOR_KEYS),
    )


def parse_excluded(fields: Fields) -> ExcludedRow:
    """Read one row; raises ``InputError`` where ROWS-4 does not hold."""
    fields.require_known(_EXCLUDED_KEYS)
    return ExcludedRow(
        id=EntityId(fields.identifier("id")),
        reason=fields.choice("reason", Reason),
        salt=fields.salt("salt"),
        domain=Domain(fields.text("domain")) if "domain" in fields.values else None,
    )
