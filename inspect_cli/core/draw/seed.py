"""The seed: values of the promised sources, their forms and proofs, and the digest of them all.

What lives here: the form of each kind's value, what a proof shows without cryptography of third parties, and the seed.
What does not: signatures of beacons; those come from outside as provers, and without one nobody says that the proof
holds.

SOURCE-5  An entropy entry repeats every key of its promise and adds the value and its proof.
SOURCE-6  ``text``: 1 to 200 characters, no control or format characters, no line or paragraph separators, no white
          space at either end; its digest is the sealed one. ``dice``: exactly ``count`` digits, 0–9 for ten sides, else
          1–sides. ``lottery``: for each group its numbers, ascending, in decimal without leading zeros, each followed
          by ``.``, and then ``/``; at least one number a group. ``drand``: lower-case hex, the SHA-256 of the
          signature. ``nist``: the pulse's output value in lower-case hex; ``at`` is the pulse's time.
SOURCE-7  The seed is the hex SHA-256 of ``lines("draw-v1/seed", commitment digest, kind:value, …)`` in the order of the
          sources.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, assert_never

from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.fields import is_digest, parse_instant
from inspect_cli.core.draw.nist import parse_pulse_object
from inspect_cli.core.draw.promise import (
    DicePromise,
    DrandPromise,
    LotteryPromise,
    NistPromise,
    Promise,
    SourceKind,
    TextPromise,
    kind_of,
    parse_promise,
    promise_values,
)
from inspect_cli.errors import InputError, Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.fields import Fields

_LONGEST_TEXT = 200
_NUMBERS = re.compile(r"(?:(?:0|[1-9][0-9]*)\.)+")
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
_OUTPUT = re.compile(r"[0-9a-f]{128}")
_TEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DrandProof:
    """The signature of a round and, on chained networks, that of the round before; hex."""

    signature: str
    previous_signature: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NistProof:
    """The JSON text of a pulse as published, and the certificate (PEM) that signs it."""

    pulse_record: str
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entropy:
    """What a source gave: the promise again, the value, and for a beacon its proof."""

    promise: Promise
    value: str
    proof: DrandProof | NistProof | None = None


class ProofState(StrEnum):
    """What a prover says of an entry: the proof holds, fails, or cannot be run here (an unknown chain, say)."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOutcome:
    """A prover's answer and why."""

    state: ProofState
    detail: Message


Prover = Callable[[Entropy], ProofOutcome]
Provers = Mapping[SourceKind, Prover]


def parse_entropy(fields: Fields) -> Entropy:
    """Read an entropy entry; raises ``InputError`` for a wrong shape, and leaves value and proof to be judged (SOURCE-5)."""
    kind = fields.choice("kind", SourceKind)
    match kind:
        case SourceKind.DRAND:
            promise = parse_promise(fields, ("value", "signature", "previous_signature"))
            previous = fields.text("previous_signature") if "previous_signature" in fields.values else None
            proof = DrandProof(signature=fields.text("signature"), previous_signature=previous)
            return Entropy(promise=promise, value=fields.text("value"), proof=proof)
        case SourceKind.NIST:
            promise = parse_promise(fields, ("value", "pulse_record", "certificate"))
            pulse = NistProof(pulse_record=fields.text("pulse_record"), certificate=fields.text("certificate"))
            return Entropy(promise=promise, value=fields.text("value"), proof=pulse)
        case SourceKind.TEXT | SourceKind.DICE | SourceKind.LOTTERY:
            return Entropy(promise=parse_promise(fields, ("value",)), value=fields.text("value"))
        case _:
            assert_never(kind)


def entropy_values(entry: Entropy) -> dict[str, object]:
    """Give the keys of an entropy entry as a result holds them."""
    values = promise_values(entry.promise) | {"value": entry.value}
    match entry.proof:
        case None:
            return values
        case DrandProof(signature=signature, previous_signature=None):
            return values | {"signature": signature}
        case DrandProof(signature=signature, previous_signature=previous):
            return values | {"signature": signature, "previous_signature": previous}
        case NistProof(pulse_record=record, certificate=certificate):
            return values | {"pulse_record": record, "certificate": certificate}
        case _:
            assert_never(entry.proof)


def answer_fault(sources: Sequence[Promise], entropy: Sequence[Entropy]) -> Message | None:
    """Say where the entries do not answer the promises one for one, in order, every key the same; or None."""
    if len(sources) != len(entropy):
        return say("{count} values answer {promised} promises", count=len(entropy), promised=len(sources))
    for promise, entry in zip(sources, entropy, strict=True):
        expected, found = promise_values(promise), promise_values(entry.promise)
        for key in expected | found:
            if expected.get(key) != found.get(key):
                return say(
                    "{key} of {name}: promised was {expected}, the value answers {found}",
                    key=key,
                    name=promise.name,
                    expected=expected.get(key),
                    found=found.get(key),
                )
    return None


