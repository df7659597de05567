"""How much chance sources hold, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.draw.strength import find_weaknesses, measure
from tests.core.draw.builders import dice, drand, lottery, nist, text

if TYPE_CHECKING:
    from inspect_cli.core.draw.promise import Promise


class TestBits:
    """CHANCE-1 Bits that are certain, rounded down over all."""

    @pytest.mark.parametrize(
        ("sources", "bits"),
        [
            ((dice(count=20, sides=10),), 66),  # 20 × 3.3219… = 66.4
            ((dice(count=19, sides=10),), 63),
            ((dice(count=64, sides=2),), 64),
            ((dice(count=25, sides=6),), 64),  # 25 × 2.5849… = 64.6
            ((dice(count=1, sides=3), dice(count=1, sides=3)), 3),  # 2 × 1.58…: rounded once, not twice
            ((dice(count=10**400, sides=2),), 1 << 53),  # no commitment can hold so many
            ((text(),), 0),
            ((lottery(),), 0),
            ((drand(),), 128),
            ((nist(),), 512),
            ((text(), dice(count=20, sides=10), drand(), nist()), 706),
        ],
    )
    def test_sum(self, sources: tuple[Promise, ...], bits: int) -> None:
        """CHANCE-1: each kind's bits by hand; texts and lotteries add none."""
        assert measure(sources).bits == bits

    def test_a_lottery_is_named(self) -> None:
        """CHANCE-1: what is not counted is named, and said to be so where the rest is not enough."""
        found = measure((lottery(name="双色球"), dice(count=5, sides=10)))
        assert (found.bits, found.uncounted, found.is_weak) == (16, ("双色球",), True)
        (warning,) = find_weaknesses((lottery(name="双色球"),))
        assert "certain to hold 0 bits" in str(warning)
        assert "双色球" in str(warning)


class TestWarnings:
    """CHANCE-2 Fewer than 64 bits are weak; CHANCE-3 dice and texts are the operator's own."""

    @pytest.mark.parametrize(
        ("sources", "told"),
        [
            ((dice(count=19, sides=10),), ["63 bits", "own hands"]),
            ((dice(count=64, sides=2),), ["own hands"]),
            ((text(), dice(count=20, sides=10)), ["own hands"]),
            ((dice(count=5, sides=10), lottery()), ["certain to hold 16 bits"]),
            ((dice(count=20, sides=10), lottery()), []),
            ((drand(),), []),
            ((nist(),), []),
            ((text(), dice(count=5, sides=10), drand()), []),
        ],
    )
    def test_what_is_told(self, sources: tuple[Promise, ...], told: list[str]) -> None:
        """CHANCE-2, CHANCE-3: the bits where they are too few, and that nobody else has a hand in it where that is so."""
        found = [str(one) for one in find_weaknesses(sources)]
        assert len(found) == len(told)
        assert all(part in one for part, one in zip(told, found, strict=True))
