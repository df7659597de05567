"""Results after they were recorded, on both kinds of database: approved, returned, corrected, followed up, with their files.

The sample: E-1 on 2 December (labour, safety), E-2 open, E-3 on 1 December (labour, safety); L-01 and S-01 are the matters.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.draw.books import read_books, read_situation
from inspect_cli.acts.draw.chains import find_chain
from inspect_cli.acts.visit.after import AttachOrder, StepOrder, attach_files, take_step
from inspect_cli.acts.visit.correcting import CorrectionOrder, correct_visit, look_at_correction
from inspect_cli.acts.visit.dossier import find_follow_ups, read_dossier
from inspect_cli.acts.visit.endings import EndOrder, cancel_visits, carry_over_visits
from inspect_cli.acts.visit.move import read_case
from inspect_cli.acts.visit.recording import (
    RecordOrder,
    record_visit,
    record_visits,
    settle_visits,
)
from inspect_cli.acts.visit.review import ReviewOrder, approve_visits, look_at, return_visits
from inspect_cli.acts.visit.visits import list_visits, read_outcomes
from inspect_cli.core.names import Domain, EntityId, MatterId, Period, Slot
from inspect_cli.core.people import Approval, Person, Role
from inspect_cli.core.publish.issued import Entry, IssueAction, IssuedVersion, NoticeKind
from inspect_cli.core.visit.attachment import NamedFile
from inspect_cli.core.visit.ending import VisitStatus
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.recording import Claims, MatterClaims
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.core.visit.review import ResultStage, ReviewState
from inspect_cli.core.visit.steps import FollowUpState, Step
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.notices import (
    NewNotice,
    add_entries,
    add_issued_versions,
    add_notice,
    find_entries,
    update_entries,
)
from inspect_cli.storage.results import (
    find_attachments,
    find_outcome_versions,
    find_steps,
    find_unsettled,
    find_visited,
)
from inspect_cli.storage.visits import find_outcomes
from tests import published, small_month
from tests.chained_store import fill_chain
from tests.sample_draw import BUREAU, LABOUR, OPERATOR, SAFETY, SLOT, actor_on, order_all
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.acts.visit.recording import RecordedVisit
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.storage.engine import Store

E1, E2, E3 = (EntityId(f"E-{number}") for number in (1, 2, 3))
APPROVER = "审批人乙"
BY_CORRECTOR = actor_on("2026-12-04")
BY_OPERATOR, BY_APPROVER = actor_on("2026-12-03"), actor_on("2026-12-04", name=APPROVER)
FINE, ORDERED, LATER = ResultClass.NO_PROBLEM, ResultClass.ORDERED_TO_RECTIFY, ResultClass.TO_BE_HANDLED
RECTIFY = FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, 31))
PHOTO, FILM = (NamedFile(name=name, sha256=name[0] * 64, size=7) for name in ("a.jpg", "b.mp4"))
REVIEW = ReviewOrder(bureau=BUREAU, slot=SLOT)
SMALL = replace(
    BUREAU,
    two_roles=True,
    people=(Person(name=OPERATOR, roles=(Role.OPERATOR, Role.APPROVER)), *BUREAU.people[1:]),
)


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the sample draw."""
    return fill_store(store_url)


def make_order(entity: EntityId = E1, labour: ResultClass = ORDERED, **changes: Any) -> RecordOrder:
    """Make an order that fits the visit: labour as said, safety without a problem."""
    results = {LABOUR: labour, SAFETY: FINE}
    claims = Claims(results=results, methods={}, findings={}, follow_ups=order_all(results, "2026-12-31"))
    return RecordOrder(slot=SLOT, entity=entity, claims=replace(claims, **changes))


def make_correction(labour: ResultClass = FINE, reason: str = "wrong-company", **changes: Any) -> CorrectionOrder:
    """Make a correction of E-1 that the approver gives leave to."""
    approval = Approval(approver=APPROVER, reason=reason)
    return CorrectionOrder(order=make_order(E1, labour, **changes), approval=approval, basis="复核笔录")


def record(store: Store, *entities: EntityId, **changes: Any) -> None:
    """Record visits."""
    for entity in entities:
        record_visit(store, BY_OPERATOR, BUREAU, make_order(entity, **changes))


def approve(store: Store, *entities: EntityId) -> None:
    """Approve results."""
    approve_visits(store, BY_APPROVER, replace(REVIEW, entities=entities))


def send_back(store: Store, *entities: EntityId, reason: str = "另一家企业") -> None:
    """Return results."""
    return_visits(store, BY_APPROVER, replace(REVIEW, entities=entities, reason=reason))


