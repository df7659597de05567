"""``schedule``: who visits whom on which day, as tables, as data, as calendar files and as a workbook; and moving a visit."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.schedule.export import ics, xlsx
from inspect_cli.commands.schedule.move import move
from inspect_cli.commands.schedule.show import show


@click.group(cls=Group)
def schedule() -> None:
    """Who visits whom on which day.

    \b
    Example:
      inspect-cli schedule show 2026-12/1 --by inspector
      inspect-cli schedule ics --inspector R001 -o r001.ics
    """


for command in (show, move, ics, xlsx):
    schedule.add_command(command)
