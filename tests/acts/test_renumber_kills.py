"""A change of number stopped at every point: the state before or the state after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry.recusals import recuse
from inspect_cli.acts.registry.renumber import RenumberOrder, renumber_entity
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.registry.inspector import Recusal, RecusalReason
from inspect_cli.core.registry.number import NumberOrder
from inspect_cli.storage.engine import Store
from inspect_cli.storage.ledger import add_ledger_visits
from tests import small_month as month
from tests.kills import Scene, needs_fork, stop_at_each_point
from tests.registry_rows import a_visit
from tests.small_month import BUREAU, actor_on

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [needs_fork, pytest.mark.untraced]

OLD, NEW = EntityId("E01"), EntityId("N01")
ACTOR = actor_on("2026-11-24")


def _prepare(url: str) -> None:
    store = month.fill(url)
    recusal = Recusal(inspector=InspectorId("R01"), entity=OLD, reason=RecusalReason.KIN)
    recuse(store, ACTOR, BUREAU.people, recusal)
    with store.transaction() as session:
        add_ledger_visits(session, (a_visit(entity=OLD),))


def _renumber(url: str) -> None:
    order = NumberOrder(old=OLD, new=NEW, reason="换证")
    renumber_entity(Store.open(url), ACTOR, RenumberOrder(number=order, people=BUREAU.people))


def test_a_change_stopped_at_any_point_leaves_nothing_of_itself(store_places: Callable[[], str]) -> None:
    """Before each statement and before the commit: rows, books, history and log are all as before, or all as after."""
    assert stop_at_each_point(Scene(places=store_places, prepare=_prepare, act=_renumber), repeat_last=True) >= 8
