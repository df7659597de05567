"""Pulses of the NIST beacon: whether one is signed by the key of a certificate that is pinned here (RSA), and nothing else.

What lives here: the pinned certificates and the signature. What does not: the bytes of a pulse (``core.draw.nist``: NIST-1 to NIST-4), and
from when to when a certificate can be promised (``core.draw.certificates``).

NIST-5  A certificate is known by its id, the SHA-512 of its DER. It must be the one that the pulse names, and its bytes are compared with
        the pinned ones by that digest, so that nobody's certificate is believed because somebody signed it. Of one that is not pinned
        nothing is said.
NIST-6  The pulse's time lies in the certificate's validity, and the signature of the signed bytes holds by its key: RSA, PKCS#1 v1.5,
        SHA-512.
"""

from __future__ import annotations

import base64
import binascii
import re
from hashlib import sha512

from inspect_cli.core.draw.certificates import CERTIFICATES
from inspect_cli.core.draw.fields import parse_instant
from inspect_cli.core.draw.nist import Pulse, parse_pulse
from inspect_cli.core.draw.promise import NistPromise
from inspect_cli.core.draw.seed import Entropy, NistProof, ProofOutcome, ProofState
from inspect_cli.errors import InputError, Message, say

_PEM = re.compile(r"\s*-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/=\s]{1,20000})-----END CERTIFICATE-----\s*", re.ASCII)


def prove_nist(entry: Entropy) -> ProofOutcome:
    """Say whether a NIST entry is the beacon's own, by a pinned certificate (NIST-1 to NIST-6)."""
    promise, proof = entry.promise, entry.proof
    if not isinstance(promise, NistPromise) or not isinstance(proof, NistProof):
        return _fails(say("this is no pulse of NIST"))
    try:
        pulse = parse_pulse(proof.pulse_record)
        der = read_der(proof.certificate)
        # Bytes that are no text have been refused; what remains is compared as the beacon's own form of a time.
        time = parse_instant(pulse.time)
    except InputError as error:
        return _fails(error.what)
    if pulse.expected_output != pulse.output or pulse.output != entry.value:
        return _fails(say("the output value of pulse {pulse} does not follow from its fields", pulse=promise.pulse))
    if sha512(der).hexdigest() != pulse.certificate_id:
        return _fails(say("the certificate is not the one that pulse {pulse} names", pulse=promise.pulse))
    span = CERTIFICATES.get(pulse.certificate_id)
    if span is None:
        return ProofOutcome(
            state=ProofState.UNKNOWN,
            detail=say("the certificate {id}… is not pinned here", id=pulse.certificate_id[:16]),
        )
    if not parse_instant(span.first) <= time <= parse_instant(span.last):
        return _fails(
            say(
                "the certificate is valid from {first} to {last}, not at {at}",
                first=span.first,
                last=span.last,
                at=pulse.time,
            )
        )
    if not is_signed_by(der, pulse):
        return _fails(say("the signature of pulse {pulse} is not that of its certificate", pulse=promise.pulse))
    if pulse.status:
        detail = say(
            "NIST signed pulse {pulse}, and gives it the status {status}", pulse=promise.pulse, status=pulse.status
        )
    else:
        detail = say("NIST signed pulse {pulse}", pulse=promise.pulse)
    return ProofOutcome(state=ProofState.HOLDS, detail=detail)


def read_der(pem: str) -> bytes:
    """Read the bytes of the one certificate that a PEM text holds; raises ``InputError`` where it is none or more."""
    match = _PEM.fullmatch(pem)
    try:
        if match is not None:
            return base64.b64decode("".join(match[1].split()), validate=True)
    except binascii.Error:
        pass
    raise InputError(
        say("this is not one certificate in PEM"),
        hint=say("it begins with -----BEGIN CERTIFICATE----- and is published beside the pulse"),
    )


def is_signed_by(der: bytes, pulse: Pulse) -> bool:
    """Say whether a pulse is signed by the key of a certificate whose bytes are pinned (NIST-6)."""
    # Loaded here alone: few draws have a pulse, and the library is large.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA512  # noqa: PLC0415
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415

    key = load_der_x509_certificate(der).public_key()
    if not isinstance(key, RSAPublicKey):
        return False
    try:
        key.verify(pulse.signature, pulse.signed, PKCS1v15(), SHA512())
    except InvalidSignature:
        return False
    return True


def _fails(detail: Message) -> ProofOutcome:
    return ProofOutcome(state=ProofState.FAILS, detail=detail)
