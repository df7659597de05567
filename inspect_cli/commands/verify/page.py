"""What all that ``verify`` shows has in common: checks with their verdicts, and the table of what a person should ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.verify.report import Verdict
from inspect_cli.errors import Message, say
from inspect_cli.language import _, join_words, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.core.names import Slot
    from inspect_cli.core.verify.questions import Questions
    from inspect_cli.core.verify.report import Report

_QUESTIONS_SHOWN = 40
_TONES = {Verdict.VERIFIED: Tone.GOOD, Verdict.MISMATCH: Tone.BAD, Verdict.NOT_CHECKED: Tone.QUIET}


def show_checks(console: Console, report: Report) -> None:
    """Print each check with its verdict and its sentence."""
    for check in report.checks:
        console.show_line(f"{check.id.value}  {check.verdict.value}", _TONES[check.verdict])
        console.show_pairs([("", check.detail)])


def check_data(report: Report) -> list[dict[str, str]]:
    """Give the checks as ``--json`` shows them, in their order."""
    return [
        {"id": check.id.value, "verdict": check.verdict.value, "detail": translate(check.detail)}
        for check in report.checks
    ]


def show_questions(console: Console, asked: Sequence[tuple[Slot, Questions]]) -> None:
    """Print what no check can prove, and a person should ask about: the first of them, and how many more there are.

    The changes of every supplement of a chain stand before all else: they are the shorter and the weightier lists.
    """
    # What lies between the first draw and this one follows from them and the changes.
    ends = asked if len(asked) == 1 else [asked[0], asked[-1]]
    parts = [[(slot, *row) for row in _change_rows(found)] for slot, found in asked]
    parts.append([(slot, *row) for slot, found in asked for row in _source_rows(found)])
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
    if len(asked) > 1:
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


def _source_rows(questions: Questions) -> Iterator[tuple[Message, str, str]]:
    """Give one row for each sentence about the sources of a draw."""
    for weakness in questions.weaknesses:
        yield say("sources of the seed"), "", translate(weakness)


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
