"""Third-party cryptography behind plain functions: whether a beacon's proof holds. No disk, no store, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.promise import SourceKind
from inspect_cli.proofs.drand import prove_drand
from inspect_cli.proofs.nist import prove_nist

if TYPE_CHECKING:
    from inspect_cli.core.draw.seed import Provers

PROVERS: Final[Provers] = {SourceKind.DRAND: prove_drand, SourceKind.NIST: prove_nist}
"""The proofs that this version can run; of other kinds a verifier says NOT CHECKED."""