def versions_of(store: Store, entity: EntityId = E1) -> list[tuple[int, ReviewState]]:
    """Read the versions of a result with their states."""
    with store.reading() as session:
        return [(one.version, one.state) for one in find_outcome_versions(session, SLOT, entity)]


def standing(store: Store, entity: EntityId = E1) -> Outcome | None:
    """Read the outcome by which other queries look."""
    with store.reading() as session:
        return read_outcomes(find_outcomes(session, SLOT)).get(entity)


def publish(store: Store, entity: EntityId, version: int) -> str:
    """Keep a notice that names the result, as publishing leaves it."""
    document = "示综执〔2026〕1号"
    with store.transaction() as session:
        new = NewNotice(
            kind=NoticeKind.RESULT, slot=SLOT, period=None, series="public", year=2026, serial=1, document=document
        )
        notice = add_notice(session, new)
        first = IssuedVersion(
            notice=notice.number,
            version=1,
            action=IssueAction.PUBLISHED,
            clock="2026-12-05T12:00:00+08:00",
            day=date(2026, 12, 5),
            publisher="公示员丙",
            zh="公告",
            en="notice",
        )
        add_issued_versions(session, (first,))
        entry = Entry(
            notice=notice.number,
            slot=SLOT,
            entity=entity,
            place=1,
            outcome_version=version,
            state=IssueAction.PUBLISHED,
            since=date(2026, 12, 5),
        )
        add_entries(session, (entry,))
    return document


def test_a_result_by_matter_is_kept_and_read_back(store: Store) -> None:
    """RECORD-5: the worst matter is the domain's and the company's result; matters, files and numbers stand in the store and the log."""
    said = MatterClaims(results={MatterId("L-01"): LATER}, findings={MatterId("L-01"): "欠薪三人"})
    order = replace(make_order(of_matters=said, results={SAFETY: FINE}), files=(PHOTO, FILM, PHOTO))
    recorded = record_visit(store, BY_OPERATOR, BUREAU, order)
    assert (recorded.version, recorded.files, recorded.outcome.worst) == (1, (PHOTO, FILM), LATER)
    assert standing(store) == recorded.outcome
    with store.reading() as session:
        dossier = read_dossier(session, SLOT, E1)
        (act,) = find_acts(session, act="visit record")
        assert find_acts(session, act="visit attach") == ()
    assert dossier.versions[0].outcome == recorded.outcome
    assert [(one.name, one.added_by) for one in dossier.attachments] == [("a.jpg", OPERATOR), ("b.mp4", OPERATOR)]
    detail = json.loads(act.detail)
    assert (detail["results"], detail["matters"]) == ({"labour": 8, "safety": 1}, {"L-01": 8})
    assert [one["name"] for one in detail["files"]] == ["a.jpg", "b.mp4"]
    assert "欠薪" not in act.detail


def test_many_visits_are_recorded_at_once(store: Store) -> None:
    """RECORD-3: all of them in one transaction with one row of the log; the same again changes nothing."""
    orders = (make_order(E3), make_order(E1, FINE), make_order(E3))
    done = record_visits(store, BY_OPERATOR, BUREAU, orders)
    assert [(one.entity, one.is_new) for one in done.visits] == [(E3, True), (E1, True), (E3, False)]
    with store.reading() as session:
        (act,) = find_acts(session, act="visit record")
    assert act.subject == "2026-12/1 E-3 E-1"
    assert [each["results"]["labour"] for each in json.loads(act.detail)["visits"]] == [5, 1]
    again = record_visits(store, BY_OPERATOR, BUREAU, orders)
    assert not any(one.is_new for one in again.visits)
    with store.reading() as session:
        assert len(find_acts(session)) == 2  # The draw and the record.


def test_one_mistake_of_many_keeps_nothing(store: Store) -> None:
    """All mistakes are told with their places, and neither good nor bad ones are kept; settling alone keeps nothing either."""
    orders = (
        make_order(E1),
        make_order(E2),
        make_order(E3, results={SAFETY: FINE}),
        make_order(E1, FINE),
        make_order(EntityId("E-9")),
        make_order(E3),
    )
    done = record_visits(store, BY_OPERATOR, BUREAU, orders)
    assert [(one.index, type(one.error)) for one in done.mistakes] == [
        (1, RefusedError),
        (2, UsageMistake),
        (3, UsageMistake),
        (4, UsageMistake),
    ]
    assert done.visits == ()
    with store.reading() as session:
        settled = settle_visits(session, BY_OPERATOR, BUREAU, (orders[0], orders[5]))
        assert [one.is_new for one in settled.visits] == [True, True]
        assert find_outcomes(session) == ()
        assert find_acts(session, act="visit record") == ()
    with pytest.raises(RefusedError):
        record_visits(store, BY_APPROVER, BUREAU, orders)


