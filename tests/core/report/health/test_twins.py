"""Likely twins: who may be one company, told once, in time proportional to the rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Domain, EntityId
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.report.health.finding import Ailment
from inspect_cli.core.report.health.twins import CROWD, LONGEST, PLACEHOLDER, find_twins

if TYPE_CHECKING:
    from collections.abc import Iterable


def _entity(id: str, name: str, zone: str | None = "东片", **changes: Any) -> Entity:
    return replace(Entity(id=EntityId(id), name=name, domains=(Domain("safety"),), zone=zone), **changes)


def _told(entities: Iterable[Entity]) -> list[tuple[Ailment, str, tuple[str, ...]]]:
    return [(one.kind, one.subject, one.others) for one in find_twins(entities)]


class TestNames:
    """HEALTH-23: the same name in one zone is looked at; in several zones it is known."""

    def test_one_name_in_a_zone(self) -> None:
        """However it is written; the first number is the subject, and others stay out of it."""
        rows = (_entity("E2", "示例食品有限公司"), _entity("E1", "示例食品（公司）"), _entity("E3", "别家"))
        assert _told(rows) == [(Ailment.SAME_NAME, "E1", ("E2",))]
        assert [one.zones for one in find_twins(rows)] == [("东片",)]

    def test_one_name_in_two_zones(self) -> None:
        """Shops of one name are no twins, but to be known."""
        rows = (_entity("E1", "拉面馆"), _entity("E2", "拉面馆", "西片"))
        assert _told(rows) == [(Ailment.NAME_ELSEWHERE, "E1", ("E2",))]
        assert [one.zones for one in find_twins(rows)] == [("东片", "西片")]

    def test_one_name_twice_in_a_zone_and_once_elsewhere(self) -> None:
        """Both are told."""
        rows = (_entity("E1", "拉面馆"), _entity("E2", "拉面馆", "西片"), _entity("E3", "拉面馆", "西片"))
        assert _told(rows) == [
            (Ailment.SAME_NAME, "E2", ("E3",)),
            (Ailment.NAME_ELSEWHERE, "E1", ("E2", "E3")),
        ]

    def test_a_row_without_a_zone_may_be_in_any(self) -> None:
        """So it is a twin."""
        rows = (_entity("E1", "拉面馆"), _entity("E2", "拉面馆", None), _entity("E3", "拉面馆", "西片"))
        assert _told(rows) == [(Ailment.SAME_NAME, "E1", ("E2", "E3"))]

    def test_names_without_a_letter_are_not_compared(self) -> None:
        """They say nothing."""
        assert _told((_entity("E1", "!!"), _entity("E2", "??"))) == []

    def test_many_twins_are_named_by_the_first_and_their_number(self) -> None:
        """The sentence stays short, the data are whole."""
        (found,) = find_twins(_entity(f"E{number}", "拉面馆") for number in range(9))
        assert str(found.what) == "拉面馆: the same name as E1, E2, E3, E4, E5 and 3 more"
        assert len(found.others) == 8


class TestAddresses:
    """HEALTH-24: few companies at one address of a zone are told."""

    def test_one_address(self) -> None:
        """However it is written, in one zone alone."""
        rows = (
            _entity("E1", "甲厂", address="人民路8号"),
            _entity("E2", "乙厂", address="人民路 ８ 號"),
            _entity("E3", "丙厂", "西片", address="人民路8号"),
            _entity("E4", "丁厂", address="（）"),
            _entity("E5", "戊厂", address="—"),
        )
        assert _told(rows) == [(Ailment.SAME_ADDRESS, "E1", ("E2",))]
        assert [str(one.what) for one in find_twins(rows)] == ["甲厂: the same address as E2"]

    def test_one_name_at_one_address_is_told_once(self) -> None:
        """By the name."""
        rows = (_entity("E1", "甲厂", address="人民路8号"), _entity("E2", "甲厂", address="人民路8号"))
        assert _told(rows) == [(Ailment.SAME_NAME, "E1", ("E2",))]

    @pytest.mark.parametrize(("count", "told"), [(CROWD, 1), (CROWD + 1, 0)])
    def test_a_crowd_is_a_market(self, count: int, told: int) -> None:
        """To the row."""
        names = "甲乙丙丁戊己庚辛壬癸子"
        assert len(_told(_entity(f"E{place}", names[place], address="市场1号") for place in range(count))) == told


class TestNearNames:
    """HEALTH-25: one legal representative, and names that differ in one character."""

    @pytest.mark.parametrize(
        "name", ["示例镇兴腾电度厂", "示例镇兴腾电厂", "示例镇兴腾电镀工厂", "示例鎮兴腾电渡厂有限公司"]
    )
    def test_a_character_mistyped_left_out_or_added(self, name: str) -> None:
        """Each is told."""
        rows = (_entity("E1", "示例镇兴腾电镀厂", legal_representative="王一"),
                _entity("E2", name, "西片", legal_representative=" 王一 "))  # fmt: skip
        assert _told(rows) == [(Ailment.NEAR_NAME, "E1", ("E2",))]
        (found,) = find_twins(rows)
        assert name in str(found.what)

    @pytest.mark.parametrize(
        ("names", "people"),
        [
            (("兴腾超市一店", "兴腾超市二店"), ("王一", "王一")),
            (("兴腾超市1店", "兴腾超市店"), ("王一", "王一")),
            (("兴腾超市A", "兴腾超市B"), ("王一", "王一")),
            (("示例镇兴腾电镀厂", "示例镇兴腾电度厂"), ("王一", "李二")),
            (("示例镇兴腾电镀厂", "示例镇兴腾电度厂"), ("王一", None)),
            (("示例镇兴腾电镀厂", "示例镇兴腾电度厂"), ("—", "—")),
            (("示例镇兴腾电镀厂", "示例镇兴旺电度厂"), ("王一", "王一")),
            (("小院店", "大院店"), ("王一", "王一")),
            (("长" * LONGEST + "甲厂", "长" * LONGEST + "厂甲"), ("王一", "王一")),
        ],
    )
    def test_these_are_not_near(self, names: tuple[str, str], people: tuple[str | None, str | None]) -> None:
        """A chain's numbers, other people, no person at all, two places, and names that are too short or too long."""
        rows = zip("12", names, people, strict=True)
        assert _told(_entity(f"E{id}", name, legal_representative=person) for id, name, person in rows) == []

    def test_a_group_is_told_once(self) -> None:
        """Two characters that have changed places: leaving out either brings the rows together."""
        rows = (
            _entity("E1", "示例电镀厂", legal_representative="王一"),
            _entity("E2", "示例镀电厂", legal_representative="王一"),
        )
        assert _told(rows) == [(Ailment.NEAR_NAME, "E1", ("E2",))]

    @pytest.mark.parametrize(("count", "told"), [(PLACEHOLDER, 1), (PLACEHOLDER + 1, 0)])
    def test_a_placeholder_is_nobody(self, count: int, told: int) -> None:
        """A representative of so many is a word such as 待核."""
        rows = [_entity(f"E{number:03}", f"{number:03}", legal_representative="待核") for number in range(count - 2)]
        near = (
            _entity("F1", "示例电镀厂", legal_representative="待核"),
            _entity("F2", "示例电度厂", legal_representative="待核"),
        )
        short = [replace(row, name=f"{row.name}号店") for row in rows]
        assert len(_told((*short, *near))) == told


