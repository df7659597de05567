"""Single leaves and recusals: entered once, for known people, in the right order of days."""

from __future__ import annotations

from datetime import date

import pytest

from inspect_cli.acts.availability import grant_leave, recuse
from inspect_cli.acts.entities import import_entities
from inspect_cli.acts.inspectors import import_inspectors
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_leave, find_recusals
from tests.registry_rows import a_leave, a_recusal, an_actor, an_entity, an_inspector, an_order


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with one entity and one inspector."""
    store = Store.create(store_url)
    import_entities(store, an_actor(), an_order(an_entity()))
    import_inspectors(store, an_actor(), an_order(an_inspector()))
    return store


def test_leave_is_entered_once(store: Store) -> None:
    """The first time is new, the second changes nothing, and other words for the same days are refused."""
    assert grant_leave(store, an_actor(), a_leave())
    assert not grant_leave(store, an_actor(), a_leave())
    with pytest.raises(RefusedError, match="another reason"):
        grant_leave(store, an_actor(), a_leave(reason="病假"))
    assert grant_leave(store, an_actor(), a_leave(last=date(2026, 12, 12), reason="病假"))
    with store.reading() as session:
        assert len(find_leave(session)) == 2
        assert [act.detail for act in find_acts(session, act="inspector leave")] == [
            '{"from":"2026-12-07","to":"2026-12-11"}',
            '{"from":"2026-12-07","to":"2026-12-12"}',
        ]


def test_a_recusal_is_entered_once_and_its_reason_stays_inside(store: Store) -> None:
    """The pair is entered once for each reason; the log names the pair and the days."""
    bounded = a_recusal(start=date(2026, 1, 1))
    assert recuse(store, an_actor(), a_recusal())
    assert not recuse(store, an_actor(), a_recusal())
    assert recuse(store, an_actor(), bounded)
    with store.reading() as session:
        assert find_recusals(session) == (a_recusal(), bounded)
        acts = find_acts(session, act="inspector recuse")
    assert [act.subject for act in acts] == ["R001", "R001"]
    assert all(an_entity().id in act.detail and "kin" not in act.detail for act in acts)


def test_a_recusal_has_a_reason(store: Store) -> None:
    """Without a reason nobody is barred, and it is the caller's mistake, not the store's."""
    with pytest.raises(UsageMistake, match="no reason"):
        recuse(store, an_actor(), a_recusal(reason=" "))
    with store.reading() as session:
        assert find_recusals(session) == ()


def test_strangers_and_impossible_days_are_usage_mistakes(store: Store) -> None:
    """Unknown people and days in the wrong order are told, and nothing is entered."""
    with pytest.raises(UsageMistake, match="R9"):
        grant_leave(store, an_actor(), a_leave(inspector=InspectorId("R9")))
    with pytest.raises(UsageMistake, match="R9"):
        recuse(store, an_actor(), a_recusal(inspector=InspectorId("R9")))
    with pytest.raises(UsageMistake, match="E9"):
        recuse(store, an_actor(), a_recusal(entity=EntityId("E9")))
    with pytest.raises(UsageMistake, match="2026-12-06"):
        grant_leave(store, an_actor(), a_leave(last=date(2026, 12, 6)))
    with pytest.raises(UsageMistake, match="before the first"):
        recuse(store, an_actor(), a_recusal(start=date(2026, 2, 1), end=date(2026, 1, 1)))
    with store.reading() as session:
        assert (find_leave(session), find_recusals(session)) == ((), ())
