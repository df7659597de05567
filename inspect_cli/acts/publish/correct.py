"""Correcting what a published notice of results shows: the newer approved versions of its results, announced by a notice of their own.

The rules are ``core.publish.version``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.publish.announced import Changed, Told, keep_change, log_change, require_results, require_seen
from inspect_cli.acts.publish.gathered import find_approved_outcomes, find_current_outcomes
from inspect_cli.acts.publish.kept import require_notice
from inspect_cli.acts.publish.renewal import Papers, Reasoned, Scene, list_changes, list_lines, renew_notice
from inspect_cli.core import people
from inspect_cli.core.names import Slot
from inspect_cli.core.people import Role
from inspect_cli.core.publish.change import CORRECTED, Touched
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.core.visit.review import ReviewState, is_by_one_person, require_other_publisher
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.notices import add_entries, update_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.people import Actor
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.publish.lines import ResultLine
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectOrder:
    """Which notice is corrected; ``reason`` and ``basis`` are published, empty: as the program and the settings have them.

    ``seen`` are the corrections that somebody saw and said yes to; None: nobody was asked.
    """

    papers: Papers
    document: str
    reason: str = ""
    basis: str = ""
    seen: tuple[Correction, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A line whose result has a newer approved version, as the public reads it, and as it would read it."""

    entry: Entry
    version: OutcomeVersion
    before: ResultLine
    after: ResultLine

    @property
    def is_public(self) -> bool:
        """Say whether it says something else to the public (VERSION-1)."""
        return self.before != self.after


def correct_notice(store: Store, actor: Actor, order: CorrectOrder) -> Changed:
    """Publish the newer approved versions of the results that a notice shows, and a notice (⑥) of what is corrected.

    Nothing is published where no line would say something else. Raises ``UsageMistake`` where there is no such notice, ``RefusedError``
    where it has no results, the actor approved one of them, or is no publisher.
    """
    bureau = order.papers.bureau
    people.require_role(bureau.people, actor.name, Role.PUBLISHER)
    with store.transaction() as session:
        kept = require_notice(session, order.document)
        require_results(kept)
        found = find_corrections(session, bureau, kept)
        require_seen(order.seen, found, kept.notice.document)
        for one in found:
            require_other_publisher(one.version, actor.name, two_roles=bureau.two_roles)
        public = tuple(one for one in found if one.is_public)
        if not public:
            if found:
                update_entries(session, (_correct(one, actor) for one in found))
                add_act(session, actor, Act(act="notice correct", subject=order.document, detail={"entries": 0}))
            return Changed(notice=kept.notice, version=kept.newest, entries=(), announced=None, is_new=False)
        why = Reasoned(
            action=IssueAction.CORRECTED,
            reason=order.reason.strip() or CORRECTED.zh,
            basis=order.basis.strip() or bureau.correction_working_days.basis,
            approver="、".join(dict.fromkeys(one.version.reviewed_by or "" for one in public)),
        )
        scene = Scene(session=session, actor=actor, papers=order.papers)
        changed = _announce(scene, kept, why, found)
        both: list[JSON] = [one.entry.entity for one in public if is_by_one_person(one.version, actor.name)]
        log_change(scene, changed, both)
    return changed


def find_corrections(session: Session, bureau: Bureau, kept: KeptNotice) -> tuple[Correction, ...]:
    """Find the lines of a notice of results, shown still, whose result has a newer approved version."""
    newer: dict[EntityId, tuple[Entry, OutcomeVersion]] = {}
    approved = {slot: find_approved_outcomes(session, slot) for slot in sorted({entry.slot for entry in kept.entries})}
    for entry in kept.entries:
        version = approved[entry.slot].get(entry.entity)
        if entry.is_shown and version is not None and version.version > entry.outcome_version:
            newer[entry.entity] = (entry, version)
    if not newer or kept.notice.slot is None:
        return ()
    entries = [entry for entry, _ in newer.values()]
    before = list_lines(session, bureau, kept.notice.slot, [(entry, entry.outcome_version) for entry in entries])
    after = list_lines(session, bureau, kept.notice.slot, [(entry, one.version) for entry, one in newer.values()])
    return tuple(
        Correction(entry=entry, version=version, before=before[entry.entity], after=after[entry.entity])
        for entry, version in newer.values()
    )


def find_awaiting(session: Session, kept: KeptNotice) -> tuple[Entry, ...]:
    """Find the lines of a notice, shown still, whose correction nobody has approved yet."""
    current = {
        (slot, entity): version
        for slot in sorted({entry.slot for entry in kept.entries})
        for entity, version in find_current_outcomes(session, slot).items()
    }
    return tuple(
        entry
        for entry in kept.entries
        if entry.is_shown and current[entry.slot, entry.entity].state is ReviewState.AWAITING
    )


def _announce(scene: Scene, kept: KeptNotice, why: Reasoned, found: Sequence[Correction]) -> Changed:
    """Publish ⑥ of the lines that say something else to the public, and then the version of the notice that says it too."""
    notice, actor = kept.notice, scene.actor
    public = tuple(one for one in found if one.is_public)
    told = tuple(
        replace(
            one.entry,
            outcome_version=one.version.version,
            replaced=one.entry.outcome_version,
            state=IssueAction.PUBLISHED,
            since=actor.day,
        )
        for one in public
    )
    rows = list_changes(scene.session, scene.papers.bureau, notice.slot or Slot(""), told)
    announced = keep_change(
        scene, kept, why, Told(touched=Touched(rows=rows), versions=tuple(one.version for one in public))
    )
    entries = tuple(replace(entry, notice=announced.notice.number) for entry in told)
    add_entries(scene.session, entries)
    # Only now: the last day of ⑥ hangs on what the lines told until then.
    update_entries(scene.session, (_correct(one, actor) for one in found))
    version = renew_notice(scene, notice.document, replace(why, by=announced.notice))
    return Changed(
        notice=notice,
        version=version,
        entries=tuple(_correct(one, actor) for one in public),
        announced=replace(announced, entries=entries),
        is_new=True,
    )


def _correct(one: Correction, actor: Actor) -> Entry:
    """Give a line with its newer version; where the public would read the same, it is not called corrected."""
    entry = replace(one.entry, outcome_version=one.version.version)
    return replace(entry, state=IssueAction.CORRECTED, since=actor.day) if one.is_public else entry
