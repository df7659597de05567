"""``plan``: a month's plan written from the registries, explained and compared. One command a module."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.plan.check import check
from inspect_cli.commands.plan.new import new


@click.group(cls=Group)
def plan() -> None:
    """Write a month's plan from the registries, and have it explained.

    \b
    Example:
      inspect-cli plan new 2026-12 -o plan.toml
      inspect-cli plan check plan.toml
    """


for command in (new, check):
    plan.add_command(command)
