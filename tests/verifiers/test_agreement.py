"""The command, the one file and the page on the same files: 2,000 random draws with their cheats, and what is disclosed of draws.

They never say VERIFIED against MISMATCH, and refuse the same files; where one may say NOT CHECKED alone stands in ``three.GAPS``.
A draw that they disagree on is made again by its name. ``INSPECT_TEST_SEEDS=NAME`` takes other draws, and
``INSPECT_TEST_DRAWS=20000`` more of them. The whole costs about 90 seconds of one processor that has nothing else to do.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.draw.disclosure.public import DISCLOSURE
from inspect_cli.core.verify.shape import members_of, parse_draw
from tests import disclosures, tally
from tests.core.verify.test_disclosed import leaves, tampered
from tests.oracle_form import canonical
from tests.random_draws import Chance, files_of
from tests.verifiers.draws import random_chain, random_cheat
from tests.verifiers.three import MISMATCH, NOT_CHECKED, REFUSED, VERIFIED, File, ask_all, disagreements, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.verifiers.three import Answer, Ask, Told

    Record = Callable[[str, object], None]

pytestmark = pytest.mark.untraced
SEEDS = os.environ.get("INSPECT_TEST_SEEDS", "agree")
DRAWS = int(os.environ.get("INSPECT_TEST_DRAWS", "2000"))
CHUNKS, SHOWN_CHUNKS = 8, 2
SHOWN_OF = 16
"""Of one draw in so many a public bundle and receipts are made, and cheated on."""


def numbers(chunk: int, chunks: int = CHUNKS) -> range:
    """Give the draws of a chunk."""
    return range(DRAWS * chunk // chunks, DRAWS * (chunk + 1) // chunks)


def compared(files: list[File], ask_engine: Ask) -> tuple[list[Told], Counter[str]]:
    """Ask all three about files, let nobody disagree, and count what was compared."""
    told = ask_all(files, ask_engine)
    assert [one for file, answers in zip(files, told, strict=True) for one in disagreements(file, answers)] == []
    counts = Counter(outcome(answers["command"]) for answers in told)
    counts["checks compared"] = sum(len(answers["command"]) for answers in told)
    return told, counts


def outcome(answer: Answer) -> str:
    """Say in a word what became of a file."""
    if answer == REFUSED:
        return "refused"
    return "with a mismatch" if MISMATCH in answer.values() else "without a mismatch"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_draws_and_their_cheats(chunk: int, ask_engine: Ask, tmp_path: Path, record_property: Record) -> None:
    """Random draws and supplements with all options of a plan: honest ones hold for all three, of cheats they say the same."""
    files, supplements = [], 0
    for number in numbers(chunk):
        name = f"{SEEDS} {number}"
        chain = random_chain(name)
        supplements += len(chain) - 1
        files.append(written(tmp_path, f"{name}, honest", files_of(chain)))
        chance = Chance(f"{name}, cheat")
        for turn in range(chance.one((1, 1, 1, 1, 2))):
            what, members = random_cheat(chance, chain)
            files.append(written(tmp_path, f"{name}, cheat {turn}: {what}", members))
    told, counts = compared(files, ask_engine)
    for file, answers in zip(files, told, strict=True):
        if file.name.endswith("honest"):
            assert answers["command"].pop("ORDER-1") == answers["command"].pop("SIGN-1") == NOT_CHECKED
            assert {*answers["command"].values()} == {VERIFIED}, file.name
    kinds = {"draws": len(numbers(chunk)), "supplements": supplements, "files": len(files), **counts}
    tally.count(record_property, {f"draws by three verifiers: {what}": number for what, number in kinds.items()})


@pytest.mark.parametrize("chunk", range(SHOWN_CHUNKS))
def test_disclosures_and_their_cheats(chunk: int, ask_engine: Ask, tmp_path: Path, record_property: Record) -> None:
    """Public bundles and receipts of some draws: honest ones hold for all three, of changed ones they say the same."""
    files = []
    for number in numbers(chunk, SHOWN_CHUNKS)[::SHOWN_OF]:
        for what, content in shown_of(f"{SEEDS} {number}"):
            files.append(written(tmp_path, f"{SEEDS} {number}, {what}", content))
    told, counts = compared(files, ask_engine)
    for file, answers in zip(files, told, strict=True):
        if file.name.endswith("honest"):
            assert MISMATCH not in answers["command"].values(), file.name
            assert answers["command"]["ROW-1"] == VERIFIED, file.name
    kinds = {"files": len(files), **counts}
    tally.count(record_property, {f"disclosures by three verifiers: {what}": number for what, number in kinds.items()})


def shown_of(name: str) -> Iterator[tuple[str, dict[str, bytes] | bytes]]:
    """Make what is disclosed of a draw, and cheats on it."""
    chance = Chance(f"{name}, disclosed")
    draw = parse_draw(members_of(files_of(random_chain(name))))
    public = disclosures.public_files(draw)
    yield "public, honest", public
    for turn in range(3):
        values = disclosures.values_of(public[DISCLOSURE])
        done = changed(chance, values)
        yield f"public, cheat {turn}: {done}", disclosures.changed(public, values)
    names = disclosures.registered(draw)
    for turn in range(3 if names else 0):
        receipt = disclosures.receipt_bytes(draw, chance.one(names))
        yield f"receipt {turn}, honest", receipt
        values = disclosures.values_of(receipt)
        done = changed(chance, values)
        yield f"receipt {turn}, cheat: {done}", canonical(values)


def changed(chance: Chance, values: Any) -> str:
    """Change one or two values, and say which."""
    done = []
    for _ in range(chance.one((1, 1, 2))):
        path = chance.one(list(leaves(values)))
        tampered(chance, values, path)
        done.append(".".join(map(str, path)))
    return " ".join(done)
