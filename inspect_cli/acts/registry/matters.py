"""Acts on the list of matters (随机抽查事项清单): import, retire, bring back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.registry.retirement import Shelved, restore_row, retire_row
from inspect_cli.core.names import MatterId
from inspect_cli.files.intake.sheets import MATTERS
from inspect_cli.storage.bulk import find_matters_by_id, walk_matters
from inspect_cli.storage.registries import add_matters, find_matter, find_matters, update_matters

if TYPE_CHECKING:
    from inspect_cli.acts.registry.retirement import RowOrder
    from inspect_cli.core.people import Actor
    from inspect_cli.core.registry.matter import Matter
    from inspect_cli.storage.engine import Store

_REGISTER: Register[Matter] = Register(
    noun="matter",
    sheet=MATTERS,
    columns={"weight": "is_key"},
    key=lambda matter: matter.id,
    find_all=partial(find_matters, include_retired=True),
    find_by_keys=find_matters_by_id,
    walk=walk_matters,
    add=add_matters,
    update=update_matters,
    find_mistakes=lambda _session, _intake: (),
)
_SHELVED: Shelved[Matter] = Shelved(
    noun="matter", find=lambda session, key: find_matter(session, MatterId(key)), update=update_matters
)


def import_matters(store: Store, actor: Actor, order: ImportOrder[Matter]) -> Imported:
    """Take a file into the list of matters; raises as ``import_rows`` does."""
    return import_rows(_REGISTER, store, actor, order)


def retire_matter(store: Store, actor: Actor, order: RowOrder) -> Matter:
    """Take a matter off the list; raises as ``retire_row`` does."""
    return retire_row(_SHELVED, store, actor, order)


def restore_matter(store: Store, actor: Actor, order: RowOrder) -> Matter:
    """Put a matter back on the list; raises as ``restore_row`` does."""
    return restore_row(_SHELVED, store, actor, order)
