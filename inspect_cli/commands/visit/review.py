"""``visit approve`` and ``visit return``: a second person looks at results before anybody outside learns of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit import review as acts
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, current
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.visit.review import Reviewed
    from inspect_cli.app import App
    from inspect_cli.core.visit.review import OutcomeVersion


@click.command(cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entities", metavar="[ENTITY]...", nargs=-1, help="Whose results are approved.")
@click.option("--all", "all_of_them", is_flag=True, help="All results of the draw that await approval.")
@yes_option
@json_option
@click.pass_obj
def approve(app: App, slot: str, entities: tuple[str, ...], *, all_of_them: bool, yes: bool, as_json: bool) -> None:
    """Approve results, so that they can be published.

    Who recorded a result does not approve it, unless inspect.toml allows one person two roles.

    \b
    Example:
      inspect-cli --as NAME visit approve 2026-12/1 --all
      inspect-cli --as NAME visit approve 2026-12/1 91350100M000100Y43
    """
    if bool(entities) is all_of_them:
        raise UsageMistake(say("it is not said which results"), hint=say("name entities, or give --all"))
    actor, bureau, console = app.actor(), read_bureau(app.config), Console(language=app.language)
    order = acts.ReviewOrder(bureau=bureau, slot=Slot(slot), entities=tuple(map(EntityId, entities)))
    console.require_yes(say("approve these results of {slot}?", slot=slot), given=yes)
    reviewed = acts.approve_visits(Store.open(app.store_url), actor, order)
    if as_json:
        console.show_json(_reviewed_data(reviewed))
        return
    if reviewed.versions:
        _show_versions(console, reviewed.versions)
    console.show_line(
        say("approved: {count}, approved before: {old}", count=len(reviewed.versions), old=len(reviewed.standing))
    )
    both = tuple(one.entity for one in reviewed.versions if one.is_by_one_person)
    if both:
        console.show_note(say("recorded and approved by one person: {entities}", entities=both))
    if reviewed.versions:
        console.show_note(say("publish them: inspect-cli notice publish result {slot}", slot=slot))


@click.command("return", cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entities", metavar="ENTITY...", nargs=-1, required=True, help="Whose results are returned.")
@click.option("--reason", required=True, help="Why; whoever records it anew reads it.")
@json_option
@click.pass_obj
def return_results(app: App, slot: str, entities: tuple[str, ...], *, reason: str, as_json: bool) -> None:
    """Return results that await approval, so that they are recorded anew.

    \b
    Example:
      inspect-cli --as NAME visit return 2026-12/1 91350100M000100Y43 \\
          --reason "the finding names another company"
    """
    order = acts.ReviewOrder(
        bureau=read_bureau(app.config), slot=Slot(slot), entities=tuple(map(EntityId, entities)), reason=reason
    )
    reviewed = acts.return_visits(Store.open(app.store_url), app.actor(), order)
    console = Console(language=app.language)
    if as_json:
        console.show_json(_reviewed_data(reviewed))
        return
    console.show_line(say("returned: {count}", count=len(reviewed.versions)))


def _show_versions(console: Console, versions: tuple[OutcomeVersion, ...]) -> None:
    columns = [
        Column(title=_("entity"), is_key=True),
        Column(title=_("version"), is_key=True),
        Column(title=_("recorded by")),
        Column(title=_("result of the company"), is_wrapped=True),
    ]
    rows = [
        (
            one.entity,
            str(one.version),
            one.recorded_by,
            f"{one.outcome.worst.value} {one.outcome.worst.label.text(current())}",
        )
        for one in versions
    ]
    console.show_table("", columns, rows)


def _reviewed_data(reviewed: Reviewed) -> dict[str, Any]:
    done = [
        {"entity": one.entity, "version": one.version, "state": one.state.value, "one_person": one.is_by_one_person}
        for one in reviewed.versions
    ]
    return {"slot": reviewed.slot, "reviewed": done, "standing": [one.entity for one in reviewed.standing]}
