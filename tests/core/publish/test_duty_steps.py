"""With which command a duty is done, and what the status tells of what presses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspect_cli.core.names import Period, Slot
from inspect_cli.core.publish.deadline import Duty, DutyKind, DutyState, judge_duties
from inspect_cli.core.publish.duty_steps import duty_command, duty_subject, find_urgent
from inspect_cli.core.workdays import Calendar, YearNotice

CALENDAR = Calendar.of([YearNotice(title="invented", year=2026, days_off=(), make_up_days=())])
TODAY = date(2026, 12, 9)
HOSTILE = "$(id>x)抽查〔2026〕1号"


def a_duty(kind: DutyKind, day: int, month: str = "2026-12", document: str | None = None) -> Duty:
    """Give a duty about the first draw of a month, or about the month, whose last day is in December."""
    slot = None if kind is DutyKind.STATISTICS else Slot(f"{month}/1")
    return Duty(
        kind=kind,
        period=Period(month),
        slot=slot,
        document=document,
        start=date(2026, 11, 30),
        due=date(2026, 12, day),
        basis="x",
    )


@pytest.mark.parametrize(
    ("duty", "command", "subject"),
    [
        (a_duty(DutyKind.COMMITMENT, 1), "notice publish commitment 2026-12/1", "2026-12/1"),
        (a_duty(DutyKind.DRAW, 1), "notice publish draw 2026-12/1", "2026-12/1"),
        (a_duty(DutyKind.RESULT, 1), "notice publish result 2026-12/1", "2026-12/1"),
        (
            replace(a_duty(DutyKind.RESULT, 1), is_unrecorded=True),
            "visit list 2026-12/1 --state unrecorded",
            "2026-12/1",
        ),
        (replace(a_duty(DutyKind.RESULT, 1), awaiting=1), "visit approve 2026-12/1 --all", "2026-12/1"),
        (a_duty(DutyKind.CORRECTION, 1, document=HOSTILE), f"notice correct '{HOSTILE}'", HOSTILE),
        (a_duty(DutyKind.CORRECTION, 1), "notice publish result 2026-12/1", "2026-12/1"),
        (a_duty(DutyKind.STATISTICS, 1), "notice publish statistics 2026-12", "2026-12"),
        (a_duty(DutyKind.EXPIRY, 1, document=HOSTILE), "notice expire", HOSTILE),
    ],
)
def test_each_duty_has_its_command(duty: Duty, command: str, subject: str) -> None:
    """The command stands as it is typed into a shell, and runs nothing of a document number."""
    assert (duty_command(duty), duty_subject(duty)) == (f"inspect-cli {command}", subject)


def test_what_presses_is_told() -> None:
    """STATUS-9: late, due and soon are counted and named, each command once, and what has no last day; of other months what is late."""
    duties = (
        a_duty(DutyKind.DRAW, 1, "2026-10"),
        a_duty(DutyKind.RESULT, 3),
        a_duty(DutyKind.RESULT, 4),
        a_duty(DutyKind.STATISTICS, 9, "2026-11"),
        a_duty(DutyKind.DRAW, 10),
        replace(a_duty(DutyKind.COMMITMENT, 1), due=None),
        replace(a_duty(DutyKind.STATISTICS, 1), due=None, start=date(2026, 12, 31)),
    )
    judged = judge_duties(CALENDAR, duties, TODAY, 5)
    urgent = find_urgent(judged, {Period("2026-11"), Period("2026-12")}, TODAY)
    assert urgent.counts == {DutyState.LATE: 2, DutyState.DUE: 1, DutyState.SOON: 1, DutyState.UNKNOWN: 1}
    assert [(step.command, str(step.what)) for step in urgent.steps] == [
        ("inspect-cli notice publish result 2026-12/1", "the last day was 2026-12-03: notice of results, 2026-12/1"),
        ("inspect-cli notice publish statistics 2026-11", "due today: month's statistics, 2026-11"),
        ("inspect-cli notice publish draw 2026-12/1", "the last day is 2026-12-10: notice of the draw, 2026-12/1"),
        (
            "inspect-cli notice publish commitment 2026-12/1",
            "the last day is not known: notice of commitment, 2026-12/1",
        ),
    ]
    assert (urgent.elsewhere, urgent.is_empty) == (1, False)
    assert not find_urgent(judged, {Period("2026-09")}, TODAY).is_empty
    assert find_urgent((), {Period("2026-09")}, TODAY).is_empty


def test_what_nobody_recorded_is_named_so() -> None:
    """DUE-11: the step says that results are to be recorded, and not that a notice is."""
    (judged,) = judge_duties(CALENDAR, [replace(a_duty(DutyKind.RESULT, 3), is_unrecorded=True)], TODAY, 5)
    (step,) = find_urgent([judged], {Period("2026-12")}, TODAY).steps
    assert str(step.what) == "the last day was 2026-12-03: results that nobody recorded, 2026-12/1"
