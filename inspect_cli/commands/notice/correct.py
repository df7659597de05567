"""``notice correct`` and ``notice expire``: later versions of notices that follow from the store and from the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.publish.amend import AmendOrder, amend_notice, read_text_changes
from inspect_cli.acts.publish.announced import require_basis
from inspect_cli.acts.publish.change import expire_lines, find_overdue
from inspect_cli.acts.publish.correct import CorrectOrder, correct_notice, find_awaiting, find_corrections
from inspect_cli.acts.publish.issue import require_leave
from inspect_cli.acts.publish.kept import read_notice
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.commands.notice.change_screen import (
    changed_data,
    show_changed,
    show_corrections,
    show_reason,
    show_text_changes,
)
from inspect_cli.commands.notice.subject import read_papers
from inspect_cli.console import Console
from inspect_cli.core.people import Approval, require_second_person
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.errors import say
from inspect_cli.language import _
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.acts.publish.announced import Changed
    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.acts.publish.renewal import Papers
    from inspect_cli.app import App
    from inspect_cli.core.people import Actor


@click.command(cls=Command)
@click.argument("document", help="The document number.")
@click.option("--reason", default="", help="Why, as it is published; of results a general sentence unless it is named.")
@click.option("--basis", default="", help="The rule it rests on; of results that of inspect.toml unless it is named.")
@click.option("--approver", default="", help="The second person who gives leave; results were approved already.")
@yes_option
@json_option
@click.pass_obj
def correct(app: App, /, **said: Any) -> None:
    """Publish what has changed since in what a notice tells.

    Of results it takes the newer approved versions; any other notice is made anew, as a plan that was changed or a draw that is void.
    A notice of its own says what changes from what to what, and the old one has a new version.

    \b
    Example:
      inspect-cli --as NAME notice correct 示综执抽查〔2026〕4号
      inspect-cli --as NAME notice correct 示综执抽查〔2026〕2号 \\
          --reason "计划调整" --basis "调整批准文件" --approver OTHER
    """
    console, actor, papers = Console(language=app.language), app.actor(), read_papers(app)
    correction = _Correcting(app=app, console=console, actor=actor, papers=papers, said=said)
    kept = read_notice(correction.store, said["document"])
    of_results = kept.notice.kind is NoticeKind.RESULT
    changed = correction.of_results(kept) if of_results else correction.of_another(kept)
    if said["as_json"]:
        console.show_json(changed_data(changed))
    elif changed.is_new:
        show_changed(console, changed)
    else:
        console.show_line(say("nothing that {document} shows was corrected since", document=kept.notice.document))
        awaiting = correction.count_awaiting(kept)
        if awaiting:
            console.show_note(
                say(
                    "corrections that await approval: {count}; approve them first: inspect-cli visit approve {slot} --all",
                    count=awaiting,
                    slot=kept.notice.slot,
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Correcting:
    """A correction as it was typed: what would change is shown, asked for, and published."""

    app: App
    console: Console
    actor: Actor
    papers: Papers
    said: Mapping[str, Any]

    @property
    def store(self) -> Store:
        return Store.open(self.app.store_url)

    def count_awaiting(self, kept: KeptNotice) -> int:
        """Count the corrections of its results that nobody has approved yet."""
        if kept.notice.kind is not NoticeKind.RESULT:
            return 0
        with self.store.reading() as session:
            return len(find_awaiting(session, kept))

    def of_results(self, kept: KeptNotice) -> Changed:
        """Correct a notice of results."""
        document = kept.notice.document
        require_leave(self.papers.bureau, self.actor)
        with self.store.reading() as session:
            found = find_corrections(session, self.papers.bureau, kept)
        require_leave(self.papers.bureau, self.actor, [one.version for one in found])
        public = tuple(one for one in found if one.is_public)
        if public:
            if not self.said["as_json"]:
                show_corrections(self.console, public)
                show_reason(self.console, self.said["reason"], self.said["basis"])
            question = say("publish {count} corrections of {document}, for ever?", count=len(public), document=document)
            self.console.require_yes(question, given=self.said["yes"])
        order = CorrectOrder(
            papers=self.papers,
            document=document,
            reason=self.said["reason"],
            basis=self.said["basis"],
            seen=found,
        )
        return correct_notice(self.store, self.actor, order)

    def of_another(self, kept: KeptNotice) -> Changed:
        """Correct a notice that lists no results; nothing is asked where it says the same."""
        approval = Approval(approver=self.said["approver"], reason=self.said["reason"])
        require_leave(self.papers.bureau, self.actor)
        found = read_text_changes(self.store, self.papers, kept.notice.document, self.actor.day)
        if found:
            require_second_person(self.papers.bureau.people, self.actor, approval)
            require_basis(self.said["basis"])
            if not self.said["as_json"]:
                show_text_changes(self.console, found)
                show_reason(self.console, self.said["reason"], self.said["basis"])
            question = say(
                "publish {count} changes of {document}, for ever?", count=len(found), document=kept.notice.document
            )
            self.console.require_yes(question, given=self.said["yes"])
        order = AmendOrder(
            papers=self.papers,
            document=kept.notice.document,
            approval=approval,
            basis=self.said["basis"],
            seen=found,
        )
        return amend_notice(self.store, self.actor, order)


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
    require_leave(papers.bureau, actor)
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
