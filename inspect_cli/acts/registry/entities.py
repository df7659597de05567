"""Acts on the entity registry (检查对象名录库): import, retire, bring back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from shlex import quote
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.registry.renumber import keep_numbers
from inspect_cli.acts.registry.retirement import Shelved, restore_row, retire_row
from inspect_cli.core.names import EntityId
from inspect_cli.errors import RefusedError, say
from inspect_cli.files.intake.sheets import ENTITIES
from inspect_cli.storage.bulk import find_entities_by_id, find_entities_under_old_numbers, walk_entities
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import add_entities, find_entities, find_entity, update_entities
from inspect_cli.storage.visits import find_unended_visits

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.acts.registry.retirement import RowOrder
    from inspect_cli.core.people import Actor
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.storage.engine import Store


def _find_awaited(session: Session) -> frozenset[str]:
    numbers = find_numbers(session)
    return frozenset(numbers.current(visit.entity) for visit in find_unended_visits(session))


_REGISTER: Register[Entity] = Register(
    noun="entity",
    sheet=ENTITIES,
    columns={},
    key=lambda entity: entity.id,
    find_all=partial(find_entities, include_retired=True),
    find_by_keys=find_entities_by_id,
    walk=walk_entities,
    add=add_entities,
    update=update_entities,
    find_mistakes=lambda _session, _intake: (),
    bring=lambda numbers, entity: replace(entity, id=numbers.current(entity.id)),
    renumber=keep_numbers,
    find_suggestible=find_entities_under_old_numbers,
    find_awaited=_find_awaited,
)


def _find_kept(session: Session, key: str) -> Entity | None:
    """Find a row that can be retired or brought back; ``RefusedError`` for a former number, which its company has left behind."""
    found = find_entity(session, EntityId(key))
    if found is not None and found.successor is not None:
        now = find_numbers(session).current(found.id)
        raise RefusedError(
            say("{old} is kept as {now} since it changed its number", old=found.id, now=now),
            hint=say(
                "do it to {now}; if the change of number was a mistake, go back: inspect-cli entity renumber {now} {old} --reason REASON",
                now=quote(now),
                old=quote(found.id),
            ),
        )
    return found


_SHELVED: Shelved[Entity] = Shelved(noun="entity", find=_find_kept, update=update_entities)


def import_entities(store: Store, actor: Actor, order: ImportOrder[Entity]) -> Imported:
    """Take a file into the entity registry; raises as ``import_rows`` does."""
    return import_rows(_REGISTER, store, actor, order)


def retire_entity(store: Store, actor: Actor, order: RowOrder) -> Entity:
    """Retire an entity: it is drawn no more; raises as ``retire_row`` does."""
    return retire_row(_SHELVED, store, actor, order)


def is_awaited(store: Store, entity: Entity) -> bool:
    """Say whether a drawn visit is still to be made at a company, under whichever of its numbers."""
    with store.reading() as session:
        return entity.id in _find_awaited(session)


def restore_entity(store: Store, actor: Actor, order: RowOrder) -> Entity:
    """Bring a retired entity back; raises as ``restore_row`` does."""
    return restore_row(_SHELVED, store, actor, order)
