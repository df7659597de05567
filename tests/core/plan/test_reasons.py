"""Why somebody is excluded, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from inspect_cli.core.bureau import Caps, Limit
from inspect_cli.core.names import EntityId, MatterId, Slot
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.frame.gathered import Carried
from inspect_cli.core.plan.frame.reasons import explain_exclusions
from inspect_cli.core.plan.plan import Scope
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.language import translate
from tests.core.plan.builders import (
    DAYS,
    LABOUR,
    SAFETY,
    bureau,
    checked,
    entity,
    gathered,
    matter,
    plan,
    share,
    undrawn,
    visit,
)

SPRING, SUMMER = date(2026, 3, 3), date(2026, 6, 6)
BOTH = (LABOUR, SAFETY)
CARRIED = Carried(slot=Slot("2026-11/1"), entity=EntityId("E1"), domains=(LABOUR,))


def words_of(**change: Any) -> dict[str | None, str]:
    """Tell the reason of each exclusion in English, by the domain that is left out, None for the entity as a whole."""
    found = gathered(**({"matters": (matter("M1"), matter("S1", SAFETY))} | change))
    explained = explain_exclusions(found, build_frame(found))
    return {row.domain: translate(why) for row, why in explained}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"entities": (entity(retired=date(2026, 12, 1)),)}, "left the registry on 2026-12-01"),
        ({"visits": (visit("E1", DAYS[0]),)}, "visited in the month: 2026-12-01 by elsewhere"),
        (
            {"visits": (replace(visit("E1", DAYS[0]), source=Slot("2026-12/7")),)},
            "visited in the month: 2026-12-01 by elsewhere, 2026-12/7",
        ),
        ({"drawn": (EntityId("E1"),)}, "drawn in the month already, by a visit that has no day or was ended"),
        (
            {"undrawn": (undrawn("E9"), undrawn("E1", slot="2026-12/8"))},
            "in the frame of 2026-12/8, which is not drawn yet",
        ),
        (
            {"visits": (visit("E1", SPRING), visit("E1", SUMMER)), "bureau": bureau(cap=2, cooling_off=0)},
            "2 of 2 visits of the year are used (rule): 2026-06-06 by elsewhere, 2026-03-03 by elsewhere",
        ),
        (
            {"visits": (visit("E1", date(2026, 9, 30)),), "bureau": bureau(cooling_off=5)},
            "visited on 2026-09-30; the 5 months of cooling-off end on 2027-02-28 (rule)",
        ),
        ({"plan": plan(scope=Scope(fields=(("zone", ("Z9",)),)))}, "outside the scope of the plan"),
        ({"plan": plan(shares=(share(SAFETY),))}, "the plan has no share for any of its strata"),
        (
            {"blackouts": tuple(Blackout(first=day, last=day, reason="fair", entity=EntityId("E1")) for day in DAYS)},
            "no day of the plan is left, because of days without visits: fair",
        ),
        ({"plan": plan(shares=(share(ratio="0", allow_zero=True),))}, "the plan draws nobody from its strata"),
    ],
)
def test_whole(change: dict[str, Any], words: str) -> None:
    """EXCLUDE-1 to EXCLUDE-6: each reason names what it rests on: days, who came, the number with its basis, the slot."""
    assert words_of(**change) == {None: words}


def test_class_cap() -> None:
    """CAP-1: named is the cap that holds, with its own basis."""
    caps = Caps(classes=(("A", Limit(number=1, basis="分类监管")),))
    found = words_of(visits=(visit("E1", SPRING),), bureau=bureau(cooling_off=0, caps=caps))
    assert found == {None: "1 of 1 visits of the year are used (分类监管): 2026-03-03 by elsewhere"}


def test_many_visits() -> None:
    """EXCLUDE-4: of many visits the latest are named, and how many more there are."""
    visits = tuple(visit("E1", SPRING + timedelta(days=number)) for number in range(9))
    (words,) = words_of(visits=visits, bureau=bureau(cap=9, cooling_off=0)).values()
    assert words.startswith("9 of 9 visits of the year are used (rule): 2026-03-11 by elsewhere, ")
    assert words.endswith("2026-03-06 by elsewhere, and 3 more")


class TestDomains:
    """EXCLUDE-6, EXCLUDE-8, CARRY-2: a domain that is left out has a reason of its own."""

    def test_uncovered(self) -> None:
        """EXCLUDE-6: the plan does not draw for it."""
        found = words_of(entities=(entity(domains=BOTH),))
        assert found == {SAFETY: "the plan has no share for its stratum"}

    def test_cap(self) -> None:
        """EXCLUDE-8: its own cap is named, or its matters."""
        both = {"entities": (entity(domains=BOTH),), "plan": plan(shares=(share(), share(SAFETY)))}
        visits = (checked("E1", SPRING, SAFETY, matters=("S1",)),)
        limit = Limit(number=1, basis="专项规定")
        by_domain = bureau(cooling_off=0, caps=Caps(domains=((LABOUR, limit), (SAFETY, limit))))
        assert words_of(visits=visits, bureau=by_domain, **both) == {
            SAFETY: "1 of 1 visits of the year are used (专项规定): 2026-03-03 by elsewhere"
        }
        by_matter = bureau(cooling_off=0, caps=Caps(matters=((MatterId("S1"), limit),)))
        assert words_of(visits=visits, bureau=by_matter, **both) == {
            SAFETY: "all its matters are at their caps this year: S1"
        }

    def test_all_domains(self) -> None:
        """EXCLUDE-8: an entity without another domain of the plan is told each domain's reason."""
        caps = Caps(domains=((LABOUR, Limit(number=1, basis="x")),))
        found = words_of(
            entities=(entity(domains=BOTH),),
            visits=(checked("E1", SPRING, LABOUR),),
            bureau=bureau(cooling_off=0, caps=caps),
        )
        assert found == {
            None: "all domains are at their caps: Labour: 1 of 1 visits of the year are used (x): 2026-03-03 by elsewhere"
        }

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (
                {"visits": (visit("E1", SPRING),), "bureau": bureau(cap=1, cooling_off=0)},
                "1 of 1 visits of the year are used (rule): 2026-03-03 by elsewhere",
            ),
            (
                {"visits": (visit("E1", date(2026, 11, 3)),)},
                "visited on 2026-11-03; the 3 months of cooling-off end on 2027-02-03 (rule)",
            ),
            (
                {"plan": plan(shares=(share(), share(SAFETY)), scope=Scope(fields=(("zone", ("Z9",)),)))},
                "outside the scope of the plan",
            ),
        ],
    )
    def test_beside_what_was_carried_over(self, change: dict[str, Any], words: str) -> None:
        """CARRY-2: what keeps the other domains out is told as it would be of the entity."""
        values: dict[str, Any] = {"entities": (entity(domains=BOTH),), "plan": plan(shares=(share(), share(SAFETY)))}
        assert words_of(carried=(CARRIED,), **(values | change)) == {SAFETY: words}

    def test_carried_over_without_a_day(self) -> None:
        """CARRY-1: a visit that was carried over and has no day left is told so, although no share covers its stratum."""
        away = Blackout(first=DAYS[0], last=DAYS[-1], reason="停产", entity=EntityId("E1"))
        found = words_of(carried=(CARRIED,), blackouts=(away,), plan=plan(shares=(share(stratum="B"),)))
        assert found == {None: "no day of the plan is left, because of days without visits: 停产"}
