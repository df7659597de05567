"""Lines of a list, and the further keys of a row that no rule reads.

What lives here: what all three kinds of rows share. What does not: the rows (``entity_row``, ``rows``).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from inspect_cli.core.canonical import parse_canonical, render_canonical
from inspect_cli.core.draw.fields import refusal
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.draw.fields import Fields

NOTHING = b"{}"
"""The further keys of a row that has none."""


def parse_lines(data: bytes, file: str) -> Iterator[bytes]:
    """Give the lines of a list without their LF; raises ``InputError`` where the last has none (ROWS-1)."""
    if data and not data.endswith(b"\n"):
        raise refusal(say("the last line does not end with a line feed"), file)
    for line in BytesIO(data):
        yield line[:-1]


def require_ascent(is_ascending: bool, file: str, number: int) -> None:
    """Refuse (``InputError``) row ``number`` of a list unless it stands behind the one before it (ROWS-1)."""
    if not is_ascending:
        raise refusal(say("the rows are not sorted by id, or one stands twice"), file, number)


def parse_others(others: bytes) -> dict[str, object]:
    """Give the further keys of a row, which no rule reads."""
    values = parse_canonical(others)
    return values if isinstance(values, dict) else {}


def render_others(values: dict[str, object]) -> bytes:
    """Give the bytes in which a row keeps its further keys; raises ``CanonicalError``."""
    return render_canonical(values) if values else NOTHING


def further_keys(fields: Fields, known: frozenset[str]) -> bytes:
    """Give the keys of an object beyond the known ones, in the bytes in which a row keeps them."""
    return render_others({key: value for key, value in fields.values.items() if key not in known})
