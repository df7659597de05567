"""The frozen frame as a whole: three lists that fit each other and the commitment that seals them.

What lives here: counts and roots of the lists, and the rules across members. What does not: who is in and who is out
(``core.plan``).

ROWS-5  The days of every row are days of the commitment.
ROWS-6  Only a supplementary draw's rows name a team or an expert: a team of distinct rows of role inspector, at most
        ``team.max``; an expert of role expert; and nobody named bars the entity.
ROWS-7  Nothing is both excluded and in the frame: an excluded entity has no row, and an excluded domain is one that the
        row of its entity does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import Listing, SealedFrame
from inspect_cli.core.draw.fields import refusal
from inspect_cli.core.draw.rows import (
    ENTITIES,
    EXCLUDED,
    INSPECTORS,
    EntityRow,
    ExcludedRow,
    InspectorRow,
    RowRole,
    render_entity,
    render_excluded,
    render_inspector,
)
from inspect_cli.core.merkle import root
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.names import EntityId, InspectorId


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenFrame:
    """The rows of a frame, each list in its order."""

    entities: tuple[EntityRow, ...]
    inspectors: tuple[InspectorRow, ...]
    excluded: tuple[ExcludedRow, ...] = ()


def seal_frame(frame: FrozenFrame) -> SealedFrame:
    """Give the counts and roots of the three lists."""
    return SealedFrame(
        entities=Listing(count=len(frame.entities), root=root(map(render_entity, frame.entities))),
        excluded=Listing(count=len(frame.excluded), root=root(map(render_excluded, frame.excluded))),
        inspectors=Listing(count=len(frame.inspectors), root=root(map(render_inspector, frame.inspectors))),
    )


def require_frame(commitment: Commitment, frame: FrozenFrame) -> None:
    """Refuse (``InputError``) lists that do not fit each other or the commitment (ROWS-5 to ROWS-7)."""
    _require_inspectors(commitment, frame)
    _require_entities(commitment, frame)
    _require_excluded(frame)


def _require_inspectors(commitment: Commitment, frame: FrozenFrame) -> None:
    days = frozenset(commitment.days)
    for number, row in enumerate(frame.inspectors, start=1):
        for day, _ in row.days:
            if day not in days:
                raise refusal(say("{day} is not a day of the commitment", day=day), INSPECTORS, number, "days")


def _require_entities(commitment: Commitment, frame: FrozenFrame) -> None:
    days = frozenset(commitment.days)
    people = _named_people(frame)
    for number, row in enumerate(frame.entities, start=1):
        for day in row.days or ():
            if day not in days:
                raise refusal(say("{day} is not a day of the commitment", day=day), ENTITIES, number, "days")
        if row.team is None and row.expert is None:
            continue
        for column, fault in _named_faults(commitment, row, people):
            raise refusal(fault, ENTITIES, number, column)


def _named_people(frame: FrozenFrame) -> dict[InspectorId, tuple[RowRole, frozenset[EntityId]]]:
    """Give role and bars of everybody whom a row names, the bars as sets: a long list would be searched anew for each row."""
    named = {name for row in frame.entities for name in (*(row.team or ()), row.expert)}
    return {row.id: (row.role, frozenset(row.barred)) for row in frame.inspectors if row.id in named}


def _named_faults(
    commitment: Commitment, row: EntityRow, people: Mapping[InspectorId, tuple[RowRole, frozenset[EntityId]]]
) -> Iterator[tuple[str, Message]]:
    """Tell what is wrong with the people whom a row names (ROWS-6), each fault with its key."""
    team = row.team or ()
    if commitment.amends is None:
        key = "expert" if row.team is None else "team"
        yield key, say("only a supplementary draw can name a team or an expert")
    if len(set(team)) != len(team) or len(team) > commitment.team.max:
        yield "team", say("the team names somebody twice, or more people than a team can have")
    named = [("team", name, RowRole.INSPECTOR) for name in team]
    named += [] if row.expert is None else [("expert", row.expert, RowRole.EXPERT)]
    for key, name, role in named:
        there, barred = people.get(name, (None, frozenset()))
        if there is not role:
            yield key, say("{person} is not on the roster as {role}", person=name, role=role)
        if row.id in barred:
            yield key, say("{person} must not visit this entity", person=name)


def _require_excluded(frame: FrozenFrame) -> None:
    if not frame.excluded:
        return
    domains = {row.id: row.domains for row in frame.entities}
    for number, row in enumerate(frame.excluded, start=1):
        inside = domains.get(row.id)
        if row.domain is None and inside is not None:
            raise refusal(say("{entity} is both excluded and in the frame", entity=row.id), EXCLUDED, number)
        if row.domain is not None and (inside is None or row.domain in inside):
            what = say(
                "the domain {domain} of {entity} is not left out of a row of the frame",
                domain=row.domain,
                entity=row.id,
            )
            raise refusal(what, EXCLUDED, number)
