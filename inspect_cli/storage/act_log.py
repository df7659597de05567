"""The act log: one row for each act, written inside the act's own transaction. Rows of earlier acts are found, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from sqlalchemy import func, literal, or_, update

from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import ActRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from typing import Unpack

    from sqlalchemy import ColumnElement
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
ACT_COLUMNS = _ACTS.columns
"""The log's columns, for queries of other modules that refer to acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done: ``act`` is the command's words (``entity import``), ``subject`` what it was done to."""

    act: str
    subject: str
    detail: Mapping[str, JSON]
    approval: Approval | None = None


def add_act(session: Session, actor: Actor, done: Act) -> int:
    """Write an act into the log and give its number; where only its end tells what it came to, ``finish_act`` says that."""
    approval = done.approval
    row = ActRow(
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        actor=actor.name,
        act=done.act,
        subject=done.subject,
        detail=_render_detail(done.detail),
        approver=None if approval is None else approval.approver,
        reason=None if approval is None else approval.reason,
    )
    session.add(row)
    session.flush()
    assert row.number is not None  # noqa: S101 (the database gave it: this tells the type checker)
    return row.number


def finish_act(session: Session, number: int, detail: Mapping[str, JSON]) -> None:
    """Say in the same transaction what an act came to that was added in it; an act of another transaction is never touched."""
    columns = _ACTS.columns
    session.connection().execute(update(ActRow).where(columns.number == number).values(detail=_render_detail(detail)))


def _render_detail(detail: Mapping[str, JSON]) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Wanted(TypedDict, total=False):
    """Which acts somebody looks for; what is left out, or None, is any.

    ``act`` is one kind (``entity`` finds ``entity import``), ``by`` a person, ``since`` and ``until`` the first and the last day for
    which it was done, ``subject`` the whole subject or a word of it (a slot finds the acts on its visits), ``limit`` the newest.
    """

    act: str | None
    by: str | None
    since: date | None
    until: date | None
    subject: str | None
    limit: int | None


def find_acts(session: Session, **wanted: Unpack[Wanted]) -> tuple[ActRecord, ...]:
    """Find acts in the order in which they were done."""
    return _ACTS.find_newest(session, "number", wanted.get("limit"), *_conditions(wanted))


def find_acts_by(session: Session, numbers: Collection[int]) -> dict[int, ActRecord]:
    """Find acts by their numbers."""
    return {act.number: act for act in _ACTS.find(session, _ACTS.columns.number.in_(numbers))}


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Say in SQL which acts are wanted; case counts, as it would not with LIKE on SQLite."""
    columns, conditions = _ACTS.columns, []
    act, by, subject = wanted.get("act"), wanted.get("by"), wanted.get("subject")
    since, until = wanted.get("since"), wanted.get("until")
    if act is not None:
        begun = func.substr(columns.act, 1, len(act) + 1) == f"{act} "
        conditions.append(or_(columns.act == act, begun))
    if by is not None:
        conditions.append(columns.actor == by)
    if subject is not None:
        spaced = literal(" ") + columns.subject + " "
        # Both databases have no other function in common that finds a text within a text to the letter.
        has_word = func.replace(spaced, f" {subject} ", "") != spaced
        conditions.append(or_(columns.subject == subject, has_word))
    if since is not None:
        conditions.append(columns.day >= since)
    if until is not None:
        conditions.append(columns.day <= until)
    return conditions
