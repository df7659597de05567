"""Reading what the health of the registries is worked out from. Nothing is changed here; the rules are in ``core.report.health``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.core.period import last_day, month_after, period_of, year_of
from inspect_cli.core.report.health.entities import EntityBook
from inspect_cli.core.report.health.matters import MatterList
from inspect_cli.core.report.health.roster import Roster
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.workdays import working_days, working_days_of
from inspect_cli.storage.health import find_heard_of, find_last_file, find_places
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import (
    find_entities,
    find_inspectors,
    find_leave,
    find_matters,
    find_recusals,
)
from inspect_cli.storage.visits import find_outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.core.workdays import Calendar


def read_entity_book(session: Session, bureau: Bureau, today: date, stale_days: int) -> EntityBook:
    """Read the entities with everything that their health hangs on."""
    results = _find_results(session, today)
    heard_of = find_heard_of(session, today)
    return EntityBook(
        entities=find_entities(session),
        people=find_inspectors(session),
        bureau=bureau,
        today=today,
        heard_of={**heard_of, **{id: max(day, heard_of.get(id, day)) for id, (day, _result) in results.items()}},
        results=results,
        last_file=find_last_file(session, "entity", today),
        stale_days=stale_days,
    )


def _find_results(session: Session, today: date) -> dict[EntityId, tuple[date, ResultClass]]:
    """Find for each entity, by its number of today, the newest visit of a draw that has a result, and its class of the highest number."""
    found: dict[EntityId, tuple[date, ResultClass]] = {}
    for outcome in find_numbers(session).bring(find_outcomes(session)):
        one = (outcome.visited_on, ResultClass(outcome.result_class))
        if outcome.visited_on <= today:
            found[outcome.entity] = max(one, found.get(outcome.entity, one))
    return found


def read_roster(session: Session, bureau: Bureau, today: date, until: date) -> Roster:
    """Read the roster with everything that its health hangs on, from ``today`` to ``until``, and of the month after today's."""
    people, places, calendar = find_inspectors(session), find_places(session), calendar_of(session)
    month = month_after(period_of(today))
    used = {place.zone for place in places if place.zone is not None}
    return Roster(
        people=people,
        leave=find_leave(session, first=today, last=max(until, last_day(month))),
        bureau=bureau,
        zones=tuple(sorted({*bureau.zones, *used}, key=str.encode)),
        today=today,
        until=until,
        left=dict(_count_days_left(people, calendar)),
        recusals=find_recusals(session),
        places=places,
        next_days=working_days_of(calendar, month) if year_of(month) in calendar.years else None,
    )


def read_matter_list(session: Session, bureau: Bureau, today: date, until: date) -> MatterList:
    """Read the list of matters with everything that its health hangs on, from ``today`` to ``until``."""
    return MatterList(
        matters=find_matters(session), entities=find_entities(session), bureau=bureau, today=today, until=until
    )


def _count_days_left(people: tuple[Inspector, ...], calendar: Calendar) -> Iterator[tuple[date, int]]:
    """Count the working days of its month behind the last day of each certificate, where the year is known."""
    for day in {person.valid_until for person in people if person.valid_until is not None}:
        if day.year in calendar.years:
            end = last_day(period_of(day))
            yield day, len(working_days(calendar, day + timedelta(days=1), end))
