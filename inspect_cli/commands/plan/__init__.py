"""``plan``: a month's plan written from the registries, explained and compared. One command a module."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.plan.allow import allow_one
from inspect_cli.commands.plan.check import check
from inspect_cli.commands.plan.diff import diff
from inspect_cli.commands.plan.new import new
from inspect_cli.commands.plan.rehearse import rehearse
from inspect_cli.commands.plan.year import year


@click.group(cls=Group)
def plan() -> None:
    """Plan the year and the month: write plans, and have them explained and compared.

    \b
    Example:
      inspect-cli plan year 2026
      inspect-cli plan new 2026-12 -o plan.toml
      inspect-cli plan check plan.toml
      inspect-cli plan rehearse plan.toml
    """


for command in (year, new, check, rehearse, allow_one, diff):
    plan.add_command(command)
