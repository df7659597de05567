"""Where a month stands, and what the next command is: worked out from what the store holds, so that nobody has to remember it.

What lives here: the decisions. What does not: reading the store (``acts.status``), and whether a command is allowed (each act's rules).

Rules:

STATUS-1  A chain of draws stands where its newest draw stands: it waits for a source whose time has not come, is ready for its sources'
          values, or for its result. Drawn, it is under way until every visit in force has an end, and then finished.
STATUS-2  Each visit in force is counted once: recorded, cancelled, carried over, held (a supplement draws it again), open, overdue (its
          day is past and it has no end), hampered (STATUS-6), or planned.
STATUS-3  What comes next is named in this order: the newest draw's own step; the result that is overdue longest; open and hampered visits,
          by a supplementary draw while the draw has a day after today, else by carrying them over; what the results want (STATUS-8);
          and the next day's visits.
STATUS-4  In a month without a draw the registry that is empty comes first, then the year's notice where it is not known, then the plan.
          In a month that is over nothing can be drawn.
STATUS-5  Looked at are the month, every earlier one that is not finished, every later one that has a draw, and the month after it once its
          own draws are finished, its last ten days have come, or nothing can be drawn in it any more.
STATUS-7  Visits that were carried over to a month after its draws were committed, and that none of them takes, want a further plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from shlex import quote
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.fields import parse_instant
from inspect_cli.core.period import last_day
from inspect_cli.core.report.results import count_results, find_result_steps
from inspect_cli.core.report.steps import Step, draw_command, notice_command
from inspect_cli.core.visit.ending import VisitStatus
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId, Period, Slot
    from inspect_cli.core.report.results import ResultFacts
    from inspect_cli.core.visit.review import ResultStage


class Stage(StrEnum):
    """Where a chain stands (STATUS-1)."""

    WAITING = "waiting"
    SEEDABLE = "seedable"
    SEEDED = "seeded"
    UNDER_WAY = "under-way"
    FINISHED = "finished"


class VisitGroup(StrEnum):
    """How a visit in force is counted (STATUS-2), in the order in which they are shown."""

    OVERDUE = "overdue"
    OPEN = "open"
    HAMPERED = "hampered"
    HELD = "held"
    PLANNED = "planned"
    RECORDED = "recorded"
    CANCELLED = "cancelled"
    CARRIED_OVER = "carried-over"


LAST_DAYS: Final = timedelta(days=10)
"""How long before its end the month after a month is looked at (STATUS-5)."""

_ENDS: Final = {
    VisitStatus.RECORDED: VisitGroup.RECORDED,
    VisitStatus.CANCELLED: VisitGroup.CANCELLED,
    VisitStatus.CARRIED_OVER: VisitGroup.CARRIED_OVER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """A source of a draw: its name, when it was announced for (RFC 3339), and whether that time has come."""

    name: str
    at: str
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """A visit in force, with the slot of the draw that made it.

    ``is_held`` says that a supplement draws it again, ``is_hampered`` that it cannot be made as it was drawn (STATUS-6). ``result`` is None
    until one is recorded.
    """

    slot: Slot
    entity: EntityId
    domains: tuple[Domain, ...]
    day: date | None
    status: VisitStatus
    is_held: bool = False
    is_hampered: bool = False
    result: ResultFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFacts:
    """What the store holds of a chain: its first slot, its newest draw with the sources, and the visits in force.

    ``last_day`` is the first draw's last day. ``is_announced`` says that the newest draw's commitment is published. ``is_blocked`` says
    that another draw of the month waits for its result: no supplement is committed meanwhile.
    """

    slot: Slot
    period: Period
    newest: Slot
    sources: tuple[SourceFacts, ...]
    has_seed: bool
    has_result: bool
    last_day: date
    visits: tuple[VisitFacts, ...] = ()
    is_announced: bool = False
    is_blocked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFacts:
    """What the store holds of a month without a draw; ``is_over`` says that no working day is left on which a source could be announced."""

    period: Period
    has_entities: bool
    has_inspectors: bool
    has_matters: bool
    is_year_known: bool
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStatus:
    """Where a chain stands; ``next_day`` is the next day, today included, on which a visit is planned."""

    facts: ChainFacts
    stage: Stage
    counts: Mapping[VisitGroup, int]
    results: Mapping[ResultStage, int]
    next_day: date | None
    steps: tuple[Step, ...]


def group_of(visit: VisitFacts, today: date) -> VisitGroup:
    """Say how a visit in force is counted (STATUS-2)."""
    if visit.status in _ENDS:
        return _ENDS[visit.status]
    if visit.is_held:
        return VisitGroup.HELD
    if visit.day is None:
        return VisitGroup.OPEN
    if visit.day < today:
        return VisitGroup.OVERDUE
    return VisitGroup.HAMPERED if visit.is_hampered else VisitGroup.PLANNED


def settle_chain(facts: ChainFacts, today: date) -> ChainStatus:
    """Work out where a chain stands and what comes next (STATUS-1 to STATUS-3)."""
    groups: dict[VisitGroup, list[VisitFacts]] = {group: [] for group in VisitGroup}
    for visit in facts.visits:
        groups[group_of(visit, today)].append(visit)
    planned = [visit.day for visit in groups[VisitGroup.PLANNED] if visit.day is not None]
    return ChainStatus(
        facts=facts,
        stage=_stage_of(facts, groups),
        counts={group: len(visits) for group, visits in groups.items()},
        results=count_results(_results(facts)),
        next_day=min(planned, default=None),
        steps=(*_draw_steps(facts), *_visit_steps(facts, groups, today)),
    )


def settle_month(facts: MonthFacts) -> tuple[Step, ...]:
    """Name what comes next in a month without a draw (STATUS-4); nothing in one that is over."""
    if facts.is_over:
        return ()
    empty = (
        (facts.has_entities, "entity", say("the entity registry is empty")),
        (facts.has_inspectors, "inspector", say("the inspector registry is empty")),
        (facts.has_matters, "matter", say("the list of matters is empty")),
        (facts.is_year_known, "workdays", say("the working days of {year} are not known", year=facts.period[:4])),
    )
    for is_there, noun, what in empty:
        if not is_there:
            return (Step(command=f"inspect-cli {noun} import FILE", what=what),)
    command = f"inspect-cli plan new {facts.period} -o plan-{facts.period}.toml"
    return (Step(command=command, what=say("nothing is committed yet: write the plan")),)


def settle_carried(period: Period, count: int) -> tuple[Step, ...]:
    """Name what comes next where ``count`` visits were carried over to a month with draws and stand in none of them (STATUS-7)."""
    if not count:
        return ()
    what = say(
        "visits carried over to {period} that are in no draw of it: {count}; plan another", period=period, count=count
    )
    return (Step(command=f"inspect-cli plan new {period} -o plan-{period}-more.toml", what=what),)


def is_next_month_due(period: Period, today: date, statuses: tuple[ChainStatus, ...], *, is_over: bool) -> bool:
    """Say whether the month after is looked at too (STATUS-5); ``is_over`` says that nothing more can be drawn in the month."""
    is_late = last_day(period) - today < LAST_DAYS
    return is_late or is_over or (bool(statuses) and all(status.stage is Stage.FINISHED for status in statuses))


def _stage_of(facts: ChainFacts, groups: Mapping[VisitGroup, list[VisitFacts]]) -> Stage:
    if not facts.has_result:
        if facts.has_seed:
            return Stage.SEEDED
        return Stage.SEEDABLE if all(source.is_known for source in facts.sources) else Stage.WAITING
    unended = (group for group in VisitGroup if group not in _ENDS.values())
    return Stage.UNDER_WAY if any(groups[group] for group in unended) else Stage.FINISHED


def _draw_steps(facts: ChainFacts) -> Iterator[Step]:
    """Name the newest draw's own step."""
    if facts.has_result:
        return
    command = draw_command(facts.newest, has_seed=facts.has_seed)
    awaited = [source for source in facts.sources if not source.is_known]
    if facts.has_seed:
        yield Step(command=command, what=say("the seed is known: draw"))
    elif not awaited:
        yield Step(command=command, what=say("the sources are known: enter their values"))
    else:
        if not facts.is_announced:
            notice = notice_command(facts.newest, "commitment")
            yield Step(command=notice, what=say("publish the commitment, before its sources are known"))
        latest = max(awaited, key=lambda source: parse_instant(source.at))
        what = say("wait for the source {name}, then enter what the sources say", name=latest.name)
        yield Step(command=command, what=what, not_before=latest.at)


