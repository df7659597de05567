"""``inspect-cli notice due``, ``notice ics`` and what ``status`` says of notices, at the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.widths import cells
from tests.small_month import (
    APPROVER,
    BUREAU,
    OPERATOR,
    PUBLISHER,
    actor_on,
    draw_month,
    fill_folder,
    open_folder,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Call = Callable[..., Outcome]

NAMES = [f"示例第{number}厂" for number in range(1, 11)]


@pytest.fixture
def call(run_cli: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Work in a folder with the small month, drawn; the first words are the day and who acts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    options = fill_folder(tmp_path)
    draw_month(open_folder(tmp_path))
    return lambda day, who, *words: run_cli(*options, "--as", who, "--today", day, *words)


def _data(call: Call, day: str, *words: str) -> Any:
    done = call(day, OPERATOR, "notice", "due", "--json", *words)
    assert done.status == 0, done.err
    return json.loads(done.out)


def _publish(call: Call, day: str, kind: str) -> None:
    done = call(day, PUBLISHER, "notice", "publish", kind, "2026-12/1", "--yes")
    assert done.status == 0, done.err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_fits_a_screen(call: Call, lang: str) -> None:
    """DUE-1, DUE-2, DUE-7: late first, then what has no last day and how to import the year; 80 columns in both languages."""
    shown = call("2026-12-10", OPERATOR, "--lang", lang, "notice", "due")
    lines = shown.out.splitlines()
    assert shown.status == 0
    assert [line for line in lines if cells(line) > 80] == []
    assert "2026-11-30 -8" in " ".join(shown.out.split())
    assert (
        shown.out.index("2026-11-30")
        < shown.out.index("2026-12-07")
        < shown.out.index("inspect-cli workdays import FILE")
    )
    assert [line for line in lines if line.startswith("  inspect-cli notice")] == [
        "  inspect-cli notice publish commitment 2026-12/1",
        "  inspect-cli notice publish draw 2026-12/1",
    ]
    (basis,) = [line for line in lines if BUREAU.publication.draw_working_days.basis in line]
    (row,) = [line for line in lines if "2026-12-07" in line]
    assert basis.split()[0] == row.split()[-1], "each rule stands below the table, once, by its number"
    assert ("已逾期 2" if lang == "zh" else "late 2") in lines[-1]


def test_the_commands_do_what_is_due(call: Call) -> None:
    """DUE-8: each named command does its duty, in time or late; done ones are listed with --all and counted."""
    before = _data(call, "2026-12-08")
    commands = [duty["command"] for duty in before["duties"]]
    assert commands == [
        "inspect-cli notice publish commitment 2026-12/1",
        "inspect-cli notice publish draw 2026-12/1",
        None,  # The month's statistics: the month is not over.
        "inspect-cli visit list 2026-12/1 --state unrecorded",
    ]
    for command in commands[:2]:
        done = call("2026-12-08", PUBLISHER, *command.split()[1:], "--yes")
        assert done.status == 0, done.err
    after = _data(call, "2026-12-08", "--all")
    assert [duty["state"] for duty in after["duties"]] == ["unknown", "later", "done-late", "done-late"]
    assert after["summary"]["notices"]["done-late"] == 2
    shown = call("2026-12-08", OPERATOR, "--lang", "en", "notice", "due", "--all").out
    assert "done late 2" in shown
    assert "2026-12-08" in shown


def test_results_are_counted(call: Call) -> None:
    """DUE-3, DUE-8: what nobody has approved says so, with the command that comes first; the share published in time is of what was due."""
    command = next(
        step["command"]
        for step in json.loads(call("2026-12-10", OPERATOR, "status", "--json").out)["months"][0]["draws"][0]["next"]
    )
    assert call("2026-12-10", OPERATOR, *command.replace("NUMBER", "1").split()[1:]).status == 0
    shown = call("2026-12-10", OPERATOR, "--lang", "en", "notice", "due").out
    assert "inspect-cli visit approve 2026-12/1 --all" in shown
    assert "awaiting" in shown.splitlines()[0]
    listed = [duty for duty in _data(call, "2026-12-10")["duties"] if duty["kind"] == "result"]
    assert [duty["awaiting"] for duty in listed if not duty["unrecorded"]] == [1]
    assert call("2026-12-10", APPROVER, "visit", "approve", "2026-12/1", "--all", "--yes").status == 0
    _publish(call, "2026-12-10", "result")
    assert _data(call, "2026-12-10")["summary"]["results"] == {
        "in_time": 1,
        "late": 0,
        "open_late": 0,
        "undated": 0,
        "rate": 1.0,
    }
    shown = call("2026-12-10", OPERATOR, "--lang", "en", "notice", "due").out
    assert shown.splitlines()[-1] == "results published in time: 1 of 1 (100.0%)"
    assert "五年" not in shown, "a display term that ends in five years is listed with --all alone"
    everything = _data(call, "2026-12-10", "--all")["duties"]
    assert [duty["kind"] for duty in everything if duty["state"] == "later"] == ["expiry"]
    assert [duty["command"] for duty in everything if duty["kind"] == "expiry"] == [None]


def test_what_was_due_before_an_upgrade(call: Call, tmp_path: Path) -> None:
    """DUE-10: it is counted in a line of its own and listed with --all alone, and no command is named for it; no calendar has it."""
    with open_folder(tmp_path).transaction() as session:
        detail = {"from": "0004", "to": "0005"}
        add_act(session, actor_on("2026-12-08"), Act(act="db upgrade", subject="store", detail=detail))
    shown = call("2026-12-10", OPERATOR, "--lang", "en", "notice", "due").out
    assert "2026-11-30" not in shown
    assert "notice publish" not in shown
    assert "whether published or not it cannot know: 2" in shown
    every = _data(call, "2026-12-10", "--all")
    assert [duty["state"] for duty in every["duties"]] == ["unknown", "later", "earlier", "earlier"]
    assert {duty["command"] for duty in every["duties"] if duty["state"] == "earlier"} == {None}
    assert "升级之前" in call("2026-12-10", OPERATOR, "--lang", "zh", "notice", "due", "--all").out
    assert "reminders in it: 0" in call("2026-12-10", OPERATOR, "--lang", "en", "notice", "ics", "-o", "x.ics").out


def test_a_month_is_asked_for(call: Call) -> None:
    """Only what is about the month that is named is listed; where there is nothing, that is said."""
    assert _data(call, "2026-12-10", "2026-11")["duties"] == []
    assert call("2026-12-10", OPERATOR, "--lang", "en", "notice", "due", "2026-11").out.splitlines() == [
        "nothing is to be published",
        "notices: late 0, due today 0, soon 0, last day not known 0, done late 0",
    ]
    assert len(_data(call, "2026-12-10", "2026-12")["duties"]) == 4


def test_reminders_follow_the_store(call: Call, tmp_path: Path) -> None:
    """The same store gives the same bytes; after a publication the newer file cancels its reminder. It names no company."""
    file = tmp_path / "due.ics"
    shown = call("2026-12-02", OPERATOR, "--lang", "en", "notice", "ics", "-o", "due.ics")
    assert (shown.status, "reminders in it: 2" in shown.out, "not known: 1" in shown.err) == (0, True, True)
    first = file.read_bytes()
    again = call("2026-12-03", OPERATOR, "--lang", "en", "notice", "ics", "-o", "due.ics")
    assert "the same to the byte" in again.out
    _publish(call, "2026-12-03", "draw")
    newer = call("2026-12-03", OPERATOR, "--lang", "en", "notice", "ics", "-o", "due.ics", "--force")
    assert "takes away from the calendar: 1" in newer.err
    before, after = (
        {str(event["uid"]): event for event in Calendar.from_ical(data).events} for data in (first, file.read_bytes())
    )
    assert set(before) == set(after)
    assert sorted(str(event["status"]) for event in after.values()) == ["CANCELLED", "CONFIRMED"]
    numbers = [{int(str(event["sequence"])) for event in events.values()} for events in (before, after)]
    assert max(numbers[0]) < min(numbers[1])
    text = file.read_text("utf-8").replace("\r\n ", "")
    assert [name for name in (*NAMES, BUREAU.complaints.telephone) if name in text] == []


def test_the_status_names_what_presses(call: Call) -> None:
    """STATUS-9: beside where the month stands, what is late with its command; once it is published nothing is said."""
    shown = call("2026-12-10", OPERATOR, "--lang", "en", "status").out
    assert "notices: late 2" in shown
    assert (
        "the last day was 2026-12-07: notice of the draw, 2026-12/1\n  inspect-cli notice publish draw 2026-12/1"
        in shown
    )
    ended = ("--approver", APPROVER, "--reason", "r", "--yes")
    entities = ("E01", "E03", "E07", "E08", "E09")
    assert call("2026-12-02", OPERATOR, "visit", "cancel", "2026-12/1", *entities, *ended).status == 0
    elsewhere = call("2027-03-10", OPERATOR, "--lang", "en", "status").out
    assert "notices: late in other months 2" in elsewhere
    assert elsewhere.splitlines()[-1] == "  inspect-cli notice due"
    for kind in ("commitment", "draw"):
        _publish(call, "2026-12-10", kind)
    assert "notices:" not in call("2026-12-10", OPERATOR, "--lang", "en", "status").out
    data = json.loads(call("2026-12-10", OPERATOR, "status", "--json").out)["notices"]
    assert data == {"late": 0, "due": 0, "soon": 0, "unknown": 0, "late_elsewhere": 0, "next": []}
