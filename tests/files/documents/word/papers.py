"""Papers to write: valid by default, realistic in size."""

from __future__ import annotations

from dataclasses import replace

from inspect_cli.core.publish.blocks import (
    Align,
    Block,
    Code,
    Column,
    Document,
    Front,
    Heading,
    Items,
    Line,
    PageBreak,
    Paragraph,
    Signatures,
    Span,
    Table,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "甲 & 乙 <w:t>",
    "{{ 7*7 }}",
    "{% raw %}",
    "{_{ title }_}",
    "</w:t></w:r></w:p><w:p>",
    '<w:instrText> INCLUDETEXT "C:\\\\x" </w:instrText>',
    "a\x00b\x0bc\x1fd\ufffee\ud800f",
    "\u202egnp.exe",
    "第一行\n第二行\t制表\a铃\f页",
    "=cmd|'/c calc'!A1",
    "&#x41;&amp;]]>",
    "\ue000body\ue001",
    "长" * 4000,
)
"""Names that somebody could give a company."""


def line(text: str, *, is_strong: bool = False, is_code: bool = False) -> Line:
    """Make a line of one span."""
    return (Span(text=text, is_strong=is_strong, is_code=is_code),)


def paragraph(*texts: str) -> Paragraph:
    """Make a paragraph of lines."""
    return Paragraph(lines=tuple(map(line, texts)))


def table(heads: str, *rows: tuple[str, ...]) -> Table:
    """Make a table; the heads are parted by spaces, the first column is centred."""
    columns = tuple(
        Column(head=line(head), align=Align.LEFT if place else Align.CENTER) for place, head in enumerate(heads.split())
    )
    return Table(columns=columns, rows=tuple(tuple(map(line, row)) for row in rows))


def paper(*blocks: Block, language: str = "zh", **front: object) -> Document:
    """Make a document of some blocks."""
    settled = replace(Front(title=("关于检查结果的公告",)), **front)  # type: ignore[arg-type] # fields of Front
    return Document(language=language, front=settled, blocks=blocks)


def result_notice() -> Document:
    """Make a result notice with sixty rows and every kind of block."""
    rows = (
        (
            str(number),
            f"示例镇第{number}号食品加工有限责任公司",
            f"9199010{number:02d}MA0000{number:03d}",
            f"2026年12月{1 + number % 28}日",
            "劳动：未发现问题；安全：发现问题已责令改正" if number % 3 else "未发现问题",
            "",
        )
        for number in range(1, 61)
    )
    return paper(
        paragraph("我局于2026年12月1日至12月5日开展了“双随机”抽查，现将结果公告如下。", "联系电话：0000-1234567"),
        Heading(level=1, line=line("一、检查结果")),
        table("序号 企业名称 统一社会信用代码 检查完成日期 检查结果 备注", *rows),
        Heading(level=2, line=line("（一）核验方法")),
        Heading(level=3, line=line("1. 命令")),
        Code(text="inspect-cli verify 2026-12-a.zip\ninspect-cli verify --level 3 2026-12-a.zip"),
        Items(
            items=((line("有异议的可以书面提出。"),), (line("投诉电话：12345"), line("地址：人民路1号"))),
            is_numbered=True,
        ),
        PageBreak(),
        Items(items=((line("摘要"), (*line("重点", is_strong=True), *line("0a1b", is_code=True))),)),
        title=("示例镇综合行政执法局", "关于2026年12月抽查检查结果的公告"),
        number="示综抽查〔2026〕3号",
        addressee="各有关企业",
        signature="示例镇综合行政执法局",
        date="2026年12月8日",
        has_seal=True,
    )


def visit_sheet() -> Document:
    """Make a sheet of one visit: twelve matters and cells to sign in."""
    rows = tuple((str(number), f"劳动合同订立情况检查第{number}项", "", "") for number in range(1, 13))
    return paper(
        table("项目 内容", ("企业名称", "示例镇一号食品加工有限公司"), ("地址", "示例镇人民路1号")),
        table("序号 检查事项 检查情况 处理", *rows),
        Signatures(labels=("检查人员", "检查人员", "企业负责人")),
    )


def run_sheet() -> Document:
    """Make a wide list of visits, on pages that lie on their side."""
    rows = tuple(
        (
            f"12月{1 + number // 3}日",
            f"第{number % 4}组",
            "R001 检查员001、R002 检查员002",
            f"示例镇第{number}号企业有限公司",
            f"9199010XMA0000{number:04d}",
            f"示例镇人民路{number}号二楼",
            "劳动、安全、环保",
        )
        for number in range(40)
    )
    heads = "日期 组 检查人员 企业名称 统一社会信用代码 地址 领域"
    return paper(table(heads, *rows), title=("2026年12月检查行程表",), is_landscape=True)
