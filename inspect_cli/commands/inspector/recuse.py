"""``inspector recuse``: pairs of inspector and entity that must not meet (回避). The reason's code stays inside the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.availability import RecusalEnd, end_recusal, import_recusals
from inspect_cli.acts.registry.availability import recuse as keep_apart
from inspect_cli.acts.registry.register import ImportOrder
from inspect_cli.command_line import Command, Day, Group
from inspect_cli.console import Console
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.registry.inspector import Recusal
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.recusals import read_recusals
from inspect_cli.register_screen import import_options, show_imported
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from inspect_cli.app import App


@click.group(cls=Group)
def recuse() -> None:
    """Enter pairs that must not meet, before a draw, and end them; their reasons are never published.

    \b
    Example:
      inspect-cli --as NAME inspector recuse add \\
        R001 91350100M000100Y43 --reason kin
    """


@recuse.command(cls=Command)
@click.argument("number")
@click.argument("entity")
@click.option("--reason", required=True, metavar="CODE", help="The reason's code; it stays inside the store.")
@click.option("--from", "first", type=Day(), help="The first day on which they must not meet; else from ever.")
@click.option("--to", "last", type=Day(), help="The last day on which they must not meet; else for ever.")
@click.pass_obj
def add(app: App, number: str, entity: str, reason: str, first: date | None, last: date | None) -> None:
    """Enter one recusal; a draw that is committed already keeps its bars.

    \b
    Example:
      inspect-cli --as NAME inspector recuse add \\
        R001 91350100M000100Y43 --reason kin
    """
    wanted = Recusal(inspector=InspectorId(number), entity=EntityId(entity), reason=reason, start=first, end=last)
    people = read_bureau(app.config).people
    is_new = keep_apart(Store.open(app.store_url), app.actor(), people, wanted)
    done = say("recusal entered: {id} does not visit {entity}", id=number, entity=entity)
    known = say("this recusal was entered before: {id} does not visit {entity}", id=number, entity=entity)
    Console(language=app.language).show_line(done if is_new else known)


@recuse.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, file: Path, encoding: str | None, update: bool, dry_run: bool, as_json: bool) -> None:
    """Take recusals from a CSV file, whole or not at all.

    \b
    Example:
      inspect-cli --as NAME inspector recuse import recusals.csv
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    intake = read_recusals(file, encoding)
    order = ImportOrder(intake=intake, people=bureau.people, update=update, dry_run=dry_run)
    imported = import_recusals(Store.open(app.store_url), actor, order)
    show_imported(Console(language=app.language), imported, intake, as_json=as_json)


@recuse.command(cls=Command)
@click.argument("number")
@click.argument("entity")
@click.option("--on", type=Day(), required=True, help="The last day on which they must not meet.")
@click.option(
    "--reason", required=True, metavar="CODE", help="Why it ends: it stands in the log, so not why it was entered."
)
@click.pass_obj
def end(app: App, number: str, entity: str, on: date, reason: str) -> None:
    """End a pair's recusal with a day; it stays on record, and a draw that is committed already keeps its bars.

    \b
    Example:
      inspect-cli --as NAME inspector recuse end \\
        R001 91350100M000100Y43 --on 2026-12-31 --reason term-over
    """
    order = RecusalEnd(inspector=InspectorId(number), entity=EntityId(entity), on=on, reason=reason)
    people = read_bureau(app.config).people
    is_new = end_recusal(Store.open(app.store_url), app.actor(), people, order)
    done = say("recusal ended: {id} may visit {entity} after {day}", id=number, entity=entity, day=str(on))
    known = say("this recusal ended before: {id} may visit {entity} after {day}", id=number, entity=entity, day=str(on))
    Console(language=app.language).show_line(done if is_new else known)
