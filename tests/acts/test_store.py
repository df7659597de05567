"""Acts on the store as a whole. Upgrades are proved with the migrations, copies with the store's care."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.store import back_up_store, create_store
from inspect_cli.errors import RefusedError
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store
from tests.registry_rows import an_actor

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_store_begins_its_log(store_url: str) -> None:
    """The first row of the log says who made the store; a second making is refused and adds none."""
    create_store(store_url, an_actor())
    with pytest.raises(RefusedError):
        create_store(store_url, an_actor(name="乙"))
    with Store.open(store_url).reading() as session:
        assert [(act.act, act.actor) for act in find_acts(session)] == [("init", "操作员甲")]


def test_a_backup_is_the_same_store(tmp_path: Path) -> None:
    """The copy has the log of the store, and the store no row more."""
    store = create_store(str(tmp_path / "inspect.db"), an_actor())
    back_up_store(store, tmp_path / "copy.db", overwrite=False)
    logs = []
    for name in ("inspect.db", "copy.db"):
        with Store.open(str(tmp_path / name)).reading() as session:
            logs.append(find_acts(session))
    assert logs[0] == logs[1]
    assert len(logs[0]) == 1
