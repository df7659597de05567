#!/usr/bin/env python3
"""Check a draw of inspections (双随机抽取) without trusting whoever made it: one file, no network, nothing to install.

    python verify.py FILE [--entity ID] [--json]     FILE: a bundle-v1 or public-v1 (zip or folder), or a receipt-v1

Why trust this file? Read it: it follows the page of the protocol draw-v1 section by section, uses Python's standard
library alone and shares no line with the program that makes draws. Every choice of a draw is the SHA-256 of a few lines
of text; here all are computed again. A copy that lies in a bundle came from whoever made the bundle: take one from
elsewhere, or compare what `sha256sum verify.py` prints with the digest that somebody else publishes.

VERIFIED 已验证 · MISMATCH 不一致 · NOT CHECKED 未核验: it rests on a check that failed, or this file cannot tell.
Exit status: 0 it holds · 3 refused, not what it claims to be · 6 a MISMATCH · 7 a bundle's SEED-2 or AMEND-1 NOT
CHECKED. Python 3.9 or later. `--entity ID` tells how one company fared.
"""
from __future__ import annotations

import argparse, datetime, functools, gc, heapq, itertools, json, os, pathlib, re, stat, struct, sys, unicodedata, zlib
from collections import Counter, defaultdict
from hashlib import sha256
from operator import itemgetter
from typing import Any, Callable, Iterator

CHINESE = {"VERIFIED": "已验证", "MISMATCH": "不一致", "NOT CHECKED": "未核验"}
MAX_MEMBERS, MAX_BYTES, MAX_DEPTH = 10_000, 1_000_000_000, 64  # of a bundle, unpacked; of nested values and draws
MAX_STEPS, MAX_DOMAINS = 300_000_000, 1_000  # of the search for teams: what takes longer is refused, not guessed

class Refused(Exception):
    """It breaks a form or (a second argument) would take hours: no verdicts."""

class Mismatch(Exception):
    """A check fails: what was compared, expected, found."""

def require(place: str, *rules: tuple[object, str]) -> None:
    """Refuse what breaks a rule."""
    for holds, why in rules:
        if not holds: raise Refused(f"{place}: {why}")

def same(what: str, expected: Any, found: Any) -> Any:
    """Let a check fail unless two things are the same; of lists tell the first place where they part."""
    if expected != found and isinstance(expected, list):
        pairs = enumerate(itertools.zip_longest(expected, found), 1)
        what, expected, found = next((f"{what}, number {n}", *pair) for n, pair in pairs if pair[0] != pair[1])
    if expected != found: raise Mismatch(what, expected, found)
    return None

def show(value: Any) -> str:
    """Make a text safe for any screen: short, no control characters, no change of direction."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:400]) + "…" * (len(text) > 400)

# ---- Section 1: bytes
DECODER = json.JSONDecoder(parse_int=lambda digits: int(digits[:17]))  # a longer one differs when written again
ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))

def read(data: bytes, form: Any, place: str) -> Any:
    """Section 1: the value of canonical bytes that have a form."""
    try:
        text = data.decode()
        value, _ = DECODER.raw_decode(text)  # anything behind it makes a difference when it is written again
        require(place, (ENCODER.encode(value) == text, "it is not canonical JSON"))
    except (ValueError, RecursionError): raise Refused(f"{place}: it is not canonical JSON") from None
    if not unicodedata.is_normalized("NFC", text):
        text = re.sub(r"\\(u[0-9a-f]{4}|.)", '"', text)  # an escape's last letter is none of its string
        require(place, (unicodedata.is_normalized("NFC", text), "a string is not in the form NFC"))
    if why := fault(value, form): raise Refused(f"{place}: {why}")
    return value

def root_of(rows: list[bytes]) -> str:
    """Section 1: RFC 6962's tree hash, level by level; a node without a neighbour moves up as it is."""
    level = [sha256(b"\0" + row).digest() for row in rows] or [sha256().digest()]
    while len(level) > 1:
        pairs = [sha256(b"\1" + left + right).digest() for left, right in zip(level[::2], level[1::2])]
        level = pairs + level[2 * len(pairs) :]
    return level[0].hex()

def root_by_path(row: Any, index: int, count: int, path: list[str]) -> str:
    """Section 1: where a row's audit path leads; "" when there is no such place or the path has another length."""
    node, steps = sha256(b"\0" + ENCODER.encode(row).encode()).digest(), [*map(bytes.fromhex, path)][::-1]
    last, is_place = count - 1, index < count
    while last > 0 and (index ^ 1 > last or steps):
        if index ^ 1 <= last: node = sha256(b"\1" + (steps.pop() + node if index & 1 else node + steps.pop())).digest()
        index, last = index // 2, last // 2
    return node.hex() if is_place and not last and not steps else ""

# ---- Sections 2, 3, 4, 9, 10: forms, as data. A form is {key: form, "key?": form, "...": plain}, a list of
# [form, sort key, least], {words}, a range, a type, a test of a text, or (a function that chooses the form,)

def fault(value: Any, form: Any) -> str:
    """Say where a value leaves its form, or nothing."""
    kind = type(form)
    if kind is type: return "" if type(value) is form else f"not allowed: {show(value)}"
    if kind is tuple and type(value) is dict: return fault(value, form[0](value))
    if kind is dict and type(value) is dict:
        for key, item in value.items():
            known = form.get(key if key[-1:] != "?" else "...")
            known = known or (form.get(key + "?") or form.get("...") if key.isascii() else None)
            if type(item) is not known and (why := fault(item, known)): return f"{show(key)}, {why}"
        missing = () if form.keys() <= value.keys() else [key for key in form if key not in value and key[-1] not in "?."]
        return f"{missing[0]} is missing" if missing else ""
    if kind is list and type(value) is list and len(value) >= form[2]:
        for number, item in enumerate(value, 1):
            if type(item) is not form[0] and (why := fault(item, form[0])): return f"number {number}, {why}"
        keys = [*map(form[1], value)] if form[1] and len(value) > 1 else []
        return "not sorted, each once" if keys != sorted({*keys}) else ""
    if form is plain: fits = plain(value)
    elif kind is range: fits = type(value) is int and value in form
    else: fits = type(value) is str and bool(form(value) if callable(form) else value in (form or ()))
    return "" if fits else f"not allowed: {show(value)}"

