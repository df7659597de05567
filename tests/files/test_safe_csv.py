"""CSV files that are handed on: formulas are defused, and what was defused is read back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.files.safe_csv import escape_cell, render_csv, unescape_cell

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class TestEscaping:
    """No cell is a formula, and taking the apostrophe away is the exact inverse of putting it."""

    @given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@＝\t\na中1"), st.characters()), max_size=8))
    def test_unescaping_is_the_inverse(self, text: str) -> None:
        """Any text comes back as it was: dangerous or not, with apostrophes of its own or without."""
        assert unescape_cell(escape_cell(text)) == text

    @given(st.text(alphabet=st.sampled_from("'=+-@＝\t\na中1"), max_size=8))
    def test_no_cell_begins_like_a_formula(self, text: str) -> None:
        """What is written never begins with one of the signs."""
        assert not escape_cell(text).startswith(FORMULAS)

    @pytest.mark.parametrize("text", ["'名称", "'123", "'", "''", "", "中-文", "1=1", "91350100M000100Y43"])
    def test_other_texts_are_left_alone(self, text: str) -> None:
        """A text that no spreadsheet takes for a formula is neither escaped nor unescaped, its own apostrophe kept."""
        assert escape_cell(text) == text
        assert unescape_cell(text) == text


def test_a_table_is_read_back_by_another_reader() -> None:
    """The standard library's reader finds the mark, the line ends and the cells; the header stands as it is."""
    data = render_csv(("-a", "b"), (("=1+1", 'x"y'), ("换\n行", "逗,号")))
    assert data.startswith(b"\xef\xbb\xbf-a,b\r\n'=1+1,")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["-a", "b"], ["'=1+1", 'x"y'], ["换\n行", "逗,号"]]
