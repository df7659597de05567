"""``matter export``: the list of matters as a table that an import reads back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import Command
from inspect_cli.files.export.layouts import matter_layout
from inspect_cli.files.export.table import Table
from inspect_cli.screens.export import Export, export_options, make_wanted, write_export
from inspect_cli.screens.register import parse_wanted_domain
from inspect_cli.storage.registries import find_matters

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.app import App
    from inspect_cli.core.registry.matter import Matter
    from inspect_cli.screens.export import ExportChoices


@click.command("export", cls=Command)
@export_options
@click.option("--domain", metavar="DOMAIN", help="Only those of this domain.")
@click.option("--retired", is_flag=True, help="Those that are retired too, with the day and the reason.")
@click.pass_obj
def export_file(app: App, choices: ExportChoices, domain: str | None, *, retired: bool) -> None:
    """Write the list of matters into a workbook or CSV file, in the layout of the published list.

    An import of it changes nothing. --template writes an empty sheet instead, to be filled in.

    \b
    Example:
      inspect-cli matter export -o matters.xlsx --domain 安全
    """
    wanted = make_wanted(app, choices, retired=retired)
    of_domain = parse_wanted_domain(domain, wanted.bureau)

    def read(session: Session) -> Table[Matter]:
        found = find_matters(session, include_retired=retired)
        return Table(layout=matter_layout(wanted), rows=[one for one in found if of_domain in {None, one.domain}])

    template = matter_layout(replace(wanted, retired=False))
    write_export(app, Export(noun="matter", read=read, template=template), choices)
