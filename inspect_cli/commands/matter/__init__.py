"""``matter``: import, list, show, retire and bring back the matters (随机抽查事项) of the published list."""

from __future__ import annotations

import click

from inspect_cli.command_line import LazyGroup, Listed


@click.group(
    cls=LazyGroup,
    package=__name__,
    listed={
        "import": Listed(".intake:import_file", "Take matters from a file (xlsx, xls, ods, csv), whole or not at all."),
        "export": Listed(
            ".export:export_file",
            "Write the list of matters into a workbook or CSV file, in the layout of the published list.",
        ),
        "list": Listed(".listing:list_matters", "List the matters, sorted by number."),
        "show": Listed(
            ".listing:show", "Show one matter with its legal basis, to whom it applies, and which version of it stands."
        ),
        "history": Listed(
            ".history:history", "Show what changed of a matter: when, by whom, from which file, from what to what."
        ),
        "check": Listed(
            ".check:check",
            "Look over the list of matters: what lapses, what is missing or doubled, and what no entity meets.",
        ),
        "retire": Listed(
            ".upkeep:retire", "Take a matter off the list from today on; outside the list there is no inspection."
        ),
        "restore": Listed(".upkeep:restore", "Put a retired matter back on the list."),
    },
)
def matter() -> None:
    """Keep the list of matters: what may be inspected at all.

    \b
    Example:
      inspect-cli --as NAME matter import matters.csv
      inspect-cli matter list --domain 安全
    """
