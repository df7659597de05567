"""The act log: one row for each act, written inside the act's own transaction. Rows are added and found, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import ActRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.people import Actor, Approval

JSON: TypeAlias = "str | int | bool | Sequence[JSON] | Mapping[str, JSON] | None"
"""What an act's detail may hold. Never a telephone number, a contact, a salt or a reason of recusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRecord:
    """One act. ``clock`` is the machine's, as text with its offset; ``day`` is the day that the rules used; ``detail`` is JSON text."""

    number: int
    clock: str
    day: date
    actor: str
    act: str
    subject: str
    detail: str
    approver: str | None = None
    reason: str | None = None

    @property
    def is_dated_elsewhere(self) -> bool:
        """Say whether the act was done for another day than the clock showed (``--today``)."""
        return datetime.fromisoformat(self.clock).date() != self.day


_ACTS = Shelf(ActRecord, ActRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done: ``act`` is the command's words (``entity import``), ``subject`` what it was done to."""

    act: str
    subject: str
    detail: Mapping[str, JSON]
    approval: Approval | None = None


def add_act(session: Session, actor: Actor, done: Act) -> None:
    """Write an act into the log."""
    approval = done.approval
    row = ActRow(
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        actor=actor.name,
        act=done.act,
        subject=done.subject,
        detail=json.dumps(done.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        approver=None if approval is None else approval.approver,
        reason=None if approval is None else approval.reason,
    )
    session.add(row)
    session.flush()


def find_acts(
    session: Session, *, act: str | None = None, by: str | None = None, since: date | None = None
) -> tuple[ActRecord, ...]:
    """Find acts in the order in which they were done: of one kind (``entity`` finds ``entity import``), by one person, for days since."""
    columns = _ACTS.columns
    conditions = []
    if by is not None:
        conditions.append(columns.actor == by)
    if since is not None:
        conditions.append(columns.day >= since)
    found = sorted(_ACTS.find(session, *conditions), key=lambda record: record.number)
    return tuple(record for record in found if act is None or record.act == act or record.act.startswith(f"{act} "))
