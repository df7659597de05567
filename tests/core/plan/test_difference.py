"""What differs between two plans."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspect_cli.core.bureau import TeamSize
from inspect_cli.core.names import MatterId, Period
from inspect_cli.core.plan.difference import KeyDifference, PlanDifference, compare_plans
from inspect_cli.core.plan.plan import Plan, Rounding, Scope, StratumField
from tests.core.plan.builders import DICE, LABOUR, SAFETY, plan, share

TEXT: dict[str, object] = {"kind": "text", "name": "witness", "at": "2026-11-30T08:30:00+08:00", "digest": "0" * 64}


def differ(**change: Any) -> PlanDifference:
    """Compare a plan with one that differs in the values given."""
    return compare_plans(plan(), plan(**change))


class TestKeys:
    """DIFF-1 Keys that hold one value."""

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"period": Period("2027-01")}, ("period", "2026-12", "2027-01")),
            ({"name": "other"}, ("name", "December", "other")),
            ({"slot_number": 2}, ("slot_number", None, 2)),
            ({"combine": "drawn"}, ("combine", "applicable", "drawn")),
            ({"rounding": Rounding.FLOOR}, ("rounding", "ceil", "floor")),
            ({"strata": (StratumField.ZONE,)}, ("strata", ("risk_class",), ("zone",))),
            ({"names_published": True}, ("names_published", False, True)),
            ({"scope": Scope(fields=(("zone", ("Z2", "Z1")),))}, ("scope.zone", None, ("Z1", "Z2"))),
            ({"team": TeamSize(min=3)}, ("team.min", 2, 3)),
            ({"team": TeamSize(max=5)}, ("team.max", 4, 5)),
            ({"team": TeamSize(expert_domains=(SAFETY,))}, ("team.expert_domains", (), ("safety",))),
        ],
    )
    def test_one_key(self, change: dict[str, Any], expected: tuple[str, Any, Any]) -> None:
        """DIFF-1: exactly the key that was changed differs, with its two values."""
        found = differ(**change)
        assert found.keys == (KeyDifference(key=expected[0], before=expected[1], after=expected[2]),)
        assert not found.is_empty

    def test_none(self) -> None:
        """DIFF-1: text and file's name are no difference, nor is the order of a scope's values."""
        one = plan(scope=Scope(fields=(("zone", ("Z1", "Z2")),)))
        two = plan(scope=Scope(fields=(("zone", ("Z2", "Z1")),)), text=b"# comment", file="b.toml")
        assert compare_plans(one, two).is_empty


class TestLists:
    """DIFF-2 Shares, sources, matters and days off."""

    def test_shares(self) -> None:
        """DIFF-2: by domain and stratum, sorted: changed, added, removed; what is the same is left out."""
        before = (share(), share(SAFETY, "B"), share(SAFETY, "C"))
        after = (share(SAFETY, "D", number=3), share(SAFETY, "B", ratio="0.1"), share())
        found = compare_plans(plan(shares=before), plan(shares=after)).shares
        assert [(one.domain, one.stratum, one.before, one.after) for one in found] == [
            (SAFETY, "B", before[1], after[1]),
            (SAFETY, "C", before[2], None),
            (SAFETY, "D", None, after[0]),
        ]

    def test_shares_alone(self) -> None:
        """DIFF-2: another share is a difference."""
        assert not differ(shares=(share(LABOUR, "A"),)).is_empty

    def test_sources(self) -> None:
        """DIFF-2: by kind and name, with the keys that differ; one that only one plan has differs as a whole."""
        later = {**DICE, "at": "2026-12-01T09:00:00+08:00", "count": 10}
        found = compare_plans(plan(promises=(TEXT, DICE)), plan(promises=(later,))).sources
        assert [(one.kind, one.name, one.keys, one.before, one.after) for one in found] == [
            ("text", "witness", (), TEXT, None),
            ("dice", "twenty dice", ("at", "count"), DICE, later),
        ]

    def test_sources_of_one_name(self) -> None:
        """DIFF-2: the second of the same kind and name is compared with the second."""
        later = {**DICE, "at": "2026-11-30T10:00:00+08:00"}
        changed = {**later, "count": 9}
        (only,) = compare_plans(plan(promises=(DICE, later)), plan(promises=(DICE, changed))).sources
        assert (only.before, only.after, only.keys) == (later, changed, ("count",))

    @pytest.mark.parametrize(
        ("before", "after", "added", "removed"),
        [
            ((), ("M2", "M1"), ("M1", "M2"), ()),
            (("M1", "M2"), ("M2",), (), ("M1",)),
            (("M1", "M2"), ("M2", "M1"), (), ()),
        ],
    )
    def test_matters(self, before: Any, after: Any, added: Any, removed: Any) -> None:
        """DIFF-2: matters that were added or removed, sorted; another order is no difference."""
        found = compare_plans(plan(matters=tuple(map(MatterId, before))), plan(matters=tuple(map(MatterId, after))))
        assert (found.matters_added, found.matters_removed) == (added, removed)
        assert found.is_empty == (not added and not removed)

    def test_days_off(self) -> None:
        """DIFF-2: days off that were added or removed."""
        old, new = date(2026, 12, 30), date(2026, 12, 31)
        found = compare_plans(plan(days_off=(old,)), plan(days_off=(new,)))
        assert (found.days_off_added, found.days_off_removed) == ((new,), (old,))
        assert not found.is_empty

    def test_the_other_way(self) -> None:
        """DIFF-1: comparing the other way round swaps before and after."""
        one, two = plan(), plan(name="other", matters=(MatterId("M1"),))
        there, back = compare_plans(one, two), compare_plans(two, one)
        assert [(key.before, key.after) for key in there.keys] == [(key.after, key.before) for key in back.keys]
        assert there.matters_added == back.matters_removed


def test_identical() -> None:
    """DIFF-1: a plan does not differ from itself."""
    one: Plan = plan(promises=(TEXT, DICE), matters=(MatterId("M1"),))
    assert compare_plans(one, one).is_empty
