#!/usr/bin/env python3
"""Check a draw of inspections (双随机抽取) without trusting whoever made it: one file, no network, nothing to install.

    python verify.py FILE [--entity ID] [--json]     FILE: a bundle-v1 or public-v1 (zip or folder), or a receipt-v1

Why trust this file? Read it: it follows the page of the protocol draw-v1 section by section, uses Python's standard
library alone and shares no line with the program that makes draws. Every choice of a draw is the SHA-256 of a few lines
of text; here all are computed again. A copy that lies in a bundle came from whoever made the bundle: take one from
elsewhere, or compare what `sha256sum verify.py` prints with the digest that somebody else publishes.

VERIFIED 相符 · MISMATCH 不符 · NOT CHECKED 未核验: it rests on a check that failed, or this file cannot tell.
Exit status: 0 it holds · 3 refused, not what it claims to be · 6 a MISMATCH · 7 a bundle's SEED-2 or AMEND-1 NOT
CHECKED. Python 3.9 or later. `--entity ID` tells how one company fared.
"""
import argparse, copy, datetime, functools, gc, itertools, json, os, pathlib, re, stat, struct, sys, unicodedata, zlib
from collections import Counter, defaultdict
from hashlib import sha256
from operator import itemgetter, lt

CHINESE = {"VERIFIED": "相符", "MISMATCH": "不符", "NOT CHECKED": "未核验"}
RESTS = {"ROW-1": "COMMIT-1", "SEED-1": "COMMIT-1", "SEED-2": "SEED-1", "SEED-3": "SEED-1", "TICKET-1": "ROW-1 SEED-3",
         "CUTOFF-1": "TICKET-1", "SELECT-1": "FRAME-1 SEED-3", "VISIT-1": "SELECT-1", "AMEND-1": "VISIT-1"}
MAX_MEMBERS, MAX_BYTES, MAX_DEPTH = 10_000, 1_000_000_000, 64  # of a bundle, unpacked; of nested values and draws
MAX_STEPS = 300_000_000  # of the search for teams: a draw that takes more is refused, not guessed

# ---- What breaks a form or a rule is refused as a whole. What is well formed is checked, fact by fact (section 11).
class Refused(Exception):
    """It breaks a form or a rule: no verdicts."""

def require(place, *rules):
    """Refuse what breaks a rule; each comes with what is wrong where it does not hold."""
    for holds, wrong in rules:
        if not holds: raise Refused(f"{place}: {wrong}")

def check(report, id, facts):
    """Add a verdict on facts (what, expected, found); among them, a sentence says why the rest cannot be checked."""
    weak = (f"it rests on {other}" for other in RESTS.get(id, "").split() if report[other]["verdict"] != "VERIFIED")
    facts = itertools.chain(weak, facts)
    bad = next((fact for fact in facts if isinstance(fact, str) or fact[1] != fact[2]), None)
    report[id] = {"verdict": "NOT CHECKED" if bad else "VERIFIED", "detail": bad or ""}
    if isinstance(bad, tuple):
        what, expected, found = bad
        if isinstance(expected, list):  # tell the first place where they part
            pairs = enumerate(itertools.zip_longest(expected, found), 1)
            what, expected, found = next((f"{what}, number {n}", a, b) for n, (a, b) in pairs if a != b)
        report[id] = {"verdict": "MISMATCH", "detail": what, "expected": expected, "found": found}

def show(value):
    """Make a text safe for any screen: short, no control characters, no change of direction."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=sorted)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:400]) + "…" * (len(text) > 400)

# ---- Section 1: bytes. A value has one spelling; a tree of hashes stands for a list of rows.
DECODER = json.JSONDecoder(parse_int=lambda digits: int(digits[:17]))  # a longer one differs when written again
ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))

def read(data, form, place):
    """Give the value of canonical bytes that has a form."""
    try:
        text = data.decode()
        value, _ = DECODER.raw_decode(text)
        require(place, (ENCODER.encode(value) == text, "it is not canonical JSON"))
    except (ValueError, RecursionError): raise Refused(f"{place}: it is not canonical JSON") from None
    if not unicodedata.is_normalized("NFC", text):
        text = re.sub(r"\\(u[0-9a-f]{4}|.)", '"', text)  # an escape's last letter is none of its string
        require(place, (unicodedata.is_normalized("NFC", text), "a string is not in the form NFC"))
    if wrong := fault(value, form): raise Refused(f"{place}: not allowed: {show(wrong[0])}")
    return value

def root_of(rows):
    """Give RFC 6962's tree hash, level by level; a node without a neighbour moves up as it is."""
    level = [sha256(b"\0" + row).digest() for row in rows] or [sha256().digest()]
    while len(level) > 1:
        pairs = [sha256(b"\1" + left + right).digest() for left, right in zip(level[::2], level[1::2])]
        level = pairs + level[2 * len(pairs) :]
    return level[0].hex()

def climb(node, index, count, path):
    """Give the root of a tree of so many leaves to which a leaf's audit path leads; another hash where they misfit."""
    if count < 2 or not path: return node if (index, count, path) == (0, 1, []) else b""
    half, side = 1 << (count - 1).bit_length() - 1, bytes.fromhex(path[-1])
    if index < half: return sha256(b"\1" + climb(node, index, half, path[:-1]) + side).digest()
    return sha256(b"\1" + side + climb(node, index - half, count - half, path[:-1])).digest()

# ---- Sections 2, 3, 4, 9, 10: forms, as data. A form is {key: form}, where "key?" may be missing and "..." stands for
# keys that are not read; a list [form, sort key, least length]; a tuple of forms, one of which fits; {words}; a range;
# a type; or a test of a text.

