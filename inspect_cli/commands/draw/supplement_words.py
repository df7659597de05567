"""What a person types after the options of ``draw supplement``: days, people with their days, pairs, closed days."""

from __future__ import annotations

import re
from datetime import date

from inspect_cli.acts.draw.supplement_order import Away, Closure, Days
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.errors import UsageMistake, say

_SQUAD = "squad:"
_DAYS = re.compile(r"(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})(?P<range>\.\.(?P<last>[0-9]{4}-[0-9]{2}-[0-9]{2})?)?")


def parse_away(text: str) -> Away:
    """Parse ``WHO``, ``WHO=DAY``, ``WHO=FIRST..LAST`` or ``WHO=FIRST..``; WHO is an inspector's number or ``squad:NAME``."""
    who, days = _split_days(text)
    if who.startswith(_SQUAD):
        return Away(who=who.removeprefix(_SQUAD).strip(), days=days or Days(), is_squad=True)
    return Away(who=who, days=days or Days())


def parse_pair(text: str) -> tuple[InspectorId, EntityId]:
    """Parse ``PERSON=ENTITY``; ``UsageMistake`` when it is none."""
    person, equals, entity = text.partition("=")
    if not person.strip() or not equals or not entity.strip():
        raise UsageMistake(
            say("{value} does not name a person and an entity", value=text),
            hint=say("write PERSON=ENTITY, such as R01=E07"),
        )
    return InspectorId(person.strip()), EntityId(entity.strip())


def parse_closure(text: str) -> Closure:
    """Parse ``DAY`` or ``FIRST..LAST`` for all visits, and either after ``ENTITY=`` for one."""
    whole = _parse_days(text.strip())
    if whole is not None:
        return Closure(entity=None, days=whole)
    entity, days = _split_days(text)
    if days is None:
        raise UsageMistake(
            say("{value} names no day that is closed", value=text),
            hint=say(
                "write ENTITY=DAY, or DAY alone for all visits; days are written 2026-12-08 or 2026-12-08..2026-12-10"
            ),
        )
    return Closure(entity=EntityId(entity), days=days)


def _split_days(text: str) -> tuple[str, Days | None]:
    """Part what stands before the last equals sign from the days behind it; without days the whole is the name."""
    name, equals, behind = text.rpartition("=")
    if not equals:
        return text.strip(), None
    days = _parse_days(behind.strip())
    if days is None or not name.strip():
        raise UsageMistake(
            say("{value} does not end in days", value=text),
            hint=say("write days as 2026-12-08, 2026-12-08..2026-12-10, or 2026-12-08.. until the end of the month"),
        )
    return name.strip(), days


def _parse_days(text: str) -> Days | None:
    match = _DAYS.fullmatch(text)
    if match is None:
        return None
    try:
        first = date.fromisoformat(match["first"])
        last = date.fromisoformat(match["last"]) if match["last"] else (None if match["range"] else first)
    except ValueError:
        return None
    return Days(first=first, last=last)
