"""``visit record``: what a visit found, by domain or by matter; and how it is told, also where it is corrected."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.draw.chains import find_chain
from inspect_cli.acts.visit import recording as acts
from inspect_cli.acts.visit.dossier import find_names
from inspect_cli.command_line import Command, Day, json_option
from inspect_cli.commands.visit.attaching import file_data, read_files
from inspect_cli.commands.visit.claims import claim_options, read_claims
from inspect_cli.commands.visit.data import outcome_data, show_outcome
from inspect_cli.console import Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.unchecked import say_unchecked
from inspect_cli.core.visit.steps import FollowUpState, begin
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.visit.recording import RecordedVisit
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau


@click.command(cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entity", help="Whom the visit was to.")
@click.option(
    "--result",
    "results",
    multiple=True,
    required=True,
    metavar="WHAT=NUMBER",
    help="The result of a domain or of a matter, 1 to 13; once for each domain of the visit, or for each of its matters.",
)
@claim_options
@click.option("--on", type=Day(), help="The day of the check; the planned day unless another is named.")
@click.option(
    "--attach",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file that belongs to the result: its name, size and SHA-256 are kept, not the file.",
)
@json_option
@click.pass_obj
def record(app: App, /, slot: str, entity: str, *, files: tuple[Path, ...], as_json: bool, **claims: Any) -> None:
    """Record what a visit found, all its domains together.

    A result is a number: 1 no problem; 2 not disclosed; 3 disclosed falsely; 4 cannot be reached; 5 ordered to rectify;
    6 refused to cooperate; 7 no such business; 8 still to be handled; of the company itself 9 closed, 10 deregistered, 11 licence
    revoked, 12 rescinded, 13 moved away. The same record again changes nothing, a different one is refused.

    Said of a domain, it is the domain's result; said of its matters, the domain has the worst of them. Somebody else approves it.

    \b
    Example:
      inspect-cli --as NAME visit record 2026-12/1 91350100M000100Y43 \\
          --result safety=1 --result labour=5 \\
          --finding "labour=two contracts missing" \\
          --follow-up labour=rectify:2026-12-31
      inspect-cli --as NAME visit record 2026-12/1 91350100M000100Y43 \\
          --result safety=1 --result L01=5 --result L02=1 --attach photo.jpg
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    order = acts.RecordOrder(
        slot=Slot(slot), entity=EntityId(entity), claims=read_claims(bureau, claims), files=read_files(files)
    )
    store = Store.open(app.store_url)
    recorded = acts.record_visit(store, actor, bureau, order)
    console = Console(language=app.language)
    if as_json:
        console.show_json(recorded_data(recorded))
        return
    _tell(console, recorded, entity)
    with store.reading() as session:
        name = find_names(find_chain(session, recorded.slot), recorded.entity).get(recorded.entity, recorded.entity)
    console.show_pairs([(_("name"), name)])
    show_recorded(console, recorded, bureau)
    if recorded.slot != slot:
        console.show_note(say("the visit in force is the one that {slot} drew", slot=recorded.slot))
    if recorded.is_new:
        tell_next(console, recorded, bureau)


def _tell(console: Console, recorded: RecordedVisit, entity: str) -> None:
    """Say what was kept, and as which version where an earlier one was returned."""
    if not recorded.is_new:
        console.show_line(say("the visit to {entity} is recorded already, just so", entity=entity))
    elif recorded.version > 1:
        console.show_line(
            say(
                "recorded the visit to {entity} anew: version {version}; the version before was returned",
                entity=entity,
                version=recorded.version,
            )
        )
    else:
        console.show_line(say("recorded the visit to {entity}", entity=entity))


def tell_next(console: Console, recorded: RecordedVisit, bureau: Bureau) -> None:
    """Say what follows, and where a follow-up was forgotten."""
    for each in recorded.outcome.domains:
        if each.follow_up is None and begin(each)[0] is not FollowUpState.CLOSED:
            console.show_note(
                say(
                    "{domain}: no follow-up is named; it stays open until one is taken with inspect-cli visit follow-up",
                    domain=bureau.domain_term(each.domain),
                )
            )
    console.show_note(
        say(
            "it awaits approval by somebody else: inspect-cli --as OTHER visit approve {slot} {entity}",
            slot=recorded.slot,
            entity=quote(recorded.entity),
        )
    )


def show_recorded(console: Console, recorded: RecordedVisit, bureau: Bureau) -> None:
    """Print what stands, the files that were noted, and the matters that were not to be checked."""
    show_outcome(console, recorded.outcome, bureau, recorded.matter_names)
    if recorded.files:
        console.show_note(say("files noted: {files}", files=tuple(one.name for one in recorded.files)))
    if recorded.without_matters:
        console.show_note(say_unchecked(recorded.without_matters))


def recorded_data(recorded: RecordedVisit) -> dict[str, Any]:
    """Give what was kept as data."""
    head = {"slot": recorded.slot, "entity": recorded.entity, "new": recorded.is_new, "version": recorded.version}
    without = [one.id for one in recorded.without_matters]
    files = [file_data(one) for one in recorded.files]
    data = head | outcome_data(recorded.outcome) | ({"without_matters": without} if without else {})
    return data | ({"attachments": files} if files else {})
