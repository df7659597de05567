"""What is wrong with a plan, and what of it should be looked at before it is committed. What lies outside the plan: ``cautions``.

Whether it can be staffed is ``shortage``'s matter.

Rules:

PLAN-9   Each domain of the plan has a matter (抽查事项) that is valid throughout the period: outside the list there is no inspection.
PLAN-10  A matter that the plan names exists and is valid throughout the period; one of a domain that is not drawn for is worth a warning.
PLAN-11  A share that names a stratum of which the registry has nobody is a mistake; where all of them are excluded it is worth a
         warning, and so is a stratum that no share of a domain of the plan covers.
PLAN-12  A plan has at least one day and one entity that can be drawn; its quotas keep QUOTA-2 and QUOTA-3.
CARRY-3  No registered entity has a stratum named ``carried-over``: that name is kept for visits that were carried over.
PLAN-13  A day off that is no working day, a source of an earlier day than today, and a first day that is not after today, are worth
         a warning.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.plan.cautions import find_cautions, tell_way_out
from inspect_cli.core.plan.frame.build import plan_domains
from inspect_cli.core.plan.frame.exclusion import is_in_scope
from inspect_cli.core.plan.quota import ANY_STRATUM, find_fault, find_share, index_shares
from inspect_cli.core.plan.stratum import CARRIED_OVER, stratum_of
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.plan.quota import StratumKey
    from inspect_cli.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing for which a plan cannot be committed: what, at which key of the plan, and what to do."""

    what: Message
    key: str
    remedy: Message | None = None


def find_faults(gathered: Gathered, frame: Frame) -> tuple[Fault, ...]:
    """Find everything for which the plan cannot be committed (PLAN-9 to PLAN-12, CARRY-3)."""
    return (
        *_missing_matters(gathered, frame),
        *_wrong_matters(gathered),
        *_unknown_strata(gathered),
        *_taken_stratum(gathered),
        *_wrong_quotas(gathered, frame),
        *_emptiness(gathered, frame),
    )


def find_warnings(gathered: Gathered, frame: Frame) -> tuple[Message, ...]:
    """Find what is allowed but should be looked at (PLAN-10, PLAN-11, PLAN-13, and all cautions), draws that stand in the way first."""
    return (
        *find_cautions(gathered, frame),
        *_idle_matters(gathered),
        *_idle_shares(gathered, frame),
        *_uncovered_strata(gathered),
        *_odd_days(gathered, frame),
    )


def _missing_matters(gathered: Gathered, frame: Frame) -> Iterator[Fault]:
    covered = {matter.domain for matter in frame.matters}
    for domain in sorted(plan_domains(gathered.plan) - covered):
        yield Fault(
            what=say(
                "no matter of the domain {domain} is valid throughout {period}",
                domain=gathered.bureau.domain_term(domain),
                period=gathered.plan.period,
            ),
            key="matters",
            remedy=say(
                "outside the list there is no inspection: put a valid matter on the list with inspect-cli matter import FILE, "
                "name it under matters, or take the domain's shares out of the plan"
            ),
        )


def _wrong_matters(gathered: Gathered) -> Iterator[Fault]:
    known = {matter.id: matter for matter in gathered.matters}
    first, last = first_day(gathered.plan.period), last_day(gathered.plan.period)
    for number in gathered.plan.matters:
        if number not in known:
            what = say("there is no matter {matter} on the list", matter=number)
        elif not known[number].is_valid_throughout(first, last):
            what = say(
                "the matter {matter} is not valid throughout {period}", matter=number, period=gathered.plan.period
            )
        else:
            continue
        yield Fault(what=what, key="matters", remedy=say("take it out of the plan, or see inspect-cli matter list"))


def _registered_strata(gathered: Gathered) -> Counter[StratumKey]:
    """Count the entities that have not left the registry by domain and stratum, the plan's scope aside."""
    last = last_day(gathered.plan.period)
    return Counter(
        (domain, stratum_of(entity, gathered.plan.strata))
        for entity in gathered.entities
        if entity.is_registered_on(last)
        for domain in entity.domains
    )


