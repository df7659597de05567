"""A bureau's own Word template, filled: what tags show, where the text goes, and that names stay text."""

from __future__ import annotations

import re

import pytest

from inspect_cli.core.publish.blocks import Code, Heading, Items, Signatures, Table
from inspect_cli.errors import InputError
from inspect_cli.files.documents.word.own import render_own_word
from inspect_cli.widths import visible
from tests.files.documents.word.packages import W, changed, find, read, tree, value
from tests.files.documents.word.papers import HOSTILE, line, paper, paragraph, result_notice, table, visit_sheet
from tests.files.documents.word.templates import sample, split_template, template


def _texts(data: bytes) -> list[str]:
    return [one.text for one in read(data).paragraphs]


class TestTags:
    """What a tag shows."""

    def test_the_front(self) -> None:
        """Each field of the front is shown by its name; a title's lines stay lines."""
        own = template(
            *("{{ title }}", "{{ number }}", "{{ addressee }}", "{{ body }}", "{{ signature }}", "{{ date }}"),
            "{% if has_seal %}（盖章）{% else %}无{% endif %}",
        )
        notice = result_notice()
        texts = _texts(render_own_word(own, notice, "t.docx"))
        front = notice.front
        assert texts[:3] == ["\n".join(front.title), front.number, front.addressee]
        assert texts[-3:] == [front.signature, front.date, "（盖章）"]
        assert _texts(render_own_word(own, paper(paragraph("甲")), "t.docx"))[1:] == ["", "", "甲", "", "", "无"]

    def test_headers_show_the_front_too(self) -> None:
        """A tag in a header is filled."""
        data = render_own_word(template(header="{{ number }}（内部）"), result_notice(), "t.docx")
        assert read(data).sections[0].header.paragraphs[0].text == "示综抽查〔2026〕3号（内部）"

    def test_a_tag_in_pieces(self) -> None:
        """Word splits what was corrected; a tag in pieces is one tag."""
        data = render_own_word(split_template(("文号 {", "{ num", "ber }", "} 终")), result_notice(), "t.docx")
        assert _texts(data)[0] == "文号 示综抽查〔2026〕3号 终"

    def test_rows_of_a_table(self) -> None:
        """A row is repeated for each row of the paper's first table; cells are counted from 0, and other tables have numbers too."""
        rows = (
            ("{{ head[0] }}", "{{ tables[1].head[1] }}"),
            ("{%tr for row in rows %}", ""),
            ("{{ loop.index }}", "{{ row[1] }}"),
            ("{%tr endfor %}", ""),
        )
        sheet = visit_sheet()
        (shown,) = read(render_own_word(template("{{ title }}", rows=rows), sheet, "t.docx")).tables
        assert [[cell.text for cell in row.cells] for row in shown.rows] == [
            ["项目", "检查事项"],
            ["1", "示例镇一号食品加工有限公司"],
            ["2", "示例镇人民路1号"],
        ]

    def test_a_paper_without_a_table(self) -> None:
        """There are no rows then, and nothing is repeated."""
        data = render_own_word(
            template("{% for row in rows %}x{% endfor %}{{ rows|length }}", "{{ body }}"), paper(), "t.docx"
        )
        assert _texts(data)[0] == "0"

    def test_a_tag_that_breaks_the_table(self) -> None:
        """A loop that begins before a table and ends in one of its cells is refused, and not guessed at."""
        rows = (("{% endfor %}", "x"),)
        with pytest.raises(InputError, match="tears it apart"):
            render_own_word(template("{{ body }}", "{% for row in rows %}", rows=rows), result_notice(), "t.docx")


