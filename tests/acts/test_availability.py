"""Single leaves and recusals: entered once, for known people, in the right order of days."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry.availability import LeaveBack, grant_leave, take_leave_back
from inspect_cli.acts.registry.entities import import_entities
from inspect_cli.acts.registry.inspectors import import_inspectors
from inspect_cli.acts.registry.recusals import (
    RecusalEnd,
    count_members,
    end_recusal,
    parse_reason,
    recuse,
)
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.people import Person, Role
from inspect_cli.core.registry.inspector import RecusalReason
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.registries import find_leave, find_recusals, update_entities
from tests.registry_rows import a_leave, a_recusal, an_actor, an_entity, an_inspector, an_order
from tests.stores import make_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.storage.engine import Store

AUDITOR = (Person(name="操作员甲", roles=(Role.AUDITOR,)),)
R001 = InspectorId("R001")


def _back(first: int, last: int, reason: str = "提前返岗") -> LeaveBack:
    return LeaveBack(inspector=R001, first=date(2026, 12, first), last=date(2026, 12, last), reason=reason)


def _end(on: date, reason: str = "term-over") -> RecusalEnd:
    return RecusalEnd(inspector=R001, entity=an_entity().id, on=on, reason=reason)


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with one entity and one inspector."""
    store = make_store(store_url)
    import_entities(store, an_actor(), an_order(an_entity()))
    import_inspectors(store, an_actor(), an_order(an_inspector()))
    return store


def test_leave_is_entered_once(store: Store) -> None:
    """The first time is new, the second changes nothing, and other words for the same days are refused."""
    assert grant_leave(store, an_actor(), (), a_leave())
    assert not grant_leave(store, an_actor(), (), a_leave())
    with pytest.raises(RefusedError, match="another reason"):
        grant_leave(store, an_actor(), (), a_leave(reason="病假"))
    assert grant_leave(store, an_actor(), (), a_leave(last=date(2026, 12, 12), reason="病假"))
    with store.reading() as session:
        assert len(find_leave(session)) == 2
        assert [act.detail for act in find_acts(session, act="inspector leave")] == [
            '{"from":"2026-12-07","to":"2026-12-11"}',
            '{"from":"2026-12-07","to":"2026-12-12"}',
        ]


def test_a_recusal_is_entered_once_and_its_reason_stays_inside(store: Store) -> None:
    """The pair is entered once for each reason; the log names the pair and the days."""
    bounded = a_recusal(start=date(2026, 1, 1))
    assert recuse(store, an_actor(), (), a_recusal())
    assert not recuse(store, an_actor(), (), a_recusal())
    assert recuse(store, an_actor(), (), bounded)
    with store.reading() as session:
        assert find_recusals(session) == (a_recusal(), bounded)
        acts = find_acts(session, act="inspector recuse")
    assert [act.subject for act in acts] == ["R001", "R001"]
    assert all(an_entity().id in act.detail and "kin" not in act.detail for act in acts)


def test_a_recusal_has_a_reason(store: Store) -> None:
    """An unknown word is refused with the list of words, and another reason wants to be said; nobody is barred."""
    with pytest.raises(UsageMistake, match="no reason of recusal") as caught:
        parse_reason("kin-secret")
    assert "亲属关系 (kin)" in str(caught.value.hint)
    with pytest.raises(UsageMistake, match="said in words"):
        recuse(store, an_actor(), (), a_recusal(reason=RecusalReason.OTHER, note=" "))
    with store.reading() as session:
        assert find_recusals(session) == ()


def test_a_recusal_from_a_group(store: Store) -> None:
    """RECUSE-4, RECUSE-5: a group need not be known, is named in the log without the reason, counts who is in it, and is ended as such."""
    recusal = a_recusal(entity=None, group="某某集团", reason=RecusalReason.OTHER, note="配偶任职")
    assert count_members(store, "某某集团") == 0
    assert recuse(store, an_actor(), (), recusal)
    assert not recuse(store, an_actor(), (), recusal)
    with store.transaction() as session:
        update_entities(session, [an_entity(group="某某 集团")])
    assert count_members(store, "某某集团") == 1
    with pytest.raises(UsageMistake, match="to which 91350100M000100Y43 belongs") as caught:
        end_recusal(store, an_actor(), (), _end(date(2026, 12, 31)))
    assert "--group '某某 集团'" in str(caught.value.hint)
    ending = replace(_end(date(2026, 12, 31)), entity=None, group="某某集团")
    assert end_recusal(store, an_actor(), (), ending)
    assert not end_recusal(store, an_actor(), (), ending)
    with store.reading() as session:
        assert find_recusals(session) == (replace(recusal, end=date(2026, 12, 31)),)
        acts = find_acts(session, act="inspector recuse")
    assert [json.loads(act.detail)["group"] for act in acts] == ["某某集团", "某某集团"]
    assert all("配偶" not in act.detail and "other" not in act.detail for act in acts)
    with pytest.raises(UsageMistake, match="no recusal keeps R001 and 另一集团 apart"):
        end_recusal(store, an_actor(), (), replace(ending, group="另一集团"))


def test_a_recusal_names_one_company_or_one_group(store: Store) -> None:
    """RECUSE-4: both, or neither, is a mistake of use, entered or ended."""
    with pytest.raises(UsageMistake, match="one company or one group"):
        recuse(store, an_actor(), (), a_recusal(group="某某集团"))
    with pytest.raises(UsageMistake, match="one company or one group"):
        recuse(store, an_actor(), (), a_recusal(entity=None))
    with pytest.raises(UsageMistake, match="one company or one group"):
        end_recusal(store, an_actor(), (), replace(_end(date(2026, 12, 31)), group="某某集团"))


