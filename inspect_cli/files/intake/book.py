"""An outside file of whatever form as one or more grids of text, with what a person should know about how it was read.

What lives here: the values that all readers give. What does not: the forms themselves (``opening``, ``forms``), and what the cells mean
(``headers``, ``rows``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspect_cli.errors import Message


class Form(StrEnum):
    """What a file is, whatever its name says."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    SPREADSHEETML = "spreadsheetml"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet, or a text under one separator. ``rows`` may be called again and again: numbers from 1, as a spreadsheet shows them.

    A cell is text, as a person reads it: a whole number without a point, a number of more than 15 digits in scientific notation (its
    last digits are lost), a day as ``2026-03-05``, yes and no as ``TRUE`` and ``FALSE``, a spreadsheet's error as ``#N/A``, a formula whose
    result the file does not keep as ``#FORMULA!``. Blank rows may be left out. ``name`` is the sheet's, None for a text. Hidden rows are
    numbers from 1, hidden columns places from 0; ``is_hidden`` is the sheet as a whole. ``row_count`` says about how many rows there are,
    where the reader knows it.
    """

    name: str | None
    rows: Callable[[], Iterator[tuple[int, list[str]]]]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    is_hidden: bool = False
    row_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What a file holds. ``are_readings``: the grids are readings of one text under several separators, of which one is right.

    ``encoding`` is that of a text; ``notices`` tell what the reader noted. ``is_1904``: days are counted from 1904, so that a
    bare number is no day.
    """

    file: str
    digest: str
    form: Form
    grids: tuple[Grid, ...]
    encoding: str | None = None
    are_readings: bool = False
    is_1904: bool = False
    notices: tuple[Message, ...] = ()
