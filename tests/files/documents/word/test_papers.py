"""Word files of our papers: the official layout, whole texts, the same bytes, and nothing in them that tells of anybody."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from inspect_cli.core.publish.blocks import (
    Code,
    Column,
    Document,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)
from inspect_cli.files.documents.word.papers import render_word
from inspect_cli.widths import visible
from tests.files.documents.word.packages import W, find, members, read, tree, value
from tests.files.documents.word.papers import (
    HOSTILE,
    line,
    paper,
    paragraph,
    result_notice,
    run_sheet,
    table,
    visit_sheet,
)

MILLIMETRE = 1440 / 25.4


def _style(data: bytes, style: str) -> str:
    """Give a style as text."""
    (found,) = find(data, f"//w:style[@w:styleId='{style}']", "word/styles.xml")
    return str(re.sub(r' xmlns:\w+="[^"]*"', "", _text(found)))


def _text(node: object) -> str:
    from lxml import etree  # type: ignore[import-untyped] # noqa: PLC0415 - ships no types

    return str(etree.tostring(node, encoding="unicode"))


def _attributes(node: object) -> dict[str, str]:
    return {key.removeprefix(W): text for key, text in node.attrib.items()}  # type: ignore[attr-defined]


class TestPage:
    """GB/T 9704-2012, chapters 5 and 7."""

    def test_margins_and_text_area(self) -> None:
        """A4; 37 mm above, 28 mm left, and the text is 156 mm × 225 mm (5.2.1)."""
        data = render_word([result_notice()])
        (size,) = find(data, "//w:sectPr/w:pgSz")
        (margins,) = find(data, "//w:sectPr/w:pgMar")
        width, height = (int(value(size, name) or 0) for name in ("w", "h"))
        top, right, bottom, left = (int(value(margins, name) or 0) for name in ("top", "right", "bottom", "left"))
        expected = {
            width: 210,
            height: 297,
            top: 37,
            left: 28,
            width - left - right: 156,
            height - top - bottom: 225,
        }
        assert [round(twips / MILLIMETRE, 1) for twips in expected] == list(expected.values())

    def test_grid(self) -> None:
        """22 lines fill 225 mm and a 23rd has no room; 28 characters fill 156 mm and a 29th has none (5.2.3)."""
        data = render_word([result_notice()])
        (grid,) = find(data, "//w:sectPr/w:docGrid")
        assert value(grid, "type") == "linesAndChars"
        pitch = int(value(grid, "linePitch") or 0) / MILLIMETRE
        assert 22 * pitch <= 225 < 23 * pitch
        character = (16 + int(value(grid, "charSpace") or 0) / 4096) * 20 / MILLIMETRE
        assert 28 * character == pytest.approx(156, abs=0.05)
        (spacing,) = find(data, "//w:style[@w:styleId='Normal']/w:pPr/w:spacing", "word/styles.xml")
        assert _attributes(spacing) == {
            "before": "0",
            "after": "0",
            "line": value(grid, "linePitch"),
            "lineRule": "exact",
        }
        (condensed,) = find(data, "//w:style[@w:styleId='BodyText']/w:rPr/w:spacing", "word/styles.xml")
        own = (16 * 20 + int(value(condensed, "val") or 0)) / MILLIMETRE
        assert 28 * own <= 156 < 29 * own

    def test_landscape(self) -> None:
        """A wide sheet is the upright page turned: its text is 225 mm wide and 156 mm high."""
        data = render_word([run_sheet()])
        (size,) = find(data, "//w:sectPr/w:pgSz")
        (margins,) = find(data, "//w:sectPr/w:pgMar")
        assert value(size, "orient") == "landscape"
        width = sum(
            int(value(node, name) or 0) * sign
            for node, name, sign in ((size, "w", 1), (margins, "left", -1), (margins, "right", -1))
        )
        height = sum(
            int(value(node, name) or 0) * sign
            for node, name, sign in ((size, "h", 1), (margins, "top", -1), (margins, "bottom", -1))
        )
        assert (round(width / MILLIMETRE), round(height / MILLIMETRE)) == (225, 156)

    def test_each_document_is_a_section_with_its_own_page_numbers(self) -> None:
        """Three papers make three sections; each begins on a new page, and its pages are counted from 1."""
        data = render_word([result_notice(), run_sheet(), visit_sheet()])
        sections = find(data, "//w:sectPr")
        assert len(sections) == 3
        assert [value(section.find(f"{W}pgNumType"), "start") for section in sections] == ["1", "1", "1"]
        assert [value(section.find(f"{W}type"), "val") for section in sections] == ["nextPage"] * 3
        assert [value(section.find(f"{W}pgSz"), "orient") for section in sections] == [None, "landscape", None]
        assert len(read(data).sections) == 3

    def test_page_number_on_the_outer_side(self) -> None:
        """Between two dashes, 14 pt, one character from the right on odd pages and from the left on even ones (7.5)."""
        data = render_word([result_notice()])
        (settings,) = find(data, "//w:evenAndOddHeaders", "word/settings.xml")
        assert settings is not None
        for number, (kind, side) in enumerate((("default", "right"), ("even", "left")), start=1):
            path = f"word/footer{number}.xml"
            (field,) = find(data, "//w:fldSimple", path)
            assert (value(field, "instr") or "").strip() == "PAGE"
            assert "".join(tree(data, path).itertext()) == "— 1 —"
            (indent,) = find(data, "//w:ind", path)
            assert _attributes(indent) == {f"{side}Chars": "100", side: "280"}
            assert value(find(data, "//w:jc", path)[0], "val") == side
            assert len(find(data, f"//w:footerReference[@w:type='{kind}']")) == 1
        assert '<w:sz w:val="28"/>' in _style(data, "Footer")

    def test_faces(self) -> None:
        """The official faces by their names for Chinese, Times New Roman for Latin; 16 pt text, 22 pt title, centred (5.2.2, 7.3.1)."""
        data = render_word([result_notice()])
        (defaults,) = find(data, "//w:docDefaults//w:rFonts", "word/styles.xml")
        latin = dict.fromkeys(("ascii", "hAnsi", "cs"), "Times New Roman")
        assert _attributes(defaults) == {**latin, "eastAsia": "仿宋_GB2312"}
        assert value(find(data, "//w:docDefaults//w:sz", "word/styles.xml")[0], "val") == "32"
        for style, face in (("Title", "方正小标宋简体"), ("Heading1", "黑体"), ("Heading2", "楷体_GB2312")):
            assert f'w:eastAsia="{face}"' in _style(data, style)
        assert '<w:sz w:val="44"/>' in _style(data, "Title")
        assert '<w:jc w:val="center"/>' in _style(data, "Title")
        (language,) = find(data, "//w:docDefaults//w:lang", "word/styles.xml")
        assert (value(language, "val"), value(language, "eastAsia")) == ("en-US", "zh-CN")

    def test_chinese_quotes_take_the_chinese_face(self) -> None:
        """“ and ” and — are as wide as Chinese characters in a Chinese paper, and as Latin ones in an English one."""
        for language, hints in (("zh", ["eastAsia"]), ("en", [])):
            data = render_word([paper(paragraph("“a”"), title=("t",), language=language)])
            assert [value(font, "hint") for font in find(data, "//w:r/w:rPr/w:rFonts")] == hints


class TestContent:
    """Every block is there, as what it is."""

    def test_headings_are_headings(self) -> None:
        """Word's navigation finds title and headings by their own styles, and the outline has their levels."""
        document = read(render_word([result_notice()]))
        styled = [
            (one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith(("Heading", "Title"))
        ]
        assert styled == [
            ("Title", "示例镇综合行政执法局\n关于2026年12月抽查检查结果的公告"),
            ("Heading 1", "一、检查结果"),
            ("Heading 2", "（一）核验方法"),
            ("Heading 3", "1. 命令"),
        ]
        levels = [
            find(
                render_word([result_notice()]),
                f"//w:style[@w:styleId='Heading{level}']//w:outlineLvl/@w:val",
                "word/styles.xml",
            )
            for level in (1, 2, 3)
        ]
        assert levels == [["0"], ["1"], ["2"]]

    def test_front(self) -> None:
        """Number, addressee with its colon, signature and date stand in their order, each in its style; what is empty is not there."""
        document = read(render_word([result_notice()]))
        named = {one.style.name: one.text for one in document.paragraphs}
        assert named["Document Number"] == "示综抽查〔2026〕3号"
        assert named["Addressee"] == "各有关企业："
        assert [one.text for one in document.paragraphs][-2:] == ["示例镇综合行政执法局", "2026年12月8日"]
        bare = read(render_word([paper(paragraph("正文"))]))
        assert [one.text for one in bare.paragraphs] == ["关于检查结果的公告", "正文"]

    @pytest.mark.parametrize(
        ("language", "addressee", "shown"),
        [
            ("zh", "各企业", "各企业："),
            ("zh", "各企业：", "各企业："),
            ("zh", "各企业:", "各企业:"),
            ("en", "All companies", "All companies:"),
        ],
    )
    def test_addressee(self, language: str, addressee: str, shown: str) -> None:
        """The addressee ends with one colon (7.3.2)."""
        document = read(render_word([paper(language=language, addressee=addressee)]))
        assert [one.text for one in document.paragraphs if one.style.name == "Addressee"] == [shown]

    def test_tables(self) -> None:
        """A table's head comes again on every page, its rows stay whole, and an independent reader finds every cell."""
        notice = result_notice()
        data = render_word([notice])
        (shown,) = read(data).tables
        (meant,) = (block for block in notice.blocks if isinstance(block, Table))
        assert [cell.text for cell in shown.rows[0].cells] == [column.head[0].text for column in meant.columns]
        assert [[cell.text for cell in row.cells] for row in shown.rows[1:]] == [
            [cell[0].text for cell in row] for row in meant.rows
        ]
        assert len(find(data, "//w:tr[1]/w:trPr/w:tblHeader")) == 1
        assert len(find(data, "//w:tr/w:trPr/w:tblHeader")) == 1
        assert len(find(data, "//w:tr/w:trPr/w:cantSplit")) == 61
        sides = {node.tag.removeprefix(W): value(node, "val") for node in find(data, "//w:tblBorders/*")}
        assert sides == dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), "single")

    def test_a_row_higher_than_half_a_page_may_break(self) -> None:
        """A row that no page could hold is not kept whole, so that nothing of it is lost."""
        data = render_word([paper(table("甲 乙", ("1", "长" * 4000), ("2", "短")))])
        assert [len(row.findall(f"{W}trPr/{W}cantSplit")) for row in find(data, "//w:tr")] == [1, 0, 1]

    def test_columns_follow_their_content(self) -> None:
        """Columns together are as wide as the text; a credit code and a day keep one line; a long text gets the most room."""
        data = render_word([result_notice()])
        widths = [int(width) for width in find(data, "//w:gridCol/@w:w")]
        (size,) = find(data, "//w:sectPr/w:pgSz")
        (margins,) = find(data, "//w:sectPr/w:pgMar")
        assert sum(widths) == int(value(size, "w") or 0) - int(value(margins, "left") or 0) - int(
            value(margins, "right") or 0
        )
        point = int(find(data, "//w:tbl//w:sz/@w:val")[0]) / 2
        # 16 digits of half an em, M 0.889 and A 0.722 of Times New Roman; 2026年12月28日 is 3 characters, 8 digits and 5 gaps.
        assert widths[2] - 160 >= (16 * 0.5 + 0.889 + 0.722) * point * 20
        assert widths[3] - 160 >= (3 + 8 * 0.5 + 5 * 0.25) * point * 20
        assert min(widths) == widths[0] or min(widths) == widths[5]
        assert max(widths) in {widths[1], widths[2], widths[4]}

    def test_alignment_of_cells(self) -> None:
        """A centred column is centred, its head too; other cells stand left."""
        data = render_word([paper(table("甲 乙", ("1", "2")))])
        assert [node.findall(f"{W}pPr/{W}jc") != [] for node in find(data, "//w:tc/w:p")] == [False, False, True, False]
        assert '<w:jc w:val="center"/>' in _style(data, "TableHead")

    def test_signature_cells(self) -> None:
        """Two labelled cells stand beside each other, a last one alone has the rest of its row; each is 11 mm high at least."""
        data = render_word([paper(Signatures(labels=("检查人员", "企业负责人", "日期")))])
        (shown,) = read(data).tables
        assert [[cell.text for cell in row.cells] for row in shown.rows] == [
            ["检查人员", "", "企业负责人", ""],
            ["日期", "", "", ""],
        ]
        for height in find(data, "//w:trHeight"):
            assert (value(height, "hRule"), round(int(value(height, "val") or 0) / MILLIMETRE)) == ("atLeast", 11)

    def test_lists_and_code(self) -> None:
        """Numbers and bullets are text; lines of an item and of code stay lines."""
        texts = [one.text for one in read(render_word([result_notice()])).paragraphs]
        assert "1.\t有异议的可以书面提出。" in texts
        assert "2.\t投诉电话：12345\n地址：人民路1号" in texts
        assert "•\t摘要\n重点0a1b" in texts
        assert "inspect-cli verify 2026-12-a.zip\ninspect-cli verify --level 3 2026-12-a.zip" in texts

    def test_strong_and_code_spans(self) -> None:
        """A strong span is bold, a span of code has a machine's face."""
        data = render_word([result_notice()])
        assert find(data, "//w:r[w:rPr/w:b]/w:t/text()") == ["重点"]
        assert find(data, "//w:r[w:rPr/w:rFonts/@w:ascii='Consolas']/w:t/text()") == ["0a1b"]

    def test_a_paragraphs_lines(self) -> None:
        """Each line of a paragraph begins anew, indented as the first one."""
        texts = [one.text for one in read(render_word([paper(paragraph("甲", "乙"))])).paragraphs]
        assert texts == ["关于检查结果的公告", "甲", "乙"]

    def test_english(self) -> None:
        """An English paper is not indented, and its headings are bold; a title of two lines is one in the properties."""
        data = render_word(
            [
                paper(
                    Heading(level=1, line=line("1. Facts")),
                    paragraph("Text"),
                    language="en",
                    title=("Results of", "December"),
                )
            ]
        )
        named = {one.text: one for one in read(data).paragraphs}
        assert named["1. Facts"].runs[0].bold
        assert named["Text"].style.name == "English Text"
        assert read(data).core_properties.title == "Results of: December"


