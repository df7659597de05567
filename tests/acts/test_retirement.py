"""Rows that are retired and brought back: once, with a reason, and always in the log."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry.entities import import_entities, restore_entity, retire_entity
from inspect_cli.acts.registry.inspectors import import_inspectors, restore_inspector, retire_inspector
from inspect_cli.acts.registry.matters import import_matters, restore_matter, retire_matter
from inspect_cli.core.names import InspectorId
from inspect_cli.core.people import Person, Role
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.registries import find_entity, find_inspectors
from tests.registry_rows import TODAY, a_matter, a_row_order, an_actor, an_entity, an_inspector, an_order
from tests.stores import make_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from inspect_cli.storage.engine import Store


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with one row in each registry."""
    store = make_store(store_url)
    import_entities(store, an_actor(), an_order(an_entity()))
    import_inspectors(store, an_actor(), an_order(an_inspector()))
    import_matters(store, an_actor(), an_order(a_matter()))
    return store


CASES = [
    (retire_entity, restore_entity, an_entity().id),
    (retire_inspector, restore_inspector, an_inspector().id),
    (retire_matter, restore_matter, a_matter().id),
]


@pytest.mark.parametrize(("retire", "restore", "key"), CASES)
def test_a_row_is_retired_and_brought_back(
    store: Store, retire: Callable[..., Any], restore: Callable[..., Any], key: str
) -> None:
    """A row is retired for the day of the act, once; another reason is refused; brought back it is as it was."""
    later = an_actor(day=date(2026, 12, 1))
    for _time in range(2):
        gone = retire(store, later, a_row_order(key, "注销"))
        assert (gone.retired, gone.retired_reason) == (date(2026, 12, 1), "注销")
    with pytest.raises(RefusedError, match="another reason") as caught:
        retire(store, later, a_row_order(key, "迁出"))
    assert f"restore {key}" in str(caught.value.hint)
    for _time in range(2):
        back = restore(store, an_actor(), a_row_order(key, "误操作"))
        assert (back.retired, back.retired_reason) == (None, None)
    with store.reading() as session:
        acts = find_acts(session)[3:]
    assert [act.act.split()[-1] for act in acts] == ["retire", "restore"]
    assert json.loads(acts[1].detail) == {"reason": "误操作", "retired": "2026-12-01", "retired_reason": "注销"}


@pytest.mark.parametrize(("retire", "restore", "key"), CASES)
def test_an_unknown_row_is_a_usage_mistake(
    store: Store, retire: Callable[..., Any], restore: Callable[..., Any], key: str
) -> None:
    """An id that no registry holds is told with the list that shows the right ones."""
    for act in (retire, restore):
        with pytest.raises(UsageMistake, match=f"{key}x") as caught:
            act(store, an_actor(), a_row_order(f"{key}x", "注销"))
        assert "list" in str(caught.value.hint)


def test_a_certificate_that_has_passed_on_bars_the_return(store: Store) -> None:
    """Somebody retired whose certificate another person was given cannot come back beside them."""
    retire_inspector(store, an_actor(), a_row_order("R001", "调离"))
    import_inspectors(store, an_actor(), an_order(an_inspector(id=InspectorId("R002"))))
    with pytest.raises(RefusedError, match="R002"):
        restore_inspector(store, an_actor(), a_row_order("R001", "返岗"))
    retire_inspector(store, an_actor(), a_row_order("R002", "调离"))
    restore_inspector(store, an_actor(), a_row_order("R001", "返岗"))
    with store.reading() as session:
        assert [one.id for one in find_inspectors(session)] == ["R001"]


def test_a_retired_row_keeps_everything_else(store: Store) -> None:
    """Retirement changes two fields and no other, the private ones included."""
    retire_entity(store, an_actor(), a_row_order(an_entity().id, "注销"))
    with store.reading() as session:
        assert find_entity(session, an_entity().id) == an_entity(retired=TODAY, retired_reason="注销")


@pytest.mark.parametrize(("retire", "restore", "key"), CASES)
def test_nothing_is_retired_or_brought_back_without_a_reason(
    store: Store, retire: Callable[..., Any], restore: Callable[..., Any], key: str
) -> None:
    """A reason that says nothing is refused both ways, and the log stays as it was."""
    for change in (retire, restore):
        for reason in ("", " \u3000"):
            with pytest.raises(UsageMistake, match="no reason"):
                change(store, an_actor(), a_row_order(key, reason))
    with store.reading() as session:
        assert len(find_acts(session)) == 3


@pytest.mark.parametrize(("retire", "restore", "key"), CASES)
def test_only_an_operator_retires_and_brings_back(
    store: Store, retire: Callable[..., Any], restore: Callable[..., Any], key: str
) -> None:
    """Where the bureau lists its people, others are refused by the act itself, and nothing is logged."""
    people = (Person(name="操作员甲", roles=(Role.AUDITOR,)),)
    for change in (retire, restore):
        with pytest.raises(RefusedError, match="operator"):
            change(store, an_actor(), replace(a_row_order(key, "注销"), people=people))
    with store.reading() as session:
        assert len(find_acts(session)) == 3
