"""What every verifier must say of a first draw in which something was changed, told from the protocol's page.

Here stand which member feeds which check, and which member and row a refusal must name. The forms of values come from the oracle
(``tests.oracle_form``), which was read from the same page; nothing of the package is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tests.oracle import ADDED, quotas_hold, root, seed_of, selection_of, visits_of
from tests.oracle_form import (
    COMMITMENT,
    ENTITY,
    EXCLUDED,
    INSPECTOR,
    RESULT,
    Refused,
    Row,
    canonical,
    digest,
    read_canonical,
    require,
    require_commitment,
    value_holds,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OBJECTS = ("commitment.json", "result.json")
LISTS = {"entities.jsonl": ENTITY, "inspectors.jsonl": INSPECTOR, "excluded.jsonl": EXCLUDED}
MEMBERS = (*OBJECTS, *LISTS)
BESIDE = ("verify.py", "verify.html", "README.txt")

RESTS = {
    "COMMIT-1": (), "FRAME-1": (), "SEED-1": ("COMMIT-1",), "SEED-2": ("SEED-1",), "SEED-3": ("SEED-1",),
    "SELECT-1": ("FRAME-1", "SEED-3"), "VISIT-1": ("SELECT-1",),
}  # fmt: skip
"""Section 11: the checks of a first draw in their order, and what each rests on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a refusal says that it is: a member, and a row of a list (from 1; None: the whole member)."""

    member: str
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """A refusal that names one of these places; or, where there are none, exactly these checks that are a MISMATCH."""

    places: frozenset[Place] = frozenset()
    mismatches: frozenset[str] = frozenset()

    def verdicts(self) -> dict[str, str]:
        """Give the verdict of every check: a MISMATCH, NOT CHECKED where it rests on one that is not VERIFIED, or VERIFIED."""
        found: dict[str, str] = {}
        for check, rests in RESTS.items():
            is_open = all(found[other] == "VERIFIED" for other in rests)
            found[check] = "NOT CHECKED" if not is_open else "MISMATCH" if check in self.mismatches else "VERIFIED"
        return {**found, "SIGN-1": "NOT CHECKED", "ORDER-1": "NOT CHECKED"}


def foretell(files: Mapping[str, bytes]) -> Foretold:
    """Tell what must be said of the members of a first draw."""
    strange = [name for name in MEMBERS if name not in files]
    strange += [
        name for name in files if name not in (*MEMBERS, *BESIDE) and not name.startswith(("signatures/", "log/"))
    ]
    if strange:
        return Foretold(places=frozenset(Place("amends/" if "amends/" in name else name) for name in strange))
    alone = [place for name in MEMBERS if (place := fault_of(name, files[name])) is not None]
    places = frozenset(alone or faults_together(files))
    return Foretold(places=places) if places else Foretold(mismatches=frozenset(mismatches(files)))


# Refusals: sections 1 to 4 and 10


def fault_of(name: str, data: bytes) -> Place | None:
    """Find the first place of a member that is refused whatever stands in the others."""
    if name in OBJECTS:
        return Place(name) if read_object(name, data) is None else None
    if data and not data.endswith(b"\n"):
        return Place(name)
    last: tuple[object, ...] = ()
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        row = read_line(name, line)
        order = () if row is None else order_of(name, row)
        if row is None or order <= last:
            return Place(name, number)
        last = order
    return None


def order_of(name: str, row: Row) -> tuple[object, ...]:
    """Give what the rows of a list are sorted by."""
    if name != "excluded.jsonl":
        return (row["id"].encode(),)
    return (row["id"].encode(), "domain" in row, row.get("domain", "").encode())


@lru_cache(maxsize=64)
def read_object(name: str, data: bytes) -> Row | None:
    """Read a commitment or a result; None where it is refused."""
    try:
        value = read_canonical(data)
        require((COMMITMENT if name == "commitment.json" else RESULT)(value), "its form")
        if name == "commitment.json":
            require_commitment(value)
    except Refused:
        return None
    return value


@lru_cache(maxsize=8192)
def read_line(name: str, line: bytes) -> Row | None:
    """Read a row by itself; None where it is refused."""
    try:
        value = read_canonical(line)
        require(LISTS[name](value), "its form")
        if name == "entities.jsonl":
            require([one["domain"] for one in value["strata"]] == value["domains"], "strata")
    except Refused:
        return None
    return value


@lru_cache(maxsize=256)
def read_list(name: str, data: bytes) -> list[Row]:
    """Read the rows of a list that has no fault of its own."""
    return [row for line in data.split(b"\n")[:-1] if (row := read_line(name, line)) is not None]


def values_of(files: Mapping[str, bytes]) -> Row:
    """Read a draw that has no fault; what is given must not be changed."""
    draw: Row = {name.partition(".")[0]: read_object(name, files[name]) for name in OBJECTS}
    return {**draw, **{name.partition(".")[0]: read_list(name, files[name]) for name in LISTS}}


def faults_together(files: Mapping[str, bytes]) -> Iterator[Place]:
    """Find the places that are refused for what stands in another member (section 2)."""
    draw = values_of(files)
    days = set(draw["commitment"]["days"])
    for number, row in enumerate(draw["entities"], start=1):
        if not set(row.get("days", ())) <= days or "team" in row or "expert" in row:
            yield Place("entities.jsonl", number)
    for number, row in enumerate(draw["inspectors"], start=1):
        if not {cap["day"] for cap in row["days"]} <= days:
            yield Place("inspectors.jsonl", number)
    domains = {row["id"]: row["domains"] for row in draw["entities"]}
    for number, row in enumerate(draw["excluded"], start=1):
        inside = domains.get(row["id"])
        if (inside is not None) if "domain" not in row else (inside is None or row["domain"] in inside):
            yield Place("excluded.jsonl", number)
    if "amends" in draw["commitment"]:
        yield Place("this is no first draw: nothing is foretold")


# Verdicts: section 11, each check by what feeds it


def mismatches(files: Mapping[str, bytes]) -> set[str]:
    """Name the checks that must say MISMATCH of a draw that is not refused; what rests on one of them is not looked at."""
    draw = values_of(files)
    commitment, result = draw["commitment"], draw["result"]
    entropy, lists = result["entropy"], {name: files[f"{name}.jsonl"] for name in commitment["frame"]}
    answered = [{key: entry[key] for key in entry if key not in ADDED} for entry in entropy]
    holding = {
        "COMMIT-1": result["commitment"] == digest(files["commitment.json"]),
        "FRAME-1": all(
            held == {"count": lists[name].count(b"\n"), "root": root_of(f"{name}.jsonl", lists[name])}
            for name, held in commitment["frame"].items()
        ),
        "SEED-1": answered == commitment["sources"],
        "SEED-2": all(map(value_holds, entropy)),  # no draw here has a beacon, whose proof would be left to be run
        "SEED-3": result["seed"] == seed_of(commitment, entropy),
    }
    found = {check for check, holds in holding.items() if not holds}
    if found <= {"SEED-2"}:
        selection, visits = drawn_from(files["commitment.json"], lists["entities"], lists["inspectors"], result["seed"])
        if canonical(result["selection"]) != canonical(selection):
            found.add("SELECT-1")
        if canonical(result["visits"]) != canonical(visits):
            found.add("VISIT-1")
    return found


@lru_cache(maxsize=256)
def root_of(name: str, data: bytes) -> str:
    """Compute the root of a list."""
    return root(read_list(name, data))


@cache
def drawn_from(commitment: bytes, entities: bytes, inspectors: bytes, seed: str) -> tuple[object, object]:
    """Compute selection and visits, or nothing where the quotas are not the frame's."""
    rules, rows = read_object("commitment.json", commitment), read_list("entities.jsonl", entities)
    if rules is None or not quotas_hold(rules, rows):
        return None, None
    selection = selection_of(rules, rows, seed)
    draw = {"commitment": rules, "entities": rows, "inspectors": read_list("inspectors.jsonl", inspectors)}
    return selection, visits_of(draw, selection, seed)
