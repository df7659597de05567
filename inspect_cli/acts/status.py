"""Reading where a month stands: its chains of draws, what is unfinished before it, and what it lacks. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chains, find_held, find_standing_visits
from inspect_cli.acts.draw.frozen import require_result
from inspect_cli.acts.draw.hours import is_reached
from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.acts.visit.visits import find_newest_entries, find_result_stage, find_versions
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.period import first_day, last_day, month_after
from inspect_cli.core.plan.draft import choose_source_day
from inspect_cli.core.plan.stratum import CARRIED_OVER
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.registry.recused import find_recused
from inspect_cli.core.report.hampered import Outing, Present, is_hampered
from inspect_cli.core.report.results import ResultFacts
from inspect_cli.core.report.status import (
    ChainFacts,
    ChainStatus,
    MonthFacts,
    SourceFacts,
    VisitFacts,
    is_next_month_due,
    settle_carried,
    settle_chain,
    settle_month,
)
from inspect_cli.core.visit.ending import find_status
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.review import find_current
from inspect_cli.core.workdays import working_days
from inspect_cli.errors import InputError
from inspect_cli.storage.bulk import find_entities_by_id
from inspect_cli.storage.calendar import find_blackouts
from inspect_cli.storage.draws import DrawState, find_heads
from inspect_cli.storage.notices import find_notices
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import (
    find_entity_groups,
    find_entity_ids,
    find_inspector_ids,
    find_inspectors,
    find_leave,
    find_matters,
    find_recusals,
)
from inspect_cli.storage.results import find_unsettled
from inspect_cli.storage.visits import find_carried_over, find_unended_visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.report.steps import Step
    from inspect_cli.core.workdays import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks about: a month, seen at a clock (aware) and for the day that the rules use."""

    period: Period
    clock: datetime
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthStatus:
    """A month's chains with where they stand, and what comes next where there is none."""

    period: Period
    chains: tuple[ChainStatus, ...]
    steps: tuple[Step, ...]


def read_status(session: Session, asked: Asked) -> tuple[MonthStatus, ...]:
    """Read where the month and everything unfinished stands, sorted by month (STATUS-5)."""
    calendar = calendar_of(session)
    months = {period: _read_month(session, asked, calendar, period) for period in _find_periods(session, asked.period)}
    is_over = _is_over(calendar, asked.period, asked.today)
    following = month_after(asked.period)
    chains = months[asked.period].chains
    if following not in months and is_next_month_due(asked.period, asked.today, chains, is_over=is_over):
        months[following] = _read_month(session, asked, calendar, following)
    return tuple(months[period] for period in sorted(months))


def _find_periods(session: Session, period: Period) -> list[Period]:
    """Name the months to look at, the one that was asked about among them."""
    heads = [head for head in find_heads(session) if head.state is not DrawState.VOID]
    unended = {visit.slot for visit in find_unended_visits(session, period)} | find_unsettled(session)
    return sorted(
        {period}
        | {head.period for head in heads if head.period > period}
        | {head.period for head in heads if head.period < period and _is_unfinished(head.state)}
        | {head.period for head in heads if head.period <= period and head.slot in unended}
    )


def _is_unfinished(state: DrawState) -> bool:
    return state in {DrawState.COMMITTED, DrawState.SEEDED}


def _read_month(session: Session, asked: Asked, calendar: Calendar, period: Period) -> MonthStatus:
    chains = find_chains(session, period)
    waiting = {chain.first.slot for chain in chains if chain.pending is not None}
    statuses = tuple(
        settle_chain(_read_chain(session, asked, chain, is_blocked=bool(waiting - {chain.first.slot})), asked.today)
        for chain in chains
    )
    if statuses:
        steps = settle_carried(period, len(_find_left_over(session, chains, period)))
    else:
        steps = settle_month(_read_empty_month(session, calendar, period, asked.today))
    return MonthStatus(period=period, chains=statuses, steps=steps)


def _find_left_over(session: Session, chains: Iterable[DrawChain], period: Period) -> set[EntityId]:
    """Find who was carried over to a month and stands in none of its draws; one that is not drawn yet takes its whole frame's."""
    numbers = find_numbers(session)
    left = {numbers.current(change.entity) for change in find_carried_over(session, period)}
    if not left:
        return left
    for chain in chains:
        left -= {numbers.current(visit.entity) for record in chain.drawn for visit in require_result(record).visits}
        if chain.first.result is None:
            rows = parse_entity_rows(chain.first.entities)
            left -= {numbers.current(row.id) for row in rows if CARRIED_OVER in row.strata}
    return left


