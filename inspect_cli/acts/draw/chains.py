"""Chains of draws as the store holds them: a first draw, its supplements in order, and the visits in force. Nothing is changed here.

A chain is found by the slot of any of its draws. Which visit is in force is ``core.draw.supplement.standing``'s rule; where it stands
(moved, recorded, ended) is told by the rows that the acts keep beside the frozen bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import finished_draw, require_draw
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.draw.supplement.standing import Chain
from inspect_cli.errors import RefusedError, say
from inspect_cli.storage.draws import DrawRecord, DrawState, find_draws, find_heads
from inspect_cli.storage.visits import VisitRecord, find_visit_changes, find_visits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.visit.change import VisitChange


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawChain:
    """A first draw and its supplements in order, void ones aside; the last one may still be without its seed or result."""

    records: tuple[DrawRecord, ...]

    @property
    def first(self) -> DrawRecord:
        """The first draw, after which the chain is named."""
        return self.records[0]

    @property
    def last(self) -> DrawRecord:
        """The draw that was committed last."""
        return self.records[-1]

    @property
    def drawn(self) -> tuple[DrawRecord, ...]:
        """The draws that have a result, in order; none before the first draw was run."""
        return tuple(record for record in self.records if record.result is not None)

    @property
    def pending(self) -> DrawRecord | None:
        """The draw that is committed and not yet drawn, if there is one."""
        return None if self.last.result is not None else self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingVisit:
    """A visit in force: the row of the draw that made it, with the day to which it was moved, and its company's changes in order.

    ``changes`` are those of all visits that the chain gave the company, so that a calendar can tell how often it changed.
    """

    record: VisitRecord
    changes: tuple[VisitChange, ...]

    @property
    def end(self) -> VisitChange | None:
        """How the visit ended without a result: cancelled or carried over; None while it stands or when a result is recorded."""
        ends = (one for one in self.changes if one.kind.is_end and one.slot == self.record.slot)
        return next(ends, None)


def find_chain(session: Session, slot: Slot) -> DrawChain:
    """Find the chain that a draw belongs to; ``UsageMistake`` where there is no such draw, ``RefusedError`` where it is void."""
    record = require_draw(session, slot)
    if record.state is DrawState.VOID:
        raise RefusedError(
            say("the draw {slot} is void: it has no visits", slot=slot),
            hint=say("see the draws there are with inspect-cli draw list"),
        )
    chains = find_chains(session, record.period)
    return next(chain for chain in chains if any(one.slot == slot for one in chain.records))


def find_periods(session: Session) -> tuple[Period, ...]:
    """Find the months with a draw that is not void, in order.

    Whoever needs the chains of all of them reads one month after the other: the frozen bytes of many would not fit the memory.
    """
    return tuple(sorted({head.period for head in find_heads(session) if head.state is not DrawState.VOID}))


def find_chains(session: Session, period: Period) -> tuple[DrawChain, ...]:
    """Find the chains of a period, void draws aside, sorted by their first slots."""
    records = find_draws(session, period)
    firsts = (record for record in records if record.amends is None and record.state is not DrawState.VOID)
    return tuple(DrawChain(records=tuple(_follow([first], records))) for first in firsts)


def find_lineage(session: Session, slot: Slot) -> tuple[DrawRecord, ...]:
    """Find a draw with those that it amends before it and those that amend it behind it; also of a void one, ``UsageMistake`` for none."""
    links = [require_draw(session, slot)]
    while links[0].amends is not None:
        links.insert(0, require_draw(session, links[0].amends))
    return tuple(_follow(links, find_draws(session, links[0].period)))


def _follow(links: list[DrawRecord], records: Iterable[DrawRecord]) -> list[DrawRecord]:
    """Give the draws with those that amend them, one by one, behind the last."""
    amending = {record.amends: record for record in records if record.amends and record.state is not DrawState.VOID}
    while links[-1].slot in amending:
        links = [*links, amending[links[-1].slot]]
    return links


def read_chain(chain: DrawChain) -> Chain:
    """Read a chain's drawn draws from their frozen bytes; ``RefusedError`` where the first is not drawn yet."""
    first = finished_draw(chain.first)
    return Chain(first=first, supplements=tuple(finished_draw(record) for record in chain.drawn[1:]))


def find_standing_visits(session: Session, chain: DrawChain) -> tuple[StandingVisit, ...]:
    """Find the visits in force of a chain, sorted by entity: of each entity the newest draw's."""
    newest: dict[EntityId, VisitRecord] = {}
    changes: dict[EntityId, list[VisitChange]] = {}
    for draw in chain.drawn:
        newest.update({visit.entity: visit for visit in find_visits(session, draw.slot)})
        for change in find_visit_changes(session, draw.slot):
            changes.setdefault(change.entity, []).append(change)
    return tuple(
        StandingVisit(record=newest[entity], changes=tuple(changes.get(entity, ())))
        for entity in sorted(newest, key=str.encode)
    )


def find_held(session: Session, chain: DrawChain) -> dict[EntityId, Slot]:
    """Name the entities whose visits a supplement that is committed and not yet drawn draws again, each with its slot.

    A visit that ended stays ended, also where the protocol makes the supplement name it.
    """
    pending = chain.pending
    if pending is None or pending.amends is None:
        return {}
    ended = {visit.record.entity for visit in find_standing_visits(session, chain) if visit.end is not None}
    return {row.id: pending.slot for row in parse_entity_rows(pending.entities) if row.id not in ended}
