"""To whom a matter applies."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.registry.applies import drop_void_domains, filter_objects, is_filtered
from tests.core.plan.builders import HEALTH, LABOUR, SAFETY, entity, matter

if TYPE_CHECKING:
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.matter import Matter

COMPANY = entity("E1", risk="A", industry="C2651", size="小型", tags=("危化品使用", "涉氨"))
BARE = entity("E2", risk=None)


def _applies(one: Matter, company: Entity) -> bool:
    return not filter_objects((one,)).find_void_matters(company)


class TestObjects:
    """MATTER-1 A matter applies to an entity that has one of the values of each thing that the matter names."""

    @pytest.mark.parametrize(
        ("asked", "applies"),
        [
            ({}, True),
            ({"of_industries": ("C26", "H")}, True),
            ({"of_industries": ("C2651",)}, True),
            ({"of_industries": ("C26511", "C3")}, False),
            ({"of_industries": ("制造业",)}, True),
            ({"of_sizes": ("小型企业",)}, True),
            ({"of_sizes": ("微型", "小型")}, True),
            ({"of_sizes": ("大型",)}, False),
            ({"of_risk_classes": ("A", "B")}, True),
            ({"of_risk_classes": ("D",)}, False),
            ({"of_tags": ("涉 氨", "涉爆粉尘")}, True),
            ({"of_tags": ("涉爆粉尘",)}, False),
            ({"of_industries": ("C26",), "of_tags": ("涉爆粉尘",)}, False),
            ({"of_industries": ("C26",), "of_sizes": ("小型",), "of_risk_classes": ("A",), "of_tags": ("涉氨",)}, True),
        ],
    )
    def test_values(self, asked: dict[str, Any], applies: bool) -> None:
        """MATTER-1, MATTER-2: every thing named must be met by one value; an industry by the codes beneath it."""
        one = matter(**asked)
        assert _applies(one, COMPANY) is applies
        assert is_filtered(one) is bool(asked)

    def test_what_is_not_known_is_not_met(self) -> None:
        """MATTER-1: an entity of which the registry does not know the value has none; a matter that names nothing applies to it."""
        for field in ("of_industries", "of_sizes", "of_risk_classes", "of_tags"):
            asked: dict[str, Any] = {field: ("A",)}
            assert not _applies(matter(**asked), BARE)
        assert _applies(matter(), BARE)


class TestDomains:
    """MATTER-3 A domain is void for an entity when there are matters of the domain and none of them applies."""

    def test_void(self) -> None:
        """MATTER-3: one matter that applies keeps the domain open; a domain without matters is not void."""
        listed = filter_objects(
            (
                matter("L1", LABOUR, of_sizes=("大型",)),
                matter("L2", LABOUR),
                matter("S1", SAFETY, of_tags=("涉爆粉尘",)),
                matter("S2", SAFETY, of_industries=("H",)),
            )
        )
        assert listed.find_void_matters(COMPANY) == {"L1", "S1", "S2"}
        assert listed.find_void_domains(COMPANY) == {SAFETY}
        assert HEALTH not in listed.find_void_domains(BARE)

    def test_counted_without_void_domains(self) -> None:
        """MATTER-3: where entities are counted, a domain that is void for one is none of its own; all else stays as it is."""
        both, bare = entity("E3", domains=(LABOUR, SAFETY), size="大型"), entity("E4", domains=(LABOUR, SAFETY))
        matters = (matter("L1", LABOUR, of_sizes=("大型",)), matter("S1", SAFETY))
        found = drop_void_domains((both, bare), matters)
        assert found[0] is both
        assert (found[1].id, found[1].domains) == ("E4", (SAFETY,))

    def test_without_filters_nothing_is_void(self) -> None:
        """MATTER-3: a list that names no objects applies to all."""
        listed = filter_objects((matter("L1"), matter("S1", SAFETY)))
        assert not listed.find_void_matters(BARE)
        assert not listed.find_void_domains(BARE)

    def test_many_entities(self) -> None:
        """MATTER-1: asked of many entities the list says of each what it says of that one alone."""
        kinds: list[dict[str, Any]] = [
            {"risk": risk, "industry": industry, "size": size, "tags": tags}
            for risk, industry, size, tags in product(
                ("A", "B", None), ("C26", "H61", None), ("大型", None), ((), ("涉氨",))
            )
        ]
        entities = [entity(f"E{number}", **kind) for number, kind in enumerate(kinds * 2)]
        matters = (
            matter("M1", of_industries=("C",), of_risk_classes=("A",)),
            matter("M2", of_tags=("涉氨",)),
            matter("M3", of_sizes=("大型",)),
        )
        listed = filter_objects(matters)
        for one in entities:
            assert listed.find_void_matters(one) == {each.id for each in matters if not _applies(each, one)}
