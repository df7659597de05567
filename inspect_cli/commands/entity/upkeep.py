"""``entity retire`` and ``restore``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.entities import is_awaited, restore_entity, retire_entity
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
    """Retire an entity from today on: it is drawn no more, and its history stays.

    A company that turns out to be closed when it is visited is a result, not a retirement.

    \b
    Example:
      inspect-cli --as NAME entity retire 91350100M000100Y43 --reason 注销
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    store, console = Store.open(app.store_url), Console(language=app.language)
    done = retire_entity(store, app.actor(), order)
    console.show_line(say("{id} is retired since {day}", id=done.id, day=str(done.retired)))
    if is_awaited(store, done):
        console.show_note(say("a drawn visit is still to be made at {id}: retiring does not end it", id=done.id))


@click.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def restore(app: App, number: str, reason: str) -> None:
    """Bring a retired entity back into the registry.

    \b
    Example:
      inspect-cli --as NAME entity restore 91350100M000100Y43 --reason 误操作
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = restore_entity(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is in the registry", id=done.id))
