"""What is to be seen to among the entities, twins aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from inspect_cli.core.bureau import Applicable, Bureau, Rules, ZoneRule, new_bureau
from inspect_cli.core.names import Domain, EntityId, InspectorId
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.report.health.entities import EntityBook, find_entity_ailments
from inspect_cli.core.report.health.finding import Ailment
from inspect_cli.core.visit.result import ResultClass

TODAY = date(2026, 11, 20)
BUREAU = replace(new_bureau("示例局", "示"), zones=("网格01", "网格02"))
PERSON = Inspector(id=InspectorId("R1"), name="张一", skills=(Domain("safety"),), certificate="C-1")


def _entity(**changes: Any) -> Entity:
    entity = Entity(
        id=EntityId("91350100M000100Y43"),
        name="示例食品厂",
        domains=(Domain("safety"),),
        zone="网格01",
        industry="C14",
        size="小",
        risk_class="B",
        address="人民路8号",
        legal_representative="王一",
    )
    return replace(entity, **changes)


def _book(*entities: Entity, **changes: Any) -> EntityBook:
    book = EntityBook(
        entities=entities or (_entity(),), people=(PERSON,), bureau=BUREAU, today=TODAY, heard_of={}, last_file=TODAY
    )
    return replace(book, **changes)


def _told(book: EntityBook) -> list[tuple[Ailment, str]]:
    return [(one.kind, one.subject) for one in find_entity_ailments(book)]


def _kinds(book: EntityBook) -> list[Ailment]:
    return [kind for kind, _subject in _told(book)]


CODE = _entity().id


def test_a_healthy_row_has_nothing_to_see_to() -> None:
    """All fields, a visited zone of the settings, a code that holds; a retired row is not looked at."""
    gone = Entity(id=EntityId("E1"), name="旧", domains=(), retired=TODAY, retired_reason="注销")
    assert _told(_book(_entity(), gone)) == []


class TestFields:
    """HEALTH-16: what is missing is told field by field."""

    @pytest.mark.parametrize(
        ("field", "kind"),
        [
            ("zone", Ailment.NO_ZONE),
            ("risk_class", Ailment.NO_CLASS),
            ("industry", Ailment.NO_INDUSTRY),
            ("size", Ailment.NO_SIZE),
            ("address", Ailment.NO_ADDRESS),
            ("legal_representative", Ailment.NO_REPRESENTATIVE),
        ],
    )
    def test_a_missing_field_is_told(self, field: str, kind: Ailment) -> None:
        """With the zone that the finding touches, where there is one."""
        (found,) = find_entity_ailments(_book(_entity(**{field: None})))
        assert (found.kind, found.subject) == (kind, CODE)
        assert found.zones == (() if field == "zone" else ("网格01",))


class TestZones:
    """HEALTH-17: zones that the settings do not list, and zones that nobody visits."""

    def test_an_unlisted_zone_is_told_once(self) -> None:
        """With the number of its entities, and what it looks like."""
        rows = (_entity(zone="网格1"), _entity(id=EntityId("9" * 13), name="乙", address="x", zone="网格1"))
        found = [one for one in find_entity_ailments(_book(*rows)) if one.kind is Ailment.UNLISTED_ZONE]
        assert [(one.subject, str(one.what)) for one in found] == [("网格1", "网格1 looks like 网格01; entities: 2")]
        (found_other,) = find_entity_ailments(_book(_entity(zone="[/red]")))
        assert str(found_other.what) == "[/red] is no zone of the settings; entities: 1"

    def test_without_listed_zones_any_is_good(self) -> None:
        """The settings may leave them out."""
        assert _told(_book(_entity(zone="东片"), bureau=replace(BUREAU, zones=()))) == []

    def test_a_zone_that_nobody_visits_is_told(self) -> None:
        """An expert, somebody without a valid certificate and somebody of another zone do not visit it."""
        people = (
            replace(PERSON, is_expert=True),
            replace(PERSON, valid_until=date(2026, 11, 19)),
            replace(PERSON, zones=("网格02",)),
        )
        (found,) = find_entity_ailments(_book(people=people))
        assert (found.kind, found.subject, found.zones) == (Ailment.UNVISITED_ZONE, "网格01", ("网格01",))
        assert _told(_book(people=(*people, replace(PERSON, zones=("网格01",))))) == []
        anywhere = replace(BUREAU, rules=Rules(zones=ZoneRule.ANY))
        assert _told(_book(people=people, bureau=anywhere)) == []


class TestStale:
    """HEALTH-18: rows of which nothing was heard while files were taken."""

    @pytest.mark.parametrize(
        ("heard", "is_told"),
        [(TODAY - timedelta(days=400), False), (TODAY - timedelta(days=401), True), (None, False)],
    )
    def test_a_row_is_stale_to_the_day(self, heard: date | None, is_told: bool) -> None:
        """And where nothing is known of when it came, nothing is told."""
        book = _book(heard_of={} if heard is None else {CODE: heard})
        assert _told(book) == [(Ailment.STALE, CODE)] * is_told

    def test_other_days_can_be_asked_for(self) -> None:
        """Thirty, say."""
        heard = {CODE: TODAY - timedelta(days=31)}
        assert _kinds(_book(heard_of=heard, stale_days=30)) == [Ailment.STALE]
        assert _kinds(_book(heard_of=heard, stale_days=31)) == []

    def test_a_row_of_the_last_file_is_not_stale(self) -> None:
        """Where no file was taken since, there was no other word to have; then the registry is told, not the row."""
        long_ago = TODAY - timedelta(days=401)
        assert _told(_book(heard_of={CODE: long_ago}, last_file=long_ago)) == [(Ailment.OLD_REGISTRY, "")]
        assert _told(_book(heard_of={CODE: long_ago}, last_file=None)) == []
        assert _told(_book(last_file=TODAY - timedelta(days=400))) == []

    def test_a_visit_after_the_last_file_is_a_word(self) -> None:
        """Whoever was visited is there."""
        heard, last = TODAY - timedelta(days=20), TODAY - timedelta(days=25)
        assert _told(_book(heard_of={CODE: heard}, last_file=last, stale_days=19)) == [(Ailment.OLD_REGISTRY, "")]
        same = _book(heard_of={CODE: last}, last_file=last, stale_days=25)
        assert _told(same) == []


class TestRiskClass:
    """HEALTH-19: a class of more than a year ago is old."""

    @pytest.mark.parametrize(
        ("day", "today", "is_told"),
        [
            (date(2025, 11, 20), TODAY, False),
            (date(2025, 11, 19), TODAY, True),
            (date(2024, 2, 29), date(2025, 2, 28), False),
            (date(2024, 2, 29), date(2025, 3, 1), True),
            (date(2027, 1, 1), TODAY, False),
        ],
    )
    def test_a_class_is_old_to_the_day(self, day: date, today: date, is_told: bool) -> None:
        """Leap days too."""
        book = _book(_entity(risk_class_date=day), today=today, last_file=None)
        assert [(one.kind, one.day) for one in find_entity_ailments(book)] == [(Ailment.OLD_CLASS, day)] * is_told

    def test_a_day_without_a_class_is_old_too(self) -> None:
        """And the class is missing besides."""
        book = _book(_entity(risk_class=None, risk_class_date=date(2020, 1, 1)))
        assert _kinds(book) == [Ailment.NO_CLASS, Ailment.OLD_CLASS]


class TestStatus:
    """HEALTH-20: a status that says it is gone."""

    @pytest.mark.parametrize(
        "status",
        ["注销", "已註銷", "吊销，未注销", "吊销(未注销)", "被撤销", "迁出", "停业", "歇业", "已关闭停业或正在组织清算",
         "Deregistered", "Moved out", "REVOKED"],
    )  # fmt: skip
    def test_gone(self, status: str) -> None:
        """In whatever words and characters."""
        (found,) = find_entity_ailments(_book(_entity(registration_status=status)))
        assert (found.kind, found.what.values["status"]) == (Ailment.GONE, status)

    @pytest.mark.parametrize("status", [None, "存续", "在营（开业）企业", "存续（未注销）", "active", "[/red]"])
    def test_not_gone(self, status: str | None) -> None:
        """All else is there."""
        assert _told(_book(_entity(registration_status=status))) == []

    @pytest.mark.parametrize(("result", "is_told"), [(8, False), (9, True), (13, True)])
    def test_gone_by_the_newest_visit(self, result: int, is_told: bool) -> None:
        """What inspectors found is known before any list says it; the status alone is enough, and told once."""
        day = date(2026, 11, 2)
        results = {EntityId(CODE): (day, ResultClass(result))}
        found = find_entity_ailments(_book(results=results))
        assert [(one.kind, one.day) for one in found] == [(Ailment.GONE, day)] * is_told
        assert _kinds(_book(_entity(registration_status="注销"), results=results)) == [Ailment.GONE]


class TestNumbers:
    """HEALTH-21: numbers that are no credit code, and codes whose inner check fails."""

    @pytest.mark.parametrize("id", ["110108000000016", "1234567890123", "沪工商字第1号"])
    def test_an_old_number_is_told(self, id: str) -> None:
        """Of whatever age."""
        assert _told(_book(_entity(id=EntityId(id)))) == [(Ailment.OLD_NUMBER, id)]

    def test_an_inner_check_that_fails_is_told(self) -> None:
        """The ninth to seventeenth character end in a check of their own: M000100Y4 holds, M000100Y5 does not."""
        # GB 32100: place 17 weighs 3^16 mod 31 = 28, so 5 for 4 there takes 28 from the check character's 3: 3 - 28 = 6 mod 31.
        assert _told(_book(_entity(id=EntityId("91350100M000100Y56")))) == [(Ailment.INNER_CHECK, "91350100M000100Y56")]


class TestOdd:
    """HEALTH-22: a day in the future, and a group of one."""

    def test_established_in_the_future(self) -> None:
        """Today is not."""
        assert _kinds(_book(_entity(established=date(2026, 11, 21)))) == [Ailment.FUTURE]
        assert _kinds(_book(_entity(established=TODAY))) == []

    def test_a_group_of_one(self) -> None:
        """Groups are compared as recusals compare them; a retired row is no member."""
        two = (_entity(group="兴腾集团"), _entity(id=EntityId("E2"), name="乙", address="x", group="兴腾 集团"))
        assert Ailment.LONE_GROUP not in _kinds(_book(*two))
        left = replace(two[1], retired=TODAY, retired_reason="注销")
        assert _told(_book(two[0], left)) == [(Ailment.LONE_GROUP, CODE)]


class TestDomains:
    """HEALTH-22: domains that the settings' rules gave, and would give differently today."""

    RULES = (
        Applicable(industries=("C",), domains=(Domain("safety"),)),
        Applicable(sizes=("大",), domains=(Domain("labour"),)),
    )

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({}, None),
            ({"size": "大"}, "kept are Safety; today's rules give Labour, Safety"),
            ({"industry": "H62"}, "kept are Safety; no rule of today gives a domain"),
            ({"industry": None}, "kept are Safety; no rule of today gives a domain"),
            ({"size": "大", "domains_by_rule": False}, None),
        ],
    )
    def test_other_domains_by_the_rules_of_today(self, changes: dict[str, Any], words: str | None) -> None:
        """Domains that a file gave stand before every rule."""
        entity = _entity(**{"domains_by_rule": True, **changes})
        bureau = replace(BUREAU, applicable=self.RULES)
        found = [one for one in find_entity_ailments(_book(entity, bureau=bureau)) if one.kind is Ailment.OTHER_DOMAINS]
        assert [(one.subject, str(one.what)) for one in found] == (
            [] if words is None else [(CODE, f"示例食品厂: {words}")]
        )


def test_twins_are_told_with_the_rest() -> None:
    """HEALTH-23 at the end of the list."""
    assert _told(_book(_entity(), _entity(id=EntityId("91350100M000100Y56"))))[-1] == (Ailment.SAME_NAME, CODE)


def test_the_settings_stay_out_of_the_way() -> None:
    """A bureau's first settings list no zones, and a registry without rows has nothing to see to."""
    bureau: Bureau = new_bureau("示例局", "示")
    empty = EntityBook(entities=(), people=(), bureau=bureau, today=TODAY, heard_of={})
    assert find_entity_ailments(empty) == ()
