"""``inspector``: the roster of inspectors and experts (执法检查人员), their leave, and their recusals (回避)."""

from __future__ import annotations

import click

from inspect_cli.command_line import LazyGroup, Listed


@click.group(
    cls=LazyGroup,
    package=__name__,
    listed={
        "import": Listed(
            ".intake:import_file", "Take inspectors and experts from a file (xlsx, xls, ods, csv), whole or not at all."
        ),
        "export": Listed(
            ".export:export_file",
            "Write the roster into a workbook or CSV file, in the layout of the provincial platforms.",
        ),
        "list": Listed(".listing:list_inspectors", "List inspectors and experts, sorted by number."),
        "show": Listed(".listing:show", "Show one inspector or expert, with leave and recusals."),
        "history": Listed(
            ".history:history",
            "Show what changed of an inspector or expert: when, by whom, from which file, from what to what.",
        ),
        "check": Listed(
            ".check:check",
            "Look over the roster: certificates that lapse, skills and zones that hang on too few people, rows that are odd.",
        ),
        "retire": Listed(
            ".upkeep:retire",
            "Take somebody off the roster from today on; visits that are drawn already stay as they are.",
        ),
        "restore": Listed(".upkeep:restore", "Bring somebody back onto the roster."),
        "leave": Listed(".leave:leave", "Enter days on which somebody cannot work, and take them back."),
        "recuse": Listed(
            ".recuse:recuse",
            "Enter pairs that must not meet, before a draw, and end them; their reasons are never published.",
        ),
    },
)
def inspector() -> None:
    """Keep the roster: inspectors and experts, when they are away, and whom they must not visit.

    \b
    Example:
      inspect-cli --as NAME inspector import inspectors.csv
      inspect-cli --as NAME inspector leave add R001 \\
        --from 2026-12-07 --to 2026-12-11 --reason 年休假
    """
