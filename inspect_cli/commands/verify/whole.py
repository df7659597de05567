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
from inspect_cli.errors import InputError, LevelError, Message, MismatchError, say
from inspect_cli.files.bundle import read_bundle
from inspect_cli.language import _, join_words, translate
from inspect_cli.proofs import PROVERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.app import App
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.verify.questions import Questions
    from inspect_cli.core.verify.report import Report
    from inspect_cli.core.verify.shape import Members

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
        _show(console, members, report)
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


def _show(console: Console, members: Members, report: Report) -> None:
    draw = parse_draw(members)
    commitment = draw.commitment
    console.show_line(say("Draw {slot} of {bureau}", slot=commitment.slot, bureau=commitment.bureau), Tone.HEADING)
    console.show_pairs([(_("commitment"), commitment_digest(commitment))])
    for check in report.checks:
        console.show_line(f"{check.id.value}  {check.verdict.value}", _TONES[check.verdict])
        console.show_pairs([("", check.detail)])
    console.show_line()
    console.show_line(_level_text(report))
    console.show_line(say("Compare by eye: this commitment's digest with the one that was published before the draw."))
    _show_questions(console, [draw, *_read_amended(members)])


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


def _show_questions(console: Console, draws: Sequence[FinishedDraw]) -> None:
    """Print what no check can prove, and a person should ask about: the first of them, and how many more there are.

    The changes of every supplement of a chain stand before all else: they are the shorter and the weightier lists.
    """
    asked = [(draw.commitment.slot, find_questions(draw)) for draw in draws]
    # What lies between the first draw and this one follows from them and the changes.
    ends = asked if len(asked) == 1 else [asked[0], asked[-1]]
    parts = [[(slot, *row) for row in _change_rows(found)] for slot, found in asked]
    parts.append([(slot, *row) for slot, found in ends for row in _question_rows(found)])
    rows = [
        (slot, translate(what), who, detail) for part in parts for slot, what, who, detail in part[:_QUESTIONS_SHOWN]
    ]
    if not rows:
        return
    console.show_line()
    columns = [
        Column(title=_("what"), is_key=True),
        Column(title=_("about whom"), is_key=True),
        Column(title=_("detail")),
    ]
    title = _("No check can prove these; ask the bureau about them")
    if len(draws) > 1:
        console.show_table(title, [Column(title=_("draw"), is_key=True), *columns], rows)
    else:
        console.show_table(title, columns, [row[1:] for row in rows])
    more = sum(map(len, parts)) - len(rows)
    if more:
        console.show_line(say("… and {count} more", count=more))


def _change_rows(questions: Questions) -> Iterator[tuple[Message, str, str]]:
    """Give one row for each change, absence and addition of a supplement."""
    for change in questions.changes:
        affected = join_words((*change.left, *change.closed))
        yield say("drawn again"), change.entity, f"{change.reason} {affected}".strip()
    for absence in questions.absent:
        yield say("absent"), absence.id, f"{absence.reason}: {join_words(absence.days)}"
    for addition in questions.added:
        yield say("new on the roster"), addition.id, addition.reason


def _question_rows(questions: Questions) -> Iterator[tuple[Message, str, str]]:
    """Give one row for each further question of a draw."""
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
