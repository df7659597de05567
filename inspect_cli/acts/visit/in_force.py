"""The visits in force of a chain, as the acts on them find them: by any slot of the chain, and by any number of a company.

Nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chain, find_held, find_standing_visits
from inspect_cli.acts.draw.frozen import require_result
from inspect_cli.core.registry.number import Numbers
from inspect_cli.core.report.steps import draw_command
from inspect_cli.core.visit.ending import Hold, VisitInForce
from inspect_cli.errors import UsageMistake, say
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.results import find_visited

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.names import EntityId, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainInForce:
    """A chain that was drawn, and its visits in force by the numbers that it drew, sorted."""

    chain: DrawChain
    visits: Mapping[EntityId, VisitInForce]
    numbers: Numbers = field(default_factory=Numbers)

    def require(self, entities: Iterable[EntityId]) -> tuple[VisitInForce, ...]:
        """Give the visits of entities, each once, sorted; ``UsageMistake`` where there is none of an entity, or more than one."""
        slot = self.chain.first.slot
        drawn = {
            entity: self.numbers.find_same(entity, self.visits) for entity in sorted(set(entities), key=str.encode)
        }
        unknown = tuple(entity for entity, found in drawn.items() if not found)
        if unknown:
            raise UsageMistake(
                say("{slot} has no visit to {entity}", slot=slot, entity=unknown),
                hint=say("see its visits with: inspect-cli visit list {slot}", slot=slot),
            )
        for entity, found in drawn.items():
            if len(found) > 1:
                raise UsageMistake(
                    say(
                        "{slot} drew {entity} under several numbers: {numbers}", slot=slot, entity=entity, numbers=found
                    ),
                    hint=say("name one of them; see its visits with: inspect-cli visit list {slot}", slot=slot),
                )
        return tuple(self.visits[entity] for entity in sorted({one for (one,) in drawn.values()}, key=str.encode))


def read_in_force(session: Session, slot: Slot) -> ChainInForce:
    """Read the visits in force of a slot's chain.

    ``UsageMistake`` where there is no such draw, ``RefusedError`` where it is void or its chain's first draw was not run yet.
    """
    chain = find_chain(session, slot)
    require_result(chain.first)
    held = find_held(session, chain)
    hold = _hold(chain)
    made = {record.slot: find_visited(session, record.slot) for record in chain.records}
    visits = {
        visit.record.entity: VisitInForce(
            slot=visit.record.slot,
            entity=visit.record.entity,
            period=chain.first.period,
            day=visit.record.day,
            state=visit.record.state,
            end=visit.end,
            hold=hold if visit.record.entity in held else None,
            was_made=visit.record.entity in made[visit.record.slot],
        )
        for visit in find_standing_visits(session, chain)
    }
    return ChainInForce(chain=chain, visits=visits, numbers=find_numbers(session))


def _hold(chain: DrawChain) -> Hold | None:
    """Say which draw of a chain waits, and which command brings it on its way."""
    pending = chain.pending
    if pending is None:
        return None
    return Hold(slot=pending.slot, command=draw_command(pending.slot, has_seed=pending.seed is not None))
