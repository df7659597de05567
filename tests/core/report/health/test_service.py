"""What is to be seen to in each person's own row of the roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.bureau import Squad, new_bureau
from inspect_cli.core.names import Domain, EntityId, InspectorId
from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal, RecusalReason
from inspect_cli.core.report.health.finding import Ailment
from inspect_cli.core.report.health.roster import Place, Roster
from inspect_cli.core.report.health.service import find_service_ailments

TODAY, UNTIL = date(2026, 11, 20), date(2027, 1, 19)
# The Mondays and Tuesdays of two weeks of December stand for a month.
DAYS = tuple(date(2026, 12, day) for day in (7, 8, 14, 15))
BUREAU = new_bureau("示例局", "示")


def _person(number: int, **changes: Any) -> Inspector:
    person = Inspector(
        id=InspectorId(f"R{number}"),
        name=f"检查员{number}",
        skills=(Domain("safety"),),
        certificate=f"C-{number}",
        valid_until=date(2029, 1, 1),
    )
    return replace(person, **changes)


def _roster(*people: Inspector, **changes: Any) -> Roster:
    roster = Roster(
        people=people or (_person(1),),
        leave=(),
        bureau=BUREAU,
        zones=("网格01", "网格02"),
        today=TODAY,
        until=UNTIL,
        left={},
        next_days=DAYS,
    )
    return replace(roster, **changes)


def _told(roster: Roster) -> list[tuple[Ailment, str]]:
    return [(one.kind, one.subject) for one in find_service_ailments(roster)]


def test_a_healthy_roster_has_nothing_to_see_to() -> None:
    """A certificate, days to work, caps that can be met; an expert needs no certificate."""
    assert _told(_roster(_person(1), _person(2, is_expert=True, certificate=None, valid_until=None))) == []


class TestCertificates:
    """HEALTH-10: without a certificate, out of service, without a last day."""

    def test_each_is_told(self) -> None:
        """Whoever has no last day stands in one finding with the others."""
        people = (
            _person(1, certificate=None),
            _person(2, in_service=False, valid_until=None),
            _person(4, valid_until=None),
            _person(3, valid_until=None),
        )
        found = find_service_ailments(_roster(*people))
        assert [(one.kind, one.subject, one.others) for one in found] == [
            (Ailment.NO_CERTIFICATE, "R1", ()),
            (Ailment.OUT_OF_SERVICE, "R2", ()),
            (Ailment.LONG_TERM, "", ("R3", "R4")),
        ]


class TestZonesAndSquads:
    """HEALTH-11: where roster, registry and settings part."""

    def test_a_zone_of_nobody(self) -> None:
        """With what it looks like, and who has it."""
        found = find_service_ailments(
            _roster(_person(1, zones=("网格1", "西片")), _person(2, zones=("网格01", "西片")))
        )
        assert [(one.kind, one.subject, one.others) for one in found] == [
            (Ailment.IDLE_ZONE, "网格1", ("R1",)),
            (Ailment.IDLE_ZONE, "西片", ("R1", "R2")),
        ]
        assert str(found[0].what) == "网格1 looks like 网格01; on the roster: R1"

    def test_no_zone_in_common_with_the_squad(self) -> None:
        """Such a person visits nobody."""
        bureau = replace(BUREAU, squads=(Squad(name="一中队", zones=("网格02",)),))
        assert _told(_roster(_person(1, zones=("网格01",), squad="一中队"), bureau=bureau)) == [
            (Ailment.NO_COMMON_ZONE, "R1")
        ]

    def test_squads_that_only_one_side_knows(self) -> None:
        """The settings need not know any; where they know some, the others are told."""
        people = (_person(1, squad="二中队"), _person(2, squad="三中队"))
        bureau = replace(BUREAU, squads=(Squad(name="一中队"), Squad(name="三中队")))
        assert _told(_roster(*people, bureau=bureau)) == [
            (Ailment.UNKNOWN_SQUAD, "二中队"),
            (Ailment.EMPTY_SQUAD, "一中队"),
        ]
        assert _told(_roster(*people)) == []


class TestSamePeople:
    """HEALTH-12: one name, or one telephone number, which is never shown."""

    def test_one_telephone(self) -> None:
        """However it is written; those without one are not compared."""
        people = (
            _person(1, telephone="0000-1000001"),
            _person(2, telephone="00001000001"),
            _person(3, telephone="none"),
            _person(4),
        )
        (found,) = find_service_ailments(_roster(*people))
        assert (found.kind, found.subject, found.others) == (Ailment.SAME_TELEPHONE, "R1", ("R2",))
        assert "1000001" not in repr(found)

    def test_one_name(self) -> None:
        """With the zones of both."""
        people = (_person(1, name="张一", zones=("网格02",)), _person(2, name="张 一", zones=("网格01",)))
        (found,) = find_service_ailments(_roster(*people))
        assert (found.kind, found.others, found.zones) == (Ailment.NAMESAKE, ("R2",), ("网格01", "网格02"))


class TestDays:
    """HEALTH-13: a day in the next month on which somebody can work."""

    @pytest.mark.parametrize(("last", "is_told"), [(date(2026, 12, 14), False), (date(2026, 12, 15), True)])
    def test_leave_takes_the_days(self, last: date, is_told: bool) -> None:
        """All of them, or not all."""
        leave = Leave(inspector=InspectorId("R1"), first=date(2026, 12, 1), last=last, reason="产假")
        assert _told(_roster(leave=(leave,))) == [(Ailment.NO_DAY, "R1")] * is_told

    def test_weekdays_of_the_squad_and_leave_together(self) -> None:
        """A squad that works on Mondays, and leave on both of them."""
        bureau = replace(BUREAU, squads=(Squad(name="一中队", weekdays=(0,)),))
        leave = tuple(Leave(inspector=InspectorId("R1"), first=day, last=day, reason="") for day in DAYS[::2])
        person = _person(1, squad="一中队")
        assert _told(_roster(person, bureau=bureau, leave=leave)) == [(Ailment.NO_DAY, "R1")]
        assert _told(_roster(person, bureau=bureau, leave=leave[:1])) == []

    def test_whoever_may_not_act_is_not_told_again(self) -> None:
        """The certificate that lapses before is another finding."""
        assert _told(_roster(_person(1, valid_until=date(2026, 12, 6)))) == []

    def test_an_unknown_year_is_told(self) -> None:
        """And nobody's days are guessed."""
        (found,) = find_service_ailments(_roster(today=date(2026, 12, 5), next_days=None))
        assert (found.kind, found.subject) == (Ailment.UNKNOWN_YEAR, "2027")
        assert "2027-01" in str(found.what)


