"""``year-2027.toml``, a year's plan, read strictly: what is wrong with it is told all at once, each with its key.

What its targets mean is ``core.plan.year.progress``'s matter; writing a first one is ``year_template``'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.plan.quota import ANY_STRATUM
from inspect_cli.core.plan.year.progress import Target, YearPlan
from inspect_cli.errors import say
from inspect_cli.files.plan_file import MOST, read_domain, read_ratio, read_strata
from inspect_cli.files.toml_table import read_table

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.files.toml_table import Table

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_MONTHS = 12


def parse_year_plan(data: bytes, file: str, bureau: Bureau) -> YearPlan:
    """Parse a year's plan; ``InputError`` with all mistakes, each with its key."""
    known = tuple(label.domain for label in bureau.domains)
    return read_table(data, file, lambda table: _read_plan(table, file, known))


def _read_plan(table: Table, file: str, known: tuple[Domain, ...]) -> YearPlan:
    first = table.whole("first_month", 1, _MONTHS)
    last = table.whole("last_month", 1, _MONTHS)
    if last < first:
        table.note("last_month", say("the last month is before the first"), say("write months as 1 to 12"))
    plan = YearPlan(
        year=table.whole("year", _FIRST_YEAR, _LAST_YEAR),
        first_month=first,
        last_month=last,
        strata=read_strata(table),
        targets=_read_targets(table, known),
        file=file,
    )
    table.close()
    return plan


def _read_targets(file: Table, known: tuple[Domain, ...]) -> tuple[Target, ...]:
    targets: list[Target] = []
    for table in file.tables("target"):
        domain, stratum = read_domain(table, known), table.text("stratum", ANY_STRATUM)
        if any((target.domain, target.stratum) == (domain, stratum) for target in targets):
            what = say("another target is for {domain} {stratum} already", domain=domain, stratum=stratum)
            table.note("stratum", what, say("keep one of them"))
        targets.append(
            Target(
                domain=domain,
                stratum=stratum,
                basis=table.text("basis"),
                ratio=read_ratio(table) if table.has("ratio") else None,
                number=table.whole("number", 0, MOST) if table.has("number") else None,
            )
        )
        if table.has("ratio") == table.has("number"):
            table.note(
                "ratio",
                say("a target has a ratio or a number, one of the two"),
                say('write ratio = "0.05" or number = 10'),
            )
        table.close()
    if not targets:
        file.note(
            "target",
            say("a year plan has at least one target"),
            say("begin a target with a line of its own: [[target]]"),
        )
    return tuple(targets)
