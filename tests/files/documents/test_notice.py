"""The notices whole, in both languages: what changes in them is seen in a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.draw.commitment import Combine
from inspect_cli.core.draw.frame import seal_frame
from inspect_cli.core.draw.promise import DicePromise, DrandPromise, LotteryPromise, NistPromise
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from tests.files.documents.papers import make_markdown, make_page
from tests.files.documents.test_html import DONE, LANGUAGES, make_view
from tests.sample_draw import FURTHER, make_committed, make_drawn, make_sample

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["commitment", "draw", "result"])
def test_notices_as_markdown(kind: str, language: str, snapshot: SnapshotAssertion) -> None:
    """Each notice of the sample draw reads as it was last reviewed."""
    view = make_view(kind, make_drawn(outcomes=DONE))
    assert make_markdown(kind, view, language) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_as_a_page(language: str, snapshot: SnapshotAssertion) -> None:
    """The page around the text reads as it was last reviewed."""
    view = view_result(make_drawn(outcomes=DONE))
    assert make_page("result", view, language) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_commitment_of_another_shape(language: str, snapshot: SnapshotAssertion) -> None:
    """A targeted draw that checks only what was drawn for, void, without experts or matters, from every other kind of source."""
    sample = make_sample(further={"plan": {**FURTHER["plan"], "type": "targeted"}, "matters": []})
    at = "2026-11-30T09:00:30+08:00"
    commitment = replace(
        sample.commitment,
        combine=Combine.DRAWN,
        team=replace(sample.commitment.team, expert_domains=()),
        sources=(
            DicePromise(name="现场掷骰", at=at, count=20, sides=6),
            LotteryPromise(name="大乐透第26138期", at=at, groups=("前区", "后区")),
            DrandPromise(name="drand quicknet", at=at, chain="52db" * 16, round=24000000),
            NistPromise(name="NIST", at=at, chain=2, pulse=1700000),
        ),
    )
    view = view_commitment(make_committed(commitment=commitment, void_reason="wrong-value"))
    assert make_markdown("commitment", view, language) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draw_of_another_shape(language: str, snapshot: SnapshotAssertion) -> None:
    """A draw with names published, nobody excluded, done for another day than the clock's, checking only what was drawn for."""
    sample = make_sample(further={"plan": {**FURTHER["plan"], "names_published": True}})
    drawn_for = {selected.entity: selected.drawn for selected in sample.result.selection}
    visits = tuple(replace(visit, domains=drawn_for[visit.entity]) for visit in sample.result.visits)
    frame = seal_frame(replace(sample.frame, excluded=()))
    commitment = replace(sample.commitment, combine=Combine.DRAWN, frame=frame)
    drawn = make_drawn(
        replace(sample, commitment=commitment, result=replace(sample.result, visits=visits)), excluded=(), outcomes=DONE
    )
    view = view_draw(replace(drawn, day=drawn.drawn_at.date().replace(day=29)))
    assert make_markdown("draw", view, language) == snapshot


@pytest.mark.parametrize(
    ("language", "before", "after"), [("zh", "种子尚未产生", "补发"), ("en", "does not exist yet", "published late")]
)
def test_a_late_commitment_does_not_say_that_the_seed_is_still_to_come(language: str, before: str, after: str) -> None:
    """Published on the day of its last source a commitment says that the seed does not exist yet; a day later, that it does."""
    view = view_commitment(make_committed())
    last = view.last_source.date()
    in_time, late = (
        make_markdown(
            "commitment", replace(view, head=replace(view.head, signed=last + timedelta(days=days))), language
        )
        for days in (0, 1)
    )
    assert before in in_time
    assert after not in in_time
    assert before not in late
    assert after in late


def test_the_same_draw_gives_the_same_bytes() -> None:
    """PUBLISH-8: rendered twice from values made twice, a notice does not differ by a byte."""
    turned = dict(sorted(DONE.items(), reverse=True))
    pages = {make_page("result", view_result(make_drawn(outcomes=outcomes)), "zh") for outcomes in (DONE, turned)}
    assert len(pages) == 1
