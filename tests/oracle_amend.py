"""Section 9 of draw-v1, read literally: what a supplementary draw must look like, derived from what stands and what it names.

A draw is a dictionary of its five members; a chain is a list of draws, the first draw first. The tests build their supplements
by the same derivation. Nothing of the package is imported.
"""

from __future__ import annotations

from typing import Any

from tests.oracle_form import Row, canonical, digest, instant

ENTITY_KEYS = ("id", "salt", "domains", "strata", "zone", "days", "team", "expert")
INSPECTOR_KEYS = ("id", "salt", "role", "lead", "skills", "days", "month_cap", "zones", "barred")
Seat = tuple[str, str, str]  # the entity, the day, and who


class Failed(Exception):
    """Section 9 does not hold."""


def demand(holds: object, why: str) -> None:
    """Fail unless something holds."""
    if not holds:
        raise Failed(why)


def in_force(chain: list[Row]) -> dict[str, Row]:
    """The first draw's visits, each replaced by the newest supplement's visit of that entity."""
    return {visit["entity"]: visit for draw in chain for visit in draw["result"]["visits"]}


def amendments(chain: list[Row], amends: Row) -> list[Row]:
    """What each supplement of the chain names, and the one at hand last."""
    return [draw["commitment"]["amends"] for draw in chain[1:]] + [amends]


def closed_days(chain: list[Row], amends: Row, entity: str) -> set[str]:
    """The days on which an entity cannot be visited: closed by this or an earlier supplement."""
    changes = [change for one in amendments(chain, amends) for change in one["changes"]]
    return {day for change in changes if change["entity"] == entity for day in change["closed"]}


def first_row(chain: list[Row], entity: str) -> Row:
    """The row of an entity in the first draw."""
    return next(row for row in chain[0]["entities"] if row["id"] == entity)


def days_left(chain: list[Row], amends: Row, entity: str, days: list[str]) -> list[str]:
    """The days of the supplement that are among the first row's days, where it had them, and not closed."""
    had = first_row(chain, entity).get("days", days)
    return [day for day in days if day in had and day not in closed_days(chain, amends, entity)]


def supplement_days(chain: list[Row], sources: list[Row]) -> list[str]:
    """All days of the first draw after the latest date, as written, of the sources."""
    return [day for day in chain[0]["commitment"]["days"] if day > max(source["at"][:10] for source in sources)]


def open_to_change(chain: list[Row], amends: Row, days: list[str]) -> list[str]:
    """The entities whose visit in force is open and has a day left."""
    visits = in_force(chain)
    return sorted(name for name, one in visits.items() if "open" in one and days_left(chain, amends, name, days))


def changed_row(chain: list[Row], amends: Row, change: Row, days: list[str]) -> Row:
    """The row of one changed visit."""
    name = change["entity"]
    visit = in_force(chain)[name]
    first = first_row(chain, name)
    row: Row = {"id": name, "salt": first["salt"], "domains": visit["domains"]}
    row["strata"] = [{"domain": domain, "stratum": "supplement"} for domain in visit["domains"]]
    if "zone" in first:
        row["zone"] = first["zone"]
    if change["left"]:
        row["days"] = [visit["day"]]
        team = [one for one in visit["team"] if one not in change["left"]]
        if team:
            row["team"] = team
        if "expert" in visit and visit["expert"] not in change["left"]:
            row["expert"] = visit["expert"]
        return row
    if "days" in first or closed_days(chain, amends, name):
        row["days"] = days_left(chain, amends, name, days)
    return row


def require_changes(chain: list[Row], amends: Row, days: list[str]) -> None:
    """Fail unless each change has its cause, and no open visit with a day left is forgotten."""
    visits = in_force(chain)
    for change in amends["changes"]:
        demand(change["entity"] in visits, "no visit in force")
        visit = visits[change["entity"]]
        if change["left"]:
            demand("day" in visit, "nobody can leave an open visit")
            demand(all(one in holders(visit) for one in change["left"]), "who left had no seat")
        else:
            closed = closed_days(chain, amends, change["entity"])
            demand(all(day in chain[0]["commitment"]["days"] for day in change["closed"]), "no day of the first draw")
            demand("open" in visit or visit["day"] in closed, "drawn anew without cause")
            demand(days_left(chain, amends, change["entity"], days), "no day left")
    named = [change["entity"] for change in amends["changes"]]
    demand(all(name in named for name in open_to_change(chain, amends, days)), "an open visit is left out")


def holders(visit: Row) -> list[str]:
    """Who holds a seat of a visit."""
    return [*visit.get("team", []), *([visit["expert"]] if "expert" in visit else [])]


