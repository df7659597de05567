"""What those outside the bureau are handed of a draw: the public bundle, and a company's receipt. Nothing is changed here.

Which visits may be shown is ``core.visit.showing``'s rule; what is shown of them is ``core.draw.disclosure``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.bundle import README, read_verifiers
from inspect_cli.acts.draw.chains import find_chain, find_standing_visits
from inspect_cli.acts.draw.frozen import finished_draw, require_result
from inspect_cli.acts.publish.gathered import find_namings, find_withheld
from inspect_cli.core.bureau import SoleTraders
from inspect_cli.core.draw.commitment import COMMITMENT
from inspect_cli.core.draw.disclosure.disclose import disclose, make_receipt
from inspect_cli.core.draw.disclosure.public import DISCLOSURE, render_disclosure
from inspect_cli.core.draw.disclosure.receipt import render_receipt
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.showing import Showing, VisitToShow, settle_showing
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.resources import templates
from inspect_cli.storage.numbers import find_numbers

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.draw.disclosure.public import Counts
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.storage.engine import Store

PUBLIC_README = "README-public.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEvidence:
    """A public bundle's members by name, what it counts, and how many visits it only counts since no notice names them (SHOW-5)."""

    members: dict[str, bytes]
    counts: Counts
    unnamed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A draw that was run, what of it may be shown on the day, its commitment's bytes, and whom that names.

    ``slots`` are its chain's.
    """

    draw: FinishedDraw
    commitment: bytes
    showing: Showing
    again: frozenset[EntityId]
    slots: tuple[Slot, ...]


def read_public(store: Store, rule: SoleTraders, slot: Slot, today: date) -> PublicEvidence:
    """Give the public bundle of a draw on a day; ``rule`` is how the bureau names sole traders.

    Raises ``RefusedError`` where nothing was drawn, the draw is void, no visit may be shown yet, or the draw is a supplement whose
    commitment names somebody whom the notices do not.
    """
    with store.reading() as session:
        drawn = _find_drawn(session, slot, today)
        unnamed = _find_unnamed(session, rule, drawn)
    if unnamed & drawn.again:
        raise RefusedError(
            say("the commitment of {slot} names a company that the notices do not name", slot=slot),
            hint=say("there is no public bundle of it; its company can have its receipt: inspect-cli draw receipt"),
        )
    showing = drawn.showing
    disclosure = disclose(drawn.draw, showing.visits - unnamed)
    if not disclosure.visits and not showing.is_over:
        raise RefusedError(
            say("no visit of {slot} may be shown yet: none is recorded", slot=slot),
            hint=say(
                "record results first (inspect-cli visit record), or wait until {day}", day=showing.over_on.isoformat()
            ),
        )
    readme = (templates() / "bundle" / PUBLIC_README).read_bytes()
    members = {
        COMMITMENT: drawn.commitment,
        DISCLOSURE: render_disclosure(disclosure),
        README: readme,
        **read_verifiers(),
    }
    return PublicEvidence(members=members, counts=disclosure.counts, unnamed=len(showing.visits & unnamed))


def read_receipt(store: Store, slot: Slot, entity: EntityId, today: date) -> bytes:
    """Give a company's receipt on a day, under the number that the draw froze; ``entity`` is any of its numbers.

    Raises ``RefusedError`` where nothing was drawn, the draw is void, or (for everybody in the same words) it is too early;
    ``UsageMistake`` for a number that the draw does not know, once nobody learns from that who was drawn.
    """
    with store.reading() as session:
        drawn = _find_drawn(session, slot, today)
        known = {
            *(row.id for row in drawn.draw.frame.entities),
            *(row.id for row in drawn.draw.frame.excluded),
        }
        found = find_numbers(session).find_same(entity, known)
    showing = drawn.showing
    if not showing.is_over and not (found and showing.recorded.issuperset(found)):
        day = showing.over_on.isoformat()
        raise RefusedError(
            say(
                "a receipt of {slot} can be had once the visit is recorded, and by everybody from {day} on",
                slot=slot,
                day=day,
            ),
            hint=say("ask again on {day}, or when results are recorded (inspect-cli visit record)", day=day),
        )
    if len(found) != 1:
        raise _unclear(slot, entity, found)
    return render_receipt(make_receipt(drawn.draw, found[0]))


def _unclear(slot: Slot, entity: EntityId, found: tuple[EntityId, ...]) -> UsageMistake:
    """Say that a number is nobody's, or that the draw knows the company under several."""
    if not found:
        return UsageMistake(
            say("{entity} was not registered when {slot} was frozen", entity=entity, slot=slot),
            hint=say("look for its number with inspect-cli entity list"),
        )
    return UsageMistake(
        say("{slot} knows this company under several numbers: {numbers}", slot=slot, numbers=found),
        hint=say("name one of them"),
    )


def _find_drawn(session: Session, slot: Slot, today: date) -> _Drawn:
    chain = find_chain(session, slot)
    record = next(record for record in chain.records if record.slot == slot)
    require_result(record)
    visits = []
    for visit in find_standing_visits(session, chain):
        carried_to = None if visit.end is None else visit.end.to_period
        is_recorded = visit.record.state is VisitState.RECORDED
        visits.append(VisitToShow(entity=visit.record.entity, is_recorded=is_recorded, carried_to=carried_to))
    showing = settle_showing(record.period, visits, today)
    draw = finished_draw(record)
    amends = draw.commitment.amends
    again = frozenset(change.entity for change in amends.changes) if amends else frozenset()
    if not showing.is_over and not showing.recorded.issuperset(again):
        day = showing.over_on.isoformat()
        raise RefusedError(
            say(
                "the commitment of {slot} names all companies that it draws again: nothing of it can be shown before {day} "
                "unless all of them are recorded",
                slot=slot,
                day=day,
            ),
            hint=say("ask again on {day}, or when results are recorded (inspect-cli visit record)", day=day),
        )
    slots = tuple(link.slot for link in chain.records)
    return _Drawn(draw=draw, commitment=record.commitment, showing=showing, again=again, slots=slots)


def _find_unnamed(session: Session, rule: SoleTraders, drawn: _Drawn) -> frozenset[EntityId]:
    """Find whom of the drawn no notice names, by the numbers that the draw froze (SHOW-5)."""
    named = {visit.entity for visit in drawn.draw.result.visits}
    namings = find_namings(session, rule, drawn.slots, named)
    masked = {entity for entity, naming in namings.items() if naming is not SoleTraders.FULL}
    return find_withheld(session, drawn.slots) | masked