def test_what_awaits_is_approved(store: Store) -> None:
    """REVIEW-1: all that await it, with one row of the log; again it stands already."""
    record(store, E1, E3)
    done = approve_visits(store, BY_APPROVER, REVIEW)
    assert [(one.entity, one.state, one.reviewed_by) for one in done.versions] == [
        (E1, ReviewState.APPROVED, APPROVER),
        (E3, ReviewState.APPROVED, APPROVER),
    ]
    again = approve_visits(store, BY_APPROVER, replace(REVIEW, entities=(E1,)))
    assert ([one.entity for one in again.standing], again.versions) == ([E1], ())
    assert approve_visits(store, BY_APPROVER, REVIEW).versions == ()
    with store.reading() as session:
        (act,) = find_acts(session, act="visit approve")
    assert json.loads(act.detail) == {"versions": {"E-1": 1, "E-3": 1}}


@pytest.mark.parametrize(
    ("name", "entities"), [("公示员丙", (E1,)), (OPERATOR, ()), ("路人", (E1,)), (APPROVER, (E2,)), (APPROVER, (E3,))]
)
def test_who_and_what_cannot_be_approved(store: Store, name: str, entities: tuple[EntityId, ...]) -> None:
    """REVIEW-1, REVIEW-2: by no approver, and where nothing is recorded, all is left as it is."""
    record(store, E1)
    with pytest.raises(RefusedError):
        approve_visits(store, actor_on("2026-12-04", name=name), replace(REVIEW, entities=entities))
    assert versions_of(store) == [(1, ReviewState.AWAITING)]


def _office(*, two_roles: bool) -> Bureau:
    """Make an office in which two people record and approve."""
    both = (Role.OPERATOR, Role.APPROVER)
    people = (
        Person(name="Li Lei", roles=both),
        Person(name="ＬＩ ＬＥＩ", roles=both),
        Person(name="韩梅梅", roles=both),
    )
    return replace(BUREAU, people=people, two_roles=two_roles)


def test_one_person_in_another_spelling_is_one_person(store: Store) -> None:
    """REVIEW-2: a second entry of the same person under [people] makes no second person."""
    office = _office(two_roles=False)
    record_visit(store, actor_on("2026-12-03", name="Li Lei"), office, make_order())
    for entities in ((), (E1,)):
        order = replace(REVIEW, bureau=office, entities=entities)
        with pytest.raises(RefusedError, match="cannot approve"):
            approve_visits(store, actor_on("2026-12-04", name="ＬＩ ＬＥＩ"), order)


def test_all_leaves_ones_own_to_somebody_else(store: Store) -> None:
    """REVIEW-2: of all that await it, those that another recorded are approved, and one's own are named."""
    office = _office(two_roles=False)
    record_visit(store, actor_on("2026-12-03", name="Li Lei"), office, make_order(E1))
    record_visit(store, actor_on("2026-12-03", name="韩梅梅"), office, make_order(E3))
    order = replace(REVIEW, bureau=office)
    done = approve_visits(store, actor_on("2026-12-04", name="韩梅梅"), order)
    assert ([one.entity for one in done.versions], [one.entity for one in done.own]) == ([E1], [E3])
    assert versions_of(store, E3) == [(1, ReviewState.AWAITING)]


def test_a_small_bureau_lets_one_person_do_both(store: Store) -> None:
    """REVIEW-2: allowed by two_roles, it shows in the version and in the log."""
    record_visit(store, BY_OPERATOR, SMALL, make_order())
    done = approve_visits(store, BY_OPERATOR, replace(REVIEW, bureau=SMALL))
    assert [one.is_by_one_person for one in done.versions] == [True]
    with store.reading() as session:
        (act,) = find_acts(session, act="visit approve")
    assert json.loads(act.detail)["one_person"] == ["E-1"]


def test_what_changed_since_it_was_seen_is_not_approved(store: Store) -> None:
    """Who said yes to what they saw does not approve what came after it."""
    record(store, E1)
    with store.reading() as session:
        seen = look_at(session, BY_APPROVER, REVIEW).versions
    record(store, E3)
    with pytest.raises(RefusedError, match="changed"):
        approve_visits(store, BY_APPROVER, replace(REVIEW, seen=seen))
    named = replace(REVIEW, entities=(E1,), seen=seen)
    assert len(approve_visits(store, BY_APPROVER, named).versions) == 1


