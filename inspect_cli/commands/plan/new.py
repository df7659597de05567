"""``plan new``: write a month's plan from the registries, an earlier plan and the year's. Nothing in the store is changed."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.draw.typed_source import parse_source
from inspect_cli.acts.plan.kept_plan import find_plan
from inspect_cli.acts.plan.proposal import ProposalOrder, propose_plan
from inspect_cli.command_line import Command, Period, force_option
from inspect_cli.commands.plan.year_screen import show_portions
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.output import write_output
from inspect_cli.files.plan_template import render_plan
from inspect_cli.language import translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core import names


@click.command(cls=Command)
@click.argument("period", type=Period(), help="The month.")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The plan to write."
)
@click.option(
    "--from",
    "start",
    metavar="PLAN",
    help="Take an earlier plan over: a month (its last draw's), a slot, or a plan's file.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="KIND=TIME",
    help="drand=TIME, the beacon's first round from then on, or dice=TIME.",
)
@force_option
@click.pass_obj
def new(
    app: App, period: names.Period, output: Path, *, start: str | None, sources: tuple[str, ...], force: bool
) -> None:
    """Write a plan for a month, with a comment at every key.

    Where a plan of the year is kept, each number is what is left of the year divided by the months left; else there is a share
    for each domain and risk class of the registry. It names the matters that are valid throughout the month, and a source for
    the seed.

    With --from everything else is as in an earlier plan: sources at the same clock time, a sealed text's digest to be filled in
    anew, days off left out. What could not be taken over is told.

    \b
    Example:
      inspect-cli plan new 2026-12 -o plan.toml
      inspect-cli plan new 2026-12 -o plan.toml \\
        --source drand=2026-11-30T09:00+08:00
      inspect-cli plan new 2027-01 --from 2026-12 -o plan-2027-01.toml
    """
    bureau, store = read_bureau(app.config), Store.open(app.store_url)
    old = None if start is None else find_plan(store, start, bureau)
    order = ProposalOrder(
        period=period,
        bureau=bureau,
        today=app.today,
        start=old,
        sources=tuple(parse_source(one, bureau) for one in sources),
    )
    proposal = propose_plan(store, order)
    is_new = write_output(output, render_plan(proposal.draft, translate).encode(), overwrite=force)
    console = Console(language=app.language)
    if proposal.portions:
        show_portions(console, bureau, proposal.portions, app.language)
        console.show_line()
    console.show_line(
        say("wrote the plan {path}", path=str(output))
        if is_new
        else say("the plan is there already: {path}", path=str(output))
    )
    for told in proposal.told:
        console.show_note(told)
    console.show_note(say("next: look it through, then inspect-cli plan check {path}", path=quote(str(output))))
