"""Numbers of identity cards in cells that ask for something else: told, for such a number is to be in no registry.

What does not live here: the form of such a number (``core.registry.identity``), and columns of them, which are never read (``headers``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.identity import has_identity_number
from inspect_cli.errors import Mistake, say
from inspect_cli.files.intake.cells import NOTICE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.files.intake.cells import Cells

_CODES: Final = frozenset({"credit_code", "registration_number", "entity"})
"""What asks for numbers of that length."""
_LIKELY: Final = re.compile(r"\d{17}")
_NOTICE: Final = say(
    "the cell holds the number of an identity card, which would be kept with it: take it out of the file, and import it with --update"
)


def tell_identity_numbers(cells: Cells, rows: Sequence[int]) -> None:
    """Note each cell of a batch, whose rows have these numbers, that holds such a number; the number itself is not repeated."""
    for field, header, column in cells.columns():
        if field in _CODES or _LIKELY.search("\n".join(column)) is None:
            continue
        for row, text in zip(rows, column, strict=True):
            if not has_identity_number(text):
                continue
            if len(cells.notices) < NOTICE_LIMIT:
                cells.notices.append(Mistake(what=_NOTICE, where=cells.table.position(row, header)))
            else:
                cells.further_notices += 1
