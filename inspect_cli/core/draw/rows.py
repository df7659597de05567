"""The rows of a frozen frame: entities, inspectors and experts, and who or what was left out.

What lives here: the three kinds of rows, from and to their canonical lines. What does not: what the lists must be to
each other and to the commitment (``frame``), and where the rows come from (``core.plan``).

ROWS-1  A list has a canonical row a line, each ended by one LF, sorted by id; excluded rows by (id, domain), no domain
        first.
ROWS-2  An entity has an id, a salt, its sorted domains (not empty), for each of them the stratum in which it can be
        drawn, and optionally a zone and the only days on which it can be visited. A row of a supplementary draw can
        name a team and an expert. Further keys say to a person who it is and decide nothing.
ROWS-3  An inspector has an id, a salt, a role, leave to lead or not, sorted skills, the days that they can work with
        the visits left to them on each (at least one), the visits left in the period, optionally the only zones that
        they visit, and the sorted ids of entities that they must not visit. Further keys are not read.
ROWS-4  An excluded row has an id, a salt, a reason from a closed list, and a domain when only that domain is left out.

A million rows must fit in memory: texts and tuples that repeat are kept once, further keys as their canonical bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar, cast

from inspect_cli.core.canonical import parse_canonical, render_canonical
from inspect_cli.core.draw.fields import Fields, parse_object, refusal
from inspect_cli.core.names import Domain, EntityId, InspectorId
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENTITIES = "entities.jsonl"
INSPECTORS = "inspectors.jsonl"
EXCLUDED = "excluded.jsonl"

_ENTITY_KEYS = frozenset({"id", "salt", "domains", "strata", "zone", "days", "team", "expert"})
_INSPECTOR_KEYS = frozenset({"id", "salt", "role", "lead", "skills", "days", "month_cap", "zones", "barred"})
_EXCLUDED_KEYS = frozenset({"id", "salt", "reason", "domain"})
_NOTHING = b"{}"

Shared = TypeVar("Shared")


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
class EntityRow:
    """An entity of the frame. ``strata`` runs parallel to ``domains``; ``days`` None: any; ``others``: canonical bytes."""

    id: EntityId
    salt: str
    domains: tuple[Domain, ...]
    strata: tuple[str, ...]
    zone: str | None = None
    days: tuple[str, ...] | None = None
    team: tuple[InspectorId, ...] | None = None
    expert: InspectorId | None = None
    others: bytes = _NOTHING


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
    others: bytes = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedRow:
    """An entity that is not in the frame (``domain`` None), or a domain of an entity that is left out this time."""

    id: EntityId
    reason: Reason
    salt: str
    domain: Domain | None = None


def parse_others(others: bytes) -> dict[str, object]:
    """Give the further keys of a row, which no rule reads."""
    values = parse_canonical(others)
    return values if isinstance(values, dict) else {}


def render_others(values: dict[str, object]) -> bytes:
    """Give the bytes in which a row keeps its further keys; raises ``CanonicalError``."""
    return render_canonical(values) if values else _NOTHING


def parse_lines(data: bytes, file: str) -> Iterator[bytes]:
    """Give the lines of a list without their LF; raises ``InputError`` where the last has none (ROWS-1)."""
    if data and not data.endswith(b"\n"):
        raise refusal(say("the last line does not end with a line feed"), file)
    for line in BytesIO(data):
        yield line[:-1]


def parse_entity_rows(data: bytes) -> tuple[EntityRow, ...]:
    """Read ``entities.jsonl``; raises ``InputError`` where ROWS-1 or ROWS-2 does not hold."""
    shared: dict[object, object] = {}
    profiles: dict[object, tuple[tuple[Domain, ...], tuple[str, ...]]] = {}
    rows = []
    last = ""
    for number, line in enumerate(parse_lines(data, ENTITIES), start=1):
        row = _parse_entity(parse_object(line, ENTITIES, number), shared, profiles)
        _require_ascent(last < row.id, ENTITIES, number)
        last = row.id
        rows.append(row)
    return tuple(rows)


def render_entity_rows(rows: Iterable[EntityRow]) -> bytes:
    """Give ``entities.jsonl`` of rows in their order."""
    return b"".join(render_entity(row) + b"\n" for row in rows)


def render_entity(row: EntityRow) -> bytes:
    """Give the canonical bytes of one row."""
    values = parse_others(row.others)
    strata = [{"domain": domain, "stratum": stratum} for domain, stratum in zip(row.domains, row.strata, strict=True)]
    values.update(id=row.id, salt=row.salt, domains=row.domains, strata=strata)
    optional = {"zone": row.zone, "days": row.days, "team": row.team, "expert": row.expert}
    values.update((key, value) for key, value in optional.items() if value is not None)
    return render_canonical(values)


def parse_inspector_rows(data: bytes) -> tuple[InspectorRow, ...]:
    """Read ``inspectors.jsonl``; raises ``InputError`` where ROWS-1 or ROWS-3 does not hold."""
    rows = []
    last = ""
    for number, line in enumerate(parse_lines(data, INSPECTORS), start=1):
        row = _parse_inspector(parse_object(line, INSPECTORS, number))
        _require_ascent(last < row.id, INSPECTORS, number)
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
        row = _parse_excluded(parse_object(line, EXCLUDED, number))
        place = excluded_order(row)
        _require_ascent(last is None or last < place, EXCLUDED, number)
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


def _require_ascent(is_ascending: bool, file: str, number: int) -> None:
    if not is_ascending:
        raise refusal(say("the rows are not sorted by id, or one stands twice"), file, number)


def _parse_entity(
    fields: Fields,
    shared: dict[object, object],
    profiles: dict[object, tuple[tuple[Domain, ...], tuple[str, ...]]],
) -> EntityRow:
    values = fields.values
    domains, strata = _parse_profile(fields, profiles)
    days = _share(shared, fields.sorted_days("days", least=1)) if "days" in values else None
    return EntityRow(
        id=EntityId(fields.identifier("id")),
        salt=fields.salt("salt"),
        domains=domains,
        strata=strata,
        zone=_share(shared, fields.text("zone")) if "zone" in values else None,
        days=days,
        team=tuple(map(InspectorId, fields.ids("team"))) if "team" in values else None,
        expert=InspectorId(fields.identifier("expert")) if "expert" in values else None,
        others=_parse_beyond(fields, _ENTITY_KEYS),
    )


def _parse_profile(
    fields: Fields, profiles: dict[object, tuple[tuple[Domain, ...], tuple[str, ...]]]
) -> tuple[tuple[Domain, ...], tuple[str, ...]]:
    """Give the domains and their strata, each pair of tuples kept once: a frame has few of them."""
    domains = fields.sorted_texts("domains")
    strata = []
    for domain, item in zip(domains, fields.nested_list("strata"), strict=False):
        item.require_known(("domain", "stratum"))
        if item.text("domain") != domain:
            raise item.fault("domain", say("the strata do not follow the domains, one for each"))
        strata.append(item.text("stratum"))
    if not domains:
        raise fields.fault("domains", say("this list is empty"))
    if not len(domains) == len(strata) == len(fields.items("strata")):
        raise fields.fault("strata", say("the strata do not follow the domains, one for each"))
    profile = (tuple(map(Domain, domains)), tuple(strata))
    return profiles.setdefault(profile, profile)


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
        others=_parse_beyond(fields, _INSPECTOR_KEYS),
    )


def _parse_excluded(fields: Fields) -> ExcludedRow:
    fields.require_known(_EXCLUDED_KEYS)
    return ExcludedRow(
        id=EntityId(fields.identifier("id")),
        reason=fields.choice("reason", Reason),
        salt=fields.salt("salt"),
        domain=Domain(fields.text("domain")) if "domain" in fields.values else None,
    )


def _parse_beyond(fields: Fields, known: frozenset[str]) -> bytes:
    beyond = {key: value for key, value in fields.values.items() if key not in known}
    return render_others(beyond)


def _share(shared: dict[object, object], value: Shared) -> Shared:
    """Give the first of all equal values, so that repeated ones are kept once."""
    return cast("Shared", shared.setdefault(value, value))
