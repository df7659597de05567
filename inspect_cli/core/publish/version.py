"""Later versions of a published notice: what may be changed of it, and what is no longer shown.

What does not live here: what a published notice and its entries are (``issued``), and what their papers say (``change``).

Rules:

VERSION-1  A line is corrected where a newer approved version of its result says something else to the public than the line does.
VERSION-2  A repair of credit and a withdrawal name lines that are shown, or all of them; each has a reason, a basis and a second person's
           leave. Reason and basis are published as they stand.
VERSION-3  What is no longer shown in a notice never comes back there.
VERSION-4  A line's years are over on the day so many years after its notice was published first, a sole trader's after the years of
           natural persons (DUE-6). A correction does not begin them anew.
VERSION-5  A notice that was withdrawn whole, or whose last line was withdrawn, shows its number and its title, and nothing else.
VERSION-6  A notice of a correction that tells of a line, and a notice of a draw that names its company, are changed together with it, and
           show as little of it. By a line that is withdrawn the draw's notice is corrected: it does not end with its names.
VERSION-7  A result that was withdrawn is published again only as a newer version that was approved since, and in another notice; one whose
           credit was repaired or whose years are over is not.
VERSION-8  A line that was withdrawn together with its whole notice, no line named, counts as never told: nothing was said against its
           result, which is to be published in another notice as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.publish.deadline import add_years
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.errors import RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date

    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.issued import Entry, IssuedVersion
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """How many years a line is shown: that of a company, and that of a person, as it was named (MASK-3)."""

    companies: int
    persons: int

    def last_of(self, entry: Entry, published: date) -> date:
        """Give the first day on which a line is not shown any more (VERSION-4)."""
        return add_years(published, self.companies if entry.naming is None else self.persons)


def find_expired(entries: Sequence[Entry], published: date, years: Years, today: date) -> tuple[Entry, ...]:
    """Find the lines of a notice, shown still, whose years are over (VERSION-4)."""
    return tuple(entry for entry in entries if entry.is_shown and years.last_of(entry, published) <= today)


def is_withdrawn(versions: Sequence[IssuedVersion], entries: Sequence[Entry]) -> bool:
    """Say whether a notice shows its number and title alone (VERSION-5)."""
    return versions[-1].action is IssueAction.WITHDRAWN and not any(entry.is_shown for entry in entries)


def choose_entries(document: str, entries: Sequence[Entry], named: Sequence[EntityId]) -> tuple[Entry, ...]:
    """Choose the lines of a notice that are meant, all that are shown where none is named, in their places (VERSION-2, VERSION-3).

    ``UsageMistake`` for an entity that the notice never named, ``RefusedError`` for one that it shows no more.
    """
    if not named:
        return tuple(entry for entry in entries if entry.is_shown)
    found = {entry.entity: entry for entry in entries}
    for entity in named:
        if entity not in found:
            raise UsageMistake(
                say("{document} does not name {entity}", document=document, entity=entity), hint=_show(document)
            )
        if not found[entity].is_shown:
            raise RefusedError(
                say(
                    "{document} no longer shows {entity}: {state}",
                    document=document,
                    entity=entity,
                    state=found[entity].state.label.term,
                ),
                hint=_show(document),
            )
    return tuple(entry for entry in entries if entry.entity in set(named))


def may_be_published(entry: Entry | None, version: OutcomeVersion) -> bool:
    """Say whether an approved version of a result may be listed in a new notice, which had ``entry`` in an earlier one (VERSION-7)."""
    if entry is None:
        return True
    is_newer = version.version > entry.outcome_version
    is_since = version.reviewed_on is not None and version.reviewed_on >= entry.since
    return entry.state is IssueAction.WITHDRAWN and is_newer and is_since


def leave_recalled(entries: Iterable[Entry], recalled: Container[tuple[int, int]]) -> tuple[Entry, ...]:
    """Leave out the lines that count as never told, and what corrections said of them (VERSION-8); the rest in the notices' order.

    ``recalled`` are lines of notices of results by notice and place; ``entries`` has all of each visit.
    """
    kept, gone = [], set[tuple["Slot", "EntityId"]]()
    for entry in sorted(entries, key=lambda one: one.notice):
        visit = (entry.slot, entry.entity)
        if entry.replaced is None:
            gone.discard(visit)
            if (entry.notice, entry.place) in recalled:
                gone.add(visit)
        if entry.is_name or visit not in gone:
            kept.append(entry)
    return tuple(kept)


def _show(document: str) -> Message:
    return say("see what it names with: inspect-cli notice show {document}", document=document)
