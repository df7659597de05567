"""Builders for the bureau's own papers: one visit with two domains, valid by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from inspect_cli.core.names import Domain, EntityId, InspectorId, MatterId, Slot
from inspect_cli.core.visit.filled import FilledCell, FilledRow, FilledSheet
from inspect_cli.core.visit.result import Label
from inspect_cli.core.visit.sheet import LAYOUT, PaperHead, PaperPerson, SheetRow, VisitSheet
from inspect_cli.errors import Position

LABOUR, SAFETY = Domain("labour"), Domain("safety")
HEAD = PaperHead(
    bureau=Label(zh="示例镇综合行政执法局", en="Sample bureau"),
    telephone="0000-12345",
    address="示例镇人民路1号",
    slot=Slot("2026-12/1"),
    month=Label(zh="2026年12月", en="December 2026"),
    plan="2026年12月计划",
    is_targeted=False,
)
PLACE = Position(file="a.xlsx", sheet="01 示例第1厂")


def make_row(domain: Domain, matter: str | None = None, **values: Any) -> SheetRow:
    """Make a row of a matter, or of a whole domain."""
    name = Label(zh=matter or "整个领域", en=matter or "the whole domain")
    number = None if matter is None else MatterId(matter)
    return SheetRow(matter=number, domain=domain, domain_label=Label(zh=domain, en=domain), name=name, **values)


ROWS = (
    make_row(LABOUR),
    make_row(LABOUR, "L-01", content="合同", basis="《示例法》第一条"),
    make_row(LABOUR, "L-02"),
    make_row(SAFETY),
)


def make_person(number: int = 1) -> PaperPerson:
    """Make an inspector."""
    return PaperPerson(
        id=InspectorId(f"R{number:02}"),
        name=f"检查员{number}",
        certificate=f"证{number}",
        role=Label(zh="组长", en="leader"),
    )


def make_sheet(**values: Any) -> VisitSheet:
    """Make a visit's sheet."""
    sheet = VisitSheet(
        head=HEAD,
        slot=HEAD.slot,
        entity=EntityId("E01"),
        number=EntityId("E01"),
        name="示例第1厂",
        address="工业路1号",
        zone="东片",
        day=date(2026, 12, 1),
        place=1,
        people=(make_person(1), make_person(2)),
        rows=ROWS,
    )
    return replace(sheet, **values)


def make_cell(text: str = "", row: int = 1, column: str = "") -> FilledCell:
    """Make a cell as it was read."""
    return FilledCell(text=text, where=replace(PLACE, row=row, column=column))


def fill_row(key: str, row: int = 13, **texts: str) -> FilledRow:
    """Make a row as it was filled in."""
    fields = ("result", "method", "finding", "follow_up", "until")
    return FilledRow(
        key=make_cell(key, row, "key"), **{field: make_cell(texts.get(field, ""), row, field) for field in fields}
    )


def fill_sheet(*rows: FilledRow, **texts: str) -> FilledSheet:
    """Make a sheet as it was filled in; rows that are not given are blank."""
    given = {row.key.text for row in rows}
    others = [fill_row(row.key, 20 + place) for place, row in enumerate(ROWS) if row.key not in given]
    facts = {"layout": LAYOUT, "slot": "2026-12/1", "entity": "E01", "name": "示例第1厂", "on": ""} | texts
    cells = {field: make_cell(text, 2, field) for field, text in facts.items()}
    return FilledSheet(where=PLACE, rows=(*rows, *others), **cells)
