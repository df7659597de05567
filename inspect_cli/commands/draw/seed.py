"""``draw seed``: the values of the public sources, each entered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import click

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.acts.draw.steps import SeedOrder, keep_values, require_turn_of_seed
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.commands.draw.screen import show_recorded
from inspect_cli.console import Console
from inspect_cli.core.draw.commitment import Commitment, parse_commitment
from inspect_cli.core.draw.promise import DicePromise, DrandPromise, LotteryPromise, NistPromise, Promise, TextPromise
from inspect_cli.core.draw.seed import parse_value
from inspect_cli.core.names import Slot
from inspect_cli.errors import InputError, Message, RefusedError, UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.storage.draws import DrawState
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("slot")
@click.option(
    "--value", "values", multiple=True, metavar="VALUE", help="A source's value; once for each, in their order."
)
@click.option("--confirm", "again", multiple=True, metavar="VALUE", help="The same values once more.")
@yes_option
@json_option
@click.pass_obj
def seed(app: App, slot: str, *, values: tuple[str, ...], again: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Keep the values of the draw's public sources, each entered twice; the seed follows from them.

    On a terminal each value is asked for twice. In a pipe give --value and --confirm for each source, in the order of the
    commitment. A wrong one cannot be changed afterwards: the draw is voided and committed anew.

    \b
    Example:
      inspect-cli --as NAME draw seed 2026-12/1
      inspect-cli --as NAME draw seed 2026-12/1 --value 20471 --confirm 20471 --yes
    """
    console, actor, bureau = Console(language=app.language), app.actor(), read_bureau(app.config)
    store = Store.open(app.store_url)
    with store.reading() as session:
        record = require_draw(session, Slot(slot))
    require_turn_of_seed(record, bureau, actor)
    commitment = parse_commitment(record.commitment)
    if values or again:
        _require_twice(commitment, values, again)
    else:
        values = tuple(_ask_twice(console, source, commitment.slot) for source in commitment.sources)
    if record.state is DrawState.COMMITTED:
        console.require_yes(say("fix these values for ever as the seed of {slot}?", slot=slot), given=yes)
    recorded = keep_values(store, actor, SeedOrder(bureau=bureau, slot=Slot(slot), values=values))
    show_recorded(console, recorded, bureau, as_json=as_json)
    console.show_note(say("now draw: inspect-cli draw run {slot}", slot=slot))


def _require_twice(commitment: Commitment, values: tuple[str, ...], again: tuple[str, ...]) -> None:
    if len(values) != len(commitment.sources):
        raise UsageMistake(
            say(
                "{count} values were given for {promised} sources", count=len(values), promised=len(commitment.sources)
            ),
            hint=say("give --value and --confirm once for each source, in the order of the commitment"),
        )
    if values != again:
        raise InputError(
            say("the values and their confirmation are not the same: nothing was recorded"),
            hint=say("read the source again, and give each value twice: --value VALUE --confirm VALUE"),
        )


def _ask_twice(console: Console, source: Promise, slot: Slot) -> str:
    """Ask for a source's value until its form is right, then once more; a second value that differs is refused."""
    while True:
        value = console.ask_value(_question(source))
        try:
            parse_value(source, value)
        except InputError as error:
            for line in filter(None, (error.what, error.hint)):
                console.show_note(line)
        else:
            break
    if console.ask_value(say("the same once more")) != value:
        raise RefusedError(
            say("the two entries differ: nothing was recorded"),
            hint=say("read the source again and start over: inspect-cli draw seed {slot}", slot=slot),
        )
    return value


def _question(source: Promise) -> Message:
    """Ask for a source in the words of its kind."""
    match source:
        case TextPromise():
            return say("{name}: the line that was sealed", name=source.name)
        case DicePromise():
            return say(
                "{name}: {count} dice of {sides} sides, in the order rolled",
                name=source.name,
                count=source.count,
                sides=source.sides,
            )
        case LotteryPromise():
            return say("{name}: the numbers of {groups}, like 9319./2.5.8./", name=source.name, groups=source.groups)
        case DrandPromise():
            return say("{name}: the randomness of round {round}", name=source.name, round=source.round)
        case NistPromise():
            return say("{name}: the output value of pulse {pulse}", name=source.name, pulse=source.pulse)
        case _:
            assert_never(source)