class TestBody:
    """The paper's text in the place of its tag."""

    def test_all_blocks(self) -> None:
        """Paragraphs, tables, lists, code and signature cells stand between what stands around the tag, in their order."""
        document = paper(
            paragraph("甲", "乙"),
            Heading(level=2, line=line("丙")),
            table("丁 戊", ("1", "2")),
            Items(items=((line("己"),),)),
            Code(text="庚"),
            Signatures(labels=("辛",)),
        )
        data = render_own_word(template("前", "{{ body }}", "后"), document, "t.docx")
        assert [text for text in _texts(data) if text] == ["前", "甲", "乙", "丙", "•\t己", "庚", "后"]
        assert [[cell.text for cell in row.cells] for one in read(data).tables for row in one.rows] == [
            ["丁", "戊"],
            ["1", "2"],
            ["辛", "", "", ""],
        ]

    def test_the_look_of_the_place(self) -> None:
        """Text takes paragraph and characters of its tag; headings take the template's heading styles."""
        data = render_own_word(sample(), result_notice(), "t.docx")
        by_text = {one.text: one for one in read(data).paragraphs}
        assert by_text["联系电话：0000-1234567"].style.name == "Body Text"
        assert by_text["一、检查结果"].style.name == "Heading 1"
        assert by_text["（一）核验方法"].style.name == "Heading 2"

    def test_direct_formatting_is_taken_over(self) -> None:
        """A colour and an indent of the tag are those of the text; a number of a list is not."""
        direct = (
            '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="99"/></w:pPr>'
            '<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>{{ body }}</w:t></w:r>'
        )
        own = changed(template(), {"word/document.xml": ("<w:r><w:t>{{ body }}</w:t></w:r>", direct)})
        data = render_own_word(own, paper(paragraph("甲")), "t.docx")
        (shown,) = (one for one in find(data, "//w:p") if "".join(one.itertext()) == "甲")
        assert [child.tag.removeprefix(W) for child in shown.find(f"{W}pPr")] == ["ind"]
        assert value(shown.find(f"{W}r/{W}rPr/{W}color"), "val") == "FF0000"

    def test_headings_without_styles(self) -> None:
        """In a template without heading styles, headings are bold and have their level for Word's navigation."""
        own = changed(sample(), {"word/styles.xml": ('w:val="heading 1"', 'w:val="other"')})
        data = render_own_word(own, result_notice(), "t.docx")
        (shown,) = (one for one in find(data, "//w:p") if "".join(one.itertext()) == "一、检查结果")
        assert value(shown.find(f"{W}pPr/{W}outlineLvl"), "val") == "0"
        assert shown.find(f"{W}r/{W}rPr/{W}b") is not None

    def test_tables_are_as_wide_as_the_place(self) -> None:
        """A table fills the page of its section, or the cell in which the tag stands."""
        data = render_own_word(sample(), result_notice(), "t.docx")
        assert sum(int(width) for width in find(data, "//w:gridCol/@w:w")) == 11906 - 1587 - 1474
        own = template("{{ title }}", rows=(("{{ body }}", "x"),))
        within = render_own_word(own, visit_sheet(), "t.docx")
        outer = int(find(within, "/w:document/w:body/w:tbl//w:tc/w:tcPr/w:tcW/@w:w")[0])
        inner = find(within, "//w:tc/w:tbl[1]/w:tblGrid/w:gridCol/@w:w")
        assert 0 < sum(map(int, inner)) <= outer

    def test_a_section_that_ends_with_the_tag(self) -> None:
        """The section's end stays behind the text."""
        margins = 'w:top="0" w:right="500" w:bottom="0" w:left="500" w:header="0" w:footer="0" w:gutter="0"'
        section = f'<w:pPr><w:sectPr><w:pgSz w:w="9000" w:h="9000"/><w:pgMar {margins}/></w:sectPr></w:pPr>'
        own = changed(template(), {"word/document.xml": ("<w:r><w:t>{{ body }}", section + "<w:r><w:t>{{ body }}")})
        data = render_own_word(own, paper(paragraph("甲"), table("乙", ("1",))), "t.docx")
        assert sum(int(width) for width in find(data, "//w:gridCol/@w:w")) == 8000
        (body,) = find(data, "//w:body")
        assert [child.tag.removeprefix(W) for child in body] == ["p", "p", "tbl", "p", "sectPr"]
        assert body[3].find(f"{W}pPr/{W}sectPr") is not None

    @pytest.mark.parametrize(
        "texts",
        [
            ("甲 {{ body }}",),
            ("{{ body }}{{ body }}",),
            ("{{ body }}", "{{ body }}"),
            ("{{p body }}",),
            ("{% for row in rows %}{{ body }}{% endfor %}",),
        ],
    )
    def test_a_tag_that_does_not_stand_alone(self, texts: tuple[str, ...]) -> None:
        """The text has one place, a paragraph of its own."""
        with pytest.raises(InputError, match="in a paragraph of its own"):
            render_own_word(template(*texts), result_notice(), "t.docx")

    def test_the_text_in_a_header(self) -> None:
        """A header is no place for the text."""
        with pytest.raises(InputError, match="in a paragraph of its own"):
            render_own_word(template("x", header="{{ body }}"), result_notice(), "t.docx")

    def test_a_template_that_shows_nothing(self) -> None:
        """A template without the text and without rows would publish a frame: it is refused."""
        with pytest.raises(InputError, match="shows nothing of the paper's text"):
            render_own_word(template("{{ title }}", "{{ date }}"), result_notice(), "t.docx")


