"""Damaged files of every form: rows or a refusal, and never anything else."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_cli.errors import InputError
from inspect_cli.files.intake import opening
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable
from inspect_cli.files.intake.opening import open_book
from tests.files.intake.forms.workbooks import SAMPLES, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = sorted(
    path for path in SAMPLES.rglob("*.*") if path.suffix not in {".py", ".md"} and path.parent.name != "found"
)
FOUND = sorted((SAMPLES / "found").iterdir())
TOKENS = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"]]>",
    b"&#0;",
    b"\0",
    b"\xff\xff\xff\xff",
    b'"',
    b"9999999999",
    b"-1",
    b"\r",
    b"\x80",
]
TOKENS += [
    b"<!DOCTYPE a>",
    b'r="XFD1048576"',
    b"<table>",
    b'hidden="1"',
    b't="e"',
    b"<f/>",
    b"PK\x01\x02",
    b"NaN",
    b"\xd0\xcf",
]


def no_child(_data: bytes) -> Iterator[None]:
    """Stand for the child where the parent's part alone is tried: a process for each example would take minutes."""
    raise Unreadable(Reason.DIED)


def walk(path: Path) -> None:
    """Read a file to its end; only a refusal may come of it."""
    with suppress(InputError), open_book(path) as book:
        for grid in book.grids:
            for number, cells in grid.rows():
                assert isinstance(number, int)
                assert all(isinstance(cell, str) for cell in cells)


def damage(data: bytes, draw: st.DrawFn) -> bytes:
    """Flip, insert, cut out, double and cut off bytes."""
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(data)))
        count = draw(st.sampled_from([1, 2, 8, 100, 2_000]))
        change = draw(st.sampled_from(["flip", "token", "cut", "double", "end"]))
        if change == "flip" and place < len(data):
            data = data[:place] + bytes([draw(st.integers(0, 255))]) + data[place + 1 :]
        elif change == "token":
            data = data[:place] + draw(st.sampled_from(TOKENS)) + data[place:]
        elif change == "cut":
            data = data[:place] + data[place + count :]
        elif change == "double":
            data = data[:place] + data[place : place + count] + data[place:]
        elif change == "end":
            data = data[: max(place, len(data) - count)]
    return data


@st.composite
def damaged(draw: st.DrawFn, paths: list[Path]) -> bytes:
    """Damage a sample: its bytes, or within a zip a member's, or swap two members."""
    data = draw(st.sampled_from(paths)).read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(data)) or draw(st.booleans()):
        return damage(data, draw)
    members = unpack(data)
    one, other = (draw(st.sampled_from(sorted(members))) for _ in range(2))
    if draw(st.booleans()):
        members[one], members[other] = members[other], members[one]
    else:
        members[one] = damage(members[one], draw)
    return pack(members)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=damaged(FILES))
def test_damaged_files_in_the_parent(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """All that is read in the parent gives rows or a refusal."""
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "start_child", no_child)
        walk(path)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=damaged([path for path in FILES if path.suffix in {".xls", ".xlsx"}]))
def test_damaged_workbooks_in_the_child(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """So does all that a child reads."""
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(data)
    walk(path)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_fuzzing_found(path: Path) -> None:
    """``no-memory.xls`` ends before it begins, ``short-directory.xls`` brings calamine down, a member of the third begins before it."""
    with pytest.raises(InputError), open_book(path):
        pass
