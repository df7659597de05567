"""What a person should know before a plan is committed and what does not stand in the plan itself: nothing here forbids it.

What is wrong with the plan is ``soundness``' matter, why somebody is excluded ``frame.reasons``'.

Rules:

PLAN-16  Worth a warning before all others: another draw of the period is committed and not yet drawn, for it holds entities and people.
PLAN-17  Worth a warning: a year whose working days are the bureau's own expectation; a number of the settings whose basis nobody has
         verified; a cap for a domain's matter or a risk class that nobody has.
CARRY-4  Worth a warning: a visit that was carried over into the period and that the plan does not make, with the reason.
BLACK-3  Worth a warning: how many entities of the frame can be visited on certain days only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.bureau import UNVERIFIED
from inspect_cli.core.plan.frame.build import plan_domains
from inspect_cli.core.plan.frame.candidate import find_carried_domains
from inspect_cli.core.plan.frame.exclusion import Reason
from inspect_cli.core.plan.frame.roster import find_common_zones
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.errors import Message


def find_cautions(gathered: Gathered, frame: Frame) -> tuple[Message, ...]:
    """Find what should be known before the plan is committed (PLAN-16, PLAN-17, CARRY-4, BLACK-3, ROSTER-8), the most urgent first."""
    return (
        *_undrawn(gathered),
        *_provisional(gathered),
        *_not_carried(gathered, frame),
        *_restricted(frame),
        *_zoneless(gathered),
        *_strange_caps(gathered),
        *_unverified(gathered),
    )


def tell_way_out(gathered: Gathered) -> Message | None:
    """Tell how people and entities that another draw holds become free (PLAN-16); None where none holds any."""
    if not gathered.undrawn:
        return None
    slots = tuple(draw.slot for draw in gathered.undrawn)
    return say(
        "draw {slots} first (inspect-cli draw seed, then draw run), or void it (inspect-cli draw void)", slots=slots
    )


def _undrawn(gathered: Gathered) -> Iterator[Message]:
    for draw in gathered.undrawn:
        yield say(
            "the draw {slot} is committed and not yet drawn: it holds {entities} entities, and {days} days of {people} people; "
            "draw it first (inspect-cli draw seed {slot}, then draw run {slot}), or void it (inspect-cli draw void {slot})",
            slot=draw.slot,
            entities=len(draw.entities),
            days=len(draw.days),
            people=len({seat.inspector for seat in draw.days}),
        )


def _provisional(gathered: Gathered) -> Iterator[Message]:
    for year in gathered.provisional:
        yield say(
            "the working days of {year} are provisional: the State Council's notice may differ, and everything that is made with them "
            "says so",
            year=year,
        )


def _not_carried(gathered: Gathered, frame: Frame) -> Iterator[Message]:
    made = {entity.id: entity.carried for entity in frame.entities}
    wanted = find_carried_domains(gathered, frame.matters)
    excluded = {row.id: row.reason for row in frame.excluded if row.domain is None}
    covered = plan_domains(gathered.plan)
    for one in gathered.carried:
        missing = [domain for domain in one.domains if domain not in made.get(one.entity, ())]
        if missing and one.entity not in gathered.drawn:
            yield say(
                "the visit to {entity} that was carried over from {slot} is not made for {domains}: {why}",
                entity=one.entity,
                slot=one.slot,
                domains=tuple(gathered.bureau.domain_term(domain) for domain in missing),
                why=_why_not_carried(
                    excluded.get(one.entity),
                    is_covered=not covered.isdisjoint(missing),
                    applies=not wanted.get(one.entity, frozenset()).isdisjoint(missing),
                ),
            )


def _why_not_carried(reason: Reason | None, *, is_covered: bool, applies: bool) -> Message:
    """Tell why a visit that was carried over is not made (CARRY-1).

    ``reason`` is why the entity is out as a whole; the plan draws for a domain that is missing (``is_covered``), which ``applies`` to it.
    """
    if reason is Reason.RETIRED:
        return say("the entity has left the registry")
    if reason is Reason.MONTH:
        return say("the entity is visited in this month already")
    if reason is Reason.OTHER_SLOT:
        return say("another draw of the month holds it")
    if not is_covered:
        return say("the plan draws nobody for that; give the domain a share")
    if not applies:
        return say("that does not apply to the entity any more")
    return say("no day of the plan is left for it")


def _restricted(frame: Frame) -> Iterator[Message]:
    count = sum(entity.days is not None for entity in frame.entities)
    if count:
        yield say("{count} entities can be visited on certain days only, because of days without visits", count=count)


def _zoneless(gathered: Gathered) -> Iterator[Message]:
    for person in gathered.inspectors:
        if person.retired is None and person.in_service and find_common_zones(person, gathered.bureau) is None:
            yield say(
                "{inspector} visits nobody: none of their zones is one of the squad {squad}",
                inspector=person.id,
                squad=person.squad,
            )


def _strange_caps(gathered: Gathered) -> Iterator[Message]:
    matters, classes = {matter.id for matter in gathered.matters}, {one.risk_class for one in gathered.entities}
    for matter, _ in gathered.bureau.caps.matters:
        if matter not in matters:
            yield say("the settings cap visits for the matter {matter}, which is not on the list", matter=matter)
    for name, _ in gathered.bureau.caps.classes:
        if name not in classes:
            yield say("the settings cap visits for the risk class {name}, which nobody has", name=name)


def _unverified(gathered: Gathered) -> Iterator[Message]:
    for key, limit in gathered.bureau.named_limits():
        if UNVERIFIED in limit.basis:
            yield say(
                "nobody has verified {key} in inspect.toml yet: {number}, {basis}",
                key=key,
                number=limit.number,
                basis=limit.basis,
            )
