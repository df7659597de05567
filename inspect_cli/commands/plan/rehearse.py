"""``plan rehearse``: draw a plan many times before it is committed. Nothing is changed."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.plan.check import require_sound
from inspect_cli.acts.plan.rehearse import find_remedies, perform, prepare, try_remedies
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.plan.rehearse_data import rehearsal_data
from inspect_cli.commands.plan.rehearse_screen import show_rehearsal
from inspect_cli.console import Console
from inspect_cli.core.people import Actor
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.plan_file import read_plan
from inspect_cli.language import _
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("file", metavar="PLAN", type=click.Path(path_type=Path), help="The plan.")
@click.option(
    "--seeds",
    default=200,
    show_default=True,
    type=click.IntRange(1, 10_000),
    metavar="NUMBER",
    help="How many draws are made.",
)
@json_option
@click.pass_obj
def rehearse(app: App, file: Path, seeds: int, as_json: bool) -> None:
    """Draw a plan many times, with seeds that nobody will use, and see whether its visits can be staffed.

    It shows the odds that visits stay open, what they lack and what would mend it, the load of each inspector and day, and the
    chance of each class and zone. Nothing is changed, and nothing is foretold: the real draw has other seeds and other salts.

    \b
    Example:
      inspect-cli plan rehearse plan.toml
      inspect-cli plan rehearse plan.toml --seeds 1000
    """
    bureau, console = read_bureau(app.config), Console(language=app.language)
    # Nobody is named for what changes nothing.
    actor = Actor(name=app.person or "", clock=app.clock, day=app.today)
    stage = prepare(Store.open(app.store_url), actor, read_plan(file, bureau), bureau)
    with console.progress(_("drawing"), seeds) as progress:
        done = perform(stage, seeds, progress)
    remedies = find_remedies(stage, actor, done.trials)
    with console.progress(_("trying what would help"), len(remedies)) as progress:
        tried = try_remedies(remedies, done.trials, progress)
    if as_json:
        console.show_json(rehearsal_data(stage, done.rehearsal, tried))
    else:
        show_rehearsal(console, stage, done.rehearsal, tried)
    require_sound(stage.shortages, stage.gathered.plan.file)
    if not as_json:
        if stage.gathered.provisional:
            console.show_note(
                say("made with a provisional calendar of working days: {years}", years=stage.gathered.provisional)
            )
        console.show_note(
            say("next: inspect-cli draw commit {path}, or change the plan and rehearse again", path=quote(str(file)))
        )
