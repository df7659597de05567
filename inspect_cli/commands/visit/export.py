"""``visit export``: the ledger (台账) as a table that an import reads back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import Command, Day
from inspect_cli.files.export.layouts import visit_layout
from inspect_cli.files.export.table import Table
from inspect_cli.screens.export import Export, export_options, make_wanted, write_export
from inspect_cli.storage.bulk import find_entities_by_id
from inspect_cli.storage.ledger import find_ledger

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.app import App
    from inspect_cli.core.registry.ledger import LedgerVisit
    from inspect_cli.screens.export import ExportChoices


@click.command("export", cls=Command)
@export_options
@click.option("--from", "first", type=Day(), help="Only visits on this day and later ones.")
@click.option("--to", "last", type=Day(), help="Only visits on this day and earlier ones.")
@click.pass_obj
def export_file(app: App, choices: ExportChoices, first: date | None, last: date | None) -> None:
    """Write the ledger into a workbook or CSV file: earlier visits, and those of other departments.

    The visits of our own draws are not in it: the draws count them already. An import of it changes nothing.

    \b
    Example:
      inspect-cli visit export -o ledger.xlsx --from 2026-01-01
    """
    wanted = make_wanted(app, choices)

    def read(session: Session) -> Table[LedgerVisit]:
        rows = [one for one in find_ledger(session, since=first) if last is None or one.day <= last]
        found = find_entities_by_id(session, {one.entity for one in rows})
        names: dict[str, str] = {one.id: one.name for one in found}
        return Table(layout=visit_layout(replace(wanted, names=names)), rows=rows)

    write_export(app, Export(noun="visit", read=read, template=visit_layout(wanted)), choices)
