"""The headers under which registry files name their columns, Chinese and English, and which columns a sheet must have.

What lives here: the match of a file's headers against a sheet's fields. What does not: the words themselves (``sheets``), what a
person says that a header means (``mapping``), where in a file the header row is (``table``), and what the cells below it say (``rows``).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.traditional import simplify
from inspect_cli.errors import Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspect_cli.errors import Message

LEFT_OUT: Final = ""
"""What a mapping names instead of a field for a column that is to be left out."""
NEAR_FROM: Final = 4
"""Headers of at least this many characters may have one wrong and still be recognised as meant."""

PROBLEMS: Final = ("问题", "Problems")
"""The header, in each language, of the column that a report of mistakes adds; nothing is read from it."""

INFORMING: Final[Mapping[str, Term]] = {
    "domains_by_rule": Term(zh="按规则确定的领域", en="domains given by rule"),
    "retired": Term(zh="退出名录日期", en="retired on"),
    "retired_reason": Term(zh="退出名录原因", en="reason of retirement"),
    "successor": Term(zh="变更后代码", en="now kept as"),
    "company": Term(zh="对应企业名称", en="name of the company"),
    "person": Term(zh="对应人员姓名", en="name of the person"),
}
"""Headers of the columns by which an export only informs; no sheet has a field of that name, and nothing is read from them."""

_FILLERS: Final = re.compile(r"[\s_*:\-★☆▲△●○※◆◇]+|\((?:必填|选填|可选|必填项|required|optional)\)")
_BRACKETED: Final = re.compile(r"\([^()]*\)$")
# A number of an identity card is no business of this software, under whatever header it comes.
_IDENTITY: Final = ("身份证", "公民身份", "identitycard", "idcard", "identitynumber")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A kind of table: each field's headers (the first is the one to show), and what must be there.

    ``required`` lists alternatives: of each group at least one field has a column. ``absent`` says what a person should know
    when the column of a field is not there, ``apart`` what becomes of columns (by header) that such files have and that are not read,
    and ``ways_out`` what to do where the column of a required field is missing and adding it is not the only way.
    """

    fields: Mapping[str, tuple[str, ...]]
    required: tuple[tuple[str, ...], ...]
    absent: Mapping[str, Message] = field(default_factory=dict)
    ways_out: Mapping[str, Message] = field(default_factory=dict)
    apart: Mapping[str, Message] = field(default_factory=dict)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Return each folded header with its field."""
        return {fold_header(header): name for name, headers in self.fields.items() for header in (*headers, name)}

    def find_field(self, header: str) -> str | None:
        """Return the field that a header names, if any; a remark in brackets at its end is no part of the name."""
        folded = fold_header(header)
        return self.words.get(folded) or self.words.get(_BRACKETED.sub("", folded))

    def find_apart(self, header: str) -> Message | None:
        """Return what a person should know of a column that is known and not read, if it is one."""
        folded = fold_header(header)
        return next((what for known, what in self.apart.items() if fold_header(known) == folded), None)

    def find_near(self, header: str) -> tuple[str, str] | None:
        """Return the field and the known header that an unknown one misses by one character, if any.

        The character is another one, missing or too many, or two neighbours have changed places.
        """
        folded = fold_header(header)
        for field_, headers in self.fields.items():
            for known in headers:
                if _is_near(folded, fold_header(known)):
                    return field_, known
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A file's header row as read: the place of each field's column, and what stands beside them (places from 0).

    ``left_out`` are the columns that a mapping leaves out.
    """

    header: tuple[str, ...]
    places: Mapping[str, int]
    doubled: tuple[tuple[int, str], ...]
    missing: tuple[tuple[str, ...], ...]
    identity: tuple[int, ...]
    unknown: tuple[int, ...]
    left_out: tuple[int, ...] = ()


def fold_header(header: str) -> str:
    """Return a header as headers are compared: half-width, small, simplified, without blanks, underscores, asterisks and colons."""
    folded = simplify(unicodedata.normalize("NFKC", header).casefold())
    return _FILLERS.sub("", "".join(c for c in folded if unicodedata.category(c) != "Cf"))


def shape_of(header: Sequence[str]) -> str:
    """Return the SHA-256 that files with the same headers in the same order share, however these are dressed.

    Columns that a report of mistakes leaves out or adds do not count: the corrected report is a file of the same shape.
    """
    folded = [fold_header(text) for text in header if not is_identity(text) and not is_problems(text)]
    while folded and not folded[-1]:
        folded.pop()
    return hashlib.sha256(json.dumps(folded, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def is_identity(header: str) -> bool:
    """Say whether a column holds the numbers of identity cards, which are never stored."""
    folded = fold_header(header)
    return any(word in folded for word in _IDENTITY)


def is_problems(header: str) -> bool:
    """Say whether a column is the one that a report of mistakes adds."""
    return fold_header(header) in _PROBLEMS


def find_fields(header: Sequence[str], sheet: Sheet, meant: Mapping[str, str]) -> list[str | None]:
    """Return what each header names: a field, ``LEFT_OUT``, or None. ``meant`` are folded headers whose meaning a person has said."""
    return [_find_field(text, sheet, meant) for text in header]


def match_headers(header: Sequence[str], sheet: Sheet, meant: Mapping[str, str] | None = None) -> Columns:
    """Match a header row against the fields of a sheet."""
    fields = find_fields(header, sheet, meant or {})
    count = Counter(fields)
    places = {field: place for place, field in reversed(list(enumerate(fields))) if field}
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
        left_out=tuple(place for place, field in enumerate(fields) if field == LEFT_OUT),
    )


def _find_field(header: str, sheet: Sheet, meant: Mapping[str, str]) -> str | None:
    if is_identity(header):
        return None
    folded = fold_header(header)
    if folded in meant:
        return meant[folded]
    return LEFT_OUT if folded in _PROBLEMS else sheet.find_field(header) or (LEFT_OUT if folded in _SILENT else None)


def _is_near(one: str, other: str) -> bool:
    """Say whether two texts differ by one character: another one, one more, one less, or two neighbours changed."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or len(one) < NEAR_FROM:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    return one[start + 1 :] == other[start + 1 :] or (
        one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    )


_PROBLEMS: Final = frozenset(fold_header(header) for header in PROBLEMS)
# The running number of a row, which nearly every sheet has: nothing to tell about.
_SERIALS: Final = ("序号", "行号", "no.", "no", "#", "serial number")
_SILENT: Final = frozenset(
    fold_header(header) for header in (*_SERIALS, *(text for term in INFORMING.values() for text in (term.zh, term.en)))
)
