"""How fast a month's papers are printed, beside the bare work behind it, in the same run; exit status 1 when a bound breaks.

    python -m benchmarks.documents            300 visit sheets and the run sheets of ten teams as one PDF, and one notice of 60 companies;
                                              then a month's papers of 300 visits with 30 matters each by the program's own templates, from
                                              views to the PDF
    python -m benchmarks.documents --small    a tenth of it, to see that it runs

Ratios, not seconds, are what counts: they hardly depend on the machine. Bare is the same text, character for character, set by typst in
plain paragraphs. Each run is a process of its own, with a peak memory of its own; the two take turns, and the fastest of ``ROUNDS`` counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.paper_views import make_documents, make_views
from inspect_cli.core.publish.blocks import Column, Document, Front, Heading, Paragraph, Signatures, Span, Table

if TYPE_CHECKING:
    from inspect_cli.core.publish.blocks import Line

ROUNDS = 3
SHEETS, TEAMS, DAYS, ROWS = 300, 10, 21, 60
MEMORY = 500_000_000
MEMORY_OF_VIEWS = 750_000_000
"""Each team has a run sheet a day here, so that there are 510 papers and not 310, and a visit checks 30 matters, as in the sample month."""
MATTERS = (
    "安全生产责任制建立及落实情况",
    "特种作业人员持证上岗情况",
    "危险化学品储存场所安全管理情况，重大危险源辨识和评估",
    "劳动合同签订情况",
    "工资支付情况",
    "社会保险参保缴费情况",
    "排污许可证执行情况",
    "危险废物转移联单执行情况",
    "污染防治设施运行情况",
    "职业健康监护档案",
    "职业病危害因素检测评价情况",
    "公共场所卫生许可情况",
)
RESULTS = ("未发现问题", "发现问题已责令改正", "通过登记的住所（经营场所）无法联系", "未发现开展本次抽查涉及的经营活动")
PLAIN = b"""#set page(paper: "a4")
#set text(font: "Noto Serif SC", size: 12pt, lang: "zh", region: "cn", fallback: false)
#for paper in json(bytes(sys.inputs.papers)) { for line in paper { par(line) }; pagebreak(weak: true) }"""


def line(text: str) -> Line:
    """Make a line of plain text."""
    return (Span(text=text),) if text else ()


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    """Make a table of plain texts."""
    return Table(
        columns=tuple(Column(head=line(head)) for head in heads), rows=tuple(tuple(map(line, row)) for row in rows)
    )


def make_visit_sheet(number: int) -> Document:
    """Make a sheet of twelve matters, to be filled in and signed."""
    facts = [("企业名称", f"示例市第{number}号精密机械有限公司", "统一社会信用代码", f"91990100MA{number:06}X1")]
    facts.append(("地址", f"示例市示例区某某路{number}号", "检查日期", f"2026年12月{number % DAYS + 1}日"))
    matters = [(str(place + 1), matter, "", "") for place, matter in enumerate(MATTERS)]
    blocks = (
        table(("", "", "", ""), facts),
        table(("序号", "抽查事项", "检查情况", "处理意见"), matters),
        Paragraph(lines=(line("检查结果：□未发现问题　□发现问题已责令改正　□发现问题待后续处理"),)),
        Signatures(labels=("检查人员（执法证号）", "检查人员（执法证号）", "检查对象负责人", "日期")),
    )
    return Document(language="zh", front=Front(title=("综合检查记录表",), number="2026-12/1"), blocks=blocks)


def make_run_sheet(team: int) -> Document:
    """Make a team's sheet: a visit on each working day."""
    heads = ("日期", "时段", "检查对象", "地址", "领域", "检查人员")
    rows = [
        (
            f"2026年12月{day + 1}日",
            "上午",
            f"示例市第{team * DAYS + day}号企业有限公司",
            f"示例市示例区某某路{day}号",
            "安全、环保",
            "张三（组长）、李四",
        )
        for day in range(DAYS)
    ]
    return Document(
        language="zh",
        front=Front(title=(f"第{team + 1}组检查行程表",), is_landscape=True),
        blocks=(table(heads, rows),),
    )


def make_notice() -> Document:
    """Make a notice of results."""
    heads = ("序号", "企业名称", "统一社会信用代码", "检查完成日期", "检查结果", "备注")
    rows = [
        (
            str(row + 1),
            f"示例市第{row}号精密机械有限公司",
            f"91990100MA{row:06}X1",
            f"2026年12月{row % DAYS + 1}日",
            f"安全：{RESULTS[row % 4]}",
            "",
        )
        for row in range(ROWS)
    ]
    blocks = (
        Paragraph(lines=(line("现将检查结果公告如下。" * 5),)),
        Heading(level=1, line=line("一、检查结果")),
        table(heads, rows),
    )
    front = Front(
        title=("示例市综合行政执法局", "关于抽查检查结果的公告"),
        number="示综抽查〔2026〕3号",
        date="2026年12月31日",
        has_seal=True,
    )
    return Document(language="zh", front=front, blocks=blocks)


