"""Small draws made at random, as bytes, by the oracle's side alone: first draws, and supplements of what stands.

Chance is a stream of SHA-256 digests of a name, so that a draw that fails is found again by its name. Nothing of the package
is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar

from tests.oracle import outcome, root, strata_of
from tests.oracle_amend import (
    days_left,
    demanded_entities,
    demanded_roster,
    in_force,
    open_to_change,
    supplement_days,
    whole_roster,
)
from tests.oracle_form import MEMBERS, REASONS, Row, canonical, digest

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
DOMAINS = ("environment", "health", "labour", "safety")
ZONES = ("东街", "西街", "north")
OFFSETS = ("+08:00", "Z", "-05:30", "+08:00")


@dataclass
class Chance:
    """Choices that follow from a name."""

    name: str
    used: int = 0
    tight: bool = False  # whether days and caps are scarce
    skilled: int = 80  # how many of a hundred have a skill
    leading: int = 80  # how many of a hundred may lead

    def below(self, bound: int) -> int:
        """Choose an integer from 0 to the bound less one."""
        self.used += 1
        return int(sha256(f"{self.name}\n{self.used}".encode()).hexdigest(), 16) % bound

    def between(self, least: int, most: int) -> int:
        """Choose an integer."""
        return least + self.below(most - least + 1)

    def often(self, per_cent: int) -> bool:
        """Say yes so often."""
        return self.below(100) < per_cent

    def one(self, values: Sequence[T]) -> T:
        """Choose a value."""
        return values[self.below(len(values))]

    def some(self, values: Sequence[T], per_cent: int) -> list[T]:
        """Choose values, in their order."""
        return [value for value in values if self.often(per_cent)]

    def salt(self) -> str:
        """Choose a salt."""
        return f"{self.below(2**128):032x}"


def first_draw(chance: Chance) -> Row:
    """Make a first draw, its result included."""
    count = chance.one((1, 2, 3, 5, 8, 12))
    days = [f"2026-12-{day:02}" for day in sorted(chance_days(chance, count))]
    names = sorted(DOMAINS[: chance.between(1, 4)])
    ids = sorted(
        {f"{chance.one(('E', '9132', '企', 'é', '𠀀'))}{chance.below(10**6)}" for _ in range(chance.between(5, 40))}
    )
    entities = [entity_row(chance, name, names, days) for name in ids]
    chance.tight, chance.skilled, chance.leading = chance.often(25), chance.one((35, 60, 90)), chance.one((20, 50, 90))
    roster = {f"R{chance.below(1000):03}" for _ in range(chance.between(3 if chance.tight else 7, 12))}
    inspectors = [inspector_row(chance, name, days, ids) for name in sorted(roster)]
    least = chance.one((1, 1, 1, 2, 2, 2, 2, 3, 4, 6))
    commitment = {
        "protocol": "draw-v1", "slot": "2026-12/1", "bureau": "示例局", "period": "2026-12",
        "quotas": quotas_of(chance, entities), "combine": chance.one(("applicable", "drawn")),
        "team": {"min": least, "max": chance.between(least, min(6, least + chance.one((0, 1, 2, 5)))),
                 "expert_domains": chance.some(sorted(DOMAINS), 40)},
        "days": days, "sources": sources_of(chance, ["2026-11-29", "2026-11-30"]), "matters": ["a further key"],
    }  # fmt: skip
    draw = {"commitment": commitment, "entities": entities, "inspectors": inspectors}
    return finished(chance, {**draw, "excluded": excluded_rows(chance, entities, names)})


def large_draw(chance: Chance, count: int) -> Row:
    """Make a first draw that takes one to three of a large stratum."""
    day = "2026-12-01"
    ids = [f"E{number:04}" for number in range(count)]
    stratum = {"domains": ["safety"], "strata": [{"domain": "safety", "stratum": "A"}]}
    draw = first_draw(chance)
    quota = {"domain": "safety", "stratum": "A", "size": count, "take": chance.between(1, 3)}
    return finished(chance, {
        "commitment": {**draw["commitment"], "days": [day], "quotas": [quota]}, "excluded": [],
        "entities": [{"id": name, "salt": chance.salt(), **stratum} for name in ids],
        "inspectors": [inspector_row(chance, name, [day], ids) for name in ("R1", "R2", "R3")],
    })  # fmt: skip


def chance_days(chance: Chance, count: int) -> set[int]:
    """Choose some days of December."""
    return {chance.between(1, 20) for _ in range(count)}


def entity_row(chance: Chance, name: str, domains: list[str], days: list[str]) -> Row:
    """Make a row that can be drawn."""
    applying = chance.some(domains, 60) or [chance.one(domains)]
    strata = ("A", "B", "丙")[: chance.between(1, 3)]
    row: Row = {"id": name, "salt": chance.salt(), "domains": applying, "name": "<script>"}
    row["strata"] = [{"domain": domain, "stratum": chance.one(strata)} for domain in applying]
    if chance.often(80):
        row["zone"] = chance.one(ZONES)
    if chance.often(20):
        row["days"] = chance.some(days, 50) or [days[0]]
    return row


def inspector_row(chance: Chance, name: str, days: list[str], entities: list[str]) -> Row:
    """Make a row of the roster; where it is tight, with few days and caps."""
    row: Row = {"id": name, "salt": chance.salt(), "role": chance.one(("inspector",) * 4 + ("expert",))}
    row |= {
        "lead": chance.often(chance.leading),
        "skills": chance.some(DOMAINS, chance.skilled),
        "barred": chance.some(entities, 8),
    }
    working = chance.some(days, 55 if chance.tight else 90)
    row["days"] = [{"cap": chance.between(1, 2 if chance.tight else 5), "day": day} for day in working]
    row["month_cap"] = chance.between(0, 4) if chance.tight else chance.between(2, 30)
    if chance.often(25):
        row["zones"] = sorted(chance.some(ZONES, 60))
    return row


def excluded_rows(chance: Chance, entities: list[Row], domains: list[str]) -> list[Row]:
    """Make rows for who and what is left out."""
    rows: list[Row] = [{"id": f"X{number}"} for number in range(chance.below(4))]
    rows += [
        {"id": row["id"], "domain": domain}
        for row in entities
        for domain in domains
        if domain not in row["domains"] and chance.often(10)
    ]
    rows.sort(key=lambda row: (row["id"], row.get("domain", "")))
    return [{**row, "reason": chance.one(REASONS), "salt": chance.salt()} for row in rows]


def quotas_of(chance: Chance, entities: list[Row], share: int = 0) -> list[Row]:
    """Make a quota for each stratum; everybody can be drawn in one."""
    quotas = {
        pair: {
            "domain": pair[0],
            "stratum": pair[1],
            "size": len(rows),
            "take": len(chance.some(rows, share or chance.one((3, 20, 50)))),
        }
        for pair, rows in strata_of(entities).items()
    }
    for row in entities:
        pairs = [(one["domain"], one["stratum"]) for one in row["strata"]]
        if not any(quotas[pair]["take"] for pair in pairs):
            quotas[chance.one(pairs)]["take"] = 1
    return list(quotas.values())


def sources_of(chance: Chance, days: Sequence[str]) -> list[Row]:
    """Make promises for some days: texts first, on the first day, and not all texts."""
    texts, others = chance.one((0, 0, 1, 2)), chance.one((1, 1, 2))
    promises: list[Row] = [{"kind": "text", "digest": digest(line_of(number))} for number in range(texts)]
    for _ in range(others):
        dice = {"kind": "dice", "count": chance.between(1, 20), "sides": chance.between(2, 10)}
        promises.append(chance.one((dice, {"kind": "lottery", "groups": ["red", "blue"][: chance.between(1, 2)]})))
    offset = chance.one(OFFSETS)
    for number, promise in enumerate(promises):
        at = f"{days[0]}T09:00:00" if number < texts else f"{chance.one(days)}T09:{chance.below(60):02}:00"
        promise |= {"name": f"source {number}", "at": at + offset}
    return promises


def line_of(number: int) -> bytes:
    """A sealed line."""
    return f"风调雨顺 {number}".encode()


def answer(chance: Chance, promise: Row) -> Row:
    """Let a source speak."""
    if promise["kind"] == "text":
        return {
            **promise,
            "value": next(line.decode() for line in map(line_of, range(3)) if digest(line) == promise["digest"]),
        }
    if promise["kind"] == "dice":
        faces = "0123456789" if promise["sides"] == 10 else "123456789"[: promise["sides"]]
        return {**promise, "value": "".join(chance.one(faces) for _ in range(promise["count"]))}
    groups = [sorted(chance.below(40) for _ in range(chance.between(1, 6))) for _ in promise["groups"]]
    return {**promise, "value": "".join("".join(f"{number}." for number in group) + "/" for group in groups)}


def finished(chance: Chance, draw: Row) -> Row:
    """Freeze a draw's frame, let its sources speak, and draw."""
    commitment = {**draw["commitment"], "frame": frame_of(draw)}
    draw = {**draw, "commitment": commitment}
    return {**draw, "result": outcome(draw, [answer(chance, promise) for promise in commitment["sources"]])}


