"""From base and share to quota."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.plan.plan import Rounding
from inspect_cli.core.plan.quota import Quota, compute_take, find_fault, find_share, index_shares, parse_ratio
from inspect_cli.errors import InputError, Term
from tests.core.plan.builders import LABOUR, SAFETY, share

_WIDE = Context(prec=80)
_DECIMAL_WAYS = {Rounding.CEIL: ROUND_CEILING, Rounding.FLOOR: ROUND_FLOOR, Rounding.HALF_UP: ROUND_HALF_UP}

NAME = Term(zh="劳动", en="Labour")


class TestTake:
    """QUOTA-1 take = base × ratio, computed exactly and rounded up, or as the plan says; QUOTA-2 a number is taken as it stands."""

    @given(
        base=st.integers(0, 10**9),
        ratio=st.decimals(0, 1, places=12, allow_nan=False).map(lambda value: format(value, "f")),
        rounding=st.sampled_from(Rounding),
    )
    def test_agrees_with_decimal_arithmetic(self, base: int, ratio: str, rounding: Rounding) -> None:
        """QUOTA-1: the take is what decimal arithmetic of 80 digits gives, which is exact for these numbers."""
        product = _WIDE.multiply(Decimal(base), Decimal(ratio))
        expected = int(product.quantize(Decimal(1), rounding=_DECIMAL_WAYS[rounding], context=_WIDE))
        assert compute_take(base, share(ratio=ratio), rounding) == expected

    @pytest.mark.parametrize(
        ("base", "ratio", "rounding", "take"),
        [
            (100, "0.03", Rounding.CEIL, 3),
            (101, "0.03", Rounding.CEIL, 4),
            (10, "0.1", Rounding.CEIL, 1),
            (30, "0.1", Rounding.CEIL, 3),
            (101, "0.03", Rounding.FLOOR, 3),
            (50, "0.05", Rounding.HALF_UP, 3),
            (49, "0.05", Rounding.HALF_UP, 2),
            (1, "0.002", Rounding.CEIL, 1),
            (1, "0.002", Rounding.FLOOR, 0),
        ],
    )
    def test_by_hand(self, base: int, ratio: str, rounding: Rounding, take: int) -> None:
        """QUOTA-1: 30 × 0.1 is 3 and not 4, as it would be with binary fractions; 2.5 rounds to 3 half up."""
        assert compute_take(base, share(ratio=ratio), rounding) == take

    def test_number(self) -> None:
        """QUOTA-2: a number does not depend on base or rounding."""
        assert compute_take(3, share(number=7), Rounding.FLOOR) == 7


class TestBounds:
    """QUOTA-2 a number that exceeds the base is refused; QUOTA-3 a take of 0 is refused unless the share allows it."""

    def test_more_than_there_are(self) -> None:
        """QUOTA-2: nobody can draw four of three."""
        quota = Quota(domain=LABOUR, stratum="A", size=3, take=4, share=share(number=4))
        assert "4 cannot be drawn from a base of 3" in str(find_fault(quota, NAME))

    def test_zero(self) -> None:
        """QUOTA-3: a quota of 0 that nobody asked for is told, one that was meant is not."""
        quota = Quota(domain=LABOUR, stratum="A", size=3, take=0, share=share(number=0))
        assert "the quota is 0" in str(find_fault(quota, NAME))
        assert find_fault(replace(quota, share=share(number=0, allow_zero=True)), NAME) is None

    def test_all(self) -> None:
        """QUOTA-2: the whole base can be drawn."""
        assert find_fault(Quota(domain=LABOUR, stratum="A", size=3, take=3, share=share(number=3)), NAME) is None


class TestShares:
    """QUOTA-4 The share ``*`` holds for each stratum of its domain that no other share names."""

    def test_named_before_general(self) -> None:
        """QUOTA-4: a stratum's own share stands before the general one, in whatever order they are written."""
        general, own = share(LABOUR, "*"), share(LABOUR, "D", ratio="1")
        for index in (index_shares([general, own]), index_shares([own, general])):
            assert find_share(index, LABOUR, "D") == own
            assert find_share(index, LABOUR, "A") == general

    def test_other_domain(self) -> None:
        """QUOTA-4: a share says nothing about another domain, nor one without ``*`` about another stratum."""
        index = index_shares([share(LABOUR, "*"), share(SAFETY, "A")])
        assert find_share(index, SAFETY, "B") is None


class TestRatio:
    """QUOTA-5 A ratio is a decimal from 0 to 1, or the same as a percentage or per mille."""

    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("0.05", "0.05"),
            ("5%", "0.05"),
            (" 5 % ", "0.05"),
            ("５％", "0.05"),
            ("2‰", "0.002"),
            ("100%", "1"),
            ("1000‰", "1"),
            ("1.000", "1"),
            ("33.3333%", "0.333333"),
            ("0", "0"),
            ("0%", "0"),
            ("0.10", "0.1"),
            ("0.000000000001‰", "0.000000000000001"),
        ],
    )
    def test_forms(self, text: str, plain: str) -> None:
        """QUOTA-5: each form that bureaus write becomes one plain decimal, and no digit is lost."""
        assert parse_ratio(text) == plain

    @pytest.mark.parametrize(
        "text", ["", "1.01", "101%", "1001‰", "-0.1", "1/3", "1e-2", ".5", "5.", "nan", "5%%", "0,05", "五", "0.0\n5"]
    )
    def test_refused(self, text: str) -> None:
        """QUOTA-5: what is no such number, or more than everybody, is refused."""
        with pytest.raises(InputError, match="is not a ratio between 0 and 1"):
            parse_ratio(text)

    @given(thousandths=st.integers(0, 1000))
    def test_same_in_three_forms(self, thousandths: int) -> None:
        """QUOTA-5: a number of thousandths means the same as a decimal, a percentage and per mille."""
        per_mille = parse_ratio(f"{thousandths}‰")
        assert parse_ratio(f"{thousandths // 10}.{thousandths % 10}%") == per_mille
        assert parse_ratio(f"{thousandths // 1000}.{thousandths % 1000:03}") == per_mille
