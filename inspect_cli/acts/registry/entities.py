"""Acts on the entity registry (检查对象名录库): import, retire, bring back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.registry.retirement import Shelved, restore_row, retire_row
from inspect_cli.core.names import EntityId
from inspect_cli.files.intake.sheets import ENTITIES
from inspect_cli.storage.registries import add_entities, find_entities, find_entity, update_entities

if TYPE_CHECKING:
    from inspect_cli.acts.registry.retirement import RowOrder
    from inspect_cli.core.people import Actor
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.storage.engine import Store

_REGISTER: Register[Entity] = Register(
    noun="entity",
    sheet=ENTITIES,
    columns={},
    key=lambda entity: entity.id,
    find_all=partial(find_entities, include_retired=True),
    add=add_entities,
    update=update_entities,
    find_mistakes=lambda _session, _intake: (),
)
_SHELVED: Shelved[Entity] = Shelved(
    noun="entity", find=lambda session, key: find_entity(session, EntityId(key)), update=update_entities
)


def import_entities(store: Store, actor: Actor, order: ImportOrder[Entity]) -> Imported:
    """Take a file into the entity registry; raises as ``import_rows`` does."""
    return import_rows(_REGISTER, store, actor, order)


def retire_entity(store: Store, actor: Actor, order: RowOrder) -> Entity:
    """Retire an entity: it is drawn no more; raises as ``retire_row`` does."""
    return retire_row(_SHELVED, store, actor, order)


def restore_entity(store: Store, actor: Actor, order: RowOrder) -> Entity:
    """Bring a retired entity back; raises as ``restore_row`` does."""
    return restore_row(_SHELVED, store, actor, order)
