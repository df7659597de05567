"""``visit follow-up`` and ``visit follow-ups``: what is done after a result until it is closed."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit import after as acts
from inspect_cli.acts.visit.dossier import find_follow_ups
from inspect_cli.command_line import Command, Day, json_option
from inspect_cli.commands.visit.data import follow_up_data
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId, Period, Slot
from inspect_cli.core.period import parse_period
from inspect_cli.core.registry.words import domain_words, fold_word
from inspect_cli.core.visit.steps import STEPS, Step
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, current, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.acts.visit.dossier import FollowUpLine
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.errors import Message


@click.command("follow-up", cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entity", help="Whom the visit was to.")
@click.argument("domain", help="Of which domain's result.")
@click.argument("step", type=click.Choice([step.value for step in Step]), help="What is done.")
@click.option("--on", type=Day(), help="The day of the step; today unless another is named.")
@click.option("--until", type=Day(), help="The last day of an order to rectify: with order and extend.")
@click.option("--note", help="What is to be known of it; it stays inside the bureau.")
@json_option
@click.pass_obj
def take_step(
    app: App,
    slot: str,
    entity: str,
    domain: str,
    step: str,
    *,
    on: date | None,
    until: date | None,
    note: str | None,
    as_json: bool,
) -> None:
    """Keep what was done after a result: a re-check, another term, a transfer, the end of it.

    Which steps are allowed depends on where the follow-up stands; docs/results.md shows the table.

    \b
    Example:
      inspect-cli --as NAME visit follow-up 2026-12/1 91350100M000100Y43 \\
          labour recheck-passed
      inspect-cli --as NAME visit follow-up 2026-12/1 91350100M000100Y43 \\
          labour extend --until 2027-01-15
    """
    bureau = read_bureau(app.config)
    order = acts.StepOrder(
        slot=Slot(slot),
        entity=EntityId(entity),
        domain=_find_domain(bureau, domain),
        step=Step(step),
        on=on,
        until=until,
        note=note,
    )
    standing = acts.take_step(Store.open(app.store_url), app.actor(), bureau, order)
    console = Console(language=app.language)
    if as_json:
        until_day = None if standing.until is None else standing.until.isoformat()
        console.show_json({"state": standing.state.value, "since": standing.since.isoformat(), "until": until_day})
        return
    console.show_line(
        say(
            "{domain} of {entity}: {state}",
            domain=bureau.domain_term(order.domain),
            entity=entity,
            state=standing.state.label.term,
        )
    )


@click.command("follow-ups", cls=Command)
@click.argument(
    "what", metavar="[SLOT|MONTH]", required=False, help="A draw, or all draws of a month; all unless one is named."
)
@json_option
@click.pass_obj
def list_follow_ups(app: App, what: str | None, *, as_json: bool) -> None:
    """List the follow-ups that are not closed, overdue ones first.

    \b
    Example:
      inspect-cli visit follow-ups
      inspect-cli visit follow-ups 2026-12
    """
    slot = Slot(what) if what is not None and "/" in what else None
    period: Period | None = parse_period(what) if what is not None and slot is None else None
    with Store.open(app.store_url).reading() as session:
        lines = find_follow_ups(session, app.today, slot=slot, period=period)
    console, bureau = Console(language=app.language), read_bureau(app.config)
    if as_json:
        console.show_json([_line_data(line, app.today) for line in lines])
        return
    drawn = {line.slot for line in lines}
    columns = [
        # A column that says the same in each row takes the names their room.
        *([Column(title=_("draw"), is_key=True)] if len(drawn) > 1 else []),
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("domain"), is_key=True),
        Column(title=_("state"), is_wrapped=True),
        Column(title=_("until"), is_key=True),
    ]
    if lines:
        rows = [_line_row(line, bureau, app.today) for line in lines]
        console.show_table("", columns, [row[-len(columns) :] for row in rows])
    overdue = sum(line.standing.is_overdue(app.today) for line in lines)
    console.show_note(say("open follow-ups: {count}, overdue: {overdue}", count=len(lines), overdue=overdue))
    if lines:
        console.show_note(_next_words(lines[0]))


def _next_words(line: FollowUpLine) -> Message:
    """Name the command that keeps what was done about a follow-up, with the steps that lead on from where it stands."""
    return say(
        "when something was done about the first: inspect-cli visit follow-up {slot} {entity} {domain} STEP, with {steps}",
        slot=line.slot,
        entity=quote(line.entity),
        domain=line.domain,
        steps=tuple(step.value for step in STEPS[line.standing.state]),
    )


def _line_row(line: FollowUpLine, bureau: Bureau, today: date) -> tuple[str, ...]:
    standing = line.standing
    until = "" if standing.until is None else standing.until.isoformat()
    until += f" {_('late')}" if standing.is_overdue(today) else ""
    return (
        line.slot,
        line.entity,
        line.name,
        bureau.domain_label(line.domain, current()),
        _state(line),
        until,
    )


def _state(line: FollowUpLine) -> str:
    state = line.standing.state.label.term
    if not line.is_corrected:
        return state.in_language(current())
    return translate(say("{what} ({at})", what=state, at=say("correction awaiting approval")))


def _line_data(line: FollowUpLine, today: date) -> dict[str, Any]:
    head = {"slot": line.slot, "entity": line.entity, "name": line.name}
    return head | follow_up_data(line) | {"overdue": line.standing.is_overdue(today), "corrected": line.is_corrected}


def _find_domain(bureau: Bureau, word: str) -> Domain:
    domain = domain_words(bureau.domains).get(fold_word(word))
    if domain is None:
        raise UsageMistake(
            say("there is no domain {domain}", domain=word),
            hint=say("it is one of {known}", known=tuple(bureau.domain_term(label.domain) for label in bureau.domains)),
        )
    return domain
