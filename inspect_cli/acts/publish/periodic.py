"""Gathering what a notice shows that is about a day, a month or a year: the list of matters, a plan, a month's statistics.

Nothing is changed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from inspect_cli.acts.draw.chains import find_chains
from inspect_cli.acts.plan.year import find_standing_plan
from inspect_cli.acts.publish.month_numbers import count_period, find_pending, find_void
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.names import Period
from inspect_cli.core.period import last_day, month_of, year_of
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.matter_list import MattersView, view_matters
from inspect_cli.core.publish.month_notice import CountedMonth, MonthView, view_month
from inspect_cli.core.publish.plan_notice import (
    KeptYear,
    PlannedDraw,
    PlanView,
    YearPlanView,
    view_plan,
    view_year_plan,
)
from inspect_cli.errors import RefusedError, say
from inspect_cli.files.plan_file import parse_plan
from inspect_cli.files.year_file import parse_year_plan
from inspect_cli.storage.registries import find_matters

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.plan.year.progress import YearPlan
    from inspect_cli.core.publish.all_views import NoticeView
    from inspect_cli.core.publish.issued import Subject
    from inspect_cli.storage.plans import YearPlanRecord

_YEAR_LENGTH = 4


def gather_periodic(session: Session, bureau: Bureau, subject: Subject) -> NoticeView:
    """Gather the view of a notice that is not about one draw.

    ``RefusedError`` where there is nothing to show yet, ``InputError`` where the settings lost a domain of a plan, ``ValueError`` for a
    notice of a draw or of a change.
    """
    if subject.period is None:
        raise ValueError(subject)
    match subject.kind:
        case NoticeKind.MATTERS:
            return _gather_matters(session, bureau, subject.period)
        case NoticeKind.PLAN if len(subject.period) == _YEAR_LENGTH:
            return _gather_year_plan(session, bureau, int(subject.period))
        case NoticeKind.PLAN:
            return _gather_plan(session, bureau, Period(subject.period))
        case NoticeKind.STATISTICS:
            return _gather_month(session, bureau, subject)
        case NoticeKind.COMMITMENT | NoticeKind.DRAW | NoticeKind.RESULT | NoticeKind.CHANGE:
            raise ValueError(subject)
        case _:
            assert_never(subject.kind)


def _gather_matters(session: Session, bureau: Bureau, period: str) -> MattersView:
    year = int(period[:_YEAR_LENGTH])
    record = find_standing_plan(session, year)
    plan = None if record is None else _parse_year(record, bureau)
    view = view_matters(bureau, period, find_matters(session, include_retired=True), plan)
    if not view.matters:
        raise RefusedError(
            say("no matter is on the list of {period}", period=period),
            hint=say("see the list with inspect-cli matter list, or import it: inspect-cli matter import FILE"),
        )
    return view


def _gather_year_plan(session: Session, bureau: Bureau, year: int) -> YearPlanView:
    record = find_standing_plan(session, year)
    if record is None:
        raise RefusedError(
            say("no plan of {year} is kept", year=year),
            hint=say("keep it first: inspect-cli plan year {year} --file FILE", year=year),
        )
    matters = find_matters(session, include_retired=True)
    kept = KeptYear(plan=_parse_year(record, bureau), version=record.version, text=record.text, matters=matters)
    return view_year_plan(bureau, kept)


def _parse_year(record: YearPlanRecord, bureau: Bureau) -> YearPlan:
    return parse_year_plan(record.text, f"year-{record.year}.toml", bureau)


def _gather_plan(session: Session, bureau: Bureau, period: Period) -> PlanView:
    firsts = [chain.first for chain in find_chains(session, period)]
    if not firsts:
        raise RefusedError(
            say("no plan of {period} is committed", period=period),
            hint=say("commit it first: inspect-cli draw commit FILE"),
        )
    draws = tuple(
        PlannedDraw(commitment=parse_commitment(first.commitment), plan=parse_plan(first.plan, first.slot, bureau))
        for first in firsts
    )
    return view_plan(bureau, period, draws)


def _gather_month(session: Session, bureau: Bureau, subject: Subject) -> MonthView:
    period = Period(subject.period or "")
    as_of = subject.as_of or last_day(period)
    now = count_period(session, bureau, period, as_of)
    if now is None:
        raise RefusedError(
            say("nothing of {period} is drawn yet", period=period),
            hint=say("see where the month stands with: inspect-cli status"),
        )
    before = Period(f"{year_of(period) - 1:04}-{month_of(period):02}")
    return view_month(
        bureau,
        CountedMonth(
            period=period,
            period_before=before,
            as_of=as_of,
            now=now,
            before=count_period(session, bureau, before, as_of),
            void=find_void(session, period),
            pending=find_pending(session, period),
        ),
    )
