"""Pulses of the NIST Randomness Beacon 2.0: their fields, and the bytes that are signed and hashed.

What lives here: plain SHA-512. What does not: certificates and their signatures (``proofs.nist``).

NIST-1  A pulse is the JSON object that the beacon publishes, with or without the object ``pulse`` around it. Only cipher suite 0 is known:
        SHA-512, and RSA by PKCS#1 v1.5.
NIST-2  The signed bytes are, in this order: uri, version, cipherSuite, period, certificateId, chainIndex, pulseIndex, timeStamp,
        localRandomValue, external.sourceId, external.statusCode, external.value, the values of listValues (previous, hour, day, month,
        year), precommitmentValue, statusCode. Numbers are big-endian, the two indexes of 8 bytes, the others of 4; texts (UTF-8) and
        values (their bytes) stand behind their length, a number of 4 bytes. (Source: NISTIR 8213, section 4; the lengths as published.)
NIST-3  outputValue is the SHA-512 of the signed bytes and the signature behind them. What is not signed, the addresses of the earlier
        pulses, decides nothing and is not read.
NIST-4  A status code other than 0, the pulse's or its external source's, is the beacon's own word that something was out of order: a
        gap, or the start of another chain. Such a pulse is genuine, and said to be so with its status; no seed is made of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha512
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHORT, _LONG = 4, 8
_EARLIER: Final = ("previous", "hour", "day", "month", "year")
_SHA512: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """A pulse that was read: the bytes that are signed, the signature, and what is looked at besides."""

    signed: bytes
    signature: bytes
    certificate_id: str
    time: str
    status: int
    output: str

    @property
    def expected_output(self) -> str:
        """Give the value that follows from the other fields, lower-case hex (NIST-3)."""
        return sha512(self.signed + self.signature).hexdigest()


def parse_pulse_object(record: str) -> Mapping[str, object]:
    """Read the fields of a pulse from its published JSON (NIST-1); raises ``InputError`` where it is no such object."""
    try:
        outer = json.loads(record)
    except (ValueError, RecursionError) as error:
        raise InputError(say("the pulse record is not JSON")) from error
    pulse = outer.get("pulse", outer) if isinstance(outer, dict) else None
    if not isinstance(pulse, dict):
        raise InputError(say("the pulse record is not JSON"))
    return pulse


def parse_pulse(record: str) -> Pulse:
    """Read a pulse whole (NIST-1, NIST-2); raises ``InputError`` where a field is missing or of another form."""
    fields = parse_pulse_object(record)
    suite, status = _whole(fields, "cipherSuite", _SHORT), _whole(fields, "statusCode", _SHORT)
    if suite != bytes(_SHORT):
        raise InputError(say("the pulse is signed by another cipher suite than 0, the only one that is known here"))
    external = _nested(fields, "external")
    outside = _whole(external, "statusCode", _SHORT)
    certificate, time = _hex(fields, "certificateId", _SHA512), _text(fields, "timeStamp")
    signed = b"".join(
        (
            _framed(_text(fields, "uri").encode()),
            _framed(_text(fields, "version").encode()),
            suite,
            _whole(fields, "period", _SHORT),
            _framed(certificate),
            _whole(fields, "chainIndex", _LONG),
            _whole(fields, "pulseIndex", _LONG),
            _framed(time.encode()),
            _framed(_hex(fields, "localRandomValue", _SHA512)),
            _framed(_hex(external, "sourceId", _SHA512)),
            outside,
            _framed(_hex(external, "value", _SHA512)),
            *map(_framed, _earlier(fields)),
            _framed(_hex(fields, "precommitmentValue", _SHA512)),
            status,
        )
    )
    return Pulse(
        signed=signed,
        signature=_hex(fields, "signatureValue"),
        certificate_id=certificate.hex(),
        time=time,
        status=int.from_bytes(status, "big") or int.from_bytes(outside, "big"),
        output=_hex(fields, "outputValue", _SHA512).hex(),
    )


def _earlier(fields: Mapping[str, object]) -> Sequence[bytes]:
    """Give the values of the earlier pulses in their order; each names which one it is."""
    items = fields.get("listValues")
    entries = items if isinstance(items, list) and all(isinstance(item, dict) for item in items) else []
    if tuple(entry.get("type") for entry in entries) != _EARLIER:
        raise _broken("listValues")
    return [_hex(entry, "value", _SHA512) for entry in entries]


def _nested(fields: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = fields.get(key)
    if not isinstance(value, dict):
        raise _broken(key)
    return value


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str) or not value.isascii():
        raise _broken(key)
    return value


def _hex(fields: Mapping[str, object], key: str, length: int | None = None) -> bytes:
    """Read bytes that are written as hex digits, of either case and without spaces."""
    text = _text(fields, key)
    try:
        value = b"" if any(character.isspace() for character in text) else bytes.fromhex(text)
    except ValueError as error:
        raise _broken(key) from error
    if not value or (length is not None and len(value) != length):
        raise _broken(key)
    return value


def _whole(fields: Mapping[str, object], key: str, length: int) -> bytes:
    value = fields.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << (8 * length):
        raise _broken(key)
    return value.to_bytes(length, "big")


def _framed(value: bytes) -> bytes:
    return len(value).to_bytes(_SHORT, "big") + value


def _broken(key: str) -> InputError:
    return InputError(say("the pulse record has no usable {key}", key=key))
