"""The words and the data of an explanation; how it stands on the screen is ``explain``'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from inspect_cli.core.draw.explain_visit import DayOutcome, PassedOver
from inspect_cli.core.draw.result import OpenReason
from inspect_cli.core.draw.ticket import shell_line
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.draw.explain import Explanation
    from inspect_cli.core.draw.explain_visit import Candidate, VisitExplanation
    from inspect_cli.core.draw.ticket import Working
    from inspect_cli.core.names import InspectorId


def day_words(outcome: DayOutcome) -> Message:
    """Say what became of a day in its turn."""
    match outcome:
        case DayOutcome.CHOSEN:
            return say("chosen")
        case DayOutcome.TOO_FEW:
            return say("too few inspectors free")
        case DayOutcome.NO_LEAD:
            return say("nobody free who may lead")
        case DayOutcome.NOT_COVERED:
            return say("those free do not cover all domains")
        case DayOutcome.NOT_TRIED:
            return say("not needed")
        case _:
            assert_never(outcome)


def obstacle_words(obstacle: PassedOver | None) -> Message:  # noqa: PLR0911 - one answer a reason
    """Say why somebody was passed over, or that they were chosen."""
    match obstacle:
        case None:
            return say("chosen")
        case PassedOver.BARRED:
            return say("barred from this company")
        case PassedOver.OTHER_ZONE:
            return say("visits other zones only")
        case PassedOver.ABSENT:
            return say("does not work that day")
        case PassedOver.FULL_DAY:
            return say("has all visits of that day")
        case PassedOver.FULL_MONTH:
            return say("has all visits of the month")
        case PassedOver.ON_TEAM:
            return say("is on the team already")
        case PassedOver.TOO_FEW:
            return say("too few others for the other seats")
        case PassedOver.MAY_NOT_LEAD:
            return say("may not lead, and a lead is wanted")
        case PassedOver.LACKS_SKILL:
            return say("lacks a skill that is wanted")
        case PassedOver.LEAVES_NEED:
            return say("the others could not cover the rest")
        case _:
            assert_never(obstacle)


def open_words(reason: OpenReason) -> Message:
    """Say why a visit has no day."""
    match reason:
        case OpenReason.NO_DAY:
            return say("The visit is open: on none of its days a team could ever have been made.")
        case OpenReason.NO_TEAM:
            return say("The visit is open: those who could have gone had all their visits by then.")
        case _:
            assert_never(reason)


def named_tickets(explanation: Explanation) -> tuple[tuple[str, Working], ...]:
    """Give each ticket of an explanation once, named by what it orders: the entity, a day, a person."""
    found: dict[str, Working] = {}
    if explanation.ticket is not None:
        found[explanation.entity] = explanation.ticket
    if explanation.visit is not None:
        found |= {step.day: step.ticket for step in explanation.visit.days}
        found |= {candidate.person: candidate.ticket for candidate in _candidates(explanation.visit)}
    return tuple(found.items())


def staying(visit: VisitExplanation) -> tuple[InspectorId, ...]:
    """Give the members whom the row of a supplement named: those of the team who were not seated by the draw."""
    return visit.visit.team[: len(visit.visit.team) - len(visit.seats)]


def explanation_data(explanation: Explanation) -> dict[str, Any]:
    """Give what ``--json`` shows: stable keys, documented in docs/json.md; absent where there is nothing to say."""
    data: dict[str, Any] = {
        "entity": explanation.entity,
        "excluded": [
            {"reason": row.reason.value} | ({} if row.domain is None else {"domain": row.domain})
            for row in explanation.excluded
        ],
    }
    if explanation.ticket is not None:
        data["ticket"] = _ticket_data(explanation.ticket)
        data["quotas"] = [
            {
                "domain": place.quota.domain,
                "stratum": place.quota.stratum,
                "size": place.quota.size,
                "take": place.quota.take,
                "rank": place.rank,
                "drawn": place.is_drawn,
            }
            | ({} if place.cut_off is None else {"cut_off": place.cut_off})
            for place in explanation.places
        ]
    if explanation.visit is not None:
        data["visit"] = _visit_data(explanation.visit)
    return data


def _visit_data(visit: VisitExplanation) -> dict[str, Any]:
    data: dict[str, Any] = {
        "place": visit.place,
        "of": visit.count,
        "light": visit.light,
        "days": [
            {"day": step.day, "load": step.load, "outcome": step.outcome.value} | _ticket_data(step.ticket)
            for step in visit.days
        ],
        "stay": list(staying(visit)),
        "seats": [
            {
                "left": seat.seats,
                "need": list(seat.need),
                "lead_wanted": seat.lead_wanted,
                "candidates": [_candidate_data(candidate) for candidate in seat.candidates],
            }
            for seat in visit.seats
        ],
    }
    if visit.expert is not None:
        data["expert"] = {
            "domains": list(visit.expert.domains),
            "named": visit.expert.is_named,
            "candidates": [_candidate_data(candidate) for candidate in visit.expert.candidates],
        }
    if visit.visit.open is not None:
        data["open"] = visit.visit.open.value
    return data


def _candidate_data(candidate: Candidate) -> dict[str, Any]:
    outcome = "chosen" if candidate.passed_over is None else candidate.passed_over.value
    return {"id": candidate.person, "outcome": outcome} | _ticket_data(candidate.ticket)


def _ticket_data(shown: Working) -> dict[str, Any]:
    return {"ticket": shown.ticket, "command": shell_line(shown.lines)}


def _candidates(visit: VisitExplanation) -> Iterator[Candidate]:
    for seat in visit.seats:
        yield from seat.candidates
    if visit.expert is not None:
        yield from visit.expert.candidates