class TestPageBreaks:
    """A new page begins where one is meant, and nowhere else."""

    @pytest.mark.parametrize(
        ("blocks", "places"),
        [
            ((paragraph("甲"), PageBreak(), paragraph("乙")), ["乙"]),
            ((paragraph("甲"), PageBreak(), PageBreak(), paragraph("乙")), ["乙"]),
            ((paragraph("甲"), PageBreak(), table("丙", ("丁",))), [""]),
            ((paragraph("甲"), PageBreak()), []),
        ],
    )
    def test_breaks(self, blocks: tuple[object, ...], places: list[str]) -> None:
        """The paragraph behind a break begins the page; before a table one without height does; none is left over."""
        data = render_word([paper(*blocks)])  # type: ignore[arg-type] # blocks
        assert ["".join(node.itertext()) for node in find(data, "//w:p[w:pPr/w:pageBreakBefore]")] == places

    def test_tables_stay_two(self) -> None:
        """Between two tables stands a paragraph, or Word would make one of them; and the last thing of a paper is a paragraph."""
        data = render_word([paper(table("甲", ("1",)), table("乙", ("2",)))])
        (body,) = find(data, "//w:body")
        assert [child.tag.removeprefix(W) for child in body] == ["p", "tbl", "p", "tbl", "p", "sectPr"]

    def test_last_words_go_with_the_signature(self) -> None:
        """A last heading with its list, or the last row of a table, stays on the page of the signature."""
        blocks = (Heading(level=1, line=line("五、")), paragraph("丙"), Items(items=((line("电话"),), (line("地址"),))))
        data = render_word([paper(paragraph("甲"), *blocks, signature="局", date="2026年12月8日")])
        kept = ["".join(node.itertext()) for node in find(data, "//w:p[w:pPr/w:keepNext]")]
        assert [text.lstrip("•\t") for text in kept] == ["五、", "丙", "电话", "地址"]
        data = render_word([paper(table("甲", *((str(number),) for number in range(11))), signature="局")])
        assert ["".join(node.itertext()) for node in find(data, "//w:p[w:pPr/w:keepNext]")] == ["10"]

    def test_a_short_table_is_not_broken(self) -> None:
        """Up to ten low rows stand on one page; a longer table goes on on the next."""
        for count, kept in ((10, 9), (11, 0)):
            data = render_word([paper(table("甲", *((str(number),) for number in range(count))))])
            assert len(find(data, "//w:p[w:pPr/w:keepNext]")) == kept

    def test_a_form_is_no_official_paper(self) -> None:
        """Papers that are signed in cells have narrow margins and no empty head, and what stands before the cells stays with them."""
        facts = Table(columns=(Column(head=()), Column(head=())), rows=((line("企业"), line("甲")),))
        data = render_word([paper(facts, paragraph("乙"), Signatures(labels=("检查人员", "企业", "日期")))])
        (margins,) = find(data, "//w:sectPr/w:pgMar")
        assert [round(int(value(margins, side) or 0) / MILLIMETRE) for side in ("left", "right", "bottom")] == [
            25,
            25,
            20,
        ]
        assert find(data, "//w:tblHeader") == []
        assert ["".join(node.itertext()) for node in find(data, "//w:p[w:pPr/w:keepNext]")] == [
            "乙",
            "检查人员",
            "企业",
        ]

    def test_a_warning_has_a_frame(self) -> None:
        """What nobody may overlook stands in a frame."""
        data = render_word([paper(Paragraph(lines=(line("作废"),), is_warning=True), paragraph("甲"))])
        assert ["".join(node.itertext()) for node in find(data, "//w:p[w:pPr/w:pBdr]")] == ["作废"]

    def test_no_page_has_the_signature_alone(self) -> None:
        """The text's last words stay with the signature, which stays with the date (7.3.5.4)."""
        data = render_word([paper(paragraph("甲", "乙"), signature="局", date="2026年12月8日")])
        assert ["".join(node.itertext()) for node in find(data, "//w:p[w:pPr/w:keepNext]")] == ["甲", "乙"]
        assert "<w:keepNext/>" in _style(data, "Signature")


