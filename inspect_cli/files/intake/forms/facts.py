"""What is known of a sheet beside its rows, and reading that from a file that is trusted with nothing.

What does not live here: the rows and their frames (``spool``), and how each reader finds such facts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from inspect_cli.files.intake.forms.refusals import TEXT_LIMIT, Reason, Unreadable
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT

_MOST: Final = 2**62
"""Rows, columns and counts are below this, also where they are beyond what is read."""


@dataclass(slots=True, kw_only=True)
class SheetFacts:
    """What is known of a sheet beside its rows; rows count from 1, columns from 0, ranges include both ends.

    ``patches`` are cells that the rows give blank and that are not: row, column, text. ``unsolved`` counts formulas without a kept result,
    ``first_unsolved`` is the place of one.
    """

    name: str | None = None
    is_hidden: bool = False
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    patches: list[tuple[int, int, str]] = field(default_factory=list)
    unsolved: int = 0
    first_unsolved: tuple[int, int] = (0, 0)
    is_1904: bool = False
    row_count: int = 0
    last_row: int = 0
    width: int = 0

    def add_unsolved(self, row: int, column: int) -> None:
        """Count a formula without a kept result."""
        if not self.unsolved:
            self.first_unsolved = (row, column)
        self.unsolved += 1

    def add(self, found: SheetFacts) -> None:
        """Add what was found beside the rows."""
        self.hidden_rows = found.hidden_rows
        self.hidden_columns = found.hidden_columns
        self.patches = found.patches
        self.unsolved, self.first_unsolved = found.unsolved, found.first_unsolved
        self.last_row = max([self.last_row, *(row for row, _column, _text in found.patches)])
        self.width = max([self.width, *(column + 1 for _row, column, _text in found.patches)])


def parse_facts(data: bytes) -> SheetFacts:
    """Read what was written as JSON; ``Unreadable`` where a fact is of another kind, or points beyond a sheet."""
    try:
        given = json.loads(data)
        return SheetFacts(
            name=None if given["name"] is None else _parse_text(given["name"]),
            is_hidden=_parse_flag(given["is_hidden"]),
            hidden_rows=[_parse_range(one) for one in _parse_list(given["hidden_rows"])],
            hidden_columns=[_parse_range(one) for one in _parse_list(given["hidden_columns"])],
            patches=[_parse_patch(one) for one in _parse_list(given["patches"])],
            unsolved=_parse_count(given["unsolved"]),
            first_unsolved=_parse_range(given["first_unsolved"]),
            is_1904=_parse_flag(given["is_1904"]),
            row_count=_parse_count(given["row_count"], ROW_LIMIT),
            last_row=_parse_count(given["last_row"], ROW_LIMIT),
            width=_parse_count(given["width"], COLUMN_LIMIT),
        )
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise Unreadable(Reason.DIED) from error


def _parse_text(given: Any) -> str:
    if not isinstance(given, str) or len(given) > TEXT_LIMIT:
        raise TypeError
    return given.encode(errors="replace").decode()


def _parse_flag(given: Any) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


def _parse_count(given: Any, most: int = _MOST) -> int:
    if type(given) is not int or not 0 <= given <= most:
        raise TypeError
    return given


def _parse_list(given: Any) -> list[Any]:
    if not isinstance(given, list):
        raise TypeError
    return given


def _parse_range(given: Any) -> tuple[int, int]:
    first, last = _parse_list(given)
    return _parse_count(first), _parse_count(last)


def _parse_patch(given: Any) -> tuple[int, int, str]:
    row, column, text = _parse_list(given)
    return _parse_count(row, ROW_LIMIT), _parse_count(column, COLUMN_LIMIT - 1), _parse_text(text)
