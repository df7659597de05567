"""Closing days for visits, and opening them again."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.registry.blackouts import close_days, reopen_days
from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.calendar import find_blackouts
from inspect_cli.storage.visits import find_visits
from tests import small_month as month

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 9)
ACTOR = month.actor_on("2026-11-20")


def closing(first: date = FIRST, last: date = LAST, **change: Any) -> Blackout:
    """Build the closing of three days."""
    values: dict[str, Any] = {"first": first, "last": last, "reason": "防汛演练"}
    return Blackout(**(values | change))


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the small month's registries, on both databases."""
    return month.fill(store_url)


def stored(store: Store) -> tuple[Blackout, ...]:
    """Read everything that is closed."""
    with store.reading() as session:
        return find_blackouts(session, first=date(2000, 1, 1), last=date(2999, 1, 1))


def logged(store: Store) -> list[tuple[str, str, dict[str, Any]]]:
    """Read what the log says of working days."""
    with store.reading() as session:
        acts = find_acts(session)
    return [(one.act, one.subject, json.loads(one.detail)) for one in acts if one.act.startswith("workdays")]


@pytest.mark.parametrize(
    ("whom", "detail"), [({}, {}), ({"zone": "东片"}, {"zone": "东片"}), ({"entity": "E01"}, {"entity": "E01"})]
)
def test_closed_once(store: Store, whom: dict[str, Any], detail: dict[str, str]) -> None:
    """BLACK-1, BLACK-2: what is closed is kept with whom it concerns, once, and logged once."""
    wanted = closing(**whom)
    assert close_days(store, ACTOR, month.BUREAU, wanted).is_new
    assert not close_days(store, ACTOR, month.BUREAU, wanted).is_new
    assert stored(store) == (wanted,)
    assert logged(store) == [("workdays close", "2026-12-07..2026-12-09", {**detail, "reason": "防汛演练"})]


@pytest.mark.parametrize(
    "wanted",
    [
        closing(LAST, FIRST),
        closing(reason=" "),
        closing(zone="西片"),
        closing(zone="东片 "),
        closing(zone="%"),
        closing(entity=EntityId("E99")),
        closing(entity=EntityId("' OR 1=1 --")),
        closing(zone="东片", entity=EntityId("E01")),
    ],
)
def test_refused(store: Store, wanted: Blackout) -> None:
    """BLACK-2: a zone or an entity that nobody has, days in the wrong order, no reason: nothing is closed, nothing is logged."""
    with pytest.raises(UsageMistake):
        close_days(store, ACTOR, month.BUREAU, wanted)
    assert (stored(store), logged(store)) == ((), [])


def test_another_reason(store: Store) -> None:
    """BLACK-4: the same days for another reason are refused, with the way out; an auditor closes nothing."""
    close_days(store, ACTOR, month.BUREAU, closing())
    with pytest.raises(RefusedError, match="another reason"):
        close_days(store, ACTOR, month.BUREAU, closing(reason="停电"))
    with pytest.raises(RefusedError):
        close_days(store, month.actor_on("2026-11-20", name=month.AUDITOR), month.BUREAU, closing())
    with pytest.raises(RefusedError):
        reopen_days(store, month.actor_on("2026-11-20", name=month.AUDITOR), month.BUREAU, closing())


def test_reopened(store: Store) -> None:
    """BLACK-4: a day in the middle is opened again for exactly those whom it was closed for, and the rest stays."""
    zone = closing(zone="东片")
    for wanted in (closing(), zone):
        close_days(store, ACTOR, month.BUREAU, wanted)
    middle = date(2026, 12, 8)
    assert reopen_days(store, ACTOR, month.BUREAU, closing(middle, middle, reason="")) == (closing(),)
    assert stored(store) == (closing(FIRST, FIRST), zone, closing(LAST, LAST))
    assert logged(store)[-1] == ("workdays reopen", "2026-12-08", {})
    with pytest.raises(RefusedError, match="nothing is closed"):
        reopen_days(store, ACTOR, month.BUREAU, closing(middle, middle, reason=""))
    with pytest.raises(UsageMistake):
        reopen_days(store, ACTOR, month.BUREAU, closing(LAST, FIRST))


def test_planned_visits(store: Store) -> None:
    """BLACK-2: visits in force that are planned on the days are named, of the zone or entity that is meant, recorded ones aside."""
    slot = month.draw_month(store)
    with store.reading() as session:
        visits = [one for one in find_visits(session, slot) if one.day is not None]
    one = visits[0]
    assert one.day is not None
    december = (date(2026, 12, 1), date(2026, 12, 31))
    everybody = close_days(store, ACTOR, month.BUREAU, closing(*december)).planned
    assert [(each.entity, each.day) for each in everybody] == [(each.entity, each.day) for each in visits]
    assert len(close_days(store, ACTOR, month.BUREAU, closing(*december, zone="东片")).planned) == len(visits)
    single = close_days(store, ACTOR, month.BUREAU, closing(*december, entity=one.entity)).planned
    assert [each.entity for each in single] == [one.entity]
    january = (date(2027, 1, 1), date(2027, 1, 31))
    assert close_days(store, ACTOR, month.BUREAU, closing(*january)).planned == ()
