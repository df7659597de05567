"""Changes of how a draw's values are spelled, and of its rows. Nothing of the package is imported."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from tests.attacks.tampering import Nothing, slot, spot
from tests.cheats import by_id
from tests.oracle_form import canonical

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.attacks.tampering import Files, Invented, Inventor
    from tests.random_draws import Chance

# Spelling: the same values in other bytes


def spelled(chance: Chance, files: Files) -> Invented:
    """Spell an object in another way, be its value the same."""
    place = spot(chance, files)
    how = chance.one(list(SPELLINGS))
    plain = canonical(place.value)
    data = SPELLINGS[how](chance, plain, place.value)
    if place.row is None:
        return f"{how} in {place.name}", {**files, place.name: data}
    lines = files[place.name].splitlines(keepends=True)
    lines[place.row] = data + b"\n"
    return f"{how} in row {place.row + 1} of {place.name}", {**files, place.name: b"".join(lines)}


def escaped(_: Chance, plain: bytes, value: Any) -> bytes:
    """Escape what is not ASCII, or else the first letter of a text."""
    data = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    return data if data != plain else plain.replace(b'":"', b'":"\\u00', 1)


def reversed_keys(_: Chance, __: bytes, value: Any) -> bytes:
    """Write the keys backwards."""
    return json.dumps(
        {key: value[key] for key in sorted(value, reverse=True)}, ensure_ascii=False, separators=(",", ":")
    ).encode()


def doubled_key(chance: Chance, plain: bytes, value: Any) -> bytes:
    """Write a key twice with the same value."""
    key = chance.one(sorted(value))
    pair = json.dumps(key) + ":" + canonical(value[key]).decode()
    return plain.replace(pair.encode(), f"{pair},{pair}".encode(), 1)


def floating(chance: Chance, _: bytes, value: Any) -> bytes:
    """Write a whole number as a float or with an exponent."""
    inner, key = slot(chance, value, int)
    mark = 900_000_000_001
    inner[key], number = mark, inner[key]
    return canonical(value).replace(str(mark).encode(), str(number).encode() + chance.one((b".0", b"e0", b"E+0")), 1)


SPELLINGS: dict[str, Callable[[Chance, bytes, Any], bytes]] = {
    "blanks": lambda _c, _p, value: json.dumps(value, ensure_ascii=False, sort_keys=True).encode(),
    "blanks before": lambda chance, plain, _v: chance.one((b" ", b"\t", b"\r")) + plain,
    "blanks behind": lambda chance, plain, _v: plain + chance.one((b" ", b"\t", b"\r", b"\n")),
    "byte order mark": lambda _c, plain, _v: b"\xef\xbb\xbf" + plain,
    "UTF-16": lambda _c, plain, _v: plain.decode().encode("utf-16"),
    "escapes": escaped,
    "escaped slash": lambda _c, plain, _v: plain.replace(b'"}', b'\\/"}', 1),
    "keys backwards": reversed_keys,
    "key doubled": doubled_key,
    "float": floating,
    "decomposed": lambda _c, plain, _v: plain.replace(b'":"', b'":"' + unicodedata.normalize("NFD", "é").encode(), 1),
    "lone surrogate": lambda _c, plain, _v: plain.replace(b'":"', b'":"\\ud800', 1),
}


# Rows


def of_rows(change: Callable[[Chance, list[bytes]], object]) -> Inventor:
    """Make an inventor that changes the rows of a list, or their order."""

    def invent(chance: Chance, files: Files) -> Invented:
        name = chance.one([name for name in sorted(files) if name.endswith(".jsonl")])
        lines = files[name].splitlines(keepends=True)
        if not lines:
            raise Nothing
        done = change(chance, lines)
        return f"{name}, {done}", {**files, name: b"".join(lines)}

    return invent


def row_dropped(chance: Chance, lines: list[bytes]) -> str:
    """Drop a row."""
    at = chance.below(len(lines))
    del lines[at]
    return f"row {at + 1}"


def row_doubled(chance: Chance, lines: list[bytes]) -> str:
    """Write a row twice, here or elsewhere."""
    at, there = chance.below(len(lines)), chance.below(len(lines) + 1)
    lines.insert(there, lines[at])
    return f"row {at + 1} at {there + 1}"


def rows_swapped(chance: Chance, lines: list[bytes]) -> str:
    """Exchange two rows."""
    one, other = chance.below(len(lines)), chance.below(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return f"rows {one + 1} and {other + 1}"


def row_moved(chance: Chance, lines: list[bytes]) -> str:
    """Move a row."""
    one, other = chance.below(len(lines)), chance.below(len(lines))
    lines.insert(other, lines.pop(one))
    return f"row {one + 1} to {other + 1}"


def row_added(chance: Chance, lines: list[bytes]) -> str:
    """Add somebody, in the right order, with the values of somebody else."""
    row = json.loads(chance.one(lines))
    row |= {"id": f"{row['id'][:-1]}{chance.below(100)}", "salt": chance.salt()}
    lines.append(canonical(row) + b"\n")
    lines.sort(key=lambda line: by_id(json.loads(line)))
    return f"{row['id']} added"


def row_renamed(chance: Chance, lines: list[bytes]) -> str:
    """Give somebody another id, and sort anew."""
    at = chance.below(len(lines))
    row = json.loads(lines[at])
    row["id"] = f"{row['id'][:-1]}{chance.below(100)}"
    lines[at] = canonical(row) + b"\n"
    lines.sort(key=lambda line: by_id(json.loads(line)))
    return f"row {at + 1} is {row['id']}"


def row_values_swapped(chance: Chance, lines: list[bytes]) -> str:
    """Exchange the values of one key between two rows, and sort anew."""
    one, other = chance.below(len(lines)), chance.below(len(lines))
    here, there = json.loads(lines[one]), json.loads(lines[other])
    key = chance.one(sorted(set(here) & set(there)))
    here[key], there[key] = there[key], here[key]
    lines[one], lines[other] = canonical(here) + b"\n", canonical(there) + b"\n"
    lines.sort(key=lambda line: by_id(json.loads(line)))
    return f"{key} of rows {one + 1} and {other + 1}"


def rows_joined(chance: Chance, lines: list[bytes]) -> str:
    """Take the end of a row away, or put one in, or an empty row."""
    at = chance.below(len(lines))
    lines[at] = chance.one((lines[at][:-1], b"\n" + lines[at], lines[at].replace(b",", b"\n,", 1)))
    return f"row {at + 1}"
