"""A sole trader whose name was masked: no later version of a notice brings the name out, whatever registry and settings say by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.change import EndOrder, end_lines, find_overdue
from inspect_cli.acts.publish.kept import read_notice
from inspect_cli.acts.publish.platform import gather_lines
from inspect_cli.acts.publish.renewal import Papers
from inspect_cli.core.bureau import Publication, SoleTraders
from inspect_cli.core.names import Period
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.core.publish.platform import Platform
from inspect_cli.storage.registries import find_entities, update_entities
from tests.published import approve, make_store, publish, record, visits_of
from tests.small_month import APPROVER, BUREAU, PUBLISHER, actor_on

if TYPE_CHECKING:
    from inspect_cli.core.names import EntityId
    from inspect_cli.storage.engine import Store

MASKED = replace(BUREAU, publication=Publication(sole_traders=SoleTraders.FIRST))
DOCUMENT = "示综执抽查〔2026〕1号"


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store in which two results are published, the first of a sole trader, whose name is masked."""
    made = make_store(store_url)
    trader, other = (record(made, visit) for visit in visits_of(made)[:2])
    _keep_size(made, trader, "个体工商户")
    approve(made, trader, other)
    publish(made, bureau=MASKED)
    return made


def _keep_size(store: Store, entity: EntityId, size: str) -> None:
    with store.transaction() as session:
        (found,) = (one for one in find_entities(session) if one.id == entity)
        update_entities(session, (replace(found, size=size),))


def _sources(store: Store) -> str:
    newest = read_notice(store, DOCUMENT).newest
    return newest.zh + newest.en


@pytest.mark.parametrize("what", ["registry", "settings"])
def test_a_later_version_masks_as_the_first(store: Store, what: str) -> None:
    """MASK-3: somebody else's repair makes the notice anew, and the sole trader in it stays masked."""
    trader, other = (visit.entity for visit in visits_of(store)[:2])
    name = f"示例第{int(trader[1:])}厂"
    assert name not in _sources(store)
    if what == "registry":
        _keep_size(store, trader, "小")
    order = EndOrder(
        papers=Papers(bureau=MASKED if what == "registry" else BUREAU),
        document=DOCUMENT,
        action=IssueAction.REPAIRED,
        approval=Approval(approver=APPROVER, reason="信用修复"),
        basis="信用修复决定书",
        entities=(other,),
    )
    assert end_lines(store, actor_on("2027-01-06", name=PUBLISHER), order).is_new
    assert "示\\*\\*" in _sources(store)
    assert name not in _sources(store)


def test_the_years_and_the_platform_go_by_the_first_naming_too(store: Store) -> None:
    """MASK-3: a person's line is over after a person's years, and the credit system reads the masked name, after the registry changed."""
    trader = visits_of(store)[0].entity
    _keep_size(store, trader, "小")
    bureau = replace(MASKED, publication=replace(MASKED.publication, sole_traders=SoleTraders.FULL))
    with store.reading() as session:
        ((_, over),) = find_overdue(session, bureau, date(2029, 12, 31))
        names = {line.name for line in gather_lines(session, bureau, Period("2026-12"), Platform.CREDIT)}
    assert [entry.entity for entry in over] == [trader]
    assert "示**" in names
    assert f"示例第{int(trader[1:])}厂" not in names
