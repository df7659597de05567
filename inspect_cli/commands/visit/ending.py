"""``visit cancel`` and ``visit carry-over``: how a visit ends without a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit import endings as acts
from inspect_cli.command_line import Command, Period, approval_options, json_option, yes_option
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.acts.visit.endings import Ended, EndOrder
    from inspect_cli.app import App
    from inspect_cli.core import names
    from inspect_cli.core.people import Actor, Approval


def _which_visits(command: Callable[..., None]) -> Callable[..., None]:
    """Add the arguments and options that both commands share."""
    command = approval_options(command)
    for decorate in (
        json_option,
        yes_option,
        click.option("--open", "open_ones", is_flag=True, help="All open visits that no day of the draw is left for."),
        click.argument("entities", metavar="[ENTITY]...", nargs=-1, help="Whom the visits are to."),
        click.argument("slot", help="The draw, or a supplement of it."),
    ):
        command = decorate(command)
    return command


@click.command(cls=Command)
@_which_visits
@click.pass_obj
def cancel(
    app: App,
    slot: str,
    entities: tuple[str, ...],
    *,
    open_ones: bool,
    approval: Approval | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Cancel visits for good: nobody goes, and nobody else is visited instead.

    It takes a second person and a reason. A company that is found closed or moved away is a result, and is recorded as one.

    \b
    Example:
      inspect-cli --as NAME visit cancel 2026-12/1 91350100M000100Y43 \\
          --approver OTHER --reason flood
    """
    order = acts.EndOrder(
        bureau=read_bureau(app.config),
        slot=Slot(slot),
        approval=_require_approval(approval),
        entities=tuple(map(EntityId, entities)),
        open_ones=open_ones,
    )
    console, actor = Console(language=app.language), app.actor()
    store = Store.open(app.store_url)
    if not as_json:
        _show_meant(console, store, actor, order)
    console.require_yes(say("cancel these visits of {slot} for good?", slot=slot), given=yes)
    ended = acts.cancel_visits(store, actor, order)
    if as_json:
        console.show_json(_ended_data(ended))
        return
    console.show_line(say("cancelled visits: {count}", count=len(ended.ended)))
    _show_notes(console, ended)


@click.command("carry-over", cls=Command)
@_which_visits
@click.option(
    "--to", "to_period", type=Period(), help="The later month; the next one without a draw unless it is named."
)
@click.pass_obj
def carry_over(
    app: App,
    slot: str,
    entities: tuple[str, ...],
    *,
    open_ones: bool,
    approval: Approval | None,
    to_period: names.Period | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Carry visits over to a later month, whose plan takes these companies whatever its quotas say.

    It takes a second person and a reason.

    \b
    Example:
      inspect-cli --as NAME visit carry-over 2026-12/1 --open \\
          --approver OTHER --reason no-team-left
    """
    order = acts.EndOrder(
        bureau=read_bureau(app.config),
        slot=Slot(slot),
        approval=_require_approval(approval),
        entities=tuple(map(EntityId, entities)),
        open_ones=open_ones,
        to_period=to_period,
    )
    console, actor = Console(language=app.language), app.actor()
    store = Store.open(app.store_url)
    if not as_json:
        _show_meant(console, store, actor, order)
    console.require_yes(say("carry these visits of {slot} over to a later month for good?", slot=slot), given=yes)
    ended = acts.carry_over_visits(store, actor, order)
    if as_json:
        console.show_json(_ended_data(ended))
        return
    if ended.to_period is not None:
        console.show_line(
            say("visits carried over to {period}: {count}", period=ended.to_period, count=len(ended.ended))
        )
    _show_notes(console, ended)
    if ended.has_draw and ended.ended:
        console.show_note(
            say("{period} has a draw already: plan another one for what was carried over to it", period=ended.to_period)
        )


def _show_meant(console: Console, store: Store, actor: Actor, order: EndOrder) -> None:
    """Show whose visits end before anybody is asked."""
    with store.reading() as session:
        meant = acts.name_visits(session, actor, order)
    if meant:
        columns = [
            Column(title=_("day"), is_key=True),
            Column(title=_("entity"), is_key=True),
            Column(title=_("name"), is_wrapped=True),
        ]
        rows = [
            (_("open") if visit.day is None else visit.day.isoformat(), visit.entity, name) for visit, name in meant
        ]
        console.show_table("", columns, rows)


def _require_approval(approval: Approval | None) -> Approval:
    if approval is None:
        raise UsageMistake(
            say("a visit ends without a result only with the approval of a second person"),
            hint=say("give --approver NAME --reason CODE"),
        )
    return approval


def _show_notes(console: Console, ended: Ended) -> None:
    """Say what had ended so before, and for whom a supplement could still have found a team."""
    if ended.standing:
        console.show_note(say("visits that had ended just so before: {count}", count=len(ended.standing)))
    if not ended.ended and not ended.standing:
        console.show_note(say("no visit of {slot} is open with no day left", slot=ended.slot))
    if ended.staffable:
        console.show_note(
            say("days were left on which a supplementary draw could have staffed {entities}", entities=ended.staffable)
        )


def _ended_data(ended: Ended) -> dict[str, Any]:
    data: dict[str, Any] = {"slot": ended.slot, "ended": list(ended.ended), "standing": list(ended.standing)}
    if ended.to_period is not None:
        data["to"] = ended.to_period
    return data | {"staffable": list(ended.staffable)}