def parse_value(promise: Promise, value: str) -> str:
    """Take the value of a source, as typed or published; raises ``InputError`` where its kind's form does not hold (SOURCE-6)."""
    match promise:
        case TextPromise():
            _require_text(value)
            if digest(value.encode()) != promise.digest:
                raise InputError(
                    say(
                        "this is not the text that {name} sealed: its digest is {found}, promised was {expected}",
                        name=promise.name,
                        found=digest(value.encode()),
                        expected=promise.digest,
                    ),
                    hint=say("type the sealed line exactly, with its spaces and punctuation"),
                )
        case DicePromise():
            _require_dice(promise, value)
        case LotteryPromise():
            _require_lottery(promise, value)
        case DrandPromise():
            if not is_digest(value):
                raise InputError(
                    say("the randomness of a drand round is 64 lower-case hex digits"),
                    hint=say("copy the randomness of round {round}", round=promise.round),
                )
        case NistPromise():
            if not _OUTPUT.fullmatch(value):
                raise InputError(
                    say("the output value of a NIST pulse is 128 lower-case hex digits"),
                    hint=say("copy outputValue of pulse {pulse} in lower case", pulse=promise.pulse),
                )
        case _:
            assert_never(promise)
    return value


def seal_text(value: str) -> str:
    """Give the digest that seals a text; raises ``InputError`` where the text could not be opened later (SOURCE-6)."""
    _require_text(value)
    return digest(value.encode())


def require_entropy(entry: Entropy) -> None:
    """Raise ``InputError`` unless value and proof have their form and agree as far as plain SHA-256 can tell (SOURCE-6)."""
    parse_value(entry.promise, entry.value)
    match entry.promise, entry.proof:
        case DrandPromise(), DrandProof() as proof:
            _require_drand(entry.value, proof)
        case NistPromise() as promise, NistProof() as pulse:
            _require_nist(promise, entry.value, pulse)
        case ((DrandPromise() | NistPromise()), _):
            raise InputError(say("the proof of {name} is missing", name=entry.promise.name))
        case _:
            pass


def seed_of(commitment_digest: str, entropy: Sequence[Entropy]) -> str:
    """Give the seed, 64 hex digits (SOURCE-7)."""
    values = (f"{kind_of(entry.promise)}:{entry.value}" for entry in entropy)
    return sha256("\n".join(("draw-v1/seed", commitment_digest, *values)).encode()).hexdigest()


def _require_text(value: str) -> None:
    hint = say("a sealed text is 1 to 200 characters on one line, without spaces at its ends")
    if not 1 <= len(value) <= _LONGEST_TEXT:
        raise InputError(say("the text has {count} characters", count=len(value)), hint=hint)
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in value):
        raise InputError(say("the text holds a control or invisible character"), hint=hint)
    if value[0].isspace() or value[-1].isspace():
        raise InputError(say("the text begins or ends with a space"), hint=hint)
    if not unicodedata.is_normalized("NFC", value):
        raise InputError(say("the text is not in Unicode's normal form NFC"), hint=say("type it anew on this machine"))


def _require_dice(promise: DicePromise, value: str) -> None:
    known = "0123456789" if promise.sides == _TEN else "123456789"[: promise.sides]
    hint = say(
        "type {count} digits, each one of {known}, in the order rolled and without spaces",
        count=promise.count,
        known=known,
    )
    if len(value) != promise.count:
        raise InputError(
            say("{found} characters for {expected} dice", found=len(value), expected=promise.count), hint=hint
        )
    for place, digit in enumerate(value, start=1):
        if digit not in known:
            raise InputError(say("die {place} shows {digit}, which it cannot", place=place, digit=digit), hint=hint)


def _require_lottery(promise: LotteryPromise, value: str) -> None:
    hint = say(
        "for each of {groups}: its numbers ascending, each followed by a full stop, then a slash, like 9319./2.5.8./",
        groups=promise.groups,
    )
    groups = value.split("/")
    if len(groups) != len(promise.groups) + 1 or groups.pop():
        raise InputError(
            say("the value does not hold one slash after each of {count} groups", count=len(promise.groups)), hint=hint
        )
    for name, group in zip(promise.groups, groups, strict=True):
        if not _NUMBERS.fullmatch(group):
            raise InputError(
                say("the numbers of {name} are not decimal numbers, each with a full stop", name=name), hint=hint
            )
        numbers = [(len(number), number) for number in group[:-1].split(".")]
        if numbers != sorted(numbers):
            raise InputError(say("the numbers of {name} do not ascend", name=name), hint=hint)


def _require_drand(value: str, proof: DrandProof) -> None:
    for signature in (proof.signature, proof.previous_signature):
        if signature is not None and not _HEX.fullmatch(signature):
            raise InputError(say("a signature is not lower-case hex digits"))
    found = sha256(bytes.fromhex(proof.signature)).hexdigest()
    if found != value:
        raise InputError(say("the randomness is {found} by its signature, not {expected}", found=found, expected=value))


def _require_nist(promise: NistPromise, value: str, proof: NistProof) -> None:
    pulse = parse_pulse_object(proof.pulse_record)
    found = (pulse.get("chainIndex"), pulse.get("pulseIndex"), str(pulse.get("outputValue")).lower())
    if found != (promise.chain, promise.pulse, value):
        raise InputError(say("the pulse record is that of another pulse or value"))
    if parse_instant(str(pulse.get("timeStamp"))) != parse_instant(promise.at):
        raise InputError(say("the pulse was not published at the announced time {at}", at=promise.at))
