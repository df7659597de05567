"""Malformed input: random damage of full bundles, public bundles and receipts crashes none of the three, and all refuse the same.

``INSPECT_TEST_SEEDS=NAME`` takes other damage, ``INSPECT_TEST_DAMAGED=20000`` more of it. The whole costs about 25 seconds of one
processor.
"""

from __future__ import annotations

import io
import json
import os
from contextlib import redirect_stdout
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.verify.shape import members_of, parse_draw
from tests import disclosures, tally
from tests.oracle_form import canonical
from tests.random_draws import Chance, files_of, first_draw
from tests.verifiers.draws import beacons, random_chain, with_beacon
from tests.verifiers.malformed import spoil
from tests.verifiers.three import MISMATCH, REFUSED, ask_all, disagreements, limited, written
from tests.verify_file.program import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome
    from tests.verifiers.malformed import Content
    from tests.verifiers.three import Answer, Ask, File, Told

    Record = Callable[[str, object], None]

SEEDS = os.environ.get("INSPECT_TEST_SEEDS", "damage")
DAMAGED = int(os.environ.get("INSPECT_TEST_DAMAGED", "1600"))
CHUNKS = 4
STATUSES = {0, 3, 6, 7}


@cache
def bases() -> dict[str, Content]:
    """Make what is damaged: a small draw, one with each kind of beacon, a chain, and what is disclosed of them."""
    made: dict[str, Content] = {}
    chance = Chance("a draw to damage")
    chains = {
        "draw": [first_draw(chance)],
        "chain": next(c for n in range(99) if len(c := random_chain(f"chain {n}")) == 3),
    }
    for promise, _ in beacons()[-2:]:
        chains[promise["kind"]] = [with_beacon(Chance(f"a {promise['kind']} draw to damage"), first_draw(chance))]
    for what, chain in chains.items():
        made[what] = files_of(chain)
        draw = parse_draw(members_of(files_of(chain)))
        made[f"{what}, public"] = disclosures.public_files(draw)
        names = disclosures.registered(draw)
        made[f"{what}, receipt"] = disclosures.receipt_bytes(draw, names[0])
        made[f"{what}, last receipt"] = disclosures.receipt_bytes(draw, names[-1])
    return made


