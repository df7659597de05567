"""The notices of a chain of draws, whole, in both languages; and what they may never show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.names import EntityId, Period
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from tests.files.documents.pages import Page
from tests.files.documents.papers import make_markdown, make_page
from tests.files.documents.test_html import LANGUAGES
from tests.sample_chain import (
    FIRST,
    SECOND,
    THIRD,
    VOID,
    make_chain,
    make_chain_committed,
    make_chain_drawn,
    make_chain_results,
)
from tests.sample_draw import FURTHER, make_drawn, make_outcome, make_sample

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from inspect_cli.core.names import Slot
    from inspect_cli.core.publish.all_views import NoticeView

CHAIN = make_chain(make_sample(further={"calendar": {"provisional": [2026]}, "allowances": 2}))
OUTCOMES = {EntityId("E-1"): make_outcome("2026-12-02", labour=1, safety=1)}
ENDS = {
    EntityId("E-2"): VisitChange(
        slot=FIRST,
        entity=EntityId("E-2"),
        kind=ChangeKind.CARRIED_OVER,
        clock="2026-12-03T10:00:00+08:00",
        day=date(2026, 12, 3),
        actor="操作员甲",
        reason="停产",
        to_period=Period("2027-01"),
        approver="审批人乙",
    )
}


def _view(kind: str, slot: Slot) -> NoticeView:
    match kind:
        case "commitment":
            return view_commitment(make_chain_committed(CHAIN, slot))
        case "draw":
            return view_draw(make_chain_drawn(CHAIN, slot, outcomes=OUTCOMES))
        case _:
            return view_result(make_chain_results(CHAIN, slot, outcomes=OUTCOMES, ends=ENDS))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["commitment", "draw", "result"])
def test_notices_of_a_supplement(kind: str, language: str, snapshot: SnapshotAssertion) -> None:
    """Each notice of a supplement reads as it was last reviewed."""
    assert make_markdown(kind, _view(kind, SECOND), language) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_draw_shows_its_supplements(language: str, snapshot: SnapshotAssertion) -> None:
    """PUBLISH-10: the notice of a first draw to which something happened since reads as it was last reviewed."""
    assert make_markdown("draw", _view("draw", FIRST), language) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["commitment", "draw", "result"])
def test_a_supplement_leaves_no_empty_table(kind: str, language: str) -> None:
    """Whatever is drawn again, each table of a supplement's notices has rows, and no heading is lost or doubled."""
    for slot in (SECOND, THIRD):
        page = Page(make_page(kind, _view(kind, slot), language))
        first = Page(make_page(kind, _view(kind, FIRST), language))
        assert [len(table) for table in page.tables if len(table) < 2] == []
        assert page.tags.count("h2") == first.tags.count("h2")
        assert page.tags.count("h1") == 1


@pytest.mark.parametrize("kind", ["commitment", "draw", "result"])
def test_the_chain_stands_on_every_notice(kind: str) -> None:
    """PUBLISH-10: slots, digests and numbers of all draws are on each page; a void one is called so."""
    text = Page(make_page(kind, _view(kind, THIRD), "zh")).text
    assert "（2026-12/1 的补充抽取）" in text
    for link in CHAIN.links:
        assert link.commitment.slot in text
    again = "重新抽取 3 户，其中因人员不能参加 1 户，因原定日期不能检查 1 户，原未能排定 1 户"
    assert f"{VOID}（补充抽取，已作废）" in text
    assert text.count(again) == 1
    assert "重新抽取 1 户，其中因人员不能参加 0 户，因原定日期不能检查 0 户，原未能排定 1 户" in text


def test_the_numbers_of_a_chain_add_up() -> None:
    """PUBLISH-12: drawn 3 = approved 1 + awaiting 0 + planned 1 + open 0 + cancelled 0 + carried over 1, as the table says."""
    page = Page(make_page("result", _view("result", THIRD), "zh"))
    (numbers,) = page.table("抽中检查对象（户）")
    assert numbers == ["3", "1", "0", "1", "0", "0", "1"]
    assert "其中转入2027年1月 1 户。" in page.text


@pytest.mark.parametrize("kind", ["commitment", "draw", "result"])
def test_a_provisional_calendar_stands_on_every_notice(kind: str) -> None:
    """PUBLISH-13: each notice of each draw of the chain says which year was not announced."""
    for slot in (FIRST, SECOND):
        assert "按预计的工作日历编制" in make_page(kind, _view(kind, slot), "zh")


def test_names_where_the_plan_publishes_them() -> None:
    """PUBLISH-11: with names published a supplement's notice points to the first draw's; without it, to the results."""
    named = make_chain(make_sample(further={"plan": {**FURTHER["plan"], "names_published": True}}))
    drawn = make_chain_drawn(named, SECOND, outcomes=OUTCOMES)
    assert "列入 2026-12/1 的抽取结果公告" in make_page("draw", view_draw(drawn), "zh")
    assert "另行公示" in make_page("draw", _view("draw", SECOND), "zh")


def test_allowances_are_told_where_there_are_some() -> None:
    """PUBLISH-7: two take part by a second person's leave; a plan without allowances says nothing of them."""
    assert "另有 2 户" in make_page("draw", _view("draw", FIRST), "zh")
    assert "第二人批准" not in make_page("draw", view_draw(make_drawn()), "zh")
