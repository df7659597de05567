#!/usr/bin/env python3
"""Check a draw of inspections (双随机抽取) without trusting whoever made it: one file, no network, nothing to install.

    python verify.py FILE [--entity ID] [--json]    FILE: a bundle-v1 or public-v1 (zip or folder), or a receipt-v1 (JSON)

Why trust this file? Read it: it follows the page of the protocol draw-v1 section by section, uses Python's standard library alone
and shares no line with the program that makes draws. Every choice of a draw is the SHA-256 of a few lines of text; here they are
all computed again. A copy that lies in a bundle came from whoever made the bundle: take one from elsewhere, or compare what
`sha256sum verify.py` prints with the digest that somebody else publishes.

VERIFIED 已验证 · MISMATCH 不一致 · NOT CHECKED 未核验: it rests on a check that failed, or this file cannot tell (signatures).
Exit status: 0 what is shown holds · 3 refused: it is not what it claims to be · 6 a MISMATCH · 7 no MISMATCH, but of a whole
draw something that level 0 wants (all but SIGN-1 and ORDER-1) is NOT CHECKED. `--entity ID` tells how one company fared.
"""
from __future__ import annotations

import argparse, json, os, re, stat, struct, sys, unicodedata, zlib
from collections import Counter
from datetime import date, datetime
from hashlib import sha256
from heapq import nsmallest
from itertools import zip_longest
from operator import itemgetter
from typing import Any, Callable, Iterator

CHINESE = {"VERIFIED": "已验证", "MISMATCH": "不一致", "NOT CHECKED": "未核验"}
MAX_MEMBERS, MAX_BYTES = 10_000, 1_000_000_000  # of a bundle, unpacked
MAX_STEPS, MAX_DOMAINS, MAX_DEPTH = 300_000_000, 1_000, 64  # of the search for teams; of a draw; of nested values and draws

class Refused(Exception):
    """It is no draw, for it breaks a form, or (a second argument) it would take hours: no verdicts."""

class Verdict(Exception):
    """A check is a MISMATCH (what, expected, found) or NOT CHECKED (why)."""

def require(holds: object, *why: Any) -> None:
    """Refuse the file unless something holds."""
    if not holds:
        raise Refused(*why)

def same(what: str, expected: Any, found: Any) -> None:
    """Let a check fail unless two things are the same; of two lists, tell the first place where they part."""
    if isinstance(expected, list) and isinstance(found, list):
        pairs = enumerate(zip_longest(expected, found, fillvalue="nothing"), 1)
        what, expected, found = next(((f"{what}, number {n}", *pair) for n, pair in pairs if pair[0] != pair[1]), ("", 0, 0))
    if expected != found:
        raise Verdict(what, expected, found)

def show(value: Any) -> str:
    """Make a text safe for any screen: short, no control characters, no change of direction."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:300]) + "…" * (len(text) > 300)

# ---- Section 1: bytes

DECODER = json.JSONDecoder(parse_int=lambda digits: int(digits[:17]))  # a longer one differs when it is written again
ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))

def read(data: bytes, form: Any, place: str) -> Any:
    """Section 1: the value of canonical bytes that have a form."""
    try:
        text = data.decode()
        value = DECODER.decode(text)
        require(ENCODER.encode(value) == text, f"{place} is not canonical JSON (order or doubling of keys, blanks, escapes)")
    except (ValueError, RecursionError):
        raise Refused(f"{place} is not canonical JSON") from None
    if not text.isascii() and unicodedata.normalize("NFC", text) != text:
        text = re.sub(r"\\(u[0-9a-f]{4}|.)", '"', text)  # the last letter of an escape is none of its string
        require(unicodedata.normalize("NFC", text) == text, f"{place} has a string that is not in the form NFC")
    require(not (why := fault(value, form)), place + why)
    return value

def root_of(rows: list[bytes]) -> str:
    """Section 1: the Merkle tree hash of RFC 6962, level by level; a node without a neighbour moves up as it is."""
    level = [sha256(b"\0" + row).digest() for row in rows] or [sha256().digest()]
    while len(level) > 1:
        pairs = [sha256(b"\1" + left + right).digest() for left, right in zip(level[::2], level[1::2])]
        level = pairs + level[2 * len(pairs) :]
    return level[0].hex()

def root_by_path(row: Any, index: int, count: int, path: list[str]) -> str:
    """Section 1: where a row's audit path leads in such a tree; "" when its length is not what it must be."""
    node, last, steps = sha256(b"\0" + ENCODER.encode(row).encode()).digest(), count - 1, [*map(bytes.fromhex, path)][::-1]
    while last > 0 and (index ^ 1 > last or steps):
        if index ^ 1 <= last:
            node = sha256(b"\1" + (steps.pop() + node if index & 1 else node + steps.pop())).digest()
        index, last = index // 2, last // 2
    return "" if steps or last or index else node.hex()

# ---- Sections 2, 3, 4, 9, 10: forms, as data: {key: form, "key?": …, "...": plain}, [form, sort key, least], {words}, range, type,
# (function that gives the form), or a test of a text

def fault(value: Any, form: Any) -> str:
    """Say where a value leaves its form, or nothing."""
    kind = type(form)
    if kind is dict:
        if type(value) is not dict or (missing := [key for key in form if key[-1] not in "?." and key not in value]):
            return " is not an object" if type(value) is not dict else f" lacks the key {missing[0]}"
        inner = ((key, form.get(key) or form.get(key + "?") or form.get("...", set()), key.isascii()) for key in value)
        return next((f", {show(key)}{why}" for key, of, known in inner if (why := fault(value[key], of if known else set()))), "")
    if kind is list:
        if type(value) is not list or len(value) < form[2]:
            return f" is not a list of at least {form[2]}"
        if why := next((f", number {n}{why}" for n, item in enumerate(value, 1) if (why := fault(item, form[0]))), ""):
            return why
        keys = [*map(form[1], value)] if form[1] else []
        return " is not sorted, each once" if any(a >= b for a, b in zip(keys, keys[1:])) else ""
    if kind is tuple:
        return fault(value, form[0](value)) if type(value) is dict else " is not an object"
    if form is plain or kind is type:
        fits = plain(value) if form is plain else type(value) is form
    else:
        fits = type(value) is (int if kind is range else str) and bool(form(value) if callable(form) else value in form)
    return "" if fits else f" must not be {show(value)}"

