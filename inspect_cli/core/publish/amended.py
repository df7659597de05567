"""What a notice that lists no results says otherwise than it did: its lines before and after, side by side in both languages.

What does not live here: the lines of results (``change``), and reading a source into blocks (``files.documents``).

Rules:

AMEND-1  A notice of matters, of a plan, of a commitment, of a draw or of a month's statistics is corrected where, made anew from the store,
         it says something else than its newest version. The correction (⑥) names each line that says something else, with the part of
         the notice that it stands in; of a row of a table its first cell and those cells alone that differ; of a part that is new or
         gone as a whole its heading, and how many lines it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import Code, Heading, Items, Paragraph, Table, plain_text
from inspect_cli.core.publish.lines import TextChange
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspect_cli.core.publish.blocks import Document, Line


_FIRST: Final = Label(zh="开头部分", en="beginning")
_NONE: Final = Label(zh="（无）", en="(nothing)")
_GONE: Final = Label(zh="（删去）", en="(left out)")
_PART: Final = Label(zh="此部分全部内容（{count} 行）", en="all of this part ({count} lines)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A line of a paper: under which heading it stands, and its cells with their heads; what is no table has one cell, without a head."""

    part: str
    cells: tuple[tuple[str, str], ...]
    is_heading: bool = False

    def without(self, other: _Said | None) -> tuple[tuple[str, str], ...]:
        """Give the first cell and those that another line of the same table has otherwise; all where it is of another kind."""
        if other is None or [head for head, _ in self.cells] != [head for head, _ in other.cells]:
            return self.cells
        pairs = enumerate(zip(self.cells, other.cells, strict=True))
        return tuple(cell for place, (cell, former) in pairs if not place or cell != former)


def list_text_changes(before: tuple[Document, Document], after: tuple[Document, Document]) -> tuple[TextChange, ...]:
    """List what a notice says otherwise, each before and after given in Chinese and in English (AMEND-1)."""
    zh, en = (tuple(_compare(old, new)) for old, new in zip(before, after, strict=True))
    nothing = ("", "", "")
    return tuple(
        TextChange(
            part=Label(zh=one[0], en=other[0]),
            before=Label(zh=one[1], en=other[1]),
            after=Label(zh=one[2], en=other[2]),
        )
        for one, other in zip_longest(zh, en, fillvalue=nothing)
    )


def _compare(before: Document, after: Document) -> Iterator[tuple[str, str, str]]:
    """Give part, text before and text after of each line of one language that differs."""
    old, new = tuple(_lines(before)), tuple(_lines(after))
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        told = _tell(zip_longest(old[old_from:old_to], new[new_from:new_to]), before.language)
        for part, was, now in told:
            yield (
                part or _FIRST.text(before.language),
                was or _NONE.text(before.language),
                now or _GONE.text(before.language),
            )


def _tell(pairs: Iterable[tuple[_Said | None, _Said | None]], language: str) -> Iterator[tuple[str, str, str]]:
    """Tell lines that differ, the one before beside the one after; a part that is new or gone as a whole is told by its heading."""
    for (part, is_whole), group in groupby(_mark_parts(pairs), key=lambda marked: marked[0]):
        lines = [pair for _, pair in group]
        if not is_whole:
            yield from ((part, _text(one, other, language), _text(other, one, language)) for one, other in lines)
            continue
        count = _PART.text(language).format(count=len(lines) - 1)
        yield (part, count, "") if lines[0][1] is None else (part, "", count)


def _mark_parts(
    pairs: Iterable[tuple[_Said | None, _Said | None]],
) -> Iterator[tuple[tuple[str, bool], tuple[_Said | None, _Said | None]]]:
    """Mark each pair with its part, and whether that is new or gone as a whole: its heading stands on the same side alone."""
    heading, side = "", False
    for one, other in pairs:
        said = other or one
        part = "" if said is None else said.part
        is_alone = one is None or other is None
        if said is not None and said.is_heading:
            heading, side = (part if is_alone else ""), one is None
        is_whole = is_alone and bool(heading) and part == heading and side is (one is None)
        yield (part, is_whole), (one, other)


def _text(said: _Said | None, other: _Said | None, language: str) -> str:
    if said is None:
        return ""
    colon, mark = ("：", "；") if language == "zh" else (": ", "; ")
    cells = ((head, text) for head, text in said.without(other) if text)
    return mark.join(f"{head}{colon}{text}" if head else text for head, text in cells)


def _lines(document: Document) -> Iterator[_Said]:
    part = ""
    for block in document.blocks:
        match block:
            case Heading(line=line):
                part = plain_text(line)
                yield _Said(part=part, cells=(("", part),), is_heading=True)
            case Paragraph(lines=lines):
                yield from (_say(part, line) for line in lines)
            case Items(items=items):
                yield from (_say(part, line) for lines in items for line in lines)
            case Table(columns=columns, rows=rows):
                heads = [plain_text(column.head) for column in columns]
                for row in rows:
                    yield _Said(part=part, cells=tuple(zip(heads, map(plain_text, row), strict=True)))
            case Code(text=text):
                yield _Said(part=part, cells=(("", text),))
            case _:
                pass


def _say(part: str, line: Line) -> _Said:
    return _Said(part=part, cells=(("", plain_text(line)),))
