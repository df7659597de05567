"""``notice check``: prove that a month's notices, its store and its bundles say the same. Nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.publish.check import prove_month
from inspect_cli.command_line import Command, json_option
from inspect_cli.console import Console
from inspect_cli.core.period import parse_period
from inspect_cli.errors import MismatchError, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _
from inspect_cli.screens.proof import proof_data, show_proof
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("month", help="The month, as in 2026-12.")
@click.option("--all", "show_all", is_flag=True, help="Show long lists whole.")
@json_option
@click.pass_obj
def check(app: App, month: str, *, show_all: bool, as_json: bool) -> None:
    """Prove a month: every drawn visit has exactly one end, and its notices say what store and bundles say.

    Each rule is named by its id, with what was expected and what was found. Published notices are read from the text that was kept
    when they were published. The exit status is 6 where something differs. What is not finished yet is told, and is no difference.

    \b
    Example:
      inspect-cli notice check 2026-12
      inspect-cli notice check 2026-12 --json
    """
    console = Console(language=app.language)
    bureau, period = read_bureau(app.config), parse_period(month)
    with console.progress(_("verifying"), None) as advance:
        proof = prove_month(Store.open(app.store_url), bureau, period, advance)
    if as_json:
        console.show_json(proof_data(proof))
    else:
        show_proof(console, proof, app.language, show_all=show_all)
    if proof.differences:
        raise MismatchError(
            say(
                "{count} differences between notices, store and bundles of {period}",
                count=proof.differences,
                period=period,
            ),
            hint=say("publish nothing before each is explained; see who changed what with: inspect-cli log show"),
        )
    if not as_json:
        console.show_note(say("everything that was compared is the same"))
