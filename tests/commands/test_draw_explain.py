"""``draw explain`` as it is typed: from the store and from bundles, in words and as data, with lines that anybody can run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli import language
from inspect_cli.commands.draw.explain_words import day_words, obstacle_words, open_words
from inspect_cli.core.draw.commitment import TeamRule
from inspect_cli.core.draw.explain_visit import DayOutcome, PassedOver
from inspect_cli.core.draw.result import OpenReason
from inspect_cli.core.draw.rows import RowRole
from inspect_cli.widths import cells
from tests import small_month
from tests.core.draw import builders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from inspect_cli.core.draw.frame import FrozenFrame
    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

VECTORS = {path.name: path for path in builders.folders("draw")}
HOSTILE_IDS = (
    "$(exit)",
    "%s%n\\n",
    "';exit;#",
    '"`exit`"',
    "-n",
    "<script>",
    "=cmd|'calc'!A1",
    "[red]",
    "\\0101\\",
    "a\ue000b",
    "q\u0303",
    "甲\U000e0100",
)
needs_sh = pytest.mark.skipif(not (shutil.which("sh") and shutil.which("sha256sum")), reason="no POSIX shell here")


def _read(folder: Path, member: str) -> Any:
    return json.loads((folder / member).read_bytes())


def _rows(folder: Path, member: str = "entities.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / member).read_bytes().splitlines()]


def _explain(run_cli: Cli, folder: Path, entity: str, *options: str) -> Outcome:
    slot = _read(folder, "commitment.json")["slot"]
    explained = run_cli("draw", "explain", slot, "--bundle", folder, *options, "--", entity)
    assert explained.status == 0, explained.err
    return explained


def _data(run_cli: Cli, folder: Path, entity: str) -> dict[str, Any]:
    explained = _explain(run_cli, folder, entity, "--json")
    assert explained.err == ""
    data: dict[str, Any] = json.loads(explained.out)
    return data


def _tickets(data: Any) -> Iterable[tuple[str, str]]:
    """Give every command with its ticket, wherever in the data they stand."""
    if isinstance(data, dict):
        if "command" in data:
            yield data["command"], data["ticket"]
        elif "ticket" in data and isinstance(data["ticket"], dict):
            yield data["ticket"]["command"], data["ticket"]["ticket"]
        for value in data.values():
            yield from _tickets(value)
    elif isinstance(data, list):
        for value in data:
            yield from _tickets(value)


def _run_by_hand(commands: list[str]) -> list[str]:
    """Run the lines in one shell, as somebody would who pastes them; give the digests that they print."""
    done = subprocess.run(
        ["/bin/sh"], input="\n".join(commands) + "\n", capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    assert re.fullmatch(r"([0-9a-f]{64}  -\n)*", done.stdout)
    return [line.split()[0] for line in done.stdout.splitlines()]


@needs_sh
def test_every_ticket_shown_is_made_by_the_line_beside_it(run_cli: Cli) -> None:
    """Of each vector a drawn entity, an open visit where there is one, and one that was not drawn: the shell prints each ticket."""
    shown: dict[str, str] = {}
    for folder in VECTORS.values():
        visits = _read(folder, "result.json")["visits"]
        drawn = {visit["entity"] for visit in visits}
        chosen = [visits[-1]["entity"], *[visit["entity"] for visit in visits if "open" in visit][:1]]
        chosen += [row["id"] for row in _rows(folder) if row["id"] not in drawn][:1]
        for entity in chosen:
            shown |= dict(_tickets(_data(run_cli, folder, entity)))
    assert len(shown) > 150
    assert _run_by_hand(list(shown)) == list(shown.values())


@needs_sh
def test_the_screen_shows_lines_that_can_be_pasted(run_cli: Cli) -> None:
    """What stands on the screen under "By hand" runs as it stands, and prints the numbers whose first digits are named."""
    for name in ("tiny", "tight"):
        visit = _read(VECTORS[name], "result.json")["visits"][0]
        text = _explain(run_cli, VECTORS[name], visit["entity"]).out
        pairs = re.findall(r"^# \S+: ([0-9a-f]{16})…\n(printf .*)$", text, re.MULTILINE)
        assert len(pairs) >= 1 + len(visit["team"])
        assert [digest[:16] for digest in _run_by_hand([line for _, line in pairs])] == [head for head, _ in pairs]


@pytest.mark.parametrize(
    "name", ["tiny", "rare-skill", "nobody-may-lead", "drawn-only", "zones", "supplement", "supplement-of-supplement"]
)
def test_the_explanation_ends_where_the_draw_ended(run_cli: Cli, name: str) -> None:
    """Each visit's chosen day, inspectors and expert are those of the result, and nobody with a higher ticket is named before them."""
    folder = VECTORS[name]
    rows = {row["id"]: row for row in _rows(folder)}
    for visit in _read(folder, "result.json")["visits"][::3]:
        data = _data(run_cli, folder, visit["entity"])["visit"]
        chosen = [day["day"] for day in data["days"] if day["outcome"] == "chosen"]
        assert chosen == ([visit["day"]] if "day" in visit else [])
        assert data.get("open") == visit.get("open")
        groups = [seat["candidates"] for seat in data["seats"]]
        named = rows[visit["entity"]].get("team", []) if "day" in visit else []
        assert named + [group[-1]["id"] for group in groups] == visit.get("team", [])
        if "expert" in visit and not data["expert"]["named"]:
            groups.append(data["expert"]["candidates"])
            assert groups[-1][-1]["id"] == visit["expert"]
        for group in groups:
            assert [one["outcome"] == "chosen" for one in group] == [False] * (len(group) - 1) + [True]
            assert [one["ticket"] for one in group] == sorted(one["ticket"] for one in group)


