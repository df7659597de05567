"""``visit import``: earlier visits and other departments' visits into the ledger (台账)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.registry.ledger import import_visits
from inspect_cli.command_line import Command
from inspect_cli.files.intake.sheets import VISITS
from inspect_cli.files.intake.visits import read_visits
from inspect_cli.screens.imports.options import ImportOptions, import_options
from inspect_cli.screens.imports.run import ImportTask, run_import

if TYPE_CHECKING:
    from inspect_cli.app import App

_TASK: Final = ImportTask(noun="visit", sheet=VISITS, read=read_visits, act=import_visits)


@click.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, /, **given: Any) -> None:
    """Take visits from a file (xlsx, xls, ods, csv) into the ledger: earlier ones, and those of other departments.

    Combined, routine and special visits count towards the caps; case checks (complaint, assigned case, tip, re-check, own
    request, licensing, emergency) do not. A visit that the ledger holds already is not taken twice.

    \b
    Example:
      inspect-cli --as NAME visit import visits.csv
    """
    run_import(app, _TASK, ImportOptions(**given))
