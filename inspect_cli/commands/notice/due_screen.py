"""What is due, as a table, as commands, and as data. What is due is ``acts.publish.due``'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.publish.deadline import DutyKind, DutyState, count_punctuality
from inspect_cli.core.publish.duty_steps import duty_basis, duty_command, duty_subject, is_ahead
from inspect_cli.errors import say
from inspect_cli.language import _, current, translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from inspect_cli.core.publish.deadline import JudgedDuty, Punctuality

DONE: Final = frozenset({DutyState.DONE, DutyState.DONE_LATE, DutyState.DONE_SOMETIME})
_SETTLED: Final = DONE | {DutyState.EARLIER}
_COUNTED: Final = (DutyState.LATE, DutyState.DUE, DutyState.SOON, DutyState.UNKNOWN, DutyState.DONE_LATE)


def choose_shown(judged: Iterable[JudgedDuty]) -> tuple[JudgedDuty, ...]:
    """Choose what is shown where not everything is asked for: what is known to be open, but for display terms that end some day."""
    return tuple(
        one
        for one in judged
        if one.state not in _SETTLED and not (one.state is DutyState.LATER and one.duty.kind is DutyKind.EXPIRY)
    )


def show_duties(console: Console, judged: Sequence[JudgedDuty], today: date) -> None:
    """Show duties as a table, the rules they rest on, which years' working days are missing, and the commands that do it by now."""
    _show_rows(console, judged)
    for year in sorted({one.missing for one in judged if one.missing is not None}):
        console.show_line(
            say("the working days of {year} are not known, and no day is guessed; import them:", year=year)
        )
        console.show_verbatim("  inspect-cli workdays import FILE")
    begun = (one.duty for one in judged if one.state not in _SETTLED and not is_ahead(one.duty, today))
    commands = dict.fromkeys(map(duty_command, begun))
    if commands:
        console.show_line(_("the commands that do it, in this order:"))
        for command in commands:
            console.show_verbatim(f"  {command}")


def _show_rows(console: Console, judged: Sequence[JudgedDuty]) -> None:
    """Show a row a duty, without the columns that would be empty, and below each rule once, by its number in the last column."""
    bases = {basis: str(number) for number, basis in enumerate(dict.fromkeys(map(_say_basis, judged)), start=1)}
    columns = (
        Column(title=_("state"), is_wrapped=True),
        Column(title=_("what"), is_wrapped=True),
        Column(title=_("about"), is_wrapped=True),
        Column(title=_("how many"), is_number=True),
        Column(title=_("awaiting"), is_number=True),
        Column(title=_("due by"), is_key=True),
        Column(title=_("to go"), is_number=True),
        Column(title=_("done on"), is_key=True),
        Column(title=_("basis"), is_number=True),
    )
    rows = [(*_row(one), bases[_say_basis(one)]) for one in judged]
    kept = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    console.show_table("", [columns[place] for place in kept], [[row[place] for place in kept] for row in rows])
    console.show_line()
    console.show_line(_("basis"))
    console.show_pairs((number, basis) for basis, number in bases.items())


def _row(one: JudgedDuty) -> tuple[str, ...]:
    duty, language = one.duty, current()
    is_counted = duty.kind in {DutyKind.RESULT, DutyKind.CORRECTION, DutyKind.EXPIRY}
    return (
        one.state.label.text(language),
        duty.short_label.text(language),
        duty_subject(duty),
        str(duty.count) if is_counted else "",
        str(duty.awaiting or ""),
        "" if duty.due is None else duty.due.isoformat(),
        "" if one.left is None else str(one.left),
        "" if duty.done is None else duty.done.isoformat(),
    )


def _say_basis(one: JudgedDuty) -> str:
    basis = duty_basis(one.duty)
    return basis if isinstance(basis, str) else translate(basis)


def show_summary(console: Console, judged: Sequence[JudgedDuty], today: date) -> None:
    """Show how many notices stand how, and how many results were published in time."""
    counts = [f"{state.label.text(current())} {sum(one.state is state for one in judged)}" for state in _COUNTED]
    console.show_line(say("notices: {counts}", counts=tuple(counts)), Tone.HEADING)
    earlier = sum(one.state is DutyState.EARLIER for one in judged)
    if earlier:
        console.show_line(
            say("due before the store kept notices, whether published or not it cannot know: {count}", count=earlier)
        )
    timely = count_results(judged, today)
    if timely.rate is not None:
        console.show_line(
            say(
                "results published in time: {count} of {due} ({rate})",
                count=timely.in_time,
                due=timely.due,
                rate=f"{timely.rate:.1%}",
            )
        )
    if timely.undated:
        console.show_line(say("results published while their last day is not known: {count}", count=timely.undated))


def count_results(judged: Iterable[JudgedDuty], today: date) -> Punctuality:
    """Count how many results were published in time."""
    return count_punctuality((one.duty for one in judged if one.duty.kind is DutyKind.RESULT), today)


def duty_data(one: JudgedDuty, today: date) -> dict[str, Any]:
    """Give what ``--json`` shows of a duty: stable keys, documented in docs/json.md."""
    duty = one.duty
    return {
        "state": one.state.value,
        "kind": duty.kind.value,
        "period": duty.period,
        "slot": duty.slot,
        "document": duty.document,
        "count": duty.count,
        "awaiting": duty.awaiting,
        "unrecorded": duty.is_unrecorded,
        "since": duty.start.isoformat(),
        "due": None if duty.due is None else duty.due.isoformat(),
        "days_left": None if duty.done is not None else one.left,
        "unknown_year": one.missing,
        "done": None if duty.done is None else duty.done.isoformat(),
        "basis": duty.basis,
        "command": None if one.state in _SETTLED or is_ahead(duty, today) else duty_command(duty),
    }


def summary_data(judged: Sequence[JudgedDuty], today: date) -> dict[str, Any]:
    """Give what ``--json`` shows of all: how many notices stand how, and how many results were published in time."""
    timely = count_results(judged, today)
    counts = {state.value: sum(one.state is state for one in judged) for state in DutyState}
    results = {
        "in_time": timely.in_time,
        "late": timely.late,
        "open_late": timely.open_late,
        "undated": timely.undated,
        "rate": timely.rate,
    }
    return {"notices": counts, "results": results}
