"""The year to date as tables and as data: for ``plan year``, ``plan new`` and ``plan check``. The keys are listed in ``docs/json.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.console import Column, Tone
from inspect_cli.errors import say
from inspect_cli.language import _, translate

if TYPE_CHECKING:
    from inspect_cli.acts.plan.year import YearReport
    from inspect_cli.acts.plan.year_ahead import YearAhead
    from inspect_cli.console import Console
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.plan.year.portion import Afterwards, Portion
    from inspect_cli.core.plan.year.progress import YearLine


def show_lines(console: Console, bureau: Bureau, report: YearReport, language: str) -> None:
    """Print how far the year has come."""
    columns = [
        Column(title=_("domain"), is_key=True),
        Column(title=_("stratum")),
        *(
            Column(title=title, is_number=True)
            for title in (
                _("base"),
                _("target"),
                _("drawn"),
                _("recorded"),
                _("pending"),
                _("beside"),
                _("left"),
            )
        ),
    ]
    rows = [
        (
            bureau.domain_label(one.domain, language),
            _stratum(one),
            str(one.base),
            _number(one.target),
            str(one.drawn),
            str(one.recorded),
            str(one.committed),
            str(one.beside),
            _number(one.left),
        )
        for one in report.lines
    ]
    console.show_table(translate(say("The year {year} to date", year=report.year)), columns, rows)


def show_portions(console: Console, bureau: Bureau, portions: tuple[Portion, ...], language: str) -> None:
    """Print what a month should draw of what is left."""
    columns = [
        Column(title=_("domain"), is_key=True),
        Column(title=_("stratum")),
        *(
            Column(title=title, is_number=True)
            for title in (_("target"), _("done"), _("left"), _("can be drawn"), _("number"))
        ),
    ]
    rows = [
        (
            bureau.domain_label(one.line.domain, language),
            _stratum(one.line),
            _number(one.line.target),
            str(one.line.done),
            _number(one.line.left),
            str(one.drawable),
            str(one.number),
        )
        for one in portions
    ]
    total = (_("all"), "", *(str(sum(column)) for column in _columns(portions)))
    title = say("The month's portion of the year; months left: {months}", months=portions[0].months)
    console.show_table(translate(title), columns, [*rows, total])


def show_ahead(console: Console, bureau: Bureau, ahead: YearAhead, language: str) -> None:
    """Print how the year stands after a plan, and which targets are out of reach."""
    lines = [one for one in ahead.lines if one.line.target is not None or one.take or one.line.done]
    columns = [
        Column(title=_("domain"), is_key=True),
        Column(title=_("stratum")),
        *(
            Column(title=title, is_number=True)
            for title in (_("target"), _("done"), _("this plan"), _("then done"), _("then left"))
        ),
    ]
    rows = [
        (
            bureau.domain_label(one.line.domain, language),
            _stratum(one.line),
            _number(one.line.target),
            str(one.line.done),
            str(one.take),
            str(one.done),
            _number(one.left),
        )
        for one in lines
    ]
    title = say("The year {year} after this plan; months left then: {months}", year=ahead.year, months=ahead.months)
    console.show_table(translate(title), columns, rows)
    lost = tuple(
        say(
            "{domain} {stratum} ({left} left, {reach} possible)",
            domain=bureau.domain_term(one.line.domain),
            stratum=_stratum(one.line),
            left=one.left,
            reach=one.reach,
        )
        for one in lines
        if one.is_out_of_reach
    )
    if lost:
        warning = say(
            "Note: these targets of the year are out of reach of the months behind this plan: {targets}", targets=lost
        )
        console.show_line(warning, Tone.BAD)
    console.show_line()


def line_data(line: YearLine) -> dict[str, Any]:
    """Give one line of the year to date; a stratum of null sums up those that the year plan does not name."""
    return {
        "domain": line.domain,
        "stratum": line.stratum,
        "base": line.base,
        "target": line.target,
        "drawn": line.drawn,
        "recorded": line.recorded,
        "committed": line.committed,
        "checked_beside": line.beside,
        "left": line.left,
    }


def ahead_data(ahead: YearAhead) -> dict[str, Any]:
    """Give how the year stands after a plan."""
    return {
        "year": ahead.year,
        "months_left_after": ahead.months,
        "lines": [_afterwards_data(one) for one in ahead.lines],
    }


def _afterwards_data(one: Afterwards) -> dict[str, Any]:
    return line_data(one.line) | {
        "this_plan": one.take,
        "left_after": one.left,
        "reach": one.reach,
        "out_of_reach": one.is_out_of_reach,
    }


def _columns(portions: tuple[Portion, ...]) -> list[list[int]]:
    """Give the columns of numbers, to be added up."""
    return [
        [one.line.target or 0 for one in portions],
        [one.line.done for one in portions],
        [one.line.left or 0 for one in portions],
        [one.drawable for one in portions],
        [one.number for one in portions],
    ]


def _stratum(line: YearLine) -> str:
    return _("other") if line.stratum is None else line.stratum


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)
