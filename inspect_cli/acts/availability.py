"""Acts on what keeps an inspector away: leave from days, recusals (回避) from entities. A recusal's reason stays inside the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.acts.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.retirement import require_reason, unknown_id
from inspect_cli.acts.strangers import find_strangers
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.files.intake.sheets import LEAVE, RECUSALS
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.registries import (
    add_leave,
    add_recusals,
    find_entity,
    find_inspector,
    find_leave,
    find_recusals,
    update_leave,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import InspectorId
    from inspect_cli.core.people import Actor
    from inspect_cli.core.registry.inspector import Leave, Recusal
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


def _change_none(_session: Session, _values: Iterable[Recusal]) -> None:
    """Change nothing: a recusal is known by all its fields, so that none can differ."""


_LEAVE: Register[Leave] = Register(
    noun="inspector leave",
    sheet=LEAVE,
    columns={},
    key=lambda leave: (leave.inspector, leave.first, leave.last),
    find_all=find_leave,
    add=add_leave,
    update=update_leave,
    find_mistakes=find_strangers,
)
_RECUSALS: Register[Recusal] = Register(
    noun="inspector recuse",
    sheet=RECUSALS,
    columns={},
    key=lambda recusal: recusal,
    find_all=find_recusals,
    add=add_recusals,
    update=_change_none,
    find_mistakes=find_strangers,
)


def import_leave(store: Store, actor: Actor, order: ImportOrder[Leave]) -> Imported:
    """Take a file of leave; raises as ``import_rows`` does."""
    return import_rows(_LEAVE, store, actor, order)


def import_recusals(store: Store, actor: Actor, order: ImportOrder[Recusal]) -> Imported:
    """Take a file of recusals; raises as ``import_rows`` does."""
    return import_rows(_RECUSALS, store, actor, order)


def grant_leave(store: Store, actor: Actor, leave: Leave) -> bool:
    """Enter leave and say whether it is new.

    Raises ``UsageMistake`` for an unknown inspector or days in the wrong order, ``RefusedError`` where leave of the same days is
    entered for another reason.
    """
    _require_order(leave.first, leave.last)
    with store.transaction() as session:
        _require_inspector(session, leave.inspector)
        for standing in find_leave(session, inspector=leave.inspector):
            if standing == leave:
                return False
            if (standing.first, standing.last) == (leave.first, leave.last):
                raise RefusedError(
                    say("leave of {id} on these days is entered for another reason", id=leave.inspector),
                    hint=say("see it with inspect-cli inspector show {id} --private", id=leave.inspector),
                )
        add_leave(session, (leave,))
        detail = _days(leave.first, leave.last)
        add_act(session, actor, Act(act="inspector leave add", subject=leave.inspector, detail=detail))
    return True


def recuse(store: Store, actor: Actor, recusal: Recusal) -> bool:
    """Enter a recusal and say whether it is new; the log names the pair and never the reason.

    Raises ``UsageMistake`` for an unknown inspector or entity, no reason, or days in the wrong order.
    """
    require_reason(recusal.reason)
    _require_order(recusal.start, recusal.end)
    with store.transaction() as session:
        _require_inspector(session, recusal.inspector)
        if find_entity(session, recusal.entity) is None:
            raise unknown_id("entity", recusal.entity)
        if recusal in find_recusals(session, inspector=recusal.inspector):
            return False
        add_recusals(session, (recusal,))
        detail: dict[str, JSON] = {"entity": recusal.entity, **_days(recusal.start, recusal.end)}
        add_act(session, actor, Act(act="inspector recuse add", subject=recusal.inspector, detail=detail))
    return True


def _require_inspector(session: Session, inspector: InspectorId) -> None:
    if find_inspector(session, inspector) is None:
        raise unknown_id("inspector", inspector)


def _require_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise UsageMistake(
            say("the last day, {last}, is before the first, {first}", last=last.isoformat(), first=first.isoformat()),
            hint=say("exchange --from and --to"),
        )


def _days(first: date | None, last: date | None) -> dict[str, JSON]:
    """Name the days that are bounded, for the log."""
    return {name: day.isoformat() for name, day in (("from", first), ("to", last)) if day is not None}