def fault(value, form, depth=0):
    """Give the part of a value that leaves its form, in a list; or nothing."""
    kind = type(form)
    if type(value) is str:
        fits = form is str or (value in form if kind is set else kind is not type and callable(form) and form(value))
    elif kind is dict and type(value) is dict:
        for key, item in value.items():
            known = form.get(key) or form.get(key + "?") if key.isidentifier() else None
            known = known or (key.isascii() and form.get("..."))
            if type(item) is not known and (wrong := fault(item, known, depth + 1)): return wrong
        fits = not [key for key in form if key not in value and key[-1] not in "?."]
    elif kind is list and type(value) is list:
        for item in value:
            if type(item) is not form[0] and (wrong := fault(item, form[0], depth + 1)): return wrong
        keys = [*map(form[1], value)] if form[1] and len(value) > 1 else []
        fits = len(value) >= form[2] and keys == sorted({*keys})
    elif kind is tuple: fits = any(not fault(value, one, depth) for one in form)
    elif kind is range: fits = type(value) is int and value in form
    else: fits = type(value) is form or (form is plain and plain(value, depth))
    return [] if fits else [value]

def plain(value, depth=0):
    """Section 1: what is not read has no null or float either, small integers, ASCII keys, bounded depth."""
    if isinstance(value, dict): return all(map(str.isascii, value)) and plain([*value.values()], depth)
    if isinstance(value, list): return depth < MAX_DEPTH and all(plain(item, depth + 1) for item in value)
    return isinstance(value, str) or (isinstance(value, int) and abs(value) < 2**53)

def is_id(text):
    """Section 1: an id; White_Space is Zs, Zl, Zp and some of Cc."""
    bad = not text.isalnum() and ("/" in text or {*map(unicodedata.category, text)} & {*UNSEEN, "Zs"})
    return 0 < len(text) <= 64 and not bad

def instant(at):
    """Section 4: an RFC 3339 time to be compared, its seconds and the digits behind the point; or nothing."""
    match = re.fullmatch("([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9:]{8})([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})", at)
    try: whole = match and datetime.datetime.strptime(match[1] + match[2] + match[4].upper(), "%Y-%m-%d%H:%M:%S%z")
    except ValueError: return None
    return match and (whole, (match[3] or ".").rstrip("0"))

@functools.lru_cache(maxsize=1000)
def is_day(text):
    """Section 1: a day of the calendar."""
    return len(text) == 10 and instant(text + "T00:00:00Z") is not None

DIGEST, SALT, MONTH = (re.compile(form).fullmatch for form in ("[0-9a-f]{64}", "[0-9a-f]{32}", "[0-9]{4}-[0-9]{2}"))
COUNT, SOME, SEATS, UNSEEN = range(2**53), range(1, 2**53), range(1, 7), {"Cc", "Cf", "Zl", "Zp"}
NAMES, IDS, TEAM, DAYS = [str, str, 0], [is_id, str, 0], [is_id, None, 0], [is_day, str, 1]
ID, DAY, QUOTA, ENTITY = itemgetter("id"), itemgetter("day"), itemgetter("domain", "stratum"), itemgetter("entity")
KINDS = {  # of sources: what the promise says, and what the entropy adds as proof
    "text": ({"digest": DIGEST}, {}), "dice": ({"count": SOME, "sides": range(2, 11)}, {}),
    "lottery": ({"groups": [str, None, 1]}, {}),
    "drand": ({"chain": DIGEST, "round": SOME}, {"signature": str, "previous_signature?": str}),
    "nist": ({"chain": COUNT, "pulse": COUNT}, {"pulse_record": str, "certificate": str})}
PROMISES = {kind: {"kind": {kind}, "name": str, "at": instant, **keys} for kind, (keys, _) in KINDS.items()}
ENTROPY = [tuple({**PROMISES[kind], "value": str, **proof} for kind, (_, proof) in KINDS.items()), None, 0]
LISTS = {
    "entities": {"id": is_id, "salt": SALT, "domains": [str, str, 1], "zone?": str, "days?": DAYS, "team?": TEAM,
                 "expert?": is_id, "strata": [{"domain": str, "stratum": str}, None, 1], "...": plain},
    "inspectors": {"id": is_id, "salt": SALT, "role": {"inspector", "expert"}, "lead": bool, "skills": NAMES,
                   "days": [{"cap": SOME, "day": is_day}, DAY, 0], "month_cap": COUNT, "zones?": NAMES, "barred": IDS,
                   "...": plain},
    "excluded": {"id": is_id, "salt": SALT, "domain?": str,
                 "reason": {"retired", "month", "cap", "cooling-off", "filter", "other-slot"}}}
COMMITMENT = {
    "protocol": {"draw-v1"}, "slot": lambda slot: is_id(slot.replace("/", "-")), "bureau": str, "period": MONTH,
    "days": DAYS, "combine": {"applicable", "drawn"},
    "frame": {name: {"count": COUNT, "root": DIGEST} for name in LISTS},
    "quotas": [{"domain": str, "stratum": str, "size": SOME, "take": COUNT}, QUOTA, 0],
    "sources": [tuple(PROMISES.values()), None, 1], "team": {"min": SEATS, "max": SEATS, "expert_domains": NAMES},
    "...": plain, "amends?": {
        "changes": [{"entity": is_id, "left": IDS, "closed": [is_day, str, 0], "reason": str}, ENTITY, 0],
        "absent": [{"id": is_id, "days": DAYS, "reason": str}, ID, 0], "added": [{"id": is_id, "reason": str}, ID, 0],
        "result": DIGEST}}
