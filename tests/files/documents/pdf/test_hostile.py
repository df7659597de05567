"""Whatever a name says, it is printed as text, and nothing of it is evaluated, hidden, or off the paper."""

from __future__ import annotations

import pytest

from inspect_cli.core.publish.blocks import Code, Heading, Items, Signatures, Span
from inspect_cli.files.documents import faces
from tests.files.documents.pdf.sheets import document, line, paragraph, read, read_places, read_text, table

CODE = 10
LEFT, RIGHT = 28 * 72 / 25.4, (210 - 26) * 72 / 25.4

NAMES = (
    "#panic()", '#import "@preview/x:1.0.0": *', "$x$", "@ref", "<label>", "\\u{4e00}", "*a*", "_b_", "`c`", "= d", "// e", "/* f",
    '#read("/etc/passwd")', "[g](h)", "<script>", "~", "---", "\\", "#{", '"',
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_code(name: str) -> None:
    """A name that is code to typst is printed as it stands wherever a name can stand."""
    blocks = (
        paragraph(name), Heading(level=1, line=line(name)), Items(items=((line(name),),)), table((name,), (name,)), Code(text=name),
        Signatures(labels=(name,)),
    )  # fmt: skip
    paper = document(*blocks, title=(name,), number=name, addressee=name, signature=name, date=name)
    assert read_text(paper).count("".join(name.split())) >= 5 + len(blocks) + 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [("\u202eabc", "〈U+202E〉abc"), ("a\0b", "a〈U+0000〉b"), ("a\ud800", "a〈U+D800〉"), ("⟨☐", "〈□")],
)
def test_hidden(name: str, shown: str) -> None:
    """What hides or turns text is shown by its code point, and what the faces have under another code point is printed by that."""
    assert shown in read_text(document(paragraph(name)))


@pytest.mark.parametrize("char", ["A", "。", "\u00a0", "国", "〔", "-"])
def test_endless(char: str) -> None:
    """4,000 characters without a space stay on the paper: in a line, in a cell, in code and in a title."""
    name = char * 4000
    paper = document(paragraph(name), table(("a", "b"), (name, "c")), Code(text=name), title=(name[:400],))
    count, outside = 0, []
    for page in read(paper).pages:
        count += page.extract_text().count(char)
        for text, left, _base, size in read_places(page):
            # Code is set in DejaVu Sans Mono; marks that follow each other take half their room.
            advance = (
                0.602
                if size == CODE and char.isascii()
                else faces.serif().width(char) / (2000 if char in "。〔" else 1000)
            )
            width = size * advance * text.count(char)
            if left < LEFT - 1 or left + width > RIGHT + 1:
                outside.append((text, left, width))
    assert not outside
    assert char == "\u00a0" or count >= 12400


def test_digest() -> None:
    """A digest is printed whole, broken over lines only because it must be."""
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    spans = (Span(text="摘要："), Span(text=digest, is_code=True), Span(text="，请核对", is_strong=True))
    paper = document(paragraph("x"), Heading(level=2, line=spans))
    assert digest in read_text(paper)


def test_forty_columns() -> None:
    """A table of more columns than a page has room for is printed, not refused."""
    assert read_text(document(table(tuple(map(str, range(40))), ("9",) * 40))).count("9") >= 40
