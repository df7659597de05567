"""Listing the notices that were published, each with what a list shows and without its texts. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from inspect_cli.acts.publish.kept import month_of
from inspect_cli.core.people import is_same_person
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.storage.notice_list import find_reviewed, find_version_heads
from inspect_cli.storage.notices import find_entries, find_notices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.issued import Entry, Issued
    from inspect_cli.storage.engine import Store
    from inspect_cli.storage.notice_list import Reviewed, VersionHead

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedNotice:
    """A published notice in a list: its first version and its newest, how many lines it has and how many of them are hidden by now.

    ``one_person`` are those whose result one person recorded and approved, or approved and published. ``changes`` are the numbers of
    the notices that it announced a change of, ``announces`` what was done to the first of them; None where it announced none.
    """

    notice: Issued
    first: VersionHead
    newest: VersionHead
    lines: int
    hidden: int
    one_person: tuple[EntityId, ...]
    changes: tuple[str, ...] = ()
    announces: IssueAction | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Say whether it shows its number and title alone (VERSION-5)."""
        return self.newest.action is IssueAction.WITHDRAWN and self.hidden == self.lines


def list_notices(store: Store, period: str | None = None) -> tuple[ListedNotice, ...]:
    """List the notices about a month, a year (all its months) or of all times, in the order in which they were published."""
    with store.reading() as session:
        notices = find_notices(session)
        wanted = [
            one for one in notices if period is None or period in {month_of(one), month_of(one).partition("-")[0]}
        ]
        entries = _group(find_entries(session), lambda entry: entry.notice)
        heads = find_version_heads(session)
        slots = frozenset(entry.slot for one in wanted for entry in entries.get(one.number, ()))
        reviewed = {(one.slot, one.entity, one.version): one for one in find_reviewed(session, slots)}
    documents = {one.number: one.document for one in notices}
    versions, told = _group(heads, lambda head: head.notice), _group(heads, lambda head: head.by)
    listed = []
    for one in wanted:
        first, lines, changed = versions[one.number][0], entries.get(one.number, []), told.get(one.number, [])
        listed.append(
            ListedNotice(
                notice=one,
                first=first,
                newest=versions[one.number][-1],
                lines=len(lines),
                hidden=sum(not entry.is_shown for entry in lines),
                one_person=_find_one_person(lines, reviewed, first.publisher),
                changes=tuple(dict.fromkeys(documents[head.notice] for head in changed)),
                announces=_find_announced(changed),
            )
        )
    return tuple(listed)


def _group(values: Iterable[Value], key: Callable[[Value], int | None]) -> dict[int | None, list[Value]]:
    """Put together what has the same key, in its order."""
    found: dict[int | None, list[Value]] = {}
    for one in values:
        found.setdefault(key(one), []).append(one)
    return found


def _find_announced(changed: Sequence[VersionHead]) -> IssueAction | None:
    """Say what a notice announced: a draw's notice is corrected where a line of results was withdrawn (VERSION-6)."""
    actions = [head.action for head in changed]
    return next((action for action in actions if action is not IssueAction.CORRECTED), actions[0] if actions else None)


def _find_one_person(
    lines: Sequence[Entry], reviewed: Mapping[tuple[Slot, EntityId, int], Reviewed], publisher: str
) -> tuple[EntityId, ...]:
    return tuple(
        entry.entity
        for entry in sorted(lines, key=lambda entry: entry.place)
        if not entry.is_name and _is_by_one(reviewed[entry.slot, entry.entity, entry.outcome_version], publisher)
    )


def _is_by_one(reviewed: Reviewed, publisher: str) -> bool:
    """Say whether who approved a result recorded it too, or published it."""
    approver = reviewed.reviewed_by
    return approver is not None and any(is_same_person(approver, name) for name in (reviewed.recorded_by, publisher))
