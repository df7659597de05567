"""The result of a draw: who was drawn, which visits follow, when, and by whom.

What lives here: the values of ``result.json``, from and to canonical bytes. What does not: how they come about
(``outcome``), and whether they are right (``core.verify``).

RESULT-1  One canonical object with protocol, the commitment's digest, entropy, seed, selection and visits, and no other
          keys. A visit has entity, domains, a day, a team in seat order and perhaps an expert; or entity, domains and
          why it is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from inspect_cli.core.canonical import digest, render_canonical
from inspect_cli.core.draw.commitment import Protocol
from inspect_cli.core.draw.fields import Fields, parse_object
from inspect_cli.core.draw.seed import Entropy, entropy_values, parse_entropy
from inspect_cli.core.names import Domain, EntityId, InspectorId

RESULT = "result.json"

_KEYS = ("protocol", "commitment", "entropy", "seed", "selection", "visits")


class OpenReason(StrEnum):
    """Why a visit has no day: none could ever be staffed, or all that could are full."""

    NO_DAY = "no day"
    NO_TEAM = "no team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """An entity that was drawn, its ticket, and the sorted domains for which it was drawn."""

    entity: EntityId
    ticket: str
    drawn: tuple[Domain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit with a day, a team in seat order and perhaps an expert; or without a day and ``open`` says why."""

    entity: EntityId
    domains: tuple[Domain, ...]
    day: str | None = None
    open: OpenReason | None = None
    team: tuple[InspectorId, ...] = ()
    expert: InspectorId | None = None

    @property
    def people(self) -> tuple[InspectorId, ...]:
        """Everybody who goes: the team in seat order, then the expert."""
        return self.team if self.expert is None else (*self.team, self.expert)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The values of ``result.json``; ``commitment`` is a digest, ``selection`` and ``visits`` are in ticket order."""

    commitment: str
    entropy: tuple[Entropy, ...]
    seed: str
    selection: tuple[Selected, ...]
    visits: tuple[Visit, ...]
    protocol: Protocol = Protocol.DRAW_V1


def parse_result(data: bytes) -> Result:
    """Read ``result.json``; raises ``InputError`` where RESULT-1 does not hold."""
    fields = parse_object(data, RESULT)
    fields.require_known(_KEYS)
    return Result(
        protocol=fields.choice("protocol", Protocol),
        commitment=fields.digest("commitment"),
        entropy=tuple(parse_entropy(item) for item in fields.nested_list("entropy")),
        seed=fields.digest("seed"),
        selection=tuple(_parse_selected(item) for item in fields.nested_list("selection")),
        visits=tuple(_parse_visit(item) for item in fields.nested_list("visits")),
    )


def render_result(result: Result) -> bytes:
    """Give the canonical bytes of a result."""
    values = {
        "protocol": result.protocol,
        "commitment": result.commitment,
        "entropy": [entropy_values(entry) for entry in result.entropy],
        "seed": result.seed,
        "selection": [{"entity": s.entity, "ticket": s.ticket, "drawn": s.drawn} for s in result.selection],
        "visits": [_visit_values(visit) for visit in result.visits],
    }
    return render_canonical(values)


def result_digest(result: Result) -> str:
    """Give the digest by which a supplementary draw names this result."""
    return digest(render_result(result))


def _parse_selected(fields: Fields) -> Selected:
    fields.require_known(("entity", "ticket", "drawn"))
    drawn = tuple(map(Domain, fields.texts("drawn")))
    return Selected(entity=EntityId(fields.identifier("entity")), ticket=fields.digest("ticket"), drawn=drawn)


def _parse_visit(fields: Fields) -> Visit:
    entity, domains = EntityId(fields.identifier("entity")), tuple(map(Domain, fields.texts("domains")))
    if "open" in fields.values:
        fields.require_known(("entity", "domains", "open"))
        return Visit(entity=entity, domains=domains, open=fields.choice("open", OpenReason))
    fields.require_known(("entity", "domains", "day", "team", "expert"))
    return Visit(
        entity=entity,
        domains=domains,
        day=fields.day("day"),
        team=tuple(map(InspectorId, fields.ids("team"))),
        expert=InspectorId(fields.identifier("expert")) if "expert" in fields.values else None,
    )


def _visit_values(visit: Visit) -> dict[str, object]:
    values: dict[str, object] = {"entity": visit.entity, "domains": visit.domains}
    if visit.open is not None:
        return values | {"open": visit.open}
    values |= {"day": visit.day, "team": visit.team}
    return values if visit.expert is None else values | {"expert": visit.expert}