def test_a_drawn_entity_in_words(run_cli: Cli) -> None:
    """The page says for what it was drawn, why that day, why each inspector, and ends with the lines; a table for each question."""
    folder = VECTORS["tight"]
    visit = next(one for one in _read(folder, "result.json")["visits"] if "expert" in one)
    text = _explain(run_cli, folder, visit["entity"]).out
    for words in (
        "was it drawn?",
        "In each stratum the lowest tickets are drawn, as many as are due.",
        "Why this day?",
        "Why this inspector? Seat 1",
        f"Why this inspector? Seat {len(visit['team'])}",
        "Somebody who may lead is still wanted.",
        "Why this expert? Wanted for safety",
        "By hand",
    ):
        assert words in text
    tables = [line for line in text.splitlines() if not line.startswith("printf ") and not line.endswith(".")]
    assert [line for line in tables if cells(line) > 80] == []


def test_an_entity_that_was_not_drawn_in_words(run_cli: Cli) -> None:
    """Whoever was not drawn is told their rank, which is beyond what was due, and the last ticket drawn; there is no visit to explain."""
    folder = VECTORS["tiny"]
    drawn = {visit["entity"] for visit in _read(folder, "result.json")["visits"]}
    entity = next(row["id"] for row in _rows(folder) if row["id"] not in drawn)
    data = _data(run_cli, folder, entity)
    assert [place["drawn"] for place in data["quotas"]] == [False] * len(data["quotas"])
    assert all(
        place["rank"] > place["take"] and place["cut_off"] < data["ticket"]["ticket"] for place in data["quotas"]
    )
    assert "visit" not in data
    text = _explain(run_cli, folder, entity).out
    assert "Why this day?" not in text
    assert data["ticket"]["ticket"] in text


def test_an_open_visit_in_words(run_cli: Cli) -> None:
    """Of a visit that nobody can make the page says why it is open, and what was wrong with each day."""
    folder = VECTORS["nobody-may-lead"]
    text = _explain(run_cli, folder, _read(folder, "result.json")["visits"][0]["entity"]).out
    assert "The visit is open: on none of its days a team could ever have been made." in text
    assert "nobody free who may lead" in text
    assert "Why this inspector?" not in text


def test_a_named_expert_in_words(run_cli: Cli) -> None:
    """Of an expert who stays by a supplementary draw the page says just that."""
    folder = next((folder, row["id"]) for folder in VECTORS.values() for row in _rows(folder) if "expert" in row)
    text = _explain(run_cli, *folder).out
    assert "The supplementary draw names the expert who stays." in text


def test_an_expert_whom_nobody_finds_in_words(run_cli: Cli, tmp_path: Path) -> None:
    """Where an expert is wanted and none can come, each one says why, and the page says that nobody does."""
    people = [builders.inspector("R01"), builders.inspector("R02")]
    expert = builders.inspector("X01", role=RowRole.EXPERT, barred=("E01",))
    rule = TeamRule(min=2, max=4, expert_domains=builders.domains("safety"))
    folder = _write(tmp_path / "b", builders.frame(inspectors=[*people, expert]), team=rule)
    text = _explain(run_cli, folder, "E01").out
    assert re.search(r"^X01 .* barred from this company$", text, re.MULTILINE)
    assert "Nobody could join, so nobody does." in text


def test_an_excluded_entity_and_an_excluded_domain(run_cli: Cli, tmp_path: Path) -> None:
    """Who is not in the frame is told why, and so is who is in it without one of their domains."""
    lists = builders.frame(
        [builders.entity("E01", "labour")],
        out=[builders.excluded("E01", domain="safety"), builders.excluded("E99")],
    )
    folder = _write(tmp_path / "b", lists)
    assert _data(run_cli, folder, "E99") == {"entity": "E99", "excluded": [{"reason": "cap"}]}
    assert "Not in the frame, so it could not be drawn: yearly cap" in _explain(run_cli, folder, "E99").out
    assert _data(run_cli, folder, "E01")["excluded"] == [{"reason": "cap", "domain": "safety"}]
    assert "safety was left out this time: yearly cap" in _explain(run_cli, folder, "E01").out


