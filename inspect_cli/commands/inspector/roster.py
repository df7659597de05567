"""``inspector import``, ``retire`` and ``restore``: who is on the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.registry.inspectors import import_inspectors, restore_inspector, retire_inspector
from inspect_cli.acts.registry.retirement import RowOrder
from inspect_cli.command_line import Command
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.sheets import INSPECTORS
from inspect_cli.screens.imports.options import ImportOptions, full_import_options
from inspect_cli.screens.imports.run import ImportTask, run_import
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App

_TASK: Final = ImportTask(noun="inspector", sheet=INSPECTORS, read=read_inspectors, act=import_inspectors)


@click.command("import", cls=Command)
@full_import_options
@click.pass_obj
def import_file(app: App, /, **given: Any) -> None:
    """Take inspectors and experts from a file (xlsx, xls, ods, csv), whole or not at all.

    Nobody inspects without a certificate; experts assist and need none. Numbers of identity cards are never stored. What
    the roster holds is never changed unless --update says so.

    \b
    Example:
      inspect-cli --as NAME inspector import inspectors.csv
    """
    run_import(app, _TASK, ImportOptions(**given))


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
