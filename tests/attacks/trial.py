"""A trial: changes of a draw, what a verifier says of each, and whether that is what must be said; all counted.

A change that is noticed by the wrong name fails a trial like one that nobody notices. A cheat who computes everything anew after
a change of frame or commitment has made another draw that follows: it is caught by the eye that compares the commitment's digest
with the published one, so it counts apart, and only when that digest is another.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests import tally
from tests.attacks.foretelling import Foretold, Place, foretell
from tests.attacks.kinds import FAMILIES, KINDS
from tests.oracle_form import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.attacks.kinds import Change
    from tests.attacks.tampering import Files

    Answer = Place | dict[str, str]

REFUSED, MISMATCH = "refused, by member and row", "a MISMATCH, by check"
OTHER = "another draw that follows, by its commitment's digest"
WRONGLY, UNDETECTED = "named wrongly", "undetected"


@dataclass
class Trial:
    """What became of the changes of a draw."""

    draw: str
    honest: Files
    ends: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[object, ...]] = field(default_factory=list)

    def hear(self, change: Change, answer: Answer) -> None:
        """Take what a verifier said of a change: the place of its refusal, or its verdicts."""
        foretold = foretell(change.files)
        end = self.end_of(change, foretold, answer)
        self.ends[end] += 1
        self.families[FAMILIES[change.kind]] += 1
        if end in {WRONGLY, UNDETECTED}:
            self.wrong.append((end, change.kind, change.name, change.what, answer, foretold))

    def end_of(self, change: Change, foretold: Foretold, answer: Answer) -> str:
        """Say what became of a change."""
        if not is_as_known(change.kind, foretold):
            return WRONGLY
        if isinstance(answer, Place):
            return REFUSED if answer in foretold.places else WRONGLY
        if "MISMATCH" in answer.values():
            return MISMATCH if not foretold.places and answer == foretold.verdicts() else WRONGLY
        if foretold != Foretold() or answer != foretold.verdicts():
            return UNDETECTED
        is_published = digest(change.files["commitment.json"]) == digest(self.honest["commitment.json"])
        return UNDETECTED if is_published else OTHER

    def tell(self, record_property: Callable[[str, object], None]) -> None:
        """Leave the counts for the last lines of the run."""
        ends = {REFUSED: 0, MISMATCH: 0, OTHER: 0, WRONGLY: 0, UNDETECTED: 0, **self.ends}
        head = f"tampering with {self.draw}"
        tally.count(record_property, {f"{head}: changes": self.ends.total()})
        tally.count(record_property, {f"{head}: changes that were {end}": number for end, number in ends.items()})
        tally.count(record_property, {f"{head}: changes, of {what}": number for what, number in self.families.items()})


def is_as_known(name: str, foretold: Foretold) -> bool:
    """Say whether what was foretold of a change is what is known of its kind: two ways to the same answer."""
    kind = KINDS.get(name)
    if kind is None:
        return True
    if foretold.places:
        return kind.mismatches is None
    found = {check for check, verdict in foretold.verdicts().items() if verdict == "MISMATCH"}
    return not kind.is_refused and (kind.mismatches is None or found == kind.mismatches)
