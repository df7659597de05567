"""``draw``: commit, seed, run, supplement, void; show, list and explain; bundle, receipt and replay."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.draw.explain import explain
from inspect_cli.commands.draw.handover import bundle, receipt, replay
from inspect_cli.commands.draw.seed import seed
from inspect_cli.commands.draw.show import list_draws, show
from inspect_cli.commands.draw.steps import commit, run, void
from inspect_cli.commands.draw.supplement import supplement


@click.group(cls=Group)
def draw() -> None:
    """Make a draw: commitment, public seed, result, and why it came out so.

    The steps of a draw fix something for ever: each says what, and asks first.

    \b
    Example:
      inspect-cli --as NAME draw commit plan.toml
      inspect-cli --as NAME draw seed 2026-12/1
      inspect-cli --as NAME draw run 2026-12/1
    """


for command in (commit, seed, run, supplement, void, list_draws, show, explain, bundle, receipt, replay):
    draw.add_command(command)
