"""Queries of results: their versions, the files that belong to them, and what was done afterwards.

What does not live here: the domains of the newest version, by which other queries look (``storage.visits``).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.publish.issued import NAME_ALONE, Entry, IssueAction
from inspect_cli.core.publish.version import leave_recalled
from inspect_cli.core.visit.attachment import Attachment
from inspect_cli.core.visit.correction import Correction, CorrectionReason
from inspect_cli.core.visit.kept import parse_outcome, render_outcome
from inspect_cli.core.visit.review import OutcomeVersion, ReviewState
from inspect_cli.core.visit.steps import TakenStep
from inspect_cli.errors import StoreError, say
from inspect_cli.storage.faults import RESTORE
from inspect_cli.storage.notice_heads import find_recalled
from inspect_cli.storage.notices import find_entries
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import AttachmentRow, FollowUpStepRow, NoticeEntryRow, OutcomeVersionRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A version as the table keeps it."""

    slot: Slot
    entity: EntityId
    version: int
    content: str
    state: ReviewState
    recorded_by: str
    clock: str
    day: date
    reason: CorrectionReason | None
    basis: str | None
    approver: str | None
    reviewed_by: str | None
    reviewed_on: date | None
    review_reason: str | None
    not_made: bool


_VERSIONS = Shelf(_Kept, OutcomeVersionRow)
_ATTACHMENTS = Shelf(Attachment, AttachmentRow)
_STEPS = Shelf(TakenStep, FollowUpStepRow)
_ENTRIES = Shelf(Entry, NoticeEntryRow)


def add_outcome_versions(session: Session, versions: Iterable[OutcomeVersion]) -> None:
    """Add versions of results; one that is there already breaks a constraint (``StoreError``)."""
    _VERSIONS.add(session, map(_keep, versions))


def update_outcome_versions(session: Session, versions: Iterable[OutcomeVersion]) -> None:
    """Replace versions of the same number: they were reviewed."""
    _VERSIONS.update(session, map(_keep, versions), key=("slot", "entity", "version"))


def find_outcome_versions(
    session: Session, slot: Slot | None = None, entity: EntityId | None = None
) -> tuple[OutcomeVersion, ...]:
    """Find the versions of results (of one draw, of one entity), sorted by slot, entity and version.

    ``StoreError`` where one is damaged.
    """
    columns = _VERSIONS.columns
    conditions = [] if slot is None else [columns.slot == slot]
    if entity is not None:
        conditions.append(columns.entity == entity)
    found = sorted(_VERSIONS.find(session, *conditions), key=lambda one: (one.slot, one.entity, one.version))
    return tuple(map(_read, found))


def find_unsettled(session: Session) -> frozenset[Slot]:
    """Find the draws with a result that awaits approval, or that is approved and in no notice in that or a later version.

    A line whose credit was repaired, or whose years are over, settles every version (REVIEW-6); one that was withdrawn together with its
    notice settles none (VERSION-8).
    """
    columns, entries = _VERSIONS.columns, _ENTRIES.columns
    is_over = entries.state.in_([IssueAction.REPAIRED, IssueAction.EXPIRED])
    newest = case((is_over, sys.maxsize), else_=entries.outcome_version)
    # Grouped once: asked for each version anew, the entries of all years would be gone through as often as there are results.
    told = (
        select(entries.slot, entries.entity, func.max(newest).label("newest"))
        .where(entries.replaced.is_distinct_from(NAME_ALONE))
        .group_by(entries.slot, entries.entity)
        .subquery()
    )
    is_told = (told.c.slot == columns.slot) & (told.c.entity == columns.entity) & (told.c.newest >= columns.version)
    is_unsettled = (columns.state == ReviewState.AWAITING) | (
        (columns.state == ReviewState.APPROVED) & told.c.newest.is_(None)
    )
    wanted = select(columns.slot).select_from(_VERSIONS.table.outerjoin(told, is_told)).where(is_unsettled).distinct()
    return frozenset(map(Slot, session.execute(wanted).scalars())) | _find_untold(session)


