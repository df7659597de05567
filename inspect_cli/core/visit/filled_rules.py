"""Where a visit sheet that was filled in breaks a rule of recording: told at the cell that breaks it, before anything is recorded.

What does not live here: reading cells (``filled``), and the rules themselves (``recording``), which hold for whatever way a result comes.

Rules:

FILLED-5  What breaks RECORD-2 (the day of the check), RECORD-5 (a domain's result that none of its matters has), RECORD-7 (an order
          without a last day), CLASS-3 (a company that is gone for some rows alone) or FOLLOW-2 (an order that ends before the check) is
          told with its row and column, all of it at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import ResultClass, find_worst
from inspect_cli.errors import Mistake, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from inspect_cli.core.visit.filled import FilledCell, FilledSheet
    from inspect_cli.core.visit.follow_up import FollowUp
    from inspect_cli.core.visit.recording import Claims
    from inspect_cli.core.visit.sheet import SheetRow, VisitSheet
    from inspect_cli.errors import Message


def find_broken_rules(sheet: VisitSheet, filled: FilledSheet, claims: Claims, today: date) -> tuple[Mistake, ...]:
    """Find what a sheet without mistakes of its own claims against the rules of recording (FILLED-5), in the order of its rows."""
    finder = _Finder(sheet, filled, claims)
    found = [*finder.find_wrong_day(today), *finder.find_results(), *finder.find_orders()]
    return tuple(sorted(found, key=lambda mistake: mistake.where.row or 0))


class _Finder:
    """Looks at one sheet; ``_cells`` are its rows by their keys."""

    def __init__(self, sheet: VisitSheet, filled: FilledSheet, claims: Claims) -> None:
        self._sheet = sheet
        self._filled = filled
        self._claims = claims
        self._cells = {cells.key.text: cells for cells in filled.rows}
        self._visited_on = claims.on or sheet.day

    def find_wrong_day(self, today: date) -> Iterator[Mistake]:
        """RECORD-2: not before the planned day, and not after today."""
        planned, on = self._sheet.day, self._visited_on
        remedy = say(
            "write the day of the check in this cell: from {planned} to today, {today}",
            planned=planned.isoformat(),
            today=today.isoformat(),
        )
        if on > today:
            what = say("{day} is still to come: a check is recorded after it was done", day=on.isoformat())
            yield _refuse(self._filled.on, what, remedy)
        elif on < planned:
            what = say("the visit is planned for {day}, and the check cannot be before it", day=planned.isoformat())
            yield _refuse(self._filled.on, what, remedy)

    def find_results(self) -> Iterator[Mistake]:
        """CLASS-3 and RECORD-5: a company that is gone is gone in every row; a domain's own result is one of its matters' at least."""
        said = [(row, result) for row in self._sheet.rows if (result := self._find_own(row)) is not None]
        gone = next((result for _row, result in said if result.is_gone), None)
        for row, result in said:
            cell = self._cells[row.key].result
            if gone is not None and result is not gone:
                what = say("result {number} in another row says that the whole company is gone", number=gone.value)
                yield _refuse(cell, what, say("choose the same result in every row, or none of 9 to 13 in any"))
            elif row.matter is None and self._is_idle(row, result):
                what = say("each matter of the domain has a result of its own, and none is this one")
                yield _refuse(cell, what, say("leave the domain's own row empty"))

    def _is_idle(self, row: SheetRow, result: ResultClass) -> bool:
        matters = [each for each in self._find_domain(row) if each.matter is not None]
        own = [found for each in matters if (found := self._find_own(each)) is not None]
        return bool(own) and len(own) == len(matters) and find_worst(own) is not result

    def find_orders(self) -> Iterator[Mistake]:
        """RECORD-7 and FOLLOW-2: an order to rectify has a last day, and that is not before the check."""
        for row in self._sheet.rows:
            cells, follow_up = self._cells[row.key], self._find_follow_up(row)
            if follow_up is not None and follow_up.until is not None and follow_up.until < self._visited_on:
                what = say("the order to rectify ends before the check of {day}", day=self._visited_on.isoformat())
                yield _refuse(cells.until, what, say("write the last day by which it is to be obeyed"))
            is_order = self._find_own(row) is ResultClass.ORDERED_TO_RECTIFY
            if is_order and not any(self._find_follow_up(each) for each in self._find_domain(row)):
                remedy = say(
                    "choose {rectify} and write its last day, or {none} where it was put right on the spot",
                    rectify=FollowUpKind.RECTIFY.label.term,
                    none=FollowUpKind.NONE.label.term,
                )
                yield _refuse(
                    cells.follow_up, say("result 5 is an order to rectify, and its last day is not said"), remedy
                )

    def _find_domain(self, row: SheetRow) -> Iterator[SheetRow]:
        return (each for each in self._sheet.rows if each.domain == row.domain)

    def _find_own(self, row: SheetRow) -> ResultClass | None:
        """Find what a row itself says."""
        if row.matter is None:
            return self._claims.results.get(row.domain)
        return self._claims.of_matters.results.get(row.matter)

    def _find_follow_up(self, row: SheetRow) -> FollowUp | None:
        if row.matter is None:
            return self._claims.follow_ups.get(row.domain)
        return self._claims.of_matters.follow_ups.get(row.matter)


def _refuse(cell: FilledCell, what: Message, remedy: Message) -> Mistake:
    return Mistake(what=what, where=cell.where, value=cell.text or None, remedy=remedy)
