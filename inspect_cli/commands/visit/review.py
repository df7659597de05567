"""``visit approve`` and ``visit return``: a second person looks at results before anybody outside learns of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit import review as acts
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, current, join_clauses, join_label, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.acts.visit.review import Reviewed
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
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

    Shown first is what would be approved. Who recorded a result does not approve it, unless inspect.toml allows one person
    two roles; --all leaves such results to somebody else.

    \b
    Example:
      inspect-cli --as NAME visit approve 2026-12/1 --all
      inspect-cli --as NAME visit approve 2026-12/1 91350100M000100Y43
    """
    if bool(entities) is all_of_them:
        raise UsageMistake(say("it is not said which results"), hint=say("name entities, or give --all"))
    actor, bureau, console = app.actor(), read_bureau(app.config), Console(language=app.language)
    order = acts.ReviewOrder(bureau=bureau, slot=Slot(slot), entities=tuple(map(EntityId, entities)))
    store = Store.open(app.store_url)
    with store.reading() as session:
        looked = acts.look_at(session, actor, order)
    if looked.versions and not as_json:
        _show_versions(console, looked, bureau)
    if looked.versions and not yes:
        console.require_yes(say("approve these results of {slot}? They can be published then.", slot=slot), given=yes)
        order = replace(order, seen=looked.versions)
    reviewed = acts.approve_visits(store, actor, order)
    if as_json:
        console.show_json(_reviewed_data(reviewed))
        return
    _tell_approved(console, reviewed)


def _tell_approved(console: Console, reviewed: Reviewed) -> None:
    if not (reviewed.versions or reviewed.standing):
        console.show_line(say("no result of {slot} awaits approval", slot=reviewed.slot))
        return
    console.show_line(
        say("approved: {count}, approved before: {old}", count=len(reviewed.versions), old=len(reviewed.standing))
    )
    both = tuple(one.entity for one in reviewed.versions if one.is_by_one_person)
    if both:
        console.show_note(say("recorded and approved by one person: {entities}", entities=both))
    if reviewed.own:
        left = tuple(one.entity for one in reviewed.own)
        console.show_note(say("left to somebody else, for you recorded them: {entities}", entities=left))
    for document in sorted(set(reviewed.shown_in.values())):
        console.show_note(say("publish the correction: inspect-cli notice correct {document}", document=document))
    if any(one.entity not in reviewed.shown_in for one in reviewed.versions):
        console.show_note(say("publish them: inspect-cli notice publish result {slot}", slot=reviewed.slot))


@click.command("return", cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entities", metavar="ENTITY...", nargs=-1, required=True, help="Whose results are returned.")
@click.option("--reason", required=True, help="Why; whoever records it anew reads it.")
@click.option("--not-made", is_flag=True, help="There was no visit: the result was another company's.")
@json_option
@click.pass_obj
def return_results(
    app: App, slot: str, entities: tuple[str, ...], *, reason: str, not_made: bool, as_json: bool
) -> None:
    """Return results that await approval, so that they are recorded anew.

    Where a correction is returned, the result that was approved before stands again. A visit whose result was returned was made,
    and is neither moved nor ended nor drawn again, unless --not-made says that there was none.

    \b
    Example:
      inspect-cli --as NAME visit return 2026-12/1 91350100M000100Y43 \\
          --reason "the finding names another company"
    """
    order = acts.ReviewOrder(
        bureau=read_bureau(app.config),
        slot=Slot(slot),
        entities=tuple(map(EntityId, entities)),
        reason=reason,
        not_made=not_made,
    )
    reviewed = acts.return_visits(Store.open(app.store_url), app.actor(), order)
    console = Console(language=app.language)
    if as_json:
        console.show_json(_reviewed_data(reviewed))
        return
    console.show_line(
        say("returned: {count}, returned before: {old}", count=len(reviewed.versions), old=len(reviewed.standing))
    )
    anew = tuple(one.entity for one in reviewed.versions if one.correction is None and not one.not_made)
    if anew:
        console.show_note(
            say(
                "to be recorded anew: {entities}; inspect-cli visit record {slot} ENTITY --result DOMAIN=NUMBER",
                entities=anew,
                slot=reviewed.slot,
            )
        )


def _show_versions(console: Console, reviewed: Reviewed, bureau: Bureau) -> None:
    """Show what would be approved: of each result whose it is, who recorded it, and each domain's class."""
    columns = [
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("recorded by")),
        Column(title=_("result"), is_wrapped=True),
    ]
    console.show_table("", columns, [_version_row(one, reviewed.names, bureau) for one in reviewed.versions])


def _version_row(one: OutcomeVersion, names: Mapping[EntityId, str], bureau: Bureau) -> tuple[str, ...]:
    language = current()
    results = [
        f"{bureau.domain_label(each.domain, language)} {each.result.value} {each.result.label.text(language)}"
        for each in one.outcome.domains
    ]
    if one.correction is not None:
        results.append(join_label((_("correction"), one.correction.reason.label.text(language))))
    elif one.version > 1:
        results.append(translate(say("version {version}", version=one.version)))
    return (one.entity, names.get(one.entity, ""), one.recorded_by, join_clauses(results))


def _reviewed_data(reviewed: Reviewed) -> dict[str, Any]:
    done = [
        {"entity": one.entity, "version": one.version, "state": one.state.value, "one_person": one.is_by_one_person}
        for one in reviewed.versions
    ]
    standing = [one.entity for one in reviewed.standing]
    return {"slot": reviewed.slot, "reviewed": done, "standing": standing, "own": [one.entity for one in reviewed.own]}
