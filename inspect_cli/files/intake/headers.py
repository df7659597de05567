"""The headers under which registry files name their columns, Chinese and English, and which columns a sheet must have.

What lives here: for each kind of sheet its fields with their synonyms, and the match of a file's headers against them. What
does not: where in a file the header row is (``table``), and what the cells below it say (``entities`` and its neighbours).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspect_cli.errors import Message

_FILLERS: Final = re.compile(r"[\s_*:\-]+|\((?:必填|选填|可选|必填项|required|optional)\)")
_BRACKETED: Final = re.compile(r"\([^()]*\)$")
# A number of an identity card is no business of this software, under whatever header it comes.
_IDENTITY: Final = ("身份证", "公民身份", "identitycard", "idcard", "identitynumber")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A kind of table: each field's headers (the first is the one to show), and what must be there.

    ``required`` lists alternatives: of each group at least one field has a column. ``absent`` says what a person should know
    when the column of a field is not there.
    """

    fields: Mapping[str, tuple[str, ...]]
    required: tuple[tuple[str, ...], ...]
    absent: Mapping[str, Message] = field(default_factory=dict)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Return each folded header with its field."""
        return {fold_header(header): name for name, headers in self.fields.items() for header in (*headers, name)}

    def find_field(self, header: str) -> str | None:
        """Return the field that a header names, if any; a remark in brackets at its end is no part of the name."""
        folded = fold_header(header)
        return self.words.get(folded) or self.words.get(_BRACKETED.sub("", folded))

    def count_known(self, cells: Sequence[str]) -> int:
        """Count how many different fields a row of cells names."""
        return len({self.find_field(cell) for cell in cells if not is_identity(cell)} - {None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A file's header row as read: the place of each field's column, and what stands beside them (places from 0)."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    doubled: tuple[tuple[int, str], ...]
    missing: tuple[tuple[str, ...], ...]
    identity: tuple[int, ...]
    unknown: tuple[int, ...]


def fold_header(header: str) -> str:
    """Return a header as headers are compared: half-width, small, without blanks, underscores, asterisks and colons."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return _FILLERS.sub("", "".join(c for c in folded if unicodedata.category(c) != "Cf"))


def is_identity(header: str) -> bool:
    """Say whether a column holds the numbers of identity cards, which are never stored."""
    folded = fold_header(header)
    return any(word in folded for word in _IDENTITY)


def match_headers(header: Sequence[str], sheet: Sheet) -> Columns:
    """Match a header row against the fields of a sheet."""
    fields = [None if is_identity(text) else sheet.find_field(text) for text in header]
    count = Counter(fields)
    places = {field: place for place, field in reversed(list(enumerate(fields))) if field is not None}
    return Columns(
        header=tuple(text.strip() for text in header),
        places=places,
        doubled=tuple((place, field) for place, field in enumerate(fields) if field and count[field] > 1),
        missing=tuple(group for group in sheet.required if not any(field in places for field in group)),
        identity=tuple(place for place, text in enumerate(header) if is_identity(text)),
        unknown=tuple(
            place
            for place, (text, field) in enumerate(zip(header, fields, strict=True))
            if field is None and text.strip() and not is_identity(text)
        ),
    )
