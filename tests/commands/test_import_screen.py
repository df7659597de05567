"""Imports at the command line: what is shown before, what is asked, what is written back, what is remembered."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc
from xlsxwriter import Workbook

from inspect_cli.console import Console, Streams
from tests.registry_rows import HOSTILE
from tests.terminal import Typed, sit_down

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

HEADER = ("统一社会信用代码", "企业名称", "网格", "信用风险等级", "适用领域", "联系人", "联系方式")


def _code(number: int) -> str:
    """Make a credit code by an independent library's check character."""
    body = f"91990100MA{number:07}"
    return body + uscc.calc_check_digit(body)


def _row(number: int, **cells: str) -> tuple[str, ...]:
    values = {
        "企业名称": f"企业{number}",
        "网格": "网格01",
        "信用风险等级": "B",
        "适用领域": "安全",
        "联系方式": "139",
    } | cells
    return (_code(number), *(values.get(header, "") for header in HEADER[1:]))


@pytest.fixture
def entity(begun: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Work in a folder with settings and a store; give ``entity`` as 甲 calls it."""
    return lambda *words: begun("--as", "甲", "--today", "2026-03-05", "entity", *words)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Give what writes rows below the header into a file of the folder, a workbook or a text by its name."""

    def write_rows(name: str, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> str:
        if name.endswith(".xlsx"):
            book = Workbook(tmp_path / name, {"strings_to_formulas": False, "strings_to_urls": False})
            sheet = book.add_worksheet("名录")
            for place, row in enumerate((header, *rows)):
                sheet.write_row(place, 0, row)
            book.close()
        else:
            with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows((header, *rows))
        return name

    return write_rows


def test_a_dry_run_shows_what_was_understood(entity: Callable[..., Outcome], write: Callable[..., str]) -> None:
    """Form, sheet, header row, each column with its field and an example, then what would change; no telephone, and nothing taken."""
    entity("import", write("a.csv", _row(1), _row(2)))
    seen = entity("import", "--dry-run", write("b.xlsx", _row(2, 企业名称="改名", 联系方式="138"), _row(3))).out
    assert "Excel workbook (xlsx), sheet 名录, header in row 1" in seen
    for words in (("A", "统一社会信用代码", "id", _code(2)), ("G", "联系方式", "telephone", "(private)")):
        assert any(all(word in line for word in words) for line in seen.splitlines())
    assert "b.xlsx: new 1, changed 1, unchanged 0" in seen
    assert f"new: {_code(3)}, 企业3" in seen
    assert f"{_code(2)}, name: “企业2” would become “改名”" in seen
    assert f"{_code(2)}, telephone: another value" in seen
    assert f"not in the file: {_code(1)}, 企业1" in seen
    assert "138" not in seen
    assert json.loads(entity("show", _code(2), "--json").out)["name"] == "企业2"


def test_a_dry_run_as_json(entity: Callable[..., Outcome], write: Callable[..., str]) -> None:
    """The same for a program: counts, rows, changes, whom the file lacks, and what was understood."""
    entity("import", write("a.csv", _row(1), _row(2)))
    data = json.loads(entity("import", "--dry-run", "--json", write("b.csv", _row(2, 网格="网格02", 联系方式="1"))).out)
    assert (data["new"], data["updated"], data["unchanged"], data["left_out"]) == (0, 1, 0, 0)
    assert data["changes"] == [
        {"id": _code(2), "field": "zone", "before": "网格01", "after": "网格02", "row": 2},
        {"id": _code(2), "field": "telephone", "before": None, "after": None, "row": 2},
    ]
    assert data["missing"] == {"count": 1, "retire": False, "rows": [{"id": _code(1), "name": "企业1"}]}
    understood = data["understood"]
    assert (understood["form"], understood["encoding"], understood["header_row"]) == ("text", "utf-8", 1)
    assert understood["columns"][2] == {"header": "网格", "field": "zone", "example": "网格02", "hidden": False}
    assert understood["columns"][6]["example"] is None


def test_what_a_column_that_is_left_out_says_is_not_shown(entity: Callable[..., Outcome], tmp_path: Path) -> None:
    """Nobody knows how private a column without a field is: its header is named, and no cell of it."""
    table = f"企业名称,统一社会信用代码,适用领域,家庭住址\n某厂,{_code(1)},安全,某路1号\n"
    (tmp_path / "a.csv").write_text(table, "utf-8")
    for seen in (entity("import", "--dry-run", "a.csv"), entity("import", "--dry-run", "--json", "a.csv")):
        assert "家庭住址" in seen.out
        assert "某路1号" not in seen.out + seen.err


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_key_fields_are_asked_about(
    entity: Callable[..., Outcome], write: Callable[..., str], monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """On a terminal a change of name and a retirement are shown and asked about; no leaves everything as it was."""
    entity("import", write("a.csv", _row(1), _row(2)))
    sit_down(monkeypatch, answer)
    found = entity("import", "--update", "--retire-missing", write("b.csv", _row(2, 企业名称="改名")))
    assert "would become “改名”" in found.err
    assert f"{_code(1)}, 企业1" in found.err
    row, gone = (json.loads(entity("show", _code(number), "--json").out) for number in (2, 1))
    if answer == "yes":
        assert (found.status, row["name"]) == (0, "改名")
        assert (gone["retired"], gone["retired_reason"]) == ("2026-03-05", "missing in b.csv")
    else:
        assert (found.status, row["name"], gone["retired"]) == (4, "企业2", None)


def test_nobody_is_asked_in_a_pipe(entity: Callable[..., Outcome], write: Callable[..., str]) -> None:
    """Where nobody can be asked the import is refused with the list; --yes takes it."""
    entity("import", write("a.csv", _row(1), _row(2)))
    file = write("b.csv", _row(2, 企业名称="改名"))
    refused = entity("import", "--update", "--retire-missing", file)
    assert refused.status == 4
    assert "改名" in refused.err
    assert _code(1) in refused.err
    assert "--yes" in refused.err
    assert "and retired: 1" in entity("import", "--update", "--retire-missing", "--yes", file).out


def test_the_same_file_again_is_not_read(entity: Callable[..., Outcome], write: Callable[..., str]) -> None:
    """A file that was taken is known by its bytes until the registry, the settings or the choices change."""
    file = write("a.csv", _row(1), _row(2))
    entity("import", file)
    for words in ((), ("--dry-run",)):
        assert "taken already; the registry has not changed since 2026-03-05" in entity("import", *words, file).out
    data = json.loads(entity("import", "--json", file).out)
    assert (data["taken_before"], data["new"], data["unchanged"]) == ("2026-03-05", 0, None)
    assert "unchanged 2" in entity("import", "--encoding", "utf-8", file).out
    entity("retire", _code(1), "--reason", "注销")
    again = entity("import", file)
    assert "unchanged 2" in again.out
    assert "stays so" in again.err
    assert "stays so" in entity("import", file).err
    entity("restore", _code(1), "--reason", "误操作")
    assert "unchanged 2" in entity("import", file).out
    assert "taken already" in entity("import", file).out


def test_rows_with_mistakes_are_written_back(
    entity: Callable[..., Outcome], write: Callable[..., str], tmp_path: Path
) -> None:
    """--report writes the rows with what is wrong; --partial takes the others; corrected, the report is imported."""
    file = write("a.csv", _row(1), ("坏代码", *_row(2)[1:]), _row(3))
    refused = entity("import", file, "--report", "all.xlsx")
    assert (refused.status, json.loads(entity("list", "--json").out)) == (3, [])
    assert len(CalamineWorkbook.from_path(tmp_path / "all.xlsx").get_sheet_by_index(0).to_python()) == 4
    taken = entity("import", file, "--partial", "--report", "bad.xlsx")
    assert (taken.status, "new 2" in taken.out, "mistakes: 1" in taken.out) == (0, True, True)
    header, row = CalamineWorkbook.from_path(tmp_path / "bad.xlsx").get_sheet_by_index(0).to_python()
    assert row[0] == "坏代码"
    fixed = write("fixed.xlsx", (_code(2), *map(str, row[1:])), header=tuple(map(str, header)))
    assert "new 1" in entity("import", fixed).out
    assert entity("import", file, "--partial").status == 2
    other = write("b.csv", _row(1), ("坏", *_row(4)[1:]))
    assert entity("import", other, "--partial", "--report", "bad.xlsx").status == 4
    assert entity("import", other, "--partial", "--report", "bad.xlsx", "--force").status == 0
    assert entity("import", file, "--partial", "--report", "x.xlsx", "--retire-missing").status == 2


def test_a_mapping_is_given_once(entity: Callable[..., Outcome], write: Callable[..., str]) -> None:
    """What a header means is kept for files of the shape, told each time, and dropped with --forget-map."""
    header = ("统一社会信用代码", "户主", "网格", "信用风险等级", "适用领域", "联系人", "联系方式")
    first, second = (write(f"{number}.csv", _row(number), header=header) for number in (1, 2))
    assert entity("import", first).status == 3
    assert "new 1" in entity("import", first, "--map", "户主=name").out
    told = entity("import", second)
    assert "new 1" in told.out
    assert "户主=name" in told.err
    assert entity("import", write("3.csv", _row(3), header=header), "--forget-map").status == 3
    assert entity("import", "3.csv", "--forget-map", "--map", "户主=企业名称").status == 0
    assert json.loads(entity("show", _code(3), "--json").out)["name"] == "企业3"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_as_text(entity: Callable[..., Outcome], write: Callable[..., str], name: str) -> None:
    """Preview, question and history show a name as the text that it is, its hidden characters named."""
    entity("import", write("a.csv", _row(1)))
    file = write("b.csv", _row(1, 企业名称=name))
    assert entity("import", "--dry-run", file).status == 0
    assert entity("import", "--update", "--yes", file).status == 0
    shown = entity("history", _code(1))
    assert shown.status == 0
    assert "\u202e" not in shown.out
    (past,) = json.loads(entity("history", _code(1), "--json").out)
    assert [change["after"] for change in past["changes"]] == [name]


def test_the_history_of_an_entity(entity: Callable[..., Outcome], write: Callable[..., str]) -> None:
    """It says who, when, from which file, from what to what; private values only when asked; the row as of a day is shown."""
    entity("import", write("a.csv", _row(1)))
    assert entity("import", "--update", write("b.csv", _row(1, 网格="网格02", 联系方式="138"))).status == 0
    shown = entity("history", _code(1))
    assert "came into the registry" in shown.out
    assert "甲  entity import: b.csv (" in shown.out
    assert "zone: 网格01 → 网格02" in shown.out
    assert "telephone: another value" in shown.out
    assert "138" not in shown.out
    assert "telephone: 139 → 138" in entity("history", _code(1), "--private").out
    (past,) = json.loads(entity("history", _code(1), "--json").out)
    assert len(past["added"]["sha256"]) == 64
    assert [(one["field"], one["before"], one["after"]) for one in past["changes"]] == [
        ("zone", "网格01", "网格02"),
        ("telephone", None, None),
    ]
    assert entity("show", _code(1), "--as-of", "2026-03-04").status == 4
    assert "网格02" in entity("show", _code(1), "--as-of", "2026-03-05").out
    assert json.loads(entity("show", _code(1), "--as-of", "2026-03-05", "--json").out)["as_of"] == "2026-03-05"
    assert entity("history", "nobody").status == 2


@pytest.mark.usefixtures("entity")
def test_inspectors_and_matters_have_a_history(run_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """The same commands for the roster and for the list of matters."""
    (tmp_path / "r.csv").write_text("编号,姓名,执法领域,执法证号\nR001,张一,安全,C-1\n", "utf-8")
    (tmp_path / "m.csv").write_text("编号,抽查领域,抽查事项,抽查依据\nAQ-1,安全,事项一,《安全生产法》\n", "utf-8")
    for noun, file, key in (("inspector", "r.csv", "R001"), ("matter", "m.csv", "AQ-1")):
        assert run_cli("--as", "甲", noun, "import", file).status == 0
        assert run_cli("--as", "甲", noun, "retire", key, "--reason", "调离").status == 0
        shown = run_cli(noun, "history", key).out
        assert f"{noun} retire: 调离" in shown
        assert "reason of retirement: nothing → 调离" in shown
        assert run_cli(noun, "show", key, "--as-of", "2000-01-01").status == 4
        assert key in run_cli(noun, "show", key, "--as-of", "9000-01-01").out


def test_progress_has_a_rate_and_a_remaining_time(
    entity: Callable[..., Outcome], write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal a bar says how far it is, how fast and how long it will take; in a pipe nothing."""
    screen = Typed()
    monkeypatch.setenv("TERM", "xterm")
    console = Console(language="en", streams=Streams(stdout=io.StringIO(), stderr=screen))
    with console.progress("reading", None) as advance:
        advance(10, 40)
        advance(20)
    assert "30/40" in screen.getvalue()
    assert "/s" in screen.getvalue() or "-:--" in screen.getvalue()
    assert sys.stderr.isatty() is False
    assert "reading" not in entity("import", write("a.csv", _row(1))).err