def plain(value: Any, depth: int = 0) -> bool:
    """Section 1: what is not read has no null or float either, small integers, ASCII keys, bounded depth."""
    if isinstance(value, dict): return all(map(str.isascii, value)) and plain([*value.values()], depth)
    if isinstance(value, list): return depth < MAX_DEPTH and all(plain(item, depth + 1) for item in value)
    return isinstance(value, str) or (isinstance(value, int) and abs(value) < 2**53)

def is_id(text: str) -> bool:
    """Section 1: an id; White_Space is Zs, Zl, Zp and some of Cc."""
    bad = not text.isalnum() and ("/" in text or {*map(unicodedata.category, text)} & {*BAD, "Zs"})
    return 0 < len(text) <= 64 and not bad

@functools.lru_cache(maxsize=1000)
def instant(at: str) -> Any:
    """Section 4: an RFC 3339 time to be compared, its seconds and the digits behind the point; or nothing."""
    match = re.fullmatch("([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9:]{8})([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})", at)
    try: whole = match and datetime.datetime.strptime(match[1] + match[2] + match[4].upper(), "%Y-%m-%d%H:%M:%S%z")
    except ValueError: return None
    return match and (whole, (match[3] or ".").rstrip("0"))

def is_day(text: str) -> bool:
    """Section 1: a day of the calendar."""
    return len(text) == 10 and instant(text + "T00:00:00Z") is not None

DIGEST, SALT, MONTH = (re.compile(form).fullmatch for form in ("[0-9a-f]{64}", "[0-9a-f]{32}", "[0-9]{4}-[0-9]{2}"))
COUNT, SOME, NAMES, IDS = range(2**53), range(1, 2**53), [str, str, 0], [is_id, str, 0]
TEAM, DAYS, BAD = [is_id, None, 0], [is_day, str, 1], {"Cc", "Cf", "Zl", "Zp"}
ID, DAY, QUOTA = itemgetter("id"), itemgetter("day"), itemgetter("domain", "stratum")
KINDS: Any = {  # of sources: what the promise says, and what the entropy adds
    "text": ({"digest": DIGEST}, {}), "dice": ({"count": SOME, "sides": range(2, 11)}, {}),
    "lottery": ({"groups": [str, None, 1]}, {}),
    "drand": ({"chain": DIGEST, "round": SOME}, {"signature": str, "previous_signature?": str}),
    "nist": ({"chain": COUNT, "pulse": COUNT}, {"pulse_record": str, "certificate": str})}
PROMISE: Any = {"kind": {*KINDS}, "name": str, "at": instant}
SOURCE: Any = (lambda it: {**PROMISE, **KINDS.get(str(it.get("kind")), [{}])[0]},)
ENTROPY = [(lambda it: {**SOURCE[0](it), "value": str, **KINDS.get(str(it.get("kind")), [{}])[-1]},), None, 0]
LISTS: Any = {
    "entities": {"id": is_id, "salt": SALT, "domains": [str, str, 1], "zone?": str,
                 "strata": [{"domain": str, "stratum": str}, None, 1], "days?": DAYS, "team?": TEAM, "expert?": is_id,
                 "...": plain},
    "inspectors": {"id": is_id, "salt": SALT, "role": {"inspector", "expert"}, "lead": bool, "skills": NAMES,
                   "zones?": NAMES, "month_cap": COUNT, "days": [{"cap": SOME, "day": is_day}, DAY, 0], "barred": IDS,
                   "...": plain},
    "excluded": {"id": is_id, "salt": SALT, "domain?": str,
                 "reason": {"retired", "month", "cap", "cooling-off", "filter", "other-slot"}}}
COMMITMENT: Any = {
    "protocol": {"draw-v1"}, "slot": lambda slot: is_id(slot.replace("/", "-")), "bureau": str, "period": MONTH,
    "days": DAYS, "combine": {"applicable", "drawn"},
    "frame": {name: {"count": COUNT, "root": DIGEST} for name in LISTS},
    "quotas": [{"domain": str, "stratum": str, "size": SOME, "take": COUNT}, QUOTA, 0], "sources": [SOURCE, None, 1],
    "...": plain, "team": {"min": range(1, 7), "max": range(1, 7), "expert_domains": NAMES}, "amends?": {
        "changes": [{"entity": is_id, "left": IDS, "closed": [is_day, str, 0], "reason": str}, itemgetter("entity"), 0],
        "absent": [{"id": is_id, "days": DAYS, "reason": str}, ID, 0], "added": [{"id": is_id, "reason": str}, ID, 0],
        "result": DIGEST}}
VISIT: Any = {True: {"open": {"no day", "no team"}}, False: {"day": is_day, "team": TEAM, "expert?": is_id}}
RESULT: Any = {
    "protocol": {"draw-v1"}, "commitment": DIGEST, "entropy": ENTROPY, "seed": DIGEST,
    "selection": [{"entity": is_id, "ticket": DIGEST, "drawn": NAMES}, None, 0],
    "visits": [(lambda it: {"entity": is_id, "domains": NAMES, **VISIT["open" in it]},), None, 0]}

def require_commitment(it: Any, place: str) -> None:
    """Sections 3, 4 and 9: what a commitment keeps beside its form."""
    ats, kinds, days = [instant(s["at"]) for s in it["sources"]], [s["kind"] for s in it["sources"]], it["days"]
    changes, sealed = it.get("amends", {}).get("changes", ()), kinds.count("text")
    require(place, (all(q["take"] <= q["size"] for q in it["quotas"]), "a quota takes more than there are"),
            (it["team"]["min"] <= it["team"]["max"], "min is above max"), (sealed < len(ats), "all sources are texts"),
            ({day[:7] for day in days} == {it["period"]}, "a day is not of the period"),
            (not any(of["left"] and of["closed"] for of in changes), "left and closed are both filled"),
            ({*kinds[:sealed]} <= {"text"}, "a text stands behind another source"),
            (max(ats[:sealed] or [min(ats)]) <= min(ats[sealed:] or ats), "a text is opened later than another source"),
            (all(s["at"][:10] < days[0] for s in it["sources"]), "a source is not before the first day"))

