"""Reminders of what is to be published, read back by the library that calendars are read with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from inspect_cli import language
from inspect_cli.core.names import Period, Slot
from inspect_cli.core.publish.deadline import Duty, DutyKind, JudgedDuty, judge_duties
from inspect_cli.core.publish.duties import PROTOCOL
from inspect_cli.core.workdays import Calendar as WorkCalendar
from inspect_cli.core.workdays import YearNotice
from inspect_cli.files.reminders import Stamp, render_reminders
from inspect_cli.widths import visible
from tests.files.documents.test_text import HOSTILE

WORKED = WorkCalendar.of([YearNotice(title="invented", year=2026, days_off=(), make_up_days=())])
STAMP = Stamp(number=7, at=datetime.fromisoformat("2026-12-01T10:00:00+08:00"))
BUREAU = "示例镇综合行政执法局"
DUTY = Duty(
    kind=DutyKind.RESULT,
    period=Period("2026-12"),
    slot=Slot("2026-12/1"),
    start=date(2026, 12, 1),
    due=date(2026, 12, 15),
    basis="二十个工作日",
    count=3,
)


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    language.settle("zh")


def judge(*duties: Duty) -> tuple[JudgedDuty, ...]:
    """Judge duties on the first of December."""
    return judge_duties(WORKED, duties, date(2026, 12, 1), 5)


def events_of(*duties: Duty) -> list[Event]:
    """Give the events of duties as a calendar reads them."""
    return Calendar.from_ical(render_reminders(judge(*duties), STAMP, BUREAU).data).events


def test_a_reminder_stands_on_its_last_day() -> None:
    """The event is the whole of Tuesday 15 December, and rings at nine on that day and on Tuesday 8, five working days before."""
    (event,) = events_of(DUTY)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 15), date(2026, 12, 16))
    triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    assert triggers == [timedelta(days=-7, hours=9), timedelta(hours=9)]
    assert str(event["summary"]) == "公示期限：检查结果公告（2026-12/1）"
    assert str(event["description"]).split("\n") == [
        "起算日：2026-12-01",
        "条数：3",
        "依据：二十个工作日",
        "inspect-cli notice publish result 2026-12/1",
    ]
    assert (str(event["status"]), str(event["transp"]), event["sequence"]) == ("CONFIRMED", "TRANSPARENT", 7)


def test_a_later_last_day_moves_the_event() -> None:
    """The UID stays when the last day moves or more results are due, and differs for another kind, draw, notice or beginning."""
    (uid,) = (str(event["uid"]) for event in events_of(DUTY))
    same = (replace(DUTY, due=date(2026, 12, 20)), replace(DUTY, count=9), replace(DUTY, basis="x"))
    assert {str(event["uid"]) for duty in same for event in events_of(duty)} == {uid}
    others = (
        replace(DUTY, kind=DutyKind.DRAW),
        replace(DUTY, slot=Slot("2026-12/2")),
        replace(DUTY, start=date(2026, 12, 2)),
        replace(DUTY, kind=DutyKind.CORRECTION, document="a"),
        replace(DUTY, kind=DutyKind.CORRECTION, document="b"),
    )
    assert len({str(event["uid"]) for event in events_of(DUTY, *others)}) == 6
    (elsewhere,) = Calendar.from_ical(render_reminders(judge(DUTY), STAMP, "另一个镇").data).events
    assert str(elsewhere["uid"]) != uid, "the calendars of two bureaus may be read into one"


def test_the_protocol_is_said_in_words() -> None:
    """DUE-1: a commitment rests on no rule of law, and the reminder says what on."""
    (event,) = events_of(replace(DUTY, kind=DutyKind.COMMITMENT, basis=PROTOCOL))
    assert "依据：draw-v1：须在第一个随机源有结果之前" in str(event["description"]).split("\n")


def test_no_line_is_longer_than_the_standard_allows() -> None:
    """RFC 5545, 3.1: no line has more than 75 octets, each ends in CRLF, and no character is cut in two by the folding."""
    data = render_reminders(judge(replace(DUTY, basis="依" * 300)), STAMP, BUREAU * 9).data
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert "依" * 300 in data.replace(b"\r\n ", b"").decode()
    assert all(line.decode() or line == b"" for line in lines)


def test_what_is_done_is_taken_away() -> None:
    """What was published is cancelled and rings no more; of what was published in parts the rest is still to do."""
    done = replace(DUTY, document="某抽查〔2026〕1号", done=date(2026, 12, 14))
    (event,) = events_of(done)
    assert (str(event["status"]), event.walk("VALARM")) == ("CANCELLED", [])
    made = render_reminders(judge(done, replace(DUTY, count=2)), STAMP, BUREAU)
    (event,) = Calendar.from_ical(made.data).events
    assert (str(event["status"]), made.count, made.gone) == ("CONFIRMED", 1, 0)
    assert "条数：2" in str(event["description"])


def test_without_a_last_day_there_is_no_event() -> None:
    """DUE-7: no day is guessed for a calendar either."""
    made = render_reminders(judge(replace(DUTY, due=None)), STAMP, BUREAU)
    assert (Calendar.from_ical(made.data).events, made.count, made.gone) == ([], 0, 0)


def test_the_same_state_gives_the_same_bytes() -> None:
    """No clock and no machine stands in the file, and the order of the duties does not matter."""
    other = replace(DUTY, kind=DutyKind.DRAW, count=1)
    made = [render_reminders(judge(*duties), STAMP, BUREAU).data for duties in ((DUTY, other), (other, DUTY))]
    assert made[0] == made[1]
    (plain,) = (event for event in Calendar.from_ical(made[0]).events if "抽取" in str(event["summary"]))
    assert "条数" not in str(plain["description"])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_text(text: str) -> None:
    """A basis, a document number and a bureau's name are text, and make no line, no event and no link of their own."""
    duty = replace(DUTY, kind=DutyKind.CORRECTION, document=text, basis=text)
    calendar = Calendar.from_ical(render_reminders(judge(duty), STAMP, text).data)
    (event,) = calendar.events
    assert len(calendar.subcomponents) == 1
    assert str(event["summary"]) == f"公示期限：更正公告（{visible(text)}）"
    assert f"依据：{visible(text)}" in str(event["description"]).split("\n")
    assert str(calendar["x-wr-calname"]) == f"{visible(text)} 公示期限"
