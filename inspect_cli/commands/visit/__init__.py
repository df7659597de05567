"""``visit``: what was found, and how each visit of a draw ends. The acts are in ``acts.visit`` and ``acts.registry.ledger``."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.visit.attaching import attach
from inspect_cli.commands.visit.ending import cancel, carry_over
from inspect_cli.commands.visit.export import export_file
from inspect_cli.commands.visit.following import list_follow_ups, take_step
from inspect_cli.commands.visit.intake import import_file
from inspect_cli.commands.visit.listing import list_visits
from inspect_cli.commands.visit.record import correct, record
from inspect_cli.commands.visit.review import approve, return_results
from inspect_cli.commands.visit.sheet_intake import import_sheets
from inspect_cli.commands.visit.sheets import sheets
from inspect_cli.commands.visit.showing import show


@click.group(cls=Group)
def visit() -> None:
    """Visits: earlier ones and other departments', and how the drawn ones end.

    \b
    Example:
      inspect-cli --as NAME visit import visits.csv
      inspect-cli visit list 2026-12/1 --state planned
      inspect-cli --as NAME visit record 2026-12/1 91350100M000100Y43 \\
          --result safety=1 --result labour=5
      inspect-cli --as OTHER visit approve 2026-12/1 --all
    """


for command in (
    import_file,
    export_file,
    record,
    attach,
    approve,
    return_results,
    correct,
    take_step,
    list_follow_ups,
    cancel,
    carry_over,
    list_visits,
    show,
    sheets,
    import_sheets,
):
    visit.add_command(command)
