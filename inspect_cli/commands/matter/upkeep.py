"""``matter retire`` and ``restore``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.matters import restore_matter, retire_matter
from inspect_cli.acts.registry.retirement import RowOrder
from inspect_cli.command_line import Command
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def retire(app: App, number: str, reason: str) -> None:
    """Take a matter off the list from today on; outside the list there is no inspection.

    \b
    Example:
      inspect-cli --as NAME matter retire AQ-001 --reason 依据已废止
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = retire_matter(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is retired since {day}", id=done.id, day=str(done.retired)))


@click.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def restore(app: App, number: str, reason: str) -> None:
    """Put a retired matter back on the list.

    \b
    Example:
      inspect-cli --as NAME matter restore AQ-001 --reason 误操作
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = restore_matter(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is in the registry", id=done.id))
