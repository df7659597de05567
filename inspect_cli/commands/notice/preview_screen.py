"""What ``notice preview`` shows, on the screen and as data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from inspect_cli.commands.notice.change_screen import correct_hint, say_results, show_text_changes
from inspect_cli.commands.notice.preview_rows import NUMBERS, count_numbers, list_rows
from inspect_cli.console import Column, Tone
from inspect_cli.core.publish.duties import PROTOCOL
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.lines import ResultLine
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import say
from inspect_cli.language import _, current, translate

if TYPE_CHECKING:
    from inspect_cli.acts.publish.preview import Preview
    from inspect_cli.console import Console
    from inspect_cli.core.publish.lines import PublicCompany


def preview_data(found: Preview) -> dict[str, Any]:
    """Give a preview as data; the keys are documented in docs/json.md."""
    return {
        "kind": found.subject.kind.value,
        "about": found.subject.slot or found.subject.period,
        "document": found.document,
        "published": found.standing is not None,
        "outdated": bool(found.outdated),
        "due": None if found.due is None else found.due.isoformat(),
        "days_left": found.left,
        "late": found.is_late,
        "basis": found.basis if found.due is not None else None,
        "named": [_line_data(line) for line in found.named],
        "numbers": dict(count_numbers(found.view)),
        "rows": [list(row) for row in list_rows(found.view)[1]],
        "held": [{"entity": one.entity, "reason": one.reason.value} for one in found.held],
    }


def show_preview(console: Console, found: Preview) -> None:
    """Show what would become public, and what would not."""
    if found.standing is not None:
        _show_standing(console, found)
    else:
        _show_head(console, found)
        _show_named(console, found)
        _show_rows(console, found)
    held = Counter(one.reason for one in found.held)
    if held:
        console.show_line()
        columns = [Column(title=_("held back, because")), Column(title=_("companies"), is_number=True)]
        rows = [(reason.label.text(current()), str(count)) for reason, count in held.items()]
        console.show_table("", columns, rows)


def _show_standing(console: Console, found: Preview) -> None:
    """Say that it was published before, and what of it should say something else by now."""
    if not found.outdated:
        console.show_line(
            say("published before as {document}: nothing new would become public", document=found.document)
        )
        return
    console.show_line(say("published before as {document}; this has changed since:", document=found.document))
    show_text_changes(console, found.outdated)
    console.show_note(correct_hint(found.document))


def _show_head(console: Console, found: Preview) -> None:
    """Show what it is, the number that it would get, and how much time is left."""
    pairs = [(_("notice"), found.subject.kind.label.text(current())), (_("document"), found.document)]
    if found.due is not None:
        pairs += [(_("last day"), found.due.isoformat()), (_("time left"), _say_left(found))]
        pairs += [(_("basis"), _say_basis(found.basis))]
    tones = (Tone.BAD if found.is_late and name == _("time left") else Tone.PLAIN for name, _text in pairs)
    console.show_pairs(pairs, tones)


def _say_left(found: Preview) -> str:
    """Say how many working days are left, or since the last day; a year that is not known has no number of them."""
    if found.is_late and found.left:
        return translate(say("late by {count} working days: it would be marked as late", count=-found.left))
    if found.is_late:
        return translate(say("late: it would be marked as late"))
    if found.left is None:
        return translate(say("in time"))
    return translate(say("working days left: {count}", count=found.left))


def _say_basis(basis: str) -> str:
    return translate(say("draw-v1: before the first source has its value")) if basis == PROTOCOL else basis


def _show_rows(console: Console, found: Preview) -> None:
    """Show the rows that a notice lists beside companies, and its figures."""
    heads, rows = list_rows(found.view)
    if rows:
        console.show_line()
        console.show_table("", [Column(title=head.text(current()), is_wrapped=True) for head in heads], rows)
    numbers = [(NUMBERS[key].text(current()), str(number)) for key, number in count_numbers(found.view)]
    if numbers:
        console.show_line()
        columns = [Column(title=_("number that becomes public")), Column(title=_("count"), is_number=True)]
        console.show_table("", columns, numbers)


def _show_named(console: Console, found: Preview) -> None:
    if found.subject.kind not in {NoticeKind.COMMITMENT, NoticeKind.DRAW, NoticeKind.RESULT}:
        return
    console.show_line()
    if not found.named:
        console.show_line(_("No company is named."))
        return
    console.show_line(say("Named in public for the first time: {count}", count=len(found.named)), Tone.HEADING)
    columns = [
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("result"), is_wrapped=True),
    ]
    console.show_table("", columns, [_row(line) for line in found.named])


def _row(line: ResultLine | PublicCompany) -> tuple[str, str, str]:
    company = line.company if isinstance(line, ResultLine) else line
    return company.id, _text(company.name), say_results(line) if isinstance(line, ResultLine) else ""


def _line_data(line: ResultLine | PublicCompany) -> dict[str, Any]:
    company = line.company if isinstance(line, ResultLine) else line
    data: dict[str, Any] = {"id": company.id, "name": _text(company.name)}
    if isinstance(line, ResultLine):
        data |= {
            "number": line.number,
            "finished": line.finished.isoformat(),
            "results": {each.domain.text(current()): each.result.text(current()) for each in line.results},
        }
    return data


def _text(name: str | Label) -> str:
    return name.text(current()) if isinstance(name, Label) else name
