"""Whether what a bureau asks for speaks of people and visits that are there: refused before anything follows from it.

What lives here: the refusals, each with what to do. What does not: what follows from a wish that is right (``affected``).

AFFECT-9  Who is asked for is on the roster of the chain, a newcomer is not; a visit that is asked for is in force, without a result and
          not ended, has the person on it, and is planned for one of the days to be closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.draw.supplement.standing import standing_of
from inspect_cli.errors import RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from inspect_cli.core.draw.supplement.situation import Situation, Wishes
    from inspect_cli.core.draw.supplement.standing import Chain, Standing
    from inspect_cli.core.names import EntityId, InspectorId, Slot


def require_sensible(chain: Chain, wishes: Wishes, situation: Situation) -> None:
    """Refuse wishes that speak of nobody and nothing (AFFECT-9): ``UsageMistake``, or ``RefusedError`` where a visit is over."""
    standing, slot = standing_of(chain), chain.first.commitment.slot
    for person in sorted(wishes.absent):
        _require_on_roster(standing, person)
    for newcomer in wishes.added:
        if newcomer.row.id in standing.roster:
            raise UsageMistake(
                say("{person} is on the roster of this draw already", person=newcomer.row.id),
                hint=say("--add is for somebody new on the roster"),
            )
    for person, entity in sorted(wishes.leaving | wishes.recused):
        _require_visit(standing, situation, entity, slot)
        if person not in standing.visits[entity].people:
            _require_on_roster(standing, person)
            raise UsageMistake(
                say("{person} is not on the visit to {entity}", person=person, entity=entity),
                hint=say(
                    "see who goes where with inspect-cli schedule show; later draws: inspect-cli inspector recuse"
                ),
            )
    for entity, days in sorted(wishes.closed.items()):
        _require_visit(standing, situation, entity, slot)
        planned = situation.moved.get(entity, standing.visits[entity].day)
        if planned is not None and planned not in days:
            raise UsageMistake(
                say(
                    "the visit to {entity} is planned for {day}, which is not closed by this",
                    entity=entity,
                    day=planned,
                ),
                hint=say("close the day of the visit: --close {entity}={day}", entity=entity, day=planned),
            )


def _require_on_roster(standing: Standing, person: InspectorId) -> None:
    if person not in standing.roster:
        raise UsageMistake(
            say("{person} is not on the roster of this draw", person=person),
            hint=say("see its people with inspect-cli schedule show --by inspector; --add takes somebody new"),
        )


def _require_visit(standing: Standing, situation: Situation, entity: EntityId, slot: Slot) -> None:
    """Refuse an entity without a visit that can still be drawn again."""
    if entity not in standing.visits:
        raise UsageMistake(
            say("{entity} has no visit in force in this draw", entity=entity),
            hint=say("see its visits with: inspect-cli visit list {slot}", slot=slot),
        )
    if entity in situation.recorded:
        raise RefusedError(
            say("the result of the visit to {entity} is recorded: it cannot be drawn again", entity=entity),
            hint=say("see what is recorded with: inspect-cli visit list {slot}", slot=slot),
        )
    if entity in situation.ended:
        raise RefusedError(
            say("the visit to {entity} has ended: it was cancelled or carried over", entity=entity),
            hint=say("see its visits with: inspect-cli visit list {slot}", slot=slot),
        )
