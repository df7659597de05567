"""A year's notice of working days, typed off the State Council's notice into a table of days.

What lives here: the columns of that table, its words, and the notice that its rows make. What does not: the rules over the
days (``core.workdays``) and the years that need no import (``files.calendar_years``).

A row is a day with its kind; the name of the holiday is for whoever reads the table. The year is the first row's. The State
Council's notice of a year sometimes touches the last days of the year before: those belong into that year's table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.words import fold_word
from inspect_cli.core.workdays import DayKind, YearNotice, missing_public_holidays, notice_fault
from inspect_cli.errors import InputError, Mistake, Position, say
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.day_cells import require_day
from inspect_cli.files.intake.headers import Sheet
from inspect_cli.files.intake.rows import read_rows

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from inspect_cli.files.intake.cells import Cells

NOTICE: Final = Sheet(
    fields={
        "day": ("日期", "日子", "date"),
        "kind": ("类型", "类别", "安排", "放假/上班", "type"),
        "name": ("名称", "节日", "节假日", "节日名称", "holiday", "备注"),
    },
    required=(("day",), ("kind",)),
)

_WORDS: Final = {
    DayKind.OFF: ("放假", "休息", "休", "节假日", "假日", "放假日", "off", "holiday"),
    DayKind.MAKE_UP: ("上班", "班", "补班", "调休上班", "工作日", "上班日", "work", "workday", "make-up"),
}
_KINDS: Final = {fold_word(word): kind for kind, words in _WORDS.items() for word in words}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFile:
    """What a table gives: the notice, the SHA-256 of the file's bytes, and what a person should know."""

    notice: YearNotice
    digest: str
    notices: tuple[Mistake, ...]


def read_year_notice(path: Path, encoding: str | None = None, *, provisional: bool = False) -> NoticeFile:
    """Read the notice of one year from a table; ``InputError`` with all its mistakes. Its title is the file's name."""
    rows = _RowReader()
    intake = read_rows(path, NOTICE, rows.build, ReadChoices(encoding=encoding))
    if rows.year is None:
        raise InputError(
            say("the table has no day"),
            where=Position(file=path.name),
            hint=say("write a row for each day off and each make-up working day of the year"),
        )
    notice = YearNotice(
        year=rows.year,
        title=path.name,
        days_off=tuple(sorted(day for day, kind in intake.values if kind is DayKind.OFF)),
        make_up_days=tuple(sorted(day for day, kind in intake.values if kind is DayKind.MAKE_UP)),
        provisional=provisional,
    )
    return NoticeFile(notice=notice, digest=intake.digest, notices=(*intake.notices, *_gaps(notice, path.name)))


def parse_day_kind(text: str) -> DayKind:
    """Read whether the notice gives a day off or makes it a working day; 调休 alone can mean either and is refused."""
    kind = _KINDS.get(fold_word(text))
    if kind is None:
        raise InputError(
            say("{text} says neither that the day is off nor that it is worked", text=text.strip()),
            hint=say("write 放假 or 上班"),
        )
    return kind


class _RowReader:
    """Reads row after row; the first day that can be read settles the year."""

    def __init__(self) -> None:
        self.year: int | None = None

    def build(self, cells: Cells) -> tuple[date, DayKind] | None:
        day = require_day(cells, "day")
        kind = cells.require("kind", parse_day_kind)
        if day is None:
            return None
        cells.require_new("day", day)
        if self.year is None:
            self.year = day.year
        fault = notice_fault(self.year, day, kind or DayKind.OFF)
        if fault is not None:
            cells.refuse("day", InputError(fault, hint=say("check the day and its kind; a table holds one year")))
        return None if kind is None else (day, kind)


def _gaps(notice: YearNotice, file: str) -> tuple[Mistake, ...]:
    """Tell the public holidays that the table leaves as working days: it may have been cut short."""
    return tuple(
        Mistake(
            what=say("{day} is a public holiday by law, and the table does not give it off", day=day.isoformat()),
            where=Position(file=file),
            remedy=say("compare the table with the State Council's notice"),
        )
        for day in missing_public_holidays(notice)
    )
