"""Care of a store: what is damaged is found, and a copy is whole or not there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from inspect_cli.errors import RefusedError, StoreError
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import add_entities, add_inspectors, add_leave, find_entities
from inspect_cli.storage.upkeep import check_store, copy_store
from tests.registry_rows import a_leave, an_entity, an_inspector
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from pathlib import Path


def _faults(store: Store) -> dict[str, list[str]]:
    return {one.rule: [str(fault) for fault in one.faults] for one in check_store(store) if one.faults}


def test_a_sound_store_is_in_order(store_url: str) -> None:
    """CHECK-1 to CHECK-5 find nothing in a store as the acts leave it."""
    findings = check_store(fill_store(store_url))
    assert [one.rule for one in findings] == ["CHECK-1", "CHECK-2", "CHECK-3", "CHECK-4", "CHECK-5"]
    assert not any(one.faults for one in findings)


@pytest.mark.parametrize(
    ("change", "rule", "fault"),
    [
        ("entities = excluded", "CHECK-3", "the rows of entities are not those that were committed"),
        ("inspectors = plan", "CHECK-3", "the rows of inspectors do not end where a row ends"),
        ("excluded = inspectors", "CHECK-3", "the rows of excluded are not those that were committed"),
        ("commitment = plan", "CHECK-3", "the commitment cannot be read"),
        ("commitment = plan", "CHECK-4", "the result names another commitment"),
        ("result = plan", "CHECK-4", "the result cannot be read"),
        (f"seed = '{'0' * 64}'", "CHECK-4", "the result names another seed"),
    ],
)
def test_a_changed_draw_is_found(store_url: str, change: str, rule: str, fault: str) -> None:
    """Whoever edits a draw's frozen bytes in the database is found out by the commitment."""
    store = fill_store(store_url)
    with store.transaction() as session:
        session.connection().execute(text(f"UPDATE draw SET {change}"))  # noqa: S608
    assert fault in _faults(store)[rule]


def test_a_missing_table_is_found(store_url: str) -> None:
    """CHECK-2: a table that somebody dropped is missed."""
    store = Store.create(store_url)
    with store.transaction() as session:
        session.connection().execute(text("DROP TABLE leave"))
    assert "leave" in _faults(store)["CHECK-2"][0]


def test_a_broken_reference_is_found(tmp_path: Path) -> None:
    """CHECK-1: a row that refers to nothing, as a program without foreign keys can leave it."""
    store = Store.create(str(tmp_path / "inspect.db"))
    with store.transaction() as session:
        add_inspectors(session, [an_inspector()])
        add_leave(session, [a_leave()])
    with closing(sqlite3.connect(tmp_path / "inspect.db")) as connection, connection:
        connection.execute("DELETE FROM inspector")
    assert "leave refers to a row of inspector" in _faults(store)["CHECK-1"][0]


def test_a_row_against_the_rules_is_found(tmp_path: Path) -> None:
    """CHECK-1: a row that breaks a table's own rule, as a program that ignores them can leave it."""
    store = Store.create(str(tmp_path / "inspect.db"))
    with store.transaction() as session:
        add_entities(session, [an_entity()])
    with closing(sqlite3.connect(tmp_path / "inspect.db")) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE entity SET name = ''")
    assert "CHECK constraint failed in entity" in _faults(store)["CHECK-1"][0]


def test_a_draw_that_was_not_run_has_no_result_to_look_at(store_url: str) -> None:
    """CHECK-4: a committed draw is in order without a result."""
    store = fill_store(store_url)
    with store.transaction() as session:
        statement = "UPDATE draw SET state = 'committed', seed = NULL, entropy = NULL, result = NULL"
        session.connection().execute(text(statement))
    assert _faults(store) == {}


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """A file with a torn page is reported, never a traceback."""
    path = tmp_path / "inspect.db"
    store = Store.create(str(path))
    with store.transaction() as session:
        add_entities(session, (an_entity(id=f"E{number:05}") for number in range(2000)))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = b"\xff" * (len(data) - len(data) // 2)
    path.write_bytes(data)
    try:
        assert _faults(store)["CHECK-1"]
    except StoreError as error:
        assert "damaged" in str(error)  # noqa: PT017 - which of the two SQLite notices first is its own matter


def test_a_copy_is_the_store(tmp_path: Path) -> None:
    """A copy opens, holds what the store holds, and has nothing beside it."""
    store = Store.create(str(tmp_path / "inspect.db"))
    with store.transaction() as session:
        add_entities(session, [an_entity()])
    copy_store(store, tmp_path / "copy.db")
    with Store.open(str(tmp_path / "copy.db")).reading() as session:
        assert find_entities(session) == (an_entity(),)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "inspect.db"]


def test_a_copy_replaces_nothing_unasked(tmp_path: Path) -> None:
    """A file that is there is refused and kept; with overwrite it is replaced, though never by the store itself or a folder."""
    store = Store.create(str(tmp_path / "inspect.db"))
    (tmp_path / "copy.db").write_bytes(b"kept")
    with pytest.raises(RefusedError, match="already"):
        copy_store(store, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"kept"
    copy_store(store, tmp_path / "copy.db", overwrite=True)
    assert Store.open(str(tmp_path / "copy.db")).version() == store.version()
    for target in (tmp_path / "inspect.db", tmp_path):
        with pytest.raises(RefusedError):
            copy_store(store, target, overwrite=True)


def test_a_copy_to_nowhere_is_told(tmp_path: Path) -> None:
    """A folder that is not there is told, and nothing is left behind."""
    store = Store.create(str(tmp_path / "inspect.db"))
    with pytest.raises(StoreError, match="cannot be written"):
        copy_store(store, tmp_path / "nowhere" / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["inspect.db"]


def test_a_server_is_copied_by_its_own_tools(server_url: str, tmp_path: Path) -> None:
    """On PostgreSQL the copy is refused with the tool that makes it."""
    store = Store.create(server_url)
    with pytest.raises(RefusedError) as caught:
        copy_store(store, tmp_path / "copy.db")
    assert "pg_dump" in str(caught.value.hint)