VISIT, SEATED = {"entity": is_id, "domains": [str, None, 0]}, {"day": is_day, "team": TEAM, "expert?": is_id}
RESULT = {
    "protocol": {"draw-v1"}, "commitment": DIGEST, "entropy": ENTROPY, "seed": DIGEST,
    "selection": [{"entity": is_id, "ticket": DIGEST, "drawn": [str, None, 0]}, None, 0],
    "visits": [({**VISIT, "open": {"no day", "no team"}}, {**VISIT, **SEATED}), None, 0]}

def require_commitment(it, place):
    """Sections 3, 4 and 9: what a commitment keeps beside its form."""
    texts, others = ([s for s in it["sources"] if (s["kind"] == "text") is is_text] for is_text in (True, False))
    late, early = (sorted(instant(s["at"]) for s in them) for them in (texts, others))
    require(place, (all(q["take"] <= q["size"] for q in it["quotas"]), "a quota takes more than there are"),
            (it["team"]["min"] <= it["team"]["max"], "min is above max"), (others, "all sources are texts"),
            ({day[:7] for day in it["days"]} == {it["period"]}, "a day is not of the period"),
            (it["sources"] == texts + others, "a text stands behind another source"),
            (not texts or late[-1:] <= early[:1], "a text is opened later than another source"),
            (all(s["at"][:10] < it["days"][0] for s in it["sources"]), "a source is not before the first day"),
            (not any(of["left"] and of["closed"] for of in it.get("amends", VOID)["changes"]), "left and closed"))

def require_entity(row, it, place, roster=None):
    """Section 2: what an entity's row keeps beside its form; roster: the inspectors, where they are known."""
    require(place, ([s["domain"] for s in row["strata"]] == row["domains"], "strata are not those of domains"),
            ("days" not in row or {*row["days"]} <= {*it["days"]}, "a day is not the commitment's"))
    if "team" in row or "expert" in row:
        team, named = row.get("team", []), holders(row)
        roles = ["inspector"] * len(team) + ["expert"] * (len(named) - len(team))
        people = [roster.get(id, {"role": "", "barred": ""}) for id in named] if roster is not None else []
        fits = all(p["role"] == role and row["id"] not in p["barred"] for p, role in zip(people, roles))
        require(place, ("amends" in it, "it names people outside a supplementary draw"),
                (len({*team}) == len(team) <= it["team"]["max"], "its team is too large or names somebody twice"),
                (fits, "it names somebody who has not the role, or is barred from it"))

def holders(visit):
    """Give the members of a team and its expert."""
    return [*visit.get("team", []), *([visit["expert"]] if "expert" in visit else [])]

# ---- The container, a zip file or a folder: no tricks with names, links, sizes, gaps and tails.
FIVE = ("commitment.json", *(f"{name}.jsonl" for name in LISTS), "result.json")
PART = "(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$))[0-9A-Za-z_](?:[0-9A-Za-z._-]{0,98}[0-9A-Za-z_-])?"
MEMBER = re.compile(
    f"(?:amends/){{0,{MAX_DEPTH}}}(?:{'|'.join(FIVE)})|(?:amends/)+|disclosure.json|verify.py|verify.html|README.txt"
    f"|(?:signatures|log)/(?:{PART}/){{0,7}}(?:{PART})?").fullmatch

