"""``visit import-sheets``: visit sheets that were filled in, back into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit.filled import TakingOrder, take_sheets
from inspect_cli.command_line import Command, force_option, json_option
from inspect_cli.commands.visit.sheet_intake_screen import make_data, show_bad, show_taken
from inspect_cli.console import Console
from inspect_cli.errors import InputError, UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.output import write_output
from inspect_cli.files.visit_sheets.reading import read_sheets
from inspect_cli.files.visit_sheets.report import render_report
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.visit.filled import TakenSheets
    from inspect_cli.app import App
    from inspect_cli.commands.visit.sheet_intake_screen import Bad
    from inspect_cli.errors import Mistake
    from inspect_cli.files.visit_sheets.reading import ReadSheet


@click.command("import-sheets", cls=Command)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path), help="The workbooks."
)
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and record nothing.")
@click.option("--partial", is_flag=True, help="Take the good sheets, and write the others into the report.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="Write the sheets with mistakes back, the mistakes beside them, to be corrected and imported again.",
)
@force_option
@json_option
@click.pass_obj
def import_sheets(app: App, /, files: tuple[Path, ...], *, report: Path | None, **given: Any) -> None:
    """Record what visit sheets say that were filled in (of inspect-cli visit sheets --format xlsx).

    Every mistake is told with its file, sheet, row and column; with one of them nothing is taken, unless --partial is given. A sheet
    on which nothing was filled in is left out. The same sheets again change nothing. Somebody else approves what was recorded.

    \b
    Example:
      inspect-cli --as NAME visit import-sheets sheets/sheets-2026-12-01.xlsx
      inspect-cli --as NAME visit import-sheets day.xlsx --report wrong.xlsx
    """
    _require_report(report, files, partial=given["partial"])
    actor, bureau, console = app.actor(), read_bureau(app.config), Console(language=app.language)
    read = [sheet for path in files for sheet in read_sheets(path).sheets]
    known = [sheet for sheet in read if sheet.filled is not None]
    strange = {place: sheet.mistakes for place, sheet in enumerate(read) if sheet.filled is None}
    order = TakingOrder(
        sheets=tuple(sheet.filled for sheet in known if sheet.filled is not None),
        partial=given["partial"],
        dry_run=given["dry_run"] or (bool(strange) and not given["partial"]),
    )
    if report is not None and order.partial:  # before anything is taken, so that no sheet is lost
        _write_report(
            report, _find_bad(read, known, strange, take_sheets(_open(app), actor, bureau, _looking(order))), given
        )
    taken = take_sheets(_open(app), actor, bureau, order)
    bad = _find_bad(read, known, strange, taken)
    if bad and not order.partial:
        _refuse(bad, report, given)
    if given["as_json"]:
        console.show_json(make_data(known, taken, bad, given))
        return
    show_taken(console, known, taken, given)
    show_bad(console, bad, None if order.dry_run else report)


def _require_report(report: Path | None, files: tuple[Path, ...], *, partial: bool) -> None:
    if partial and report is None:
        raise UsageMistake(
            say("the sheets with mistakes would be lost"),
            hint=say("name a file for them too: --partial --report wrong.xlsx"),
        )
    if report is not None and report.suffix.casefold() != ".xlsx":
        raise UsageMistake(
            say("the report is a workbook, and {name} is no name for one", name=report.name),
            hint=say("give --report a name that ends in .xlsx"),
        )
    if report is not None and report.exists() and any(path.exists() and report.samefile(path) for path in files):
        raise UsageMistake(
            say("the report would take the place of the file itself"), hint=say("give --report another name")
        )


def _open(app: App) -> Store:
    return Store.open(app.store_url)


def _looking(order: TakingOrder) -> TakingOrder:
    return TakingOrder(sheets=order.sheets, partial=True, dry_run=True)


def _find_bad(
    read: list[ReadSheet], known: list[ReadSheet], strange: dict[int, tuple[Mistake, ...]], taken: TakenSheets
) -> Bad:
    """Give the sheets that cannot be taken with their mistakes, in the order of the files."""
    wrong = {id(known[index]): mistakes for index, mistakes in taken.mistakes.items()}
    found = ((sheet, strange.get(place) or wrong.get(id(sheet), ())) for place, sheet in enumerate(read))
    return [(sheet, mistakes) for sheet, mistakes in found if mistakes]


def _write_report(report: Path, bad: Bad, given: dict[str, Any]) -> None:
    if bad and not given["dry_run"]:
        write_output(report, render_report(bad), overwrite=given["force"])


def _refuse(bad: Bad, report: Path | None, given: dict[str, Any]) -> None:
    """Refuse all, with every mistake of every sheet."""
    hint = say(
        "correct the sheets and import them again; --report wrong.xlsx writes them out with the mistakes beside them"
    )
    if report is not None:
        _write_report(report, bad, given)
        hint = say("correct the sheets in {file}, and import that file and the other sheets", file=str(report))
    raise InputError(
        say("nothing was taken: sheets with mistakes: {count}", count=len(bad)),
        hint=hint,
        mistakes=tuple(mistake for _sheet, mistakes in bad for mistake in mistakes),
    )
