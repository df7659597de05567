"""How a help page is laid out: translated, measured in cells, Chinese broken between characters.

A command's docstring is its help: each paragraph is one sentence of the catalogue, the first one also its line in the list of
its group. A block that starts with ``\\b`` is an example and shown as it stands. What does not live here: the commands and
options themselves (``command_line.py``).
"""

from __future__ import annotations

import inspect
import shutil
from typing import TYPE_CHECKING, Final

import click

from inspect_cli.language import _
from inspect_cli.widths import cells, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_WIDTH: Final = 30


class CellFormatter(click.HelpFormatter):
    """A help page measured in cells, so that Chinese columns stand straight and its lines break between characters."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        """Take the terminal's width, at most ``max_width`` (80), also where it is narrower than click's least one."""
        width = width or max(min(shutil.get_terminal_size().columns, max_width or 80) - 2, _LEAST_WIDTH)
        super().__init__(indent_increment, width, max_width)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called, its continuation indented."""
        head = f"{_('Usage:') if prefix is None else prefix.strip()} {prog}"
        lines = wrap(f"{head} {args}", self.width)
        self.write("".join(f"{'    ' if index else ''}{line}\n" for index, line in enumerate(lines)))

    def write_heading(self, heading: str) -> None:
        """Write a section's name, with the colon of its language."""
        self.write(f"{'':>{self.current_indent}}{heading}{_(':')}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; one whose first line is ``\\b`` keeps its lines."""
        indent = " " * self.current_indent
        blocks = [
            _block_lines(block, self.width - self.current_indent) for block in text.split("\n\n") if block.strip()
        ]
        self.write("\n".join("".join(f"{indent}{line}\n" for line in lines) for lines in blocks))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms with their meanings in two columns."""
        rows = list(rows)
        # Where the screen is narrow, the meanings keep half of it.
        widest = min(col_max, self.width // 2)
        first = min(max(cells(term) for term, _meaning in rows), widest) + col_spacing
        indent = " " * self.current_indent
        for term, meaning in rows:
            lines = wrap(meaning, max(self.width - self.current_indent - first, 10))
            if cells(term) > first - col_spacing or not lines:
                self.write(f"{indent}{term}\n")
            else:
                self.write(f"{indent}{pad(term, first)}{lines.pop(0)}\n")
            self.write("".join(f"{indent}{'':{first}}{line}\n" for line in lines))


def _block_lines(block: str, width: int) -> list[str]:
    """Break one paragraph of help into lines, or keep the lines of an example."""
    if not block.startswith("\b"):
        return wrap(" ".join(block.split()), width)
    headings = {"Example:": _("Example:"), "Examples:": _("Examples:")}
    return [headings.get(line, line) for line in block.splitlines()[1:]]


def paragraphs(text: str) -> list[str]:
    """Split a help text into its paragraphs as the catalogue knows them: one line each, examples left as they are."""
    blocks = inspect.cleandoc(text).partition("\f")[0].split("\n\n")
    return [block if block.startswith("\b") else " ".join(block.split()) for block in blocks if block.strip()]


def translate_help(text: str) -> str:
    """Translate each paragraph of a help text but its examples."""
    return "\n\n".join(part if part.startswith("\b") else _(part) for part in paragraphs(text))
