"""An error as the lines that a person reads: what is wrong, where, what to do, and all the mistakes of a file.

What does not live here: printing them, and the exit status (``cli.py``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from inspect_cli.language import _, join_label, join_places, translate
from inspect_cli.widths import cut, visible

if TYPE_CHECKING:
    from inspect_cli.errors import InspectError, Message, Mistake, Position

MISTAKES_SHOWN: Final = 50
VALUE_CELLS: Final = 60
"""How much of a wrong value is quoted."""


def render_error(error: InspectError) -> list[str]:
    """Render the three parts of a message, and the first ``MISTAKES_SHOWN`` mistakes with the number of the rest."""
    lines = [_("Error: {what}").format(what=translate(error.what))]
    if error.where:
        lines.append(_("Where: {place}").format(place=render_place(error.where)))
    own = _own_remedies(error)
    for mistake in error.mistakes[:MISTAKES_SHOWN]:
        lines.append(f"  {render_mistake(mistake, error.where)}")
        if mistake.remedy in own:
            lines.append("    " + _("What to do: {hint}").format(hint=translate(mistake.remedy)))
    if len(error.mistakes) > MISTAKES_SHOWN:
        lines.append("  " + _("… and {count} more").format(count=len(error.mistakes) - MISTAKES_SHOWN))
    lines += [_("What to do: {hint}").format(hint=translate(hint)) for hint in _hints(error, own)]
    return lines


def _own_remedies(error: InspectError) -> list[Message]:
    """Give the remedies that one of several mistakes has for itself: they stand beneath it, and not with those that many share."""
    remedies = [mistake.remedy for mistake in error.mistakes[:MISTAKES_SHOWN] if mistake.remedy is not None]
    return [remedy for remedy in remedies if len(error.mistakes) > 1 and remedies.count(remedy) == 1]


def _hints(error: InspectError, own: list[Message]) -> list[Message]:
    """Give the remedies that the mistakes shown share, each once, then the error's own hint: correct the cells, then go on."""
    hints: list[Message] = []
    for mistake in error.mistakes[:MISTAKES_SHOWN]:
        if mistake.remedy and mistake.remedy not in hints and mistake.remedy not in own:
            hints.append(mistake.remedy)
    return hints + ([error.hint] if error.hint and error.hint not in hints else [])


def render_place(where: Position) -> str:
    """Say where something stands, as a spreadsheet would show it."""
    return join_places([visible(where.file), *_inner_place(where)])


def _inner_place(where: Position) -> list[str]:
    """Name sheet, row and column, as far as they are known."""
    sheet = [] if where.sheet is None else [_("sheet {sheet}").format(sheet=visible(where.sheet))]
    row = [] if where.row is None else [_("row {row}").format(row=where.row)]
    column = [] if where.column is None else [visible(where.column)]
    return [*sheet, *row, *column]


def render_mistake(mistake: Mistake, head: Position | None) -> str:
    """Put one mistake on one line; its file and its sheet are named where the head does not name them already, a value once."""
    where = mistake.where
    if head is None or head.file != where.file:
        place = render_place(where)
    else:
        place = join_places(_inner_place(replace(where, sheet=None) if where.sheet == head.sheet else where))
    what = translate(mistake.what)
    value = "" if mistake.value is None else f"“{cut(visible(mistake.value), VALUE_CELLS)}”"
    return join_label(part for part in [place, "" if value in what else value, what] if part)
