"""Recording a visit's outcome: which results may be recorded, by domain or by matter, and when. Keeping them is ``storage``'s matter.

Rules:

RECORD-2  A result is recorded for a planned visit only, on or after its day, and never for a day still to come.
RECORD-3  All domains of a visit are recorded together, each with exactly one result; other domains are refused.
RECORD-4  What is recorded stands: the same record again changes nothing, a different one is refused (it is corrected, ``review``).
RECORD-5  Where something is said of a matter, each matter of its domain that the visit checks has a result: its own, or else the one
          said of the domain. The domain's result is then the worst of them (CLASS-2); a matter that the visit does not check is refused,
          and so is a domain's result that no matter takes and that is not the worst of them.
RECORD-6  A domain's method and follow-up are what was said of the domain, or else the method of its first matter and the gravest
          follow-up of its matters; of two orders to rectify the one that ends first. What is said of the domain is not milder than that.
RECORD-7  Where a domain or one of its matters has result 5, a follow-up is said of it, or of the domain: the order with its last day, or
          what else was done. A correction that leaves a domain as it was approved is not asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING

from inspect_cli.core.visit.follow_up import find_gravest
from inspect_cli.core.visit.outcome import DomainOutcome, MatterOutcome, Outcome
from inspect_cli.core.visit.result import Method, ResultClass, find_worst
from inspect_cli.core.visit.review import ReviewState
from inspect_cli.errors import RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, MatterId
    from inspect_cli.core.visit.follow_up import FollowUp
    from inspect_cli.core.visit.outcome import Visit
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.errors import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterClaims:
    """What somebody says about single matters, as it was typed in."""

    results: Mapping[MatterId, ResultClass] = field(default_factory=dict)
    methods: Mapping[MatterId, Method] = field(default_factory=dict)
    findings: Mapping[MatterId, str] = field(default_factory=dict)
    follow_ups: Mapping[MatterId, FollowUp] = field(default_factory=dict)

    @property
    def named(self) -> frozenset[MatterId]:
        """Say of which matters anything is said."""
        return frozenset({*self.results, *self.methods, *self.findings, *self.follow_ups})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What somebody says about a visit, by domain, as it was typed in; ``on`` None means the visit's own day."""

    results: Mapping[Domain, ResultClass]
    methods: Mapping[Domain, Method]
    findings: Mapping[Domain, str]
    follow_ups: Mapping[Domain, FollowUp]
    on: date | None = None
    of_matters: MatterClaims = MatterClaims()


def settle_outcome(visit: Visit, claims: Claims, today: date, approved: Outcome | None = None) -> Outcome:
    """Make a visit's outcome from what is claimed; ``approved`` is what a correction starts from.

    ``RefusedError`` when the visit is open or its day has not come; ``UsageMistake`` when the claims do not fit the visit.
    """
    visited_on = _settle_day(visit, claims.on, today)
    _require_every_domain(visit, claims)
    outcomes = tuple(_settle_domain(visit, claims, domain) for domain in visit.domains)
    _require_gone_throughout(outcomes)
    for outcome in outcomes:
        (name,) = visit.name((outcome.domain,))
        if approved is None or outcome not in approved.domains:
            _require_order(outcome, name, is_said=outcome.domain in claims.follow_ups)
        _require_later_deadline(outcome, visited_on, name)
    return Outcome(visited_on=visited_on, domains=outcomes)


def require_same(recorded: OutcomeVersion, claimed: Outcome) -> None:
    """Refuse (``RefusedError``) a record that differs from the one that stands (RECORD-4)."""
    if recorded.outcome == claimed:
        return
    if recorded.state is ReviewState.AWAITING:
        hint = say(
            "it awaits approval; let an approver return it, then record it anew: "
            "inspect-cli visit return {slot} {entity} --reason TEXT",
            slot=recorded.slot,
            entity=quote(recorded.entity),
        )
    else:
        hint = say(
            "it is approved; correct it: inspect-cli visit correct {slot} {entity} --result DOMAIN=NUMBER "
            "--approver NAME --reason CODE --basis TEXT",
            slot=recorded.slot,
            entity=quote(recorded.entity),
        )
    raise RefusedError(
        say("{entity} of {slot} already has another result", entity=recorded.entity, slot=recorded.slot), hint=hint
    )


def _settle_domain(visit: Visit, claims: Claims, domain: Domain) -> DomainOutcome:
    """Settle what was found in one domain (RECORD-5, RECORD-6)."""
    checked = visit.matters.get(domain, ())
    said = claims.of_matters
    matters: tuple[MatterOutcome, ...] = ()
    if said.named.intersection(checked):
        matters = tuple(
            MatterOutcome(
                matter=matter,
                result=said.results.get(matter) or claims.results[domain],
                method=said.methods.get(matter) or claims.methods.get(domain, Method.ON_SITE),
                finding=said.findings.get(matter),
                follow_up=said.follow_ups.get(matter),
            )
            for matter in checked
        )
        _require_taken(visit, domain, claims, matters)
    return DomainOutcome(
        domain=domain,
        result=find_worst(each.result for each in matters) if matters else claims.results[domain],
        method=claims.methods.get(domain) or (matters[0].method if matters else Method.ON_SITE),
        finding=claims.findings.get(domain),
        follow_up=claims.follow_ups.get(domain) or find_gravest(each.follow_up for each in matters),
        matters=matters,
    )