def test_a_returned_result_is_recorded_anew(store: Store) -> None:
    """REVIEW-1: the visit takes a record again, which is version 2; the returned one and its reason stay."""
    record(store, E1)
    send_back(store, E1)
    assert standing(store) is None
    with store.reading() as session:
        (listed,) = (one for one in list_visits(session, SLOT) if one.visit.entity == E1)
    assert (listed.state, listed.stage) == (VisitStatus.PLANNED, ResultStage.UNRECORDED)
    assert listed.version is not None
    assert listed.version.review_reason == "另一家企业"
    again = record_visit(store, BY_OPERATOR, BUREAU, make_order(E1, FINE))
    assert (again.is_new, again.version) == (True, 2)
    assert versions_of(store) == [(1, ReviewState.RETURNED), (2, ReviewState.AWAITING)]
    assert standing(store) == again.outcome
    assert record_visit(store, BY_OPERATOR, BUREAU, make_order(E1, FINE)).version == 2


def test_a_returned_result_does_not_free_its_visit(store: Store) -> None:
    """END-7: what was found is known: the visit is neither cancelled, carried over nor moved."""
    record(store, E1)
    send_back(store, E1)
    approval = Approval(approver=APPROVER, reason="x")
    end = EndOrder(bureau=BUREAU, slot=SLOT, approval=approval, entities=(E1,))
    for order in (end, replace(end, to_period=Period("2027-01"))):
        with pytest.raises(RefusedError, match="was made"):
            (carry_over_visits if order.to_period else cancel_visits)(store, BY_OPERATOR, order)
    with store.reading() as session, pytest.raises(RefusedError, match="was made"):
        read_case(session, SLOT, E1, date(2026, 12, 3))


@pytest.mark.parametrize("name", [OPERATOR, "公示员丙", "路人"])
def test_who_cannot_return(store: Store, name: str) -> None:
    """REVIEW-1: nobody but an approver returns a result."""
    record(store, E1)
    with pytest.raises(RefusedError):
        return_visits(store, actor_on("2026-12-04", name=name), replace(REVIEW, entities=(E1,), reason="x"))
    assert versions_of(store) == [(1, ReviewState.AWAITING)]


def test_the_day_is_the_one_that_the_rules_use(store: Store) -> None:
    """REVIEW-7: recorded, approved and returned on the day of ``--today``, whatever the machine's clock shows."""
    record(store, E1, E3)
    later = replace(BY_APPROVER, day=date(2026, 12, 9))
    approve_visits(store, later, replace(REVIEW, entities=(E1,)))
    return_visits(store, later, replace(REVIEW, entities=(E3,), reason="x"))
    with store.reading() as session:
        versions = find_outcome_versions(session, SLOT)
    assert [(one.day, one.reviewed_on) for one in versions] == [(BY_OPERATOR.day, date(2026, 12, 9))] * 2


def test_a_visit_that_has_an_end_takes_no_result(store: Store) -> None:
    """END-2: cancelled, or carried over, it is over; typed in or returned before makes no difference."""
    approval = Approval(approver=APPROVER, reason="x")
    cancel_visits(store, BY_OPERATOR, EndOrder(bureau=BUREAU, slot=SLOT, approval=approval, entities=(E1,)))
    with pytest.raises(RefusedError, match="was cancelled"):
        record(store, E1)
    assert versions_of(store) == []


def test_a_visit_that_was_not_made_is_free(store: Store) -> None:
    """END-7: a result of another company is returned as such, which stays on record, and the visit can be cancelled."""
    record(store, E1)
    order = replace(REVIEW, entities=(E1,), reason="另一家企业", not_made=True)
    return_visits(store, BY_APPROVER, order)
    with store.reading() as session:
        (version,) = find_outcome_versions(session, SLOT, E1)
        (act,) = find_acts(session, act="visit return")
    assert (version.not_made, json.loads(act.detail)["not_made"]) == (True, True)
    approval = Approval(approver=APPROVER, reason="x")
    assert cancel_visits(
        store, BY_CORRECTOR, EndOrder(bureau=BUREAU, slot=SLOT, approval=approval, entities=(E1,))
    ).ended == (E1,)


def test_that_there_was_no_visit_can_be_said_later(store: Store) -> None:
    """END-7: of a result that was returned before, whatever for; who returned it and why stays, and a second time changes nothing."""
    record(store, E1)
    send_back(store, E1)
    order = replace(REVIEW, entities=(E1,), reason="现场未去", not_made=True)
    return_visits(store, BY_APPROVER, order)
    again = return_visits(store, BY_APPROVER, order)
    assert ([one.entity for one in again.standing], again.versions) == ([E1], ())
    with store.reading() as session:
        (version,) = find_outcome_versions(session, SLOT, E1)
        assert find_visited(session, SLOT) == frozenset()
    assert (version.not_made, version.review_reason) == (True, "另一家企业")
    record(store, E1)
    with store.reading() as session:
        assert find_visited(session, SLOT) == {E1}


