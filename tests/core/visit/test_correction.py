"""Correcting an approved result: for which reasons, and what stays of what is not said anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Domain, EntityId, MatterId, Slot
from inspect_cli.core.visit.completion import complete_claims
from inspect_cli.core.visit.correction import CorrectionReason, parse_correction_reason
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.outcome import DomainOutcome, MatterOutcome, Outcome, Visit, VisitState
from inspect_cli.core.visit.recording import Claims, MatterClaims, settle_outcome
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.errors import UsageMistake

LABOUR, SAFETY = Domain("labour"), Domain("safety")
L1, L2, S1 = MatterId("L-01"), MatterId("L-02"), MatterId("S-01")
PLANNED, VISITED, TODAY = date(2026, 12, 3), date(2026, 12, 30), date(2027, 1, 8)
VISIT = Visit(
    slot=Slot("2026-12/1"),
    entity=EntityId("E-1"),
    domains=(LABOUR, SAFETY),
    day=PLANNED,
    state=VisitState.RECORDED,
    matters={LABOUR: (L1, L2), SAFETY: (S1,)},
)
FINE, ORDERED, LATER, GONE = (
    ResultClass.NO_PROBLEM,
    ResultClass.ORDERED_TO_RECTIFY,
    ResultClass.TO_BE_HANDLED,
    ResultClass.CLOSED,
)
ORDER = FollowUp(kind=FollowUpKind.RECTIFY, until=date(2027, 2, 1))
CASE = FollowUp(kind=FollowUpKind.CASE)
LABOUR_SAID = DomainOutcome(
    domain=LABOUR, result=ORDERED, method=Method.TESTING, finding="两份合同缺失", follow_up=ORDER
)
SAFETY_SAID = DomainOutcome(domain=SAFETY, result=FINE, method=Method.WRITTEN, finding="齐全")
APPROVED = Outcome(visited_on=VISITED, domains=(LABOUR_SAID, SAFETY_SAID))
BY_MATTER = replace(
    APPROVED,
    domains=(
        DomainOutcome(
            domain=LABOUR,
            result=ORDERED,
            method=Method.TESTING,
            finding="总述",
            follow_up=ORDER,
            matters=(
                MatterOutcome(matter=L1, result=ORDERED, method=Method.TESTING, finding="缺失", follow_up=ORDER),
                MatterOutcome(matter=L2, result=FINE, method=Method.ONLINE),
            ),
        ),
        SAFETY_SAID,
    ),
)


def correct(approved: Outcome = APPROVED, of_matters: dict[str, Any] | None = None, **said: Any) -> Outcome:
    """Correct an outcome by what is said, as an act does: what stays is completed, and all of it settled."""
    plain = Claims(results={}, methods={}, findings={}, follow_ups={}, of_matters=MatterClaims(**(of_matters or {})))
    return settle_outcome(VISIT, complete_claims(VISIT, replace(plain, **said), approved), TODAY, approved)


@pytest.mark.parametrize("approved", [APPROVED, BY_MATTER])
def test_nothing_said_is_nothing_changed(approved: Outcome) -> None:
    """CORRECT-2: a correction that says nothing is the approved outcome, its day too, which is not the planned one."""
    assert correct(approved) == approved


def test_a_new_result_keeps_day_and_method() -> None:
    """CORRECT-2, CORRECT-3: the other domain stays whole; where nothing is found any more finding and order go, the method stays."""
    labour, safety = correct(results={LABOUR: FINE}).domains
    assert labour == DomainOutcome(domain=LABOUR, result=FINE, method=Method.TESTING)
    assert safety == SAFETY_SAID
    assert correct(results={LABOUR: FINE}).visited_on == VISITED
    assert correct(on=date(2026, 12, 29)).visited_on == date(2026, 12, 29)


@pytest.mark.parametrize("result", [LATER, ResultClass.NOT_DISCLOSED])
def test_what_is_still_found_keeps_its_words(result: ResultClass) -> None:
    """CORRECT-3: of another result that finds something, finding and follow-up stay unless they are said anew."""
    assert correct(results={LABOUR: result}).domains[0] == replace(LABOUR_SAID, result=result)
    anew = correct(results={LABOUR: result}, findings={LABOUR: "三份"}, follow_ups={LABOUR: CASE}).domains[0]
    assert (anew.finding, anew.follow_up, anew.method) == ("三份", CASE, Method.TESTING)


@pytest.mark.parametrize("labour", [LABOUR_SAID, BY_MATTER.domains[0]])
def test_an_order_is_asked_for_where_something_is_said(labour: DomainOutcome) -> None:
    """RECORD-7: an order missing since before there was that rule holds up no correction of another domain, and still one of its own."""
    matters = tuple(replace(one, follow_up=None) for one in labour.matters)
    unsaid = replace(labour, follow_up=None, matters=matters)
    approved = replace(APPROVED, domains=(unsaid, SAFETY_SAID))
    assert correct(approved, results={SAFETY: LATER}).domains == (unsaid, replace(SAFETY_SAID, result=LATER))
    assert correct(approved, on=date(2026, 12, 29)).domains == approved.domains
    for said in ({"findings": {LABOUR: "三份"}}, {"results": {SAFETY: ORDERED}}):
        with pytest.raises(UsageMistake, match="result 5 is an order"):
            correct(approved, **said)
    assert correct(approved, follow_ups={LABOUR: ORDER}).domains[0].follow_up == ORDER


def test_a_company_that_is_gone_leaves_nothing_to_follow() -> None:
    """CORRECT-3: nothing of a finding or an order stays with a company that was gone."""
    gone = correct(results={LABOUR: GONE, SAFETY: GONE})
    assert [(each.finding, each.follow_up) for each in gone.domains] == [(None, None)] * 2


def test_one_matter_is_corrected() -> None:
    """CORRECT-2: the other matters keep their own, and the domain has the worst of what stands then, with its own finding."""
    labour = correct(BY_MATTER, {"results": {L2: LATER}, "follow_ups": {L2: CASE}}).domains[0]
    assert labour.matters[0] == BY_MATTER.domains[0].matters[0]
    assert labour.matters[1] == MatterOutcome(matter=L2, result=LATER, method=Method.ONLINE, follow_up=CASE)
    assert (labour.result, labour.follow_up, labour.finding, labour.method) == (LATER, CASE, "总述", Method.TESTING)
    cleared = correct(BY_MATTER, {"results": {L1: FINE}}).domains[0]
    assert cleared.matters[0] == MatterOutcome(matter=L1, result=FINE, method=Method.TESTING)
    assert (cleared.result, cleared.follow_up, cleared.finding) == (FINE, None, None)


def test_a_domain_said_anew_holds_for_all_of_it() -> None:
    """CORRECT-2: what was said of its matters goes; with one matter beside it, the others take the domain's result."""
    whole = correct(BY_MATTER, results={LABOUR: FINE}).domains[0]
    assert (whole.result, whole.matters, whole.method) == (FINE, (), Method.TESTING)
    beside = correct(BY_MATTER, {"results": {L1: LATER}}, results={LABOUR: FINE}).domains[0]
    assert [(one.matter, one.result) for one in beside.matters] == [(L1, LATER), (L2, FINE)]


