"""``notice list`` and ``notice show``: what was published, by number, version and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.publish.kept import read_names, read_notice
from inspect_cli.acts.publish.listed import list_notices
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.notice.data import entry_data, head_data, version_data
from inspect_cli.console import Column, Console
from inspect_cli.core.publish.issued import IssueAction, name_notice
from inspect_cli.errors import say
from inspect_cli.language import _, current, join_words, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.acts.publish.listed import ListedNotice
    from inspect_cli.app import App
    from inspect_cli.core.names import EntityId


@click.command("list", cls=Command)
@click.argument("month", required=False, help="Only those about this month or year.")
@json_option
@click.pass_obj
def list_published(app: App, month: str | None, *, as_json: bool) -> None:
    """List what was published, in its order.

    Marked are notices that were published late, and those whose results one person approved and published.

    \b
    Example:
      inspect-cli notice list 2026-12
    """
    found = list_notices(Store.open(app.store_url), month)
    console = Console(language=app.language)
    if as_json:
        console.show_json([head_data(kept) for kept in found])
        return
    if not found:
        console.show_line(_("Nothing was published."))
        return
    columns = [
        Column(title=_("document"), is_key=True),
        Column(title=_("notice"), is_wrapped=True),
        Column(title=_("about"), is_key=True),
        Column(title=_("day"), is_key=True),
        Column(title=_("version"), is_number=True),
        Column(title=_("state"), is_wrapped=True),
    ]
    rows = [
        (
            one.notice.document,
            name_notice(one.notice.kind, one.announces).text(current()),
            join_words(map(_shorten, one.changes)) or one.notice.slot or one.notice.period or "",
            one.first.day.isoformat(),
            str(one.newest.version),
            _state(one),
        )
        for one in found
    ]
    console.show_table("", columns, rows)
    late = sum(one.first.is_late for one in found)
    console.show_line(say("published: {count}, of them late: {late}", count=len(found), late=late))


@click.command(cls=Command)
@click.argument("document", help="The document number.")
@json_option
@click.pass_obj
def show(app: App, document: str, *, as_json: bool) -> None:
    """Show the versions of a notice, and whose results it names.

    \b
    Example:
      inspect-cli notice show 示综执抽查〔2026〕3号
    """
    store = Store.open(app.store_url)
    kept = read_notice(store, document)
    names = read_names(store, kept)
    console = Console(language=app.language)
    if as_json:
        data = head_data(kept)
        data["versions"] = [version_data(kept, one) for one in kept.versions]
        data["entries"] = [entry_data(kept, one, names) for one in kept.entries]
        console.show_json(data)
        return
    pairs = (
        (_("document"), kept.notice.document),
        (_("notice"), kept.notice.kind.label.text(current())),
        (_("about"), kept.notice.slot or kept.notice.period or ""),
        (_("changes"), _(", ").join(kept.changes)),
        (_("state"), _state(kept)),
    )
    console.show_pairs([(name, value) for name, value in pairs if value])
    _show_versions(console, kept)
    if kept.entries:
        _show_entries(console, kept, names)


def _shorten(document: str) -> str:
    """Leave out of a document number what all of a bureau's have in common: 示综执抽查〔2026〕4号 is 〔2026〕4号."""
    _name, bracket, rest = document.partition("〔")
    return f"{bracket}{rest}" or document


def _show_versions(console: Console, kept: KeptNotice) -> None:
    columns = [
        Column(title=_("version"), is_number=True),
        Column(title=_("day"), is_key=True),
        Column(title=_("what was done"), is_wrapped=True),
        Column(title=_("by"), is_wrapped=True),
        Column(title=_("last day")),
        Column(title=_("announced by"), is_wrapped=True),
    ]
    rows = [
        (
            str(one.version),
            one.day.isoformat(),
            one.action.label.text(current()),
            one.publisher,
            "" if one.due is None else one.due.isoformat(),
            "" if one.by is None else kept.documents[one.by],
        )
        for one in kept.versions
    ]
    console.show_line()
    _show_used(console, columns, rows)
    for one in kept.versions:
        told = ((_("reason"), one.reason), (_("basis"), one.basis), (_("approved by"), one.approver))
        if one.reason is not None:
            console.show_line()
            console.show_line(say("version {version}", version=one.version))
            console.show_pairs([(name, value) for name, value in told if value])


def _show_entries(console: Console, kept: KeptNotice, names: Mapping[EntityId, str]) -> None:
    columns = [
        Column(title=_("no."), is_number=True),
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("slot"), is_key=True),
        Column(title=_("version"), is_number=True),
        Column(title=_("state"), is_wrapped=True),
        Column(title=_("since")),
        Column(title=_("one person")),
    ]
    rows = [
        (
            str(one.place),
            one.entity,
            names[one.entity],
            "" if one.slot == kept.notice.slot else one.slot,
            str(one.outcome_version),
            one.state.label.text(current()),
            one.since.isoformat(),
            _("yes") if one.entity in kept.one_person else "",
        )
        for one in kept.entries
    ]
    console.show_line()
    _show_used(console, columns, rows)


def _show_used(console: Console, columns: Sequence[Column], rows: Sequence[tuple[str, ...]]) -> None:
    """Show a table without the columns in which nothing stands."""
    used = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    console.show_table("", [columns[index] for index in used], [tuple(row[index] for index in used) for row in rows])


def _state(kept: KeptNotice | ListedNotice) -> str:
    """Say how a notice stands: withdrawn, changed, late, and whether one person did two things."""
    words = []
    if kept.is_withdrawn:
        words.append(_("no longer shown"))
    else:
        if kept.newest.version > 1 and (kept.newest.action is IssueAction.CORRECTED or not kept.hidden):
            words.append(kept.newest.action.label.text(current()))
        if kept.hidden:
            words.append(
                translate(say("lines no longer shown: {hidden} of {count}", hidden=kept.hidden, count=kept.lines))
            )
    if kept.first.is_late:
        words.append(_("late"))
    if kept.one_person:
        words.append(_("one person"))
    return _("; ").join(words)
