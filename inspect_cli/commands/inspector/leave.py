"""``inspector leave``: days on which somebody cannot work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.registry.availability import LeaveBack, grant_leave, import_leave, take_leave_back
from inspect_cli.command_line import Command, Day, Group
from inspect_cli.commands.inspector.export import export_leave
from inspect_cli.console import Console
from inspect_cli.core.names import InspectorId
from inspect_cli.core.registry.inspector import Leave
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.leave import read_leave
from inspect_cli.files.intake.sheets import LEAVE
from inspect_cli.screens.imports.options import ImportOptions, import_options
from inspect_cli.screens.imports.run import ImportTask, run_import
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App

_TASK: Final = ImportTask(noun="inspector leave", sheet=LEAVE, read=read_leave, act=import_leave)


@click.group(cls=Group)
def leave() -> None:
    """Enter days on which somebody cannot work, and take them back.

    \b
    Example:
      inspect-cli --as NAME inspector leave add R001 \\
        --from 2026-12-07 --to 2026-12-11 --reason 年休假
    """


@leave.command(cls=Command)
@click.argument("number")
@click.option("--from", "first", type=Day(), required=True, help="The first day of the leave.")
@click.option("--to", "last", type=Day(), required=True, help="The last day of the leave.")
@click.option("--reason", default="", metavar="TEXT", help="Why, for the bureau alone.")
@click.pass_obj
def add(app: App, number: str, first: date, last: date, reason: str) -> None:
    """Enter leave of one person; a draw that is committed already keeps its days.

    \b
    Example:
      inspect-cli --as NAME inspector leave add R001 \\
        --from 2026-12-07 --to 2026-12-11 --reason 年休假
    """
    wanted = Leave(inspector=InspectorId(number), first=first, last=last, reason=reason)
    people = read_bureau(app.config).people
    is_new = grant_leave(Store.open(app.store_url), app.actor(), people, wanted)
    done = say("leave entered: {id}, {first} to {last}", id=number, first=str(first), last=str(last))
    known = say("this leave was entered before: {id}, {first} to {last}", id=number, first=str(first), last=str(last))
    Console(language=app.language).show_line(done if is_new else known)


@leave.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, /, **given: Any) -> None:
    """Take leave from a file (xlsx, xls, ods, csv), whole or not at all.

    \b
    Example:
      inspect-cli --as NAME inspector leave import leave.csv
    """
    run_import(app, _TASK, ImportOptions(**given))


@leave.command(cls=Command)
@click.argument("number")
@click.argument("first", type=Day())
@click.argument("last", type=Day())
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def remove(app: App, number: str, first: date, last: date, reason: str) -> None:
    """Take days out of somebody's leave: it was entered by mistake, or they are back early.

    What is left of the leave before and after these days stays. A draw that is committed already keeps its days.

    \b
    Example:
      inspect-cli --as NAME inspector leave remove R001 \\
        2026-12-10 2026-12-11 --reason 提前返岗
    """
    order = LeaveBack(inspector=InspectorId(number), first=first, last=last, reason=reason)
    people = read_bureau(app.config).people
    found = take_leave_back(Store.open(app.store_url), app.actor(), people, order)
    console = Console(language=app.language)
    for one in found:
        was = {"id": number, "first": str(max(first, one.first)), "last": str(min(last, one.last))}
        console.show_line(say("no longer on leave: {id}, {first} to {last}", **was))


leave.add_command(export_leave)
