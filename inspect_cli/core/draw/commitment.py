"""The commitment: everything that could steer a draw, fixed and published before any of its randomness exists.

What lives here: the values of ``commitment.json``, from and to canonical bytes. What does not: the rows that it seals
(``rows``), their agreement with it (``frame``), and making quotas from a plan (``core.plan``).

SEAL-1  One canonical object with protocol, slot, bureau, period, the counts and roots of the three lists, quotas,
        ``combine``, the team rule, days, sources, and in a supplementary draw ``amends``. Further keys are bound by the
        digest and not read.
SEAL-2  Quotas are sorted by (domain, stratum); ``size`` is at least 1 and 0 ≤ ``take`` ≤ ``size``.
SEAL-3  1 ≤ ``min`` ≤ ``max`` ≤ 6 for teams; the domains that want an expert are sorted.
SEAL-4  The days are sorted, lie in the period (a month), and there is at least one.
SEAL-5  There is at least one source, and all keep SOURCE-1 to SOURCE-4.
SEAL-6  The slot is an id when its ``/`` are read as ``-``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from inspect_cli.core.canonical import digest, render_canonical
from inspect_cli.core.draw.fields import Fields, is_id, parse_object, shorten
from inspect_cli.core.draw.promise import Promise, parse_promise, promise_values, source_fault
from inspect_cli.core.draw.rows import parse_others, render_others
from inspect_cli.core.draw.supplement.changes import Amends, amends_values, parse_amends
from inspect_cli.core.names import Domain, Period, Slot
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMITMENT = "commitment.json"
PROTOCOL = "draw-v1"

_KEYS = frozenset(
    {"protocol", "slot", "bureau", "period", "frame", "quotas", "combine", "team", "days", "sources", "amends"}
)
_LARGEST_TEAM = 6
_PERIOD = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


class Protocol(StrEnum):
    """The protocols that this program knows."""

    DRAW_V1 = PROTOCOL


class Combine(StrEnum):
    """What is checked once somebody comes: all that applies to the entity, or only what it was drawn for."""

    APPLICABLE = "applicable"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How many rows a list has, and the root of its Merkle tree."""

    count: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFrame:
    """The three lists of a frame, each by its count and root."""

    entities: Listing
    excluded: Listing
    inspectors: Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many (``take``) of the ``size`` entities of a stratum are drawn for a domain."""

    domain: Domain
    stratum: str
    size: int
    take: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRule:
    """How many inspectors go together, and which domains want an expert beside them."""

    min: int
    max: int
    expert_domains: tuple[Domain, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The values of ``commitment.json``; ``further`` are the canonical bytes of the object of all keys that are not read."""

    slot: Slot
    bureau: str
    period: Period
    frame: SealedFrame
    quotas: tuple[Quota, ...]
    combine: Combine
    team: TeamRule
    days: tuple[str, ...]
    sources: tuple[Promise, ...]
    amends: Amends | None = None
    further: bytes = b"{}"
    protocol: Protocol = Protocol.DRAW_V1


def parse_commitment(data: bytes) -> Commitment:
    """Read ``commitment.json``; raises ``InputError`` where a rule of SEAL, SOURCE-1 to SOURCE-4 or SUPP-1 does not hold."""
    fields = parse_object(data, COMMITMENT)
    protocol = fields.choice("protocol", Protocol)
    period = Period(fields.text("period"))
    days = _parse_days(fields, period)
    return Commitment(
        protocol=protocol,
        slot=_parse_slot(fields),
        bureau=fields.text("bureau"),
        period=period,
        frame=_parse_frame(fields.nested("frame")),
        quotas=_parse_quotas(fields),
        combine=fields.choice("combine", Combine),
        team=_parse_team(fields.nested("team")),
        days=days,
        sources=_parse_sources(fields, days[0]),
        amends=parse_amends(fields.nested("amends")) if "amends" in fields.values else None,
        further=render_others({key: value for key, value in fields.values.items() if key not in _KEYS}),
    )


