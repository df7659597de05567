"""Taking from display what a published notice shows: repairs of credit, withdrawals, and the end of its years.

The rules are ``core.publish.version``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.publish.announced import (
    Changed,
    Told,
    check_words,
    keep_change,
    log_change,
    nothing_more,
    require_basis,
    require_results,
    require_seen,
)
from inspect_cli.acts.publish.kept import require_notice
from inspect_cli.acts.publish.renewal import Papers, Reasoned, Scene, list_lines, renew_notice
from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.publish.change import Touched
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.core.publish.version import Years, choose_entries, find_expired
from inspect_cli.storage.notices import find_entries, find_notices, update_entries
from inspect_cli.storage.numbers import find_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.people import Actor, Approval
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.publish.lines import ResultLine
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOrder:
    """Which lines of a notice are no longer to be shown, all where none is named; the approval's reason and the basis are published.

    ``seen`` are the lines that somebody saw and said yes to; None: nobody was asked.
    """

    papers: Papers
    document: str
    action: IssueAction
    approval: Approval
    basis: str
    entities: tuple[EntityId, ...] = ()
    seen: tuple[Entry, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What an order would take from display: the lines, and each as the public reads it; nothing where that was done before."""

    kept: KeptNotice
    entries: tuple[Entry, ...]
    lines: Mapping[EntityId, ResultLine]
    is_done: bool


def look_at_ending(store: Store, actor: Actor, order: EndOrder) -> Ending:
    """Say what would be taken from display; raises as ``end_lines``."""
    _require_leave(actor, order)
    with store.reading() as session:
        kept, order = _settle(session, order)
        if is_ended(kept, order):
            return Ending(kept=kept, entries=(), lines={}, is_done=True)
        chosen = _choose(kept, order)
        check_words(session, kept, (order.approval.reason, order.basis))
        wanted = [(entry, entry.outcome_version) for entry in chosen]
        lines = list_lines(session, order.papers.bureau, chosen[0].slot, wanted) if chosen else {}
        return Ending(kept=kept, entries=chosen, lines=lines, is_done=False)


def end_lines(store: Store, actor: Actor, order: EndOrder) -> Changed:
    """Take lines of a notice, or all of it, from display: for a repair of credit, or because it is withdrawn; ⑥ says so and names nobody.

    The same again gives what stands. Raises ``UsageMistake`` where there is no such notice or it never named an entity, ``RefusedError``
    where it shows it no more, the second person may not give leave, or the actor is no publisher.
    """
    _require_leave(actor, order)
    with store.transaction() as session:
        kept, order = _settle(session, order)
        if is_ended(kept, order):
            return Changed(notice=kept.notice, version=kept.newest, entries=(), announced=None, is_new=False)
        chosen = _choose(kept, order)
        require_seen(order.seen, chosen, kept.notice.document)
        why = Reasoned(
            action=order.action,
            reason=order.approval.reason,
            basis=order.basis,
            approver=order.approval.approver,
        )
        scene = Scene(session=session, actor=actor, papers=order.papers)
        changed = _announce_ending(scene, kept, why, chosen)
        is_whole = order.action is IssueAction.WITHDRAWN and not order.entities
        changed = replace(changed, is_recalled=is_whole and kept.notice.kind is NoticeKind.RESULT)
        log_change(scene, changed, [], order.approval)
    return changed


def expire_lines(store: Store, actor: Actor, papers: Papers) -> tuple[Changed, ...]:
    """Take from display every line whose years are over (VERSION-4), in a new version of each notice; in the order of the notices.

    Raises ``RefusedError`` where the actor is no publisher.
    """
    people.require_role(papers.bureau.people, actor.name, Role.PUBLISHER)
    changes = []
    with store.transaction() as session:
        for kept, over in find_overdue(session, papers.bureau, actor.day):
            why = Reasoned(action=IssueAction.EXPIRED)
            scene = Scene(session=session, actor=actor, papers=papers)
            changed = _end(scene, kept, why, over)
            changes.append(changed)
            log_change(scene, changed, [])
    return tuple(changes)


