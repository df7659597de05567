"""What the commands that change a published notice show, on the screen and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.console import Column, Tone
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import say
from inspect_cli.language import _, current, join_words

if TYPE_CHECKING:
    from inspect_cli.acts.publish.announced import Changed
    from inspect_cli.acts.publish.change import Ending
    from inspect_cli.acts.publish.correct import Correction
    from inspect_cli.console import Console
    from inspect_cli.core.publish.lines import ResultLine, TextChange
    from inspect_cli.errors import Message


def show_corrections(console: Console, corrections: tuple[Correction, ...]) -> None:
    """Show which lines would be corrected, from what to what."""
    columns = [
        Column(title=_("no."), is_number=True),
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("it says"), is_wrapped=True),
        Column(title=_("it would say"), is_wrapped=True),
    ]
    rows = [
        (str(one.entry.place), one.entry.entity, say_name(one.after), *_say_changes(one.before, one.after))
        for one in corrections
    ]
    console.show_table("", columns, rows)


def _say_changes(before: ResultLine, after: ResultLine) -> tuple[str, str]:
    """Say what a line says and what it would say, without what stays."""
    parts = [_list_parts(line) for line in (before, after)]
    told = [[text for text in part if text not in other] for part, other in zip(parts, reversed(parts), strict=True)]
    return _("; ").join(told[0]), _("; ").join(told[1])


def _list_parts(line: ResultLine) -> list[str]:
    """List all of a line that a correction can change: day, results, methods."""
    methods = join_words(method.text(current()) for method in line.methods)
    return [line.finished.isoformat(), *_list_results(line), methods]


def show_reason(console: Console, reason: str, basis: str) -> None:
    """Show what is published of a change as it stands."""
    told = [(name, text) for name, text in ((_("reason"), reason), (_("basis"), basis)) if text]
    if told:
        console.show_line()
        console.show_line(_("This is published as it stands:"))
        console.show_pairs(told)


def show_text_changes(console: Console, changes: tuple[TextChange, ...]) -> None:
    """Show what a notice without results says, and what it would say."""
    columns = [
        Column(title=_("part of the notice"), is_wrapped=True),
        Column(title=_("it says"), is_wrapped=True),
        Column(title=_("it would say"), is_wrapped=True),
    ]
    language = current()
    rows = [(one.part.text(language), one.before.text(language), one.after.text(language)) for one in changes]
    console.show_table("", columns, rows)


def correct_hint(document: str) -> Message:
    """Name the command that corrects a notice without results."""
    return say(
        "correct it: inspect-cli notice correct {document} --reason TEXT --basis TEXT --approver NAME",
        document=document,
    )


def show_ending(console: Console, ending: Ending) -> None:
    """Show the lines that would be taken from display as the public reads them."""
    if not ending.entries:
        return
    columns = [
        Column(title=_("no."), is_number=True),
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("result"), is_wrapped=True),
    ]
    lines = ((entry, ending.lines[entry.entity]) for entry in ending.entries)
    rows = [(str(entry.place), entry.entity, say_name(line), say_results(line)) for entry, line in lines]
    console.show_table("", columns, rows)


def say_name(line: ResultLine) -> str:
    """Name the company of a line as the public reads it."""
    name = line.company.name
    return name.text(current()) if isinstance(name, Label) else name


def say_results(line: ResultLine) -> str:
    """Say the results of a line, domain by domain."""
    return _("; ").join(_list_results(line))


def _list_results(line: ResultLine) -> list[str]:
    return [
        _("{domain}: {result}").format(domain=each.domain.text(current()), result=each.result.text(current()))
        for each in line.results
    ]


def show_changed(console: Console, changed: Changed) -> None:
    """Say what became of a notice, which notice announced it, and which commands write both."""
    document = changed.notice.document
    version, count = changed.version.version, len(changed.entries)
    told = say("{document} has version {version} now", document=document, version=version)
    if count:
        told = say(
            "{document} has version {version} now; lines changed: {count}",
            document=document,
            version=version,
            count=count,
        )
    console.show_line(told, Tone.GOOD)
    write = say("write it: inspect-cli notice write {document} --format docx -o FILE", document=document)
    if changed.announced is not None:
        announced = changed.announced
        console.show_line(say("announced by {document}", document=announced.notice.document))
        if announced.version.is_late:
            console.show_note(say("late: the last day was {day}", day=announced.version.due), Tone.BAD)
        console.show_note(
            say(
                "write it: inspect-cli notice write {document} --format docx -o FILE",
                document=announced.notice.document,
            )
        )
    console.show_note(write)
    if changed.is_recalled:
        console.show_note(
            say(
                "its results count as not published: correct first what is wrong (inspect-cli visit correct), "
                "then publish them again: inspect-cli notice publish result {slot}",
                slot=changed.notice.slot,
            )
        )
    for other in changed.others:
        console.show_note(say("{document} told of it too and has a new version", document=other))
        console.show_note(say("write it: inspect-cli notice write {document} --format docx -o FILE", document=other))


def changed_data(changed: Changed) -> dict[str, Any]:
    """Give what became of a notice as data; the keys are documented in docs/json.md."""
    return {
        "document": changed.notice.document,
        "new": changed.is_new,
        "version": changed.version.version,
        "action": changed.version.action.value,
        "announced_by": None if changed.announced is None else changed.announced.notice.document,
        "entities": [entry.entity for entry in changed.entries],
        "others": list(changed.others),
    }
