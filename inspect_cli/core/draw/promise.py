"""Promises: where the seed will come from, announced before any of it exists.

What lives here: the five kinds of sources, from and to the keys of a commitment, and the rules on all sources together.
What does not: values and proofs (``seed``).

SOURCE-1  A promise has a kind, a name, the announced time ``at`` (RFC 3339 with offset) and its kind's keys.
SOURCE-2  ``text``: the digest of the text, sealed beforehand, so that the last to speak cannot choose. ``dice``: how
          many, and how many sides (2 to 10). ``lottery``: the names of its groups. ``drand``: the chain's hash and the
          round. ``nist``: the numbers of chain and pulse.
SOURCE-3  Not all sources are texts; texts stand first, and none is opened later than any source that is not a text, so
          that nobody can hold one back knowing the rest.
SOURCE-4  The date of every ``at``, as written, is before the first day on which a visit can take place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from inspect_cli.core.draw.fields import parse_instant
from inspect_cli.errors import InputError, Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.fields import Fields


class SourceKind(StrEnum):
    """The kinds of public randomness."""

    TEXT = "text"
    DICE = "dice"
    LOTTERY = "lottery"
    DRAND = "drand"
    NIST = "nist"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPromise:
    """A line that somebody keeps sealed; ``digest`` is the SHA-256 of its UTF-8 bytes."""

    name: str
    at: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DicePromise:
    """``count`` dice of ``sides`` sides (2 to 10), rolled in public."""

    name: str
    at: str
    count: int
    sides: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LotteryPromise:
    """The numbers of a public lottery; ``groups`` names the groups in which they are announced."""

    name: str
    at: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrandPromise:
    """One round of a drand chain, by the chain's hash."""

    name: str
    at: str
    chain: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NistPromise:
    """One pulse of the NIST Randomness Beacon 2.0."""

    name: str
    at: str
    chain: int
    pulse: int


Promise = TextPromise | DicePromise | LotteryPromise | DrandPromise | NistPromise

_SHARED_KEYS = ("kind", "name", "at")
_KIND_KEYS: dict[SourceKind, tuple[str, ...]] = {
    SourceKind.TEXT: ("digest",),
    SourceKind.DICE: ("count", "sides"),
    SourceKind.LOTTERY: ("groups",),
    SourceKind.DRAND: ("chain", "round"),
    SourceKind.NIST: ("chain", "pulse"),
}


def kind_of(promise: Promise) -> SourceKind:
    """Give the kind of a promise."""
    match promise:
        case TextPromise():
            return SourceKind.TEXT
        case DicePromise():
            return SourceKind.DICE
        case LotteryPromise():
            return SourceKind.LOTTERY
        case DrandPromise():
            return SourceKind.DRAND
        case NistPromise():
            return SourceKind.NIST
        case _:
            assert_never(promise)


def parse_promise(fields: Fields, beyond: Sequence[str] = ()) -> Promise:
    """Read a promise whose object may have the keys ``beyond`` besides its own; raises ``InputError`` (SOURCE-1, SOURCE-2)."""
    kind = fields.choice("kind", SourceKind)
    fields.require_known((*_SHARED_KEYS, *_KIND_KEYS[kind], *beyond))
    name, at = fields.text("name"), fields.text("at")
    try:
        parse_instant(at)
    except InputError as error:
        raise fields.fault("at", error.what) from error
    match kind:
        case SourceKind.TEXT:
            return TextPromise(name=name, at=at, digest=fields.digest("digest"))
        case SourceKind.DICE:
            return DicePromise(name=name, at=at, count=fields.whole("count", 1), sides=fields.whole("sides", 2, 10))
        case SourceKind.LOTTERY:
            groups = fields.texts("groups")
            if not groups:
                raise fields.fault("groups", say("this list is empty"))
            return LotteryPromise(name=name, at=at, groups=groups)
        case SourceKind.DRAND:
            return DrandPromise(name=name, at=at, chain=fields.digest("chain"), round=fields.whole("round", 1))
        case SourceKind.NIST:
            return NistPromise(name=name, at=at, chain=fields.whole("chain", 0), pulse=fields.whole("pulse", 0))
        case _:
            assert_never(kind)


def promise_values(promise: Promise) -> dict[str, object]:
    """Give the keys of a promise as a commitment holds them."""
    kind = kind_of(promise)
    names = ("name", "at", *_KIND_KEYS[kind])
    return {"kind": kind.value} | {name: getattr(promise, name) for name in names}


def source_fault(sources: Sequence[Promise], first_day: str) -> Message | None:
    """Say what is wrong with all sources together (SOURCE-3, SOURCE-4), or None."""
    if all(isinstance(source, TextPromise) for source in sources):
        return say("at least one source must be something that nobody knows beforehand: not all can be texts")
    texts = [source for source in sources if isinstance(source, TextPromise)]
    others = [source for source in sources if not isinstance(source, TextPromise)]
    if list(sources) != [*texts, *others]:
        return say("sealed texts stand before all other sources")
    first_other = min(parse_instant(source.at) for source in others)
    for text in texts:
        if parse_instant(text.at) > first_other:
            return say("the text of {name} is opened after another source is known", name=text.name)
    for source in sources:
        if source.at[:10] >= first_day:
            return say("the source {name} is not known before the first day {day}", name=source.name, day=first_day)
    return None
