"""The store as a whole: what opening refuses, and what a transaction promises."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, text

from inspect_cli.core.names import EntityId
from inspect_cli.errors import InputError, RefusedError, StoreError, UsageMistake
from inspect_cli.storage import engine
from inspect_cli.storage.address import parse_address
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import add_entities, find_entities
from inspect_cli.storage.version import CURRENT, VERSION_TABLE
from tests.kills import needs_fork, run_apart
from tests.registry_rows import an_entity


def _count(store: Store) -> int:
    with store.reading() as session:
        return len(find_entities(session))


def test_a_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    """Opening a store that is not there says how to begin one, and leaves no file behind."""
    with pytest.raises(StoreError, match="there is no store") as caught:
        Store.open(str(tmp_path / "inspect.db"))
    assert "inspect-cli init" in str(caught.value.hint)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_place_is_no_store(store_url: str) -> None:
    """A file of no bytes, as a killed init may leave one, and an empty database: told as no store, and init works on them."""
    path = parse_address(store_url).path
    if path is not None:
        path.touch()
    with pytest.raises(StoreError, match="there is no store"):
        Store.open(store_url)
    Store.create(store_url)
    assert Store.open(store_url).version() == CURRENT


@pytest.mark.parametrize("content", [b"not a database at all\n" * 100, b"SQLite format 3\0" + bytes(100)])
def test_a_file_that_is_no_database_is_told(tmp_path: Path, content: bytes) -> None:
    """Any other file is refused by open and by create, and stays as it is."""
    path = tmp_path / "letter.doc"
    path.write_bytes(content)
    for use in (Store.open, Store.create):
        with pytest.raises(StoreError):
            use(str(path))
    assert path.read_bytes() == content


def test_another_programs_database_is_told(tmp_path: Path) -> None:
    """A database with other tables is neither opened nor built in."""
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE music (title TEXT)")
    for use in (Store.open, Store.create):
        with pytest.raises(StoreError, match="another program"):
            use(str(path))


def test_a_store_is_made_once(store_url: str) -> None:
    """A second create is refused and changes nothing."""
    store = Store.create(store_url)
    with store.transaction() as session:
        add_entities(session, [an_entity()])
    with pytest.raises(RefusedError, match="already"):
        Store.create(store_url)
    assert _count(store) == 1


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A store cannot be made in a folder that does not exist."""
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.create(str(tmp_path / "nowhere" / "inspect.db"))


@pytest.mark.parametrize(("version", "words"), [("0001", "db upgrade"), ("9999", "install a later")])
def test_another_version_is_told(store_url: str, version: str, words: str) -> None:
    """STORE-4: a store of an earlier or later version is not opened, and the way out is said."""
    store = Store.create(store_url)
    with store.transaction() as session:
        session.connection().execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{version}'"))  # noqa: S608
    with pytest.raises(StoreError) as caught:
        Store.open(store_url)
    assert words in str(caught.value.hint)


@pytest.mark.parametrize(("version", "words"), [("0001", "db upgrade"), ("9999", "install a later")])
def test_an_upgrade_under_a_running_command_is_told(store_url: str, version: str, words: str) -> None:
    """STORE-4: a store that was opened and is of another version by now is neither read nor written."""
    store = Store.create(store_url)
    with store.transaction() as session:
        session.connection().execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{version}'"))  # noqa: S608
    for use in (store.transaction, store.reading):
        with pytest.raises(StoreError) as caught, use():
            pytest.fail("it was opened")
        assert words in str(caught.value.hint)


@pytest.mark.parametrize(
    "address",
    [
        "mysql://x@localhost/x",
        "postgresql+asyncpg://x@localhost/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://host/x.db",
        "http://[bad",
        "://x",
        "postgresql://x@localhost:port/x",
        "",
    ],
)
def test_an_address_of_another_kind_is_a_usage_mistake(address: str) -> None:
    """What names no SQLite file and no PostgreSQL database is refused with the ways to write one."""
    with pytest.raises(UsageMistake) as caught:
        Store.open(address)
    assert "--store" in str(caught.value.hint)


@pytest.mark.parametrize("name", ["a b.db", "什么?.db", "50%20.db", "x.db?mode=ro", "#1.db"])
def test_a_files_name_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    """No letter of a path means anything in an address, whether it is written as a path or as an address."""
    Store.create(str(tmp_path / name))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert Store.open(f"sqlite:///{tmp_path / name}").version() == CURRENT


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    """A refused connection says so; the password is nowhere in the message."""
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://user:geheim@127.0.0.1:1/x")
    assert "geheim" not in str(caught.value)
    assert "whether the server runs" in str(caught.value.hint)


def test_a_database_that_does_not_exist_is_told(postgres_server: str) -> None:
    """The server is there, the database is not."""
    with pytest.raises(StoreError, match="does not exist"):
        Store.open(postgres_server.replace("/postgres?", "/nowhere?"))