@pytest.fixture
def ask_of_damaged(ask_engine: Ask, run_cli: Callable[..., Outcome]) -> Callable[[list[File]], list[Told]]:
    """Ask all three about damaged files, the command as it is typed, and show some of them on the screen."""

    def ask(files: list[File]) -> list[Told]:
        for file in files[::8]:
            with limited(file.name):
                read_screens(run_cli, file.path)
        return ask_all(files, ask_engine, lambda path: by_command_line(run_cli, path))

    return ask


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_damaged_files(
    chunk: int, ask_of_damaged: Callable[[list[File]], list[Told]], tmp_path: Path, record_property: Record
) -> None:
    """A damaged file ends with one of the statuses that a verifier has, soon, with no traceback, and with the same answer by all three."""
    files = []
    for number in range(DAMAGED * chunk // CHUNKS, DAMAGED * (chunk + 1) // CHUNKS):
        chance = Chance(f"{SEEDS} {number}")
        kind = chance.one(sorted(bases()))
        content, done = bases()[kind], []
        for _ in range(chance.one((1, 1, 1, 2))):
            what, content = spoil(chance, content)
            done.append(what)
        files.append(written(tmp_path, f"{SEEDS} {number}, {kind}: {'; '.join(done)}", content))
    told = ask_of_damaged(files)
    assert [one for file, answers in zip(files, told, strict=True) for one in disagreements(file, answers)] == []
    refused = sum(answers["command"] == REFUSED for answers in told)
    counts = {"files": len(files), "refused": refused, "read, with verdicts": len(files) - refused}
    tally.count(record_property, {f"damaged files by three verifiers: {what}": count for what, count in counts.items()})


def by_command_line(run_cli: Callable[..., Outcome], path: Path) -> Answer:
    """Ask the command as it is typed; its exit status goes with what it says."""
    done = run_cli("--lang", "en", "verify", path, "--json")
    assert done.status in STATUSES, done.err
    assert "Traceback" not in done.err
    answer = {check["id"]: check["verdict"] for check in json.loads(done.out)["checks"]} if done.out else REFUSED
    assert (done.status == 3) is (answer == REFUSED)
    assert (done.status == 6) is (MISMATCH in answer.values())
    return answer


def read_screens(run_cli: Callable[..., Outcome], path: Path) -> None:
    """Show a damaged file to a person: nothing in it steers a terminal."""
    done = run_cli("--lang", "zh", "verify", path)
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(screen):
        status = program.main([str(path), "--entity", "E1"])
    assert {done.status, status} <= STATUSES
    for text in (done.out, done.err, screen.buffer.getvalue().decode()):
        assert "Traceback" not in text
        assert not {"\x1b", "\0", "\u202e"} & {*text}


def nested(depth: int) -> Any:
    """Put so many lists inside each other."""
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def of_draw(change: Callable[[Any, Any], object], whole: str = "draw") -> dict[str, bytes]:
    """Change the commitment and the result of a small draw."""
    files = bases()[whole]
    assert isinstance(files, dict)
    commitment, result = json.loads(files["commitment.json"]), json.loads(files["result.json"])
    change(commitment, result)
    return {**files, "commitment.json": canonical(commitment), "result.json": canonical(result)}


def of_receipt(change: Callable[[Any], object]) -> bytes:
    """Change a receipt of somebody in the frame."""
    receipt = bases()["draw, receipt"]
    assert isinstance(receipt, bytes)
    values = json.loads(receipt)
    change(values)
    return canonical(values)


def with_first_row(**more: Any) -> dict[str, bytes]:
    """Add keys to the first entity's row."""
    files = bases()["draw"]
    assert isinstance(files, dict)
    first, _, others = files["entities.jsonl"].partition(b"\n")
    return {**files, "entities.jsonl": canonical({**json.loads(first), **more}) + b"\n" + others}


def reach_down(depth: int) -> dict[str, bytes]:
    """Put a member so many draws below a supplement."""
    files = bases()["chain"]
    assert isinstance(files, dict)
    return {**files, "amends/" * depth + "result.json": files["result.json"]}


def unsort(result: Any) -> None:
    """Turn the domains of a selection round."""
    one = next(one for one in result["selection"] if len(one["drawn"]) > 1)
    one["drawn"].reverse()


EDGES: dict[str, tuple[Callable[[], Content], bool]] = {
    "a time with small letters (RFC 3339)": (
        lambda: of_draw(lambda it, _: [one.update(at=one["at"].lower()) for one in it["sources"]]), False),
    "a time on a leap second": (lambda: of_draw(lambda it, _: it["sources"][-1].update(at="2026-11-30T23:59:60Z")), True),
    "domains of a selection out of order": (lambda: of_draw(lambda _, result: unsort(result)), False),
    "domains of a visit out of order": (
        lambda: of_draw(lambda _, result: [one["domains"].reverse() for one in result["visits"]]), False),
    "a commitment 64 deep": (lambda: of_draw(lambda it, _: it.update(zz=nested(63))), False),
    "a commitment 65 deep": (lambda: of_draw(lambda it, _: it.update(zz=nested(64))), True),
    "a row 64 deep": (lambda: with_first_row(zz=nested(63)), False),
    "a row 65 deep": (lambda: with_first_row(zz=nested(64)), True),
    "a receipt 64 deep in its commitment": (lambda: of_receipt(lambda it: it["commitment"].update(zz=nested(62))), False),
    "a receipt 65 deep in its commitment": (lambda: of_receipt(lambda it: it["commitment"].update(zz=nested(63))), True),
    "a receipt 64 deep in its row": (lambda: of_receipt(lambda it: it["frame"]["row"].update(zz=nested(61))), False),
    "a receipt 65 deep in its row": (lambda: of_receipt(lambda it: it["frame"]["row"].update(zz=nested(62))), True),
    "64 draws below": (lambda: reach_down(64), False),
    "65 draws below": (lambda: reach_down(65), True),
    "3,000 draws below": (lambda: reach_down(3000), True),
    "a rank of 0": (lambda: of_receipt(lambda it: it["frame"]["standings"][0].update(rank=0)), True),
    "no exclusions, but their key": (lambda: of_receipt(lambda it: it.update(excluded=[])), True),
    "a key that means something to JavaScript": (lambda: of_draw(lambda it, _: it.update({"__proto__": {"slot": "x"}})), False),
}  # fmt: skip
"""Files on the edge of what the protocol reads, each with whether it is refused."""


def test_files_on_the_edge(ask_engine: Ask, tmp_path: Path) -> None:
    """What is just within the rules all three read, what is just beyond them all three refuse."""
    files = [written(tmp_path, name, make()) for name, (make, _) in EDGES.items()]
    told = ask_all(files, ask_engine)
    found = {
        file.name: {who: answer == REFUSED for who, answer in one.items()}
        for file, one in zip(files, told, strict=True)
    }
    assert found == {
        name: dict.fromkeys(("command", "file", "page"), is_refused) for name, (_, is_refused) in EDGES.items()
    }
