"""``notice correct`` and ``notice expire``: later versions of notices that follow from the store and from the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.publish.change import expire_lines, find_overdue
from inspect_cli.acts.publish.correct import CorrectOrder, correct_notice, find_corrections
from inspect_cli.acts.publish.kept import read_notice
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.commands.notice.change_screen import changed_data, show_changed, show_corrections
from inspect_cli.commands.notice.subject import read_papers
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.language import _
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("document", help="The document number.")
@click.option("--reason", default="", help="Why, as it is published; a general sentence unless it is named.")
@click.option("--basis", default="", help="The rule it rests on; that of inspect.toml unless it is named.")
@yes_option
@json_option
@click.pass_obj
def correct(app: App, document: str, *, reason: str, basis: str, yes: bool, as_json: bool) -> None:
    """Publish what was corrected in results that a notice shows.

    It takes the newer approved versions of its results, makes a notice of what changes from what to what, and a new version.

    \b
    Example:
      inspect-cli --as NAME notice correct 示综执抽查〔2026〕3号
    """
    console, actor, papers = Console(language=app.language), app.actor(), read_papers(app)
    store = Store.open(app.store_url)
    kept = read_notice(store, document)
    with store.reading() as session:
        found = find_corrections(session, papers.bureau, kept)
    public = tuple(one for one in found if one.is_public)
    if public:
        if not as_json:
            show_corrections(console, public)
        console.require_yes(
            say("publish {count} corrections of {document}, for ever?", count=len(public), document=document), given=yes
        )
    changed = correct_notice(store, actor, CorrectOrder(papers=papers, document=document, reason=reason, basis=basis))
    if as_json:
        console.show_json(changed_data(changed))
    elif changed.is_new:
        show_changed(console, changed)
    else:
        console.show_line(say("nothing that {document} shows was corrected since", document=document))


@click.command(cls=Command)
@yes_option
@json_option
@click.pass_obj
def expire(app: App, *, yes: bool, as_json: bool) -> None:
    """Take from display every line whose years are over.

    \b
    Example:
      inspect-cli --as NAME notice expire
    """
    console, actor, papers = Console(language=app.language), app.actor(), read_papers(app)
    store = Store.open(app.store_url)
    with store.reading() as session:
        over = find_overdue(session, papers.bureau, actor.day)
    if not over:
        if as_json:
            console.show_json([])
        else:
            console.show_line(_("No line's years are over."))
        return
    question = say(
        "take from display, for ever, {count} lines of {documents}?",
        count=sum(len(entries) for _kept, entries in over),
        documents=tuple(kept.notice.document for kept, _entries in over),
    )
    console.require_yes(question, given=yes)
    changes = expire_lines(store, actor, papers)
    if as_json:
        console.show_json([changed_data(changed) for changed in changes])
        return
    for changed in changes:
        show_changed(console, changed)
