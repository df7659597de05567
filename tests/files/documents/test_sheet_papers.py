"""The bureau's own papers by their templates: every fact in its place, hostile texts as text in every format, the same bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx import Document as WordFile

from inspect_cli.core.names import EntityId
from inspect_cli.core.publish.blocks import Signatures, Table, plain_text
from inspect_cli.core.visit.result import Label
from inspect_cli.core.visit.sheet import DrawRecordSheet, Film, PaperSource, RunSheet, RunStop
from inspect_cli.files.documents.formats import DocumentFormat, render_document
from inspect_cli.files.documents.paper_book import render_paper_book
from inspect_cli.files.documents.reading import read_document
from inspect_cli.files.documents.template import render_source
from tests.visit_papers import HEAD, make_person, make_row, make_sheet

if TYPE_CHECKING:
    from inspect_cli.core.publish.blocks import Document

HOSTILE = "<script>alert(1)</script> | `x` **b** [a](http://x.example) ![i](y) \u202e {{ v }} #set =cmd|'/c'!A1 \\n ~~s~~ $m$ @k"
PLAIN = "示例第1厂"
KINDS = ("sheet", "run", "notice", "record")
FORMS = (DocumentFormat.HTML, DocumentFormat.MARKDOWN, DocumentFormat.WORD, DocumentFormat.PDF)


def _make(kind: str, text: str, language: str = "zh") -> Document:
    """Make a paper in which every foreign text is ``text``."""
    person = replace(make_person(), name=text, certificate=text)
    rows = (
        make_row(make_sheet().rows[0].domain),
        make_row(make_sheet().rows[0].domain, "L-01", content=text, basis=text),
    )
    sheet = make_sheet(
        name=text, address=text, zone=text, people=(person,), rows=rows, head=replace(HEAD, plan=text, address=text)
    )
    stop = RunStop(
        place=1,
        number=EntityId("E01"),
        name=text,
        address=text,
        zone=text,
        contact=text,
        telephone=text,
        domains=sheet.domains,
        again=HEAD.slot,
        moved_from=date(2026, 12, 2),
    )
    source = PaperSource(
        kind=Label(zh="密封文字", en="text"), name=text, at=datetime(2026, 11, 30, 9, tzinfo=UTC), value=text
    )
    views = {
        "sheet": sheet,
        "notice": sheet,
        "run": RunSheet(head=sheet.head, day=sheet.day, people=sheet.people, stops=(stop,)),
        "record": DrawRecordSheet(
            head=sheet.head,
            drawn_at=datetime(2026, 11, 30, 10, tzinfo=UTC),
            day=date(2026, 11, 30),
            operator=text,
            sources=(source,),
            seed="a" * 64,
            commitment="b" * 64,
            result="c" * 64,
            base=10,
            visits=5,
            open=1,
            place=text,
            host=text,
            film=Film(name=text, sha256="d" * 64, size=3),
        ),
    }
    return read_document(render_source(kind, views[kind], language), language)


def _shape(document: Document) -> list[object]:
    """Give what a paper is made of, without its texts."""
    return [
        (type(block).__name__, len(block.rows), len(block.columns))
        if isinstance(block, Table)
        else type(block).__name__
        for block in document.blocks
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_make_nothing_but_text(kind: str, language: str) -> None:
    """A paper has the same parts whatever its names are; the name stands in it as it is, and no format takes it for anything else."""
    paper, plain = _make(kind, HOSTILE, language), _make(kind, PLAIN, language)
    assert _shape(paper) == _shape(plain)
    shown = HOSTILE.replace("\u202e", "⟨U+202E⟩")
    cells = [
        plain_text(cell) for block in paper.blocks if isinstance(block, Table) for row in block.rows for cell in row
    ]
    assert any(shown in cell for cell in cells)
    page = render_document((paper,), DocumentFormat.HTML).decode()
    assert "<script" not in page
    assert "href=" not in page.split("<body", 1)[1]
    word = WordFile(BytesIO(render_document((paper,), DocumentFormat.WORD)))
    assert any(shown in cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert render_document((paper,), DocumentFormat.PDF).startswith(b"%PDF-")


@pytest.mark.parametrize("text", [HOSTILE, "=1+1", "长" * 40_000])
def test_a_workbook_of_papers_holds_texts(text: str) -> None:
    """Every cell of a workbook of run sheets is a text, whatever a name says, and a second one has the same bytes."""
    paper = _make("run", text)
    data = render_paper_book((paper, paper), ("01 甲", "02 甲"))
    assert data == render_paper_book((paper, paper), ("01 甲", "02 甲"))
    with ZipFile(BytesIO(data)) as parts:
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            page = parts.read(name).decode()
            assert "<f>" not in page
            assert "hyperlink" not in page
            assert set(re.findall(r'<c r="[A-Z]+[0-9]+" s="[0-9]+" t="([a-z]+)"', page)) == {"s"}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_papers_are_the_same_bytes(form: DocumentFormat) -> None:
    """All four kinds in one file, made twice."""
    papers = [_make(kind, PLAIN) for kind in KINDS]
    assert render_document(papers, form) == render_document(papers, form)


def test_who_signs() -> None:
    """A visit sheet is signed by the company, by everybody on the visit, and dated; a record by host, operator and two witnesses."""
    (signed,) = [block for block in _make("sheet", PLAIN).blocks if isinstance(block, Signatures)]
    assert signed.labels == ("检查对象负责人（签名）", "组长（签名）", "日期")
    (signed,) = [block for block in _make("record", PLAIN).blocks if isinstance(block, Signatures)]
    assert signed.labels == ("主持人", "操作人", "见证人", "见证人", "日期")


def test_a_notice_says_what_the_law_wants() -> None:
    """The notice to a company has its name, basis, matters, day, inspectors, duties and rights, whom to call, and a place for the seal."""
    paper = _make("notice", "甲乙")
    text = render_document((paper,), DocumentFormat.MARKDOWN).decode()
    for word in (
        "检查依据",
        "L-01",
        "2026年12月1日",
        "执法证号 甲乙",
        "回避",
        "陈述、申辩",
        "0000-12345",
        "需要准备的材料",
    ):
        assert word in text
    assert paper.front.has_seal
    assert paper.front.addressee == "甲乙"


def test_what_is_not_known_is_left_empty() -> None:
    """A company without address, zone or contact, and a draw without place, host and film, have empty places and no word such as None."""
    stop = RunStop(
        place=1,
        number=EntityId("E01"),
        name="甲",
        address=None,
        zone=None,
        contact=None,
        telephone=None,
        domains=(),
    )
    expert = replace(make_person(), certificate=None)
    bare = make_sheet(address=None, zone=None, people=(expert,))
    run = RunSheet(head=HEAD, day=bare.day, people=bare.people, stops=(stop,))
    for language in ("zh", "en"):
        for kind, view in (("sheet", bare), ("notice", bare), ("run", run)):
            source = render_source(kind, view, language)
            assert "None" not in source
            read_document(source, language)
