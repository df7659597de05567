"""What the public may see of a month as a whole (月度通报), and making that of its counts. The counting is ``core.report.month``'s matter.

Rules:

PUBLISH-20  A month's statistics are numbers: no company, person, finding or day of a visit. Every drawn visit stands in exactly one line
            (MONTH-1), and each rate beside the two numbers that it is of.
PUBLISH-21  In time (公示率): of the results that are published, or whose last day is past on the day of the statistics, those that were
            published by their last day. What is late counts, whether it was published since or not (DUE-8). What was published while
            its last day is not known counts in neither number, and is told besides.
PUBLISH-22  Beside the month stands the same month of the year before, where the store has draws of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.further import notice_month
from inspect_cli.core.publish.labels import label_domain
from inspect_cli.core.publish.lines import ClassLine
from inspect_cli.core.publish.matter_list import plain_head
from inspect_cli.core.report.month import MonthEnd, Rate
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Period
    from inspect_cli.core.publish.deadline import Punctuality
    from inspect_cli.core.publish.lines import Month
    from inspect_cli.core.publish.view import PlainHead
    from inspect_cli.core.report.month import DomainCount, DrawCount, MonthCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLine:
    """How many drawn visits stand where ``end`` says."""

    end: Label
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainClassLine:
    """How many checks of a domain have a class as their result."""

    domain: Label
    number: int
    result: Label
    checks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDomainLine:
    """One domain over the month's draws: base, due, drawn, checked in force, and with an approved result."""

    domain: Label
    base: int
    due: int
    drawn: int
    checked: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """How many follow-ups stand in a state."""

    state: Label
    checks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLine:
    """A rate, what it is of, and its two numbers; ``percent`` is "—" of nothing."""

    name: Label
    formula: Label
    part: int
    whole: int
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    """A number or a rate of the month, the same of the year before, and the difference (of rates in points), as they are written."""

    name: Label
    now: str
    before: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """Notice ⑦, a month's statistics (月度通报).

    ``visits`` are all that were drawn and the sum of ``ends``; ``in_force`` of these all that no supplement drew again. ``void`` draws
    and ``pending`` ones (committed, not drawn) count in nothing else. ``late`` are results that were published late, ``overdue`` those
    that are late and not published on the day ``as_of``, ``undated`` those published while their last day is not known. ``unfollowed``
    are results after which nothing follows. ``alone`` and ``spared`` as MONTH-7. ``compared`` is empty where the store has no such month.
    """

    head: PlainHead
    month: Month
    before: Month
    as_of: date
    draws: tuple[DrawCount, ...]
    void: int
    pending: int
    due: int
    drawn: int
    visits: int
    in_force: int
    done: int
    late: int
    overdue: int
    undated: int
    ends: tuple[EndLine, ...]
    domains: tuple[MonthDomainLine, ...]
    classes: tuple[ClassLine, ...]
    domain_classes: tuple[DomainClassLine, ...]
    follow_ups: tuple[FollowUpLine, ...]
    unfollowed: int
    rates: tuple[RateLine, ...]
    alone: int
    spared: int
    compared: tuple[ComparedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthNumbers:
    """What was counted of a month, and how punctually its results were published."""

    counts: MonthCounts
    punctuality: Punctuality

    @property
    def rates(self) -> tuple[tuple[Label, Rate], ...]:
        """Give the month's rates by their names."""
        in_time = Rate(part=self.punctuality.in_time, whole=self.punctuality.due)
        return (
            (COMPLETED, self.counts.completed),
            (IN_TIME, in_time),
            (CLOSED, self.counts.closed),
            (COMBINED, self.counts.combined),
        )

    @property
    def numbers(self) -> tuple[tuple[Label, int], ...]:
        """Give the numbers by which a month is compared, by their names."""
        return (
            (DUE, self.counts.due),
            (DRAWN, self.counts.drawn),
            (IN_FORCE, self.counts.in_force),
            (DONE, self.counts.done),
            (SPARED, self.counts.spared),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedMonth:
    """A month on a day, and the same month of the year before (None: the store has no draw of it)."""

    period: Period
    period_before: Period
    as_of: date
    now: MonthNumbers
    before: MonthNumbers | None = None
    void: int = 0
    pending: int = 0


NOTHING: Final = "—"
"""Stands for a rate of nothing."""
COMPLETED: Final = Label(zh="完成率", en="completed")
IN_TIME: Final = Label(zh="公示率", en="in time")
CLOSED: Final = Label(zh="完结率", en="closed")
COMBINED: Final = Label(zh="联合率", en="combined")
_FORMULAS: Final = {
    COMPLETED: Label(zh="已公示的检查结果 ÷ 抽中户次", en="results published ÷ visits in force"),
    IN_TIME: Label(zh="按期公示的检查结果 ÷ 应当公示的检查结果", en="results published in time ÷ results due"),
    CLOSED: Label(zh="后续处置全部完结的检查结果 ÷ 已公示的检查结果", en="results all closed ÷ results published"),
    COMBINED: Label(zh="涉及两个以上领域的检查 ÷ 抽中户次", en="visits of several domains ÷ visits in force"),
}
DUE: Final = Label(zh="应抽取（户次）", en="due")
DRAWN: Final = Label(zh="实抽取（户次）", en="drawn")
IN_FORCE: Final = Label(zh="抽中户次", en="visits in force")
DONE: Final = Label(zh="已有审核结果（户次）", en="results approved")
SPARED: Final = Label(zh="减少上门（户次）", en="visits spared")


def view_month(bureau: Bureau, month: CountedMonth) -> MonthView:
    """Make the view of notice ⑦ (PUBLISH-20 to PUBLISH-22)."""
    counts = month.now.counts
    return MonthView(
        head=plain_head(bureau),
        month=notice_month(month.period),
        before=notice_month(month.period_before),
        as_of=month.as_of,
        draws=counts.draws,
        void=month.void,
        pending=month.pending,
        due=counts.due,
        drawn=counts.drawn,
        visits=counts.visits,
        in_force=counts.in_force,
        done=counts.done,
        late=month.now.punctuality.late,
        overdue=month.now.punctuality.open_late,
        undated=month.now.punctuality.undated,
        ends=tuple(EndLine(end=end.label, visits=counts.ends[end]) for end in MonthEnd),
        domains=tuple(_view_domain(one, bureau) for one in counts.domains),
        classes=tuple(
            ClassLine(number=each.value, result=each.label, companies=count) for each, count in counts.classes
        ),
        domain_classes=tuple(
            DomainClassLine(domain=label_domain(bureau, one.domain), number=each.value, result=each.label, checks=count)
            for one in counts.domains
            for each, count in one.results
        ),
        follow_ups=tuple(
            FollowUpLine(state=state.label, checks=count) for state, count in counts.follow_ups.items() if count
        ),
        unfollowed=counts.unfollowed,
        rates=tuple(
            RateLine(
                name=name,
                formula=_FORMULAS[name],
                part=rate.part,
                whole=rate.whole,
                percent=render_percent(rate.tenths),
            )
            for name, rate in month.now.rates
        ),
        alone=counts.alone,
        spared=counts.spared,
        compared=() if month.before is None else _compare(month.now, month.before),
    )


def render_percent(tenths: int | None) -> str:
    """Write tenths of a percent: 833 is 83.3%; None is a rate of nothing."""
    return NOTHING if tenths is None else f"{tenths // 10}.{tenths % 10}%"


def _view_domain(count: DomainCount, bureau: Bureau) -> MonthDomainLine:
    return MonthDomainLine(
        domain=label_domain(bureau, count.domain),
        base=count.base,
        due=count.due,
        drawn=count.drawn,
        checked=count.checked,
        done=count.done,
    )


def _compare(now: MonthNumbers, before: MonthNumbers) -> tuple[ComparedLine, ...]:
    """Set a month beside another, line by line."""
    numbers = (
        ComparedLine(name=name, now=str(one), before=str(other), change=f"{one - other:+d}")
        for (name, one), (_, other) in zip(now.numbers, before.numbers, strict=True)
    )
    rates = (_compare_rates(name, one, other) for (name, one), (_, other) in zip(now.rates, before.rates, strict=True))
    return (*numbers, *rates)


def _compare_rates(name: Label, now: Rate, before: Rate) -> ComparedLine:
    return ComparedLine(
        name=name,
        now=render_percent(now.tenths),
        before=render_percent(before.tenths),
        change=NOTHING if now.tenths is None or before.tenths is None else _render_points(now.tenths - before.tenths),
    )


def _render_points(tenths: int) -> str:
    """Write a difference of rates in points: -25 is -2.5."""
    sign = "-" if tenths < 0 else "+"
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"
