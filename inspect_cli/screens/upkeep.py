"""What retiring a row and bringing it back ask and say, alike for all three registries.

What does not live here: what it means for whom (the commands' help), and the acts themselves (``acts.registry``).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.retirement import RowOrder
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.acts.registry.retirement import Retirable
    from inspect_cli.app import App


def row_order(callback: Callable[..., None]) -> Callable[..., None]:
    """Add the number of a row and ``--reason``; the command receives them as ``order``, with the bureau's people."""

    @functools.wraps(callback)
    def with_order(app: App, *, number: str, reason: str) -> None:
        callback(app, RowOrder(id=number, reason=reason, people=read_bureau(app.config).people))

    reason = click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
    command: Callable[..., None] = click.argument("number")(reason(click.pass_obj(with_order)))
    return command


def show_retired(app: App, done: Retirable) -> None:
    """Say since when a row is retired."""
    Console(language=app.language).show_line(say("{id} is retired since {day}", id=done.id, day=str(done.retired)))


def show_restored(app: App, done: Retirable) -> None:
    """Say that a row is back."""
    Console(language=app.language).show_line(say("{id} is in the registry", id=done.id))
