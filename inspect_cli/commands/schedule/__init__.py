"""``schedule``: who visits whom on which day, as tables, as data, and as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.schedule import read_schedules
from inspect_cli.command_line import Command, Day, Group, force_option, json_option
from inspect_cli.commands.schedule.tables import show_groups, visit_data
from inspect_cli.console import Console
from inspect_cli.core import schedule as core
from inspect_cli.core.names import EntityId, InspectorId, Slot
from inspect_cli.core.schedule import Grouping, Selection
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.calendar import CalendarHead, render_calendar
from inspect_cli.files.config import read_bureau
from inspect_cli.files.output import write_output
from inspect_cli.language import current, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App


@click.group(cls=Group)
def schedule() -> None:
    """Who visits whom on which day.

    \b
    Example:
      inspect-cli schedule show 2026-12/1 --by inspector
      inspect-cli schedule ics --inspector R001 -o r001.ics
    """


@schedule.command(cls=Command)
@click.argument("slot", required=False, help="The draw; all that were run unless one is named.")
@click.option(
    "--by",
    type=click.Choice([by.value for by in Grouping]),
    default=Grouping.DAY.value,
    show_default=True,
    help="How the visits are put together.",
)
@click.option("--day", type=Day(), help="Only the visits of one day.")
@click.option("--inspector", metavar="ID", help="Only the visits of one inspector or expert.")
@click.option("--entity", metavar="ID", help="Only the visit to one entity.")
@json_option
@click.pass_obj
def show(
    app: App,
    slot: str | None,
    *,
    by: str,
    day: date | None,
    inspector: str | None,
    entity: str | None,
    as_json: bool,
) -> None:
    """Show the visits of one draw, or of all draws that were run.

    It is for the bureau alone: nobody outside learns of a visit before it takes place.

    \b
    Example:
      inspect-cli schedule show 2026-12/1
      inspect-cli schedule show --by inspector --inspector R001
    """
    console = Console(language=app.language)
    wanted = Selection(
        day=day,
        inspector=None if inspector is None else InspectorId(inspector),
        entity=None if entity is None else EntityId(entity),
    )
    with Store.open(app.store_url).reading() as session:
        schedules = read_schedules(session, None if slot is None else Slot(slot))
    visits = core.select_visits(core.merge_visits(each.visits for each in schedules), wanted)
    if as_json:
        console.show_json([visit_data(visit) for visit in visits])
        return
    show_groups(
        console, core.group_visits(visits, Grouping(by), wanted.inspector), Grouping(by), read_bureau(app.config)
    )
    console.show_note(say("visits: {count}", count=len(visits)))


@schedule.command(cls=Command)
@click.argument("slot", required=False, help="The draw; all that were run unless one is named.")
@click.option("--inspector", metavar="ID", help="Whose calendar: an inspector's or expert's.")
@click.option("--all", "everybody", is_flag=True, help="The visits of everybody, for the office.")
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
@force_option
@click.pass_obj
def ics(app: App, slot: str | None, *, inspector: str | None, everybody: bool, output: Path, force: bool) -> None:
    """Write a calendar file: the visits of one person, who sees no others, or of everybody.

    Visits last the whole day, for a draw fixes no hours. Read into a calendar again, the file replaces its own visits.

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
    wanted = Selection()
    if inspector is not None:
        wanted = Selection(inspector=InspectorId(inspector))
        core.require_inspector((each.drawn for each in schedules), InspectorId(inspector))
    visits = core.select_visits(core.merge_visits(each.visits for each in schedules), wanted)
    title = say("Inspections of {who}", who=inspector or bureau.name)
    head = CalendarHead(
        title=translate(title),
        drawn_at={each.drawn.slot: each.drawn_at for each in schedules},
        domains={label.domain: bureau.domain_label(label.domain, current()) for label in bureau.domains},
    )
    is_new = write_output(output, render_calendar(visits, head), overwrite=force)
    events = sum(visit.day is not None for visit in visits)
    written = say("wrote {path}; visits in it: {count}", count=events, path=str(output))
    same = say("{path} is there already, the same to the byte; visits in it: {count}", count=events, path=str(output))
    Console(language=app.language).show_line(written if is_new else same)
