"""What the exports of all registries share: their options, the way of a table into its file, and what a person is told of it.

What does not live here: which rows are wanted (``commands``), and what a cell says (``files.export``).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.registry.export import Taken, log_export, require_exporter
from inspect_cli.command_line import force_option
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.export.layouts import Wanted
from inspect_cli.files.export.table import Table, choose_format, write_table
from inspect_cli.files.output import write_large_output
from inspect_cli.language import LANGUAGES
from inspect_cli.screens.register import show_notices
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from sqlmodel import Session

    from inspect_cli.app import App
    from inspect_cli.files.export.layouts import Layout
    from inspect_cli.files.export.table import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportChoices:
    """What a person chose: the file, the language of its headers, whether it is an empty sheet, and whether it may take another's place."""

    output: Path
    headers: str
    template: bool
    force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One registry to be written: the log's word for it, its table as the store has it, and its layout as an empty sheet.

    ``private`` names the private fields that are in the table.
    """

    noun: str
    read: Callable[[Session], Table[Any]]
    template: Layout[Any]
    private: tuple[str, ...] = ()


def export_options(callback: Callable[..., None]) -> Callable[..., None]:
    """Add an export's options; the command receives them together as ``choices``."""

    @functools.wraps(callback)
    def with_choices(*args: object, **values: Any) -> None:
        names = ExportChoices.__dataclass_fields__
        choices = ExportChoices(**{name: values.pop(name) for name in names})
        callback(*args, choices=choices, **values)

    options = (
        click.option(
            "-o",
            "--output",
            required=True,
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Where to write: a file whose name ends in .xlsx or .csv.",
        ),
        click.option(
            "--headers",
            type=click.Choice(LANGUAGES),
            default=LANGUAGES[0],
            help="The language of headers and words; Chinese unless it is named. An import reads either.",
        ),
        click.option("--template", is_flag=True, help="An empty sheet to be filled in, with guidance and choices."),
        force_option,
    )
    command: Callable[..., None] = with_choices
    for option in reversed(options):
        command = option(command)
    return command


def make_wanted(app: App, choices: ExportChoices, *, private: bool = False, retired: bool = False) -> Wanted:
    """Say what an export is to show, by the bureau's settings."""
    return Wanted(bureau=read_bureau(app.config), language=choices.headers, private=private, retired=retired)


def write_export(app: App, export: Export, choices: ExportChoices) -> None:
    """Write a registry, or an empty sheet for it, and tell what was written; the log is told who took private fields out.

    Raises ``UsageMistake`` for a name without a known end, or where private fields are wanted and nobody is named;
    ``RefusedError`` where another file stands there, or the person is no operator.
    """
    choose_format(choices.output)
    if choices.template:
        _write_template(app, export, choices)
        return
    store = Store.open(app.store_url)
    first = _prepare_log(app, store, export, choices) if export.private else None

    def write(stream: BinaryIO) -> Written:
        with store.reading() as session:  # The rows go into the file as they come.
            return write_table(stream, choices.output, export.read(session))

    written, is_new = write_large_output(choices.output, write, overwrite=choices.force, first=first)
    console = Console(language=app.language)
    show_notices(console, written.notices)
    where = {"path": str(choices.output), "count": written.rows}
    new = say("wrote {path}; rows in it: {count}", **where)
    same = say("{path} is there already, the same to the byte; rows in it: {count}", **where)
    console.show_line(new if is_new else same)


def _write_template(app: App, export: Export, choices: ExportChoices) -> None:
    table: Table[Any] = Table(layout=export.template, rows=(), is_template=True)

    def write(stream: BinaryIO) -> Written:
        return write_table(stream, choices.output, table)

    _written, is_new = write_large_output(choices.output, write, overwrite=choices.force)
    new = say("wrote {path}, to be filled in", path=str(choices.output))
    same = say("{path} is there already, the same to the byte", path=str(choices.output))
    Console(language=app.language).show_line(new if is_new else same)


def _prepare_log(app: App, store: Store, export: Export, choices: ExportChoices) -> Callable[[Written], None]:
    """Make what writes the row of the log, once the number of rows is known."""
    actor, people = app.actor(), read_bureau(app.config).people
    require_exporter(people, actor)

    def log(written: Written) -> None:
        taken = Taken(noun=export.noun, file=choices.output.name, rows=written.rows, fields=export.private)
        log_export(store, actor, people, taken)

    return log
