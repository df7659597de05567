"""The page about results shows the very table of steps that the program goes by."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.visit.steps import FIRST_STATES, STEPS, UNSAID_STATES

PAGE: Final = (Path(__file__).resolve().parents[3] / "docs/results.md").read_text("utf-8")


def _rows(head: str) -> list[list[str]]:
    """Give the cells of the table that begins with a head."""
    table = PAGE[PAGE.index(head) :].split("\n\n", 1)[0]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_the_page_has_the_table_of_steps() -> None:
    """FOLLOW-3: each allowed step with its official word, none more and none less, in the program's order."""
    allowed = [
        [state.value, step.value, step.label.zh, target.value]
        for state, steps in STEPS.items()
        for step, target in steps.items()
    ]
    assert _rows("| from | step |") == allowed


def test_the_page_says_where_a_follow_up_begins() -> None:
    """FOLLOW-3: each kind, and the results that say of themselves that something is still to come."""
    kinds = [[kind.value, FIRST_STATES[kind].value, FIRST_STATES[kind].label.zh] for kind in FollowUpKind]
    unsaid = [[f"nothing, result {one.value}", state.value, state.label.zh] for one, state in UNSAID_STATES.items()]
    assert sorted(_rows("| recorded with | begins as |")) == sorted(kinds + unsaid)
    assert all(re.fullmatch("[a-z-]+", state.value) for state in STEPS)
    assert {one.value for one in UNSAID_STATES} == {ResultClass.ORDERED_TO_RECTIFY, ResultClass.TO_BE_HANDLED}