def test_who_recorded_does_not_say_that_there_was_no_visit(store: Store) -> None:
    """END-7: two roles or not, nobody frees a visit whose result they recorded themselves."""
    record_visit(store, BY_OPERATOR, SMALL, make_order())
    order = replace(REVIEW, bureau=SMALL, entities=(E1,), reason="x", not_made=True)
    with pytest.raises(RefusedError, match="cannot say that there was no visit"):
        return_visits(store, BY_CORRECTOR, order)
    assert versions_of(store) == [(1, ReviewState.AWAITING)]


def test_an_approved_result_was_of_a_visit(store: Store) -> None:
    """END-7: a correction is returned, but not as one of no visit, while an approved version stands."""
    record(store, E1)
    approve(store, E1)
    correct_visit(store, BY_CORRECTOR, BUREAU, make_correction())
    with pytest.raises(RefusedError, match="there was a visit"):
        return_visits(store, BY_APPROVER, replace(REVIEW, entities=(E1,), reason="x", not_made=True))


@pytest.mark.parametrize(
    ("state", "stage", "unsettled"),
    [
        (IssueAction.REPAIRED, ResultStage.PUBLISHED, set()),
        (IssueAction.EXPIRED, ResultStage.PUBLISHED, set()),
        (IssueAction.WITHDRAWN, ResultStage.APPROVED, {SLOT}),
    ],
)
def test_a_line_that_is_over_settles_later_versions(
    store: Store, state: IssueAction, stage: ResultStage, unsettled: set[Slot]
) -> None:
    """REVIEW-6: what was repaired or has expired is not published again, so its month ends; what was withdrawn and corrected is."""
    record(store, E1)
    approve(store, E1)
    document = publish(store, E1, 1)
    with store.transaction() as session:
        update_entries(session, (replace(one, state=state) for one in find_entries(session)))
    assert _stage(store) == (ResultStage.PUBLISHED, document, set())
    correct_visit(store, BY_CORRECTOR, BUREAU, make_correction())
    approve(store, E1)
    assert _stage(store) == (stage, document, unsettled)


def test_a_returned_result_is_not_drawn_again(tmp_path: Path) -> None:
    """END-7: a supplement knows the visit as one with a result."""
    month = published.make_store(f"sqlite:///{(tmp_path / 'inspect.db').as_posix()}")
    entity = published.record(month, published.visits_of(month)[0])
    by, today = small_month.actor_on(published.END, name=small_month.APPROVER), date(2026, 12, 31)
    return_visits(
        month, by, ReviewOrder(bureau=small_month.BUREAU, slot=published.SLOT, entities=(entity,), reason="x")
    )
    with month.reading() as session:
        books = read_books(session, find_chain(session, published.SLOT), small_month.BUREAU, today)
        assert read_situation(session, books).recorded == {entity}


def test_the_same_return_again_changes_nothing(store: Store) -> None:
    """REVIEW-1: repeated for the same reason it stands; for another one there is no result any more that could be returned."""
    record(store, E1)
    send_back(store, E1)
    order = replace(REVIEW, entities=(E1,), reason="另一家企业")
    again = return_visits(store, BY_APPROVER, order)
    assert ([one.entity for one in again.standing], again.versions) == ([E1], ())
    for refused in (replace(order, reason="数字有误"), replace(order, entities=(E2,))):
        with pytest.raises(RefusedError):
            return_visits(store, BY_APPROVER, refused)
    with store.reading() as session:
        assert len(find_acts(session, act="visit return")) == 1


@pytest.mark.parametrize("changes", [{"reason": " "}, {"entities": ()}, {"entities": (EntityId("E-9"),)}])
def test_a_return_names_whom_and_why(store: Store, changes: dict[str, Any]) -> None:
    """REVIEW-1: without a reason, without a name, or for a stranger nothing is returned."""
    record(store, E1)
    with pytest.raises(UsageMistake):
        return_visits(store, BY_APPROVER, replace(replace(REVIEW, entities=(E1,), reason="x"), **changes))
    assert versions_of(store) == [(1, ReviewState.AWAITING)]


def test_an_approved_result_is_not_returned(store: Store) -> None:
    """REVIEW-1: nor recorded otherwise: it is corrected."""
    record(store, E1)
    approve(store, E1)
    with pytest.raises(RefusedError):
        send_back(store, E1)
    with pytest.raises(RefusedError):
        record(store, E1, labour=FINE)
    assert versions_of(store) == [(1, ReviewState.APPROVED)]


