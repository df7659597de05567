"""Gathering what a notice of a draw shows: from the frozen bytes, the approved outcomes and the settings to a view.

Nothing is changed here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import find_ceremony, require_draw, require_result
from inspect_cli.acts.publish.batch import find_batch
from inspect_cli.acts.publish.gathered import find_approved_outcomes, find_history, find_namings, find_withheld
from inspect_cli.acts.publish.periodic import gather_periodic
from inspect_cli.acts.visit.schedule import find_run
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_excluded_rows
from inspect_cli.core.publish.dossier import Committed, Drawn, Link, Listing
from inspect_cli.core.publish.issued import NoticeKind, Subject
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.storage.draws import DrawState
from inspect_cli.storage.visits import find_visit_changes, find_visits

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.publish.all_views import NoticeView
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store


def read_view(store: Store, bureau: Bureau, subject: Subject) -> NoticeView:
    """Gather the view of a notice as it could be published now: of results those that no notice shows yet.

    Raises as ``gather_view``.
    """
    with store.reading() as session:
        return gather_view(session, bureau, subject, find_batch(session, subject).listing)


def gather_view(session: Session, bureau: Bureau, subject: Subject, listing: Listing | None = None) -> NoticeView:
    """Gather the view of a notice; ``listing`` says which outcomes it lists, or names in a notice of the draw, None: all that it may.

    ``UsageMistake`` where there is no such draw, ``RefusedError`` where it has not come so far, ``ValueError`` for a notice of a change.
    """
    if subject.slot is None:
        return gather_periodic(session, bureau, subject)
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
    outcomes = {entity: version.outcome for entity, version in approved.items()} | dict(listing.outcomes)
    slots = [link.commitment.slot for link in committed.chain]
    return Drawn(
        committed=committed,
        result=result,
        drawn_at=datetime.fromisoformat(run.clock),
        day=run.day,
        entities=parse_entity_rows(record.entities),
        excluded=parse_excluded_rows(record.excluded),
        outcomes=outcomes,
        ends=ends,
        awaiting=frozenset(recorded - set(approved)),
        ceremony=find_ceremony(session, record.slot),
        listing=listing,
        namings=find_namings(session, committed.bureau.publication.sole_traders, slots, outcomes),
        withheld=find_withheld(session, slots),
    )
