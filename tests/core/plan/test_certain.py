"""How many visits are certain whatever the seed."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.plan.shortage.certain import Certainty, CertainVisits, selections
from tests.core.plan.builders import HEALTH, LABOUR, SAFETY
from tests.core.plan.random_frames import small_frame

if TYPE_CHECKING:
    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.frame.build import Frame

ROW = st.tuples(
    st.sampled_from([(LABOUR,), (SAFETY,), (LABOUR, SAFETY), (HEALTH, LABOUR), (HEALTH, LABOUR, SAFETY)]),
    st.lists(st.sampled_from(["A", "B"]), min_size=3, max_size=3),
    st.booleans(),
)


def fewest_visits(frame: Frame, inside: set[str]) -> int:
    """Count the visits inside for every order of tickets that there can be, and give the fewest: the oracle of SHORTAGE-6."""
    counts = []
    for order in permutations(frame.entities):
        drawn = set()
        for quota in frame.quotas:
            key = (quota.domain, quota.stratum)
            drawn |= {
                one.id
                for one in [one for one in order if key in zip(one.domains, one.strata, strict=True)][: quota.take]
            }
        counts.append(len(drawn & inside))
    return min(counts)


def count_inside(frame: Frame, inside: set[str]) -> CertainVisits:
    """Count the certain visits to some entities of a frame."""
    profiles = Counter((one.domains, one.strata) for one in frame.entities if one.id in inside)
    return Certainty(frame).count_certain(profiles, {quota.domain for quota in frame.quotas})


class TestCertainty:
    """SHORTAGE-6 A lower bound that no order of tickets goes below."""

    @given(rows=st.lists(ROW, min_size=1, max_size=6), takes=st.lists(st.integers(0, 4), min_size=6, max_size=6))
    def test_never_too_many(self, rows: list[tuple[tuple[Domain, ...], list[str], bool]], takes: list[int]) -> None:
        """SHORTAGE-6: over all orders of tickets no draw visits fewer of the entities inside; the quick bound is not below."""
        frame = small_frame(
            [(domains, tuple(strata[: len(domains)])) for domains, strata, _ in rows],
            lambda number: takes[number % len(takes)],
        )
        inside = {one.id for one, (_, _, is_inside) in zip(frame.entities, rows, strict=True) if is_inside}
        found = count_inside(frame, {str(name) for name in inside})
        assert found.count <= fewest_visits(frame, {str(name) for name in inside})
        profiles = Counter((one.domains, one.strata) for one in frame.entities if one.id in inside)
        assert found.count <= Certainty(frame).at_most(profiles, {quota.domain for quota in frame.quotas})
        assert found.count == sum(ground.certain for ground in found.grounds) - found.saved

    def test_inside(self) -> None:
        """SHORTAGE-6: of 4 drawn from 5, of which 3 are inside, two miss the others at most and 2 are certain."""
        frame = small_frame([((LABOUR,), ("A",))] * 5, lambda _: 4)
        found = count_inside(frame, {"E00", "E01", "E02"})
        assert (found.count, [(one.inside, one.certain) for one in found.grounds]) == (2, [(3, 2)])

    def test_one_visit_for_several_domains(self) -> None:
        """SHORTAGE-6: three drawn for labour and two for safety of the same four are three visits and no more for certain."""
        frame = small_frame([((LABOUR, SAFETY), ("A", "A"))] * 4, lambda number: (3, 2)[number])
        found = count_inside(frame, {one.id for one in frame.entities})
        assert (found.count, [one.quota.domain for one in found.grounds], found.saved) == (3, [LABOUR], 0)

    def test_domains_that_hardly_meet(self) -> None:
        """SHORTAGE-6: two of labour and two of safety with one company in common are three visits at least."""
        rows = [((LABOUR,), ("A",)), ((LABOUR, SAFETY), ("A", "A")), ((SAFETY,), ("A",))]
        frame = small_frame(rows, lambda _: 2)
        found = count_inside(frame, {one.id for one in frame.entities})
        assert (found.count, len(found.grounds), found.saved) == (3, 2, 1)

    def test_strata_add_up(self) -> None:
        """SHORTAGE-6: strata without a common company add up, also where another one proves by another domain."""
        frame = small_frame([((LABOUR,), ("A",)), ((SAFETY,), ("B",))], lambda _: 1)
        assert count_inside(frame, {"E00", "E01"}).count == 2

    def test_strata_of_one_entity(self) -> None:
        """SHORTAGE-6: strata that one company has for two domains are one family: drawn for both it is one visit."""
        frame = small_frame([((LABOUR, SAFETY), ("A", "B"))], lambda _: 1)
        assert count_inside(frame, {"E00"}).count == 1

    def test_a_number_beyond_its_base(self) -> None:
        """SHORTAGE-6: a number that exceeds its base, which is refused elsewhere, makes nobody visited twice."""
        frame = small_frame([((LABOUR,), ("A",))] * 2, lambda _: 50)
        assert count_inside(frame, {"E00", "E01"}).count == 2

    def test_drawn_for_some_domains(self) -> None:
        """SHORTAGE-6: asked for one domain, only its quotas count."""
        frame = small_frame([((LABOUR,), ("A",)), ((SAFETY,), ("A",))], lambda _: 1)
        profiles = Counter((one.domains, one.strata) for one in frame.entities)
        assert Certainty(frame).count_certain(profiles, (LABOUR,)).count == 1


@pytest.mark.parametrize(("things", "count"), [(0, 0), (1, 1), (3, 7), (6, 63), (7, 7 + 21 + 1)])
def test_selections(things: int, count: int) -> None:
    """SHORTAGE-9: all selections of up to six things; of more the single ones, pairs, and all together."""
    found = list(selections(range(things)))
    assert len(found) == len(set(found)) == count
