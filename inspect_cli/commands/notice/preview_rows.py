"""The rows and figures that ``notice preview`` shows of a notice: what would become public beside the companies that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.publish.matter_list import MattersView
from inspect_cli.core.publish.month_notice import MonthView
from inspect_cli.core.publish.plan_notice import PlanView, YearPlanView
from inspect_cli.core.publish.view import CommitmentView, DrawView, ResultView
from inspect_cli.core.visit.result import Label
from inspect_cli.language import current

if TYPE_CHECKING:
    from inspect_cli.core.publish.all_views import NoticeView

Rows = tuple[tuple[Label, ...], tuple[tuple[str, ...], ...]]
"""The heads of a table, and its rows."""

NUMBERS = {
    "base": Label(zh="基数（各领域之和）", en="base, over the domains"),
    "due": Label(zh="应抽取", en="due"),
    "allowances": Label(zh="经第二人批准仍参加抽取", en="in the frame by a second person's leave"),
    "visits": Label(zh="抽中检查对象", en="companies drawn"),
    "checks": Label(zh="实际检查（项次）", en="checks of a domain"),
    "drawn": Label(zh="抽中检查对象", en="companies drawn"),
    "approved": Label(zh="已审核结果", en="approved"),
    "awaiting": Label(zh="待审核", en="awaiting approval"),
    "planned": Label(zh="尚待检查", en="still to be visited"),
    "open": Label(zh="未能排定", en="without a day or a team"),
    "cancelled": Label(zh="已取消", en="cancelled"),
    "carried_over": Label(zh="转入以后月份", en="carried over"),
    "matters": Label(zh="抽查事项", en="matters"),
    "key_matters": Label(zh="其中重点事项", en="of them key matters"),
    "targets": Label(zh="年度比例和数量", en="ratios and quantities of the year"),
    "limits": Label(zh="频次限制", en="limits of visits"),
    "plans": Label(zh="抽查计划", en="plans"),
    "quantity": Label(zh="应抽取（户次）", en="checks that are due"),
    "done": Label(zh="已审核结果", en="results approved"),
    "late": Label(zh="逾期公示", en="published late"),
    "overdue": Label(zh="逾期未公示", en="late and not published"),
    "void": Label(zh="作废的抽取", en="void draws"),
}
"""What each number is called."""

_NUMBER = Label(zh="编号", en="number")
_MATTER = Label(zh="抽查事项", en="matter")
_DOMAIN = Label(zh="领域", en="domain")
_SLOT = Label(zh="抽查任务", en="slot")
_PLAN = Label(zh="计划名称", en="plan")
_PERIOD = Label(zh="检查期间", en="days")
_QUANTITY = Label(zh="应抽取", en="due")
_STRATUM = Label(zh="分层", en="stratum")
_RATIO = Label(zh="比例或数量", en="ratio or quantity")
_END = Label(zh="去向", en="what became of the visits")
_VISITS = Label(zh="户次", en="visits")


def count_numbers(view: NoticeView) -> tuple[tuple[str, int], ...]:
    """Count what a notice tells in numbers, by name."""
    match view:
        case CommitmentView():
            base, due = sum(line.base for line in view.domains), sum(line.due for line in view.domains)
            return (("base", base), ("due", due), ("allowances", view.allowances))
        case DrawView():
            return (("visits", view.visits), ("open", view.open), ("checks", view.checks))
        case ResultView():
            progress = view.progress
            return (
                ("drawn", progress.drawn),
                ("approved", progress.recorded),
                ("awaiting", progress.awaiting),
                ("planned", progress.planned),
                ("open", progress.open),
                ("cancelled", progress.cancelled),
                ("carried_over", progress.carried_over),
            )
        case _:
            return _count_periodic(view)


def _count_periodic(view: NoticeView) -> tuple[tuple[str, int], ...]:
    match view:
        case MattersView():
            key = sum(line.is_key for line in view.matters)
            return (("matters", len(view.matters)), ("key_matters", key), ("targets", len(view.targets)))
        case PlanView():
            return (("plans", len(view.plans)), ("quantity", sum(plan.quantity for plan in view.plans)))
        case YearPlanView():
            return (("targets", len(view.targets)), ("limits", len(view.limits)), ("matters", len(view.matters)))
        case MonthView():
            return (
                ("visits", view.visits),
                ("done", view.done),
                ("late", view.late),
                ("overdue", view.overdue),
                ("void", view.void),
            )
        case _:
            return ()


def list_rows(view: NoticeView) -> Rows:
    """List the rows of a notice that names no company by itself: matters, plans, targets, or what became of a month's visits."""
    match view:
        case MattersView():
            rows = ((line.id, line.name, line.domain.text(current())) for line in view.matters)
            return (_NUMBER, _MATTER, _DOMAIN), tuple(rows)
        case PlanView():
            plans = (
                (plan.slot, plan.name, f"{plan.first_day:%m-%d}–{plan.last_day:%m-%d}", str(plan.quantity))
                for plan in view.plans
            )
            return (_SLOT, _PLAN, _PERIOD, _QUANTITY), tuple(plans)
        case YearPlanView():
            targets = (
                (line.domain.text(current()), line.stratum.text(current()), line.ratio or str(line.quantity or ""))
                for line in view.targets
            )
            return (_DOMAIN, _STRATUM, _RATIO), tuple(targets)
        case MonthView():
            ends = ((line.end.text(current()), str(line.visits)) for line in view.ends)
            return (_END, _VISITS), tuple(ends)
        case _:
            return (), ()
