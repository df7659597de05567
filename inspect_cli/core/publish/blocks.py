"""A document as values: its front matter and its blocks, the same for every format that it is written in.

What does not live here: making them of a template's Markdown (``files.documents.reading``), and writing them as a web page, a Word file, a
PDF or a table (``files.documents``, a module a format).

Rules:

BLOCK-1  A document is made of these blocks alone. None of them holds markup, a link, a picture or a command: whatever a name says, it can
         only be shown as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some characters of one kind: plain, strong, or as they are typed on a machine (digests, commands)."""

    text: str
    is_strong: bool = False
    is_code: bool = False


Line = tuple[Span, ...]
"""Text that stands in one line as long as there is room."""


def plain_text(line: Line) -> str:
    """Give the characters of a line alone."""
    return "".join(span.text for span in line)


class Align(StrEnum):
    """How a column's cells stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading within a document, from ``level`` 1 (一、) to 3."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines that belong together, at least one; each begins where the last one ended by a hard break.

    ``is_warning``: nobody may overlook it (this draw is void), so that it stands in a frame where the format has one.
    """

    lines: tuple[Line, ...]
    is_warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list, numbered or not; each item is one paragraph's lines."""

    items: tuple[tuple[Line, ...], ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: what stands at its head, and how its cells stand.

    ``room``: Chinese characters that somebody is to have room for who fills it in by hand; 0 leaves its width to what stands in it.
    """

    head: Line
    align: Align = Align.LEFT
    room: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with at least one column; every row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]

    @property
    def has_head(self) -> bool:
        """Say whether anything stands at the head of a column; without, no format draws a head."""
        return any(plain_text(column.head).strip() for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Lines that a person can type, shown exactly as they are."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Places in which people sign, each with what stands before it (检查人员, 日期)."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Items | Table | Code | Signatures | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands around the text of an official paper (GB/T 9704-2012); an empty text is left out.

    ``title`` is one line or more; ``number`` the document number (文号), ``addressee`` whom it is sent to (主送), ``signature`` who signs
    (署名), ``date`` the day of signing as the paper writes it, ``has_seal`` whether a place is kept for the seal, ``is_landscape`` whether
    its pages lie on their side (wide sheets).
    """

    title: tuple[str, ...]
    number: str = ""
    addressee: str = ""
    signature: str = ""
    date: str = ""
    has_seal: bool = False
    is_landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper in one language (``zh`` or ``en``)."""

    language: str
    front: Front
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """Give the title in one line, as a file, a list or a bookmark says it."""
        return ("" if self.language == "zh" else ": ").join(self.front.title)

    @property
    def is_form(self) -> bool:
        """Say whether people fill it in and sign it, so that it is no official paper but a sheet that uses its page."""
        return not self.front.has_seal and any(isinstance(block, Signatures) for block in self.blocks)
