"""``draw bundle`` and ``draw replay``: what is handed to an auditor, and drawing it anew from that alone."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.draw.bundle import read_evidence
from inspect_cli.command_line import Command, force_option
from inspect_cli.console import Console, Tone
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import COMMITMENT
from inspect_cli.core.draw.outcome import draw as draw_anew
from inspect_cli.core.draw.result import render_result
from inspect_cli.core.names import Slot
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.errors import say
from inspect_cli.files.bundle import read_bundle, write_bundle
from inspect_cli.files.output import write_output
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("slot")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The zip to write."
)
@force_option
@click.pass_obj
def bundle(app: App, slot: str, *, output: Path, force: bool) -> None:
    """Write a draw's whole evidence into one file, which anybody can verify without this store.

    It names who is visited and by whom: hand it to auditors, and keep it private until the visits are over. The same draw gives
    the same bytes everywhere.

    \b
    Example:
      inspect-cli draw bundle 2026-12/1 -o december.zip
    """
    console = Console(language=app.language)
    evidence = read_evidence(Store.open(app.store_url), Slot(slot))
    members = evidence.members
    is_new = write_bundle(output, members, overwrite=force)
    if evidence.void_reason is not None:
        console.show_note(say("this draw is void: {reason}", reason=evidence.void_reason), Tone.BAD)
    told = {"file": str(output), "digest": digest(members[COMMITMENT])}
    console.show_note(
        say("written: {file}, for the commitment {digest}", **told)
        if is_new
        else say("{file} holds this very bundle already, for the commitment {digest}", **told)
    )
    console.show_note(say("check it as an auditor will: inspect-cli verify {file}", file=quote(str(output))))


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The result to write."
)
@force_option
@click.pass_obj
def replay(app: App, path: Path, *, output: Path, force: bool) -> None:
    """Draw anew from a bundle's commitment, rows and seed values, and write the result that follows.

    No store is opened, and the bundle's own result is not looked at beyond its seed values: compare the two files.

    \b
    Example:
      inspect-cli draw replay december.zip -o result.json
    """
    console = Console(language=app.language)
    record = parse_draw(members_of(read_bundle(path)))
    frame = record.frame
    data = render_result(draw_anew(record.commitment, frame.entities, frame.inspectors, record.result.entropy))
    write_output(output, data, overwrite=force)
    console.show_note(say("written: {file}, SHA-256 {digest}", file=str(output), digest=digest(data)))
