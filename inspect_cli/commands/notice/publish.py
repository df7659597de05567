"""``notice preview`` and ``notice publish``: what would become public that is not public yet, and publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.publish.amend import read_outdated
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice, require_leave
from inspect_cli.acts.publish.preview import preview_notice
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.commands.notice.change_screen import correct_hint
from inspect_cli.commands.notice.preview_screen import preview_data, show_preview
from inspect_cli.commands.notice.subject import read_papers, read_subject
from inspect_cli.console import Console, Tone
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.errors import say
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from typing import Any

    from inspect_cli.acts.publish.issue import Published
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("kind", metavar="KIND", help="Which notice: matters, plan, commitment, draw, result, statistics.")
@click.argument("about", metavar="[SUBJECT]", required=False, help="The draw, the month or the year it is about.")
@json_option
@click.pass_obj
def preview(app: App, kind: str, about: str | None, *, as_json: bool) -> None:
    """Show what a notice would make public that is not public yet.

    It names each company, tells the numbers, and says what is held back and why. Nothing is published.

    \b
    Example:
      inspect-cli notice preview result 2026-12/1
    """
    papers = read_papers(app)
    found = preview_notice(Store.open(app.store_url), papers, read_subject(app, kind, about), app.today)
    console = Console(language=app.language)
    if as_json:
        console.show_json(preview_data(found))
        return
    show_preview(console, found)


@click.command(cls=Command)
@click.argument("kind", metavar="KIND", help="Which notice: matters, plan, commitment, draw, result, statistics.")
@click.argument("about", metavar="[SUBJECT]", required=False, help="The draw, the month or the year it is about.")
@yes_option
@json_option
@click.pass_obj
def publish(app: App, kind: str, about: str | None, *, yes: bool, as_json: bool) -> None:
    """Publish a notice: it gets the next document number.

    Its text is kept in both languages and never changes; what is corrected later makes another version and a notice of its own.
    Of results only those are published that are approved and that no notice shows yet. The same call again shows what was published.

    \b
    Example:
      inspect-cli --as NAME notice publish draw 2026-12/1
      inspect-cli --as NAME notice publish result 2026-12/1 --yes
    """
    console, actor, papers = Console(language=app.language), app.actor(), read_papers(app)
    store, subject = Store.open(app.store_url), read_subject(app, kind, about)
    seen = None
    require_leave(papers.bureau, actor)
    if not yes:
        found = preview_notice(store, papers, subject, app.today)
        require_leave(papers.bureau, actor, found.told)
        if found.standing is None and (found.named or subject.kind is not NoticeKind.RESULT):
            show_preview(console, found)
            console.require_yes(
                say("publish this as {document}, for ever, in both languages?", document=found.document), given=False
            )
            seen = found.seen
    order = PublishOrder(bureau=papers.bureau, subject=subject, folders=papers.folders, seen=seen)
    published = publish_notice(store, actor, order)
    outdated = not published.is_new and bool(read_outdated(store, papers, published.notice.document))
    if as_json:
        console.show_json(published_data(published) | {"outdated": outdated})
        return
    show_published(console, published)
    if outdated:
        console.show_note(say("what it tells has changed since"), Tone.BAD)
        console.show_note(correct_hint(published.notice.document))


def published_data(published: Published) -> dict[str, Any]:
    """Give what was published as data; the keys are documented in docs/json.md."""
    version = published.version
    return {
        "document": published.notice.document,
        "kind": published.notice.kind.value,
        "about": published.notice.slot or published.notice.period,
        "new": published.is_new,
        "version": version.version,
        "day": version.day.isoformat(),
        "due": None if version.due is None else version.due.isoformat(),
        "late": version.is_late,
        "entities": [entry.entity for entry in sorted(published.entries, key=lambda one: one.place)],
    }


def show_published(console: Console, published: Published) -> None:
    """Say what was published, and which command writes it to a file."""
    document, version = published.notice.document, published.version
    if not published.is_new:
        console.show_line(
            say("published before as {document} on {day}: nothing new", document=document, day=version.day)
        )
    elif published.entries:
        console.show_line(
            say("published as {document}: {count} companies by name", document=document, count=len(published.entries)),
            Tone.GOOD,
        )
    else:
        console.show_line(say("published as {document}", document=document), Tone.GOOD)
    if version.is_late:
        console.show_note(say("late: the last day was {day}", day=version.due), Tone.BAD)
    console.show_note(say("write it: inspect-cli notice write {document} --format docx -o FILE", document=document))
