"""Whom recusals bar: single companies, and groups of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.registry.inspector import Recusal, RecusalReason
from inspect_cli.core.registry.recused import find_recused, is_concerned, is_same_group

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
R1, E1, E2, E3 = InspectorId("R1"), EntityId("E1"), EntityId("E2"), EntityId("E3")
FROM_GROUP = Recusal(inspector=R1, group="某某集团", reason=RecusalReason.SHARES)
FROM_E3 = Recusal(inspector=R1, entity=E3, reason=RecusalReason.KIN)


class TestGroups:
    """RECUSE-5 A recusal from a group bars every entity that the registry has in that group when the question is asked."""

    def test_all_of_the_group(self) -> None:
        """RECUSE-5: everybody in the group is barred, nobody else, and no group is no group."""
        groups = ((E1, "某某集团"), (E2, "另一集团"), (E3, None))
        assert list(find_recused((FROM_GROUP,), groups, FIRST, LAST)) == [(R1, E1)]
        assert list(find_recused((FROM_E3, FROM_GROUP), groups, FIRST, LAST)) == [(R1, E3), (R1, E1)]

    def test_a_company_that_joins_later(self) -> None:
        """RECUSE-5: whoever joins the group is barred from then on, whoever left it no longer, with the same recusal."""
        before, after = ((E1, "某某集团"), (E2, None)), ((E1, None), (E2, "某某集团"))
        assert list(find_recused((FROM_GROUP,), before, FIRST, LAST)) == [(R1, E1)]
        assert list(find_recused((FROM_GROUP,), after, FIRST, LAST)) == [(R1, E2)]

    def test_days(self) -> None:
        """RECUSE-5: a recusal that has ended before the days, or begins after them, bars nobody of its group."""
        over, later = replace(FROM_GROUP, end=date(2026, 11, 30)), replace(FROM_GROUP, start=date(2027, 1, 1))
        assert not list(find_recused((over, later), ((E1, "某某集团"),), FIRST, LAST))

    def test_one_question(self) -> None:
        """RECUSE-5: of one company it is asked whether it is named, or its group is."""
        assert is_concerned(FROM_E3, E3, None)
        assert not is_concerned(FROM_E3, E1, "某某集团")
        assert is_concerned(FROM_GROUP, E1, "某某集团")
        assert not is_concerned(FROM_GROUP, E1, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("某某集团", "某某集团", True),
        ("ABC 集团", "ａｂｃ集团", True),
        ("某某集团", "某某集团二", False),
        ("某某集团", None, False),
        (None, None, True),
    ],
)
def test_names_of_groups(one: str | None, other: str | None, same: bool) -> None:
    """RECUSE-6: names of groups are compared without regard to width, case and white space."""
    assert is_same_group(one, other) is same
    assert is_same_group(other, one) is same
