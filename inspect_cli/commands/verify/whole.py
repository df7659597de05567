"""What ``verify`` shows of a whole bundle: its checks, the level, and what a person should ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.commands.verify.page import show_checks, show_questions
from inspect_cli.console import Console, Tone
from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.verify.level import NO_LEVEL, next_step
from inspect_cli.core.verify.questions import find_questions
from inspect_cli.core.verify.shape import parse_draw
from inspect_cli.errors import InputError, Message, say
from inspect_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.verify.report import Report
    from inspect_cli.core.verify.shape import Members


def show_whole(console: Console, members: Members, report: Report) -> None:
    """Print the checks of a whole bundle, its level, and what a person should ask."""
    draw = parse_draw(members)
    commitment = draw.commitment
    console.show_line(say("Draw {slot} of {bureau}", slot=commitment.slot, bureau=commitment.bureau), Tone.HEADING)
    console.show_pairs([(_("commitment"), commitment_digest(commitment))])
    show_checks(console, report)
    console.show_line()
    console.show_line(_level_text(report))
    console.show_line(say("Compare by eye: this commitment's digest with the one that was published before the draw."))
    show_questions(console, [(one.commitment.slot, find_questions(one)) for one in (draw, *_read_amended(members))])


def _read_amended(members: Members) -> Iterator[FinishedDraw]:
    """Read the draws that a supplement amends, the latest first, as far as they can be read: one that cannot is AMEND-1's matter."""
    amended = members.amends
    while amended is not None:
        try:
            yield parse_draw(amended, is_amended=True)
        except InputError:
            return
        amended = amended.amends


def _level_text(report: Report) -> Message:
    """Say the level found, and what would raise it."""
    step = next_step(report.checks)
    if report.level == NO_LEVEL:
        return say("No level is reached: {step}.", step=step)
    return say("Level {level}: the draw follows from its commitment. To go on: {step}.", level=report.level, step=step)
