"""``matter history``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import Command, json_option
from inspect_cli.screens.history import show_history

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("number")
@json_option
@click.pass_obj
def history(app: App, number: str, as_json: bool) -> None:
    """Show what changed of a matter: when, by whom, from which file, from what to what.

    \b
    Example:
      inspect-cli matter history AQ-001
    """
    show_history(app, "matter", number, as_json=as_json)
