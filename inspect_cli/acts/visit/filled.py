"""Taking visit sheets that were filled in: each for the visit that it names, all in one transaction.

What lives here: which visit a sheet is of, and what is kept of many sheets. What does not: what a sheet claims (``core.visit.filled``),
and recording it (``recording``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.visit.papers import gather_sheets
from inspect_cli.acts.visit.recording import RecordOrder, record_visits, settle_visits
from inspect_cli.core.names import Slot
from inspect_cli.core.people import Role, require_role
from inspect_cli.core.visit.filled import find_layout_mistakes, read_claims
from inspect_cli.core.visit.filled_rules import find_broken_rules
from inspect_cli.errors import InputError, Mistake, RefusedError, UsageMistake, say
from inspect_cli.files.visit_sheets.layout import show_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from inspect_cli.acts.visit.recording import RecordedVisit
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.people import Actor
    from inspect_cli.core.visit.filled import FilledSheet
    from inspect_cli.core.visit.sheet import VisitSheet
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingOrder:
    """Sheets to be taken; ``partial``: the good ones although others are not; ``dry_run``: none, only say what would be."""

    sheets: tuple[FilledSheet, ...]
    partial: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenSheets:
    """What became of sheets, by their place among the order's: taken, empty, or not to be taken, with all mistakes.

    Where there is a mistake and the order was not partial, nothing was kept.
    """

    visits: Mapping[int, RecordedVisit]
    names: Mapping[int, str]
    blank: tuple[int, ...]
    mistakes: Mapping[int, tuple[Mistake, ...]]


def take_sheets(store: Store, actor: Actor, bureau: Bureau, order: TakingOrder) -> TakenSheets:
    """Record what sheets say, in one transaction: all that are filled in, or with ``partial`` those without a mistake.

    The same sheets again change nothing. ``RefusedError`` where the actor is no operator.
    """
    require_role(bureau.people, actor.name, Role.OPERATOR)
    with store.reading() as session:
        judge = _Judge(session, actor, bureau)
        for index, sheet in enumerate(order.sheets):
            judge.read(index, sheet)
        judge.settle(order.sheets)
        good = {index: one for index, one in judge.orders.items() if index not in judge.mistakes}
        visits = settle_visits(session, actor, bureau, tuple(good.values())).visits
    if good and not order.dry_run and (order.partial or not judge.mistakes):
        recorded = record_visits(store, actor, bureau, tuple(good.values()))
        for mistake in recorded.mistakes:  # somebody else was faster
            raise mistake.error
        visits = recorded.visits
    return TakenSheets(
        visits=dict(zip(good, visits, strict=True)),
        names={index: sheet.name for index, sheet in judge.found.items()},
        blank=tuple(judge.blank),
        mistakes={index: tuple(judge.mistakes[index]) for index in sorted(judge.mistakes)},
    )


class _Judge:
    """Finds the visit of each sheet, and what it claims; a chain's sheets are gathered once."""

    def __init__(self, session: Session, actor: Actor, bureau: Bureau) -> None:
        self._session = session
        self._actor = actor
        self._bureau = bureau
        self._chains: dict[str, dict[str, VisitSheet] | Mistake] = {}
        self.orders: dict[int, RecordOrder] = {}
        self.found: dict[int, VisitSheet] = {}
        self.blank: list[int] = []
        self.mistakes: dict[int, list[Mistake]] = {}

    def read(self, index: int, filled: FilledSheet) -> None:
        """Read one sheet into an order, or note why there is none."""
        mistakes = list(find_layout_mistakes(filled))
        if not mistakes and filled.is_blank:
            self.blank.append(index)
            return
        sheet = None if mistakes else self._find(filled, mistakes)
        if sheet is not None:
            self.found[index] = sheet
            claims, wrong = read_claims(sheet, show_text(sheet.name), filled)
            mistakes += wrong or find_broken_rules(sheet, filled, claims, self._actor.day)
            self.orders[index] = RecordOrder(slot=sheet.slot, entity=sheet.entity, claims=claims)
        if mistakes:
            self.mistakes[index] = mistakes

    def settle(self, sheets: tuple[FilledSheet, ...]) -> None:
        """Note what the rules of recording refuse of the sheets that could be read."""
        places = [index for index in self.orders if index not in self.mistakes]
        orders = tuple(self.orders[index] for index in places)
        settled = settle_visits(self._session, self._actor, self._bureau, orders)
        for mistake in settled.mistakes:
            index, error = places[mistake.index], mistake.error
            self.mistakes[index] = [Mistake(what=error.what, where=sheets[index].where, remedy=error.hint)]

    def _find(self, filled: FilledSheet, mistakes: list[Mistake]) -> VisitSheet | None:
        """Find the visit that the key cells name, or note which of them does not fit (FILLED-1)."""
        slot = filled.slot.text
        if slot not in self._chains:
            self._chains[slot] = self._gather(filled)
        chain = self._chains[slot]
        if isinstance(chain, Mistake):
            mistakes.append(Mistake(what=chain.what, where=filled.slot.where, value=slot, remedy=chain.remedy))
            return None
        sheet = chain.get(filled.entity.text)
        if sheet is None:
            mistakes.append(
                Mistake(
                    what=say("{slot} has no visit to this company, or none that has a day", slot=slot),
                    where=filled.entity.where,
                    value=filled.entity.text,
                    remedy=say("see its visits with: inspect-cli visit list {slot}", slot=slot),
                )
            )
        return sheet

    def _gather(self, filled: FilledSheet) -> dict[str, VisitSheet] | Mistake:
        try:
            papers = gather_sheets(self._session, self._bureau, Slot(filled.slot.text))
        except (InputError, RefusedError, UsageMistake) as error:
            return Mistake(what=error.what, where=filled.slot.where, remedy=error.hint)
        return {show_text(number): sheet for sheet in papers.sheets for number in (sheet.number, sheet.entity)}
