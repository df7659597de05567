"""How a draw was held: where, and who looked on. No rule of the draw uses it; its notice and its record tell it.

What does not live here: the sources of the seed and whoever speaks for them (``promise``), which are committed beforehand.

Rules:

CEREMONY-1  Place and witnesses are said once, with the act that draws or later, and are published as they are said: the notice of a draw
            names time, place and witnesses. Saying something else of a draw of which they were said is refused.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from inspect_cli.core.personal_number import find_personal_number
from inspect_cli.errors import RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 100
"""Characters of a place or of a witness's name."""

MOST: Final = 20
"""Witnesses of one draw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceremony:
    """Where a draw was held and who looked on, as it is to be published; None and empty where nobody says so."""

    place: str | None = None
    witnesses: tuple[str, ...] = ()


def make_ceremony(place: str | None, witnesses: Iterable[str]) -> Ceremony:
    """Make what somebody says of a draw.

    Raises ``UsageMistake`` for an empty or overlong text, what cannot be seen, a telephone or identity number, or too many witnesses.
    """
    named = tuple(witnesses)
    for text in (*(() if place is None else (place,)), *named):
        is_plain = not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for sign in text)
        if not text.strip() or len(text) > LONGEST or not is_plain:
            raise UsageMistake(
                say(
                    "{text} is no place and no name of a witness: one line of at most {limit} characters",
                    text=repr(text),
                    limit=LONGEST,
                ),
                hint=say("say --place and each --witness as they are to be published"),
            )
        private = find_personal_number(text)
        if private is not None:
            raise UsageMistake(
                say("{text} holds {number}, which looks like somebody's number", text=text, number=private),
                hint=say("leave it out: --place and --witness are published as they stand"),
            )
    if len(named) > MOST:
        raise UsageMistake(
            say("{count} witnesses are more than {limit}", count=len(named), limit=MOST),
            hint=say("name those who are to be published"),
        )
    return Ceremony(place=None if place is None else place.strip(), witnesses=tuple(name.strip() for name in named))


def render_ceremony(ceremony: Ceremony) -> dict[str, Any]:
    """Render it for the log of acts: only what was said."""
    data: dict[str, Any] = {} if ceremony.place is None else {"place": ceremony.place}
    return data | ({"witnesses": list(ceremony.witnesses)} if ceremony.witnesses else {})


def parse_ceremony(detail: str) -> Ceremony:
    """Read it from the log of acts, as ``render_ceremony`` made it among other things."""
    data = json.loads(detail)
    return Ceremony(place=data.get("place"), witnesses=tuple(data.get("witnesses", ())))


def is_said_anew(kept: Ceremony, said: Ceremony) -> bool:
    """Say whether something is said of a draw of which nothing was said before (CEREMONY-1).

    Raises ``RefusedError`` where something else was said; whoever says nothing asks for nothing.
    """
    if said in {Ceremony(), kept}:
        return False
    if kept != Ceremony():
        raise RefusedError(
            say("another place or other witnesses were said of this draw already"),
            hint=say("what was said stands in the log: inspect-cli log show"),
        )
    return True
