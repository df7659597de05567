"""The work of an import inside its transaction: batch by batch compared, and kept where the order allows it.

What does not live here: the rules of comparing (``core.registry.comparison``), what is refused and how (``refusal``), what is written
(``keeping``), and the transaction itself (``register``). Nothing here holds all rows of a file: a batch is compared, kept and forgotten.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from inspect_cli.acts.registry.keeping import Keeping
from inspect_cli.acts.registry.orders import BATCH, Imported
from inspect_cli.acts.registry.refusal import refuse_rows, require_allowed
from inspect_cli.core.registry.comparison import Comparison, compare
from inspect_cli.core.registry.number import find_row_change, suggest_changes
from inspect_cli.errors import Mistake, Position, say
from inspect_cli.storage.numbers import find_numbers

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from _typeshed import DataclassInstance

    from inspect_cli.acts.registry.orders import Ground
    from inspect_cli.core.registry.comparison import Batch, Pattern
    from inspect_cli.core.registry.number import NumberChange, Numbers
    from inspect_cli.files.intake.located import Located

Value = TypeVar("Value", bound="DataclassInstance")


def look(ground: Ground[Value]) -> Imported:
    """Say what an import would do, and do nothing."""
    reading = _Reading(ground)
    comparison = reading.find_missing()
    for batch in reading.batches():
        comparison = comparison.plus(batch, reading.pattern)
    return reading.imported(comparison, is_dry_run=True)


def take(ground: Ground[Value]) -> Imported:
    """Do what the order asks for; raises as ``register.import_rows`` does, and what was done is undone with the transaction then."""
    reading, keeping = _Reading(ground), Keeping(ground)
    comparison = reading.find_missing()
    if comparison.missing.count and keeping.may_keep(comparison):
        keeping.retire(reading.missing)
    for batch in reading.batches():
        comparison = comparison.plus(batch, reading.pattern)
        if keeping.may_keep(comparison):
            keeping.keep(batch)
    require_allowed(ground.register, ground.order, comparison)
    keeping.finish(comparison)
    return reading.imported(comparison, is_dry_run=False)


class _Reading(Generic[Value]):
    """The file's rows beside those that stand."""

    def __init__(self, ground: Ground[Value]) -> None:
        """Refuse rows that the registry cannot hold (``InputError``), or leave them out where that is asked for."""
        self._ground = ground
        self.pattern: Pattern[Value] = ground.register.pattern(ground.order.intake)
        self._numbers: Numbers = find_numbers(ground.session)
        self._standing: Mapping[Hashable, Value] | None = None
        if ground.register.find_by_keys is None:
            self._standing = self._by_key(ground.register.find_all(ground.session))
        self.missing: list[str] = []
        self._seen: dict[Hashable, int] = {}
        self._left: dict[Hashable, int] = {}
        self._suggested: list[tuple[Any, Any]] = []
        self._suggestible = self._find_suggestible()
        self._mistakes = self._find_mistakes()

    def _find_mistakes(self) -> tuple[Mistake, ...]:
        ground = self._ground
        if ground.order.leaving is not None:  # What others hold is free then: whoever is not in the file leaves.
            return ()
        mistakes = tuple(ground.register.find_mistakes(ground.session, ground.order.intake))
        if mistakes and not ground.order.partial:
            raise refuse_rows(ground.order.intake, mistakes)
        return mistakes

    def _find_suggestible(self) -> Mapping[str, list[Any]]:
        """Find by their names the companies that may come under a new number (NUMBER-8)."""
        found: defaultdict[str, list[Any]] = defaultdict(list)
        if self._ground.register.find_suggestible is not None:
            for row in self._ground.register.find_suggestible(self._ground.session):
                found[row.name].append(row)
        return found

    def find_missing(self) -> Comparison:
        """Find the active rows that the file does not name, where somebody wants to know."""
        order, register = self._ground.order, self._ground.register
        if register.walk is None or not (order.dry_run or order.leaving is not None):
            return Comparison()
        named = {self.pattern.key(self._bring(row.value)) for row in order.intake.rows}
        named |= {row.former for row in order.intake.rows if row.former is not None}
        comparison = Comparison()
        for some in _chunks(row for row in _walk(self._ground) if row.id not in named):
            self.missing += [row.id for row in some]
            comparison = comparison.lacking(some, is_leaving=order.leaving is not None)
        return comparison

    def batches(self) -> Iterator[Batch[Value]]:
        """Compare the file's rows, some thousand at a time."""
        left_out = {mistake.where.row for mistake in self._mistakes}
        rows = (row for row in self._ground.order.intake.rows if row.row not in left_out)
        while located := list(islice(rows, self._ground.register.batch)):
            yield self._compare(located)
            if self._ground.order.progress is not None:
                self._ground.order.progress(len(located))

    def _compare(self, located: Sequence[Located[Value]]) -> Batch[Value]:
        meant = self._pass_over_former(located)
        pairs = self._name_today(meant)
        standing = self._find_standing([self.pattern.key(value) for _row, value in pairs])
        renumbered = tuple(self._find_renumbered(meant, standing))
        self._require_once(meant, renumbered)
        kept: dict[Hashable, Any] = {change.kept.id: change.kept for change in renumbered}
        batch = compare(pairs, {**standing, **kept} if kept else standing, self.pattern)
        new: Any = batch.new
        if self._suggestible:
            same = [old for row in new for old in self._suggestible.get(row.name, ())]
            self._suggested.extend(suggest_changes(new, same))
        return replace(batch, renumbered=renumbered, unchanged=batch.unchanged + len(located) - len(meant))

    def _pass_over_former(self, located: Sequence[Located[Value]]) -> Sequence[Located[Value]]:
        """Leave out the rows that say of a former number just what the registry holds of it, as its own export does (NUMBER-2)."""
        if not self._numbers.now or self._ground.register.renumber is None:
            return located
        keys = [self.pattern.key(row.value) for row in located]
        former = [(row.row, row.value) for key, row in zip(keys, located, strict=True) if key in self._numbers.now]
        held = compare(former, self._find_standing({self.pattern.key(value) for _row, value in former}), self.pattern)
        differing = {self.pattern.key(value) for value in held.changed}
        return [row for key, row in zip(keys, located, strict=True) if key not in self._numbers.now or key in differing]

    def _name_today(self, located: Sequence[Located[Value]]) -> list[tuple[int, Value]]:
        """Give the rows under the numbers of today (NUMBER-2); what a file says twice that way is one row."""
        if not self._numbers.now:
            return [(row.row, row.value) for row in located]
        pairs = []
        for row in located:
            value = self._bring(row.value)
            key = self.pattern.key(value)
            first = self._seen.setdefault(key, row.row)
            if first == row.row:
                pairs.append((row.row, value))
            elif self._ground.register.has_history:
                raise refuse_rows(self._ground.order.intake, (self._twice(row, first),))
        return pairs

    def _twice(self, row: Located[Value], first: int) -> Mistake:
        intake = self._ground.order.intake
        return Mistake(
            what=say("row {row} is the same company: one of the two numbers is an earlier one", row=first),
            where=Position(file=intake.file, sheet=intake.sheet, row=row.row),
            value=str(self.pattern.key(row.value)),
            remedy=say("keep one of the two rows"),
        )

    def _bring(self, value: Value) -> Value:
        return self._ground.register.bring(self._numbers, value) if self._numbers.now else value

    def _find_standing(self, keys: Iterable[Hashable]) -> Mapping[Hashable, Value]:
        if self._standing is not None:
            return self._standing
        find = self._ground.register.find_by_keys
        assert find is not None  # noqa: S101 (all rows are there otherwise: this tells the type checker)
        return self._by_key(find(self._ground.session, keys))

    def _find_renumbered(
        self, located: Sequence[Located[Value]], standing: Mapping[Hashable, Value]
    ) -> Iterator[NumberChange]:
        """Find the rows that are a company's change of number (NUMBER-7)."""
        asked: dict[Any, Any] = {
            key: row.former
            for row in located
            if row.former is not None and (key := self.pattern.key(row.value)) not in standing
        }
        if not asked:
            return
        known: Any = {**standing, **self._find_standing(set(asked.values()))}
        for new, former in asked.items():
            change = find_row_change(new, former, known, (self._ground.actor.day, self._ground.order.renumbered))
            if change is not None:
                yield change

    def _require_once(self, located: Sequence[Located[Value]], renumbered: Iterable[NumberChange]) -> None:
        """Refuse a file in which a company that leaves its number has another row: under that number, or under a second new one."""
        rows = {self.pattern.key(row.value): row for row in located}
        for change in renumbered:
            row = rows[change.kept.id]
            if change.was.id in self._left:
                raise refuse_rows(self._ground.order.intake, (self._twice(row, self._left[change.was.id]),))
            self._left[change.was.id] = row.row
        for number in (number for number in rows if number in self._left):
            raise refuse_rows(self._ground.order.intake, (self._twice(rows[number], self._left[number]),))

    def _by_key(self, values: Iterable[Value]) -> dict[Hashable, Value]:
        return {self.pattern.key(value): value for value in values}

    def imported(self, comparison: Comparison, *, is_dry_run: bool) -> Imported:
        """Say what was done, or would be."""
        intake = self._ground.order.intake
        return Imported(
            file=intake.file,
            digest=intake.digest,
            comparison=comparison,
            is_dry_run=is_dry_run,
            mistakes=self._mistakes,
            suggested=tuple(self._suggested),
            awaited=self._find_awaited(),
        )

    def _find_awaited(self) -> tuple[str, ...]:
        """Find who leaves although a drawn visit is still to be made there; what of that happens is the operator's to say."""
        find = self._ground.register.find_awaited
        if self._ground.order.leaving is None or find is None or not self.missing:
            return ()
        return tuple(sorted(set(self.missing) & set(find(self._ground.session))))


def _walk(ground: Ground[Any]) -> Iterator[Any]:
    """Give the active rows of the registry one by one."""
    return iter(()) if ground.register.walk is None else ground.register.walk(ground.session)


def _chunks(rows: Iterable[Value]) -> Iterator[list[Value]]:
    given = iter(rows)
    while chunk := list(islice(given, BATCH)):
        yield chunk
