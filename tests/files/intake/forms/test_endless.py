"""What never ends: a tag, a row, rows beyond any sheet, a scan for a reader that is dead. Each is given up long before the file's end."""

from __future__ import annotations

import io
import struct
import tracemalloc
from contextlib import nullcontext
from typing import TYPE_CHECKING

import olefile
import pytest

from inspect_cli.errors import InputError
from inspect_cli.files.intake.forms import workbook
from inspect_cli.files.intake.forms.biff import read_sheet_facts
from inspect_cli.files.intake.forms.compound import require_chain_ends
from inspect_cli.files.intake.forms.container import Container
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable
from inspect_cli.files.intake.forms.text import RECORD_LIMIT, SEPARATORS, Text, read_records
from inspect_cli.files.intake.forms.workbook import Child
from inspect_cli.files.intake.forms.xlsx import scan_xlsx
from inspect_cli.files.intake.forms.xml_walk import TOKEN_LIMIT, make_parser, walk
from tests.files.intake.forms.workbooks import MAIN, SAMPLES, read, refuse, sheet
from tests.files.intake.forms.workbooks import workbook as make_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIB = 1024 * 1024


@pytest.mark.parametrize("start", [b"<a><", b'<a><b c="', b"<a><!--", b"<a><?b "])
def test_tag_without_end(start: bytes) -> None:
    """An open tag, value, comment or instruction is given up after a few pieces: each piece would have the parser read all anew."""
    given = 0

    def pieces() -> Iterator[bytes]:
        nonlocal given
        yield start
        for _ in range(1_000):
            given += MIB
            yield b"x" * MIB

    with pytest.raises(Unreadable) as caught:
        walk(make_parser(), pieces())
    assert caught.value.reason is Reason.DAMAGED
    assert given <= TOKEN_LIMIT + 2 * MIB


@pytest.mark.parametrize("said", ["x", "龍", b"x", b"<b/>"])
def test_long_text_is_no_tag_without_end(said: str | bytes) -> None:
    """A text, or small elements, may go on beyond that."""
    start, end = ("<a>", "</a>") if isinstance(said, str) else (b"<a>", b"</a>")
    walk(make_parser(), (start, *[said * MIB] * 8, end))


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("said", [b",", b";", b"\t", b"x", b'"\n",'])
def test_row_without_end(separator: str, said: bytes) -> None:
    """A row of 64 MB, of whatever and over however many lines, is refused in less memory than its cells would take."""
    endless = said * (64 * MIB // len(said))
    text = Text(data="编号,姓名\n".encode() + endless, encoding="utf-8", file="a.csv")
    tracemalloc.start()
    try:
        with pytest.raises(InputError) as caught:
            list(read_records(text, separator))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.where is not None
    assert caught.value.where.row is not None
    assert caught.value.where.row <= 3
    assert peak < 128 * MIB


def test_longest_row_and_one_more_character() -> None:
    """The bound is of one row: it is told with its number, and many rows may be longer together."""
    row = ",".join(["x" * 65_535] * 63) + "\n"
    rows = Text(data=(row * 3).encode(), encoding="utf-8", file="a.csv")
    assert [number for number, _cells in read_records(rows, ",")] == [1, 2, 3]
    longer = Text(data=(row + row[:-1] + "," + "y" * 65_536 + "\n").encode(), encoding="utf-8", file="a.csv")
    with pytest.raises(InputError, match=f"longer than {RECORD_LIMIT} characters") as caught:
        list(read_records(longer, ","))
    assert caught.value.where is not None
    assert caught.value.where.row == 2


def test_rows_beyond_any_sheet(tmp_path: Path) -> None:
    """Rows without a number and without a cell end with the last row that a sheet can have."""
    error = refuse(tmp_path, make_workbook(sheet=sheet("<row/>" * 1_048_577)))
    assert "beyond" in str(error)
    assert error.where is not None
    assert error.where.row == 1_048_577


def test_formula_of_text_without_a_result(tmp_path: Path) -> None:
    """A formula that is said to give text, and whose result the file does not keep, is none that gives an empty text."""
    rows = (
        '<row r="1"><c r="A1" t="str"><f>B1</f></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>1</v></c></row>'
    )
    assert read(tmp_path, make_workbook(sheet=sheet(rows))) == [[(1, ["#FORMULA!", "", "1"])]]


class _Process:
    """A child that has ended with a status, or has not."""

    def __init__(self, status: int | None) -> None:
        self._status = status

    def poll(self) -> int | None:
        return self._status


@pytest.mark.parametrize(("status", "is_given_up"), [(None, False), (0, False), (-9, True), (1, True)])
def test_scan_for_a_dead_reader(status: int | None, is_given_up: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the reader of the cells has died the scan goes on for some pieces, which may say why, and no further."""
    monkeypatch.setattr(workbook, "PATIENCE", 10)
    child = Child(_Process(status), None)  # type: ignore[arg-type]
    taken: list[bytes] = []
    with pytest.raises(Unreadable, match=Reason.DIED) if is_given_up else nullcontext():
        taken.extend(child.watch(iter([b"xxxx"] * 5)))
    assert len(taken) == (2 if is_given_up else 5)


def _chain(compound: olefile.OleFileIO, start: int) -> list[int]:
    """Give the sectors of a chain."""
    sectors = []
    while start < len(compound.fat):
        sectors.append(start)
        start = compound.fat[start]
    return sectors


@pytest.mark.parametrize("chain", ["stream", "folder", "table", "list of tables"])
def test_chain_that_leads_back_into_itself(tmp_path: Path, chain: str) -> None:
    """A compound file of which a chain of sectors has no end is refused before it fills the memory of its reader."""
    old = (SAMPLES / "biff.xls").read_bytes()
    data = bytearray(old)
    with olefile.OleFileIO(io.BytesIO(old)) as compound:
        entry = next(e for e in compound.direntries if e is not None and e.name in {"Workbook", "Book"})
        start = entry.isectStart if chain == "stream" else compound.first_dir_sector
        last = _chain(compound, start)[-1]
    table = 512 + 512 * struct.unpack_from("<I", old, 76)[0]
    if chain == "list of tables":
        struct.pack_into("<I", data, 68, 0)
        struct.pack_into("<I", data, 512 + 508, 0)
    elif chain == "table":
        for sector in range(128):
            struct.pack_into("<I", data, table + 4 * sector, 1)
    else:
        struct.pack_into("<I", data, table + 4 * last, start)
    assert "damaged" in str(refuse(tmp_path, bytes(data)))
    with pytest.raises(Unreadable) as caught:
        read_sheet_facts(bytes(data))
    assert caught.value.reason is Reason.DAMAGED


def test_chains_that_end() -> None:
    """Two chains may end in one: the second walk stops where the first has gone; a ring of its own is seen from where it is entered."""
    require_chain_ends([2, 2, 3, 99], [0, 1, 3, 98])
    for following, starts in (([0], [0]), ([1, 2, 1], [0]), ([99, 2, 3, 1], [0, 3])):
        with pytest.raises(Unreadable):
            require_chain_ends(following, starts)


def test_two_sheets_in_one_part(tmp_path: Path) -> None:
    """A thousand sheets that are one part would be read a thousand times."""
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in (1, 2))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="urn:r"><sheets>{sheets}</sheets></workbook>'.encode()
    refuse(tmp_path, make_workbook(workbook=book))
    with pytest.raises(Unreadable):
        scan_xlsx(Container(make_workbook(workbook=book), "a.xlsx"))
