"""A visit sheet that was filled in, as its cells say it, and what it claims of the visit. Finding the cells is ``files``' matter.

Rules:

FILLED-1  A sheet is taken for exactly the visit that its key cells name: layout, draw, company's number and name. Rows are known by their
          first cell; none is missing, strange, or there twice.
FILLED-2  A sheet on which nothing is filled in claims nothing. Otherwise each matter has a result: its row's own, or that of the row of its
          domain as a whole (RECORD-5).
FILLED-3  A result is a number from 1 to 13, or its words, or both where they agree. Of the words a part is enough where it begins them, is
          half of them or has four characters, and no other result's words hold it; of a method or follow-up its characters in their order,
          the first among them (责令改正, 转日常监管), or its everyday word (现场检查). Two numbers in a cell are none. A method that is
          left empty is an on-site check, a follow-up that is left empty none.
FILLED-4  A deadline stands beside an order to rectify, and an order to rectify has one (FOLLOW-1). It is a day that is written out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from inspect_cli.core.registry.days import is_count_of_days, parse_day
from inspect_cli.core.registry.fields import parse_or_none, parse_paragraphs
from inspect_cli.core.visit.filled_words import CHOOSE_RESULT, parse_kind, parse_method, parse_result
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.recording import Claims, MatterClaims
from inspect_cli.core.visit.sheet import LAYOUT
from inspect_cli.errors import InputError, Message, Mistake, Position, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from inspect_cli.core.visit.result import Method, ResultClass
    from inspect_cli.core.visit.sheet import SheetRow, VisitSheet

T = TypeVar("T")
V = TypeVar("V")

_NOTHING: Final = frozenset("-—–―−－/／\\＼")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCell:
    """A cell's text, without white space around it, and where it stands."""

    text: str
    where: Position

    @property
    def is_blank(self) -> bool:
        """Say whether it says nothing."""
        return not set(self.text) - _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """One row of a sheet as it was filled in."""

    key: FilledCell
    result: FilledCell
    method: FilledCell
    finding: FilledCell
    follow_up: FilledCell
    until: FilledCell

    @property
    def is_blank(self) -> bool:
        """Say whether nothing is filled in."""
        return all(cell.is_blank for cell in (self.result, self.method, self.finding, self.follow_up, self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSheet:
    """One sheet as it was filled in; ``where`` is the sheet itself, ``on`` the day of the check."""

    where: Position
    layout: FilledCell
    slot: FilledCell
    entity: FilledCell
    name: FilledCell
    on: FilledCell
    rows: tuple[FilledRow, ...]

    @property
    def is_blank(self) -> bool:
        """Say whether nothing is filled in (FILLED-2); the day of the check stands there from the start."""
        return all(row.is_blank for row in self.rows)


def find_layout_mistakes(filled: FilledSheet) -> tuple[Mistake, ...]:
    """Say what keeps a sheet from being read as one of ours at all (FILLED-1)."""
    if filled.layout.text != LAYOUT:
        return (_mistake(filled.layout, say("this is no visit sheet of the layout {layout}", layout=LAYOUT), _ANEW),)
    cells = (filled.slot, filled.entity)
    return tuple(_mistake(cell, say("the cell is empty"), _KEEP_KEYS) for cell in cells if not cell.text)


def read_claims(sheet: VisitSheet, shown_name: str, filled: FilledSheet) -> tuple[Claims, tuple[Mistake, ...]]:
    """Read what a filled-in sheet claims of a visit, with all its mistakes; with any of them the claims are worth nothing.

    ``shown_name`` is the company's name as the sheet was written with it.
    """
    reader = _Reader()
    if filled.name.text != shown_name:  # of another company: what its rows say would be a list of noise
        reader.refuse(filled.name, say("the sheet was made for {name}", name=shown_name), _KEEP_KEYS)
        return Claims(results={}, methods={}, findings={}, follow_ups={}), tuple(reader.mistakes)
    pairs = reader.pair(sheet.rows, filled)
    reader.require_results(pairs)
    on = None if filled.on.is_blank else reader.read(filled.on, _parse_written_day)
    said = [(row, reader.read_row(cells)) for row, cells in pairs]
    domains = [(row.domain, claim) for row, claim in said if row.matter is None]
    matters = [(row.matter, claim) for row, claim in said if row.matter is not None]
    claims = Claims(
        results=_only(domains, lambda claim: claim.result),
        methods=_only(domains, lambda claim: claim.method),
        findings=_only(domains, lambda claim: claim.finding),
        follow_ups=_only(domains, lambda claim: claim.follow_up),
        on=on,
        of_matters=MatterClaims(
            results=_only(matters, lambda claim: claim.result),
            methods=_only(matters, lambda claim: claim.method),
            findings=_only(matters, lambda claim: claim.finding),
            follow_ups=_only(matters, lambda claim: claim.follow_up),
        ),
    )
    return claims, tuple(sorted(reader.mistakes, key=lambda mistake: mistake.where.row or 0))


_ANEW: Final = say("write the sheets anew with inspect-cli visit sheets --format xlsx, and fill those in")
_KEEP_KEYS: Final = say("leave the grey cells as they were written: they say which visit the sheet is of")
_WRITE_DAY: Final = say("write it as 2026-03-05")


@dataclass(frozen=True, slots=True)
class _RowClaim:
    """What a row claims; None where it says nothing."""

    result: ResultClass | None
    method: Method | None
    finding: str | None
    follow_up: FollowUp | None


class _Reader:
    """Reads the cells of one sheet, and notes what is wrong."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def refuse(self, cell: FilledCell, what: Message, remedy: Message | None) -> None:
        self.mistakes.append(_mistake(cell, what, remedy))

    def read(self, cell: FilledCell, parse: Callable[[str], T]) -> T | None:
        """Read a cell that is not blank; None where it is blank, or refused, which is noted."""
        if cell.is_blank:
            return None
        try:
            return parse(cell.text)
        except InputError as error:
            self.refuse(cell, error.what, error.hint)
            return None

    def pair(self, rows: Iterable[SheetRow], filled: FilledSheet) -> list[tuple[SheetRow, FilledRow]]:
        """Give each row of a visit the one that was filled in for it (FILLED-1)."""
        expected = {row.key: row for row in rows}
        found: dict[str, FilledRow] = {}
        for cells in filled.rows:
            if cells.key.text not in expected:
                self.refuse(cells.key, say("the visit has no such row"), _KEEP_KEYS)
            elif cells.key.text in found:
                self.refuse(cells.key, say("the row is there twice"), _KEEP_KEYS)
            else:
                found[cells.key.text] = cells
        missing = tuple(key for key in expected if key not in found)
        if missing:
            what = say("rows are missing: {rows}", rows=missing)
            self.mistakes.append(Mistake(what=what, where=filled.where, remedy=_ANEW))
        return [(row, found[key]) for key, row in expected.items() if key in found]

    def require_results(self, pairs: list[tuple[SheetRow, FilledRow]]) -> None:
        """Note where neither a matter nor its domain has a result (FILLED-2); once for a domain of which nothing is said."""
        decided = {row.domain for row, cells in pairs if row.matter is None and not cells.result.is_blank}
        spoken = {row.domain for row, cells in pairs if row.matter is not None and not cells.is_blank}
        for row, cells in pairs:
            if row.domain in decided or not cells.result.is_blank:
                continue
            if row.matter is None and row.domain not in spoken:
                self.refuse(cells.result, say("nothing says what was found in this domain"), CHOOSE_RESULT)
            elif row.matter is not None and row.domain in spoken:
                hint = say("choose one of the list, or give the whole domain a result in its own row")
                self.refuse(cells.result, say("the matter has no result, and its domain has none"), hint)

    def read_row(self, cells: FilledRow) -> _RowClaim:
        """Read one row (FILLED-2 to FILLED-4)."""
        return _RowClaim(
            result=self.read(cells.result, parse_result),
            method=self.read(cells.method, parse_method),
            finding=self.read(cells.finding, _parse_finding),
            follow_up=self._read_follow_up(cells),
        )

    def _read_follow_up(self, cells: FilledRow) -> FollowUp | None:
        kind, until = self.read(cells.follow_up, parse_kind), self.read(cells.until, _parse_written_day)
        if kind is FollowUpKind.RECTIFY and cells.until.is_blank:
            self.refuse(cells.until, say("an order to rectify has a last day"), _WRITE_DAY)
        if kind is not FollowUpKind.RECTIFY and not cells.until.is_blank:
            label = FollowUpKind.RECTIFY.label.term
            hint = say("choose {kind} beside it, or take the day out", kind=label)
            self.refuse(cells.until, say("only an order to rectify has a last day"), hint)
            return None
        return None if kind is None else FollowUp(kind=kind, until=until)


def _mistake(cell: FilledCell, what: Message, remedy: Message | None) -> Mistake:
    return Mistake(what=what, where=cell.where, value=cell.text or None, remedy=remedy)


def _only(claims: Iterable[tuple[T, _RowClaim]], choose: Callable[[_RowClaim], V | None]) -> dict[T, V]:
    return {key: value for key, claim in claims if (value := choose(claim)) is not None}


def _parse_finding(text: str) -> str | None:
    """Read what was found; 无 is nothing."""
    return parse_or_none(text, parse_paragraphs)


def _parse_written_day(text: str) -> date:
    """Read a day that is written out (FILLED-4)."""
    if is_count_of_days(text):
        raise InputError(say("{value} is a spreadsheet's count of days", value=text), hint=_WRITE_DAY)
    return parse_day(text)