def test_a_method_said_of_the_domain_is_its_matters() -> None:
    """CORRECT-2: said anew of a domain that was recorded by matter, it holds for the matters too."""
    labour = correct(BY_MATTER, methods={LABOUR: Method.OTHER_BODY}).domains[0]
    assert labour.method is Method.OTHER_BODY
    assert [one.method for one in labour.matters] == [Method.OTHER_BODY] * 2
    first = correct(BY_MATTER, {"methods": {L1: Method.WRITTEN}}).domains[0]
    assert first.method is Method.WRITTEN
    assert [one.method for one in first.matters] == [Method.WRITTEN, Method.ONLINE]


def test_an_own_word_of_the_domain_stays_its_own() -> None:
    """CORRECT-2: method and follow-up that were said of the domain, and not by its matters, stay when a matter changes."""
    labour = replace(BY_MATTER.domains[0], method=Method.WRITTEN, follow_up=CASE)
    approved = replace(BY_MATTER, domains=(labour, SAFETY_SAID))
    changed = correct(approved, {"findings": {L2: "补"}}).domains[0]
    assert (changed.method, changed.follow_up, changed.matters[1].finding) == (Method.WRITTEN, CASE, "补")
    supervised = FollowUp(kind=FollowUpKind.SUPERVISION)
    mild = replace(BY_MATTER.domains[0].matters[0], follow_up=None, result=LATER)
    labour = replace(labour, result=LATER, follow_up=supervised, matters=(mild, labour.matters[1]))
    graver = correct(replace(APPROVED, domains=(labour, SAFETY_SAID)), {"follow_ups": {L1: CASE}}).domains[0]
    assert graver.follow_up == CASE


def test_a_domain_becomes_recorded_by_matter() -> None:
    """CORRECT-2: matters that are said of a domain recorded as a whole stand beside it; those not said take its result."""
    one = correct(of_matters={"results": {L1: LATER}, "follow_ups": {L1: CASE}}).domains[0]
    assert [(each.matter, each.result, each.method) for each in one.matters] == [
        (L1, LATER, Method.TESTING),
        (L2, ORDERED, Method.TESTING),
    ]
    assert [each.follow_up for each in one.matters] == [CASE, ORDER]
    assert (one.result, one.follow_up, one.finding) == (LATER, CASE, "两份合同缺失")
    aside = correct(results={LABOUR: LATER}, of_matters={"results": {L1: FINE}, "follow_ups": {L1: CASE}}).domains[0]
    assert [each.follow_up for each in aside.matters] == [CASE, None]
    both = correct(of_matters={"results": {L1: FINE, L2: FINE}}).domains[0]
    assert (both.result, both.follow_up, both.finding) == (FINE, None, None)


@given(st.sampled_from([each for each in ResultClass if not each.is_gone]), st.booleans())
def test_any_one_result_changes_that_domain_alone(result: ResultClass, by_matter: bool) -> None:
    """CORRECT-2: whatever labour becomes, safety and the day are as they were."""
    approved = BY_MATTER if by_matter else APPROVED
    corrected = correct(approved, results={LABOUR: result})
    assert (corrected.visited_on, corrected.domains[1]) == (VISITED, SAFETY_SAID)
    assert corrected.domains[0].result is result


@pytest.mark.parametrize("reason", CorrectionReason)
def test_a_reason_is_known_by_code_and_words(reason: CorrectionReason) -> None:
    """CORRECT-1: by its code, and by its word in either language, however it is typed."""
    for text in (reason.value, reason.value.upper(), reason.label.zh, f" {reason.label.en} "):
        assert parse_correction_reason(text) is reason


def test_an_unknown_reason_is_refused() -> None:
    """CORRECT-1: the refusal lists the codes with their words."""
    with pytest.raises(UsageMistake, match="no reason of a correction") as caught:
        parse_correction_reason("因为")
    assert "entry-error (recorded wrongly)" in str(caught.value.hint)
    assert parse_correction_reason("笔误") is CorrectionReason.ENTRY_ERROR
