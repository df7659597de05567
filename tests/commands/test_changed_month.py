"""``schedule`` and ``visit`` in a month that changes, as they are typed: moved, drawn again, cancelled, carried over."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar, Event
from python_calamine import CalamineWorkbook

from inspect_cli.core.names import Slot
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.draws import add_draw
from inspect_cli.storage.engine import Store
from tests.chained_store import commit_next, fill_chain_folder, run_next
from tests.sample_chain import make_chain
from tests.sample_draw import actor_on, make_sample
from tests.sample_store import fill_folder, make_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

LEAVE = ("--approver", "审批人乙", "--reason", "flood", "--yes")


@pytest.fixture
def month(tmp_path: Path, run_cli: Cli) -> Cli:
    """Give an operator's command line on the eve of December, in a folder with the sample draw."""
    options = fill_chain_folder(tmp_path, supplements=0)
    return lambda *arguments: run_cli(*options, "--as", "操作员甲", "--today", "2026-11-30", *arguments)


@pytest.fixture
def store(tmp_path: Path, month: Cli) -> Store:
    """Open the store of the month's folder."""
    del month
    return Store.open(f"sqlite:///{tmp_path / 'inspect.db'}")


def read_events(path: Path) -> dict[str, Event]:
    """Read a calendar back, each event by its company."""
    return {str(event["summary"]): event for event in Calendar.from_ical(path.read_bytes()).events}


def test_a_calendar_follows_a_move(month: Cli, tmp_path: Path) -> None:
    """MOVE-7, HIST-4: read again, the same UID has a higher SEQUENCE, the new day, and a stamp of its own."""
    path = tmp_path / "r2.ics"
    month("visit", "cancel", "2026-12/1", "E-3", *LEAVE)
    month("schedule", "ics", "--inspector", "R-2", "-o", str(path))
    before = read_events(path)["甲厂"]
    moved = month("schedule", "move", "2026-12/1", "E-1", "2026-12-01", "--reason", "停电")
    assert (moved.status, moved.out) == (0, "moved the visit to E-1 from 2026-12-02 to 2026-12-01\n")
    assert month("schedule", "ics", "--inspector", "R-2", "-o", str(path)).status == 4
    month("schedule", "ics", "--inspector", "R-2", "-o", str(path), "--force")
    after = read_events(path)["甲厂"]
    assert before["uid"] == after["uid"]
    assert (int(str(before["sequence"])), int(str(after["sequence"]))) == (0, 1)
    assert (str(before.decoded("dtstart")), str(after.decoded("dtstart"))) == ("2026-12-02", "2026-12-01")
    assert str(after["status"]) == "CONFIRMED"
    assert after["dtstamp"] == after["last-modified"] != before["dtstamp"]


def test_a_calendar_follows_a_supplement(month: Cli, store: Store, tmp_path: Path) -> None:
    """HIST-3: R-2 left E-1: their calendar takes it away, that of R-1, who stays, updates it; who was never on it has no event."""
    paths = {who: tmp_path / f"{who}.ics" for who in ("R-1", "R-2")}
    for who, path in paths.items():
        month("schedule", "ics", "--inspector", who, "-o", str(path))
    before = {who: read_events(path)["甲厂"] for who, path in paths.items()}
    commit_next(store)
    run_next(store)
    said = {}
    for who, path in paths.items():
        said[who] = month("schedule", "ics", "2026-12/3", "--inspector", who, "-o", str(path), "--force")
    after = {who: read_events(path)["甲厂"] for who, path in paths.items()}
    assert len({str(event["uid"]) for event in (*before.values(), *after.values())}) == 1
    assert [str(after[who]["status"]) for who in ("R-1", "R-2")] == ["CONFIRMED", "CANCELLED"]
    assert {int(str(event["sequence"])) for event in after.values()} == {1}
    assert "visits in it: 0" in said["R-2"].out
    assert "takes away from the calendar: 1" in said["R-2"].err