def test_a_correction_awaits_approval_while_the_approved_one_stands_outside(store: Store) -> None:
    """REVIEW-3, REVIEW-4: version 2 keeps why; inside it stands, outside version 1, until somebody else approves it."""
    record(store, E1)
    approve(store, E1)
    done = correct_visit(store, BY_CORRECTOR, BUREAU, make_correction())
    assert (done.is_new, done.version) == (True, 2)
    assert versions_of(store) == [(1, ReviewState.APPROVED), (2, ReviewState.AWAITING)]
    assert standing(store) == done.outcome
    with store.reading() as session:
        second = find_outcome_versions(session, SLOT, E1)[1]
        (act,) = find_acts(session, act="visit correct")
    assert second.correction is not None
    assert (second.correction.reason, second.correction.basis) == ("wrong-company", "复核笔录")
    assert (act.approver, act.reason) == (APPROVER, "wrong-company")
    assert json.loads(act.detail)["version"] == 2
    again = correct_visit(store, BY_CORRECTOR, BUREAU, make_correction())
    assert (again.is_new, again.version) == (False, 2)
    approve(store, E1)
    assert versions_of(store)[1] == (2, ReviewState.APPROVED)


def test_a_returned_correction_gives_the_approved_one_back(store: Store) -> None:
    """REVIEW-3: the visit stays recorded, with the result that was approved; the same correction can be made again."""
    record(store, E1)
    approve(store, E1)
    before = standing(store)
    correct_visit(store, BY_CORRECTOR, BUREAU, make_correction())
    send_back(store, E1, reason="依据不足")
    assert standing(store) == before
    assert record_visit(store, BY_OPERATOR, BUREAU, make_order()).version == 1
    again = correct_visit(store, BY_CORRECTOR, BUREAU, make_correction())
    assert (again.is_new, again.version) == (True, 3)
    states = [ReviewState.APPROVED, ReviewState.RETURNED, ReviewState.AWAITING]
    assert versions_of(store) == list(enumerate(states, 1))


@pytest.mark.parametrize(
    ("order", "family"),
    [
        (make_correction(ORDERED), RefusedError),
        (replace(make_correction(), basis="  "), UsageMistake),
        (replace(make_correction(), approval=Approval(approver=OPERATOR, reason="other")), RefusedError),
        (replace(make_correction(), approval=Approval(approver="公示员丙", reason="other")), RefusedError),
        (make_correction(reason="因为"), UsageMistake),
    ],
)
def test_what_is_no_correction(store: Store, order: CorrectionOrder, family: type[Exception]) -> None:
    """REVIEW-3: the same again, without a basis, by one's own leave, by no approver's, or for no known reason, leaves no trace."""
    record(store, E1)
    approve(store, E1)
    with pytest.raises(family):
        correct_visit(store, BY_CORRECTOR, BUREAU, order)
    assert versions_of(store) == [(1, ReviewState.APPROVED)]


def test_a_correction_keeps_what_is_not_said(store: Store) -> None:
    """CORRECT-2: day, method and the other domain stay in the version that is kept; what it was is told beside it."""
    claims = replace(make_order().claims, on=date(2026, 12, 3), methods={LABOUR: Method.TESTING})
    record_visit(store, BY_OPERATOR, BUREAU, replace(make_order(), claims=claims))
    approve(store, E1)
    order = make_correction(results={LABOUR: LATER}, follow_ups={LABOUR: FollowUp(kind=FollowUpKind.CASE)})
    with store.reading() as session:
        looked = look_at_correction(session, BY_CORRECTOR, BUREAU, order)
    assert versions_of(store) == [(1, ReviewState.APPROVED)]
    done = correct_visit(store, BY_CORRECTOR, BUREAU, order)
    assert done == looked
    assert done.before is not None
    assert (done.before.domains[0].result, done.outcome.domains[0].result) == (ORDERED, LATER)
    assert done.outcome.visited_on == date(2026, 12, 3)
    assert (done.outcome.domains[0].method, done.outcome.domains[1]) == (Method.TESTING, done.before.domains[1])


def test_what_was_not_seen_is_not_corrected(store: Store) -> None:
    """Who said yes to one change does not make another."""
    record(store, E1)
    approve(store, E1)
    with store.reading() as session:
        looked = look_at_correction(session, BY_CORRECTOR, BUREAU, make_correction(LATER, reason="other"))
    with pytest.raises(RefusedError, match="changed while you looked"):
        correct_visit(store, BY_CORRECTOR, BUREAU, replace(make_correction(), seen=(looked.before, looked.outcome)))


def test_nobody_looks_before_it_was_recorded(store: Store) -> None:
    """REVIEW-7: neither approving, returning nor correcting is dated before what it is about."""
    record(store, E1)
    early = actor_on("2026-12-02", name=APPROVER)
    for act in (approve_visits, return_visits):
        with pytest.raises(RefusedError, match="before that day"):
            act(store, early, replace(REVIEW, entities=(E1,), reason="x"))
    approve(store, E1)
    with pytest.raises(RefusedError, match="before that day"):
        correct_visit(store, BY_OPERATOR, BUREAU, make_correction())


