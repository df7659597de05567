"""Queries of what stands beside a month's plan: year plans and allowances. What they mean is ``core.plan``'s matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.plan.allowance import Allowance
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import AllowanceRow, YearPlanRow

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.names import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlanRecord:
    """One version of a year's plan, as its file was read; from version 2 on ``reason`` says why it changed."""

    year: int
    version: int
    text: bytes
    reason: str | None


_YEAR_PLANS = Shelf(YearPlanRecord, YearPlanRow)
_ALLOWANCES = Shelf(Allowance, AllowanceRow)


def add_year_plan(session: Session, plan: YearPlanRecord) -> None:
    """Add a version of a year's plan; one that is there already breaks a constraint (``StoreError``)."""
    _YEAR_PLANS.add(session, (plan,))


def find_year_plans(session: Session, year: int) -> tuple[YearPlanRecord, ...]:
    """Find all versions of a year's plan, the one that stands last."""
    return _YEAR_PLANS.find_in_order(session, "version", _YEAR_PLANS.columns.year == year)


def add_allowance(session: Session, allowance: Allowance) -> None:
    """Add an allowance; one of the same period, entity and rule breaks a constraint (``StoreError``)."""
    _ALLOWANCES.add(session, (allowance,))


def find_allowances(session: Session, period: Period) -> tuple[Allowance, ...]:
    """Find the allowances for a period, sorted by entity and rule."""
    found = _ALLOWANCES.find(session, _ALLOWANCES.columns.period == period)
    return tuple(sorted(found, key=lambda one: (one.entity, one.rule)))
