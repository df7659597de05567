"""drand as a source: the networks that are pinned, and which round a time means.

What lives here: constants of networks, and the arithmetic of rounds. What does not: signatures (``proofs.drand``), and asking anybody
for a round (``relays``).

DRAND-1  Only pinned networks are known, by the hash of their chain; of any other nothing is said, and none is promised.
DRAND-2  A round's announced time is genesis + (round - 1) × period.
DRAND-4  A time means the first round at or after it; before the genesis that is round 1. ``at`` becomes the instant of that round, in the
         offset in which the time was written. A network that was switched off is not promised any more; its old rounds stay proved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.fields import parse_instant, shorten
from inspect_cli.core.draw.promise import DrandPromise, parse_promise
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from inspect_cli.core.draw.fields import Fields

QUICKNET: Final = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
"""The chain that is meant where none is named."""

_EPOCH: Final = date(1970, 1, 1).toordinal() * 86400
_ROUND = "round"
_CHAIN = "chain"


class Scheme(StrEnum):
    """How a network signs: quicknet's short signatures, fastnet's with another tag, or the first network's chain of long ones."""

    UNCHAINED_G1 = "bls-unchained-g1-rfc9380"
    UNCHAINED_ON_G1 = "bls-unchained-on-g1"
    CHAINED_G2 = "pedersen-bls-chained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network's constants: ``public_key`` in hex, ``period`` and ``genesis`` (Unix time) in seconds, the day it was switched off."""

    name: str
    scheme: Scheme
    public_key: str
    period: int
    genesis: int
    ended: str | None = None


NETWORKS: Final = {
    QUICKNET: Network(
        name="quicknet",
        scheme=Scheme.UNCHAINED_G1,
        public_key=(
            "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
            "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
        ),
        period=3,
        genesis=1692803367,
    ),
    "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce": Network(
        name="default",
        scheme=Scheme.CHAINED_G2,
        public_key="868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
        period=30,
        genesis=1595431050,
    ),
    "dbd506d6ef76e5f386f41c651dcb808c5bcbd75471cc4eafa3f4df7ad4e4c493": Network(
        name="fastnet",
        scheme=Scheme.UNCHAINED_ON_G1,
        public_key=(
            "a0b862a7527fee3a731bcb59280ab6abd62d5c0b6ea03dc4ddf6612fdfc9d01f01c31542541771903475eb1ec6615f8d"
            "0df0b8b6dce385811d6dcf8cbefb8759e5e616a3dfd054c928940766d9a5b9db91e3b697e5d70a975181e007f87fca5e"
        ),
        period=3,
        genesis=1677685200,
        ended="2024-11-06",
    ),
}
"""The networks of the League of Entropy, by the hash of their chain (DRAND-1)."""


def opened_at(network: Network, number: int) -> datetime:
    """Give the instant of a round (DRAND-2); raises ``InputError`` for one beyond the calendar."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=network.genesis + (number - 1) * network.period)
    except OverflowError as error:
        raise InputError(say("round {round} lies beyond the calendar", round=number)) from error


def is_opened_at(network: Network, number: int, at: str) -> bool:
    """Say whether ``at`` (RFC 3339) is the instant of a round (DRAND-2)."""
    seconds, fraction = parse_instant(at)
    return (seconds - _EPOCH, fraction) == (network.genesis + (number - 1) * network.period, "")


def first_round(network: Network, at: str) -> int:
    """Give the first round at or after a time (RFC 3339 with offset), by DRAND-4; raises ``InputError`` for another form."""
    seconds, fraction = parse_instant(at)
    since = seconds - _EPOCH - network.genesis + (1 if fraction else 0)
    return max(-(-since // network.period), 0) + 1


def announce_round(name: str, at: str, chain: str = QUICKNET) -> DrandPromise:
    """Promise the first round at or after ``at``, whose seconds may be left out (DRAND-4); raises ``InputError``."""
    network = require_network(chain)
    try:
        written = datetime.fromisoformat(at)
    except ValueError:
        written = None
    if written is None or written.tzinfo is None or len(at) <= len("YYYY-MM-DD"):
        raise InputError(
            say("{value} is not a time with its offset from UTC", value=shorten(at)),
            hint=say("write it like 2026-11-30T09:00:00+08:00 (RFC 3339)"),
        )
    number = first_round(network, written.isoformat())
    try:
        instant = opened_at(network, number).astimezone(written.tzinfo)
    except OverflowError as error:
        raise InputError(say("round {round} lies beyond the calendar", round=number)) from error
    return DrandPromise(name=name, at=instant.isoformat(), chain=chain, round=number)


def parse_announced(fields: Fields) -> DrandPromise:
    """Read a drand source as a plan names it, by a time or by its round as well; raises ``InputError`` at the key that is wrong."""
    fields.require_known(("kind", "name", "at", _CHAIN, _ROUND))
    chain = fields.digest(_CHAIN) if _CHAIN in fields.values else QUICKNET
    try:
        network = require_network(chain)
    except InputError as error:
        raise fields.fault(_CHAIN, error.what) from error
    if _ROUND not in fields.values:
        name, at = fields.text("name"), fields.text("at")
        try:
            return announce_round(name, at, chain)
        except InputError as error:
            raise fields.fault("at", error.what) from error
    promise = parse_promise(replace(fields, values={**fields.values, _CHAIN: chain}))
    if not isinstance(promise, DrandPromise) or not is_opened_at(network, promise.round, promise.at):
        what = say(
            "{at} is not the instant of that round: leave the round out, and at says which one is meant", at=promise.at
        )
        raise fields.fault(_ROUND, what)
    return promise


def require_network(chain: str) -> Network:
    """Give the network of a chain that can be promised; raises ``InputError`` for one that is unknown or switched off (DRAND-4)."""
    network = NETWORKS.get(chain)
    running = tuple(f"{one.name} {key}" for key, one in NETWORKS.items() if one.ended is None)
    if network is None:
        raise InputError(
            say("the chain {chain} is not known here; known are {known}", chain=shorten(chain), known=running)
        )
    if network.ended is not None:
        raise InputError(
            say(
                "the network {name} was switched off on {day}; those that run are {known}",
                name=network.name,
                day=network.ended,
                known=running,
            )
        )
    return network
