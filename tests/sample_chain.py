"""The sample draw with things going wrong: a void supplement, a supplement, and a supplement of that.

What each names is set down here; who is seated follows from dice, but what notices count does not:

=========  =======  ==========================================================================================================
slot       state    what it draws again
=========  =======  ==========================================================================================================
2026-12/1  drawn    the sample draw: E-1 on 2 December, E-2 open, E-3 on 1 December
2026-12/2  void     what 2026-12/3 draws; a wrong file was named
2026-12/3  drawn    E-1 (R-2 left), E-2 (was open), E-3 (1 December closed), all for 2 December. R-1 alone may lead, stays with E-1 and
                    has one visit left: of E-2 and E-3 one has a team afterwards and the other is open
2026-12/4  drawn    the one that is open; R-4, who may lead, and R-5 are new, so that it has a team
=========  =======  ==========================================================================================================

Every reason is a text that no notice may show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from inspect_cli.core.draw.outcome import draw
from inspect_cli.core.draw.promise import DicePromise
from inspect_cli.core.draw.rows import InspectorRow, RowRole, render_others
from inspect_cli.core.draw.seed import Entropy
from inspect_cli.core.draw.supplement.build import (
    Newcomer,
    Supplement,
    SupplementRequest,
    build_supplement,
    complete_changes,
)
from inspect_cli.core.draw.supplement.changes import Absence, Change
from inspect_cli.core.draw.supplement.standing import Chain, FinishedDraw
from inspect_cli.core.names import EntityId, InspectorId, Slot
from inspect_cli.core.publish.dossier import Committed, Drawn, Link
from tests.sample_draw import BUREAU, DRAWN_AT, LABOUR, SAFETY, make_drawn, make_sample

if TYPE_CHECKING:
    from tests.sample_draw import Sample

FIRST, VOID, SECOND, THIRD = (Slot(f"2026-12/{number}") for number in (1, 2, 3, 4))
REASONS = ("亲属持股回避", "李二住院", "厂区疫情封闭", "无人可派", "借调王五")
"""Reasons for which something changed: they stay inside the bureau."""
_DAY = "2026-12-02"
_DRAWN_AT = {
    FIRST: DRAWN_AT,
    SECOND: datetime.fromisoformat("2026-12-01T09:30:00+08:00"),
    THIRD: datetime.fromisoformat("2026-12-01T15:30:00+08:00"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleChain:
    """The finished draws of the chain in order, and the supplement that was voided before it was drawn."""

    finished: tuple[FinishedDraw, ...]
    void: Supplement

    @property
    def links(self) -> tuple[Link, ...]:
        """Give the chain as a notice is made from it."""
        first, *others = (Link(commitment=one.commitment, result=one.result) for one in self.finished)
        return (first, Link(commitment=self.void.commitment, is_void=True), *others)


def make_chain(sample: Sample | None = None) -> SampleChain:
    """Make the chain of the sample draw."""
    sample = sample or make_sample()
    first = FinishedDraw(commitment=sample.commitment, frame=sample.frame, result=sample.result)
    chain = Chain(first=first)
    void = build_supplement(chain, _request(VOID, "2026-11-30T15:00:00+08:00", "2026-12-01T08:00:00+08:00"))
    request = _request(SECOND, "2026-11-30T16:00:00+08:00", "2026-12-01T09:00:00+08:00")
    second = _finish(build_supplement(chain, request))
    chain = Chain(first=first, supplements=(second,))
    third = SupplementRequest(
        slot=THIRD,
        sources=(_dice("2026-12-01T15:00:00+08:00"),),
        added=tuple(Newcomer(row=_newcomer(name), reason=REASONS[4]) for name in ("R-4", "R-5")),
        further=_further("2026-12-01T10:00:00+08:00"),
    )
    last = _finish(build_supplement(chain, complete_changes(chain, third, REASONS[3])))
    return SampleChain(finished=(first, second, last), void=void)


def make_chain_committed(sample: SampleChain, slot: Slot, **changes: Any) -> Committed:
    """Make what a commitment's notice is made from, for any draw of the chain."""
    link = next(one for one in sample.links if one.commitment.slot == slot)
    void_reason = "wrong-file" if link.is_void else None
    return replace(
        Committed(bureau=BUREAU, commitment=link.commitment, void_reason=void_reason, chain=sample.links), **changes
    )


def make_chain_drawn(chain: SampleChain, slot: Slot, **changes: Any) -> Drawn:
    """Make what the draw's notice of any drawn draw of the chain is made from."""
    one = next(one for one in chain.finished if one.commitment.slot == slot)
    plain = make_drawn(
        committed=make_chain_committed(chain, slot),
        drawn_at=_DRAWN_AT[slot],
        day=_DRAWN_AT[slot].date(),
        result=one.result,
        entities=one.frame.entities,
        excluded=one.frame.excluded,
    )
    return replace(plain, **changes)


def make_chain_results(chain: SampleChain, slot: Slot, **changes: Any) -> Drawn:
    """Make what the results' notice of any draw of the chain is made from: the first draw's rows under that draw's head."""
    return make_chain_drawn(chain, FIRST, committed=make_chain_committed(chain, slot), **changes)


def _request(slot: Slot, made: str, at: str) -> SupplementRequest:
    return SupplementRequest(
        slot=slot,
        sources=(_dice(at),),
        changes=(
            Change(entity=EntityId("E-1"), reason=REASONS[0], left=(InspectorId("R-2"),)),
            Change(entity=EntityId("E-2"), reason=REASONS[3]),
            Change(entity=EntityId("E-3"), reason=REASONS[2], closed=("2026-12-01",)),
        ),
        absent=(Absence(id=InspectorId("R-2"), days=(_DAY,), reason=REASONS[1]),),
        further=_further(made),
    )


def _dice(at: str) -> DicePromise:
    return DicePromise(name="镇政府大厅再次掷骰", at=at, count=5, sides=10)


def _further(made: str) -> bytes:
    return render_others({"software": "inspect-cli 0.1.0", "made": made, "day": made[:10]})


def _newcomer(name: str) -> InspectorRow:
    return InspectorRow(
        id=InspectorId(name),
        salt="0" * 32,
        role=RowRole.INSPECTOR,
        lead=name == "R-4",
        skills=(LABOUR, SAFETY),
        days=((_DAY, 2),),
        month_cap=20,
    )


def _finish(supplement: Supplement) -> FinishedDraw:
    made, frame = supplement.commitment, supplement.frame
    entropy = tuple(Entropy(promise=promise, value="27182") for promise in made.sources)
    return FinishedDraw(commitment=made, frame=frame, result=draw(made, frame.entities, frame.inspectors, entropy))
