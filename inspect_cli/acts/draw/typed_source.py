"""A source of chance as it is typed after an option: dice or a drand round, by the time alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.drand import announce_round
from inspect_cli.core.draw.promise import DicePromise
from inspect_cli.core.plan.draft import DICE_NAME
from inspect_cli.errors import InputError, UsageMistake, say

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.promise import Promise

DRAND_NAME: Final = "drand 公共随机信标（quicknet）"
"""What a drand round is called in a commitment: the same words whatever language the screen speaks."""

_DICE = 20
_SIDES = 10


def parse_source(text: str, bureau: Bureau) -> Promise:
    """Parse ``drand=TIME`` (the first round at or after it) or ``dice=TIME``; ``UsageMistake`` when it is neither."""
    kind, equals, time = text.partition("=")
    match kind.strip().lower(), equals:
        case "dice", "=":
            return parse_dice(time, bureau)
        case "drand", "=":
            try:
                return announce_round(DRAND_NAME, _parse_hour(time, bureau).isoformat())
            except InputError as error:
                raise UsageMistake(error.what, hint=error.hint) from error
    raise UsageMistake(
        say("{value} names no source", value=text),
        hint=say("write drand=TIME or dice=TIME, such as drand=2026-12-01T09:00+08:00; other kinds stand in a file"),
    )


def parse_dice(text: str, bureau: Bureau) -> DicePromise:
    """Parse the hour at which twenty ten-sided dice are rolled, in the bureau's time unless it says another."""
    at = _parse_hour(text, bureau).isoformat(timespec="seconds")
    return DicePromise(name=DICE_NAME, at=at, count=_DICE, sides=_SIDES)


def _parse_hour(text: str, bureau: Bureau) -> datetime:
    """Parse a day with an hour, in the bureau's time unless it says another."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise _no_hour(text) from error
    if "T" not in text.upper() and " " not in text.strip():
        raise _no_hour(text)
    return at if at.tzinfo is not None else datetime.fromisoformat(f"{at.isoformat()}{bureau.utc_offset}")


def _no_hour(text: str) -> UsageMistake:
    return UsageMistake(say("{value} is not a day with an hour", value=text), hint=say("write it as 2026-12-08T09:00"))
