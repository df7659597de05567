"""``demo``: a month of the invented township, played from files to published notices by the commands' own acts alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import Command, json_option
from inspect_cli.console import Console
from inspect_cli.demo.folder import prepare_folder
from inspect_cli.demo.story import play
from inspect_cli.demo.summary import burden_data, show_burden, show_next_steps

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.option(
    "--into", type=click.Path(path_type=Path), default=Path(), metavar="DIR", help="The folder to fill; else this one."
)
@click.option("--force", is_flag=True, help="Play it in a used folder; only what an earlier demo left is replaced.")
@json_option
@click.pass_obj
def demo(app: App, *, into: Path, force: bool, as_json: bool) -> None:
    """Play a month of the sample township, from files to published notices.

    It leaves a folder to explore: the store, the plan, the bundle, the notices and the calendars. Everything in it is invented,
    and the same every time.

    \b
    Example:
      inspect-cli demo --into month
    """
    console = Console(language=app.language)
    prepare_folder(into, force=force)
    played = play(into, console, is_silent=as_json)
    if as_json:
        console.show_json(burden_data(played.burden))
        return
    show_burden(console, played.burden)
    show_next_steps(console, into, played)
