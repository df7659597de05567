"""What a row of a registry was on an earlier day, by the rules HISTORY-1 to HISTORY-4."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.registry.comparison import Change
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.history import (
    Kept,
    list_changes,
    parse_kept,
    refuse_unknown_day,
    render_kept,
    row_on,
)
from inspect_cli.core.registry.inspector import RecusalReason
from tests.registry_rows import HOSTILE, TODAY, an_entity

BY_NAME: dict[str, Any] = {field.name: field for field in fields(Entity)}


def _kept(number: int, day: int, field: str, *values: object) -> Kept:
    before, after = values
    return Kept(number=number, day=TODAY + timedelta(days=day), field=field, before=before, after=after)


def test_history_1_each_field_is_one_change() -> None:
    """HISTORY-1: two values of a row differ in exactly the fields that are listed, in the order of the fields."""
    before, after = an_entity(), an_entity(name="改名", zone=None)
    assert list_changes("E1", before, after) == (
        Change(key="E1", field="name", before="示例食品厂", after="改名"),
        Change(key="E1", field="zone", before="网格01", after=None),
    )
    assert list_changes("E1", before, before) == ()


def test_history_2_later_changes_are_taken_back() -> None:
    """HISTORY-2: at a day's end the changes of that day stand, those of later ones do not."""
    row = an_entity(zone="三", name="乙")
    changes = [_kept(1, 0, "zone", "一", "二"), _kept(2, 2, "zone", "二", "三"), _kept(3, 1, "name", "甲", "乙")]
    found = [row_on(row, changes, TODAY + timedelta(days=day)) for day in (-1, 0, 1, 2, 9)]
    assert [(one.zone, one.name) for one in found] == [
        ("一", "甲"),
        ("二", "甲"),
        ("二", "乙"),
        ("三", "乙"),
        ("三", "乙"),
    ]


def test_history_2_acts_for_earlier_days_fall_into_place() -> None:
    """HISTORY-2: what is done later for an earlier day stands from that day to the next change of the field."""
    row = an_entity(zone="补")
    changes = [_kept(1, 5, "zone", "一", "二"), _kept(2, 3, "zone", "二", "补")]
    found = [row_on(row, reversed(changes), TODAY + timedelta(days=day)).zone for day in (2, 3, 4, 5)]
    assert found == ["一", "补", "补", "二"]


def test_history_3_before_it_came_there_is_no_row() -> None:
    """HISTORY-3: a day before the first is refused with the first one, and with what to do."""
    refusal = refuse_unknown_day("E1", TODAY)
    assert "E1" in str(refusal.what)
    assert "2026-11-20" in str(refusal.what)
    assert "--as-of" in str(refusal.hint)


def test_history_4_an_origin_that_nobody_knows_bars_no_day() -> None:
    """HISTORY-4: a row from before the history is, on every day before its first change, what that change says that it was."""
    assert row_on(an_entity(zone="二"), [_kept(7, 0, "zone", "一", "二")], date(1, 1, 1)).zone == "一"


@pytest.mark.parametrize(
    "row",
    [
        an_entity(retired=TODAY, retired_reason="注销", tags=("甲", "乙"), domains_by_rule=True),
        an_entity(established=None, zone=None),
        an_entity(established=date(1, 1, 1)),
        *(an_entity(name=name) for name in HOSTILE),
        an_entity(name="2026-01-01", address="null", zone="[]"),
    ],
)
def test_values_are_kept_and_read_again(row: Entity) -> None:
    """Every kind of value comes back as it was; a text that looks like a day, a list or nothing stays text."""
    read: dict[str, Any] = {name: parse_kept(render_kept(getattr(row, name)), field) for name, field in BY_NAME.items()}
    assert replace(row, **read) == row


def test_kept_values_have_one_form() -> None:
    """Nothing is null, lists are lists, a choice is its word; a field that is no longer known is read as it stands."""
    values = (None, ("b", "a"), RecusalReason.KIN, True, 3, TODAY)
    assert [render_kept(value) for value in values] == ["null", '["b","a"]', '"kin"', "true", "3", '"2026-11-20"']
    assert parse_kept('"2026-11-20"', None) == "2026-11-20"


STEPS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["zone", "name", "tags"]), st.sampled_from("abc")))


@given(STEPS)
def test_history_2_is_a_full_copy_a_day(steps: list[tuple[int, str, str]]) -> None:
    """HISTORY-2: however many changes for whatever days, the row as of a day is the copy that somebody would have kept of it.

    The copies are made by hand: all acts, sorted by day, are done again to one row, and the row is copied at each day's end.
    """
    row, changes = an_entity(zone="a", name="a", tags=("a",)), []
    first = row
    value: Any
    for number, (day, field, word) in enumerate(steps):
        value = (word,) if field == "tags" else word
        changed = replace(row, **{field: value})
        changes += [_kept(number, day, one.field, one.before, one.after) for one in list_changes(row.id, row, changed)]
        row = changed
    for day in range(5):
        copy = first
        for change in sorted(changes, key=lambda one: (one.day, one.number)):
            if change.day <= TODAY + timedelta(days=day):
                value = change.after
                copy = replace(copy, **{change.field: value})
        assert row_on(row, changes, TODAY + timedelta(days=day)) == copy
