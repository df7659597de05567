"""Stage 4, the schedule (派发): the visits of a draw and its supplements as people read them, by day, by inspector or by entity.

What lives here: putting together who goes where and when. What does not: deciding it (``draw.staffing``), which visit is in force
after supplements, moves and ends (``visit.history``), and what was found.

Rules:

SCHED-1  The schedule says what the results in force say: teams are theirs, in their order, and so are the days, but for a visit that
         was moved. A visit that was cancelled or carried over is in no schedule; how many there are is said.
SCHED-2  The first member of a team who may lead is its leader; experts come last and do not count.
SCHED-3  A company's name is the frozen one. What nobody froze (addresses, people's names) is the registry's of today. A company that
         changed its number since stands under the drawn one, and the number of today is said beside it (NUMBER-3).
SCHED-4  Visits are in the order of their days, those of one day in the ticket order of the first draw, open ones last.
SCHED-5  Nobody is shown another's visits in a schedule of their own.
SCHED-6  Each visit says by which draw it was drawn, whether that was a supplement, and from which day it was moved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from inspect_cli.core.draw.result import OpenReason
from inspect_cli.core.draw.rows import parse_others
from inspect_cli.core.registry.number import Numbers
from inspect_cli.core.unchecked import find_left_out, name_matters, say_unchecked
from inspect_cli.errors import Message, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.draw.result import Result, Visit
    from inspect_cli.core.draw.rows import EntityRow, InspectorRow
    from inspect_cli.core.names import Domain, EntityId, InspectorId, MatterId, Slot
    from inspect_cli.core.unchecked import UncheckedMatter


class SeatRole(StrEnum):
    """What somebody does on a visit."""

    LEADER = "leader"
    MEMBER = "member"
    EXPERT = "expert"


class Grouping(StrEnum):
    """By what a schedule is read."""

    DAY = "day"
    INSPECTOR = "inspector"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody on a visit; the name is their id where the registry has none."""

    id: InspectorId
    name: str
    role: SeatRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledVisit:
    """One visit: with a day and seats, or open (``open`` says why) with neither.

    ``slot`` is the draw that it was drawn by, ``first`` the first draw of the chain. ``drawn_day`` is the result's day. ``kept_as`` is the
    company's number of today, where that is another than the drawn one.
    """

    slot: Slot
    first: Slot
    entity: EntityId
    name: str
    domains: tuple[Domain, ...]
    zone: str | None
    address: str | None
    day: date | None
    drawn_day: date | None
    open: OpenReason | None
    seats: tuple[Seat, ...]
    without_matters: tuple[UncheckedMatter, ...] = ()
    kept_as: EntityId | None = None

    @property
    def number(self) -> EntityId:
        """The company's number of today."""
        return self.kept_as or self.entity

    @property
    def is_moved(self) -> bool:
        """Say whether the visit is on another day than it was drawn for (SCHED-6)."""
        return self.day != self.drawn_day

    @property
    def is_drawn_again(self) -> bool:
        """Say whether a supplement drew the visit (SCHED-6)."""
        return self.slot != self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What the rows do not say: addresses and people's names of today's registry (SCHED-3), matters' names of the commitment.

    ``addresses`` are by the companies' ``numbers`` of today.
    """

    addresses: Mapping[EntityId, str]
    people: Mapping[InspectorId, str]
    matters: Mapping[MatterId, str] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSlot:
    """A draw that was run: its result, and the frozen rows that it was made from."""

    slot: Slot
    result: Result
    entities: tuple[EntityRow, ...]
    inspectors: tuple[InspectorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which visits somebody wants to see; None is any. Open visits are on no day and nobody's. ``entity`` is a number of today."""

    day: date | None = None
    inspector: InspectorId | None = None
    entity: EntityId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The visits of one day, one inspector or one entity; ``key`` is the day, or the id, and None for those without a day or a team."""

    key: str | None
    name: str | None
    visits: tuple[ScheduledVisit, ...]


def find_name(row: EntityRow) -> str:
    """Find a company's frozen name; its id where the row has none (SCHED-3)."""
    name = parse_others(row.others).get("name")
    return name if isinstance(name, str) else row.id


def build_schedule(drawn: DrawnSlot, directory: Directory, first: Slot | None = None) -> tuple[ScheduledVisit, ...]:
    """Put together what one draw's result says (SCHED-1 to SCHED-4); a supplement names the ``first`` draw of its chain."""
    wanted = {visit.entity for visit in drawn.result.visits}
    entities = {row.id: row for row in drawn.entities if row.id in wanted}
    leads = frozenset(row.id for row in drawn.inspectors if row.lead)
    days = {visit.entity: None if visit.day is None else date.fromisoformat(visit.day) for visit in drawn.result.visits}
    visits = (
        ScheduledVisit(
            slot=drawn.slot,
            first=first or drawn.slot,
            entity=visit.entity,
            name=find_name(entities[visit.entity]),
            domains=visit.domains,
            zone=entities[visit.entity].zone,
            address=directory.addresses.get(directory.numbers.current(visit.entity)),
            day=days[visit.entity],
            drawn_day=days[visit.entity],
            open=visit.open,
            seats=_seat(visit, leads, directory.people),
            without_matters=name_matters(find_left_out(entities[visit.entity]), directory.matters),
            kept_as=directory.numbers.now.get(visit.entity),
        )
        for visit in drawn.result.visits
    )
    return sort_by_day(visits)