def render_commitment(commitment: Commitment) -> bytes:
    """Give the canonical bytes of a commitment; raises ``CanonicalError`` where a text has none."""
    frame = commitment.frame
    listings = {"entities": frame.entities, "excluded": frame.excluded, "inspectors": frame.inspectors}
    team = commitment.team
    values = parse_others(commitment.further) | {
        "protocol": commitment.protocol,
        "slot": commitment.slot,
        "bureau": commitment.bureau,
        "period": commitment.period,
        "frame": {name: {"count": listing.count, "root": listing.root} for name, listing in listings.items()},
        "quotas": [
            {"domain": q.domain, "stratum": q.stratum, "size": q.size, "take": q.take} for q in commitment.quotas
        ],
        "combine": commitment.combine,
        "team": {"min": team.min, "max": team.max, "expert_domains": team.expert_domains},
        "days": commitment.days,
        "sources": [promise_values(source) for source in commitment.sources],
    }
    if commitment.amends is not None:
        values["amends"] = amends_values(commitment.amends)
    return render_canonical(values)


def commitment_digest(commitment: Commitment) -> str:
    """Give the digest under which a commitment is published."""
    return digest(render_commitment(commitment))


def seal_commitment(commitment: Commitment) -> bytes:
    """Give the canonical bytes of a commitment that was just made; raises ``InputError`` where it breaks a rule."""
    data = render_commitment(commitment)
    parse_commitment(data)
    return data


def require_amends(commitment: Commitment) -> Amends:
    """Give what a supplementary draw names; raises ``InputError`` for a first draw."""
    if commitment.amends is None:
        raise InputError(say("this is a first draw: it amends nothing"), hint=say("take a supplementary draw"))
    return commitment.amends


def sorted_quotas(quotas: Iterable[Quota]) -> tuple[Quota, ...]:
    """Give quotas in the order of a commitment."""
    return tuple(sorted(quotas, key=lambda quota: (quota.domain, quota.stratum)))


def _parse_slot(fields: Fields) -> Slot:
    slot = fields.text("slot")
    if not is_id(slot.replace("/", "-")):
        raise fields.fault("slot", say("{value} is not the name of a slot", value=shorten(slot)))
    return Slot(slot)


def _parse_days(fields: Fields, period: str) -> tuple[str, ...]:
    if not _PERIOD.fullmatch(period):
        raise fields.fault("period", say("{value} is not a month written YYYY-MM", value=shorten(period)))
    days = fields.sorted_days("days", least=1)
    for day in days:
        if day[:7] != period:
            raise fields.fault("days", say("{day} is not a day of {period}", day=day, period=period))
    return days


def _parse_frame(fields: Fields) -> SealedFrame:
    fields.require_known(("entities", "excluded", "inspectors"))
    return SealedFrame(
        entities=_parse_listing(fields.nested("entities")),
        excluded=_parse_listing(fields.nested("excluded")),
        inspectors=_parse_listing(fields.nested("inspectors")),
    )


def _parse_listing(fields: Fields) -> Listing:
    fields.require_known(("count", "root"))
    return Listing(count=fields.whole("count", least=0), root=fields.digest("root"))


def _parse_quotas(fields: Fields) -> tuple[Quota, ...]:
    quotas = []
    for item in fields.nested_list("quotas"):
        item.require_known(("domain", "stratum", "size", "take"))
        size = item.whole("size", least=1)
        take = item.whole("take", least=0, most=size)
        quotas.append(Quota(domain=Domain(item.text("domain")), stratum=item.text("stratum"), size=size, take=take))
    places = [(quota.domain, quota.stratum) for quota in quotas]
    if any(left >= right for left, right in pairwise(places)):
        raise fields.fault("quotas", say("this list is not sorted, or names something twice"))
    return tuple(quotas)


def _parse_team(fields: Fields) -> TeamRule:
    fields.require_known(("min", "max", "expert_domains"))
    most = fields.whole("max", least=1, most=_LARGEST_TEAM)
    domains = tuple(map(Domain, fields.sorted_texts("expert_domains")))
    return TeamRule(min=fields.whole("min", least=1, most=most), max=most, expert_domains=domains)


def _parse_sources(fields: Fields, first_day: str) -> tuple[Promise, ...]:
    sources = tuple(parse_promise(item) for item in fields.nested_list("sources"))
    fault = source_fault(sources, first_day)
    if fault is not None:
        raise fields.fault("sources", fault)
    return sources
