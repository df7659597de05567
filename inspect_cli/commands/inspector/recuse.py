"""``inspector recuse``: pairs of inspector and entity that must not meet (回避). The reason's code stays inside the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack

import click

from inspect_cli.acts.registry.recusals import (
    RecusalEnd,
    count_members,
    end_recusal,
    find_empty_groups,
    import_recusals,
    parse_note,
    parse_reason,
)
from inspect_cli.acts.registry.recusals import recuse as keep_apart
from inspect_cli.command_line import Command, Day, Group
from inspect_cli.commands.inspector.export import export_recusals
from inspect_cli.console import Console, Tone
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.registry.fields import parse_label
from inspect_cli.core.registry.inspector import Recusal
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.recusals import read_recusals
from inspect_cli.files.intake.sheets import RECUSALS
from inspect_cli.screens.imports.options import ImportOptions, import_options
from inspect_cli.screens.imports.run import ImportTask, run_import
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App


class Why(TypedDict):
    """The options that say why a recusal is entered, and for how long, as they were typed."""

    reason: str
    note: str | None
    first: date | None
    last: date | None


_TASK: Final = ImportTask(noun="inspector recuse", sheet=RECUSALS, read=read_recusals, act=import_recusals)


@click.group(cls=Group)
def recuse() -> None:
    """Enter pairs that must not meet, before a draw, and end them; their reasons are never published.

    \b
    Example:
      inspect-cli --as NAME inspector recuse add \\
        R001 91350100M000100Y43 --reason kin
    """


@recuse.command(cls=Command)
@click.argument("number")
@click.argument("entity", required=False)
@click.option("--group", metavar="NAME", help="All companies of a group (所属集团), those that join it later too.")
@click.option("--reason", required=True, metavar="CODE", help="Why, as a code or its word; it stays inside the store.")
@click.option("--note", metavar="TEXT", help="The reason in words; the code other wants one.")
@click.option("--from", "first", type=Day(), help="The first day on which they must not meet; else from ever.")
@click.option("--to", "last", type=Day(), help="The last day on which they must not meet; else for ever.")
@click.pass_obj
def add(app: App, number: str, *, entity: str | None, group: str | None, **why: Unpack[Why]) -> None:
    """Enter one recusal, from a company or from all of a group; a draw that is committed already keeps its bars.

    The codes: kin, shares, employment, own-request, company-request, other.

    \b
    Example:
      inspect-cli --as NAME inspector recuse add \\
        R001 91350100M000100Y43 --reason kin
      inspect-cli --as NAME inspector recuse add \\
        R001 --group 某某集团 --reason shares
    """
    wanted = Recusal(
        inspector=InspectorId(number),
        entity=None if entity is None else EntityId(entity),
        group=None if group is None else parse_label(group) or None,
        reason=parse_reason(why["reason"]),
        note=parse_note(why["note"]),
        start=why["first"],
        end=why["last"],
    )
    store, console = Store.open(app.store_url), Console(language=app.language)
    is_new = keep_apart(store, app.actor(), read_bureau(app.config).people, wanted)
    whom = wanted.entity or wanted.group
    done = say("recusal entered: {id} does not visit {entity}", id=number, entity=whom)
    known = say("this recusal was entered before: {id} does not visit {entity}", id=number, entity=whom)
    console.show_line(done if is_new else known)
    if wanted.group is not None:
        _show_members(console, wanted.group, count_members(store, wanted.group))


def _show_members(console: Console, group: str, count: int) -> None:
    """Tell how many companies a recusal from a group bars today."""
    if count:
        console.show_note(say("companies of the registry in the group {group}: {count}", count=count, group=group))
        return
    console.show_note(
        say("no company of the registry is in the group {group} by now: compare the name with 所属集团", group=group),
        Tone.BAD,
    )


@recuse.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, /, **given: Any) -> None:
    """Take recusals from a file (xlsx, xls, ods, csv), whole or not at all.

    \b
    Example:
      inspect-cli --as NAME inspector recuse import recusals.csv
    """
    run_import(app, _TASK, ImportOptions(**given))
    for group in find_empty_groups(Store.open(app.store_url)):
        _show_members(Console(language=app.language), group, 0)


@recuse.command(cls=Command)
@click.argument("number")
@click.argument("entity", required=False)
@click.option("--group", metavar="NAME", help="End the recusal from this group of companies.")
@click.option("--on", type=Day(), required=True, help="The last day on which they must not meet.")
@click.option(
    "--reason", required=True, metavar="CODE", help="Why it ends: it stands in the log, so not why it was entered."
)
@click.pass_obj
def end(app: App, number: str, entity: str | None, group: str | None, *, on: date, reason: str) -> None:
    """End a recusal with a day; it stays on record, and a draw that is committed already keeps its bars.

    \b
    Example:
      inspect-cli --as NAME inspector recuse end \\
        R001 91350100M000100Y43 --on 2026-12-31 --reason term-over
    """
    order = RecusalEnd(
        inspector=InspectorId(number),
        entity=None if entity is None else EntityId(entity),
        group=None if group is None else parse_label(group) or None,
        on=on,
        reason=reason,
    )
    is_new = end_recusal(Store.open(app.store_url), app.actor(), read_bureau(app.config).people, order)
    values = {"id": number, "entity": order.entity or order.group, "day": str(on)}
    done = say("recusal ended: {id} may visit {entity} after {day}", **values)
    known = say("this recusal ended before: {id} may visit {entity} after {day}", **values)
    Console(language=app.language).show_line(done if is_new else known)


recuse.add_command(export_recusals)
