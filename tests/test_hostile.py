"""A month whose companies, inspectors and matters have names that programs like to obey: everywhere they are text."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from docx import Document as WordFile
from icalendar import Calendar
from markdown_it import MarkdownIt
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc

from inspect_cli.core.canonical import digest
from inspect_cli.files.config_template import render_bureau
from inspect_cli.files.documents.formats import DocumentFormat
from inspect_cli.files.safe_csv import unescape_cell
from inspect_cli.widths import cells, visible
from tests import small_month
from tests.files.documents.pages import Page
from tests.stores import begin_store
from tests.terminal import call

if TYPE_CHECKING:
    from pathlib import Path

NAMES: Final = (
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "[/red]",
    "../../x",
    "示例\u202e司公限有",
    "长" * 4000,
    '"><img src=x onerror=alert(1)>',
    "[点此](javascript:alert(1))",
    "{{ 7*7 }}{name}%s$HOME",
    "a | b \\| c \\",
    "&lt;b&gt;&amp;",
    "BEGIN:VEVENT;SUMMARY=x,\\n",
    "http://example.org www.example.org",
)
CODES: Final = tuple(
    body + uscc.calc_check_digit(body) for body in (f"91990100MA{number:07}" for number in range(len(NAMES)))
)
BY_CODE: Final = dict(zip(CODES, NAMES, strict=True))
SLOT: Final = "2026-12/1"
PLAN: Final = f"""period = "2026-12"
name = "<script>alert(2)</script>[/red]"
names_published = true

[[share]]
domain = "labour"
number = {len(NAMES)}

{small_month.DICE}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The folder in which the month was played, its visits, and what stood around it before."""

    folder: Path
    visits: dict[str, dict[str, str]]
    around: list[str]

    def read(self, *words: str | Path) -> str:
        """Call a command that succeeds and reads; give what it shows."""
        status, out, err = _call(self.folder, *words)
        assert status == 0, err
        assert not {"\x1b", "\u202e", "\r"} & {*out, *err}
        return out


def _call(
    folder: Path, *words: str | Path, today: str = "2026-12-31", name: str = small_month.OPERATOR
) -> tuple[int, str, str]:
    store, config = folder / "inspect.db", folder / "inspect.toml"
    return call("--lang", "en", "--store", store, "--config", config, "--as", name, "--today", today, *words)


def _write(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the month by commands alone, from CSV files to recorded visits, in a folder deep inside another."""
    top = tmp_path_factory.mktemp("hostile")
    folder = top / "a" / "b" / "c"
    folder.mkdir(parents=True)
    begin_store(f"sqlite:///{folder / 'inspect.db'}", small_month.actor_on("2026-11-20"))
    (folder / "inspect.toml").write_text(render_bureau(small_month.BUREAU, str), "utf-8")
    (folder / "plan.toml").write_text(PLAN, "utf-8")
    head = ("统一社会信用代码", "企业名称", "信用风险等级", "适用领域", "住所", "联系人", "联系方式")
    rows = [(code, name, "A", "劳动", name[:200], "联系人", "0000-1") for code, name in BY_CODE.items()]
    people = [(f"R{number:02}", NAMES[number], f"证{number}", "劳动", "是") for number in range(5)]
    matters = [(f"L-{number:02}", name, "劳动", name) for number, name in enumerate(NAMES)]
    before = "2026-11-16"
    for words, today in (
        (("entity", "import", _write(folder / "e.csv", head, *rows)), before),
        (
            (
                "inspector",
                "import",
                _write(folder / "i.csv", ("编号", "姓名", "执法证号", "执法领域", "可任组长"), *people),
            ),
            before,
        ),
        (("matter", "import", _write(folder / "m.csv", ("编号", "抽查事项", "领域", "抽查依据"), *matters)), before),
        (("draw", "commit", folder / "plan.toml", "--yes"), before),
        (("draw", "seed", SLOT, "--value", "31415", "--confirm", "31415", "--yes"), "2026-12-01"),
        (("draw", "run", SLOT, "--yes"), "2026-12-01"),
    ):
        status, _, err = _call(folder, *words, today=today)
        assert status == 0, err
    status, out, err = _call(folder, "schedule", "show", "--json")
    assert status == 0, err
    visits = {visit["entity"]: visit for visit in json.loads(out)}
    for code in CODES:
        finding, order = f"labour={BY_CODE[code][:500]}", "labour=rectify:2027-01-31"
        said = ("--result", "labour=5", "--finding", finding, "--follow-up", order)
        status, _, err = _call(folder, "visit", "record", SLOT, code, *said)
        assert status == 0, err
    status, _, err = _call(folder, "visit", "approve", SLOT, "--all", "--yes", name=small_month.APPROVER)
    assert status == 0, err
    return Played(folder=folder, visits=visits, around=_listing(top))


