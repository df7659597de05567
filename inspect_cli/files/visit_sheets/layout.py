"""Where things stand on a visit sheet, and by which words they are found again: facts above, then a header, then a row a matter.

A reader goes by the words, in either language, and not by the places: a spreadsheet may have shifted them. The version of the layout
stands among the facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.core.visit.sheet import LAYOUT
from inspect_cli.errors import Term
from inspect_cli.files.spreadsheet import fit_cell
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.visit.sheet import VisitSheet

CHOICES: Final = f"{LAYOUT}/choices"
"""What begins the sheet of the lists from which a cell is chosen."""
VALUE: Final = 2
"""The place of a fact's value, counted from 0; its label stands at 0."""

FACTS: Final = {
    "layout": Term(zh="表式", en="Layout"),
    "slot": Term(zh="抽查任务", en="Draw"),
    "entity": Term(zh="统一社会信用代码（注册号）", en="Credit code (registration number)"),
    "name": Term(zh="检查对象", en="Company"),
    "address": Term(zh="地址", en="Address"),
    "zone": Term(zh="网格", en="Zone"),
    "day": Term(zh="计划检查日期", en="Planned day"),
    "people": Term(zh="检查人员（执法证号）", en="Inspectors (certificates)"),
    "on": Term(zh="实际检查日期", en="Day of the check"),
}
"""The facts in their order; the last one is filled in."""

COLUMNS: Final = {
    "key": Term(zh="编号", en="No."),
    "domain": Term(zh="领域", en="Domain"),
    "matter": Term(zh="抽查事项和检查内容", en="Matter and what is checked"),
    "result": Term(zh="检查结果", en="Result"),
    "method": Term(zh="检查方式", en="Method"),
    "finding": Term(zh="检查情况", en="What was found"),
    "follow_up": Term(zh="后续处置", en="Follow-up"),
    "until": Term(zh="改正期限", en="Deadline"),
}
"""The columns in their order; from ``result`` on they are filled in."""

FIRST_INPUT: Final = tuple(COLUMNS).index("result")
TITLE: Final = Term(zh="综合检查记录表（一企一表）", en="Visit sheet (one company, one sheet)")
GUIDE: Final = Term(
    zh="只填白色单元格。检查结果从列表中选择，或者填编号 1 至 13；检查方式不填即实地检查；后续处置不填即没有后续处置；"
    "选“责令限期改正”的，填写改正期限，如 2026-12-31。未检查的，整张表留空。",
    en="Fill in the white cells alone. Choose a result of the list, or write its number, 1 to 13. No method: an on-site check. No "
    "follow-up: none. An order to rectify has a deadline, such as 2026-12-31. Leave the whole sheet empty where nothing was checked.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A column whose cells are chosen of a list, with the words of the list."""

    column: str
    words: tuple[Term, ...]


LISTS: Final = (
    Choice(
        column="result",
        words=tuple(
            Term(zh=f"{each.value} {each.label.zh}", en=f"{each.value} {each.label.en}") for each in ResultClass
        ),
    ),
    Choice(column="method", words=tuple(each.label.term for each in Method)),
    Choice(column="follow_up", words=tuple(each.label.term for each in FollowUpKind)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetText:
    """A sheet as rows of texts, the first one row 1; ``problems`` are what is wrong, by row, in a sheet that goes back to be corrected."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[tuple[int, str], ...] = ()


def make_text(sheet: VisitSheet, name: str, language: str) -> SheetText:
    """Make the texts of a visit's empty sheet in ``zh`` or ``en``."""
    values = {
        "layout": LAYOUT,
        "slot": sheet.slot,
        "entity": sheet.entity,
        "name": sheet.name,
        "address": sheet.address or "",
        "zone": sheet.zone or "",
        "day": sheet.day.isoformat(),
        "people": _name_people(sheet, language),
        "on": sheet.day.isoformat(),
    }
    facts = ((term.in_language(language), "", show_text(values[field])) for field, term in FACTS.items())
    rows = (
        (
            show_text(row.key),
            show_text(row.domain_label.text(language)),
            show_text(_join((row.name.text(language), row.content), language)),
        )
        for row in sheet.rows
    )
    head = tuple(term.in_language(language) for term in COLUMNS.values())
    return SheetText(
        name=name,
        rows=((TITLE.in_language(language),), *facts, (GUIDE.in_language(language),), head, *rows),
    )


def show_text(text: str) -> str:
    """Give a text as a cell shows it: what hides or turns text made visible, and no longer than a cell takes."""
    return fit_cell(visible(text)).strip()


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Find the place of the header among a sheet's rows; None where there is none."""
    words = _words_of(COLUMNS["key"])
    return next((place for place, cells in enumerate(rows) if cells and cells[0].strip() in words), None)


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Find the columns of a header by their words, in either language; the first of two that say the same."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        for field, term in COLUMNS.items():
            if cell.strip() in _words_of(term):
                found.setdefault(field, place)
    return found


def find_facts(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Find the rows of the facts by their labels, in either language."""
    found: dict[str, int] = {}
    for place, cells in enumerate(rows):
        for field, term in FACTS.items():
            if cells and cells[0].strip() in _words_of(term):
                found.setdefault(field, place)
    return found


def _words_of(term: Term) -> tuple[str, str]:
    return (term.zh, term.en)


def _name_people(sheet: VisitSheet, language: str) -> str:
    comma = "、" if language == "zh" else ", "
    return comma.join(
        f"{person.name}（{person.certificate or person.role.zh}）"
        if language == "zh"
        else f"{person.name} ({person.certificate or person.role.en})"
        for person in sheet.people
    )


def _join(parts: tuple[str, str | None], language: str) -> str:
    return ("：" if language == "zh" else ": ").join(part for part in parts if part)
