"""How a file is taken into a registry: the same way for all of them, in one transaction.

What does not live here: the values of an import (``orders``), the rules of comparing a file with what stands
(``core.registry.comparison``), the work inside the transaction (``taking``), and refusals (``refusal``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from inspect_cli.acts.registry.orders import Ground, Imported, ImportOrder, Register, render_value
from inspect_cli.acts.registry.taking import look, take
from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.errors import UsageMistake, say

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from inspect_cli.core.people import Actor
    from inspect_cli.storage.engine import Store

__all__ = ["ImportOrder", "Imported", "Register", "import_rows", "render_value"]

Value = TypeVar("Value", bound="DataclassInstance")


def import_rows(register: Register[Value], store: Store, actor: Actor, order: ImportOrder[Value]) -> Imported:
    """Take a file into a registry, whole or not at all; the same file again changes nothing and writes no row of the log.

    Raises ``InputError`` for rows that the registry cannot hold, ``RefusedError`` where rows that stand would change and the order
    does not say so, where what was seen is not what would be done, or where the actor is no operator; ``UsageMistake`` for an order
    that contradicts itself.
    """
    people.require_role(order.people, actor.name, Role.OPERATOR)
    _require_sense(register, order)
    if order.dry_run:
        with store.reading() as session:
            return look(Ground(register=register, session=session, actor=actor, order=order))
    with store.transaction() as session:
        return take(Ground(register=register, session=session, actor=actor, order=order))


def _require_sense(register: Register[Value], order: ImportOrder[Value]) -> None:
    if order.leaving is None:
        return
    if order.partial:
        raise UsageMistake(
            say("whoever stands in a row with a mistake would be retired as missing"),
            hint=say("leave out --partial or --retire-missing"),
        )
    if not register.has_history:
        raise UsageMistake(
            say("nobody is retired by this import"),
            hint=say("leave out --retire-missing; see --help for what there is"),
        )