def test_what_nobody_approved_is_not_corrected(store: Store) -> None:
    """REVIEW-3: neither what is not recorded nor what still awaits approval."""
    for entities in ((), (E1,)):
        record(store, *entities)
        with pytest.raises(RefusedError):
            correct_visit(store, BY_CORRECTOR, BUREAU, make_correction())
    with pytest.raises(RefusedError):
        correct_visit(store, BY_APPROVER, BUREAU, make_correction())


def test_results_are_listed_by_how_far_they_have_come(store: Store) -> None:
    """REVIEW-6: unrecorded, awaiting, approved, published with its notice; a correction of what is published is to be published."""
    record(store, E1)
    assert _stage(store) == (ResultStage.AWAITING, None, {SLOT})
    approve(store, E1)
    assert _stage(store) == (ResultStage.APPROVED, None, {SLOT})
    document = publish(store, E1, 1)
    assert _stage(store) == (ResultStage.PUBLISHED, document, set())
    correct_visit(store, BY_CORRECTOR, BUREAU, make_correction())
    assert _stage(store) == (ResultStage.AWAITING, document, {SLOT})
    approve(store, E1)
    assert _stage(store) == (ResultStage.APPROVED, document, {SLOT})
    with store.reading() as session:
        (shown,) = read_dossier(session, SLOT, E1).published
    assert (shown.document, shown.entry.outcome_version, shown.is_by_one_person) == (document, 1, False)


def _stage(store: Store) -> tuple[ResultStage, str | None, set[Slot]]:
    with store.reading() as session:
        (listed,) = (one for one in list_visits(session, SLOT) if one.visit.entity == E1)
        return listed.stage, listed.document, set(find_unsettled(session))


def test_files_belong_to_the_visit_in_force(store_url: str) -> None:
    """ATTACH-1, ATTACH-2: by any slot of the chain they are noted once, beside the visit of the draw that drew it last."""
    store = fill_chain(store_url)
    with store.reading() as session:
        listed = [one for one in list_visits(session, SLOT) if one.state is VisitStatus.PLANNED]
    visit = next(one.visit for one in listed if one.visit.slot != SLOT)
    results = dict.fromkeys(visit.domains, FINE)
    claims = Claims(results=results, methods={}, findings={}, follow_ups={})
    late = actor_on("2027-01-04")
    order = RecordOrder(slot=SLOT, entity=visit.entity, claims=claims, files=(PHOTO,))
    recorded: RecordedVisit = record_visit(store, late, BUREAU, order)
    assert (recorded.slot, recorded.files) == (visit.slot, (PHOTO,))
    attach = AttachOrder(slot=SLOT, entity=visit.entity, files=(PHOTO, FILM, FILM))
    assert attach_files(store, late, BUREAU, attach) == (FILM,)
    assert attach_files(store, late, BUREAU, attach) == ()
    more = replace(order, files=(PHOTO, replace(PHOTO, sha256="c" * 64)))
    again = record_visit(store, late, BUREAU, more)
    assert (again.is_new, [one.sha256[0] for one in again.files]) == (False, ["c"])
    with store.reading() as session:
        kept = find_attachments(session, visit.slot, visit.entity)
        assert len(find_acts(session, act="visit attach")) == 2
    assert [(one.name, one.sha256[0]) for one in kept] == [("a.jpg", "a"), ("b.mp4", "b"), ("a.jpg", "c")]


def test_files_want_a_result(store: Store) -> None:
    """ATTACH-1: they belong to a result; without one, or by no operator, nothing is noted."""
    order = AttachOrder(slot=SLOT, entity=E1, files=(PHOTO,))
    with pytest.raises(RefusedError):
        attach_files(store, BY_OPERATOR, BUREAU, order)
    record(store, E1)
    with pytest.raises(RefusedError):
        attach_files(store, BY_APPROVER, BUREAU, order)


def make_step(step: Step = Step.RECHECK_PASSED, domain: str = LABOUR, **changes: Any) -> StepOrder:
    """Make an order to take a step about E-1."""
    return replace(StepOrder(slot=SLOT, entity=E1, domain=Domain(domain), step=step), **changes)