@pytest.mark.parametrize("verb", ["cancel", "carry-over"])
def test_a_calendar_loses_a_visit_that_ended(month: Cli, tmp_path: Path, verb: str) -> None:
    """HIST-3: everybody's calendar cancels it, and the schedule shows it no more but says that there is one."""
    month("visit", verb, "2026-12/1", "E-1", *LEAVE)
    path = tmp_path / "all.ics"
    month("schedule", "ics", "--all", "-o", str(path))
    events = read_events(path)
    assert {name: str(event["status"]) for name, event in events.items()} == {"丙厂": "CONFIRMED", "甲厂": "CANCELLED"}
    shown = month("schedule", "show", "2026-12/1")
    assert "甲厂" not in shown.out
    assert "not shown: 1" in shown.err


def test_the_days_that_would_do(month: Cli) -> None:
    """MOVE-5: --days moves nothing, and shows what forbids each day that is left; as data too."""
    shown = month("schedule", "move", "2026-12/1", "E-1", "--days")
    assert shown.status == 0
    assert "张一 visits E-3 that day" in shown.out
    assert "days that would do: 0 of 1" in shown.err
    month("visit", "cancel", "2026-12/1", "E-3", *LEAVE)
    data = json.loads(month("schedule", "move", "2026-12/1", "E-1", "--days", "--json").out)
    assert data == [{"day": "2026-12-01", "possible": True, "obstacles": []}]
    moved = json.loads(month("schedule", "move", "2026-12/1", "E-1", "2026-12-01", "--reason", "x", "--json").out)
    assert moved == {"slot": "2026-12/1", "entity": "E-1", "new": True, "from": "2026-12-02", "day": "2026-12-01"}
    again = month("schedule", "move", "2026-12/1", "E-1", "2026-12-01", "--reason", "x")
    assert "is on 2026-12-01 already" in again.out


@pytest.mark.parametrize(
    ("arguments", "status"), [((), 2), (("2026-12-01",), 2), (("2026-12-01", "--reason", "停电"), 4)]
)
def test_a_move_that_is_refused_says_why(month: Cli, arguments: tuple[str, ...], status: int) -> None:
    """MOVE-5, MOVE-7: without a day, without a reason, and on a day on which R-1 is elsewhere."""
    called = month("schedule", "move", "2026-12/1", "E-1", *arguments)
    assert called.status == status
    assert called.out == ""
    if status == 4:
        assert "张一 visits E-3 that day" in called.err
        assert "draw supplement 2026-12/1" in called.err


def test_a_moved_visit_is_marked(month: Cli) -> None:
    """SCHED-6: the schedule and the list say from which day, in the table and as data."""
    month("visit", "cancel", "2026-12/1", "E-3", *LEAVE)
    month("schedule", "move", "2026-12/1", "E-1", "2026-12-01", "--reason", "停电")
    assert "moved from 2026-12-02" in " ".join(month("schedule", "show").out.split())
    (shown,) = json.loads(month("schedule", "show", "--entity", "E-1", "--json").out)
    assert (shown["day"], shown["drawn_day"]) == ("2026-12-01", "2026-12-02")
    listed = {one["entity"]: one for one in json.loads(month("visit", "list", "2026-12/1", "--json").out)}
    assert (listed["E-1"]["day"], listed["E-1"]["drawn_day"]) == ("2026-12-01", "2026-12-02")


def test_visits_of_a_chain_are_listed(month: Cli, store: Store) -> None:
    """END-1: in force by any slot, marked by the supplement that drew them; the others with --state replaced."""
    commit_next(store)
    held = json.loads(month("visit", "list", "2026-12/1", "--json").out)
    assert {one["held_by"] for one in held} == {"2026-12/3"}
    assert "being drawn again by 2026-12/3" in " ".join(month("visit", "list", "2026-12/1").out.split())
    run_next(store)
    listed = json.loads(month("visit", "list", "2026-12/1", "--json").out)
    assert {(one["slot"], one["entity"]) for one in listed} == {("2026-12/3", f"E-{number}") for number in (1, 2, 3)}
    noted = month("visit", "list", "2026-12/1").err
    assert "visits: 3 (" in noted
    assert "--state replaced: 3" in noted
    replaced = json.loads(month("visit", "list", "2026-12/3", "--state", "replaced", "--json").out)
    assert {(one["slot"], one["end"]["by_slot"]) for one in replaced} == {("2026-12/1", "2026-12/3")}
    assert "drawn again: 2026-12/3" in " ".join(month("schedule", "show", "--by", "inspector").out.split())


