"""The source of a paper → a document of blocks: nothing outside the model passes.

The source is what ``template`` makes, and what the store keeps of a published notice: a head of ``key: value`` lines between two
``---``, then Markdown (CommonMark with tables). Headings begin with ``##``; a quotation is a warning; a rule is a new page; a fence
called ``signatures`` has a place to sign a line; any other fence holds what a person types. A column that is filled in by hand has a
longer delimiter: as many dashes as it shall have room for characters. Raw HTML, links, pictures and entities are
no markup here but text. What cannot be said in blocks (a list within a list, a heading in a cell) is refused with its line.

What does not live here: the blocks (``core.publish.blocks``), their lines of text (``inline``), and how values are escaped (``text``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it.tree import SyntaxTreeNode

from inspect_cli.core.publish.blocks import (
    Align,
    Block,
    Code,
    Column,
    Document,
    Front,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
    plain_text,
)
from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.documents.bounds import find_excess
from inspect_cli.files.documents.inline import BLOCKS, parse_line, parse_lines
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from inspect_cli.core.publish.blocks import Line
    from inspect_cli.errors import Message

_EDGE: Final = "---"
_FLAGS: Final = {"": False, "no": False, "yes": True}
_TEXTS: Final = ("number", "addressee", "signature", "date")
_SIGNATURES: Final = "signatures"
DASHES: Final = 3
"""Dashes of a table's delimiter that say nothing but that a column is there."""
_QUOTED: Final = 80
"""Characters of a line that a message shows."""


def read_document(source: str, language: str, *, file: str = "source.md") -> Document:
    """Read the source of a paper in ``zh`` or ``en``; ``InputError`` with the line where it is no paper.

    ``file`` is what a message calls the source: a template's name without its last part, for the line is that of what it makes.
    """
    lines = source.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n")
    reader = _Reader(file, lines)
    if lines[0].strip() != _EDGE or _EDGE not in (line.strip() for line in lines[1:]):
        raise reader.refuse(1, say("a paper begins with a head between two lines ---"))
    end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == _EDGE)
    front = reader.read_front(lines[1:end])
    reader.begins = end + 1
    excess = find_excess(lines[end + 1 :])
    if excess is not None:
        raise reader.refuse(
            reader.begins + excess + 1,
            say("a paper has no room for so large a table, so many lines, or so many * and _"),
        )
    tokens = BLOCKS.parse("\n".join(lines[end + 1 :]))
    blocks = tuple(block for part in _part_tables(tokens) for block in reader.read_part(part))
    return Document(language=language, front=front, blocks=blocks)