class TestHostile:
    """Whatever a name says, it is text."""

    @pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
    def test_shown_as_text(self, name: str) -> None:
        """A name in the front, in the text and in a cell is shown as everywhere else: nothing in it is filled, run or lost."""
        rows = (("{%tr for row in rows %}",), ("{{ row[0] }}",), ("{%tr endfor %}",))
        own = template("{{ title }}", "{{ number }}", "{{ body }}", header="{{ signature }}", rows=rows)
        document = paper(paragraph(name), table("甲", (name,)), title=(name,), number=name, signature=name)
        data = render_own_word(own, document, "t.docx")
        shown = visible(name)
        texts = _texts(data)
        assert texts[:3] == [shown, shown, shown]
        assert read(data).sections[0].header.paragraphs[0].text == shown
        assert [one.rows[-1].cells[0].text for one in read(data).tables] == [shown, shown]
        assert find(data, "//w:instrText") == []


class TestBytes:
    """The same template and paper give the same bytes."""

    def test_same_bytes(self) -> None:
        """Filled twice, a file is the same, and says its title of itself alone."""
        own = template(header="{{ number }}", rows=(("{{ rows[0][1] }}", "x"),))
        first = render_own_word(own, result_notice(), "t.docx")
        assert render_own_word(own, result_notice(), "t.docx") == first
        properties = tree(first, "docProps/core.xml")
        title = "".join(result_notice().front.title)
        assert [(child.tag.rpartition("}")[2], child.text) for child in properties] == [("title", title)]

    def test_the_sample_is_made_again(self) -> None:
        """The sample that is shipped is what its script writes, and shows every name of the front."""
        from fixtures.word_template import render_template  # noqa: PLC0415 - of the repository, not of the package

        assert render_template() == sample()
        names = set(re.findall(r"\{\{ (\w+) \}\}|\{%p? if (\w+)", "".join(_texts(sample()))))
        assert {first or second for first, second in names} == {
            "title",
            "number",
            "addressee",
            "body",
            "signature",
            "has_seal",
            "date",
        }

    def test_every_table_of_a_paper_is_named(self) -> None:
        """``tables`` has the paper's tables in their order."""
        sheet = visit_sheet()
        meant = [block.columns[1].head[0].text for block in sheet.blocks if isinstance(block, Table)]
        data = render_own_word(template("{% for one in tables %}{{ one.head[1] }};{% endfor %}"), sheet, "t.docx")
        assert _texts(data)[0].split(";")[:-1] == meant
