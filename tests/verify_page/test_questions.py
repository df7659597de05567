"""What a person should ask: the page lists the same questions about the same people as the command, in both languages."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.verify.questions import QuestionId
from inspect_cli.core.verify.shape import members_of, parse_draw
from tests import disclosures
from tests.files.test_verify_page import words
from tests.random_draws import Chance, files_of
from tests.verifiers.draws import beacons, random_chain, settled, with_beacon
from tests.verifiers.three import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.conftest import Outcome
    from tests.verifiers.three import File

    Ask = Callable[[Sequence[Mapping[str, Any]]], list[Any]]

PAGE = words()
JOINTS = {"en": ", ", "zh": "、"}
Asked = dict[str, list[tuple[str, str, str]]]


def by_page(answer: Any, language: str) -> Asked:
    """Read what the page would list: by question, with the draw, whom it is about, and what is known."""

    def known(item: Any) -> str:
        if "sentence" in item:
            code, values = item["sentence"]["code"], item["sentence"]["values"]
            template = PAGE[code][0 if language == "zh" else 1]
            return template.format(**{key: joined(value) for key, value in values.items()})
        return "".join(map(joined, item["detail"])).strip()

    def joined(value: Any) -> str:
        return JOINTS[language].join(value) if isinstance(value, list) else str(value)

    return {
        one["code"]: [(item["slot"], item["about"], known(item)) for item in one["items"]]
        for one in answer["questions"]
    }


def by_command(outcome: Outcome) -> Asked:
    """Read what the command lists, by question."""
    found: Asked = defaultdict(list)
    for row in json.loads(outcome.out)["questions"]:
        found[row["question"]].append((row["slot"], row["about"], row["detail"]))
    return dict(found)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[File]:
    """Make draws of which every question is asked, chains among them, and what is disclosed of them."""
    folder = tmp_path_factory.mktemp("asked")
    chains = [random_chain(f"asked {number}") for number in range(12)]
    chains.append([with_beacon(Chance("asked, drand"), chains[0][0])])
    chains.append([out_of_order()])
    made = []
    for number, chain in enumerate(chains):
        draw = parse_draw(members_of(files_of(chain)))
        made.append(written(folder, f"{number}", files_of(chain)))
        made.append(written(folder, f"{number}, public", disclosures.public_files(draw)))
        names = disclosures.registered(draw)
        made += [
            written(folder, f"{number}, receipt of {name}", disclosures.receipt_bytes(draw, name))
            for name in names[:1] + names[-1:]
        ]
    return made


def out_of_order() -> dict[str, Any]:
    """Make a draw from a pulse that the beacon itself gives a status."""
    chance = Chance("asked, out of order")
    draw = with_beacon(chance, random_chain("asked 1")[0])
    promise, added = next((promise, added) for promise, added in beacons() if promise["kind"] == "nist")
    record = json.loads(added["pulse_record"])
    record["pulse"]["statusCode"] = 2
    sources = [one for one in draw["commitment"]["sources"] if one["kind"] not in {"drand", "nist", "text"}]
    entropy = [one for one in draw["result"]["entropy"] if one["kind"] not in {"drand", "nist", "text"}]
    draw["commitment"]["sources"] = [promise, *sources]
    return settled(draw, [{**promise, **added, "pulse_record": json.dumps(record)}, *entropy])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_and_command_ask_the_same(
    language: str, files: list[File], ask_engine: Ask, run_cli: Callable[..., Outcome]
) -> None:
    """Of whole draws, chains, public bundles and receipts both list the same, in the same order and the same words."""
    answers = ask_engine([{"open": str(file.path)} for file in files])
    seen = set()
    for file, answer in zip(files, answers, strict=True):
        asked = by_command(run_cli("--lang", language, "verify", file.path, "--json"))
        assert by_page(answer, language) == asked, file.name
        assert [one["code"] for one in answer["questions"]] == [one for one in QuestionId if one in asked]
        seen |= {*asked}
    assert seen == {*QuestionId}
