"""What a supplementary draw would be, before anything is written: the values that a person is shown and asked about.

What does not live here: how they are worked out (``supplement``), and what was ordered (``supplement_order``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.supplement.standing import standing_of

if TYPE_CHECKING:
    from inspect_cli.core.draw.supplement.affected import Affected
    from inspect_cli.core.draw.supplement.build import Supplement, SupplementRequest
    from inspect_cli.core.draw.supplement.standing import Chain
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.registry.inspector import Leave, Recusal
    from inspect_cli.storage.draws import DrawRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What a supplement would be: what it changes, what enters the books with it, and its frame with salts of its own.

    ``request`` has no salts and no further keys, so that two looks at the same books are equal.
    """

    amends: DrawRecord
    chain: Chain
    affected: Affected
    request: SupplementRequest
    leave: tuple[Leave, ...]
    recusals: tuple[Recusal, ...]
    closures: tuple[Blackout, ...]
    supplement: Supplement

    @property
    def slot(self) -> Slot:
        """The slot that it would have."""
        return self.request.slot

    def drawn_days(self) -> dict[EntityId, str | None]:
        """Give the day for which each visit in force was drawn; None where it is open."""
        return {entity: visit.day for entity, visit in standing_of(self.chain).visits.items()}
