"""What a filled-in sheet says against the rules of recording is told at its cell, and recording itself refuses the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.names import MatterId
from inspect_cli.core.visit.filled import read_claims
from inspect_cli.core.visit.filled_rules import find_broken_rules
from inspect_cli.core.visit.outcome import Visit, VisitState
from inspect_cli.core.visit.recording import settle_outcome
from inspect_cli.errors import InspectError
from tests.visit_papers import LABOUR, SAFETY, fill_row, fill_sheet, make_sheet

if TYPE_CHECKING:
    from inspect_cli.core.visit.filled import FilledRow

SHEET = make_sheet()
TODAY = date(2026, 12, 5)


def _rows(
    labour: dict[str, str], first: dict[str, str], second: dict[str, str], safety: dict[str, str]
) -> list[FilledRow]:
    """Fill in the sheet's four rows, which stand in rows 13 to 16."""
    keys = ("domain:labour", "L-01", "L-02", "domain:safety")
    return [
        fill_row(key, row, **texts)
        for key, row, texts in zip(keys, range(13, 17), (labour, first, second, safety), strict=True)
    ]


ONE, FIVE = {"result": "1"}, {"result": "5"}


@pytest.mark.parametrize(
    ("rows", "on", "places"),
    [
        (_rows(ONE, {}, {}, ONE), "2026-12-06", [("on", "still to come")]),
        (_rows(ONE, {}, {}, ONE), "2026-11-30", [("on", "planned for")]),
        (_rows(ONE, {}, {}, {"result": "13"}), "2026-12-02", [(13, "another row")]),
        (_rows({"result": "10"}, ONE, {}, {"result": "10"}), "2026-12-02", [(14, "another row")]),
        (_rows({"result": "8"}, ONE, ONE, ONE), "2026-12-02", [(13, "none is this one")]),
        (_rows(FIVE, {}, {}, ONE), "2026-12-02", [(13, "last day is not said")]),
        (_rows(ONE, FIVE, {}, FIVE), "2026-12-02", [(14, "last day is not said"), (16, "last day is not said")]),
        (
            _rows(ONE, {"result": "5", "follow_up": "责令限期改正", "until": "2026-12-01"}, {}, ONE),
            "2026-12-02",
            [(14, "ends before")],
        ),
        (_rows(ONE, FIVE, {}, ONE), "2026-12-06", [("on", "still to come"), (14, "last day is not said")]),
    ],
    ids=["late", "early", "gone-domain", "gone-matter", "idle", "order", "two-orders", "deadline", "day-and-order"],
)
def test_told_at_its_cell(rows: list[FilledRow], on: str, places: list[tuple[object, str]]) -> None:
    """FILLED-5: each broken rule is told with its row or the cell of the day, in the order of rows; recording refuses the sheet as well."""
    filled = fill_sheet(*rows, on=on)
    claims, mistakes = read_claims(SHEET, SHEET.name, filled)
    assert mistakes == ()
    found = find_broken_rules(SHEET, filled, claims, TODAY)
    assert [("on" if one.where == filled.on.where else one.where.row) for one in found] == [
        place for place, _word in places
    ]
    for one, (_place, word) in zip(found, places, strict=True):
        assert word in str(one.what)
    with pytest.raises(InspectError):
        settle_outcome(_visit(), claims, TODAY)


@pytest.mark.parametrize(
    "rows",
    [
        _rows(ONE, {}, {}, ONE),
        _rows({"result": "9"}, {}, {}, {"result": "9"}),
        _rows({"result": "5", "follow_up": "无需后续处置"}, {}, {}, ONE),
        _rows({"result": "8", "follow_up": "其他"}, FIVE, {}, ONE),
        _rows({"result": "5", "follow_up": "其他"}, ONE, FIVE, ONE),
        _rows({}, {"result": "5", "follow_up": "责令限期改正", "until": "2026-12-02"}, ONE, ONE),
    ],
)
def test_nothing_is_wrong(rows: list[FilledRow]) -> None:
    """FILLED-5: what recording takes has no broken rule."""
    filled = fill_sheet(*rows, on="2026-12-02")
    claims, mistakes = read_claims(SHEET, SHEET.name, filled)
    assert mistakes == ()
    assert find_broken_rules(SHEET, filled, claims, TODAY) == ()
    settle_outcome(_visit(), claims, TODAY)


def _visit() -> Visit:
    """Make the visit that the sheet is of."""
    return Visit(
        slot=SHEET.slot,
        entity=SHEET.entity,
        domains=(LABOUR, SAFETY),
        day=SHEET.day,
        state=VisitState.PLANNED,
        matters={LABOUR: (MatterId("L-01"), MatterId("L-02"))},
    )
