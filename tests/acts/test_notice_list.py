"""Listing notices: the same facts as each notice by itself has, without its texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.change import EndOrder, end_lines
from inspect_cli.acts.publish.correct import CorrectOrder, correct_notice
from inspect_cli.acts.publish.kept import read_notices
from inspect_cli.acts.publish.listed import list_notices
from inspect_cli.commands.notice.data import head_data
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from tests import small_month
from tests.published import END, PAPERS, approve, correct, publish, publish_results, record, visits_of
from tests.small_month import APPROVER, BUREAU, PUBLISHER, actor_on

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

RESULTS = "示综执抽查〔2026〕1号"


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store whose plan publishes names: results, draw, a correction, a withdrawal of a line, and results by one person."""
    made = small_month.fill(store_url)
    small_month.draw_month(made, small_month.plan_text(head="names_published = true"))
    publish_results(made, 2)
    publish(made, NoticeKind.DRAW)
    first, second, third = visits_of(made)[:3]
    correct(made, first, 5)
    correct_notice(made, actor_on(END, name=PUBLISHER), CorrectOrder(papers=PAPERS, document=RESULTS))
    order = EndOrder(
        papers=PAPERS,
        document=RESULTS,
        action=IssueAction.WITHDRAWN,
        approval=Approval(approver=APPROVER, reason="理由某某"),
        basis="依据某某",
        entities=(second.entity,),
    )
    end_lines(made, actor_on(END, name=PUBLISHER), order)
    both = replace(BUREAU, people=(), two_roles=True)
    record(made, third)
    approve(made, bureau=both, name="乙")
    publish(made, day="2027-01-04", bureau=both, name="乙")
    return made


def test_a_list_has_the_facts_of_each_notice(store: Store) -> None:
    """All that a list shows is what the notices by themselves say: late, withdrawn, lines, one person, what was changed."""
    for period in (None, "2026-12", "2026", "2027-01"):
        listed, kept = list_notices(store, period), read_notices(store, period)
        assert [head_data(one) for one in listed] == [head_data(one) for one in kept]
        assert [(one.lines, one.hidden) for one in listed] == [(one.lines, one.hidden) for one in kept]
    assert [(one.lines, one.hidden) for one in list_notices(store)] == [(2, 1), (2, 1), (1, 0), (0, 0), (1, 0)]
    assert [len(one.one_person) for one in list_notices(store)] == [0, 0, 0, 0, 1]


def test_a_notice_of_a_change_is_named_by_what_it_announced(store: Store) -> None:
    """VERSION-6: the draw's notice is corrected by a withdrawal, which is one all the same."""
    announced = [(one.announces, len(one.changes)) for one in list_notices(store)]
    corrected, withdrawn = (IssueAction.CORRECTED, 1), (IssueAction.WITHDRAWN, 2)
    assert announced == [(None, 0), (None, 0), corrected, withdrawn, (None, 0)]
