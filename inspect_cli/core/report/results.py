"""How far the results of a chain's recorded visits have come, and what comes next for them: decided from facts, for ``status``.

What does not live here: the visits themselves (``status``), by when a result is due (``core.publish.deadline``), and whether a command is
allowed (each act's rules).

Rules:

STATUS-8  Recorded visits in force are counted by how far their results are (REVIEW-6). What awaits approval wants an approver; what is
          approved and in no notice is published; a corrected result that a notice names in an older version wants a notice of
          correction. A month in which one of these is wanted is looked at also when it is past.
"""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from inspect_cli.core.visit.review import ResultStage
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspect_cli.core.names import Slot
    from inspect_cli.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    """How far the result of one recorded visit has come; ``document`` is the notice that names it in whatever version."""

    stage: ResultStage
    document: str | None = None


def count_results(results: Iterable[ResultFacts]) -> dict[ResultStage, int]:
    """Count recorded results by how far they have come, every stage but ``unrecorded`` (STATUS-8)."""
    counts: dict[ResultStage, int] = {stage: 0 for stage in ResultStage if stage is not ResultStage.UNRECORDED}
    for result in results:
        counts[result.stage] += 1
    return counts


def find_result_steps(slot: Slot, results: Iterable[ResultFacts]) -> Iterator[tuple[str, Message]]:
    """Name the commands that bring results further, each with what it is for, in the order in which they are taken (STATUS-8)."""
    found = tuple(results)
    awaiting = sum(result.stage is ResultStage.AWAITING for result in found)
    if awaiting:
        what = say("results await approval by somebody who did not record them: {count}", count=awaiting)
        yield f"inspect-cli visit approve {slot} --all", what
    approved = [result.document for result in found if result.stage is ResultStage.APPROVED]
    if None in approved:
        what = say("results are approved and not published yet: {count}", count=approved.count(None))
        yield f"inspect-cli notice publish result {slot}", what
    for document in sorted({document for document in approved if document is not None}):
        what = say("results in this notice were corrected: {count}", count=approved.count(document))
        yield f"inspect-cli notice correct {quote(document)}", what
