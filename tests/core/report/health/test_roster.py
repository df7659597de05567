"""What of the roster lapses soon, and what hangs on too few people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.bureau import DomainLabel, Rules, Squad, TeamSize, ZoneRule, new_bureau
from inspect_cli.core.names import Domain, InspectorId
from inspect_cli.core.registry.inspector import Inspector, Leave
from inspect_cli.core.report.health.finding import Ailment
from inspect_cli.core.report.health.roster import Roster, find_thinness

TODAY, UNTIL = date(2026, 12, 1), date(2027, 1, 30)
HEALTH, SAFETY = Domain("health"), Domain("safety")
BUREAU = replace(
    new_bureau("示例局", "示"),
    domains=(DomainLabel(domain=SAFETY, zh="安全", en="Safety"), DomainLabel(domain=HEALTH, zh="卫生", en="Health")),
)


def _inspector(number: int, **changes: Any) -> Inspector:
    values: dict[str, Any] = {"skills": (HEALTH, SAFETY), "certificate": f"C-{number}", "may_lead": True} | changes
    return Inspector(id=InspectorId(f"R{number}"), name=f"检查员{number}", **values)


def _roster(*people: Inspector, **changes: Any) -> Roster:
    roster = Roster(
        people=people or (_inspector(1), _inspector(2)),
        leave=(),
        bureau=BUREAU,
        zones=(),
        today=TODAY,
        until=UNTIL,
        left={},
    )
    return replace(roster, **changes)


def _told(roster: Roster) -> list[tuple[Ailment, str]]:
    return [(one.kind, one.subject) for one in find_thinness(roster)]


def test_a_healthy_roster_has_nothing_to_see_to() -> None:
    """Two who may lead and know every domain are enough."""
    assert find_thinness(_roster()) == ()


class TestCertificates:
    """HEALTH-1: told is what has lapsed, and what lapses from today to the last day looked at, with what it leaves behind."""

    @pytest.mark.parametrize(
        ("valid_until", "kinds"),
        [
            (date(2026, 11, 30), [Ailment.LAPSED]),
            (TODAY, [Ailment.LAPSES]),
            (UNTIL, [Ailment.LAPSES]),
            (date(2027, 1, 31), []),
            (None, []),
        ],
    )
    def test_a_lapse_is_told_to_the_day(self, valid_until: date | None, kinds: list[Ailment]) -> None:
        """The last day of a certificate is a day on which somebody can still act."""
        people = (_inspector(1), _inspector(2), _inspector(3, valid_until=valid_until))
        found = find_thinness(_roster(*people))
        assert [one.kind for one in found] == kinds
        assert all((one.subject, one.day) == ("R3", valid_until) for one in found)

    def test_what_a_lapse_leaves_behind_is_told(self) -> None:
        """The domains that too few are left for, and the working days of the month that are lost."""
        last = date(2026, 12, 15)
        people = (_inspector(1), _inspector(2, skills=(HEALTH,)), _inspector(3, valid_until=last))
        lapse = find_thinness(_roster(*people, left={last: 12}))[0]
        assert lapse.kind is Ailment.LAPSES
        assert "working days of 2026-12 behind it: 12" in str(lapse.what)
        assert lapse.what.values["domains"] == (BUREAU.domain_term(SAFETY),)

    def test_an_unknown_year_is_not_guessed(self) -> None:
        """Where the working days are not known, their number is not told."""
        found = find_thinness(_roster(_inspector(1), _inspector(2), _inspector(3, valid_until=UNTIL)))
        assert "the working days of 2027 are not known" in str(found[0].what)

    def test_whoever_is_out_of_service_has_no_certificate_to_lose(self) -> None:
        """Neither one that has lapsed nor one that will."""
        gone = (
            _inspector(3, valid_until=date(2026, 11, 30), in_service=False),
            _inspector(4, valid_until=UNTIL, in_service=False),
        )
        assert find_thinness(_roster(_inspector(1), _inspector(2), *gone)) == ()

    def test_an_expert_leaves_no_domain_behind(self) -> None:
        """Experts never counted for it."""
        expert = _inspector(3, is_expert=True, certificate=None, skills=(SAFETY,), valid_until=TODAY)
        (lapse,) = find_thinness(_roster(_inspector(1), _inspector(2), expert))
        assert "domains" not in lapse.what.values

    def test_lapses_are_sorted_by_day(self) -> None:
        """The first one first."""
        lapsing = (_inspector(3, valid_until=date(2026, 12, 9)), _inspector(4, valid_until=date(2026, 12, 8)))
        found = _told(_roster(_inspector(1), _inspector(2), *lapsing))
        assert found == [(Ailment.LAPSES, "R4"), (Ailment.LAPSES, "R3")]


class TestPeople:
    """HEALTH-2 and HEALTH-4: domains that hang on one person, and roles that nobody has."""

    def test_a_domain_of_one_inspector_is_thin(self) -> None:
        """An expert does not count, nor does whoever may not act on the last day looked at any more."""
        expert = _inspector(3, is_expert=True, skills=(SAFETY,))
        lapsing = _inspector(2, valid_until=date(2026, 12, 15))
        ailments = find_thinness(_roster(_inspector(1), lapsing, expert))
        found = [one for one in ailments if one.kind is Ailment.THIN_SKILL]
        assert [one.subject for one in found] == ["safety", "health"]
        assert [(one.what.values["now"], one.what.values["then"]) for one in found] == [(2, 1), (2, 1)]

    def test_each_domain_needs_somebody_who_may_lead(self) -> None:
        """Where others of the domain are there, but none of them may."""
        people = (_inspector(1, skills=(HEALTH,)), _inspector(2, may_lead=False), _inspector(3, may_lead=False))
        assert _told(_roster(*people)) == [(Ailment.NO_LEADER, "safety")]

    def test_a_domain_that_nobody_has_is_worse_than_thin_and_told_once(self) -> None:
        """That nobody may lead in it says nothing new."""
        people = (_inspector(1, skills=(HEALTH,)), _inspector(2, skills=(HEALTH,)))
        assert _told(_roster(*people)) == [(Ailment.NO_SKILL, "safety")]

    def test_a_roster_without_a_leader_is_told_once(self) -> None:
        """Not for each domain."""
        people = (_inspector(1, may_lead=False), _inspector(2, may_lead=False))
        assert _told(_roster(*people)) == [(Ailment.NO_LEADER, "")]

    def test_a_domain_that_wants_an_expert_has_one(self) -> None:
        """With its skill, and valid on the last day looked at."""
        bureau = replace(BUREAU, team=TeamSize(expert_domains=(HEALTH, SAFETY)))
        experts = (
            _inspector(3, is_expert=True, skills=(SAFETY,)),
            _inspector(4, is_expert=True, skills=(HEALTH,), valid_until=date(2027, 1, 29)),
        )
        found = _told(_roster(_inspector(1), _inspector(2), *experts, bureau=bureau))
        assert found == [(Ailment.LAPSES, "R4"), (Ailment.NO_EXPERT, "health")]


class TestZones:
    """HEALTH-3: a zone that fewer inspectors visit than a team needs is thin."""

    def test_a_zone_that_too_few_visit_is_thin(self) -> None:
        """Whoever names no zone visits all of them."""
        people = (_inspector(1), _inspector(2, zones=("东片",)), _inspector(3, zones=("西片",)))
        assert _told(_roster(*people, zones=("东片", "北片"))) == [(Ailment.THIN_ZONE, "北片")]

    def test_a_zone_that_nobody_visits_is_worse_than_thin(self) -> None:
        """It is told as such, with the zone that it touches."""
        people = (_inspector(1, zones=("东片",)), _inspector(2, zones=("东片",)))
        (found,) = find_thinness(_roster(*people, zones=("东片", "北片")))
        assert (found.kind, found.subject, found.zones) == (Ailment.EMPTY_ZONE, "北片", ("北片",))

    def test_squads_and_the_zone_rule_count(self) -> None:
        """Somebody with no zone in common with their squad visits none; where anybody visits anywhere, no zone is thin."""
        bureau = replace(BUREAU, squads=(Squad(name="一中队", zones=("西片",)),))
        people = (_inspector(1), _inspector(2, zones=("东片",), squad="一中队"))
        assert _told(_roster(*people, zones=("东片",), bureau=bureau)) == [(Ailment.THIN_ZONE, "东片")]
        anywhere = replace(bureau, rules=Rules(zones=ZoneRule.ANY))
        assert _told(_roster(*people, zones=("东片",), bureau=anywhere)) == []


def _leave(**changes: Any) -> Leave:
    return Leave(reason="产假", **changes)


class TestLeave:
    """HEALTH-5: leave of a fortnight and more is told where it touches the days looked at."""

    @pytest.mark.parametrize(
        ("first", "last", "is_told"),
        [
            (date(2026, 12, 7), date(2026, 12, 20), True),
            (date(2026, 12, 7), date(2026, 12, 19), False),
            (date(2026, 11, 1), date(2026, 12, 1), True),
            (date(2026, 11, 1), date(2026, 11, 30), False),
            (date(2027, 1, 30), date(2027, 3, 1), True),
            (date(2027, 1, 31), date(2027, 3, 1), False),
        ],
    )
    def test_long_leave_is_told(self, first: date, last: date, is_told: bool) -> None:
        """To the day."""
        leave = _leave(inspector=InspectorId("R1"), first=first, last=last)
        found = find_thinness(_roster(leave=(leave,)))
        assert [(one.kind, one.subject, one.day) for one in found] == [(Ailment.LONG_LEAVE, "R1", first)] * is_told

    def test_leave_of_somebody_who_has_left_is_not(self) -> None:
        """They are on no roster."""
        leave = _leave(inspector=InspectorId("R9"), first=TODAY, last=UNTIL)
        assert find_thinness(_roster(leave=(leave,))) == ()
