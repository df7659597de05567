"""A document in each format: the same facts, every text a text, and the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from zipfile import ZipFile

import pytest
from hypothesis import given
from python_calamine import CalamineWorkbook

from inspect_cli.core.publish.blocks import Code, Document, Front, Paragraph, Signatures, Span
from inspect_cli.core.publish.notice import view_result
from inspect_cli.errors import UsageMistake
from inspect_cli.files.documents.formats import DocumentFormat, render_document
from inspect_cli.files.documents.html import render_fragment, render_page
from inspect_cli.files.documents.markdown import render_markdown
from inspect_cli.files.documents.reading import read_document
from inspect_cli.files.documents.tables import find_tables, render_csv, render_json, render_xlsx
from inspect_cli.files.documents.text import add_colon
from inspect_cli.files.safe_csv import unescape_cell
from inspect_cli.widths import visible
from tests.files.documents.pages import Page
from tests.files.documents.papers import make_document, read
from tests.files.documents.test_html import DONE
from tests.files.documents.test_reading import ANY, make_source
from tests.files.documents.test_text import HOSTILE, _read
from tests.sample_draw import make_drawn

OURS = tuple(form for form in DocumentFormat if form not in {DocumentFormat.WORD, DocumentFormat.PDF})


def make_result() -> Document:
    """Make the sample's notice of results."""
    return make_document("result", view_result(make_drawn(outcomes=DONE)), "zh")


def make_hostile(text: str) -> Document:
    """Make a document with a text in each place."""
    return read_document(make_source(text), "zh")


def find_label(document: Document) -> str:
    """Give what stands before the last place to sign, with its colon."""
    (*_blocks, places) = document.blocks
    assert isinstance(places, Signatures)
    return add_colon(places.labels[0], document.language)


