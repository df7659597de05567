"""Acts on the days on which an inspector cannot work. Recusals are in ``recusals``.

A draw that is committed froze its days: what is entered or taken back later changes nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.registry.retirement import require_reason, unknown_id
from inspect_cli.acts.registry.strangers import find_strangers
from inspect_cli.core.people import Role, require_role
from inspect_cli.core.registry.take_back import cut_leave
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.files.intake.sheets import LEAVE
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.registries import (
    add_leave,
    find_inspector,
    find_leave,
    remove_leave,
    update_leave,
)

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import InspectorId
    from inspect_cli.core.people import Actor, Person
    from inspect_cli.core.registry.inspector import Leave
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveBack:
    """Days that somebody works after all, both ends included, and why."""

    inspector: InspectorId
    first: date
    last: date
    reason: str


_LEAVE: Register[Leave] = Register(
    noun="inspector leave",
    sheet=LEAVE,
    columns={},
    key=lambda leave: (leave.inspector, leave.first, leave.last),
    find_all=find_leave,
    add=add_leave,
    update=update_leave,
    find_mistakes=find_strangers,
    is_private=True,
)


def import_leave(store: Store, actor: Actor, order: ImportOrder[Leave]) -> Imported:
    """Take a file of leave; raises as ``import_rows`` does."""
    return import_rows(_LEAVE, store, actor, order)


def grant_leave(store: Store, actor: Actor, people: tuple[Person, ...], leave: Leave) -> bool:
    """Enter leave and say whether it is new.

    Raises ``UsageMistake`` for an unknown inspector or days in the wrong order, ``RefusedError`` where leave of the same days is
    entered for another reason, or the actor is no operator.
    """
    require_role(people, actor.name, Role.OPERATOR)
    require_order(leave.first, leave.last)
    with store.transaction() as session:
        require_inspector(session, leave.inspector)
        for standing in find_leave(session, inspector=leave.inspector):
            if standing == leave:
                return False
            if (standing.first, standing.last) == (leave.first, leave.last):
                raise RefusedError(
                    say("leave of {id} on these days is entered for another reason", id=leave.inspector),
                    hint=say(
                        "take it back first, if that was a mistake: inspect-cli inspector leave remove {id} {first} {last} --reason REASON",
                        id=quote(leave.inspector),
                        first=leave.first.isoformat(),
                        last=leave.last.isoformat(),
                    ),
                )
        add_leave(session, (leave,))
        detail = name_days(leave.first, leave.last)
        add_act(session, actor, Act(act="inspector leave add", subject=leave.inspector, detail=detail))
    return True


def take_leave_back(store: Store, actor: Actor, people: tuple[Person, ...], order: LeaveBack) -> tuple[Leave, ...]:
    """Take days out of somebody's leave (LEAVE-1), and give the leave that had them, as it was.

    Raises ``UsageMistake`` for an unknown inspector, no reason, days in the wrong order, or days on which no leave is entered,
    ``RefusedError`` where the actor is no operator.
    """
    require_role(people, actor.name, Role.OPERATOR)
    require_reason(order.reason)
    require_order(order.first, order.last)
    with store.transaction() as session:
        require_inspector(session, order.inspector)
        found = find_leave(session, inspector=order.inspector, first=order.first, last=order.last)
        if not found:
            raise UsageMistake(
                say("{id} has no leave on these days", id=order.inspector),
                hint=say(
                    "see the leave that is entered with inspect-cli inspector show {id}", id=quote(order.inspector)
                ),
            )
        for leave in found:
            remove_leave(session, leave)
        kept = {(leave.first, leave.last) for leave in find_leave(session, inspector=order.inspector)}
        for part in (part for leave in found for part in cut_leave(leave, order.first, order.last)):
            if (part.first, part.last) not in kept:
                add_leave(session, (part,))
                kept.add((part.first, part.last))
        detail = {"reason": order.reason, **name_days(order.first, order.last)}
        add_act(session, actor, Act(act="inspector leave remove", subject=order.inspector, detail=detail))
    return found


def require_inspector(session: Session, inspector: InspectorId) -> None:
    """Refuse (``UsageMistake``) somebody who is not on the roster, retired or not."""
    if find_inspector(session, inspector) is None:
        raise unknown_id("inspector", inspector)


def require_order(first: date | None, last: date | None) -> None:
    """Refuse (``UsageMistake``) days in the wrong order; None is unbounded."""
    if first is not None and last is not None and last < first:
        raise UsageMistake(
            say("the last day, {last}, is before the first, {first}", last=last.isoformat(), first=first.isoformat()),
            hint=say("exchange --from and --to"),
        )


def name_days(first: date | None, last: date | None) -> dict[str, JSON]:
    """Name the days that are bounded, for the log."""
    return {name: day.isoformat() for name, day in (("from", first), ("to", last)) if day is not None}
