"""Numbers of identity cards in cells that ask for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.files.intake import identity_cells
from inspect_cli.files.intake.entities import read_entities
from tests.files.intake.files import BUREAU, CODE, ENTITY_HEADER, OTHER, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NUMBER = "11010519491231002X"
"""The example of GB 11643-1999."""


def test_number_under_another_header_is_told(tmp_path: Path) -> None:
    """The cell is named, the number is not repeated, and the rows are taken."""
    rows = (
        f"甲厂,{CODE},,,,,,,,,,,李某{NUMBER},0510-0,安全",
        f"乙厂,{OTHER},,,,,,,,,,,李某,{NUMBER},安全",
    )
    intake = read_entities(write(tmp_path, ENTITY_HEADER, *rows), BUREAU)
    assert [(one.where.row, one.where.column) for one in intake.notices] == [(2, "联系人"), (3, "联系方式")]
    assert all("identity card" in str(one.what) and one.value is None for one in intake.notices)
    assert NUMBER not in repr(intake.notices)
    assert len(intake.rows) == 2


def test_codes_are_not_looked_at(tmp_path: Path) -> None:
    """A column that asks for numbers of that length judges them itself, and other digits are no such number."""
    rows = (f"甲厂,{CODE},,,,,,,,,,,李某,622202100111624570,安全",)
    assert read_entities(write(tmp_path, ENTITY_HEADER, *rows), BUREAU).notices == ()


def test_many_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound of what is told of a file they are counted."""
    monkeypatch.setattr(identity_cells, "NOTICE_LIMIT", 1)
    rows = (f"甲厂,{CODE},,,,,,,,,,,{NUMBER},{NUMBER},安全", f"乙厂,{OTHER},,,,,,,,,,,{NUMBER},,安全")
    intake = read_entities(write(tmp_path, ENTITY_HEADER, *rows), BUREAU)
    assert (len(intake.notices), intake.further_notices) == (1, 2)
