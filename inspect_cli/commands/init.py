"""``inspect-cli init``: the bureau's settings and its store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.store import create_store
from inspect_cli.command_line import Command
from inspect_cli.console import Console
from inspect_cli.core.bureau import new_bureau
from inspect_cli.errors import RefusedError, say
from inspect_cli.files.atomic import write_bytes
from inspect_cli.files.config import parse_bureau, read_bureau
from inspect_cli.files.config_template import render_bureau
from inspect_cli.language import translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App

_NAME = "某某镇综合行政执法局"
_SHORT_NAME = "某综执"


@click.command(cls=Command)
@click.option("--bureau", "name", metavar="NAME", help="The bureau's full name, as it stands on notices.")
@click.option("--short-name", metavar="NAME", help="The short name in document numbers.")
@click.option("--force", is_flag=True, help="Write the settings anew where there are some; the store is never touched.")
@click.pass_obj
def init(app: App, name: str | None, short_name: str | None, force: bool) -> None:
    """Write the bureau's settings and make its store.

    The settings are a commented file, inspect.toml; look it through before the first draw. What is there already is left
    as it is, so that the same call can be repeated.

    \b
    Example:
      inspect-cli --as 操作员甲 init --bureau 示例镇综合执法局 --short-name 示综执
    """
    actor = app.actor()
    console = Console(language=app.language)
    _write_settings(app, console, (name, short_name), force=force)
    try:
        create_store(app.store_url, actor)
    except RefusedError:
        store = Store.open(app.store_url)
        console.show_line(say("the store is there already: {store}", store=store.address.shown))
    else:
        console.show_line(say("made the store {store}", store=Store.open(app.store_url).address.shown))
    console.show_note(
        say(
            "next: look {path} through, then import the registries: inspect-cli entity import FILE",
            path=str(app.config),
        )
    )


def _write_settings(app: App, console: Console, names: tuple[str | None, str | None], *, force: bool) -> None:
    """Write the settings, or leave those that are there unless they should go or are another bureau's."""
    name, short_name = names
    if app.config.exists() and not force:
        bureau = read_bureau(app.config)
        if name not in {None, bureau.name} or short_name not in {None, bureau.short_name}:
            raise RefusedError(
                say("{path} has the settings of {bureau} already", path=str(app.config), bureau=bureau.name),
                hint=say("change the file by hand, or have it written anew with --force"),
            )
        console.show_line(say("the settings are there already: {path}", path=str(app.config)))
        return
    data = render_bureau(new_bureau(name or _NAME, short_name or _SHORT_NAME), translate).encode()
    parse_bureau(data, app.config.name)
    write_bytes(app.config, data, overwrite=force)
    console.show_line(say("wrote the settings {path}", path=str(app.config)))
