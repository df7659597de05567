"""``draw seed``: what the public sources gave; typed values twice, beacons by a file or a relay with their proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from inspect_cli.acts.draw.answers import fetch_round
from inspect_cli.acts.draw.frozen import require_draw, stored_entropy
from inspect_cli.acts.draw.steps import SeedOrder, keep_values, require_turn_of_seed
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.commands.draw.screen import show_recorded
from inspect_cli.commands.draw.seed_values import Typed, ask_typed
from inspect_cli.console import Console
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.promise import DrandPromise, NistPromise
from inspect_cli.core.draw.relayed import Answer, match_answers, round_address
from inspect_cli.core.names import Slot
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.atomic import write_bytes
from inspect_cli.files.beacon_files import read_pulse, read_round
from inspect_cli.files.config import read_bureau
from inspect_cli.storage.draws import DrawState
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.app import App
    from inspect_cli.core.draw.promise import Promise


class Given(TypedDict):
    """What the command line gives for the sources: typed values, files, or the word to ask relays."""

    values: tuple[str, ...]
    again: tuple[str, ...]
    drand: tuple[Path, ...]
    nist: tuple[Path, ...]
    certificate: tuple[Path, ...]
    fetch: bool


@click.command(cls=Command)
@click.argument("slot")
@click.option(
    "--value", "values", multiple=True, metavar="VALUE", help="A typed source's value; once for each, in their order."
)
@click.option("--confirm", "again", multiple=True, metavar="VALUE", help="The same values once more.")
@click.option(
    "--drand", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="A drand round: a relay's JSON."
)
@click.option(
    "--nist",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A pulse of NIST as published (JSON).",
)
@click.option(
    "--certificate",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The pulse's certificate (PEM).",
)
@click.option("--fetch", is_flag=True, help="Ask the relays of inspect.toml for the drand round.")
@yes_option
@json_option
@click.pass_obj
def seed(app: App, slot: str, *, yes: bool, as_json: bool, **given: Unpack[Given]) -> None:
    """Keep what the draw's public sources gave, each typed value entered twice; the seed follows from it.

    On a terminal each value is asked for twice. In a pipe give --value and --confirm for each source, in the order of the
    commitment. A beacon's value comes as a file, or with --fetch from a relay, and is kept only when its signature holds. A wrong
    value cannot be changed afterwards: the draw is voided and committed anew.

    \b
    Example:
      inspect-cli --as NAME draw seed 2026-12/1
      inspect-cli --as NAME draw seed 2026-12/1 --value 20471 --confirm 20471 --yes
      inspect-cli --as NAME draw seed 2026-12/1 --drand round.json
    """
    console, actor, bureau = Console(language=app.language), app.actor(), read_bureau(app.config)
    store = Store.open(app.store_url)
    with store.reading() as session:
        record = require_draw(session, Slot(slot))
    require_turn_of_seed(record, bureau, actor)
    sources = parse_commitment(record.commitment).sources
    found = _read_files(sources, given)
    kept = stored_entropy(record)
    for place, source in enumerate(sources):
        if place in found or not isinstance(source, DrandPromise | NistPromise):
            continue
        if kept:
            found[place] = Answer(value=kept[place].value, proof=kept[place].proof)
        else:
            found[place] = _ask_relays(console, Slot(slot), source, bureau.relays if given["fetch"] else None)
    found |= ask_typed(console, Slot(slot), sources, Typed(given["values"], given["again"]))
    if record.state is DrawState.COMMITTED:
        console.require_yes(say("fix these values for ever as the seed of {slot}?", slot=slot), given=yes)
    recorded = keep_values(
        store, actor, SeedOrder(bureau=bureau, slot=Slot(slot), answers=tuple(found[place] for place in sorted(found)))
    )
    show_recorded(console, recorded, bureau, as_json=as_json)
    console.show_note(say("now draw: inspect-cli draw run {slot}", slot=slot))


def _read_files(sources: Sequence[Promise], given: Given) -> dict[int, Answer]:
    """Read the beacons' files, each as the answer to the source that it belongs to."""
    if len(given["nist"]) != len(given["certificate"]):
        raise UsageMistake(
            say("--nist and --certificate go together"), hint=say("give both: --nist pulse.json --certificate cert.pem")
        )
    pulses = [read_pulse(pulse, pem) for pulse, pem in zip(given["nist"], given["certificate"], strict=True)]
    return match_answers(sources, [read_round(path) for path in given["drand"]], pulses)


def _ask_relays(
    console: Console, slot: Slot, source: DrandPromise | NistPromise, relays: tuple[str, ...] | None
) -> Answer:
    """Fetch a round from relays, and lay its bytes down; without any, or where nobody asked for it (None), say which file is wanted."""
    if isinstance(source, NistPromise):
        raise UsageMistake(
            say("{name}: the output value of pulse {pulse} comes with its proof", name=source.name, pulse=source.pulse),
            hint=say("give --nist pulse.json --certificate cert.pem, both as published"),
        )
    if not relays:
        raise UsageMistake(
            say("no relay is named in inspect.toml, so that none can be asked")
            if relays is not None
            else say(
                "{name}: the randomness of round {round} comes with its proof", name=source.name, round=source.round
            ),
            hint=say(
                "open {address} where there is a network, save it as round.json, and give --drand round.json; or name "
                'relays = ["https://…"] under [drand] in inspect.toml, and give --fetch',
                address=round_address(source),
            ),
        )
    found = fetch_round(slot, source, relays)
    path = Path(f"{slot.replace('/', '-')}-drand-{source.round}.json")
    if not path.exists():
        write_bytes(path, found.data, overwrite=False)
    console.show_note(
        say("{relay} gave round {round}; its file: {path}", relay=found.relay, round=source.round, path=str(path))
    )
    return found.answer
