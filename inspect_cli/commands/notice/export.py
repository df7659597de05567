"""``notice export``: approved results in the layouts of other platforms, to be entered there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.publish.platform import gather_lines
from inspect_cli.command_line import Command, force_option
from inspect_cli.console import Console
from inspect_cli.core.publish.platform import Platform
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.export.platforms import INTERNAL, platform_layout
from inspect_cli.files.export.table import Table
from inspect_cli.screens.export import Export, ExportChoices, write_export

if TYPE_CHECKING:
    from typing import Any

    from sqlmodel import Session

    from inspect_cli.app import App


@click.command("export", cls=Command)
@click.argument("about", metavar="MONTH|SLOT", help="The month (2026-12), or a draw with its supplements (2026-12/1).")
@click.option(
    "--platform",
    required=True,
    type=click.Choice([platform.value for platform in Platform]),
    help="For the provincial platform, with internal fields; or for the national credit system, public fields alone.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write: a file whose name ends in .xlsx or .csv.",
)
@force_option
@click.pass_obj
def export_file(app: App, about: str, *, platform: str, output: Path, force: bool) -> None:
    """Write approved results in the layout of a platform in which they are entered again.

    The credit system's sheet has what published notices show, and nothing else. The provincial one has all approved results with
    inspectors, certificates, findings and follow-ups: it is internal, and the log says who took it out.

    \b
    Example:
      inspect-cli notice export --platform credit 2026-12 -o credit.xlsx
      inspect-cli --as NAME notice export --platform provincial 2026-12/1 -o p.xlsx
    """
    bureau, wanted = read_bureau(app.config), Platform(platform)
    layout = platform_layout(wanted)

    def read(session: Session) -> Table[Any]:
        return Table(layout=layout, rows=gather_lines(session, bureau, about, wanted))

    private = INTERNAL if wanted is Platform.PROVINCIAL else ()
    choices = ExportChoices(output=output, headers="zh", template=False, force=force)
    write_export(app, Export(noun="notice", read=read, template=layout, private=private), choices)
    if private:
        Console(language=app.language).show_note(
            say("internal: it names inspectors, findings and follow-ups ({columns}); never publish it", columns=private)
        )
