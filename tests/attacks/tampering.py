"""Changes of a draw that a cheat, or a bad disk, could make: each invented by its kind and a name, so that it can be made again.

Here are changes of bytes and of values; those of spelling and of rows are in ``rewriting``, those of members, and what a cheat puts
right again afterwards, in ``cheating``. Nothing of the package is imported.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tests.cheats import ODD, places
from tests.oracle_form import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.random_draws import Chance

    Files = dict[str, bytes]
    Invented = tuple[str, Files]
    Inventor = Callable[[Chance, Files], Invented]

PIECES = (
    b'"',
    b",",
    b":",
    b"{",
    b"}",
    b"[",
    b"]",
    b"0",
    b"9",
    b"\\",
    b"\n",
    b" ",
    b"\0",
    b"\xff",
    "镇".encode(),
    b"-",
    b"true",
)
STRAY_KEYS = ("stray", "days", "zone", "zones", "team", "expert", "value", "domain", "open", "amends", "name", "reason")
OTHER_TYPES: tuple[Any, ...] = (None, True, False, 0, -1, 1.5, "", "x", [], {}, ["x"], {"x": 1}, [[]], 2**53)


class Nothing(Exception):
    """A kind of change that cannot be made at the place that chance chose."""


@dataclass
class Spot:
    """An object of a member: the member's own, or that of a row."""

    name: str
    row: int | None
    value: Any

    def written(self, files: Mapping[str, bytes]) -> Files:
        """Write the object back, in canonical form."""
        data = canonical(self.value)
        if self.row is None:
            return {**files, self.name: data}
        lines = files[self.name].splitlines(keepends=True)
        lines[self.row] = data + b"\n"
        return {**files, self.name: b"".join(lines)}


def spot(chance: Chance, files: Files) -> Spot:
    """Choose a member, and a row of a list."""
    name = chance.one(sorted(files))
    if name.endswith(".json"):
        return Spot(name, None, json.loads(files[name]))
    lines = files[name].splitlines()
    number = chance.below(len(lines)) if lines else -1
    if number < 0:
        raise Nothing
    return Spot(name, number, json.loads(lines[number]))


def holder(chance: Chance, value: Any, kind: type) -> Any:
    """Choose an object or a list that is not empty, anywhere in a value."""
    found = [held for _, held in places(value) if isinstance(held, kind) and held]
    if not found:
        raise Nothing
    return chance.one(found)


def slot(chance: Chance, value: Any, kind: type | tuple[type, ...]) -> tuple[Any, Any]:
    """Choose a place that holds a value of a kind, as what it is in and its key there."""
    found = [
        (held, key)
        for _, held in places(value)
        if isinstance(held, dict | list)
        for key, inner in (held.items() if isinstance(held, dict) else enumerate(held))
        if isinstance(inner, kind) and (kind is not int or not isinstance(inner, bool))
    ]
    if not found:
        raise Nothing
    return chance.one(found)


# Bytes


def flipped(files: Files, number: int) -> Invented:
    """Flip one bit of a byte; the bytes of all members have numbers."""
    at = number
    for name in sorted(files):
        if at < len(files[name]):
            bit = sha256(f"{name} {at}".encode()).digest()[0] % 8
            data = bytearray(files[name])
            data[at] ^= 1 << bit
            return f"{name}, byte {at}, bit {bit}", {**files, name: bytes(data)}
        at -= len(files[name])
    raise Nothing


def of_bytes(change: Callable[[Chance, bytes, int], bytes]) -> Inventor:
    """Make an inventor that changes the bytes of a member from some place on."""

    def invent(chance: Chance, files: Files) -> Invented:
        name = chance.one(sorted(files))
        if not files[name]:
            raise Nothing
        at = chance.below(len(files[name]))
        return f"{name} at {at}", {**files, name: change(chance, files[name], at)}

    return invent


def put_in(chance: Chance, data: bytes, at: int) -> bytes:
    """Put a byte or two in."""
    return data[:at] + chance.one((chance.one(PIECES), bytes([chance.below(256)]))) + data[at:]


def overwritten(chance: Chance, data: bytes, at: int) -> bytes:
    """Write a digit or letter over a byte."""
    return data[:at] + chance.one([bytes([one]) for one in b"0123456789abcdefABCDEF"]) + data[at + 1 :]


def doubled_stretch(chance: Chance, data: bytes, at: int) -> bytes:
    """Write a stretch of bytes twice."""
    end = at + 1 + chance.below(60)
    return data[:end] + data[at:]


# Values, written in canonical form again, so that they reach what lies behind the reading of bytes


def of_values(change: Callable[[Chance, Any], str]) -> Inventor:
    """Make an inventor that changes something within an object of a member."""

    def invent(chance: Chance, files: Files) -> Invented:
        place = spot(chance, files)
        done = change(chance, place.value)
        where = place.name if place.row is None else f"row {place.row + 1} of {place.name}"
        return f"{where}: {done}", place.written(files)

    return invent


