"""From base and share to quota: how many of a stratum are drawn for a domain. Who is in the base is ``frame.build``'s matter.

Rules:

QUOTA-1  take = base × ratio, computed with exact fractions and rounded up, unless the plan says ``floor`` or ``half-up``.
QUOTA-2  A number is taken as it stands; one that exceeds the base is refused.
QUOTA-3  A take of 0 is refused unless the share says ``allow_zero``.
QUOTA-4  The share ``*`` of a domain holds for each of its strata that no other share of the domain names.
QUOTA-5  A ratio is a decimal from 0 to 1, or the same as a percentage or per mille: ``0.05``, ``5%``, ``2‰``; nothing is lost on the way.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, assert_never

from inspect_cli.core.plan.plan import Rounding
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.plan import Share
    from inspect_cli.errors import Message, Term

ANY_STRATUM = "*"
StratumKey: TypeAlias = "tuple[Domain, str]"
_RATIO = re.compile(r"([0-9]{1,8}(?:\.[0-9]{1,12})?)\s?([%‰]?)", re.ASCII)
_SHIFT = {"": 0, "%": -2, "‰": -3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What is drawn from one stratum for one domain: ``take`` of ``size``, and the share that says so."""

    domain: Domain
    stratum: str
    size: int
    take: int
    share: Share


def parse_ratio(text: str) -> str:
    """Parse a ratio (QUOTA-5) into a plain decimal string such as ``0.05``; ``InputError`` when it is none or exceeds 1."""
    shape = _RATIO.fullmatch(unicodedata.normalize("NFKC", text).strip())
    ratio = None if shape is None else Decimal(shape[1]).scaleb(_SHIFT[shape[2]])
    if ratio is None or ratio > 1:
        raise InputError(
            say("{value} is not a ratio between 0 and 1", value=text),
            hint=say('write a ratio as "0.05", "5%" or "2‰"'),
        )
    plain = format(ratio, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def render_ratio(ratio: str) -> str:
    """Render a decimal ratio as a percentage, exactly: ``0.05`` is ``5%``."""
    return f"{(Decimal(ratio) * 100).normalize():f}%"


def compute_take(base: int, share: Share, rounding: Rounding) -> int:
    """Compute how many of ``base`` entities a share takes (QUOTA-1, QUOTA-2); its bounds are ``find_fault``'s matter."""
    if share.number is not None:
        return share.number
    wanted = base * Fraction(share.ratio or "0")
    match rounding:
        case Rounding.CEIL:
            return -(-wanted.numerator // wanted.denominator)
        case Rounding.FLOOR:
            return wanted.numerator // wanted.denominator
        case Rounding.HALF_UP:
            doubled = 2 * wanted + 1
            return doubled.numerator // (2 * doubled.denominator)
        case _:
            assert_never(rounding)


def index_shares(shares: Iterable[Share]) -> Mapping[StratumKey, Share]:
    """Lay out the shares by domain and stratum; at most one share names a pair."""
    return {(share.domain, share.stratum): share for share in shares}


def find_share(index: Mapping[StratumKey, Share], domain: Domain, stratum: str) -> Share | None:
    """Find the share that holds for a stratum of a domain (QUOTA-4), or None where the plan does not cover it."""
    return index.get((domain, stratum)) or index.get((domain, ANY_STRATUM))


def find_fault(quota: Quota, name: Term) -> Message | None:
    """Tell what is wrong with a quota (QUOTA-2, QUOTA-3), or None; ``name`` is the domain's, for people."""
    place = {"domain": name, "stratum": quota.stratum}
    if quota.take > quota.size:
        return say(
            "{domain} {stratum}: {take} cannot be drawn from a base of {size}",
            take=quota.take,
            size=quota.size,
            **place,
        )
    if quota.take == 0 and not quota.share.allow_zero:
        return say("{domain} {stratum}: the quota is 0 of a base of {size}", size=quota.size, **place)
    return None
