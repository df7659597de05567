"""``visit correct``: another version of a result that was approved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.draw.chains import find_chain
from inspect_cli.acts.visit import correcting as acts
from inspect_cli.acts.visit.dossier import find_names
from inspect_cli.acts.visit.recording import RecordOrder
from inspect_cli.command_line import Command, Day, json_option, yes_option
from inspect_cli.commands.visit.claims import claim_options, read_claims
from inspect_cli.commands.visit.data import show_changes
from inspect_cli.commands.visit.record import recorded_data, show_recorded, tell_next
from inspect_cli.console import Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.people import Approval
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
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
    metavar="WHAT=NUMBER",
    help="The right result of a domain or of a matter, 1 to 13; what is not named keeps its own.",
)
@claim_options
@click.option("--on", type=Day(), help="The day of the check, where it was another.")
@click.option("--approver", required=True, metavar="NAME", help="The second person, who gives leave.")
@click.option("--reason", required=True, metavar="CODE", help="Why, as a code or its word; it stays inside the bureau.")
@click.option("--basis", required=True, help="On what the correction rests: a rule, a decision, a finding.")
@yes_option
@json_option
@click.pass_obj
def correct(app: App, /, slot: str, entity: str, *, yes: bool, as_json: bool, **given: Any) -> None:
    """Correct a result that was approved: a new version, with reason, basis and a second person's leave.

    What is not said anew stays: the day, methods, other domains and matters; findings and follow-ups too, unless nothing is found
    any more. Shown first is what changes. Every version stays on record. It awaits approval itself; what is published stands until
    a notice of correction.

    The reasons: entry-error, wrong-company, objection, re-examined, decision, other.

    \b
    Example:
      inspect-cli --as NAME visit correct 2026-12/1 91350100M000100Y43 \\
          --result labour=1 --approver OTHER \\
          --reason wrong-company --basis "complaint of 2026-12-20, verified"
    """
    actor, bureau, store = app.actor(), read_bureau(app.config), Store.open(app.store_url)
    order = acts.CorrectionOrder(
        order=RecordOrder(slot=Slot(slot), entity=EntityId(entity), claims=read_claims(bureau, given)),
        approval=Approval(approver=given["approver"], reason=given["reason"]),
        basis=given["basis"],
    )
    console = Console(language=app.language)
    with store.reading() as session:
        looked = acts.look_at_correction(session, actor, bureau, order)
        name = find_names(find_chain(session, looked.slot), looked.entity).get(looked.entity, looked.entity)
    if looked.is_new and looked.before is not None:
        if not as_json:
            show_changes(console, (looked.before, looked.outcome), bureau, looked.matter_names)
        console.require_yes(
            say("correct the result of {name} ({entity}) in {slot}?", name=name, entity=entity, slot=slot), given=yes
        )
        order = replace(order, seen=(looked.before, looked.outcome))
    corrected = acts.correct_visit(store, actor, bureau, order)
    if as_json:
        console.show_json(recorded_data(corrected))
        return
    _tell(console, corrected, bureau)


def _tell(console: Console, corrected: RecordedVisit, bureau: Bureau) -> None:
    """Say what was kept, and what follows."""
    entity = corrected.entity
    if corrected.is_new:
        console.show_line(
            say("kept version {version} of the result of {entity}", version=corrected.version, entity=entity)
        )
    else:
        console.show_line(say("the result of {entity} is corrected already, just so", entity=entity))
    show_recorded(console, corrected, bureau)
    if corrected.is_new:
        tell_next(console, corrected, bureau)
