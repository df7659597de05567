"""What relays and beacons publish, read and matched to the promise that it answers.

What lives here: a round's JSON in the forms in which relays give it, and which promise a round or a pulse belongs to. What does not:
whether its signature holds (``proofs``), files (``files.beacon_files``) and the network (``relays``).

RELAY-1  A relay's round is a JSON object with ``round`` and ``signature`` (hex); ``randomness``, where it is there, is the SHA-256 of the
         signature, and ``previous_signature`` counts on a chained network alone. Other keys are not read.
RELAY-2  A round answers the promise of its number, a pulse the promise of its chain and number; every other one is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from inspect_cli.core.draw.drand import NETWORKS, Scheme
from inspect_cli.core.draw.nist import parse_pulse_object
from inspect_cli.core.draw.promise import DrandPromise, NistPromise
from inspect_cli.core.draw.seed import DrandProof, NistProof
from inspect_cli.errors import InputError, Position, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.errors import Message

_HEX = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayedRound:
    """A round as a relay gave it: number and signatures in lower-case hex; ``file`` names where it came from."""

    number: int
    signature: str
    previous: str | None
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPulse:
    """A pulse as it was published, and the certificate (PEM) beside it; ``file`` names where the pulse came from."""

    record: str
    certificate: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The value of a source, and for a beacon its proof."""

    value: str
    proof: DrandProof | NistProof | None = None


def parse_round(text: str, file: str) -> RelayedRound:
    """Read a relay's JSON (RELAY-1); raises ``InputError`` where it is no round."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_round(say("this is not JSON"), file) from error
    if not isinstance(values, dict):
        raise _no_round(say("this is not an object"), file)
    number = values.get("round")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise _no_round(say("it has no usable {key}", key="round"), file)
    signature = _hex(values.get("signature"))
    if signature is None:
        raise _no_round(say("it has no usable {key}", key="signature"), file)
    previous = values.get("previous_signature") or None
    if previous is not None and _hex(previous) is None:
        raise _no_round(say("it has no usable {key}", key="previous_signature"), file)
    randomness = values.get("randomness")
    if randomness is not None and _hex(randomness) != sha256(bytes.fromhex(signature)).hexdigest():
        raise _no_round(say("its randomness is not the SHA-256 of its signature"), file)
    return RelayedRound(number=number, signature=signature, previous=_hex(previous), file=file)


def answer_round(promise: DrandPromise, found: RelayedRound) -> Answer:
    """Give what a round says of its promise: the randomness and the proof; raises ``InputError`` for another round (RELAY-2)."""
    if found.number != promise.round:
        raise _another(
            promise,
            say("this is round {found}, promised was {round}", found=found.number, round=promise.round),
            found.file,
        )
    network = NETWORKS.get(promise.chain)
    is_chained = network is not None and network.scheme is Scheme.CHAINED_G2
    return Answer(
        value=sha256(bytes.fromhex(found.signature)).hexdigest(),
        proof=DrandProof(signature=found.signature, previous_signature=found.previous if is_chained else None),
    )


def match_answers(
    sources: Iterable[Promise], rounds: Iterable[RelayedRound], pulses: Iterable[PublishedPulse]
) -> dict[int, Answer]:
    """Give the answers by the place of the source that each belongs to; raises ``InputError`` for one that nobody promised (RELAY-2)."""
    promised = list(enumerate(sources))
    drand = [(place, one) for place, one in promised if isinstance(one, DrandPromise)]
    nist = [(place, one) for place, one in promised if isinstance(one, NistPromise)]
    answers: dict[int, Answer] = {}
    for found in rounds:
        if not drand:
            raise _no_round(say("this draw has promised no drand round"), found.file)
        # Two networks may have promised the same number; the first that has no answer yet takes it, and its signature is checked.
        fitting = [(place, one) for place, one in drand if one.round == found.number and place not in answers]
        place, promise = (fitting or drand)[0]
        answers[place] = answer_round(promise, found)
    for pulse in pulses:
        fields = parse_pulse_object(pulse.record)
        key = (fields.get("chainIndex"), fields.get("pulseIndex"))
        fits = [place for place, one in nist if (one.chain, one.pulse) == key]
        if not fits:
            raise InputError(
                say(
                    "this is pulse {pulse} of chain {chain}, which this draw has not promised",
                    chain=key[0],
                    pulse=key[1],
                ),
                where=Position(file=pulse.file),
                hint=say("promised are {known}", known=tuple(f"{one.chain}/{one.pulse}" for _, one in nist)),
            )
        proof = NistProof(pulse_record=pulse.record, certificate=pulse.certificate)
        answers[fits[0]] = Answer(value=str(fields.get("outputValue")).lower(), proof=proof)
    return answers


def round_address(promise: DrandPromise, relay: str = "https://api.drand.sh") -> str:
    """Give the address at which a relay publishes a promised round."""
    return f"{relay}/{promise.chain}/public/{promise.round}"


def _hex(value: object) -> str | None:
    """Give hex digits in lower case; None for everything else."""
    text = value.lower() if isinstance(value, str) else ""
    return text if _HEX.fullmatch(text) else None


def _no_round(what: Message, file: str) -> InputError:
    return InputError(
        say("this is no round of drand: {fault}", fault=what),
        where=Position(file=file),
        hint=say("take the relay's JSON as it came, with its round and signature; nothing was recorded"),
    )


def _another(promise: DrandPromise, what: Message, file: str) -> InputError:
    return InputError(
        what,
        where=Position(file=file),
        hint=say("take the promised one: {address}; nothing was recorded", address=round_address(promise)),
    )