def find_overdue(session: Session, bureau: Bureau, today: date) -> tuple[tuple[KeptNotice, tuple[Entry, ...]], ...]:
    """Find the lines, shown still, whose years are over on a day, by notice."""
    found = []
    for notice in find_notices(session, kind=NoticeKind.RESULT):
        kept = require_notice(session, notice.document)
        years = Years(
            companies=bureau.display_years.number,
            persons=bureau.publication.natural_person_years.number,
        )
        over = find_expired(kept.entries, kept.versions[0].day, years, today)
        if over:
            found.append((kept, over))
    return tuple(found)


def _announce_ending(scene: Scene, kept: KeptNotice, why: Reasoned, chosen: Sequence[Entry]) -> Changed:
    """Publish ⑥ of lines that are no longer shown, and then the versions that show them no more."""
    left = {entry.entity for entry in kept.entries if entry.is_shown} - {entry.entity for entry in chosen}
    is_whole = why.action is IssueAction.WITHDRAWN and not left
    touched = Touched(numbers=() if is_whole else tuple(entry.place for entry in chosen), is_whole=is_whole)
    announced = keep_change(scene, kept, why, Told(touched=touched))
    return replace(_end(scene, kept, replace(why, by=announced.notice), chosen), announced=announced)


def _end(scene: Scene, kept: KeptNotice, why: Reasoned, chosen: Sequence[Entry]) -> Changed:
    """Take lines from a notice, and those of results from the notices that correct them or name their companies (VERSION-6)."""
    session, actor = scene.session, scene.actor
    ended = tuple(replace(entry, state=why.action, since=actor.day) for entry in chosen)
    others = tuple(
        replace(other, state=why.action, since=actor.day)
        for entry in chosen
        if entry.replaced is None
        for other in find_entries(session, slot=entry.slot, entity=entry.entity)
        if other.replaced is not None and other.is_shown
    )
    notices = {one.number: one for one in find_notices(session)}
    update_entries(session, (*ended, *others))
    version = renew_notice(scene, kept.notice.document, why)
    followers = sorted({other.notice for other in others})
    for number in followers:
        is_corrected = notices[number].kind is NoticeKind.DRAW and why.action is IssueAction.WITHDRAWN
        reasoned = replace(why, action=IssueAction.CORRECTED) if is_corrected else why
        renew_notice(scene, notices[number].document, reasoned)
    return Changed(
        notice=kept.notice,
        version=version,
        entries=ended,
        announced=None,
        is_new=True,
        others=tuple(notices[number].document for number in followers),
    )


def _require_leave(actor: Actor, order: EndOrder) -> None:
    """Refuse (``RefusedError``) who may not do it, or without a second person's leave; ``UsageMistake`` where it rests on nothing."""
    bureau = order.papers.bureau
    people.require_role(bureau.people, actor.name, Role.PUBLISHER)
    people.require_second_person(bureau.people, actor, order.approval)
    require_basis(order.basis)


def _settle(session: Session, order: EndOrder) -> tuple[KeptNotice, EndOrder]:
    """Find the notice, and name its lines by the numbers that companies had when they were drawn."""
    kept = require_notice(session, order.document)
    if not order.entities:
        return kept, order
    numbers, listed = find_numbers(session), [entry.entity for entry in kept.entries]
    named = (numbers.find_same(entity, listed) or (entity,) for entity in order.entities)
    return kept, replace(order, entities=tuple(dict.fromkeys(one for found in named for one in found)))


def _choose(kept: KeptNotice, order: EndOrder) -> tuple[Entry, ...]:
    """Choose the lines that an order means, none where a notice without lines is withdrawn; raises as ``end_lines``."""
    if order.action is IssueAction.REPAIRED or order.entities:
        require_results(kept)
    chosen = choose_entries(kept.notice.document, kept.entries, order.entities)
    if not chosen and (order.action is IssueAction.REPAIRED or kept.is_withdrawn):
        raise nothing_more(kept.notice.document)
    return chosen


def is_ended(kept: KeptNotice, order: EndOrder) -> bool:
    """Say whether what is to be ended was ended so before."""
    if not order.entities:
        return order.action is IssueAction.WITHDRAWN and kept.is_withdrawn
    states = {entry.entity: entry.state for entry in kept.entries}
    return all(states.get(entity) is order.action for entity in order.entities)
