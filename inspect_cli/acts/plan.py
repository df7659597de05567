"""What a plan is worked out from, read from the store, and what it leads to. Nothing is changed here; the rules are in ``core.plan``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from inspect_cli.acts.calendar import calendar_of
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.draft import Draft, Registered, choose_source_day, draft_plan
from inspect_cli.core.plan.frame import Frame, build_frame
from inspect_cli.core.plan.gathered import Gathered, PastTeam, Seat
from inspect_cli.core.plan.shortage import Staffing, forecast_staffing
from inspect_cli.core.plan.soundness import Fault, find_faults, find_warnings
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.workdays import working_days, working_days_of
from inspect_cli.errors import InputError, Mistake, Position, RefusedError, say
from inspect_cli.storage.draws import DrawState, find_draws
from inspect_cli.storage.registries import (
    find_entities,
    find_inspectors,
    find_leave,
    find_ledger,
    find_matters,
    find_recusals,
)
from inspect_cli.storage.visits import find_outcomes, find_visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.names import EntityId, InspectorId, Period
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.errors import Message
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCheck:
    """A plan explained: what it leads to, whether it looks staffable, what forbids it, and what should be looked at."""

    gathered: Gathered
    frame: Frame
    staffing: Staffing
    faults: tuple[Fault, ...]
    warnings: tuple[Message, ...]


def check_plan(store: Store, plan: Plan, bureau: Bureau, today: date) -> PlanCheck:
    """Explain a plan from the registries as they stand; ``InputError`` for a year whose working days are not known."""
    with store.reading() as session:
        gathered = gather(session, plan, bureau, today)
    frame = build_frame(gathered)
    staffing = forecast_staffing(plan, frame)
    return PlanCheck(
        gathered=gathered,
        frame=frame,
        staffing=staffing,
        faults=find_faults(gathered, frame),
        warnings=(*find_warnings(gathered, frame), *staffing.warnings),
    )


def require_frame(session: Session, plan: Plan, bureau: Bureau, today: date) -> Frame:
    """Work out the frame of a plan that is to be committed; ``InputError`` with everything that forbids it."""
    gathered = gather(session, plan, bureau, today)
    frame = build_frame(gathered)
    require_sound(find_faults(gathered, frame), plan.file)
    return frame


def require_sound(faults: tuple[Fault, ...], file: str) -> None:
    """Refuse (``InputError``) a plan with faults, naming each with its key in ``file``."""
    if faults:
        raise InputError(
            say("the plan cannot be committed as it stands"),
            where=Position(file=file),
            mistakes=tuple(
                Mistake(what=fault.what, where=Position(file=file, column=fault.key), remedy=fault.remedy)
                for fault in faults
            ),
        )


def draft(store: Store, period: Period, bureau: Bureau, today: date) -> Draft:
    """Propose a plan for a month; ``RefusedError`` when the registry is empty or the month is over."""
    with store.reading() as session:
        entities, matters = find_entities(session), find_matters(session)
        calendar = calendar_of(session)
        start = max(today, first_day(period) - timedelta(days=31))
        days = () if start > last_day(period) else working_days(calendar, start, last_day(period))
    source_day = choose_source_day(period, today, days)
    if source_day is None:
        raise RefusedError(
            say("{period} is over, or has no working day left after today", period=period),
            hint=say("plan a later month; --today sets the day that the rules use"),
        )
    if not entities:
        raise RefusedError(
            say("the entity registry is empty"), hint=say("import it first: inspect-cli entity import FILE")
        )
    return draft_plan(period, bureau, Registered(entities=entities, matters=matters, source_day=source_day))


def gather(session: Session, plan: Plan, bureau: Bureau, today: date) -> Gathered:
    """Read everything that a plan is worked out from; ``InputError`` for a year whose working days are not known."""
    draws = [draw for draw in find_draws(session) if draw.plan != plan.text or draw.state is DrawState.VOID]
    here = [draw for draw in draws if draw.period == plan.period and draw.state is not DrawState.VOID]
    first, last = first_day(plan.period), last_day(plan.period)
    drawn = [_visits_of(draw) for draw in here]
    return Gathered(
        plan=plan,
        bureau=bureau,
        today=today,
        entities=find_entities(session, include_retired=True),
        inspectors=find_inspectors(session, include_retired=True),
        matters=find_matters(session, include_retired=True),
        working_days=working_days_of(calendar_of(session), plan.period),
        leave=find_leave(session, first=first, last=last),
        recusals=find_recusals(session),
        visits=_visits(session, draws, plan, bureau),
        drawn=tuple(sorted({visit.entity for visits in drawn for visit in visits})),
        held=tuple(sorted(_held(here))),
        seats=tuple(seat for visits in drawn for visit in visits for seat in _seats_of(visit)),
        past_teams=_past_teams(draws),
    )


def _visits(session: Session, draws: list[DrawRecord], plan: Plan, bureau: Bureau) -> tuple[LedgerVisit, ...]:
    """Read the ledger as far back as it can matter, and the visits of our own draws that it does not list.

    Another office's file can list them without the draw: then they are known by company, day and our name.
    """
    first = first_day(plan.period)
    # A visit on the 31st cools off until the last day of a shorter month, so that a few days earlier can matter.
    cooling = first - relativedelta(months=bureau.cooling_off_months.number, days=3)
    ledger = find_ledger(session, since=min(date(first.year, 1, 1), cooling))
    listed = {(visit.source, visit.entity) for visit in ledger}
    told = {(visit.entity, visit.day) for visit in ledger if visit.kind.is_counted and visit.department == bureau.name}
    own = _own_visits(session, draws, bureau)
    return (
        *ledger,
        *(one for one in own if (one.source, one.entity) not in listed and (one.entity, one.day) not in told),
    )


def _own_visits(session: Session, draws: list[DrawRecord], bureau: Bureau) -> Iterator[LedgerVisit]:
    """Give the planned and recorded visits of our own draws, void ones aside."""
    alive = {draw.slot for draw in draws if draw.state is not DrawState.VOID}
    done = {(outcome.slot, outcome.entity): outcome.visited_on for outcome in find_outcomes(session)}
    for visit in find_visits(session):
        day = done.get((visit.slot, visit.entity), visit.day)
        if visit.slot in alive and day is not None:
            yield LedgerVisit(
                entity=visit.entity,
                day=day,
                kind=VisitKind.COMBINED,
                domains=(),
                department=bureau.name,
                source=visit.slot,
            )


def _visits_of(draw: DrawRecord) -> tuple[Visit, ...]:
    return () if draw.result is None else parse_result(draw.result).visits


def _held(draws: list[DrawRecord]) -> set[EntityId]:
    """Name the entities in the frames of draws that are committed and not yet drawn."""
    return {row.id for draw in draws if draw.result is None for row in parse_entity_rows(draw.entities)}


def _seats_of(visit: Visit) -> Iterator[Seat]:
    if visit.day is not None:
        holders: tuple[InspectorId, ...] = visit.team if visit.expert is None else (*visit.team, visit.expert)
        for holder in holders:
            yield Seat(inspector=holder, day=date.fromisoformat(visit.day))


def _past_teams(draws: list[DrawRecord]) -> tuple[PastTeam, ...]:
    """Name the team of each entity's latest visit by our own draws, void ones aside."""
    visits = (visit for draw in draws if draw.state is not DrawState.VOID for visit in _visits_of(draw))
    latest: dict[EntityId, tuple[str, Visit]] = {}
    for visit in visits:
        if visit.day is not None and visit.day > latest.get(visit.entity, ("",))[0]:
            latest[visit.entity] = (visit.day, visit)
    return tuple(PastTeam(entity=entity, team=visit.team) for entity, (_, visit) in sorted(latest.items()))
