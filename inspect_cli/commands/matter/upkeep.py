"""``matter retire`` and ``restore``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.matters import restore_matter, retire_matter
from inspect_cli.command_line import Command
from inspect_cli.screens.upkeep import row_order, show_restored, show_retired
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.registry.retirement import RowOrder
    from inspect_cli.app import App


@click.command(cls=Command)
@row_order
def retire(app: App, order: RowOrder) -> None:
    """Take a matter off the list from today on; outside the list there is no inspection.

    \b
    Example:
      inspect-cli --as NAME matter retire AQ-001 --reason 依据已废止
    """
    show_retired(app, retire_matter(Store.open(app.store_url), app.actor(), order))


@click.command(cls=Command)
@row_order
def restore(app: App, order: RowOrder) -> None:
    """Put a retired matter back on the list.

    \b
    Example:
      inspect-cli --as NAME matter restore AQ-001 --reason 误操作
    """
    show_restored(app, restore_matter(Store.open(app.store_url), app.actor(), order))