def test_nobody_knows_the_entity(run_cli: Cli) -> None:
    """An id that the frame neither holds nor excludes is refused, whatever its characters are."""
    for entity in ("nobody", "\x1b[2J", "长" * 4000):
        refused = run_cli("draw", "explain", "2026-12/tiny", entity, "--bundle", VECTORS["tiny"])
        assert (refused.status, refused.out) == (3, "")
        assert "is neither in the frame of this draw nor excluded from it" in refused.err
        assert "\x1b" not in refused.err


def test_a_bundle_of_another_slot(run_cli: Cli) -> None:
    """Whoever names one draw and hands in another is told which it is."""
    refused = run_cli("draw", "explain", "2026-12/1", "E01", "--bundle", VECTORS["tiny"])
    assert (refused.status, "is of the draw 2026-12/tiny, not 2026-12/1" in refused.err) == (2, True)


def test_a_bundle_whose_result_is_another_is_named(run_cli: Cli, tmp_path: Path) -> None:
    """Where the result says another team than the one that follows, the explanation says that it is not the result's."""
    folder = tmp_path / "b"
    shutil.copytree(VECTORS["tiny"], folder)
    result = _read(folder, "result.json")
    visit = result["visits"][0]
    visit["team"].reverse()
    (folder / "result.json").write_text(
        json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":")), "utf-8"
    )
    told = _explain(run_cli, folder, visit["entity"])
    assert "what the result says of this entity is not what follows" in told.err
    assert _explain(run_cli, folder, result["visits"][1]["entity"]).err == ""


@needs_sh
def test_hostile_ids_are_quoted(run_cli: Cli, tmp_path: Path) -> None:
    """Ids that a shell, a printf or a terminal would obey are text: the lines print their tickets and do nothing else."""
    lists = builders.frame(
        [builders.entity(name) for name in sorted(HOSTILE_IDS, key=str.encode)],
        [builders.inspector(name) for name in sorted(HOSTILE_IDS, key=str.encode)],
    )
    folder = _write(tmp_path / "b", lists)
    shown: dict[str, str] = {}
    for name in HOSTILE_IDS:
        text = _explain(run_cli, folder, name).out
        commands = [line for line in text.splitlines() if line.startswith("printf ")]
        data = dict(_tickets(_data(run_cli, folder, name)))
        assert set(commands) == set(data)
        shown |= data
    assert _run_by_hand(list(shown)) == list(shown.values())


def test_an_explanation_from_the_store(run_cli: Cli, tmp_path: Path) -> None:
    """The store tells the same as its bundle, domains by their labels, in Chinese as well."""
    options = small_month.fill_folder(tmp_path)
    slot = small_month.draw_month(small_month.open_folder(tmp_path))
    run_cli(*options, "draw", "bundle", slot, "-o", tmp_path / "b.zip")
    for number in range(1, 11):
        words = ("draw", "explain", slot, f"E{number:02}")
        told = run_cli(*options, *words)
        assert (told.status, told.err) == (0, "")
        # The settings know the domains' labels; a bundle has their names alone. Columns are as wide as their words.
        bare = told.out.replace("Labour", "labour").replace("Safety", "safety")
        assert bare.split() == run_cli(*words, "--bundle", tmp_path / "b.zip").out.split()
        chinese = run_cli(*options, "--lang", "zh", *words).out
        assert "是否抽中" in chinese
        rest = re.sub(r"printf .*|[0-9a-f]{16,}", "", chinese)
        assert re.findall("[a-z]{4,}", rest) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_outcome_has_words_of_its_own(lang: str) -> None:
    """No two reasons read the same, in either language, and Chinese ones are in Chinese."""
    language.settle(lang)
    told = [
        *(language.translate(day_words(one)) for one in DayOutcome if one is not DayOutcome.CHOSEN),
        *(language.translate(obstacle_words(one)) for one in (None, *PassedOver)),
        *(language.translate(open_words(one)) for one in OpenReason),
    ]
    assert len(set(told)) == len(told) == 4 + 11 + 2
    assert all((re.search("[\u4e00-\u9fff]", text) is not None) == (lang == "zh") for text in told)


def _write(folder: Path, lists: FrozenFrame, **changes: Any) -> Path:
    folder.mkdir()
    for name, data in builders.members(builders.drawn(lists, **changes)).files.items():
        (folder / name).write_bytes(data)
    return folder
