"""``entity export``: the registry as a table that an import reads back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import Command
from inspect_cli.commands.entity.choosing import choosing_options
from inspect_cli.files.export.layouts import entity_layout
from inspect_cli.files.export.table import Table
from inspect_cli.screens.export import Export, export_options, make_wanted, write_export
from inspect_cli.storage.bulk import walk_entities
from inspect_cli.storage.registries import has_domains_by_rule

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.app import App
    from inspect_cli.commands.entity.choosing import Chosen
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.screens.export import ExportChoices


@click.command("export", cls=Command)
@export_options
@choosing_options
@click.option("--retired", is_flag=True, help="Those that are retired too, with the day and the reason.")
@click.option("--private", is_flag=True, help="Contacts and telephone numbers too; the log says who took them out.")
@click.pass_obj
def export_file(app: App, choices: ExportChoices, chosen: Chosen, *, retired: bool, private: bool) -> None:
    """Write the entities into a workbook or CSV file, in the layout of the provincial platforms.

    What is written is text alone, never a formula, and an import of it changes nothing. --template writes an empty sheet instead, for
    departments to fill in.

    \b
    Example:
      inspect-cli entity export -o entities.xlsx --zone 网格01
      inspect-cli entity export -o blank.xlsx --template
    """
    wanted = make_wanted(app, choices, private=private, retired=retired)
    is_wanted = chosen.by(wanted.bureau)

    def read(session: Session) -> Table[Entity]:
        rows = filter(is_wanted, walk_entities(session, include_retired=retired))
        return Table(layout=entity_layout(replace(wanted, by_rule=has_domains_by_rule(session))), rows=rows)

    export = Export(
        noun="entity",
        read=read,
        template=entity_layout(replace(wanted, private=True, retired=False)),
        private=("contact", "telephone") if private else (),
    )
    write_export(app, export, choices)
