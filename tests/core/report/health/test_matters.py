"""What is to be seen to in the list of matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.bureau import Caps, DomainLabel, Limit, new_bureau
from inspect_cli.core.names import Domain, EntityId, MatterId
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.matter import Matter
from inspect_cli.core.report.health.finding import Ailment
from inspect_cli.core.report.health.matters import MatterList, find_matter_ailments

TODAY, UNTIL = date(2026, 11, 20), date(2027, 1, 19)
SAFETY, HEALTH = Domain("safety"), Domain("health")
BUREAU = replace(new_bureau("示例局", "示"), domains=(DomainLabel(domain=SAFETY, zh="安全", en="Safety"),))


def _matter(**changes: Any) -> Matter:
    matter = Matter(
        id=MatterId("AQ-01"),
        domain=SAFETY,
        name="安全生产责任制",
        basis="《安全生产法》",
        method="实地检查",
        ratio="3%",
        object_type="生产经营单位",
        frequency="1次/年",
        source_of_power="法定",
    )
    return replace(matter, **changes)


def _list(*matters: Matter, **changes: Any) -> MatterList:
    listed = MatterList(matters=matters or (_matter(),), entities=(), bureau=BUREAU, today=TODAY, until=UNTIL)
    return replace(listed, **changes)


def _told(listed: MatterList) -> list[tuple[Ailment, str]]:
    return [(one.kind, one.subject) for one in find_matter_ailments(listed)]


def test_a_healthy_list_has_nothing_to_see_to() -> None:
    """Each field is there; a retired matter is not looked at."""
    left = Matter(id=MatterId("X"), domain=HEALTH, name="旧", basis="", retired=TODAY, retired_reason="删除")
    assert _told(_list(_matter(), left)) == []


class TestValidity:
    """HEALTH-27: what has lapsed, what lapses, and what is not valid yet."""

    @pytest.mark.parametrize(
        ("changes", "kinds"),
        [
            ({"valid_until": date(2026, 11, 19)}, [Ailment.MATTER_LAPSED]),
            ({"valid_until": TODAY}, [Ailment.MATTER_LAPSES]),
            ({"valid_until": UNTIL}, [Ailment.MATTER_LAPSES]),
            ({"valid_until": date(2027, 1, 20)}, []),
            ({"valid_from": TODAY}, []),
            ({"valid_from": date(2026, 11, 21)}, [Ailment.NOT_YET]),
            ({"valid_from": date(2026, 11, 21), "valid_until": UNTIL}, [Ailment.NOT_YET]),
        ],
    )
    def test_days_are_told(self, changes: dict[str, date], kinds: list[Ailment]) -> None:
        """To the day, beside a matter that is always valid."""
        found = find_matter_ailments(_list(_matter(id=MatterId("AQ-00"), name="另一事项"), _matter(**changes)))
        assert [one.kind for one in found] == kinds
        assert all(one.day in changes.values() for one in found)


class TestDomains:
    """HEALTH-28: domains without matters, and matters without a domain."""

    def test_a_domain_needs_a_matter_that_is_valid_today(self) -> None:
        """One that has lapsed is none."""
        assert _told(_list(_matter(valid_until=date(2026, 11, 19)))) == [
            (Ailment.NO_MATTER, "safety"),
            (Ailment.MATTER_LAPSED, "AQ-01"),
        ]

    def test_an_unknown_domain_is_told(self) -> None:
        """By its name."""
        assert _told(_list(_matter(), _matter(id=MatterId("WS-01"), domain=HEALTH))) == [
            (Ailment.UNKNOWN_DOMAIN, "WS-01")
        ]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("basis", Ailment.NO_BASIS),
        ("method", Ailment.NO_METHOD),
        ("ratio", Ailment.NO_RATIO),
        ("object_type", Ailment.NO_OBJECT),
        ("frequency", Ailment.NO_FREQUENCY),
        ("source_of_power", Ailment.NO_POWER),
    ],
)
def test_a_missing_field_is_told(field: str, kind: Ailment) -> None:
    """HEALTH-29: field by field."""
    assert _told(_list(_matter(**{field: ""}))) == [(kind, "AQ-01")]


@pytest.mark.parametrize(("key", "count", "is_told"), [(1, 1, False), (2, 4, False), (2, 3, True), (3, 3, True)])
def test_mostly_key_matters_are_told(key: int, count: int, is_told: bool) -> None:
    """HEALTH-30: more than half, and more than one; those that are not valid today do not count."""
    matters = [_matter(id=MatterId(f"AQ-1{n}"), name=f"事项{n}", is_key=n < key) for n in range(count)]
    later = [
        _matter(id=MatterId(f"AQ-2{n}"), name=f"后{n}", is_key=True, valid_from=date(2027, 1, 1)) for n in range(9)
    ]
    found = [one for one in _told(_list(*matters, *later)) if one[0] is not Ailment.NOT_YET]
    assert found == [(Ailment.MOSTLY_KEY, "safety")] * is_told


class TestTwins:
    """HEALTH-31: one name in a domain, and numbers that look alike."""

    def test_one_name(self) -> None:
        """In one domain; another domain may have the same matter."""
        twin, other = _matter(id=MatterId("AQ-9"), name="安全生产 责任制"), _matter(id=MatterId("WS-1"), domain=HEALTH)
        found = [one for one in find_matter_ailments(_list(_matter(), twin, other)) if one.kind is Ailment.SAME_MATTER]
        assert [(one.subject, one.others) for one in found] == [("AQ-01", ("AQ-9",))]

    def test_numbers_that_look_alike(self) -> None:
        """The letter O for a zero."""
        (found,) = find_matter_ailments(_list(_matter(), _matter(id=MatterId("AQO1"), name="另一事项")))
        assert (found.kind, found.subject, found.others) == (Ailment.LIKE_NUMBER, "AQ-01", ("AQO1",))


def _entity(id: str, **changes: Any) -> Entity:
    return replace(Entity(id=EntityId(id), name=id, domains=(SAFETY,), industry="C33", size="小"), **changes)


class TestObjects:
    """HEALTH-32: matters that apply to nobody, and entities to whom none applies."""

    def test_a_matter_that_applies_to_nobody(self) -> None:
        """Though entities of other domains would meet it; without an entity of its domain nothing is told."""
        matters = (_matter(), _matter(id=MatterId("AQ-02"), name="餐饮", of_industries=("H62",)))
        rows = (_entity("E1"), _entity("E2", domains=(HEALTH,), industry="H62"))
        assert _told(_list(*matters, entities=rows)) == [(Ailment.UNMET, "AQ-02")]
        assert _told(_list(*matters, entities=(*rows, _entity("E3", industry="H62")))) == []
        assert _told(_list(*matters, entities=rows[1:])) == []
        assert _told(_list(*matters)) == []

    def test_a_domain_without_a_matter_for_some(self) -> None:
        """With their number; where it is all of them, the matters are told."""
        matters = (_matter(of_sizes=("大",)),)
        some = (_entity("E1"), _entity("E2", size="大"), _entity("E3"))
        (found,) = find_matter_ailments(_list(*matters, entities=some))
        assert (found.kind, found.subject, found.what.values["count"]) == (Ailment.VOID_DOMAIN, "safety", 2)
        assert _told(_list(*matters, entities=some[:1])) == [(Ailment.UNMET, "AQ-01")]


class TestCaps:
    """HEALTH-33: caps that are never reached, and caps of nothing."""

    @pytest.mark.parametrize(
        ("own", "caps", "is_told"),
        [
            (4, Caps(), False),
            (5, Caps(), True),
            (3, Caps(domains=((SAFETY, Limit(number=2, basis="x")), (HEALTH, Limit(number=1, basis="x")))), True),
            (2, Caps(domains=((SAFETY, Limit(number=2, basis="x")),)), False),
            (5, Caps(matters=((MatterId("AQ-01"), Limit(number=1, basis="x")),)), False),
        ],
    )
    def test_a_cap_above_the_others(self, own: int, caps: Caps, is_told: bool) -> None:
        """The bureau's is 4; what the settings say of the matter itself stands before its own."""
        found = _told(_list(_matter(visits_a_year=own), bureau=replace(BUREAU, caps=caps)))
        assert found == [(Ailment.ABOVE_CAP, "AQ-01")] * is_told

    def test_a_cap_of_no_matter(self) -> None:
        """It holds for nothing."""
        caps = Caps(matters=((MatterId("AQ-77"), Limit(number=1, basis="x")),))
        assert _told(_list(bureau=replace(BUREAU, caps=caps))) == [(Ailment.UNKNOWN_MATTER, "AQ-77")]
