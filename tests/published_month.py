"""A small month that came as far as its notices: recorded, approved and published, with a visit cancelled and one carried over.

All of it goes the way of the commands; the file of the store is made once, and then copied.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.names import Slot
from inspect_cli.core.publish.issued import DRAW_NOTICES, Subject
from inspect_cli.storage.visits import find_visits
from tests import small_month
from tests.small_month import APPROVER, BUREAU, OPERATOR, PUBLISHER, actor_on
from tests.terminal import call

if TYPE_CHECKING:
    from inspect_cli.core.names import EntityId

SLOT: Final = Slot("2026-12/1")


def fill_folder(folder: Path) -> tuple[str, ...]:
    """Make settings and store of the published month in a folder, and give the options that name them."""
    for name, data in _files().items():
        (folder / name).write_bytes(data)
    return options(folder)


def options(folder: Path) -> tuple[str, ...]:
    """Give the options that name a folder's settings and store."""
    return ("--lang", "en", "--config", str(folder / "inspect.toml"), "--store", str(folder / "inspect.db"))


def run(folder: Path, name: str, day: str, *words: str | Path) -> str:
    """Call a command as somebody on a day; give what it shows."""
    status, out, err = call(*options(folder), "--as", name, "--today", day, *words)
    assert status == 0, err
    return out


def entities_of(folder: Path) -> tuple[EntityId, ...]:
    """Name the companies that were drawn, sorted."""
    with small_month.open_folder(folder).reading() as session:
        return tuple(visit.entity for visit in find_visits(session, SLOT))


@cache
def _files() -> dict[str, bytes]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        _make(folder)
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith("inspect.")}


def _make(folder: Path) -> None:
    """Play the month: all visits but two are recorded and approved, and everything is published on the 28th."""
    small_month.fill_folder(folder)
    store = small_month.open_folder(folder)
    slot = small_month.draw_month(store, small_month.plan_text(labour=6, safety=3))
    assert slot == SLOT
    gone, later, *visited = entities_of(folder)
    with store.reading() as session:
        result = require_draw(session, slot).result
    domains = {visit.entity: visit.domains for visit in parse_result(result or b"").visits}
    leave = ("--reason", "缓检", "--approver", APPROVER, "--yes")
    run(folder, OPERATOR, "2026-12-02", "visit", "cancel", slot, gone, *leave)
    run(folder, OPERATOR, "2026-12-02", "visit", "carry-over", slot, later, *leave)
    for number, entity in enumerate(visited):
        results = [f"labour={5 if number == 0 else 1}"]
        results += ["safety=8"] if "safety" in domains[entity] else []
        words = [word for result in results for word in ("--result", result)]
        words += ["--follow-up", "labour=rectify:2027-01-31"] if number == 0 else []
        run(folder, OPERATOR, "2026-12-26", "visit", "record", slot, entity, *words)
    run(folder, APPROVER, "2026-12-27", "visit", "approve", slot, "--all", "--yes")
    for kind in DRAW_NOTICES:
        order = PublishOrder(bureau=BUREAU, subject=Subject(kind=kind, slot=slot))
        publish_notice(store, actor_on("2026-12-28", name=PUBLISHER), order)
