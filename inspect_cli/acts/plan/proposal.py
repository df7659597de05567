"""A month's plan proposed from the registries, an earlier plan, and the year's. Nothing is changed; the rules are in ``core.plan``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from inspect_cli.acts.plan.gathering import gather
from inspect_cli.acts.plan.year import YearQuestion, YearReport, read_year
from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.core.draw.promise import promise_values
from inspect_cli.core.period import first_day, last_day, month_after, month_of, year_of
from inspect_cli.core.plan.carry import carry_plan
from inspect_cli.core.plan.draft import (
    Draft,
    Registered,
    choose_source_day,
    draft_plan,
    plan_of,
    share_the_year,
    unnamed_shares,
)
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.plan import Share
from inspect_cli.core.plan.year.portion import Portion, months_left
from inspect_cli.core.workdays import working_days
from inspect_cli.errors import RefusedError, say
from inspect_cli.storage.registries import find_entities, find_matters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.names import Period
    from inspect_cli.core.plan.draft import DraftShare
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.plan.quota import StratumKey
    from inspect_cli.core.plan.year.progress import YearLine, YearPlan
    from inspect_cli.errors import Message
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalOrder:
    """For which month a plan is proposed, by which settings, on which day, and which plan is taken over, if any.

    ``sources`` stand in the place of those that would be proposed, where any are named.
    """

    period: Period
    bureau: Bureau
    today: date
    start: Plan | None = None
    sources: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposed plan, the year that it was proposed from, its portions, and what a person is told about it.

    ``portions`` is empty where no year plan stands.
    """

    draft: Draft
    report: YearReport
    portions: tuple[Portion, ...]
    told: tuple[Message, ...]


def propose_plan(store: Store, order: ProposalOrder) -> Proposal:
    """Propose a plan for a month; ``RefusedError`` when the registry is empty or the month is over."""
    with store.reading() as session:
        registered = _read_registered(session, order)
        draft = draft_plan(order.period, order.bureau, registered)
        told: tuple[Message, ...] = ()
        if order.start is not None:
            taken = carry_plan(order.start, draft, registered)
            draft, told = taken.draft, taken.told
        if order.sources:
            draft = replace(draft, sources=tuple(map(source_keys, order.sources)))
        question = YearQuestion(year=year_of(order.period), bureau=order.bureau, today=order.today)
        report = read_year(session, question)
        if report.plan is None:
            said = say("no plan of {year} is kept: the shares are not a year's portion", year=report.year)
            return Proposal(draft=draft, report=report, portions=(), told=(*told, said))
        lines = tuple(line for line in report.lines if line.target is not None)
        drawable = _count_drawable(session, order, replace(draft, strata=report.plan.strata), lines)
    months = months_left(report.plan, month_of(order.period))
    portions = tuple(
        Portion(line=line, months=months, drawable=drawable.get((line.domain, line.stratum or ""), 0)) for line in lines
    )
    others = () if order.start is None else unnamed_shares(draft, report.plan)
    return Proposal(
        draft=share_the_year(draft, report.plan, portions, others),
        report=report,
        portions=portions,
        told=(*told, *_tell(order, draft, report.plan, portions), *_tell_others(order.bureau, others)),
    )


def source_keys(promise: Promise) -> Mapping[str, object]:
    """Give a source's keys as a plan states them: of a drand round its time stands for its number."""
    return {key: value for key, value in promise_values(promise).items() if key != "round"}


def _read_registered(session: Session, order: ProposalOrder) -> Registered:
    period, today = order.period, order.today
    entities, matters = find_entities(session), find_matters(session)
    calendar = calendar_of(session)
    start = max(today, first_day(period) - timedelta(days=31))
    days = () if start > last_day(period) else working_days(calendar, start, last_day(period))
    source_day = choose_source_day(period, today, days)
    if source_day is None:
        raise RefusedError(
            say("{period} is over, or has no working day left after today", period=period),
            hint=say("plan a later month: inspect-cli plan new {period} -o FILE", period=month_after(period)),
        )
    if not entities:
        raise RefusedError(
            say("the entity registry is empty"), hint=say("import it first: inspect-cli entity import FILE")
        )
    return Registered(entities=entities, matters=matters, source_day=source_day)


def _count_drawable(
    session: Session, order: ProposalOrder, draft: Draft, lines: tuple[YearLine, ...]
) -> Mapping[StratumKey, int]:
    """Count who can be drawn this month by domain and stratum: the frame of a plan that would draw for every target says so."""
    shares = tuple(
        Share(domain=line.domain, stratum=line.stratum, number=0, allow_zero=True)
        for line in lines
        if line.stratum is not None
    )
    frame = build_frame(gather(session, plan_of(draft, shares=shares), order.bureau, order.today))
    return {(quota.domain, quota.stratum): quota.size for quota in frame.computed}


def _tell(order: ProposalOrder, draft: Draft, plan: YearPlan, portions: tuple[Portion, ...]) -> Iterator[Message]:
    """Say what is odd about the month's portions."""
    month = month_of(order.period)
    if month < plan.first_month:
        yield say("the plan of {year} begins in month {month}", year=plan.year, month=plan.first_month)
    if month > plan.last_month:
        yield say(
            "the plan of {year} was to be done by month {month}: all that is left is proposed",
            year=plan.year,
            month=plan.last_month,
        )
    if order.start is not None and draft.strata != plan.strata:
        yield say(
            "the strata are those of the plan of {year} ({strata}): shares that it does not name are left out",
            year=plan.year,
            strata=tuple(field.value for field in plan.strata),
        )
    for portion in portions:
        if portion.wanted > portion.drawable and portion.line.base:
            yield say(
                "{domain} {stratum}: {wanted} wanted, {drawable} can be drawn this month",
                domain=order.bureau.domain_term(portion.line.domain),
                stratum=portion.line.stratum,
                wanted=portion.wanted,
                drawable=portion.drawable,
            )
    if not any(portion.number for portion in portions):
        yield say("nothing is to be drawn this month by the plan of {year}: every number is 0", year=plan.year)


def _tell_others(bureau: Bureau, others: tuple[DraftShare, ...]) -> Iterator[Message]:
    """Name the shares of the plan that was taken over which the year plan does not name."""
    for share in others:
        yield say(
            "the year plan does not name {domain} {stratum}: its share stays as it was",
            domain=bureau.domain_term(share.domain),
            stratum=share.stratum,
        )
