"""A year's plan of the small township, and draws of two of its months, on their way as the acts would bring them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.plan.year import YearOrder, keep_year_plan
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.storage.visits import (
    OutcomeRecord,
    VisitRecord,
    add_outcomes,
    add_visit_changes,
    find_visits,
    update_visit,
)
from tests.small_month import APPROVER, BUREAU, OPERATOR, VALUES, actor_on, make_order, plan_text

if TYPE_CHECKING:
    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.storage.engine import Store

BASIS: Final = "示例镇年度抽查工作计划"


def year_text(*, labour: str = 'ratio = "100%"', safety: str = 'ratio = "50%"', head: str = "") -> str:
    """Write a plan of 2026, January to December: all for labour, half for safety."""
    return f"""year = 2026
first_month = 1
last_month = 12
{head}
[[target]]
domain = "labour"
stratum = "A"
{labour}
basis = "{BASIS}"

[[target]]
domain = "safety"
stratum = "A"
{safety}
basis = "{BASIS}"
"""


def keep_year(store: Store, text: str | None = None) -> None:
    """Keep the year's plan."""
    order = YearOrder(bureau=BUREAU, year=2026, data=(text or year_text()).encode(), file="year-2026.toml")
    keep_year_plan(store, actor_on("2026-01-05"), order)


def month_text(period: str, *, labour: int = 3, safety: int = 1, head: str = "") -> str:
    """Write a plan for a month that draws three for labour and one for safety."""
    source = _source_day(period)
    text = plan_text(labour=labour, safety=safety, head=head)
    return (
        text.replace("2026-12", period)
        .replace("2026年12月", f"{period[:4]}年{int(period[5:])}月")
        .replace("2026-11-30", source)
    )


def commit_month(store: Store, period: str, text: str | None = None) -> Slot:
    """Commit a plan for a month in good time."""
    day = date.fromisoformat(_source_day(period)) - timedelta(days=7)
    return draw.commit(store, actor_on(day.isoformat()), make_order(text or month_text(period))).draw.slot


def draw_month(store: Store, period: str, text: str | None = None) -> Slot:
    """Bring a month's plan to its result."""
    slot, day = commit_month(store, period, text), _source_day(period)
    draw.keep_values(store, actor_on(day), draw.SeedOrder(bureau=BUREAU, slot=slot, values=VALUES))
    draw.run(store, actor_on(day, "11:00"), draw.RunOrder(bureau=BUREAU, slot=slot))
    return slot


def record(store: Store, slot: Slot, entity: EntityId, *domains: str) -> None:
    """Record a result for each of these domains of a visit."""
    with store.transaction() as session:
        visit = _visit(store, slot, entity)
        day = visit.day or date(2026, 12, 1)
        add_outcomes(
            session,
            (
                OutcomeRecord(
                    slot=slot,
                    entity=entity,
                    domain=domain,  # type: ignore[arg-type]
                    result_class=1,
                    method="on-site",
                    finding=None,
                    follow_up=None,
                    visited_on=day,
                    recorded_by=OPERATOR,
                )
                for domain in domains
            ),
        )
        update_visit(
            session,
            VisitRecord(slot=slot, entity=entity, day=visit.day, open_reason=None, state=VisitState.RECORDED),
        )


def end(store: Store, slot: Slot, entity: EntityId, to_period: Period | None = None) -> None:
    """End a visit without a result: carried over to a period, or cancelled."""
    change = VisitChange(
        slot=slot,
        entity=entity,
        kind=ChangeKind.CANCELLED if to_period is None else ChangeKind.CARRIED_OVER,
        clock="2026-11-30T10:00:00+08:00",
        day=date(2026, 11, 30),
        actor=OPERATOR,
        approver=APPROVER,
        reason="closed for repairs",
        from_day=_visit(store, slot, entity).day,
        to_period=to_period,
    )
    with store.transaction() as session:
        add_visit_changes(session, (change,))


def _visit(store: Store, slot: Slot, entity: EntityId) -> VisitRecord:
    with store.reading() as session:
        return next(visit for visit in find_visits(session, slot) if visit.entity == entity)


def _source_day(period: str) -> str:
    """Give the day before a month, on which its dice are rolled."""
    return (date.fromisoformat(f"{period}-01") - timedelta(days=1)).isoformat()
