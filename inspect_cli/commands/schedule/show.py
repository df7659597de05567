"""``schedule show``: the visits in force as tables and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.visit.schedule import read_schedules
from inspect_cli.command_line import Command, Day, json_option
from inspect_cli.commands.schedule.tables import show_groups, visit_data
from inspect_cli.console import Console
from inspect_cli.core import schedule as core
from inspect_cli.core.names import EntityId, InspectorId, Slot
from inspect_cli.core.schedule import Grouping, Selection
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.storage.engine import Store
from inspect_cli.storage.numbers import find_numbers

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("slot", required=False, help="The draw, or a supplement of it; all that were run unless one is named.")
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
    """Show the visits in force of one draw and its supplements, or of all draws that were run.

    It is for the bureau alone: nobody outside learns of a visit before it takes place.

    \b
    Example:
      inspect-cli schedule show 2026-12/1
      inspect-cli schedule show --by inspector --inspector R001
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        numbers = find_numbers(session)
        schedules = read_schedules(session, None if slot is None else Slot(slot))
    wanted = Selection(
        day=day,
        inspector=None if inspector is None else InspectorId(inspector),
        entity=None if entity is None else numbers.current(EntityId(entity)),
    )
    visits = core.select_visits(core.merge_visits(each.visits for each in schedules), wanted)
    if as_json:
        provisional = {each.draws[0].slot for each in schedules if each.is_provisional}
        console.show_json([visit_data(visit, is_provisional=visit.first in provisional) for visit in visits])
        return
    bureau = read_bureau(app.config)
    show_groups(console, core.group_visits(visits, Grouping(by), wanted.inspector), Grouping(by), bureau)
    console.show_note(say("visits: {count}", count=len(visits)))
    ended = core.select_visits(core.merge_visits(each.ended for each in schedules), wanted)
    if ended:
        console.show_note(
            say("cancelled or carried over, and not shown: {count}; see them with visit list", count=len(ended))
        )
    if any(each.is_provisional for each in schedules):
        console.show_note(say("made with a provisional calendar of working days"))
