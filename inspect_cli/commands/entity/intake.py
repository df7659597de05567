"""``entity import``: entities from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.registry.entities import import_entities
from inspect_cli.command_line import Command
from inspect_cli.files.intake.entities import entity_sheet, read_entities
from inspect_cli.files.intake.sheets import ENTITIES
from inspect_cli.screens.imports.options import ImportOptions, full_import_options
from inspect_cli.screens.imports.run import ImportTask, run_import

if TYPE_CHECKING:
    from inspect_cli.app import App

_TASK: Final = ImportTask(noun="entity", sheet=ENTITIES, read=read_entities, act=import_entities, sheet_of=entity_sheet)


@click.command("import", cls=Command)
@full_import_options
@click.pass_obj
def import_file(app: App, /, **given: Any) -> None:
    """Take entities from a file (xlsx, xls, ods, csv), whole or not at all.

    The headers may be Chinese or English. Every mistake is told with its row and column, and then nothing is taken. What
    the registry holds is never changed unless --update says so.

    \b
    Example:
      inspect-cli --as NAME entity import entities.csv --dry-run
      inspect-cli --as NAME entity import entities.csv
    """
    run_import(app, _TASK, ImportOptions(**given))
