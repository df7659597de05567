"""A PDF says what is on its pages and nothing of who made it, and is the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from inspect_cli import resources
from inspect_cli.files.documents import pdf
from inspect_cli.files.documents.pdf.data import find_day
from tests.files.documents.pdf.sheets import document, line, paragraph, read, table

PAPER = document(
    paragraph("正文 <b> 91990100MA000001X1"),
    table(("a", "b"), ("1", "2")),
    title=("关于检查的公告",),
    date="2026年12月8日",
)
AGAIN = """
import sys
from tests.files.documents.pdf.test_file import PAPER
from inspect_cli.files.documents.pdf import render_pdf
sys.stdout.buffer.write(render_pdf([PAPER] * int(sys.argv[1])))
"""


@pytest.mark.parametrize("count", [1, 2, 26])
def test_same_bytes(count: int) -> None:
    """The same papers are the same bytes, in another process and another zone of time too."""
    root = Path(__file__).parents[4]
    other = subprocess.run(
        [sys.executable, "-c", AGAIN, str(count)],
        cwd=root,
        env={"TZ": "Asia/Shanghai"},
        capture_output=True,
        check=True,
    )
    assert other.stdout == pdf.render_pdf([PAPER] * count)


@pytest.mark.parametrize("count", [1, 2, 26])
def test_metadata(count: int) -> None:
    """The file names its title and its language, and no author, no machine, and no moment but the paper's own day."""
    reader = read(*[PAPER] * count)
    known = dict(reader.metadata or {})
    assert str(known.pop("/Title")) == "关于检查的公告"
    assert set(known) <= {"/Creator", "/CreationDate", "/ModDate"}
    assert str(known.get("/Creator", "Typst")).startswith("Typst")
    assert {str(known[key])[:10] for key in known if key.endswith("Date")} <= {"D:20261208"}
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"  # type: ignore[index]


def test_no_day_no_date() -> None:
    """A paper without a day has no date in its file either."""
    content = pdf.render_pdf([document(paragraph("x"))])
    assert not re.search(rb"CreationDate|CreateDate|ModDate|ModifyDate", content)


def test_no_path() -> None:
    """No folder of this machine stands in a file."""
    content = pdf.render_pdf([PAPER])
    assert b"/home/" not in content
    assert str(Path(pdf.__file__).parents[4]).encode() not in content


def test_faces_within() -> None:
    """Each face is within the file, so that every reader sees the same."""
    fonts = [font.get_object() for page in read(PAPER).pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile3" in described or "/FontFile2" in described
        assert "Noto" in str(font["/BaseFont"])


def test_tagged() -> None:
    """One paper is tagged for screen readers and fit for archives: it claims PDF/UA-1 and, with a day, PDF/A-2a."""
    reader = read(PAPER)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    claims = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfuaid:part>1<" in claims
    assert "<pdfaid:part>2<" in claims


def test_progress() -> None:
    """Progress is told as papers are set, and comes to their number; each keeps its bookmark in a batch that is set in parts."""
    papers = [document(paragraph("x"), title=(f"第{number}张",)) for number in range(60)]
    steps: list[int] = []
    content = pdf.render_pdf(papers, steps.append)
    assert len(steps) == 3
    assert sum(steps) == 60
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 60
    assert [mark["/Title"] for mark in reader.outline] == [f"第{number}张" for number in range(60)]  # type: ignore[call-overload]
    alone: list[int] = []
    pdf.render_pdf(papers[:1], alone.append)
    assert alone == [1]


def test_nothing() -> None:
    """No papers are no PDF."""
    with pytest.raises(ValueError, match="no documents"):
        pdf.render_pdf([])


def test_lost_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its faces nothing is printed: no other face is taken, and no box."""
    bare = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])
    program = resources.templates() / "typst" / "paper.typ"
    monkeypatch.setattr(
        pdf,
        "_compiler",
        lambda: typst.Compiler(program, root=program.parent, font_paths=bare, ignore_system_fonts=True),
    )
    for count in (1, 2):
        with pytest.raises(RuntimeError):
            pdf.render_pdf([document(paragraph("国"), title=(line("公告")[0].text,))] * count)


@pytest.mark.parametrize(("text", "day"), [("2026年12月8日", (2026, 12, 8)), ("8 December 2026", (2026, 12, 8)), ("2026年2月31日", None),
                                           ("8 Brumaire 2026", None), ("二〇二六年", None), ("", None)])  # fmt: skip
def test_day(text: str, day: tuple[int, int, int] | None) -> None:
    """The day of signing is read as papers write it, and nothing else is taken for one."""
    found = find_day(text)
    assert (found and (found.year, found.month, found.day)) == day
