"""What stands in the store about draws: ``draw show`` and ``draw list``, as tables and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.draw.chains import find_lineage
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.draw.chain_screen import amends_data, chain_data, show_chain
from inspect_cli.commands.draw.data import draw_data
from inspect_cli.commands.draw.screen import show_draw, state_text
from inspect_cli.console import Column, Console
from inspect_cli.core.canonical import digest
from inspect_cli.core.names import Slot
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, translate
from inspect_cli.storage.draws import find_lines
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command("list", cls=Command)
@json_option
@click.pass_obj
def list_draws(app: App, *, as_json: bool) -> None:
    """List the draws, supplements and void ones included.

    \b
    Example:
      inspect-cli draw list
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        records = find_lines(session)
    if as_json:
        console.show_json(
            [
                {"slot": one.slot, "state": one.state, "commitment": digest(one.commitment)}
                | ({} if one.amends is None else {"amends": one.amends})
                for one in records
            ]
        )
        return
    columns = [
        Column(title=_("slot"), is_key=True),
        Column(title=_("amends"), is_key=True),
        Column(title=_("state")),
        Column(title=_("commitment")),
    ]
    rows = [(one.slot, one.amends or "", translate(state_text(one)), digest(one.commitment)) for one in records]
    console.show_table("", columns, rows)


@click.command(cls=Command)
@click.argument("slot")
@json_option
@click.pass_obj
def show(app: App, slot: str, *, as_json: bool) -> None:
    """Show where a draw stands: commitment, quotas, sources, seed, result, and the chain of supplements that it belongs to.

    \b
    Example:
      inspect-cli draw show 2026-12/1
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        lineage = find_lineage(session, Slot(slot))
    record = next(one for one in lineage if one.slot == slot)
    if as_json:
        console.show_json(draw_data(record) | amends_data(record) | chain_data(lineage))
    else:
        show_draw(console, record, read_bureau(app.config))
        show_chain(console, lineage)
