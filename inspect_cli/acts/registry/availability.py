"""Acts on what keeps an inspector away: leave from days, recusals (回避) from entities. A recusal's reason stays inside the store.

A draw that is committed froze its days and bars: what is entered or taken back later changes nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from inspect_cli.acts.registry.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.registry.retirement import require_reason, unknown_id
from inspect_cli.acts.registry.strangers import find_strangers
from inspect_cli.core.people import Role, require_role
from inspect_cli.core.registry.recusal_words import parse_recusal_reason, require_note, require_one_target
from inspect_cli.core.registry.recused import is_same_group
from inspect_cli.core.registry.take_back import cut_leave, end_recusals
from inspect_cli.errors import InputError, RefusedError, UsageMistake, say
from inspect_cli.files.intake.sheets import LEAVE, RECUSALS
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import (
    add_leave,
    add_recusals,
    find_entities,
    find_entity,
    find_inspector,
    find_leave,
    find_recusals,
    remove_leave,
    remove_recusal,
    update_leave,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.core.people import Actor, Person
    from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveBack:
    """Days that somebody works after all, both ends included, and why."""

    inspector: InspectorId
    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalEnd:
    """An inspector and an ``entity``, or a ``group``, who may meet again after the day ``on``, and why.

    The log says why, so it is not the recusal's own reason.
    """

    inspector: InspectorId
    entity: EntityId | None = None
    group: str | None = None
    on: date
    reason: str

    def is_of(self, recusal: Recusal) -> bool:
        """Say whether a recusal names exactly whom this names."""
        return recusal.entity == self.entity and is_same_group(recusal.group, self.group)


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
    is_private=True,
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
    is_private=True,
)


def import_leave(store: Store, actor: Actor, order: ImportOrder[Leave]) -> Imported:
    """Take a file of leave; raises as ``import_rows`` does."""
    return import_rows(_LEAVE, store, actor, order)


def import_recusals(store: Store, actor: Actor, order: ImportOrder[Recusal]) -> Imported:
    """Take a file of recusals; raises as ``import_rows`` does."""
    return import_rows(_RECUSALS, store, actor, order)


def grant_leave(store: Store, actor: Actor, people: tuple[Person, ...], leave: Leave) -> bool:
    """Enter leave and say whether it is new.

    Raises ``UsageMistake`` for an unknown inspector or days in the wrong order, ``RefusedError`` where leave of the same days is
    entered for another reason, or the actor is no operator.
    """
    require_role(people, actor.name, Role.OPERATOR)
    _require_order(leave.first, leave.last)
    with store.transaction() as session:
        _require_inspector(session, leave.inspector)
        for standing in find_leave(session, inspector=leave.inspector):
            if standing == leave:
                return False
            if (standing.first, standing.last) == (leave.first, leave.last):
                raise RefusedError(
                    say("leave of {id} on these days is entered for another reason", id=leave.inspector),
                    hint=say(
                        "take it back first, if that was a mistake: inspect-cli inspector leave remove {id} {first} {last}",
                        id=quote(leave.inspector),
                        first=leave.first.isoformat(),
                        last=leave.last.isoformat(),
                    ),
                )
        add_leave(session, (leave,))
        detail = _days(leave.first, leave.last)
        add_act(session, actor, Act(act="inspector leave add", subject=leave.inspector, detail=detail))
    return True


def take_leave_back(store: Store, actor: Actor, people: tuple[Person, ...], order: LeaveBack) -> tuple[Leave, ...]:
    """Take days out of somebody's leave (LEAVE-1), and give the leave that had them, as it was.

    Raises ``UsageMistake`` for an unknown inspector, no reason, days in the wrong order, or days on which no leave is entered,
    ``RefusedError`` where the actor is no operator.
    """
    require_role(people, actor.name, Role.OPERATOR)
    require_reason(order.reason)
    _require_order(order.first, order.last)
    with store.transaction() as session:
        _require_inspector(session, order.inspector)
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
        detail = {"reason": order.reason, **_days(order.first, order.last)}
        add_act(session, actor, Act(act="inspector leave remove", subject=order.inspector, detail=detail))
    return found


def end_recusal(store: Store, actor: Actor, people: tuple[Person, ...], order: RecusalEnd) -> bool:
    """End whatever recusal names an entity, or a group, with a day (RECUSE-1), and say whether that changed anything.

    Raises ``UsageMistake`` for an entity or a group that no recusal of the person names, or no reason, ``RefusedError`` where none is in
    force on that day, or the actor is no operator.
    """
    require_role(people, actor.name, Role.OPERATOR)
    require_reason(order.reason)
    _as_usage(require_one_target, order.entity, order.group)
    with store.transaction() as session:
        _require_inspector(session, order.inspector)
        (order,) = find_numbers(session).bring((order,))
        entered = find_recusals(session, inspector=order.inspector)
        pair = [one for one in entered if order.is_of(one)]
        ended = end_recusals(pair, order.on)
        if not ended:
            _require_ended(pair, order)
            return False
        for before, after in ended:
            remove_recusal(session, before)
            if after not in pair:
                add_recusals(session, (after,))
        detail: dict[str, JSON] = {"reason": order.reason, **_whom(order), **_days(None, order.on)}
        add_act(session, actor, Act(act="inspector recuse end", subject=order.inspector, detail=detail))
    return True


def _require_ended(pair: list[Recusal], order: RecusalEnd) -> None:
    """Refuse an end of what is not in force, unless that very end is entered already."""
    names = {"id": order.inspector, "entity": order.entity or order.group}
    see = say("see the recusals that are entered with inspect-cli inspector show {id}", id=quote(order.inspector))
    if not pair:
        raise UsageMistake(say("no recusal keeps {id} and {entity} apart", **names), hint=see)
    if all(one.end != order.on for one in pair):
        raise RefusedError(
            say("no recusal of {id} and {entity} is in force on {day}", **names, day=order.on.isoformat()), hint=see
        )


def recuse(store: Store, actor: Actor, people: tuple[Person, ...], recusal: Recusal) -> bool:
    """Enter a recusal and say whether it is new; the log names the pair and never the reason.

    Raises ``UsageMistake`` for an unknown inspector or entity, neither or both of entity and group, the reason ``other`` without a note,
    or days in the wrong order, ``RefusedError`` where the actor is no operator.
    """
    require_role(people, actor.name, Role.OPERATOR)
    _as_usage(require_one_target, recusal.entity, recusal.group)
    require_cause(recusal.reason, recusal.note)
    _require_order(recusal.start, recusal.end)
    with store.transaction() as session:
        _require_inspector(session, recusal.inspector)
        (recusal,) = find_numbers(session).bring((recusal,))
        if recusal.entity is not None and find_entity(session, recusal.entity) is None:
            raise unknown_id("entity", recusal.entity)
        if recusal in find_recusals(session, inspector=recusal.inspector):
            return False
        add_recusals(session, (recusal,))
        detail = _whom(recusal) | _days(recusal.start, recusal.end)
        add_act(session, actor, Act(act="inspector recuse add", subject=recusal.inspector, detail=detail))
    return True


def parse_reason(text: str) -> RecusalReason:
    """Read a reason of recusal that a person typed; the ``UsageMistake`` lists the words (RECUSE-2)."""
    return _as_usage(parse_recusal_reason, text)


def require_cause(reason: RecusalReason | None, note: str | None) -> None:
    """Refuse (``UsageMistake``) a recusal without a reason, and ``other`` without a note (RECUSE-3)."""
    if reason is None:
        parse_reason("")
    _as_usage(require_note, reason, note)


def count_members(store: Store, group: str) -> int:
    """Count the entities of the registry that a recusal from a group bars today (RECUSE-5), those aside that have left it."""
    with store.reading() as session:
        return sum(is_same_group(one.group or "", group) for one in find_entities(session))


def _as_usage(rule: Callable[Asked, Found], *args: Asked.args, **names: Asked.kwargs) -> Found:
    """Ask a rule of core about what a person typed: its refusal is a mistake of use then."""
    try:
        return rule(*args, **names)
    except InputError as error:
        raise UsageMistake(error.what, hint=error.hint) from error


def _whom(one: Recusal | RecusalEnd) -> dict[str, JSON]:
    """Name whom a recusal is from, for the log."""
    return {"entity": one.entity} if one.group is None else {"group": one.group}


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
