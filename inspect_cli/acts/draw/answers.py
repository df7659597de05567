"""What answers a draw's promises: typed values by their form, beacons by their proof, before any of it is kept.

What lives here: joining promises and values, proving them, asking relays, and when a beacon has failed. What does not: keeping (``steps``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.acts.draw.hours import is_reached
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.nist import parse_pulse
from inspect_cli.core.draw.promise import DrandPromise, NistPromise, kind_of
from inspect_cli.core.draw.relayed import Answer, answer_round, parse_round, round_address
from inspect_cli.core.draw.seed import Entropy, NistProof, ProofState, parse_value, require_entropy
from inspect_cli.errors import InputError, InspectError, Mistake, Position, RefusedError, UsageMistake, say
from inspect_cli.proofs import PROVERS
from inspect_cli.relays import fetch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.names import Slot
    from inspect_cli.core.people import Actor, Approval
    from inspect_cli.errors import Message
    from inspect_cli.storage.draws import DrawRecord

BEACON_FAILED: Final = "beacon-failed"
"""The reason's code with which a draw is voided whose beacon gave nothing, or nothing that holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A round that a relay gave and that was proved: the answer, who gave it, and its bytes as they came."""

    answer: Answer
    relay: str
    data: bytes


def answer_promises(slot: Slot, promises: Sequence[Promise], answers: Sequence[Answer]) -> tuple[Entropy, ...]:
    """Join promises and answers, one for one, and prove what has a proof; raises ``InputError`` where anything does not hold."""
    if len(promises) != len(answers):
        raise UsageMistake(
            say("{count} values were given for {promised} sources", count=len(answers), promised=len(promises)),
            hint=say("give one value for each source, in the order of the commitment"),
        )
    entries = tuple(
        Entropy(promise=promise, value=parse_value(promise, answer.value), proof=answer.proof)
        for promise, answer in zip(promises, answers, strict=True)
    )
    for entry in entries:
        require_proved(slot, entry)
    return entries


def require_proved(slot: Slot, entry: Entropy) -> None:
    """Refuse (``InputError``) a beacon's value without a proof, with one that does not hold, or with the beacon's own word of trouble."""
    if not isinstance(entry.promise, DrandPromise | NistPromise):
        return
    if entry.proof is None:
        raise InputError(
            say("the value of {name} is kept with its proof alone: nothing was recorded", name=entry.promise.name),
            hint=say("give the file: --drand round.json, or --nist pulse.json --certificate cert.pem"),
        )
    try:
        require_entropy(entry)
    except InputError as error:
        raise _unproved(slot, entry, error.what) from error
    outcome = PROVERS[kind_of(entry.promise)](entry)
    if outcome.state is not ProofState.HOLDS:
        raise _unproved(slot, entry, outcome.detail)
    if isinstance(entry.proof, NistProof) and (status := parse_pulse(entry.proof.pulse_record).status):
        raise _unproved(
            slot, entry, say("the beacon gives this pulse the status {status}: it is out of order", status=status)
        )


def fetch_round(slot: Slot, promise: DrandPromise, relays: Sequence[str]) -> Fetched:
    """Ask relays in their order until one gives the promised round with its signature; ``RefusedError`` with what each of them said."""
    faults = []
    for relay in relays:
        address = round_address(promise, relay)
        said = fetch(address)
        if isinstance(said, bytes):
            try:
                answer = answer_round(promise, parse_round(said.decode("utf-8", "replace"), address))
                require_proved(slot, Entropy(promise=promise, value=answer.value, proof=answer.proof))
            except InspectError as error:
                said = error.what
            else:
                return Fetched(answer=answer, relay=relay, data=said)
        faults.append(Mistake(what=said, where=Position(file=relay)))
    raise RefusedError(
        say("no relay gave round {round}: nothing was recorded", round=promise.round),
        hint=say(
            "try again later, or open {address} where there is a network, save it as round.json, and call "
            "inspect-cli draw seed {slot} --drand round.json",
            address=round_address(promise),
            slot=slot,
        ),
        mistakes=tuple(faults),
    )


def require_failed_beacon(record: DrawRecord, approval: Approval, actor: Actor) -> None:
    """Refuse (``RefusedError``) the reason that a beacon failed where none could have: it is no way out of a disliked draw."""
    if approval.reason != BEACON_FAILED:
        return
    beacons = [
        one for one in parse_commitment(record.commitment).sources if isinstance(one, DrandPromise | NistPromise)
    ]
    if record.entropy is not None:
        what = say("the values of {slot} are recorded and proved: no beacon has failed", slot=record.slot)
    elif not any(is_reached(one, actor.clock, actor.day) for one in beacons):
        what = say("{slot} has no beacon whose time has come: none has failed", slot=record.slot)
    else:
        return
    raise RefusedError(
        what,
        hint=say("name the true reason: inspect-cli draw void {slot} --approver NAME --reason CODE", slot=record.slot),
    )


def _unproved(slot: Slot, entry: Entropy, fault: Message) -> InputError:
    return InputError(
        say("{source}: {fault}; nothing was recorded", source=entry.promise.name, fault=fault),
        hint=say(
            "take the file anew, from another relay; where no true one can be had: inspect-cli draw void {slot} --approver NAME "
            "--reason {code}",
            slot=slot,
            code=BEACON_FAILED,
        ),
    )