def test_a_transaction_happens_whole_or_not_at_all(store_url: str) -> None:
    """STORE-2: an error inside undoes what was written before it."""
    store = Store.create(store_url)

    def add_and_fail() -> None:
        with store.transaction() as session:
            add_entities(session, [an_entity()])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    assert _count(store) == 0


def test_a_second_writer_waits_and_is_told(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """STORE-1: while one writes another waits, and after its patience is told that somebody else is writing."""
    monkeypatch.setattr(engine, "PATIENCE", 1)
    store = Store.create(store_url)
    with store.transaction() as session:
        add_entities(session, [an_entity()])
        with pytest.raises(StoreError, match="somebody else is writing"), Store.open(store_url).transaction():
            pytest.fail("two wrote at once")
    assert _count(store) == 1


def test_reading_cannot_write(store_url: str) -> None:
    """STORE-3: what only reads cannot change anything."""
    store = Store.create(store_url)
    with pytest.raises(StoreError, match="may not be written"), store.reading() as session:
        add_entities(session, [an_entity()])
    assert _count(store) == 0


def test_reading_sees_one_state(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """STORE-3: what somebody else writes meanwhile is not seen; SQLite lets them wait instead."""
    monkeypatch.setattr(engine, "PATIENCE", 1)
    store = Store.create(store_url)
    with store.reading() as session:
        assert find_entities(session) == ()
        if parse_address(store_url).path is None:
            with Store.open(store_url).transaction() as other:
                add_entities(other, [an_entity()])
        else:
            with pytest.raises(StoreError, match="somebody else"), Store.open(store_url).transaction() as other:
                add_entities(other, [an_entity()])
        assert find_entities(session) == ()


def test_text_that_is_no_unicode_is_refused(store_url: str) -> None:
    """Half a character, as a broken command line hands over, is refused in words."""
    store = Store.create(store_url)
    with pytest.raises(InputError, match="no character"), store.transaction() as session:
        add_entities(session, [an_entity(name="\udcff")])


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """A store that can grow no more says so, and holds what it held."""
    store = Store.create(str(tmp_path / "inspect.db"))
    event.listen(store._writing, "begin", lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))
    with pytest.raises(StoreError, match="disk is full"), store.transaction() as session:
        add_entities(session, (an_entity(id=EntityId(f"E{number}"), name="长" * 4000) for number in range(100)))
    assert _count(Store.open(str(tmp_path / "inspect.db"))) == 0


@needs_fork
def test_a_file_that_may_only_be_read_is_read() -> None:
    """An auditor's copy without the right to write: reading works, writing is refused in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inspect.db"
        Store.create(str(path))
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        assert run_apart(_read_and_try_to_write, str(path)) == 0
        Path(folder).chmod(0o755)


def _read_and_try_to_write(url: str) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)  # root may write everything
    store = Store.open(url)
    assert _count(store) == 0
    with pytest.raises(StoreError, match="may not be written"), store.transaction() as session:
        add_entities(session, [an_entity()])


def test_a_server_that_is_only_read_is_told(server_url: str) -> None:
    """A PostgreSQL stand-by refuses to write; that is said as it is for a file."""
    Store.create(server_url)
    store = Store.open(f"{server_url}%20-cdefault_transaction_read_only%3Don")
    with pytest.raises(StoreError, match="may not be written"), store.transaction() as session:
        add_entities(session, [an_entity()])


def test_a_store_is_one_file_with_nothing_beside_it(tmp_path: Path) -> None:
    """After a transaction the folder holds the one file: it can be copied, mailed and compared."""
    store = Store.create(str(tmp_path / "inspect.db"))
    with store.transaction() as session:
        add_entities(session, [an_entity()])
    assert [path.name for path in tmp_path.iterdir()] == ["inspect.db"]


def test_the_same_acts_make_the_same_bytes(tmp_path: Path) -> None:
    """Two SQLite stores that were filled alike are equal to the byte."""
    for name in ("one.db", "two.db"):
        store = Store.create(str(tmp_path / name))
        with store.transaction() as session:
            add_entities(session, [an_entity(id=EntityId(f"E{number}")) for number in range(100)])
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the driver for PostgreSQL the message says how to install it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="driver for PostgreSQL") as caught:
        Store.open("postgresql://x@localhost/x")
    assert "inspect-cli[postgres]" in str(caught.value.hint)


def test_a_database_that_cannot_hold_chinese_is_told(postgres_server: str) -> None:
    """A PostgreSQL database of another encoding is refused before anything is made in it."""
    name = f"latin_{os.getpid()}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        try:
            with pytest.raises(StoreError, match="LATIN1") as caught:
                Store.create(postgres_server.replace("/postgres?", f"/{name}?"))
            assert "UTF8" in str(caught.value.hint)
        finally:
            connection.execute(f"DROP DATABASE {name}")