def test_a_follow_up_is_taken_to_its_end(store: Store) -> None:
    """FOLLOW-3: ordered, extended, checked again, closed: each step is kept with one row of the log, and the open ones are listed."""
    record(store, E1, follow_ups={LABOUR: RECTIFY})
    late = actor_on("2027-01-20")
    assert _open(store, date(2027, 1, 1)) == [(E1, LABOUR, "ordered", True)]
    extended = take_step(store, late, BUREAU, make_step(Step.EXTEND, on=date(2026, 12, 30), until=date(2027, 1, 15)))
    assert (extended.state, extended.until) == (FollowUpState.ORDERED, date(2027, 1, 15))
    assert _open(store, date(2027, 1, 15)) == [(E1, LABOUR, "ordered", False)]
    take_step(store, late, BUREAU, make_step(on=date(2027, 1, 16), note="电话 13900000000 约定"))
    assert _open(store, date(2027, 1, 16)) == [(E1, LABOUR, "rectified", False)]
    assert take_step(store, late, BUREAU, make_step(Step.CLOSE)).state is FollowUpState.CLOSED
    assert _open(store, date(2027, 1, 20)) == []
    with store.reading() as session:
        acts = find_acts(session, act="visit follow-up")
        (line,) = read_dossier(session, SLOT, E1).follow_ups
    assert len(acts) == 3
    assert not any("139" in act.detail for act in acts)
    assert [step.step for step in line.steps] == [Step.EXTEND, Step.RECHECK_PASSED, Step.CLOSE]


def _open(store: Store, today: date) -> list[tuple[str, str, str, bool]]:
    found: list[list[tuple[str, str, str, bool]]] = []
    for wanted in ({}, {"slot": SLOT}, {"period": Period("2026-12")}):
        with store.reading() as session:
            lines = find_follow_ups(session, today, **wanted)
        found.append(
            [(one.entity, one.domain, one.standing.state.value, one.standing.is_overdue(today)) for one in lines]
        )
    assert found[0] == found[1] == found[2]
    return found[0]


@pytest.mark.parametrize(
    ("order", "family"),
    [
        (make_step(Step.CLOSE), RefusedError),
        (make_step(domain=SAFETY), RefusedError),
        (make_step(domain="health"), UsageMistake),
        (make_step(on=date(2026, 12, 1)), UsageMistake),
        (make_step(on=date(2026, 12, 4)), UsageMistake),
        (make_step(Step.EXTEND), UsageMistake),
        (make_step(entity=E3), RefusedError),
    ],
)
def test_what_is_no_step(store: Store, order: StepOrder, family: type[Exception]) -> None:
    """FOLLOW-3 to FOLLOW-5: what the table does not allow, another domain, a day that does not fit, and no result leave no trace."""
    record(store, E1, follow_ups={LABOUR: RECTIFY})
    with pytest.raises(family):
        take_step(store, BY_OPERATOR, BUREAU, order)
    with store.reading() as session:
        assert find_steps(session) == ()
        assert find_acts(session, act="visit follow-up") == ()


def test_overdue_ones_come_first(store: Store) -> None:
    """The ledger begins with what is overdue, then by the last day, then what has none; closed ones are left out."""
    sooner = FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, 20))
    record(store, E1, follow_ups={LABOUR: RECTIFY, SAFETY: FollowUp(kind=FollowUpKind.CASE)})
    record(store, E3, follow_ups={LABOUR: sooner, SAFETY: FollowUp(kind=FollowUpKind.NONE)})
    assert [line[:3] for line in _open(store, date(2026, 12, 22))] == [
        (E3, LABOUR, "ordered"),
        (E1, LABOUR, "ordered"),
        (E1, SAFETY, "transferred"),
    ]


def test_a_corrected_follow_up_begins_anew(store: Store) -> None:
    """FOLLOW-6, FOLLOW-7: once a correction that takes an order away is approved, its steps stay on record and count no more."""
    record(store, E1, follow_ups={LABOUR: RECTIFY})
    approve(store, E1)
    take_step(store, BY_OPERATOR, BUREAU, make_step())
    case = {LABOUR: FollowUp(kind=FollowUpKind.CASE)}
    correct_visit(store, BY_CORRECTOR, BUREAU, make_correction(LATER, follow_ups=case))
    with store.reading() as session:
        (line,) = find_follow_ups(session, date(2026, 12, 22))
    assert (line.standing.state, line.is_corrected) == (FollowUpState.RECTIFIED, True)
    approve(store, E1)
    with store.reading() as session:
        (line,) = read_dossier(session, SLOT, E1).follow_ups
    assert (line.standing.state, line.steps, line.is_corrected) == (FollowUpState.TRANSFERRED, (), False)
    assert [step.step for step in line.earlier] == [Step.RECHECK_PASSED]
    assert take_step(store, BY_OPERATOR, BUREAU, make_step(Step.CLOSE)).state is FollowUpState.CLOSED


def test_a_visit_without_a_result_has_a_dossier(store: Store) -> None:
    """Nothing is recorded yet, and nothing is invented."""
    with store.reading() as session:
        dossier = read_dossier(session, SLOT, E2)
    assert (dossier.name, dossier.visit.day) == ("乙厂", None)
    assert (dossier.versions, dossier.attachments, dossier.follow_ups, dossier.published) == ((), (), (), ())
