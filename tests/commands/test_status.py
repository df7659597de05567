"""``inspect-cli status``: through a whole month it says where the draw stands, and names the command that comes next."""

from __future__ import annotations

import json
import shlex
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.draw.chains import find_chain, read_chain
from inspect_cli.acts.registry.availability import grant_leave
from inspect_cli.core.names import InspectorId, Slot
from inspect_cli.core.registry.inspector import Leave
from inspect_cli.storage.visits import find_visits
from tests import year_months
from tests.small_month import (
    APPROVER,
    OPERATOR,
    PUBLISHER,
    VALUES,
    actor_on,
    draw_month,
    fill_folder,
    open_folder,
    plan_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspect_cli.core.draw.result import Visit
    from tests.conftest import Outcome

    Call = Callable[..., Outcome]

SLOTS = (Slot("2026-11/1"), Slot("2026-12/1"))
ENTERED = [word for value in VALUES for word in ("--value", value, "--confirm", value)]


@pytest.fixture
def call(run_cli: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Work in a folder with the small month; the first word is the day."""
    monkeypatch.chdir(tmp_path)
    options = fill_folder(tmp_path)
    return lambda day, *words: run_cli(*options, "--as", OPERATOR, "--today", day, *words)


def _status(call: Call, day: str, *words: str) -> Any:
    done = call(day, "status", "--json", *words)
    assert done.status == 0, done.err
    return json.loads(done.out)


def _next(call: Call, day: str, *words: str) -> dict[str, list[str]]:
    """Give the next commands of each month."""
    return {
        month["period"]: [step["command"] for place in (month, *month["draws"]) for step in place["next"]]
        for month in _status(call, day, *words)["months"]
    }


def test_an_empty_store_begins_with_the_registries(
    run_cli: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is there: the entities come first, and the command is shown whole on a line of its own."""
    monkeypatch.chdir(tmp_path)
    run_cli("--as", "甲", "init")
    shown = run_cli("--today", "2026-12-01", "status")
    assert shown.out.splitlines() == [
        "2026-12: no draw",
        "next: the entity registry is empty",
        "  inspect-cli entity import FILE",
    ]
    assert "seen as on 2026-12-01 (--today)" in shown.err


def test_the_named_commands_lead_through_the_month(call: Call) -> None:
    """Whoever does what status says, with their own words filled in, gets from the plan to the published results."""
    assert _next(call, "2026-11-23") == {
        "2026-11": ["inspect-cli plan new 2026-11 -o plan-2026-11.toml"],
        "2026-12": ["inspect-cli plan new 2026-12 -o plan-2026-12.toml"],
    }
    assert call("2026-11-23", *_words(_next(call, "2026-11-23", "2026-12")["2026-12"][0])).status == 0
    assert call("2026-11-23", "draw", "commit", "plan.toml", "--yes").status == 0
    publish, seed = _next(call, "2026-11-23", "2026-12")["2026-12"]
    assert call("2026-11-23", "--as", PUBLISHER, *_words(publish), "--yes").status == 0
    assert _next(call, "2026-11-23", "2026-12")["2026-12"] == [seed]
    refused = call("2026-11-23", *_words(seed), *ENTERED, "--yes")
    assert refused.status == 4
    (seed,) = _next(call, "2026-11-30", "2026-12")["2026-12"]
    done = call("2026-11-30", *_words(seed), *ENTERED, "--yes")
    assert done.status == 0, done.err
    (run,) = _next(call, "2026-11-30", "2026-12")["2026-12"]
    assert call("2026-11-30", *_words(run), "--yes").status == 0
    (show,) = _next(call, "2026-12-01")["2026-12"]
    assert call("2026-12-01", *_words(show)).status == 0
    while (commands := _next(call, "2027-01-04", "2026-12")["2026-12"])[0].startswith("inspect-cli visit record"):
        done = call("2027-01-04", *_words(commands[0].replace("NUMBER", "1")))
        assert done.status == 0, done.err
    month = _status(call, "2027-01-04", "2026-12")["months"][0]
    assert month["draws"][0]["stage"] == "finished"
    assert month["draws"][0]["results"]["awaiting"] == month["draws"][0]["visits"]["recorded"]
    for person, stage in ((APPROVER, "approved"), (PUBLISHER, "published")):
        (command,) = _next(call, "2027-01-04", "2026-12")["2026-12"]
        done = call("2027-01-04", "--as", person, *_words(command), "--yes")
        assert done.status == 0, done.err
        results = _status(call, "2027-01-04", "2026-12")["months"][0]["draws"][0]["results"]
        assert {name for name, count in results.items() if count} == {stage}
    assert _next(call, "2027-01-04", "2026-12")["2026-12"] == []


def _words(command: str) -> list[str]:
    program, *words = shlex.split(command)
    assert program == "inspect-cli"
    return words


def test_each_stage_is_shown(call: Call, tmp_path: Path) -> None:
    """Sources with their times, visits by how they stand, and the next day; earlier months while they are unfinished."""
    store = open_folder(tmp_path)
    call("2026-11-23", "draw", "commit", "plan.toml", "--yes")
    shown = call("2026-11-23", "status", "2026-12").out
    assert "2026-12/1: committed, waits for its sources" in shown
    assert "商会见证人, not known before 2026-11-30T09:00:00+08:00" in shown
    call("2026-11-23", "draw", "void", "2026-12/1", "--approver", APPROVER, "--reason", "x", "--yes")
    assert "2026-12: no draw" in call("2026-11-23", "status", "2026-12").out
    draw_month(store, plan_text(head="slot_number = 2\n"))
    with store.reading() as session:
        days = sorted(visit.day.isoformat() for visit in find_visits(session) if visit.day is not None)
    shown = call(days[0], "status").out
    assert "2026-12/2: drawn, visits are under way" in shown
    assert f"next visit  {days[0]}" in shown
    later = call("2027-02-01", "status").out
    assert f"overdue {len(days)}" in later
    assert "2027-02: no draw" in later
    assert "2027-01" not in later


def test_a_visit_that_somebody_cannot_make_any_more_is_told(call: Call, tmp_path: Path) -> None:
    """Leave that is entered after the draw shows at once, with the command that draws again."""
    store = open_folder(tmp_path)
    slot = draw_month(store)
    before = _status(call, "2026-12-01")["months"][0]["draws"][0]["visits"]
    for number in range(1, 6):
        leave = Leave(
            inspector=InspectorId(f"R{number:02}"), first=date(2026, 12, 1), last=date(2026, 12, 31), reason="隔离"
        )
        grant_leave(store, actor_on("2026-11-30"), (), leave)
    draw = _status(call, "2026-12-01")["months"][0]["draws"][0]
    assert draw["visits"]["hampered"] == before["planned"]
    assert draw["next"][0]["command"].startswith(f"inspect-cli draw supplement {slot} ")


def test_the_clock_is_marked_only_where_it_differs(
    run_cli: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --today the day is the clock's, and nothing is said about it."""
    monkeypatch.chdir(tmp_path)
    options = fill_folder(tmp_path)
    done = run_cli(*options, "status")
    assert (done.status, done.err) == (0, "")
    assert json.loads(run_cli(*options, "status", "--json").out)["dated_elsewhere"] is False


def test_a_year_without_a_notice_is_imported_first(call: Call) -> None:
    """The working days of a year that is not published are not guessed: its notice comes before its plan."""
    assert _next(call, "2029-03-01")["2029-03"] == ["inspect-cli workdays import FILE"]


def test_a_month_that_is_over_has_no_next_command(call: Call) -> None:
    """Nothing is drawn in it any more; the month after it is shown."""
    found = _next(call, "2026-12-31")
    assert found["2026-12"] == []
    assert "over" in call("2026-12-31", "status").out
    assert list(found) == ["2026-12", "2027-01"]


def test_a_supplement_is_led_through(call: Call, tmp_path: Path) -> None:
    """While a supplement waits, its slot and its command are named and the visit that it draws again is held; then the chain goes on."""
    store = open_folder(tmp_path)
    draw_month(store)
    with store.reading() as session:
        member = min(read_chain(find_chain(session, Slot("2026-12/1"))).first.result.visits, key=_day_of).team[0]
    leave = ("inspector", "leave", "add", member, "--from", "2026-12-01", "--to", "2026-12-31")
    assert call("2026-11-30", *leave).status == 0
    assert "cannot be made as drawn" in call("2026-12-01", "status").out
    words = shlex.split(_next(call, "2026-12-01")["2026-12"][0])[1:]
    filled = [{"TIME": "2026-12-02T09:00", "NAME": APPROVER, "CODE": "ill"}.get(word, word) for word in words]
    done = call("2026-12-01", *filled, "--yes")
    assert done.status == 0, done.err
    shown = call("2026-12-01", "status").out
    assert "2026-12/1 with the supplement 2026-12/2: committed, waits for its sources" in shown
    assert "being drawn again" in shown
    assert "not known before 2026-12-02T09:00:00+08:00" in shown
    assert "then: wait for the source" in shown
    assert "known since" in call("2026-12-02", "status").out
    value = "1" * 20
    seed = _words(_next(call, "2026-12-02")["2026-12"][0])
    done = call("2026-12-02", *seed, "--value", value, "--confirm", value, "--yes")
    assert done.status == 0, done.err
    assert "has its seed" in call("2026-12-02", "status").out
    assert call("2026-12-02", *_words(_next(call, "2026-12-02")["2026-12"][0]), "--yes").status == 0
    assert "being drawn again" not in call("2026-12-02", "status").out


def _day_of(visit: Visit) -> str:
    return visit.day or "~"


def test_visits_that_come_too_late_to_a_month_want_a_further_plan(call: Call, tmp_path: Path) -> None:
    """STATUS-7: carried over to a month that has its draw, a visit is named there with the plan that it wants."""
    store = open_folder(tmp_path)
    for period in ("2026-11", "2026-12"):
        year_months.draw_month(store, period)
    with store.reading() as session:
        before, after = ({visit.entity: visit for visit in find_visits(session, slot)} for slot in SLOTS)
    late = min(set(before) - set(after))
    approval = ("--approver", APPROVER, "--reason", "shut", "--yes")
    done = call("2026-12-01", "visit", "carry-over", "2026-11/1", late, "--to", "2026-12", *approval)
    assert done.status == 0, done.err
    (month,) = (one for one in _status(call, "2026-12-01")["months"] if one["period"] == "2026-12")
    assert [step["command"] for step in month["next"]] == ["inspect-cli plan new 2026-12 -o plan-2026-12-more.toml"]
    assert ": 1;" in month["next"][0]["what"]
    assert "carried over to 2026-12" in call("2026-12-01", "status").out


def test_a_plan_committed_with_what_was_carried_over_wants_no_further_one(call: Call, tmp_path: Path) -> None:
    """STATUS-7: visits carried over before the month is committed are in its frame, drawn or not, and none is left over."""
    store = open_folder(tmp_path)
    year_months.draw_month(store, "2026-11")
    with store.reading() as session:
        entity = find_visits(session, SLOTS[0])[0].entity
    words = ("2026-11/1", entity, "--to", "2026-12", "--approver", APPROVER, "--reason", "shut", "--yes")
    assert call("2026-11-20", "visit", "carry-over", *words).status == 0
    year_months.commit_month(store, "2026-12")
    assert all(not month["next"] for month in _status(call, "2026-11-25", "2026-12")["months"])