def _publish(folder: Path) -> None:
    """Publish everything, and take one line from display, for a reason that programs like to obey as well."""
    # None of the companies' names, for these are refused in what is published of a change.
    reason = ("--reason", '"><img src=y onerror=alert(3)>', "--basis", "<script>alert(3)</script>")
    why = (*reason, "--approver", small_month.APPROVER)
    for words in (
        ("publish", "matters", "2026"),
        ("publish", "plan", "2026-12"),
        ("publish", "commitment", SLOT),
        ("publish", "draw", SLOT),
        ("publish", "result", SLOT),
        ("publish", "statistics", "2026-12"),
        ("withdraw", "示综执抽查〔2026〕5号", CODES[-1], *why),
    ):
        status, _, err = _call(folder, "notice", *words, "--yes", name=small_month.PUBLISHER)
        assert status == 0, err


def test_every_company_is_drawn_by_its_whole_name(month: Played) -> None:
    """The names come through import, freezing and drawing as they were written, a reversing mark and 4,000 characters included."""
    assert {code: visit["name"] for code, visit in month.visits.items()} == BY_CODE
    assert all("day" in visit for visit in month.visits.values())


def test_on_the_screen_names_are_text(month: Played) -> None:
    """Lists, pages, the schedule and explanations show the names as they are, in eighty columns; nothing is obeyed."""
    tables = [
        month.read("entity", "list"),
        month.read("schedule", "show", SLOT, "--by", "entity"),
        month.read("visit", "list", SLOT),
    ]
    for table in tables:
        assert [code for code in CODES if code not in table] == []
        assert max(map(cells, table.splitlines())) <= 80
        assert len(table.splitlines()) < 100  # a name of 4,000 characters does not flood the screen
    for code, name in BY_CODE.items():
        assert visible(name) in month.read("entity", "show", code)
        explained = month.read("draw", "explain", SLOT, code)
        assert f"{code} {visible(name)[:19]}" in explained
        assert max(cells(line) for line in explained.splitlines() if not line.startswith("printf ")) < 200
        assert "printf '%s\\n%s\\n%s\\n%s' " in explained
    month.read("inspector", "list")
    month.read("matter", "list")
    month.read("draw", "show", SLOT)
    month.read("log", "show")
    month.read("plan", "check", month.folder / "plan.toml")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["commitment", "draw", "result"])
