"""Visit sheets filled in as people do it: a workbook of ours read by one library, changed, and written by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Grid: TypeAlias = "list[list[object]]"
COLUMNS = ("key", "domain", "matter", "result", "method", "finding", "follow_up", "until")
FACTS = ("layout", "slot", "entity", "name", "address", "zone", "day", "people", "on")
HEADER = len(FACTS) + 2
"""The place of the header from 0: below a title, the facts and a line of guidance."""


def read_grids(path: Path) -> dict[str, Grid]:
    """Read the sheets of a workbook as another program sees them, from their first row on."""
    book = CalamineWorkbook.from_path(path)
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


def write_grids(path: Path, grids: Mapping[str, Grid]) -> None:
    """Write sheets as another program does: numbers as floating numbers, all else as texts, nothing protected or formatted."""
    book = Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    for name, grid in grids.items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(grid):
            for column, value in enumerate(cells):
                if isinstance(value, int | float):
                    page.write_number(row, column, float(value))
                elif value != "":
                    page.write_string(row, column, str(value))
    book.close()


def fill(path: Path, answers: Mapping[str, Mapping[str, Mapping[str, object]]], target: Path | None = None) -> Path:
    """Fill in a workbook: by company's number, then by a row's key (or a fact's name), then by column (or ``value``)."""
    grids = read_grids(path)
    for grid in grids.values():
        rows = answers.get(str(grid[1 + FACTS.index("entity")][2]), {}) if is_sheet(grid) else {}
        for key, values in rows.items():
            if key in FACTS:
                grid[1 + FACTS.index(key)][2] = values["value"]
                continue
            cells = next(cells for cells in grid[HEADER + 1 :] if cells[0] == key)
            for column, value in values.items():
                cells += [""] * (len(COLUMNS) - len(cells))
                cells[COLUMNS.index(column)] = value
    write_grids(target or path, grids)
    return target or path


def find_entities(path: Path) -> list[str]:
    """List the companies of a workbook's sheets, in their order."""
    return [str(grid[1 + FACTS.index("entity")][2]) for grid in read_grids(path).values() if is_sheet(grid)]


def is_sheet(grid: Grid) -> bool:
    """Say whether a sheet is a visit's, and not the one of the lists."""
    return len(grid) > HEADER and grid[1][0] in {"表式", "Layout"}
