"""The names of strata."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.stratum import stratum_of
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
