"""The vectors: good draws verify, each attack is caught by the check that it names, and what is refused has no verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.draw.promise import SourceKind
from inspect_cli.core.draw.seed import Entropy, ProofOutcome, ProofState
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.report import CheckId, Verdict
from inspect_cli.errors import InputError, say
from tests.core.draw.builders import folders, read_members

if TYPE_CHECKING:
    from pathlib import Path


def believes(_: Entropy) -> ProofOutcome:
    """Say of every proof that it holds: the vectors' own rounds are real."""
    return ProofOutcome(state=ProofState.HOLDS, detail=say("it holds"))


@pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
def test_good_draws_verify(folder: Path) -> None:
    """LEVEL-1: all checks of a good draw are VERIFIED but for signatures and log, which it has not; its level is 0."""
    report = verify(read_members(folder), {SourceKind.DRAND: believes})
    assert [check.id for check in report.checks if check.verdict is not Verdict.VERIFIED] == ["SIGN-1", "ORDER-1"]
    assert report.level == 0
    assert report.mismatches == ()
    is_supplement = folder.name.startswith("supplement")
    absent = {CheckId.ROW_1, CheckId.TICKET_1, CheckId.CUTOFF_1} | (set() if is_supplement else {CheckId.AMEND_1})
    assert [check.id for check in report.checks] == [one for one in CheckId if one not in absent]


@pytest.mark.parametrize("folder", folders("draw-tampered"), ids=lambda path: path.name)
def test_attacks_are_caught(folder: Path) -> None:
    """LEVEL-2: the first MISMATCH is the check that the attack names, what rests on it is NOT CHECKED, there is no level."""
    report = verify(read_members(folder))
    assert report.mismatches[0].id == (folder / "expect.txt").read_text().strip()
    assert report.level == -1


@pytest.mark.parametrize("folder", folders("draw-refused"), ids=lambda path: path.name)
def test_what_is_refused_has_no_verdicts(folder: Path) -> None:
    """SHAPE-2: a bundle that breaks a rule of its members is refused whole."""
    with pytest.raises(InputError) as caught:
        verify(read_members(folder))
    assert caught.value.where is not None
    assert caught.value.hint is not None
