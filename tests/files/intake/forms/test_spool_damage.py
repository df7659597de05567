"""A spool that a brought-down process wrote: whatever its bytes are, they give rows or one refusal."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspect_cli.files.intake.forms import spool, workbook
from inspect_cli.files.intake.forms.facts import SheetFacts, parse_facts
from inspect_cli.files.intake.forms.grids import make_grid, tell_of_sheet
from inspect_cli.files.intake.forms.refusals import Unreadable
from inspect_cli.files.intake.forms.spool import SpoolReader, SpoolWriter
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT
from tests.files.intake.forms.workbooks import SAMPLES, refuse

if TYPE_CHECKING:
    from pathlib import Path

FACTS = SheetFacts(
    name="名录",
    hidden_rows=[(2, 3), (1, 2)],
    hidden_columns=[(0, 9)],
    patches=[(4, 1, "#N/A"), (2, 0, "乙")],
    unsolved=1,
)


def honest() -> bytes:
    """Give the bytes of a spool of two sheets."""
    stream = io.BytesIO()
    writer = SpoolWriter(stream)
    for _ in range(2):
        for number in (1, 2, 5):
            writer.add_row(number, ["甲厂", "", str(number)])
        writer.end_sheet(SheetFacts(**asdict(FACTS)))
    writer.finish()
    return stream.getvalue()


HONEST = honest()


def walk(data: bytes) -> list[tuple[int, list[str]]]:
    """Read everything there is in a spool, as a book does."""
    reader = SpoolReader(io.BytesIO(data))
    rows = []
    for sheet in reader.read_sheets():
        grid = make_grid(reader, sheet)
        tell_of_sheet(sheet.facts)
        rows += list(grid.rows())
    return rows


def with_facts(**changes: Any) -> bytes:
    """Give a sheet's facts as they are written, some of them changed."""
    return json.dumps(asdict(FACTS) | changes).encode()


def test_honest_spool_gives_its_rows() -> None:
    """What is damaged below is whole before: rows, cells put in their places, and what is hidden, each number once."""
    rows = walk(HONEST)
    assert [number for number, _ in rows] == [1, 2, 4, 5] * 2
    assert [rows[1][1], rows[2][1]] == [["乙", "", "2"], ["", "#N/A"]]
    reader = SpoolReader(io.BytesIO(HONEST))
    grid = make_grid(reader, reader.read_sheets()[0])
    assert (grid.hidden_rows, grid.hidden_columns) == ((1, 2, 3), (0, 1, 2))


@given(
    place=st.integers(0, len(HONEST)),
    length=st.integers(0, 12),
    bytes_=st.one_of(st.binary(max_size=12), st.sampled_from([b"\x1f", b"\x1e", b"-1", b"[", b"null", b"1e9", b'"'])),
)
@example(place=HONEST.index(b"\x1f1"), length=2, bytes_=b"\x1fx")
def test_damaged_spool_gives_rows_or_one_refusal(place: int, length: int, bytes_: bytes) -> None:
    """With some of its bytes replaced, cut out or put in a spool is read, or refused as unreadable: nothing else comes of it."""
    try:
        rows = walk(HONEST[:place] + bytes_ + HONEST[place + length :])
    except Unreadable:
        return
    assert all(0 <= number <= ROW_LIMIT and len(cells) <= COLUMN_LIMIT for number, cells in rows)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(name=st.sampled_from(sorted(asdict(FACTS))), value=JSON)
def test_facts_of_another_kind(name: str, value: Any) -> None:
    """A fact that is of another kind than its own, or beyond a sheet, is refused; what is taken leads to no trouble later."""
    try:
        facts = parse_facts(with_facts(**{name: value}))
    except Unreadable:
        return
    assert type(getattr(facts, name)) in {type(getattr(FACTS, name)), type(None)}
    tell_of_sheet(facts)


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"name": "\xff"}',
        with_facts(name=3),
        with_facts(is_hidden="no"),
        with_facts(hidden_rows={"1": 2}),
        with_facts(hidden_rows=[[-(10**12), 3]]),
        with_facts(hidden_columns=[[0]]),
        with_facts(patches=[[1, COLUMN_LIMIT, "x"]]),
        with_facts(patches=[[ROW_LIMIT + 1, 0, "x"]]),
        with_facts(patches=[[1, 0, None]]),
        with_facts(unsolved=True),
        with_facts(row_count=10**12),
        with_facts(width=-1),
    ],
)
def test_facts_that_are_none(data: bytes) -> None:
    """Each of these is refused before anything is made of it."""
    with pytest.raises(Unreadable):
        parse_facts(data)


def test_name_that_no_text_can_hold() -> None:
    """Half a character in a name gives way, for whatever is written out later."""
    assert parse_facts(with_facts(name="\ud800")).name == "?"


def test_many_ranges_of_the_same_rows_cost_no_more() -> None:
    """A hundred thousand claims that all rows are hidden are one list of the rows."""
    data = with_facts(hidden_rows=[[0, ROW_LIMIT]] * 100_000, patches=[[ROW_LIMIT, 0, "x"]], last_row=ROW_LIMIT)
    stream = io.BytesIO()
    for kind, part in ((b"S", data), (b"E", b"")):
        stream.write(spool._HEAD.pack(kind, len(part)) + part)
    reader = SpoolReader(stream)
    assert len(make_grid(reader, reader.read_sheets()[0]).hidden_rows) == ROW_LIMIT + 1


def test_more_frames_than_are_ever_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A spool of more frames or sheets than a writer makes is refused."""
    monkeypatch.setattr(spool, "_MOST_FRAMES", 4)
    with pytest.raises(Unreadable):
        walk(HONEST)
    monkeypatch.undo()
    monkeypatch.setattr(spool, "SHEET_LIMIT", 1)
    with pytest.raises(Unreadable):
        walk(HONEST)


@pytest.mark.parametrize("number", ["x", "0", "-3", "", "1048577", "9" * 5_000])
def test_rows_that_turn_out_to_be_none_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    """A child that writes rows under such numbers ends in a refusal of the file, though the book was open by then."""
    rows = f"甲厂\x1f{number}".encode()
    facts = with_facts(patches=[])
    data = b"".join(
        spool._HEAD.pack(kind, len(part)) + part for kind, part in ((b"R", rows), (b"S", facts), (b"E", b""))
    )
    (tmp_path / "spool").write_bytes(data)
    program = "import sys; sys.stdout.buffer.write(open(sys.argv[1], 'rb').read())"
    monkeypatch.setattr(workbook, "_COMMAND", ("-c", program, str(tmp_path / "spool")))
    assert "damaged" in str(refuse(tmp_path, (SAMPLES / "plain.xlsx").read_bytes()))
