"""The process that reads workbooks, and the spool between it and the parent: bounded, ended with it, nothing left behind."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from inspect_cli.errors import InputError, UsageMistake
from inspect_cli.files.intake import opening
from inspect_cli.files.intake.forms import child, refusals, spool, workbook
from inspect_cli.files.intake.forms.facts import SheetFacts
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable
from inspect_cli.files.intake.forms.rendering import render_value
from inspect_cli.files.intake.forms.spool import NO_ROOM, SpoolReader, SpoolWriter
from inspect_cli.files.intake.opening import open_book
from tests.files.intake.forms.workbooks import SAMPLES, read, refuse, sheet
from tests.files.intake.forms.workbooks import workbook as make_workbook

FAR = make_workbook(sheet=sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'))
PLAIN = SAMPLES / "plain.xlsx"
FULL_DISK = Path("/dev/full")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of its own for temporary files."""
    folder = tmp_path / "room"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def run_child(data: bytes) -> SpoolReader:
    """Run the child's own code in this process."""
    target = io.BytesIO()
    child.main(io.BytesIO(data), target)
    return SpoolReader(target)


def test_child_that_is_brought_down(room: Path) -> None:
    """The far cell at which calamine aborts its process ends in a refusal here, and nothing is left behind."""
    with workbook.start_child(FAR) as running, pytest.raises(Unreadable) as caught:
        running.wait().read_sheets()
    assert caught.value.reason is Reason.DIED
    assert list(room.iterdir()) == []


def test_child_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that is not read by the deadline is given up."""
    monkeypatch.setattr(workbook, "DEADLINE", 0)
    assert "too long" in str(refuse(tmp_path, PLAIN.read_bytes()))


def test_nothing_is_left_behind(room: Path) -> None:
    """An interruption ends the child and takes its files along."""
    with pytest.raises(KeyboardInterrupt), workbook.start_child(PLAIN.read_bytes()) as running:
        raise KeyboardInterrupt
    assert running._process.returncode is not None
    with open_book(PLAIN) as book:
        rows = book.grids[0].rows
        next(rows())
    with pytest.raises(ValueError, match="closed"):
        next(rows())
    assert list(room.iterdir()) == []


def test_rows_of_two_walks_at_once(tmp_path: Path) -> None:
    """Two walks over one grid do not disturb each other."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 2_001))
    (tmp_path / "a.xlsx").write_bytes(make_workbook(sheet=sheet(rows)))
    with open_book(tmp_path / "a.xlsx") as book:
        pairs = zip(book.grids[0].rows(), book.grids[0].rows(), strict=True)
        assert all(one == other == (n, [str(n)]) for n, (one, other) in enumerate(pairs, start=1))


