"""The calendar file, read back by the library that calendars are read with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from icalendar import Calendar, Event

from inspect_cli import language
from inspect_cli.core.names import EntityId, InspectorId, MatterId, Slot
from inspect_cli.core.schedule import Directory, build_schedule
from inspect_cli.core.unchecked import UncheckedMatter
from inspect_cli.core.visit.history import CalendarEntry
from inspect_cli.files.calendar import CalendarHead, render_calendar
from inspect_cli.widths import visible
from tests.files.documents.test_text import HOSTILE
from tests.sample_draw import DRAWN_AT, LABOUR, PEOPLE, SAFETY, make_sample

HEAD = CalendarHead(title="R-1 的检查", domains={LABOUR: "劳动", SAFETY: "安全"})


def make_entries() -> tuple[CalendarEntry, ...]:
    """Make the sample's visits as nothing had become of them yet: 1 December, 2 December, and one open visit."""
    directory = Directory(
        addresses={EntityId("E-1"): "人民路1号; 东门, 二楼"},
        people={InspectorId(id): name for id, name in PEOPLE.items()},
    )
    visits = build_schedule(make_sample().slot, directory)
    return tuple(CalendarEntry(visit=visit, number=0, at=DRAWN_AT, is_cancelled=False) for visit in visits)


def change_visit(entry: CalendarEntry, **values: Any) -> CalendarEntry:
    """Change the visit of an entry."""
    return replace(entry, visit=replace(entry.visit, **values))


def read_events(data: bytes) -> list[Event]:
    """Read a calendar back."""
    return Calendar.from_ical(data).events


def test_each_visit_is_an_event_of_the_whole_day() -> None:
    """Two visits have a day; each event begins on it, ends before the next, and marks nobody as busy. The open visit is none."""
    events = read_events(render_calendar(make_entries(), HEAD))
    assert [(event.decoded("dtstart"), event.decoded("dtend")) for event in events] == [
        (date(2026, 12, 1), date(2026, 12, 2)),
        (date(2026, 12, 2), date(2026, 12, 3)),
    ]
    assert [str(event["summary"]) for event in events] == ["丙厂", "甲厂"]
    assert {str(event["transp"]) for event in events} == {"TRANSPARENT"}


def test_an_event_says_what_a_person_needs() -> None:
    """Address, team with leader and expert, domains, company and draw stand in the event, marks included."""
    event = read_events(render_calendar(make_entries(), HEAD))[1]
    assert str(event["location"]) == "人民路1号; 东门, 二楼"
    assert str(event["description"]).split("\n") == [
        "Member: 李二 (R-2)",
        "Team leader: 张一 (R-1)",
        "Expert: 赵专家 (X-1)",
        "Domains: 劳动, 安全",
        "Entity: E-1",
        "Zone: 东片",
        "Draw: 2026-12/1",
    ]


def test_what_is_not_known_is_left_out() -> None:
    """Without an address there is no place, without a zone no line for it."""
    bare = change_visit(make_entries()[0], zone=None)
    event = read_events(render_calendar([bare], HEAD))[0]
    assert "location" not in event
    assert "Zone" not in str(event["description"])


def test_an_event_is_the_same_event_for_ever() -> None:
    """The UID is the digest of slot and entity, and the stamp the draw's time in UTC: nothing of it depends on the clock."""
    event = read_events(render_calendar(make_entries(), HEAD))[1]
    assert str(event["uid"]) == f"{sha256(b'2026-12/1' + bytes([10]) + b'E-1').hexdigest()}@inspect-cli"
    assert event.decoded("dtstamp") == datetime(2026, 11, 30, 1, 12, 5, tzinfo=UTC)
    assert render_calendar(make_entries(), HEAD) == render_calendar(make_entries(), HEAD)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_make_no_lines_of_their_own(text: str) -> None:
    """RFC 5545, 3.1: lines end in CRLF, none has more than 75 octets, and a text of any wording adds no property."""
    entry = change_visit(make_entries()[1], name=f"{text}\r\nBEGIN:VALARM", address=text, zone=text)
    data = render_calendar([entry], replace(HEAD, title=text))
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert [line for line in lines if line.startswith(b"BEGIN:")] == [b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"]
    (event,) = read_events(data)
    assert str(event["summary"]) == visible(f"{text}\r\nBEGIN:VALARM")
    assert str(event["location"]) == visible(text)
    for line in lines:
        line.decode()  # a line is never broken inside a character


def test_a_calendar_speaks_the_settled_language() -> None:
    """What the program itself says in an event is translated; names stay as they are."""
    language.settle("zh")
    event = read_events(render_calendar(make_entries(), HEAD))[1]
    assert str(event["description"]).endswith("2026-12/1")
    assert "劳动、安全" in str(event["description"])


def test_an_empty_calendar_is_a_calendar() -> None:
    """Somebody without a visit gets a calendar without an event."""
    assert read_events(render_calendar([], HEAD)) == []
    assert b"X-WR-CALNAME:R-1 " in render_calendar([], HEAD)


def test_a_changed_event_replaces_the_one_before() -> None:
    """RFC 5545, 3.8.7.4: the same UID, a higher SEQUENCE, and the stamps of the change; a cancelled one says so."""
    first = make_entries()[1]
    later = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    moved = replace(change_visit(first, day=date(2026, 12, 3)), number=1, at=later)
    gone = replace(moved, number=2, is_cancelled=True)
    before, after, last = (read_events(render_calendar([entry], HEAD))[0] for entry in (first, moved, gone))
    assert before["uid"] == after["uid"] == last["uid"]
    assert [int(str(event["sequence"])) for event in (before, after, last)] == [0, 1, 2]
    assert [str(event["status"]) for event in (before, after, last)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert (after.decoded("dtstart"), after.decoded("dtstamp"), after.decoded("last-modified")) == (
        date(2026, 12, 3),
        later,
        later,
    )
    assert str(after["description"]).endswith("moved from 2026-12-02")


def test_the_event_of_a_supplement_is_the_first_draws() -> None:
    """The UID follows from the first slot of the chain, so that a visit drawn again takes the place of the one before."""
    first = make_entries()[1]
    again = change_visit(first, slot=Slot("2026-12/2"))
    before, after = (read_events(render_calendar([entry], HEAD))[0] for entry in (first, again))
    assert before["uid"] == after["uid"]
    assert "drawn again: 2026-12/2" in str(after["description"])


def test_an_event_says_what_is_not_checked() -> None:
    """SCHED-7: a matter at its yearly cap is the last line of the description."""
    matter = UncheckedMatter(id=MatterId("S-01"), name="安全生产检查")
    event = read_events(render_calendar([change_visit(make_entries()[1], without_matters=(matter,))], HEAD))[0]
    assert str(event["description"]).endswith("\nnot to be checked: S-01 安全生产检查")
