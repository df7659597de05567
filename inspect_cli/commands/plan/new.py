"""``plan new``: write a month's plan from the registries. Nothing in the store is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.plan import draft
from inspect_cli.command_line import Command, Period, force_option
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
@force_option
@click.pass_obj
def new(app: App, period: names.Period, output: Path, force: bool) -> None:
    """Write a first plan for a month, with a comment at every key.

    It has a share for each domain and risk class of the registry, the matters that are valid throughout the month, and a
    source for the seed. Change what is to be changed, then have it explained with plan check.

    \b
    Example:
      inspect-cli plan new 2026-12 -o plan.toml
    """
    bureau = read_bureau(app.config)
    proposal = draft(Store.open(app.store_url), period, bureau, app.today)
    is_new = write_output(output, render_plan(proposal, translate).encode(), overwrite=force)
    console = Console(language=app.language)
    done = (
        say("wrote the plan {path}", path=str(output))
        if is_new
        else say("the plan is there already: {path}", path=str(output))
    )
    console.show_line(done)
    console.show_note(say("next: look it through, then inspect-cli plan check {path}", path=str(output)))
