"""Why a file of some form is not read, in words for a person.

What lives here: the reasons, which a child process may name by their value, and their sentences. What does not: how each is found.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.errors import InputError, Message, Position, say
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

CELL_LIMIT: Final = 2**25
"""Cells of one sheet, blank ones among others counted: 1,048,576 rows of 32 columns."""
TEXT_LIMIT: Final = 131_072
"""Characters of one cell: four times what a spreadsheet takes."""
SHEET_LIMIT: Final = 1_000
DEPTH_LIMIT: Final = 256
"""Elements within elements."""


class Reason(StrEnum):
    """Why a file is not read."""

    PASSWORD = "password"  # noqa: S105 - the word, not one
    LARGE = "large"
    FAR = "far"
    DAMAGED = "damaged"
    SLOW = "slow"
    DIED = "died"
    ENTITIES = "entities"
    DEEP = "deep"
    ERRORS = "errors"
    EMPTY = "empty"
    OTHER_OFFICE = "other office"


class Unreadable(Exception):
    """A reader gives up; ``as_error`` says it to a person."""

    def __init__(self, reason: Reason, *, sheet: str | None = None, row: int | None = None) -> None:
        """Hold why, and where."""
        super().__init__(reason.value)
        self.reason = reason
        self.sheet = sheet
        self.row = row

    def as_error(self, file: str) -> InputError:
        """Return the refusal with its position and what to do."""
        return InputError(
            _say_what(self.reason), where=_place(file, self.sheet, self.row), hint=_HINTS.get(self.reason, _SAVE_ANEW)
        )


_SAVE_ANEW: Final = say("open it in the spreadsheet program and save it anew as .xlsx, or the sheet as CSV (UTF-8)")
_HINTS: Final[Mapping[Reason, Message]] = {
    Reason.PASSWORD: say("open it in the spreadsheet program, take the password off, and save it again"),
    Reason.LARGE: say("copy the table alone into a new workbook, or split it"),
    Reason.FAR: say(
        "delete what stands far from the table (Ctrl+End goes there), or copy the table into a new workbook"
    ),
    Reason.ERRORS: say("correct the formulas, or paste their values in their place, and save it again"),
    Reason.OTHER_OFFICE: say("copy the table into a workbook and save it as .xlsx"),
    Reason.EMPTY: say("name the file that holds the table"),
}


def _place(file: str, sheet: str | None, row: int | None) -> Position:
    return Position(file=file, sheet=sheet, row=row)


def _say_what(reason: Reason) -> Message:  # noqa: PLR0911 - a sentence a reason
    match reason:
        case Reason.PASSWORD:
            return say("the file is locked with a password")
        case Reason.LARGE:
            return say("the table is larger than is read here: {cells} cells, or 1 GB of text", cells=CELL_LIMIT)
        case Reason.FAR:
            return say("a cell stands beyond {rows} rows or {columns} columns", rows=ROW_LIMIT, columns=COLUMN_LIMIT)
        case Reason.DAMAGED:
            return say("the file is damaged or cut off")
        case Reason.SLOW:
            return say("reading the workbook takes too long, and was given up")
        case Reason.DIED:
            return say("the workbook cannot be read within the memory that is set aside for it, or is damaged")
        case Reason.ENTITIES:
            return say("the file declares entities or a document type, as no spreadsheet program does")
        case Reason.DEEP:
            return say("elements stand more than {count} deep in each other", count=DEPTH_LIMIT)
        case Reason.ERRORS:
            return say("there are too many cells with an error or without a result")
        case Reason.EMPTY:
            return say("the file has no sheet with a table")
        case Reason.OTHER_OFFICE:
            return say("this is a document of another office program, not a workbook")
        case _:
            assert_never(reason)
