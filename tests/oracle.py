"""A second opinion on draw-v1, read literally from the protocol's page: brute force, sorted lists, nothing kept in mind.

Here live sections 4 to 9 and 11: seed, selection, visits, the frame that a supplement must have, and the verdicts. Which
members are refused whole lives in ``oracle_form.py``. Nothing of the package is imported.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import combinations
from typing import TYPE_CHECKING

from tests.oracle_amend import Failed, demand, require_link, require_supplement
from tests.oracle_form import Refused, Row, canonical, digest, read_draw, require, value_holds

if TYPE_CHECKING:
    from collections.abc import Callable

ADDED = {"value", "signature", "previous_signature", "pulse_record", "certificate"}
VERIFIED, MISMATCH, NOT_CHECKED = "VERIFIED", "MISMATCH", "NOT CHECKED"
Caps = dict[str, Row]  # inspector: {"days": {day: cap}, "month": cap}


def lines(*parts: str) -> bytes:
    """Parts joined by one LF."""
    return "\n".join(parts).encode()


def root(rows: list[Row]) -> str:
    """The Merkle tree hash of RFC 6962 over the rows, by its definition."""

    def hashed(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return sha256(b"\0" + leaves[0]).digest()
        half = 1
        while half * 2 < len(leaves):
            half *= 2
        return sha256(b"\1" + hashed(leaves[:half]) + hashed(leaves[half:])).digest()

    return hashed([canonical(row) for row in rows]).hex() if rows else digest(b"")


# Section 4: the seed


def seed_of(commitment: Row, entropy: list[Row]) -> str:
    """The seed that commitment and values give."""
    values = [entry["kind"] + ":" + entry["value"] for entry in entropy]
    return digest(lines("draw-v1/seed", digest(canonical(commitment)), *values))


# Sections 5 and 6: tickets and selection


def ticket(seed: str, purpose: str, row: Row, *rest: str) -> str:
    """A ticket of an entity."""
    return digest(lines(seed, purpose, row["id"], row["salt"], *rest))


def strata_of(entities: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """The entities of each (domain, stratum) of the frame."""
    pairs = sorted({(one["domain"], one["stratum"]) for row in entities for one in row["strata"]})
    return {
        pair: [row for row in entities if {"domain": pair[0], "stratum": pair[1]} in row["strata"]] for pair in pairs
    }


def quotas_hold(commitment: Row, entities: list[Row]) -> bool:
    """Say whether the quotas are those of the frame, and everybody can be drawn."""
    strata = strata_of(entities)
    if [(one["domain"], one["stratum"], one["size"]) for one in commitment["quotas"]] != [
        (*pair, len(rows)) for pair, rows in strata.items()
    ]:
        return False
    drawable = [
        row["id"] for one in commitment["quotas"] if one["take"] for row in strata[one["domain"], one["stratum"]]
    ]
    return all(row["id"] in drawable for row in entities)


def selection_of(commitment: Row, entities: list[Row], seed: str) -> list[Row]:
    """Who is drawn for what, in ticket order."""
    tickets = {row["id"]: ticket(seed, "entity", row) for row in entities}
    drawn: dict[str, list[str]] = {row["id"]: [] for row in entities}
    for quota in commitment["quotas"]:
        rows = strata_of(entities)[quota["domain"], quota["stratum"]]
        for row in sorted(rows, key=lambda row: tickets[row["id"]])[: quota["take"]]:
            drawn[row["id"]].append(quota["domain"])
    chosen = sorted((tickets[name], name) for name, domains in drawn.items() if domains)
    return [{"entity": name, "ticket": number, "drawn": sorted(drawn[name])} for number, name in chosen]


# Sections 7 and 8: teams and staffing


def free(row: Row, entity: Row, caps: Caps, day: str) -> bool:
    """Say whether somebody does not bar the entity, visits its zone, and has cap left that day and in the month."""
    zone = "zones" not in row or entity.get("zone") in row["zones"]
    left = caps[row["id"]]["days"].get(day, 0) > 0 and caps[row["id"]]["month"] > 0
    return zone and left and entity["id"] not in row["barred"]


def fits(one: Row, rest: list[Row], need: set[str], seats: int) -> bool:
    """Say whether, with somebody on the next of so many seats, the rest of the pool can fill and cover what is left."""
    left = need - set(one["skills"])
    return len(rest) >= seats - 1 and any(
        left <= {skill for other in some for skill in other["skills"]}
        for count in range(seats)
        for some in combinations(rest, count)
    )


def need_of(team: list[Row], domains: list[str]) -> set[str]:
    """What the team lacks of the visit's domains."""
    return set(domains) - {skill for member in team for skill in member["skills"]}


