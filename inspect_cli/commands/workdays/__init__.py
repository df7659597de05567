"""``workdays``: which days of a month are worked and on which nobody is visited, and the import of a year's notice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

import click

from inspect_cli.acts.registry.calendar import NoticeOrder, calendar_of, import_notice
from inspect_cli.command_line import Command, Group, Period, json_option
from inspect_cli.commands.workdays.closing import close, render_whom, reopen
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.workdays import DayKind, day_kind, working_days_of
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.encoding import ENCODINGS
from inspect_cli.files.workday_notice import read_year_notice
from inspect_cli.language import _, translate
from inspect_cli.screens.register import show_notices
from inspect_cli.storage.calendar import find_blackouts
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.acts.registry.calendar import NoticeTaken
    from inspect_cli.app import App
    from inspect_cli.core import names
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.workdays import Calendar

_WEEK = timedelta(days=7)


@click.group(cls=Group)
def workdays() -> None:
    """Show working days with make-up days, take a year's notice of them, and close days for visits.

    \b
    Example:
      inspect-cli workdays show 2026-10
      inspect-cli --as NAME workdays import workdays-2027.csv
    """


@workdays.command(cls=Command)
@click.argument("period", type=Period())
@json_option
@click.pass_obj
def show(app: App, period: names.Period, as_json: bool) -> None:
    """Show a month's calendar: which days are worked, and by whose notice.

    A year whose notice is not known is refused: its working days are never guessed.

    \b
    Example:
      inspect-cli workdays show 2026-10
    """
    with Store.open(app.store_url).reading() as session:
        calendar = calendar_of(session)
        closed = find_blackouts(session, first=first_day(period), last=last_day(period))
    notice = calendar.notice_of(first_day(period).year)
    worked = working_days_of(calendar, period)
    console = Console(language=app.language)
    if as_json:
        console.show_json(_month_data(calendar, period) | {"closed": [_closed_data(one) for one in closed]})
        return
    weekdays = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    console.show_table(period, [Column(title=day, is_number=True) for day in weekdays], _weeks(calendar, period))
    console.show_line(say("working days: {count}", count=len(worked)))
    console.show_line(say("by the notice: {title}", title=notice.title))
    if notice.provisional:
        console.show_line(say("this notice is provisional: the State Council's may differ"), Tone.BAD)
    if closed:
        columns = [
            Column(title=_("first day"), is_key=True),
            Column(title=_("last day")),
            Column(title=_("whom")),
            Column(title=_("reason")),
        ]
        rows = [(str(one.first), str(one.last), translate(render_whom(one)), one.reason) for one in closed]
        console.show_line()
        console.show_table(_("Days without visits"), columns, rows)


def _weeks(calendar: Calendar, period: names.Period) -> list[list[str]]:
    """Lay the month out in weeks from Monday; days of other months stay blank."""
    first, last = first_day(period), last_day(period)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday <= last:
        days = [monday + timedelta(days=count) for count in range(7)]
        weeks.append([_cell(calendar, day) if first <= day <= last else "" for day in days])
        monday += _WEEK
    return weeks


def _cell(calendar: Calendar, day: date) -> str:
    """Write a working day as its number, and any other with a word."""
    match kind := day_kind(calendar, day):
        case DayKind.WORKDAY:
            return str(day.day)
        case DayKind.MAKE_UP:
            return _("{day} work").format(day=day.day)
        case DayKind.OFF | DayKind.WEEKEND:
            return _("{day} off").format(day=day.day)
        case _:
            assert_never(kind)


def _month_data(calendar: Calendar, period: names.Period) -> dict[str, Any]:
    """Give what ``--json`` shows: stable keys, documented in docs/json.md."""
    first, last = first_day(period), last_day(period)
    notice = calendar.notice_of(first.year)
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    return {
        "period": period,
        "notice": notice.title,
        "provisional": notice.provisional,
        "working_days": [day.isoformat() for day in working_days_of(calendar, period)],
        "days": [{"day": day.isoformat(), "kind": day_kind(calendar, day).value} for day in days],
    }


@workdays.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--encoding", type=click.Choice(ENCODINGS), help="The file's encoding, where it is not found out by itself."
)
@click.option("--provisional", is_flag=True, help="The bureau's own expectation of a year that is not published yet.")
@click.option("--update", is_flag=True, help="Take this notice instead of the one that was imported before.")
@click.option("--dry-run", is_flag=True, help="Say what the import would do, and do nothing.")
@json_option
@click.pass_obj
def import_file(
    app: App, file: Path, encoding: str | None, provisional: bool, update: bool, dry_run: bool, as_json: bool
) -> None:
    """Take a year's notice of holidays and make-up days from a CSV file.

    It stands before the calendar that comes with the program. Draws that are committed keep their days.

    \b
    Example:
      inspect-cli --as NAME workdays import workdays-2027.csv
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    read = read_year_notice(file, encoding, provisional=provisional)
    order = NoticeOrder(file=read, people=bureau.people, update=update, dry_run=dry_run)
    taken = import_notice(Store.open(app.store_url), actor, order)
    console = Console(language=app.language)
    show_notices(console, read.notices)
    if as_json:
        console.show_json(_taken_data(taken, dry_run=dry_run))
        return
    notice = taken.notice
    counts = {"year": notice.year, "off": len(notice.days_off), "make_up": len(notice.make_up_days)}
    if dry_run:
        console.show_line(say("nothing was taken: this is what an import would do"), Tone.HEADING)
    if taken.is_new or taken.is_updated:
        console.show_line(say("the notice of {year}: days off {off}, make-up days {make_up}", **counts))
    else:
        console.show_line(say("the notice of {year} is known already, with the same days", year=notice.year))
    if taken.stands_before_library:
        console.show_note(say("it stands before the program's own calendar of {year}", year=notice.year))


def _closed_data(one: Blackout) -> dict[str, str]:
    """Give days without visits for ``--json``; with neither zone nor entity they are everybody's."""
    whom = {"zone": one.zone, "entity": one.entity}
    data = {"first": one.first.isoformat(), "last": one.last.isoformat(), "reason": one.reason}
    return data | {key: str(value) for key, value in whom.items() if value is not None}


def _taken_data(taken: NoticeTaken, *, dry_run: bool) -> dict[str, Any]:
    """Give what ``--json`` shows of an import: stable keys, documented in docs/json.md."""
    return {
        "year": taken.notice.year,
        "dry_run": dry_run,
        "new": taken.is_new,
        "updated": taken.is_updated,
        "provisional": taken.notice.provisional,
        "days_off": [day.isoformat() for day in taken.notice.days_off],
        "make_up_days": [day.isoformat() for day in taken.notice.make_up_days],
    }


for command in (close, reopen):
    workdays.add_command(command)