def test_the_record_of_a_replaced_visit_goes_to_the_one_in_force(month: Cli, store: Store) -> None:
    """END-2: the first draw's slot is enough, and the draw in force is named."""
    commit_next(store)
    record = (
        "--today",
        "2026-12-02",
        "visit",
        "record",
        "2026-12/1",
        "E-1",
        "--result",
        "labour=1",
        "--result",
        "safety=1",
    )
    assert month(*record).status == 4
    run_next(store)
    called = month(*record)
    assert called.status == 0
    assert "the visit in force is the one that 2026-12/3 drew" in called.err


def test_visits_are_cancelled(month: Cli) -> None:
    """END-3: two people, a reason, and yes to whom it is about; then the list says so, in the table and as data."""
    assert month("visit", "cancel", "2026-12/1", "E-1", "--yes").status == 2
    assert month("visit", "cancel", "2026-12/1", "E-1", *LEAVE[:-1]).status == 4
    called = month("visit", "cancel", "2026-12/1", "E-1", "E-2", *LEAVE)
    assert called.status == 0
    assert [line.split() for line in called.out.splitlines()[2:]] == [
        ["2026-12-02", "E-1", "甲厂"],
        ["open", "E-2", "乙厂"],
        ["cancelled", "visits:", "2"],
    ]
    assert "could have staffed E-2" in called.err
    again = month("visit", "cancel", "2026-12/1", "E-1", *LEAVE)
    assert (again.status, again.out) == (0, "cancelled visits: 0\n")
    assert "just so before: 1" in again.err
    data = json.loads(month("visit", "list", "2026-12/1", "--state", "cancelled", "--json").out)
    assert [(one["entity"], one["end"]["approver"], one["end"]["reason"]) for one in data] == [
        ("E-1", "审批人乙", "flood"),
        ("E-2", "审批人乙", "flood"),
    ]
    assert "cancelled 2" in month("visit", "list", "2026-12/1").err


def test_visits_are_carried_over(month: Cli) -> None:
    """END-4: to the next month unless another is named; open ones together once no day is left."""
    called = month("visit", "carry-over", "2026-12/1", "E-1", *LEAVE)
    assert "甲厂" in called.out
    assert called.out.endswith("visits carried over to 2027-01: 1\n")
    assert "to 2027-01" in month("visit", "list", "2026-12/1").out
    none = month("visit", "carry-over", "2026-12/1", "--open", *LEAVE)
    assert "no visit of 2026-12/1 is open with no day left" in none.err
    late = ("--today", "2026-12-28", "visit", "carry-over", "2026-12/1", "--open", *LEAVE)
    data = json.loads(month(*late, "--to", "2027-02", "--json").out)
    assert data == {"slot": "2026-12/1", "ended": ["E-2"], "standing": [], "to": "2027-02", "staffable": []}


def test_a_company_that_is_gone_is_not_cancelled(month: Cli) -> None:
    """END-5: the hint is the record, with its results and the day."""
    called = month("visit", "cancel", "2026-12/1", "E-1", "--approver", "审批人乙", "--reason", "closed", "--yes")
    assert called.status == 4
    assert "9 to 13" in called.err
    assert json.loads(month("visit", "cancel", "2026-12/1", "E-1", *LEAVE, "--json").out)["ended"] == ["E-1"]


def test_the_month_as_a_workbook(month: Cli, tmp_path: Path) -> None:
    """The visits in force on three sheets; the same again is the same file to the byte."""
    path = tmp_path / "december.xlsx"
    called = month("schedule", "xlsx", "2026-12/1", "-o", str(path))
    assert (called.status, "visits in it: 3" in called.out) == (0, True)
    before = path.read_bytes()
    assert "the same to the byte" in month("schedule", "xlsx", "2026-12/1", "-o", str(path)).out
    assert path.read_bytes() == before
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["by day", "by person", "by entity"]
    assert [len(book.get_sheet_by_name(name).to_python()) - 2 for name in book.sheet_names] == [3, 5, 3]


