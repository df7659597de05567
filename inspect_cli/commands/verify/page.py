"""What all that ``verify`` shows has in common: checks with their verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.console import Console, Tone
from inspect_cli.core.verify.report import Verdict
from inspect_cli.errors import say
from inspect_cli.language import translate

if TYPE_CHECKING:
    from inspect_cli.core.verify.report import Report

_TONES = {Verdict.VERIFIED: Tone.GOOD, Verdict.MISMATCH: Tone.BAD, Verdict.NOT_CHECKED: Tone.QUIET}
_WORDS = {
    Verdict.VERIFIED: say("VERIFIED"),
    Verdict.MISMATCH: say("MISMATCH"),
    Verdict.NOT_CHECKED: say("NOT CHECKED"),
}


def show_checks(console: Console, report: Report) -> None:
    """Print each check with its verdict and its sentence."""
    for check in report.checks:
        console.show_line(f"{check.id.value}  {translate(_WORDS[check.verdict])}", _TONES[check.verdict])
        console.show_pairs([("", check.detail)])


def check_data(report: Report) -> list[dict[str, str]]:
    """Give the checks as ``--json`` shows them, in their order."""
    return [
        {"id": check.id.value, "verdict": check.verdict.value, "detail": translate(check.detail)}
        for check in report.checks
    ]
