"""Gathering what a notice shows: from the frozen bytes, the recorded outcomes and the settings to a view. Nothing is changed here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.visit.schedule import find_run
from inspect_cli.acts.visit.visits import read_outcomes
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_excluded_rows
from inspect_cli.core.publish.dossier import Committed, Drawn, Link
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.storage.draws import DrawState, find_draws
from inspect_cli.storage.visits import find_outcomes, find_visit_changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.view import NoticeView
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store


class NoticeKind(StrEnum):
    """The notices of a draw."""

    COMMITMENT = "commitment"
    DRAW = "draw"
    RESULT = "result"


def read_view(store: Store, bureau: Bureau, slot: Slot, kind: NoticeKind) -> NoticeView:
    """Gather the view of a notice; ``UsageMistake`` where there is no such draw, ``RefusedError`` where it has not come so far."""
    with store.reading() as session:
        record = require_draw(session, slot)
        chain = find_history(session, record)
        committed = Committed(
            bureau=bureau,
            commitment=parse_commitment(record.commitment),
            void_reason=record.void_reason,
            chain=tuple(map(_read_link, chain)),
        )
        match kind:
            case NoticeKind.COMMITMENT:
                return view_commitment(committed)
            case NoticeKind.DRAW:
                return view_draw(_read_drawn(session, record, committed))
            case NoticeKind.RESULT:
                # A supplement has results to tell once it is drawn; they are those of its whole chain.
                require_result(record)
                return view_result(_read_drawn(session, chain[0], committed))
            case _:
                assert_never(kind)


def find_history(session: Session, record: DrawRecord) -> tuple[DrawRecord, ...]:
    """Find every draw of the chain that a draw belongs to, void ones too, each after all that were committed before it."""
    draws = {one.slot: one for one in find_draws(session, record.period)}
    paths = {slot: _path(draws, slot) for slot in draws}
    chain = [draws[slot] for slot, path in paths.items() if path[0] == paths[record.slot][0]]
    # Of the draws that amend one result all are void but the last.
    return tuple(
        sorted(chain, key=lambda one: (len(paths[one.slot]), one.state is not DrawState.VOID, len(one.slot), one.slot))
    )


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


def _read_drawn(session: Session, record: DrawRecord, committed: Committed) -> Drawn:
    result = require_result(record)  # first: the log of a draw that was not run has no such row
    run = find_run(session, record.slot)
    outcomes: dict[EntityId, Outcome] = {}
    ends: dict[EntityId, VisitChange] = {}
    for link in committed.chain:
        slot = link.commitment.slot
        outcomes |= read_outcomes(find_outcomes(session, slot))
        changes = find_visit_changes(session, slot)
        ends |= {one.entity: one for one in changes if one.kind in {ChangeKind.CANCELLED, ChangeKind.CARRIED_OVER}}
    return Drawn(
        committed=committed,
        result=result,
        drawn_at=datetime.fromisoformat(run.clock),
        day=run.day,
        entities=parse_entity_rows(record.entities),
        excluded=parse_excluded_rows(record.excluded),
        outcomes=outcomes,
        ends=ends,
    )
