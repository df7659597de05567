"""Results by matter: what the domain has then, and which claims are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Domain, EntityId, MatterId, Slot
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.outcome import Visit, VisitState
from inspect_cli.core.visit.recording import Claims, MatterClaims, settle_outcome
from inspect_cli.core.visit.result import Method, ResultClass, find_worst
from inspect_cli.errors import Term, UsageMistake

if TYPE_CHECKING:
    from inspect_cli.core.visit.outcome import Outcome

LABOUR, SAFETY = Domain("labour"), Domain("safety")
L1, L2, S1 = MatterId("L-01"), MatterId("L-02"), MatterId("S-01")
DAY = date(2026, 12, 8)
VISIT = Visit(
    slot=Slot("2026-12/1"),
    entity=EntityId("E-1"),
    domains=(LABOUR, SAFETY),
    day=DAY,
    state=VisitState.PLANNED,
    matters={LABOUR: (L1, L2), SAFETY: (S1,)},
)
FINE, ORDERED, LATER = ResultClass.NO_PROBLEM, ResultClass.ORDERED_TO_RECTIFY, ResultClass.TO_BE_HANDLED
NONE, CASE = FollowUp(kind=FollowUpKind.NONE), FollowUp(kind=FollowUpKind.CASE)


def order(day: int) -> FollowUp:
    """Make an order to rectify by a day of December."""
    return FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, day))


def settle(domains: dict[Domain, ResultClass] | None = None, of_domains: Any = (), **matters: Any) -> Outcome:
    """Settle what is claimed: results and more of domains, and of matters."""
    claims = Claims(results=domains or {}, methods={}, findings={}, follow_ups={}, of_matters=MatterClaims(**matters))
    return settle_outcome(VISIT, replace(claims, **dict(of_domains)), DAY)


def test_the_worst_matter_is_the_domains_result() -> None:
    """RECORD-5: each matter keeps its own result, the domain and the company have the worst of them."""
    said: dict[str, Any] = {"findings": {L2: "欠薪"}, "methods": {L1: Method.WRITTEN}, "follow_ups": {L2: order(20)}}
    outcome = settle(results={L1: FINE, L2: ORDERED, S1: FINE}, **said)
    labour, safety = outcome.domains
    assert [(one.matter, one.result, one.finding) for one in labour.matters] == [
        (L1, FINE, None),
        (L2, ORDERED, "欠薪"),
    ]
    assert (labour.result, labour.finding, safety.result) == (ORDERED, None, FINE)
    assert outcome.worst is ORDERED


@given(st.tuples(*[st.sampled_from([each for each in ResultClass if not each.is_gone])] * 3))
def test_the_worst_wins_whatever_was_found(found: tuple[ResultClass, ...]) -> None:
    """RECORD-5, CLASS-2: for any results of matters, each domain has its worst, and the company the worst of all."""
    first, second, third = found
    said = {"follow_ups": {LABOUR: NONE, SAFETY: NONE}}.items()
    outcome = settle(None, said, results={L1: first, L2: second, S1: third})
    assert [each.result for each in outcome.domains] == [find_worst((first, second)), third]
    assert outcome.worst is find_worst(found)


def test_matters_without_a_result_have_the_domains() -> None:
    """RECORD-5: said of the domain, it holds for the matters of which nothing else is said."""
    labour, safety = settle({LABOUR: FINE, SAFETY: FINE}, results={L2: LATER}).domains
    assert [one.result for one in labour.matters] == [FINE, LATER]
    assert labour.result is LATER
    # Nothing is said of a matter of safety: the domain is recorded alone.
    assert (safety.matters, safety.result) == ((), FINE)


def test_a_matter_named_by_its_finding_alone_has_the_domains_result() -> None:
    """RECORD-5: something is said of it, so each matter of the domain stands."""
    labour = settle({LABOUR: FINE, SAFETY: FINE}, findings={L1: "台账齐全"}).domains[0]
    assert [(one.matter, one.result) for one in labour.matters] == [(L1, FINE), (L2, FINE)]


def test_a_matter_without_any_result_is_missing() -> None:
    """RECORD-5: who gives one matter of two and nothing of the domain is told the other."""
    with pytest.raises(UsageMistake) as caught:
        settle({SAFETY: FINE}, results={L1: FINE})
    assert (caught.value.what.values["domain"], caught.value.what.values["matters"]) == (LABOUR, ("L-02",))


@pytest.mark.parametrize("said", ["results", "methods", "findings", "follow_ups"])
def test_a_matter_that_is_not_checked_is_refused(said: str) -> None:
    """RECORD-5: nothing can be said of a matter that the visit does not check."""
    value = {"results": FINE, "methods": Method.ONLINE, "findings": "x", "follow_ups": NONE}[said]
    with pytest.raises(UsageMistake) as caught:
        settle({LABOUR: FINE, SAFETY: FINE}, **{said: {MatterId("H-01"): value}})
    assert caught.value.what.values["matters"] == ("H-01",)


def test_a_domains_result_that_its_matters_contradict_is_refused() -> None:
    """RECORD-5: where each matter has its own result, the domain's is the worst of them or is not said."""
    own = {L1: FINE, L2: FINE}
    with pytest.raises(UsageMistake):
        settle({LABOUR: ORDERED, SAFETY: FINE}, results=own)
    assert settle({LABOUR: FINE, SAFETY: FINE}, results=own).domains[0].result is FINE