def test_a_provisional_calendar_is_marked(tmp_path: Path, run_cli: Cli) -> None:
    """What rests on a year whose working days are not published yet says so: draw, schedule, calendar with each event, and workbook."""
    options = fill_folder(tmp_path, make_sample(further={"calendar": {"provisional": [2026]}}))
    assert "provisional calendar" in run_cli(*options, "schedule", "show").err
    run_cli(*options, "schedule", "ics", "--all", "-o", str(tmp_path / "a.ics"))
    calendar = Calendar.from_ical((tmp_path / "a.ics").read_bytes())
    assert "(provisional calendar of working days)" in str(calendar["x-wr-calname"])
    assert all(
        str(event["description"]).endswith("made with a provisional calendar of working days")
        for event in calendar.events
    )
    assert calendar.events
    assert (
        "made with a provisional calendar of working days: 2026" in run_cli(*options, "draw", "show", "2026-12/1").out
    )
    assert json.loads(run_cli(*options, "draw", "show", "2026-12/1", "--json").out)["provisional"] == [2026]
    assert {one.get("provisional") for one in json.loads(run_cli(*options, "schedule", "show", "--json").out)} == {True}
    run_cli(*options, "schedule", "xlsx", "2026-12/1", "-o", str(tmp_path / "a.xlsx"))
    title = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()[0][0]
    assert "(provisional calendar of working days)" in str(title)


def test_a_published_calendar_is_not_marked(month: Cli, tmp_path: Path) -> None:
    """Where every year's notice was published, no draw, visit or event says anything of it."""
    month("schedule", "ics", "--all", "-o", str(tmp_path / "a.ics"))
    said = [month("draw", "show", "2026-12/1"), month("schedule", "show"), month("schedule", "show", "--json")]
    assert "provisional" not in "".join(f"{one.out}{one.err}" for one in said)
    assert "provisional" not in (tmp_path / "a.ics").read_text("utf-8")


def test_a_chain_of_three_is_one_schedule(tmp_path: Path, run_cli: Cli) -> None:
    """SCHED-1: without a slot and with any of them the same three visits are shown, each once."""
    options = fill_chain_folder(tmp_path)
    shown = [
        run_cli(*options, "schedule", "show", *slot, "--json").out for slot in ((), ("2026-12/1",), ("2026-12/4",))
    ]
    assert shown[0] == shown[1] == shown[2]
    slots = {one["entity"]: one["slot"] for one in json.loads(shown[0])}
    (again,) = (visit.entity for visit in make_chain().finished[2].result.visits)
    assert sorted(slots.values()) == ["2026-12/3", "2026-12/3", "2026-12/4"]
    assert slots[again] == "2026-12/4"


def test_a_void_draw_is_taken_from_calendars(month: Cli, tmp_path: Path) -> None:
    """HIST-5: declared void after calendars were handed out, its visits are cancelled in them; the schedule shows nothing."""
    path = tmp_path / "all.ics"
    month("schedule", "ics", "--all", "-o", str(path))
    before = read_events(path)
    assert month("draw", "void", "2026-12/1", *LEAVE).status == 0
    assert month("schedule", "ics", "--all", "-o", str(path), "--force").status == 0
    after = read_events(path)
    assert {name: str(event["uid"]) for name, event in before.items()} == {
        name: str(event["uid"]) for name, event in after.items()
    }
    assert {str(event["status"]) for event in after.values()} == {"CANCELLED"}
    assert json.loads(month("schedule", "show", "--json").out) == []


def test_draws_that_are_shown_together_are_told_apart(month: Cli, store: Store) -> None:
    """SCHED-6: with two first draws in the store each row begins with its draw."""
    first = make_chain().finished[0]
    with store.transaction() as session:
        other = replace(make_record(first), slot=Slot("2026-12/9"))
        add_draw(session, other)
        add_act(session, actor_on("2026-11-30"), Act(act="draw run", subject=other.slot, detail={}))
    for by in ("day", "entity"):
        text = month("schedule", "show", "--by", by).out
        assert "2026-12/1  " in text
        assert "2026-12/9  " in text
