"""The three verifiers asked about the same file, and where they may say different things.

The command's own functions run in this process, the one-file verifier by its ``main``, the page's engine in Node.js, a line a file.
An answer is the verdicts by check; one that is refused has none.
"""

from __future__ import annotations

import io
import json
import signal
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from inspect_cli.core.draw.disclosure.public import DISCLOSURE
from inspect_cli.core.draw.disclosure.receipt import parse_receipt
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.disclosed import parse_public, verify_public, verify_receipt
from inspect_cli.core.verify.shape import members_of
from inspect_cli.errors import InputError
from inspect_cli.files.bundle import read_bundle
from inspect_cli.files.receipt import find_receipt
from inspect_cli.proofs import PROVERS
from tests.disclosures import verdicts as verdicts_of_report
from tests.verify_file.program import program
from tests.verify_page.bundles import verdicts as verdicts_of_page
from tests.verify_page.bundles import zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from inspect_cli.core.verify.report import Report

    Ask = Callable[[Sequence[Mapping[str, Any]]], list[Any]]

Answer = dict[str, str]
Told = dict[str, Answer]
REFUSED: Answer = {}
VERIFIED, MISMATCH, NOT_CHECKED = "VERIFIED", "MISMATCH", "NOT CHECKED"
SECONDS = 30
"""How long a verifier may take for one of these small files, on a machine that is busy with other things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What one verifier cannot tell: its answer to these checks may be NOT CHECKED where another one's is VERIFIED or MISMATCH."""

    who: str
    where: str
    why: str
    checks: tuple[str, ...] = ("SEED-2", "AMEND-1")  # AMEND-1, where the amended draw's SEED-2 is what cannot be told


GAPS = (
    Gap(who="file", where='"kind":"drand"', why="a BLS signature wants pairings, which Python's standard library has not"),
    Gap(who="file", where='"kind":"nist"', why="an RSA signature and its certificate want a library as well"),
    Gap(who="page", where='"kind":"nist"', why="browsers check no certificates for a page, and over plain http sign nothing at all"),
    Gap(
        who="page",
        where='"chain":"dbd506d6ef76e5f386f41c651dcb808c5bcbd75471cc4eafa3f4df7ad4e4c493"',
        why="the page knows the networks that run; fastnet was switched off",
    ),
)  # fmt: skip
"""All differences that are allowed. There is none between refused and anything else, and none between VERIFIED and MISMATCH.

Beyond these tests, and so not in the table: files that are larger or draws that take longer than one of them allows, and
letters that the Unicode tables of one of them do not have yet.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to ask about: its name for a person, its bytes on the disk, and what stands in it that some cannot tell."""

    name: str
    path: Path
    text: bytes

    def gaps(self) -> list[Gap]:
        """Give the gaps that this file could fall into."""
        return [gap for gap in GAPS if gap.where.encode() in self.text]


def written(folder: Path, name: str, content: Mapping[str, bytes] | bytes) -> File:
    """Write a bundle's members as a zip file, or a receipt as it is."""
    is_receipt = isinstance(content, bytes)
    path = folder / f"{sum(1 for _ in folder.iterdir())}.{'json' if is_receipt else 'zip'}"
    path.write_bytes(content if isinstance(content, bytes) else zipped(content))
    return File(name=name, path=path, text=content if isinstance(content, bytes) else b"".join(content.values()))


@contextmanager
def limited(what: str) -> Iterator[None]:
    """Fail when something takes too long, also where it never comes back."""

    def stop(*_: object) -> None:
        raise AssertionError(f"{what} takes more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def by_command(path: Path) -> Answer:
    """Ask the command's functions, in the order in which the command does."""
    try:
        return verdicts_of_report(_report(path))
    except InputError:
        return REFUSED


def _report(path: Path) -> Report:
    receipt = find_receipt(path)
    if receipt is not None:
        return verify_receipt(parse_receipt(receipt), PROVERS)
    files = read_bundle(path)
    if DISCLOSURE in files:
        return verify_public(parse_public(files), PROVERS)
    return verify(members_of(files), PROVERS)


def by_file(path: Path) -> Answer:
    """Ask the one-file verifier as a person would, for data; its exit status goes with what it says."""
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(screen):
        status = program.main([str(path), "--json"])
    told = json.loads(screen.buffer.getvalue())
    answer = {check["id"]: check["verdict"] for check in told.get("checks", ())}
    if "refused" in told or MISMATCH in answer.values():
        assert status == (3 if "refused" in told else 6)
    else:
        is_open = told["format"] == "bundle-v1" and NOT_CHECKED in (answer["SEED-2"], answer.get("AMEND-1"))
        assert status == (7 if is_open else 0)
    return answer


def by_page(answers: Iterable[Any]) -> Iterator[Answer]:
    """Read what the page's engine said; that it could not finish is a fault of its own."""
    for answer in answers:
        assert answer["type"] in {"report", "refused"}, answer
        yield verdicts_of_page(answer)


def ask_all(files: Sequence[File], ask_engine: Ask, ask_command: Callable[[Path], Answer] = by_command) -> list[Told]:
    """Ask all three about each file; the page first, about all in one run of Node.js."""
    pages = by_page(ask_engine([{"open": str(file.path)} for file in files]))
    told = []
    for file, page in zip(files, pages, strict=True):
        with limited(file.name):
            told.append({"command": ask_command(file.path), "file": by_file(file.path), "page": page})
    return told


def disagreements(file: File, told: Told) -> Iterator[str]:
    """Say where two of them differ beyond the table, if anywhere."""
    for (one, mine), (other, theirs) in combinations(told.items(), 2):
        if (mine == REFUSED) is not (theirs == REFUSED):
            yield f"{file.name}: {one if mine == REFUSED else other} refuses, {other if mine == REFUSED else one} does not"
        elif list(mine) != list(theirs):
            yield f"{file.name}: {one} makes the checks {list(mine)}, {other} {list(theirs)}"
        else:
            for check in mine:
                if mine[check] != theirs[check] and not is_allowed(
                    file, check, {one: mine[check], other: theirs[check]}
                ):
                    yield f"{file.name}: {check} is {mine[check]} for {one}, {theirs[check]} for {other}"


def is_allowed(file: File, check: str, told: Mapping[str, str]) -> bool:
    """Say whether the table knows a difference: whoever has the gap says NOT CHECKED."""
    return any(told.get(gap.who) == NOT_CHECKED and check in gap.checks for gap in file.gaps())
