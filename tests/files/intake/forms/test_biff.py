"""What the records of an old workbook say beside its cells, by workbooks put together from the specification's records."""

from __future__ import annotations

import io
import struct

import pytest
from xlwt.CompoundDoc import XlsDoc

from inspect_cli.files.intake.forms import biff
from inspect_cli.files.intake.forms.biff import read_sheet_facts
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable

BEGIN, END = struct.pack("<HH", 0x0809, 16) + bytes(16), struct.pack("<HH", 0x000A, 0)


def record(code: int, form: str, *values: float) -> bytes:
    """Give one record."""
    data = struct.pack(f"<{form}", *values)
    return struct.pack("<HH", code, len(data)) + data


def row(number: int, flags: int) -> bytes:
    """Give a Row record."""
    return record(0x0208, "HHHHHHHH", number, 0, 1, 255, 0, 0, flags, 15)


def columns(first: int, last: int, flags: int) -> bytes:
    """Give a ColInfo record."""
    return record(0x007D, "HHHHHH", first, last, 2048, 15, flags, 0)


def error_or_answer(place: tuple[int, int], value: int, *, is_error: bool) -> bytes:
    """Give a BoolErr record."""
    return record(0x0205, "HHHBB", *place, 15, value, is_error)


def formula(place: tuple[int, int], result: bytes) -> bytes:
    """Give a Formula record with a kept result of eight bytes."""
    head = struct.pack("<HHH", *place, 15) + result + bytes(8)
    return struct.pack("<HH", 0x0006, len(head)) + head


def workbook(*records: bytes, before: bytes = b"", state: int = 0) -> bytes:
    """Give a compound file with a workbook of one sheet of these records."""
    place = len(BEGIN) + len(before) + len(record(0x0085, "IBBBB", 0, 0, 0, 1, 0) + b"x") + len(END)
    sheet = record(0x0085, "IBBBB1s", place, state, 0, 1, 0, b"x")  # type: ignore[arg-type]
    buffer = io.BytesIO()
    XlsDoc().save(buffer, BEGIN + before + sheet + END + BEGIN + b"".join(records) + END)
    return buffer.getvalue()


def test_what_is_hidden() -> None:
    """Rows and columns whose record has the flag are hidden, and the sheet whose state is not 0."""
    (facts,) = read_sheet_facts(
        workbook(columns(2, 3, 1), columns(5, 5, 0), row(0, 0), row(4, 0x120), row(5, 0x20), state=2)
    )
    assert (facts.hidden_rows, facts.hidden_columns, facts.is_hidden) == ([(5, 5), (6, 6)], [(2, 3)], True)


def test_errors() -> None:
    """Cells with an error, their own or a formula's, are patches; answers, numbers, texts and unknown records are not."""
    (facts,) = read_sheet_facts(
        workbook(
            error_or_answer((0, 1), 0x2A, is_error=True),
            error_or_answer((1, 1), 1, is_error=False),
            formula((2, 0), struct.pack("<BxBxxxH", 2, 0x07, 0xFFFF)),
            formula((3, 0), struct.pack("<d", 1.5)),
            formula((4, 0), struct.pack("<BxxxxxH", 0, 0xFFFF)),
            error_or_answer((5, 0), 0x99, is_error=True),
            record(0x1234, "I", 7),
        )
    )
    assert facts.patches == [(1, 1, "#N/A"), (3, 0, "#DIV/0!"), (6, 0, "#N/A")]


def test_chart_within_a_sheet_is_passed_over() -> None:
    """What is nested in a sheet says nothing of its rows."""
    (facts,) = read_sheet_facts(workbook(BEGIN, row(1, 0x20), END, row(2, 0x20)))
    assert facts.hidden_rows == [(3, 3)]


@pytest.mark.parametrize(("flag", "is_1904"), [(1, True), (0, False)])
def test_count_of_days(flag: int, is_1904: bool) -> None:
    """The record of the count of days is the whole workbook's."""
    (facts,) = read_sheet_facts(workbook(before=record(0x0022, "H", flag)))
    assert facts.is_1904 is is_1904


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (workbook(before=record(0x002F, "H", 0)), Reason.PASSWORD),
        (workbook(record(0x0208, "H", 1)), Reason.DAMAGED),
        (workbook(record(0x0203, "HHHd", 0, 256, 15, 1.0)), Reason.FAR),
        (workbook(record(0x0200, "IIHHH", 0, 65_537, 0, 2, 0)), Reason.FAR),
        (workbook(record(0x0200, "HHHHH", 0, 2, 0, 257, 0)), Reason.FAR),
        (workbook(record(0x0200, "IIHHH", 5, 4, 0, 2, 0)), Reason.DAMAGED),
        (workbook(*[error_or_answer((0, 0), 0, is_error=True)] * 4), Reason.ERRORS),
    ],
    ids=[
        "password",
        "short record",
        "column 257",
        "claim of rows",
        "claim of columns",
        "ends before it begins",
        "many errors",
    ],
)
def test_refusals(monkeypatch: pytest.MonkeyPatch, data: bytes, reason: Reason) -> None:
    """A locked workbook, a record cut short, a cell beyond the form's columns, and too many errors are refused."""
    monkeypatch.setattr(biff, "PATCH_LIMIT", 3)
    with pytest.raises(Unreadable) as caught:
        read_sheet_facts(data)
    assert caught.value.reason is reason


def test_stream_that_breaks_off() -> None:
    """A sheet that begins behind the end of the stream has no facts, and does no harm."""
    (facts,) = read_sheet_facts(
        workbook().replace(record(0x0085, "IBBBB", 44, 0, 0, 1, 0)[:8], record(0x0085, "IBBBB", 99_999, 0, 0, 1, 0)[:8])
    )
    assert facts.hidden_rows == []