def unzip(data):
    """Give the members of a zip file whose every byte belongs to one of them, to the directory or to its end."""
    mark, disks, here, count, length, start, note = struct.unpack("<4sL2H2LH", data[-22:].rjust(22))
    fits = (mark, disks, here, start + length, note) == (b"PK\5\6", 0, count, len(data) - 22, 0)
    require("the file", (fits, "it is no zip file that ends where it says"))
    place, at = 0, start
    for _ in range(count):
        head, local = data[at : at + 46].ljust(46), data[place : place + 30].ljust(30)
        flags, method, crc, packed, size, wide, more, note, disk, mode, offset = struct.unpack("<8x2H4x3L4H2x2L", head)
        raw, named = data[at + 46 : at + 46 + wide], data[place + 30 : place + 30 + wide]
        name, begins = raw.decode("utf-8", "replace"), (head[:4], local[:4], offset) == (b"PK\1\2", b"PK\3\4", place)
        behind, told = (head[16:28] if flags & 8 else b""), (head[8:30], head[8:16] + bytes(12) + head[28:30])
        at, place = at + 46 + wide + more + note, place + 30 + wide + int.from_bytes(local[28:], "little") + packed
        body, stream = data[place - packed : place], zlib.decompressobj(-15)
        place += 4 if behind and data.startswith(b"PK\7\x08" + behind, place) else 0  # its sums again, perhaps marked
        ends, place = data.startswith(behind, place), place + len(behind)
        is_kind = stat.S_IFMT(mode >> 16) in (0, stat.S_IFDIR if name[-1:] == "/" else stat.S_IFREG)
        require(show(name[:80]), (begins and ends and place <= start, "it does not begin or end where it says"),
                (not flags & ~0x80E and method in (0, 8) and not disk, "it is packed in a way that is not read here"),
                (local[6:28] in told[: 2 if behind else 1] and named == raw, "it is told in two ways"),
                (packed <= size + size // 100 + 1024, "it is padded"), (is_kind, "it is a link or a device"),
                (size <= min(max(100 * packed, 2**20), MAX_BYTES), "it unpacks to too much"))
        try: body = stream.decompress(body, size + 1) if method else body
        except zlib.error: size = -1
        whole = not method or (stream.eof and not stream.unused_data)
        require(show(name[:80]), (whole and len(body) == size and zlib.crc32(body) == crc, "it is damaged"))
        yield name, body
    require("the file", (at == len(data) - 22 and place == start, "something stands between its members"))

def walk(folder):
    """Give the members of a folder; of those that are not read here the names alone."""
    for path in folder.rglob("*"):
        about = path.lstat()
        name, is_file = path.relative_to(folder).as_posix(), stat.S_ISREG(about.st_mode) and about.st_size <= MAX_BYTES
        require(show(name[:80]), (is_file or stat.S_ISDIR(about.st_mode), "it is a link or a device, or too large"))
        yield name + "/" * (not is_file), path.read_bytes() if is_file and "json" in name else b""

def gather(found):
    """Take the members in, each known by its name, and once."""
    members, names, total = {}, {""}, 0
    for name, data in found:
        total += len(data)
        require(show(name[:80]), (MEMBER(name) and not (data and name[-1] == "/"), "it is no member of a bundle"),
                (name.lower() not in names, "it is there twice, or in letters of another size"),
                (len(names) <= MAX_MEMBERS and total <= MAX_BYTES, "it is a member too many, or too large"))
        names.add(name.lower())
        members[name] = data
    folders = {name[:at] for name in names for at, c in enumerate(name) if c == "/"}
    require("the file", (not folders & names, "a name is a file and a folder"))
    return {name: data for name, data in members.items() if name[-1] != "/"}

# ---- Sections 2 to 6: a draw, its tickets and its seed, who is drawn.
class Draw:
    """A draw whose members keep their forms; nothing is compared yet."""

    def __init__(self, members, prefix):
        head, *lists, tail = places = [prefix + name for name in FIVE]
        require(prefix or "the bundle", *((place in members, f"{place} is missing") for place in places))
        self.it, self.out = read(members[head], COMMITMENT, head), read(members[tail], RESULT, tail)
        self.digest, self.out_digest = sha256(members[head]).hexdigest(), sha256(members[tail]).hexdigest()
        require_commitment(self.it, head)
        self.frame, self.strata, rows = {}, defaultdict(list), []
        for (name, form), place in zip(LISTS.items(), lists):
            *lines, last = members[place].split(b"\n")
            rows.append([read(line, form, f"{place}, row {n}") for n, line in enumerate(lines, 1)])
            keys = [(row["id"], row.get("domain", "") if name == "excluded" else "") for row in rows[-1]]
            require(place, (not last, "no line feed at its end"), (all(map(lt, keys, keys[1:])), "rows not sorted"))
            self.frame[name] = {"count": len(lines), "root": root_of(lines)}
        self.entities, self.people, self.excluded = rows
        self.roster = {p["id"]: {**p, "skills": frozenset(p["skills"]), "barred": {*p["barred"]}} for p in self.people}
        for p in self.roster.values():
            p["days"] = {of["day"]: of["cap"] for of in p["days"]}
            require(f"{lists[1]}, {p['id']}", ({*p["days"]} <= {*self.it["days"]}, "a day is not the commitment's"))
        for n, row in enumerate(self.entities, 1): require_entity(row, self.it, f"{lists[0]}, row {n}", self.roster)
        domains = {row["id"]: row["domains"] for row in self.entities}
        for row in self.excluded:
            id, domain = row["id"], row.get("domain")
            fits = id not in domains if domain is None else domain not in domains.get(id, [domain])
            require(f"{lists[2]}, {id}", (fits, "it is in the frame as well, or leaves a domain out of no row"))
        self.tickets = {row["id"]: ticket(self.out["seed"], "entity", row) for row in self.entities}
        for row in sorted(self.entities, key=lambda row: self.tickets[row["id"]]):
            for of in row["strata"]: self.strata[QUOTA(of)].append(row["id"])

def ticket(seed, purpose, row, *more):
    """Section 5: the SHA-256 of a few lines."""
    return sha256("\n".join((seed, purpose, row["id"], row["salt"], *more)).encode()).hexdigest()

def check_seed(report, it, digest, out):
    """Section 4: SEED-1 to SEED-3."""
    kept = [{key: of[key] for key in of if key in PROMISES[of["kind"]]} for of in out["entropy"]]
    seed = "\n".join(["draw-v1/seed", digest, *(f"{of['kind']}:{of['value']}" for of in out["entropy"])])
    values = [(f"form and proof of {of['name']}", True, is_value(of) or of["value"]) for of in out["entropy"]]
    beyond = [f"the proof of {of['name']}: use inspect-cli" for of in out["entropy"] if KINDS[of["kind"]][1]]
    check(report, "SEED-1", [("sources", it["sources"], kept)])
    check(report, "SEED-2", values + beyond)
    check(report, "SEED-3", [("seed", sha256(seed.encode()).hexdigest(), out["seed"])])

def is_value(of):
    """Section 4, SEED-2: the value has the form of its kind; of a beacon's proof what SHA-256 can tell."""
    kind, value = of["kind"], of["value"]
    if kind == "text":
        fits = 0 < len(value) <= 200 and value == value.strip() and not {*map(unicodedata.category, value)} & UNSEEN
        return fits and of["digest"] == sha256(value.encode()).hexdigest()
    if kind == "dice":
        return len(value) == of["count"] and {*value} <= {*"123456789"[: of["sides"]], *"0" * (of["sides"] == 10)}
    if kind == "lottery":
        groups = [sorted(group[:-1].split("."), key=lambda n: (len(n), n)) for group in value.split("/")[:-1]]
        fits = all(re.fullmatch("0|[1-9][0-9]*", n) for group in groups for n in group)
        return fits and len(groups) == len(of["groups"]) and value == "".join(".".join(g) + "./" for g in groups)
    if kind == "nist": return bool(re.fullmatch("[0-9a-f]{128}", value))
    fits = bool(re.fullmatch("([0-9a-f]{2})+", of["signature"]))
    return fits and value == sha256(bytes.fromhex(of["signature"])).hexdigest()

def selection(draw):
    """Section 6, SELECT-1: the quotas are those of the frame, and the lowest tickets of each are drawn."""
    takes, drawn = {QUOTA(q): q["take"] for q in draw.it["quotas"]}, defaultdict(list)
    sizes = sorted((key, len(ids)) for key, ids in draw.strata.items())
    yield "quotas and their sizes", sizes, [(QUOTA(q), q["size"]) for q in draw.it["quotas"]]
    hopeless = [row["id"] for row in draw.entities if not any(takes[QUOTA(of)] for of in row["strata"])]
    yield "entities that no quota can draw", [], hopeless
    for key, take in takes.items():
        for id in draw.strata[key][:take]: drawn[id].append(key[0])
    expected = [{"drawn": drawn[id], "entity": id, "ticket": draw.tickets[id]} for id in drawn]
    yield "selection", sorted(expected, key=itemgetter("ticket")), draw.out["selection"]

# ---- Sections 7 and 8: teams and days. Visits are staffed one after the other, as caps run out.
class Staffing:
    """The people of a draw, whose caps run out, and how many visits each day holds."""

    def __init__(self, draw):
        self.seed, self.it, self.roster, self.loads, self.steps = draw.out["seed"], draw.it, draw.roster, Counter(), 0
        self.people = [{**p, "days": {**p["days"]}} for p in draw.roster.values()]

    def spend(self, steps):
        """Bound the search."""
        self.steps += steps
        if self.steps > MAX_STEPS: raise TimeoutError(f"the search for teams takes over {MAX_STEPS} steps")

    def pool(self, people, role, row, day):
        """Section 7: who has cap left, does not bar the entity, visits its zone, is not on its team; in order."""
        self.spend(len(people))
        team, zone = row.get("team", ()), row.get("zone")
        free = [p for p in people if p["role"] == role and p["days"].get(day, 0) > 0 and p["month_cap"] > 0]
        free = [p for p in free if row["id"] not in p["barred"] and p["id"] not in team]
        lines = "\n".join((self.seed, role, row["id"], row["salt"], ""))  # a ticket's lines but for the last
        near = [p for p in free if "zones" not in p or zone in p["zones"]]
        return sorted(near, key=lambda p: sha256((lines + p["id"]).encode()).digest())

    def is_covered(self, need, kinds, people):
        """Section 7: so many people or fewer, of some kinds of skills, can have all skills of a need."""
        self.spend(len(kinds))
        if not need or not people: return not need
        one = min(need)
        return any(self.is_covered(need - kind, kinds, people - 1) for kind in kinds if one in kind)

    def seated(self, pool, need, lead, seats):
        """Section 7: who takes so many seats, one after the other, each the first of a pool who fits; None: nobody."""
        if not seats: return None if need or lead else []
        kinds = {p["skills"] & need for p in pool}
        able = (p for p in pool if len(pool) >= seats and (p["lead"] or not lead))
        first = next((p for p in able if self.is_covered(need - p["skills"], kinds, seats - 1)), None)
        if first is None: return None
        rest, lead = [p for p in pool if p is not first], lead and not first["lead"]
        return [first, *self.seated(rest, need - first["skills"], lead, seats - 1)]

    def crew(self, people, row, domains, day):
        """Section 7: who joins a team on a day, up to the smallest size that it can reach; None: it can reach none."""
        team, terms = [self.roster[id] for id in row.get("team", [])], self.it["team"]
        need, lead = {*domains}.difference(*(p["skills"] for p in team)), not any(p["lead"] for p in team)
        ways = range(max(terms["min"] - len(team), 0), terms["max"] - len(team) + 1)
        pool = self.pool(people, "inspector", row, day)
        return next((them for them in (self.seated(pool, need, lead, k) for k in ways) if them is not None), None)

    def visit(self, row, domains, level):
        """Section 8: the visit of one entity, on its lowest day that can be staffed."""
        visit, days = {"entity": row["id"], "domains": domains}, row.get("days", self.it["days"])
        common = {*domains} & {*self.it["team"]["expert_domains"]} if "expert" not in row else set()
        for day in sorted(days, key=lambda day: (self.loads[day] >= level, ticket(self.seed, "day", row, day))):
            if (chosen := self.crew(self.people, row, domains, day)) is None: continue
            visit.update(day=day, team=[*row.get("team", []), *map(ID, chosen)])
            experts = self.pool(self.people, "expert", row, day) if common else []
            experts = [p for p in experts if p["skills"] & common][:1]
            if experts or "expert" in row: visit["expert"] = experts[0]["id"] if experts else row["expert"]
            chosen += experts
            for p in chosen: p["days"][day], p["month_cap"] = p["days"][day] - 1, p["month_cap"] - 1
            self.loads[day] += 1
            return visit
        could = any(self.crew(self.roster.values(), row, domains, day) is not None for day in days)
        return {**visit, "open": "no team" if could else "no day"}

def visits(draw):
    """Section 8, VISIT-1: the visits follow."""
    rows, staffing, placed = {row["id"]: row for row in draw.entities}, Staffing(draw), {}
    chosen = [(rows[of["entity"]], of["drawn"]) for of in draw.out["selection"]]
    for row, drawn in sorted(chosen, key=lambda pair: "days" not in pair[0]):
        domains = row["domains"] if draw.it["combine"] == "applicable" else drawn
        placed[row["id"]] = staffing.visit(row, domains, -(-len(chosen) // len(draw.it["days"])))
    yield "visits", [placed[row["id"]] for row, _ in chosen], draw.out["visits"]

# ---- Section 9: a supplementary draw follows from the draws before it and from what it names.
VOID = {"changes": [], "absent": [], "added": []}

def amendment(chain):
    """AMEND-1, for the last draw of a chain."""
    first, last, draw = chain[0], chain[-2], chain[-1]
    it, was, rows = draw.it, first.it, {row["id"]: row for row in first.entities}
    late, date = max(instant(s["at"]) for s in last.it["sources"]), max(s["at"][:10] for s in it["sources"])
    terms = {key: was[key] for key in ("bureau", "period", "team")}
    terms["quotas"] = [{**q, "stratum": "supplement", "take": q["size"]} for q in it["quotas"]]
    terms.update(combine="applicable", days=[day for day in was["days"] if day > date])
    yield "terms", [*terms.items()], [(key, it[key]) for key in terms]
    yield "amended result; exclusions", [last.out_digest, []], [it["amends"]["result"], draw.excluded]
    yield "sources not later than the amended draw's", [], [s for s in it["sources"] if instant(s["at"]) <= late]
    force, closed, seats, whole = {}, defaultdict(set), Counter(), copy.deepcopy(first.roster)
    for before, now in zip(chain, chain[1:]):  # what is in force before the last draw, and the roster's whole with it
        named = now.it["amends"]
        changes, added = {of["entity"]: of for of in named["changes"]}, {*map(ID, named["added"])}
        absent = {of["id"]: of["days"] for of in named["absent"]}
        force.update((of["entity"], of) for of in before.out["visits"])
        wrong = {*changes} - {*force} | {*absent} - {*whole} | added & {*whole} | added - {*now.roster}
        yield "changes of no visit in force, absent not on the roster, added on it before or not now", [], sorted(wrong)
        gone = [(p, id) for id in changes for p in changes[id]["left"]]
        yield "who left without being there", [], [(p, id) for p, id in gone if p not in holders(force[id])]
        for id in changes: closed[id].update(changes[id]["closed"])
        for p, id in gone: whole[p]["barred"].add(id)
        for p, days in absent.items():
            for day in days: whole[p]["days"].pop(day, None)
        whole.update((id, copy.deepcopy(now.roster[id])) for id in added)
    expected = {}
    for id, visit in force.items():
        change, row = changes.get(id, {"left": [], "closed": []}), rows[id]
        days = [day for day in it["days"] if day in row.get("days", it["days"]) and day not in closed[id]]
        stay = [p for p in holders(visit) if p not in change["left"]] if change["left"] or id not in changes else []
        yield f"absent who keep a seat at {id}", [], [p for p in stay if visit["day"] in absent.get(p, ())]
        seats.update([*stay, *((p, visit["day"]) for p in stay)])
        is_due = days != [] and ("open" in visit or (id in changes and visit["day"] in closed[id]))
        yield f"{id} is drawn anew, or somebody left", id in changes, is_due or change["left"] != []
        yield f"days closed for {id} that are none", set(), {*change["closed"]} - {*was["days"]}
        only = [visit["day"]] if change["left"] else days if "days" in row or closed[id] else None
        strata = [{"domain": domain, "stratum": "supplement"} for domain in visit["domains"]]
        team, expert = [p for p in visit.get("team", []) if p in stay], visit.get("expert")
        expected[id] = [id, row["salt"], row.get("zone"), visit["domains"], strata, only, team or None]
        expected[id].append(expert if expert in stay else None)
    keys = ["id", "salt", "zone", "domains", "strata", "days", "team", "expert"]
    yield "rows", [expected[id] for id in changes], [[row.get(key) for key in keys] for row in draw.entities]
    yield "ids of the roster", sorted(whole), [*draw.roster]
    keys = ["id", "salt", "role", "lead", "skills", "zones", "barred", "month_cap", "days"]
    for id, p in whole.items():
        caps = {day: p["days"].get(day, 0) - seats[id, day] for day in it["days"]}
        p.update(month_cap=max(p["month_cap"] - seats[id], 0), days={day: cap for day, cap in caps.items() if cap > 0})
        yield f"row of {id}", [p.get(key) for key in keys], [draw.roster[id].get(key) for key in keys]

# ---- Section 11: the checks of a bundle.
def verify_bundle(members):
    """Make all checks of a draw; those of the draws that it amends first, from the bottom of the chain."""
    deepest, chain = max((name.count("amends/") for name in members), default=0), []
    bad, unsure = [], ["the amended draw is missing"]
    for level in range(deepest, -1, -1):
        try:
            draw, report = Draw(members, "amends/" * level), {}
            require("amends/", ("amends" in draw.it or level == deepest, "the commitment amends nothing"))
        except Refused as why:
            if level == 0: raise
            chain, bad, unsure = [], [("the amended draw", "not refused", str(why))], []
            continue
        chain.append(draw)
        check(report, "COMMIT-1", [("commitment", draw.digest, draw.out["commitment"])])
        check(report, "FRAME-1", [("lists", [*draw.it["frame"].items()], sorted(draw.frame.items()))])
        check_seed(report, draw.it, draw.digest, draw.out)
        check(report, "SELECT-1", selection(draw))
        check(report, "VISIT-1", visits(draw))
        follows = amendment(chain) if len(chain) > 1 and "amends" not in chain[0].it else []
        if "amends" in draw.it: check(report, "AMEND-1", itertools.chain(bad, follows, unsure))
        bad = [("the amended draw", "no MISMATCH", id) for id in report if report[id]["verdict"] == "MISMATCH"]
        unsure = [f"{id} of the amended draw is NOT CHECKED" for id in report if report[id]["verdict"] == "NOT CHECKED"]
    return report, draw

# ---- What is shown to some, public-v1 and receipt-v1: the page of it is docs/disclosure.md.
PATH, CUTOFF = {"index": COUNT, "path": [DIGEST, None, 0]}, {"cutoff": DIGEST, "domain": str, "stratum": str}
SHOWN = {**PATH, "row": LISTS["entities"], "ticket": DIGEST, "drawn": NAMES}
PUBLIC = {"format": {"public-v1"}, "commitment": DIGEST, "result": DIGEST, "entropy": ENTROPY, "seed": DIGEST,
          "counts": dict.fromkeys(("selected", "visits", "open", "shown"), COUNT), "cutoffs": [CUTOFF, QUOTA, 0],
          "visits": [{**SHOWN, "domains": NAMES, "day": is_day, "day_ticket": DIGEST}, itemgetter("ticket"), 0]}
RECEIPT = {"format": {"receipt-v1"}, "commitment": COMMITMENT, "entropy": ENTROPY, "seed": DIGEST, "entity": is_id,
           "frame?": {**SHOWN, "standings": [{**CUTOFF, "rank": SOME}, itemgetter("domain"), 0]},
           "excluded?": [{**PATH, "row": LISTS["excluded"]}, lambda of: of["row"].get("domain", ""), 1]}

def verify_shown(shown, it, digest):
    """Check rows against the commitment, tickets against rows, and who is drawn against the cut-offs."""
    report, is_public, out = {}, "visits" in shown, shown.get("excluded", [])
    visits = shown["visits"] if is_public else [shown["frame"]] if "frame" in shown else []
    for of in visits: require_entity(of["row"], it, f"row of {of['row']['id']}")
    inside, outside = {key for of in visits for key in of["row"]["domains"]}, [of["row"].get("domain") for of in out]
    ids = [of["row"]["id"] for of in visits + out]
    require("what is shown", (is_public or {*ids} == {shown["entity"]}, "rows are not the entity's"),
            (not is_public or len({*ids}) == len(ids), "an entity is there twice"),
            (not {*inside, None} & {*outside} if visits else is_public or outside == [None], "excluded, and not"))
    tickets = [("ticket", ticket(shown["seed"], "entity", of["row"]), of["ticket"]) for of in visits]
    days = [(ticket(shown["seed"], "day", of["row"], of["day"]), of["day_ticket"]) for of in visits if is_public]
    check(report, "COMMIT-1", [("commitment", digest, shown["commitment"])] if is_public else [])
    check(report, "ROW-1", [*places(it["frame"]["entities"], visits), *places(it["frame"]["excluded"], out)])
    check(report, "FRAME-1", ["the lists are not shown"])
    check_seed(report, it, digest, shown)
    tickets += [("day ticket", *pair) for pair in days] + ["it has no ticket"] * (not is_public and not visits)
    check(report, "TICKET-1", tickets)
    check(report, "CUTOFF-1", cutoffs(shown, it, visits, is_public))
    for id in ("SELECT-1", "VISIT-1", *["AMEND-1"] * ("amends" in it)):
        report[id] = {"verdict": "NOT CHECKED", "detail": "it needs all rows, which are not shown"}
    return report

def places(whole, shown):
    """ROW-1: each row's path leads to the list's root, and rows stand in their order."""
    for of in shown:
        leaf = sha256(b"\0" + ENCODER.encode(of["row"]).encode()).digest()
        yield f"path of {of['row']['id']}", whole["root"], climb(leaf, of["index"], whole["count"], of["path"]).hex()
    indexes = [of["index"] for of in sorted(shown, key=lambda of: of["row"]["id"])]
    yield "places in the order of the rows", sorted({*indexes}), indexes

def cutoffs(shown, it, visits, is_public):
    """CUTOFF-1, numbered as in docs/disclosure.md."""
    sizes, takes = {QUOTA(q): q["size"] for q in it["quotas"]}, {QUOTA(q): q["take"] for q in it["quotas"]}
    standings = shown["cutoffs"] if is_public else visits[0]["standings"]
    cutoff, found = {QUOTA(of): of["cutoff"] for of in standings}, defaultdict(list)
    wanted = takes if is_public else [*map(QUOTA, visits[0]["row"]["strata"])]
    yield "(2) quotas with a cut-off", [key for key in wanted if takes.get(key)], [*cutoff]
    for of in visits:
        row, keys = of["row"], [*map(QUOTA, of["row"]["strata"])]
        yield f"(1) {row['id']} has quotas, one of which takes", True, {*keys} <= {*takes} and any(map(takes.get, keys))
        drawn = [key for key in keys if of["ticket"] <= cutoff.get(key, "")]
        for key in drawn: found[key].append(of["ticket"])
        yield f"(3) what {row['id']} is drawn for", [key[0] for key in drawn], of["drawn"]
        if is_public:
            domains = row["domains"] if it["combine"] == "applicable" else of["drawn"]
            fits = drawn != [] and of["domains"] == domains and of["day"] in row.get("days", it["days"])
            yield f"(3, 6) {row['id']} is drawn; its domains and its day are among what they can be", True, fits
    if not is_public:
        for of in standings:
            key, side = QUOTA(of), (visits[0]["ticket"] > of["cutoff"]) - (visits[0]["ticket"] < of["cutoff"])
            yield f"(5) rank for {key[0]}: on the ticket's side of the cut-off, within the size", [side, True], [
                (of["rank"] > takes[key]) - (of["rank"] < takes[key]), of["rank"] <= sizes[key]]
        return
    for key, of in found.items():
        fits = len(of) < takes[key] or (len(of) == takes[key] and of[-1] == cutoff[key])
        yield f"(4) shown of {show([*key])}: no more than it takes, and of all the highest is the cut-off", True, fits
    n, least, most = shown["counts"], max(takes.values(), default=0), sum(takes.values())
    yield "(7) counts: shown, selected", [len(visits), n["visits"]], [n["shown"], n["selected"]]
    fits = n["shown"] + n["open"] <= n["visits"] and least <= n["selected"] <= most
    yield "(7) counts: shown and open are within all, selected within what quotas take", True, fits

# ---- The command line.
def questions(it, entities, people):
    """Section 12: what no check can prove, and a person should ask about."""
    yield from (f"{key}: {show(of)}" for key in VOID for of in it.get("amends", VOID)[key])
    full = [q for q in it["quotas"] if q["take"] == q["size"]]
    yield from (f"the quota {q['domain']} {q['stratum']} takes all {q['size']}" for q in full)
    yield from (f"{p['id']} is barred from {len(p['barred'])} entities" for p in people if p["barred"])
    yield from (f"{row['id']} can be visited only on {' '.join(row['days'])}" for row in entities if "days" in row)

def explain(draw, id):
    """Tell how one company fared: its row, its ticket, its place in each stratum, its visit."""
    yield from (f"excluded: {show(row)}" for row in draw.excluded if row["id"] == id)
    yield from (f"entities.jsonl, row {n}: {show(row)}" for n, row in enumerate(draw.entities, 1) if row["id"] == id)
    yield f"ticket {draw.tickets[id]}" if id in draw.tickets else "it is not in the frame"
    for q in (q for q in draw.it["quotas"] if id in draw.strata.get(QUOTA(q), ())):
        place = draw.strata[QUOTA(q)].index(id) + 1
        told = f"place {place} of {q['size']}, {q['take']} are drawn: {'not ' * (place > q['take'])}drawn"
        yield f"{q['domain']} {q['stratum']}: {told}"
    yield from (f"visit: {show(of)}" for of in draw.out["visits"] if of["entity"] == id)

def verify(path, entity):
    """Verify a file or folder of any of the three formats."""
    place = pathlib.Path(path)
    about = place.stat()
    is_folder, is_file = stat.S_ISDIR(about.st_mode), stat.S_ISREG(about.st_mode) and about.st_size <= MAX_BYTES
    require(path, (is_folder or is_file, "it is neither a folder nor a plain file, or too large"))
    data = place.read_bytes() if is_file else b""
    if data[:1] == b"{": members, name, form = {"the receipt": data}, "the receipt", RECEIPT
    else: members, name, form = gather(unzip(data) if is_file else walk(place)), "disclosure.json", PUBLIC
    if name not in members:
        report, draw = verify_bundle(members)
        it, digest, kind, told = draw.it, draw.digest, "bundle-v1", [*explain(draw, entity)] if entity else []
        asked, given = [*questions(it, draw.entities, draw.people)], draw.out["entropy"]
    else:
        fits = {*members} <= {"commitment.json", name, "verify.py", "verify.html", "README.txt"}
        require("the public bundle", (fits, "it has a member that only a full one has"))
        shown = read(members[name], form, name)
        sealed = members.get("commitment.json", b"") if form is PUBLIC else ENCODER.encode(shown["commitment"]).encode()
        it, digest, kind = read(sealed, COMMITMENT, "commitment.json"), sha256(sealed).hexdigest(), shown["format"]
        require_commitment(it, "commitment.json")
        report, frame = verify_shown(shown, it, digest), [shown["frame"]] if "frame" in shown else []
        seen, given = shown.get("visits", frame), shown["entropy"]
        asked = [*questions(it, [of["row"] for of in seen], [])]
        seen = [of for of in seen if of["row"]["id"] == (entity or shown.get("entity"))]
        told = [f"{key}: {show(of[key])}" for of in seen for key in of if key != "path"]
    verdicts = {row["verdict"] for row in report.values()}
    status = 6 if "MISMATCH" in verdicts else 7 if kind == "bundle-v1" and "NOT CHECKED" in verdicts else 0
    check(report, "SIGN-1", ["this file checks no signatures: use inspect-cli"])
    check(report, "ORDER-1", ["this file reads no log and knows no witness: use inspect-cli"])
    return {"format": kind, "slot": it["slot"], "bureau": it["bureau"], "commitment": digest, "status": status,
            "checks": [{"id": id, **row} for id, row in report.items()], "entity": told, "questions": asked,
            "values": [f"{of['kind']} {of['name']}, {of['at']}: {of['value']}" for of in given]}

def lines_of(answer):
    """Say an answer to a person."""
    yield f"{answer['format']}: draw {answer['slot']} of {answer['bureau']}"
    yield f"commitment {answer['commitment']}"
    yield "(compare it, digit by digit, with the one that was published before the draw)"
    for of in answer["checks"]:
        yield f"{of['id']:9} {CHINESE[of['verdict']]} {of['verdict']:12} {of['detail']}".rstrip()
        yield from (f"    {key:9} {show(of[key])}" for key in ("expected", "found") if key in of)
    seen = ("values", "Compare these with what was seen, or published by others:")
    for key, title in (("entity", "The company:"), seen, ("questions", "No check proves these; ask about them:")):
        told, more = answer[key][:50], len(answer[key]) - 50
        yield from [title, *(f"    {line}" for line in told), *[f"    and {more} more"] * (more > 0)] if told else []

def main(arguments=None):
    """Verify one file, print what was found, and return the exit status."""
    parser = argparse.ArgumentParser(description="Verify a draw of inspections, 双随机抽取核验")
    for name in ("file", "--entity"): parser.add_argument(name)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try: answer = verify(asked.file, asked.entity)
    except (Refused, OSError, RecursionError, MemoryError) as why: answer = {"refused": show(str(why)), "status": 3}
    lines = [f"REFUSED 拒绝: {answer['refused']}"] if "refused" in answer else map(show, lines_of(answer))
    text = json.dumps(answer, ensure_ascii=False, indent=1, default=sorted) if asked.json else "\n".join(lines)
    try:
        sys.stdout.buffer.write(text.encode(sys.stdout.encoding, "backslashreplace") + b"\n")
        sys.stdout.flush()
    except BrokenPipeError: os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever reads has seen enough
    return answer["status"]

if __name__ == "__main__":
    gc.disable()  # nothing here goes in circles, and to look for it would take a third of the time
    sys.exit(main())
