"""``visit list``: where each visit of a draw stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts import visits as acts
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.visit.data import outcome_data
from inspect_cli.console import Column, Console
from inspect_cli.core.names import Slot
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.errors import say
from inspect_cli.language import _, current
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.visits import ListedVisit
    from inspect_cli.app import App


@click.command("list", cls=Command)
@click.argument("slot", help="The draw.")
@click.option(
    "--state", type=click.Choice([state.value for state in VisitState]), help="Only the visits that stand so."
)
@json_option
@click.pass_obj
def list_visits(app: App, slot: str, *, state: str | None, as_json: bool) -> None:
    """List the visits of a draw with their days and results.

    \b
    Example:
      inspect-cli visit list 2026-12/1 --state planned
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        listed = acts.list_visits(session, Slot(slot))
    shown = [each for each in listed if state is None or each.state == state]
    if as_json:
        console.show_json([_listed_data(each) for each in shown])
        return
    columns = [
        Column(title=_("day"), is_key=True),
        Column(title=_("entity"), is_key=True),
        Column(title=_("name")),
        Column(title=_("state"), is_key=True),
        Column(title=_("result")),
    ]
    console.show_table("", columns, [_listed_row(each) for each in shown])
    counts = Counter(each.state for each in listed)
    console.show_note(
        say(
            "{recorded} of {all} visits are recorded, {planned} planned, {open} open",
            recorded=counts[VisitState.RECORDED],
            all=len(listed),
            planned=counts[VisitState.PLANNED],
            open=counts[VisitState.OPEN],
        )
    )


def _listed_row(listed: ListedVisit) -> tuple[str, ...]:
    visit, outcome = listed.visit, listed.outcome
    result = "" if outcome is None else f"{outcome.worst.value} {outcome.worst.label.text(current())}"
    day = "" if visit.day is None else visit.day.isoformat()
    return (day, visit.entity, visit.name, listed.state.label.text(current()), result)


def _listed_data(listed: ListedVisit) -> dict[str, Any]:
    """Give one visit as data; a day, or why it is open; the outcome once it is recorded."""
    visit = listed.visit
    data: dict[str, Any] = {"slot": visit.slot, "entity": visit.entity, "name": visit.name, "state": listed.state.value}
    data["domains"] = list(visit.domains)
    if visit.day is not None:
        data["day"] = visit.day.isoformat()
    if visit.open is not None:
        data["open"] = visit.open.value
    if listed.outcome is not None:
        data["outcome"] = outcome_data(listed.outcome)
    return data
