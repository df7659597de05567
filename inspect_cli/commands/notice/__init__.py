"""``notice``: what is published: drafts, publication, later versions, and files. What it may show is ``core.publish``'s matter."""

from __future__ import annotations

import click

from inspect_cli.command_line import Group
from inspect_cli.commands.notice.check import check
from inspect_cli.commands.notice.correct import correct, expire
from inspect_cli.commands.notice.draft import render
from inspect_cli.commands.notice.due import due, ics
from inspect_cli.commands.notice.ending import repair, withdraw
from inspect_cli.commands.notice.export import export_file
from inspect_cli.commands.notice.listing import list_published, show
from inspect_cli.commands.notice.publish import preview, publish
from inspect_cli.commands.notice.write import write


@click.group(cls=Group)
def notice() -> None:
    """Public notices: drafts, publication, corrections, and files of them.

    \b
    Example:
      inspect-cli notice preview draw 2026-12/1
      inspect-cli --as NAME notice publish draw 2026-12/1
      inspect-cli notice list 2026-12
      inspect-cli notice write DOCUMENT --format docx -o draw.docx
    """


for command in (
    preview,
    publish,
    list_published,
    show,
    write,
    correct,
    repair,
    withdraw,
    expire,
    render,
    due,
    ics,
    check,
    export_file,
):
    notice.add_command(command)
