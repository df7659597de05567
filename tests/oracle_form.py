"""What draw-v1 refuses whole, read literally from sections 1 to 4, 9 and 10 of the protocol's page.

Here live the bytes of members, their form, and the form of the sources' values. What the draw then does, and what a verifier
says, lives in ``oracle.py``. Nothing of the package is imported: it is a second opinion on it, slow and plain.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from typing import Any

Form = Callable[[Any], bool]
Row = dict[str, Any]
MEMBERS = ("commitment.json", "entities.jsonl", "excluded.jsonl", "inspectors.jsonl", "result.json")
REASONS = ("retired", "month", "cap", "cooling-off", "filter", "other-slot")
RFC_3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(\.[0-9]+)?"
    r"([Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))"
)
WHITE = set("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}


class Refused(Exception):
    """A member is not what the page says: no verdicts."""


def require(holds: object, why: str) -> None:
    """Refuse unless something holds."""
    if not holds:
        raise Refused(why)


# Section 1: bytes


def canonical(value: object) -> bytes:
    """Write canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def read_canonical(data: bytes) -> Row:
    """Read one canonical object: reading and writing it again gives the same bytes."""
    try:
        value = json.loads(data.decode())
        require(isinstance(value, dict), "no object")
        require(plain(value) and canonical(value) == data, "not canonical")
    except (ValueError, RecursionError) as error:
        raise Refused("no JSON") from error
    return dict(value)


def plain(value: object) -> bool:
    """Say whether a value holds nothing but objects, arrays, NFC strings, booleans and integers below 2^53."""
    if isinstance(value, dict):
        return all(key.isascii() and plain(key) and plain(held) for key, held in value.items())
    if isinstance(value, list):
        return all(plain(held) for held in value)
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value) and not any(0xD800 <= ord(one) < 0xE000 for one in value)
    return isinstance(value, int) and abs(value) < 2**53


def read_rows(data: bytes) -> list[Row]:
    """Read a canonical row a line, each ended by exactly one LF."""
    require(data == b"" or data.endswith(b"\n"), "the last line has no end")
    return [read_canonical(line) for line in data.split(b"\n")[:-1]]


# Forms of values


def text(value: object) -> bool:
    """Any string."""
    return isinstance(value, str)


def whole(least: int, most: int = 2**53) -> Form:
    """An integer between two bounds."""
    return lambda value: type(value) is int and least <= value <= most


def one_of(*values: str) -> Form:
    """One of some strings."""
    return lambda value: isinstance(value, str) and value in values


def like(pattern: str) -> Form:
    """A string that a pattern matches whole."""
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def is_id(value: object) -> bool:
    """An id of section 1."""
    if not isinstance(value, str) or not 1 <= len(value) <= 64:
        return False
    return not any(one in WHITE or unicodedata.category(one) in {"Cc", "Cf"} or one == "/" for one in value)


def is_day(value: object) -> bool:
    """A day that the calendar has."""
    try:
        return like("[0-9]{4}-[0-9]{2}-[0-9]{2}")(value) and str(date.fromisoformat(str(value))) == value
    except ValueError:
        return False


def instant(at: str) -> Fraction:
    """Give the seconds since year 1 that an RFC 3339 time means."""
    found = RFC_3339.fullmatch(at)
    if not found or not is_day(found[1]):
        raise Refused("no time")
    since = date.fromisoformat(found[1]).toordinal() * 86400 + int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4])
    offset = 0 if found[7] is None else int(found[7] + "1") * (int(found[8]) * 60 + int(found[9])) * 60
    return since - offset + Fraction("0" + (found[5] or ""))


def is_instant(value: object) -> bool:
    """A time of RFC 3339 with its offset, on a day that the calendar has."""
    try:
        return isinstance(value, str) and instant(value) is not None
    except Refused:
        return False


def list_of(form: Form) -> Form:
    """A list of values of a form."""
    return lambda value: isinstance(value, list) and all(form(one) for one in value)


def sorted_of(form: Form, key: Callable[[Any], Any] = lambda one: one.encode(), least: int = 0) -> Form:
    """A list of values of a form, ascending, each once."""
    return lambda value: (
        list_of(form)(value) and len(value) >= least and all(key(one) < key(other) for one, other in pairwise(value))
    )


def keys(needed: dict[str, Form], optional: dict[str, Form] | None = None, *, others: bool = False) -> Form:
    """An object with these keys."""
    known = {**needed, **(optional or {})}
    return lambda value: (
        isinstance(value, dict)
        and set(needed) <= set(value)
        and (others or set(value) <= set(known))
        and all(known[key](held) for key, held in value.items() if key in known)
    )