def make_papers(kind: str, share: int) -> list[Document]:
    """Make one of the loads: a month's sheets, one notice, or a month's papers by the program's own templates."""
    if kind == "notice":
        return [make_notice()]
    if kind == "views":
        return make_documents(make_views(share))
    return [*map(make_visit_sheet, range(SHEETS // share)), *map(make_run_sheet, range(TEAMS // share))]


def list_texts(value: object) -> list[str]:
    """List the texts of a document, wherever they stand."""
    if isinstance(value, str):
        return [value] if value else []
    parts = value if isinstance(value, tuple) else [getattr(value, name) for name in getattr(value, "__slots__", ())]
    return [text for part in parts for text in list_texts(part)]


def print_papers(documents: list[Document]) -> bytes:
    """Print as the program does; the steps of progress must come to the number of papers."""
    from inspect_cli.files.documents.pdf import render_pdf  # noqa: PLC0415 - loading is part of what is measured

    told: list[int] = []
    content = render_pdf(documents, told.append)
    if sum(told) != len(documents):
        raise SystemExit("progress does not come to the number of papers")
    return content


def print_bare(documents: list[Document]) -> bytes:
    """Set the same texts in plain paragraphs by typst alone, a page or more for each paper."""
    import typst  # noqa: PLC0415
    from pylopdf_fonts_zh_cn import serif_path  # noqa: PLC0415

    papers = json.dumps(
        [list_texts(document.front) + list_texts(document.blocks) for document in documents], ensure_ascii=False
    )
    folder = str(serif_path().parent)
    return typst.compile(
        PLAIN,
        font_paths=[folder],
        ignore_system_fonts=True,
        sys_inputs={"papers": papers},
        format="pdf",
        pdf_tags=False,
    )


def run_here(kind: str, way: str, share: int) -> None:
    """Do one run in this process, and print its seconds on the clock, its seconds of work, its peak memory and the size of the file."""
    views = make_views(share) if kind == "views" and way == "ours" else []
    documents = [] if views else make_papers(kind, share)
    start, work = time.perf_counter(), time.process_time()
    content = print_papers(make_documents(views) if views else documents) if way == "ours" else print_bare(documents)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(time.perf_counter() - start, time.process_time() - work, peak, len(content))


def run_apart(kind: str, way: str, share: int) -> list[float]:
    """Do one run in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.documents", "--run", kind, way, str(share)]
    output = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent).stdout
    return [float(word) for word in output.split()]


def measure(kind: str, what: str, bounds: tuple[float, float], share: int) -> bool:
    """Measure one load beside the bare one, print the figures, and say whether its bounds hold: seconds, and the ratio of work."""
    ours, bare = [], []
    for _round in range(1 if share > 1 else ROUNDS):
        ours.append(run_apart(kind, "ours", share))
        bare.append(run_apart(kind, "bare", share))
    seconds, work, peak, size = (min(column) for column in zip(*ours, strict=True))
    plain = min(run[1] for run in bare)
    figures = (
        (f"{what}: seconds", seconds, bounds[0]),
        (f"{what}: work {work:.2f} s, bare {plain:.2f} s", work / plain, bounds[1]),
        (f"{what}: peak memory, GB", peak / 1e9, (MEMORY_OF_VIEWS if kind == "views" else MEMORY) / 1e9),
        (f"{what}: the file, MB", size / 1e6, None),
    )
    for name, figure, bound in figures:
        mark = "" if bound is None else f"bound {bound:g}{'' if figure <= bound else '  BROKEN'}"
        print(f"{name:<78} {figure:>6.2f}  {mark}")
    return all(bound is None or figure <= bound for _name, figure, bound in figures)


def main() -> int:
    """Measure, print a table, and say by the exit status whether all bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of the sheets, and one round")
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run_here(given.run[0], given.run[1], int(given.run[2]))
        return 0
    share = 10 if given.small else 1
    papers = f"{SHEETS // share} visit sheets and {TEAMS // share} run sheets"
    results = [
        measure("month", papers, (20, 8), share),
        measure("views", f"{SHEETS // share} visits' papers, templates included", (20, 10), share),
        measure("notice", "one notice, import included", (1, 6), share),
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
