"""What a plan is worked out from, read from the store as one value. Nothing is changed here; the rules are in ``core.plan``.

What lives here: the registries, the calendar, and what the other draws hold. What does not: how a draw of ours is read (``own_visits``),
and what follows from all that (``core.plan.frame.build``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from inspect_cli.acts.draw.chains import find_chains, find_periods
from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.plan.own_visits import find_own_visits
from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.core.draw.rows import parse_entity_rows, parse_inspector_rows
from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.frame.gathered import Carried, Gathered, PastTeam, Seat, Undrawn
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.registry.number import drop_former
from inspect_cli.core.workdays import add_working_days, working_days_of
from inspect_cli.errors import InputError
from inspect_cli.storage.calendar import find_blackouts
from inspect_cli.storage.ledger import find_ledger
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.plans import find_allowances
from inspect_cli.storage.registries import find_entities, find_inspectors, find_leave, find_matters, find_recusals
from inspect_cli.storage.visits import find_carried_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.acts.plan.own_visits import OwnVisit
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, EntityId, Period, Slot
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.registry.number import Numbers
    from inspect_cli.core.workdays import Calendar


def gather(session: Session, plan: Plan, bureau: Bureau, today: date) -> Gathered:
    """Read everything that a plan is worked out from; ``InputError`` for a year whose working days are not known.

    A company that changed its number stands everywhere under the one of today (NUMBER-2).
    The plan's own draw and its supplements are left aside, so that a plan that is committed is explained as it was.
    """
    own = find_own_visits(session, _other_chains(session, plan, find_periods(session)))
    here = [visit for visit in own if visit.period == plan.period]
    numbers = find_numbers(session)
    calendar = calendar_of(session)
    first, last = first_day(plan.period), last_day(plan.period)
    return Gathered(
        plan=plan,
        bureau=bureau,
        today=today,
        entities=drop_former(find_entities(session, include_retired=True)),
        inspectors=find_inspectors(session, include_retired=True),
        matters=find_matters(session, include_retired=True),
        working_days=working_days_of(calendar, plan.period),
        leave=find_leave(session, first=first, last=last),
        recusals=numbers.bring(find_recusals(session)),
        visits=_visits(session, own, plan.period, bureau),
        drawn=tuple(sorted({visit.entity for visit in here})),
        undrawn=tuple(_undrawn(_other_chains(session, plan, [plan.period]), numbers)),
        seats=tuple(Seat(inspector=holder, day=day) for visit in here for holder, day in visit.seats),
        taken=tuple(
            Seat(inspector=member, day=day) for visit in own for member, day in visit.taken if first <= day <= last
        ),
        past_teams=_past_teams(own, plan.period),
        carried=numbers.bring(_carried(session, plan.period)),
        blackouts=numbers.bring(find_blackouts(session, first=first, last=last)),
        allowances=numbers.bring(find_allowances(session, plan.period)),
        provisional=_provisional_years(calendar, plan.period, bureau),
    )


def _visits(session: Session, own: tuple[OwnVisit, ...], period: Period, bureau: Bureau) -> tuple[LedgerVisit, ...]:
    """Read the ledger as far back as it can matter, and the visits of our own draws that it does not list.

    Another office's file can list them without the draw: then they are known by company, day and our name.
    """
    first = first_day(period)
    # A visit on the 31st cools off until the last day of a shorter month, so that a few days earlier can matter.
    cooling = first - relativedelta(months=bureau.cooling_off_months.number, days=3)
    ledger = find_numbers(session).bring(find_ledger(session, since=min(date(first.year, 1, 1), cooling)))
    ours = tuple(_ledger_visits(own, bureau))
    by_slot, by_day = {(one.source, one.entity): one for one in ours}, {(one.entity, one.day): one for one in ours}
    told: set[int] = set()
    listed = []
    for visit in ledger:
        twin = by_slot.get((visit.source, visit.entity))
        if twin is None and visit.kind.is_counted and visit.department == bureau.name:
            twin = by_day.get((visit.entity, visit.day))
        if twin is not None:
            told.add(id(twin))
        # A file seldom says which matters were checked; the draw does.
        listed.append(visit if twin is None or visit.matters else replace(visit, matters=twin.matters))
    return (*listed, *(one for one in ours if id(one) not in told))


def _ledger_visits(own: Iterable[OwnVisit], bureau: Bureau) -> Iterator[LedgerVisit]:
    """Give those of our own visits that count: with a day, and neither cancelled nor carried over."""
    for visit in own:
        if visit.day is not None and not visit.is_ended:
            yield LedgerVisit(
                entity=visit.entity,
                day=visit.day,
                kind=VisitKind.COMBINED,
                domains=visit.domains,
                department=bureau.name,
                source=visit.slot,
                matters=visit.matters,
            )


def _other_chains(session: Session, plan: Plan, periods: Iterable[Period]) -> Iterator[DrawChain]:
    """Give the chains of some months, one month after the other, the plan's own aside."""
    for period in periods:
        yield from (chain for chain in find_chains(session, period) if chain.first.plan != plan.text)


