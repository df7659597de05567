"""``draw supplement`` as it is typed, and the chain in the other commands of ``draw``."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

import pytest

from inspect_cli.core.names import InspectorId
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.calendar import add_blackout
from inspect_cli.storage.registries import (
    add_inspectors,
    add_leave,
    add_recusals,
    find_leave,
    find_recusals,
    update_inspectors,
)
from inspect_cli.widths import cells
from tests import small_month
from tests.kills import read_state
from tests.small_supplement import FIRST, ROLLED, in_force
from tests.terminal import sit_down

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspect_cli.core.draw.result import Visit
    from tests.conftest import Outcome

APPROVED = ("--approver", small_month.APPROVER, "--reason", "quarantine")
DICE = ("--dice", "2026-12-01T09:00")
URL = "sqlite:///inspect.db"
TODAY, ROLL = "2026-11-30", "2026-12-01"


class Month(Protocol):
    """``draw`` in the folder of a drawn small month."""

    def __call__(
        self, *words: str | Path, today: str = TODAY, person: str = small_month.OPERATOR, lang: str = "en"
    ) -> Outcome:
        """Call it."""


@pytest.fixture
def draw(tmp_path: Path, run_cli: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> Month:
    """Draw the small month in a folder, and give ``draw`` as it is typed there."""
    monkeypatch.chdir(tmp_path)
    small_month.fill_folder(tmp_path)
    small_month.draw_month(small_month.open_folder(tmp_path))

    def call(*words: str | Path, today: str = TODAY, person: str = small_month.OPERATOR, lang: str = "en") -> Outcome:
        return run_cli("--lang", lang, "--as", person, "--today", today, "draw", *words)

    return call


@pytest.fixture
def visit(tmp_path: Path, draw: Month) -> Visit:
    """Give the visit with the latest day."""
    del draw
    return max(in_force(small_month.open_folder(tmp_path)).values(), key=lambda one: one.day or "")


def _order(draw: Month, *words: str, today: str = TODAY, lang: str = "en") -> Outcome:
    return draw("supplement", FIRST, *words, *DICE, *APPROVED, "--yes", today=today, lang=lang)


def _finish(draw: Month, slot: str = "2026-12/2", lang: str = "en") -> Outcome:
    seeded = draw("seed", slot, "--value", ROLLED, "--confirm", ROLLED, "--yes", today=ROLL, lang=lang)
    assert seeded.status == 0
    return draw("run", slot, "--yes", today=ROLL, lang=lang)


def _squad(tmp_path: Path, visit: Visit, name: str = "一中队") -> None:
    with small_month.open_folder(tmp_path).transaction() as session:
        members = (small_month.make_inspector(int(one[1:])) for one in visit.team)
        update_inspectors(session, [replace(member, squad=name) for member in members])


def test_from_the_preview_to_the_verdict(
    draw: Month, run_cli: Callable[..., Outcome], tmp_path: Path, visit: Visit
) -> None:
    """Looked at, committed, seeded, run, bundled, verified, replayed: the same steps as ever, on the new slot."""
    absent = f"{visit.team[0]}={visit.day}"
    seen = draw("supplement", FIRST, "--absent", absent, *DICE, "--preview")
    assert seen.status == 0
    assert "nothing was written" in seen.err
    ordered = _order(draw, "--absent", absent)
    assert ordered.status == 0
    assert "committed, waits for its seed" in ordered.out
    assert "inspect-cli draw seed 2026-12/2" in ordered.err
    assert _finish(draw).status == 0
    assert draw("bundle", "2026-12/2", "-o", "b.zip").status == 0
    verdict = run_cli("--lang", "en", "verify", "b.zip")
    assert verdict.status == 0
    assert re.search(r"^AMEND-1 +VERIFIED", verdict.out, re.MULTILINE)
    assert draw("replay", "b.zip", "-o", "result.json").status == 0
    assert json.loads((tmp_path / "result.json").read_bytes())["visits"][0]["entity"] == visit.entity


def test_a_squad_in_quarantine_is_one_command(draw: Month, tmp_path: Path, visit: Visit) -> None:
    """The preview shows visits, people, days and leave, and writes nothing; the order takes the whole squad off."""
    _squad(tmp_path, visit)
    before = read_state(URL)
    words = ("--absent", f"squad:一中队={visit.day}..", *DICE)
    seen = draw("supplement", FIRST, *words, "--preview")
    data = json.loads(draw("supplement", FIRST, *words, "--preview", "--json").out)
    assert read_state(URL) == before
    assert list(data) == [
        "slot",
        "amends",
        "days",
        "visits",
        "absent",
        "added",
        "leave",
        "recusals",
        "closures",
        "stuck",
        "unaided",
    ]
    (changed,) = [one for one in data["visits"] if one["entity"] == visit.entity]
    assert list(changed) == ["entity", "name", "day", "left", "closed", "reason", "days", "possible", "people"]
    assert changed["left"] == sorted(visit.team)
    assert (changed["days"], changed["possible"], changed["people"]) == (1, 1, 3)
    assert (data["slot"], data["amends"]) == ("2026-12/2", FIRST)
    assert [one["inspector"] for one in data["leave"]] == sorted(visit.team)
    for person in visit.team:
        assert person in seen.out
    assert f"leave from {visit.day} to 2026-12-31" in seen.out
    assert _order(draw, "--absent", f"squad:一中队={visit.day}..").status == 0
    with small_month.open_folder(tmp_path).reading() as session:
        assert {one.inspector for one in find_leave(session)} == set(visit.team)


def test_the_question_shows_what_it_asks_about(draw: Month, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal the same preview is shown first; a no writes nothing, a yes commits what was shown."""
    words = ("supplement", FIRST, "--absent", visit.team[0], *DICE, *APPROVED)
    before = read_state(URL)
    sit_down(monkeypatch, "no")
    refused = draw(*words)
    assert refused.status == 4
    assert "Visits drawn again" in refused.out
    assert read_state(URL) == before
    sit_down(monkeypatch, "yes")
    assert draw(*words).status == 0
    again = draw(*words)
    assert again.status == 0
    assert "this was done before" in again.err


