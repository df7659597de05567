"""``workdays close`` and ``workdays reopen``: days on which nobody, a zone or one entity is not visited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.blackouts import close_days, reopen_days
from inspect_cli.command_line import Command, Day
from inspect_cli.console import Console, Tone
from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.fields import parse_label
from inspect_cli.errors import Message, say
from inspect_cli.files.config import read_bureau
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("first", type=Day())
@click.option("--to", "last", type=Day(), help="The last day; without it FIRST alone.")
@click.option("--zone", help="For the entities of one zone.")
@click.option("--entity", help="For one entity, by its number.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for the bureau.")
@click.pass_obj
def close(app: App, first: date, last: date | None, zone: str | None, entity: str | None, reason: str) -> None:
    """Close days for visits: for everybody, for a zone, or for one entity.

    Working days stay what they are: deadlines count them all the same. Draws that are committed keep their days.

    \b
    Example:
      inspect-cli --as NAME workdays close 2026-12-14 --to 2026-12-16 \\
        --zone 东片 --reason 防汛演练
    """
    wanted = _blackout((first, last), zone, entity, reason)
    done = close_days(Store.open(app.store_url), app.actor(), read_bureau(app.config), wanted)
    console = Console(language=app.language)
    values = {"first": wanted.first.isoformat(), "last": wanted.last.isoformat(), "whom": render_whom(wanted)}
    console.show_line(
        say("no visits from {first} to {last}: {whom}", **values)
        if done.is_new
        else say("no visits from {first} to {last}: {whom}; this was entered before", **values)
    )
    for visit in done.planned:
        told = say(
            "planned on {day} is a visit to {entity} ({slot})",
            day=visit.day.isoformat(),
            entity=visit.entity,
            slot=visit.slot,
        )
        console.show_line(told, Tone.BAD)
    if done.planned:
        console.show_note(
            say("what is planned stays until it is moved (schedule move) or drawn again (draw supplement)")
        )


@click.command(cls=Command)
@click.argument("first", type=Day())
@click.option("--to", "last", type=Day(), help="The last day; without it FIRST alone.")
@click.option("--zone", help="For the entities of one zone.")
@click.option("--entity", help="For one entity, by its number.")
@click.pass_obj
def reopen(app: App, first: date, last: date | None, zone: str | None, entity: str | None) -> None:
    """Open days again that were closed for the same zone, entity or everybody.

    \b
    Example:
      inspect-cli --as NAME workdays reopen 2026-12-16 --zone 东片
    """
    wanted = _blackout((first, last), zone, entity, "")
    reopen_days(Store.open(app.store_url), app.actor(), read_bureau(app.config), wanted)
    done = say(
        "visits are possible again from {first} to {last}: {whom}",
        first=wanted.first.isoformat(),
        last=wanted.last.isoformat(),
        whom=render_whom(wanted),
    )
    Console(language=app.language).show_line(done)


def render_whom(blackout: Blackout) -> Message:
    """Say whom days without visits concern."""
    if blackout.zone is not None:
        return say("zone {zone}", zone=blackout.zone)
    if blackout.entity is not None:
        return say("entity {entity}", entity=blackout.entity)
    return say("everybody")


def _blackout(days: tuple[date, date | None], zone: str | None, entity: str | None, reason: str) -> Blackout:
    first, last = days
    return Blackout(
        first=first,
        last=last or first,
        reason=reason.strip(),
        zone=None if zone is None else parse_label(zone),
        entity=None if entity is None else EntityId(entity),
    )
