"""Which record of a visit is taken, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.names import Domain, EntityId, Slot
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.outcome import Visit, VisitState
from inspect_cli.core.visit.recording import Claims, require_same, settle_outcome
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.core.visit.review import ReviewState
from inspect_cli.errors import RefusedError, UsageMistake
from tests.core.visit.test_review import make_version
from tests.sample_draw import order_all

LABOUR, SAFETY, HEALTH = Domain("labour"), Domain("safety"), Domain("health")
DAY = date(2026, 12, 8)


def make_visit(**changes: Any) -> Visit:
    """Make a planned visit of two domains."""
    visit = Visit(
        slot=Slot("2026-12/1"), entity=EntityId("E-1"), domains=(LABOUR, SAFETY), day=DAY, state=VisitState.PLANNED
    )
    return replace(visit, **changes)


def make_claims(**changes: Any) -> Claims:
    """Make claims that fit the visit."""
    results = {SAFETY: ResultClass.NO_PROBLEM, LABOUR: ResultClass.ORDERED_TO_RECTIFY}
    return replace(Claims(results=results, methods={}, findings={}, follow_ups=order_all(results)), **changes)


def test_claims_become_an_outcome() -> None:
    """RECORD-3: each domain has its result, in the visit's order; what is not said is on-site and on the planned day."""
    claims = make_claims(
        methods={LABOUR: Method.WRITTEN},
        findings={LABOUR: "两份合同缺失"},
        follow_ups={LABOUR: FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, 31))},
    )
    outcome = settle_outcome(make_visit(), claims, DAY)
    labour, safety = outcome.domains
    assert (labour.domain, labour.result, labour.method) == (LABOUR, ResultClass.ORDERED_TO_RECTIFY, Method.WRITTEN)
    assert (labour.finding, labour.follow_up) == ("两份合同缺失", claims.follow_ups[LABOUR])
    assert (safety.domain, safety.result, safety.method) == (SAFETY, ResultClass.NO_PROBLEM, Method.ON_SITE)
    assert (safety.finding, safety.follow_up) == (None, None)
    assert outcome.visited_on == DAY
    assert outcome.worst is ResultClass.ORDERED_TO_RECTIFY


@pytest.mark.parametrize("on", [DAY, date(2026, 12, 9), date(2026, 12, 10)])
def test_a_check_is_dated_from_its_day_to_today(on: date) -> None:
    """RECORD-2: the planned day, today and each day between them can be the day of the check."""
    assert settle_outcome(make_visit(), make_claims(on=on), date(2026, 12, 10)).visited_on == on


@pytest.mark.parametrize(
    ("on", "today"),
    [
        (None, date(2026, 12, 7)),
        (DAY, date(2026, 12, 7)),
        (date(2026, 12, 7), date(2026, 12, 10)),
        (date(2026, 12, 11), date(2026, 12, 10)),
    ],
)
def test_nothing_is_recorded_before_its_day(on: date | None, today: date) -> None:
    """RECORD-2: neither before the planned day, nor for a check that is dated before it or after today."""
    with pytest.raises(RefusedError):
        settle_outcome(make_visit(), make_claims(on=on), today)


def test_an_open_visit_takes_no_result() -> None:
    """RECORD-1, RECORD-2: a visit without a day and a team cannot have taken place."""
    with pytest.raises(RefusedError):
        settle_outcome(make_visit(day=None, state=VisitState.OPEN), make_claims(), DAY)


def test_a_missing_domain_is_told() -> None:
    """RECORD-3: who leaves a domain out is told which one."""
    with pytest.raises(UsageMistake) as caught:
        settle_outcome(make_visit(), make_claims(results={SAFETY: ResultClass.NO_PROBLEM}), DAY)
    assert caught.value.what.values["domains"] == ("labour",)


@pytest.mark.parametrize(
    "changes",
    [
        {"results": dict.fromkeys((HEALTH, LABOUR, SAFETY), ResultClass.NO_PROBLEM)},
        {"methods": {HEALTH: Method.ONLINE}},
        {"findings": {HEALTH: "无"}},
        {"follow_ups": {HEALTH: FollowUp(kind=FollowUpKind.NONE)}},
    ],
)
def test_another_domain_is_refused(changes: dict[str, Any]) -> None:
    """RECORD-3: nothing can be said of a domain that the visit does not check."""
    with pytest.raises(UsageMistake) as caught:
        settle_outcome(make_visit(), make_claims(**changes), DAY)
    assert caught.value.what.values["domains"] == ("health",)


def test_a_company_is_gone_for_all_domains() -> None:
    """CLASS-3: the same class 9 to 13 for every domain is taken."""
    gone = {LABOUR: ResultClass.DEREGISTERED, SAFETY: ResultClass.DEREGISTERED}
    assert settle_outcome(make_visit(), make_claims(results=gone), DAY).worst is ResultClass.DEREGISTERED


@pytest.mark.parametrize("other", [ResultClass.NO_PROBLEM, ResultClass.CLOSED])
def test_a_company_is_not_gone_for_one_domain_only(other: ResultClass) -> None:
    """CLASS-3: gone for one domain and something else for another is refused."""
    with pytest.raises(UsageMistake):
        settle_outcome(make_visit(), make_claims(results={LABOUR: ResultClass.DEREGISTERED, SAFETY: other}), DAY)


def test_an_order_cannot_end_before_the_check() -> None:
    """FOLLOW-2: the last day of an order to rectify is the day of the check or later."""
    earlier = FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, 7))
    with pytest.raises(UsageMistake):
        settle_outcome(make_visit(), make_claims(follow_ups={LABOUR: earlier}), DAY)
    same_day = replace(earlier, until=DAY)
    assert (
        settle_outcome(make_visit(), make_claims(follow_ups={LABOUR: same_day}), DAY).domains[0].follow_up == same_day
    )


def test_what_is_recorded_stands() -> None:
    """RECORD-4: the same outcome again is let through, another one is refused; the hint names the way out of where it stands."""
    visit = make_visit(state=VisitState.RECORDED)
    recorded = make_version(1, outcome=settle_outcome(visit, make_claims(), DAY))
    require_same(recorded, settle_outcome(visit, make_claims(), date(2026, 12, 20)))
    other = settle_outcome(visit, make_claims(findings={LABOUR: "另有发现"}), DAY)
    for state, way in ((ReviewState.AWAITING, "visit return"), (ReviewState.APPROVED, "visit correct")):
        with pytest.raises(RefusedError) as caught:
            require_same(replace(recorded, state=state), other)
        assert way in str(caught.value.hint)
