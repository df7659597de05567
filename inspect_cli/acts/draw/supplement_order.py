"""The order of a supplementary draw: who drops out and when, and what that means for the registries and for the draw's rows.

What lives here: the values, their reading against the registries, and the leave, recusals and closed days that come of them. What does
not: the act (``supplement``), and what of a draw is affected (``core.draw.supplement.affected``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from shlex import quote
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.freeze import freeze_inspector
from inspect_cli.acts.registry.retirement import unknown_id
from inspect_cli.core.canonical import digest, render_canonical
from inspect_cli.core.draw.promise import promise_values
from inspect_cli.core.draw.supplement.amend import supplement_days
from inspect_cli.core.draw.supplement.build import Newcomer
from inspect_cli.core.draw.supplement.situation import Cause, Wishes
from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.frame.roster import build_row
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.storage.calendar import find_blackouts
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import find_entity_ids, find_inspectors, find_leave, find_recusals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.draw.books import Books
    from inspect_cli.acts.draw.freeze import Salts
    from inspect_cli.acts.draw.prospect import Prospect
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.names import EntityId, InspectorId, Period, Slot
    from inspect_cli.core.people import Approval
    from inspect_cli.core.registry.inspector import Inspector


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days that a person names, both ends included; None: from today on, and until the end of the month."""

    first: date | None = None
    last: date | None = None

    def bounds(self, period: Period, today: date) -> tuple[date, date]:
        """Give the first and the last day that are meant in a period.

        Left open, the first is today, or the period's last day once that is over.
        """
        return self.first or min(today, last_day(period)), self.last or last_day(period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Who cannot work: one person, or with ``is_squad`` everybody of a squad."""

    who: str
    days: Days
    is_squad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which an entity cannot be visited, or with None nobody can."""

    entity: EntityId | None
    days: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementOrder:
    """What a person orders: which chain (by any of its slots), the fresh sources, by whose leave, and what drops out.

    ``recusal_reason`` and ``recusal_note`` are kept with the recusals that it enters, and shown nowhere. ``software`` and ``salts`` as in
    ``CommitOrder``; ``confirmed`` is what a person was asked about, None where nobody was.
    """

    bureau: Bureau
    slot: Slot
    sources: tuple[Promise, ...]
    approval: Approval
    software: str
    salts: Salts
    away: tuple[Away, ...] = ()
    recused: tuple[tuple[InspectorId, EntityId], ...] = ()
    leaving: tuple[tuple[InspectorId, EntityId], ...] = ()
    closed: tuple[Closure, ...] = ()
    added: tuple[InspectorId, ...] = ()
    recusal_reason: RecusalReason | None = None
    recusal_note: str | None = None
    confirmed: Prospect | None = None


def digest_of(order: SupplementOrder) -> str:
    """Give the digest by which the same order is known again: all that it says but a recusal's reason, whatever the order of its parts."""
    return digest(
        render_canonical(
            {
                "slot": order.slot,
                "sources": [promise_values(source) for source in order.sources],
                "approver": order.approval.approver,
                # The log shows the digest: whoever tried likely reasons of a recusal against it would find the right one.
                "reason": Cause.RECUSAL.value if order.recused else order.approval.reason,
                "away": sorted([str(one.is_squad), one.who, *_shown(one.days)] for one in order.away),
                "recused": sorted(list(pair) for pair in order.recused),
                "leaving": sorted(list(pair) for pair in order.leaving),
                "closed": sorted([one.entity or "", *_shown(one.days)] for one in order.closed),
                "added": sorted(order.added),
            }
        )
    )


def read_wishes(session: Session, books: Books, order: SupplementOrder) -> Wishes:
    """Read an order against the registries, newcomers with a salt that stands for theirs.

    Raises ``UsageMistake`` for ids and squads that are nowhere, for days that are none of the draw's, and for a recusal among other
    things: its reason would stand beside them in public.
    """
    if order.recused and (order.away or order.leaving or order.closed or order.added):
        raise UsageMistake(
            say("a recusal is ordered by itself: its reason is nobody else's"),
            hint=say(
                "enter it with inspect-cli inspector recuse add, and order the rest without --recuse: the pair is found by itself"
            ),
        )
    people = {person.id: person for person in books.gathered.inspectors}
    entities = find_entity_ids(session)
    for person in (*(person for person, _ in (*order.recused, *order.leaving)), *order.added):
        if person not in people:
            raise unknown_id("inspector", person)
    for entity in (*(entity for _, entity in (*order.recused, *order.leaving)), *(one.entity for one in order.closed)):
        if entity is not None and entity not in entities:
            raise unknown_id("entity", entity)
    absent: dict[InspectorId, frozenset[str]] = {}
    for away in order.away:
        days = _days_of(books, away.days)
        for person in _members(books, people.values(), away):
            absent[person] = absent.get(person, frozenset()) | days
    closed: dict[EntityId, frozenset[str]] = {}
    lost: frozenset[str] = frozenset()
    for closure in order.closed:
        days = _days_of(books, closure.days)
        if closure.entity is None:
            lost |= days
        else:
            for drawn in books.find_drawn(closure.entity):
                closed[drawn] = closed.get(drawn, frozenset()) | days
    return Wishes(
        sources=order.sources,
        reason=order.approval.reason,
        absent=absent,
        leaving=_under_drawn(books, order.leaving),
        recused=_under_drawn(books, order.recused),
        closed=closed,
        lost=lost,
        added=read_newcomers(books, order),
    )


def _under_drawn(
    books: Books, pairs: Iterable[tuple[InspectorId, EntityId]]
) -> frozenset[tuple[InspectorId, EntityId]]:
    """Give pairs with the numbers under which the chain visits the companies, whichever of theirs somebody named (NUMBER-3)."""
    return frozenset((person, drawn) for person, entity in pairs for drawn in books.find_drawn(entity))


def read_newcomers(books: Books, order: SupplementOrder) -> tuple[Newcomer, ...]:
    """Work out the rows of those who are new on the roster, as the roster's rules have it, on the days that are left.

    Who is new can be among those who are away, above all with a squad: the order's own absences are in no registry yet.
    """
    days = supplement_days(books.drawn, order.sources)
    found = []
    for id in sorted(set(order.added)):
        person = next(person for person in books.gathered.inspectors if person.id == id)
        row = build_row(person, books.gathered, books.days)
        free = frozenset(days) - _days_away(books, order, person)
        left = () if row is None else tuple(day for day in row.days if day.day.isoformat() in free)
        if row is None or not left:
            raise RefusedError(
                say("{person} cannot work on any day that is left", person=id),
                hint=say("see leave, certificate and squad with inspect-cli inspector show {id}", id=quote(id)),
            )
        frozen = freeze_inspector(replace(row, days=left), lambda _row: "0" * 32)
        found.append(Newcomer(row=frozen, reason=order.approval.reason))
    return tuple(found)


def _days_away(books: Books, order: SupplementOrder, person: Inspector) -> frozenset[str]:
    """Give the days of the first draw on which an order itself says that somebody is away."""
    named = (one for one in order.away if one.who == (person.squad if one.is_squad else person.id))
    return frozenset(day for one in named for day in _days_of(books, one.days))


def settle_leave(session: Session, order: SupplementOrder, period: Period, today: date) -> tuple[Leave, ...]:
    """Give the leave to be entered with an order: of everybody who is away, unless leave of theirs has all its days already."""
    people = find_inspectors(session)
    standing = [(one.inspector, one.first, one.last) for one in find_leave(session, first=first_day(period))]
    found = []
    for away in order.away:
        first, last = away.days.bounds(period, today)
        named = (person for person in people if (person.squad if away.is_squad else person.id) == away.who)
        for person in named:
            if not any(who == person.id and start <= first and last <= end for who, start, end in standing):
                found.append(Leave(inspector=person.id, first=first, last=last, reason=order.approval.reason))
                standing.append((person.id, first, last))
    return tuple(sorted(found, key=lambda leave: (leave.inspector.encode(), leave.first, leave.last)))


def settle_closures(session: Session, order: SupplementOrder, period: Period, today: date) -> tuple[Blackout, ...]:
    """Give the days without visits to be entered with an order: a day that is lost stays lost for whatever comes later."""
    standing = find_blackouts(session, first=first_day(period), last=last_day(period))
    numbers = find_numbers(session)
    found: list[Blackout] = []
    for closure in order.closed:
        first, last = closure.days.bounds(period, today)
        entity = None if closure.entity is None else numbers.current(closure.entity)
        wanted = Blackout(first=first, last=last, reason=order.approval.reason, entity=entity)
        if not any(
            one.concerns_same(wanted) and one.first <= first and last <= one.last for one in (*standing, *found)
        ):
            found.append(wanted)
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.entity or "")))


