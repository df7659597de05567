"""``visit attach``: files that belong to a result, by their digests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.visit.after import AttachOrder, attach_files
from inspect_cli.command_line import Command, json_option
from inspect_cli.console import Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.visit.attachment import NamedFile
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.digest import digest_file
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.app import App
    from inspect_cli.core.visit.attachment import Attachment


@click.command(cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entity", help="Whom the visit was to.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path), help="The files.")
@json_option
@click.pass_obj
def attach(app: App, slot: str, entity: str, *, files: tuple[Path, ...], as_json: bool) -> None:
    """Note the files that belong to a result: name, size and SHA-256 are kept, the files stay where they are.

    \b
    Example:
      inspect-cli --as NAME visit attach 2026-12/1 91350100M000100Y43 photo.jpg
    """
    order = AttachOrder(slot=Slot(slot), entity=EntityId(entity), files=read_files(files))
    new = attach_files(Store.open(app.store_url), app.actor(), read_bureau(app.config), order)
    console = Console(language=app.language)
    if as_json:
        console.show_json([file_data(one) | {"new": one in new} for one in order.files])
        return
    console.show_line(
        say("files noted: {count}, there already: {old}", count=len(new), old=len(set(order.files) - set(new)))
    )


def read_files(paths: Iterable[Path]) -> tuple[NamedFile, ...]:
    """Read what is kept of files; ``UsageMistake`` where one cannot be read."""
    return tuple(
        # A name that is no text in the system's encoding cannot be kept as it is.
        NamedFile(
            name=path.name.encode("utf-8", "replace").decode("utf-8"),
            sha256=(found := digest_file(path)).sha256,
            size=found.size,
        )
        for path in paths
    )


def file_data(one: NamedFile) -> dict[str, object]:
    """Give what was found of a file as data."""
    return {"name": one.name, "sha256": one.sha256, "size": one.size}


def attachment_data(one: Attachment) -> dict[str, object]:
    """Give what is kept of a file as data."""
    return {
        "name": one.name,
        "sha256": one.sha256,
        "size": one.size,
        "added_by": one.added_by,
        "day": one.day.isoformat(),
    }
