"""The one function that draws: from a commitment, frozen rows and entropy to the one result that they allow.

What lives here: the order of the stages. What does not: the stages (``selection``, ``staffing``), and whether a result
is right (``core.verify``).

DRAW-6  The result follows from commitment, rows and entropy alone: nothing else goes in, and the order of rows changes
        nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.draw.frame import FrozenFrame, require_frame
from inspect_cli.core.draw.result import Result
from inspect_cli.core.draw.seed import answer_fault, require_entropy, seed_of
from inspect_cli.core.draw.selection import quota_fault, select
from inspect_cli.core.draw.staffing import Wanted, staff, wanted_visits
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.result import Selected, Visit
    from inspect_cli.core.draw.rows import EntityRow, InspectorRow
    from inspect_cli.core.draw.seed import Entropy
    from inspect_cli.core.names import EntityId


def draw(
    commitment: Commitment,
    entities: Sequence[EntityRow],
    inspectors: Sequence[InspectorRow],
    entropy: Sequence[Entropy],
) -> Result:
    """Draw; raises ``InputError`` where rows, quotas, promises and entropy do not fit each other."""
    frame = FrozenFrame(entities=tuple(entities), inspectors=tuple(inspectors))
    require_frame(commitment, frame)
    fault = answer_fault(commitment.sources, entropy) or quota_fault(commitment.quotas, entities)
    if fault is not None:
        raise InputError(fault, hint=say("take commitment, rows and entropy of one and the same draw"))
    for entry in entropy:
        require_entropy(entry)
    sealed = commitment_digest(commitment)
    seed = seed_of(sealed, entropy)
    selection = select(commitment.quotas, entities, seed)
    visits = staff_selection(commitment, frame, selection, seed)
    return Result(commitment=sealed, entropy=tuple(entropy), seed=seed, selection=selection, visits=visits)


def staff_selection(
    commitment: Commitment, frame: FrozenFrame, selection: Sequence[Selected], seed: str
) -> tuple[Visit, ...]:
    """Give the visits that follow from a selection, in ticket order."""
    return staff(commitment, frame.inspectors, selected_visits(commitment, frame, selection), seed)


def selected_visits(commitment: Commitment, frame: FrozenFrame, selection: Sequence[Selected]) -> tuple[Wanted, ...]:
    """Give the visits that are to be staffed, in ticket order."""
    return wanted_visits(commitment.combine, selection, selected_rows(frame, selection))


def selected_rows(frame: FrozenFrame, selection: Sequence[Selected]) -> dict[EntityId, EntityRow]:
    """Give the rows of those who were selected, by id."""
    drawn = {selected.entity for selected in selection}
    return {row.id: row for row in frame.entities if row.id in drawn}