def test_everything_that_a_preview_can_show(draw: Month, tmp_path: Path, visit: Visit) -> None:
    """Newcomers, recusals, closed days, stuck visits and causes are said in both languages, on lines that fit the screen."""
    others = [one for one in in_force(small_month.open_folder(tmp_path)).values() if one.entity != visit.entity]
    store = small_month.open_folder(tmp_path)
    days = [date.fromisoformat(one.day or "") for one in others]
    with store.transaction() as session:
        add_inspectors(session, [small_month.make_inspector(9)])
        add_recusals(session, [Recusal(inspector=visit.team[1], entity=others[1].entity, reason=RecusalReason.KIN)])
        add_blackout(
            session, Blackout(first=date(2026, 12, 1), last=date(2026, 12, 31), reason="x", entity=others[0].entity)
        )
        add_leave(session, [Leave(inspector=InspectorId("R05"), first=days[1], last=date(2026, 12, 31), reason="x")])
    recusal = ("--recuse", f"{visit.team[0]}={visit.entity}")
    rest = ("--close", str(days[1]), "--close", f"{visit.entity}={visit.day}", "--add", "R09")
    for lang, words in (("en", recusal), ("zh", recusal), ("en", rest), ("zh", rest)):
        seen = draw("supplement", FIRST, *words, *DICE, "--preview", lang=lang)
        assert seen.status == 0
        assert all(cells(line) <= 80 for line in seen.out.splitlines())
        if lang == "zh":
            text = re.sub(r"inspect-cli( [a-zA-Z0-9./-]+)*|--[a-z]+|[0-9T:+./-]+|drand", "", seen.out + seen.err)
            assert re.findall("[a-z]{4,}", text) == []
        else:
            expected = (
                ["the recusal of"] if words == recusal else ["R09 检查员09 joins the roster", "to anybody", "to E"]
            )
            assert all(one in seen.out for one in expected)
            assert "has no day left: cancel it or carry it over" in seen.err


