"""``status``: where each draw of the month stands, what is unfinished before it, and the next command. Nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.publish.due import read_urgent
from inspect_cli.acts.status import Asked, read_status
from inspect_cli.command_line import Command, Period, json_option
from inspect_cli.console import Console, Tone
from inspect_cli.core.names import Period as Month
from inspect_cli.core.report.status import Stage, VisitGroup
from inspect_cli.errors import Message, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, current, join_words, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.acts.status import MonthStatus
    from inspect_cli.app import App
    from inspect_cli.core.publish.duty_steps import Urgent
    from inspect_cli.core.report.status import ChainStatus, SourceFacts
    from inspect_cli.core.report.steps import Step

STAGES = {
    Stage.WAITING: say("committed, waits for its sources"),
    Stage.SEEDABLE: say("committed, its sources are known"),
    Stage.SEEDED: say("has its seed, not drawn yet"),
    Stage.UNDER_WAY: say("drawn, visits are under way"),
    Stage.FINISHED: say("drawn, every visit has its end"),
}
GROUPS = {
    VisitGroup.OVERDUE: say("overdue"),
    VisitGroup.OPEN: say("open"),
    VisitGroup.HAMPERED: say("cannot be made as drawn"),
    VisitGroup.HELD: say("being drawn again"),
    VisitGroup.PLANNED: say("planned"),
    VisitGroup.RECORDED: say("recorded"),
    VisitGroup.CANCELLED: say("cancelled"),
    VisitGroup.CARRIED_OVER: say("carried over"),
}


@click.command(cls=Command)
@click.argument("period", required=False, type=Period(), help="The month; today's unless one is named.")
@json_option
@click.pass_obj
def status(app: App, period: Month | None, *, as_json: bool) -> None:
    """Show where the month stands, and what comes next.

    The next command stands whole on a line of its own. Earlier months are shown while something in them is unfinished, later
    ones once something is committed. Words in capitals are yours to fill in. Nothing is changed.

    \b
    Example:
      inspect-cli status
      inspect-cli status 2026-12
    """
    asked = Asked(period=period or Month(app.today.isoformat()[:7]), clock=app.clock, today=app.today)
    with Store.open(app.store_url).reading() as session:
        months = read_status(session, asked)
        urgent = read_urgent(session, read_bureau(app.config), app.today, [month.period for month in months])
    console = Console(language=app.language)
    if as_json:
        console.show_json(_status_data(asked, months) | {"notices": _urgent_data(urgent)})
        return
    for number, month in enumerate(months):
        if number:
            console.show_line()
        _show_month(console, month)
    steps = [step for month in months for step in month.steps]
    steps += [step for month in months for chain in month.chains for step in chain.steps]
    _show_urgent(console, urgent, {step.command for step in steps})
    if asked.clock.date() != asked.today:
        console.show_note(
            say(
                "seen as on {day} (--today); the clock shows {clock}",
                day=asked.today.isoformat(),
                clock=asked.clock.isoformat(sep=" ", timespec="minutes"),
            )
        )


def _show_month(console: Console, month: MonthStatus) -> None:
    for number, chain in enumerate(month.chains):
        if number:
            console.show_line()
        _show_chain(console, chain)
    if not month.chains:
        console.show_line(say("{period}: no draw", period=month.period), Tone.HEADING)
        if not month.steps:
            console.show_line(say("the month is over, or has no working day left for a draw"))
    elif month.steps:
        console.show_line()
    _show_steps(console, month.steps)


def _show_chain(console: Console, chain: ChainStatus) -> None:
    facts = chain.facts
    console.show_line(say("{slot}: {stage}", slot=_slot_text(chain), stage=STAGES[chain.stage]), Tone.HEADING)
    pairs: list[tuple[str, Message | str]] = [(_("source"), _source_text(source)) for source in facts.sources]
    if facts.visits:
        counts = [f"{translate(GROUPS[group])} {count}" for group, count in chain.counts.items() if count]
        pairs.append((_("visits"), join_words(counts)))
    results = [f"{stage.label.text(current())} {count}" for stage, count in chain.results.items() if count]
    if results:
        pairs.append((_("results"), join_words(results)))
    if chain.next_day is not None:
        pairs.append((_("next visit"), chain.next_day.isoformat()))
    console.show_pairs(pairs)
    _show_steps(console, chain.steps)


def _show_urgent(console: Console, urgent: Urgent, named: set[str]) -> None:
    """Show which notices press (STATUS-9), and their commands, but for those that are ``named`` already."""
    if urgent.is_empty:
        return
    counts = [f"{state.label.text(current())} {count}" for state, count in urgent.counts.items() if count]
    counts += [translate(say("late in other months {count}", count=urgent.elsewhere))] if urgent.elsewhere else []
    console.show_line()
    console.show_line(say("notices: {counts}", counts=tuple(counts)), Tone.HEADING)
    _show_steps(console, [step for step in urgent.steps if step.command not in named])
    if urgent.elsewhere:
        console.show_line(_("all of them, with their last days:"))
        console.show_verbatim("  inspect-cli notice due")


def _slot_text(chain: ChainStatus) -> Message | str:
    facts = chain.facts
    if facts.newest == facts.slot:
        return facts.slot
    return say("{slot} with the supplement {newest}", slot=facts.slot, newest=facts.newest)


def _source_text(source: SourceFacts) -> Message:
    if source.is_known:
        return say("{name}, known since {at}", name=source.name, at=source.at)
    return say("{name}, not known before {at}", name=source.name, at=source.at)


def _show_steps(console: Console, steps: Iterable[Step]) -> None:
    """Print what each step is for, and beneath it the command alone on its line, to be copied whole."""
    for number, step in enumerate(steps):
        what = step.what if step.not_before is None else say("{what} ({at})", what=step.what, at=step.not_before)
        console.show_line(say("next: {what}", what=what) if number == 0 else say("then: {what}", what=what))
        console.show_verbatim(f"  {step.command}")


def _status_data(asked: Asked, months: Iterable[MonthStatus]) -> dict[str, Any]:
    """Give what ``--json`` shows: stable keys, documented in docs/json.md."""
    return {
        "period": asked.period,
        "today": asked.today.isoformat(),
        "clock": asked.clock.isoformat(timespec="seconds"),
        "dated_elsewhere": asked.clock.date() != asked.today,
        "months": [
            {
                "period": month.period,
                "draws": [_chain_data(chain) for chain in month.chains],
                "next": [_step_data(step) for step in month.steps],
            }
            for month in months
        ],
    }


def _chain_data(chain: ChainStatus) -> dict[str, Any]:
    facts = chain.facts
    data: dict[str, Any] = {"slot": facts.slot, "newest": facts.newest, "stage": chain.stage.value}
    data["sources"] = [{"name": one.name, "at": one.at, "known": one.is_known} for one in facts.sources]
    data["visits"] = {group.value: count for group, count in chain.counts.items()}
    data["results"] = {stage.value: count for stage, count in chain.results.items()}
    if chain.next_day is not None:
        data["next_day"] = chain.next_day.isoformat()
    return data | {"next": [_step_data(step) for step in chain.steps]}


def _urgent_data(urgent: Urgent) -> dict[str, Any]:
    counts = {state.value: count for state, count in urgent.counts.items()}
    return counts | {"late_elsewhere": urgent.elsewhere, "next": [_step_data(step) for step in urgent.steps]}


def _step_data(step: Step) -> dict[str, str]:
    data = {"command": step.command, "what": translate(step.what)}
    return data if step.not_before is None else data | {"not_before": step.not_before}
