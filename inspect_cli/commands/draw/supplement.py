"""``draw supplement``: what drops out after the draw is drawn again, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from inspect_cli.acts.draw import supplement as acts
from inspect_cli.acts.draw.freeze import make_salt, software
from inspect_cli.acts.draw.supplement_order import SupplementOrder
from inspect_cli.acts.draw.typed_source import parse_dice, parse_source
from inspect_cli.acts.registry.recusals import parse_note, parse_reason
from inspect_cli.command_line import Command, approval_options, json_option, yes_option
from inspect_cli.commands.draw.cause_words import PENDING
from inspect_cli.commands.draw.screen import show_after_commit, show_recorded, show_weaknesses
from inspect_cli.commands.draw.supplement_data import prospect_data, read_directory
from inspect_cli.commands.draw.supplement_screen import show_prospect
from inspect_cli.commands.draw.supplement_words import parse_away, parse_closure, parse_pair
from inspect_cli.console import Console
from inspect_cli.core.names import InspectorId, Slot
from inspect_cli.core.people import Approval
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.sources_file import read_sources
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.acts.draw.prospect import Prospect
    from inspect_cli.app import App
    from inspect_cli.commands.draw.supplement_data import Directory
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.people import Actor


class Dropouts(TypedDict):
    """The options that say what drops out, as they were typed, and when the fresh randomness is made."""

    absent: tuple[str, ...]
    recuse: tuple[str, ...]
    leave_visit: tuple[str, ...]
    close: tuple[str, ...]
    add: tuple[str, ...]
    note: str | None
    dice: str | None
    source: tuple[str, ...]
    sources: Path | None


@click.command(cls=Command)
@click.argument("slot")
@click.option(
    "--absent",
    multiple=True,
    metavar="WHO[=DAYS]",
    help="Who cannot work: a number of the roster or squad:NAME; from today on, or on DAYS (FIRST, FIRST..LAST, FIRST..).",
)
@click.option("--recuse", multiple=True, metavar="PERSON=ENTITY", help="Who is recused from an entity after the draw.")
@click.option("--leave-visit", multiple=True, metavar="PERSON=ENTITY", help="Who cannot come to this one visit.")
@click.option(
    "--close", multiple=True, metavar="[ENTITY=]DAYS", help="Days on which an entity, or nobody, can be visited."
)
@click.option("--add", multiple=True, metavar="PERSON", help="Somebody new on the roster.")
@click.option("--dice", metavar="TIME", help="When twenty ten-sided dice are rolled: 2026-12-08T09:00.")
@click.option(
    "--source",
    multiple=True,
    metavar="KIND=TIME",
    help="drand=TIME, the beacon's first round from then on, or dice=TIME.",
)
@click.option(
    "--sources", type=click.Path(path_type=Path), metavar="FILE", help="Other sources: [[source]] tables as in a plan."
)
@click.option("--preview", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--note", metavar="TEXT", help="With --recuse: the reason in words, kept inside the store.")
@approval_options
@yes_option
@json_option
@click.pass_obj
def supplement(
    app: App,
    slot: str,
    *,
    preview: bool,
    approval: Approval | None,
    yes: bool,
    as_json: bool,
    **dropouts: Unpack[Dropouts],
) -> None:
    """Draw again what dropped out after the draw, with fresh randomness, and nothing else.

    An inspector falls ill, a recusal is granted late, an expert cannot come, a day is lost, a visit stayed open: name what is so, and
    only the seats and visits that it touches are committed anew under the next slot. Leave, recusals and blackout days that were
    entered since the draw are found by themselves; with nothing named the open visits are drawn again. Then, as with any draw: draw
    seed, draw run.

    \b
    Example:
      inspect-cli --as NAME draw supplement 2026-12/1 \\
        --absent R07=2026-12-08..2026-12-11 \\
        --dice 2026-12-07T16:00 --preview
      inspect-cli --as NAME draw supplement 2026-12/1 \\
        --absent squad:一中队 --dice 2026-12-07T16:00 \\
        --approver OTHER --reason quarantine
    """
    console, actor, bureau = Console(language=app.language), app.actor(), read_bureau(app.config)
    if approval is None and not preview:
        raise UsageMistake(
            say("a supplementary draw is made with the approval of a second person"),
            hint=say("give --approver NAME --reason CODE, or look at it first with --preview"),
        )
    order = _read_order(bureau, Slot(slot), approval, dropouts)
    store = Store.open(app.store_url)
    seen = _look(store, actor, order, preview=preview)
    if seen is not None and preview:
        _show_preview(console, seen, order.sources, as_json=as_json)
        return
    if seen is not None:
        show_weaknesses(console, order.sources)
        if console.is_interactive and not yes and not as_json:
            show_prospect(console, *seen)
        console.require_yes(say("commit this supplement for ever as {slot}?", slot=seen[0].slot), given=yes)
    recorded = acts.commit_supplement(store, actor, acts.confirm(order, None if seen is None else seen[0]))
    show_recorded(console, recorded, bureau, as_json=as_json)
    show_after_commit(console, recorded.draw.slot)


def _look(store: Store, actor: Actor, order: SupplementOrder, *, preview: bool) -> tuple[Prospect, Directory] | None:
    """Look at what the order would be, with the names that go with it; None where it was committed before."""
    with store.reading() as session:
        if not preview and acts.find_ordered(session, order) is not None:
            return None
        prospect = acts.look_ahead(session, actor, order)
        return prospect, read_directory(session, prospect)


def _show_preview(
    console: Console, seen: tuple[Prospect, Directory], sources: Sequence[Promise], *, as_json: bool
) -> None:
    if as_json:
        console.show_json(prospect_data(*seen))
        return
    show_prospect(console, *seen)
    show_weaknesses(console, sources)
    console.show_note(say("nothing was written; the same without --preview commits it as {slot}", slot=seen[0].slot))


def _read_order(bureau: Bureau, slot: Slot, approval: Approval | None, dropouts: Dropouts) -> SupplementOrder:
    return SupplementOrder(
        bureau=bureau,
        slot=slot,
        sources=_read_promises(bureau, dropouts),
        approval=approval or Approval(approver="", reason=PENDING),
        software=software(),
        salts=make_salt,
        away=tuple(map(parse_away, dropouts["absent"])),
        recused=tuple(map(parse_pair, dropouts["recuse"])),
        recusal_reason=parse_reason(approval.reason) if approval is not None and dropouts["recuse"] else None,
        recusal_note=parse_note(dropouts["note"]),
        leaving=tuple(map(parse_pair, dropouts["leave_visit"])),
        closed=tuple(map(parse_closure, dropouts["close"])),
        added=tuple(map(InspectorId, dropouts["add"])),
    )


def _read_promises(bureau: Bureau, dropouts: Dropouts) -> tuple[Promise, ...]:
    dice, typed, sources = dropouts["dice"], dropouts["source"], dropouts["sources"]
    if (dice is None and not typed) == (sources is None):
        raise UsageMistake(
            say("a supplementary draw needs fresh randomness, from dice, a beacon, or the sources of a file"),
            hint=say("give --dice 2026-12-08T09:00, --source drand=2026-12-08T09:00, or --sources FILE"),
        )
    if sources is not None:
        return read_sources(sources)
    rolled = () if dice is None else (parse_dice(dice, bureau),)
    return (*rolled, *(parse_source(one, bureau) for one in typed))