DIGEST, SALT, FLAG = like("[0-9a-f]{64}"), like("[0-9a-f]{32}"), (lambda value: isinstance(value, bool))
NAMES, IDS, DAYS = sorted_of(text), sorted_of(is_id), sorted_of(is_day)

# Sections 2, 3, 9 and 10: members
ENTITY = keys(
    {"id": is_id, "salt": SALT, "domains": sorted_of(text, least=1),
     "strata": list_of(keys({"domain": text, "stratum": text}))},
    {"zone": text, "days": sorted_of(is_day, least=1), "team": list_of(is_id), "expert": is_id},
    others=True,
)  # fmt: skip
CAP = keys({"cap": whole(1), "day": is_day})
INSPECTOR = keys(
    {"id": is_id, "salt": SALT, "role": one_of("inspector", "expert"), "lead": FLAG, "skills": NAMES,
     "days": sorted_of(CAP, lambda cap: cap["day"]), "month_cap": whole(0), "barred": IDS},
    {"zones": NAMES},
    others=True,
)  # fmt: skip
EXCLUDED = keys({"id": is_id, "reason": one_of(*REASONS), "salt": SALT}, {"domain": text})
QUOTA = keys({"domain": text, "stratum": text, "size": whole(1), "take": whole(0)})
FILE = keys({"count": whole(0), "root": DIGEST})
CHANGE = keys({"entity": is_id, "left": IDS, "closed": DAYS, "reason": text})
AMENDS = keys({
    "result": DIGEST,
    "changes": sorted_of(
        lambda one: CHANGE(one) and not (one["left"] and one["closed"]), lambda one: one["entity"].encode()
    ),
    "absent": sorted_of(keys({"id": is_id, "days": sorted_of(is_day, least=1), "reason": text}), lambda one: one["id"].encode()),
    "added": sorted_of(keys({"id": is_id, "reason": text}), lambda one: one["id"].encode()),
})  # fmt: skip
KINDS: dict[str, dict[str, Form]] = {
    "text": {"digest": DIGEST},
    "dice": {"count": whole(1), "sides": whole(2, 10)},
    "lottery": {"groups": lambda groups: list_of(text)(groups) and groups != []},
    "drand": {"chain": DIGEST, "round": whole(1)},
    "nist": {"chain": whole(0), "pulse": whole(0)},
}
PROOFS: dict[str, tuple[dict[str, Form], dict[str, Form]]] = {
    "drand": ({"signature": text}, {"previous_signature": text}),
    "nist": ({"pulse_record": text, "certificate": text}, {}),
}
TEAM = keys({"min": whole(1, 6), "max": whole(1, 6), "expert_domains": NAMES})
SELECTED = keys({"entity": is_id, "ticket": DIGEST, "drawn": list_of(text)})
MET = keys({"entity": is_id, "domains": list_of(text), "day": is_day, "team": list_of(is_id)}, {"expert": is_id})
OPEN = keys({"entity": is_id, "domains": list_of(text), "open": one_of("no day", "no team")})


def is_promise(value: object, *, answered: bool = False) -> bool:
    """A promise of section 4 or, answered, what repeats it and adds value and proof."""
    if not isinstance(value, dict) or not one_of(*KINDS)(value.get("kind")):
        return False
    needed = {"kind": text, "name": text, "at": is_instant}
    added, optional = PROOFS.get(value["kind"], ({}, {})) if answered else ({}, {})
    return keys({**needed, **KINDS[value["kind"]], **added, **({"value": text} if answered else {})}, optional)(value)


COMMITMENT = keys(
    {"protocol": one_of("draw-v1"), "slot": lambda slot: text(slot) and is_id(slot.replace("/", "-")), "bureau": text,
     "period": text, "frame": keys({"entities": FILE, "excluded": FILE, "inspectors": FILE}),
     "quotas": sorted_of(QUOTA, lambda quota: (quota["domain"].encode(), quota["stratum"].encode())),
     "combine": one_of("applicable", "drawn"), "team": TEAM, "days": sorted_of(is_day, least=1),
     "sources": list_of(is_promise)},
    {"amends": AMENDS},
    others=True,
)  # fmt: skip
RESULT = keys({
    "protocol": one_of("draw-v1"), "commitment": DIGEST, "seed": DIGEST, "selection": list_of(SELECTED),
    "entropy": list_of(lambda entry: is_promise(entry, answered=True)), "visits": list_of(lambda one: MET(one) or OPEN(one)),
})  # fmt: skip


