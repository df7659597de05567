"""``inspector export``, ``leave export`` and ``recuse export``: who is there and who is kept away, as tables that an import reads back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import Command
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.export.layouts import inspector_layout, leave_layout, recusal_layout
from inspect_cli.files.export.table import Table
from inspect_cli.screens.export import Export, export_options, make_wanted, write_export
from inspect_cli.storage.registries import find_inspectors, find_leave, find_recusals

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.app import App
    from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
    from inspect_cli.screens.export import ExportChoices


@click.command("export", cls=Command)
@export_options
@click.option("--retired", is_flag=True, help="Those that are retired too, with the day and the reason.")
@click.option("--private", is_flag=True, help="Telephone numbers too; the log says who took them out.")
@click.pass_obj
def export_file(app: App, choices: ExportChoices, *, retired: bool, private: bool) -> None:
    """Write the roster into a workbook or CSV file, in the layout of the provincial platforms.

    An import of it changes nothing. --template writes an empty sheet instead, to be filled in.

    \b
    Example:
      inspect-cli inspector export -o roster.xlsx
    """
    wanted = make_wanted(app, choices, private=private, retired=retired)

    def read(session: Session) -> Table[Inspector]:
        return Table(layout=inspector_layout(wanted), rows=find_inspectors(session, include_retired=retired))

    export = Export(
        noun="inspector",
        read=read,
        template=inspector_layout(replace(wanted, private=True, retired=False)),
        private=("telephone",) if private else (),
    )
    write_export(app, export, choices)


@click.command("export", cls=Command)
@export_options
@click.option("--private", is_flag=True, help="The reasons too; the log says who took them out.")
@click.pass_obj
def export_leave(app: App, choices: ExportChoices, *, private: bool) -> None:
    """Write all leave into a workbook or CSV file; an import of it changes nothing.

    \b
    Example:
      inspect-cli inspector leave export -o leave.xlsx
    """
    wanted = make_wanted(app, choices, private=private)

    def read(session: Session) -> Table[Leave]:
        return Table(layout=leave_layout(replace(wanted, names=_find_names(session))), rows=find_leave(session))

    export = Export(
        noun="inspector leave",
        read=read,
        template=leave_layout(replace(wanted, private=True)),
        private=("reason",) if private else (),
    )
    write_export(app, export, choices)


@click.command("export", cls=Command)
@export_options
@click.option("--private", is_flag=True, help="The reasons: needed, for a recusal is nothing without its reason.")
@click.pass_obj
def export_recusals(app: App, choices: ExportChoices, *, private: bool) -> None:
    """Write all recusals with their reasons into a workbook or CSV file; the log says who took them out.

    \b
    Example:
      inspect-cli --as NAME inspector recuse export -o recusals.xlsx --private
    """
    if not (private or choices.template):
        raise UsageMistake(
            say("recusals are not written without their reasons"),
            hint=say("add --private where the file stays inside the bureau"),
        )
    wanted = make_wanted(app, choices, private=True)

    def read(session: Session) -> Table[Recusal]:
        return Table(layout=recusal_layout(replace(wanted, names=_find_names(session))), rows=find_recusals(session))

    export = Export(noun="inspector recuse", read=read, template=recusal_layout(wanted), private=("reason", "note"))
    write_export(app, export, choices)


def _find_names(session: Session) -> dict[str, str]:
    return {one.id: one.name for one in find_inspectors(session, include_retired=True)}
