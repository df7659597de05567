"""``entity history``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import Command, json_option
from inspect_cli.screens.history import show_history
from inspect_cli.screens.register import private_option

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("number")
@private_option
@json_option
@click.pass_obj
def history(app: App, number: str, private: bool, as_json: bool) -> None:
    """Show what changed of an entity: when, by whom, from which file, from what to what.

    A company that changed its number keeps the history that it had under the earlier one.

    \b
    Example:
      inspect-cli entity history 91350100M000100Y43
    """
    show_history(app, "entity", number, private=private, as_json=as_json)
