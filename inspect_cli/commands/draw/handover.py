"""``draw bundle``, ``draw receipt`` and ``draw replay``: what is handed out of a draw, and drawing it anew from that alone."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.draw.bundle import read_evidence
from inspect_cli.acts.publish.disclose import read_public, read_receipt
from inspect_cli.command_line import Command, force_option
from inspect_cli.console import Console, Tone
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import COMMITMENT, commitment_digest
from inspect_cli.core.draw.disclosure.receipt import parse_receipt
from inspect_cli.core.draw.outcome import draw as draw_anew
from inspect_cli.core.draw.result import render_result
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.errors import say
from inspect_cli.files.bundle import read_bundle, write_bundle
from inspect_cli.files.config import read_bureau
from inspect_cli.files.output import write_output
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.errors import Message


@click.command(cls=Command)
@click.argument("slot")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The zip to write."
)
@click.option(
    "--public", "is_public", is_flag=True, help="Only what everybody may see: visits that are recorded or past."
)
@force_option
@click.pass_obj
def bundle(app: App, slot: str, *, output: Path, is_public: bool, force: bool) -> None:
    """Write a draw's whole evidence into one file, which anybody can verify without this store.

    It names who is visited and by whom: hand it to auditors, and keep it private until the visits are over. The same draw gives
    the same bytes everywhere.

    With --public it shows no team, and no other visits than those that are recorded; when the month is past, all that have a day.
    Whom the notices do not name is only counted: whose line was taken from display, and sole traders whose names are masked.

    \b
    Example:
      inspect-cli draw bundle 2026-12/1 -o december.zip
      inspect-cli draw bundle 2026-12/1 --public -o public.zip
    """
    console = Console(language=app.language)
    store = Store.open(app.store_url)
    if is_public:
        public = read_public(store, read_bureau(app.config).publication.sole_traders, Slot(slot), app.today)
        members = public.members
    else:
        evidence = read_evidence(store, Slot(slot))
        members = evidence.members
    told = {"file": str(output), "digest": digest(members[COMMITMENT])}
    if not write_bundle(output, members, overwrite=force):
        written = say("{file} holds this very bundle already, for the commitment {digest}", **told)
    else:
        written = say("written: {file}, for the commitment {digest}", **told)
    if is_public:
        counts = public.counts
        console.show_note(say("{shown} of {visits} visits are shown", shown=counts.shown, visits=counts.visits))
        if public.unnamed:
            console.show_note(
                say("only counted, since the notices do not name them: {count}", count=public.unnamed),
            )
    elif evidence.void_reason is not None:
        console.show_note(say("this draw is void: {reason}", reason=evidence.void_reason), Tone.BAD)
    _tell_written(console, output, written)


@click.command(cls=Command)
@click.argument("slot")
@click.argument("entity")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The receipt to write."
)
@force_option
@click.pass_obj
def receipt(app: App, slot: str, entity: str, *, output: Path, force: bool) -> None:
    """Write a company's receipt: its own row with the proof that it was in the draw, its ticket, and why it was drawn or not.

    Any company can have one, also one that was not drawn or was left out. Until its visit is recorded or the month is past
    everybody is refused alike, so that a refusal tells nothing. ENTITY is any of the company's numbers.

    \b
    Example:
      inspect-cli draw receipt 2026-12/1 91350100M000100Y43 -o receipt.json
    """
    console = Console(language=app.language)
    data = read_receipt(Store.open(app.store_url), Slot(slot), EntityId(entity), app.today)
    told = {"file": str(output), "digest": commitment_digest(parse_receipt(data).commitment)}
    if not write_output(output, data, overwrite=force):
        written = say("{file} holds this very receipt already, for the commitment {digest}", **told)
    else:
        written = say("written: {file}, for the commitment {digest}", **told)
    _tell_written(console, output, written)


def _tell_written(console: Console, output: Path, written: Message) -> None:
    """Say what was written, and how it is checked."""
    console.show_note(written)
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
