"""``notice render`` in every format, and with a bureau's own templates."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx import Document as WordFile

from inspect_cli.files.documents.formats import DocumentFormat
from tests.sample_store import fill_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]


@pytest.fixture
def month(tmp_path: Path, run_cli: Cli) -> Cli:
    """Give the command line in a folder with the sample draw, acting on 3 December."""
    options = (*fill_folder(tmp_path), "--as", "操作员甲", "--today", "2026-12-03")
    return lambda *arguments: run_cli(*options, *arguments)


def _render(month: Cli, folder: Path, form: str) -> bytes:
    path = folder / f"draw{len(list(folder.iterdir()))}.{form}"
    called = month("notice", "render", "2026-12/1", "draw", "--format", form, "-o", str(path))
    assert (called.status, called.err) == (0, "")
    return path.read_bytes()


def _configure(folder: Path, line: str) -> None:
    """Put a line into the settings' table of documents."""
    config = folder / "inspect.toml"
    text = config.read_text("utf-8")
    assert "[documents]\n" in text
    config.write_text(text.replace("[documents]\n", f"[documents]\n{line}\n"), "utf-8")


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        (DocumentFormat.HTML, b"<!DOCTYPE html>\n"),
        (DocumentFormat.FRAGMENT, b'<article lang="zh-CN">\n'),
        (DocumentFormat.MARKDOWN, "示例镇".encode()),
        (DocumentFormat.WORD, b"PK"),
        (DocumentFormat.PDF, b"%PDF-"),
        (DocumentFormat.CSV, b"\xef\xbb\xbf"),
        (DocumentFormat.XLSX, b"PK"),
        (DocumentFormat.JSON, b"{\n"),
    ],
)
def test_each_format_is_written(month: Cli, tmp_path: Path, form: DocumentFormat, begins: bytes) -> None:
    """Each format is what its name says, and the same to the byte a second time."""
    data = _render(month, tmp_path, form.value)
    assert data.startswith(begins)
    assert _render(month, tmp_path, form.value) == data


def test_the_tables_are_those_of_the_notice(month: Cli, tmp_path: Path) -> None:
    """The JSON of the draw has the numbers by domain that were counted by hand."""
    tables = json.loads(_render(month, tmp_path, "json"))["documents"][0]["tables"]
    assert ["劳动", "3", "1", "1", "2"] in next(table["rows"] for table in tables if table["columns"][0] == "领域")


def test_a_bureaus_template_replaces_ours(month: Cli, tmp_path: Path) -> None:
    """A template in the folder that the settings name is taken; the rest of the notice stays ours."""
    (tmp_path / "own").mkdir()
    _configure(tmp_path, 'templates = "own"')
    ours = _render(month, tmp_path, "md").decode()
    (tmp_path / "own" / "complaints.zh.md.j2").write_text("异议请致电 {{ view.head.publisher.telephone }}。\n", "utf-8")
    changed = _render(month, tmp_path, "md").decode()
    assert "异议请致电 " in changed
    assert changed.split("## 八、")[0] == ours.split("## 八、")[0]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("---\ntitle: x\n---\n{{ view.companies_secret }}\n", ("draw.zh.md.j2", "row 4", "companies_secret")),
        ("---\ntitle: x\n---\n{{ view.__class__ }}\n", ("draw.zh.md.j2", "row 4", "__class__")),
        ("---\ntitle: x\n---\n# x\n", ("draw.zh.md, row 4", "the line “# x”", "headings begin with two to four #")),
        ("x\n", ("a paper begins with a head",)),
    ],
)
def test_a_mistake_in_a_bureaus_template(month: Cli, tmp_path: Path, template: str, words: tuple[str, ...]) -> None:
    """What is wrong with a template is told with file and line and what to do; the exit status is 3, and nothing is written."""
    (tmp_path / "own").mkdir()
    _configure(tmp_path, 'templates = "own"')
    (tmp_path / "own" / "draw.zh.md.j2").write_text(template, "utf-8")
    path = tmp_path / "draw.html"
    called = month("--lang", "en", "notice", "render", "2026-12/1", "draw", "-o", str(path))
    assert called.status == 3
    assert [word for word in words if word not in called.err] == []
    assert not path.exists()


def test_a_folder_that_is_not_there(month: Cli, tmp_path: Path) -> None:
    """Settings that name no folder are a mistake of the settings, told with the key."""
    _configure(tmp_path, 'templates = "none"')
    called = month("notice", "render", "2026-12/1", "draw", "-o", str(tmp_path / "x"))
    assert called.status == 3
    assert "documents.templates" in called.err


def test_a_bureaus_word_template(month: Cli, tmp_path: Path) -> None:
    """The Word template of the settings is filled; one that is not there is told."""
    word = WordFile()
    word.add_paragraph("本局抬头 {{ signature }}")
    word.add_paragraph("{{ body }}")
    stream = BytesIO()
    word.save(stream)
    _configure(tmp_path, 'word_template = "paper.docx"')
    assert month("notice", "render", "2026-12/1", "draw", "--format", "docx", "-o", str(tmp_path / "x")).status == 3
    (tmp_path / "paper.docx").write_bytes(stream.getvalue())
    with ZipFile(BytesIO(_render(month, tmp_path, "docx"))) as parts:
        text = parts.read("word/document.xml").decode()
    assert "本局抬头 示例镇" in text
    assert "如何核验" in text
    named = WordFile()
    named.add_paragraph("另一抬头 {{ signature }}")
    named.add_paragraph("{{ body }}")
    named.save(str(tmp_path / "named.docx"))
    words = ("notice", "render", "2026-12/1", "draw", "--format", "docx", "-o", str(tmp_path / "named"))
    assert month(*words, "--word-template", str(tmp_path / "named.docx")).status == 0
    with ZipFile(tmp_path / "named") as parts:
        assert "另一抬头 示例镇" in parts.read("word/document.xml").decode()


def test_substitutes_are_for_a_pdf(month: Cli, tmp_path: Path) -> None:
    """A substitute of another form is a mistake at the command line."""
    arguments = ("notice", "render", "2026-12/1", "draw", "--format", "pdf", "-o", str(tmp_path / "x"))
    assert month(*arguments, "--substitute", "甲乙").status == 2
    assert month(*arguments, "--substitute", "抽=查").status == 0
