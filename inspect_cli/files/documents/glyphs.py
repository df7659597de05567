"""Characters that the faces of a PDF do not have: found and told before anything is printed, and replaced as the operator says.

What does not live here: the faces (``files.documents.faces``), and the other formats, which leave the choice of a face to the reader's
program and need none of this.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.core.publish.blocks import Code, Heading, Items, PageBreak, Paragraph, Signatures, Table
from inspect_cli.errors import InputError, Mistake, Position, UsageMistake, say
from inspect_cli.files.documents import faces
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from inspect_cli.core.publish.blocks import Block, Document, Line

_SAME_SHAPE: Final = str.maketrans({"⟨": "〈", "⟩": "〉", "☐": "□"})
"""Characters that the faces lack, and which they have in the same shape under another code point."""
_VARIATIONS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Selectors of a variant: where a face has only one shape, it prints that and nothing for the selector."""
_AROUND: Final = 8
"""Characters shown before and after one that is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingGlyph:
    """A character that no face has: its code point (U+20BB7), the paper and the text around its first place, and how often it occurs."""

    char: str
    code: str
    title: str
    where: str
    count: int


def printed_text(text: str) -> str:
    """Give a text as it is printed: what cannot be seen is shown by its code point (〈U+202E〉)."""
    return text if text.isascii() and text.isprintable() else visible(text).translate(_SAME_SHAPE)


def find_missing_glyphs(documents: Iterable[Document]) -> tuple[MissingGlyph, ...]:
    """Find each character that neither face of a PDF has, in the order of their first places."""
    known: dict[str, bool] = {}
    found: dict[str, MissingGlyph] = {}
    for document in documents:
        texts = _texts(document)
        if _are_printable("".join(texts), known):  # as nearly all are, and counting each character takes long
            continue
        for text in texts:
            shown = printed_text(text)
            for place, char in enumerate(shown):
                if known[char]:
                    continue
                if char in found:
                    found[char] = replace(found[char], count=found[char].count + 1)
                    continue
                around = shown[max(0, place - _AROUND) : place + 1 + _AROUND]
                found[char] = MissingGlyph(
                    char=char, code=f"U+{ord(char):04X}", title=document.title, where=around, count=1
                )
    return tuple(found.values())


def _are_printable(text: str, known: dict[str, bool]) -> bool:
    """Say whether all characters of a text can be printed, and note of each whether it can."""
    chars = set(printed_text(text))
    known.update({char: char in _VARIATIONS or faces.is_printable(char) for char in chars - known.keys()})
    return all(known[char] for char in chars)


def require_glyphs(documents: Iterable[Document]) -> None:
    """Raise ``InputError`` with each character that cannot be printed, where it stands and what to do, unless there is none."""
    missing = find_missing_glyphs(documents)
    if not missing:
        return
    raise InputError(
        say(
            "the faces for printing lack {count} of the characters, and a box would be printed instead",
            count=len(missing),
        ),
        hint=say("name what is printed instead, once for each: --substitute {example}", example=f"{missing[0].char}=…"),
        mistakes=tuple(
            Mistake(
                what=say(
                    "{code} {char} is missing in “{text}”, and {count} times in all",
                    code=glyph.code,
                    char=glyph.char,
                    text=glyph.where,
                    count=glyph.count,
                ),
                where=Position(file=glyph.title),
            )
            for glyph in missing
        ),
    )


def parse_substitutes(options: Sequence[str]) -> dict[str, str]:
    """Parse ``--substitute`` options such as ``𬭎=釒宏``: one character, and what is printed for it.

    ``UsageMistake`` for another form, for a character with two replacements, and for a replacement that cannot be printed itself.
    """
    mapping: dict[str, str] = {}
    for option in options:
        char, mark, text = option[:1], option[1:2], option[2:]
        if mark != "=" or not text:
            raise UsageMistake(
                say("“{option}” is no replacement", option=option),
                hint=say(
                    "write one character, =, and what is printed for it: --substitute {example}", example="𬭎=釒宏"
                ),
            )
        if mapping.get(char, text) != text:
            raise UsageMistake(
                say("“{char}” is to be replaced by two different texts", char=char),
                hint=say("give one --substitute for each character"),
            )
        lacking = [part for part in printed_text(text) if not faces.is_printable(part)]
        if lacking:
            raise UsageMistake(
                say("“{char}” in “{option}” cannot be printed either", char=lacking[0], option=option),
                hint=say("choose other characters for --substitute"),
            )
        mapping[char] = text
    return mapping


def substitute_glyphs(document: Document, mapping: Mapping[str, str]) -> Document:
    """Replace characters throughout a document's texts."""
    table = str.maketrans(dict(mapping))
    return _change_texts(document, lambda text: text.translate(table)) if mapping else document


def _texts(document: Document) -> list[str]:
    texts: list[str] = []

    def note(text: str) -> str:
        texts.append(text)
        return text

    _change_texts(document, note)
    return texts


def _change_texts(document: Document, change: Callable[[str], str]) -> Document:
    front = document.front
    changed = replace(
        front,
        title=tuple(map(change, front.title)),
        number=change(front.number),
        addressee=change(front.addressee),
        signature=change(front.signature),
        date=change(front.date),
    )
    return replace(document, front=changed, blocks=tuple(_change_block(block, change) for block in document.blocks))


def _change_block(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Heading():
            return replace(block, line=_change_line(block.line, change))
        case Paragraph():
            return replace(block, lines=_change_lines(block.lines, change))
        case Items():
            return replace(block, items=tuple(_change_lines(item, change) for item in block.items))
        case Table():
            columns = tuple(replace(column, head=_change_line(column.head, change)) for column in block.columns)
            return replace(block, columns=columns, rows=tuple(_change_lines(row, change) for row in block.rows))
        case Code():
            return replace(block, text="\n".join(map(change, block.text.split("\n"))))
        case Signatures():
            return replace(block, labels=tuple(map(change, block.labels)))
        case PageBreak():
            return block
        case _:
            assert_never(block)


def _change_lines(lines: tuple[Line, ...], change: Callable[[str], str]) -> tuple[Line, ...]:
    return tuple(_change_line(line, change) for line in lines)


def _change_line(line: Line, change: Callable[[str], str]) -> Line:
    texts = [change(span.text) for span in line]
    if all(text is span.text for text, span in zip(texts, line, strict=True)):
        return line
    return tuple(replace(span, text=text) for text, span in zip(texts, line, strict=True))