def test_strangers_and_impossible_days_are_usage_mistakes(store: Store) -> None:
    """Unknown people and days in the wrong order are told, and nothing is entered."""
    with pytest.raises(UsageMistake, match="R9"):
        grant_leave(store, an_actor(), (), a_leave(inspector=InspectorId("R9")))
    with pytest.raises(UsageMistake, match="R9"):
        recuse(store, an_actor(), (), a_recusal(inspector=InspectorId("R9")))
    with pytest.raises(UsageMistake, match="E9"):
        recuse(store, an_actor(), (), a_recusal(entity=EntityId("E9")))
    with pytest.raises(UsageMistake, match="2026-12-06"):
        grant_leave(store, an_actor(), (), a_leave(last=date(2026, 12, 6)))
    with pytest.raises(UsageMistake, match="before the first"):
        recuse(store, an_actor(), (), a_recusal(start=date(2026, 2, 1), end=date(2026, 1, 1)))
    with store.reading() as session:
        assert (find_leave(session), find_recusals(session)) == ((), ())


def test_leave_is_taken_back(store: Store) -> None:
    """LEAVE-1: the days fall out of every leave that has them, what is left stays, and the log says which days and why."""
    for last in (9, 11, 12):
        grant_leave(store, an_actor(), (), a_leave(last=date(2026, 12, last)))
    found = take_leave_back(store, an_actor(), (), _back(10, 11))
    assert [leave.last.day for leave in found] == [11, 12]
    with store.reading() as session:
        assert [(leave.first.day, leave.last.day) for leave in find_leave(session)] == [(7, 9), (12, 12)]
        (act,) = find_acts(session, act="inspector leave remove")
    assert act.subject == "R001"
    assert json.loads(act.detail) == {"from": "2026-12-10", "to": "2026-12-11", "reason": "提前返岗"}


def test_leave_that_is_not_there_is_not_taken_back(store: Store) -> None:
    """Days without leave, days in the wrong order, strangers and no reason are usage mistakes, and nothing changes."""
    grant_leave(store, an_actor(), (), a_leave())
    for order, words in (
        (_back(12, 13), "no leave on these days"),
        (_back(11, 10), "before the first"),
        (_back(10, 11, " "), "no reason"),
        (replace(_back(10, 11), inspector=InspectorId("R9")), "R9"),
    ):
        with pytest.raises(UsageMistake, match=words):
            take_leave_back(store, an_actor(), (), order)
    with store.reading() as session:
        assert find_leave(session) == (a_leave(),)
        assert find_acts(session, act="inspector leave remove") == ()


def test_a_recusal_is_ended_and_not_erased(store: Store) -> None:
    """RECUSE-1: every recusal of the pair that is in force ends with the day, once; the log names the pair and not the cause."""
    later = a_recusal(reason="shares", start=date(2027, 6, 1))
    for recusal in (a_recusal(), a_recusal(reason="shares"), later):
        recuse(store, an_actor(), (), recusal)
    day = date(2026, 12, 31)
    assert end_recusal(store, an_actor(), (), _end(day))
    assert not end_recusal(store, an_actor(), (), _end(day))
    with store.reading() as session:
        assert find_recusals(session) == (a_recusal(end=day), a_recusal(reason="shares", end=day), later)
        (act,) = find_acts(session, act="inspector recuse end")
    assert json.loads(act.detail) == {"entity": an_entity().id, "reason": "term-over", "to": "2026-12-31"}
    assert not end_recusal(store, an_actor(), (), _end(day))


def test_two_recusals_that_become_the_same_are_one(store: Store) -> None:
    """Ending a recusal where the same one ended that day already leaves one of them."""
    day = date(2026, 12, 31)
    for recusal in (a_recusal(), a_recusal(end=day)):
        recuse(store, an_actor(), (), recusal)
    assert end_recusal(store, an_actor(), (), _end(day))
    with store.reading() as session:
        assert find_recusals(session) == (a_recusal(end=day),)


def test_a_recusal_that_is_not_in_force_is_not_ended(store: Store) -> None:
    """A pair that nothing keeps apart, and a day on which nothing does, are told with the command that shows what there is."""
    with pytest.raises(UsageMistake, match="no recusal keeps"):
        end_recusal(store, an_actor(), (), _end(date(2026, 12, 31)))
    recuse(store, an_actor(), (), a_recusal(start=date(2026, 6, 1), end=date(2026, 6, 30)))
    for day in (date(2026, 5, 31), date(2026, 7, 1)):
        with pytest.raises(RefusedError, match="in force") as caught:
            end_recusal(store, an_actor(), (), _end(day))
        assert "inspector show R001" in str(caught.value.hint)
    with pytest.raises(UsageMistake, match="no reason"):
        end_recusal(store, an_actor(), (), _end(date(2026, 6, 15), reason=""))
    with pytest.raises(UsageMistake, match="R9"):
        end_recusal(store, an_actor(), (), replace(_end(date(2026, 6, 15)), inspector=InspectorId("R9")))


def test_only_an_operator_keeps_people_away_or_brings_them_back(store: Store) -> None:
    """Where the bureau lists its people, others are refused by the acts themselves, and nothing is logged."""
    with store.reading() as session:
        before = find_acts(session)
    acts: tuple[Callable[[], object], ...] = (
        lambda: grant_leave(store, an_actor(), AUDITOR, a_leave()),
        lambda: recuse(store, an_actor(), AUDITOR, a_recusal()),
        lambda: take_leave_back(store, an_actor(), AUDITOR, _back(10, 11)),
        lambda: end_recusal(store, an_actor(), AUDITOR, _end(date(2026, 12, 31))),
    )
    for act in acts:
        with pytest.raises(RefusedError, match="operator"):
            act()
    with store.reading() as session:
        assert find_acts(session) == before
