"""What may be changed of a published notice, and what its papers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspect_cli.core.bureau import SoleTraders
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.publish.all_views import amend_view, sign_view
from inspect_cli.core.publish.change import (
    Announced,
    Touched,
    join_titles,
    list_amendments,
    require_public_words,
    view_change,
)
from inspect_cli.core.publish.dossier import Listing
from inspect_cli.core.publish.issued import (
    DRAW_NOTICES,
    Entry,
    IssueAction,
    IssuedVersion,
    NoticeKind,
    name_notice,
    require_later,
)
from inspect_cli.core.publish.lines import ChangedLine, PublicCompany, ResultLine, StubLine
from inspect_cli.core.publish.notice import view_result
from inspect_cli.core.publish.number import fold_document, next_serial, render_document_number
from inspect_cli.core.publish.version import (
    Years,
    choose_entries,
    find_expired,
    is_withdrawn,
    leave_recalled,
    may_be_published,
)
from inspect_cli.core.visit.result import Label
from inspect_cli.core.visit.review import OutcomeVersion, ReviewState
from inspect_cli.errors import RefusedError, UsageMistake
from tests.sample_draw import BUREAU, make_drawn, make_outcome

DAY = date(2024, 2, 29)


def an_entry(entity: str, state: IssueAction = IssueAction.PUBLISHED, version: int = 1) -> Entry:
    """Give a line of a notice."""
    return Entry(
        notice=1,
        slot=Slot("2024-02/1"),
        entity=EntityId(entity),
        place=int(entity[1:]),
        outcome_version=version,
        state=state,
        since=DAY,
    )


def an_approved(number: int) -> OutcomeVersion:
    """Give a version of a result that was approved on the day."""
    return OutcomeVersion(
        slot=Slot("2024-02/1"),
        entity=EntityId("E1"),
        version=number,
        outcome=make_outcome("2024-02-28", labour=1),
        state=ReviewState.APPROVED,
        recorded_by="甲",
        clock="",
        day=DAY,
        reviewed_by="乙",
        reviewed_on=DAY,
    )


def a_version(action: IssueAction, number: int = 1, by: int | None = None) -> IssuedVersion:
    """Give a version of a notice."""
    return IssuedVersion(
        notice=1, version=number, action=action, clock="", day=DAY, publisher="丙", by=by, due=DAY, zh="", en=""
    )


def test_numbers_are_written_without_zeros() -> None:
    """DOC-1: 浙公抽查〔2017〕1号 is the first of a year (GB/T 9704-2012, 7.2.5); the next is one more than the greatest."""
    assert (
        render_document_number("{short}抽查〔{year}〕{serial}号", "浙公", 2017, next_serial(()))
        == "浙公抽查〔2017〕1号"
    )
    assert next_serial((1, 2, 9)) == 10


@pytest.mark.parametrize("typed", ["示抽查〔2026〕3号", "示抽查[2026]3号", "示抽查（2026） ３号", "示抽查［2026］3 号"])
def test_numbers_as_a_keyboard_has_them(typed: str) -> None:
    """DOC-2: brackets, digits and spaces may be written in another way; another number is another number."""
    assert fold_document(typed) == fold_document("示抽查〔2026〕3号") == "示抽查〔2026〕3号"
    assert fold_document(typed) != fold_document("示抽查〔2026〕13号")


def test_the_kinds_of_notices_have_labels() -> None:
    """Each kind, action and state is said in both languages; three kinds are of one draw."""
    assert [kind.value for kind in DRAW_NOTICES] == ["commitment", "draw", "result"]
    assert all(each.label.zh and each.label.en for each in (*NoticeKind, *IssueAction))
    assert [name_notice(kind).zh for kind in DRAW_NOTICES] == ["种子承诺", "抽取结果", "检查结果"]
    assert name_notice(NoticeKind.CHANGE, IssueAction.WITHDRAWN).zh == "停止公示公告"


def test_a_notice_is_dated_after_what_it_tells() -> None:
    """ISSUE-5: on the last of the days it tells or later; of nothing on any day."""
    require_later(DAY, [])
    require_later(DAY, [DAY, DAY - timedelta(days=9)])
    with pytest.raises(RefusedError, match="earlier than what it tells"):
        require_later(DAY, [DAY, DAY + timedelta(days=1)])


def test_late_is_after_the_last_day() -> None:
    """On the last day it is in time."""
    assert not a_version(IssueAction.PUBLISHED).is_late


@pytest.mark.parametrize(
    ("today", "over"),
    [
        (date(2026, 2, 28), []),
        (date(2026, 3, 1), ["E2"]),
        (date(2029, 2, 28), ["E2"]),
        (date(2029, 3, 1), ["E1", "E2"]),
    ],
)
def test_the_years_of_a_line(today: date, over: list[str]) -> None:
    """VERSION-4: published on 29 February, two years end on 1 March 2026 and five on 1 March 2029; what is gone has no years."""
    years, trader = Years(companies=5, persons=2), replace(an_entry("E2"), naming=SoleTraders.FULL)
    entries = (an_entry("E1", IssueAction.CORRECTED), trader, an_entry("E3", IssueAction.REPAIRED))
    assert [entry.entity for entry in find_expired(entries, DAY, years, today)] == over


def test_what_is_left_of_a_withdrawn_notice() -> None:
    """VERSION-5: only where the last change was a withdrawal and no line is shown."""
    withdrawn, repaired = a_version(IssueAction.WITHDRAWN, 2), a_version(IssueAction.REPAIRED, 2)
    gone = an_entry("E1", IssueAction.WITHDRAWN)
    assert is_withdrawn((withdrawn,), ())
    assert is_withdrawn((repaired, withdrawn), (gone,))
    assert not is_withdrawn((withdrawn,), (gone, an_entry("E2")))
    assert not is_withdrawn((repaired,), (gone,))


def test_which_lines_are_meant() -> None:
    """VERSION-2, VERSION-3: all that are shown, or those that are named and shown; in their places."""
    entries = (an_entry("E1"), an_entry("E2", IssueAction.REPAIRED), an_entry("E3"))
    assert [entry.entity for entry in choose_entries("甲1号", entries, ())] == ["E1", "E3"]
    assert [entry.entity for entry in choose_entries("甲1号", entries, [EntityId("E3"), EntityId("E1")])] == [
        "E1",
        "E3",
    ]
    with pytest.raises(UsageMistake, match="does not name E4"):
        choose_entries("甲1号", entries, [EntityId("E4")])
    with pytest.raises(RefusedError, match="no longer shows E2: credit repaired"):
        choose_entries("甲1号", entries, [EntityId("E2")])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲厂申诉成立", "甲厂"),
        ("（甲 厂）申诉成立", "甲厂"),
        ("撤回91350100m000100y43的信息", "91350100M000100Y43"),
        ("联系人13800138000", "13800138000"),
        ("联系人138-0013 8000", "138-0013 8000"),
        ("身份证110105 19491231 002X", "110105 19491231 002X"),
        ("电话０５１０－８６０００００２", "0510-86000002"),
        ("身份证11010519491231002X", "11010519491231002X"),
    ],
)
def test_what_is_published_names_nobody(text: str, said: str) -> None:
    """PUBLISH-15: neither name nor number of a company of the notice, however spaced, nor what looks like a person's number."""
    companies = {EntityId("91350100M000100Y43"): "甲厂", EntityId("E2"): "—"}
    with pytest.raises(RefusedError, match=said):
        require_public_words(("复核意见", text), companies)
    require_public_words(
        ("乙厂", "示综执决〔2026〕13800号", "2026年12月31日", "2026-12-31 至 2027-01-05", ""), companies
    )