def _part_tables(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Part the tokens of each table at the first level from what stands before and behind it: a large one is read without a tree."""
    part: list[Token] = []
    for token in tokens:
        if token.level == 0 and token.type == "table_open":
            yield part
            part = []
        part.append(token)
        if token.level == 0 and token.type == "table_close":
            yield part
            part = []
    yield part


class _Reader:
    """Reads one source; ``begins`` is how many lines stand before its Markdown."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.begins = 0

    def refuse(self, line: int, what: Message) -> InputError:
        """Make the error of a line, counted from 1 in the whole source."""
        return InputError(
            what,
            where=Position(file=self.file, row=line),
            hint=say(
                "correct the template that makes the line “{text}”; docs/notices.md says what a paper is made of",
                text=visible(self.lines[line - 1].strip()[:_QUOTED]),
            ),
        )

    def read_front(self, lines: list[str]) -> Front:
        """Read the head: ``title`` may come again for its next line, each other key once."""
        titles: list[str] = []
        values: dict[str, str] = {}
        for number, line in enumerate(lines, start=2):
            key, colon, text = (part.strip() for part in line.partition(":"))
            value = self._read_text(text)
            if not line.strip():
                continue
            if key == "title":
                titles += [value] if value else []
            elif key in values or not colon or key not in {*_TEXTS, "seal", "landscape"}:
                raise self.refuse(number, say("{key} is no key of a head, or comes again", key=visible(key[:_QUOTED])))
            elif key not in _TEXTS and value not in _FLAGS:
                raise self.refuse(number, say("{key} is yes or no", key=key))
            else:
                values[key] = value
        if not titles:
            raise self.refuse(1, say("a paper has a title: write it as title: … in its head"))
        texts = {key: values.get(key, "") for key in _TEXTS}
        has_seal, is_landscape = (_FLAGS[values.get(key, "")] for key in ("seal", "landscape"))
        return Front(title=tuple(titles), **texts, has_seal=has_seal, is_landscape=is_landscape)

    def read_part(self, tokens: list[Token]) -> Iterator[Block]:
        """Read a table, or what stands before or behind one."""
        if tokens and tokens[0].type == "table_open":
            yield self._read_table(tokens)
        elif tokens:
            for node in SyntaxTreeNode(tokens).children:
                yield from self._read_block(node)

    def _read_block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Read what stands at the first level of the text."""
        match node.type:
            case "paragraph":
                yield Paragraph(lines=self._read_lines(node))
            case "heading":
                yield self._read_heading(node)
            case "bullet_list" | "ordered_list":
                yield self._read_items(node)
            case "fence":
                yield self._read_fence(node)
            case "hr":
                yield PageBreak()
            case "blockquote":
                for child in node.children:
                    yield Paragraph(lines=self._read_lines(self._require(child, "paragraph")), is_warning=True)
            case _:
                raise self._refuse_node(node)

    def _read_heading(self, node: SyntaxTreeNode) -> Heading:
        level = len(node.markup) - 1
        if not 1 <= level <= 3:  # noqa: PLR2004 - the levels of ``Heading``
            raise self.refuse(self._line(node), say("headings begin with two to four #; the title stands in the head"))
        return Heading(level=level, line=self._read_line(node))

    def _read_items(self, node: SyntaxTreeNode) -> Items:
        if node.attrs.get("start", 1) != 1:
            raise self.refuse(self._line(node), say("a numbered list begins with 1"))
        items = []
        for item in node.children:
            if len(item.children) > 1:
                raise self._refuse_node(item.children[1])
            paragraphs = [self._require(child, "paragraph") for child in item.children]
            items.append(self._read_lines(paragraphs[0]) if paragraphs else ((),))
        return Items(items=tuple(items), is_numbered=node.type == "ordered_list")

    def _read_table(self, tokens: list[Token]) -> Table:
        rows: list[list[Line]] = []
        aligns: list[Align] = []
        for token in tokens:
            match token.type:
                case "tr_open":
                    rows.append([])
                case "inline":
                    rows[-1].append(parse_line(token.content))
                case "th_open":
                    aligns.append(_read_align(str(token.attrs.get("style", ""))))
        start = tokens[0].map[0] if tokens[0].map else 0
        rooms = _read_rooms(self.lines[self.begins + start + 1])
        columns = tuple(
            Column(head=head, align=align, room=room) for head, align, room in zip(rows[0], aligns, rooms, strict=True)
        )
        return Table(columns=columns, rows=tuple(map(tuple, rows[1:])))

    def _read_fence(self, node: SyntaxTreeNode) -> Code | Signatures:
        lines = node.content.split("\n")[:-1]
        if node.info.strip() == _SIGNATURES:
            return Signatures(labels=tuple(filter(None, map(self._read_text, lines))))
        return Code(text="\n".join(map(visible, lines)))

    def _read_text(self, markdown: str) -> str:
        """Read one line of Markdown for its characters alone."""
        return plain_text(parse_line(markdown.strip()))

    def _read_line(self, node: SyntaxTreeNode) -> Line:
        (line,) = self._read_lines(node)
        return line

    def _read_lines(self, node: SyntaxTreeNode) -> tuple[Line, ...]:
        return parse_lines(node.children[0].content) if node.children else ((),)

    def _require(self, node: SyntaxTreeNode, kind: str) -> SyntaxTreeNode:
        if node.type != kind:
            raise self._refuse_node(node)
        return node

    def _refuse_node(self, node: SyntaxTreeNode) -> InputError:
        return self.refuse(self._line(node), say("this cannot stand here in a paper"))

    def _line(self, node: SyntaxTreeNode) -> int:
        return self.begins + (node.map[0] if node.map else 0) + 1


def _read_align(style: str) -> Align:
    return Align(style.removeprefix("text-align:") or Align.LEFT)


def _read_rooms(delimiters: str) -> list[int]:
    """Read of the row beneath a table's head how much room each column is to have: 0 where it says no more than that it is a table."""
    counts = [part.count("-") for part in delimiters.strip().strip("|").split("|")]
    return [count if count > DASHES else 0 for count in counts]
