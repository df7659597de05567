"""A pulse of the NIST beacon against the published one: what NIST signed holds, and with any field changed it does not."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha512
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_elliptic
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding

from inspect_cli.acts.draw.answers import require_proved
from inspect_cli.core.draw.certificates import CERTIFICATES
from inspect_cli.core.draw.fields import parse_instant
from inspect_cli.core.draw.nist import parse_pulse
from inspect_cli.core.draw.promise import DicePromise, NistPromise, SourceKind
from inspect_cli.core.draw.seed import Entropy, NistProof, ProofOutcome, ProofState, require_entropy
from inspect_cli.core.names import Slot
from inspect_cli.errors import InputError
from inspect_cli.proofs import PROVERS
from inspect_cli.proofs.nist import is_signed_by, prove_nist, read_der

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

VECTORS = Path(__file__).parent.parent / "vectors" / "nist-beacon-2.0"
RECORD = (VECTORS / "pulse-chain1-54610.json").read_text("utf-8")
PEM = (VECTORS / "certificate-5501e3d7.pem").read_text("utf-8")
PULSE: dict[str, Any] = json.loads(RECORD)["pulse"]
OUTPUT = PULSE["outputValue"].lower()
PROMISE = NistPromise(name="NIST", at="2018-08-30T17:44:00Z", chain=1, pulse=54610)
UNSIGNED = {("listValues", place, "uri") for place in range(5)}
"""The addresses of earlier pulses are not among the signed bytes (NIST-3)."""


def entry_of(record: str = RECORD, certificate: str = PEM, value: str = OUTPUT) -> Entropy:
    """Build the entry of the published pulse."""
    return Entropy(promise=PROMISE, value=value, proof=NistProof(pulse_record=record, certificate=certificate))


def prove(**changes: str) -> ProofOutcome:
    """Ask for the proof of the published pulse with some parts changed."""
    return prove_nist(entry_of(**changes))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Name every field of a pulse by the way that leads to it."""
    if not isinstance(value, dict | list):
        yield path
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves(inner, (*path, key))


def altered(path: tuple[Any, ...], change: Any = None, *, drop: bool = False) -> str:
    """Give the record with one field changed by a digit, set to ``change``, or dropped."""
    pulse = copy.deepcopy(PULSE)
    place: Any = pulse
    for key in path[:-1]:
        place = place[key]
    old = place[path[-1]]
    if drop:
        del place[path[-1]]
    elif change is not None:
        place[path[-1]] = change
    else:
        assert isinstance(old, int | str)
        place[path[-1]] = old + 1 if isinstance(old, int) else old[:-1] + ("1" if old[-1] != "1" else "2")
    return json.dumps({"pulse": pulse})


LEAVES = list(leaves(PULSE))


def test_the_published_pulse_holds() -> None:
    """NIST-1 to NIST-6: the real pulse is proved by its certificate, with and without the object around it, and has its form."""
    assert prove().state is ProofState.HOLDS
    assert str(prove().detail) == "NIST signed pulse 54610"
    assert prove(record=json.dumps(PULSE)).state is ProofState.HOLDS
    assert PROVERS[SourceKind.NIST](entry_of()).state is ProofState.HOLDS
    require_entropy(entry_of())


def test_the_pinned_certificate_is_the_published_one() -> None:
    """NIST-5, NIST-7: its id is the SHA-512 of its DER, its validity stands in the certificate itself."""
    certificate = x509.load_pem_x509_certificate(PEM.encode())
    der = certificate.public_bytes(Encoding.DER)
    assert read_der(PEM) == der
    span = CERTIFICATES[sha512(der).hexdigest()]
    assert sha512(der).hexdigest() == PULSE["certificateId"]
    assert parse_instant(span.first) == parse_instant(certificate.not_valid_before_utc.isoformat())
    assert parse_instant(span.last) == parse_instant(certificate.not_valid_after_utc.isoformat())


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_a_changed_field_fails(path: tuple[Any, ...]) -> None:
    """NIST-2, NIST-3: whichever field is changed by a digit the proof fails; only the unsigned addresses change nothing."""
    found = prove(record=altered(path))
    assert found.state is (ProofState.HOLDS if path in UNSIGNED else ProofState.FAILS)


@pytest.mark.parametrize(
    "path", [path for path in LEAVES if path not in UNSIGNED], ids=lambda path: ".".join(map(str, path))
)
@pytest.mark.parametrize("change", [None, [], {}, "", "zz", "0 0", "é", True, -1, 1.5, 1 << 64, "00" * 64])
def test_a_field_of_another_form_fails(path: tuple[Any, ...], change: Any) -> None:
    """NIST-1: a field that is missing or of another kind is a failing proof, never a crash."""
    changed = altered(path, drop=True) if change is None else altered(path, change)
    if json.loads(changed)["pulse"] != PULSE:
        assert prove(record=changed).state is ProofState.FAILS


@pytest.mark.parametrize("path", [("external",), ("listValues",), ("listValues", 0)], ids=str)
@pytest.mark.parametrize("change", [[], {}, "x", 7])
def test_a_part_of_another_form_fails(path: tuple[Any, ...], change: Any) -> None:
    """NIST-1: the parts that hold fields are objects and lists, or the proof fails."""
    assert prove(record=altered(path, change)).state is ProofState.FAILS


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"pulse": []}', "[" * 100000, "nul", '{"pulse": {"uri": "x"}}'])
def test_what_is_no_pulse_fails(record: str) -> None:
    """NIST-1: whatever text stands for a record, nothing but a false answer comes of it."""
    assert prove(record=record).state is ProofState.FAILS


