"""``verify``: the checks of draw-v1 on one file or folder. It opens no store and no network, and knows nothing of the bureau."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.command_line import Command, json_option
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.verify.checks import verify as run_checks
from inspect_cli.core.verify.level import NO_LEVEL, next_step
from inspect_cli.core.verify.questions import find_questions
from inspect_cli.core.verify.report import Verdict
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.errors import LevelError, Message, MismatchError, say
from inspect_cli.files.bundle import read_bundle
from inspect_cli.language import _, join_words, translate
from inspect_cli.proofs import PROVERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.app import App
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.verify.questions import Questions
    from inspect_cli.core.verify.report import Report

_HIGHEST = 3
_QUESTIONS_SHOWN = 40
_TONES = {Verdict.VERIFIED: Tone.GOOD, Verdict.MISMATCH: Tone.BAD, Verdict.NOT_CHECKED: Tone.QUIET}


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--level", type=click.IntRange(0, _HIGHEST), default=0, help="The level that must be reached: 0 to 3.")
@json_option
@click.pass_obj
def verify(app: App, path: Path, *, level: int, as_json: bool) -> None:
    """Verify a draw from its bundle, a zip or a folder: no store, no network, nobody's word.

    Each rule is named by its id, with what was expected and what was found. The exit status is 6 on any mismatch, 7 when there is
    none but the level asked for is not reached, and 3 when the file is damaged or not what it claims to be.

    \b
    Example:
      inspect-cli verify december.zip
      inspect-cli verify december.zip --level 1 --json
    """
    console = Console(language=app.language)
    members = members_of(read_bundle(path))
    with console.progress(_("verifying"), None):
        report = run_checks(members, PROVERS)
    if as_json:
        console.show_json(_data(report))
    else:
        _show(console, parse_draw(members), report)
    _require(report, level)


def _data(report: Report) -> dict[str, Any]:
    """Give what ``--json`` shows: the checks in their order, and the level found, -1 where the draw does not follow."""
    return {
        "checks": [
            {"id": check.id.value, "verdict": check.verdict.value, "detail": translate(check.detail)}
            for check in report.checks
        ],
        "level": report.level,
    }


def _show(console: Console, draw: FinishedDraw, report: Report) -> None:
    commitment = draw.commitment
    console.show_line(say("Draw {slot} of {bureau}", slot=commitment.slot, bureau=commitment.bureau), Tone.HEADING)
    console.show_pairs([(_("commitment"), commitment_digest(commitment))])
    for check in report.checks:
        console.show_line(f"{check.id.value}  {check.verdict.value}", _TONES[check.verdict])
        console.show_pairs([("", check.detail)])
    console.show_line()
    console.show_line(_level_text(report))
    console.show_line(say("Compare by eye: this commitment's digest with the one that was published before the draw."))
    _show_questions(console, find_questions(draw))


def _level_text(report: Report) -> Message:
    """Say the level found, and what would raise it."""
    step = next_step(report.checks)
    if report.level == NO_LEVEL:
        return say("No level is reached: {step}.", step=step)
    return say("Level {level}: the draw follows from its commitment. To go on: {step}.", level=report.level, step=step)


def _show_questions(console: Console, questions: Questions) -> None:
    """Print what no check can prove, and a person should ask about: the first of them, and how many more there are."""
    rows = list(_question_rows(questions))
    if not rows:
        return
    console.show_line()
    columns = [Column(title=_("what")), Column(title=_("about whom"), is_key=True), Column(title=_("detail"))]
    shown = [(translate(what), who, detail) for what, who, detail in rows[:_QUESTIONS_SHOWN]]
    console.show_table(_("No check can prove these; ask the bureau about them"), columns, shown)
    if len(rows) > _QUESTIONS_SHOWN:
        console.show_line(say("… and {count} more", count=len(rows) - _QUESTIONS_SHOWN))


def _question_rows(questions: Questions) -> Iterator[tuple[Message, str, str]]:
    """Give one row a question, a supplement's own first: it is the shorter and the weightier list."""
    for change in questions.changes:
        affected = join_words((*change.left, *change.closed))
        yield say("drawn again"), change.entity, f"{change.reason} {affected}".strip()
    for absence in questions.absent:
        yield say("absent"), absence.id, f"{absence.reason}: {join_words(absence.days)}"
    for addition in questions.added:
        yield say("new on the roster"), addition.id, addition.reason
    for entity, rules in questions.allowed:
        yield say("drawn in spite of a rule"), entity, join_words(rules)
    for year in questions.provisional:
        yield say("made with a provisional calendar of working days"), str(year), ""
    for quota in questions.full_quotas:
        yield say("quota takes everybody"), f"{quota.domain} {quota.stratum}", str(quota.size)
    for inspector, count in questions.bars:
        yield say("barred from entities"), inspector, str(count)
    for entity, days in questions.days:
        yield say("certain days only"), entity, join_words(days)


def _require(report: Report, level: int) -> None:
    if report.mismatches:
        raise MismatchError(
            say("{count} checks do not hold", count=len(report.mismatches)),
            hint=say("do not rely on this draw; ask the bureau for the bundle again, and for an explanation"),
        )
    if report.level < level:
        raise LevelError(
            say("level {wanted} is not reached: the level found is {found}", wanted=level, found=report.level),
            hint=say("the lines that say NOT CHECKED name what is missing"),
        )