def fitting(team: list[Row], pool: list[Row], domains: list[str], seats: int) -> list[Row]:
    """Those of the pool who fit the next of so many seats."""
    has_lead = any(member["lead"] for member in team)
    able = [one for one in pool if has_lead or one["lead"]]
    return [
        one for one in able if fits(one, [other for other in pool if other is not one], need_of(team, domains), seats)
    ]


def size_of(commitment: Row, team: list[Row], pool: list[Row], domains: list[str]) -> int | None:
    """The smallest number that the team can reach, if any."""
    for size in range(max(commitment["team"]["min"], len(team)), commitment["team"]["max"] + 1):
        seats = size - len(team)
        if seats == 0 and not need_of(team, domains) and any(member["lead"] for member in team):
            return size
        if seats >= 1 and fitting(team, pool, domains, seats):
            return size
    return None


def visits_of(draw: Row, selection: list[Row], seed: str) -> list[Row]:
    """All visits, staffed one after another, in ticket order."""
    rows = {row["id"]: row for row in draw["entities"]}
    first = [one for one in selection if "days" in rows[one["entity"]]]
    order = first + [one for one in selection if "days" not in rows[one["entity"]]]
    caps = caps_of(draw["inspectors"])
    visits: list[Row] = []
    for one in order:
        row = rows[one["entity"]]
        domains = row["domains"] if draw["commitment"]["combine"] == "applicable" else one["drawn"]
        visit = {"entity": row["id"], "domains": domains}
        full = -(-len(selection) // len(draw["commitment"]["days"]))
        held = [day for day in draw["commitment"]["days"] if len([at for at in visits if at.get("day") == day]) >= full]
        visits.append({**visit, **staffed(draw, (row, domains, seed), caps, held)})
    return [visit for one in selection for visit in visits if visit["entity"] == one["entity"]]


def caps_of(inspectors: list[Row]) -> Caps:
    """The caps as in the frame."""
    return {
        row["id"]: {"days": {cap["day"]: cap["cap"] for cap in row["days"]}, "month": row["month_cap"]}
        for row in inspectors
    }


def staffed(draw: Row, visit: tuple[Row, list[str], str], caps: Caps, held: list[str]) -> Row:
    """Day, team and expert of one visit, or why it is open, where some days hold their visits; caps become less."""
    row, domains, seed = visit
    commitment, inspectors = draw["commitment"], draw["inspectors"]
    named = [member for name in row.get("team", []) for member in inspectors if member["id"] == name]

    def pool(team: list[Row], left: Caps, day: str) -> list[Row]:
        others = [one for one in inspectors if one["role"] == "inspector" and one not in team]
        return [one for one in others if free(one, row, left, day)]

    days = row.get("days", commitment["days"])
    for day in sorted(days, key=lambda day: (day in held, ticket(seed, "day", row, day))):
        size = size_of(commitment, named, pool(named, caps, day), domains)
        if size is None:
            continue
        team = list(named)
        while len(team) < size:
            fit = fitting(team, pool(team, caps, day), domains, size - len(team))
            team.append(min(fit, key=lambda one: ticket(seed, "inspector", row, one["id"])))
        shared = set(commitment["team"]["expert_domains"]) & set(domains)
        experts = [one for one in inspectors if one["role"] == "expert" and set(one["skills"]) & shared]
        experts = [one for one in experts if free(one, row, caps, day) and "expert" not in row]
        experts = sorted(experts, key=lambda one: ticket(seed, "expert", row, one["id"]))[:1]
        for one in team[len(named) :] + experts:
            caps[one["id"]]["days"][day] -= 1
            caps[one["id"]]["month"] -= 1
        expert = [row["expert"]] if "expert" in row else [one["id"] for one in experts]
        return {"day": day, "team": [one["id"] for one in team], **({"expert": expert[0]} if expert else {})}
    fresh = caps_of(inspectors)
    never = all(size_of(commitment, named, pool(named, fresh, day), domains) is None for day in days)
    return {"open": "no day" if never else "no team"}


def outcome(draw: Row, entropy: list[Row]) -> Row:
    """The result that commitment, rows and entropy give."""
    seed = seed_of(draw["commitment"], entropy)
    selection = selection_of(draw["commitment"], draw["entities"], seed)
    return {
        "protocol": "draw-v1", "commitment": digest(canonical(draw["commitment"])), "entropy": entropy, "seed": seed,
        "selection": selection, "visits": visits_of(draw, selection, seed),
    }  # fmt: skip


# Section 11: verdicts


def judge(files: dict[str, bytes]) -> dict[str, str]:
    """Give the verdict of each check up to AMEND-1; raises ``Refused`` where there are none."""
    return judged(files)[0]


def judged(files: dict[str, bytes]) -> tuple[dict[str, str], list[Row] | None]:
    """Give the verdicts, and the chain that the draw ends: none where a draw of it is not at hand."""
    draw = read_own(files)
    verdicts = verdicts_alone(draw)
    inner = {path.removeprefix("amends/"): data for path, data in files.items() if path.startswith("amends/")}
    if "amends" not in draw["commitment"]:
        require(not inner, "a first draw amends nothing")
        return verdicts, [draw]
    verdicts["AMEND-1"] = NOT_CHECKED
    if verdicts["VISIT-1"] != VERIFIED or not inner:
        return verdicts, None
    try:
        amended, chain = judged(inner)
        demand(MISMATCH not in amended.values(), "the amended draw does not follow")
        require_supplement(draw, chain) if chain else require_link(draw, read_own(inner))
    except (Refused, Failed):
        return {**verdicts, "AMEND-1": MISMATCH}, None
    verdicts["AMEND-1"] = NOT_CHECKED if NOT_CHECKED in amended.values() else VERIFIED
    return verdicts, [*chain, draw] if chain else None


def read_own(files: dict[str, bytes]) -> Row:
    """Read a draw without what it amends."""
    return read_draw({path: data for path, data in files.items() if not path.startswith("amends/")})


def verdicts_alone(draw: Row) -> dict[str, str]:
    """The verdicts of all checks that need nothing but the draw itself."""
    commitment, result = draw["commitment"], draw["result"]
    entropy, seed, selection = result["entropy"], result["seed"], result["selection"]
    found: dict[str, str] = {}

    def check(name: str, rests: tuple[str, ...], finding: Callable[[], bool | None]) -> None:
        holds = finding() if all(found[one] == VERIFIED for one in rests) else None
        found[name] = NOT_CHECKED if holds is None else VERIFIED if holds else MISMATCH

    def frame() -> bool:
        return all(
            commitment["frame"][name] == {"count": len(draw[name]), "root": root(draw[name])}
            for name in commitment["frame"]
        )

    def answers() -> bool:
        answered = [{key: entry[key] for key in entry if key not in ADDED} for entry in entropy]
        return bool(answered == commitment["sources"])

    def values() -> bool | None:
        holding = [value_holds(entry) for entry in entropy]
        return False if False in holding else None if None in holding else True

    def seeded() -> bool:
        return bool(seed == seed_of(commitment, entropy))

    def selected() -> bool:
        return quotas_hold(commitment, draw["entities"]) and selection == selection_of(
            commitment, draw["entities"], seed
        )

    check("COMMIT-1", (), lambda: result["commitment"] == digest(canonical(commitment)))
    check("FRAME-1", (), frame)
    check("SEED-1", ("COMMIT-1",), answers)
    check("SEED-2", ("SEED-1",), values)
    check("SEED-3", ("SEED-1",), seeded)
    check("SELECT-1", ("FRAME-1", "SEED-3"), selected)
    check("VISIT-1", ("SELECT-1",), lambda: result["visits"] == visits_of(draw, selection, seed))
    return found