def frame_of(draw: Row) -> Row:
    """Count the rows, and give their roots."""
    return {
        name: {"count": len(draw[name]), "root": root(draw[name])} for name in ("entities", "excluded", "inspectors")
    }


def files_of(chain: list[Row]) -> dict[str, bytes]:
    """Write a chain as a bundle: the last draw, and the others in folders one inside the other."""
    files = {}
    for depth, draw in enumerate(reversed(chain)):
        for name in MEMBERS:
            value: Any = draw[name.partition(".")[0]]
            data = b"".join(canonical(row) + b"\n" for row in value) if name.endswith("l") else canonical(value)
            files["amends/" * depth + name] = data
    return files


# Section 9


def supplement(chance: Chance, chain: list[Row]) -> Row | None:
    """Make a supplement of a chain; None where no day is left for one."""
    last = max(source["at"][:10] for source in chain[-1]["commitment"]["sources"])
    later = [day for day in ("2026-12-01", *chain[0]["commitment"]["days"]) if day > last]
    if not later:
        return None
    start = chance.below(min(2, len(later)))
    sources = sources_of(chance, later[start : start + chance.between(1, 2)])
    days = supplement_days(chain, sources)
    if not days:
        return None
    amends: Row = {"result": digest(canonical(chain[-1]["result"])), "changes": [], "absent": [], "added": []}
    fresh = [
        inspector_row(chance, f"S{len(chain)}{number}", days, sorted(in_force(chain)))
        for number in range(chance.one((0, 0, 1, 2)))
    ]
    amends["added"] = [{"id": row["id"], "reason": "posted here"} for row in fresh]
    standing = whole_roster(chain, {**amends, "added": []}, [])
    for row in standing:
        if chance.often(15):
            away = days if chance.often(40) else chance.some(days, 40) or days[:1]
            amends["absent"].append({"id": row["id"], "days": away, "reason": "ill"})
    amends["changes"] = changes_of(chance, chain, amends, days)
    entities = [{**row, "name": "=cmd"} for row in demanded_entities(chain, amends, days)]
    inspectors = demanded_roster(chain, amends, days, fresh)
    first = chain[0]["commitment"]
    commitment = {
        "protocol": "draw-v1", "slot": f"2026-12/1/s{len(chain)}", "combine": "applicable", "days": days,
        "quotas": quotas_of(chance, entities, 100), "sources": sources, "amends": amends,
        **{key: first[key] for key in ("bureau", "period", "team")},
    }  # fmt: skip
    return finished(chance, {"commitment": commitment, "entities": entities, "inspectors": inspectors, "excluded": []})


def changes_of(chance: Chance, chain: list[Row], amends: Row, days: list[str]) -> list[Row]:
    """Choose what is drawn again: all that must be, and some that may be."""
    changes = []
    away = {(entry["id"], day) for entry in amends["absent"] for day in entry["days"]}
    must = open_to_change(chain, amends, days)
    for name, visit in sorted(in_force(chain).items()):
        holders = [*visit.get("team", []), *([visit["expert"]] if "expert" in visit else [])]
        gone = [who for who in holders if (who, visit.get("day")) in away]
        change: Row = {"entity": name, "left": [], "closed": [], "reason": "something happened"}
        if "open" in visit and name not in must:
            continue
        if chance.often(25) or ("day" in visit and chance.often(10)):
            closed = chance.some(chain[0]["commitment"]["days"], 30) + ([visit["day"]] if "day" in visit else [])
            anew = {**change, "closed": sorted(set(closed))}
            if days_left(chain, {**amends, "changes": [anew]}, name, days):
                changes.append(anew)
                continue
        if name in must:
            changes.append(change)
        elif visit["day"] in days and (gone or chance.often(35)):
            left = sorted({*gone, *chance.some(holders, 30)})
            changes += [{**change, "left": left}] if left else []
    return changes
