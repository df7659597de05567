"""The history of rows through the acts: imports, retirements and returns in any order, beside a full copy a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.registry.entities import import_entities, restore_entity, retire_entity
from inspect_cli.acts.registry.inspectors import import_inspectors
from inspect_cli.acts.registry.matters import import_matters
from inspect_cli.acts.registry.past import read_past, read_row_on
from inspect_cli.core.names import EntityId
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.registries import add_entities, find_entities, update_entities
from tests.random_draws import Chance
from tests.registry_rows import TODAY, a_matter, a_row_order, an_actor, an_entity, an_inspector, an_order

if TYPE_CHECKING:
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.storage.engine import Store

IDS = [EntityId(f"E{number}") for number in range(4)]


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_acts_is_a_full_copy_a_day(store: Store, seed: int) -> None:
    """HISTORY-2, HISTORY-3: after random imports, retirements and returns each row as of each day is the copy that was kept that day."""
    dice, copies = Chance(f"past {seed}"), []
    for day in range(6):
        for _act in range(dice.below(3)):
            _do_something(store, dice, day)
        with store.reading() as session:
            copies.append({row.id: row for row in find_entities(session, include_retired=True)})
    for key in copies[-1]:
        for day, copy in enumerate(copies):
            with store.reading() as session:
                if key in copy:
                    assert read_row_on(session, "entity", key, TODAY + timedelta(days=day)).row == copy[key]
                else:
                    with pytest.raises(RefusedError, match=key):
                        read_row_on(session, "entity", key, TODAY + timedelta(days=day))


def _do_something(store: Store, dice: Chance, day: int) -> None:
    actor = an_actor(day=TODAY + timedelta(days=day))
    with store.reading() as session:
        known = {row.id: row for row in find_entities(session, include_retired=True)}
    chosen = dice.one([*known, None]) if dice.often(40) else None
    if chosen is not None:
        act = retire_entity if known[chosen].retired is None else restore_entity
        act(store, actor, a_row_order(chosen, "测试"))
        return
    rows: list[Entity] = [
        an_entity(id=key, zone=dice.one("一二三"), name=dice.one("甲乙"), telephone=dice.one("12"))
        for key in dice.some(IDS, 60) or IDS[:1]
    ]
    leaving = "名单外" if dice.often(30) else None
    import_entities(store, actor, an_order(*rows, update=True, yes=True, leaving=leaving))


def test_a_history_begins_with_the_act_that_brought_the_row(store: Store) -> None:
    """The origin is the import; each change names its act, the private ones too; all three registries have a history."""
    import_entities(store, an_actor(), an_order(an_entity()))
    import_inspectors(store, an_actor(), an_order(an_inspector()))
    import_matters(store, an_actor(), an_order(a_matter()))
    later = an_actor(day=TODAY + timedelta(days=3))
    import_entities(store, later, an_order(an_entity(telephone="1"), update=True))
    import_inspectors(store, later, an_order(an_inspector(squad="二中队"), update=True))
    import_matters(store, later, an_order(a_matter(remarks="改"), update=True))
    cases: list[tuple[str, str, str]] = [
        ("entity", an_entity().id, "telephone"),
        ("inspector", an_inspector().id, "squad"),
        ("matter", a_matter().id, "remarks"),
    ]
    for noun, key, field in cases:
        with store.reading() as session:
            (past,) = read_past(session, noun, key)
            then = read_row_on(session, noun, key, TODAY)
        assert past.origin is not None
        assert (past.origin.act, past.origin.day) == (f"{noun} import", TODAY)
        assert [(act.day, kept.field) for act, kept in past.changes] == [(later.day, field)]
        assert then.row == {"entity": an_entity(), "inspector": an_inspector(), "matter": a_matter()}[noun]
        assert not then.is_before_history
        with store.reading() as session, pytest.raises(UsageMistake, match="nobody"):
            read_past(session, noun, "nobody")


def test_history_4_a_row_from_before_is_known_on_every_day(store: Store) -> None:
    """HISTORY-4: what an earlier version kept has no act that brought it, and is shown for any day."""
    with store.transaction() as session:
        add_entities(session, [an_entity()])
    retire_entity(store, an_actor(), a_row_order(an_entity().id, "注销"))
    with store.reading() as session:
        then = read_row_on(session, "entity", an_entity().id, TODAY - timedelta(days=400))
        assert (then.row, then.is_before_history) == (an_entity(), True)
        assert read_past(session, "entity", an_entity().id)[0].origin is None


def test_history_5_the_earlier_number_comes_first(store: Store) -> None:
    """HISTORY-5: the history under the new number begins with that of the old one; as of an earlier day it is the old row."""
    old = an_entity(id=EntityId("old"))
    import_entities(store, an_actor(), an_order(old))
    later = an_actor(day=TODAY + timedelta(days=5))
    import_entities(store, later, an_order(an_entity(id=EntityId("new"))))
    with store.transaction() as session:
        update_entities(session, [replace(old, retired=later.day, retired_reason="换号", successor=EntityId("new"))])
    with store.reading() as session:
        assert [past.row.id for past in read_past(session, "entity", "new")] == ["old", "new"]
        assert read_row_on(session, "entity", "new", TODAY).row.id == "old"
        assert read_row_on(session, "entity", "new", later.day).row.id == "new"
        with pytest.raises(RefusedError, match="2026-11-20"):
            read_row_on(session, "entity", "new", TODAY - timedelta(days=1))


def test_history_5_of_joined_rows_all_are_shown(store: Store) -> None:
    """HISTORY-5: where two companies turned out to be one, its history has the acts of both, and what came before each of them."""
    import_entities(
        store, an_actor(), an_order(*[an_entity(id=EntityId(number)) for number in ("A", "B", "C", "older")])
    )
    with store.transaction() as session:
        for old, new in (("older", "B"), ("B", "C"), ("A", "C")):
            row = an_entity(id=EntityId(old), retired=TODAY, retired_reason="合并", successor=EntityId(new))
            update_entities(session, [row])
    with store.reading() as session:
        assert [past.row.id for past in read_past(session, "entity", "C")] == ["older", "B", "A", "C"]
        assert [past.row.id for past in read_past(session, "entity", "B")] == ["older", "B"]


def test_an_act_for_an_earlier_day_is_told(store: Store) -> None:
    """Where a later act was done for an earlier day, the row as of the last day is not the one that stands, and that is said."""
    order: Any = {"update": True}
    import_entities(store, an_actor(), an_order(an_entity(zone="一")))
    import_entities(store, an_actor(day=TODAY + timedelta(days=5)), an_order(an_entity(zone="二"), **order))
    import_entities(store, an_actor(day=TODAY + timedelta(days=3)), an_order(an_entity(zone="补"), **order))
    with store.reading() as session:
        then = read_row_on(session, "entity", an_entity().id, TODAY + timedelta(days=9))
        assert isinstance(then.row, type(an_entity()))
        assert (then.row.zone, then.is_overtaken) == ("二", True)
        assert not read_row_on(session, "entity", an_entity().id, TODAY + timedelta(days=4)).is_overtaken
