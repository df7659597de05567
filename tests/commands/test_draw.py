"""``draw commit``, ``seed``, ``run``, ``void``, ``show`` and ``list`` as they are typed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

import pytest

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.names import Slot
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import add_draw
from inspect_cli.storage.engine import Store
from inspect_cli.widths import cells
from tests import small_month
from tests.terminal import sit_down

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

SEED = (
    "seed",
    "2026-12/1",
    "--value",
    "瑞雪兆丰年",
    "--confirm",
    "瑞雪兆丰年",
    "--value",
    "31415",
    "--confirm",
    "31415",
)
RUN = ("run", "2026-12/1")
VOID = ("void", "2026-12/1", "--approver", small_month.APPROVER, "--reason", "seed-mistyped")
BEFORE, AFTER = "2026-11-16", "2026-12-01"
DRAW_KEYS = [
    "slot",
    "period",
    "state",
    "commitment",
    "frame",
    "excluded",
    "quotas",
    "combine",
    "days",
    "sources",
    "chance",
]


class Month(Protocol):
    """``draw`` in the folder of a small month: ``draw("run", "2026-12/1", today="2026-12-01")``."""

    def __call__(
        self, *words: str, today: str = AFTER, person: str = small_month.OPERATOR, lang: str = "en"
    ) -> Outcome:
        """Call it."""


@pytest.fixture
def draw(tmp_path: Path, run_cli: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> Month:
    """Make the small month's settings, plan and store in a folder, and give ``draw`` as it is typed there."""
    monkeypatch.chdir(tmp_path)
    small_month.fill_folder(tmp_path)

    def call(*words: str, today: str = AFTER, person: str = small_month.OPERATOR, lang: str = "en") -> Outcome:
        return run_cli("--lang", lang, "--as", person, "--today", today, "draw", *words)

    return call


def _commit(draw: Month, *words: str) -> Outcome:
    return draw("commit", "plan.toml", "--yes", *words, today=BEFORE)


def _acts() -> list[str]:
    with Store.open("sqlite:///inspect.db").reading() as session:
        return [act.act for act in find_acts(session)][1:]


def test_a_draw_from_the_plan_to_its_result(draw: Month) -> None:
    """Each step says what stands now, and what comes next; the last one tells how many visits there are."""
    committed = _commit(draw)
    assert (committed.status, _acts()) == (0, ["draw commit"])
    assert "committed, waits for its seed" in committed.out
    assert "inspect-cli notice publish commitment 2026-12/1" in committed.err
    assert "inspect-cli draw seed 2026-12/1" in committed.err
    seeded = draw(*SEED, "--yes")
    assert seeded.status == 0
    assert "has its seed, not drawn yet" in seeded.out
    assert "inspect-cli draw run 2026-12/1" in seeded.err
    drawn = draw(*RUN, "--yes")
    assert drawn.status == 0
    assert re.search(
        r"^[345] visits, drawn for 5 checks of a domain, [5-8] are made; 0 visits are open$", drawn.out, re.MULTILINE
    )
    assert "inspect-cli schedule show 2026-12/1" in drawn.err
    assert _acts() == ["draw commit", "draw seed", "draw run"]


def test_a_draw_in_chinese(draw: Month) -> None:
    """The same steps in Chinese: no English word is left on the screen but what the bureau wrote and the commands to type."""
    calls = [
        draw("commit", "plan.toml", "--yes", today=BEFORE, lang="zh"),
        draw(*SEED, "--yes", lang="zh"),
        draw(*RUN, "--yes", lang="zh"),
        draw("list", lang="zh"),
        draw(*VOID, "--yes", lang="zh"),
        draw("show", "2026-12/1", lang="zh"),
    ]
    assert [call.status for call in calls] == [0] * 6
    assert "已承诺" in calls[0].out
    text = re.sub(
        r"inspect-cli( [a-zA-Z0-9./-]+)*|\b[0-9a-f]{16,64}\b|[0-9T:+-]+|seed-mistyped|drand",
        "",
        "".join(c.out + c.err for c in calls),
    )
    assert re.findall("[a-z]{4,}", text) == []


def test_every_line_of_a_draw_fits_the_screen(draw: Month) -> None:
    """What ``show`` and ``list`` print is at most eighty cells wide in both languages, digests whole."""
    digest = json.loads(_commit(draw, "--json").out)["commitment"]
    draw(*SEED, "--yes")
    draw(*RUN, "--yes")
    for lang in ("zh", "en"):
        shown, listed = draw("show", "2026-12/1", lang=lang), draw("list", lang=lang)
        assert digest in shown.out
        assert [line for line in (shown.out + listed.out).splitlines() if cells(line) > 80] == []


