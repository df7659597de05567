"""Tables in a Word file: columns as wide as what they hold, the head on every page, rows that stay whole, cells to sign in.

Widths are fixed here and not left to Word, and they are those of the PDF: the same table looks the same in every program.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import Align
from inspect_cli.files.documents.columns import Place, find_blank_columns, fit_columns
from inspect_cli.files.documents.measuring import Setter
from inspect_cli.files.documents.word import measures
from inspect_cli.files.documents.word.looks import Role
from inspect_cli.files.documents.word.markup import render_line, render_paragraph, render_run, render_size, tag
from inspect_cli.widths import cells, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.publish.blocks import Signatures, Table
    from inspect_cli.files.documents.word.looks import Look
    from inspect_cli.files.documents.word.markup import Properties

_MARGIN: Final = 80
"""Twips left and right of a cell's text."""
_AROUND: Final = 2 * _MARGIN + 30
"""Twips of a column's width beside its text; its border is on it."""
_WRITING_HEIGHT: Final = measures.twips(8)
"""The least height of a row that is filled in on paper."""
_SIGNING_HEIGHT: Final = measures.twips(11)
_SIGNING_COLUMNS: Final = 2
_JC: Final = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}
_BORDERS: Final = tag(
    "tblBorders",
    "".join(
        tag(side, val="single", sz=4, space=0, color="auto")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ),
)
_MIDDLE: Final = tag("vAlign", val="center")


def render_table(table: Table, look: Look, *, keeps_next: bool = False) -> str:
    """Return a table as wide as the text, its head repeated on every page; ``keeps_next``: its end stays with what follows."""
    place = Place(room=look.width / 20, language=look.language, is_form=look.is_form, setter=Setter.WORD)
    fitting = fit_columns(table, place)
    widths = _round(fitting.scale_widths(look.width))
    size = round(fitting.size * 2)
    margin = min(_MARGIN, round(fitting.inset * 20))
    parts = []
    if table.has_head:
        run = _run(Role.CELL_HEAD, size, look)
        head = [
            render_paragraph(look.paragraphs[Role.CELL_HEAD], render_line(column.head, run, look.language))
            for column in table.columns
        ]
        repeated = "" if fitting.has_long_head else tag("cantSplit") + tag("tblHeader")
        parts.append(_render_row(head, widths, repeated))
    is_filled_in = look.is_form and any(find_blank_columns(table))
    height = tag("trHeight", val=_WRITING_HEIGHT, hRule="atLeast") if is_filled_in else ""
    run = _run(Role.CELL, size, look)
    for number, row in enumerate(table.rows):
        keeps = keeps_next if number == len(table.rows) - 1 else fitting.is_short
        filled = [
            render_paragraph(
                _arrange(look.paragraphs[Role.CELL], column.align, keeps_next=keeps),
                render_line(line, run, look.language),
            )
            for line, column in zip(row, table.columns, strict=True)
        ]
        parts.append(_render_row(filled, widths, ("" if number in fitting.long_rows else tag("cantSplit")) + height))
    return _render_grid(widths, "".join(parts), margin)


def render_signatures(signatures: Signatures, look: Look) -> str:
    """Return cells to sign in, two beside each other, each behind what stands before it; all of them stand on one page."""
    size = measures.FORM_TEXT
    longest = max((cells(visible(label)) for label in signatures.labels), default=0)
    label_width = min(look.width // 4, (longest + 2) * size * 5 + _AROUND)
    blank = look.width // _SIGNING_COLUMNS - label_width
    run = _run(Role.CELL, size, look)
    rows: list[str] = []
    for start in range(0, len(signatures.labels), _SIGNING_COLUMNS):
        labels = signatures.labels[start : start + _SIGNING_COLUMNS]
        rest = 2 * (_SIGNING_COLUMNS - len(labels)) + 1
        parts: list[str] = []
        for place, label in enumerate(labels):
            span = rest if place == len(labels) - 1 else 1
            text = render_run(label, run, look.language)
            keeps = start + _SIGNING_COLUMNS < len(signatures.labels)
            paragraph = _arrange(look.paragraphs[Role.CELL], Align.CENTER, keeps_next=keeps)
            parts.append(_place_cell(render_paragraph(paragraph, text), label_width))
            parts.append(
                _place_cell(
                    render_paragraph(look.paragraphs[Role.CELL], ""), blank + (span - 1) * look.width // 4, span
                )
            )
        height = tag("cantSplit") + tag("trHeight", val=_SIGNING_HEIGHT, hRule="atLeast")
        rows.append(tag("tr", tag("trPr", height) + "".join(parts)))
    return _render_grid((label_width, blank) * _SIGNING_COLUMNS, "".join(rows))


def _round(widths: Sequence[float]) -> tuple[int, ...]:
    """Round widths so that together they are exactly as wide as they were."""
    edges = [round(sum(widths[:place])) for place in range(len(widths) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _run(role: Role, size: int, look: Look) -> Properties:
    run = look.runs[role]
    if size == look.cell_size:
        return run
    return {**run, **render_size(size)}


def _arrange(paragraph: Properties, align: Align, *, keeps_next: bool) -> Properties:
    """Give the properties of a cell's paragraph with its alignment, and whether it stays on the page of what follows."""
    more = {"jc": tag("jc", val=_JC[align])} if align is not Align.LEFT else {}
    return {**paragraph, **more, **({"keepNext": tag("keepNext")} if keeps_next else {})}


def _render_row(filled: Sequence[str], widths: Sequence[int], properties: str) -> str:
    said = tag("trPr", properties) if properties else ""
    return tag("tr", said + "".join(map(_place_cell, filled, widths)))


def _place_cell(content: str, width: int, span: int = 1) -> str:
    spans = tag("gridSpan", val=span) if span > 1 else ""
    return tag("tc", tag("tcPr", tag("tcW", w=width, type="dxa") + spans + _MIDDLE) + content)


def _render_grid(widths: Sequence[int], rows: str, margin: int = _MARGIN) -> str:
    properties = (
        tag("tblW", w=sum(widths), type="dxa")
        + tag("jc", val="center")
        + _BORDERS
        + tag("tblLayout", type="fixed")
        + tag("tblCellMar", tag("left", w=margin, type="dxa") + tag("right", w=margin, type="dxa"))
        + tag("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    )
    columns = "".join(tag("gridCol", w=width) for width in widths)
    return tag("tbl", tag("tblPr", properties) + tag("tblGrid", columns) + rows)
