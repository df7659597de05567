"""One visit and its outcome: which results may be recorded for it, and when. Keeping them is ``storage``'s matter.

Rules:

RECORD-1  Each visit of a draw is planned (it has a day), open (nobody could be sent) or recorded.
RECORD-2  A result is recorded for a planned visit only, on or after its day, and never for a day still to come.
RECORD-3  All domains of a visit are recorded together, each with exactly one result; other domains are refused.
RECORD-4  What is recorded stands: the same record again changes nothing, a different one is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspect_cli.core.visit.result import Method, ResultClass, find_worst
from inspect_cli.errors import RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId, MatterId, Slot
    from inspect_cli.core.visit.follow_up import FollowUp


class VisitState(StrEnum):
    """How far a drawn visit has come (RECORD-1); with what became of it otherwise it stands where ``ending.VisitStatus`` says."""

    PLANNED = "planned"
    OPEN = "open"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterOutcome:
    """The outcome of one matter of a domain. ``finding`` and ``follow_up`` stay inside the bureau."""

    matter: MatterId
    result: ResultClass
    method: Method = Method.ON_SITE
    finding: str | None = None
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainOutcome:
    """The outcome of one domain: where its ``matters`` were recorded, the worst of them.

    ``finding`` and ``follow_up`` stay inside the bureau.
    """

    domain: Domain
    result: ResultClass
    method: Method = Method.ON_SITE
    finding: str | None = None
    follow_up: FollowUp | None = None
    matters: tuple[MatterOutcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of a draw: ``day`` is None exactly when it is open; ``domains`` is sorted and not empty."""

    slot: Slot
    entity: EntityId
    domains: tuple[Domain, ...]
    day: date | None
    state: VisitState


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a visit ended with: the day of the check, and one outcome for each of its domains, in their order."""

    visited_on: date
    domains: tuple[DomainOutcome, ...]

    @property
    def worst(self) -> ResultClass:
        """Say the company's result: the worst of its domains."""
        return find_worst(each.result for each in self.domains)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What somebody says about a visit, by domain, as it was typed in; ``on`` None means the visit's own day."""

    results: Mapping[Domain, ResultClass]
    methods: Mapping[Domain, Method]
    findings: Mapping[Domain, str]
    follow_ups: Mapping[Domain, FollowUp]
    on: date | None = None


def settle_outcome(visit: Visit, claims: Claims, today: date) -> Outcome:
    """Make a visit's outcome from what is claimed.

    ``RefusedError`` when the visit is open or its day has not come; ``UsageMistake`` when the claims do not fit the visit.
    """
    visited_on = _settle_day(visit, claims.on, today)
    _require_every_domain(visit, claims)
    _require_gone_throughout(claims)
    outcomes = tuple(
        DomainOutcome(
            domain=domain,
            result=claims.results[domain],
            method=claims.methods.get(domain, Method.ON_SITE),
            finding=claims.findings.get(domain),
            follow_up=claims.follow_ups.get(domain),
        )
        for domain in visit.domains
    )
    for outcome in outcomes:
        _require_later_deadline(outcome, visited_on)
    return Outcome(visited_on=visited_on, domains=outcomes)


def require_same(visit: Visit, recorded: Outcome, claimed: Outcome) -> None:
    """Refuse (``RefusedError``) a record that differs from the one that stands (RECORD-4)."""
    if recorded != claimed:
        raise RefusedError(
            say("{entity} of {slot} already has another result", entity=visit.entity, slot=visit.slot),
            hint=say("see what is recorded with: inspect-cli visit list {slot}", slot=visit.slot),
        )


def _settle_day(visit: Visit, on: date | None, today: date) -> date:
    """Find the day of the check (RECORD-2)."""
    if visit.day is None:
        raise RefusedError(
            say(
                "the visit to {entity} of {slot} is open: it has no day and no team",
                entity=visit.entity,
                slot=visit.slot,
            ),
            hint=say(
                "draw it again before anything can be recorded: inspect-cli draw supplement {slot}", slot=visit.slot
            ),
        )
    visited_on = visit.day if on is None else on
    if today < visit.day or visited_on < visit.day:
        raise RefusedError(
            say(
                "the visit to {entity} is planned for {day}: nothing can be recorded before that day",
                entity=visit.entity,
                day=visit.day.isoformat(),
            ),
            hint=say(
                "record it on {day} or later: inspect-cli visit record {slot} {entity} --result DOMAIN=NUMBER; "
                "--today sets the day that the rules use",
                day=visit.day.isoformat(),
                slot=visit.slot,
                entity=visit.entity,
            ),
        )
    if visited_on > today:
        raise RefusedError(
            say("{day} is still to come: a check is recorded after it was done", day=visited_on.isoformat()),
            hint=say("give --on the day of the check, at the latest today, {today}", today=today.isoformat()),
        )
    return visited_on


def _require_every_domain(visit: Visit, claims: Claims) -> None:
    """Refuse claims for other domains than the visit's, and results that leave one out (RECORD-3)."""
    named = {*claims.results, *claims.methods, *claims.findings, *claims.follow_ups}
    strange = tuple(sorted(named - set(visit.domains)))
    if strange:
        raise UsageMistake(
            say("the visit to {entity} does not check {domains}", entity=visit.entity, domains=strange),
            hint=say("its domains are {domains}", domains=visit.domains),
        )
    missing = tuple(domain for domain in visit.domains if domain not in claims.results)
    if missing:
        raise UsageMistake(
            say("results are missing for {domains}: all domains of a visit are recorded together", domains=missing),
            hint=say("add one --result DOMAIN=NUMBER for each of them"),
        )


def _require_gone_throughout(claims: Claims) -> None:
    """Refuse results that say of some domains only that the company is gone (CLASS-3)."""
    gone = sorted({result for result in claims.results.values() if result.is_gone})
    if gone and len(set(claims.results.values())) > 1:
        raise UsageMistake(
            say(
                "result {number} says that the whole company is gone, but not all domains have it", number=gone[0].value
            ),
            hint=say("give every domain of the visit the same result, or none of them 9 to 13"),
        )


def _require_later_deadline(outcome: DomainOutcome, visited_on: date) -> None:
    """Refuse an order to rectify by a day before the check (FOLLOW-2)."""
    until = None if outcome.follow_up is None else outcome.follow_up.until
    if until is not None and until < visited_on:
        raise UsageMistake(
            say(
                "{domain}: the order to rectify ends on {until}, before the check of {day}",
                domain=outcome.domain,
                until=until.isoformat(),
                day=visited_on.isoformat(),
            ),
            hint=say("give the last day by which the order is to be obeyed"),
        )