def read_recusals(session: Session, order: SupplementOrder) -> tuple[Recusal, ...]:
    """Give the recusals to be entered with an order: those of which the registry does not know, for ever from now on."""
    known = {(one.inspector, one.entity) for one in find_recusals(session) if one.end is None}
    numbers = find_numbers(session)
    reason = order.recusal_reason or RecusalReason.OTHER
    return tuple(
        Recusal(inspector=person, entity=entity, reason=reason, note=order.recusal_note)
        for person, entity in sorted({(person, numbers.current(entity)) for person, entity in order.recused})
        if (person, entity) not in known
    )


def _members(books: Books, people: Iterable[Inspector], away: Away) -> tuple[InspectorId, ...]:
    """Name whom an absence means: one person, or those of a squad who are on the chain's roster."""
    if not away.is_squad:
        found = tuple(person.id for person in people if person.id == away.who)
        if not found:
            raise unknown_id("inspector", away.who)
        return found
    squads = sorted({person.squad for person in people if person.squad is not None})
    if away.who not in squads:
        raise UsageMistake(
            say("nobody of the registry is in a squad {squad}", squad=away.who),
            hint=say("there are these squads: {squads}", squads=tuple(squads))
            if squads
            else say("the inspector registry names no squads"),
        )
    members = tuple(person.id for person in people if person.squad == away.who and person.id in books.standing.roster)
    if not members:
        raise UsageMistake(
            say("nobody of the squad {squad} is on the roster of this draw", squad=away.who),
            hint=say("enter their leave for later draws with inspect-cli inspector leave"),
        )
    return members


def _days_of(books: Books, days: Days) -> frozenset[str]:
    """Give the days of the first draw that are meant; ``UsageMistake`` where there is none."""
    first, last = days.first or books.gathered.today, days.last or last_day(books.drawn.first.commitment.period)
    if last < first:
        raise UsageMistake(
            say("the last day, {last}, is before the first, {first}", last=last.isoformat(), first=first.isoformat()),
            hint=say("write days as FIRST..LAST"),
        )
    found = frozenset(day.isoformat() for day in books.days if first <= day <= last)
    if not found:
        raise UsageMistake(
            say(
                "no day of this draw is among those from {first} to {last}",
                first=first.isoformat(),
                last=last.isoformat(),
            ),
            hint=say("see where it stands with inspect-cli draw show {slot}", slot=books.chain.first.slot),
        )
    return found


def _shown(days: Days) -> list[str]:
    return ["" if day is None else day.isoformat() for day in (days.first, days.last)]
