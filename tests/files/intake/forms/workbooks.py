"""Workbooks for tests: a sample with parts of it put in the place of others, and how a file is read or refused."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from inspect_cli.errors import InputError
from inspect_cli.files.intake.opening import open_book

SAMPLES = Path(__file__).parent.parent / "samples"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CENTRAL = b"PK\x01\x02"
VERSION_AT, FLAGS_AT, METHOD_AT, SIZE_AT = 6, 8, 10, 24


def pack(members: dict[str, bytes]) -> bytes:
    """Give a zip file of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Give the members of a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def workbook(**parts: bytes) -> bytes:
    """Give the plain sample with other parts: ``sheet``, ``workbook``, ``strings``, ``styles``."""
    names = {
        "sheet": SHEET,
        "workbook": "xl/workbook.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
    }
    members = unpack((SAMPLES / "plain.xlsx").read_bytes())
    return pack({**members, **{names[name]: data for name, data in parts.items()}})


def sheet(rows: str, *, before: str = "", start: str = "") -> bytes:
    """Give a worksheet part: ``start`` stands before the root, ``before`` before the rows."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>{start}<worksheet xmlns="{MAIN}">{before}<sheetData>'
    return f"{head}{rows}</sheetData></worksheet>".encode()


def set_field(data: bytes, name: str, at: int, value: bytes) -> bytes:
    """Give a zip file whose directory says something else of a member."""
    place = data.index(name.encode(), data.index(CENTRAL)) - 46
    assert data[place : place + 4] == CENTRAL
    return data[: place + at] + value + data[place + at + len(value) :]


def rename_stream(data: bytes, name: str) -> bytes:
    """Give an old workbook whose stream has another name."""
    old = "Workbook".encode("utf-16-le")
    place = data.rindex(old)
    entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
    return data[:place] + entry + data[place + len(entry) :]


def read(folder: Path, data: bytes) -> list[list[tuple[int, list[str]]]]:
    """Give the rows of all grids of a file."""
    path = folder / "对象.xlsx"
    path.write_bytes(data)
    with open_book(path) as book:
        return [list(grid.rows()) for grid in book.grids]


def refuse(folder: Path, data: bytes) -> InputError:
    """Give the refusal of a file: it names the file and says what to do."""
    with pytest.raises(InputError) as caught:
        read(folder, data)
    assert caught.value.where is not None
    assert caught.value.where.file == "对象.xlsx"
    assert caught.value.hint is not None
    return caught.value
