"""Gathering what a notice shows: from the frozen bytes, the recorded outcomes and the settings to a view. Nothing is changed here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from inspect_cli.acts.frozen import require_draw, require_result
from inspect_cli.acts.schedule import find_run
from inspect_cli.acts.visits import read_outcomes
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rows import parse_entity_rows, parse_excluded_rows
from inspect_cli.core.publish.dossier import Committed, Drawn
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from inspect_cli.storage.visits import find_outcomes

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Slot
    from inspect_cli.core.publish.view import NoticeView
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
        committed = Committed(
            bureau=bureau, commitment=parse_commitment(record.commitment), void_reason=record.void_reason
        )
        match kind:
            case NoticeKind.COMMITMENT:
                return view_commitment(committed)
            case NoticeKind.DRAW:
                return view_draw(_read_drawn(session, record, committed))
            case NoticeKind.RESULT:
                return view_result(_read_drawn(session, record, committed))
            case _:
                assert_never(kind)


def _read_drawn(session: Session, record: DrawRecord, committed: Committed) -> Drawn:
    result = require_result(record)  # first: the log of a draw that was not run has no such row
    run = find_run(session, record.slot)
    return Drawn(
        committed=committed,
        result=result,
        drawn_at=datetime.fromisoformat(run.clock),
        day=run.day,
        entities=parse_entity_rows(record.entities),
        excluded=parse_excluded_rows(record.excluded),
        outcomes=read_outcomes(find_outcomes(session, record.slot)),
    )
