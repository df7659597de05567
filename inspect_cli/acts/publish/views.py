"""Gathering what a notice of a draw shows: from the frozen bytes, the approved outcomes and the settings to a view.

Nothing is changed here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.visit.schedule import find_run
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_excluded_rows
from inspect_cli.core.publish.dossier import Committed, Drawn, Link, Listing
from inspect_cli.core.publish.issued import NoticeKind, Subject
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.review import find_approved
from inspect_cli.storage.draws import DrawState, find_draws
from inspect_cli.storage.results import find_outcome_versions
from inspect_cli.storage.visits import find_visit_changes, find_visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.view import NoticeView
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store


def read_view(store: Store, bureau: Bureau, slot: Slot, kind: NoticeKind) -> NoticeView:
    """Gather the view of a draw's notice as it could be published now; raises as ``gather_view``."""
    with store.reading() as session:
        return gather_view(session, bureau, Subject(kind=kind, slot=slot))


def gather_view(session: Session, bureau: Bureau, subject: Subject, listing: Listing | None = None) -> NoticeView:
    """Gather the view of a draw's notice; ``listing`` says which outcomes a notice of results lists, None: all.

    ``UsageMistake`` where there is no such draw, ``RefusedError`` where it has not come so far, ``ValueError`` for a kind that is not of
    a draw.
    """
    if subject.slot is None:
        raise ValueError(subject)
    record = require_draw(session, subject.slot)
    chain = find_history(session, record)
    committed = Committed(
        bureau=bureau,
        commitment=parse_commitment(record.commitment),
        void_reason=record.void_reason,
        chain=tuple(map(_read_link, chain)),
    )
    listed = listing or Listing()
    match subject.kind:
        case NoticeKind.COMMITMENT:
            return view_commitment(committed)
        case NoticeKind.DRAW:
            return view_draw(_read_drawn(session, record, committed, listed))
        case NoticeKind.RESULT:
            # A supplement has results to tell once it is drawn; they are those of its whole chain.
            require_result(record)
            return view_result(_read_drawn(session, chain[0], committed, listed))
        case _:
            raise ValueError(subject)


def find_history(session: Session, record: DrawRecord) -> tuple[DrawRecord, ...]:
    """Find every draw of the chain that a draw belongs to, void ones too, each after all that were committed before it."""
    draws = {one.slot: one for one in find_draws(session, record.period)}
    paths = {slot: _path(draws, slot) for slot in draws}
    chain = [draws[slot] for slot, path in paths.items() if path[0] == paths[record.slot][0]]
    # Of the draws that amend one result all are void but the last.
    return tuple(
        sorted(chain, key=lambda one: (len(paths[one.slot]), one.state is not DrawState.VOID, len(one.slot), one.slot))
    )


def find_approved_outcomes(session: Session, slot: Slot) -> dict[EntityId, OutcomeVersion]:
    """Find the newest approved version of each result of one draw, by entity (REVIEW-4)."""
    versions: dict[EntityId, list[OutcomeVersion]] = {}
    for version in find_outcome_versions(session, slot):
        versions.setdefault(version.entity, []).append(version)
    approved = {entity: find_approved(each) for entity, each in versions.items()}
    return {entity: version for entity, version in approved.items() if version is not None}


def _path(draws: Mapping[Slot, DrawRecord], slot: Slot) -> tuple[Slot, ...]:
    """Give the slots from a chain's first draw to this one."""
    path, amends = [slot], draws[slot].amends
    while amends is not None:
        path.append(amends)
        amends = draws[amends].amends
    return tuple(reversed(path))


def _read_link(record: DrawRecord) -> Link:
    return Link(
        commitment=parse_commitment(record.commitment),
        result=None if record.result is None else parse_result(record.result),
        is_void=record.state is DrawState.VOID,
    )


def _read_drawn(session: Session, record: DrawRecord, committed: Committed, listing: Listing) -> Drawn:
    result = require_result(record)  # first: the log of a draw that was not run has no such row
    run = find_run(session, record.slot)
    approved: dict[EntityId, OutcomeVersion] = {}
    recorded: set[EntityId] = set()
    ends: dict[EntityId, VisitChange] = {}
    for link in committed.chain:
        slot = link.commitment.slot
        approved |= find_approved_outcomes(session, slot)
        recorded |= {one.entity for one in find_visits(session, slot) if one.state is VisitState.RECORDED}
        changes = find_visit_changes(session, slot)
        ends |= {one.entity: one for one in changes if one.kind in {ChangeKind.CANCELLED, ChangeKind.CARRIED_OVER}}
    return Drawn(
        committed=committed,
        result=result,
        drawn_at=datetime.fromisoformat(run.clock),
        day=run.day,
        entities=parse_entity_rows(record.entities),
        excluded=parse_excluded_rows(record.excluded),
        outcomes={entity: version.outcome for entity, version in approved.items()},
        ends=ends,
        awaiting=frozenset(recorded - set(approved)),
        listing=listing,
    )
