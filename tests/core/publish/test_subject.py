"""What a notice is about, as a person writes it."""

from __future__ import annotations

from datetime import date

import pytest

from inspect_cli.core.publish.issued import NoticeKind, Subject
from inspect_cli.core.publish.subject import parse_subject
from inspect_cli.errors import UsageMistake

TODAY = date(2027, 1, 8)


@pytest.mark.parametrize("kind", [NoticeKind.COMMITMENT, NoticeKind.DRAW, NoticeKind.RESULT])
def test_a_notice_of_a_draw_is_about_its_slot(kind: NoticeKind) -> None:
    """SUBJECT-1: whatever is written is the slot; whether there is one is told by the store."""
    assert parse_subject(kind, "2026-12/1", TODAY) == Subject(kind=kind, slot="2026-12/1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (NoticeKind.MATTERS, "2026"),
        (NoticeKind.MATTERS, "2024-02-29"),
        (NoticeKind.PLAN, "2026"),
        (NoticeKind.PLAN, "2026-12"),
        (NoticeKind.STATISTICS, "2026-12"),
    ],
)
def test_the_others_are_about_a_time(kind: NoticeKind, text: str) -> None:
    """SUBJECT-1: a year or a day for the list, a month or a year for a plan, a month for statistics, with the day of making."""
    assert parse_subject(kind, text, TODAY) == Subject(kind=kind, period=text, as_of=TODAY)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (NoticeKind.MATTERS, "2026-12"),
        (NoticeKind.MATTERS, "2026-02-30"),
        (NoticeKind.MATTERS, "20261201"),
        (NoticeKind.MATTERS, "２０２６"),
        (NoticeKind.PLAN, "2026-12-01"),
        (NoticeKind.PLAN, "2026-13"),
        (NoticeKind.PLAN, "../../x"),
        (NoticeKind.STATISTICS, "2026"),
        (NoticeKind.STATISTICS, "2026-12/1"),
        (NoticeKind.STATISTICS, ""),
        (NoticeKind.STATISTICS, "2026-12\n"),
    ],
)
def test_anything_else_is_told_with_what_is_meant(kind: NoticeKind, text: str) -> None:
    """SUBJECT-1: what a notice cannot be about is refused, and the hint names a command."""
    with pytest.raises(UsageMistake) as caught:
        parse_subject(kind, text, TODAY)
    assert f"inspect-cli notice publish {kind.value}" in str(caught.value.hint)


def test_a_month_is_no_draw() -> None:
    """SUBJECT-1: who names the month of a draw is told how a draw is named."""
    with pytest.raises(UsageMistake, match="is a month") as caught:
        parse_subject(NoticeKind.RESULT, "2026-12", TODAY)
    assert "2026-12/1" in str(caught.value.hint)


def test_a_notice_of_a_change_is_about_a_notice() -> None:
    """SUBJECT-1: it is not named by a time."""
    with pytest.raises(ValueError, match="change"):
        parse_subject(NoticeKind.CHANGE, "2026", TODAY)
