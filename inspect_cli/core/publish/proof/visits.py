"""The visits of a month against what became of them: PROOF-1, PROOF-2 and PROOF-9. The rules stand in ``report``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.proof.report import Findings, ProofId, Standing
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.result import Label
from inspect_cli.core.visit.review import ReviewState, find_approved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.core.visit.review import OutcomeVersion

_KEPT: Final = Label(zh="名单中有、台账中也有的检查", en="a visit both drawn and kept")
_ENDS: Final = Label(zh="去向", en="ends")
_NEXT: Final = Label(zh="补充抽取中重新抽取的检查", en="the supplement that draws it again")
_STATE: Final = Label(zh="检查状态", en="state of the visit")
_ORDER: Final = Label(zh="结果版本号", en="versions of the result")
_ROWS: Final = Label(zh="各领域结果", en="results by domain")
_ENDINGS: Final = {
    ChangeKind.REPLACED: Standing.SUPPLEMENT,
    ChangeKind.CANCELLED: Standing.CANCELLED,
    ChangeKind.CARRIED_OVER: Standing.CARRIED_OVER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedVisit:
    """A visit with all that the store keeps of it.

    ``is_drawn``: it stands in the frozen result; ``state`` None: the store has no row of it. ``rows`` are the results by domain as
    they are kept beside the versions, None where there are none.
    """

    slot: Slot
    entity: EntityId
    is_drawn: bool
    state: VisitState | None
    changes: tuple[VisitChange, ...] = ()
    versions: tuple[OutcomeVersion, ...] = ()
    rows: Outcome | None = None

    @property
    def name(self) -> str:
        """Name the visit in a table."""
        return f"{self.slot} {self.entity}"

    @property
    def current(self) -> OutcomeVersion | None:
        """Give the version that stands inside the bureau: the newest, unless it was returned before anything was approved."""
        kept = [version for version in self.versions if version.state is not ReviewState.RETURNED]
        return max(kept, key=lambda version: version.version, default=None)


def compare_visits(
    findings: Findings, visits: tuple[TracedVisit, ...], drawn: Mapping[Slot, frozenset[EntityId]]
) -> dict[Standing, int]:
    """Compare every visit with what became of it, and count where they stand; ``drawn`` are the entities of each draw (not void)."""
    standings: Counter[Standing] = Counter()
    for visit in visits:
        standings[_compare_ends(findings, visit, drawn)] += 1
        _compare_versions(findings, visit)
    return {standing: standings[standing] for standing in Standing}


def _compare_ends(findings: Findings, visit: TracedVisit, drawn: Mapping[Slot, frozenset[EntityId]]) -> Standing:
    """Compare one visit's ends with the one that it may have (PROOF-1); say where it stands."""
    kept = (visit.is_drawn, visit.state is not None)
    findings.compare(ProofId.ENDS, visit.name, _KEPT, ((True, True), kept))
    ends = [_ENDINGS[change.kind] for change in visit.changes if change.kind.is_end]
    if visit.current is not None:
        ends.append(Standing.RESULT)
    if len(ends) != 1:
        expected = (Standing.RESULT,) if visit.state is VisitState.RECORDED else tuple(ends[:1])
        findings.compare(ProofId.ENDS, visit.name, _ENDS, (expected, tuple(ends)))
    else:
        findings.compared[ProofId.ENDS] += 1
    for change in visit.changes:
        if change.by_slot is not None:
            is_there = visit.entity in drawn.get(change.by_slot, frozenset())
            found = change.by_slot if is_there else None
            findings.compare(ProofId.ENDS, visit.name, _NEXT, (change.by_slot, found))
    if not ends:
        return Standing.OPEN if visit.state is VisitState.OPEN else Standing.PLANNED
    is_awaiting = ends[-1] is Standing.RESULT and find_approved(visit.versions) is None
    return Standing.AWAITING if is_awaiting else ends[-1]


def _compare_versions(findings: Findings, visit: TracedVisit) -> None:
    """Compare state, numbers and rows with the version that stands (PROOF-2)."""
    numbers = tuple(version.version for version in visit.versions)
    findings.compare(ProofId.VERSIONS, visit.name, _ORDER, (tuple(range(1, len(numbers) + 1)), numbers))
    current = visit.current
    is_recorded = visit.state is VisitState.RECORDED
    findings.compare(ProofId.VERSIONS, visit.name, _STATE, (current is not None, is_recorded))
    expected = None if current is None else describe(current.outcome)
    found = None if visit.rows is None else describe(visit.rows)
    findings.compare(ProofId.VERSIONS, visit.name, _ROWS, (expected, found))


def describe(outcome: Outcome) -> tuple[str, ...]:
    """Say all of an outcome in texts that can be compared and read, a domain a text, its matters among it."""
    return tuple(
        f"{each.domain}={each.result.value} {outcome.visited_on.isoformat()} {each.method.value}"
        f" {each.finding or ''} {each.follow_up or ''} {' '.join(map(str, each.matters))}".rstrip()
        for each in outcome.domains
    )