class TestCaps:
    """HEALTH-14: caps below 1, and a day's cap that a month's cap makes vain."""

    @pytest.mark.parametrize(
        ("changes", "squad_cap", "kinds"),
        [
            ({"day_cap": 0}, None, [Ailment.NO_CAP]),
            ({"month_cap": 0}, None, [Ailment.NO_CAP]),
            ({"day_cap": 3, "month_cap": 2}, None, [Ailment.CAP_ASKEW]),
            ({"day_cap": 3, "month_cap": 3}, 1, []),
            ({"squad": "一中队"}, 1, [Ailment.CAP_ASKEW]),
        ],
    )
    def test_caps(self, changes: dict[str, Any], squad_cap: int | None, kinds: list[Ailment]) -> None:
        """The person's own, else the squad's, else the bureau's: 2 a day and 20 a month."""
        bureau = replace(BUREAU, squads=(Squad(name="一中队", visits_a_month=squad_cap),)) if squad_cap else BUREAU
        person = _person(1, **{"squad": "一中队" if squad_cap else None, **changes})
        assert [kind for kind, _ in _told(_roster(person, bureau=bureau))] == kinds


def _recusal(**changes: Any) -> Recusal:
    return replace(Recusal(inspector=InspectorId("R1"), reason=RecusalReason.KIN), **changes)


PLACES = (
    Place(id=EntityId("E1"), zone="网格01", group="兴腾集团"),
    Place(id=EntityId("E2"), zone="网格01", group=None),
    Place(id=EntityId("E3"), zone="网格02", group=None),
)


class TestRecusals:
    """HEALTH-15: recusals that leave nobody, and those from a group of nobody."""

    @pytest.mark.parametrize(
        ("zones", "entities", "is_told"),
        [
            (("网格01",), ("E2",), True),
            (("网格01",), ("E3",), False),
            (("网格01", "网格02"), ("E2",), False),
            ((), ("E2",), False),
            ((), ("E2", "E3"), True),
        ],
    )
    def test_recused_from_everybody(self, zones: tuple[str, ...], entities: tuple[str, ...], is_told: bool) -> None:
        """The group's company E1 is barred with the others named."""
        recusals = (_recusal(group="兴腾 集团"), *(_recusal(entity=EntityId(id)) for id in entities))
        people = (_person(1, zones=zones), _person(2))
        roster = _roster(*people, recusals=recusals, places=PLACES)
        assert _told(roster) == [(Ailment.BARRED, "R1")] * is_told

    def test_recusals_of_other_days_and_zones_without_entities_bar_nobody(self) -> None:
        """What has ended, and where nobody is."""
        ended = tuple(_recusal(entity=one.id, end=date(2026, 11, 19)) for one in PLACES)
        assert _told(_roster(recusals=ended, places=PLACES)) == []
        nobody = _roster(_person(1, zones=("网格02",)), recusals=(_recusal(entity=EntityId("E1")),), places=PLACES[:2])
        assert _told(nobody) == []

    def test_whoever_visits_no_zone_is_told_for_that(self) -> None:
        """Not for the recusals besides."""
        bureau = replace(BUREAU, squads=(Squad(name="一中队", zones=("网格02",)),))
        person = _person(1, zones=("网格01",), squad="一中队")
        roster = _roster(person, bureau=bureau, recusals=(_recusal(entity=EntityId("E1")),), places=PLACES)
        assert _told(roster) == [(Ailment.NO_COMMON_ZONE, "R1")]

    def test_a_group_of_nobody(self) -> None:
        """With who is recused from it; one that has ended is not told."""
        recusals = (
            _recusal(group="散伙集团"),
            _recusal(group="散伙集团", inspector=InspectorId("R0")),
            _recusal(group="旧集团", end=date(2026, 11, 19)),
            _recusal(group="兴腾集团"),
        )
        found = find_service_ailments(_roster(recusals=recusals, places=PLACES))
        assert [(one.kind, one.subject, one.others) for one in found] == [
            (Ailment.EMPTY_GROUP, "散伙集团", ("R0", "R1"))
        ]
