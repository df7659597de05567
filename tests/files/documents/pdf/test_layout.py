"""A printed paper has the measures of GB/T 9704-2012, its pages have numbers, and its tables are in order."""

from __future__ import annotations

import re

import pytest

from inspect_cli.core.publish.blocks import Code, Heading, Items, PageBreak, Paragraph, Signatures
from tests.files.documents.pdf.sheets import document, line, paragraph, read, read_lines, read_places, read_text, table

MILLIMETRE = 72 / 25.4
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)


def test_grid() -> None:
    """A full page of text has 22 lines, and a full line 28 characters."""
    pages = read_lines(document(paragraph("国" * 28 * 60)))
    full = [text for text in pages[1] if "国" in text]
    assert [len(text.strip()) for text in full] == [28] * 22


def test_type_area() -> None:
    """The text of a full page stands in the 156 mm × 225 mm that begin 28 mm from the left and 37 mm from the top."""
    page = read(document(paragraph("国" * 28 * 60))).pages[1]
    places = [
        (left / MILLIMETRE, (A4[1] - base) / MILLIMETRE)
        for text, left, base, _size in read_places(page)
        if "国" in text
    ]
    size = 15.78 / MILLIMETRE
    assert min(left for left, _base in places) == pytest.approx(28, abs=0.1)
    assert min(base for _left, base in places) == pytest.approx(37 + 0.88 * size, abs=0.1)
    assert max(base for _left, base in places) == pytest.approx(37 + 225 * 21 / 22 + 0.88 * size, abs=0.1)


@pytest.mark.parametrize("is_landscape", [False, True])
def test_paper(is_landscape: bool) -> None:
    """Pages are A4, and lie on their side where the paper says so."""
    box = read(document(paragraph("文"), is_landscape=is_landscape)).pages[0].mediabox
    expected = A4[::-1] if is_landscape else A4
    assert (float(box.width), float(box.height)) == pytest.approx(expected, abs=0.1)


def test_page_numbers() -> None:
    """Each paper of a batch begins on a new page, and its pages are numbered from 1, odd ones on the right and even ones on the left."""
    long = document(paragraph("国" * 28 * 30))
    reader = read(long, document(paragraph("文")))
    found = [
        (match[1], left > A4[0] / 2)
        for page in reader.pages
        for text, left, _base, _size in read_places(page)
        if (match := re.fullmatch("— ([0-9]+) —", text))
    ]
    assert found == [("1", True), ("2", False), ("1", True)]


def test_front() -> None:
    """Title, number and addressee stand before the text, who signs and the day after it."""
    paper = document(
        paragraph("正文。"), title=("某局", "关于检查的公告"), number="示〔2026〕3号", addressee="各企业",
        signature="某局盖章处", date="2026年12月8日", has_seal=True,
    )  # fmt: skip
    assert read_text(paper) == "某局关于检查的公告示〔2026〕3号各企业：正文。某局盖章处2026年12月8日—1—"


def test_signature_not_alone() -> None:
    """No page holds nothing but a signature: the last words go with it."""
    for count in range(17, 21):
        paper = document(
            paragraph(*["国" * 26] * count),
            paragraph("特此公告。"),
            signature="某局",
            date="2026年12月8日",
            has_seal=True,
        )
        for page in read_lines(paper):
            text = "".join(page)
            assert "2026年12月8日" not in text or "特此公告" in text


def test_last_list_goes_with_the_signature() -> None:
    """A notice that ends with a heading and a list takes them along; of a list without end the last item goes with the signature."""
    end = (
        Heading(level=1, line=line("五、投诉举报")),
        Items(items=((line("电话：12345"),), (line("地址：人民路1号"),))),
    )
    for count in range(14, 20):
        paper = document(paragraph(*["国" * 26] * count), *end, signature="某局", date="2026年12月8日", has_seal=True)
        for page in map("".join, read_lines(paper)):
            assert ("2026年12月8日" in page) == ("五、投诉举报" in page) == ("人民路1号" in page)
    for count in range(18, 24):
        many = Items(items=((line("国" * 24),),) * count + ((line("末项"),),))
        for page in map("".join, read_lines(document(many, signature="某局", date="2026年12月8日", has_seal=True))):
            assert ("2026年12月8日" in page) == ("末项" in page)


def test_headings_are_set_in_as_paragraphs_are() -> None:
    """A heading of any level begins two characters in, where a paragraph does (GB/T 9704-2012, 7.3.3)."""
    paper = document(*(Heading(level=level, line=line(f"国{level}")) for level in (1, 2, 3)), paragraph("国4"))
    lefts = {round(left, 1) for text, left, *_rest in read_places(read(paper).pages[0]) if text.startswith("国")}
    assert len(lefts) == 1


