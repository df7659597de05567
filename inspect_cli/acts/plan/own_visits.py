"""The visits in force of our own draws, as a plan of another draw looks at them: under the numbers of today. Nothing is changed here.

What lives here: joining what a chain of draws says (who goes where and when) with what became of it (moved, recorded, ended).
What does not: which visit is in force (``acts.draw.chains``), and what a plan makes of it (``core.plan``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_standing_visits
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_others
from inspect_cli.core.names import MatterId
from inspect_cli.core.unchecked import WITHOUT_MATTERS, find_left_out
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.visits import find_outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain, StandingVisit
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.names import Domain, EntityId, InspectorId, Period, Slot
    from inspect_cli.storage.draws import DrawRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVisit:
    """A visit in force of one of our draws; ``entity`` is the company's number of today, whatever the draw froze (NUMBER-2).

    ``day`` is when it was made, else when it is to be made; None where it is open. ``is_ended``: cancelled or carried over. ``seats``
    are the places that the chain's newest result gives away: they stay taken, whatever became of the visit, for a supplement
    may count on them. ``taken`` are further days that the team gave to it.
    """

    slot: Slot
    period: Period
    entity: EntityId
    day: date | None
    domains: tuple[Domain, ...]
    matters: tuple[MatterId, ...]
    team: tuple[InspectorId, ...]
    is_ended: bool
    seats: tuple[tuple[InspectorId, date], ...]
    taken: tuple[tuple[InspectorId, date], ...]


def find_own_visits(session: Session, chains: Iterable[DrawChain]) -> tuple[OwnVisit, ...]:
    """Find the visits in force of the chains, in the chains' order, sorted by the drawn numbers within each."""
    done = {(outcome.slot, outcome.entity): outcome.visited_on for outcome in find_outcomes(session)}
    visits = (
        visit
        for chain in chains
        if chain.drawn
        for visit in _read_visits(chain, find_standing_visits(session, chain), done)
    )
    return find_numbers(session).bring(visits)


def _read_visits(
    chain: DrawChain, standing: Iterable[StandingVisit], done: Mapping[tuple[Slot, EntityId], date]
) -> Iterator[OwnVisit]:
    results = {draw.slot: _visits_of(draw) for draw in chain.drawn}
    newest: dict[EntityId, Visit] = {}
    for visits in results.values():
        newest.update(visits)
    listed, without = _matters(chain.first), _left_out(chain.first)
    for one in standing:
        record, visit = one.record, results[one.record.slot][one.record.entity]
        made = done.get((record.slot, record.entity))
        drawn = None if visit.day is None else date.fromisoformat(visit.day)
        left_out = without.get(record.entity, frozenset())
        yield OwnVisit(
            slot=record.slot,
            period=chain.first.period,
            entity=record.entity,
            day=made or record.day,
            domains=visit.domains,
            matters=tuple(id for id, domain in listed if domain in visit.domains and id not in left_out),
            team=visit.team,
            is_ended=one.end is not None,
            seats=_seats(newest[record.entity]),
            taken=tuple(
                (member, day)
                for day in (record.day, made)
                if day is not None and day != drawn
                for member in visit.people
            ),
        )


def _visits_of(draw: DrawRecord) -> dict[EntityId, Visit]:
    return {} if draw.result is None else {visit.entity: visit for visit in parse_result(draw.result).visits}


def _seats(visit: Visit) -> tuple[tuple[InspectorId, date], ...]:
    day = None if visit.day is None else date.fromisoformat(visit.day)
    return () if day is None else tuple((member, day) for member in visit.people)


def _matters(first: DrawRecord) -> tuple[tuple[MatterId, str], ...]:
    """Read which matters a chain's visits check, each with its domain, from its first commitment, sorted by number."""
    listed = parse_others(parse_commitment(first.commitment).further).get("matters")
    found = {
        (MatterId(row["id"]), row["domain"])
        for row in (listed if isinstance(listed, list) else ())
        if isinstance(row, dict) and isinstance(row.get("id"), str) and isinstance(row.get("domain"), str)
    }
    return tuple(sorted(found))


def _left_out(first: DrawRecord) -> dict[EntityId, frozenset[MatterId]]:
    """Read which matters are not checked at which entity; most frames have none, and are not read for it."""
    if f'"{WITHOUT_MATTERS}"'.encode() not in first.entities:
        return {}
    left_out = ((row.id, frozenset(find_left_out(row))) for row in parse_entity_rows(first.entities))
    return {entity: matters for entity, matters in left_out if matters}
