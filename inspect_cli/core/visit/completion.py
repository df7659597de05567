"""What stays of an approved result where a correction of it does not say it anew.

What does not live here: why a result is corrected (``correction``), and which results may be (``review``).

Rules:

CORRECT-2  What is not said anew stays as the approved version has it: the day of the check, methods, and the results of other domains and
           matters. A domain's result that is said anew without its matters holds for all of it, and what was said of its matters goes.
CORRECT-3  Findings and follow-ups that are not said anew stay too, but where the result becomes another with which nothing is found (1, 7)
           or the company is gone (9 to 13).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from inspect_cli.core.visit.follow_up import find_gravest
from inspect_cli.core.visit.recording import Claims, MatterClaims
from inspect_cli.core.visit.result import ResultClass, find_worst

if TYPE_CHECKING:
    from inspect_cli.core.names import Domain, MatterId
    from inspect_cli.core.visit.follow_up import FollowUp
    from inspect_cli.core.visit.outcome import DomainOutcome, MatterOutcome, Outcome, Visit
    from inspect_cli.core.visit.result import Method

Key = TypeVar("Key")

_NOTHING_FOUND: Final = (ResultClass.NO_PROBLEM, ResultClass.NO_SUCH_BUSINESS)


def complete_claims(visit: Visit, claims: Claims, approved: Outcome) -> Claims:
    """Complete what is said in a correction by what stays of the approved outcome (CORRECT-2, CORRECT-3)."""
    said = claims.of_matters
    domains = _Told(
        results=dict(claims.results),
        methods=dict(claims.methods),
        findings=dict(claims.findings),
        follow_ups=dict(claims.follow_ups),
    )
    matters = _Told(
        results=dict(said.results),
        methods=dict(said.methods),
        findings=dict(said.findings),
        follow_ups=dict(said.follow_ups),
    )
    for each in approved.domains:
        spoken = [matter for matter in visit.matters.get(each.domain, ()) if matter in said.named]
        if each.matters and (spoken or each.domain not in claims.results):
            _keep_matters(claims, each, domains, matters)
        else:
            _keep_domain(visit, claims, each, (domains, matters))
    return Claims(
        results=domains.results,
        methods=domains.methods,
        findings=domains.findings,
        follow_ups=domains.follow_ups,
        on=claims.on or approved.visited_on,
        of_matters=MatterClaims(
            results=matters.results,
            methods=matters.methods,
            findings=matters.findings,
            follow_ups=matters.follow_ups,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told(Generic[Key]):
    """What is said of domains or of matters; what stays is added to it."""

    results: dict[Key, ResultClass]
    methods: dict[Key, Method]
    findings: dict[Key, str]
    follow_ups: dict[Key, FollowUp]

    def keep(self, key: Key, approved: DomainOutcome | MatterOutcome, result: ResultClass) -> None:
        """Add what is not said anew of one that now has this result."""
        self.methods.setdefault(key, approved.method)
        if result is not approved.result and (result in _NOTHING_FOUND or result.is_gone):
            return
        if approved.finding is not None:
            self.findings.setdefault(key, approved.finding)
        if approved.follow_up is not None:
            self.follow_ups.setdefault(key, approved.follow_up)


def _keep_domain(
    visit: Visit, claims: Claims, approved: DomainOutcome, told: tuple[_Told[Domain], _Told[MatterId]]
) -> None:
    """Add what stays of a domain that was recorded as a whole, or now is."""
    (domains, matters), domain, said = told, approved.domain, claims.of_matters
    checked = visit.matters.get(domain, ())
    result = claims.results.get(domain, approved.result)
    is_whole = said.named.isdisjoint(checked)
    own = [result] if is_whole else [said.results.get(matter, result) for matter in checked]
    # Where each matter is said, the domain has the worst of them and no result of its own (RECORD-5).
    if is_whole or any(matter not in said.results for matter in checked):
        domains.results.setdefault(domain, result)
    is_followed = any(matter in said.follow_ups for matter in checked)
    if is_followed and approved.follow_up is not None and result is approved.result:
        # Said of one matter, a follow-up is that matter's: the others, which keep their result, keep theirs.
        for matter in checked:
            if matter not in said.results:
                matters.follow_ups.setdefault(matter, approved.follow_up)
    domains.keep(domain, replace(approved, follow_up=None) if is_followed else approved, find_worst(own))


def _keep_matters(claims: Claims, approved: DomainOutcome, domains: _Told[Domain], matters: _Told[MatterId]) -> None:
    """Add what stays of a domain that was recorded by matter, and still is."""
    domain, results = approved.domain, []
    for one in approved.matters:
        result = matters.results.get(one.matter) or claims.results.get(domain, one.result)
        results.append(result)
        if domain not in claims.results:
            matters.results.setdefault(one.matter, result)
        method = claims.methods.get(domain, one.method)
        matters.keep(one.matter, replace(one, method=method), result)
    is_derived = approved.follow_up == find_gravest(one.follow_up for one in approved.matters)
    gravest = find_gravest(matters.follow_ups.get(one.matter) for one in approved.matters)
    is_own = not is_derived and find_gravest((gravest, approved.follow_up)) == approved.follow_up
    own = approved if is_own else replace(approved, follow_up=None)
    if approved.method is approved.matters[0].method:
        own = replace(own, method=matters.methods[approved.matters[0].matter])
    domains.keep(domain, own, find_worst(results))