class TestRetired:
    """HEALTH-26: who left is no twin, and neither is a company's earlier number."""

    def test_a_successor_is_no_twin(self) -> None:
        """The old row is retired when the number changes."""
        old = _entity("E1", "甲厂", retired=date(2026, 1, 1), retired_reason="换号", successor=EntityId("E2"))
        assert _told((old, _entity("E2", "甲厂"))) == []


class TestAny:
    """HEALTH-23: whatever the names are, all rows of one zone and one name are told together, in any order."""

    @given(st.lists(st.sampled_from(["甲厂", "甲 厂", "乙店", "[/red]", "a\u202eb", ""]), max_size=12))
    def test_the_order_of_rows_says_nothing(self, names: list[str]) -> None:
        """Backwards the same is found."""
        rows = [_entity(f"E{place:02}", name) for place, name in enumerate(names)]
        assert list(find_twins(rows)) == list(find_twins(reversed(rows)))

    @given(st.lists(st.text("山水火木", min_size=4, max_size=6), max_size=8, unique=True))
    def test_near_names_are_those_that_each_pair_would_show(self, names: list[str]) -> None:
        """HEALTH-25, each with each: one character left out of one name or of both makes them one."""
        rows = [_entity(f"E{place}", name, legal_representative="王一") for place, name in enumerate(names)]
        found = [one for one in find_twins(rows) if one.kind is Ailment.NEAR_NAME]
        told = {frozenset(pair) for one in found for pair in combinations((one.subject, *one.others), 2)}
        near = {frozenset({one.id, other.id}) for one, other in combinations(rows, 2) if _is_near(one.name, other.name)}
        assert told == near


def _is_near(one: str, other: str) -> bool:
    shorter = [{name, *(name[:place] + name[place + 1 :] for place in range(len(name)))} for name in (one, other)]
    return not shorter[0].isdisjoint(shorter[1])