def test_what_may_come_again() -> None:
    """VERSION-7: what no notice named; what was withdrawn and has a newer version; nothing else."""
    first, second = an_approved(1), an_approved(2)
    assert may_be_published(None, first)
    assert may_be_published(an_entry("E1", IssueAction.WITHDRAWN), second)
    assert not may_be_published(an_entry("E1", IssueAction.WITHDRAWN), first)
    before = replace(second, reviewed_on=DAY - timedelta(days=1))
    assert not may_be_published(an_entry("E1", IssueAction.WITHDRAWN), before)
    for state in (IssueAction.PUBLISHED, IssueAction.CORRECTED, IssueAction.REPAIRED, IssueAction.EXPIRED):
        assert not may_be_published(an_entry("E1", state), second)


def test_what_went_with_its_notice_counts_as_never_told() -> None:
    """VERSION-8: the line goes, and the correction of it; a name, another company's line, and what a later notice tells stay."""
    gone = an_entry("E1", IssueAction.WITHDRAWN)
    name, correction = (
        replace(gone, notice=gone.notice + 1, replaced=0),
        replace(gone, notice=gone.notice + 2, replaced=1),
    )
    again, other = replace(gone, notice=gone.notice + 3), replace(an_entry("E2", IssueAction.WITHDRAWN), place=9)
    later = replace(correction, notice=gone.notice + 4)
    line = (gone.notice, gone.place)
    assert leave_recalled((later, again, correction, name, gone, other), {line}) == (other, name, again, later)
    assert leave_recalled((gone, correction), {line, (again.notice, again.place)}) == ()
    assert leave_recalled((gone, other, correction), ()) == (gone, other, correction)


