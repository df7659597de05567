"""What the books say by now about a chain of draws: who can still work, who is taken elsewhere, what became of its visits.

Nothing is changed here. What a supplement makes of it is ``core.draw.supplement.affected``'s matter; who can work on which
day, and with which cap, is ``core.plan.frame.roster``'s, asked anew with today's registries.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_standing_visits, read_chain
from inspect_cli.acts.plan.gathering import gather
from inspect_cli.core.draw.supplement.situation import Cause, Situation
from inspect_cli.core.draw.supplement.standing import standing_of
from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.frame.roster import build_roster
from inspect_cli.core.registry.number import Numbers, name_frozen
from inspect_cli.core.registry.recused import find_recused
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.files.plan_file import parse_plan
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.results import find_visited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.rows import InspectorRow
    from inspect_cli.core.draw.supplement.standing import Chain, Standing
    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.plan.frame.roster import RosterRow
    from inspect_cli.core.registry.inspector import Inspector


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """A chain beside today's registries: ``gathered`` has what all other draws hold, and nothing of this chain.

    Companies that changed their ``numbers`` stand in the registries under those that the chain drew (NUMBER-3).
    """

    chain: DrawChain
    drawn: Chain
    gathered: Gathered
    standing: Standing
    numbers: Numbers = field(default_factory=Numbers)

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the first draw."""
        return tuple(map(date.fromisoformat, self.drawn.first.commitment.days))

    def find_drawn(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Give under which numbers the chain visits a company; one that it does not visit stays as it was named."""
        return self.numbers.find_same(entity, self.standing.visits) or (entity,)


def read_books(session: Session, chain: DrawChain, bureau: Bureau, today: date) -> Books:
    """Read a chain, today's registries, and what the other draws hold.

    ``RefusedError`` where the first draw is not drawn yet, ``InputError`` where its plan can no longer be read with these settings.
    """
    drawn = read_chain(chain)
    plan = parse_plan(chain.first.plan, chain.first.slot, bureau)
    gathered, numbers = gather(session, plan, bureau, today), find_numbers(session)
    names = name_frozen(numbers, (row.id for row in drawn.first.frame.entities))
    return Books(
        chain=chain,
        drawn=drawn,
        gathered=replace(
            gathered,
            entities=names.spread_entities(gathered.entities),
            recusals=names.spread(gathered.recusals),
            blackouts=names.spread(gathered.blackouts),
            past_teams=names.spread(gathered.past_teams),
        ),
        standing=standing_of(drawn),
        numbers=numbers,
    )


def read_situation(session: Session, books: Books) -> Situation:
    """Put together what the books say by now about a chain."""
    gathered, standing = books.gathered, books.standing
    found = find_standing_visits(session, books.chain)
    made = {slot: find_visited(session, slot) for slot in {one.record.slot for one in found}}
    drawn = {entity: visit.day for entity, visit in standing.visits.items()}
    ended = frozenset(visit.record.entity for visit in found if visit.end is not None)
    planned = {
        visit.record.entity: visit.record.day.isoformat()
        for visit in found
        if visit.end is None and visit.record.day is not None
    }
    taken: dict[InspectorId, set[str]] = {}
    for seat in (*gathered.seats, *gathered.taken):
        taken.setdefault(seat.inspector, set()).add(seat.day.isoformat())
    return Situation(
        today=gathered.today.isoformat(),
        moved={entity: day for entity, day in planned.items() if day != drawn[entity]},
        # A result that was returned is known all the same: nobody is drawn again for it (END-7).
        recorded=frozenset(
            one.record.entity
            for one in found
            if one.record.state is VisitState.RECORDED or one.record.entity in made[one.record.slot]
        ),
        ended=ended,
        away=dict(_find_away(books)),
        taken={person: frozenset(days) for person, days in taken.items()},
        recused=frozenset(_find_recused(gathered)),
        shut=dict(_find_shut(books)),
        limits=_find_limits(books),
    )


def work_roster(books: Books) -> dict[InspectorId, RosterRow]:
    """Work out who could work on which of the first draw's days if no other draw seated anybody."""
    alone = replace(books.gathered, seats=(), taken=(), undrawn=())
    return {row.id: row for row in build_roster(alone, books.days)}


def _find_away(books: Books) -> Iterator[tuple[InspectorId, dict[str, Cause]]]:
    """Find the days on which somebody of the chain's roster cannot work by today's registry, though the roster counts on them."""
    people = {person.id: person for person in books.gathered.inspectors}
    today = work_roster(books)
    for id, row in books.standing.roster.items():
        now = today.get(id)
        is_fit = now is not None and _is_as_frozen(row, now)
        days = {day.day.isoformat() for day in now.days} if now is not None and is_fit else set()
        away = {
            day: _cause(books.gathered, people[id], date.fromisoformat(day), is_fit=now is None or is_fit)
            for day in books.drawn.first.commitment.days
            if day not in days
        }
        if away:
            yield id, away


def _is_as_frozen(row: InspectorRow, now: RosterRow) -> bool:
    """Say whether somebody still is what the frozen row says: the role, leave to lead, and all its skills."""
    return row.role.value == now.role.value and (now.lead or not row.lead) and set(row.skills) <= set(now.skills)


def _cause(gathered: Gathered, person: Inspector, day: date, *, is_fit: bool) -> Cause:
    """Say why somebody cannot work on a day."""
    if not is_fit:
        return Cause.QUALIFICATION
    if (person.retired is not None and day >= person.retired) or not person.in_service:
        return Cause.RETIRED
    if any(one.inspector == person.id and one.covers(day) for one in gathered.leave):
        return Cause.LEAVE
    if person.valid_until is not None and person.valid_until < day:
        return Cause.CERTIFICATE
    return Cause.SQUAD


def _find_recused(gathered: Gathered) -> Iterator[tuple[InspectorId, EntityId]]:
    """Find the pairs that must not meet in the period (ROSTER-5)."""
    first, last = first_day(gathered.plan.period), last_day(gathered.plan.period)
    groups = ((entity.id, entity.group) for entity in gathered.entities)
    yield from find_recused(gathered.recusals, groups, first, last)


def _find_shut(books: Books) -> Iterator[tuple[EntityId, frozenset[str]]]:
    """Find the days of the first draw on which each of its entities is not visited, by the zone of the registry, else the frozen one."""
    days = books.days
    zones = {entity.id: entity.zone for entity in books.gathered.entities}
    for entity in books.standing.visits:
        zone = zones.get(entity) or books.standing.rows[entity].zone
        shut = frozenset(
            day.isoformat()
            for day in days
            if any(one.covers(day) and one.concerns(entity, zone) for one in books.gathered.blackouts)
        )
        if shut:
            yield entity, shut


def _find_limits(books: Books) -> dict[InspectorId, int]:
    """Find the month's cap of those whom other draws seat, less those seats; leave does not make it smaller here."""
    seated = {seat.inspector for seat in books.gathered.seats}
    if not seated:
        return {}
    rows = build_roster(replace(books.gathered, leave=(), taken=(), undrawn=()), books.days)
    caps = {row.id: row.month_cap for row in rows}
    return {person: caps.get(person, 0) for person in seated}
