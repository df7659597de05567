"""What a cell of a workbook holds: 32,767 UTF-16 units, as Microsoft's list of Excel's limits has it."""

from __future__ import annotations

import pytest

from inspect_cli.files.spreadsheet import count_units, fit_cell, is_cell_exceeded

FULL = 32_767


@pytest.mark.parametrize("text", ["", "长" * FULL, "𠮷" * (FULL // 2), "a" + "𠮷" * (FULL // 2)])
def test_what_fits_stays(text: str) -> None:
    """A text up to the bound is given as it is; a character beyond U+FFFF counts twice."""
    assert not is_cell_exceeded(text)
    assert fit_cell(text) == text


@pytest.mark.parametrize(
    ("text", "kept"), [("长" * (FULL + 1), "长" * FULL), ("𠮷" * (FULL // 2 + 1), "𠮷" * (FULL // 2))]
)
def test_what_is_too_long_is_cut_between_characters(text: str, kept: str) -> None:
    """Beyond the bound as much is kept as fits, and never half a character."""
    assert is_cell_exceeded(text)
    assert fit_cell(text) == kept
    assert count_units(kept) <= FULL


def test_what_xml_cannot_hold_is_replaced() -> None:
    """The two code points that XML has no way to write become replacement characters."""
    assert fit_cell("a\ufffeb\uffffc") == "a\ufffdb\ufffdc"
