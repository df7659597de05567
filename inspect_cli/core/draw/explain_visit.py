"""Why a visit has its day, its team and its expert: each day and each person passed over, with the reason.

What lives here: the explanation of one visit from the state in which its turn came. What does not: the choices, which
are those that ``staffing`` yields: here they are only told.

EXPLAIN-2  Of each day tried: its group, ticket, load, and why no team could be made. Of each seat and of the expert:
           the candidates in the order of their tickets up to the one chosen, and why each one before was passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspect_cli.core.draw.ticket import Purpose, Working, working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.draw.staffing import Attempt, Seat, Staffing, Wanted
    from inspect_cli.core.draw.team import Crew
    from inspect_cli.core.names import Domain, InspectorId


class DayOutcome(StrEnum):
    """What became of a day in its turn."""

    CHOSEN = "chosen"
    TOO_FEW = "too few"
    NO_LEAD = "no lead"
    NOT_COVERED = "not covered"
    NOT_TRIED = "not tried"


class PassedOver(StrEnum):
    """Why somebody with a lower ticket was not taken."""

    BARRED = "barred"
    OTHER_ZONE = "other zone"
    ABSENT = "absent that day"
    FULL_DAY = "full that day"
    FULL_MONTH = "full this month"
    ON_TEAM = "already on the team"
    TOO_FEW = "would leave too few"
    MAY_NOT_LEAD = "may not lead"
    LACKS_SKILL = "lacks a skill"
    LEAVES_NEED = "would leave the need uncoverable"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStep:
    """A day in the order in which it was, or would have been, tried; ``load`` counts the visits that it held."""

    day: str
    is_light: bool
    load: int
    ticket: Working
    outcome: DayOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody in the order of tickets; ``passed_over`` None: chosen."""

    person: InspectorId
    ticket: Working
    passed_over: PassedOver | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatStep:
    """A seat: how many were left with it, the domains that nobody on the team covered, whether a lead was wanted, who was tried."""

    seats: int
    need: tuple[Domain, ...]
    lead_wanted: bool
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertStep:
    """The expert's seat: the domains that want one, whether the row named one, and who was tried (the last one chosen, or nobody)."""

    domains: tuple[Domain, ...]
    is_named: bool
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitExplanation:
    """A visit: its place in the visiting order from 1, how many there are, L, the size of its team, its steps, and what came of it."""

    place: int
    count: int
    light: int
    size: int | None
    days: tuple[DayStep, ...]
    seats: tuple[SeatStep, ...]
    expert: ExpertStep | None
    visit: Visit


def explain_visit(staffing: Staffing, wanted: Wanted, place: int) -> VisitExplanation:
    """Explain the visit whose turn it is, and place it."""
    attempts = tuple(staffing.attempts(wanted))
    chosen = attempts[-1] if attempts[-1].size is not None else None
    days = tuple(_day_steps(staffing, wanted, attempts))
    seats = () if chosen is None else tuple(_seat_steps(staffing, wanted, chosen))
    expert = None if chosen is None else _expert_step(staffing, wanted, chosen.day)
    return VisitExplanation(
        place=place,
        count=staffing.count,
        light=staffing.light,
        size=None if chosen is None else chosen.size,
        days=days,
        seats=seats,
        expert=expert,
        visit=staffing.place(wanted),
    )


def day_outcome(staffing: Staffing, crew: Crew, attempt: Attempt) -> DayOutcome:
    """Say what became of a day that was tried."""
    if attempt.size is not None:
        return DayOutcome.CHOSEN
    if len(crew.members) + attempt.pool.bit_count() < staffing.rule.min:
        return DayOutcome.TOO_FEW
    if crew.lead_wanted and not attempt.pool & staffing.roster.leads:
        return DayOutcome.NO_LEAD
    return DayOutcome.NOT_COVERED


def seat_obstacle(staffing: Staffing, wanted: Wanted, seat: Seat, person: int) -> PassedOver | None:
    """Say what keeps a row of role inspector from a seat, or None where it fits."""
    crew, bit = seat.crew, 1 << person
    if crew.people & bit:
        return PassedOver.ON_TEAM
    if not seat.pool & bit:
        return _absence(staffing, wanted, seat.day, person)
    if seat.pool.bit_count() < seat.seats:
        return PassedOver.TOO_FEW
    if crew.lead_wanted and not staffing.roster.rows[person].lead:
        return PassedOver.MAY_NOT_LEAD
    skills = staffing.roster.skills[person]
    if not staffing.roster.covers(seat.pool, crew.need & ~skills, seat.seats - 1):
        return PassedOver.LEAVES_NEED if crew.need & skills else PassedOver.LACKS_SKILL
    return None


