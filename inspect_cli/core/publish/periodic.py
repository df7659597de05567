"""The views of the notices that are about a month or a year, and not about one draw."""

from __future__ import annotations

from typing import TypeAlias

from inspect_cli.core.publish.matter_list import MattersView
from inspect_cli.core.publish.month_notice import MonthView
from inspect_cli.core.publish.plan_notice import PlanView, YearPlanView

PeriodicView: TypeAlias = MattersView | PlanView | YearPlanView | MonthView
