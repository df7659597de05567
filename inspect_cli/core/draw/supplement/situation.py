"""What is known beside the frozen bytes when a supplementary draw is made: what a bureau asks for, and what its books say by now.

What lives here: the two values, and the codes of reasons that a supplement gives of itself. What does not: what follows from them
(``affected``), and reading the books (``acts``). Days are texts, ``YYYY-MM-DD``, as in the frozen rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.draw.supplement.build import Newcomer
    from inspect_cli.core.names import EntityId, InspectorId

    Pair = tuple[InspectorId, EntityId]


class Cause(StrEnum):
    """The reasons that a supplement names of itself, beside the code that a person gives."""

    OPEN = "open"
    LEAVE = "leave"
    CERTIFICATE = "certificate"
    QUALIFICATION = "qualification"
    RETIRED = "retired"
    SQUAD = "squad"
    OTHER_DRAW = "other-draw"
    MONTH_CAP = "month-cap"
    RECUSAL = "recusal"
    BLACKOUT = "blackout"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a bureau asks for: who is absent on which days, who leaves or is recused from which visit, which days are closed.

    ``closed`` are days of single entities, ``lost`` days of all of them; ``reason`` is the code that stands with what is asked for.
    """

    sources: tuple[Promise, ...]
    reason: str
    absent: Mapping[InspectorId, frozenset[str]] = field(default_factory=dict)
    leaving: frozenset[Pair] = frozenset()
    recused: frozenset[Pair] = frozenset()
    closed: Mapping[EntityId, frozenset[str]] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    added: tuple[Newcomer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the books say by now.

    ``moved``: the day to which a visit was moved. ``recorded``: visits with a result. ``ended``: visits cancelled or carried over.
    ``away``: on which days of the first draw somebody of the roster cannot work, each with its cause. ``taken``: days on which another
    draw seats them. ``recused``: pairs that must not meet. ``shut``: days of the first draw on which an entity is not visited.
    ``limits``: the month's cap less the seats in other draws, of those who have any there.
    """

    today: str
    moved: Mapping[EntityId, str] = field(default_factory=dict)
    recorded: frozenset[EntityId] = frozenset()
    ended: frozenset[EntityId] = frozenset()
    away: Mapping[InspectorId, Mapping[str, Cause]] = field(default_factory=dict)
    taken: Mapping[InspectorId, frozenset[str]] = field(default_factory=dict)
    recused: frozenset[Pair] = frozenset()
    shut: Mapping[EntityId, frozenset[str]] = field(default_factory=dict)
    limits: Mapping[InspectorId, int] = field(default_factory=dict)
