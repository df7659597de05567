"""What is kept of results and notices and was damaged in the store's file is told as that, wherever it is met."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.visit.dossier import find_follow_ups, read_dossier
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.review import ReviewOrder, approve_visits
from inspect_cli.acts.visit.visits import list_visits
from inspect_cli.core.names import EntityId
from inspect_cli.core.publish.issued import IssueAction, IssuedVersion
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.errors import StoreError
from inspect_cli.files.documents.issued import read_issued
from inspect_cli.storage.engine import Store
from inspect_cli.storage.upkeep import check_store
from tests.sample_draw import BUREAU, LABOUR, SAFETY, SLOT, actor_on
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

E1 = EntityId("E-1")
STEP = "INSERT INTO follow_up_step (slot, entity, version, domain, step, day, clock, actor) VALUES ('2026-12/1', 'E-1', 1, 'labour', "
FILE = "INSERT INTO attachment (slot, entity, name, sha256, size, added_by, day) VALUES "


def _read_all(session: Session) -> None:
    """Do what shows a visit."""
    list_visits(session, SLOT)
    read_dossier(session, SLOT, E1)
    find_follow_ups(session, date(2026, 12, 5))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE outcome_version SET content = '{'", "version 1 of the result of E-1 in 2026-12/1 is damaged"),
        ("UPDATE outcome_version SET day = 'soon'", "outcome_version holds in its column day"),
        ("UPDATE outcome_version SET state = 'approved?'", "outcome_version holds in its column state"),
        ("UPDATE outcome SET matters = '['", "the result of E-1 in 2026-12/1 is damaged"),
        ("UPDATE outcome SET follow_up = 'soon'", "the result of E-1 in 2026-12/1 is damaged"),
        ("UPDATE outcome SET result_class = 99", "the result of E-1 in 2026-12/1 is damaged"),
        (STEP + "'close', '2026-12-04', '', 'x')", "does not follow from the one before"),
        (STEP + "'close', 'soon', '', 'x')", "follow_up_step holds in its column day"),
        (STEP + "'jump', '2026-12-04', '', 'x')", "follow_up_step holds in its column step"),
        (FILE + f"('2026-12/1', 'E-1', 'a', '{'0' * 64}', 1, 'x', 'soon')", "attachment holds in its column day"),
    ],
)
def test_a_damaged_row_is_told(tmp_path: Path, change: str, told: str) -> None:
    """Exit status 5 with the row or the column that is damaged, and what to do; the file's keeper can look with ``db check``."""
    file = tmp_path / "inspect.db"
    address = f"sqlite:///{file.as_posix()}"
    store = fill_store(address)
    results = dict.fromkeys((LABOUR, SAFETY), ResultClass.NO_PROBLEM)
    claims = Claims(results=results, methods={}, findings={}, follow_ups={})
    record_visit(store, actor_on("2026-12-03"), BUREAU, RecordOrder(slot=SLOT, entity=E1, claims=claims))
    approve_visits(store, actor_on("2026-12-04", name="审批人乙"), ReviewOrder(bureau=BUREAU, slot=SLOT))
    with store.reading() as session:
        _read_all(session)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.execute(change)
        connection.commit()
    with pytest.raises(StoreError) as caught, Store.open(address).reading() as session:
        _read_all(session)
    assert told in str(caught.value.what)
    assert "db check" in str(caught.value.hint)


@pytest.mark.parametrize("change", ["content = '{'", "day = 'soon'"])
def test_the_check_of_the_store_finds_damaged_results(tmp_path: Path, change: str) -> None:
    """CHECK-5: each version of a result that cannot be read is named."""
    file = tmp_path / "inspect.db"
    address = f"sqlite:///{file.as_posix()}"
    store = fill_store(address)
    claims = Claims(
        results=dict.fromkeys((LABOUR, SAFETY), ResultClass.NO_PROBLEM), methods={}, findings={}, follow_ups={}
    )
    for entity in ("E-1", "E-3"):
        order = RecordOrder(slot=SLOT, entity=EntityId(entity), claims=claims)
        record_visit(store, actor_on("2026-12-03"), BUREAU, order)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"UPDATE outcome_version SET {change} WHERE entity = 'E-3'")  # noqa: S608
        connection.commit()
    (fault,) = (fault for one in check_store(Store.open(address)) if one.rule == "CHECK-5" for fault in one.faults)
    assert ("E-3" if "content" in change else "column day") in str(fault)


def test_a_damaged_notice_is_told() -> None:
    """What was published and cannot be read any more is the store's damage, not a template's mistake."""
    version = IssuedVersion(
        notice=1,
        version=1,
        action=IssueAction.PUBLISHED,
        clock="2026-12-05T12:00:00+08:00",
        day=date(2026, 12, 5),
        publisher="公示员丙",
        zh="公告",
        en="notice",
    )
    with pytest.raises(StoreError, match="published on 2026-12-05"):
        read_issued(version, "zh", is_newest=True)