def test_a_line_that_is_no_longer_shown_is_a_number() -> None:
    """ISSUE-3: the stub keeps its place, the counts of classes leave it out, earlier notices are named."""
    outcomes = {
        EntityId("E-3"): make_outcome("2026-12-01", labour=5, safety=1),
        EntityId("E-1"): make_outcome("2026-12-02", labour=1, safety=1),
    }
    listing = Listing(
        entities=(EntityId("E-3"), EntityId("E-1")), unshown=frozenset({EntityId("E-3")}), earlier=("甲1号",)
    )
    shown = view_result(make_drawn(outcomes=outcomes, listing=listing))
    assert shown.rows[0] == StubLine(number=1)
    assert [(line.number, line.companies) for line in shown.classes] == [(1, 1)]
    assert shown.earlier == ("甲1号",)
    signed = amend_view(sign_view(shown, "甲2号", DAY), list_amendments((a_version(IssueAction.EXPIRED, 2),), {}))
    assert (signed.head.number, signed.head.signed) == ("甲2号", DAY)
    assert [(one.day, one.action.zh, one.document) for one in signed.head.amendments] == [(DAY, "公示期满", "")]


def test_a_change_tells_either_lines_or_numbers() -> None:
    """PUBLISH-14, PUBLISH-15: a correction has rows and no bare numbers, an ending has none; reason and basis are as given."""
    company = PublicCompany(id="E-1", name="甲厂")
    line = ResultLine(number=3, company=company, finished=DAY, results=(), methods=())
    changed = ChangedLine(before=line, after=line)
    assert (changed.number, changed.company) == (3, company)
    correction = view_change(BUREAU, _announced(IssueAction.CORRECTED), Touched(rows=(changed,)))
    assert (correction.is_correction, correction.rows, correction.numbers) == (True, (changed,), ())
    assert (correction.reason, correction.basis, correction.title.zh) == ("理由", "依据", "公告")
    ending = view_change(BUREAU, _announced(IssueAction.REPAIRED), Touched(numbers=(3,)))
    assert (ending.is_correction, ending.rows, ending.numbers) == (False, (), (3,))
    for action, touched in (
        (IssueAction.CORRECTED, Touched(numbers=(3,))),
        (IssueAction.CORRECTED, Touched(is_whole=True)),
        (IssueAction.WITHDRAWN, Touched()),
    ):
        with pytest.raises(ValueError, match="Touched"):
            view_change(BUREAU, _announced(action), touched)


def test_titles_stand_side_by_side() -> None:
    """Where one language has fewer lines, its last one stands."""
    assert join_titles(("甲", "乙"), ("A",)) == (Label(zh="甲", en="A"), Label(zh="乙", en="A"))


def test_amendments_name_their_notices() -> None:
    """ISSUE-2: a first version is no amendment; the others name the notice that announced them."""
    versions = (a_version(IssueAction.PUBLISHED), a_version(IssueAction.CORRECTED, 2, by=7))
    assert [one.document for one in list_amendments(versions, {7: "甲3号"})] == ["甲3号"]


def _announced(action: IssueAction) -> Announced:
    titles = (Label(zh="某某局", en="Bureau"), Label(zh="公告", en="Notice"))
    return Announced(action=action, document="甲1号", published=DAY, titles=titles, reason="理由", basis="依据")
