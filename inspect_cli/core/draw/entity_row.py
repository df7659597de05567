"""The rows of ``entities.jsonl``, of which a frame can have a million.

What lives here: an entity's row, from and to its canonical line. What does not: the other lists (``rows``), and what
the lists must be to each other (``frame``).

ROWS-2  An entity has an id, a salt, its sorted domains (not empty), for each of them the stratum in which it can be
        drawn, and optionally a zone and the only days on which it can be visited. A row of a supplementary draw can
        name a team and an expert. Further keys say to a person who it is and decide nothing.

Memory: texts and tuples that repeat are kept once, further keys as their canonical bytes. Speed: most lines of a frame
look alike. A line of plain texts whose domains, strata and further keys are, letter for letter, those of a line that
was read in full before can only break a rule in what ``_PLAIN`` tests, so its row is taken from the text as it stands.
Every other line is read in full.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar, cast

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.fields import Fields, parse_object
from inspect_cli.core.draw.lines import NOTHING, further_keys, parse_lines, parse_others, require_ascent
from inspect_cli.core.names import Domain, EntityId, InspectorId
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTITIES = "entities.jsonl"

_KEYS = frozenset({"id", "salt", "domains", "strata", "zone", "days", "team", "expert"})
_PLAIN = re.compile(
    r'\{"domains":(?P<domains>\[[^\]]*\]),"id":"(?P<id>[!#-.0-\[\]-~]{1,64})"'
    r'(?P<others>(?:,"[a-z_]+":"[^"\\\x00-\x1f]*")*),"salt":"(?P<salt>[0-9a-f]{32})",'
    r'"strata":(?P<strata>\[[^\]]*\])(?:,"zone":"(?P<zone>[^"\\\x00-\x1f]*)")?\}'
)
_OTHER_KEY = re.compile(r',"([a-z_]+)":"[^"]*"')

Shared = TypeVar("Shared")
Profile = tuple[tuple[Domain, ...], tuple[str, ...]]
"""The domains of an entity and their strata: few of them occur in a frame."""


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
    others: bytes = NOTHING


def parse_entity_rows(data: bytes) -> tuple[EntityRow, ...]:
    """Read ``entities.jsonl``; raises ``InputError`` where ROWS-1 or ROWS-2 does not hold."""
    reader = _Reader()
    rows = []
    last = ""
    for number, line in enumerate(parse_lines(data, ENTITIES), start=1):
        row = reader.parse(line, number)
        require_ascent(last < row.id, ENTITIES, number)
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


def parse_entity(fields: Fields) -> EntityRow:
    """Read one row; raises ``InputError`` where ROWS-2 does not hold."""
    values = fields.values
    domains, strata = _parse_profile(fields)
    return EntityRow(
        id=EntityId(fields.identifier("id")),
        salt=fields.salt("salt"),
        domains=domains,
        strata=strata,
        zone=fields.text("zone") if "zone" in values else None,
        days=fields.sorted_days("days", least=1) if "days" in values else None,
        team=tuple(map(InspectorId, fields.ids("team"))) if "team" in values else None,
        expert=InspectorId(fields.identifier("expert")) if "expert" in values else None,
        others=further_keys(fields, _KEYS),
    )


class _Reader:
    """Reads the lines of one list; remembers what repeats, and the forms of lines that were read in full."""

    def __init__(self) -> None:
        self._shared: dict[object, object] = {}
        self._forms: dict[tuple[str, str, tuple[str, ...]], Profile] = {}

    def parse(self, line: bytes, number: int) -> EntityRow:
        """Give the row of a line; raises ``InputError`` with the row's number."""
        try:
            text = line.decode()
        except UnicodeDecodeError:
            text = ""
        match = _PLAIN.fullmatch(text)
        if match is None or not unicodedata.is_normalized("NFC", text):
            return self._parse_full(line, number)
        domains, identifier, others, salt, strata, zone = match.groups()
        form = (domains, strata, tuple(_OTHER_KEY.findall(others)))
        profile = self._forms.get(form)
        if profile is None:
            row = self._parse_full(line, number)
            self._forms[form] = (row.domains, row.strata)
            return row
        return EntityRow(
            id=EntityId(identifier),
            salt=salt,
            domains=profile[0],
            strata=profile[1],
            zone=None if zone is None else self._share(zone),
            others=f"{{{others[1:]}}}".encode() if others else NOTHING,
        )

    def _parse_full(self, line: bytes, number: int) -> EntityRow:
        row = parse_entity(parse_object(line, ENTITIES, number))
        domains, strata = self._share((row.domains, row.strata))
        return replace(row, domains=domains, strata=strata, zone=self._share(row.zone), days=self._share(row.days))

    def _share(self, value: Shared) -> Shared:
        """Give the first of all equal values, so that repeated ones are kept once."""
        return cast("Shared", self._shared.setdefault(value, value))


def _parse_profile(fields: Fields) -> Profile:
    """Give the domains and their strata."""
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
    return tuple(map(Domain, domains)), tuple(strata)
