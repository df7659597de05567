"""Whom recusals (回避) bar: the pairs of inspector and entity that must not meet. The one place that knows what a group means.

What lives here: from recusals to pairs. What does not: the words of reasons (``recusal_words``), and what a draw makes of a pair
(``core.plan.frame.roster``, ``core.draw.supplement``, ``core.visit.move``).

Rules:

RECUSE-5  A recusal from a group bars every entity that the registry has in that group when the question is asked, the retired too:
          a company that joins the group later is barred from then on, one that left it no longer.
RECUSE-6  Groups are the same when their names are, as REG-14 compares words.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from inspect_cli.core.registry.words import fold_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.core.registry.inspector import Recusal


def find_recused(
    recusals: Iterable[Recusal], groups: Iterable[tuple[EntityId, str | None]], first: date, last: date
) -> Iterator[tuple[InspectorId, EntityId]]:
    """Give the pairs that must not meet on some day from ``first`` to ``last`` (RECUSE-5), some perhaps twice.

    ``groups`` names the entities of the registry with their groups.
    """
    in_force = [one for one in recusals if one.is_in_force(first, last)]
    members: dict[str, list[EntityId]] = defaultdict(list)
    if any(one.group is not None for one in in_force):
        for entity, group in groups:
            if group is not None:
                members[fold_word(group)].append(entity)
    for one in in_force:
        if one.entity is not None:
            yield one.inspector, one.entity
        if one.group is not None:
            yield from ((one.inspector, entity) for entity in members.get(fold_word(one.group), ()))


def is_concerned(recusal: Recusal, entity: EntityId, group: str | None) -> bool:
    """Say whether a recusal, in force or not, is from an entity that the registry has in ``group`` (RECUSE-5)."""
    if recusal.entity is not None and recusal.entity == entity:
        return True
    return recusal.group is not None and is_same_group(recusal.group, group)


def is_same_group(one: str | None, other: str | None) -> bool:
    """Say whether two names are of the same group of companies (RECUSE-6); None is no group, and the same as None."""
    return one == other or (one is not None and other is not None and fold_word(one) == fold_word(other))
