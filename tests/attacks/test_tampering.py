"""Tampering: 10,000 changes of `tiny` in this process and 200 of `township` by the command, each refused or a MISMATCH by the right name.

What must be said is foretold from the protocol's page (``foretelling``), and for many kinds set down with the kind (``kinds``). The
end of the run tells the counts. Cost: 14 s of a processor for `tiny`, 6 s for `township`, 4 s for the rest.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.shape import members_of
from inspect_cli.errors import InputError
from inspect_cli.proofs import PROVERS
from tests import tally
from tests.attacks import cheating
from tests.attacks.cheating import DRAWS, read_vector
from tests.attacks.foretelling import MEMBERS, RESTS, Foretold, Place, foretell
from tests.attacks.kinds import FLIPPED, KINDS, Change, make_change
from tests.attacks.tampering import flipped
from tests.attacks.trial import MISMATCH, OTHER, REFUSED, UNDETECTED, WRONGLY, Trial
from tests.attacks.zips import Part, build_zip
from tests.random_draws import files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.attacks.tampering import Files
    from tests.attacks.trial import Answer
    from tests.conftest import Outcome

    Record = Callable[[str, object], None]

pytestmark = pytest.mark.untraced
TINY, TOWNSHIP = read_vector("tiny"), read_vector("township")
BYTES = sum(map(len, TINY.values()))
COUNT, BLOCKS = 10_000, 20
BY_COMMAND, GROUPS = 200, 4
STATUS_REFUSED, STATUS_MISMATCH = 3, 6


def changes_of_tiny(block: int) -> Iterator[Change]:
    """Make a block's share: every byte of every member flipped once, and as many other changes as are left, of all kinds alike."""
    for number in range(block, BYTES, BLOCKS):
        what, files = flipped(TINY, number)
        yield Change(kind=FLIPPED, name=str(number), what=what, files=files)
    for number in range(BYTES, COUNT):
        if number % BLOCKS == block:
            yield make_change(TINY, [*KINDS][(number // BLOCKS) % len(KINDS)], f"tiny {number}")


def ask(files: Files) -> Answer:
    """Ask the package: the place of a refusal, or the verdicts."""
    try:
        report = verify(members_of(files), PROVERS)
    except InputError as error:
        where, hint = error.where, error.hint
    else:
        return {check.id.value: check.verdict.value for check in report.checks}
    assert where is not None
    assert hint is not None
    return Place(where.file, where.row)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_change_of_tiny_is_undetected(block: int, record_property: Record) -> None:
    """SHAPE-2, VERDICT-1: a twentieth of 10,000 changes; each refusal names its member and row, each MISMATCH its check."""
    trial = Trial("tiny", TINY)
    for change in changes_of_tiny(block):
        trial.hear(change, ask(change.files))
    trial.tell(record_property)
    assert trial.wrong == []


def changes_of_township(group: int) -> Iterator[Change]:
    """Make a group's share: three of each kind, and flipped bytes spread over all members for the rest."""
    kinds = [*KINDS] * 3
    for number in range(group, len(kinds), GROUPS):
        yield make_change(TOWNSHIP, kinds[number], f"township {number}")
    size, flips = sum(map(len, TOWNSHIP.values())), BY_COMMAND - len(kinds)
    for number in range(group, flips, GROUPS):
        what, files = flipped(TOWNSHIP, number * size // flips)
        yield Change(kind=FLIPPED, name=str(number), what=what, files=files)


def heard(told: Outcome, bundle: Path) -> Answer:
    """Read what the command said: the place that its refusal names, or the verdicts; its exit status must say the same."""
    if told.out == "":
        assert told.status == STATUS_REFUSED
        assert "What to do: ask whoever " in told.err or "What to do: take it out" in told.err
        where = re.search(r"^Where: (.+?)(?:, row (\d+))?(?:, [^,]+)?$", told.err, re.MULTILINE)
        assert where is not None
        stray = re.search(r"^Error: (.+) is no member of a bundle$", told.err, re.MULTILINE)
        if where[1] == bundle.name and stray is not None:
            return Place(stray[1])
        return Place(where[1], int(where[2]) if where[2] else None)
    verdicts = {check["id"]: check["verdict"] for check in json.loads(told.out)["checks"]}
    assert told.status == (STATUS_MISMATCH if "MISMATCH" in verdicts.values() else 0)
    return verdicts


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_change_of_the_township_is_undetected_by_the_command(
    group: int, record_property: Record, run_cli: Callable[..., Outcome], tmp_path: Path
) -> None:
    """SHAPE-2, VERDICT-1: a quarter of 200 changes of a month's draw, each written as a zip file and verified by the command."""
    trial = Trial("township by the command", TOWNSHIP)
    for number, change in enumerate(changes_of_township(group)):
        bundle = tmp_path / f"{number}.zip"
        bundle.write_bytes(build_zip([Part(name=name.encode(), data=data) for name, data in change.files.items()]))
        trial.hear(change, heard(run_cli("verify", bundle, "--json"), bundle))
    trial.tell(record_property)
    assert trial.wrong == []


def test_no_change_of_an_amended_draw_is_undetected(record_property: Record) -> None:
    """AMEND-1: whatever is changed in the draw that a supplement amends, twice of each kind, is AMEND-1's and no other check's."""
    folder = DRAWS / "supplement"
    supplement = {name: (folder / name).read_bytes() for name in MEMBERS}
    amended = {name: (folder / "amends" / name).read_bytes() for name in MEMBERS}
    wanted = dict.fromkeys((*RESTS, "SIGN-1", "ORDER-1"), "VERIFIED") | dict.fromkeys(
        ("SIGN-1", "ORDER-1"), "NOT CHECKED"
    )
    assert ask({**supplement, **inside(amended)}) == {**wanted, "AMEND-1": "VERIFIED"}
    changes = [make_change(amended, kind, f"amended {turn}") for kind in KINDS for turn in range(2)]
    answers = [ask({**supplement, **inside(change.files)}) for change in changes]
    wrong = [
        (change.kind, change.name, change.what, answer)
        for change, answer in zip(changes, answers, strict=True)
        if answer != {**wanted, "AMEND-1": "MISMATCH"}
    ]
    head = "tampering with an amended draw: changes"
    tally.count(record_property, {head: len(changes), f"{head} that were not a MISMATCH of AMEND-1 alone": len(wrong)})
    assert wrong == []


def inside(files: Files) -> Files:
    """Put members where those of the amended draw stand."""
    return {f"amends/{name}": data for name, data in files.items()}


def test_what_no_bundle_can_show() -> None:
    """Other faces of the dice, with all that follows from them, are a draw that verifies, under the published commitment.

    Only those who saw the dice roll can tell, by the values that every report and notice shows.
    """
    draw = cheating.draw_of(TINY)
    dice = draw["result"]["entropy"][1]
    dice["value"] = dice["value"][::-1]
    files = files_of([cheating.climbed(draw, 4)])
    assert files["commitment.json"] == TINY["commitment.json"]
    assert files["result.json"] != TINY["result.json"]
    assert ask(files) == ask(TINY) == Foretold().verdicts()


def test_the_trial_tells_who_looks_away() -> None:
    """A verifier that says the wrong place, the wrong check or nothing at all fails a trial; one that is right does not."""
    dropped, doubled = (make_change(TINY, kind, "a trial") for kind in ("row dropped", "row doubled"))
    anew = make_change(TINY, "frame, and all anew", "a trial")
    verified = Foretold().verdicts()

    def ends(change: Change, *answers: Answer) -> list[str]:
        return [Trial("tiny", TINY).end_of(change, foretell(change.files), answer) for answer in answers]

    other = {**verified, "VISIT-1": "MISMATCH"}
    places = [Place("entities.jsonl", 1), Place("result.json"), Place("entities.jsonl")]
    assert ends(dropped, ask(dropped.files), verified, other, *places) == [MISMATCH, UNDETECTED, *[WRONGLY] * 4]
    assert ends(doubled, ask(doubled.files), verified, other) == [REFUSED, UNDETECTED, WRONGLY]
    assert ends(anew, verified, other) == [OTHER, WRONGLY]
    published = Change(kind=FLIPPED, name="", what="nothing", files=TINY)
    assert ends(published, verified) == [UNDETECTED]
