"""``entity``: import, list, show, retire and bring back the entities (检查对象) of the registry."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.entity.check import check
from inspect_cli.commands.entity.export import export_file
from inspect_cli.commands.entity.history import history
from inspect_cli.commands.entity.intake import import_file
from inspect_cli.commands.entity.listing import list_entities, show
from inspect_cli.commands.entity.renumber import renumber
from inspect_cli.commands.entity.upkeep import restore, retire


@click.group(cls=Group)
def entity() -> None:
    """Keep the registry of entities: whom a draw can choose.

    \b
    Example:
      inspect-cli --as NAME entity import entities.csv
      inspect-cli entity list --zone 网格01
    """


for command in (import_file, export_file, list_entities, show, history, check, retire, restore, renumber):
    entity.add_command(command)
