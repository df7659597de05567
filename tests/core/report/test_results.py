"""How far results have come, and which command brings them further."""

from __future__ import annotations

import shlex

import pytest

from inspect_cli.core.names import Slot
from inspect_cli.core.report.results import ResultFacts, count_results, find_result_steps
from inspect_cli.core.visit.review import ResultStage

SLOT = Slot("2026-12/1")
AWAITING, APPROVED, PUBLISHED = (
    ResultFacts(stage=stage) for stage in (ResultStage.AWAITING, ResultStage.APPROVED, ResultStage.PUBLISHED)
)
CORRECTED = ResultFacts(stage=ResultStage.APPROVED, document="示综抽查〔2026〕3号")


def test_results_are_counted_by_stage() -> None:
    """STATUS-8: each recorded result once."""
    counts = count_results((AWAITING, AWAITING, APPROVED, CORRECTED, PUBLISHED))
    assert {stage.value: count for stage, count in counts.items()} == {"awaiting": 2, "approved": 2, "published": 1}


@pytest.mark.parametrize(
    ("results", "commands"),
    [
        ((), []),
        ((PUBLISHED,), []),
        ((AWAITING, AWAITING), ["visit approve 2026-12/1 --all"]),
        ((APPROVED, AWAITING), ["visit approve 2026-12/1 --all", "notice publish result 2026-12/1"]),
        ((APPROVED, PUBLISHED), ["notice publish result 2026-12/1"]),
        ((CORRECTED, CORRECTED), ["notice correct 示综抽查〔2026〕3号"]),
        (
            (CORRECTED, APPROVED),
            ["notice publish result 2026-12/1", "notice correct 示综抽查〔2026〕3号"],
        ),
    ],
)
def test_what_results_want_next(results: tuple[ResultFacts, ...], commands: list[str]) -> None:
    """STATUS-8: first approval, then publication, then the notice of a correction; nothing for what is published."""
    found = [shlex.split(command) for command, _what in find_result_steps(SLOT, results)]
    assert found == [["inspect-cli", *command.split()] for command in commands]


def test_each_step_says_how_many() -> None:
    """STATUS-8: the sentence beside the command counts the results that it is for."""
    results = (AWAITING, APPROVED, APPROVED, CORRECTED, CORRECTED, CORRECTED)
    assert [what.values["count"] for _command, what in find_result_steps(SLOT, results)] == [1, 2, 3]
