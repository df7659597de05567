"""Reading the keys of a canonical object, each as what it must be; the form of ids, days, digests, salts and instants.

What lives here: forms, and refusals that say where. What does not: which keys a member has (``rows``, ``commitment``,
``result``).

BYTES-6  Sorted means ascending by UTF-8 bytes, each once. (Code point order is the same order, and what Python compares
         by.)
BYTES-7  An id is 1 to 64 code points, none of them white space (Unicode White_Space), of category Cc or Cf, or ``/``.
BYTES-8  A day is ``YYYY-MM-DD`` and exists.
BYTES-9  A member is refused whole when it lacks a key, has one of another type, or has one that its section does not
         know.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from inspect_cli.core.canonical import CanonicalError, parse_canonical
from inspect_cli.errors import InputError, Message, Position, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Choice = TypeVar("Choice", bound=StrEnum)

_PLAIN_ID = re.compile(r"[!-.0-~]{1,64}")
_WHITE_SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9])"
    r"(?:\.(?P<fraction>[0-9]+))?(?:[Zz]|(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3]):(?P<minutes>[0-5][0-9]))"
)
_SHOWN = 80


def is_id(text: str) -> bool:
    """Say whether ``text`` has the form of an id (BYTES-7)."""
    if _PLAIN_ID.fullmatch(text):
        return True
    if not 1 <= len(text) <= 64 or "/" in text or _WHITE_SPACE.search(text):  # noqa: PLR2004 - the protocol's bound
        return False
    return not any(unicodedata.category(character) in {"Cc", "Cf"} for character in text)


def is_digest(text: str) -> bool:
    """Say whether ``text`` is 64 lower-case hex digits."""
    return _DIGEST.fullmatch(text) is not None


def is_salt(text: str) -> bool:
    """Say whether ``text`` is 32 lower-case hex digits."""
    return _SALT.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Say whether ``text`` is a day that exists, ``YYYY-MM-DD`` (BYTES-8)."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_sorted(items: Sequence[str]) -> bool:
    """Say whether the items ascend, each once (BYTES-6)."""
    return all(left < right for left, right in pairwise(items))


def parse_instant(text: str) -> tuple[int, str]:
    """Read RFC 3339 with an offset as (seconds, digits of the fraction): tuples that compare as instants.

    Leap seconds are not taken. Raises ``InputError``.
    """
    match = _INSTANT.fullmatch(text)
    if match is None or not is_day(match["day"]):
        raise InputError(
            say("{value} is not a time with its offset from UTC", value=shorten(text)),
            hint=say("write it like 2026-11-30T09:00:00+08:00 (RFC 3339)"),
        )
    seconds = date.fromisoformat(match["day"]).toordinal() * 86400
    seconds += int(match["hour"]) * 3600 + int(match["minute"]) * 60 + int(match["second"])
    if match["sign"]:
        offset = int(match["hours"]) * 3600 + int(match["minutes"]) * 60
        seconds -= offset if match["sign"] == "+" else -offset
    return seconds, (match["fraction"] or "").rstrip("0")


def shorten(text: str) -> str:
    """Give a text from outside in a length that fits a message."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """An object of a member, with its place: every reader gives the key's value as what it must be or refuses the member."""

    values: Mapping[str, object]
    file: str
    row: int | None = None
    path: str = ""

    def fault(self, key: str, what: Message) -> InputError:
        """Make the refusal that says what is wrong with ``key``."""
        return refusal(what, self.file, self.row, shorten(self.path + key))

    def require_known(self, known: Iterable[str]) -> None:
        """Refuse keys beyond the known ones (BYTES-9)."""
        for key in self.values:
            if key not in known:
                raise self.fault(key, say("this key is not known here"))

    def raw(self, key: str) -> object:
        """Give the value of a key that must be there."""
        try:
            return self.values[key]
        except KeyError as error:
            raise self.fault(key, say("this key is missing")) from error

    def text(self, key: str) -> str:
        """Give a text."""
        value = self.raw(key)
        if not isinstance(value, str):
            raise self.fault(key, say("this is not a text"))
        return value

    def whole(self, key: str, least: int, most: int | None = None) -> int:
        """Give a whole number of at least ``least`` and, where that is given, at most ``most``."""
        value = self.raw(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(key, say("this is not a whole number"))
        if value < least or (most is not None and value > most):
            raise self.fault(key, say("{value} is out of range", value=value))
        return value

    def flag(self, key: str) -> bool:
        """Give a truth value."""
        value = self.raw(key)
        if not isinstance(value, bool):
            raise self.fault(key, say("this is neither true nor false"))
        return value

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """Give one of the named values."""
        value = self.text(key)
        try:
            return choices(value)
        except ValueError as error:
            known = tuple(one.value for one in choices)
            raise self.fault(key, say("{value} is none of {known}", value=shorten(value), known=known)) from error

    def identifier(self, key: str) -> str:
        """Give an id."""
        value = self.text(key)
        self._require_id(key, value)
        return value

    def digest(self, key: str) -> str:
        """Give a digest."""
        value = self.text(key)
        if not is_digest(value):
            raise self.fault(key, say("this is not a SHA-256 digest of 64 lower-case hex digits"))
        return value

    def salt(self, key: str) -> str:
        """Give a salt."""
        value = self.text(key)
        if not is_salt(value):
            raise self.fault(key, say("this is not a salt of 32 lower-case hex digits"))
        return value

    def day(self, key: str) -> str:
        """Give a day."""
        value = self.text(key)
        self._require_day(key, value)
        return value

    def items(self, key: str) -> Sequence[object]:
        """Give a list, whatever it holds."""
        value = self.raw(key)
        if not isinstance(value, list):
            raise self.fault(key, say("this is not a list"))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts, in its order."""
        texts = []
        for item in self.items(key):
            if not isinstance(item, str):
                raise self.fault(key, say("this is not a list of texts"))
            texts.append(item)
        return tuple(texts)

    def sorted_texts(self, key: str) -> tuple[str, ...]:
        """Give a sorted list of texts."""
        texts = self.texts(key)
        self._require_sorted(key, texts)
        return texts

    def ids(self, key: str) -> tuple[str, ...]:
        """Give a list of ids, in its order."""
        texts = self.texts(key)
        for text in texts:
            self._require_id(key, text)
        return texts

    def sorted_ids(self, key: str) -> tuple[str, ...]:
        """Give a sorted list of ids."""
        texts = self.ids(key)
        self._require_sorted(key, texts)
        return texts

    def sorted_days(self, key: str, least: int = 0) -> tuple[str, ...]:
        """Give a sorted list of at least ``least`` days."""
        texts = self.texts(key)
        for text in texts:
            self._require_day(key, text)
        self._require_sorted(key, texts)
        if len(texts) < least:
            raise self.fault(key, say("this list is empty"))
        return texts

    def nested(self, key: str) -> Fields:
        """Give an object."""
        return self._nested(self.raw(key), key)

    def nested_list(self, key: str) -> tuple[Fields, ...]:
        """Give a list of objects."""
        return tuple(self._nested(item, f"{key}[{index}]") for index, item in enumerate(self.items(key)))

    def _nested(self, value: object, key: str) -> Fields:
        if not isinstance(value, dict):
            raise self.fault(key, say("this is not an object"))
        return Fields(values=value, file=self.file, row=self.row, path=f"{self.path}{key}.")

    def _require_id(self, key: str, text: str) -> None:
        if not is_id(text):
            what = say(
                "{value} is not an id: 1 to 64 characters, no space, control character or /", value=shorten(text)
            )
            raise self.fault(key, what)

    def _require_day(self, key: str, text: str) -> None:
        if not is_day(text):
            raise self.fault(key, say("{value} is not a day written YYYY-MM-DD", value=shorten(text)))

    def _require_sorted(self, key: str, texts: tuple[str, ...]) -> None:
        if not is_sorted(texts):
            raise self.fault(key, say("this list is not sorted, or names something twice"))


def refusal(what: Message, file: str, row: int | None = None, column: str | None = None) -> InputError:
    """Make the error that refuses a whole member: what is wrong with it, where, and what to do."""
    return InputError(
        what,
        where=Position(file=file, row=row, column=column),
        hint=say("ask whoever made it for a fresh copy; it must not be edited or re-saved"),
    )


def parse_object(data: bytes, file: str, row: int | None = None) -> Fields:
    """Read one canonical object of a member; raises ``InputError`` with its place."""
    try:
        value = parse_canonical(data)
    except CanonicalError as error:
        raise refusal(error.what, file, row) from error
    if not isinstance(value, dict):
        raise refusal(say("this is not an object"), file, row)
    return Fields(values=value, file=file, row=row)