def test_working_folder_holds_no_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beside the workbook that is named like a module of the child is not run."""
    for name in ("json", "olefile", "python_calamine", "inspect_cli"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(1)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(read(tmp_path, PLAIN.read_bytes())) == 1


def test_where_nothing_bounds_the_child_the_scan_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system without such bounds a workbook is refused before a child sees it."""
    monkeypatch.setattr(opening, "CAN_BOUND", False)
    assert len(read(tmp_path, PLAIN.read_bytes())) == 1
    monkeypatch.setattr(opening, "start_child", None)
    assert "beyond" in str(refuse(tmp_path, FAR))


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no temporary file can be written, by us or by the child, that is said in the same words."""
    monkeypatch.setattr(workbook, "_COMMAND", ("-c", f"import os; os._exit({NO_ROOM})"))
    with pytest.raises(UsageMistake, match="no temporary file can be written: the disk is full"):
        read(tmp_path, PLAIN.read_bytes())
    with workbook.start_child(PLAIN.read_bytes()) as running:
        running._process.wait()
        with pytest.raises(OSError, match="No space left"):
            list(running.watch(iter([b"a"])))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(UsageMistake, match="no temporary file can be written"):
        read(tmp_path, PLAIN.read_bytes())


@pytest.mark.skipif(not FULL_DISK.exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("data", [PLAIN.read_bytes(), b"PK\x03\x04"])
def test_child_on_a_full_disk_says_so(data: bytes) -> None:
    """The child itself ends with the status that says so, whether it has rows or a reason to write."""
    with FULL_DISK.open("wb", buffering=0) as full:
        assert child.main(io.BytesIO(data), full) == NO_ROOM
        done = subprocess.run([sys.executable, *workbook._COMMAND], input=data, stdout=full, check=False)
    assert done.returncode == NO_ROOM


def test_child_writes_what_the_parent_reads() -> None:
    """The child's own code gives the rows, the facts of old workbooks, and why there are none."""
    (sheet_,) = run_child(PLAIN.read_bytes()).read_sheets()
    assert (sheet_.facts.name, sheet_.facts.row_count, sheet_.facts.width) == ("名录", 4, 4)
    old = run_child((SAMPLES / "hidden.xls").read_bytes()).read_sheets()
    assert [(one.facts.name, one.facts.is_hidden) for one in old] == [("名录", False), ("旧名录", True)]
    assert [tuple(patch) for one in old for patch in one.facts.patches] == [(2, 0, "#N/A")]
    for data, reason in ((b"PK\x03\x04", Reason.DAMAGED), (b"\xd0\xcf\x11\xe0", Reason.DAMAGED)):
        with pytest.raises(Unreadable) as caught:
            run_child(data).read_sheets()
        assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', Reason.FAR),
        ('<row r="1"><c r="AMK1"><v>1</v></c></row>', Reason.FAR),
        ('<row r="90"><c r="Z90"><v>1</v></c></row>', Reason.LARGE),
    ],
)
def test_child_keeps_to_the_bounds(monkeypatch: pytest.MonkeyPatch, rows: str, reason: Reason) -> None:
    """The child holds the corners of a sheet against the bounds by itself, whatever the scan saw."""
    monkeypatch.setattr(child, "CELL_LIMIT", 1_000)
    with pytest.raises(Unreadable) as caught:
        run_child(make_workbook(sheet=sheet(rows))).read_sheets()
    assert caught.value.reason is reason


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_limits_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child sets a limit of memory, time and file size for itself, and bears a system that refuses one."""
    import resource  # noqa: PLC0415 - Windows has none

    asked: list[int] = []

    def set_limit(kind: int, _bounds: tuple[int, int]) -> None:
        asked.append(kind)
        if kind == resource.RLIMIT_AS:
            raise ValueError

    monkeypatch.setattr(resource, "setrlimit", set_limit)
    child.set_limits()
    assert {resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE} <= set(asked)


def written(*rows: tuple[int, list[str]], end: bool = True) -> io.BytesIO:
    """Give a spool with one sheet of these rows."""
    stream = io.BytesIO()
    writer = SpoolWriter(stream)
    for number, cells in rows:
        writer.add_row(number, cells)
    writer.end_sheet(SheetFacts(name="甲"))
    if end:
        writer.finish()
    return stream


def test_spool_gives_back_what_it_took() -> None:
    """Rows come back with their numbers, without blank ends; a separator within a cell gives way to another control character."""
    reader = SpoolReader(written((3, ["a", "", "甲\n", ""]), (4, ["", ""]), (9, ["x\x1fy\x1ez"])))
    (sheet_,) = reader.read_sheets()
    assert list(reader.rows(sheet_)) == [(3, ["a", "", "甲\n"]), (9, ["x\x1ay\x1az"])]
    assert (sheet_.facts.row_count, sheet_.facts.last_row, sheet_.facts.width) == (2, 9, 3)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"R\0",
        struct.pack("<cI", b"R", 2**31),
        struct.pack("<cI", b"Q", 0),
        struct.pack("<cI", b"R", 9) + b"short",
        struct.pack("<cI", b"S", 2) + b"[]",
        struct.pack("<cI", b"S", 9) + b'{"bad":1}',
        struct.pack("<cI", b"X", 3) + b"wat",
        written((1, ["a"]), end=False).getvalue(),
    ],
)
def test_spool_that_broke_off(data: bytes) -> None:
    """A spool that is no such thing, or that has no end, is not believed."""
    with pytest.raises(Unreadable) as caught:
        SpoolReader(io.BytesIO(data)).read_sheets()
    assert caught.value.reason is Reason.DIED


def test_bounds_of_the_spool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells, bytes, sheets and the length of a text are bounded."""
    monkeypatch.setattr(spool, "CELL_LIMIT", 10)
    with pytest.raises(Unreadable):
        written((1, ["a"] * 11))
    monkeypatch.setattr(spool, "SPOOL_LIMIT", 100)
    with pytest.raises(Unreadable):
        written((1, ["a" * 200]))
    with pytest.raises(Unreadable):
        written((1, ["a" * (refusals.TEXT_LIMIT + 1)]))
    monkeypatch.setattr(spool, "SHEET_LIMIT", 0)
    with pytest.raises(Unreadable):
        written()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999_999_999_999_999.0, "999999999999999"),
        (1e15, "1.00000000000000E+15"),
        (-2.0, "-2"),
        (0.1 + 0.2, "0.3"),
        (float("nan"), "#NUM!"),
        (12, "12"),
        (True, "TRUE"),
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5, 12, 30), "2026-03-05 12:30:00"),  # noqa: DTZ001
        (datetime(2026, 3, 5, 23, 59, 59, 999_000), "2026-03-06"),  # noqa: DTZ001
        (time(0, 0), "00:00:00"),
        (time(9, 5, 6, 600_000), "09:05:07"),
        (timedelta(hours=36), "36:00:00"),
        (timedelta(seconds=-61), "-00:01:01"),
        (None, ""),
        ("=1", "=1"),
    ],
)
def test_values_as_text(value: object, text: str) -> None:
    """A value is given as a person reads it in the cell."""
    assert render_value(value) == text


@pytest.mark.parametrize("reason", list(Reason))
def test_each_reason_has_its_words(reason: Reason) -> None:
    """Each reason is a sentence with a position and a hint."""
    error = Unreadable(reason, sheet="甲", row=3).as_error("a.xls")
    assert isinstance(error, InputError)
    assert error.where is not None
    assert (error.where.sheet, error.where.row) == ("甲", 3)
    assert error.hint is not None