def require_entity(row: Any, it: Any, place: str, roster: Any = None) -> None:
    """Section 2: what an entity's row keeps beside its form; roster: the inspectors, where they are known."""
    require(place, ([s["domain"] for s in row["strata"]] == row["domains"], "strata are not those of domains"),
            ("days" not in row or {*row["days"]} <= {*it["days"]}, "a day is not the commitment's"))
    if "team" not in row and "expert" not in row: return
    team, roles = row.get("team", []), ["inspector"] * len(row.get("team", [])) + ["expert"]
    people = [roster.get(id, {"role": "", "barred": ()}) for id in holders(row)] if roster is not None else []
    require(place, ("amends" in it, "it names people outside a supplementary draw"),
            (len({*team}) == len(team) <= it["team"]["max"], "its team is too large or names somebody twice"),
            (all(p["role"] == role for p, role in zip(people, roles)), "it names somebody who has not the role"),
            (not any(row["id"] in p["barred"] for p in people), "it names somebody who is barred from it"))

def holders(visit: Any) -> list[str]:
    """Give the members of a team and its expert."""
    return [*visit.get("team", []), *([visit["expert"]] if "expert" in visit else [])]

# ---- The container: no tricks with names, links, sizes, gaps and tails
FIVE = ("commitment.json", *(f"{name}.jsonl" for name in LISTS), "result.json")
PART = "(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])[./])[0-9A-Za-z_-]+(?:[.][0-9A-Za-z_-]+)*"
MEMBER = re.compile(
    f"(?:amends/){{0,{MAX_DEPTH}}}(?:{'|'.join(FIVE)})|(?:amends/)+|disclosure.json|verify.py|verify.html|README.txt"
    f"|(?=.{{1,100}}$)(?:signatures|log)/(?:{PART}/){{0,7}}(?:{PART})?").fullmatch

