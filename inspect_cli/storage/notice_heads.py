"""Queries of published notices without what they say: when each was published, how late that could be, and which were withdrawn.

The notices with their texts are ``storage.notices``'s matter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.notices import find_notices
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import NoticeVersionRow

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstVersion:
    """When a notice (by its place in the store) was first published, and its last day (None where no rule says)."""

    notice: int
    day: date
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ended:
    """A version by which lines of a notice were withdrawn, or the whole notice."""

    notice: int


_FIRST = Shelf(FirstVersion, NoticeVersionRow)
_ENDED = Shelf(_Ended, NoticeVersionRow)


def find_first_versions(session: Session) -> dict[int, FirstVersion]:
    """Find the first version of every notice, without its texts, by the notice's place."""
    return {one.notice: one for one in _FIRST.find(session, _FIRST.columns.version == 1)}


def find_withdrawn(session: Session) -> frozenset[int]:
    """Find the notices that were withdrawn, one with lines also where a line was, by their places."""
    withdrawn = _ENDED.find(session, _ENDED.columns.action == IssueAction.WITHDRAWN)
    return frozenset(one.notice for one in withdrawn)


def find_recalled(session: Session) -> dict[tuple[int, int], int]:
    """Find the lines that were withdrawn together with their whole notice (VERSION-8), by notice and place.

    Each with the place of the notice that announced it.
    """
    if not find_withdrawn(session):
        return {}
    recalled = {}
    numbers = {one.document: one.number for one in find_notices(session)}
    for act in find_acts(session, act="notice withdraw"):
        detail = json.loads(act.detail)
        for place in detail.get("recalled", ()):
            recalled[numbers[act.subject], place] = numbers[detail["document"]]
    return recalled