def _find_untold(session: Session) -> frozenset[Slot]:
    """Find the draws with results that notices told once, and that count as never told (VERSION-8)."""
    recalled = find_recalled(session)
    slots = {
        one.slot for notice in sorted({line[0] for line in recalled}) for one in find_entries(session, notice=notice)
    }
    untold = set()
    for slot in sorted(slots):
        entries = [one for one in find_entries(session, slot=slot) if not one.is_name]
        told = {one.entity for one in leave_recalled(entries, recalled)}
        if any(one.entity not in told for one in entries):
            untold.add(slot)
    return frozenset(untold)


def find_visited(session: Session, slot: Slot) -> frozenset[EntityId]:
    """Find whose visit of a draw was made: a result of it was recorded, and nobody said of the newest that there was no visit."""
    columns = _VERSIONS.columns
    wanted = select(columns.entity, columns.not_made).where(columns.slot == slot).order_by(columns.version)
    newest = {EntityId(entity): not_made for entity, not_made in session.execute(wanted)}
    return frozenset(entity for entity, not_made in newest.items() if not not_made)


def add_attachments(session: Session, attachments: Iterable[Attachment]) -> None:
    """Add what is kept of files."""
    _ATTACHMENTS.add(session, attachments)


def find_attachments(session: Session, slot: Slot, entity: EntityId | None = None) -> tuple[Attachment, ...]:
    """Find what is kept of the files of a draw (of one entity), in the order in which they were added."""
    columns = _ATTACHMENTS.columns
    conditions = [columns.slot == slot, *(() if entity is None else (columns.entity == entity,))]
    return _ATTACHMENTS.find_in_order(session, "number", *conditions)


def add_steps(session: Session, steps: Iterable[TakenStep]) -> None:
    """Add steps that were taken after results."""
    _STEPS.add(session, steps)


def find_steps(session: Session, slot: Slot | None = None, entity: EntityId | None = None) -> tuple[TakenStep, ...]:
    """Find the steps that were taken (of one draw, of one entity), in the order in which they were kept."""
    columns = _STEPS.columns
    conditions = [] if slot is None else [columns.slot == slot]
    if entity is not None:
        conditions.append(columns.entity == entity)
    return _STEPS.find_in_order(session, "number", *conditions)


def _keep(version: OutcomeVersion) -> _Kept:
    correction = version.correction
    return _Kept(
        slot=version.slot,
        entity=version.entity,
        version=version.version,
        content=render_outcome(version.outcome),
        state=version.state,
        recorded_by=version.recorded_by,
        clock=version.clock,
        day=version.day,
        reason=None if correction is None else correction.reason,
        basis=None if correction is None else correction.basis,
        approver=None if correction is None else correction.approver,
        reviewed_by=version.reviewed_by,
        reviewed_on=version.reviewed_on,
        review_reason=version.review_reason,
        not_made=version.not_made,
    )


def find_damaged_versions(session: Session) -> tuple[StoreError, ...]:
    """Find the versions of results that cannot be read any more, sorted by slot, entity and version, each with what is wrong."""
    found: list[StoreError] = []
    try:
        versions = sorted(_VERSIONS.find(session), key=lambda one: (one.slot, one.entity, one.version))
    except StoreError as error:
        return (error,)
    for kept in versions:
        try:
            _read(kept)
        except StoreError as error:
            found.append(error)
    return tuple(found)


def _read(kept: _Kept) -> OutcomeVersion:
    try:
        outcome = parse_outcome(kept.content)
    except ValueError as error:
        raise StoreError(
            say(
                "version {version} of the result of {entity} in {slot} is damaged in the store",
                version=kept.version,
                entity=kept.entity,
                slot=kept.slot,
            ),
            hint=RESTORE,
        ) from error
    correction = None
    if kept.reason is not None and kept.basis is not None and kept.approver is not None:
        correction = Correction(reason=kept.reason, basis=kept.basis, approver=kept.approver)
    return OutcomeVersion(
        slot=kept.slot,
        entity=kept.entity,
        version=kept.version,
        outcome=outcome,
        state=kept.state,
        recorded_by=kept.recorded_by,
        clock=kept.clock,
        day=kept.day,
        correction=correction,
        reviewed_by=kept.reviewed_by,
        reviewed_on=kept.reviewed_on,
        review_reason=kept.review_reason,
        not_made=kept.not_made,
    )
