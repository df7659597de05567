"""One thing to see to in a registry: what all checks find, how much it weighs, and which findings somebody asks for.

What does not live here: the rules by which something is found (``roster``, ``service``, ``entities``, ``twins``, ``matters``), and the
words for a kind and what to do about it, which the screen has.

Rules:

HEALTH-6  A kind of finding is serious when a draw cannot be made or staffed as it should; it asks to be looked at when something is
          probably wrong, or will be; it is to be known when it may well be right as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspect_cli.errors import Message


class Weight(StrEnum):
    """How much a finding weighs (HEALTH-6), the heaviest first."""

    SERIOUS = "serious"
    LOOK = "look"
    KNOW = "know"


class Ailment(StrEnum):
    """What is wrong with a registry, or soon will be; in the order in which it is told: entities, the roster, matters."""

    UNVISITED_ZONE = "unvisited-zone"
    UNLISTED_ZONE = "unlisted-zone"
    GONE = "gone"
    SAME_NAME = "same-name"
    NEAR_NAME = "near-name"
    NO_ZONE = "no-zone"
    NO_CLASS = "no-class"
    NO_INDUSTRY = "no-industry"
    NO_SIZE = "no-size"
    OLD_CLASS = "old-class"
    OLD_REGISTRY = "old-registry"
    OTHER_DOMAINS = "other-domains"
    FUTURE = "future"
    SAME_ADDRESS = "same-address"
    NAME_ELSEWHERE = "name-elsewhere"
    STALE = "stale"
    OLD_NUMBER = "old-number"
    INNER_CHECK = "inner-check"
    LONE_GROUP = "lone-group"
    NO_ADDRESS = "no-address"
    NO_REPRESENTATIVE = "no-representative"

    LAPSED = "lapsed"
    LAPSES = "lapses"
    NO_LEADER = "no-leader"
    NO_SKILL = "no-skill"
    THIN_SKILL = "thin-skill"
    NO_EXPERT = "no-expert"
    EMPTY_ZONE = "empty-zone"
    THIN_ZONE = "thin-zone"
    LONG_LEAVE = "long-leave"
    NO_CERTIFICATE = "no-certificate"
    BARRED = "barred"
    NO_DAY = "no-day"
    NO_CAP = "no-cap"
    IDLE_ZONE = "idle-zone"
    NO_COMMON_ZONE = "no-common-zone"
    EMPTY_GROUP = "empty-group"
    SAME_TELEPHONE = "same-telephone"
    OUT_OF_SERVICE = "out-of-service"
    UNKNOWN_YEAR = "unknown-year"
    LONG_TERM = "long-term"
    NAMESAKE = "namesake"
    UNKNOWN_SQUAD = "unknown-squad"
    EMPTY_SQUAD = "empty-squad"
    CAP_ASKEW = "cap-askew"

    NO_MATTER = "no-matter"
    MATTER_LAPSED = "matter-lapsed"
    MATTER_LAPSES = "matter-lapses"
    UNKNOWN_DOMAIN = "unknown-domain"
    NO_BASIS = "no-basis"
    SAME_MATTER = "same-matter"
    LIKE_NUMBER = "like-number"
    UNMET = "unmet"
    VOID_DOMAIN = "void-domain"
    ABOVE_CAP = "above-cap"
    UNKNOWN_MATTER = "unknown-matter"
    NOT_YET = "not-yet"
    MOSTLY_KEY = "mostly-key"
    NO_METHOD = "no-method"
    NO_RATIO = "no-ratio"
    NO_OBJECT = "no-object"
    NO_FREQUENCY = "no-frequency"
    NO_POWER = "no-power"


_ALL: Final = tuple(Ailment)
OF_ENTITIES: Final = _ALL[: _ALL.index(Ailment.LAPSED)]
OF_ROSTER: Final = _ALL[_ALL.index(Ailment.LAPSED) : _ALL.index(Ailment.NO_MATTER)]
OF_MATTERS: Final = _ALL[_ALL.index(Ailment.NO_MATTER) :]

_SERIOUS: Final = frozenset(
    {
        Ailment.UNVISITED_ZONE,
        Ailment.LAPSED,
        Ailment.NO_LEADER,
        Ailment.NO_SKILL,
        Ailment.NO_EXPERT,
        Ailment.EMPTY_ZONE,
        Ailment.THIN_ZONE,
        Ailment.NO_CERTIFICATE,
        Ailment.NO_MATTER,
    }
)
_KNOW: Final = frozenset(
    {
        Ailment.SAME_ADDRESS,
        Ailment.NAME_ELSEWHERE,
        Ailment.STALE,
        Ailment.OLD_NUMBER,
        Ailment.INNER_CHECK,
        Ailment.LONE_GROUP,
        Ailment.NO_ADDRESS,
        Ailment.NO_REPRESENTATIVE,
        Ailment.LONG_LEAVE,
        Ailment.OUT_OF_SERVICE,
        Ailment.UNKNOWN_YEAR,
        Ailment.LONG_TERM,
        Ailment.NAMESAKE,
        Ailment.UNKNOWN_SQUAD,
        Ailment.EMPTY_SQUAD,
        Ailment.CAP_ASKEW,
        Ailment.NOT_YET,
        Ailment.MOSTLY_KEY,
        Ailment.NO_METHOD,
        Ailment.NO_RATIO,
        Ailment.NO_OBJECT,
        Ailment.NO_FREQUENCY,
        Ailment.NO_POWER,
    }
)


def weight_of(kind: Ailment) -> Weight:
    """Say how much a kind of finding weighs (HEALTH-6)."""
    if kind in _SERIOUS:
        return Weight.SERIOUS
    return Weight.KNOW if kind in _KNOW else Weight.LOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to see to, and what it means.

    ``subject`` is an id, a domain or a zone; empty for the whole registry. ``day`` is since when, or from when on, it is so.
    ``others`` are further ids that it is about, ``zones`` the zones that it touches, each sorted, perhaps empty.
    """

    kind: Ailment
    subject: str
    what: Message
    day: date | None = None
    others: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which findings somebody asks for: of these kinds (empty: any), in this zone (None: any), of this weight or more."""

    kinds: frozenset[Ailment] = frozenset()
    zone: str | None = None
    least: Weight = Weight.KNOW


def sift_findings(found: Iterable[Finding], sought: Sought) -> tuple[Finding, ...]:
    """Keep what is asked for, kind after kind, the heaviest kinds first; within a kind in the order given."""
    weights = tuple(Weight)
    order = {kind: (weights.index(weight_of(kind)), place) for place, kind in enumerate(_ALL)}
    least = weights.index(sought.least)
    kept = (
        one
        for one in found
        if (not sought.kinds or one.kind in sought.kinds)
        and sought.zone in {None, *one.zones}
        and order[one.kind][0] <= least
    )
    return tuple(sorted(kept, key=lambda one: order[one.kind]))
