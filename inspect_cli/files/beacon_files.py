"""What beacons published, from files: a drand round, a pulse of NIST with its certificate.

What they say is ``core.draw.relayed``'s matter, whether it is signed that of ``proofs``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.relayed import PublishedPulse, RelayedRound, parse_round
from inspect_cli.files.intake.encoding import decode, read_outside

if TYPE_CHECKING:
    from pathlib import Path

BEACON_LIMIT: Final = 64 * 1024
"""Bytes of a round, a pulse or a certificate: ten times what one needs."""


def read_round(path: Path) -> RelayedRound:
    """Read a relay's JSON of a round; ``InputError`` where it is none."""
    return parse_round(_read(path), path.name)


def read_pulse(path: Path, certificate: Path) -> PublishedPulse:
    """Read a pulse's JSON and its certificate as they were published; ``InputError`` where a file is missing or no text."""
    return PublishedPulse(record=_read(path), certificate=_read(certificate), file=path.name)


def _read(path: Path) -> str:
    return decode(read_outside(path, BEACON_LIMIT), encoding=None, file=path.name)
