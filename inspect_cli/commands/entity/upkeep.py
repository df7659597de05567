"""``entity retire`` and ``restore``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.entities import is_awaited, restore_entity, retire_entity
from inspect_cli.command_line import Command
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.screens.upkeep import row_order, show_restored, show_retired
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.registry.retirement import RowOrder
    from inspect_cli.app import App


@click.command(cls=Command)
@row_order
def retire(app: App, order: RowOrder) -> None:
    """Retire an entity from today on: it is drawn no more, and its history stays.

    A company that turns out to be closed when it is visited is a result, not a retirement.

    \b
    Example:
      inspect-cli --as NAME entity retire 91350100M000100Y43 --reason 注销
    """
    store = Store.open(app.store_url)
    done = retire_entity(store, app.actor(), order)
    show_retired(app, done)
    if is_awaited(store, done):
        told = say("a drawn visit is still to be made at {id}: retiring does not end it", id=done.id)
        Console(language=app.language).show_note(told)


@click.command(cls=Command)
@row_order
def restore(app: App, order: RowOrder) -> None:
    """Bring a retired entity back into the registry.

    \b
    Example:
      inspect-cli --as NAME entity restore 91350100M000100Y43 --reason 误操作
    """
    show_restored(app, restore_entity(Store.open(app.store_url), app.actor(), order))
