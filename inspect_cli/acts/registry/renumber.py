"""The act by which a company changes its number: two rows, and all that the books hold of it, in one transaction.

What becomes of the rows is ``core.registry.number``'s matter. Visits keep the numbers that their draws froze.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.retirement import require_reason, unknown_id
from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.registry.history import list_changes
from inspect_cli.core.registry.number import settle_number
from inspect_cli.errors import RefusedError, say
from inspect_cli.storage.act_log import Act, add_act, finish_act
from inspect_cli.storage.history import add_value_changes
from inspect_cli.storage.numbers import count_books, count_visits, find_numbers, move_books
from inspect_cli.storage.registries import add_entities, find_entity, update_entities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from inspect_cli.core.people import Actor, Person
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.number import NumberChange, NumberOrder
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store
    from inspect_cli.storage.numbers import Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class RenumberOrder:
    """A change of number; ``people`` are the bureau's, ``confirmed`` is what a person was asked about, None where nobody was."""

    number: NumberOrder
    people: tuple[Person, ...]
    confirmed: Renumbering | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbering:
    """What a change of number does: to the rows, and how much goes over with it.

    ``books`` are rows that are moved; ``visits`` of draws stay under their numbers and count for the new one.
    """

    change: NumberChange
    books: Moved
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered:
    """The company under its number of today; ``done`` is what the change did, None when it had been made before."""

    kept: Entity
    done: Renumbering | None


def look_at_number(session: Session, actor: Actor, order: NumberOrder) -> Renumbering | None:
    """Work out what a change of number would do, and write nothing; None where it was made before.

    Raises ``UsageMistake`` where the old number is not in the registry, and as ``settle_number``.
    """
    rows = {
        row.id: row for row in (find_entity(session, order.old), find_entity(session, order.new)) if row is not None
    }
    if order.old not in rows:
        raise unknown_id("entity", order.old)
    numbers = find_numbers(session)
    change = settle_number(order, rows, numbers, actor.day)
    if change is None:
        return None
    return Renumbering(
        change=change,
        books=count_books(session, order.old),
        visits=count_visits(session, (order.old, *numbers.former(order.old))),
    )


def renumber_entity(store: Store, actor: Actor, order: RenumberOrder) -> Renumbered:
    """Keep a company under a new number; the same again changes nothing.

    Raises ``UsageMistake`` for an unknown number or no reason, ``RefusedError`` where the rules allow no such change, where something
    else was confirmed, or where the actor is no operator.
    """
    people.require_role(order.people, actor.name, Role.OPERATOR)
    require_reason(order.number.reason)
    with store.transaction() as session:
        found = look_at_number(session, actor, order.number)
        if found is None:
            return Renumbered(kept=_require_kept(session, order), done=None)
        if order.confirmed is not None and order.confirmed != found:
            raise RefusedError(
                say("the registry changed while you were asked: nothing was done"),
                hint=say("look at the change again with inspect-cli entity renumber"),
            )
        act = add_act(session, actor, _act(order.number))
        finish_act(session, act, _detail(order.number, keep_numbers(session, act, (found.change,))))
    return Renumbered(kept=found.change.kept, done=found)


def keep_numbers(session: Session, act: int, changes: Iterable[NumberChange]) -> Moved:
    """Keep the rows that an act's changes of number leave and what they were, and move what the books hold of the old numbers."""
    changes = tuple(changes)
    standing = tuple((change.standing, change.kept) for change in changes if change.standing is not None)
    # The new rows come first: the old ones refer to them.
    add_entities(session, (change.kept for change in changes if change.standing is None), act=act)
    update_entities(session, (kept for _, kept in standing))
    update_entities(session, (change.former for change in changes))
    replaced = (*standing, *((change.was, change.former) for change in changes))
    found = (change for before, after in replaced for change in list_changes(after.id, before, after))
    add_value_changes(session, act, "entity", found)
    return move_books(session, {change.was.id: change.kept.id for change in changes})


def _require_kept(session: Session, order: RenumberOrder) -> Entity:
    now = find_numbers(session).current(order.number.old)
    kept = find_entity(session, now)
    if kept is None:
        raise unknown_id("entity", now)
    return kept


def _act(order: NumberOrder) -> Act:
    return Act(act="entity renumber", subject=f"{order.old} {order.new}", detail={})


def _detail(order: NumberOrder, moved: Moved) -> dict[str, JSON]:
    return {
        "reason": order.reason,
        "joined": order.is_join,
        "recusals": moved.recusals,
        "ledger": moved.ledger,
        "blackouts": moved.blackouts,
        "allowances": moved.allowances,
        "twice": moved.twice,
    }
