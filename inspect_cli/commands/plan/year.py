"""``plan year``: the year's plan that stands and how far it has come; writing one, and having one kept."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.plan.year import (
    YearOrder,
    YearQuestion,
    find_standing_plan,
    keep_year_plan,
    propose_year,
    read_year,
)
from inspect_cli.command_line import Command, force_option, json_option
from inspect_cli.commands.plan.year_screen import line_data, show_lines
from inspect_cli.console import Column, Console
from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.quota import render_ratio
from inspect_cli.core.plan.year.portion import months_left
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import SETTINGS_LIMIT, read_bureau
from inspect_cli.files.intake.encoding import read_outside
from inspect_cli.files.output import write_output
from inspect_cli.files.year_template import render_year_plan
from inspect_cli.language import _, join_words, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.plan.year import YearReport
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.plan.year.progress import Target
    from inspect_cli.errors import Message

_FIELDS = {
    StratumField.RISK_CLASS: say("risk class"),
    StratumField.ZONE: say("zone"),
    StratumField.INDUSTRY: say("industry"),
}


@click.command(cls=Command)
@click.argument("year", type=click.IntRange(1900, 2999), help="The year.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the year's plan to a file."
)
@click.option("--file", type=click.Path(path_type=Path), metavar="FILE", help="Keep this file as the year's plan.")
@click.option("--reason", metavar="TEXT", help="Why the plan that stands is changed.")
@force_option
@json_option
@click.pass_obj
def year(
    app: App, year: int, output: Path | None, file: Path | None, reason: str | None, force: bool, as_json: bool
) -> None:
    """Show the year's plan and how far the year has come; write it to a file, or keep one.

    With -o the plan that stands is written, or a proposal from the registry where none stands. With --file a plan is kept;
    the first one needs no reason, a change does. plan new proposes each month's numbers from it.

    \b
    Example:
      inspect-cli plan year 2027 -o year-2027.toml
      inspect-cli --as NAME plan year 2027 --file year-2027.toml
      inspect-cli plan year 2027
    """
    if output is not None and file is not None:
        raise UsageMistake(
            say("-o and --file do not go together"),
            hint=say("write the plan with -o, edit it, then keep it with --file"),
        )
    if reason is not None and file is None:
        raise UsageMistake(say("--reason goes with --file"), hint=say("name the plan that is to be kept: --file FILE"))
    bureau = read_bureau(app.config)
    if output is not None:
        with Store.open(app.store_url).reading() as session:
            standing = find_standing_plan(session, year)
        # What stands is written byte for byte.
        data = standing.text if standing else _propose(app, bureau, year)
        _show_written(app, output, is_new=write_output(output, data, overwrite=force))
        values = {"year": year, "path": quote(str(output))}
        Console(language=app.language).show_note(
            say("next: change it, then inspect-cli plan year {year} --file {path} --reason TEXT", **values)
            if standing
            else say("next: look it through, then inspect-cli plan year {year} --file {path}", **values)
        )
    elif file is not None:
        data = read_outside(file, SETTINGS_LIMIT)
        _keep(app, YearOrder(bureau=bureau, year=year, data=data, file=file.name, reason=reason), as_json=as_json)
    else:
        with Store.open(app.store_url).reading() as session:
            report = read_year(session, YearQuestion(year=year, bureau=bureau, today=app.today))
        console = Console(language=app.language)
        if as_json:
            console.show_json(_report_data(app, report))
        else:
            _show_report(app, console, bureau, report)


def _keep(app: App, order: YearOrder, *, as_json: bool) -> None:
    kept, console = keep_year_plan(Store.open(app.store_url), app.actor(), order), Console(language=app.language)
    year, version = order.year, kept.record.version
    if as_json:
        console.show_json({"year": year, "version": version, "new": kept.is_new})
    else:
        console.show_line(
            say("kept: the plan of {year}, version {version}", year=year, version=version)
            if kept.is_new
            else say("the plan of {year} is kept already, as version {version}", year=year, version=version)
        )
        console.show_note(say("next: inspect-cli plan year {year} shows how far the year has come", year=year))


def _show_written(app: App, output: Path, *, is_new: bool) -> None:
    done = (
        say("wrote the plan {path}", path=str(output))
        if is_new
        else say("the plan is there already: {path}", path=str(output))
    )
    Console(language=app.language).show_line(done)


def _propose(app: App, bureau: Bureau, year: int) -> bytes:
    return render_year_plan(propose_year(Store.open(app.store_url), bureau, year, app.today), translate).encode()


def _months(app: App, report: YearReport) -> int | None:
    """Tell how many months are left, today's included; none once the year is over, None without a plan."""
    if report.plan is None:
        return None
    if report.year < app.today.year:
        return 0
    return months_left(report.plan, app.today.month if report.year == app.today.year else report.plan.first_month)


def _show_report(app: App, console: Console, bureau: Bureau, report: YearReport) -> None:
    plan, record = report.plan, report.record
    if plan is None or record is None:
        console.show_line(say("no plan of {year} is kept", year=report.year))
    else:
        pairs: list[tuple[str, Message | str]] = [
            (_("plan"), say("{year}, version {version}", year=report.year, version=record.version)),
            (_("months"), say("{first} to {last}", first=plan.first_month, last=plan.last_month)),
            (_("months left"), str(_months(app, report))),
            (_("strata"), join_words(_FIELDS[field] for field in plan.strata)),
        ]
        if record.reason is not None:
            pairs.append((_("reason of this version"), record.reason))
        console.show_pairs(pairs)
        console.show_line()
        columns = [
            Column(title=_("domain"), is_key=True),
            Column(title=_("stratum")),
            Column(title=_("ratio or number"), is_number=True),
            Column(title=_("basis"), is_wrapped=True),
        ]
        rows = [
            (bureau.domain_label(one.domain, app.language), one.stratum, _aim(one), one.basis) for one in plan.targets
        ]
        console.show_table(_("Targets"), columns, rows)
    console.show_line()
    show_lines(console, bureau, report, app.language)
    if plan is None:
        example = f"year-{report.year}.toml"
        console.show_note(say("next: inspect-cli plan year {year} -o {path}", year=report.year, path=example))


def _aim(target: Target) -> str:
    return str(target.number) if target.ratio is None else render_ratio(target.ratio)


def _report_data(app: App, report: YearReport) -> dict[str, Any]:
    plan, record = report.plan, report.record
    stands = None
    if plan is not None and record is not None:
        stands = {
            "version": record.version,
            "reason": record.reason,
            "first_month": plan.first_month,
            "last_month": plan.last_month,
            "strata": [field.value for field in plan.strata],
            "targets": [_target_data(target) for target in plan.targets],
        }
    return {
        "year": report.year,
        "plan": stands,
        "months_left": _months(app, report),
        "to_date": [line_data(line) for line in report.lines],
    }


def _target_data(target: Target) -> dict[str, Any]:
    aim = {"number": target.number} if target.ratio is None else {"ratio": target.ratio}
    return {"domain": target.domain, "stratum": target.stratum} | aim | {"basis": target.basis}
