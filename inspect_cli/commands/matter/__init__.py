"""``matter``: import, list, show, retire and bring back the matters (随机抽查事项) of the published list."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.matter.check import check
from inspect_cli.commands.matter.export import export_file
from inspect_cli.commands.matter.history import history
from inspect_cli.commands.matter.intake import import_file
from inspect_cli.commands.matter.listing import list_matters, show
from inspect_cli.commands.matter.upkeep import restore, retire


@click.group(cls=Group)
def matter() -> None:
    """Keep the list of matters: what may be inspected at all.

    \b
    Example:
      inspect-cli --as NAME matter import matters.csv
      inspect-cli matter list --domain 安全
    """


for command in (import_file, export_file, list_matters, show, history, check, retire, restore):
    matter.add_command(command)