def of_another_type(chance: Chance, value: Any) -> str:
    """Put a value of another type in a place."""
    inner, key = slot(chance, value, object)
    before = inner[key]
    inner[key] = chance.one([other for other in OTHER_TYPES if type(other) is not type(before)])
    return f"{key} {before!r:.60} -> {inner[key]!r:.60}"


def another_text(chance: Chance, value: Any) -> str:
    """Change a letter of a text, or the whole."""
    inner, key = slot(chance, value, str)
    before = inner[key]
    at, letter = (
        chance.below(len(before) + 1),
        chance.one(("0", "1", "a", "f", "x", "-", "", "/", " ", "镇", "\u202e", "é")),
    )
    inner[key] = chance.one((before[:at] + letter + before[at + 1 :], before[:at] + letter + before[at:], before[::-1]))
    return f"{key} {before!r:.60} -> {inner[key]!r:.60}"


def another_number(chance: Chance, value: Any) -> str:
    """Change a number."""
    inner, key = slot(chance, value, int)
    before = inner[key]
    inner[key] = chance.one((before + 1, before - 1, before + 10, -before, before * 10, 0, 2**53 - 1, 2**53))
    return f"{key} {before} -> {inner[key]}"


def another_flag(chance: Chance, value: Any) -> str:
    """Turn a truth value round."""
    inner, key = slot(chance, value, bool)
    inner[key] = not inner[key]
    return f"{key} -> {inner[key]}"


def number_and_flag(chance: Chance, value: Any) -> str:
    """Write a number as a truth value, or the other way round (some languages do not tell them apart)."""
    inner, key = slot(chance, value, chance.one((int, bool)))
    before = inner[key]
    inner[key] = int(before) if isinstance(before, bool) else bool(before)
    return f"{key} {before} -> {inner[key]}"


def odd_value(chance: Chance, value: Any) -> str:
    """Put something odd in a place."""
    inner, key = slot(chance, value, object)
    before, inner[key] = inner[key], deepcopy(chance.one(ODD))
    return f"{key} {before!r:.60} -> {inner[key]!r:.60}"


def key_dropped(chance: Chance, value: Any) -> str:
    """Drop a key of an object."""
    inner = holder(chance, value, dict)
    key = chance.one(sorted(inner))
    return f"dropped {key} {inner.pop(key)!r:.60}"


def key_renamed(chance: Chance, value: Any) -> str:
    """Give a value another key."""
    inner = holder(chance, value, dict)
    key = chance.one(sorted(inner))
    other = chance.one((key + "s", key.upper(), key[:-1] or "x", chance.one(STRAY_KEYS)))
    inner[other] = inner.pop(key)
    return f"{key} became {other}"


def key_added(chance: Chance, value: Any) -> str:
    """Add a key to an object."""
    inner = holder(chance, value, dict)
    key = chance.one([key for key in STRAY_KEYS if key not in inner])
    inner[key] = deepcopy(chance.one(("x", 1, ["2026-12-02"], ["R001"], {}, "2026-12-02", True)))
    return f"added {key} {inner[key]!r}"


def of_lists(change: Callable[[Chance, list[Any]], object]) -> Inventor:
    """Make an inventor that changes the elements of a list, or their order."""

    def turned(chance: Chance, value: Any) -> str:
        inner = holder(chance, value, list)
        before = repr(inner)
        change(chance, inner)
        return f"{before:.60} -> {inner!r:.60}"

    return of_values(turned)


def element_swapped(chance: Chance, inner: list[Any]) -> None:
    """Exchange two elements."""
    one, other = chance.below(len(inner)), chance.below(len(inner))
    inner[one], inner[other] = inner[other], inner[one]


def values_swapped(chance: Chance, value: Any) -> str:
    """Exchange two values of one type, wherever they are in an object."""
    kind = chance.one((str, int, list, dict))
    (one, here), (other, there) = slot(chance, value, kind), slot(chance, value, kind)
    first, second = deepcopy(one[here]), deepcopy(other[there])
    one[here], other[there] = second, first
    return f"exchanged {here} {first!r:.60} and {there} {second!r:.60}"


def value_from_elsewhere(chance: Chance, files: Files) -> Invented:
    """Put a value in the place of another one under the same key, from any member."""
    place, source = spot(chance, files), spot(chance, files)
    inner, key = slot(chance, place.value, object)
    held = [one for path, one in places(source.value) if path and path[-1] == key]
    if not held:
        raise Nothing
    before, inner[key] = inner[key], deepcopy(chance.one(held))
    return f"{place.name}: {key} {before!r:.60} -> {inner[key]!r:.60} of {source.name}", place.written(files)
