"""A notice as it was published, read for its facts: the texts of its tables, and every digest that stands in it.

What does not live here: reading a source into blocks (``files.documents``), and what a notice must say (``expected``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import Code, Document, Heading, Items, Paragraph, Table, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.publish.blocks import Block, Line

Row = tuple[str, ...]

_DIGEST: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_NUMBER: Final = re.compile(r"[0-9]+")
_BETWEEN: Final = re.compile(r"[\s：:；;、,，。.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell must say: one of ``texts``; ``is_joined``: the marks between the parts of it are the template's matter."""

    texts: tuple[str, ...]
    is_joined: bool = False

    def is_said_by(self, text: str) -> bool:
        """Say whether a cell's text says it."""
        if not self.is_joined:
            return text in self.texts
        return _BETWEEN.sub("", text) in {_BETWEEN.sub("", one) for one in self.texts}

    def __str__(self) -> str:
        """Write the first of its texts."""
        return self.texts[0]


Wanted = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One language of a notice: its document number, its tables as rows of texts, the lines of its paragraphs, and all of its text."""

    number: str
    tables: tuple[tuple[Row, ...], ...]
    text: str
    prose: tuple[str, ...] = ()

    @property
    def digests(self) -> frozenset[str]:
        """Give every SHA-256 that stands in it."""
        return frozenset(_DIGEST.findall(self.text))

    @property
    def numbers(self) -> tuple[tuple[Row, ...], ...]:
        """Give the tables with nothing but their whole numbers: what both languages must share."""
        return tuple(
            tuple(tuple(cell if _NUMBER.fullmatch(cell) else "" for cell in row) for row in table)
            for table in self.tables
        )


def read_paper(document: Document) -> Paper:
    """Read a document for its facts."""
    texts = [*document.front.title, document.front.number, document.front.signature, document.front.date]
    texts += [text for block in document.blocks for text in _texts(block)]
    return Paper(
        number=document.front.number,
        tables=tuple(
            tuple(tuple(plain_text(cell).strip() for cell in row) for row in block.rows)
            for block in document.blocks
            if isinstance(block, Table)
        ),
        text="\n".join(texts),
        prose=tuple(
            plain_text(line) for block in document.blocks if isinstance(block, Paragraph) for line in block.lines
        ),
    )


def find_digests(data: bytes) -> frozenset[str]:
    """Find every SHA-256 that stands in a member of a bundle."""
    return frozenset(_DIGEST.findall(data.decode()))


def find_table(paper: Paper, wanted: tuple[Wanted, ...]) -> tuple[Row, ...] | None:
    """Find the table that says the wanted rows, or else the one that says most of them; None where none says half of them."""
    nearest, most = None, 0
    for table in paper.tables:
        if says(table, wanted):
            return table
        said = sum(
            cell.is_said_by(text)
            for row, line in zip(table, wanted, strict=False)
            for text, cell in zip(row, line, strict=False)
        )
        if said > most:
            nearest, most = table, said
    return nearest if 2 * most >= sum(map(len, wanted)) else None


def says(table: tuple[Row, ...], wanted: tuple[Wanted, ...]) -> bool:
    """Say whether a table has just the wanted rows; further columns are the template's matter."""
    return len(table) == len(wanted) and all(map(says_row, table, wanted))


def says_row(row: Row, line: Wanted) -> bool:
    """Say whether a row begins with what is wanted."""
    return len(row) >= len(line) and all(cell.is_said_by(text) for text, cell in zip(row, line, strict=False))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(line=line):
            yield plain_text(line)
        case Paragraph(lines=lines):
            yield from map(plain_text, lines)
        case Items(items=items):
            yield from (plain_text(line) for lines in items for line in lines)
        case Table(columns=columns, rows=rows):
            yield _join(tuple(column.head for column in columns))
            yield from map(_join, rows)
        case Code(text=text):
            yield text
        case _:
            return


def _join(cells: tuple[Line, ...]) -> str:
    return " ".join(map(plain_text, cells))
