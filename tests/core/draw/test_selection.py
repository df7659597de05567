"""Selection: the protocol word for word, and what holds of it whatever the seed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_cli.core.draw.commitment import Quota
from inspect_cli.core.draw.selection import entity_tickets, quota_fault, select
from inspect_cli.core.draw.ticket import Purpose, ticket
from inspect_cli.core.names import Domain
from tests.core.draw.builders import SEED, commitment, entity, frame, oracle_draw, quotas_for
from tests.core.draw.strategies import Numbers, SmallDraw, numbers, seeds, small_draws
from tests.oracle import selection_of

if TYPE_CHECKING:
    from inspect_cli.core.draw.result import Selected
    from tests.oracle_form import Row

PLACE = Quota(domain=Domain("safety"), stratum="A", size=1, take=1)


def told(selection: tuple[Selected, ...]) -> list[Row]:
    """Give a selection as the oracle tells it."""
    return [{"entity": one.entity, "ticket": one.ticket, "drawn": list(one.drawn)} for one in selection]


class TestByDefinition:
    """DRAW-3, DRAW-5: of each stratum the lowest tickets are drawn, and listed in ticket order."""

    @pytest.mark.untraced
    @settings(max_examples=1000)
    @given(small_draws, seeds)
    def test_against_the_protocol_word_for_word(self, small: SmallDraw, seed: str) -> None:
        """The selection is the one of a slow reading of section 6."""
        found = select(small.commitment.quotas, small.frame.entities, seed)
        draw = oracle_draw(small.commitment, small.frame)
        assert told(found) == selection_of(draw["commitment"], draw["entities"], seed)

    @given(small_draws, seeds)
    def test_quotas_are_exact(self, small: SmallDraw, seed: str) -> None:
        """Each quota draws exactly what it takes."""
        found = select(small.commitment.quotas, small.frame.entities, seed)
        rows = {row.id: row for row in small.frame.entities}
        for quota in small.commitment.quotas:
            drawn = [one for one in found if quota.domain in one.drawn]
            strata = [dict(zip(rows[one.entity].domains, rows[one.entity].strata, strict=True)) for one in drawn]
            assert sum(of[quota.domain] == quota.stratum for of in strata) == quota.take

    def test_tickets_written_out_are_the_tickets(self) -> None:
        """The million tickets are made as each single one is."""
        rows = [entity("E1"), entity("企")]
        assert entity_tickets(SEED, rows) == [ticket(SEED, Purpose.ENTITY, row.id, row.salt) for row in rows]

    def test_nobody(self) -> None:
        """No quotas and no entities, or quotas that take nobody, draw nobody."""
        assert select((), (), SEED) == ()
        assert select([replace(PLACE, take=0)], [entity()], SEED) == ()

    def test_few_of_many(self) -> None:
        """Looking only at low tickets finds the same as looking at all, however few are taken."""
        rows = [entity(f"E{number:05}", stratum="AB"[number % 7 == 0]) for number in range(3000)]
        quotas = [
            Quota(domain=Domain("safety"), stratum="A", size=2571, take=1),
            Quota(domain=Domain("safety"), stratum="B", size=429, take=3),
        ]
        draw = oracle_draw(commitment(frame(rows), quotas=tuple(quotas)), frame(rows))
        assert told(select(quotas, rows, SEED)) == selection_of(draw["commitment"], draw["entities"], SEED)

    def test_a_stratum_without_a_quota(self) -> None:
        """Nobody is drawn for a domain that has no quota; that there should be one is another rule's business."""
        found = select([PLACE], [entity("E1", "health", "safety")], SEED)
        assert [one.drawn for one in found] == [("safety",)]

    def test_a_quota_that_claims_too_many(self) -> None:
        """A size that is not true makes the search longer, not endless."""
        assert len(select([replace(PLACE, size=1000, take=5)], [entity("E1"), entity("E2")], SEED)) == 2


class TestOrderOfInput:
    """DRAW-6: the order of rows and quotas never matters."""

    @given(small_draws, seeds, numbers)
    def test_shuffled(self, small: SmallDraw, seed: str, chance: Numbers) -> None:
        """Rows and quotas in another order select the same."""
        rows = chance.shuffled(small.frame.entities)
        quotas = chance.shuffled(small.commitment.quotas)
        assert select(quotas, rows, seed) == select(small.commitment.quotas, small.frame.entities, seed)


class TestConsistency:
    """DRAW-3: with the seed held, plans that differ a little draw almost the same."""

    @given(small_draws, seeds, st.data())
    def test_a_larger_quota_keeps_the_smaller_one_s_entities(
        self, small: SmallDraw, seed: str, data: st.DataObject
    ) -> None:
        """Whoever is drawn for a domain stays drawn for it when quotas grow."""
        larger = [
            replace(quota, take=data.draw(st.integers(quota.take, quota.size))) for quota in small.commitment.quotas
        ]
        before = {
            (one.entity, domain)
            for one in select(small.commitment.quotas, small.frame.entities, seed)
            for domain in one.drawn
        }
        after = {(one.entity, domain) for one in select(larger, small.frame.entities, seed) for domain in one.drawn}
        assert before <= after

    @given(small_draws, seeds, st.data())
    def test_removing_an_undrawn_entity_changes_nobody_s_being_drawn(
        self, small: SmallDraw, seed: str, data: st.DataObject
    ) -> None:
        """Without an entity that was not drawn, and its quotas' sizes one less, the same are drawn."""
        found = select(small.commitment.quotas, small.frame.entities, seed)
        undrawn = [row for row in small.frame.entities if row.id not in {one.entity for one in found}]
        if not undrawn:
            return
        gone = data.draw(st.sampled_from(undrawn))
        left = [row for row in small.frame.entities if row is not gone]
        takes = {(quota.domain, quota.stratum): quota.take for quota in small.commitment.quotas}
        quotas = [replace(quota, take=takes[(quota.domain, quota.stratum)]) for quota in quotas_for(left)]
        assert select(quotas, left, seed) == found


class TestQuotas:
    """DRAW-4: one quota for each stratum of the frame, of its size, and everybody in one that takes somebody."""

    @given(small_draws)
    def test_quotas_of_the_frame_are_right(self, small: SmallDraw) -> None:
        """Quotas that were counted from the rows have no fault."""
        assert quota_fault(small.commitment.quotas, small.frame.entities) is None

    @pytest.mark.parametrize(
        ("quotas", "what"),
        [
            ([], "there is no quota for health A"),
            ([PLACE], "there is no quota for health A"),
            (
                [PLACE, replace(PLACE, domain=Domain("health"), size=2)],
                "the frame has 1 entities of health A, its quota says 2",
            ),
            (
                [PLACE, replace(PLACE, domain=Domain("health")), replace(PLACE, stratum="B")],
                "the frame has 0 entities of safety B",
            ),
            (
                [replace(PLACE, take=0), replace(PLACE, domain=Domain("health"), take=0)],
                "E01 is in no quota that takes anybody",
            ),
        ],
        ids=len,
    )
    def test_faults(self, quotas: list[Quota], what: str) -> None:
        """A quota that is missing, too many, of another size, or that leaves somebody undrawable is told."""
        assert what in str(quota_fault(quotas, [entity("E01", "health", "safety")]))

    def test_one_domain_may_take_nobody(self) -> None:
        """A domain that is only checked when somebody comes has a quota of nobody."""
        quotas = [PLACE, replace(PLACE, domain=Domain("health"), take=0)]
        assert quota_fault(quotas, [entity("E01", "health", "safety")]) is None
