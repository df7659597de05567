"""The four steps that fix something for ever: commit, seed, run, void. Each says what it fixes, and asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts import draw as acts
from inspect_cli.acts import plan as plans
from inspect_cli.acts.freeze import CommitOrder, make_salt, software
from inspect_cli.command_line import Command, approval_options, json_option, yes_option
from inspect_cli.commands.draw.show import draw_data, show_draw
from inspect_cli.console import Console
from inspect_cli.core.draw.commitment import Commitment, parse_commitment
from inspect_cli.core.draw.promise import DicePromise, DrandPromise, LotteryPromise, NistPromise, Promise, TextPromise
from inspect_cli.core.draw.seed import parse_value
from inspect_cli.core.names import Slot
from inspect_cli.errors import InputError, Message, RefusedError, UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.plan_file import read_plan
from inspect_cli.storage.draws import DrawState
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.draw import Recorded
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.people import Approval


@click.command(cls=Command)
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@yes_option
@json_option
@click.pass_obj
def commit(app: App, plan_file: Path, *, yes: bool, as_json: bool) -> None:
    """Freeze the plan's frame and keep its commitment.

    Publish the commitment's digest before the first of its sources is known: from then on nobody can change who is drawn.

    \b
    Example:
      inspect-cli --as NAME draw commit plan.toml
    """
    console, actor = Console(language=app.language), app.actor()
    bureau = read_bureau(app.config)
    plan = read_plan(plan_file, bureau)
    store = Store.open(app.store_url)
    with store.reading() as session:
        frame = plans.require_frame(session, plan, bureau, app.today)
    console.require_yes(
        say(
            "fix for ever a frame of {entities} entities and {inspectors} inspectors, {take} to be drawn, for {period}?",
            entities=len(frame.entities),
            inspectors=len(frame.roster),
            take=sum(quota.take for quota in frame.quotas),
            period=plan.period,
        ),
        given=yes,
    )
    recorded = acts.commit(store, actor, CommitOrder(plan=plan, bureau=bureau, software=software(), salts=make_salt))
    _show(console, recorded, bureau, as_json=as_json)
    slot = recorded.draw.slot
    console.show_note(
        say("publish it now: inspect-cli notice render {slot} commitment --format html -o FILE", slot=slot)
    )
    console.show_note(say("when its sources are known: inspect-cli draw seed {slot}", slot=slot))


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
        record = acts.require_draw(session, Slot(slot))
    commitment = parse_commitment(record.commitment)
    if values or again:
        _require_twice(commitment, values, again)
    else:
        values = tuple(_ask_twice(console, source) for source in commitment.sources)
    if record.state is DrawState.COMMITTED:
        console.require_yes(say("fix these values for ever as the seed of {slot}?", slot=slot), given=yes)
    recorded = acts.keep_values(store, actor, acts.SeedOrder(bureau=bureau, slot=Slot(slot), values=values))
    _show(console, recorded, bureau, as_json=as_json)
    console.show_note(say("now draw: inspect-cli draw run {slot}", slot=slot))


@click.command(cls=Command)
@click.argument("slot")
@yes_option
@json_option
@click.pass_obj
def run(app: App, slot: str, *, yes: bool, as_json: bool) -> None:
    """Draw: who is visited, on which day, and by whom.

    The result follows from the commitment and the seed alone. The same call again shows the recorded result.

    \b
    Example:
      inspect-cli --as NAME draw run 2026-12/1
    """
    console, actor, bureau = Console(language=app.language), app.actor(), read_bureau(app.config)
    store = Store.open(app.store_url)
    with store.reading() as session:
        record = acts.require_draw(session, Slot(slot))
    if record.state is DrawState.SEEDED:
        console.require_yes(say("draw {slot} now? It is drawn once and for ever", slot=slot), given=yes)
    recorded = acts.run(store, actor, bureau, Slot(slot))
    _show(console, recorded, bureau, as_json=as_json)
    console.show_note(say("who goes where: inspect-cli schedule show {slot}", slot=slot))


@click.command(cls=Command)
@click.argument("slot")
@approval_options
@yes_option
@json_option
@click.pass_obj
def void(app: App, slot: str, *, approval: Approval | None, yes: bool, as_json: bool) -> None:
    """Declare a draw void: it stays on record, and its name is never used again.

    For a seed that was mistyped, a wrong file that was frozen, a ceremony that did not take place. It takes a second person and
    a reason.

    \b
    Example:
      inspect-cli --as NAME draw void 2026-12/1 \\
        --approver OTHER --reason seed-mistyped
    """
    console, actor = Console(language=app.language), app.actor()
    if approval is None:
        raise UsageMistake(
            say("a draw is voided with the approval of a second person"),
            hint=say("give --approver NAME --reason CODE"),
        )
    bureau = read_bureau(app.config)
    store = Store.open(app.store_url)
    console.require_yes(say("declare {slot} void for ever?", slot=slot), given=yes)
    recorded = acts.void(store, actor, acts.VoidOrder(bureau=bureau, slot=Slot(slot), approval=approval))
    _show(console, recorded, bureau, as_json=as_json)
    console.show_note(say("commit the plan again: it takes the next slot of its period"))


def _show(console: Console, recorded: Recorded, bureau: Bureau, *, as_json: bool) -> None:
    if not recorded.is_new:
        console.show_note(say("this was done before; here is what is recorded"))
    if as_json:
        console.show_json(draw_data(recorded.draw))
    else:
        show_draw(console, recorded.draw, bureau)


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


def _ask_twice(console: Console, source: Promise) -> str:
    """Ask for a source's value until its form is right, then once more; a second value that differs is refused."""
    while True:
        value = console.ask_value(_question(source))
        try:
            parse_value(source, value)
        except InputError as error:
            console.show_note(error.what)
            if error.hint is not None:
                console.show_note(error.hint)
        else:
            break
    if console.ask_value(say("the same once more")) != value:
        raise RefusedError(
            say("the two entries differ: nothing was recorded"), hint=say("read the source again and start over")
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
