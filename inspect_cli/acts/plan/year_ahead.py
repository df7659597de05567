"""How the year stands once a month's plan is drawn, for ``plan check``. The rules are in ``core.plan.year.progress``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.plan.year import YearQuestion, read_year
from inspect_cli.core.period import month_of, year_of
from inspect_cli.core.plan.stratum import CARRIED_OVER, project_stratum
from inspect_cli.core.plan.year.portion import Afterwards, look_ahead

if TYPE_CHECKING:
    from inspect_cli.acts.plan.check import PlanCheck
    from inspect_cli.core.plan.year.count import YearKey
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAhead:
    """The year after a plan: ``months`` are left behind the plan's month, up to the year plan's last."""

    year: int
    months: int
    lines: tuple[Afterwards, ...]


def look_ahead_of(store: Store, check: PlanCheck) -> YearAhead | None:
    """Tell how the year stands after a plan that was explained; None where no year plan stands. Its own draw is not counted twice."""
    gathered, plan = check.gathered, check.gathered.plan
    year = year_of(plan.period)
    question = YearQuestion(year=year, bureau=gathered.bureau, today=gathered.today, aside=plan.text)
    with store.reading() as session:
        report = read_year(session, question)
    if report.plan is None:
        return None
    takes: Counter[YearKey] = Counter()
    for quota in check.frame.computed:
        if quota.stratum != CARRIED_OVER:
            stratum = project_stratum(quota.stratum, plan.strata, report.plan.strata)
            takes[quota.domain, stratum] += quota.take
    months = max(0, report.plan.last_month - month_of(plan.period))
    lines = look_ahead(report.lines, takes, months, gathered.bureau)
    return YearAhead(year=year, months=months, lines=lines)
