"""What follows from a result: kinds, and the day of an order to rectify."""

from __future__ import annotations

from datetime import date

import pytest

from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind, parse_follow_up, render_follow_up
from inspect_cli.errors import UsageMistake


@pytest.mark.parametrize("kind", [kind for kind in FollowUpKind if kind is not FollowUpKind.RECTIFY])
def test_plain_kinds_are_read_and_written_alike(kind: FollowUpKind) -> None:
    """FOLLOW-1: a kind without a day is its own word, both ways."""
    follow_up = parse_follow_up(kind.value)
    assert follow_up == FollowUp(kind=kind)
    assert render_follow_up(follow_up) == kind.value


def test_an_order_to_rectify_keeps_its_day() -> None:
    """FOLLOW-1: an order to rectify is read with its last day, and written as it was read."""
    follow_up = parse_follow_up("rectify:2026-12-31")
    assert follow_up == FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, 31))
    assert render_follow_up(follow_up) == "rectify:2026-12-31"


@pytest.mark.parametrize(
    "text",
    ["", "rectify", "none:2026-12-31", "rectify:", "rectify:31.12.2026", "rectify:2026-02-30", "Other", "x", ":"],
)
def test_anything_else_is_refused(text: str) -> None:
    """FOLLOW-1: an unknown word, a missing day, a day too many or a day that does not exist is refused."""
    with pytest.raises(UsageMistake):
        parse_follow_up(text)


def test_kinds_have_official_words() -> None:
    """The kinds of follow-up are called as the rules call them."""
    words = [kind.label.zh for kind in FollowUpKind]
    assert words == ["无需后续处置", "转入日常监管", "责令限期改正", "移送立案查处", "通报其他部门", "其他"]
