"""What an import writes into the store, the row of the act log with it. What is compared and allowed is worked out in ``taking``."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from inspect_cli.acts.registry.refusal import is_to_be_asked
from inspect_cli.core.registry.history import list_changes
from inspect_cli.storage.act_log import JSON, Act, add_act, finish_act
from inspect_cli.storage.history import add_value_changes
from inspect_cli.storage.imports import (
    HeaderMap,
    TakenFile,
    find_last_act,
    forget_header_map,
    keep_header_map,
    keep_taken_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from _typeshed import DataclassInstance

    from inspect_cli.acts.registry.orders import Ground
    from inspect_cli.core.registry.comparison import Batch, Comparison

Value = TypeVar("Value", bound="DataclassInstance")

LATER_ACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "entity": ("entity",),
    "inspector": ("inspector import", "inspector retire", "inspector restore"),
    "matter": ("matter",),
    "visit": ("visit import", "entity renumber", "entity import"),
    "inspector leave": ("inspector leave", "draw supplement"),
    "inspector recuse": ("inspector recuse", "draw supplement", "entity renumber", "entity import"),
}
"""After which acts a registry may say something else than a file that it took."""


class Keeping(Generic[Value]):
    """What an import writes; the row of the act log is begun with the first change."""

    def __init__(self, ground: Ground[Value]) -> None:
        """Begin with nothing written."""
        self._ground = ground
        self._act: int | None = None

    @property
    def act(self) -> int:
        """Give the act's number; the act begins when it is first asked for."""
        if self._act is None:
            ground = self._ground
            begun = Act(act=f"{ground.register.noun} import", subject=ground.order.intake.file, detail={})
            self._act = add_act(ground.session, ground.actor, begun)
        return self._act

    def may_keep(self, comparison: Comparison) -> bool:
        """Say whether nothing is known so far that forbids the import: else it is only compared to its end, to tell all of it."""
        order = self._ground.order
        if (comparison.changes.count or comparison.renumbered.count) and not order.update:
            return False
        return order.yes or order.seen is not None or not is_to_be_asked(order, comparison)

    def retire(self, ids: Sequence[str]) -> None:
        """Retire rows that the file does not name."""
        ground, register = self._ground, self._ground.register
        for start in range(0, len(ids), register.batch):
            chunk = ids[start : start + register.batch]
            assert register.find_by_keys is not None  # noqa: S101 (who can be retired has an id: for the type checker)
            found: Any = sorted(register.find_by_keys(ground.session, chunk), key=attrgetter("id"))
            pairs = [
                (row, replace(row, retired=ground.actor.day, retired_reason=ground.order.leaving)) for row in found
            ]
            register.update(ground.session, (after for _before, after in pairs))
            changes = (change for before, after in pairs for change in list_changes(after.id, before, after))
            add_value_changes(ground.session, self.act, register.noun, changes)

    def keep(self, batch: Batch[Value]) -> None:
        """Write what a batch changes: numbers first, then what stands, so that what it gives free can be another's."""
        register, session = self._ground.register, self._ground.session
        if batch.renumbered and register.renumber is not None:
            register.renumber(session, self.act, batch.renumbered)
        if batch.changed:
            register.update(session, batch.changed)
        if batch.changed and register.has_history:
            add_value_changes(session, self.act, register.noun, batch.changes)
        if batch.new and register.has_history:
            register.add(session, batch.new, act=self.act)
        elif batch.new:
            register.add(session, batch.new)
        if batch.new or batch.changed:
            _ = self.act

    def finish(self, comparison: Comparison) -> None:
        """Write what the act came to, what the headers mean, and that the file was taken."""
        ground, order = self._ground, self._ground.order
        understood = order.intake.understood
        if order.is_mapping_forgotten and understood is not None:
            forget_header_map(ground.session, ground.register.noun, understood.shape)
        if order.mapping is not None and understood is not None:
            kept = HeaderMap(noun=ground.register.noun, shape=understood.shape, mapping=order.mapping, act=self.act)
            keep_header_map(ground.session, kept)
        if self._act is not None:
            finish_act(ground.session, self._act, self._detail(comparison))
        last = self._act or find_last_act(ground.session, LATER_ACTS[ground.register.noun])
        # A file that names who has left has something to say each time.
        if order.understood is not None and last is not None and not comparison.retired.count:
            taken = TakenFile(
                noun=ground.register.noun, sha256=order.intake.digest, understood=order.understood, act=last
            )
            keep_taken_file(ground.session, taken)

    def _detail(self, comparison: Comparison) -> Mapping[str, JSON]:
        order, named = self._ground.order, dict[str, JSON]()
        if not self._ground.register.is_private:
            named["sha256"] = order.intake.digest
        counts: dict[str, JSON] = {
            "new": comparison.new.count,
            "updated": comparison.updated,
            "unchanged": comparison.unchanged,
            "values": comparison.changes.count,
        }
        if self._ground.register.has_history:
            counts["retired"] = comparison.missing.count if order.leaving is not None else 0
        if self._ground.register.renumber is not None:
            counts["renumbered"] = comparison.renumbered.count
        return {"file": order.intake.file, **named, **counts}
