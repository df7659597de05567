"""Rows that are walked again and again, in memory or beyond it."""

from __future__ import annotations

import tempfile
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.errors import UsageMistake
from inspect_cli.files.intake import kept_rows
from inspect_cli.files.intake.kept_rows import KeptRows
from inspect_cli.files.intake.located import Located
from tests.registry_rows import HOSTILE, a_matter, a_visit, an_entity, an_inspector

if TYPE_CHECKING:
    from pathlib import Path

VALUES = [
    *[an_entity(name=name) for name in HOSTILE],
    an_inspector(),
    a_matter(valid_until=None),
    a_visit(),
    ("2027-01-01", "off"),
    7,
]


def filled(batches: list[list[Any]]) -> KeptRows[Any]:
    """Keep the rows of these batches, numbered from 2."""
    rows: KeptRows[Any] = KeptRows()
    number = 2
    for values in batches:
        rows.add(list(range(number, number + len(values))), values)
        number += len(values)
    return rows


@pytest.mark.parametrize("limit", [0, 3, 50_000])
@given(batches=st.lists(st.lists(st.sampled_from(VALUES), max_size=4), max_size=6))
def test_what_is_walked_is_what_was_added(limit: int, batches: list[list[Any]]) -> None:
    """In memory, beyond it and across the border each walk gives the same values of the same kinds, with their rows, in order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_rows, "MEMORY_ROWS", limit)
        rows = filled(batches)
        values = [value for batch in batches for value in batch]
        expected = [Located(value=value, row=row) for row, value in enumerate(values, start=2)]
        assert list(rows) == expected
        assert list(rows) == expected
        assert len(rows) == len(expected)
        assert [type(one.value) for one in rows] == [type(value) for value in values]


def test_walks_do_not_disturb_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two walks under way at once, and one that is given up, each see every row."""
    monkeypatch.setattr(kept_rows, "MEMORY_ROWS", 2)
    rows = filled([[1, 2], [3, 4], [5, 6]])
    next(iter(rows))
    pairs = list(zip(rows, islice(rows, 6), strict=True))
    assert [(one.value, other.value) for one, other in pairs] == [(n, n) for n in range(1, 7)]
    assert Located(value=6, row=7) in rows
    assert Located(value=6, row=6) not in rows


def test_no_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder that takes nothing is told with the way out."""
    monkeypatch.setattr(kept_rows, "MEMORY_ROWS", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(UsageMistake, match="no temporary file can be written") as caught:
        filled([[1]])
    assert "TMPDIR" in str(caught.value.hint)
