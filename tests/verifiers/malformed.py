"""Files that nobody should send, made at random from good ones: bytes that are no text, values of the wrong kind, depths and sizes.

What lives here: changes of one member of a bundle, or of a receipt. What does not: tricks with zip files (``tests/attacks``), and
cheats that keep the form (``tests/cheats``). Nothing of the package is imported.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tests.cheats import places
from tests.oracle_form import canonical

if TYPE_CHECKING:
    from tests.random_draws import Chance

Content = dict[str, bytes] | bytes

BYTES: Final = (
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xbc", b"\r", b"\n", b"\r\n",
    b" ", b"\t", b"\x1b[2J", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"NaN", b"-", b"1e9", b"0", b"\\u0000",
    b"\\ud800", b"\\udc00", b"\\u0041", b"\\/", "\u2028".encode(), "e\u0301".encode(), "\u212b".encode(), "\u202e".encode(),
    "\U00020000".encode(),
)  # fmt: skip
"""What is put somewhere, or in the place of something."""

VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 7, 2**31, 2**53 - 1, 2**53, 2**63, 10**400, -(2**53), 0.5, 1e300, "", " ", "x", "0", "\0", "\n",
    "\r\n", "\x7f", "\u200b", "\u202e", "\u2028", "\ufeff", "\ufffe", "\ufffd", "\U0010ffff", "e\u0301", "\u0344",
    "a/b", "../x", "=1+1", "x" * 64, "x" * 65, "\U00020000" * 64, "\U00020000" * 65, "0" * 32, "0" * 64, "f" * 64, "F" * 64,
    "0" * 64 + "\n", "９", "__proto__", "2026-12-01", "2026-02-30", "2026-12-01T00:00:00Z", "0000-01-01", "9999-12-31", "2026-12-01 ",
    "supplement", "entity", "\u0661", [], {}, [[]], [{}], [None], [0], [""], ["x"], ["x", "x"], {"": 0}, {"x": None}, {"__proto__": {}},
    {"constructor": 1}, {"名": 1},
)  # fmt: skip
"""What stands in the place of another value."""

TIMES: Final = (
    "2026-11-30T09:00:00z", "2026-11-30t09:00:00Z", "2026-11-30 09:00:00Z", "2026-11-30T09:00:00", "2026-11-30T24:00:00Z",
    "2026-11-30T23:59:60Z", "2026-11-30T09:00:00.000Z", "2026-11-30T09:00:00.Z", "2026-11-30T09:00:00,5Z", "2026-11-30T09:00:00+24:00",
    "2026-11-30T09:00:00+23:59", "2026-11-30T09:00:00-00:00", "2026-11-30T09:00:00+0800", "2026-11-30T09:00:00+08",
    "2026-11-30T09:00:00+08:60", "2026-11-30T9:00:00Z", "2026-11-30T09:00Z", "0001-01-01T00:00:00+23:59", "0001-01-01T00:00:00-23:59",
    "0000-12-31T00:00:00Z", "2026-11-30T09:00:00." + "0" * 5000 + "1Z", "2026-11-31T09:00:00Z", "2024-02-29T00:00:00Z",
    "2023-02-29T00:00:00Z", "20261130T090000Z", "２026-11-30T09:00:00Z", "2026-11-30T09:00:00Z\n", "2026-11-30T09:00:00.5+08:00",
    "2026-11-30T09:00:00.50+08:00", "2026-W49-1T09:00:00Z", "2026-11-30T09:00:0٠Z",
)  # fmt: skip
"""Times that are nearly, or just, what RFC 3339 allows."""

DEPTHS: Final = (1, 60, 61, 62, 63, 64, 65, 66, 200, 499, 501, 3000, 100_000)
LENGTHS: Final = (4300, 5000, 100_000)


def spoil(chance: Chance, content: Content) -> tuple[str, Content]:
    """Spoil one member, or a receipt, and say how."""
    if isinstance(content, bytes):
        return spoil_bytes(chance, content)
    name = chance.one(sorted(content))
    if chance.often(3):
        return f"{name} doubled below", {**content, "amends/" * chance.one((1, 2, 64, 65, 3000)) + name: content[name]}
    what, data = spoil_bytes(chance, content[name])
    return f"{name}: {what}", {**content, name: data}


def spoil_bytes(chance: Chance, data: bytes) -> tuple[str, bytes]:
    """Spoil bytes as bytes, or as the JSON that they are."""
    if chance.often(40):
        return spoil_blindly(chance, data)
    *rows, last = data.split(b"\n")
    at = chance.below(len(rows) or 1)
    line = rows[at] if rows else last
    try:
        what, line = spoil_json(chance, json.loads(line))
    except (ValueError, RecursionError):  # damaged already
        return spoil_blindly(chance, data)
    return (f"row {at + 1}: {what}", b"\n".join([*rows[:at], line, *rows[at + 1 :], last])) if rows else (what, line)


def spoil_blindly(chance: Chance, data: bytes) -> tuple[str, bytes]:
    """Cut, fill, stretch or recode bytes."""
    at, odd = chance.below(len(data) + 1), chance.one(BYTES)
    noise = bytes(chance.below(256) for _ in range(chance.one((1, 3, 40))))
    ways = {
        "cut": data[:at],
        "put": data[:at] + odd + data[at:],
        "set": data[:at] + odd + data[at + len(odd) :],
        "noise": data[:at] + noise + data[at + len(noise) :],
        "end": data + odd,
        "only": odd,
        "mark": b"\xef\xbb\xbf" + data,
        "CRLF": data.replace(b"\n", b"\r\n"),
        "blank lines": data.replace(b"\n", b"\n\n"),
        "line before": b"\n" + data,
        "line behind": data + b"\n",
        "empty": b"",
        "twice": data + data,
        "UTF-16": data.decode("utf-8", "replace").encode("utf-16"),
    }
    how = chance.one(("cut", "put", "put", "set", "noise", *ways))
    return f"{how} {odd!r} at {at}", ways[how]


def spoil_json(chance: Chance, value: Any) -> tuple[str, bytes]:
    """Put something else somewhere in a value, and write it: canonically where that can be."""
    value = {"all": value}
    inside = [path for path, _ in places(value) if path]
    *way, key = chance.one(inside)
    holder: Any = value
    for part in way:
        holder = holder[part]
    at = ".".join(map(str, (*way, key)[1:]))
    how = chance.one(("value", "value", "value", "time", "deep", "long", "key", "raw"))
    if how == "time" and isinstance(holder[key], str):
        holder[key] = chance.one(TIMES)
    elif how == "key" and isinstance(holder[key], dict):
        holder[key][chance.one(("", "zz", "名", "__proto__", "constructor", "0", "length", "zone?", "...", "\0"))] = (
            chance.one(VALUES)
        )
    elif how == "deep":
        return deepened(chance, value, (holder, key), at)
    elif how == "long":
        length = chance.one(LENGTHS)
        holder[key] = chance.one(("x" * length, "9" * length, ["x"] * length, "e\u0301" * length, "2." * length + "/"))
    elif how == "raw":
        raw = chance.one(
            (
                *BYTES,
                b"1.0",
                b"1E400",
                b"-0",
                b"9" * 5000,
                b"Infinity",
                b"01",
                b"+1",
                b"'x'",
                b'"\\x"',
                b'"\\uD83D\\uDE00"',
            )
        )
        holder[key] = "\ue000"
        return f"{at} = {raw[:20]!r}", written(value["all"]).replace('"\ue000"'.encode(), raw)
    else:
        holder[key] = chance.one(VALUES)
    return f"{at} = {holder[key]!r:.40}", written(value["all"])


def deepened(chance: Chance, value: Any, place: tuple[Any, Any], at: str) -> tuple[str, bytes]:
    """Put lists within lists, or objects within objects, somewhere; perhaps without an end."""
    (holder, key), depth = place, chance.one(DEPTHS)
    # Beneath a key that has no meaning, depth alone decides.
    key = "zz" if isinstance(holder, dict) and chance.often(60) else key
    holder[key] = "\ue000"
    opening, closing = chance.one(((b"[", b"]"), (b'{"a":', b"}")))
    inner = opening * depth + chance.one((b"0", b'"x"', b"[]")) + closing * (depth if chance.often(85) else 0)
    return f"{at} {depth} deep", written(value["all"]).replace('"\ue000"'.encode(), inner)


def written(value: Any) -> bytes:
    """Write a value canonically, or nearly so where it has no canonical bytes."""
    try:
        return canonical(value)
    except (TypeError, ValueError, AttributeError):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")