def expert_obstacle(staffing: Staffing, wanted: Wanted, day: str, person: int) -> PassedOver | None:
    """Say what keeps a row of role expert from joining, or None where it could."""
    if not staffing.experts(wanted, day) >> person & 1:
        return _absence(staffing, wanted, day, person) or PassedOver.LACKS_SKILL
    return None


def _absence(staffing: Staffing, wanted: Wanted, day: str, person: int) -> PassedOver | None:
    """Say why somebody could not come to the entity on a day at all, or None where they could."""
    bit, day_left = 1 << person, staffing.capacity.day_left(person, day)
    if staffing.roster.barring(wanted.row) & bit:
        return PassedOver.BARRED
    if not staffing.roster.visiting(wanted.row.zone) & bit:
        return PassedOver.OTHER_ZONE
    if day_left is None:
        return PassedOver.ABSENT
    if not day_left:
        return PassedOver.FULL_DAY
    return None if staffing.capacity.month_left(person) else PassedOver.FULL_MONTH


def _day_steps(staffing: Staffing, wanted: Wanted, attempts: tuple[Attempt, ...]) -> Iterator[DayStep]:
    crew, tried = staffing.crew(wanted), {attempt.day: attempt for attempt in attempts}
    for day in staffing.day_order(wanted):
        outcome = day_outcome(staffing, crew, tried[day]) if day in tried else DayOutcome.NOT_TRIED
        load = staffing.loads[day]
        shown = working(staffing.seed, Purpose.DAY, wanted.row.id, wanted.row.salt, day)
        yield DayStep(day=day, is_light=load < staffing.light, load=load, ticket=shown, outcome=outcome)


def _seat_steps(staffing: Staffing, wanted: Wanted, chosen: Attempt) -> Iterator[SeatStep]:
    order = _ticket_order(staffing, wanted, Purpose.INSPECTOR, staffing.roster.inspectors)
    for seat in staffing.seats(wanted, chosen):
        place = next(place for place, (person, _) in enumerate(order) if person == seat.person)
        passed = [(person, shown, seat_obstacle(staffing, wanted, seat, person)) for person, shown in order[:place]]
        candidates = [_candidate(staffing, *one) for one in (*passed, (*order[place], None))]
        need = _domains(staffing, wanted, seat.crew.need)
        yield SeatStep(seats=seat.seats, need=need, lead_wanted=seat.crew.lead_wanted, candidates=tuple(candidates))


def _expert_step(staffing: Staffing, wanted: Wanted, day: str) -> ExpertStep | None:
    domains = _domains(staffing, wanted, staffing.expert_domains(wanted))
    if wanted.row.expert is not None:
        return ExpertStep(domains=domains, is_named=True, candidates=())
    if not domains:
        return None
    chosen, candidates = staffing.chosen_expert(wanted, day), []
    for person, shown in _ticket_order(staffing, wanted, Purpose.EXPERT, staffing.roster.experts):
        obstacle = None if person == chosen else expert_obstacle(staffing, wanted, day, person)
        candidates.append(_candidate(staffing, person, shown, obstacle))
        if person == chosen:
            break
    return ExpertStep(domains=domains, is_named=False, candidates=tuple(candidates))


def _ticket_order(staffing: Staffing, wanted: Wanted, purpose: Purpose, people: int) -> list[tuple[int, Working]]:
    rows, row = staffing.roster.rows, wanted.row
    order = staffing.ticket_order(purpose, wanted, people)
    return [(i, working(staffing.seed, purpose, row.id, row.salt, rows[i].id)) for i in order]


def _candidate(staffing: Staffing, person: int, shown: Working, obstacle: PassedOver | None) -> Candidate:
    return Candidate(person=staffing.roster.rows[person].id, ticket=shown, passed_over=obstacle)


def _domains(staffing: Staffing, wanted: Wanted, bits: int) -> tuple[Domain, ...]:
    return tuple(domain for domain in wanted.domains if staffing.roster.domain_set((domain,)) & bits)
