"""The stores that tests begin with are what ``Store.create`` makes, whoever used them before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.pool import NullPool

from inspect_cli.storage.act_log import Act, add_act, find_acts
from inspect_cli.storage.address import parse_address
from inspect_cli.storage.engine import Store
from tests.kills import read_state
from tests.registry_rows import an_actor
from tests.schemas import empty_schema
from tests.small_month import fill
from tests.stores import begin_store, copy_store, make_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.storage.act_log import ActRecord


def _describe(url: str) -> dict[str, Any]:
    """Tell tables, columns, keys and checks of a store, and what is in it."""
    rows, whole = read_state(url), MetaData()
    whole.reflect(create_engine(parse_address(url).url, poolclass=NullPool))
    return {
        name: [
            rows[name],
            [(one.name, str(one.type), one.nullable) for one in table.columns],
            sorted(f"{type(one).__name__} {getattr(one, 'name', '')}" for one in (*table.constraints, *table.indexes)),
        ]
        for name, table in whole.tables.items()
    }


def _log(store: Store) -> tuple[ActRecord, ...]:
    """Write a row into the log, and give all that are there."""
    with store.transaction() as session:
        add_act(session, an_actor(), Act(act="init", subject="store", detail={}))
    with store.reading() as session:
        return tuple(find_acts(session))


def test_a_copied_store_is_a_made_one(store_places: Callable[[], str]) -> None:
    """Its tables and their rules are the same, and it is as empty."""
    made, copied = store_places(), store_places()
    Store.create(made)
    make_store(copied)
    assert _describe(copied) == _describe(made)


def test_a_copy_of_a_filled_store_is_the_store(store_places: Callable[[], str]) -> None:
    """Rows are the same, and numbers go on."""
    first, copied = store_places(), store_places()
    filled = fill(first)
    assert copy_store(first, copied)
    assert _describe(copied) == _describe(first)
    assert _log(Store.open(copied)) == _log(filled)


def test_a_store_used_again_is_a_made_one(postgres_server: str) -> None:
    """What the test before has written is gone, and numbers begin anew."""
    with empty_schema(postgres_server, "made") as made:
        Store.create(made)
        with empty_schema(postgres_server, "used") as url:
            begin_store(url, an_actor())
        with empty_schema(postgres_server, "again") as again:
            store = make_store(again)
            assert _describe(again) == _describe(made)
            assert [one.number for one in _log(store)] == [1]


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE recusal",
        "ALTER TABLE entity ADD COLUMN more integer",
        "UPDATE inspect_version SET version_num = '9999'",
        "REVOKE ALL ON act FROM CURRENT_USER",
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_a_store_that_was_changed_is_not_used_again(postgres_server: str, change: str) -> None:
    """Whatever a test did to its tables, the next one begins with a store as it is made."""
    with empty_schema(postgres_server, "made") as made:
        Store.create(made)
        with empty_schema(postgres_server, "used") as url:
            store = make_store(url)
            with store.transaction() as session:
                session.connection().execute(text(change))
        with empty_schema(postgres_server, "again") as again:
            store = make_store(again)
            assert _describe(again) == _describe(made)
            assert [one.number for one in _log(store)] == [1]