def read_csv(data: bytes) -> list[list[str]]:
    """Read CSV as a program does that knows the apostrophe."""
    assert data.startswith(b"\xef\xbb\xbf")
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [[unescape_cell(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("form", OURS)
def test_the_same_document_gives_the_same_bytes(form: DocumentFormat) -> None:
    """PUBLISH-8: no clock, no chance and no name of a machine is in any format."""
    assert render_document((make_result(),), form) == render_document((make_result(),), form)


@pytest.mark.parametrize("form", OURS)
def test_every_format_says_the_same(form: DocumentFormat) -> None:
    """The company, its code and its results stand in each format; what is no table in those that hold more than tables."""
    data = render_document((make_result(),), form)
    if form is DocumentFormat.XLSX:
        with ZipFile(io.BytesIO(data)) as book:
            data = book.read("xl/sharedStrings.xml")
    text = data.decode("utf-8")
    for word in ("丙厂", "E-3", "2026年12月1日", "劳动：发现问题已责令改正；安全：未发现问题", "实地检查"):
        assert word in text
    assert ("0510-86000000" in text) is (form not in {DocumentFormat.CSV, DocumentFormat.XLSX, DocumentFormat.JSON})


@pytest.mark.parametrize(("form", "suffix"), [(DocumentFormat.FRAGMENT, ".html"), (DocumentFormat.WORD, ".docx")])
def test_a_format_knows_the_end_of_a_name(form: DocumentFormat, suffix: str) -> None:
    """A fragment is HTML too; the others are called as they are asked for."""
    assert form.suffix == suffix


class TestPage:
    """The page and the fragment."""

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_texts(self, text: str) -> None:
        """Whatever a name says, it adds no element to page or fragment, and is read as it stands, in every place."""
        for render in (render_page, render_fragment):
            found, plain = Page(render(make_hostile(text))), Page(render(make_hostile("甲")))
            assert found.tags == plain.tags
            assert [len(row) for table in found.tables for row in table] == [2] * 2
            assert found.comments == []
            assert found.text.count(visible(text).strip()) >= 18

    def test_what_stands_around_the_text(self) -> None:
        """Number beneath the title, addressee with a colon, signature and date at the end, with room for the seal; wide sheets lie."""
        front = Front(
            title=("甲局", "公告"),
            number="甲〔2026〕1号",
            addressee="乙厂",
            signature="甲局",
            date="2026年12月1日",
            has_seal=True,
            is_landscape=True,
        )
        document = Document(language="zh", front=front, blocks=())
        html = render_page(document)
        body = html[html.index("<main>") :]
        assert body == (
            '<main>\n<article class="wide">\n<header>\n<h1 class="title">甲局<br>\n公告</h1>\n'
            '<p class="number">甲〔2026〕1号</p>\n</header>\n'
            '<p class="addressee">乙厂：</p>\n<div class="signing seal">\n<p>甲局<br>\n2026年12月1日</p>\n</div>\n</article>\n</main>\n'
            "</body>\n</html>\n"
        )
        plain = replace(document, front=Front(title=("A",), addressee="B:", date="1 May"), language="en")
        assert '<p class="addressee">B:</p>\n<div class="signing">\n<p>1 May</p>\n</div>' in render_page(plain)
        assert "signing" not in render_page(replace(plain, front=Front(title=("A",)))).split("<main>")[1]

    def test_each_block(self) -> None:
        """Headings beneath the title, warnings, lists, places to sign, code and new pages are elements of their own."""
        html = render_fragment(
            read(
                "## a\n#### b\n\n> c\n\n- d\n\n1. e\\\n   f\n\n```sh\ng\n```\n\n```signatures\nh\ni:\n```\n\n---\n**j `k`**\n"
            )
        )
        assert html == (
            '<article lang="en">\n<header>\n<h2 align="center">T</h2>\n</header>\n<h3>a</h3>\n<h5>b</h5>\n'
            "<blockquote>\n<p>c</p>\n</blockquote>\n<ul>\n<li>d</li>\n</ul>\n<ol>\n<li>e<br>\nf</li>\n</ol>\n"
            f"<pre><code>g\n</code></pre>\n<div>\n<p>h: {'_' * 20}</p>\n<p>i: {'_' * 20}</p>\n</div>\n<hr>\n"
            "<p><strong>j </strong><strong><code>k</code></strong></p>\n</article>\n"
        )

    def test_a_fragment_needs_nothing(self) -> None:
        """A fragment has no class, style, script, identifier or link; its tables have borders and sides by themselves."""
        page = Page(render_fragment(make_result()))
        attributes = {(name, value) for _tag, found in page.elements for name, value in found.items()}
        assert {name for name, _value in attributes} == {
            "lang",
            "align",
            "border",
            "cellpadding",
            "cellspacing",
            "scope",
        }
        assert not {"style", "script", "html", "head", "body", "a", "img"} & set(page.tags)
        assert page.tables == Page(render_page(make_result())).tables

    def test_several_on_one_page(self) -> None:
        """Several documents are articles of one page, which is called as the first of them."""
        page = Page(render_document((make_result(), read("x")), DocumentFormat.HTML).decode())
        assert page.tags.count("article") == 2
        assert page.tags.count("main") == 1
        assert "<title>T</title>" in render_page(read("x"), make_result())
        assert render_document((read("x"), read("y")), DocumentFormat.FRAGMENT).count(b"<article") == 2


class TestMarkdown:
    """Markdown for others: whoever reads it sees the texts, and makes the same blocks of it."""

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_texts(self, text: str) -> None:
        """A reader of CommonMark with raw HTML on sees every text as it stands, and no element that is not ours."""
        found, plain = _read(render_markdown(make_hostile(text))), _read(render_markdown(make_hostile("甲")))
        assert found.tags == plain.tags
        assert found.text.count(visible(text).strip()) >= 18

    @given(ANY)
    def test_it_reads_back(self, text: str) -> None:
        """What follows the title reads back as the blocks that it was made of, whatever a text says."""
        document = make_hostile(text)
        head, rule, body = render_markdown(replace(document, front=Front(title=("T",)))).partition("\n===\n")
        assert (head, rule) == ("T", "\n===\n")
        again = read(body, "zh").blocks
        label = find_label(document)
        places = Paragraph(lines=((Span(text=f"{label} {'_' * 20}"),),))
        assert again == (*document.blocks[:-1], places)

    def test_code_with_ticks_and_bars(self) -> None:
        """Code reads back whatever ticks, bars and spaces are in it, in a table too."""
        source = "a `` ` `` b ``x`y`` c `z|`\n\n| `a\\|b` |\n| --- |\n| **`c` d** e |\n\n````sh\n```\n````\n"
        document = read(source)
        assert isinstance(document.blocks[-1], Code)
        assert read(render_markdown(document).partition("===\n")[2]).blocks == document.blocks

    def test_each_block_reads_back(self) -> None:
        """Kinds of text side by side, warnings of several lines, lists in a list's lines and new pages read back as they were."""
        source = "**b** `c` **`d`** e\\\n**f**\n\n---\n\n> g\\\n> h\n\n- i\\\n  j\n- \n\n1. k\n2. l\\\n   m\n\n#### n\n"
        document = read(source)
        assert len(document.blocks) == 6
        assert read(render_markdown(document).partition("===\n")[2]).blocks == document.blocks

    def test_it_stays_readable(self) -> None:
        """What no reader would take for markup has no mark before it: numbers of headings, times of day, colons, hyphens."""
        text = render_markdown(read("## 1. A\n\n09:12:05 (UTC+08:00), a: b - c #1 3#\n\n- a. b\n"))
        assert text == "T\n===\n\n## 1. A\n\n09:12:05 (UTC+08:00), a: b - c \\#1 3#\n\n- a. b\n"

    def test_several(self) -> None:
        """Several documents stand one after the other, a rule between."""
        assert (
            render_document((read("x"), read("y")), DocumentFormat.MARKDOWN) == b"T\n===\n\nx\n\n---\n\nT\n===\n\ny\n"
        )


class TestTables:
    """CSV, workbook and JSON hold the tables alone."""

    def test_a_caption_stands_right_before_its_table(self) -> None:
        """A line that something parts from the table, or that is too long for a name, is no caption; a heading ends the last one."""
        table = "| h |\n| --- |\n| c |\n"
        parts = ["甲", "", "乙\n\n---", "丙\\\n丁", "长" * 31, "庚。", "戊\n\n## 己"]
        source = "\n".join(f"{part}\n\n{table}" for part in parts)
        names = [(table.heading, table.caption) for table in find_tables(read(source))]
        assert names == [("", "甲"), ("", ""), ("", ""), ("", ""), ("", ""), ("", ""), ("己", "")]

    def test_one_table_as_csv(self) -> None:
        """A single table is its header and its rows."""
        assert read_csv(render_csv((read("## x\n\n| a | b |\n| --- | --- |\n| 1 | `2` |\n"),))) == [
            ["a", "b"],
            ["1", "2"],
        ]

    def test_several_tables_as_csv(self) -> None:
        """Each of several tables has its name above it, and an empty line between two."""
        table = "| h |\n| --- |\n| c |\n"
        rows = read_csv(render_csv((read(f"## 一、\n\n（一）甲\n\n{table}\n乙。\n\n{table}"), read(table))))
        assert rows == [["一、 （一）甲"], ["h"], ["c"], [], ["一、"], ["h"], ["c"], [], [""], ["h"], ["c"]]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_texts(self, text: str) -> None:
        """In CSV no cell is a formula, in a workbook each is a shared text and no link, in JSON a string; all read back."""
        shown = visible(text).strip()
        document = make_hostile(text)
        rows = [[shown, "h"], [shown, f"甲{shown}"]]
        data = render_csv((document,))
        assert read_csv(data) == rows
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            assert not any(cell.startswith(tuple("=+-@＝＋－＠\t\r")) for cell in row)
        found = json.loads(render_json((document,)))["documents"][0]
        assert [found["tables"][0]["columns"], *found["tables"][0]["rows"]] == rows
        assert found["title"] == [shown, f"T{shown}"]
        book = render_xlsx((document,))
        (sheet,) = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
        assert CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(sheet).to_python() == rows
        with ZipFile(io.BytesIO(book)) as parts:
            assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
            assert not any("rels/sheet" in name or "hyperlink" in name for name in parts.namelist())
            assert b"<dc:creator></dc:creator>" in parts.read("docProps/core.xml")

    def test_sheets_have_names_that_excel_takes(self) -> None:
        """No mark that a sheet's name cannot hold, at most 31 UTF-16 units, none twice whatever its capitals, none of Excel's own."""
        table = "| h |\n| --- |\n| c |\n"
        heads = ("a\\[1\\]:\\*?/\\\\'", "History", "Same", "SAME", "長" * 40, "長" * 40, "", "𠮷" * 20)
        book = render_xlsx((read("\n".join(f"## {head}\n\n{table}" for head in heads)),))
        names = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
        assert names == ["a 1", "History (2)", "Same", "SAME (2)", "長" * 31, "長" * 27 + " (2)", "7", "𠮷" * 15]

    def test_a_long_text_fits(self) -> None:
        """A cell holds no more than Excel takes, and a row is no higher."""
        book = render_xlsx((read(f"| h |\n| --- |\n| {'长' * 40_000} |\n"),))
        (name,) = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
        rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python()
        assert rows == [["h"], ["长" * 32_767]]

    def test_json_has_its_keys(self) -> None:
        """The keys are those that the documentation lists."""
        document = json.loads(render_json((make_result(),)))["documents"][0]
        assert list(document) == ["language", "title", "number", "addressee", "signature", "date", "tables"]
        assert list(document["tables"][0]) == ["heading", "caption", "columns", "rows"]
        assert document["date"] == "2026年12月2日"

    def test_a_paper_without_tables(self) -> None:
        """Of a paper without tables there is neither CSV nor workbook, which says so; JSON has its head."""
        for render in (render_csv, render_xlsx):
            with pytest.raises(UsageMistake, match="no table"):
                render((read("x"),))
        assert json.loads(render_json((read("x"),)))["documents"][0]["tables"] == []
