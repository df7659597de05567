"""What ``verify`` shows of a whole bundle: its checks, the level, and what a person should ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.commands.verify.asked import questions_data, show_questions
from inspect_cli.commands.verify.page import check_data, show_checks
from inspect_cli.commands.verify.values import show_values, values_data
from inspect_cli.console import Console, Tone
from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.verify.level import NO_LEVEL, next_step
from inspect_cli.core.verify.questions import find_questions
from inspect_cli.errors import Message, say
from inspect_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.seed import Entropy
    from inspect_cli.core.names import Slot
    from inspect_cli.core.verify.checks import Judged
    from inspect_cli.core.verify.questions import Questions
    from inspect_cli.core.verify.report import Report


def show_whole(console: Console, judged: Judged) -> None:
    """Print the checks of a whole bundle, its level, and what a person should ask."""
    report, commitment = judged.report, judged.draws[0].commitment
    console.show_line(say("Draw {slot} of {bureau}", slot=commitment.slot, bureau=commitment.bureau), Tone.HEADING)
    console.show_pairs([(_("commitment"), commitment_digest(commitment))])
    show_checks(console, report)
    console.show_line()
    console.show_line(_level_text(report))
    console.show_line(say("Compare by eye: this commitment's digest with the one that was published before the draw."))
    show_values(console, _drawn(judged))
    show_questions(console, _asked(judged))


def whole_data(judged: Judged) -> dict[str, Any]:
    """Give what ``--json`` shows of a whole bundle, its format aside."""
    report = judged.report
    return {
        "checks": check_data(report),
        "level": report.level,
        "values": values_data(_drawn(judged)),
        "questions": questions_data(_asked(judged)),
    }


def _drawn(judged: Judged) -> list[tuple[Slot, Sequence[Entropy]]]:
    return [(one.commitment.slot, one.result.entropy) for one in judged.draws]


def _asked(judged: Judged) -> list[tuple[Slot, Questions]]:
    return [(one.commitment.slot, find_questions(one)) for one in judged.draws]


def _level_text(report: Report) -> Message:
    """Say the level found, and what would raise it."""
    step = next_step(report.checks)
    if report.level == NO_LEVEL:
        return say("No level is reached: {step}.", step=step)
    return say("Level {level}: the draw follows from its commitment. To go on: {step}.", level=report.level, step=step)
