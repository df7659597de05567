"""``inspector retire`` and ``restore``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.inspectors import restore_inspector, retire_inspector
from inspect_cli.command_line import Command
from inspect_cli.screens.upkeep import row_order, show_restored, show_retired
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.registry.retirement import RowOrder
    from inspect_cli.app import App


@click.command(cls=Command)
@row_order
def retire(app: App, order: RowOrder) -> None:
    """Take somebody off the roster from today on; visits that are drawn already stay as they are.

    \b
    Example:
      inspect-cli --as NAME inspector retire R001 --reason 调离
    """
    show_retired(app, retire_inspector(Store.open(app.store_url), app.actor(), order))


@click.command(cls=Command)
@row_order
def restore(app: App, order: RowOrder) -> None:
    """Bring somebody back onto the roster.

    \b
    Example:
      inspect-cli --as NAME inspector restore R001 --reason 误操作
    """
    show_restored(app, restore_inspector(Store.open(app.store_url), app.actor(), order))
