"""What was understood of an outside file, for whoever imports it to look at before anything is taken.

What does not live here: how it is shown (``screens.imports``), and the understanding itself (``table``, ``headers``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.files.intake.book import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodColumn:
    """One column: its place (from 0), its header, the field that it fills (None: left out), and the first value below the header.

    ``is_identity``: it holds numbers of identity cards; it is never read, and has no example.
    """

    place: int
    header: str
    field: str | None
    example: str | None = None
    is_hidden: bool = False
    is_identity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a file is, where its table stands, and what its columns mean.

    ``sheet`` is None for a text. ``shape`` is the SHA-256 of the folded header row: files of one shape take one mapping. ``mapping``
    is what was used, header to field or ``-``; ``is_mapping_kept``: some of it was given with an earlier file. ``hidden_columns`` are
    places from 0. ``passed_over`` are the other sheets, in their order.
    """

    form: Form
    encoding: str | None
    sheet: str | None
    header_row: int
    columns: tuple[UnderstoodColumn, ...]
    shape: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    is_mapping_kept: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    passed_over: tuple[str, ...] = ()