def test_an_output_that_was_worked_out_anew_fails() -> None:
    """NIST-6: whoever changes a field and hashes again lacks the signature."""
    pulse = {**PULSE, "localRandomValue": "00" * 64}
    output = parse_pulse(json.dumps(pulse)).expected_output
    found = prove(record=json.dumps({**pulse, "outputValue": output}), value=output)
    assert (found.state, str(found.detail)) == (
        ProofState.FAILS,
        "the signature of pulse 54610 is not that of its certificate",
    )


def test_another_certificate_is_not_judged_and_never_believed() -> None:
    """NIST-5: a certificate that the pulse does not name fails; one that it names and that is not pinned proves nothing."""
    other = PEM.replace("MII", "MIJ", 1)
    assert str(prove(certificate=other).detail) == "the certificate is not the one that pulse 54610 names"
    pulse = {**PULSE, "certificateId": sha512(read_der(other)).hexdigest()}
    output = parse_pulse(json.dumps(pulse)).expected_output
    found = prove(record=json.dumps({**pulse, "outputValue": output}), value=output, certificate=other)
    assert found.state is ProofState.UNKNOWN


@pytest.mark.parametrize("pem", ["", "x", PEM + PEM, "x" + PEM, PEM.replace("MII", "M-I"), PEM.replace("MII", "MI", 1)])
def test_what_is_no_certificate_fails(pem: str) -> None:
    """NIST-5: whatever text stands for the certificate, nothing but a false answer comes of it."""
    assert prove(certificate=pem).state is ProofState.FAILS


def test_a_time_outside_the_validity_fails() -> None:
    """NIST-6: a pulse of a time at which its certificate was not valid is not proved."""
    pulse = {**PULSE, "timeStamp": "2019-02-01T00:00:00.000Z"}
    output = parse_pulse(json.dumps(pulse)).expected_output
    found = prove(record=json.dumps({**pulse, "outputValue": output}), value=output)
    assert (found.state, "valid from 2018-01-10" in str(found.detail)) == (ProofState.FAILS, True)


def test_a_status_is_read() -> None:
    """NIST-4: the pulse's own status, or else that of its external source, is what the beacon says of it."""
    assert parse_pulse(RECORD).status == 0
    assert parse_pulse(altered(("statusCode",), 2)).status == 2
    assert parse_pulse(altered(("external", "statusCode"), 3)).status == 3


def test_another_kind_fails() -> None:
    """An entry that is no pulse is not proved by this prover."""
    dice = DicePromise(name="dice", at="2026-11-30T09:00:00+08:00", count=1, sides=6)
    assert prove_nist(Entropy(promise=dice, value="1")).state is ProofState.FAILS
    assert prove_nist(replace(entry_of(), proof=None)).state is ProofState.FAILS


def make_certificate(key: CertificateIssuerPrivateKeyTypes) -> x509.Certificate:
    """Make a certificate of one's own for a key."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "beacon.example")])
    start = datetime(2018, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(days=400))
    return builder.sign(key, hashes.SHA256())


def signed_by(key: RSAPrivateKey, certificate: x509.Certificate, **changes: object) -> Entropy:
    """Build the entry of a pulse that another beacon signed, with some fields changed."""
    name = sha512(certificate.public_bytes(Encoding.DER)).hexdigest()
    pulse = {**PULSE, "certificateId": name, **changes}
    signature = key.sign(parse_pulse(json.dumps(pulse)).signed, PKCS1v15(), hashes.SHA512()).hex()
    pulse["signatureValue"] = signature
    pulse["outputValue"] = parse_pulse(json.dumps(pulse)).expected_output
    pem = certificate.public_bytes(Encoding.PEM).decode()
    return entry_of(record=json.dumps({"pulse": pulse}), certificate=pem, value=pulse["outputValue"])


def test_a_pulse_with_a_status_is_told_and_gives_no_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """NIST-4: by a certificate that the test pins, a pulse with a status is genuine and said to be so, and refused as a seed."""
    key = generate_private_key(65537, 2048)
    certificate = make_certificate(key)
    good, gap = signed_by(key, certificate), signed_by(key, certificate, statusCode=2)
    assert prove_nist(good).state is ProofState.UNKNOWN
    (span,) = CERTIFICATES.values()
    monkeypatch.setitem(CERTIFICATES, sha512(certificate.public_bytes(Encoding.DER)).hexdigest(), span)
    assert str(prove_nist(good).detail) == "NIST signed pulse 54610"
    require_proved(Slot("2018-09/1"), good)
    assert (prove_nist(gap).state, str(prove_nist(gap).detail)) == (
        ProofState.HOLDS,
        "NIST signed pulse 54610, and gives it the status 2",
    )
    with pytest.raises(InputError, match="the status 2: it is out of order"):
        require_proved(Slot("2018-09/1"), gap)


def test_a_key_of_another_kind_signs_nothing() -> None:
    """NIST-6: a certificate whose key is not RSA signs nothing."""
    der = make_certificate(generate_elliptic(SECP256R1())).public_bytes(Encoding.DER)
    assert not is_signed_by(der, parse_pulse(RECORD))
