"""``plan``: a month's plan written from the registries, explained and compared. One command a module."""

from __future__ import annotations

import click

from inspect_cli.command_line import LazyGroup, Listed


@click.group(
    cls=LazyGroup,
    package=__name__,
    listed={
        "year": Listed(
            ".year:year", "Show the year's plan and how far the year has come; write it to a file, or keep one."
        ),
        "new": Listed(".new:new", "Write a plan for a month, with a comment at every key."),
        "check": Listed(
            ".check:check",
            "Explain a plan: matters, quotas, who is excluded and why, and whether its visits look as if they could be staffed.",
        ),
        "rehearse": Listed(
            ".rehearse:rehearse",
            "Draw a plan many times, with seeds that nobody will use, and see whether its visits can be staffed.",
        ),
        "allow": Listed(
            ".allow:allow_one",
            "Let an entity be drawn in a month although a yearly cap or the cooling-off keeps it out.",
        ),
        "diff": Listed(".diff:diff", "Show what differs between two plans, key by key."),
    },
)
def plan() -> None:
    """Plan the year and the month: write plans, and have them explained and compared.

    \b
    Example:
      inspect-cli plan year 2026
      inspect-cli plan new 2026-12 -o plan.toml
      inspect-cli plan check plan.toml
      inspect-cli plan rehearse plan.toml
    """