def test_pages_have_names_in_cells_and_nothing_else(month: Played, kind: str, lang: str, tmp_path: Path) -> None:
    """No name makes an element: no script, image or link; the cell beside each credit code holds the name, to the last character."""
    target = tmp_path / "n.html"
    month.read("notice", "render", SLOT, kind, "--format", "html", "--lang", lang, "-o", target)
    page = Page(target.read_text("utf-8"))
    assert not {"script", "img", "a", "iframe", "form", "object", "base", "svg"} & set(page.tags)
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    if kind != "commitment":
        assert _named(page.tables) == {code: visible(name) for code, name in BY_CODE.items()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markdown_has_names_in_cells_and_nothing_else(month: Played, lang: str, tmp_path: Path) -> None:
    """Another reader of Markdown, with links, HTML and tables on, finds the names as plain text in the cells of the result."""
    target = tmp_path / "n.md"
    month.read("notice", "render", SLOT, "result", "--format", "md", "--lang", lang, "-o", target)
    tokens = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").parse(target.read_text("utf-8"))
    inline = [child for token in tokens for child in token.children or ()]
    assert not {"html_block", "html_inline", "link_open", "image"} & {token.type for token in (*tokens, *inline)}
    rows: list[list[str]] = []
    for token, content in pairwise(tokens):
        if token.type == "tr_open":
            rows.append([])
        if token.type in {"td_open", "th_open"}:
            rows[-1].append("".join(child.content for child in content.children or ()))
    assert _named([rows]) == {code: visible(name) for code, name in BY_CODE.items()}


def _named(tables: list[list[list[str]]]) -> dict[str, str]:
    """Find the cell before each credit code: the company's name."""
    return {
        row[place]: row[place - 1]
        for table in tables
        for row in table
        for place, cell in enumerate(row)
        if cell in BY_CODE
    }


def test_calendars_read_back_by_another_program_have_the_names(month: Played, tmp_path: Path) -> None:
    """An independent reader finds one event a visit with the company's name; what a calendar would obey is part of it."""
    target = tmp_path / "all.ics"
    month.read("schedule", "ics", "--all", "-o", target)
    events = Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert sorted(str(event["SUMMARY"]) for event in events) == sorted(visible(name) for name in NAMES)
    assert all(len(line) <= 75 for line in target.read_bytes().split(b"\r\n"))


def test_the_bundle_verifies_and_holds_the_names(month: Played, tmp_path: Path) -> None:
    """The frozen rows carry the names as text, and every check of the draw holds on them."""
    target = tmp_path / "b.zip"
    month.read("draw", "bundle", SLOT, "-o", target)
    assert json.loads(month.read("verify", target, "--json"))["level"] == 0
    month.read("verify", target)
    with zipfile.ZipFile(target) as archive:
        rows = [json.loads(line) for line in archive.read("entities.jsonl").splitlines()]
        commitment = archive.read("commitment.json")
    assert {row["id"]: row["name"] for row in rows} == BY_CODE
    assert json.loads(commitment)["plan"]["name"] == "<script>alert(2)</script>[/red]"
    assert digest(commitment) in month.read("draw", "show", SLOT)


@pytest.fixture(scope="module")
def site(month: Played, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with every published notice in every format: in both languages below ``one``, and again below ``two``."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("inspect.db", "inspect.toml"):
        (folder / name).write_bytes((month.folder / name).read_bytes())
    _publish(folder)
    words = [word for form in DocumentFormat for word in ("--format", form.value)]
    for copy, languages in (("one", ("zh", "en")), ("two", ("zh",))):
        for lang in languages:
            target = folder / copy / lang
            status, _, err = _call(folder, "notice", "write", "--all", "2026-12", *words, "--lang", lang, "-o", target)
            assert status == 0, err
        for platform in ("credit", "provincial"):
            target = folder / copy / f"{platform}.xlsx"
            status, _, err = _call(folder, "notice", "export", "--platform", platform, SLOT, "-o", target)
            assert status == 0, err
    return folder


SHOWN: Final = {code: visible(name) for code, name in BY_CODE.items() if code != CODES[-1]}
"""What the newest version of the notice of results names: all but the one that was withdrawn."""


def _results(site: Path, end: str) -> list[Path]:
    """Find the notices of results in both languages in one format."""
    found = sorted((site / "one").glob(f"*/*-result.??.{end}"))
    assert len(found) == 2
    return found


def test_the_same_store_gives_the_same_files(site: Path) -> None:
    """Everything that is written twice is the same to the byte, in each format and language."""
    one, two = (
        {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}
        for top in (site / "one", site / "two")
    )
    assert len(two) > 5 * len(DocumentFormat)
    assert {path: one[path] for path in two} == two


@pytest.mark.parametrize("end", ["html", "part.html"])
def test_published_pages_have_no_element_of_a_name(site: Path, end: str) -> None:
    """No notice of any kind has a script, a link, a picture or a handler; those of results have the names in their cells."""
    for path in sorted((site / "one").glob(f"*/2026-*.??.{end}")):
        page = Page(path.read_text("utf-8"))
        assert not {"script", "img", "a", "iframe", "form", "object", "base", "svg", "link"} & set(page.tags)
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    for path in _results(site, end):
        assert _named(Page(path.read_text("utf-8")).tables) == SHOWN


def test_published_tables_have_the_names(site: Path) -> None:
    """Other programs read the names in CSV, workbook, JSON and Word as text: no formula, no link, no field, no picture."""
    for path in _results(site, "csv"):
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        assert {code: unescape_cell(name) for code, name in _named([rows]).items()} == SHOWN
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    for path in _results(site, "json"):
        (paper,) = json.loads(path.read_text("utf-8"))["documents"]
        assert _named([table["rows"] for table in paper["tables"]]) == SHOWN
    for path in _results(site, "xlsx"):
        with zipfile.ZipFile(path) as parts:
            sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
        book = CalamineWorkbook.from_path(path)
        tables = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        assert _named([[[str(cell) for cell in row] for row in table] for table in tables]) == SHOWN
    for path in _results(site, "docx"):
        word = WordFile(str(path))
        assert _named([[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]) == SHOWN
        with zipfile.ZipFile(path) as parts:
            names, body = parts.namelist(), parts.read("word/document.xml").decode()
        assert not [name for name in names if "media" in name or "embeddings" in name]
        assert not {"w:hyperlink", "w:fldSimple", "w:object"} & {*re.findall("w:[A-Za-z]+", body)}


def test_printed_notices_do_nothing(site: Path) -> None:
    """A PDF of any kind has no link, script, action or attachment; the names can be read in those of results."""
    for path in sorted((site / "one").glob("*/*.pdf")):
        reader = PdfReader(path)
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(reader.root_object)
        assert not reader.attachments
        assert [page for page in reader.pages if "/Annots" in page] == []
    for path in _results(site, "pdf"):
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(path).pages))
        short = [re.sub(r"\s", "", name) for name in SHOWN.values() if len(name) < 30]
        assert [name for name in short if name not in text] == [name for name in short if "U+202E" in name]
        assert "U+202E" in text  # told by its code point, between signs of another face


def test_platform_sheets_have_the_names(site: Path) -> None:
    """In the sheets for other platforms the names are texts to the last character that a cell holds."""
    for platform, names in (("credit", BY_CODE.keys() - {CODES[-1]}), ("provincial", BY_CODE.keys())):
        rows = CalamineWorkbook.from_path(site / "one" / f"{platform}.xlsx").get_sheet_by_index(0).to_python()
        assert _named([[[str(cell) for cell in row] for row in rows]]) == {code: BY_CODE[code] for code in names}


def test_the_month_of_hostile_names_is_proved(site: Path) -> None:
    """``notice check`` finds notices, store and bundle alike, whatever the names are."""
    status, out, err = _call(site, "notice", "check", "2026-12", "--json")
    assert (status, [one["differences"] for one in json.loads(out)["checks"] if one["differences"]]) == (0, []), err


def test_nothing_is_written_elsewhere(month: Played) -> None:
    """Whatever was called, no file has appeared beside those that were asked for."""
    top = month.folder.parents[2]
    assert _listing(top) == month.around
    assert [name for name in month.around if not name.startswith("a")] == []
    kept = {"inspect.db", "inspect.toml", "plan.toml", "e.csv", "i.csv", "m.csv"}
    assert {path.name for path in month.folder.iterdir()} == kept
