"""``schedule ics`` and ``schedule xlsx``: the visits in force as files for calendars and for paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.visit.schedule import read_schedule, read_schedules, read_void_schedules
from inspect_cli.command_line import Command, force_option
from inspect_cli.console import Console
from inspect_cli.core import schedule as core
from inspect_cli.core.names import InspectorId, Slot
from inspect_cli.core.visit.history import find_entries
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.calendar import CalendarHead, render_calendar
from inspect_cli.files.config import read_bureau
from inspect_cli.files.output import write_output
from inspect_cli.files.workbook import WorkbookHead, render_workbook
from inspect_cli.language import current, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.errors import Message


@click.command(cls=Command)
@click.argument("slot", required=False, help="The draw, or a supplement of it; all that were run unless one is named.")
@click.option("--inspector", metavar="ID", help="Whose calendar: an inspector's or expert's.")
@click.option("--all", "everybody", is_flag=True, help="The visits of everybody, for the office.")
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
@force_option
@click.pass_obj
def ics(app: App, slot: str | None, *, inspector: str | None, everybody: bool, output: Path, force: bool) -> None:
    """Write a calendar file: the visits of one person, who sees no others, or of everybody.

    Visits last the whole day, for a draw fixes no hours. Read into a calendar again after something has changed, the file moves its
    own visits and takes away those that were cancelled or given to others.

    \b
    Example:
      inspect-cli schedule ics --inspector R001 -o r001.ics
    """
    if (inspector is None) is not everybody:
        raise UsageMistake(
            say("a calendar is one person's, or everybody's"), hint=say("give either --inspector ID or --all")
        )
    bureau = read_bureau(app.config)
    with Store.open(app.store_url).reading() as session:
        schedules = read_schedules(session, None if slot is None else Slot(slot))
        schedules += read_void_schedules(session) if slot is None else ()
    person = None if inspector is None else InspectorId(inspector)
    if person is not None:
        core.require_inspector((drawn for each in schedules for drawn in each.draws), person)
    entries = find_entries((history for each in schedules for history in each.histories), person)
    title = say("Inspections of {who}", who=inspector or bureau.name)
    provisional = frozenset(each.draws[0].slot for each in schedules if each.is_provisional)
    head = CalendarHead(
        title=_title(title, is_provisional=bool(provisional)), domains=_labels(bureau), provisional=provisional
    )
    is_new = write_output(output, render_calendar(entries, head), overwrite=force)
    gone = sum(entry.is_cancelled for entry in entries)
    count = len(entries) - gone
    written = say("wrote {path}; visits in it: {count}", count=count, path=str(output))
    same = say("{path} is there already, the same to the byte; visits in it: {count}", count=count, path=str(output))
    console = Console(language=app.language)
    console.show_line(written if is_new else same)
    if gone:
        console.show_note(say("visits that it takes away from the calendar: {count}", count=gone))


@click.command(cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
@force_option
@click.pass_obj
def xlsx(app: App, slot: str, *, output: Path, force: bool) -> None:
    """Write the visits in force as a workbook to be printed: by day, by person and by entity.

    It is for the bureau alone: nobody outside learns of a visit before it takes place.

    \b
    Example:
      inspect-cli schedule xlsx 2026-12/1 -o december.xlsx
    """
    bureau = read_bureau(app.config)
    with Store.open(app.store_url).reading() as session:
        schedule = read_schedule(session, Slot(slot))
    title = say("Visits of {slot}, {bureau}", slot=schedule.draws[0].slot, bureau=bureau.name)
    head = WorkbookHead(
        title=_title(title, is_provisional=schedule.is_provisional),
        created=schedule.changed_at,
        domains=_labels(bureau),
    )
    is_new = write_output(output, render_workbook(schedule.visits, head), overwrite=force)
    count = len(schedule.visits)
    written = say("wrote {path}; visits in it: {count}", count=count, path=str(output))
    same = say("{path} is there already, the same to the byte; visits in it: {count}", count=count, path=str(output))
    Console(language=app.language).show_line(written if is_new else same)


def _title(title: Message, *, is_provisional: bool) -> str:
    """Say in a title where its days rest on a calendar of working days that is not published yet."""
    return translate(say("{title} (provisional calendar of working days)", title=title) if is_provisional else title)


def _labels(bureau: Bureau) -> dict[Domain, str]:
    return {label.domain: bureau.domain_label(label.domain, current()) for label in bureau.domains}
