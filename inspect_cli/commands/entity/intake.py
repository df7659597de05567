"""``entity import``: entities from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.entities import import_entities
from inspect_cli.acts.registry.register import ImportOrder
from inspect_cli.command_line import Command
from inspect_cli.console import Console
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.register_screen import import_options, show_imported
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.app import App


@click.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, file: Path, encoding: str | None, update: bool, dry_run: bool, as_json: bool) -> None:
    """Take entities from a CSV file, whole or not at all.

    The headers may be Chinese or English. Every mistake is told with its row and column, and then nothing is taken. What
    the registry holds is never changed unless --update says so.

    \b
    Example:
      inspect-cli --as NAME entity import entities.csv --dry-run
      inspect-cli --as NAME entity import entities.csv
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    intake = read_entities(file, bureau, ReadChoices(encoding=encoding, today=app.today))
    order = ImportOrder(intake=intake, people=bureau.people, update=update, dry_run=dry_run)
    imported = import_entities(Store.open(app.store_url), actor, order)
    show_imported(Console(language=app.language), imported, intake, as_json=as_json)
