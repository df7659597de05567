"""``visit``: what was found, and how each visit of a draw ends. The acts are in ``acts.visit`` and ``acts.registry.ledger``."""

from __future__ import annotations

import click

from inspect_cli.command_line import LazyGroup, Listed


@click.group(
    cls=LazyGroup,
    package=__name__,
    listed={
        "import": Listed(
            ".intake:import_file",
            "Take visits from a file (xlsx, xls, ods, csv) into the ledger: earlier ones, and those of other departments.",
        ),
        "export": Listed(
            ".export:export_file",
            "Write the ledger into a workbook or CSV file: earlier visits, and those of other departments.",
        ),
        "record": Listed(".record:record", "Record what a visit found, all its domains together."),
        "attach": Listed(
            ".attaching:attach",
            "Note the files that belong to a result: name, size and SHA-256 are kept, the files stay where they are.",
        ),
        "approve": Listed(".review:approve", "Approve results, so that they can be published."),
        "return": Listed(
            ".review:return_results", "Return results that await approval, so that they are recorded anew."
        ),
        "correct": Listed(
            ".correcting:correct",
            "Correct a result that was approved: a new version, with reason, basis and a second person's leave.",
        ),
        "follow-up": Listed(
            ".following:take_step",
            "Keep what was done after a result: a re-check, another term, a transfer, the end of it.",
        ),
        "follow-ups": Listed(
            ".following:list_follow_ups", "List the follow-ups that are not closed, overdue ones first."
        ),
        "cancel": Listed(".ending:cancel", "Cancel visits for good: nobody goes, and nobody else is visited instead."),
        "carry-over": Listed(
            ".ending:carry_over",
            "Carry visits over to a later month, whose plan takes these companies whatever its quotas say.",
        ),
        "list": Listed(
            ".listing:list_visits",
            "List the visits of a draw with their days and results, and how far each result has come.",
        ),
        "show": Listed(".showing:show", "Show all that is known of one visit after the draw."),
        "sheets": Listed(
            ".sheets:sheets",
            "Write the papers of a draw's visits: sheets to fill in, run sheets by team, notices to companies, the record of the draw.",
        ),
        "import-sheets": Listed(
            ".sheet_intake:import_sheets",
            "Record what visit sheets say that were filled in (of inspect-cli visit sheets --format xlsx).",
        ),
    },
)
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
