"""Sheets as departments might send them: usual cells and hostile ones, drawn at random, for each of the six registries."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from inspect_cli.files.export import layouts
from inspect_cli.files.intake import sheets
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.leave import read_leave
from inspect_cli.files.intake.matters import read_matters
from inspect_cli.files.intake.recusals import read_recusals
from inspect_cli.files.intake.visits import read_visits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from inspect_cli.files.intake.headers import Sheet
    from tests.random_draws import Chance

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "'=1+1",
    "''=1+1",
    "'名称",
    '="001"',
    "-1",
    "+86 571",
    "@x",
    "＝A1",
    "'＠b",
    "001",
    "1E5",
    "1.5e+17",
    "2026-03-05",
    "3/5",
    "TRUE",
    "#N/A",
    "#标签",
    "无",
    "-",
    "—",
    "/",
    "长期",
    "是",
    "a\u00a0b",
    "\u00a0",
    "a\u200bb",
    "\u200b甲",
    "a\u202eb",
    "甲\n乙",
    "甲\t乙",
    "甲、乙",
    "甲,乙",
    '"甲"',
    "甲;乙|丙",
    "_x0041_",
    "a\ufffdb",
    "e\u0301",
    "檢查對象有限公司",
    "𠮷野家😀",
    "<script>alert(1)</script>",
    "[/red]",
    "../../x",
    "名" * 4000,
    "0",
    "91350100M000100Y43",
    "９１３５",
)
"""Cells that a spreadsheet, a screen or a reader might take for something else than text."""


def _find_codes() -> tuple[str, ...]:
    """Make credit codes and registration numbers by an independent library; one code of digits alone ends in 000, and says it is text."""
    bodies = (f"9133010{number:010}" for number in range(10_000))
    ends_in_zeros = next(code for body in bodies if (code := body + uscc.calc_check_digit(body)).endswith("000"))
    credit = [body + uscc.calc_check_digit(body) for body in (f"91990100MA{number:07}" for number in range(12))]
    numbers = [body + mod_11_10.calc_check_digit(body) for body in (f"3301060000{number:04}" for number in range(6))]
    return (*credit, *numbers, f"'{ends_in_zeros}", credit[0].lower(), '="' + credit[1] + '"')


_CODES = _find_codes()
_IDS = (
    *(f"R{number:02}" for number in range(12)),
    "'1E5",
    "-7",
    "001",
    "''x",
    '=""y""',
    "=1+1",
    "@",
    "Ａ１",
    "😀",
    "a,b",
    "甲、乙",
)
_DOMAINS = ("安全", "安全、卫生", "labour,health", "环保；安全", "卫健")
_DAYS = ("2026-03-05", "2026年3月5日", "1899.12.31", "2199/12/31", "18000101")

USUAL: dict[str, tuple[str, ...]] = {
    "credit_code": _CODES,
    "id": _IDS,
    "inspector": _IDS,
    "certificate": ("", *(f"浙{number:02}" for number in range(12)), "'0012", "12345678901234567890", "=A1", "''z"),
    "domains": _DOMAINS,
    "skills": _DOMAINS,
    "domain": ("安全", "卫生"),
    "risk_class": ("A", "b级", "甲等"),
    "risk_class_date": _DAYS,
    "established": _DAYS,
    "valid_until": ("2199/12/31", "2026年3月5日", "长期", "9999-09-09"),
    "valid_from": ("2020-01-01",),
    "is_expert": ("是", "否", "√", "no"),
    "may_lead": ("是", "否"),
    "in_service": ("有效", "失效", ""),
    "zones": ("东片、西片", "=1,@x", "网格01"),
    "tags": ("危化品、=1", "'-x；a", "重点"),
    "day_cap": ("1", "02", "３"),
    "month_cap": ("9999",),
    "visits_a_year": ("4",),
    "of_industries": ("C26、H61",),
    "of_sizes": ("小型、微型",),
    "of_risk_classes": ("A、b级",),
    "of_tags": ("=1、a",),
    "weight": ("一般", "重点", "key"),
    "day": ("2026-03-05", "2025.1.31"),
    "kind": ("综合检查", "复查", "complaint"),
    "matters": ("AQ-1、=2", "AQ-01", ""),
    "first": ("2026-03-05",),
    "last": ("2026-03-06", "2026-03-05"),
    "reason": ("亲属", "kin", "持股"),
    "start": ("2020-01-01",),
    "end": ("2021-12-31", "长期"),
}
"""Cells that the sheets usually have; where nothing is said here, a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """One registry: its sheet, its reader and its layout."""

    sheet: Sheet
    read: Callable[..., Any]
    lay_out: Callable[[layouts.Wanted], layouts.Layout[Any]]


REGISTRIES = {
    "entity": Registry(sheet=sheets.ENTITIES, read=read_entities, lay_out=layouts.entity_layout),
    "inspector": Registry(sheet=sheets.INSPECTORS, read=read_inspectors, lay_out=layouts.inspector_layout),
    "matter": Registry(sheet=sheets.MATTERS, read=read_matters, lay_out=layouts.matter_layout),
    "visit": Registry(sheet=sheets.VISITS, read=read_visits, lay_out=layouts.visit_layout),
    "leave": Registry(sheet=sheets.LEAVE, read=read_leave, lay_out=layouts.leave_layout),
    "recusal": Registry(sheet=sheets.RECUSALS, read=read_recusals, lay_out=layouts.recusal_layout),
}


def raw_rows(registry: Registry, chance: Chance) -> list[tuple[str, ...]]:
    """Make rows of raw cells in the order of the sheet's fields: names are anything, the other cells mostly what they should be."""
    return [tuple(_raw_row(registry, chance).values()) for _ in range(chance.between(3, 9))]


def _raw_row(registry: Registry, chance: Chance) -> dict[str, str]:
    row = {field: _raw_cell(field, chance) for field in registry.sheet.fields}
    if "registration_number" in row:
        row["registration_number"] = ""
    if registry.sheet is sheets.RECUSALS:  # One of the two, and never both.
        row["credit_code" if chance.often(40) else "group"] = ""
    return row


def _raw_cell(field: str, chance: Chance) -> str:
    if chance.often(3 if field in USUAL else 60):
        return chance.one(HOSTILE) if chance.often(70) else _any_text(chance)
    return chance.one(USUAL.get(field, ("示例", "某局", "")))


def _any_text(chance: Chance) -> str:
    """Make a text of any characters but NUL, which no text file holds, and surrogates, which none can."""
    plains = ((1, 0x250), (0x2000, 0x2070), (0x3000, 0x3100), (0x4E00, 0x4F00), (0xFE00, 0xFFFD), (0x1F600, 0x1F680))
    return "".join(chr(chance.between(*chance.one(plains)) or 1) for _ in range(chance.below(9)))


def write_raw(path: Path, registry: Registry, rows: Sequence[Sequence[str]]) -> Path:
    """Write raw cells as CSV by the standard library alone."""
    header = [headers[0] for headers in registry.sheet.fields.values()]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path
