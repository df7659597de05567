"""``inspector import``, ``retire`` and ``restore``: who is on the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.inspectors import import_inspectors, restore_inspector, retire_inspector
from inspect_cli.acts.registry.register import ImportOrder
from inspect_cli.acts.registry.retirement import RowOrder
from inspect_cli.command_line import Command
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.register_screen import import_options, show_imported
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.app import App


@click.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, file: Path, encoding: str | None, update: bool, dry_run: bool, as_json: bool) -> None:
    """Take inspectors and experts from a CSV file, whole or not at all.

    Nobody inspects without a certificate; experts assist and need none. Numbers of identity cards are never stored. What
    the roster holds is never changed unless --update says so.

    \b
    Example:
      inspect-cli --as NAME inspector import inspectors.csv
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    intake = read_inspectors(file, bureau, ReadChoices(encoding=encoding, today=app.today))
    order = ImportOrder(intake=intake, people=bureau.people, update=update, dry_run=dry_run)
    imported = import_inspectors(Store.open(app.store_url), actor, order)
    show_imported(Console(language=app.language), imported, intake, as_json=as_json)


@click.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def retire(app: App, number: str, reason: str) -> None:
    """Take somebody off the roster from today on; visits that are drawn already stay as they are.

    \b
    Example:
      inspect-cli --as NAME inspector retire R001 --reason 调离
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = retire_inspector(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is retired since {day}", id=done.id, day=str(done.retired)))


@click.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def restore(app: App, number: str, reason: str) -> None:
    """Bring somebody back onto the roster.

    \b
    Example:
      inspect-cli --as NAME inspector restore R001 --reason 误操作
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = restore_inspector(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is in the registry", id=done.id))