def sort_by_day(visits: Iterable[ScheduledVisit]) -> tuple[ScheduledVisit, ...]:
    """Sort visits by their days, open ones last; those of one day keep their order (SCHED-4)."""
    return tuple(sorted(visits, key=lambda visit: visit.day or date.max))


def select_visits(visits: Iterable[ScheduledVisit], wanted: Selection) -> tuple[ScheduledVisit, ...]:
    """Keep the visits that somebody wants to see, in their order (SCHED-5)."""
    return tuple(
        visit
        for visit in visits
        if (wanted.day is None or visit.day == wanted.day)
        and (wanted.entity is None or visit.number == wanted.entity)
        and (wanted.inspector is None or any(seat.id == wanted.inspector for seat in visit.seats))
    )


def group_visits(
    visits: tuple[ScheduledVisit, ...], by: Grouping, only: InspectorId | None = None
) -> tuple[Group, ...]:
    """Group visits by day, by inspector or by entity, sorted; visits without a key are one group at the end.

    By inspector each visit stands with everybody on it, or with ``only`` alone where somebody is named (SCHED-5).
    """
    groups: dict[str, list[ScheduledVisit]] = {}
    names: dict[str, str] = {}
    without: list[ScheduledVisit] = []
    for visit in visits:
        keys = _keys(visit, by)
        if by is Grouping.INSPECTOR and only is not None:
            keys = {key: name for key, name in keys.items() if key == only}
        names.update(keys)
        for key in keys:
            groups.setdefault(key, []).append(visit)
        if not keys:
            without.append(visit)
    found = [
        Group(key=key, name=names[key] or None, visits=tuple(groups[key])) for key in sorted(groups, key=str.encode)
    ]
    return (*found, Group(key=None, name=None, visits=tuple(without))) if without else tuple(found)


def merge_visits(schedules: Iterable[tuple[ScheduledVisit, ...]]) -> tuple[ScheduledVisit, ...]:
    """Put the visits of several draws into one schedule (SCHED-4); those of one day stay together by draw."""
    return sort_by_day(visit for schedule in schedules for visit in schedule)


def require_inspector(draws: Iterable[DrawnSlot], inspector: InspectorId) -> None:
    """Refuse (``UsageMistake``) somebody who is on the roster of none of the draws."""
    if not any(row.id == inspector for drawn in draws for row in drawn.inspectors):
        raise UsageMistake(
            say("{inspector} is not on the roster of any of these draws", inspector=inspector),
            hint=say("see who is with: inspect-cli schedule show --by inspector"),
        )


def name_team(seats: Iterable[Seat]) -> tuple[Message | str, ...]:
    """Name a team as people read it (SCHED-2): the leader first, the others in their order, experts last and marked as such."""
    return tuple(
        say("{name} (expert)", name=seat.name) if seat.role is SeatRole.EXPERT else seat.name
        for seat in sorted(seats, key=lambda seat: seat.role is not SeatRole.LEADER)
    )


def say_open(reason: OpenReason) -> Message:
    """Say why a visit is open."""
    match reason:
        case OpenReason.NO_DAY:
            return say("open: no day on which it could be staffed")
        case OpenReason.NO_TEAM:
            return say("open: no team left")
        case _:
            assert_never(reason)


def find_marks(visit: ScheduledVisit) -> tuple[Message, ...]:
    """Say what is out of the ordinary: drawn again or moved since the first draw (SCHED-6), not checked (SCHED-7), renumbered (SCHED-3)."""
    marks = []
    if visit.kept_as is not None:
        marks.append(say("now kept as {number}", number=visit.kept_as))
    if visit.is_drawn_again:
        marks.append(say("drawn again: {slot}", slot=visit.slot))
    if visit.is_moved and visit.drawn_day is not None:
        marks.append(say("moved from {day}", day=visit.drawn_day.isoformat()))
    if visit.without_matters:
        marks.append(say_unchecked(visit.without_matters))
    return tuple(marks)


def _seat(visit: Visit, leads: frozenset[InspectorId], people: Mapping[InspectorId, str]) -> tuple[Seat, ...]:
    """Say who does what on a visit (SCHED-2)."""
    leader = next((member for member in visit.team if member in leads), None)
    team = [(member, SeatRole.LEADER if member == leader else SeatRole.MEMBER) for member in visit.team]
    experts = [] if visit.expert is None else [(visit.expert, SeatRole.EXPERT)]
    return tuple(Seat(id=each, name=people.get(each, each), role=role) for each, role in team + experts)


def _keys(visit: ScheduledVisit, by: Grouping) -> dict[str, str]:
    """Say under which keys a visit stands, each with the name that goes with it."""
    match by:
        case Grouping.DAY:
            return {} if visit.day is None else {visit.day.isoformat(): ""}
        case Grouping.INSPECTOR:
            return {seat.id: seat.name for seat in visit.seats}
        case Grouping.ENTITY:
            return {visit.number: visit.name}
        case _:
            assert_never(by)
