"""``visit show``: all that is known of one visit: the versions of its result, its files, its follow-ups, where it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit.dossier import read_dossier
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.visit.attaching import attachment_data
from inspect_cli.commands.visit.data import follow_up_data, outcome_data, show_outcome
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, current, join_clauses, join_places, join_words, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspect_cli.acts.visit.dossier import FollowUpLine, Publication, VisitDossier
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.errors import Message


@click.command(cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entity", help="Whom the visit was to.")
@json_option
@click.pass_obj
def show(app: App, slot: str, entity: str, *, as_json: bool) -> None:
    """Show all that is known of one visit after the draw.

    \b
    Example:
      inspect-cli visit show 2026-12/1 91350100M000100Y43
    """
    with Store.open(app.store_url).reading() as session:
        dossier = read_dossier(session, Slot(slot), EntityId(entity))
    console, bureau = Console(language=app.language), read_bureau(app.config)
    if as_json:
        console.show_json(_dossier_data(dossier))
        return
    day = _("open") if dossier.visit.day is None else dossier.visit.day.isoformat()
    console.show_pairs([(_("entity"), dossier.visit.entity), (_("name"), dossier.name), (_("day"), day)])
    for version in dossier.versions:
        _show_version(console, version)
        show_outcome(console, version.outcome, bureau, dossier.matter_names)
    _show_after(console, dossier, bureau)


def _show_version(console: Console, version: OutcomeVersion) -> None:
    language = current()
    console.show_line(say("version {version}: {state}", version=version.version, state=version.state.label.term))
    pairs = [(_("recorded by"), join_places((version.recorded_by, version.day.isoformat())))]
    if version.reviewed_by is not None and version.reviewed_on is not None:
        reviewed = join_places((version.reviewed_by, version.reviewed_on.isoformat()))
        if version.is_by_one_person:
            mark = _("recorded and approved by one person")
            reviewed = translate(say("{what} ({at})", what=reviewed, at=mark))
        pairs.append((version.state.label.text(language), reviewed))
    if version.review_reason is not None:
        pairs.append((_("reason"), version.review_reason))
    if version.not_made:
        pairs.append(("", _("there was no visit: the result was another company's")))
    if version.correction is not None:
        pairs += [
            (_("reason of the correction"), version.correction.reason.label.text(language)),
            (_("basis"), version.correction.basis),
            (_("approver"), version.correction.approver),
        ]
    console.show_pairs(pairs)


def _show_after(console: Console, dossier: VisitDossier, bureau: Bureau) -> None:
    if dossier.attachments:
        columns = [Column(title=_("file")), Column(title=_("bytes")), Column(title="SHA-256", is_wrapped=True)]
        rows = [(one.name, str(one.size), one.sha256) for one in dossier.attachments]
        console.show_table(_("files"), columns, rows)
    if dossier.follow_ups:
        _show_follow_ups(console, dossier.follow_ups, bureau)
    for one in dossier.published:
        console.show_note(_say_publication(one))
    if not dossier.versions:
        console.show_note(say("no result is recorded yet"))
        _show_checked(console, dossier, bureau)


def _show_checked(console: Console, dossier: VisitDossier, bureau: Bureau) -> None:
    """Show what the visit checks, as ``visit record`` wants it: its domains, and the matters of each."""
    pairs = [
        (
            bureau.domain_label(domain, current()),
            join_words(f"{one} {dossier.matter_names.get(one, '')}" for one in matters),
        )
        for domain, matters in dossier.checked.items()
    ]
    console.show_pairs(pairs)


def _say_publication(one: Publication) -> Message:
    entry = one.entry
    if entry.is_name:
        return say(
            "named in {document}, without its result: {state}, since {day}",
            document=one.document,
            state=entry.state.label.term,
            day=entry.since.isoformat(),
        )
    where = say(
        "published in {document}, number {place}, version {version}: {state}, since {day}",
        document=one.document,
        place=entry.place,
        version=entry.outcome_version,
        state=entry.state.label.term,
        day=entry.since.isoformat(),
    )
    if not one.is_by_one_person:
        return where
    return say("{what} ({at})", what=where, at=say("one person did two of the steps"))


def _show_follow_ups(console: Console, lines: Iterable[FollowUpLine], bureau: Bureau) -> None:
    columns = [
        Column(title=_("domain")),
        Column(title=_("day"), is_key=True),
        Column(title=_("state or step"), is_key=True),
        Column(title=_("until"), is_key=True),
        Column(title=_("note"), is_wrapped=True),
    ]
    rows = [row for line in lines for row in _follow_up_rows(line, bureau.domain_label(line.domain, current()))]
    console.show_table(_("follow-ups"), columns, rows)


def _follow_up_rows(line: FollowUpLine, domain: str) -> list[tuple[str, ...]]:
    """Give where a follow-up stands, and beneath it the steps that led there and those that count no more."""
    language, standing = current(), line.standing
    rows: list[tuple[str, ...]] = [
        (domain, standing.since.isoformat(), standing.state.label.text(language), _day(standing.until), "")
    ]
    for step in sorted((*line.earlier, *line.steps), key=lambda step: (step.version, step.day)):
        note = step.note or ""
        if step in line.earlier:
            note = join_clauses(filter(None, (_("before the correction"), note)))
        rows.append(("", step.day.isoformat(), f"- {step.step.label.text(language)}", _day(step.until), note))
    return rows


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _dossier_data(dossier: VisitDossier) -> dict[str, Any]:
    return {
        "slot": dossier.visit.slot,
        "entity": dossier.visit.entity,
        "name": dossier.name,
        "day": None if dossier.visit.day is None else dossier.visit.day.isoformat(),
        "versions": [_version_data(version) for version in dossier.versions],
        "attachments": [attachment_data(one) for one in dossier.attachments],
        "follow_ups": [follow_up_data(line) for line in dossier.follow_ups],
        "published": [
            {
                "document": one.document,
                "place": one.entry.place,
                "version": one.entry.outcome_version,
                "state": one.entry.state.value,
                "since": one.entry.since.isoformat(),
                "one_person": one.is_by_one_person,
            }
            for one in dossier.published
        ],
    }


def _version_data(version: OutcomeVersion) -> dict[str, Any]:
    data: dict[str, Any] = {
        "version": version.version,
        "state": version.state.value,
        "recorded_by": version.recorded_by,
        "day": version.day.isoformat(),
    }
    if version.reviewed_by is not None and version.reviewed_on is not None:
        data |= {"reviewed_by": version.reviewed_by, "reviewed_on": version.reviewed_on.isoformat()}
        data |= {"one_person": version.is_by_one_person}
    if version.review_reason is not None:
        data["review_reason"] = version.review_reason
    if version.not_made:
        data["not_made"] = True
    if version.correction is not None:
        correction = version.correction
        data["correction"] = {"reason": correction.reason, "basis": correction.basis, "approver": correction.approver}
    return data | {"outcome": outcome_data(version.outcome)}