def test_an_expert_who_drops_out_too_late(draw: Month, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visit on the day of the dice goes without its expert, and the preview says so."""
    folder = tmp_path / "with expert"
    folder.mkdir()
    monkeypatch.chdir(folder)
    team = '[team]\nexpert_domains = ["safety"]\n\n'
    plan = small_month.plan_text(sources=team + small_month.TEXT + small_month.DICE)
    small_month.fill_folder(folder, plan)
    store = small_month.open_folder(folder)
    small_month.draw_month(store, plan)
    one, two = sorted((one for one in in_force(store).values() if one.expert), key=lambda one: one.day or "")[:2]
    dice = ("--dice", f"{one.day}T17:00")
    seen = draw("supplement", FIRST, "--absent", "X01", *dice, "--preview")
    assert "X01 专家01 drops out too late" in seen.err
    assert one.entity in seen.err
    assert two.entity in seen.out
    assert "an expert, if" in seen.out


def test_the_chain_in_list_and_show(draw: Month, visit: Visit) -> None:
    """``list`` says what each draw amends, ``show`` what each of the chain changed; in JSON with every change."""
    _order(draw, "--absent", visit.team[0])
    _finish(draw)
    assert re.search(r"2026-12/2 +2026-12/1 +has been drawn", draw("list").out)
    assert [one.get("amends") for one in json.loads(draw("list", "--json").out)] == [None, FIRST]
    for slot in (FIRST, "2026-12/2"):
        shown = draw("show", slot).out
        assert "Chain of draws" in shown
        assert re.search(r"drawn again: [12] \(quarantine\); absent: 1 \(quarantine\)", " ".join(shown.split()))
    data = json.loads(draw("show", "2026-12/2", "--json").out)
    assert [one["slot"] for one in data["chain"]] == [FIRST, "2026-12/2"]
    assert data["chain"][1]["absent"] == {"quarantine": 1}
    assert data["amends"]["slot"] == FIRST
    assert visit.entity in [one["entity"] for one in data["amends"]["changes"]]
    first = json.loads(draw("show", FIRST, "--json").out)
    assert "amends" not in first
    assert first["chain"][0] == {"slot": FIRST, "state": "drawn"}


def test_newcomers_and_voids_in_the_chain(draw: Month, tmp_path: Path, visit: Visit) -> None:
    """A newcomer is counted; a void supplement shows what it would have amended, and the next one is ordered anew."""
    with small_month.open_folder(tmp_path).transaction() as session:
        add_inspectors(session, [small_month.make_inspector(9)])
    _order(draw, "--leave-visit", f"{visit.team[0]}={visit.entity}", "--add", "R09")
    assert "new on the roster: 1" in " ".join(draw("show", FIRST).out.split())
    voided = draw("void", "2026-12/2", *APPROVED, "--yes")
    assert voided.status == 0
    assert "draw supplement 2026-12/1" in voided.err
    assert "Chain of draws" in draw("show", "2026-12/2").out
    assert "Chain of draws" not in draw("show", FIRST).out
    other = draw("void", "2026-12/2", "--approver", small_month.APPROVER, "--reason", "other", "--yes")
    assert other.status == 4
    assert "void already, for another reason: quarantine" in other.err
    assert "draw void" not in other.err


def test_explain_on_both_sides_of_a_supplement(draw: Month, visit: Visit) -> None:
    """The first draw's explanation ends with where the visit was drawn again; the supplement's names who stayed and the one day."""
    _order(draw, "--absent", visit.team[0])
    _finish(draw)
    first = draw("explain", FIRST, visit.entity)
    assert f"draw explain 2026-12/2 {visit.entity}" in first.err
    later = json.loads(draw("explain", FIRST, visit.entity, "--json").out)["later"]
    assert later == [{"kind": "replaced", "by_slot": "2026-12/2"}]
    second = draw("explain", "2026-12/2", visit.entity)
    assert second.status == 0
    assert f"names who stays on the team: {visit.team[1]}." in second.out
    assert "Why this inspector? Seat 2" in second.out
    data = json.loads(draw("explain", "2026-12/2", visit.entity, "--json").out)
    assert "later" not in data
    assert data["visit"]["stay"] == [visit.team[1]]
    assert [one["day"] for one in data["visit"]["days"]] == [visit.day]


def test_explain_tells_of_moves_and_ends(draw: Month, run_cli: Callable[..., Outcome], visit: Visit) -> None:
    """A visit that was moved, cancelled or carried over says so at the end of its explanation, in words and as data."""
    options = ("--lang", "en", "--as", small_month.OPERATOR, "--today", TODAY)
    free = next(
        day
        for day in ("2026-12-10", "2026-12-11", "2026-12-14", "2026-12-15")
        if run_cli(*options, "schedule", "move", FIRST, visit.entity, day, "--reason", "停电").status == 0
    )
    approved = ("--approver", small_month.APPROVER, "--reason", "no-capacity", "--yes")
    assert run_cli(*options, "visit", "carry-over", FIRST, visit.entity, *approved).status == 0
    told = draw("explain", FIRST, visit.entity)
    assert f"moved to {free}" in told.err
    assert "carried over to 2027-01" in told.err
    kinds = json.loads(draw("explain", FIRST, visit.entity, "--json").out)["later"]
    assert kinds == [{"kind": "moved", "to_day": free}, {"kind": "carried-over", "to_period": "2027-01"}]
    other = next(one for one in ("E01", "E02", "E03", "E07") if draw("explain", FIRST, one).status == 0)
    if run_cli(*options, "visit", "cancel", FIRST, other, *approved).status == 0:
        assert "it was cancelled" in draw("explain", FIRST, other).err


def test_sources_from_a_file(draw: Month, tmp_path: Path, visit: Visit) -> None:
    """Any sources that a plan could name stand in a file of their own, with the offsets that they say."""
    (tmp_path / "sources.toml").write_text(small_month.DICE.replace("2026-11-30", "2026-12-01"), encoding="utf-8")
    done = draw(
        "supplement", FIRST, "--absent", visit.team[0], "--sources", "sources.toml", *APPROVED, "--yes", "--json"
    )
    assert done.status == 0
    assert json.loads(done.out)["sources"][0]["count"] == 5
    (tmp_path / "wrong.toml").write_text("sauce = 1\n", encoding="utf-8")
    wrong = draw("supplement", FIRST, "--sources", "wrong.toml", *APPROVED)
    assert (wrong.status, "this key is not known here" in wrong.err) == (3, True)


def test_the_bureau_s_own_hour(draw: Month, visit: Visit) -> None:
    """An hour without an offset is the bureau's; one with an offset is kept as it is."""
    for typed, at in (
        ("2026-12-01T09:00", "2026-12-01T09:00:00+08:00"),
        ("2026-12-01 09:00:30", "2026-12-01T09:00:30+08:00"),
        ("2026-12-01T01:00+00:00", "2026-12-01T01:00:00+00:00"),
    ):
        seen = draw("supplement", FIRST, "--absent", visit.team[0], "--dice", typed, "--preview")
        assert at in seen.out


def test_a_recusal_is_ordered_with_the_code_of_its_reason(draw: Month, visit: Visit, tmp_path: Path) -> None:
    """RECUSE-2, RECUSE-3: free words are refused with the list, another reason wants a note, and neither leaves the store."""
    words = (
        "supplement",
        FIRST,
        "--recuse",
        f"{visit.team[0]}={visit.entity}",
        *DICE,
        "--approver",
        small_month.APPROVER,
        "--yes",
    )
    before = read_state(URL)
    for reason, told in (("late-recusal", "亲属关系 (kin)"), ("other", "in words")):
        answer = draw(*words, "--reason", reason)
        assert answer.status == 2
        assert told in answer.err
    assert read_state(URL) == before
    assert draw(*words, "--reason", "其他", "--note", "同学关系").status == 0
    with small_month.open_folder(tmp_path).reading() as session:
        (entered,) = find_recusals(session)
        logged = [(act.reason, act.detail) for act in find_acts(session, act="draw supplement")]
    assert (entered.reason, entered.note) == (RecusalReason.OTHER, "同学关系")
    assert [reason for reason, _ in logged] == ["recusal"]
    assert "同学" not in logged[0][1]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ((*DICE, *APPROVED, "--yes"), 4, "nothing is to be drawn again"),
        (("--absent", "R01", *DICE), 2, "--preview"),
        (("--absent", "R01", *APPROVED), 2, "--dice"),
        (("--absent", "R01", "--dice", "2026-12-01", "--preview"), 2, "2026-12-08T09:00"),
        (("--absent", "R01", "--dice", "tomorrow", "--preview"), 2, "2026-12-08T09:00"),
        (("--absent", "R01", "--source", "lottery=2026-12-01T09:00", "--preview"), 2, "drand=TIME or dice=TIME"),
        (("--absent", "R01", "--source", "drand", "--preview"), 2, "drand=TIME or dice=TIME"),
        (("--absent", "R01", "--source", "drand=2026-12-01", "--preview"), 2, "2026-12-08T09:00"),
        (("--absent", "R01", "--source", "drand=9999-12-31T23:59:59Z", "--preview"), 2, "beyond the calendar"),
        (("--absent", "R01=soon", *DICE, "--preview"), 2, "does not end in days"),
        (("--absent", "R01=2026-13-01", *DICE, "--preview"), 2, "does not end in days"),
        (("--absent", "=2026-12-01", *DICE, "--preview"), 2, "does not end in days"),
        (("--recuse", "R01", *DICE, "--preview"), 2, "PERSON=ENTITY"),
        (("--close", "E01", *DICE, "--preview"), 2, "names no day"),
        (("--absent", "R77", *DICE, "--preview"), 2, "R77"),
        (("--absent", "<script>[/red]", *DICE, "--preview"), 2, "<script>[/red]"),
    ],
)
def test_what_is_typed_wrongly_is_told(draw: Month, words: tuple[str, ...], status: int, told: str) -> None:
    """Each mistake says what to type, and nothing is written."""
    before = read_state(URL)
    answer = draw("supplement", FIRST, *words)
    assert answer.status == status
    assert told in answer.err
    assert read_state(URL) == before


