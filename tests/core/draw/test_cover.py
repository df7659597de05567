"""Covers: the fewest people who have all skills, exactly, and never more work than was allowed."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.draw.cover import TOO_MANY, WIDE, Effort, fewest
from inspect_cli.core.draw.team import Roster
from inspect_cli.errors import InputError
from tests.core.draw.builders import inspector, salt_of


class TestFewest:
    """COVER-1: the answer is exact, or there is none."""

    @given(need=st.integers(0, 511), sets=st.lists(st.integers(0, 1023), max_size=9))
    def test_it_is_what_trying_all_gives(self, need: int, sets: list[int]) -> None:
        """The fewest are those found by trying every choice of up to six."""
        tried = (
            count for count in range(TOO_MANY) for some in combinations(sets, count) if not need & ~reduce(or_, some, 0)
        )
        assert fewest(need, sets, Effort()) == next(tried, TOO_MANY)

    def test_a_need_made_for_it_is_refused_in_time(self) -> None:
        """Sixty people with half of six hundred skills each, without order, are refused after the steps that were allowed."""
        sets = [int("".join(map(salt_of, (f"{i}/{part}" for part in range(5)))), 16) for i in range(60)]
        with pytest.raises(InputError, match="more work than any real month"):
            fewest(2**600 - 1, sets, Effort(1_000_000))

    def test_wide_sets_cost_more(self) -> None:
        """A step over many bits counts as several."""
        effort = Effort(10)
        effort.spend(5, WIDE)
        with pytest.raises(InputError):
            effort.spend(1)


class TestRoster:
    """TEAM-5, whatever the number of zones and the length of lists."""

    def test_more_zones_than_are_kept_at_hand(self) -> None:
        """Who visits a zone is the same the second time, after a thousand others were asked for."""
        roster = Roster([inspector("R1", zones=("Z7",)), inspector("R2")])
        zones = [f"Z{number}" for number in range(1200)]
        assert [roster.visiting(zone) for zone in zones + zones] == [
            0b11 if zone == "Z7" else 0b10 for zone in zones + zones
        ]

    def test_long_lists_of_the_last_of_many(self) -> None:
        """Bars and zones that only the last of a long roster has take little memory: a list each, not a bit for everybody."""
        names = tuple(f"E{number:06}" for number in range(200_000))
        people = [inspector(f"R{number:05}", days=()) for number in range(20_000)]
        roster = Roster([*people, inspector("S", days=(), zones=names, barred=names)])
        assert roster.visiting("E000007").bit_count() == len(people) + 1
