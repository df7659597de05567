"""``schedule``: who visits whom on which day, as tables, as data, as calendar files and as a workbook; and moving a visit."""

from __future__ import annotations

import click

from inspect_cli.command_line import LazyGroup, Listed


@click.group(
    cls=LazyGroup,
    package=__name__,
    listed={
        "show": Listed(
            ".show:show", "Show the visits in force of one draw and its supplements, or of all draws that were run."
        ),
        "move": Listed(".move:move", "Move a visit to another day of the draw, on which the same team can go."),
        "ics": Listed(
            ".export:ics", "Write a calendar file: the visits of one person, who sees no others, or of everybody."
        ),
        "xlsx": Listed(
            ".export:xlsx", "Write the visits in force as a workbook to be printed: by day, by person and by entity."
        ),
    },
)
def schedule() -> None:
    """Who visits whom on which day.

    \b
    Example:
      inspect-cli schedule show 2026-12/1 --by inspector
      inspect-cli schedule ics --inspector R001 -o r001.ics
    """
