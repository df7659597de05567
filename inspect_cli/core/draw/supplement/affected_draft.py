"""A supplement in the making: the visits that it changes and the people whom it names absent.

What lives here: the state, and what each step does to it. What does not: which steps there are and why (``affected``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_cli.core.draw.supplement.amend import standing_seats, supplement_days
from inspect_cli.core.draw.supplement.build import SupplementRequest, complete_changes
from inspect_cli.core.draw.supplement.changes import Absence, Amends, Change
from inspect_cli.core.draw.supplement.situation import Cause
from inspect_cli.core.draw.supplement.standing import days_left, standing_of, with_amends
from inspect_cli.core.names import Slot
from inspect_cli.errors import RefusedError, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.core.draw.supplement.situation import Situation, Wishes
    from inspect_cli.core.draw.supplement.standing import Chain, Standing
    from inspect_cli.core.names import EntityId, InspectorId


class Draft:
    """What a supplement names so far, beside what stands, what is asked for, and what the books say."""

    def __init__(self, chain: Chain, wishes: Wishes, situation: Situation) -> None:
        """Start with nothing named."""
        self.chain = chain
        self.wishes = wishes
        self.situation = situation
        self.standing = standing_of(chain)
        self.days = supplement_days(chain, wishes.sources)
        self.changes: dict[EntityId, Change] = {}
        self.absent: dict[InspectorId, dict[str, str]] = {}
        self.stuck: dict[EntityId, str] = {}
        self._seats: dict[tuple[InspectorId, str], list[EntityId]] = {}
        for entity, visit in self.standing.visits.items():
            for person in visit.people:
                self._seats.setdefault((person, visit.day or ""), []).append(entity)

    def is_alive(self, entity: EntityId) -> bool:
        """Say whether a visit is still to be made, and can be drawn again (AFFECT-1)."""
        situation = self.situation
        return entity not in situation.recorded and entity not in situation.ended and entity not in self.stuck

    def is_moved(self, entity: EntityId) -> bool:
        """Say whether a visit is to be made on another day than it was drawn for."""
        return self.real_day(entity) != self.standing.visits[entity].day

    def real_day(self, entity: EntityId) -> str | None:
        """Give the day on which a visit is to be made; None where it is open."""
        return self.situation.moved.get(entity, self.standing.visits[entity].day)

    def visits_of(self, person: InspectorId, day: str) -> list[EntityId]:
        """Give the visits in force that were drawn for somebody on a day."""
        return self._seats.get((person, day), [])

    def is_drawn_anew(self, entity: EntityId) -> bool:
        """Say whether a visit is to be drawn anew as a whole."""
        change = self.changes.get(entity)
        return change is not None and not change.left

    def keeps(self, entity: EntityId, person: InspectorId) -> bool:
        """Say whether somebody of a visit keeps the seat by what is named so far."""
        change = self.changes.get(entity)
        return change is None or (bool(change.left) and person not in change.left)

    def let_leave(self, entity: EntityId, person: InspectorId, reason: str) -> None:
        """Let somebody leave a visit that has a day, unless it is drawn anew as a whole."""
        change = self.changes.get(entity) or Change(entity=entity, reason=reason)
        if not change.closed:
            self.changes[entity] = replace(change, left=tuple(sorted({*change.left, person})))

    def draw_anew(self, entity: EntityId, closed: Iterable[str], reason: str) -> None:
        """Have a visit drawn anew as a whole, on none of the days ``closed``, nor on others that are closed to it (AFFECT-4).

        Where it has no day left it is stuck; ``RefusedError`` where somebody asked for it, or it is open and has to be drawn.
        """
        change = self.changes.get(entity) or Change(entity=entity, reason=reason)
        left = days_left(self.standing, entity, self.days)
        shut = self.closed_days(entity).intersection(left)
        days = {*change.closed, *closed, *shut}
        if not days.issuperset(left):
            self.changes[entity] = replace(change, left=(), closed=tuple(sorted(days)))
            self._give_back(entity)
            return
        wishes = self.wishes
        is_asked = entity in wishes.closed or any(entity == at for _, at in wishes.leaving | wishes.recused)
        if is_asked or self.standing.visits[entity].day is None:
            raise nothing_left(entity)
        self.changes.pop(entity, None)
        self.stuck[entity] = reason

    def _give_back(self, entity: EntityId) -> None:
        """Take back that people are taken on the day to which a visit was moved, for it is drawn anew."""
        moved = self.situation.moved.get(entity, "")
        for person in self.standing.visits[entity].people:
            days = self.absent.get(person, {})
            if days.get(moved) == Cause.MOVED.value:
                del days[moved]

    def closed_days(self, entity: EntityId) -> frozenset[str]:
        """Give the days on which an entity cannot be visited, as asked for or as the books say."""
        wishes = self.wishes
        asked = wishes.closed.get(entity, frozenset()) | wishes.lost
        return asked | self.situation.shut.get(entity, frozenset())

    def name_absent(self, person: InspectorId, day: str, reason: str) -> None:
        """Name somebody absent on a day."""
        self.absent.setdefault(person, {}).setdefault(day, reason)

    def request(self) -> SupplementRequest:
        """Give what is named so far, with the changes that this makes necessary."""
        plain = SupplementRequest(
            slot=Slot(""),
            sources=self.wishes.sources,
            changes=tuple(self.changes.values()),
            absent=tuple(
                Absence(id=person, days=tuple(sorted(days)), reason=days[min(days)])
                for person, days in sorted(self.absent.items())
                if days
            ),
            added=self.wishes.added,
        )
        return complete_changes(self.chain, plain, Cause.OPEN.value)


class Outlook:
    """What a request would leave: the roster with its bars and days, the seats that stay, the days that each change can take."""

    def __init__(self, draft: Draft, request: SupplementRequest) -> None:
        """Work it out; newcomers are left out, for nobody knows anything of them that their row does not say."""
        self.request = request
        amends = Amends(result="", changes=request.changes, absent=request.absent)
        self.standing: Standing = with_amends(draft.standing, amends, ())
        self.stay = Counter((person, day) for _, person, day in standing_seats(self.standing, amends))
        self.month = Counter(person for _, person, _ in standing_seats(self.standing, amends))
        self.days: dict[EntityId, tuple[str, ...]] = {}
        for change in request.changes:
            day = draft.standing.visits[change.entity].day
            if change.left and day is not None:
                self.days[change.entity] = (day,)
            else:
                self.days[change.entity] = days_left(self.standing, change.entity, draft.days)
        self.reach = frozenset(day for days in self.days.values() for day in days)

    def free(self, person: InspectorId, day: str) -> int:
        """Give how many visits somebody could still take on a day, the month's cap aside."""
        cap = next((cap for at, cap in self.standing.roster[person].days if at == day), 0)
        return max(0, cap - self.stay[person, day])


def nothing_left(entity: EntityId) -> RefusedError:
    """Make the refusal of a visit that cannot be drawn anew, for it has no day left."""
    return RefusedError(
        say("the visit to {entity} has no day left and cannot be drawn anew", entity=entity),
        hint=say("end it first: inspect-cli visit cancel, or inspect-cli visit carry-over"),
    )
