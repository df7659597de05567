"""Gathering the bureau's own papers from the store, and taking filled-in sheets while somebody else records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.acts.visit.filled import TakingOrder, take_sheets
from inspect_cli.acts.visit.papers import Held, gather_draw_record, gather_runs, gather_sheets, list_matters
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.names import MatterId, Slot
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.files.documents.template import render_source
from tests import small_month as month
from tests.chained_store import fill_chain
from tests.sample_chain import FIRST, REASONS, THIRD
from tests.sample_draw import BUREAU
from tests.visit_papers import fill_row, fill_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.visit.filled import FilledSheet
    from inspect_cli.core.visit.sheet import VisitSheet
    from inspect_cli.storage.engine import Store


def _fill(sheet: VisitSheet, **texts: str) -> FilledSheet:
    """Fill in a sheet: no problem found in any domain."""
    facts = {"slot": sheet.slot, "entity": sheet.entity, "name": sheet.name} | texts
    filled = fill_sheet(**facts)
    rows = (fill_row(row.key, result="" if row.matter else "1") for row in sheet.rows)
    return type(filled)(
        **{field: getattr(filled, field) for field in ("where", "layout", "slot", "entity", "name", "on")},
        rows=tuple(rows),
    )


def _url(folder: Path) -> str:
    return f"sqlite:///{(folder / 'inspect.db').as_posix()}"


def _sheets(store: Store) -> tuple[VisitSheet, ...]:
    with store.reading() as session:
        return gather_sheets(session, month.BUREAU, Slot("2026-12/1")).sheets


def test_sheets_are_of_the_visits_in_force(store_url: str) -> None:
    """SHEET-1, SHEET-3: one sheet for each visit with a day, by the newest draw, places counted by day; a leader comes first."""
    store = month.fill(store_url)
    slot = month.draw_month(store)
    with store.reading() as session:
        papers, schedule = gather_sheets(session, month.BUREAU, slot), read_schedule(session, slot)
        runs = gather_runs(session, papers, papers.sheets)
    assert [sheet.entity for sheet in papers.sheets] == [visit.entity for visit in schedule.visits]
    assert papers.open == 0
    by_day: dict[object, list[int]] = {}
    for sheet in papers.sheets:
        by_day.setdefault(sheet.day, []).append(sheet.place)
        assert sheet.people[0].role.zh == "组长"
        assert sheet.people[0].certificate == sheet.people[0].id.replace("R", "示执")
        keys = [row.key for row in sheet.rows]
        assert keys == [
            key
            for domain, key in (("labour", "L-01"), ("safety", "S-01"))
            if key in keys
            for key in (f"domain:{domain}", key)
        ]
        assert [row.basis for row in sheet.rows if row.matter] == ["《示例法》第一条"] * (len(keys) // 2)
    assert all(places == list(range(1, len(places) + 1)) for places in by_day.values())
    stops = [stop for run in runs for stop in run.stops]
    assert sorted(stop.number for stop in stops) == sorted(sheet.number for sheet in papers.sheets)
    for stop in stops:
        assert (stop.contact, stop.telephone) == (f"联系人{stop.number[1:]}", f"0000-00000{stop.number[1:]}")
        assert (stop.again, stop.moved_from) == (None, None)


def test_papers_of_a_chain(tmp_path: Path) -> None:
    """SHEET-1, SHEET-2: visits that supplements drew say so on the run sheet, and no paper knows the reason or a contact but the run."""
    store = fill_chain(_url(tmp_path))
    with store.reading() as session:
        papers = gather_sheets(session, BUREAU, FIRST)
        runs = gather_runs(session, papers, papers.sheets)
        record = gather_draw_record(session, BUREAU, THIRD, Held())
    again = {stop.number: stop.again for run in runs for stop in run.stops}
    assert again == {sheet.entity: sheet.slot for sheet in papers.sheets if sheet.slot != FIRST}
    assert record.head.slot == THIRD
    sources = {
        "sheet": [render_source("sheet", one, "zh") for one in papers.sheets],
        "notice": [render_source("notice", one, "zh") for one in papers.sheets],
        "run": [render_source("run", one, "zh") for one in runs],
        "record": [render_source("record", record, "zh")],
    }
    for kind, texts in sources.items():
        for secret in (*REASONS, "13800000000", "法人某某"):
            assert not any(secret in text for text in texts)
        assert any("13900000000" in text for text in texts) is (kind == "run")


def test_the_record_of_a_draw_that_was_not_run(tmp_path: Path) -> None:
    """There is no record before the draw, and none of a draw that does not exist."""
    store = month.fill(_url(tmp_path))
    slot = month.commit(store).draw.slot
    with store.reading() as session:
        with pytest.raises(RefusedError, match="not drawn yet"):
            gather_draw_record(session, month.BUREAU, slot, Held())
        with pytest.raises(UsageMistake, match="no draw"):
            gather_draw_record(session, month.BUREAU, Slot("2026-11/9"), Held())


def test_a_visit_twice_and_a_person_without_the_role(store_url: str) -> None:
    """FILLED-1: a visit's sheet twice, said alike, is taken once; not alike it is a mistake. Only an operator takes sheets."""
    store = month.fill(store_url)
    month.draw_month(store)
    sheet, actor = _sheets(store)[0], month.actor_on("2026-12-31")
    other = _fill(sheet, on="2026-12-30")
    taken = take_sheets(store, actor, month.BUREAU, TakingOrder(sheets=(_fill(sheet), other)))
    assert list(taken.mistakes) == [1]
    assert "recorded twice" in str(taken.mistakes[1][0].what)
    assert take_sheets(store, actor, month.BUREAU, TakingOrder(sheets=(_fill(sheet), _fill(sheet)))).mistakes == {}
    approver = month.actor_on("2026-12-31", name=month.APPROVER)
    with pytest.raises(RefusedError, match="role"):
        take_sheets(store, approver, month.BUREAU, TakingOrder(sheets=(_fill(sheet),)))


def test_a_void_or_strange_draw_is_told_once_for_each_sheet(tmp_path: Path) -> None:
    """FILLED-1: sheets of a draw that has no visits are mistakes of their key cell, each with what to do."""
    store = month.fill(_url(tmp_path))
    month.draw_month(store)
    sheet = _sheets(store)[0]
    order = TakingOrder(sheets=tuple(_fill(sheet, slot=slot) for slot in ("2026-13/1", "2026-13/1", "\u202e")))
    taken = take_sheets(store, month.actor_on("2026-12-31"), month.BUREAU, order)
    assert sorted(taken.mistakes) == [0, 1, 2]
    assert all(one.where.column == "slot" and one.remedy is not None for (one,) in taken.mistakes.values())


def test_a_matter_that_is_left_out_has_no_row(tmp_path: Path) -> None:
    """SHEET-3: what is not to be checked at a visit is on none of its papers (SCHED-7)."""
    store = month.fill(_url(tmp_path))
    slot = month.draw_month(store)
    with store.reading() as session:
        commitment = parse_commitment(require_draw(session, slot).commitment)
    assert list_matters(commitment, month.LABOUR, ()) == ((MatterId("L-01"), "L-01检查"),)
    assert list_matters(commitment, month.LABOUR, (MatterId("L-01"),)) == ()
