"""The month as an Excel workbook (XlsxWriter): three sheets, by day, by person and by entity, ready to be printed.

Every text is written as a text, never as a formula or a link, whatever it looks like. The same records give the same bytes: the date
of the file is that of the newest draw or change. What does not live here: reading workbooks (``files.intake``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias

from inspect_cli.core.schedule import Grouping, find_marks, group_visits, name_team, say_open
from inspect_cli.files.plain_book import new_book
from inspect_cli.language import _, join_words
from inspect_cli.widths import cells, cut, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from inspect_cli.core.names import Domain
    from inspect_cli.core.schedule import ScheduledVisit

Cell: TypeAlias = "str | date | None"

_LONGEST: Final = 8000
"""Cells of a screen after which a text is cut: far below the 32,767 characters that Excel takes."""

_WIDEST, _NARROWEST = 26, 8
_LINE: Final = 15
"""Points of a line of text."""

_MOST_LINES: Final = 27
"""A row is at most 409 points high."""

_A4: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookHead:
    """What a workbook says of itself: its title, the time that dates it (aware), and how the bureau calls its domains."""

    title: str
    created: datetime
    domains: Mapping[Domain, str]


@dataclass(frozen=True, slots=True)
class _Styles:
    title: Format
    head: Format
    text: Format
    day: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def render_workbook(visits: tuple[ScheduledVisit, ...], head: WorkbookHead) -> bytes:
    """Render a schedule as a workbook (xlsx) in the settled language."""
    stream = BytesIO()
    book = new_book(stream, visible(head.title), head.created.astimezone(UTC).replace(tzinfo=None))
    frame = {"border": 1, "valign": "top", "text_wrap": True}
    styles = _Styles(
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format(frame | {"bold": True, "bg_color": "#E8E8E8", "valign": "vcenter"}),
        book.add_format(frame),
        book.add_format(frame | {"num_format": "yyyy-mm-dd", "align": "left"}),
    )
    for sheet in (_by_day(visits, head), _by_person(visits, head), _by_entity(visits, head)):
        _write_sheet(book.add_worksheet(sheet.name), sheet, styles, head.title)
    book.close()
    return stream.getvalue()


def _write_sheet(page: Worksheet, sheet: _Sheet, styles: _Styles, title: str) -> None:
    page.write_string(0, 0, _safe(title), styles.title)
    for column, name in enumerate(sheet.columns):
        page.write_string(1, column, name, styles.head)
    for number, row in enumerate(sheet.rows, start=2):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, column, datetime.combine(value, time()), styles.day)
            else:
                page.write_string(number, column, _safe(value or ""), styles.text)
    widths = _widths(sheet)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for number, row in enumerate(sheet.rows, start=2):
        page.set_row(number, _LINE * _count_lines(row, widths))
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(2, len(sheet.rows) + 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)  # as many pages as it takes, each as wide as the sheet
    page.repeat_rows(0, 1)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)  # inches
    page.set_footer("&C&P / &N")


def _widths(sheet: _Sheet) -> list[int]:
    """Give each column the width of its widest cell; a Chinese character takes two of Excel's units."""
    rows = [sheet.columns, *(tuple(str(value or "") for value in row) for row in sheet.rows)]
    widest = (max(cells(row[column]) for row in rows) + 2 for column in range(len(sheet.columns)))
    return [min(_WIDEST, max(_NARROWEST, width)) for width in widest]


def _count_lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Count the lines of a row's longest text: not every program makes a row as high as what it wraps."""
    lines = (len(wrap(_safe(str(value or "")), width - 1)) for value, width in zip(row, widths, strict=True))
    return min(_MOST_LINES, max(lines))


def _by_day(visits: tuple[ScheduledVisit, ...], head: WorkbookHead) -> _Sheet:
    columns = (_("day"), _("entity"), _("name"), _("zone"), _("address"), _("domains"), _("team"), _("remarks"))
    rows = (
        (
            one.day,
            one.entity,
            one.name,
            one.zone,
            one.address,
            _domains(one, head),
            join_words(name_team(one.seats)),
            _remarks(one),
        )
        for one in visits
    )
    return _Sheet(name=_("by day"), columns=columns, rows=tuple(rows))


def _by_person(visits: tuple[ScheduledVisit, ...], head: WorkbookHead) -> _Sheet:
    columns = (_("roster number"), _("person"), _("day"), _("entity"), _("name"), _("address"), _("domains"))
    rows = (
        (
            group.key,
            group.name,
            one.day,
            one.entity,
            one.name,
            one.address,
            _domains(one, head),
            join_words(name_team(one.seats)),
            _remarks(one),
        )
        for group in group_visits(visits, Grouping.INSPECTOR)
        if group.key is not None
        for one in group.visits
    )
    return _Sheet(name=_("by person"), columns=(*columns, _("team"), _("remarks")), rows=tuple(rows))


def _by_entity(visits: tuple[ScheduledVisit, ...], head: WorkbookHead) -> _Sheet:
    columns = (
        _("entity"),
        _("name"),
        _("zone"),
        _("address"),
        _("day"),
        _("domains"),
        _("team"),
        _("draw"),
        _("remarks"),
    )
    rows = (
        (
            one.entity,
            one.name,
            one.zone,
            one.address,
            one.day,
            _domains(one, head),
            join_words(name_team(one.seats)),
            one.slot,
            _remarks(one),
        )
        for one in sorted(visits, key=lambda one: one.entity.encode())
    )
    return _Sheet(name=_("by entity"), columns=columns, rows=tuple(rows))


def _domains(visit: ScheduledVisit, head: WorkbookHead) -> str:
    return join_words(head.domains.get(domain, domain) for domain in visit.domains)


def _remarks(visit: ScheduledVisit) -> str:
    """Say what is out of the ordinary: why nobody goes, from where the visit was moved, which supplement drew it."""
    remarks = () if visit.open is None else (say_open(visit.open),)
    return join_words((*remarks, *find_marks(visit)))


def _safe(text: str) -> str:
    return cut(visible(text), _LONGEST)
