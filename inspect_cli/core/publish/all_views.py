"""Every view that a public notice is rendered from, and what all of them are given alike: number, day, and later versions.

What does not live here: the views themselves (``view``, ``change_view``, and a module for each notice that is about a time).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.publish.change_view import ChangeView, WithdrawnView
    from inspect_cli.core.publish.matter_list import MattersView
    from inspect_cli.core.publish.month_notice import MonthView
    from inspect_cli.core.publish.plan_notice import PlanView, YearPlanView
    from inspect_cli.core.publish.view import Amendment, CommitmentView, DrawView, ResultView

PeriodicView: TypeAlias = "MattersView | PlanView | YearPlanView | MonthView"
"""What is about a day, a month or a year, and not about one draw."""
NoticeView: TypeAlias = "CommitmentView | DrawView | ResultView | ChangeView | WithdrawnView | PeriodicView"


def sign_view(view: NoticeView, number: str, day: date) -> NoticeView:
    """Give a view the document number and the day of publication."""
    head: Any = replace(view.head, number=number, signed=day)
    return replace(view, head=head)


def amend_view(view: NoticeView, amendments: tuple[Amendment, ...]) -> NoticeView:
    """Tell in a view what made later versions of its notice."""
    head: Any = replace(view.head, amendments=amendments)
    return replace(view, head=head)
