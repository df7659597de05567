"""What ``visit import-sheets`` shows: the sheets that were taken, those left empty, and the mistakes of the others."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

from inspect_cli.console import Column
from inspect_cli.error_text import render_error
from inspect_cli.errors import InputError, say
from inspect_cli.language import _, current, join_places

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.acts.visit.filled import TakenSheets
    from inspect_cli.console import Console
    from inspect_cli.errors import Mistake
    from inspect_cli.files.visit_sheets.reading import ReadSheet

Bad = list["tuple[ReadSheet, tuple[Mistake, ...]]"]
"""Sheets that cannot be taken, with their mistakes."""


def show_bad(console: Console, bad: Bad, report: Path | None) -> None:
    """Tell the mistakes of the sheets that were left out, with their places; ``report`` is where they were written."""
    if not bad:
        return
    mistakes = tuple(mistake for _sheet, all_ in bad for mistake in all_)
    if report is None:
        what, hint = say("sheets with mistakes: {count}", count=len(bad)), None
    else:
        what = say("sheets with mistakes: {count}; they stand in {file}", count=len(bad), file=str(report))
        hint = say("correct them there, then: inspect-cli visit import-sheets {file}", file=quote(str(report)))
    console.show_note(what)
    for line in render_error(InputError(what, hint=hint, mistakes=mistakes))[1:]:
        console.show_note(line)


def show_taken(console: Console, known: list[ReadSheet], taken: TakenSheets, given: dict[str, Any]) -> None:
    """Show what was recorded, a table for each file, and what comes next."""
    visits = taken.visits
    columns = [
        Column(title=_("sheet"), is_key=True),
        Column(title=_("result"), is_wrapped=True),
        Column(title=_("state")),
    ]
    language = current()
    files = list(dict.fromkeys(known[index].where.file for index in visits))
    for file in files:
        rows = [
            (
                known[index].where.sheet or taken.names[index],
                f"{visit.outcome.worst.value} {visit.outcome.worst.label.text(language)}",
                _("new") if visit.is_new else _("recorded already"),
            )
            for index, visit in visits.items()
            if known[index].where.file == file
        ]
        console.show_table(file if len(files) > 1 else "", columns, rows)
    new = sum(visit.is_new for visit in visits.values())
    counts = {"new": new, "same": len(visits) - new, "blank": len(taken.blank)}
    if given["dry_run"]:
        console.show_line(say("would be recorded: {new}, recorded already: {same}, left empty: {blank}", **counts))
    else:
        console.show_line(say("recorded: {new}, recorded already: {same}, left empty: {blank}", **counts))
    if taken.blank:
        names = tuple(_name_sheet(known, index) for index in taken.blank)
        console.show_note(say("nothing is filled in on: {sheets}", sheets=names))
    for slot in dict.fromkeys(visit.slot for visit in visits.values() if visit.is_new and not given["dry_run"]):
        console.show_note(say("they await approval: inspect-cli visit approve {slot} --all", slot=slot))


def _name_sheet(known: list[ReadSheet], index: int) -> str:
    """Name a sheet, with its file where there are several."""
    where = known[index].where
    is_alone = len({sheet.where.file for sheet in known}) == 1
    return join_places([*([] if is_alone else [where.file]), where.sheet or ""])


def make_data(known: list[ReadSheet], taken: TakenSheets, bad: Bad, given: dict[str, Any]) -> dict[str, Any]:
    """Make what ``--json`` shows."""
    return {
        "dry_run": given["dry_run"],
        "visits": [
            {
                "file": known[index].where.file,
                "sheet": known[index].where.sheet,
                "slot": visit.slot,
                "entity": visit.entity,
                "new": visit.is_new,
                "version": visit.version,
                "visited_on": visit.outcome.visited_on.isoformat(),
                "result": visit.outcome.worst.value,
            }
            for index, visit in taken.visits.items()
        ],
        "blank": [{"file": known[index].where.file, "sheet": known[index].where.sheet} for index in taken.blank],
        "mistakes": [{"file": one.where.file, "sheet": one.where.sheet, "count": len(all_)} for one, all_ in bad],
    }
