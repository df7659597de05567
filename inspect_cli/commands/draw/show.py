"""What stands in the store about draws: ``draw show`` and ``draw list``, as tables and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.frozen import require_draw
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.draw.data import draw_data
from inspect_cli.commands.draw.screen import show_draw, state_text
from inspect_cli.console import Column, Console
from inspect_cli.core.canonical import digest
from inspect_cli.core.names import Slot
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, translate
from inspect_cli.storage.draws import find_draws
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command("list", cls=Command)
@json_option
@click.pass_obj
def list_draws(app: App, *, as_json: bool) -> None:
    """List the draws, void ones included.

    \b
    Example:
      inspect-cli draw list
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        records = find_draws(session)
    if as_json:
        console.show_json(
            [{"slot": one.slot, "state": one.state, "commitment": digest(one.commitment)} for one in records]
        )
        return
    columns = [Column(title=_("slot"), is_key=True), Column(title=_("state")), Column(title=_("commitment"))]
    console.show_table("", columns, [(one.slot, translate(state_text(one)), digest(one.commitment)) for one in records])


@click.command(cls=Command)
@click.argument("slot")
@json_option
@click.pass_obj
def show(app: App, slot: str, *, as_json: bool) -> None:
    """Show where a draw stands: commitment, quotas, sources, seed, result.

    \b
    Example:
      inspect-cli draw show 2026-12/1
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        record = require_draw(session, Slot(slot))
    if as_json:
        console.show_json(draw_data(record))
    else:
        show_draw(console, record, read_bureau(app.config))
