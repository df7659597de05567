"""Staffing: visits one after another take their lowest day that can be staffed, and the lowest inspectors who fit.

What lives here: the order of visits and days, caps as they run out, seats, experts and open visits. What does not: who
fits (``team``). Everything that ``explain`` tells is yielded by the very steps that place a visit, so that it cannot
drift from the draw.

STAFF-1  Visits are taken in ticket order, those whose row has days before the others.
STAFF-2  L is the number of visits divided by the number of the commitment's days, rounded up. The days of a visit (the
         row's, else the commitment's) are tried first where they hold fewer than L visits so far, then the others, each
         group by day ticket.
STAFF-3  The first day with a size is the visit's; its seats are filled one after another up to that size, each by the
         inspector with the lowest ticket among those who fit the seats left.
STAFF-4  An expert whom the row names is the visit's. Else, where the visit has domains that want one: of the experts
         who do not bar the entity, visit its zone, have cap left that day and in the month and a skill among those
         domains, the lowest ticket joins.
STAFF-5  Whoever was seated has one visit less that day and in the month; whom the row named has not.
STAFF-6  A visit without a day is open: ``no day`` where none of its days has a size with all caps as in the frame, else
         ``no team``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import Combine
from inspect_cli.core.draw.cover import members
from inspect_cli.core.draw.result import OpenReason, Visit
from inspect_cli.core.draw.team import Crew, Roster, bit_set
from inspect_cli.core.draw.ticket import Purpose, tickets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.result import Selected
    from inspect_cli.core.draw.rows import EntityRow, InspectorRow
    from inspect_cli.core.names import Domain, EntityId, InspectorId


_TICKET_STEPS = 4
"""A ticket takes about as long as so many steps of the search for teams (COVER-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A visit that is to be staffed: its row, its entity ticket, and its domains."""

    row: EntityRow
    ticket: str
    domains: tuple[Domain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A day that was tried: its ticket, the visits that it held by then, whether those were fewer than L, the pool, and the size."""

    day: str
    ticket: str
    load: int
    is_light: bool
    pool: int
    size: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A seat that was filled: the team before, the pool, how many seats were left with it, who fitted, and who got it."""

    day: str
    crew: Crew
    pool: int
    seats: int
    fitting: int
    person: int


def wanted_visits(
    combine: Combine, selection: Sequence[Selected], rows: Mapping[EntityId, EntityRow]
) -> tuple[Wanted, ...]:
    """Give a visit for each selected entity, in ticket order, with the domains that are checked there."""
    visits = []
    for selected in selection:
        row = rows[selected.entity]
        domains = row.domains if combine is Combine.APPLICABLE else selected.drawn
        visits.append(Wanted(row=row, ticket=selected.ticket, domains=domains))
    return tuple(visits)


def visiting_order(visits: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Give the visits in the order in which they are staffed (STAFF-1)."""
    return tuple(sorted(visits, key=lambda wanted: (wanted.row.days is None, wanted.ticket)))


class Capacity:
    """How many visits are left to each row, by day and in the month, with bit sets of who has any left."""

    def __init__(self, rows: Sequence[InspectorRow]) -> None:
        """Start with the caps of the frame."""
        self._days: dict[tuple[int, str], int] = {}
        self._open: dict[str, int] = {}
        for i, row in enumerate(rows):
            for day, cap in row.days:
                self._days[(i, day)] = cap
                self._open[day] = self._open.get(day, 0) | 1 << i
        self._month = [row.month_cap for row in rows]
        self._month_open = sum(1 << i for i, row in enumerate(rows) if row.month_cap)
        self.frame = {day: people & self._month_open for day, people in self._open.items()}

    def on(self, day: str) -> int:
        """Give who has cap left on a day and in the month."""
        return self._open.get(day, 0) & self._month_open

    def day_left(self, person: int, day: str) -> int | None:
        """Give the visits left to a row on a day; None where it does not work that day."""
        return self._days.get((person, day))

    def month_left(self, person: int) -> int:
        """Give the visits left to a row in the month."""
        return self._month[person]

    def take(self, person: int, day: str) -> None:
        """Count one visit of a row on a day (STAFF-5)."""
        self._days[(person, day)] -= 1
        self._month[person] -= 1
        if not self._days[(person, day)]:
            self._open[day] &= ~(1 << person)
        if not self._month[person]:
            self._month_open &= ~(1 << person)


class Staffing:
    """The state while visits are staffed; ``place`` them in visiting order, each once."""

    def __init__(
        self, commitment: Commitment, people: Sequence[InspectorRow] | Roster, visits: Sequence[Wanted], seed: str
    ) -> None:
        """Start with empty days and the caps of the frame."""
        self.roster = people if isinstance(people, Roster) else Roster(people)
        self.capacity = Capacity(self.roster.rows)
        self.seed = seed
        self.loads = dict.fromkeys(commitment.days, 0)
        self.count = len(visits)
        self.light = -(-len(visits) // len(commitment.days))
        self.rule = commitment.team
        self._expert_domains = self.roster.domain_set(commitment.team.expert_domains)

    def place(self, wanted: Wanted) -> Visit:
        """Give the visit its day, team and expert, or leave it open, and count what it uses."""
        attempt = None
        for attempt in self.attempts(wanted):
            if attempt.size is not None:
                break
        else:
            return Visit(entity=wanted.row.id, domains=wanted.domains, open=self._open_reason(wanted))
        crew = self.crew(wanted)
        for seat in self.seats(wanted, attempt):
            crew = self.roster.join(crew, seat.person)
            self.capacity.take(seat.person, attempt.day)
        self.loads[attempt.day] += 1
        rows = self.roster.rows
        return Visit(
            entity=wanted.row.id,
            domains=wanted.domains,
            day=attempt.day,
            team=tuple(rows[i].id for i in crew.members),
            expert=self._seat_expert(wanted, attempt.day),
        )

    def crew(self, wanted: Wanted) -> Crew:
        """Give the team of a visit before any seat is filled."""
        return self.roster.crew(wanted.row.team or (), wanted.domains)

    def attempts(self, wanted: Wanted) -> Iterator[Attempt]:
        """Try the days of a visit in their order, up to the first that has a size (STAFF-2, STAFF-3)."""
        crew = self.crew(wanted)
        for is_heavy, day_ticket, day in sorted(self._days(wanted)):
            pool = self.pool(wanted, day) & ~crew.people
            size = self.roster.size(self.rule, crew, pool)
            load = self.loads[day]
            yield Attempt(day=day, ticket=day_ticket, load=load, is_light=not is_heavy, pool=pool, size=size)
            if size is not None:
                return

    def day_order(self, wanted: Wanted) -> tuple[str, ...]:
        """Give all days of a visit in the order in which they would be tried now."""
        return tuple(day for _, _, day in sorted(self._days(wanted)))

    def pool(self, wanted: Wanted, day: str) -> int:
        """Give who could be on the team of a visit on a day, whoever is on it already (TEAM-1)."""
        return self.roster.inspectors & self._reachable(wanted) & self.capacity.on(day)

    def seats(self, wanted: Wanted, attempt: Attempt) -> Iterator[Seat]:
        """Fill the seats of a visit on the day found, one after another (STAFF-3)."""
        crew, pool = self.crew(wanted), attempt.pool
        seats = 0 if attempt.size is None else attempt.size - len(crew.members)
        order = self.ticket_order(Purpose.INSPECTOR, wanted, pool) if seats else []
        for left in range(seats, 0, -1):
            fitting = self.roster.fitting(crew, pool, left)
            person = next(i for i in order if fitting >> i & 1)
            yield Seat(day=attempt.day, crew=crew, pool=pool, seats=left, fitting=fitting, person=person)
            crew = self.roster.join(crew, person)
            pool &= ~(1 << person)

    def expert_domains(self, wanted: Wanted) -> int:
        """Give the domains of a visit that want an expert, as a bit set."""
        return self._expert_domains & self.roster.domain_set(wanted.domains)

    def experts(self, wanted: Wanted, day: str) -> int:
        """Give the experts who could join a visit on a day (STAFF-4)."""
        domains = self.expert_domains(wanted)
        people = self.roster.experts & self._reachable(wanted) & self.capacity.on(day)
        self.roster.effort.spend(people.bit_count(), len(self.roster.rows))
        return bit_set(i for i in members(people) if self.roster.skills[i] & domains)

    def chosen_expert(self, wanted: Wanted, day: str) -> int | None:
        """Give the expert with the lowest ticket among those who could join, or None where there is none (STAFF-4)."""
        order = self.ticket_order(Purpose.EXPERT, wanted, self.experts(wanted, day))
        return order[0] if order else None

    def ticket_order(self, purpose: Purpose, wanted: Wanted, people: int) -> list[int]:
        """Give people in the order of their tickets for a visit, as indices of rows."""
        found, rows = members(people), self.roster.rows
        self.roster.effort.spend(_TICKET_STEPS * len(found))
        lines = (self.seed, purpose, wanted.row.id, wanted.row.salt)
        made = self.tickets(lines, [rows[i].id for i in found])
        return [found[place] for place in sorted(range(len(found)), key=made.__getitem__)]

    def tickets(self, lines: Sequence[str], last: Iterable[str]) -> list[str]:
        """Give the tickets of the same lines with each of ``last`` behind them: all that staffing ever hashes."""
        return tickets(lines, last)

    def _days(self, wanted: Wanted) -> Iterator[tuple[bool, str, str]]:
        """Give each day of a visit with what orders it: whether it holds L visits or more by now, and its ticket."""
        days = tuple(self.loads) if wanted.row.days is None else wanted.row.days
        lines = (self.seed, Purpose.DAY, wanted.row.id, wanted.row.salt)
        for day, day_ticket in zip(days, self.tickets(lines, days), strict=True):
            yield self.loads[day] >= self.light, day_ticket, day

    def _reachable(self, wanted: Wanted) -> int:
        """Give who may visit the entity at all: does not bar it and visits its zone."""
        return self.roster.visiting(wanted.row.zone) & ~self.roster.barring(wanted.row)

    def _seat_expert(self, wanted: Wanted, day: str) -> InspectorId | None:
        if wanted.row.expert is not None:
            return wanted.row.expert
        person = self.chosen_expert(wanted, day)
        if person is None:
            return None
        self.capacity.take(person, day)
        return self.roster.rows[person].id

    def _open_reason(self, wanted: Wanted) -> OpenReason:
        """Say why no day was found (STAFF-6)."""
        crew = self.crew(wanted)
        people = self.roster.inspectors & self._reachable(wanted) & ~crew.people
        for day in self.loads if wanted.row.days is None else wanted.row.days:
            if self.roster.size(self.rule, crew, people & self.capacity.frame.get(day, 0)) is not None:
                return OpenReason.NO_TEAM
        return OpenReason.NO_DAY


def staff(
    commitment: Commitment, people: Sequence[InspectorRow] | Roster, visits: Sequence[Wanted], seed: str
) -> tuple[Visit, ...]:
    """Staff all visits and give them in ticket order; a roster that is indexed already spends its own effort."""
    staffing = Staffing(commitment, people, visits, seed)
    placed = {wanted.ticket: staffing.place(wanted) for wanted in visiting_order(visits)}
    return tuple(placed[ticket] for ticket in sorted(placed))