def plain(value: Any, depth: int = 0) -> bool:
    """Section 1: what is not read has no null or float either, small integers, keys in ASCII, and bounded depth."""
    if isinstance(value, (list, dict)) and depth < MAX_DEPTH:
        inside, keys = (value.values(), value) if isinstance(value, dict) else (value, ())
        return all(map(str.isascii, keys)) and all(plain(item, depth + 1) for item in inside)
    return isinstance(value, str) or (isinstance(value, int) and abs(value) < 2**53)

def is_id(text: str) -> bool:
    """Section 1: an id; Unicode's White_Space is Zs, Zl, Zp and some of Cc."""
    bad = any(c == "/" or unicodedata.category(c) in ("Cc", "Cf", "Zs", "Zl", "Zp") for c in ("" if text.isalnum() else text))
    return 0 < len(text) <= 64 and not bad

def instant(at: str) -> Any:
    """Section 4: a time of RFC 3339 as something to compare: the seconds and the digits behind the point."""
    match = re.fullmatch("([0-9-]{10}[Tt][0-9:]{8})(?:[.]([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})", at)
    return match and (datetime.strptime((match[1] + match[3]).upper(), "%Y-%m-%dT%H:%M:%S%z"), (match[2] or "").rstrip("0"))

def parses(parse: Callable[[str], Any], known: dict[str, bool]) -> Callable[[str], bool]:
    """Make a test whether a text can be read; days and times come again and again, so it remembers."""
    def test(text: str) -> bool:
        try:
            return known[text] if text in known else known.setdefault(text, bool(parse(text)))
        except ValueError:
            return False
    return test

is_day = parses(lambda text: re.fullmatch("[0-9]{4}(-[0-9]{2}){2}", text) and date(*map(int, text.split("-"))), {})
DIGEST, SALT = (re.compile(f"[0-9a-f]{{{width}}}").fullmatch for width in (64, 32))
COUNT, SOME, ID, DAY = range(2**53), range(1, 2**53), itemgetter("id"), itemgetter("day")
IDS, DAYS, SOME_DAYS, SOME_NAMES = [is_id, str, 0], [is_day, str, 0], [is_day, str, 1], [str, str, 1]
KINDS: Any = {  # of sources: what the promise says, and what the entropy adds
    "text": ({"digest": DIGEST}, {}), "dice": ({"count": SOME, "sides": range(2, 11)}, {}),
    "lottery": ({"groups": [str, None, 1]}, {}), "nist": ({"chain": COUNT, "pulse": COUNT}, {"pulse_record": str, "certificate": str}),
    "drand": ({"chain": DIGEST, "round": SOME}, {"signature": str, "previous_signature?": str})}
PROMISE: Any = {"kind": {*KINDS}, "name": str, "at": parses(instant, {})}
SOURCES = [(lambda it: {**PROMISE, **KINDS.get(str(it.get("kind")), [{}])[0]},), None, 1]
ENTROPY = [(lambda it: {"value": str, **PROMISE, **{key: form for part in KINDS.get(str(it.get("kind")), ()) for key, form in part.items()}},), None, 0]
LISTS: Any = {
    "entities": {"id": is_id, "salt": SALT, "domains": SOME_NAMES, "strata": [{"domain": str, "stratum": str}, None, 1],
                 "zone?": str, "days?": SOME_DAYS, "team?": [is_id, None, 0], "expert?": is_id, "...": plain},
    "inspectors": {"id": is_id, "salt": SALT, "role": {"inspector", "expert"}, "lead": bool, "skills": [str, str, 0], "barred": IDS,
                   "days": [{"cap": SOME, "day": is_day}, DAY, 0], "month_cap": COUNT, "zones?": [str, str, 0], "...": plain},
    "excluded": {"id": is_id, "salt": SALT, "domain?": str,
                 "reason": {"retired", "month", "cap", "cooling-off", "filter", "other-slot"}}}
COMMITMENT: Any = {
    "protocol": {"draw-v1"}, "slot": lambda slot: is_id(slot.replace("/", "-")), "bureau": str, "days": SOME_DAYS, "sources": SOURCES,
    "period": re.compile("[0-9]{4}-[0-9]{2}").fullmatch, "frame": {name: {"count": COUNT, "root": DIGEST} for name in LISTS},
    "quotas": [{"domain": str, "stratum": str, "size": SOME, "take": COUNT}, itemgetter("domain", "stratum"), 0], "...": plain,
    "combine": {"applicable", "drawn"}, "team": {"min": range(1, 7), "max": range(1, 7), "expert_domains": [str, str, 0]},
    "amends?": {"result": DIGEST, "added": [{"id": is_id, "reason": str}, ID, 0],
                "changes": [{"entity": is_id, "left": IDS, "closed": DAYS, "reason": str}, itemgetter("entity"), 0],
                "absent": [{"id": is_id, "days": SOME_DAYS, "reason": str}, ID, 0]}}
VISIT: Any = {"entity": is_id, "domains": SOME_NAMES}
STAFFED, OPEN = {**VISIT, "day": is_day, "team": [is_id, None, 0], "expert?": is_id}, {**VISIT, "open": {"no day", "no team"}}
RESULT = {"protocol": {"draw-v1"}, "commitment": DIGEST, "entropy": ENTROPY, "seed": DIGEST,
          "selection": [{"entity": is_id, "ticket": DIGEST, "drawn": SOME_NAMES}, None, 0],
          "visits": [(lambda visit: OPEN if "open" in visit else STAFFED,), None, 0]}

def require_commitment(it: Any, place: str) -> None:
    """Sections 3, 4 and 9: what a commitment must keep beside its form."""
    texts, ats = [s["kind"] == "text" for s in it["sources"]], [instant(s["at"]) for s in it["sources"]]
    others = texts.index(False) if False in texts else 0
    for holds, why in (
        (all(q["take"] <= q["size"] for q in it["quotas"]), "quotas: one takes more than there are"),
        (it["team"]["min"] <= it["team"]["max"], "team: min is above max"),
        (all(day[:7] == it["period"] for day in it["days"]), "days: one is not of the period"),
        (False in texts, "sources: all are texts"),
        (True not in texts[others:], "sources: a text stands behind another source"),
        (max(ats[:others], default=min(ats)) <= min(ats[others:]), "sources: a text is opened later than another source"),
        (all(s["at"][:10] < it["days"][0] for s in it["sources"]), "sources: one is not before the first day"),
        (not any(c["left"] and c["closed"] for c in it.get("amends", {}).get("changes", ())), "amends: left and closed are both filled"),
    ):
        require(holds, f"{place}, {why}")

