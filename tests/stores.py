"""Stores that tests begin with: what ``Store.create`` makes, made once and then copied.

A file is copied by its bytes. On PostgreSQL a schema is made once, and emptied and renamed for the next test; one that a test has
left otherwise than it was is not used again. How a store is made and upgraded is tested with ``Store.create`` itself.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.address import parse_address
from inspect_cli.storage.engine import Store
from inspect_cli.storage.version import CURRENT
from tests import schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.core.people import Actor
    from tests.conftest import Outcome

_BEGUN: dict[str, bytes] = {}


@pytest.fixture
def store(store_url: str) -> Store:
    """Give an empty store, on each of the databases."""
    return make_store(store_url)


def make_store(url: str) -> Store:
    """Make an empty store at an empty place, as ``Store.create`` would."""
    path = parse_address(url).path
    if path is not None:
        path.write_bytes(_empty_file())
    else:
        schemas.make_store(url, partial(Store.create, url))
    return Store.open(url)


def begin_store(url: str, actor: Actor) -> Store:
    """Make an empty store at an empty place with the first row of its log, as ``create_store`` would."""
    store = make_store(url)
    with store.transaction() as session:
        add_act(session, actor, Act(act="init", subject="store", detail={"version": CURRENT}))
    return store


def begin_folder(run_cli: Callable[..., Outcome]) -> None:
    """Put into the working folder what ``inspect-cli --as 甲 init`` leaves there: done once, and then copied."""
    if not _BEGUN:
        assert run_cli("--as", "甲", "init").status == 0
        _BEGUN.update({name: Path(name).read_bytes() for name in ("inspect.toml", "inspect.db")})
    for name, data in _BEGUN.items():
        Path(name).write_bytes(data)


def copy_store(source: str, target: str) -> bool:
    """Copy a store that ``make_store`` began to an empty place; say whether it can be copied."""
    old, new = parse_address(source).path, parse_address(target).path
    if old is None or new is None:
        return schemas.copy_store(source, target, partial(Store.create, target))
    if old.exists():
        new.write_bytes(old.read_bytes())
    return old.exists()


@cache
def _empty_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "inspect.db"
        Store.create(f"sqlite:///{path.as_posix()}")
        return path.read_bytes()
