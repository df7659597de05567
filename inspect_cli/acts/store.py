"""Acts on the store as a whole: make it, bring it to the current version, copy it. What it holds is the other acts' matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.address import parse_address
from inspect_cli.storage.engine import Store
from inspect_cli.storage.upkeep import copy_store
from inspect_cli.storage.version import CURRENT

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

    from inspect_cli.core.people import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """What an upgrade did: from which version to which (the same: nothing), and the copy made before it (SQLite alone)."""

    before: str
    after: str
    backup: Path | None


def create_store(url: str, actor: Actor) -> Store:
    """Make an empty store with the first row of its log; ``RefusedError`` when there is one, ``StoreError`` when it cannot be made."""

    def log(session: Session) -> None:
        add_act(session, actor, Act(act="init", subject="store", detail={"version": CURRENT}))

    return Store.create(url, first=log)


def upgrade_store(url: str, actor: Actor) -> Upgraded:
    """Bring a store of an earlier version to the current one, a copy beside it first where it is a file.

    A store of the current version is left alone. Raises ``StoreError`` when there is none, or one of a later version.
    """
    store = Store(parse_address(url))
    before = store.require_known(store.version())
    if before == CURRENT:
        return Upgraded(before=before, after=before, backup=None)
    backup = _copy_beside(store, before)

    def log(session: Session) -> None:
        add_act(session, actor, Act(act="db upgrade", subject="store", detail={"from": before, "to": CURRENT}))

    Store.upgrade(url, first=log)
    return Upgraded(before=before, after=CURRENT, backup=backup)


def _copy_beside(store: Store, version: str) -> Path | None:
    """Copy an SQLite store to ``inspect.db.0001.backup``, or ``….backup-2`` where an earlier try has left one."""
    path = store.address.path
    if path is None:
        return None
    wanted = path.with_name(f"{path.name}.{version}.backup")
    target = wanted
    number = 1
    while target.exists():
        number += 1
        target = wanted.with_name(f"{wanted.name}-{number}")
    copy_store(store, target)
    return target


def back_up_store(store: Store, target: Path, *, overwrite: bool) -> None:
    """Copy the store into a file; it changes nothing and so writes no row of the log. Raises as ``copy_store`` does."""
    copy_store(store, target, overwrite=overwrite)
