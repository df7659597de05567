"""What a person chooses about the reading of an outside file: its encoding, its sheet, what its headers mean.

What does not live here: the options of the command line (``screens.imports``), and where a mapping is kept (``storage``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    Progress: TypeAlias = Callable[[int, int | None], None]
    """Told now and then how many rows are read, and about how many there are, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChoices:
    """How a file is to be read; the defaults leave everything to the file.

    ``mapping`` says what headers mean: the file's header to a field's name or to any header known for it, or to ``-``, which leaves the
    column out. ``kept`` are mappings that were given before, by the shape of the header row (``Understood.shape``); ``mapping`` stands
    before them. ``partial``: rows with mistakes are left out and told, instead of refusing the file. ``skip_hidden`` leaves out hidden
    rows and columns. Days after ``today`` are told.
    """

    encoding: str | None = None
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    partial: bool = False
    skip_hidden: bool = False
    today: date | None = None
    progress: Progress | None = field(default=None, compare=False, repr=False)


DEFAULT: Final = ReadChoices()
