"""The versions of a row of a registry: a matter of the published list is another version once an act has changed it.

What lives here: counting. What does not: what the versions said (``storage.history``, ``core.registry.history``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.storage.history import find_origin, find_value_changes

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The version that stands: 1 for a row as it came, one more for each act that changed it.

    ``since`` is the day of the act that made it so; None where that was before the history began.
    """

    number: int
    since: date | None


def read_version(session: Session, noun: str, key: str) -> Version:
    """Read which version of a row stands; the row is one of the registry of ``noun``."""
    acts = {told.act.number: told.act for told in find_value_changes(session, noun, key)}
    origin = find_origin(session, noun, key)
    last = acts[max(acts)] if acts else origin
    return Version(number=len(acts) + 1, since=None if last is None else last.day)
