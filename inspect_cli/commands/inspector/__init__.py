"""``inspector``: the roster of inspectors and experts (执法检查人员), their leave, and their recusals (回避)."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.inspector.check import check
from inspect_cli.commands.inspector.export import export_file, export_leave, export_recusals
from inspect_cli.commands.inspector.history import history
from inspect_cli.commands.inspector.intake import import_file
from inspect_cli.commands.inspector.leave import leave
from inspect_cli.commands.inspector.listing import list_inspectors, show
from inspect_cli.commands.inspector.recuse import recuse
from inspect_cli.commands.inspector.upkeep import restore, retire


@click.group(cls=Group)
def inspector() -> None:
    """Keep the roster: inspectors and experts, when they are away, and whom they must not visit.

    \b
    Example:
      inspect-cli --as NAME inspector import inspectors.csv
      inspect-cli --as NAME inspector leave add R001 \\
        --from 2026-12-07 --to 2026-12-11 --reason 年休假
    """


for command in (import_file, export_file, list_inspectors, show, history, check, retire, restore, leave, recuse):
    inspector.add_command(command)
leave.add_command(export_leave)
recuse.add_command(export_recusals)
