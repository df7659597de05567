"""The act log: what was done stands there as it was done, in its order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.people import Approval
from inspect_cli.storage.act_log import Act, add_act, find_acts
from tests.registry_rows import HOSTILE, TODAY, an_actor

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store


def test_an_act_is_kept_with_its_clock_and_day(store: Store) -> None:
    """Who, what, to what, when with the offset, for which day, by whose leave: all of it comes back."""
    actor = an_actor(day=date(2026, 12, 1))
    with store.transaction() as session:
        act = Act(act="draw void", subject="2026-12/1", detail={"b": [1, True, None], "a": "字"})
        add_act(session, actor, replace(act, approval=Approval(approver="乙", reason="camera")))
    with store.reading() as session:
        (found,) = find_acts(session)
    assert found.clock == "2026-11-20T09:00:00+08:00"
    assert (found.number, found.day, found.actor, found.act) == (1, date(2026, 12, 1), "操作员甲", "draw void")
    assert (found.subject, found.approver, found.reason) == ("2026-12/1", "乙", "camera")
    assert json.loads(found.detail) == {"a": "字", "b": [1, True, None]}
    assert found.is_dated_elsewhere


def test_a_day_is_the_clocks_own_where_nobody_set_another(store: Store) -> None:
    """Without --today an act is not marked; the clock's day is its own, not that of Greenwich."""
    night = replace(an_actor(), clock=datetime.fromisoformat("2026-11-20T01:00:00+08:00"))
    with store.transaction() as session:
        add_act(session, night, Act(act="entity import", subject="x", detail={}))
    with store.reading() as session:
        assert not find_acts(session)[0].is_dated_elsewhere


def test_acts_are_found_by_kind_person_and_day(store: Store) -> None:
    """A noun finds all its acts and a whole name one; persons and days are exact."""
    kinds = ["entity import", "entity retire", "entity", "entityx import", "draw run"]
    with store.transaction() as session:
        for number, kind in enumerate(kinds):
            actor = an_actor(name=f"P{number % 2}", day=TODAY + timedelta(days=number))
            add_act(session, actor, Act(act=kind, subject="", detail={}))
    with store.reading() as session:
        assert [act.act for act in find_acts(session)] == kinds
        assert [act.act for act in find_acts(session, act="entity")] == ["entity import", "entity retire", "entity"]
        assert [act.act for act in find_acts(session, act="draw run")] == ["draw run"]
        assert [act.number for act in find_acts(session, by="P1")] == [2, 4]
        assert [act.number for act in find_acts(session, since=TODAY + timedelta(days=3))] == [4, 5]
        assert [act.number for act in find_acts(session, until=TODAY + timedelta(days=1))] == [1, 2]
        assert [act.number for act in find_acts(session, limit=2)] == [4, 5]
        assert [act.number for act in find_acts(session, act="entity", limit=1)] == [3]
        assert find_acts(session, act="Entity") == find_acts(session, act="entit_") == ()


def test_acts_are_found_by_a_word_of_their_subject(store: Store) -> None:
    """A slot finds the acts on it and on its visits; part of a word, another case or a wildcard finds nothing."""
    subjects = ["2026-12/1", "2026-12/1 E01", "2026-12/10", "a 2026-12/1 b", "E01 ", "e01", "%"]
    with store.transaction() as session:
        for subject in subjects:
            add_act(session, an_actor(), Act(act="draw run", subject=subject, detail={}))
    with store.reading() as session:
        found = {
            word: [act.number for act in find_acts(session, subject=word)]
            for word in ("2026-12/1", "E01", "E", "%", "2026-12/1 E01")
        }
    assert found == {"2026-12/1": [1, 2, 4], "E01": [2, 5], "E": [], "%": [7], "2026-12/1 E01": [2]}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_in_the_log_is_text(store: Store, name: str) -> None:
    """Names and subjects come back as they were."""
    with store.transaction() as session:
        add_act(session, an_actor(name=name), Act(act="entity retire", subject=name, detail={"reason": name}))
    with store.reading() as session:
        (found,) = find_acts(session, by=name)
    assert (found.actor, found.subject, json.loads(found.detail)["reason"]) == (name, name, name)
