"""What no check can prove, and a person should ask about: as a table, and as data for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.console import Column, Console
from inspect_cli.core.verify.questions import QuestionId
from inspect_cli.errors import Message, say
from inspect_cli.language import _, join_words, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.core.names import Slot
    from inspect_cli.core.verify.questions import Questions

_SHOWN: Final = 40
_WORDS: Final = {
    QuestionId.CHANGE: say("drawn again"),
    QuestionId.ABSENCE: say("absent"),
    QuestionId.ADDITION: say("new on the roster"),
    QuestionId.SOURCES: say("sources of the seed"),
    QuestionId.ALLOWANCE: say("drawn in spite of a rule"),
    QuestionId.CALENDAR: say("made with a provisional calendar of working days"),
    QuestionId.FULL_QUOTA: say("quota takes everybody"),
    QuestionId.BARS: say("barred from entities"),
    QuestionId.CERTAIN_DAYS: say("certain days only"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One row: of which draw, what is asked, about whom (an entity, a person, a year, a quota, or nobody), and what is known."""

    slot: Slot
    question: QuestionId
    about: str
    detail: str | Message


def questions_data(asked: Sequence[tuple[Slot, Questions]]) -> list[dict[str, str]]:
    """Give what ``--json`` shows: every row, in the order of the table."""
    return [
        {"slot": row.slot, "question": row.question.value, "about": row.about, "detail": _detail(row)}
        for part in _parts(asked)
        for row in part
    ]


def show_questions(console: Console, asked: Sequence[tuple[Slot, Questions]]) -> None:
    """Print the first rows of each part, and how many more there are."""
    parts = _parts(asked)
    rows = [
        (row.slot, translate(_WORDS[row.question]), row.about, _detail(row)) for part in parts for row in part[:_SHOWN]
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


def _detail(row: _Asked) -> str:
    """Give the detail: the bureau's own text as it stands, or a sentence of ours."""
    return row.detail if isinstance(row.detail, str) else translate(row.detail)


def _parts(asked: Sequence[tuple[Slot, Questions]]) -> list[list[_Asked]]:
    """Give the rows: of each draw of a chain its changes, the shorter and weightier lists, then all sources, then the rest."""
    # What lies between the first draw and this one follows from them and the changes.
    ends = asked if len(asked) == 1 else [asked[0], asked[-1]]
    return [
        *(list(_change_rows(slot, found)) for slot, found in asked),
        [row for slot, found in asked for row in _source_rows(slot, found)],
        [row for slot, found in ends for row in _other_rows(slot, found)],
    ]


def _change_rows(slot: Slot, questions: Questions) -> Iterator[_Asked]:
    """Give one row for each change, absence and addition of a supplement."""
    for change in questions.changes:
        detail = f"{change.reason} {join_words((*change.left, *change.closed))}".strip()
        yield _Asked(slot=slot, question=QuestionId.CHANGE, about=change.entity, detail=detail)
    for absence in questions.absent:
        detail = f"{absence.reason}: {join_words(absence.days)}"
        yield _Asked(slot=slot, question=QuestionId.ABSENCE, about=absence.id, detail=detail)
    for addition in questions.added:
        yield _Asked(slot=slot, question=QuestionId.ADDITION, about=addition.id, detail=addition.reason)


def _source_rows(slot: Slot, questions: Questions) -> Iterator[_Asked]:
    """Give one row for each sentence about the sources of a draw."""
    for weakness in questions.weaknesses:
        yield _Asked(slot=slot, question=QuestionId.SOURCES, about="", detail=weakness)


def _other_rows(slot: Slot, questions: Questions) -> Iterator[_Asked]:
    """Give one row for each further question of a draw."""
    for entity, rules in questions.allowed:
        yield _Asked(slot=slot, question=QuestionId.ALLOWANCE, about=entity, detail=join_words(rules))
    for year in questions.provisional:
        yield _Asked(slot=slot, question=QuestionId.CALENDAR, about=str(year), detail="")
    for quota in questions.full_quotas:
        about = f"{quota.domain} {quota.stratum}"
        yield _Asked(slot=slot, question=QuestionId.FULL_QUOTA, about=about, detail=str(quota.size))
    for inspector, count in questions.bars:
        yield _Asked(slot=slot, question=QuestionId.BARS, about=inspector, detail=str(count))
    for entity, days in questions.days:
        yield _Asked(slot=slot, question=QuestionId.CERTAIN_DAYS, about=entity, detail=join_words(days))