def _read_chain(session: Session, asked: Asked, chain: DrawChain, *, is_blocked: bool) -> ChainFacts:
    newest = chain.last
    sources = () if newest.result is not None else parse_commitment(newest.commitment).sources
    return ChainFacts(
        slot=chain.first.slot,
        period=chain.first.period,
        newest=newest.slot,
        sources=tuple(
            SourceFacts(name=one.name, at=one.at, is_known=is_reached(one, asked.clock, asked.today)) for one in sources
        ),
        has_seed=newest.seed is not None,
        has_result=newest.result is not None,
        last_day=date.fromisoformat(parse_commitment(chain.first.commitment).days[-1]),
        visits=tuple(_read_visits(session, chain, asked.today)),
        is_announced=bool(find_notices(session, kind=NoticeKind.COMMITMENT, slot=newest.slot)),
        is_blocked=is_blocked,
    )


def _read_visits(session: Session, chain: DrawChain, today: date) -> Iterator[VisitFacts]:
    if not chain.drawn:
        return
    drawn = {(record.slot, visit.entity): visit for record in chain.drawn for visit in require_result(record).visits}
    held, present = find_held(session, chain), _read_present(session, chain.first.period)
    numbers = find_numbers(session)
    visits = find_standing_visits(session, chain)
    zones = _find_zones(session, (numbers.current(one.record.entity) for one in visits))
    results = {slot: _read_results(session, slot) for slot in sorted({one.record.slot for one in visits})}
    for standing in visits:
        record = standing.record
        visit = drawn[record.slot, record.entity]
        yield VisitFacts(
            slot=record.slot,
            entity=record.entity,
            domains=visit.domains,
            day=record.day,
            status=find_status(record.state, () if standing.end is None else (standing.end,)),
            is_held=record.entity in held,
            result=results[record.slot].get(record.entity),
            is_hampered=record.state is VisitState.PLANNED
            and record.day is not None
            and record.day >= today
            and is_hampered(_outing(visit, record.day, numbers.current(visit.entity), zones), present),
        )


def _read_results(session: Session, slot: Slot) -> dict[EntityId, ResultFacts]:
    """Say of each recorded visit of a draw how far its result has come."""
    entries = find_newest_entries(session, slot)
    documents = {notice.number: notice.document for notice in find_notices(session)} if entries else {}
    found: dict[EntityId, ResultFacts] = {}
    for entity, versions in find_versions(session, slot).items():
        current, entry = find_current(versions), entries.get(entity)
        if current is not None:
            found[entity] = ResultFacts(
                stage=find_result_stage(current, entry),
                document=None if entry is None else documents[entry.notice],
            )
    return found


def _read_present(session: Session, period: Period) -> Present:
    first, last = first_day(period), last_day(period)
    return Present(
        people={person.id: person for person in find_inspectors(session, include_retired=True)},
        leave=find_leave(session, first=first, last=last),
        recused=frozenset(find_recused(find_recusals(session), find_entity_groups(session), first, last)),
        blackouts=find_blackouts(session, first=first, last=last),
    )


def _find_zones(session: Session, companies: Iterable[EntityId]) -> dict[EntityId, str | None]:
    """Find the zones of all companies at once, by today's registry."""
    return {entity.id: entity.zone for entity in find_entities_by_id(session, companies)}


def _outing(visit: Visit, day: date, number: EntityId, zones: Mapping[EntityId, str | None]) -> Outing:
    """Say who goes where; the registries know the company by its number of today (NUMBER-3)."""
    return Outing(day=day, entity=number, zone=zones.get(number), team=visit.people)


def _read_empty_month(session: Session, calendar: Calendar, period: Period, today: date) -> MonthFacts:
    return MonthFacts(
        period=period,
        has_entities=bool(find_entity_ids(session)),
        has_inspectors=bool(find_inspector_ids(session)),
        has_matters=bool(find_matters(session)),
        is_year_known=_is_known(calendar, _span(period, today)),
        is_over=_is_over(calendar, period, today),
    )


def _is_over(calendar: Calendar, period: Period, today: date) -> bool:
    """Say whether nothing can be drawn in a month any more: no working day after today is left for a source, or none after that."""
    span = _span(period, today)
    if today >= last_day(period):
        return True
    if not _is_known(calendar, span):
        return False
    days = working_days(calendar, *span)
    source = choose_source_day(period, today, days)
    return source is None or days[-1] <= source


def _span(period: Period, today: date) -> tuple[date, date]:
    """Give the days among which a first plan finds its source: a month before the period, and the period itself."""
    return max(today, first_day(period) - timedelta(days=31)), last_day(period)


def _is_known(calendar: Calendar, span: Iterable[date]) -> bool:
    try:
        for day in span:
            calendar.notice_of(day.year)
    except InputError:
        return False
    return True
