"""Proved shortages in words: what cannot be, who could have done it, why it is certain, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.core.plan.shortage.proof import Want
from inspect_cli.core.plan.shortage.unstaffable import Cause
from inspect_cli.core.plan.soundness import Fault
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspect_cli.core.bureau import TeamSize
    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.shortage.certain import Ground
    from inspect_cli.core.plan.shortage.proof import Shortage
    from inspect_cli.core.plan.shortage.unstaffable import Obstacle
    from inspect_cli.errors import Term

_NAMED: Final = 20
"""People, places or days that a sentence names; of more it tells how many there are."""
_GROUNDS: Final = 4
"""Strata that a sentence reckons one by one; of more it tells what each domain's come to."""


def tell_shortage(shortage: Shortage, team: TeamSize, term: Callable[[Domain], Term]) -> Fault:
    """Put a proof into words; ``term`` gives a domain's name for people."""
    grounds = _tell_grounds(shortage.visits.grounds, term)
    certain = say("certain are {visits} visits: {grounds}", visits=shortage.visits.count, grounds=grounds)
    if shortage.visits.saved:
        certain = say(
            "certain are {visits} visits: {grounds}; less {saved}, for some can be drawn for several of these at once",
            visits=shortage.visits.count,
            grounds=grounds,
            saved=shortage.visits.saved,
        )
    return Fault(
        what=say("{claim} ({certain})", claim=_tell_claim(shortage, team, term), certain=certain),
        key="share",
        remedy=_tell_remedy(shortage.want),
    )


def _tell_claim(shortage: Shortage, team: TeamSize, term: Callable[[Domain], Term]) -> Message:
    where = _tell_place(shortage)
    match shortage.want:
        case Want.TEAM:
            return say(
                "at least {visits} visits {where} have no team on any day: {obstacles}",
                visits=shortage.visits.count,
                where=where,
                obstacles=_shorten([_tell_obstacle(one, team, term) for one in shortage.obstacles]),
            )
        case Want.DAY:
            return say(
                "at least {visits} visits {where} cannot be made on these days, which seat {most} of them at most: {days}",
                visits=shortage.visits.count,
                where=_with_skill(where, shortage, term),
                most=shortage.seats,
                days=tuple(f"{day.isoformat()} {most}" for day, most in shortage.by_day),
            )
        case Want.INSPECTOR:
            seats = say("{wanted} seats of inspectors", wanted=shortage.wanted)
        case Want.LEADER:
            seats = say("{wanted} seats of somebody who may lead", wanted=shortage.wanted)
        case Want.SKILL:
            seats = say(
                "{wanted} seats of somebody qualified for {domains}",
                wanted=shortage.wanted,
                domains=tuple(term(domain) for domain in shortage.domains),
            )
        case _:
            assert_never(shortage.want)
    return say(
        "at least {visits} visits {where} want {seats}, and {people}",
        visits=shortage.visits.count,
        where=where,
        seats=seats,
        people=_tell_people(shortage),
    )


def _tell_people(shortage: Shortage) -> Message:
    if not shortage.people:
        return say("there is nobody for them")
    return say(
        "only {people} could take them ({count} in all), with {seats} seats left",
        count=len(shortage.people),
        seats=shortage.seats,
        people=_shorten(shortage.people),
    )


def _tell_place(shortage: Shortage) -> Message:
    where = say("in all zones")
    if shortage.zones:
        zones = [say("(no zone)") if zone is None else zone for zone in shortage.zones]
        where = say("in the zones {zones}", zones=_shorten(zones))
    if shortage.days:
        days = _shorten([day.isoformat() for day in shortage.days])
        where = say("{where} that can be made on {days} only", where=where, days=days)
    return where


def _with_skill(where: Message, shortage: Shortage, term: Callable[[Domain], Term]) -> Message:
    if not shortage.domains:
        return where
    return say("{where} that want {domains}", where=where, domains=tuple(term(one) for one in shortage.domains))


def _tell_obstacle(obstacle: Obstacle, team: TeamSize, term: Callable[[Domain], Term]) -> Message:
    match obstacle.cause:
        case Cause.FEW:
            why = say("fewer than {count} people may go there", count=team.min)
        case Cause.SKILL:
            domains = tuple(term(domain) for domain in obstacle.domains)
            why = say("nobody who may go there is qualified for {domains}", domains=domains)
        case Cause.LEADER:
            why = say("nobody who may go there may lead")
        case Cause.LARGE:
            why = say("more than {count} people would be needed for all skills", count=team.max)
        case Cause.DAY:
            why = say("those who are needed are never at work on the same day")
        case _:
            assert_never(obstacle.cause)
    return say("{entity}: {why}", entity=obstacle.entity, why=why)


def _tell_grounds(grounds: Sequence[Ground], term: Callable[[Domain], Term]) -> tuple[Message, ...]:
    """Reckon stratum by stratum, or where there are many domain by domain."""
    if len(grounds) <= _GROUNDS:
        return tuple(
            _tell_ground((one,), say("{domain} {stratum}", domain=term(one.quota.domain), stratum=one.quota.stratum))
            for one in grounds
        )
    domains = sorted({ground.quota.domain for ground in grounds})
    return tuple(_tell_ground([one for one in grounds if one.quota.domain == name], term(name)) for name in domains)


def _tell_ground(grounds: Sequence[Ground], name: Message | Term) -> Message:
    take, size = sum(one.quota.take for one in grounds), sum(one.quota.size for one in grounds)
    inside = sum(one.inside for one in grounds)
    if inside == size:
        return say("{name}: {take} of {size} are drawn", name=name, take=take, size=size)
    return say(
        "{name}: {take} of {size} are drawn and {inside} of them are there, so at least {certain}",
        name=name,
        take=take,
        size=size,
        inside=inside,
        certain=sum(one.certain for one in grounds),
    )


def _tell_remedy(want: Want) -> Message:
    if want is Want.TEAM:
        return say(
            "take these entities out of the draw by the scope, or see who may go there: zones, skills, recusals and leave "
            "(inspect-cli inspector show)"
        )
    return say(
        "draw fewer, or give these visits more people, days or visits a month; inspect-cli plan rehearse PLAN tries out what helps"
    )


def _shorten(things: Sequence[object]) -> tuple[object, ...]:
    """Name the first things, and say how many more there are."""
    if len(things) <= _NAMED:
        return tuple(things)
    return (*things[:_NAMED], say("and {count} more", count=len(things) - _NAMED))