def test_steps_done_again_say_what_is_recorded(draw: Month) -> None:
    """Each step again, without --yes and with nobody to ask, shows what stands, says so, and writes nothing."""
    steps = (("commit", "plan.toml"), SEED, RUN)
    first = [draw(*steps[0], "--yes", today=BEFORE), *(draw(*step, "--yes") for step in steps[1:])]
    again = [draw(*step) for step in steps]
    assert [call.status for call in again] == [0, 0, 0]
    assert [call.out for call in again] == [first[2].out] * 3
    assert all("this was done before" in call.err for call in again)
    assert len(_acts()) == 3


def test_a_plan_that_stands_is_shown_whatever_became_of_the_registries(draw: Month, tmp_path: Path) -> None:
    """The same plan committed again gives its commitment even when it could not be committed any more."""
    first = _commit(draw, "--json")
    settings = tmp_path / "inspect.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("visits_a_year = { number = 4", "visits_a_year = { number = 1"), "utf-8"
    )
    again = draw("commit", "plan.toml", "--json", today="2026-12-20")
    assert (again.status, again.out) == (0, first.out)


def test_void_and_the_next_number(draw: Month) -> None:
    """A void draw shows its reason, keeps its place in the list, and the plan takes the next slot."""
    _commit(draw)
    voided = draw(*VOID, "--yes")
    assert voided.status == 0
    assert "void: seed-mistyped" in voided.out
    assert "commit the plan again" in voided.err
    assert json.loads(_commit(draw, "--json").out)["slot"] == "2026-12/2"
    again = draw(*VOID)
    assert (again.status, "this was done before" in again.err) == (0, True)
    states = {one["slot"]: one["state"] for one in json.loads(draw("list", "--json").out)}
    assert states == {"2026-12/1": "void", "2026-12/2": "committed"}


def test_the_data_of_a_draw(draw: Month, tmp_path: Path) -> None:
    """``--json`` has stable keys, and more of them with each step; the screen's other stream never mixes in."""
    steps = [
        _commit(draw, "--json"),
        draw(*SEED, "--yes", "--json"),
        draw(*RUN, "--yes", "--json"),
        draw(*VOID, "--yes", "--json"),
    ]
    data = [json.loads(step.out) for step in steps]
    seeded, drawn = [*DRAW_KEYS, "values", "seed"], [*DRAW_KEYS, "values", "seed", "drawn", "visits", "open"]
    assert [list(one) for one in data] == [DRAW_KEYS, seeded, drawn, [*drawn, "void_reason"]]
    assert [one["state"] for one in data] == ["committed", "seeded", "drawn", "void"]
    assert data[0]["chance"] == {"bits": 16, "weak": True, "own_hands": True, "not_counted": []}
    assert data[0]["frame"]["entities"]["count"] == 10
    assert data[1]["values"] == ["瑞雪兆丰年", "31415"]
    lines = ("draw-v1/seed", data[0]["commitment"], "text:瑞雪兆丰年", "dice:31415")
    assert data[1]["seed"] == sha256("\n".join(lines).encode()).hexdigest()
    assert data[2]["drawn"] == data[2]["visits"] in {3, 4, 5}
    assert data[2]["open"] == 0
    assert json.loads(draw("show", "2026-12/1", "--json").out) == data[3]
    assert json.loads(draw("list", "--json").out) == [
        {"slot": "2026-12/1", "state": "void", "commitment": data[0]["commitment"]}
    ]
    assert (tmp_path / "plan.toml").read_text("utf-8") == small_month.plan_text()


@pytest.mark.parametrize(
    ("words", "status", "what"),
    [
        (("seed", "2026-12/9"), 2, "there is no draw 2026-12/9"),
        (("run", "2026-12/9", "--yes"), 2, "there is no draw 2026-12/9"),
        (("show", "2026-12/9"), 2, "there is no draw 2026-12/9"),
        (("explain", "2026-12/9", "E01"), 2, "there is no draw 2026-12/9"),
        ((*VOID[:2], "--yes"), 2, "with the approval of a second person"),
        ((*VOID[:4], "--yes"), 2, "--approver and --reason go together"),
        (("void", "2026-12/9", *VOID[2:], "--yes"), 2, "there is no draw 2026-12/9"),
        ((*SEED[:6], "--yes"), 2, "1 values were given for 2 sources"),
        ((*SEED[:-1], "27182", "--yes"), 3, "are not the same: nothing was recorded"),
        ((*SEED[:-2], "--yes"), 3, "are not the same: nothing was recorded"),
        ((*SEED[:2], *("--value", "x", "--confirm", "x") * 2, "--yes"), 3, "this is not the text"),
        (SEED, 4, "there is nobody at a terminal to answer"),
        (("seed", "2026-12/1"), 4, "there is nobody at a terminal to answer"),
        ((*RUN, "--yes"), 4, "has no seed yet"),
        (VOID, 4, "there is nobody at a terminal to answer"),
        ((*VOID[:3], small_month.OPERATOR, *VOID[4:], "--yes"), 4, "cannot approve an act of their own"),
        (("bundle", "2026-12/1", "-o", "b.zip"), 4, "is not drawn yet"),
        (("explain", "2026-12/1", "E01"), 4, "is not drawn yet"),
    ],
)
def test_what_a_committed_draw_refuses(draw: Month, words: tuple[str, ...], status: int, what: str) -> None:
    """Each refusal has its status, says what is wrong on stderr alone, and changes nothing."""
    _commit(draw)
    refused = draw(*words)
    assert refused.status == status
    assert what in refused.err
    assert refused.out == ""
    assert _acts() == ["draw commit"]


BAD_PLANS = {
    "period = 12": (3, "plan.toml"),
    small_month.plan_text(labour=11): (3, "the plan cannot be committed"),
    small_month.plan_text(sources=small_month.TEXT): (3, "plan.toml"),
    small_month.plan_text(): (4, "there is nobody at a terminal to answer"),
}


def test_what_a_commitment_refuses(draw: Month, tmp_path: Path) -> None:
    """A file that is no plan, a plan that cannot be met, and a question that nobody answers leave no draw."""
    for text, (status, what) in BAD_PLANS.items():
        (tmp_path / "plan.toml").write_text(text, "utf-8")
        refused = draw("commit", "plan.toml", today=BEFORE)
        assert (refused.status, refused.out, what in refused.err) == (status, "", True)
    assert draw("commit", "missing.toml", today=BEFORE).status == 3
    (tmp_path / "december.toml").write_text(small_month.plan_text(labour=11), "utf-8")
    assert "Where: december.toml\n" in draw("commit", "december.toml", today=BEFORE).err
    assert _acts() == []


def test_the_wrong_moment_and_the_wrong_person(draw: Month) -> None:
    """A source of the past, a value before its time, and somebody without the role end with status 4, whoever is asked."""
    late = draw("commit", "plan.toml", "--yes")
    assert (late.status, "which is past" in late.err) == (4, True)
    assert draw("commit", "plan.toml", "--yes", today=BEFORE, person=small_month.AUDITOR).status == 4
    _commit(draw)
    early = draw("seed", "2026-12/1", today="2026-11-29")
    assert (early.status, "it cannot be known yet" in early.err) == (4, True)
    stranger = draw(*SEED, "--yes", person=small_month.APPROVER)
    assert (stranger.status, "does not have the role operator" in stranger.err) == (4, True)
    draw(*VOID, "--yes")
    for words in (("seed", "2026-12/1"), (*RUN, "--yes")):
        assert (draw(*words).status, "is void" in draw(*words).err) == (4, True)
    assert _acts() == ["draw commit", "draw void"]


def test_nobody_named_is_a_mistake_of_usage(draw: Month) -> None:
    """Without --as there is no act."""
    assert draw("commit", "plan.toml", "--yes", person="").status == 2


class TestAtATerminal:
    """Somebody is asked."""

    def test_a_step_says_what_it_fixes_and_asks(self, draw: Month, monkeypatch: pytest.MonkeyPatch) -> None:
        """The question names what is fixed for ever; no, nothing, and the end of the line all leave it undone."""
        for lines in (["no"], [""], []):
            sit_down(monkeypatch, *lines)
            declined = draw("commit", "plan.toml", today=BEFORE)
            assert (declined.status, _acts()) == (4, [])
            assert "fix for ever a frame of 10 entities and 6 inspectors, 5 to be drawn, for 2026-12?" in declined.err
        sit_down(monkeypatch, "yes")
        assert draw("commit", "plan.toml", today=BEFORE).status == 0
        sit_down(monkeypatch, "no")
        assert draw(*VOID).status == 4
        assert _acts() == ["draw commit"]

    def test_a_value_is_asked_for_twice(self, draw: Month, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each source is asked for in its words, a wrong form at once again with what is wrong, and then once more."""
        _commit(draw)
        typed = sit_down(monkeypatch, "瑞雪丰年", "瑞雪兆丰年", "瑞雪兆丰年", "3141", "31415", "31415", "yes")
        seeded = draw("seed", "2026-12/1")
        assert (seeded.status, typed.read()) == (0, "")
        assert "商会见证人: the line that was sealed" in seeded.err
        assert "this is not the text that 商会见证人 sealed" in seeded.err
        assert "镇政府大厅掷骰: 5 dice of 10 sides, in the order rolled" in seeded.err
        assert "4 characters for 5 dice" in seeded.err
        assert seeded.err.count("the same once more") == 2

    def test_two_entries_that_differ_record_nothing(self, draw: Month, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever types another value the second time starts over."""
        _commit(draw)
        sit_down(monkeypatch, "瑞雪兆丰年", "瑞雪兆丰年", "31415", "31451", "yes")
        refused = draw("seed", "2026-12/1")
        assert (refused.status, _acts()) == (4, ["draw commit"])
        assert "the two entries differ: nothing was recorded" in refused.err

    def test_who_may_not_enter_is_not_asked(self, draw: Month, monkeypatch: pytest.MonkeyPatch) -> None:
        """Before its time, of a void draw, or by somebody without the role no value is asked for."""
        _commit(draw)
        for today, person in (("2026-11-29", small_month.OPERATOR), (AFTER, small_month.AUDITOR)):
            typed = sit_down(monkeypatch, "瑞雪兆丰年")
            assert draw("seed", "2026-12/1", today=today, person=person).status == 4
            assert typed.read() == "瑞雪兆丰年\n"

    def test_a_draw_is_asked_for_once(self, draw: Month, monkeypatch: pytest.MonkeyPatch) -> None:
        """The draw asks before it is run, and never again."""
        _commit(draw)
        draw(*SEED, "--yes")
        sit_down(monkeypatch, "是")
        assert draw(*RUN, lang="zh").status == 0
        typed = sit_down(monkeypatch, "no")
        assert (draw(*RUN).status, typed.read()) == (0, "no\n")


SOURCES: dict[str, dict[str, object]] = {
    "the numbers of serial, red, like 9319./2.5.8./": {"kind": "lottery", "groups": ["serial", "red"]},
    "the randomness of round 7 comes with its proof": {"kind": "drand", "chain": "ab" * 32, "round": 7},
    "the output value of pulse 99 comes with its proof": {"kind": "nist", "chain": 2, "pulse": 99},
}


def test_every_kind_of_source_is_asked_for_in_its_words(draw: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lottery's numbers are asked for; a beacon's value is not typed, and the file that is wanted is named."""
    _commit(draw)
    store = Store.open("sqlite:///inspect.db")
    with store.transaction() as session:
        record = require_draw(session, Slot("2026-12/1"))
        values = json.loads(record.commitment)
        for number, source in enumerate(SOURCES.values(), start=2):
            promise = {"name": "来源", "at": "2026-11-30T09:00:00+08:00"} | source
            slot = Slot(f"2026-12/{number}")
            data = render_canonical(values | {"sources": [promise], "slot": slot})
            add_draw(session, replace(record, slot=slot, commitment=data))
    for number, question in enumerate(SOURCES, start=2):
        sit_down(monkeypatch)
        asked = draw("seed", f"2026-12/{number}")
        assert (asked.status, f"来源: {question}" in asked.err) == (4 if number == 2 else 2, True)


def test_what_is_drawn_for_alone_can_be_checked_alone(draw: Month, tmp_path: Path) -> None:
    """A plan that combines only what was drawn says so, and excludes by reason."""
    text = small_month.plan_text(head='combine = "drawn"', scope='id = ["E01", "E02", "E03", "E04"]')
    (tmp_path / "plan.toml").write_text(text, "utf-8")
    shown = _commit(draw)
    assert "only what a company was drawn for" in shown.out
    assert re.search(r"outside the scope of this plan +6$", shown.out, re.MULTILINE)
    assert json.loads(draw("show", "2026-12/1", "--json").out)["excluded"] == {"filter": 6}