def _require_taken(visit: Visit, domain: Domain, claims: Claims, matters: tuple[MatterOutcome, ...]) -> None:
    """Refuse a domain's result that no matter takes and that is not the worst of them (RECORD-5)."""
    worst = find_worst(each.result for each in matters)
    is_taken = any(each.matter not in claims.of_matters.results for each in matters)
    if not is_taken and claims.results.get(domain, worst) is not worst:
        raise UsageMistake(
            say(
                "{domain} is said to have result {said}, but its matters have {worst} at the worst",
                domain=visit.name((domain,))[0],
                said=claims.results[domain].value,
                worst=worst.value,
            ),
            hint=say("where each matter has its own --result, leave the domain's out"),
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
    """Refuse claims for other domains or matters than the visit's, and results that leave one out (RECORD-3, RECORD-5)."""
    named = {*claims.results, *claims.methods, *claims.findings, *claims.follow_ups}
    strange = tuple(sorted(named - set(visit.domains)))
    if strange:
        raise UsageMistake(
            say("the visit to {entity} does not check {domains}", entity=visit.entity, domains=visit.name(strange)),
            hint=say("its domains are {domains}", domains=visit.name(visit.domains)),
        )
    _require_own_matters(visit, claims.of_matters)
    for domain in visit.domains:
        checked = visit.matters.get(domain, ())
        matters = [matter for matter in checked if matter not in claims.of_matters.results]
        if domain not in claims.results and matters and claims.of_matters.named.intersection(checked):
            (name,) = visit.name((domain,))
            raise UsageMistake(
                say(
                    "{domain}: results are missing for the matters {matters}", domain=name, matters=visit.name(matters)
                ),
                hint=say(
                    "add --result {domain}=NUMBER for all of them together, or --result MATTER=NUMBER for each",
                    domain=name,
                ),
            )
    missing = [
        domain
        for domain in visit.domains
        if domain not in claims.results and claims.of_matters.named.isdisjoint(visit.matters.get(domain, ()))
    ]
    if missing:
        raise UsageMistake(
            say(
                "results are missing for {domains}: all domains of a visit are recorded together",
                domains=visit.name(missing),
            ),
            hint=say("add one --result DOMAIN=NUMBER or --result MATTER=NUMBER for each of them"),
        )


def _require_own_matters(visit: Visit, said: MatterClaims) -> None:
    checked = tuple(matter for domain in visit.domains for matter in visit.matters.get(domain, ()))
    strange = tuple(sorted(said.named - set(checked)))
    if strange:
        raise UsageMistake(
            say("the visit to {entity} does not check {matters}", entity=visit.entity, matters=strange),
            hint=say(
                "its matters are {matters}; say the domain's result where it has none", matters=visit.name(checked)
            ),
        )


def _require_gone_throughout(outcomes: tuple[DomainOutcome, ...]) -> None:
    """Refuse results that say of some domains or matters only that the company is gone (CLASS-3)."""
    results = {each.result for each in outcomes} | {one.result for each in outcomes for one in each.matters}
    gone = sorted(result for result in results if result.is_gone)
    if gone and len(results) > 1:
        raise UsageMistake(
            say(
                "result {number} says that the whole company is gone, but not all domains have it", number=gone[0].value
            ),
            hint=say("give every domain of the visit the same result, or none of them 9 to 13"),
        )


def _require_order(outcome: DomainOutcome, name: Term | str, *, is_said: bool) -> None:
    """Refuse result 5 of which nobody says what was ordered by when (RECORD-7), and less said of the domain than of a matter (RECORD-6)."""
    parts: tuple[DomainOutcome | MatterOutcome, ...] = (*outcome.matters, outcome)
    is_open = any(each.result is ResultClass.ORDERED_TO_RECTIFY and each.follow_up is None for each in parts)
    if is_open and not is_said:
        raise UsageMistake(
            say("{domain}: result 5 is an order to rectify, and its last day is not said", domain=name),
            hint=say(
                "say the last day: --follow-up {domain}=rectify:2026-12-31, or on a visit sheet in its columns; "
                "none where it was put right on the spot",
                domain=name,
            ),
        )
    gravest = find_gravest(each.follow_up for each in outcome.matters)
    if gravest is not None and find_gravest((gravest, outcome.follow_up)) != outcome.follow_up:
        raise UsageMistake(
            say("{domain}: the follow-up that is said of it is milder than that of one of its matters", domain=name),
            hint=say("leave the domain's --follow-up out: it has the gravest of its matters"),
        )


def _require_later_deadline(outcome: DomainOutcome, visited_on: date, name: Term | str) -> None:
    """Refuse an order to rectify by a day before the check (FOLLOW-2)."""
    said = (outcome.follow_up, *(each.follow_up for each in outcome.matters))
    terms = [each.until for each in said if each is not None and each.until is not None]
    until = min(terms, default=None)
    if until is not None and until < visited_on:
        raise UsageMistake(
            say(
                "{domain}: the order to rectify ends on {until}, before the check of {day}",
                domain=name,
                until=until.isoformat(),
                day=visited_on.isoformat(),
            ),
            hint=say("give the last day by which the order is to be obeyed"),
        )