def require_entity(row: Any, it: Any, place: str, roster: Any = None) -> None:
    """Section 2: what an entity's row must keep beside its form; roster: the inspectors, where they are known."""
    team, experts = row.get("team", []), [row["expert"]] if "expert" in row else []
    require([s["domain"] for s in row["strata"]] == row["domains"], f"{place}: strata are not those of domains, in their order")
    require(set(row.get("days", ())) <= set(it["days"]), f"{place}, days: one is not of the commitment")
    require("amends" in it or not {"team", "expert"} & row.keys(), f"{place} names people, and this is no supplementary draw")
    require(len(set(team)) == len(team) <= it["team"]["max"], f"{place}, team is too large or names somebody twice")
    for id in [*team, *experts] if roster is not None else ():
        role = "inspector" if id in team else "expert"
        require(id in roster and roster[id]["role"] == role, f"{place} names {show(id)}, who is no {role} of the roster")
        require(row["id"] not in roster[id]["barred"], f"{place} names {show(id)}, who is barred from it")

# ---- The container

FIVE = ("commitment.json", *(f"{name}.jsonl" for name in LISTS), "result.json")
PART = "[0-9A-Za-z_-]+(?:[.][0-9A-Za-z_-]+)*"
MEMBER = re.compile(
    f"(?:amends/){{0,{MAX_DEPTH}}}(?:{'|'.join(FIVE)})|(?:amends/)+|disclosure.json|verify.py|verify.html|README.txt"
    f"|(?:signatures|log)/(?:{PART}/){{0,7}}(?:{PART})?").fullmatch

