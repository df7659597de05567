"""All that the store holds of a draw and a notice is made from; what of it may be seen is ``view``'s matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspect_cli.core.draw.ceremony import Ceremony

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from inspect_cli.core.bureau import Bureau, SoleTraders
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.result import Result
    from inspect_cli.core.draw.rows import EntityRow, ExcludedRow
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.visit.change import VisitChange
    from inspect_cli.core.visit.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One draw of a chain: its commitment, and its result once it is drawn."""

    commitment: Commitment
    result: Result | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """A draw as it was committed, under the settings of the bureau; ``void_reason`` None: it is not void.

    ``chain`` is every draw of the chain that it belongs to, itself and void ones included, each after all that were committed before
    it; empty where it stands alone.
    """

    bureau: Bureau
    commitment: Commitment
    void_reason: str | None
    chain: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which outcomes a notice of results lists: ``entities`` in their places; where it is None all of the chain, by day and number.

    ``unshown`` are among them and no longer shown (ISSUE-3). ``earlier`` are the document numbers of the chain's notices before this.
    ``outcomes`` are what is listed where that is not the newest that was approved.
    """

    entities: tuple[EntityId, ...] | None = None
    unshown: frozenset[EntityId] = frozenset()
    earlier: tuple[str, ...] = ()
    outcomes: Mapping[EntityId, Outcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What came of a committed draw: its result, its frozen rows, and what became of the visits of its whole chain since.

    ``drawn_at`` is when the act was done by the machine's clock (aware), ``day`` the day that its rules used, ``ceremony`` how it was
    held. ``outcomes`` are those of the chain that were approved, ``awaiting`` its visits that are recorded and await approval, ``ends``
    those that were cancelled or carried over. ``listing`` says which outcomes a notice of results lists; ``namings`` say how sole
    traders are named, companies are not in it (MASK-3), and ``withheld`` are those whose results were taken from display: no notice
    names them again.
    """

    committed: Committed
    result: Result
    drawn_at: datetime
    day: date
    entities: tuple[EntityRow, ...]
    excluded: tuple[ExcludedRow, ...]
    outcomes: Mapping[EntityId, Outcome]
    ends: Mapping[EntityId, VisitChange] = field(default_factory=dict)
    awaiting: frozenset[EntityId] = frozenset()
    ceremony: Ceremony = field(default_factory=Ceremony)
    listing: Listing = Listing()
    namings: Mapping[EntityId, SoleTraders] = field(default_factory=dict)
    withheld: frozenset[EntityId] = frozenset()
