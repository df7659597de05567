"""Tricks with zip files against all three verifiers: the command, the one-file verifier and the page in Node.js.

Around the members of `tiny`, which verify: what is harmless is read by all three, and any trick is refused by all three in words, so that
none of them is shown another draw than the others. Cost: 6 s of a processor.
"""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.verify.shape import members_of, parse_draw
from tests import disclosures
from tests.attacks.cheating import read_vector
from tests.attacks.zip_attacks import zip_attacks
from tests.attacks.zip_tricks import harmless, tricks
from tests.verify_file.program import program
from tests.verify_page.bundles import verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tests.conftest import Outcome

    Ask = Callable[[Sequence[Mapping[str, Any]]], list[Any]]
    Answer = dict[str, str]

TINY = read_vector("tiny")
STATUS_REFUSED = 3
LEVEL_0 = ("COMMIT-1", "FRAME-1", "SEED-1", "SEED-2", "SEED-3", "SELECT-1", "VISIT-1")
HOLDS = dict.fromkeys(LEVEL_0, "VERIFIED") | dict.fromkeys(("SIGN-1", "ORDER-1"), "NOT CHECKED")
REFUSED: Answer = {}


def by_command(run_cli: Callable[..., Outcome], path: Path) -> Answer:
    """Ask the command; a refusal says what is wrong, with which file or member, and what to do."""
    told = run_cli("verify", path, "--json")
    if told.status != STATUS_REFUSED:
        assert told.status == 0, told.err
        return {check["id"]: check["verdict"] for check in json.loads(told.out)["checks"]}
    what, where, hint = told.err.splitlines()[:3]
    assert told.out == ""
    assert len(what) > len("Error: it is")
    assert where.startswith(f"Where: {path.name}")
    assert hint.startswith("What to do: ")
    return REFUSED


def by_file(path: Path) -> Answer:
    """Ask the one-file verifier; a refusal has words, and the one status that it shares with no verdict."""
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(screen):
        status = program.main([str(path), "--json"])
    told = json.loads(screen.buffer.getvalue())
    assert (status == STATUS_REFUSED) is ("refused" in told)
    if "refused" in told:
        assert re.search(": [a-z]", told["refused"]), told
        return REFUSED
    return {check["id"]: check["verdict"] for check in told["checks"]}


def by_page(answer: Mapping[str, Any]) -> Answer:
    """Read what the page's engine said; a refusal has a code that stands in the page's table of words, and no fault is its own."""
    assert answer["type"] in {"report", "refused"}, answer
    if answer["type"] == "refused":
        assert answer["code"] in {"zip", "member", "memberTwice", "members", "notBundle", "notUtf8"}, answer
    return verdicts(answer)


@pytest.fixture
def ask_three(ask_engine: Ask, run_cli: Callable[..., Outcome], tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Ask all three about zip files by their names; give what differs from what all of them must say."""

    def ask(files: Mapping[str, bytes], wanted: Answer) -> dict[str, Any]:
        paths = {name: tmp_path / f"{number}.zip" for number, name in enumerate(files)}
        for name, path in paths.items():
            path.write_bytes(files[name])
        pages = ask_engine([{"open": str(path)} for path in paths.values()])
        told = {
            name: {"command": by_command(run_cli, path), "file": by_file(path), "page": by_page(page)}
            for (name, path), page in zip(paths.items(), pages, strict=True)
        }
        return {name: answers for name, answers in told.items() if any(one != wanted for one in answers.values())}

    return ask


def test_what_is_odd_and_harmless_is_read_alike(ask_three: Callable[..., dict[str, Any]]) -> None:
    """Ways in which honest programs pack: every verifier reads the same draw and verifies it."""
    assert ask_three(harmless(TINY), HOLDS) == {}


def test_tricks_are_refused_by_all(ask_three: Callable[..., dict[str, Any]]) -> None:
    """Doubled names, paths, links, bombs, nests, tails, 64-bit records: refused by every verifier, in words."""
    receipt = disclosures.receipt_bytes(parse_draw(members_of(TINY)), "320281000000011")
    assert ask_three(tricks(TINY, receipt), REFUSED) == {}


def test_attacks_are_refused_by_all(ask_three: Callable[..., dict[str, Any]]) -> None:
    """The attacks on the command's own reader, around a draw that verifies: refused by every verifier, in words."""
    assert ask_three({name: data for name, (data, _) in zip_attacks(TINY).items()}, REFUSED) == {}
