"""A store that holds the sample draw with its supplements, as the acts would have left them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.drawn_visits import SUPPLEMENT, keep_visits
from inspect_cli.core.people import Approval
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.draws import DrawState, add_draw, keep_result, keep_seed
from inspect_cli.storage.engine import Store
from tests.sample_chain import make_chain, make_chain_drawn
from tests.sample_draw import actor_on
from tests.sample_store import fill_folder, fill_store, make_record

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.names import Slot

APPROVAL = Approval(approver="审批人乙", reason="as-reported")


def fill_chain(url: str, *, supplements: int = 2) -> Store:
    """Make a store with the sample draw and so many of its supplements, all drawn."""
    store = fill_store(url)
    for number in range(supplements):
        commit_next(store, number)
        run_next(store, number)
    return store


def fill_chain_folder(folder: Path, *, supplements: int = 2) -> tuple[str, ...]:
    """Make store and settings in a folder, and give the options that name them."""
    options = fill_folder(folder)
    store = Store.open(f"sqlite:///{folder / 'inspect.db'}")
    for number in range(supplements):
        commit_next(store, number)
        run_next(store, number)
    return options


def commit_next(store: Store, number: int = 0, *, is_seeded: bool = False) -> Slot:
    """Commit a supplement of the sample's chain, the first being number 0, and give its slot."""
    before, finished = make_chain().finished[number : number + 2]
    record = make_record(finished, before.commitment.slot)
    with store.transaction() as session:
        add_draw(session, replace(record, state=DrawState.COMMITTED, entropy=None, seed=None, result=None))
        add_act(session, actor_on("2026-11-30"), Act(act=SUPPLEMENT, subject=record.slot, detail={}, approval=APPROVAL))
        if is_seeded:
            keep_seed(session, record.slot, entropy=record.entropy or b"", seed=record.seed or "")
    return record.slot


def run_next(store: Store, number: int = 0) -> Slot:
    """Run a supplement that was committed."""
    before, finished = make_chain().finished[number : number + 2]
    record = make_record(finished, before.commitment.slot)
    actor = replace(actor_on("2026-12-01"), clock=make_chain_drawn(make_chain(), record.slot).drawn_at)
    with store.transaction() as session:
        keep_seed(session, record.slot, entropy=record.entropy or b"", seed=record.seed or "")
        keep_result(session, record.slot, result=record.result or b"")
        keep_visits(session, actor, record, finished.result)
        add_act(session, actor, Act(act="draw run", subject=record.slot, detail={}))
    return record.slot