def _visit_steps(facts: ChainFacts, groups: Mapping[VisitGroup, list[VisitFacts]], today: date) -> Iterator[Step]:
    """Name what the visits wait for, the most pressing first."""
    overdue, planned = groups[VisitGroup.OVERDUE], groups[VisitGroup.PLANNED]
    if overdue:
        yield _record_step(overdue)
    if facts.has_result and not facts.is_blocked:
        yield from _supplement_steps(facts, groups, today)
    for command, what in find_result_steps(facts.slot, _results(facts)):
        yield Step(command=command, what=what)
    if planned:
        day = min(visit.day for visit in planned if visit.day is not None)
        count = sum(visit.day == day for visit in planned)
        what = say("see who goes where: visits on {day}: {count}", day=day.isoformat(), count=count)
        yield Step(command=f"inspect-cli schedule show {facts.slot} --day {day.isoformat()}", what=what)


def _results(facts: ChainFacts) -> list[ResultFacts]:
    return [visit.result for visit in facts.visits if visit.result is not None]


def _record_step(overdue: list[VisitFacts]) -> Step:
    oldest = min(overdue, key=lambda visit: (str(visit.day), visit.entity))
    results = " ".join(f"--result {domain}=NUMBER" for domain in oldest.domains)
    return Step(
        # An id comes from a file of somebody else's, and the command is there to be copied into a shell.
        command=f"inspect-cli visit record {oldest.slot} {quote(oldest.entity)} {results}",
        what=say("results are overdue: {count}; the oldest is of {day}", count=len(overdue), day=str(oldest.day)),
    )


def _supplement_steps(facts: ChainFacts, groups: Mapping[VisitGroup, list[VisitFacts]], today: date) -> Iterator[Step]:
    """Name the way out for visits that have no team, or have lost it."""
    visits = (*groups[VisitGroup.OPEN], *groups[VisitGroup.HAMPERED])
    approval = "--approver NAME --reason CODE"
    if visits and today < facts.last_day:
        what = say("visits that are open or cannot be made as drawn: {count}; draw them again", count=len(visits))
        yield Step(command=f"inspect-cli draw supplement {facts.slot} --dice TIME {approval}", what=what)
    elif visits:
        what = say(
            "visits that are open or cannot be made as drawn: {count}; no day of the draw is left for them",
            count=len(visits),
        )
        named = " ".join(quote(visit.entity) for visit in visits)
        yield Step(command=f"inspect-cli visit carry-over {facts.slot} {named} {approval}", what=what)
