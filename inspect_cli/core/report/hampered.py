"""Whether a visit can still be made as it was drawn, by the registries as they are today.

What does not live here: what a supplementary draw makes of it (``core.draw.supplement.affected``), which looks closer: squads, other
draws, caps.

Rules:

STATUS-6  A planned visit is hampered when somebody on it is on leave that day, has left the roster by then, is not in service, has no
          certificate that is valid then (an expert needs none), or is recused from the entity in that month; or when the entity, its
          zone or everybody is not visited that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.registry.inspector import Inspector, Leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What today's registries say of a month; ``recused`` are the pairs that must not meet on some day of it."""

    people: Mapping[InspectorId, Inspector]
    leave: tuple[Leave, ...]
    recused: frozenset[tuple[InspectorId, EntityId]]
    blackouts: tuple[Blackout, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """A planned visit: who goes where on which day, an expert among them; ``zone`` is the entity's of today."""

    day: date
    entity: EntityId
    zone: str | None
    team: tuple[InspectorId, ...]


def is_hampered(outing: Outing, present: Present) -> bool:
    """Say whether a visit cannot be made as it was drawn (STATUS-6)."""
    return any(_is_missing(person, outing, present) for person in outing.team) or any(
        one.covers(outing.day) and one.concerns(outing.entity, outing.zone) for one in present.blackouts
    )


def _is_missing(id: InspectorId, outing: Outing, present: Present) -> bool:
    person = present.people.get(id)
    return (
        person is None
        or not person.may_act_on(outing.day)
        or (id, outing.entity) in present.recused
        or any(one.inspector == id and one.covers(outing.day) for one in present.leave)
    )