def whole_roster(chain: list[Row], amends: Row, inspectors: list[Row]) -> list[Row]:
    """The first draw's rows, changed by each supplement in turn, the one at hand included."""
    whole = {row["id"]: row for row in chain[0]["inspectors"]}
    rosters = [draw["inspectors"] for draw in chain[1:]] + [inspectors]
    for one, roster in zip(amendments(chain, amends), rosters, strict=True):
        rows = {row["id"]: row for row in roster}
        for entry in one["absent"]:
            if entry["id"] in whole:
                row = whole[entry["id"]]
                whole[row["id"]] = {**row, "days": [cap for cap in row["days"] if cap["day"] not in entry["days"]]}
        for change in one["changes"]:
            for name in change["left"]:
                barred = sorted({*whole[name]["barred"], change["entity"]})
                whole[name] = {**whole[name], "barred": barred}
        for entry in one["added"]:
            whole[entry["id"]] = rows[entry["id"]]
    return [whole[name] for name in sorted(whole)]


def require_roster(chain: list[Row], amends: Row, inspectors: list[Row]) -> None:
    """Fail unless who is added is new and has a row, who is absent is on the roster, and no seat of theirs would stay."""
    before = amendments(chain, amends)[:-1]
    whole = {row["id"] for row in chain[0]["inspectors"]} | {entry["id"] for one in before for entry in one["added"]}
    added = {entry["id"] for entry in amends["added"]}
    demand(not whole & added, "added, but there already")
    demand(added <= {row["id"] for row in inspectors}, "added, but without a row")
    demand({entry["id"] for entry in amends["absent"]} <= whole, "absent, but not on the roster")
    away = [(entry["id"], day) for entry in amends["absent"] for day in entry["days"]]
    demand(not any((who, day) in away for _, day, who in staying(chain, amends)), "who is absent cannot stay")


def staying(chain: list[Row], amends: Row) -> list[Seat]:
    """The seats in force that stay."""
    changes = {change["entity"]: change for change in amends["changes"]}
    seats: list[Seat] = []
    for name, visit in in_force(chain).items():
        change = changes.get(name)
        if "open" in visit or (change is not None and not change["left"]):
            continue
        seats += [(name, visit["day"], one) for one in holders(visit) if change is None or one not in change["left"]]
    return seats


def demanded_roster(chain: list[Row], amends: Row, days: list[str], inspectors: list[Row]) -> list[Row]:
    """The roster that a supplement must have."""
    seats = staying(chain, amends)
    rows = []
    for one in whole_roster(chain, amends, inspectors):
        taken = [day for _, day, who in seats if who == one["id"]]
        caps = [
            {"cap": cap["cap"] - taken.count(cap["day"]), "day": cap["day"]}
            for cap in one["days"]
            if cap["day"] in days
        ]
        caps = [cap for cap in caps if cap["cap"] >= 1]
        rows.append({**one, "days": caps, "month_cap": max(0, one["month_cap"] - len(taken))})
    return rows


def demanded_entities(chain: list[Row], amends: Row, days: list[str]) -> list[Row]:
    """The entities that a supplement must have: exactly the changed visits."""
    return [changed_row(chain, amends, change, days) for change in amends["changes"]]


def require_supplement(draw: Row, chain: list[Row]) -> None:
    """Fail unless section 9 holds of a draw that amends the last one of a chain."""
    commitment, first = draw["commitment"], chain[0]["commitment"]
    amends = commitment["amends"]
    require_link(draw, chain[-1])
    demand(all(commitment[key] == first[key] for key in ("bureau", "period", "team")), "not the first draw's")
    days = commitment["days"]
    demand(days == supplement_days(chain, commitment["sources"]), "days")
    require_changes(chain, amends, days)
    require_roster(chain, amends, draw["inspectors"])
    demand(only(draw["entities"], ENTITY_KEYS) == demanded_entities(chain, amends, days), "entities")
    roster = demanded_roster(chain, amends, days, draw["inspectors"])
    demand(only(draw["inspectors"], INSPECTOR_KEYS) == only(roster, INSPECTOR_KEYS), "roster")


def require_link(draw: Row, last: Row) -> None:
    """Fail unless what the draw itself and the last one show holds: what can be seen without the draws before."""
    commitment = draw["commitment"]
    demand(commitment["combine"] == "applicable", "combine")
    demand(not draw["excluded"], "somebody is excluded")
    demand(all(quota["take"] == quota["size"] for quota in commitment["quotas"]), "a quota does not take all")
    demand(all(quota["stratum"] == "supplement" for quota in commitment["quotas"]), "stratum")
    demand(commitment["amends"]["result"] == digest(canonical(last["result"])), "of another result")
    latest = max(instant(source["at"]) for source in last["commitment"]["sources"])
    demand(all(instant(source["at"]) > latest for source in commitment["sources"]), "stale sources")


def only(rows: list[Row], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """The keys of rows that the protocol reads."""
    return [{key: row[key] for key in keys if key in row} for row in rows]
