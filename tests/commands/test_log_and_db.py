"""``inspect-cli log`` and ``inspect-cli db``: what was done, and whether the store is whole."""

from __future__ import annotations

import codecs
import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspect_cli.storage.address import parse_address
from inspect_cli.storage.engine import Store
from inspect_cli.storage.migrations.run import migrate
from tests.registry_rows import HOSTILE
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome


@pytest.fixture
def call(run_cli: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Work in an empty folder; give the command line."""
    monkeypatch.chdir(tmp_path)
    return run_cli


def test_the_log_shows_acts_and_marks_other_days(call: Callable[..., Outcome]) -> None:
    """Each act is a row; one done for another day is marked, and as data its day and clock stand apart."""
    call("--as", "甲", "init")
    matters = "编号,抽查领域,抽查事项,抽查依据\nAQ-01,安全,x,y\n"
    Path("matters.csv").write_text(matters, "utf-8")
    call("--as", "乙", "--today", "2031-01-01", "matter", "import", "matters.csv")
    shown = call("log", "show")
    assert "matter import" in shown.out
    assert "2031-01-01*" in shown.out
    assert "--today" in shown.err
    data = json.loads(call("log", "show", "--json").out)
    assert [(one["number"], one["act"], one["actor"], one["dated_elsewhere"]) for one in data] == [
        (1, "init", "甲", False),
        (2, "matter import", "乙", True),
    ]
    assert data[1]["detail"]["new"] == 1
    assert list(data[0]) == [
        "number", "clock", "day", "dated_elsewhere", "actor", "act", "subject", "detail", "approver", "reason"
    ]  # fmt: skip


def test_the_log_is_filtered(call: Callable[..., Outcome]) -> None:
    """By kind, person and day."""
    call("--as", "甲", "--today", "2026-01-01", "init")
    for words, count in (
        (("--act", "init"), 1),
        (("--act", "draw"), 0),
        (("--by", "甲"), 1),
        (("--by", "乙"), 0),
        (("--since", "2026-01-01"), 1),
        (("--since", "2026-01-02"), 0),
        (("--until", "2026-01-01"), 1),
        (("--until", "2025-12-31"), 0),
        (("--subject", "store"), 1),
        (("--subject", "stor"), 0),
        (("--limit", "1"), 1),
    ):
        assert len(json.loads(call("log", "show", "--json", *words).out)) == count, words
    assert call("log", "show", "--limit", "0").status == 2


def test_the_newest_acts_stand_last(call: Callable[..., Outcome]) -> None:
    """With a limit the last acts are shown, still in the order in which they were done."""
    call("--as", "甲", "init")
    for name in ("AQ-01", "AQ-02"):
        _import_matter(call, name)
    shown = json.loads(call("log", "show", "--json", "--limit", "2").out)
    assert [(one["number"], one["subject"]) for one in shown] == [(2, "AQ-01.csv"), (3, "AQ-02.csv")]


def _import_matter(call: Callable[..., Outcome], name: str) -> None:
    Path(f"{name}.csv").write_text(f"编号,抽查领域,抽查事项,抽查依据\n{name},安全,x,y\n", "utf-8")
    assert call("--as", "甲", "matter", "import", f"{name}.csv").status == 0


def test_the_log_is_exported_for_spreadsheets(call: Callable[..., Outcome]) -> None:
    """The table is UTF-8 with a mark, has a row for each act, and is the same to the byte when it is written again."""
    call("--as", "甲", "--today", "2031-01-01", "init")
    _import_matter(call, "AQ-01")
    assert "wrote 2 acts" in call("log", "export", "-o", "log.csv").out
    data = Path("log.csv").read_bytes()
    assert data.startswith(codecs.BOM_UTF8)
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    head, first, second = csv.reader(data.decode("utf-8-sig").splitlines())
    assert head[:3] == ["序号", "时钟", "办理日期"]
    assert (first[0], first[2:7]) == ("1", ["2031-01-01", "yes", "甲", "init", "store"])
    assert (second[3], json.loads(second[9])["new"]) == ("", 1)
    assert "the same to the byte" in call("--lang", "en", "log", "export", "-o", "log.csv").out
    call("log", "export", "-o", "other.csv", "--lang", "en", "--act", "init")
    assert [row[0] for row in csv.reader(Path("other.csv").read_text("utf-8-sig").splitlines())] == ["number", "1"]


def test_the_log_is_exported_for_programs(call: Callable[..., Outcome]) -> None:
    """One object a line, with the keys of log show; the form follows the file's name, else --format says it."""
    call("--as", "甲", "init")
    assert call("log", "export", "-o", "log.txt").status == 2
    assert call("log", "export", "-o", "log.txt", "--format", "jsonl").status == 0
    call("log", "export", "-o", "log.JSONL")
    assert Path("log.txt").read_bytes() == Path("log.JSONL").read_bytes()
    (line,) = Path("log.txt").read_text("utf-8").splitlines()
    assert [json.loads(line)] == json.loads(call("log", "show", "--json").out)
    assert call("log", "export", "-o", "log.txt", "--format", "csv").status == 4
    assert call("log", "export", "-o", "log.txt", "--format", "csv", "--force").status == 0


@pytest.mark.parametrize("name", [*HOSTILE, "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '"=1"'])
def test_an_exported_cell_is_never_a_formula(call: Callable[..., Outcome], name: str) -> None:
    """What a spreadsheet would calculate has an apostrophe before it; everything else stands as it is."""
    call("--as", name, "init")
    call("log", "export", "-o", "log.csv")
    row = list(csv.reader(io.StringIO(Path("log.csv").read_text("utf-8-sig"), newline="")))[1]
    is_formula = name[0] in "=+-@\t＝"
    assert row[4] == (f"'{name}" if is_formula else name)


def test_an_export_names_no_reason_of_a_recusal(call: Callable[..., Outcome]) -> None:
    """Neither a recusal's reason nor a telephone gets into a file that is handed on."""
    call("--as", "甲", "init")
    Path("r.csv").write_text("编号,姓名,执法证号,执法领域,手机号\nR1,张一,C-1,安全,13800000000\n", "utf-8")
    Path("e.csv").write_text(
        "企业名称,统一社会信用代码,适用领域,联系方式\n某厂,91350100M000100Y43,安全,13900000000\n", "utf-8"
    )
    call("--as", "甲", "inspector", "import", "r.csv")
    call("--as", "甲", "entity", "import", "e.csv")
    call(
        "--as",
        "甲",
        "inspector",
        "recuse",
        "add",
        "R1",
        "91350100M000100Y43",
        "--reason",
        "kin",
        "--note",
        "kin-secret",
    )
    for file in ("log.csv", "log.jsonl"):
        assert "wrote 4 acts" in call("log", "export", "-o", file).out
        text = Path(file).read_text("utf-8-sig")
        assert "91350100M000100Y43" in text
        for secret in ("kin-secret", "13800000000", "13900000000"):
            assert secret not in text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_people_are_shown_as_text(call: Callable[..., Outcome], name: str) -> None:
    """Whatever somebody calls themselves is printed as text, and given back whole as data."""
    call("--as", name, "init")
    shown = call("log", "show")
    assert shown.status == 0
    assert "\u202e" not in shown.out
    assert "\x1b" not in shown.out
    assert json.loads(call("log", "show", "--json").out)[0]["actor"] == name


def test_a_sound_store_is_checked(call: Callable[..., Outcome]) -> None:
    """Each look is a row that says that all is in order."""
    fill_store("sqlite:///inspect.db")
    done = call("db", "check")
    assert done.status == 0
    assert done.out.count("in order") == 5
    assert [one["faults"] for one in json.loads(call("db", "check", "--json").out)] == [[], [], [], [], []]


def test_an_edited_draw_is_found(call: Callable[..., Outcome]) -> None:
    """Whoever edits frozen rows in the file is found out: exit 5, the check and the slot named."""
    fill_store("sqlite:///inspect.db")
    with closing(sqlite3.connect("inspect.db")) as connection, connection:
        connection.execute("UPDATE draw SET entities = excluded")
    done = call("db", "check")
    assert done.status == 5
    assert "CHECK-3" in done.out
    assert "not those that were committed" in call("db", "check", "--json").out


def test_a_backup_is_made_and_kept(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """A copy is made, not made again over a file, and opens as a store."""
    fill_store("sqlite:///inspect.db")
    assert "copied the store" in call("db", "backup", "copy.db").out
    assert call("db", "backup", "copy.db").status == 4
    assert call("db", "backup", "copy.db", "--force").status == 0
    assert call("--store", "copy.db", "db", "check").status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "inspect.db"]


def test_a_store_on_a_server_is_upgraded_and_copied_elsewhere(call: Callable[..., Outcome], store_url: str) -> None:
    """A server's store is upgraded without a copy, and its copy is another tool's work; a file's is made."""
    store = Store(parse_address(store_url))
    with store._writing.begin() as connection:
        migrate(connection, "0001")
    is_file = store.address.path is not None
    done = call("--as", "甲", "--store", store_url, "db", "upgrade")
    assert ("copied the store" in done.out) is is_file
    assert "from version 0001" in done.out
    assert call("--store", store_url, "db", "backup", "copy.db").status == (0 if is_file else 4)


def test_an_earlier_store_is_upgraded(call: Callable[..., Outcome]) -> None:
    """A store of an earlier version is refused by every command with the way out, upgraded once, and then current."""
    store = Store(parse_address("inspect.db"))
    with store._writing.begin() as connection:
        migrate(connection, "0001")
    refused = call("log", "show")
    assert refused.status == 5
    assert "inspect-cli db upgrade" in refused.err
    assert call("db", "upgrade").status == 2  # nobody is named
    done = call("--as", "甲", "db", "upgrade")
    assert "inspect.db.0001.backup" in done.out
    assert "from version 0001" in done.out
    assert "nothing to do" in call("--as", "甲", "db", "upgrade").out
    assert [one["act"] for one in json.loads(call("log", "show", "--json").out)] == ["db upgrade"]
