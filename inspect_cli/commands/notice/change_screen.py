"""What the commands that change a published notice show, on the screen and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.console import Column, Tone
from inspect_cli.errors import say
from inspect_cli.language import _, current

if TYPE_CHECKING:
    from inspect_cli.acts.publish.announced import Changed
    from inspect_cli.acts.publish.correct import Correction
    from inspect_cli.console import Console


def show_corrections(console: Console, corrections: tuple[Correction, ...]) -> None:
    """Show which lines would be corrected, and by which version of their results."""
    columns = [
        Column(title=_("no."), is_number=True),
        Column(title=_("entity"), is_key=True),
        Column(title=_("published version"), is_number=True),
        Column(title=_("approved version"), is_number=True),
        Column(title=_("result of the company"), is_wrapped=True),
    ]
    rows = [
        (
            str(one.entry.place),
            one.entry.entity,
            str(one.entry.outcome_version),
            str(one.version.version),
            one.version.outcome.worst.label.text(current()),
        )
        for one in corrections
    ]
    console.show_table("", columns, rows)


def show_changed(console: Console, changed: Changed) -> None:
    """Say what became of a notice, which notice announced it, and which commands write both."""
    document = changed.notice.document
    console.show_line(
        say(
            "{document} has version {version} now; lines changed: {count}",
            document=document,
            version=changed.version.version,
            count=len(changed.entries),
        ),
        Tone.GOOD,
    )
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


def changed_data(changed: Changed) -> dict[str, Any]:
    """Give what became of a notice as data; the keys are documented in docs/json.md."""
    return {
        "document": changed.notice.document,
        "new": changed.is_new,
        "version": changed.version.version,
        "action": changed.version.action.value,
        "announced_by": None if changed.announced is None else changed.announced.notice.document,
        "entities": [entry.entity for entry in changed.entries],
    }