def read_draw(files: dict[str, bytes]) -> Row:
    """Read the five members of a draw, or refuse them whole."""
    require(set(files) == set(MEMBERS), "members")
    readers = {"json": read_canonical, "jsonl": read_rows}
    draw: Row = {name.partition(".")[0]: readers[name.partition(".")[2]](files[name]) for name in MEMBERS}
    require(COMMITMENT(draw["commitment"]), "commitment")
    require(RESULT(draw["result"]), "result")
    for name, form, key in (
        ("entities", ENTITY, lambda row: row["id"].encode()),
        ("inspectors", INSPECTOR, lambda row: row["id"].encode()),
        ("excluded", EXCLUDED, lambda row: (row["id"].encode(), "domain" in row, row.get("domain", "").encode())),
    ):
        require(sorted_of(form, key)(draw[name]), name)
    require_commitment(draw["commitment"])
    require_frame(draw)
    return draw


def require_commitment(commitment: Row) -> None:
    """Refuse what sections 3 and 4 say of values that belong together."""
    require(all(day[:7] == commitment["period"] for day in commitment["days"]), "a day of another period")
    require(commitment["team"]["min"] <= commitment["team"]["max"], "team")
    require(all(quota["take"] <= quota["size"] for quota in commitment["quotas"]), "takes more than there are")
    sources = commitment["sources"]
    require(sources, "no source")
    for source in sources:
        instant(source["at"])
        require(source["at"][:10] < commitment["days"][0], "the seed is not before the first day")
    texts = [source for source in sources if source["kind"] == "text"]
    rest = [source for source in sources if source["kind"] != "text"]
    require(rest, "all are texts")
    require(sources == texts + rest, "texts do not stand first")
    require(all(instant(one["at"]) <= instant(other["at"]) for one in texts for other in rest), "a text is opened last")


def require_frame(draw: Row) -> None:
    """Refuse what section 2 says of rows that belong together."""
    days = draw["commitment"]["days"]
    roster = {row["id"]: row for row in draw["inspectors"]}
    for row in draw["entities"]:
        require([stratum["domain"] for stratum in row["strata"]] == row["domains"], "strata")
        require(all(day in days for day in row.get("days", [])), "a day of the row is none of the commitment")
        team, expert = row.get("team", []), [row["expert"]] if "expert" in row else []
        require("amends" in draw["commitment"] or not ("team" in row or "expert" in row), "a team fixed beforehand")
        require(len(set(team)) == len(team) <= draw["commitment"]["team"]["max"], "team")
        for role, names in (("inspector", team), ("expert", expert)):
            require(all(name in roster and roster[name]["role"] == role for name in names), "of another role")
            require(all(row["id"] not in roster[name]["barred"] for name in names), "barred")
    for row in draw["inspectors"]:
        require(all(cap["day"] in days for cap in row["days"]), "a day of the roster is none of the commitment")
    domains = {row["id"]: row["domains"] for row in draw["entities"]}
    for row in draw["excluded"]:
        if "domain" in row:
            require(row["id"] in domains and row["domain"] not in domains[row["id"]], "a domain in and out")
        else:
            require(row["id"] not in domains, "in and out")


def value_holds(entry: Row) -> bool | None:
    """Say whether a value has its kind's form, and its proof holds; None where only a proof is left to be run."""
    value = entry["value"]
    if entry["kind"] == "text":
        bad = any(unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp"} for one in value)
        edges = value[:1] in WHITE or value[-1:] in WHITE
        return 1 <= len(value) <= 200 and not bad and not edges and digest(value.encode()) == entry["digest"]
    if entry["kind"] == "dice":
        faces = "0123456789" if entry["sides"] == 10 else "123456789"[: entry["sides"]]
        return len(value) == entry["count"] and all(one in faces for one in value)
    if entry["kind"] == "lottery":
        groups = value.split("/")
        if groups.pop() or len(groups) != len(entry["groups"]) or not all(map(like(r"((0|[1-9][0-9]*)\.)+"), groups)):
            return False
        numbers = [[int(number) for number in group.split(".")[:-1]] for group in groups]
        return all(ordered == sorted(ordered) for ordered in numbers)
    if entry["kind"] == "nist":
        return None if re.fullmatch("[0-9a-f]{128}", value) else False
    if not re.fullmatch("([0-9a-f]{2})+", entry["signature"]):
        return False
    return None if value == digest(bytes.fromhex(entry["signature"])) else False