def test_methods_of_a_domain() -> None:
    """RECORD-6: the domain's method is what was said of it, or else its first matter's; matters have theirs, or the domain's."""
    first = settle(results={L1: FINE, L2: FINE, S1: FINE}, methods={L1: Method.TESTING}).domains[0]
    assert (first.method, first.matters[1].method) == (Method.TESTING, Method.ON_SITE)
    said = {"methods": {LABOUR: Method.ONLINE}}.items()
    second = settle(None, said, results={L1: FINE, L2: FINE, S1: FINE}, methods={L2: Method.WRITTEN}).domains[0]
    assert (second.method, [one.method for one in second.matters]) == (Method.ONLINE, [Method.ONLINE, Method.WRITTEN])


@pytest.mark.parametrize(
    ("first", "second", "gravest"),
    [
        (NONE, CASE, CASE),
        (CASE, order(20), CASE),
        (order(20), order(18), order(18)),
        (None, order(20), order(20)),
        (None, None, None),
        (FollowUp(kind=FollowUpKind.SUPERVISION), FollowUp(kind=FollowUpKind.OTHER), FollowUp(kind=FollowUpKind.OTHER)),
        (FollowUp(kind=FollowUpKind.NOTIFIED), order(20), order(20)),
    ],
)
def test_the_gravest_follow_up_is_the_domains(
    first: FollowUp | None, second: FollowUp | None, gravest: FollowUp | None
) -> None:
    """RECORD-6: of several the gravest, whichever matter it is of; of two orders the one that ends first."""
    for pair in ((first, second), (second, first)):
        said = {matter: one for matter, one in zip((L1, L2), pair, strict=True) if one is not None}
        assert settle(results={L1: FINE, L2: FINE, S1: FINE}, follow_ups=said).domains[0].follow_up == gravest


def test_what_is_said_of_the_domain_stands_before_its_matters() -> None:
    """RECORD-6: a follow-up of the domain is kept as it was said, unless it is milder than one of its matters: that is refused."""
    results = {L1: FINE, L2: FINE, S1: FINE}
    said = {"follow_ups": {LABOUR: CASE}}.items()
    assert settle(None, said, results=results, follow_ups={L1: order(20)}).domains[0].follow_up == CASE
    for milder in (NONE, order(21)):
        said = {"follow_ups": {LABOUR: milder}}.items()
        with pytest.raises(UsageMistake, match="milder"):
            settle(None, said, results=results, follow_ups={L1: order(20)})


@pytest.mark.parametrize("results", [{L1: ORDERED, L2: FINE}, {L1: ORDERED, L2: LATER}])
def test_an_order_is_said_with_its_last_day(results: dict[MatterId, ResultClass]) -> None:
    """RECORD-7: result 5 of a matter, also where another is worse, wants a follow-up of the matter or of its domain."""
    with pytest.raises(UsageMistake, match="result 5 is an order"):
        settle(results=results | {S1: FINE})
    for_domain = {"follow_ups": {LABOUR: order(20)}}.items()
    assert settle(None, for_domain, results=results | {S1: FINE}).domains[0].follow_up == order(20)
    assert settle(results=results | {S1: FINE}, follow_ups={L1: order(20)}).domains[0].follow_up == order(20)
    with pytest.raises(UsageMistake, match="result 5 is an order"):
        settle({LABOUR: FINE, SAFETY: ORDERED}, follow_ups={L1: CASE})
    # What is said of another matter is no order about this one.
    with pytest.raises(UsageMistake, match="result 5 is an order"):
        settle(results=results | {S1: FINE}, follow_ups={L2: CASE})


def test_a_person_is_told_labels_and_names() -> None:
    """Where the visit knows what its domains and matters are called, messages say that and not their codes."""
    terms = {LABOUR: Term(zh="劳动用工", en="Labour"), L1: Term(zh="L-01 用工", en="L-01 用工")}
    claims = Claims(results={LABOUR: ORDERED, SAFETY: FINE}, methods={}, findings={}, follow_ups={})
    with pytest.raises(UsageMistake, match="Labour: result 5"):
        settle_outcome(replace(VISIT, terms=terms), claims, DAY)
    said = MatterClaims(results={MatterId("H-01"): FINE})
    with pytest.raises(UsageMistake) as caught:
        settle_outcome(replace(VISIT, terms=terms), replace(claims, of_matters=said), DAY)
    assert caught.value.hint is not None
    assert caught.value.hint.values["matters"] == (terms[L1], L2, S1)


def test_a_company_is_gone_for_all_matters() -> None:
    """CLASS-3: gone by one matter and not by another is refused; by all of them it is taken."""
    gone = ResultClass.CLOSED
    with pytest.raises(UsageMistake):
        settle(results={L1: gone, L2: FINE, S1: gone})
    assert settle({SAFETY: gone}, results={L1: gone, L2: gone}).worst is gone


def test_an_order_of_a_matter_cannot_end_before_the_check() -> None:
    """FOLLOW-2: the last day of a matter's order is the day of the check or later."""
    with pytest.raises(UsageMistake):
        settle(results={L1: FINE, L2: FINE, S1: FINE}, follow_ups={L1: order(7)})
