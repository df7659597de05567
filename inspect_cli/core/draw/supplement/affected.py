"""What a supplement has to name: which visits are drawn again, who is absent and when, from what is asked for and what the books say.

What lives here: the rules by which a bureau's words and its books become the changes of a supplementary draw, so that nobody has a
choice that the protocol does not see. What does not: the frame that follows from them (``amend``), and the state (``affected_draft``).

AFFECT-1  Only a visit in force that has no result and has not ended is drawn again. The protocol knows of no ends: one that ended is
          named where it must be, and its new visit counts for nothing.
AFFECT-2  Who cannot work on the day of a visit, or is recused from it, leaves it; the others stay. Where the day is not later than
          the sources (it is looked at from today on, or as far back as asked for), or the visit was moved, nobody can be replaced in
          time: the day is closed, and the visit is drawn anew as a whole. A visit goes without an expert who drops out so late.
AFFECT-3  A visit on a day that is closed to it, or to all, is drawn anew; so is each open visit that has a day left.
AFFECT-4  To a visit that is drawn anew each day is closed on which the entity is not visited. One with no day left is not drawn anew.
AFFECT-5  Absent is whoever cannot work on a day that is left; whom another draw seats that day, or a visit that was moved there, unless
          they have a seat of this draw on it.
AFFECT-6  An absence that would take a seat of a visit which is not made that day (moved or ended) is named only where a visit could now
          be drawn for that day; a moved one is then drawn anew.
AFFECT-7  A pair that must not meet, of which the roster does not know, is kept apart: who is free on a day that the visit could be drawn
          for is absent that day; where a seat of theirs stays on it, the day is closed to the visit.
AFFECT-8  Nobody exceeds the month's cap by their seats in several draws: who could is absent on their last free days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.supplement.affected_draft import Draft, Outlook, nothing_left
from inspect_cli.core.draw.supplement.situation import Cause
from inspect_cli.core.draw.supplement.standing import days_left
from inspect_cli.errors import RefusedError, say

if TYPE_CHECKING:
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.draw.supplement.changes import Absence, Change
    from inspect_cli.core.draw.supplement.situation import Situation, Wishes
    from inspect_cli.core.draw.supplement.standing import Chain
    from inspect_cli.core.names import EntityId, InspectorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """What a supplement names, and what it cannot help.

    ``stuck``: visits that cannot be made as drawn and have no day left, with the reason. ``unaided``: experts who drop out too late to
    be replaced, with the visit that goes without them.
    """

    days: tuple[str, ...]
    changes: tuple[Change, ...]
    absent: tuple[Absence, ...]
    stuck: tuple[tuple[EntityId, str], ...] = ()
    unaided: tuple[tuple[InspectorId, EntityId], ...] = ()


def find_affected(chain: Chain, wishes: Wishes, situation: Situation) -> Affected:
    """Find what a supplement of a chain has to name (AFFECT-1 to AFFECT-8).

    Raises ``RefusedError`` where a visit has no day left, where nobody can be kept within the rules, or where nothing is to be drawn.
    """
    finder = _Finder(chain, wishes, situation)
    finder.look_at_visits()
    finder.look_at_roster()
    while True:
        request = finder.draft.request()
        outlook = Outlook(finder.draft, request)
        if not (finder.settle_doubts(outlook) or finder.keep_apart(outlook) or finder.keep_caps(outlook)):
            break
    if not any(finder.draft.is_alive(change.entity) for change in request.changes):
        raise RefusedError(
            say(
                "nothing is to be drawn again: no visit that is still to be made loses anybody or its day, and none is open"
            ),
            hint=say("leave and recusals for later draws are entered with inspect-cli inspector leave and recuse"),
        )
    return Affected(
        days=finder.draft.days,
        changes=request.changes,
        absent=request.absent,
        stuck=tuple(sorted(finder.draft.stuck.items())),
        unaided=tuple(sorted(finder.unaided)),
    )


class _Finder:
    """The steps that find it, each adding to the draft."""

    def __init__(self, chain: Chain, wishes: Wishes, situation: Situation) -> None:
        self.draft = Draft(chain, wishes, situation)
        self.wishes = wishes
        self.situation = situation
        self.recused = wishes.recused | situation.recused
        self.unaided: set[tuple[InspectorId, EntityId]] = set()
        self.doubtful: dict[tuple[InspectorId, str], str] = {}

    def look_at_visits(self) -> None:
        """Look at each visit that is still to be made: its day, and everybody on it."""
        for entity, visit in self.draft.standing.visits.items():
            if not self.draft.is_alive(entity):
                continue
            if visit.day is not None:
                self._look_at_day(entity, visit.day)
                for person in visit.people:
                    self._look_at_seat(visit, visit.day, person)
            elif days_left(self.draft.standing, entity, self.draft.days):
                self.draft.draw_anew(entity, (), Cause.OPEN.value)

    def _look_at_day(self, entity: EntityId, drawn: str) -> None:
        """Close the day of a visit that cannot be made on it (AFFECT-3)."""
        wishes, real = self.wishes, self.draft.real_day(entity) or drawn
        if real in wishes.closed.get(entity, frozenset()) or real in wishes.lost:
            self.draft.draw_anew(entity, {drawn, real}, wishes.reason)
        elif real >= self.situation.today and real in self.situation.shut.get(entity, frozenset()):
            self.draft.draw_anew(entity, {drawn, real}, Cause.BLACKOUT.value)

    def _look_at_seat(self, visit: Visit, drawn: str, person: InspectorId) -> None:
        """See whether somebody drops out of a visit, and what becomes of it (AFFECT-2)."""
        entity, days = visit.entity, self.draft.days
        real = self.draft.real_day(entity) or drawn
        reason = self._reason_to_leave(entity, person, real)
        if reason is None:
            return
        if real == drawn and drawn in days:
            self.draft.let_leave(entity, person, reason)
        elif person == visit.expert and real not in days:
            self.unaided.add((person, entity))
        else:
            self.draft.draw_anew(entity, {drawn}, reason)

    def _reason_to_leave(self, entity: EntityId, person: InspectorId, day: str) -> str | None:
        """Say why somebody cannot come to a visit, or None; what nobody asks for is looked at from today on."""
        wishes, situation = self.wishes, self.situation
        if (person, entity) in wishes.recused:
            return Cause.RECUSAL.value
        if (person, entity) in wishes.leaving or day in wishes.absent.get(person, frozenset()):
            return wishes.reason
        if day < situation.today:
            return None
        return Cause.RECUSAL.value if (person, entity) in situation.recused else situation.away.get(person, {}).get(day)

    def look_at_roster(self) -> None:
        """Name absent who cannot work, or is taken, on a day that is left (AFFECT-5); seats not sat on that day are doubts (AFFECT-6)."""
        booked = self._booked()
        for person, row in self.draft.standing.roster.items():
            for day, _ in row.days:
                if day in self.draft.days:
                    self._look_at_person(person, day, booked.get((person, day)))
        for person, day in [(person, day) for person, days in self.draft.absent.items() for day in days]:
            self._free_moved(person, day)

    def _look_at_person(self, person: InspectorId, day: str, booked: str | None) -> None:
        """See whether somebody is absent on a day; ``booked`` says by what they are taken."""
        kept = [entity for entity in self.draft.visits_of(person, day) if self.draft.keeps(entity, person)]
        is_here = any(self.draft.is_alive(entity) and not self.draft.is_moved(entity) for entity in kept)
        reason = self._reason_of_absence(person, day) or (None if is_here else booked)
        if reason is None:
            return
        if kept and not is_here:
            self.doubtful[person, day] = reason
        else:
            self.draft.name_absent(person, day, reason)

    def _booked(self) -> dict[tuple[InspectorId, str], str]:
        """Give the days on which people are taken: by another draw, or by a visit that was moved there."""
        situation = self.situation
        booked = {(person, day): Cause.OTHER_DRAW.value for person, days in situation.taken.items() for day in days}
        for entity, day in situation.moved.items():
            if self.draft.is_alive(entity) and not self.draft.is_drawn_anew(entity):
                people = self.draft.standing.visits[entity].people
                booked.update({(person, day): Cause.MOVED.value for person in people})
        return booked

    def _reason_of_absence(self, person: InspectorId, day: str) -> str | None:
        if day in self.wishes.absent.get(person, frozenset()):
            return self.wishes.reason
        return self.situation.away.get(person, {}).get(day)

    def _free_moved(self, person: InspectorId, day: str) -> None:
        """Have the moved visits drawn anew that would keep somebody on a day on which they are named absent (AFFECT-6)."""
        for entity in self.draft.visits_of(person, day):
            if self.draft.is_alive(entity) and self.draft.is_moved(entity) and not self.draft.is_drawn_anew(entity):
                self.draft.draw_anew(entity, {day}, Cause.MOVED.value)
            if entity in self.situation.recorded:
                raise RefusedError(
                    say(
                        "{person} cannot work on {day}, but counts as sitting that day with {entity}, whose result is recorded",
                        person=person,
                        day=day,
                        entity=entity,
                    ),
                    hint=say(
                        "name sources that are known on {day} or later, so that this day is not drawn: "
                        "inspect-cli draw supplement --dice {day}T09:00",
                        day=day,
                    ),
                )
            if entity in self.draft.stuck and self.draft.is_moved(entity):
                raise nothing_left(entity)

    def settle_doubts(self, outlook: Outlook) -> bool:
        """Name the absences in doubt for whose day a visit could be drawn (AFFECT-6); say whether there were any."""
        named = [place for place in sorted(self.doubtful) if place[1] in outlook.reach]
        for person, day in named:
            self.draft.name_absent(person, day, self.doubtful.pop((person, day)))
            self._free_moved(person, day)
        return bool(named)

    def keep_apart(self, outlook: Outlook) -> bool:
        """Keep recused pairs apart of whom the roster does not know (AFFECT-7); say whether anything had to be named."""
        grew = False
        for person, entity in sorted(self.recused):
            row = outlook.standing.roster.get(person)
            if row is None or entity not in outlook.days or entity in row.barred or not self.draft.is_alive(entity):
                continue
            for day in outlook.days[entity]:
                if not outlook.free(person, day):
                    continue
                grew = True
                if outlook.stay[person, day]:
                    self.draft.draw_anew(entity, {day}, Cause.RECUSAL.value)
                    if entity in self.draft.stuck:
                        raise nothing_left(entity)
                else:
                    self.draft.name_absent(person, day, Cause.RECUSAL.value)
        return grew

    def keep_caps(self, outlook: Outlook) -> bool:
        """Keep everybody within the month's cap over all draws (AFFECT-8); say whether anybody had to be named."""
        grew = False
        for person, limit in sorted(self.situation.limits.items()):
            row = outlook.standing.roster.get(person)
            if row is None or limit >= row.month_cap:
                continue
            allowed = max(0, limit - outlook.month[person])
            free = {day: outlook.free(person, day) for day, _ in row.days if day in self.draft.days}
            within = [
                days for entity, days in outlook.days.items() if entity not in row.barred and self._can(free, days)
            ]
            most = min(max(0, row.month_cap - outlook.month[person]), len(within))
            for day in sorted(free, reverse=True):
                if min(most, sum(free.values())) <= allowed:
                    break
                if free[day] and not outlook.stay[person, day]:
                    self.draft.name_absent(person, day, Cause.MONTH_CAP.value)
                    self._free_moved(person, day)
                    free[day], grew = 0, True
            if min(most, sum(free.values())) > allowed:
                raise _beyond_the_cap(person, limit)
        return grew

    @staticmethod
    def _can(free: dict[str, int], days: tuple[str, ...]) -> bool:
        return any(free.get(day) for day in days)


def _beyond_the_cap(person: InspectorId, limit: int) -> RefusedError:
    return RefusedError(
        say(
            "{person} could come to more visits than the month's cap allows: other draws leave {limit} to them",
            person=person,
            limit=limit,
        ),
        hint=say("name them absent on days on which they could be drawn: --absent {person}=DAY", person=person),
    )