def _unknown_strata(gathered: Gathered) -> Iterator[Fault]:
    registered = _registered_strata(gathered)
    for share in gathered.plan.shares:
        if share.stratum != ANY_STRATUM and not registered[share.domain, share.stratum]:
            there = sorted(stratum for domain, stratum in registered if domain == share.domain)
            yield Fault(
                what=say(
                    "the registry has nobody in the stratum {stratum} of the domain {domain}",
                    stratum=share.stratum,
                    domain=gathered.bureau.domain_term(share.domain),
                ),
                key="share",
                remedy=say("it has: {strata}", strata=tuple(there)) if there else None,
            )


def _taken_stratum(gathered: Gathered) -> Iterator[Fault]:
    if any(stratum == CARRIED_OVER for _, stratum in _registered_strata(gathered)):
        yield Fault(
            what=say(
                "the registry has a stratum named {stratum}, which is kept for visits that were carried over",
                stratum=CARRIED_OVER,
            ),
            key="strata",
            remedy=say("give these entities another class, zone or industry, or stratify by another field"),
        )


def _wrong_quotas(gathered: Gathered, frame: Frame) -> Iterator[Fault]:
    for quota in frame.computed:
        what = find_fault(quota, gathered.bureau.domain_term(quota.domain))
        if what is not None:
            yield Fault(
                what=what,
                key="share",
                remedy=say("change the share; a quota of 0 that is meant takes allow_zero = true"),
            )


def _emptiness(gathered: Gathered, frame: Frame) -> Iterator[Fault]:
    if not frame.days:
        yield Fault(
            what=say("no day is left in {period} on which anybody can be visited", period=gathered.plan.period),
            key="days_off",
            remedy=say("the days begin after the latest date of the sources, and days off fall away"),
        )
    if not frame.entities:
        yield Fault(
            what=say("nobody can be drawn"),
            key="share",
            remedy=tell_way_out(gathered) or say("see who is excluded and why, and widen the scope or the shares"),
        )


def _idle_matters(gathered: Gathered) -> Iterator[Message]:
    domains = plan_domains(gathered.plan)
    for matter in gathered.matters:
        if matter.id in gathered.plan.matters and matter.domain not in domains:
            yield say(
                "the matter {matter} is of the domain {domain}, for which nothing is drawn",
                matter=matter.id,
                domain=gathered.bureau.domain_term(matter.domain),
            )


def _idle_shares(gathered: Gathered, frame: Frame) -> Iterator[Message]:
    registered = _registered_strata(gathered)
    used = {(quota.domain, quota.stratum) for quota in frame.computed}
    for share in gathered.plan.shares:
        if share.stratum == ANY_STRATUM:
            is_idle = not any(domain == share.domain for domain, _ in used)
        else:
            is_idle = registered[share.domain, share.stratum] > 0 and (share.domain, share.stratum) not in used
        if is_idle:
            yield say(
                "the share {domain} {stratum} draws nobody: it has no entity that is not excluded",
                domain=gathered.bureau.domain_term(share.domain),
                stratum=share.stratum,
            )


def _uncovered_strata(gathered: Gathered) -> Iterator[Message]:
    plan, last = gathered.plan, last_day(gathered.plan.period)
    domains, index = plan_domains(plan), index_shares(plan.shares)
    uncovered = Counter(
        (domain, stratum_of(entity, plan.strata))
        for entity in gathered.entities
        if entity.is_registered_on(last) and is_in_scope(entity, plan.scope)
        for domain in entity.domains
        if domain in domains and find_share(index, domain, stratum_of(entity, plan.strata)) is None
    )
    for (domain, stratum), count in sorted(uncovered.items()):
        yield say(
            "no share covers the stratum {stratum} of the domain {domain}: {count} entities cannot be drawn for it",
            domain=gathered.bureau.domain_term(domain),
            stratum=stratum,
            count=count,
        )


def _odd_days(gathered: Gathered, frame: Frame) -> Iterator[Message]:
    working = set(gathered.working_days)
    for day in gathered.plan.days_off:
        if day not in working:
            yield say("the day off {day} is no working day anyway", day=day.isoformat())
    for promise in gathered.plan.promises:
        if str(promise["at"])[:10] < gathered.today.isoformat():
            yield say(
                "the source {name} was announced for {at}, which is past: a plan is committed before its sources",
                name=promise["name"],
                at=promise["at"],
            )
    if frame.days and frame.days[0] <= gathered.today:
        yield say(
            "the first day, {day}, is not after today: sources must be announced before it and not yet have happened",
            day=frame.days[0].isoformat(),
        )
