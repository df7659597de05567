"""The names of strata."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.stratum import project_stratum, stratum_of
from tests.core.plan.builders import entity

_BOTH = (StratumField.RISK_CLASS, StratumField.ZONE)
_VALUES = st.text("·\\ab", min_size=1, max_size=4)


class TestStratum:
    """PLAN-2 A stratum is the values of the plan's strata fields joined by ``·``; an entity that lacks a field has ``-`` for it."""

    def test_one_field(self) -> None:
        """PLAN-2: with one field the stratum is its value as it stands."""
        assert stratum_of(entity(risk="C"), (StratumField.RISK_CLASS,)) == "C"
        assert stratum_of(entity(zone="a·b"), (StratumField.ZONE,)) == "a·b"

    def test_missing(self) -> None:
        """PLAN-2: who lacks a field is in a stratum of its own for it."""
        assert stratum_of(entity(risk=None), (StratumField.RISK_CLASS,)) == "-"
        assert stratum_of(entity(risk="C"), _BOTH) == "C·-"

    def test_joined(self) -> None:
        """PLAN-2: fields are joined in the plan's order, and a joint within a value is marked."""
        assert stratum_of(entity(risk="C", zone="a·b"), _BOTH) == "C·a\\·b"

    @given(one=st.tuples(_VALUES, _VALUES), other=st.tuples(_VALUES, _VALUES))
    def test_never_ambiguous(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        """PLAN-2: different values never share a stratum."""
        names = [stratum_of(entity(risk=risk, zone=zone), _BOTH) for risk, zone in (one, other)]
        assert (names[0] == names[1]) == (one == other)


class TestProject:
    """YEAR-3 A month's stratum lies in one stratum by the year's fields, where it has all of them."""

    @given(values=st.tuples(_VALUES, _VALUES))
    def test_every_part(self, values: tuple[str, str]) -> None:
        """YEAR-3: whatever stands in the values, a stratum of two fields lies in the stratum of each, and of both in any order."""
        one = entity(risk=values[0], zone=values[1])
        name = stratum_of(one, _BOTH)
        for wanted in ((_BOTH[0],), (_BOTH[1],), _BOTH, _BOTH[::-1]):
            assert project_stratum(name, _BOTH, wanted) == stratum_of(one, wanted)

    def test_one_field(self) -> None:
        """YEAR-3: one field's stratum is its value as it stands, a joint in it included."""
        assert project_stratum("a·b", (StratumField.ZONE,), (StratumField.ZONE,)) == "a·b"

    def test_cannot_be_told(self) -> None:
        """YEAR-3: a stratum that has not all the fields, or not as many values as fields, cannot be told."""
        assert project_stratum("C", (StratumField.RISK_CLASS,), _BOTH) is None
        assert project_stratum("C", (), _BOTH[:1]) is None
        assert project_stratum("C·x·y", _BOTH, _BOTH[:1]) is None
