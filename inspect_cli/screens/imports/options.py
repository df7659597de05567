"""The options that all imports share. What they lead to is ``run``'s matter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.intake.encoding import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What was said on the command line of an import."""

    file: Path
    encoding: str | None
    sheet: str | None
    maps: tuple[str, ...]
    forget_map: bool
    skip_hidden: bool
    update: bool
    dry_run: bool
    yes: bool
    partial: bool
    report: Path | None
    force: bool
    as_json: bool
    retire_missing: bool = False

    def __post_init__(self) -> None:
        """Refuse (``UsageMistake``) options that do not go together."""
        if self.partial and self.report is None:
            raise UsageMistake(
                say("the rows with mistakes would be lost"),
                hint=say("name a file for them too: --partial --report mistakes.xlsx"),
            )
        if self.partial and self.retire_missing:
            raise UsageMistake(
                say("whoever stands in a row with a mistake would be retired as missing"),
                hint=say("leave out --partial or --retire-missing"),
            )


_READING = (
    click.argument("file", type=click.Path(path_type=Path)),
    click.option(
        "--encoding", type=click.Choice(ENCODINGS), help="The file's encoding, where it is not found out by itself."
    ),
    click.option("--sheet", metavar="NAME", help="The sheet to read, where several could be meant."),
    click.option(
        "--map",
        "maps",
        metavar="HEADER=FIELD",
        multiple=True,
        help="What a header of the file means (企业=name), or that its column is left out (备注=-); kept for files of this shape.",
    ),
    click.option("--forget-map", is_flag=True, help="Drop what was kept about headers of this shape."),
    click.option("--skip-hidden", is_flag=True, help="Leave out hidden rows and columns."),
)
_TAKING = (
    click.option("--update", is_flag=True, help="Take the file's values where the registry holds others."),
    click.option("--dry-run", is_flag=True, help="Say what the import would do, and do nothing."),
    click.option("--yes", is_flag=True, help="Answer questions about key fields, numbers and retirements with yes."),
    click.option("--partial", is_flag=True, help="Take the good rows, and write the others into the report."),
    click.option(
        "--report",
        type=click.Path(path_type=Path),
        metavar="FILE.xlsx",
        help="Write the rows back with their mistakes beside them, to be corrected and imported again.",
    ),
    click.option("--force", is_flag=True, help="Overwrite the report where there is one."),
    click.option("--json", "as_json", is_flag=True, help="Print the data as JSON."),
)
_RETIRING = (
    click.option(
        "--retire-missing",
        is_flag=True,
        help="Retire whoever is in the registry and not in the file, which has to be the whole list, not one department's.",
    ),
)


def import_options(command: FC) -> FC:
    """Add an import's options; the command receives them as ``**given``, for ``ImportOptions``."""
    return _add(command, (*_READING, *_TAKING))


def full_import_options(command: FC) -> FC:
    """Add an import's options and ``--retire-missing``."""
    return _add(command, (*_READING, *_TAKING[:-1], *_RETIRING, _TAKING[-1]))


def _add(command: FC, options: tuple[Callable[[Any], Any], ...]) -> FC:
    for option in reversed(options):
        command = option(command)
    return command