def _undrawn(chains: Iterable[DrawChain], numbers: Numbers) -> Iterator[Undrawn]:
    """Give the draws that are committed and not yet drawn, supplements included."""
    for chain in chains:
        if chain.pending is not None:
            people = parse_inspector_rows(chain.pending.inspectors)
            yield Undrawn(
                slot=chain.pending.slot,
                entities=tuple(numbers.current(row.id) for row in parse_entity_rows(chain.pending.entities)),
                days=tuple(
                    Seat(inspector=row.id, day=date.fromisoformat(day)) for row in people for day, _cap in row.days
                ),
                most=tuple((row.id, min(row.month_cap, sum(cap for _, cap in row.days))) for row in people),
            )


def _past_teams(own: Iterable[OwnVisit], period: Period) -> tuple[PastTeam, ...]:
    """Name the team of each entity's last visit up to the period's end, and of its first one after it, where one is planned already."""
    last = last_day(period)
    before: dict[EntityId, tuple[date, OwnVisit]] = {}
    after: dict[EntityId, tuple[date, OwnVisit]] = {}
    for visit in own:
        if visit.day is None or visit.is_ended:
            continue
        if visit.day <= last:
            if visit.entity not in before or visit.day > before[visit.entity][0]:
                before[visit.entity] = (visit.day, visit)
        elif visit.entity not in after or visit.day < after[visit.entity][0]:
            after[visit.entity] = (visit.day, visit)
    return tuple(
        PastTeam(entity=entity, team=visit.team)
        for found in (before, after)
        for entity, (_, visit) in sorted(found.items())
    )


def _carried(session: Session, period: Period) -> Iterator[Carried]:
    """Give the visits that were carried over into the period, with what their draw says is to be checked."""
    changes = find_carried_over(session, period)
    domains = {slot: _read_domains(session, slot) for slot in {change.slot for change in changes}}
    for change in changes:
        yield Carried(slot=change.slot, entity=change.entity, domains=domains[change.slot][change.entity])


def _read_domains(session: Session, slot: Slot) -> dict[EntityId, tuple[Domain, ...]]:
    """Read what each visit of a draw checks."""
    return {visit.entity: visit.domains for visit in require_result(require_draw(session, slot)).visits}


def _provisional_years(calendar: Calendar, period: Period, bureau: Bureau) -> tuple[int, ...]:
    """Find the years that the plan's days and its results' deadlines fall into and of which only an expectation is known."""
    last = last_day(period)
    try:
        end = add_working_days(calendar, last, bureau.result_working_days.number).year
    except InputError:
        # The days themselves are known; that a deadline falls into an unknown year is told where the deadlines are.
        end = last.year
    years = (calendar.notice_of(year) for year in range(last.year, end + 1))
    return tuple(notice.year for notice in years if notice.provisional)
