"""Which certificates of the NIST beacon are pinned, and from when to when each is valid.

What lives here: their ids. The bytes come with each pulse and are compared by their digest; signatures are checked by ``proofs.nist``.

NIST-7  A pulse is promised only for a time at which a pinned certificate is valid, for nobody could check it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.fields import parse_instant
from inspect_cli.core.draw.promise import NistPromise, parse_promise
from inspect_cli.errors import say

if TYPE_CHECKING:
    from inspect_cli.core.draw.fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when a certificate is valid: instants of RFC 3339, both included."""

    first: str
    last: str


CERTIFICATES: Final = {
    "5501e3d72bc42f3b96e16de4dcadcb16768e109662bd16d667d5fd9aee585af3"
    "1bbdc5dd4f53592276064b53dddd76c8f3604b2a41db6e09f78f82bb5d6569e7": Span(
        first="2018-01-10T00:00:00Z", last="2019-01-11T12:00:00Z"
    ),
}
"""The pinned certificates (engine.beacon.nist.gov) by their id, the SHA-512 of their DER. A later one is added by a new version."""


def parse_pulse_announced(fields: Fields) -> NistPromise:
    """Read a NIST source as a plan names it; raises ``InputError`` where its pulse could not be checked (NIST-7)."""
    promise = parse_promise(fields)
    at = parse_instant(promise.at)
    spans = CERTIFICATES.values()
    if not isinstance(promise, NistPromise) or not any(
        parse_instant(span.first) <= at <= parse_instant(span.last) for span in spans
    ):
        known = tuple(f"{span.first}–{span.last}" for span in spans)
        raise fields.fault(
            "at",
            say(
                "no certificate of the NIST beacon that is pinned here is valid then, only {known}: use drand",
                known=known,
            ),
        )
    return promise
