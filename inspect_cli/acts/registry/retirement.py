"""How a row of a registry is retired and brought back: the same way for entities, inspectors and matters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.history import list_changes
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.registry.matter import Matter
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.storage.act_log import JSON, Act, add_act
from inspect_cli.storage.history import add_value_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlmodel import Session

    from inspect_cli.core.people import Actor, Person
    from inspect_cli.storage.engine import Store

Retirable = TypeVar("Retirable", Entity, Inspector, Matter)


def _allow(_session: object, _row: object) -> None:
    """Allow it: what most registries say to bringing a row back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved(Generic[Retirable]):
    """How the acts of retirement find and keep one row of a registry."""

    noun: str
    find: Callable[[Session, str], Retirable | None]
    update: Callable[[Session, Iterable[Retirable]], None]
    require_restorable: Callable[[Session, Retirable], None] = _allow


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOrder:
    """Which row, and why; ``people`` are the bureau's, of whom an operator acts."""

    id: str
    reason: str
    people: tuple[Person, ...]


def retire_row(shelved: Shelved[Retirable], store: Store, actor: Actor, order: RowOrder) -> Retirable:
    """Retire a row from the actor's day on; it stays in the store. The same again changes nothing.

    Raises ``UsageMistake`` for an unknown id or no reason, ``RefusedError`` for a row that was retired for another reason, or where
    the actor is no operator.
    """
    people.require_role(order.people, actor.name, Role.OPERATOR)
    require_reason(order.reason)
    with store.transaction() as session:
        standing = _require(shelved, session, order.id)
        if standing.retired is not None:
            if standing.retired_reason == order.reason:
                return standing
            raise RefusedError(
                say("{id} is retired since {day} for another reason", id=order.id, day=standing.retired.isoformat()),
                hint=say(
                    "bring it back first, if that was a mistake: inspect-cli {noun} restore {id}",
                    noun=shelved.noun,
                    id=order.id,
                ),
            )
        retired = replace(standing, retired=actor.day, retired_reason=order.reason)
        act = Act(act=f"{shelved.noun} retire", subject=order.id, detail={"reason": order.reason})
        _replace(shelved, session, add_act(session, actor, act), (standing, retired))
    return retired


def restore_row(shelved: Shelved[Retirable], store: Store, actor: Actor, order: RowOrder) -> Retirable:
    """Bring a retired row back; the log keeps when and why it was retired. One that is not retired is left alone.

    Raises ``UsageMistake`` for an unknown id or no reason, ``RefusedError`` where the actor is no operator.
    """
    people.require_role(order.people, actor.name, Role.OPERATOR)
    require_reason(order.reason)
    with store.transaction() as session:
        standing = _require(shelved, session, order.id)
        if standing.retired is None:
            return standing
        shelved.require_restorable(session, standing)
        restored = replace(standing, retired=None, retired_reason=None)
        before: dict[str, JSON] = {
            "retired": standing.retired.isoformat(),
            "retired_reason": standing.retired_reason or "",
        }
        act = Act(act=f"{shelved.noun} restore", subject=order.id, detail={"reason": order.reason, **before})
        _replace(shelved, session, add_act(session, actor, act), (standing, restored))
    return restored


def _replace(shelved: Shelved[Retirable], session: Session, act: int, pair: tuple[Retirable, Retirable]) -> None:
    """Put the second value in the place of the first, and keep what the act changed."""
    before, after = pair
    shelved.update(session, (after,))
    add_value_changes(session, act, shelved.noun, list_changes(before.id, before, after))


def _require(shelved: Shelved[Retirable], session: Session, key: str) -> Retirable:
    found = shelved.find(session, key)
    if found is None:
        raise unknown_id(shelved.noun, key)
    return found


def require_reason(reason: str) -> None:
    """Refuse (``UsageMistake``) a reason that says nothing: whoever reads it later learns nothing by it."""
    if not reason.strip():
        raise UsageMistake(say("no reason is given"), hint=say("say why with --reason"))


def unknown_id(noun: str, key: str) -> UsageMistake:
    """Make the refusal of an id that a registry does not hold."""
    return UsageMistake(
        say("the registry does not hold {id}", id=key), hint=say("see them with inspect-cli {noun} list", noun=noun)
    )
