"""``log``: what was done, by whom, when, and for which day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.command_line import Command, Day, Group, json_option
from inspect_cli.console import Column, Console
from inspect_cli.errors import say
from inspect_cli.language import _
from inspect_cli.storage.act_log import ActRecord, find_acts
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App


@click.group(cls=Group)
def log() -> None:
    """Read the log of all acts: one row for each change of the store.

    \b
    Example:
      inspect-cli log show --act draw
    """


@log.command(cls=Command)
@click.option("--act", metavar="WORDS", help="Only acts of this kind: entity, or entity import.")
@click.option("--by", metavar="NAME", help="Only what this person did.")
@click.option("--since", type=Day(), help="Only acts for this day and later ones.")
@json_option
@click.pass_obj
def show(app: App, act: str | None, by: str | None, since: date | None, as_json: bool) -> None:
    """Show the acts in the order in which they were done.

    An act whose day (--today) is not the clock's is marked with an asterisk. Names are claims as long as no key proves them.

    \b
    Example:
      inspect-cli log show --since 2026-12-01 --by 操作员甲
    """
    with Store.open(app.store_url).reading() as session:
        acts = find_acts(session, act=act, by=by, since=since)
    console = Console(language=app.language)
    if as_json:
        console.show_json([_act_data(one) for one in acts])
        return
    columns = [
        Column(title=_("no."), is_number=True),
        Column(title=_("clock"), is_key=True),
        Column(title=_("for the day"), is_key=True),
        Column(title=_("who, approved by"), is_wrapped=True),
        Column(title=_("act"), is_wrapped=True),
        Column(title=_("subject"), is_wrapped=True),
    ]
    console.show_table("", columns, (_cells(one) for one in acts))
    if any(one.is_dated_elsewhere for one in acts):
        console.show_note(say("* done for another day than the clock showed (--today)"))


def _cells(one: ActRecord) -> tuple[str, ...]:
    day = f"{one.day.isoformat()}{'*' if one.is_dated_elsewhere else ''}"
    who = one.actor if one.approver is None else f"{one.actor}, {one.approver} ({one.reason})"
    return (str(one.number), one.clock[:16].replace("T", " "), day, who, one.act, one.subject)


def _act_data(one: ActRecord) -> dict[str, Any]:
    """Give what ``--json`` shows of an act: stable keys, documented in docs/json.md."""
    return {
        "number": one.number,
        "clock": one.clock,
        "day": one.day.isoformat(),
        "dated_elsewhere": one.is_dated_elsewhere,
        "actor": one.actor,
        "act": one.act,
        "subject": one.subject,
        "detail": json.loads(one.detail),
        "approver": one.approver,
        "reason": one.reason,
    }
