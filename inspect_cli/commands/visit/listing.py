"""``visit list``: where each visit of a draw and its supplements stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit import visits as acts
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.visit.data import outcome_data
from inspect_cli.console import Column, Console
from inspect_cli.core.names import Slot
from inspect_cli.core.schedule import find_marks
from inspect_cli.core.visit.ending import VisitStatus
from inspect_cli.errors import Message, say
from inspect_cli.language import _, current, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.visit.visits import ListedVisit
    from inspect_cli.app import App
    from inspect_cli.core.visit.change import VisitChange


@click.command("list", cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.option(
    "--state", type=click.Choice([state.value for state in VisitStatus]), help="Only the visits that stand so."
)
@json_option
@click.pass_obj
def list_visits(app: App, slot: str, *, state: str | None, as_json: bool) -> None:
    """List the visits of a draw with their days and results.

    Shown are the visits in force, whichever draw of the chain drew them; --state replaced shows those that were drawn again.

    \b
    Example:
      inspect-cli visit list 2026-12/1 --state planned
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        listed = acts.list_visits(session, Slot(slot))
    shown = [each for each in listed if (each.state == state if state else each.state is not VisitStatus.REPLACED)]
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
    console.show_table("", columns, [_listed_row(each) for each in shown])
    counts = Counter(each.state for each in listed)
    replaced = counts.pop(VisitStatus.REPLACED, 0)
    parts = tuple(_say_count(state, counts[state]) for state in VisitStatus if counts[state])
    console.show_note(say("visits: {count} ({parts})", count=counts.total(), parts=parts))
    if replaced:
        console.show_note(say("drawn again, and listed with --state replaced: {count}", count=replaced))


def _say_count(state: VisitStatus, count: int) -> str:
    return f"{state.label.text(current())} {count}"


def _listed_row(listed: ListedVisit) -> tuple[str, ...]:
    visit, outcome = listed.visit, listed.outcome
    result = _remark(listed) if outcome is None else f"{outcome.worst.value} {outcome.worst.label.text(current())}"
    day = "" if visit.day is None else visit.day.isoformat()
    return (day, visit.entity, visit.name, listed.state.label.text(current()), result)


def _remark(listed: ListedVisit) -> str:
    """Say what became of a visit that has no result: who draws it again, where it went, from where it was moved."""
    remarks: list[Message] = list(find_marks(listed.visit))
    if listed.held_by is not None:
        remarks.append(say("being drawn again by {slot}", slot=listed.held_by))
    if listed.end is not None:
        where = listed.end.by_slot or listed.end.to_period
        remarks = (
            [say("to {place}", place=where)] if where is not None else [say("on {day}", day=listed.end.day.isoformat())]
        )
    return ("；" if current() == "zh" else "; ").join(map(translate, remarks))


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
    return data


def _end_data(end: VisitChange) -> dict[str, Any]:
    """Give how a visit ended without a result: when, by whom, by whose leave and why, and what came after it."""
    data = {"clock": end.clock, "actor": end.actor, "approver": end.approver, "reason": end.reason}
    later = {"by_slot": end.by_slot, "to_period": end.to_period}
    return data | {key: value for key, value in later.items() if value is not None}