class TestHostile:
    """Whatever a name says, it is text."""

    @pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
    def test_shown_as_text(self, name: str) -> None:
        """An independent reader finds each name as it is shown everywhere else, wherever it stands."""
        document = Document(
            language="zh",
            front=replace(paper().front, title=(name,), number=name, addressee=name, signature=name, date=name),
            blocks=(
                Heading(level=1, line=line(name)),
                paragraph(name),
                Items(items=((line(name),),)),
                Table(
                    columns=(Column(head=line(name)),),
                    rows=((line(name, is_code=True),), (line(name, is_strong=True),)),
                ),
                Code(text=name.replace("\n", " ").replace("\x0b", " ").replace("\x1f", " ").replace("\f", " ")),
                Signatures(labels=(name,)),
            ),
        )
        data = render_word([document])
        shown = visible(name)
        texts = [one.text for one in read(data).paragraphs]
        assert texts[:2] == [shown, shown]
        assert texts[3:5] == [shown, shown]
        assert f"•\t{shown}" in texts
        cells = [cell.text for one in read(data).tables for row in one.rows for cell in row.cells]
        assert cells.count(shown) == 4
        assert find(data, "//w:instrText") == []
        assert find(data, "//w:fldSimple") == []

    def test_no_way_out(self) -> None:
        """A file with hostile names has no relation that leads out, no macro, no object, no field but the page number."""
        data = render_word([paper(*(paragraph(name) for name in HOSTILE), title=HOSTILE)])
        content = members(data)
        assert sorted(content) == [
            *(
                "[Content_Types].xml",
                "_rels/.rels",
                "docProps/core.xml",
                "word/_rels/document.xml.rels",
                "word/document.xml",
            ),
            *("word/fontTable.xml", "word/footer1.xml", "word/footer2.xml", "word/settings.xml", "word/styles.xml"),
        ]
        assert b"TargetMode" not in b"".join(content.values())


class TestBytes:
    """The same papers give the same bytes."""

    def test_same_bytes(self) -> None:
        """Written twice, a file is the same; no member has a time, and none is packed, since packers differ."""
        first = render_word([result_notice(), run_sheet()])
        assert render_word([result_notice(), run_sheet()]) == first
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            infos = archive.infolist()
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        assert {(info.create_system, info.compress_type) for info in infos} == {(3, zipfile.ZIP_STORED)}

    def test_nobody_is_named(self) -> None:
        """The file says its title of itself, cut to a line, and nothing else: no author, no time, no program."""
        data = render_word([paper(title=("甲" * 300, "乙"))])
        properties = tree(data, "docProps/core.xml")
        assert [(child.tag.rpartition("}")[2], child.text) for child in properties] == [("title", "甲" * 255)]
        settings = find(data, "//w:removePersonalInformation", "word/settings.xml")
        assert len(settings) == 1
