"""``entity check``: what of the registry of entities is missing, old, odd, or likely there twice. Nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.registry.health import read_entity_book
from inspect_cli.command_line import Command
from inspect_cli.core.report.health.entities import STALE_DAYS, find_entity_ailments
from inspect_cli.core.report.health.finding import OF_ENTITIES
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.screens.check import Checked, ask, check_options, show_checked
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.option(
    "--stale-days",
    type=click.IntRange(1, 36_500),
    default=STALE_DAYS,
    metavar="DAYS",
    help="After how many days without a word a row is stale; 400 unless it is named.",
)
@check_options(OF_ENTITIES, has_zones=True)
@click.pass_obj
def check(app: App, /, stale_days: int, **options: Any) -> None:
    """Look over the registry of entities: missing fields, old values, zones that nobody visits, likely twins.

    What is found is no error unless --strict says so.

    \b
    Example:
      inspect-cli entity check --zone 网格01
      inspect-cli entity check --kind same-name --kind near-name --all
    """
    bureau = read_bureau(app.config)
    with Store.open(app.store_url).reading() as session:
        book = read_entity_book(session, bureau, app.today, stale_days)
    checked = Checked(
        found=find_entity_ailments(book),
        title=say("To see to among the entities: {count}", count=len(book.entities)),
        nothing=say("nothing to see to among the entities: {count}", count=len(book.entities)),
    )
    show_checked(app, bureau, checked, ask(options))