def unzip(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the members of a zip whose every byte belongs to one of them, the directory or the end."""
    mark, disks, here, count, length, at, note = struct.unpack("<4sL2H2LH", data[-22:].rjust(22))
    start, place, end = at, 0, len(data) - 22
    fits = (mark, disks, here, at + length, note) == (b"PK\5\6", 0, count, end, 0)
    require("the file", (fits, "it is no zip file that ends where it says"))
    for _ in range(count):
        head, local = data[at : at + 46].ljust(46), data[place : place + 30].ljust(30)
        flags, method, crc, packed, size, wide, more, note, disk, mode, offset = struct.unpack("<8x2H4x3L4H2x2L", head)
        raw, named = data[at + 46 : at + 46 + wide], data[place + 30 : place + 30 + wide]
        name = raw.decode("utf-8", "replace")
        fits = (head[:4], local[:4], offset, disk) == (b"PK\1\2", b"PK\3\4", place, 0)
        told, sums = (head[8:30], head[8:16] + bytes(12 if flags & 8 else 0) + head[28:30]), head[16:28]
        at, place = at + 46 + wide + more + note, place + 30 + wide + int.from_bytes(local[28:], "little") + packed
        body, stream = data[place - packed : place], zlib.decompressobj(-15)
        if flags & 8:  # its sums stand behind it again, with a mark or without
            place += 16 if data[place : place + 4] == b"PK\7\x08" else 12
            sums = data[place - 12 : place]
        is_kind = stat.S_IFMT(mode >> 16) in (0, stat.S_IFDIR if name[-1:] == "/" else stat.S_IFREG)
        require(show(name), (fits and place <= start and sums == head[16:28], "it does not begin or end where it says"),
                (not flags & ~0x80E and method in (0, 8), "it is encrypted, or packed in a way not read here"),
                (is_kind, "it is a link or a device"), (local[6:28] in told and named == raw, "it is told in two ways"),
                (packed <= 2 * size + 100 and size <= min(100 * packed + 1000, MAX_BYTES), "it unpacks to too much"))
        try: body = stream.decompress(body, size + 1) if method else body
        except zlib.error: size = -1
        ends = not method or (stream.eof and not stream.unused_data)
        require(show(name), (ends and len(body) == size and zlib.crc32(body) == crc, "it is damaged"))
        yield name, body
    require("the file", (at == end and place == start, "something stands between its members"))

def walk(folder: pathlib.Path, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Give the members of a folder; of those that are not read here the names alone."""
    for entry in sorted(folder.iterdir()):
        name, about = prefix + entry.name, entry.lstat()
        is_folder, is_file = stat.S_ISDIR(about.st_mode), stat.S_ISREG(about.st_mode) and about.st_size <= MAX_BYTES
        require(show(name), (is_folder or is_file, "it is a link or a device, or too large"))
        yield name + "/" * is_folder, entry.read_bytes() if is_file and "json" in name else b""
        if is_folder and MEMBER(name + "/"): yield from walk(entry, name + "/")

def gather(found: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    """Take the members in, each known by its name, and once."""
    members, names, total = {}, {""}, 0
    for name, data in found:
        total += len(data)
        require(show(name), (MEMBER(name) and not (data and name[-1] == "/"), "it is no member of a bundle"),
                (name.lower() not in names, "it is there twice, or in letters of another size"),
                (len(names) <= MAX_MEMBERS and total <= MAX_BYTES, "it is a member too many, or too large"))
        names.add(name.lower())
        members[name] = data
    folders = {name[:at] for name in names for at, c in enumerate(name) if c == "/"}
    require("the file", (not folders & names, "a name is a file and a folder"))
    return {name: data for name, data in members.items() if name[-1] != "/"}

# ---- Sections 2 to 6: a draw, its seed, who is drawn

class Draw:
    """A draw whose members keep their forms; nothing is compared yet."""

    def __init__(self, members: dict[str, bytes], prefix: str) -> None:
        head, *lists, tail = places = [prefix + name for name in FIVE]
        require(prefix or "the bundle", *((place in members, f"{place} is missing") for place in places))
        self.it, self.out = read(members[head], COMMITMENT, head), read(members[tail], RESULT, tail)
        self.digest, self.out_digest = sha256(members[head]).hexdigest(), sha256(members[tail]).hexdigest()
        require_commitment(self.it, head)
        self.strata, self.frame, self.roster, self.tickets = defaultdict[Any, Any](list), {}, {}, {}
        domains, rows, days = {}, [], {*self.it["days"]}
        for (name, form), place in zip(LISTS.items(), lists):
            *lines, last = members[place].split(b"\n")
            rows.append([read(line, form, f"{place}, row {n}") for n, line in enumerate(lines, 1)])
            keys = [(row["id"], row.get("domain", "") if name == "excluded" else "") for row in rows[-1]]
            wrong = next((n for n, pair in enumerate(zip(keys, keys[1:]), 2) if pair[0] >= pair[1]), 0)
            require(place, (not last, "no line feed at its end"), (not wrong, f"row {wrong} is not in its place"))
            self.frame[name] = {"count": len(lines), "root": root_of(lines)}
        self.entities, self.people, self.excluded = rows
        for n, p in enumerate(self.people, 1):
            require(f"{lists[1]}, row {n}", ({*map(DAY, p["days"])} <= days, "a day is not the commitment's"))
            self.roster[p["id"]] = {**p, "barred": {*p["barred"]}}
        for n, row in enumerate(self.entities, 1):
            require_entity(row, self.it, f"{lists[0]}, row {n}", self.roster)
            domains[row["id"]], self.tickets[row["id"]] = row["domains"], ticket(self.out["seed"], "entity", row)
            for of in row["strata"]: self.strata[QUOTA(of)].append(row["id"])
        for n, row in enumerate(self.excluded, 1):
            id, domain = row["id"], row.get("domain")
            fits = id not in domains if domain is None else domain not in domains.get(id, [domain])
            require(f"{lists[2]}, row {n}", (fits, "it is in the frame as well, or leaves a domain out of no row"))

def ticket(seed: str, purpose: str, row: Any, *more: str) -> str:
    """Section 5: the SHA-256 of a few lines."""
    return sha256("\n".join((seed, purpose, row["id"], row["salt"], *more)).encode()).hexdigest()

def unproven(of: Any) -> str:
    """Section 4, SEED-2: the value has the form of its kind; what of its proof is beyond this file."""
    kind, value, what = of["kind"], of["value"], f"value of {of['name']}"
    fits = bool(re.fullmatch("[0-9a-f]{128}" if kind == "nist" else "[0-9a-f]{64}", value))
    if kind == "text":
        fits = 0 < len(value) <= 200 and value == value.strip() and not {*map(unicodedata.category, value)} & BAD
        same(f"digest of the {what}", of["digest"], sha256(value.encode()).hexdigest())
    elif kind == "dice":
        fits = len(value) == of["count"] and {*value} <= {*"123456789"[: of["sides"]], "0" * (of["sides"] == 10)}
    elif kind == "lottery":
        groups = [re.fullmatch("((0|[1-9][0-9]*)[.])+", g) and g[:-1].split(".") for g in value.split("/")[:-1]]
        fits = value[-1:] == "/" and len(groups) == len(of["groups"]) and all(groups)
        fits = fits and all(g == sorted(g or (), key=lambda n: (len(n), n)) for g in groups)
    elif kind == "drand" and (fits := fits and bool(re.fullmatch("([0-9a-f]{2})+", of["signature"]))):
        same(f"{what}, from its signature", sha256(bytes.fromhex(of["signature"])).hexdigest(), value)
    same(f"form that section 4 gives to the {what}", True, fits or value)
    return f"the proof of {of['name']} is beyond this file: use inspect-cli" if kind in ("drand", "nist") else ""

def check_seed(report: Report, it: Any, digest: str, out: Any) -> None:
    """Section 4: SEED-1 to SEED-3."""
    kept = [{key: of[key] for key in of if key in {*PROMISE, *KINDS[of["kind"]][0]}} for of in out["entropy"]]
    seed = "\n".join(["draw-v1/seed", digest, *(f"{of['kind']}:{of['value']}" for of in out["entropy"])])
    report.run("SEED-1", lambda: same("sources", it["sources"], kept))
    report.run("SEED-2", lambda: "; ".join(filter(None, map(unproven, out["entropy"]))))
    report.run("SEED-3", lambda: same("seed", sha256(seed.encode()).hexdigest(), out["seed"]))

def check_selection(draw: Draw) -> None:
    """Section 6, SELECT-1: the quotas are those of the frame, and the lowest tickets of each are drawn."""
    quotas, rank = {QUOTA(q): q for q in draw.it["quotas"]}, draw.tickets.__getitem__
    drawn = defaultdict[str, Any](list)
    sizes = sorted((key, len(ids)) for key, ids in draw.strata.items())
    same("quotas and their sizes", sizes, [(key, q["size"]) for key, q in quotas.items()])
    hopeless = [row["id"] for row in draw.entities if not any(quotas[QUOTA(of)]["take"] for of in row["strata"])]
    same("entities that no quota can draw", [], hopeless)
    for key, q in quotas.items():
        for id in heapq.nsmallest(q["take"], draw.strata[key], key=rank): drawn[id].append(q["domain"])
    expected = [{"drawn": drawn[id], "entity": id, "ticket": rank(id)} for id in sorted(drawn, key=rank)]
    same("selection", expected, draw.out["selection"])

# ---- Sections 7 and 8: teams and days

class Month:
    """Sections 7 and 8: who is free when, and the visits, staffed one after the other."""

    def __init__(self, draw: Draw) -> None:
        self.seed, self.terms, self.days, self.steps = draw.out["seed"], draw.it["team"], draw.it["days"], 0
        self.bits = {domain: 1 << n for n, domain in enumerate({domain for domain, _ in draw.strata})}
        self.spend(0 if len(self.bits) <= MAX_DOMAINS else MAX_STEPS + 1)
        people = draw.roster.values()
        self.people = [{**p, "near": {*p.get("zones", ())}, "mask": self.mask(p["skills"])} for p in people]
        self.by_role = {role: [p for p in self.people if p["role"] == role] for role in ("inspector", "expert")}
        self.full: dict[str, dict[str, int]] = {day: {} for day in self.days}
        for p in people:
            for of in p["days"]: self.full[of["day"]][p["id"]] = of["cap"]
        self.full["month"] = {p["id"]: p["month_cap"] for p in people}
        self.left, self.loads = {day: {**caps} for day, caps in self.full.items()}, Counter[str]()

    def mask(self, domains: Any) -> int:
        """Write domains as the bits of a number."""
        return sum(self.bits.get(domain, 0) for domain in domains)

    def spend(self, steps: int) -> None:
        """Bound the search."""
        self.steps += steps
        if self.steps > MAX_STEPS: raise Refused(f"over {MAX_STEPS} steps for teams, or {MAX_DOMAINS} domains", True)

    def pool(self, row: Any, role: str, day: str, caps: Any) -> list[Any]:
        """Section 7: those of a role with cap left who do not bar the entity, visit its zone, are not on its team."""
        self.spend(len(self.people))
        team, today, month, zone = row.get("team", ()), caps[day], caps["month"], row.get("zone")
        free = [p for p in self.by_role[role] if today.get(p["id"], 0) > 0 and month[p["id"]] > 0]
        near = [p for p in free if "zones" not in p or zone in p["near"]]
        return [p for p in near if row["id"] not in p["barred"] and p["id"] not in team]

    def is_covered(self, need: int, masks: set[int], people: int) -> bool:
        """Section 7: so many people or fewer can have all skills of a need."""
        if not need or not people: return not need
        self.spend(len(masks))
        return any(self.is_covered(need & ~mask, masks, people - 1) for mask in masks if mask & need & -need)

    def fitting(self, pool: list[Any], need: int, lead: bool, k: int) -> Iterator[Any]:
        """Section 7: those of a pool who fit the next of k seats, perhaps with a lead wanted."""
        masks = {p["mask"] & need for p in pool}
        able = (p for p in pool if 0 < k <= len(pool) and (p["lead"] or not lead))
        return (p for p in able if self.is_covered(need & ~p["mask"], masks, k - 1))

    def seats(self, pool: list[Any], need: int, lead: bool, present: int) -> int | None:
        """Section 7: how many seats are to be filled for the smallest size that can be reached, if any."""
        ways = range(max(self.terms["min"] - present, 0), self.terms["max"] - present + 1)
        return next((k for k in ways if not (k or need or lead) or any(self.fitting(pool, need, lead, k))), None)

    def visit(self, row: Any, domains: list[str], level: int) -> Any:
        """Section 8: the visit of one entity."""
        team, expert = row.get("team", []), holders({**row, "team": []})
        named, visit = [p for p in self.people if p["id"] in team], {"entity": row["id"], "domains": domains}
        need, lead = self.mask({*domains}.difference(*(p["skills"] for p in named))), not any(p["lead"] for p in named)
        days = row.get("days", self.days)
        order = {day: (self.loads[day] >= level, ticket(self.seed, "day", row, day)) for day in days}
        for day in sorted(order, key=order.__getitem__):
            pool, chosen = self.pool(row, "inspector", day, self.left), []
            if (seats := self.seats(pool, need, lead, len(team))) is None: continue
            lines = "\n".join((self.seed, "inspector", row["id"], row["salt"], ""))
            pool.sort(key=lambda p: sha256((lines + p["id"]).encode()).digest())
            for k in range(seats, 0, -1):  # each seat goes to the lowest ticket among those who fit the seats left
                chosen.append(p := next(self.fitting(pool, need, lead, k)))
                pool, need, lead = [q for q in pool if q is not p], need & ~p["mask"], lead and not p["lead"]
            visit.update(day=day, team=team + [*map(ID, chosen)])
            if not expert and (common := self.mask({*domains} & {*self.terms["expert_domains"]})):
                experts = [p for p in self.pool(row, "expert", day, self.left) if p["mask"] & common]
                chosen += heapq.nsmallest(1, experts, key=lambda p: ticket(self.seed, "expert", row, p["id"]))
                expert = [p["id"] for p in chosen if p["role"] == "expert"]
            for caps in (self.left[day], self.left["month"]): caps.update({p["id"]: caps[p["id"]] - 1 for p in chosen})
            self.loads[day] += 1
            return {**visit, "expert": expert[0]} if expert else visit
        fresh = (self.pool(row, "inspector", day, self.full) for day in days)
        could = any(self.seats(pool, need, lead, len(team)) is not None for pool in fresh)
        return {**visit, "open": "no team" if could else "no day"}

def check_visits(draw: Draw) -> None:
    """Section 8, VISIT-1: the visits follow."""
    rows, month, visits = {row["id"]: row for row in draw.entities}, Month(draw), {}
    chosen = [(rows[of["entity"]], of["drawn"]) for of in draw.out["selection"]]
    for row, drawn in sorted(chosen, key=lambda pair: "days" not in pair[0]):
        domains = row["domains"] if draw.it["combine"] == "applicable" else drawn
        visits[row["id"]] = month.visit(row, domains, -(-len(chosen) // len(draw.it["days"])))
    same("visits", [visits[row["id"]] for row, _ in chosen], draw.out["visits"])

# ---- Section 9: supplementary draws

def own(p: Any) -> dict[str, Any]:
    """Take a row of the roster so that its days and bars can change."""
    return {**p, "days": {of["day"]: of["cap"] for of in p["days"]}, "barred": {*p["barred"]}}

def check_amendment(chain: list[Draw], bad: str) -> Any:
    """Section 9, AMEND-1: the last draw of a chain follows from those before it and from what it names."""
    same("the amended draw", "", bad)
    if not chain: return None
    first, last, draw = chain[0], chain[-2], chain[-1]
    it, was, new = draw.it, first.it, {p["id"]: p for p in draw.people}
    rows = {row["id"]: row for row in first.entities}
    late, date = max(instant(s["at"]) for s in last.it["sources"]), max(s["at"][:10] for s in it["sources"])
    keys = ["bureau", "period", "team", "combine", "days", "quotas"]
    quotas = [{**q, "stratum": "supplement", "take": q["size"]} for q in it["quotas"]]
    terms = {**was, "combine": "applicable", "days": [day for day in was["days"] if day > date], "quotas": quotas}
    same("terms", [(key, terms[key]) for key in keys], [(key, it[key]) for key in keys])
    same("amended result; exclusions", [last.out_digest, []], [it["amends"]["result"], draw.excluded])
    same("sources not later than the amended draw's", [], [s for s in it["sources"] if instant(s["at"]) <= late])
    force, closed, seats = dict[str, Any](), defaultdict[str, Any](set), Counter[Any]()
    whole = {id: own(p) for id, p in first.roster.items()}
    for before, now in zip(chain, chain[1:]):  # what was in force before the last draw, and the roster's whole with it
        changes, added = {of["entity"]: of for of in now.it["amends"]["changes"]}, {*map(ID, now.it["amends"]["added"])}
        absent = {of["id"]: of["days"] for of in now.it["amends"]["absent"]}
        gone = [(p, id) for id in changes for p in changes[id]["left"]]
        force.update((of["entity"], of) for of in before.out["visits"])
        strangers = [(p, id) for p, id in gone if p not in holders(force.get(id, {}))]
        same("who left a visit without being of it", [], strangers)
        wrong = {*changes} - {*force} | {*absent} - {*whole} | added & {*whole} | added - {*now.roster}
        same("changes of no visit in force, absent not on the roster, added on it before or not now", [], sorted(wrong))
        for id in changes: closed[id].update(changes[id]["closed"])
        for p, id in gone: whole[p]["barred"].add(id)
        for p in absent: whole[p]["days"] = {day: cap for day, cap in whole[p]["days"].items() if day not in absent[p]}
        whole.update((id, own(now.roster[id])) for id in added)
    left = {id: [day for day in it["days"] if day in rows[id].get("days", it["days"])] for id in force}
    left = {id: [day for day in left[id] if day not in closed[id]] for id in force}
    lost = [id for id in changes if not {*changes[id]["closed"]} <= {*was["days"]}]
    lost += [id for id, of in force.items() if "open" in of and left[id] and id not in changes]
    same("days closed that are none, open visits not drawn anew", [], lost)
    for id, visit in force.items():
        who = changes[id]["left"] if id in changes else []
        stay = [p for p in holders(visit) if p not in who] if who or id not in changes else []
        same(f"absent who keep a seat at {id}", [], [p for p in stay if visit["day"] in absent.get(p, ())])
        seats.update([*stay, *((p, visit["day"]) for p in stay)])
    keys = ["id", "salt", "zone", "domains", "strata", "days", "team", "expert"]
    expected = [row_of(of, force[id], rows[id], left[id], closed[id]) for id, of in changes.items()]
    same("rows of entities", expected, [{key: row[key] for key in keys if key in row} for row in draw.entities])
    same("ids of the roster", sorted(whole), [*new])
    keys = ["id", "salt", "role", "lead", "skills", "zones", "barred", "month_cap", "days"]
    for id, p in whole.items():
        caps = ((day, p["days"].get(day, 0) - seats[id, day]) for day in it["days"])
        p.update(barred=sorted(p["barred"]), month_cap=max(p["month_cap"] - seats[id], 0))
        p["days"] = [{"cap": cap, "day": day} for day, cap in caps if cap > 0]
        same(f"row of {id}", [[key, p.get(key)] for key in keys], [[key, new[id].get(key)] for key in keys])
    return None

def row_of(change: Any, visit: Any, first: Any, days: list[str], closed: set[str]) -> Any:
    """Section 9: what the row of a changed visit must be."""
    row, gone = {key: first[key] for key in ("id", "salt", "zone") if key in first}, change["left"]
    row.update(domains=visit["domains"], strata=[{"domain": of, "stratum": "supplement"} for of in visit["domains"]])
    if not gone:
        fits = ("open" in visit or visit["day"] in closed) and days != []
        same(f"{row['id']} is open or its day is closed, and it has a day left", True, fits)
        return {**row, "days": days} if "days" in first or closed else row
    team, expert = ([p for p in ids if p not in gone] for ids in (visit["team"], holders({**visit, "team": []})))
    row.update(days=[visit["day"]], **({"team": team} if team else {}), **({"expert": expert[0]} if expert else {}))
    return row

# ---- Section 11: the checks
RESTS = {"ROW-1": "COMMIT-1", "SEED-1": "COMMIT-1", "SEED-2": "SEED-1", "SEED-3": "SEED-1", "TICKET-1": "ROW-1 SEED-3",
         "CUTOFF-1": "TICKET-1", "SELECT-1": "FRAME-1 SEED-3", "VISIT-1": "SELECT-1", "AMEND-1": "VISIT-1"}

class Report(dict):  # type: ignore[type-arg]
    """The verdicts by the ids of their checks, in order."""

    def run(self, id: str, check: Callable[[], Any]) -> None:
        """Make a check, unless one that it rests on is not VERIFIED; it returns a reason when it cannot be made."""
        weak = [f"it rests on {other}" for other in RESTS.get(id, "").split() if self[other]["verdict"] != "VERIFIED"]
        try: why = weak[0] if weak else check() or ""
        except Mismatch as no: self[id] = {"verdict": "MISMATCH", **dict(zip(("detail", "expected", "found"), no.args))}
        else: self[id] = {"verdict": "NOT CHECKED" if why else "VERIFIED", "detail": why}

    def of(self, verdict: str) -> list[str]:
        """Give the checks with a verdict, but for the last two, which are beyond this file."""
        return [id for id, row in self.items() if row["verdict"] == verdict and id not in ("SIGN-1", "ORDER-1")]

def check_draw(chain: list[Draw], bad: str, unsure: str) -> Report:
    """Section 11: all checks of the last draw of a chain; why the amended one is bad, and why it is not sure."""
    draw, report, is_known = chain[-1], Report(), len(chain) > 1 and "amends" not in chain[0].it
    report.run("COMMIT-1", lambda: same("commitment", draw.digest, draw.out["commitment"]))
    report.run("FRAME-1", lambda: same("lists", [*draw.it["frame"].items()], sorted(draw.frame.items())))
    check_seed(report, draw.it, draw.digest, draw.out)
    report.run("SELECT-1", lambda: check_selection(draw))
    report.run("VISIT-1", lambda: check_visits(draw))
    if "amends" in draw.it: report.run("AMEND-1", lambda: check_amendment(chain if is_known else [], bad) or unsure)
    return report

def verify_bundle(members: dict[str, bytes]) -> tuple[Report, Draw]:
    """Section 11: all checks of a draw; those of the draws that it amends first, from the bottom of the chain."""
    deepest, chain = max((name.count("amends/") for name in members), default=0), list[Draw]()
    bad, unsure = "", "the amended draw is missing"
    for level in range(deepest, -1, -1):
        try:
            chain.append(Draw(members, "amends/" * level))
            require("amends/", ("amends" in chain[-1].it or level == deepest, "the commitment amends nothing"))
            report = check_draw(chain, bad, unsure)
            bad = ", ".join(f"{id} is a MISMATCH" for id in report.of("MISMATCH"))
            unsure = ", ".join(f"{id} of the amended draw is NOT CHECKED" for id in report.of("NOT CHECKED"))
        except Refused as why:
            if level == 0 or why.args[1:]: raise
            chain, bad, unsure = [], f"refused, {why}", ""
    return report, chain[-1]

# ---- What is shown to some: public-v1 and receipt-v1 (docs/disclosure.md)
PATH, CUTOFF = {"index": COUNT, "path": [DIGEST, None, 0]}, {"cutoff": DIGEST, "domain": str, "stratum": str}
SHOWN = {**PATH, "row": LISTS["entities"], "ticket": DIGEST, "drawn": NAMES}
PUBLIC = {"format": {"public-v1"}, "commitment": DIGEST, "result": DIGEST, "entropy": ENTROPY, "seed": DIGEST,
          "counts": {key: COUNT for key in ("selected", "visits", "open", "shown")}, "cutoffs": [CUTOFF, QUOTA, 0],
          "visits": [{**SHOWN, "domains": NAMES, "day": is_day, "day_ticket": DIGEST}, itemgetter("ticket"), 0]}
RECEIPT = {"format": {"receipt-v1"}, "commitment": COMMITMENT, "entropy": ENTROPY, "seed": DIGEST, "entity": is_id,
           "frame?": {**SHOWN, "standings": [{**CUTOFF, "rank": SOME}, itemgetter("domain"), 0]},
           "excluded?": [{**PATH, "row": LISTS["excluded"]}, lambda it: it["row"].get("domain", ""), 1]}

def check_disclosure(shown: Any, it: Any, digest: str) -> Report:
    """Check what is shown: rows against the commitment, tickets against rows, who is drawn against the cut-offs."""
    report, seed, out, is_public = Report(), shown["seed"], shown.get("excluded", []), "visits" in shown
    visits = shown["visits"] if is_public else [shown[key] for key in ("frame",) if key in shown]
    paths = [("entities", of) for of in visits] + [("excluded", of) for of in out]
    ids, inside = [of["row"]["id"] for of in visits], {name for of in visits for name in ("", *of["row"]["domains"])}
    for of in visits: require_entity(of["row"], it, f"row of {of['row']['id']}")
    require("what is shown", (len(ids) == len({*ids}), "an entity is there twice"),
            (not inside & {of["row"].get("domain", "") for of in out}, "a row is in the frame and excluded"),
            (visits or is_public or [of["row"].get("domain") for of in out] == [None], "it is neither in the frame nor left out"),
            (is_public or {shown["entity"]} == {of["row"]["id"] for _, of in paths}, "rows are not the entity's"))
    places = [[name, of["index"]] for name, of in sorted(paths, key=lambda path: (path[0], path[1]["row"]["id"]))]
    roots = [root_by_path(of["row"], of["index"], it["frame"][name]["count"], of["path"]) for name, of in paths]
    kinds = [("ticket", "entity"), ("day_ticket", "day")][: 1 + is_public]
    more = [{"entity": [], "day": [of.get("day", "")]} for of in visits]
    expected = [[ticket(seed, kind, of["row"], *day[kind]) for _, kind in kinds] for of, day in zip(visits, more)]
    tickets = [[of[key] for key, _ in kinds] for of in visits]
    missing = "" if visits or is_public else "what is not in the frame has no ticket"
    report.run("COMMIT-1", lambda: same("commitment", digest, shown["commitment"] if is_public else digest))
    report.run("ROW-1", lambda: same("roots by the paths", [it["frame"][name]["root"] for name, _ in paths], roots) or same(
        "places of the rows in their order", [[*place] for place in sorted({*map(tuple, places)})], places))
    report.run("FRAME-1", lambda: "the lists are not shown")
    check_seed(report, it, digest, shown)
    report.run("TICKET-1", lambda: same("tickets of the rows", expected, tickets) or missing)
    report.run("CUTOFF-1", lambda: check_cutoffs(shown, it, visits))
    for id in ("SELECT-1", "VISIT-1", *["AMEND-1"] * ("amends" in it)):
        report[id] = {"verdict": "NOT CHECKED", "detail": "it needs all rows, which are not shown"}
    return report

def check_cutoffs(shown: Any, it: Any, visits: list[Any]) -> None:
    """CUTOFF-1: who is drawn, and with which rank, fits cut-offs, quotas and counts; numbered as in docs/disclosure.md."""
    takes, is_public = {QUOTA(q): q["take"] for q in it["quotas"]}, "visits" in shown
    standings = shown["cutoffs"] if is_public else visits[0]["standings"]
    strata, cutoff = [[*map(QUOTA, of["row"]["strata"])] for of in visits], {QUOTA(of): of["cutoff"] for of in standings}
    lost = [keys for keys in strata if not {*keys} <= {*takes} or not any(takes[key] for key in keys)]
    same("(1) rows without quotas, or that no quota can draw", [], lost)
    wanted = sorted(key for key in (takes if is_public else strata[0]) if takes[key])
    same("(2) quotas with a cut-off", wanted, sorted(cutoff))
    used = Counter(key for of, keys in zip(visits, strata) for key in keys if of["ticket"] <= cutoff.get(key, ""))
    for of, keys in zip(visits, strata):
        row, days = of["row"], of["row"].get("days", it["days"])
        drawn = [key[0] for key in keys if of["ticket"] <= cutoff.get(key, "")]
        same(f"(3) what {row['id']} is drawn for", [drawn, True], [of["drawn"], drawn != [] or not is_public])
        domains = row["domains"] if it["combine"] == "applicable" else drawn
        found = [of.get("domains", domains), of.get("day", days[0]) in days]
        same(f"(6) domains of {row['id']}, whether the day is one of its days", [domains, True], found)
    if not is_public:
        for of, q in ((of, q) for of in standings for q in it["quotas"] if QUOTA(of) == QUOTA(q)):
            sides = [(a > b) - (a < b) for a, b in ((visits[0]["ticket"], of["cutoff"]), (of["rank"], q["take"]))]
            same(f"(5) rank in {of['domain']}: within the size, as the ticket", [True, sides[0]], [of["rank"] <= q["size"], sides[1]])
        return
    highest = {key: of["ticket"] for of, keys in zip(visits, strata) for key in keys if key[0] in of["drawn"]}
    over = [key for key in used if used[key] > takes[key] or (used[key] == takes[key] and highest[key] != cutoff[key])]
    same("(4) quotas of which more is shown than they take, or all and not the cut-off", [], over)
    n, most, all_of = shown["counts"], max(takes.values(), default=0), sum(takes.values())
    same("(7) counts: shown, selected", [len(visits), n["visits"]], [n["shown"], n["selected"]])
    fits = [n["shown"] + n["open"] <= n["visits"], most <= n["selected"] <= all_of]
    same("(7) counts: shown and open within the visits, selected within what quotas take", [True, True], fits)

# ---- The command line

def questions(draw: Draw) -> Iterator[str]:
    """Section 12: what no check can prove, and a person should ask about."""
    amends, whole = draw.it.get("amends", {}), [q for q in draw.it["quotas"] if q["take"] == q["size"]]
    yield from (f"{key}: {show(of)}" for key in ("changes", "absent", "added") for of in amends.get(key, ()))
    yield from (f"the quota {q['domain']} {q['stratum']} takes all {q['size']}" for q in whole)
    yield from (f"{p['id']} is barred from {len(p['barred'])} entities" for p in draw.people if p["barred"])
    yield from (f"{row['id']} can be visited only on {' '.join(row['days'])}" for row in draw.entities if "days" in row)

def explain(draw: Draw, id: str) -> Iterator[str]:
    """Tell how one company fared: its row, its ticket, its place in each stratum, its visit."""
    yield from (f"excluded: {show(row)}" for row in draw.excluded if row["id"] == id)
    yield from (f"entities.jsonl, row {n}: {show(row)}" for n, row in enumerate(draw.entities, 1) if row["id"] == id)
    yield f"ticket {draw.tickets[id]}" if id in draw.tickets else "it is not in the frame"
    for q in (q for q in draw.it["quotas"] if id in draw.strata.get(QUOTA(q), ())):
        rank = sum(draw.tickets[other] <= draw.tickets[id] for other in draw.strata[QUOTA(q)])
        word = "drawn" if rank <= q["take"] else "not drawn"
        yield f"{q['domain']} {q['stratum']}: place {rank} of {q['size']}, {q['take']} are drawn: {word}"
    yield from (f"visit: {show(of)}" for of in draw.out["visits"] if of["entity"] == id)

def verify(path: str, entity: str | None) -> dict[str, Any]:
    """Verify a file or folder of any of the three formats."""
    about, asked, told, kind = os.stat(path), list[str](), list[str](), "bundle-v1"
    is_folder, is_file = stat.S_ISDIR(about.st_mode), stat.S_ISREG(about.st_mode) and about.st_size <= MAX_BYTES
    require(path, (is_folder or is_file, "it is neither a folder nor a plain file, or too large"))
    data = pathlib.Path(path).read_bytes() if is_file else b""
    is_receipt = data[:1] == b"{"
    members = {} if is_receipt else gather(unzip(data) if is_file else walk(pathlib.Path(path)))
    if is_receipt or "disclosure.json" in members:
        name, form = ("the receipt", RECEIPT) if is_receipt else ("disclosure.json", PUBLIC)
        fits = {*members} <= {"commitment.json", name, "verify.py", "verify.html", "README.txt"}
        require("the public bundle", (fits, "it has a member that only a full one has"))
        shown = read(members.get(name, data), form, name)
        sealed = ENCODER.encode(shown["commitment"]).encode() if is_receipt else members.get("commitment.json", b"")
        it, digest, kind = read(sealed, COMMITMENT, "commitment.json"), sha256(sealed).hexdigest(), shown["format"]
        require_commitment(it, "commitment.json")
        report, seen = check_disclosure(shown, it, digest), shown.get("visits", [shown.get("frame")])
        seen = [of for of in seen if of and of["row"]["id"] == (entity or shown.get("entity"))]
        told = [f"{key}: {show(of[key])}" for of in seen for key in of if key != "path"]
    else:
        report, draw = verify_bundle(members)
        it, digest, asked, told = draw.it, draw.digest, [*questions(draw)], [*explain(draw, entity)] if entity else []
    report.run("SIGN-1", lambda: "this file checks no signatures: use inspect-cli")
    report.run("ORDER-1", lambda: "this file reads no log and knows no witness: use inspect-cli")
    status = 6 if report.of("MISMATCH") else 7 if kind == "bundle-v1" and report.of("NOT CHECKED") else 0
    return {"format": kind, "slot": it["slot"], "bureau": it["bureau"], "commitment": digest, "status": status,
            "checks": [{"id": id, **row} for id, row in report.items()], "entity": told, "questions": asked}

def main(arguments: list[str] | None = None) -> int:
    """Verify one file, print what was found, and return the exit status."""
    parser = argparse.ArgumentParser(description="Verify a draw of inspections, 双随机抽取核验")
    for name in ("file", "--entity"): parser.add_argument(name)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        answer = verify(asked.file, asked.entity)
        lines = [f"{answer['format']}: draw {answer['slot']} of {answer['bureau']}",
                 f"commitment {answer['commitment']}",
                 "(compare it, digit by digit, with the one that was published before the draw)"]
        for of in answer["checks"]:
            lines.append(f"{of['id']:9} {CHINESE[of['verdict']]} {of['verdict']:12} {of['detail']}")
            lines += [f"    {key:9} {show(of[key])}" for key in ("expected", "found") if key in of]
        for key, title in (("entity", "The company:"), ("questions", "No check proves these; ask about them:")):
            told = [*answer[key][:50], *([f"and {len(answer[key]) - 50} more"] if answer[key][50:] else [])]
            lines += [title, *(f"    {line}" for line in told)] if told else []
    except (Refused, OSError, RecursionError, MemoryError) as why:
        answer = {"refused": show(str(why.args[0] if isinstance(why, Refused) else why)), "status": 3}
        lines = [f"REFUSED 拒绝: {answer['refused']}"]
    text = json.dumps(answer, ensure_ascii=False, indent=1) if asked.json else "\n".join(map(show, lines))
    try:
        sys.stdout.buffer.write(text.encode(sys.stdout.encoding, "backslashreplace") + b"\n")
        sys.stdout.flush()
    except BrokenPipeError: os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever reads has seen enough
    return int(answer["status"])

if __name__ == "__main__":
    gc.disable()  # what is read is kept to the end: looking for garbage would only take time
    sys.exit(main())