def test_words_to_sign_by_stay_with_the_places() -> None:
    """On a form no page holds places to sign alone."""
    for count in range(20, 40):
        paper = document(*[paragraph("国" * 10)] * count, Signatures(labels=("检查人员", "日期")))
        for page in map("".join, read_lines(paper)):
            assert "检查人员" not in page or "国" in page


def test_table_head_on_each_page() -> None:
    """The head of a table stands on each page that the table reaches, and no row is parted."""
    rows = [(f"第{number}号", "一二三四五六七八九十" * 6, "九九") for number in range(60)]
    pages = read_lines(document(table(("编号", "内容", "备注"), *rows)))
    assert len(pages) > 2
    assert all("".join(page).count("编号") == 1 for page in pages)
    assert all("".join(page).count("一二三四五六七八九十"[0]) % 6 == 0 for page in pages)


def test_a_short_table_is_not_broken() -> None:
    """A table of ten low rows stands on one page, wherever it begins."""
    for count in range(10, 20):
        paper = document(
            paragraph(*["国" * 26] * count), table(("编号", "内容"), *((f"第{n}号", "九九") for n in range(10)))
        )
        assert [page for page in map("".join, read_lines(paper)) if "第0号" in page and "第9号" in page]


def test_codes_whole() -> None:
    """Codes and days are not broken in a table of six columns with long names, and neither are short words of a list."""
    row = (
        "1",
        "示例精密机械（集团）股份有限公司示例分公司",
        "91990100MA000001X1",
        "2026年10月28日",
        "安全：未发现问题；" * 3,
        "张三、李四",
    )
    pages = read_lines(
        document(table(("序号", "企业名称", "统一社会信用代码", "检查完成日期", "检查结果", "检查人员"), *[row] * 3))
    )
    text = "\n".join(pages[0])
    for whole in ("91990100MA000001X1", "2026年10月28日", "张三", "李四", "序号"):
        assert whole in text


def test_long_head() -> None:
    """A head that would fill pages is printed once, and brings nothing down."""
    assert read_text(document(table(("头" * 4000, "b"), ("1", "2")))).count("头") == 4000


def test_long_row() -> None:
    """A row that is higher than a page goes on on the next one."""
    assert read_text(document(table(("a", "b"), ("长" * 4000, "2")))).count("长") == 4000


def test_form() -> None:
    """A visit sheet of twelve matters, with places to sign, is one page."""
    rows = [(str(number), "危险化学品储存场所安全管理情况，重大危险源辨识、评估", "", "") for number in range(1, 13)]
    paper = document(
        table(("", ""), ("企业名称", "示例企业"), ("地址", "示例路1号")),
        table(("序号", "抽查事项", "检查情况", "处理意见"), *rows),
        paragraph("检查结果：□未发现问题　□发现问题已责令改正"),
        Signatures(labels=("检查人员（执法证号）", "检查人员（执法证号）", "检查对象负责人")),
    )
    pages = read_lines(paper)
    assert len(pages) == 1
    assert "".join(pages[0]).count("检查人员") == 2


def test_blocks() -> None:
    """Headings, lists and page breaks are printed in their order, in Chinese and in English."""
    for language in ("zh", "en"):
        paper = document(
            Heading(level=3, line=line("Deep")),
            Items(items=((line("one"),), (line("two"), line("too"))), is_numbered=True),
            Items(items=((line("three"),),)),
            PageBreak(),
            paragraph("next"),
            language=language,
        )
        first, second = read_lines(paper)
        assert "".join("".join(first).split()).startswith("公告Deep1.one2.twotoo•three")
        assert second[0] == "next"


def test_empty() -> None:
    """Blocks without a text bring nothing down, alone or in a batch."""
    blocks = (
        Heading(level=1, line=()), paragraph(""), table(("",), ("",)), Items(items=()), Signatures(labels=("",)), Code(text="\n")
    )  # fmt: skip
    for paper in (document(), document(*blocks), document(title=()), document(title=("", "\u3000"))):
        assert "—1—" in read_text(paper)
        assert read_text(paper, paper).count("—1—") == 2


def test_warning() -> None:
    """A warning is printed with its lines in order."""
    assert "甲乙" in read_text(document(Paragraph(lines=(line("甲"), line("乙")), is_warning=True)))