def test_a_bundle_that_is_there_already(draw: Month) -> None:
    """Writing the same bundle again is no conflict, and says that it is the same; other bytes are refused."""
    assert "written" in draw("bundle", FIRST, "-o", "b.zip").err
    assert "holds this very bundle already" in draw("bundle", FIRST, "-o", "b.zip").err


def test_a_supplement_in_chinese(draw: Month, visit: Visit) -> None:
    """The whole way in Chinese: no English word is left but what the bureau wrote and the commands to type."""
    calls = [
        draw("supplement", FIRST, "--absent", visit.team[0], *DICE, "--preview", lang="zh"),
        _order(draw, "--absent", visit.team[0], lang="zh"),
        _finish(draw, lang="zh"),
        draw("show", "2026-12/2", lang="zh"),
        draw("list", lang="zh"),
    ]
    assert [call.status for call in calls] == [0] * 5
    text = re.sub(
        r"inspect-cli( [a-zA-Z0-9./-]+)*|--[a-z]+|\b[0-9a-f]{16,64}\b|[0-9T:+-]+|quarantine|supplement|drand",
        "",
        "".join(call.out + call.err for call in calls),
    )
    assert re.findall("[a-z]{4,}", text) == []


def test_a_beacon_as_fresh_randomness(draw: Month, visit: Visit) -> None:
    """DRAND-4: --source drand=TIME promises quicknet's first round from then on, alone or behind dice, and asks for no file."""
    words = ("supplement", FIRST, "--absent", visit.team[0], *APPROVED, "--yes", "--json")
    seen = draw(*words, "--source", "drand=2026-12-01T16:00:01", "--source", "dice=2026-12-01T09:00")
    assert seen.status == 0
    # 2026-12-01 08:00:03 UTC is Unix time 1796112003, and (1796112003 - 1692803367) / 3 + 1 = 34436213.
    data = json.loads(seen.out)
    assert [(one["kind"], one["at"]) for one in data["sources"]] == [
        ("drand", "2026-12-01T16:00:03+08:00"),
        ("dice", "2026-12-01T09:00:00+08:00"),
    ]
    assert data["sources"][0]["round"] == 34436213
    assert data["chance"] == {"bits": 194, "weak": False, "own_hands": False, "not_counted": []}
    assert "own hands" not in seen.err
