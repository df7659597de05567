"""Tables in a Word file: columns as wide as what they hold, the head on every page, rows that stay whole, cells to sign in.

Widths are fixed here and not left to Word: the same table looks the same in every program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import Align
from inspect_cli.files.documents.word import measures
from inspect_cli.files.documents.word.looks import Role
from inspect_cli.files.documents.word.markup import plain, render_line, render_paragraph, render_run, tag
from inspect_cli.widths import cells, fit, longest_word, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.publish.blocks import Signatures, Table
    from inspect_cli.files.documents.word.looks import Look
    from inspect_cli.files.documents.word.markup import Properties

_MARGIN: Final = 80
"""Twips left and right of a cell's text."""
_AROUND: Final = 2 * _MARGIN + 30
"""Twips of a column's width beside its text; its border is on it."""
_LONGEST_WORD: Final = 20
"""Half characters beyond which a word gives way rather than a whole column: a credit code has 18."""
_SHORT: Final = 14
"""Half characters of a text that stays on one line: 2026年12月28日."""
_LOW: Final = 1.5
"""Lines of a row, as a mean of all, up to which a table is set in the largest size."""
_CAPITAL: Final = re.compile(r"[A-Z@%]")
_HALF_MORE: Final = re.compile(r"[A-Z@%]|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])")
"""A capital is half as wide again as a digit, and between Chinese and Latin stands a quarter of a character."""
_WHOLE_ROW: Final = 15
"""Lines of a row up to which it stays on one page; a higher one would leave half a page empty, or not fit any."""
_SIGNING_HEIGHT: Final = measures.twips(13)
_SIGNING_COLUMNS: Final = 2
_JC: Final = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}
_BORDERS: Final = tag(
    "tblBorders",
    "".join(
        tag(side, val="single", sz=4, space=0, color="auto")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ),
)
_CELL_MARGINS: Final = tag("tblCellMar", tag("left", w=_MARGIN, type="dxa") + tag("right", w=_MARGIN, type="dxa"))
_MIDDLE: Final = tag("vAlign", val="center")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """The size of a table's type in half-points, and its columns' widths in twips."""

    size: int
    widths: tuple[int, ...]

    def count_lines(self, row: Sequence[str]) -> int:
        """Count the lines of a row's longest cell, at least."""
        return max(
            -(-_measure(text) // max(1, _room(width, self.size))) for text, width in zip(row, self.widths, strict=True)
        )


def render_table(table: Table, look: Look) -> str:
    """Return a table as wide as the text, its head repeated on every page."""
    texts = [tuple(plain(column.head) for column in table.columns), *(tuple(map(plain, row)) for row in table.rows)]
    grid = _lay_out(texts, look.width)
    head = [
        _render_cell(render_line(column.head, _run(Role.CELL_HEAD, grid, look), look.language), Role.CELL_HEAD, look)
        for column in table.columns
    ]
    parts = [_render_row(head, grid, tag("cantSplit") + tag("tblHeader"))]
    run = _run(Role.CELL, grid, look)
    for row, text in zip(table.rows, texts[1:], strict=True):
        filled = [
            _render_cell(render_line(line, run, look.language), Role.CELL, look, column.align)
            for line, column in zip(row, table.columns, strict=True)
        ]
        parts.append(_render_row(filled, grid, tag("cantSplit") if grid.count_lines(text) <= _WHOLE_ROW else ""))
    return _render_grid(grid.widths, "".join(parts))


def render_signatures(signatures: Signatures, look: Look) -> str:
    """Return cells to sign in, two beside each other, each behind what stands before it."""
    size = look.cell_size or measures.CELL_SIZES[0]
    longest = max((cells(visible(label)) for label in signatures.labels), default=0)
    label_width = min(look.width // 4, (longest + 2) * size * 5 + _AROUND)
    blank = look.width // _SIGNING_COLUMNS - label_width
    grid = _Grid(size=size, widths=(label_width, blank) * _SIGNING_COLUMNS)
    run = _run(Role.CELL, grid, look)
    rows: list[str] = []
    for start in range(0, len(signatures.labels), _SIGNING_COLUMNS):
        labels = signatures.labels[start : start + _SIGNING_COLUMNS]
        rest = 2 * (_SIGNING_COLUMNS - len(labels)) + 1
        parts: list[str] = []
        for place, label in enumerate(labels):
            span = rest if place == len(labels) - 1 else 1
            text = render_run(label, run, look.language)
            parts.append(_place_cell(_render_cell(text, Role.CELL, look, Align.CENTER), label_width))
            parts.append(_place_cell(_render_cell("", Role.CELL, look), blank + (span - 1) * look.width // 4, span))
        height = tag("cantSplit") + tag("trHeight", val=_SIGNING_HEIGHT, hRule="atLeast")
        rows.append(tag("tr", tag("trPr", height) + "".join(parts)))
    return _render_grid(grid.widths, "".join(rows))


def _lay_out(texts: Sequence[Sequence[str]], width: int) -> _Grid:
    """Choose a size, the first in which rows are low and the longest words have room, and share the width among the columns.

    A short text (a day, a person's name) stays on one line where all columns' short texts have room beside each other.
    """
    columns = list(zip(*texts, strict=True))
    words = [min(_LONGEST_WORD, max(map(_measure_word, column))) for column in columns]
    whole = [max(word, *map(_measure_short, column)) for word, column in zip(words, columns, strict=True)]
    longest = [max(map(_measure, column)) for column in columns]
    for size in measures.CELL_SIZES:
        room = _room(width, size, len(columns))
        least = whole if sum(whole) <= room else words
        natural = [min(room, max(pair)) for pair in zip(least, longest, strict=True)]
        grid = _Grid(size=size, widths=_share(fit(natural, least, room), width, size))
        is_low = size != measures.CELL_SIZES[0] or sum(map(grid.count_lines, texts)) <= _LOW * len(texts)
        if sum(words) <= room and is_low:
            break
    return grid


def _measure(text: str) -> int:
    """Measure a text in half characters, with what capitals and changes between Chinese and Latin take beside them."""
    return cells(text) + (len(_HALF_MORE.findall(text)) + 1) // 2


def _measure_word(text: str) -> int:
    """Measure the longest piece that stays on one line, at least."""
    return longest_word(text) + (len(_CAPITAL.findall(text)) + 1) // 2


def _measure_short(text: str) -> int:
    """Measure a text that is to stay on one line; 0 where it is too long for that."""
    return _measure(text) if cells(text) <= _SHORT else 0


def _share(fitted: Sequence[int], width: int, size: int) -> tuple[int, ...]:
    """Give each column its cells' width, and what is left over in proportion; together they are exactly as wide as the text."""
    wanted = [count * size * 5 + _AROUND for count in fitted]
    edges = [width * sum(wanted[:place]) // sum(wanted) for place in range(len(wanted) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _room(width: int, size: int, columns: int = 1) -> int:
    """Say how many half characters of a size (half-points, ten twips each) have room in some columns of a width together."""
    return (width - columns * _AROUND) // (size * 5)


def _run(role: Role, grid: _Grid, look: Look) -> Properties:
    run = look.runs[role]
    if grid.size == look.cell_size:
        return run
    return {**run, "sz": tag("sz", val=grid.size), "szCs": tag("szCs", val=grid.size)}


def _render_cell(runs: str, role: Role, look: Look, align: Align = Align.LEFT) -> str:
    paragraph = look.paragraphs[role]
    if align is not Align.LEFT:
        paragraph = {**paragraph, "jc": tag("jc", val=_JC[align])}
    return render_paragraph(paragraph, runs)


def _render_row(filled: Sequence[str], grid: _Grid, properties: str) -> str:
    said = tag("trPr", properties) if properties else ""
    return tag("tr", said + "".join(map(_place_cell, filled, grid.widths)))


def _place_cell(content: str, width: int, span: int = 1) -> str:
    spans = tag("gridSpan", val=span) if span > 1 else ""
    return tag("tc", tag("tcPr", tag("tcW", w=width, type="dxa") + spans + _MIDDLE) + content)


def _render_grid(widths: Sequence[int], rows: str) -> str:
    properties = (
        tag("tblW", w=sum(widths), type="dxa")
        + tag("jc", val="center")
        + _BORDERS
        + tag("tblLayout", type="fixed")
        + _CELL_MARGINS
        + tag("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    )
    columns = "".join(tag("gridCol", w=width) for width in widths)
    return tag("tbl", tag("tblPr", properties) + tag("tblGrid", columns) + rows)
