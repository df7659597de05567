"""``inspector import``: inspectors and experts from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.registry.inspectors import import_inspectors
from inspect_cli.command_line import Command
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.sheets import INSPECTORS
from inspect_cli.screens.imports.options import ImportOptions, full_import_options
from inspect_cli.screens.imports.run import ImportTask, run_import

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
