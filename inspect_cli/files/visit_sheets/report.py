"""The sheets that could not be taken, as a workbook with what is wrong beside each row: corrected there and imported again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_cli.core.visit.sheet import name_worksheet
from inspect_cli.files.visit_sheets.writing import render_sheets
from inspect_cli.language import current, join_clauses, join_label, translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.errors import Mistake
    from inspect_cli.files.visit_sheets.layout import SheetText
    from inspect_cli.files.visit_sheets.reading import ReadSheet


def render_report(bad: Iterable[tuple[ReadSheet, tuple[Mistake, ...]]]) -> bytes:
    """Render sheets with their mistakes, in their order, in the language that is settled."""
    sheets = [
        replace(_name(place, sheet.text), problems=_say_problems(mistakes))
        for place, (sheet, mistakes) in enumerate(bad, start=1)
    ]
    return render_sheets(sheets, current())


def _name(place: int, text: SheetText) -> SheetText:
    """Give a sheet a name that no other one of the report has."""
    return replace(text, name=name_worksheet(place, text.name.lstrip("0123456789 ")))


def _say_problems(mistakes: Iterable[Mistake]) -> tuple[tuple[int, str], ...]:
    by_row: dict[int, list[str]] = defaultdict(list)
    for mistake in mistakes:
        said = [translate(mistake.what), *([translate(mistake.remedy)] if mistake.remedy else [])]
        by_row[mistake.where.row or 1].append(join_label([*filter(None, [mistake.where.column]), join_clauses(said)]))
    return tuple((row, "\n".join(texts)) for row, texts in sorted(by_row.items()))
