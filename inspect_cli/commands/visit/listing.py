"""``visit list``: where each visit of a draw and its supplements stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.visit import visits as acts
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.visit.data import outcome_data
from inspect_cli.console import Column, Console
from inspect_cli.core.names import Slot
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.core.schedule import find_marks
from inspect_cli.core.visit.ending import VisitStatus
from inspect_cli.core.visit.review import ResultStage, ReviewState
from inspect_cli.errors import Message, say
from inspect_cli.language import _, current, join_clauses, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from inspect_cli.acts.visit.visits import ListedVisit
    from inspect_cli.app import App
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.result import Label


@click.command("list", cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.option(
    "--state",
    type=click.Choice([*(state.value for state in VisitStatus), *(stage.value for stage in ResultStage)]),
    metavar="STATE",
    help="Only the visits that stand so: planned, open, recorded, replaced, cancelled or carried-over; or by how far the result has "
    "come: unrecorded, awaiting, approved or published.",
)
@json_option
@click.pass_obj
def list_visits(app: App, slot: str, *, state: str | None, as_json: bool) -> None:
    """List the visits of a draw with their days and results, and how far each result has come.

    Shown are the visits in force, whichever draw of the chain drew them; --state replaced shows those that were drawn again.

    \b
    Example:
      inspect-cli visit list 2026-12/1 --state planned
      inspect-cli visit list 2026-12/1 --state awaiting
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        listed = acts.list_visits(session, Slot(slot))
    shown = [each for each in listed if _is_meant(each, state, app.today)]
    if as_json:
        console.show_json([_listed_data(each) for each in shown])
        return
    columns = [
        Column(title=_("day"), is_key=True),
        Column(title=_("entity"), is_key=True),
        Column(title=_("name")),
        Column(title=_("state"), is_key=True),
        Column(title=_("result or remark"), is_wrapped=True),
    ]
    console.show_table("", columns, [_listed_row(each, app.today) for each in shown])
    counts = Counter(_label(each, app.today) for each in listed)
    replaced = counts.pop(VisitStatus.REPLACED.label, 0)
    parts = tuple(f"{label.text(current())} {counts[label]}" for label in _LABELS if counts[label])
    console.show_note(say("visits: {count} ({parts})", count=counts.total(), parts=parts))
    if replaced:
        console.show_note(say("drawn again, and listed with --state replaced: {count}", count=replaced))


_STANDINGS: Final = (
    VisitStatus.PLANNED,
    VisitStatus.OPEN,
    *ResultStage,
    VisitStatus.CANCELLED,
    VisitStatus.CARRIED_OVER,
)
"""Where a visit can stand, in the order in which the counts are told."""


_LABELS: Final = tuple(dict.fromkeys(each.label for each in (*_STANDINGS, *IssueAction)))


def _label(listed: ListedVisit, today: date) -> Label:
    """Say where a visit stands; of a published result that is no longer shown, why."""
    if listed.entry is not None and not listed.entry.is_shown and listed.stage is ResultStage.PUBLISHED:
        return listed.entry.state.label
    return _standing(listed, today).label


def _standing(listed: ListedVisit, today: date) -> VisitStatus | ResultStage:
    """Say where a visit stands: once its day has come, how far its result is."""
    if listed.state is VisitStatus.RECORDED:
        return listed.stage
    is_due = listed.visit.day is not None and listed.visit.day <= today
    return listed.stage if listed.state is VisitStatus.PLANNED and is_due else listed.state


def _is_meant(listed: ListedVisit, state: str | None, today: date) -> bool:
    if state is None:
        return listed.state is not VisitStatus.REPLACED
    return state in {listed.state.value, _standing(listed, today).value}


def _listed_row(listed: ListedVisit, today: date) -> tuple[str, ...]:
    visit, outcome = listed.visit, listed.outcome
    remarks = [] if outcome is None else [f"{outcome.worst.value} {outcome.worst.label.text(current())}"]
    remarks += map(translate, _remarks(listed) if outcome is None else _publication(listed))
    day = "" if visit.day is None else visit.day.isoformat()
    standing = _label(listed, today).text(current())
    return (day, visit.entity, visit.name, standing, join_clauses(remarks))


def _publication(listed: ListedVisit) -> Iterator[Message]:
    """Say of a recorded visit whether its newest version is a correction, and which notice names it how."""
    version, entry = listed.version, listed.entry
    if version is not None and version.state is ReviewState.RETURNED:
        yield say("a correction was returned: {reason}", reason=version.review_reason)
    elif version is not None and version.correction is not None and listed.stage is not ResultStage.PUBLISHED:
        yield say("correction, version {version}", version=version.version)
    if entry is not None and listed.stage is not ResultStage.PUBLISHED:
        yield say("version {version} is in {document}", version=entry.outcome_version, document=listed.document)
    elif entry is not None:
        yield say("{state}: {document}", state=entry.state.label.term, document=listed.document)


def _remarks(listed: ListedVisit) -> list[Message]:
    """Say what became of a visit that has no result: who draws it again, where it went, from where it was moved, why it was returned."""
    remarks: list[Message] = list(find_marks(listed.visit))
    if listed.version is not None:
        remarks.append(say("returned: {reason}", reason=listed.version.review_reason))
    if listed.held_by is not None:
        remarks.append(say("being drawn again by {slot}", slot=listed.held_by))
    if listed.end is not None:
        where = listed.end.by_slot or listed.end.to_period
        remarks = (
            [say("to {place}", place=where)] if where is not None else [say("on {day}", day=listed.end.day.isoformat())]
        )
    return remarks


def _listed_data(listed: ListedVisit) -> dict[str, Any]:
    """Give one visit as data; a day, or why it is open; the outcome once it is recorded."""
    visit = listed.visit
    data: dict[str, Any] = {"slot": visit.slot, "entity": visit.entity, "name": visit.name, "state": listed.state.value}
    data["domains"] = list(visit.domains)
    if visit.day is not None:
        data["day"] = visit.day.isoformat()
    if visit.open is not None:
        data["open"] = visit.open.value
    if visit.is_moved and visit.drawn_day is not None:
        data["drawn_day"] = visit.drawn_day.isoformat()
    if visit.kept_as is not None:
        data["kept_as"] = visit.kept_as
    if visit.without_matters:
        data["without_matters"] = [one.id for one in visit.without_matters]
    if listed.held_by is not None:
        data["held_by"] = listed.held_by
    if listed.end is not None:
        data["end"] = _end_data(listed.end)
    if listed.outcome is not None:
        data["outcome"] = outcome_data(listed.outcome)
    if listed.version is not None:
        data |= {"version": listed.version.version, "review": listed.version.state.value}
    if listed.entry is not None:
        entry = listed.entry
        named = {"document": listed.document, "version": entry.outcome_version, "state": entry.state.value}
        data["published"] = named
    return data


def _end_data(end: VisitChange) -> dict[str, Any]:
    """Give how a visit ended without a result: when, by whom, by whose leave and why, and what came after it."""
    data = {"clock": end.clock, "actor": end.actor, "approver": end.approver, "reason": end.reason}
    later = {"by_slot": end.by_slot, "to_period": end.to_period}
    return data | {key: value for key, value in later.items() if value is not None}
