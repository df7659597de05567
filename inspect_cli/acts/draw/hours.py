"""When a source of a draw can be known: a commitment stands before all of them, and no value is kept before its time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.core.draw.fields import parse_instant
from inspect_cli.errors import RefusedError, say

if TYPE_CHECKING:
    from datetime import datetime

    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.people import Actor


def require_ahead(source: Promise, actor: Actor) -> None:
    """Refuse (``RefusedError``) a source whose announced time has come: somebody may know it."""
    if is_reached(source, actor.clock, actor.day):
        raise RefusedError(
            say(
                "the source {name} was announced for {at}, which is past: somebody may know it",
                name=source.name,
                at=source.at,
            ),
            hint=say(
                "name a later time, for a commitment stands before all of its sources: change at in the plan and call "
                "inspect-cli draw commit again, or give draw supplement a later --dice"
            ),
        )


def require_known(source: Promise, actor: Actor) -> None:
    """Refuse (``RefusedError``) a source whose announced time has not come."""
    if not is_reached(source, actor.clock, actor.day):
        raise RefusedError(
            say("the source {name} is announced for {at}: it cannot be known yet", name=source.name, at=source.at),
            hint=say("repeat the command then; nothing was recorded; inspect-cli status says what is waited for"),
        )


def is_reached(source: Promise, clock: datetime, day: date) -> bool:
    """Say whether a source's announced time has come, by the clock, or by the day where ``--today`` sets another one."""
    if day == clock.date():
        return parse_instant(source.at) <= parse_instant(clock.isoformat(timespec="seconds"))
    # Its date alone: RFC 3339 has forms that ``datetime.fromisoformat`` refuses, a small z for one.
    return date.fromisoformat(source.at[:10]) <= day