def unzip(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the members of a zip whose every byte belongs to one of them, the directory or the end: no tail, gap, link or lie."""
    end, place, total = len(data) - 22, 0, 0
    require(end >= 0 and data[end : end + 4] == b"PK\5\6", "it is no zip file that ends where it says")
    *disks, here, count, length, start, note = struct.unpack_from("<4H2LH", data, end + 4)
    require((disks, here, start + length, note) == ([0, 0], count, end, 0), "its directory is not where it says")
    at = start
    for _ in range(count):
        require(at + 46 <= end and data[at : at + 4] == b"PK\1\2", "its directory is damaged")
        _, _, flags, method, _, _, *sums, wide, more, note, disk, _, mode, offset = struct.unpack_from("<6H3L5H2L", data, at + 4)
        raw, at, total = data[at + 46 : at + 46 + wide], at + 46 + wide + more + note, total + sums[2]
        name = raw.decode("utf-8", "backslashreplace")
        kinds = (0, stat.S_IFDIR if name[-1:] == "/" else stat.S_IFREG)
        require(not flags & ~0x80E and method in (0, 8) and not disk, f"{show(name)} is encrypted, or packed in a way not read here")
        require(stat.S_IFMT(mode >> 16) in kinds, f"{show(name)} is a link or a device")
        require(sums[2] <= 100 * sums[1] + 1000 and total <= MAX_BYTES, f"{show(name)} unpacks to more than 100 times, or too much")
        require(place == offset and place + 30 <= start and data[place : place + 4] == b"PK\3\4", f"{show(name)} is not where it says")
        _, *local, wide, more = struct.unpack_from("<5H3L2H", data, place + 4)
        same_sums = local[4:] == sums or (flags & 8 and local[4:] == [0, 0, 0])
        alike = local[:2] == [flags, method] and data[place + 30 : place + 30 + wide] == raw and same_sums
        require(alike, f"{show(name)} is described in two ways")
        body, place = data[place + 30 + wide + more :][: sums[1]], place + 30 + wide + more + sums[1]
        if flags & 8:  # its sums stand behind it again, with a mark or without
            place += 16 if data[place : place + 4] == b"PK\7\x08" else 12
            require(data[place - 12 : place] == struct.pack("<3L", *sums), f"{show(name)} does not end where it says")
        if method:
            stream = zlib.decompressobj(-15)
            try:
                body = stream.decompress(body, sums[2] + 1)
            except zlib.error:
                raise Refused(f"{show(name)} is damaged") from None
            require(stream.eof and not stream.unused_data, f"{show(name)} is damaged")
        require(len(body) == sums[2] and zlib.crc32(body) == sums[0], f"{show(name)} is damaged")
        yield name, body
    require(at == end and place == start, "something stands between its members")

def read_file(path: str) -> bytes:
    """Read a plain file of a size that can be."""
    require(stat.S_ISREG(os.stat(path).st_mode) and os.path.getsize(path) <= MAX_BYTES, f"{show(path)} is no plain file, or too large")
    with open(path, "rb") as stream:
        return stream.read()

def walk(folder: str, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Give the members of a folder; of those that are not read here the names alone."""
    for entry in os.scandir(folder):
        name, mode = prefix + entry.name, entry.stat(follow_symlinks=False).st_mode
        require(stat.S_ISDIR(mode) or stat.S_ISREG(mode), f"{show(name)} is a link or a device")
        yield (name + "/", b"") if stat.S_ISDIR(mode) else (name, read_file(entry.path) if MEMBER(name) and "json" in name else b"")
        if stat.S_ISDIR(mode) and MEMBER(name + "/"):
            yield from walk(entry.path, name + "/")

def gather(found: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    """Take the members in, each known by its name, and once; folders are no members."""
    members: dict[str, bytes] = {}
    names: set[str] = set()
    for name, data in found:
        require(MEMBER(name) and not (data and name[-1] == "/"), f"{show(name)} is no member of a bundle")
        require(name.lower() not in names, f"{show(name)} is there twice, or in letters of another size")
        names.add(name.lower())
        members[name] = data
        require(len(names) <= MAX_MEMBERS and sum(map(len, members.values())) <= MAX_BYTES, "it has too many members, or too large ones")
    folders = {name[:place] for name in names for place, c in enumerate(name) if c == "/"}
    require(not folders & names, "one name is a file and a folder")
    return {name: data for name, data in members.items() if name[-1] != "/"}

# ---- Sections 4 to 6: a draw, its seed, tickets and selection

class Draw:
    """A draw whose members keep their forms; nothing is compared yet."""

    def __init__(self, members: dict[str, bytes], prefix: str) -> None:
        places = [prefix + name for name in FIVE]
        require(not (missing := [place for place in places if place not in members]), f"{'; '.join(missing)}: missing")
        self.commitment = read(members[places[0]], COMMITMENT, places[0])
        require_commitment(self.commitment, places[0])
        self.result = read(members[places[4]], RESULT, places[4])
        self.digest, self.result_digest = (sha256(members[place]).hexdigest() for place in (places[0], places[4]))
        self.frame, rows = {}, []
        for (name, form), place in zip(LISTS.items(), places[1:]):
            lines = members[place].split(b"\n")
            require(lines.pop() == b"", f"{place} does not end with a line feed")
            rows.append([read(line, form, f"{place}, row {n}") for n, line in enumerate(lines, 1)])
            keys = [(row["id"], row.get("domain", "") if name == "excluded" else "") for row in rows[-1]]
            wrong = [n for n, pair in enumerate(zip(keys, keys[1:]), 2) if pair[0] >= pair[1]]
            require(not wrong, f"{place}, row {wrong[:1]} is doubled or not in its place")
            self.frame[name] = {"count": len(lines), "root": root_of(lines)}
        self.entities, self.people, self.excluded = rows
        self.roster = {p["id"]: {**p, "barred": set(p["barred"])} for p in self.people}
        days, domains = set(self.commitment["days"]), {row["id"]: row["domains"] for row in self.entities}
        for n, row in enumerate(self.entities, 1):
            require_entity(row, self.commitment, f"{places[1]}, row {n}", self.roster)
        for n, row in enumerate(self.people, 1):
            require(days.issuperset(map(DAY, row["days"])), f"{places[2]}, row {n}, days: one is not of the commitment")
        for n, row in enumerate(self.excluded, 1):
            both = row["domain"] in domains.get(row["id"], [row["domain"]]) if "domain" in row else row["id"] in domains
            require(not both, f"{places[3]}, row {n} is in the frame as well, or leaves a domain out of nothing")
        self.strata: dict[Any, list[str]] = {}
        for row in self.entities:
            for of in row["strata"]:
                self.strata.setdefault((of["domain"], of["stratum"]), []).append(row["id"])
        self.tickets = {row["id"]: ticket(self.result["seed"], "entity", row) for row in self.entities}

def ticket(seed: str, purpose: str, row: Any, *more: str) -> str:
    """Section 5: the SHA-256 of a few lines."""
    return sha256("\n".join((seed, purpose, row["id"], row["salt"], *more)).encode()).hexdigest()

def unproven(entry: Any) -> str:
    """Section 4, SEED-2: a value has its kind's form; what this file cannot check of its proof."""
    kind, value, what = entry["kind"], entry["value"], f"value of {entry['name']}"
    fits = bool(re.fullmatch("[0-9a-f]{128}", value))
    if kind == "text":
        fits = 0 < len(value) <= 200 and value == value.strip() and all(unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp") for c in value)
        same(f"digest of the {what}", entry["digest"], sha256(value.encode()).hexdigest())
    elif kind == "dice":
        fits = len(value) == entry["count"] and set(value) <= set("123456789"[: entry["sides"]] + "0" * (entry["sides"] == 10))
    elif kind == "lottery":
        *groups, rest = (group.split(".") for group in value.split("/"))
        fits = len(groups) == len(entry["groups"]) and rest == [""] and all(len(g) > 1 and g.pop() == "" for g in groups)
        fits = fits and all(re.fullmatch("0|[1-9][0-9]*", n) for g in groups for n in g)
        fits = fits and all(g == sorted(g, key=lambda n: (len(n), n)) for g in groups)
    elif kind == "drand" and (fits := bool(re.fullmatch("([0-9a-f]{2})+", entry["signature"]))):
        same(f"{what}, from its signature", sha256(bytes.fromhex(entry["signature"])).hexdigest(), value)
    if not fits:
        raise Verdict(f"form of the {what}", f"what section 4 says of {kind}", value)
    return f"the proof of {entry['name']} is beyond this file, use inspect-cli or the page" if kind in ("drand", "nist") else ""

def check_seed(report: Report, it: Any, digest: str, result: Any) -> None:
    """Section 4: SEED-1 to SEED-3."""
    entropy, added = result["entropy"], {"value", "signature", "previous_signature", "pulse_record", "certificate"}
    lines = ["draw-v1/seed", digest, *(f"{entry['kind']}:{entry['value']}" for entry in entropy)]
    kept = [{key: entry[key] for key in entry if key not in added} for entry in entropy]
    report.run("SEED-1", lambda: same("sources", it["sources"], kept))
    report.run("SEED-2", lambda: unable("; ".join(filter(None, map(unproven, entropy)))))
    report.run("SEED-3", lambda: same("seed", sha256("\n".join(lines).encode()).hexdigest(), result["seed"]))

def check_selection(draw: Draw) -> None:
    """Section 6, SELECT-1: the quotas are those of the frame, and the lowest tickets of each are drawn."""
    quotas, rank = draw.commitment["quotas"], draw.tickets.__getitem__
    found = [[q["domain"], q["stratum"], q["size"]] for q in quotas]
    same("quotas (domain, stratum, size)", [[*key, len(ids)] for key, ids in sorted(draw.strata.items())], found)
    hopeful = {id for q in quotas if q["take"] for id in draw.strata[q["domain"], q["stratum"]]}
    same("entities that no quota can draw", [], [row["id"] for row in draw.entities if row["id"] not in hopeful])
    drawn: dict[str, list[str]] = {}
    for q in quotas:
        for id in nsmallest(q["take"], draw.strata[q["domain"], q["stratum"]], key=rank):
            drawn.setdefault(id, []).append(q["domain"])
    expected = [{"drawn": drawn[id], "entity": id, "ticket": rank(id)} for id in sorted(drawn, key=rank)]
    same("selection", expected, draw.result["selection"])

# ---- Sections 7 and 8: teams and days

class Month:
    """Sections 7 and 8: who is free when, and the visits, staffed one after the other."""

    def __init__(self, draw: Draw) -> None:
        self.seed, self.terms, self.days, self.steps = draw.result["seed"], draw.commitment["team"], draw.commitment["days"], 0
        domains = {domain for domain, _ in draw.strata}
        require(len(domains) <= MAX_DOMAINS, f"it has more than {MAX_DOMAINS} domains", True)
        self.bits = {domain: 1 << place for place, domain in enumerate(domains)}
        self.people = [{**p, "zones": {*p["zones"]} if "zones" in p else None, "mask": self.mask(p["skills"])} for p in draw.roster.values()]
        self.full = {day: {p["id"]: d["cap"] for p in self.people for d in p["days"] if d["day"] == day} for day in self.days}
        self.full["month"] = {p["id"]: p["month_cap"] for p in self.people}
        self.left = {day: dict(caps) for day, caps in self.full.items()}
        self.loads = Counter[str]()

    def mask(self, domains: list[str]) -> int:
        """Write domains as the bits of a number."""
        return sum(self.bits.get(domain, 0) for domain in domains)

    def spend(self, steps: int) -> None:
        """Bound the search for teams: a draw that takes longer is refused, no verdict is guessed."""
        self.steps += steps
        require(self.steps <= MAX_STEPS, f"its teams take more than {MAX_STEPS} steps to find", True)

    def crew(self, row: Any, role: str) -> list[Any]:
        """Section 7: those of a role who do not bar the entity, visit its zone and are not on its team."""
        self.spend(len(self.people))
        near = [p for p in self.people if p["role"] == role and (p["zones"] is None or row.get("zone") in p["zones"])]
        return [p for p in near if row["id"] not in p["barred"] and p["id"] not in row.get("team", [])]

    def free(self, crew: list[Any], day: str, caps: dict[str, dict[str, int]]) -> list[Any]:
        """Section 7: those of a crew with cap left on the day and in the month."""
        self.spend(len(crew))
        return [p for p in crew if caps[day].get(p["id"], 0) > 0 and caps["month"][p["id"]] > 0]

    def is_covered(self, need: int, masks: set[int], people: int) -> bool:
        """Section 7: so many people or fewer can have all skills of a need."""
        if need and people:
            self.spend(len(masks))
            return any(self.is_covered(need & ~mask, masks, people - 1) for mask in masks if mask & need & -need)
        return not need

    def seats(self, need: int, wants_lead: bool, present: int, pool: list[Any]) -> int | None:
        """Section 7: how many seats are to be filled for the smallest size that can be reached, if any."""
        kinds = {(p["lead"], p["mask"] & need) for p in pool}
        masks = {mask for _, mask in kinds}
        for k in range(max(self.terms["min"] - present, 0), self.terms["max"] - present + 1):
            fitting = (mask for lead, mask in kinds if 0 < k <= len(pool) and (lead or not wants_lead))
            if any(self.is_covered(need & ~mask, masks, k - 1) for mask in fitting) or not (k or need or wants_lead):
                return k
        return None

    def fill(self, row: Any, need: int, wants_lead: bool, seats: int, pool: list[Any]) -> list[Any]:
        """Section 8, step 2: each seat goes to the lowest ticket among those who fit the seats left."""
        self.spend(10 * len(pool))
        pool, team = sorted(pool, key=lambda p: ticket(self.seed, "inspector", row, p["id"])), []
        for k in range(seats, 0, -1):
            masks = {p["mask"] & need for p in pool}
            fitting = (p for p in pool if (p["lead"] or not wants_lead) and self.is_covered(need & ~p["mask"], masks, k - 1))
            team.append(next(fitting))
            pool.remove(team[-1])
            need, wants_lead = need & ~team[-1]["mask"], wants_lead and not team[-1]["lead"]
        return team

    def visit(self, row: Any, domains: list[str], level: int) -> Any:
        """Section 8: the visit of one entity."""
        named = [p for p in self.people if p["id"] in row.get("team", [])]
        need, wants_lead = self.mask(domains), not any(p["lead"] for p in named)
        for p in named:
            need &= ~p["mask"]
        crew, visit = self.crew(row, "inspector"), {"entity": row["id"], "domains": domains}
        order = {day: (self.loads[day] >= level, ticket(self.seed, "day", row, day)) for day in row.get("days", self.days)}
        for day in sorted(order, key=order.__getitem__):
            pool = self.free(crew, day, self.left)
            if (seats := self.seats(need, wants_lead, len(named), pool)) is not None:
                team = self.fill(row, need, wants_lead, seats, pool)
                visit.update(day=day, team=[*row.get("team", []), *map(ID, team)])
                if (common := self.mask([*{*domains} & {*self.terms["expert_domains"]}])) and "expert" not in row:
                    experts = [p for p in self.free(self.crew(row, "expert"), day, self.left) if p["mask"] & common]
                    team += nsmallest(1, experts, key=lambda p: ticket(self.seed, "expert", row, p["id"]))
                for id in map(ID, team):
                    self.left[day][id] -= 1
                    self.left["month"][id] -= 1
                self.loads[day] += 1
                expert = [row["expert"]] if "expert" in row else [p["id"] for p in team if p["role"] == "expert"]
                return {**visit, "expert": expert[0]} if expert else visit
        could = any(self.seats(need, wants_lead, len(named), self.free(crew, day, self.full)) is not None for day in order)
        return {**visit, "open": "no team" if could else "no day"}

def check_visits(draw: Draw) -> None:
    """Section 8, VISIT-1: the visits follow."""
    rows, month, visits = {row["id"]: row for row in draw.entities}, Month(draw), {}
    chosen = [(rows[s["entity"]], s["drawn"]) for s in draw.result["selection"]]
    for row, drawn in sorted(chosen, key=lambda pair: "days" not in pair[0]):
        domains = row["domains"] if draw.commitment["combine"] == "applicable" else drawn
        visits[row["id"]] = month.visit(row, domains, -(-len(chosen) // len(draw.commitment["days"])))
    same("visits", [visits[row["id"]] for row, _ in chosen], draw.result["visits"])
# ---- Section 9: supplementary draws

class Chain:
    """Section 9: a first draw and what stands of it after its supplements so far."""

    def __init__(self, first: Draw) -> None:
        self.first, self.last = first, first
        self.rows = {row["id"]: row for row in first.entities}
        self.force = {visit["entity"]: visit for visit in first.result["visits"]}
        self.closed: dict[str, set[str]] = {id: set() for id in self.force}
        self.roster: dict[str, Any] = {}
        self.add_people(first.people)

    def add_people(self, people: list[Any]) -> None:
        """Take people on the roster's whole, as their rows say."""
        for p in people:
            self.roster[p["id"]] = {**p, "days": {d["day"]: d["cap"] for d in p["days"]}, "barred": set(p["barred"])}

    def extend(self, draw: Draw) -> str:
        """AMEND-1: hold the next supplement against all that came before it, and take it in."""
        it, first, amends = draw.commitment, self.first.commitment, draw.commitment["amends"]
        same("amended result", self.last.result_digest, amends["result"])
        terms = ("bureau", "period", "team")
        same("bureau, period, team, combine", [*(first[key] for key in terms), "applicable"], [*(it[key] for key in terms), it["combine"]])
        same("exclusions", [], draw.excluded)
        same("quotas", [{**q, "stratum": "supplement", "take": q["size"]} for q in it["quotas"]], it["quotas"])
        latest, last_date = max(instant(s["at"]) for s in self.last.commitment["sources"]), max(s["at"][:10] for s in it["sources"])
        same("sources not later than the amended draw's", [], [s["at"] for s in it["sources"] if instant(s["at"]) <= latest])
        same("days", [day for day in first["days"] if day > last_date], it["days"])
        changes = {change["entity"]: change for change in amends["changes"]}
        same("changes of visits that are not in force", [], [id for id in changes if id not in self.force])
        for id, change in changes.items():
            same(f"closed days of {id} outside the first draw", [], [day for day in change["closed"] if day not in first["days"]])
            self.closed[id].update(change["closed"])
        same("entities of the frame", list(changes), [row["id"] for row in draw.entities])
        open_yet = [id for id, visit in self.force.items() if "open" in visit and self.days_left(id, it) and id not in changes]
        same("open visits that could be drawn anew and are not", [], open_yet)
        for row in draw.entities:
            read_keys = ("id", "salt", "domains", "strata", "zone", "days", "team", "expert")
            same(f"row of {row['id']}", self.row_of(changes[row["id"]], it), {key: row[key] for key in read_keys if key in row})
        self.check_roster(draw, changes)
        self.force.update((visit["entity"], visit) for visit in draw.result["visits"])
        self.last = draw
        return "its frame follows from the draws before it and from what it names"

    def days_left(self, id: str, it: Any) -> list[str]:
        """Section 9: the days on which a visit can still take place."""
        return [day for day in it["days"] if day in self.rows[id].get("days", it["days"]) and day not in self.closed[id]]

    def row_of(self, change: Any, it: Any) -> Any:
        """Section 9: what the row of a changed visit must be."""
        id, left, domains = change["entity"], change["left"], self.force[change["entity"]]["domains"]
        row = {"id": id, "salt": self.rows[id]["salt"], "domains": domains}
        row["strata"] = [{"domain": domain, "stratum": "supplement"} for domain in domains]
        row.update({"zone": self.rows[id]["zone"]} if "zone" in self.rows[id] else {})
        visit = self.force[id]
        if left:
            same(f"who left the visit of {id} without being of it", [], [p for p in left if p not in holders(visit)])
            row["days"], row["team"] = [visit["day"]], [p for p in visit["team"] if p not in left]
            row.update({"expert": visit["expert"]} if visit.get("expert", left[0]) not in left else {})
            return {key: row[key] for key in row if row[key] != []}
        same(f"the visit of {id} is open or its day is closed", True, "open" in visit or visit["day"] in self.closed[id])
        days = self.days_left(id, it)
        same(f"the visit of {id} has a day left", True, days != [])
        return {**row, "days": days} if "days" in self.rows[id] or self.closed[id] else row

    def check_roster(self, draw: Draw, changes: dict[str, Any]) -> None:
        """Section 9: everybody of the roster's whole is there, with what the seats that stay leave of their caps."""
        amends, rows = draw.commitment["amends"], {row["id"]: row for row in draw.people}
        same("absent people who are not on the roster", [], [p["id"] for p in amends["absent"] if p["id"] not in self.roster])
        same("added people who are on it already", [], [p["id"] for p in amends["added"] if p["id"] in self.roster])
        for absent in amends["absent"]:
            for day in absent["days"]:
                self.roster[absent["id"]]["days"].pop(day, None)
        for id, change in changes.items():
            for person in change["left"]:
                self.roster[person]["barred"].add(id)
        self.add_people([rows[added["id"]] for added in amends["added"] if added["id"] in rows])
        same("ids of the roster", sorted({*self.roster, *(p["id"] for p in amends["added"])}), list(rows))
        absent = {(p["id"], day) for p in amends["absent"] for day in p["days"]}
        seats: Counter[Any] = Counter()
        for id, visit in self.force.items():
            if "day" in visit and (id not in changes or changes[id]["left"]):
                stay = [p for p in holders(visit) if id not in changes or p not in changes[id]["left"]]
                same(f"absent people who keep a seat in the visit of {id}", [], [p for p in stay if (p, visit["day"]) in absent])
                seats.update([*stay, *((p, visit["day"]) for p in stay)])
        for id, p in self.roster.items():
            expected = {key: p[key] for key in ("id", "lead", "role", "salt", "skills", "zones") if key in p}
            expected["barred"], expected["month_cap"] = sorted(p["barred"]), max(p["month_cap"] - seats[id], 0)
            caps = [{"cap": p["days"].get(day, 0) - seats[id, day], "day": day} for day in draw.commitment["days"]]
            expected["days"] = [cap for cap in caps if cap["cap"] > 0]
            same(f"roster's row of {id}", expected, {key: rows[id][key] for key in rows[id] if key in expected or key == "zones"})

def holders(visit: Any) -> list[str]:
    """Section 9: the members of a visit and its expert."""
    return [*visit.get("team", []), *([visit["expert"]] if "expert" in visit else [])]

# ---- Section 11: the checks

RESTS = {
    "COMMIT-1": "", "ROW-1": "COMMIT-1", "FRAME-1": "", "SEED-1": "COMMIT-1", "SEED-2": "SEED-1", "SEED-3": "SEED-1",
    "TICKET-1": "ROW-1 SEED-3", "CUTOFF-1": "TICKET-1", "SELECT-1": "FRAME-1 SEED-3", "VISIT-1": "SELECT-1", "AMEND-1": "VISIT-1",
    "SIGN-1": "", "ORDER-1": ""}

class Report(dict):
    """The checks by their ids, in their order."""

    def run(self, id: str, check: Callable[[], None]) -> None:
        """Make a check unless one that it rests on is not VERIFIED."""
        weak = [other for other in RESTS[id].split() if self[other]["verdict"] != "VERIFIED"]
        row: dict[str, Any] = {"verdict": "VERIFIED"}
        try:
            unable(f"it rests on {weak[0]}" if weak else "")
            check()
        except Verdict as why:
            row = {"verdict": "MISMATCH" if why.args[1:] else "NOT CHECKED", **dict(zip(("detail", "expected", "found"), why.args))}
        self[id] = row

    def of(self, verdict: str) -> list[str]:
        """The checks with a verdict."""
        return [id for id, row in self.items() if row["verdict"] == verdict]

def unable(why: str) -> None:
    """Let a check be NOT CHECKED when there is a reason."""
    if why:
        raise Verdict(why)

def check_signed(report: Report) -> None:
    """Section 11: SIGN-1 and ORDER-1, which are beyond this file."""
    report.run("SIGN-1", lambda: unable("this file checks no signatures: use inspect-cli"))
    report.run("ORDER-1", lambda: unable("this file reads no log and knows no witness: use inspect-cli"))

def check_draw(draw: Draw, chain: Chain | None, bad: str, unsure: str) -> Report:
    """Section 11: all checks of one draw; what it amends is known by its chain, why it is bad, and why not sure."""
    report = Report()
    report.run("COMMIT-1", lambda: same("commitment's digest", draw.digest, draw.result["commitment"]))
    report.run("FRAME-1", lambda: same("counts and roots", [*draw.commitment["frame"].items()], sorted(draw.frame.items())))
    check_seed(report, draw.commitment, draw.digest, draw.result)
    report.run("SELECT-1", lambda: check_selection(draw))
    report.run("VISIT-1", lambda: check_visits(draw))
    if "amends" in draw.commitment:
        def amend() -> None:
            same("the amended draw", "", bad)
            if chain:
                chain.extend(draw)
            unable(unsure)
        report.run("AMEND-1", amend)
    check_signed(report)
    return report

def verify_bundle(members: dict[str, bytes]) -> tuple[Report, Draw]:
    """Section 11: all checks of a draw; those of the draws that it amends first, from the bottom of the chain."""
    deepest = max(name.count("amends/") for name in members)
    chain, bad, unsure = None, "", "the amended draw is not in the bundle"
    for level in range(deepest, -1, -1):
        try:
            draw = Draw(members, "amends/" * level)
            require("amends" in draw.commitment or level == deepest, "amends/ is there, but the commitment amends nothing")
            report = check_draw(draw, chain, bad, unsure)
        except Refused as why:
            if level == 0 or why.args[1:]:
                raise
            chain, bad, unsure = None, f"refused: {why}", ""
            continue
        chain = chain if "amends" in draw.commitment else Chain(draw)
        bad = "; ".join(f"{id} of it is a MISMATCH" for id in report.of("MISMATCH"))
        unsure = "; ".join(f"{id} of the amended draw is NOT CHECKED" for id in report.of("NOT CHECKED")[:-2])
    return report, draw

# ---- What is shown to some: public-v1 and receipt-v1 (docs/disclosure.md)

PATH = {"row": LISTS["entities"], "index": COUNT, "path": [DIGEST, None, 0], "ticket": DIGEST}
CUTOFF = {"cutoff": DIGEST, "domain": str, "stratum": str}
PUBLIC = {
    "format": {"public-v1"}, "commitment": DIGEST, "result": DIGEST, "entropy": ENTROPY, "seed": DIGEST,
    "counts": {"selected": COUNT, "visits": COUNT, "open": COUNT, "shown": COUNT}, "cutoffs": [CUTOFF, itemgetter("domain", "stratum"), 0],
    "visits": [{**PATH, "drawn": SOME_NAMES, "domains": SOME_NAMES, "day": is_day, "day_ticket": DIGEST}, itemgetter("ticket"), 0]}
RECEIPT = {
    "format": {"receipt-v1"}, "commitment": COMMITMENT, "entropy": ENTROPY, "seed": DIGEST, "entity": is_id,
    "frame?": {**PATH, "drawn": [str, str, 0], "standings": [{**CUTOFF, "rank": SOME}, itemgetter("domain"), 0]},
    "excluded?": [{"row": LISTS["excluded"], "index": COUNT, "path": [DIGEST, None, 0]}, lambda of: of["row"].get("domain", ""), 1]}

def check_disclosure(shown: Any, it: Any, digest: str) -> Report:
    """Check what is shown: rows against the commitment, tickets against rows, who is drawn against the cut-offs."""
    report, is_public = Report(), shown["format"] == "public-v1"
    visits, excluded = shown["visits"] if is_public else [shown[key] for key in ("frame",) if key in shown], shown.get("excluded", [])
    quotas, ids = {(q["domain"], q["stratum"]): q for q in it["quotas"] if q["take"]}, [of["row"]["id"] for of in visits]
    for n, of in enumerate(visits, 1):
        require_entity(of["row"], it, f"row {n}")
    require(len(ids) == len({*ids}), "it shows an entity twice")
    if not is_public:
        require({shown["entity"]} == {*ids, *(of["row"]["id"] for of in excluded)}, "its rows are not those of its entity")
        both = {of["row"].get("domain") for of in excluded} & {None, *(visits[0]["row"]["domains"] if visits else ())} if visits else ()
        require(not both, "it is in the frame and excluded as well")

    def rows() -> None:
        for name, proofs in (("entities", visits), ("excluded", excluded)):
            of_list = it["frame"][name]
            for of in proofs:
                same(f"root, by the path of {of['row']['id']}", of_list["root"], root_by_path(of["row"], of["index"], of_list["count"], of["path"]))

    def tickets() -> None:
        unable("" if visits or is_public else "it is not in the frame: it has no ticket")
        for of in visits:
            same(f"ticket of {of['row']['id']}", ticket(shown["seed"], "entity", of["row"]), of["ticket"])
            if is_public:
                same(f"day ticket of {of['row']['id']}", ticket(shown["seed"], "day", of["row"], of["day"]), of["day_ticket"])

    def cutoffs() -> None:
        standing = shown["cutoffs"] if is_public else visits[0]["standings"]
        cutoff = {(c["domain"], c["stratum"]): c["cutoff"] for c in standing}
        of_row = None if is_public else {(of["domain"], of["stratum"]) for of in visits[0]["row"]["strata"]}
        same("quotas with a cut-off", sorted(key for key in quotas if of_row is None or key in of_row), sorted(cutoff))
        for of in visits:
            id, row = of["row"]["id"], of["row"]
            same(f"what {id} is drawn for", [s["domain"] for s in row["strata"] if of["ticket"] <= cutoff.get((s["domain"], s["stratum"]), "")], of["drawn"])
            if is_public:
                same(f"domains of {id}", row["domains"] if it["combine"] == "applicable" else of["drawn"], of["domains"])
                same(f"{of['day']} is a day of {id}", True, of["day"] in row.get("days", it["days"]))
        for c in standing if not is_public else ():
            q = quotas[c["domain"], c["stratum"]]
            same(f"rank {c['rank']} in {c['domain']} is drawn", c["rank"] <= q["take"], c["domain"] in visits[0]["drawn"])
            same(f"rank {c['rank']} in {c['domain']} is in its stratum", True, c["rank"] <= q["size"])
        if is_public:
            n = Counter((s["domain"], s["stratum"]) for of in visits for s in of["row"]["strata"] if s["domain"] in of["drawn"])
            same("quotas of which more is shown than they take", [], [key for key in n if n[key] > quotas[key]["take"]])
            counts = shown["counts"]
            same("counts", {**counts, "shown": len(visits), "selected": counts["visits"]}, counts)
            same("more is shown than there is", False, counts["open"] + counts["shown"] > counts["visits"])

    report.run("COMMIT-1", lambda: same("commitment's digest", digest, shown["commitment"] if is_public else digest))
    report.run("ROW-1", rows)
    report.run("FRAME-1", lambda: unable("the lists are not shown"))
    check_seed(report, it, digest, shown)
    report.run("TICKET-1", tickets)
    report.run("CUTOFF-1", cutoffs)
    for id in ("SELECT-1", "VISIT-1", *(["AMEND-1"] if "amends" in it else [])):
        report[id] = {"verdict": "NOT CHECKED", "detail": "it needs all rows, which are not shown"}
    check_signed(report)
    return report

# ---- The command line

def questions(draw: Draw) -> list[str]:
    """Section 12: what no check can prove, and a person should ask about."""
    it = draw.commitment
    asked = [f"{row['id']} can be visited on these days only: {' '.join(row['days'])}" for row in draw.entities if "days" in row]
    asked += [f"the quota {q['domain']} {q['stratum']} takes all {q['size']}" for q in it["quotas"] if q["take"] == q["size"]]
    asked += [f"{p['id']} is barred from {len(p['barred'])} entities" for p in draw.people if p["barred"]]
    for kind in ("changes", "absent", "added"):
        asked += [f"{kind}: {show(change)}" for change in it.get("amends", {}).get(kind, ())]
    return asked

def explain(draw: Draw, id: str) -> list[str]:
    """Tell how one company fared: its row, its ticket, its place in each stratum, its visit."""
    told = [f"excluded: {show(row)}" for row in draw.excluded if row["id"] == id]
    for n, row in enumerate(draw.entities, 1):
        if row["id"] == id:
            told += [f"entities.jsonl, row {n}: {show(row)}", f"ticket {draw.tickets[id]}"]
            for q in draw.commitment["quotas"]:
                if id in (ids := draw.strata[q["domain"], q["stratum"]]):
                    rank = sum(draw.tickets[other] <= draw.tickets[id] for other in ids)
                    drawn = "drawn" if rank <= q["take"] else "not drawn"
                    told.append(f"{q['domain']} {q['stratum']}: place {rank} of {q['size']}, {q['take']} are drawn: {drawn}")
            told += [f"visit: {show(visit)}" for visit in draw.result["visits"] if visit["entity"] == id] or ["no visit"]
    return told or ["it is neither in the frame nor excluded"]

def verify(path: str, entity: str | None) -> dict[str, Any]:
    """Verify a file or folder of any of the three formats."""
    data = b"" if os.path.isdir(path) else read_file(path)
    if data[:1] == b"{":
        shown = read(data, RECEIPT, "the receipt")
        require_commitment(it := shown["commitment"], "the receipt, commitment")
        digest, kind = sha256(ENCODER.encode(it).encode()).hexdigest(), "receipt-v1"
        report, told = check_disclosure(shown, it, digest), [show(shown[key]) for key in ("frame", "excluded") if key in shown]
    else:
        members = gather(walk(path) if os.path.isdir(path) else unzip(data))
        if "disclosure.json" in members:
            allowed = {"commitment.json", "disclosure.json", "verify.py", "verify.html", "README.txt"}
            require(not (other := sorted(members.keys() - allowed)), f"{' '.join(other)}: no member of a public bundle")
            it = read(members.get("commitment.json", b""), COMMITMENT, "commitment.json")
            require_commitment(it, "commitment.json")
            shown, kind = read(members["disclosure.json"], PUBLIC, "disclosure.json"), "public-v1"
            digest = sha256(members["commitment.json"]).hexdigest()
            report, told = check_disclosure(shown, it, digest), [show(of) for of in shown["visits"] if of["row"]["id"] == entity]
        else:
            report, draw = verify_bundle(members)
            it, digest, kind, told = draw.commitment, draw.digest, "bundle-v1", explain(draw, entity) if entity else []
    answer = {"format": kind, "slot": it["slot"], "bureau": it["bureau"], "commitment": digest, "entity": told}
    checks = [{"id": id, **row} for id, row in report.items()]
    doubt = kind == "bundle-v1" and len(report.of("NOT CHECKED")) > 2
    return {**answer, "checks": checks, "questions": questions(draw) if kind == "bundle-v1" else [], "status": 6 if report.of("MISMATCH") else 7 if doubt else 0}

def main(arguments: list[str] | None = None) -> int:
    """Verify one file, print the report, and return the exit status."""
    parser = argparse.ArgumentParser(description="Verify a draw of inspections, 双随机抽取核验")
    parser.add_argument("file")
    parser.add_argument("--entity", metavar="ID")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        answer = verify(asked.file, asked.entity)
    except (Refused, OSError, RecursionError, MemoryError) as why:
        text = show(str(why) or "it is too large for this machine")
        print(json.dumps({"refused": text, "status": 3}, ensure_ascii=False) if asked.json else f"REFUSED 拒绝: {text}")
        return 3
    if asked.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return answer["status"]
    print(f"{answer['format']}: draw {show(answer['slot'])} of {show(answer['bureau'])}")
    print(f"commitment {answer['commitment']}")
    for check in answer["checks"]:
        print(f"{check['id']:9} {check['verdict']:12} {CHINESE[check['verdict']]}  {show(check.get('detail', ''))}")
        for key in ("expected", "found") if "found" in check else ():
            print(f"    {key:9} {show(check[key])}")
    for title, lines in (("The company:", answer["entity"]), ("No check proves these; ask about them:", answer["questions"])):
        print("\n".join(["", title, *map(show, lines[:50]), *([f"and {len(lines) - 50} more"] if len(lines) > 50 else [])]) if lines else "")
    return answer["status"]

if __name__ == "__main__":
    sys.exit(main())
