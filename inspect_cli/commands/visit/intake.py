"""``visit import``: earlier visits and other departments' visits into the ledger (台账)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.ledger import import_visits
from inspect_cli.acts.registry.register import ImportOrder
from inspect_cli.command_line import Command
from inspect_cli.console import Console
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.visits import read_visits
from inspect_cli.register_screen import import_options, show_imported
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.app import App


@click.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, file: Path, encoding: str | None, update: bool, dry_run: bool, as_json: bool) -> None:
    """Take visits from a CSV file into the ledger: earlier ones, and those of other departments.

    Combined, routine and special visits count towards the caps; case checks (complaint, assigned case, tip, re-check, own
    request, licensing, emergency) do not. A visit that the ledger holds already is not taken twice.

    \b
    Example:
      inspect-cli --as NAME visit import visits.csv
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    intake = read_visits(file, bureau, ReadChoices(encoding=encoding, today=app.today))
    order = ImportOrder(intake=intake, people=bureau.people, update=update, dry_run=dry_run)
    imported = import_visits(Store.open(app.store_url), actor, order)
    show_imported(Console(language=app.language), imported, intake, as_json=as_json)
