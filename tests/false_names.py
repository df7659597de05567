"""Cheats that are well formed: what a supplement names falsely, and what does not fit the other members of its draw.

Here live the cheats that somebody who knows the protocol would try. Blind changes, and all that is put right again around a
cheat, live in ``cheats.py``. Nothing of the package is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle_amend import holders, in_force, supplement_days
from tests.random_draws import DOMAINS

if TYPE_CHECKING:
    from tests.oracle_form import Row
    from tests.random_draws import Chance


def misfit(chance: Chance, draw: Row) -> str:
    """Put something well formed into one member that does not fit the others."""
    people = [row["id"] for row in draw["inspectors"]]
    row = chance.one(draw["entities"] or [{}])
    what = chance.one(("team", "team", "expert", "days", "excluded", "at"))
    if what == "team":
        fitting = [one["id"] for one in draw["inspectors"] if one["role"] == "inspector"]
        row["team"] = chance.some(fitting, 30) + chance.some(fitting, 10)
    elif what == "expert":
        row["expert"] = chance.one([*people, "R"])
    elif what == "days":
        row["days"] = sorted({chance.one([*draw["commitment"]["days"], "2026-12-31"]) for _ in range(2)})
    elif what == "excluded":
        left_out: Row = {"id": chance.one([row.get("id", "X"), "ZZ"]), "reason": "cap", "salt": chance.salt()}
        draw["excluded"] = [left_out if chance.often(40) else {**left_out, "domain": chance.one(DOMAINS)}]
    else:
        chance.one(draw["commitment"]["sources"])["at"] = f"{draw['commitment']['days'][0]}T09:00:00Z"
    return f"misfit {what}: {row!r:.120}"


def misname(chance: Chance, chain: list[Row], amends: Row) -> str:
    """Name something that is not so, or leave out something that is, in the last draw of a chain."""
    what = chance.one(("changes", "changes", "absent", "added", "rules", "rules", "sources"))
    draw, people = chain[-1], [row["id"] for row in chain[-1]["inspectors"]]
    if what == "rules":
        return "misnamed rules: " + bent_rule(chance, draw)
    if what == "sources":
        at = chance.one(sorted(one["at"] for one in chain[-2]["commitment"]["sources"]))
        for source in chance.some(draw["commitment"]["sources"], 80):
            source["at"] = at
        if chance.often(70):
            draw["commitment"]["days"] = supplement_days(chain[:-1], draw["commitment"]["sources"])
        return f"misnamed {what}: {at}"
    entries: list[Row] = amends[what]
    if entries and chance.often(30):
        return f"misnamed {what}: left out {entries.pop(chance.below(len(entries)))!r:.80}"
    days = [*chain[0]["commitment"]["days"], "2026-12-31"]
    entry: Row = {"id": chance.one([*people, "R"]), "reason": "none"}
    if what == "changes":
        entry = misnamed_change(chance, chain, people, days)
    elif what == "absent":
        entry["days"] = chance.some(days, 30) or days[-1:]
    key = "entity" if what == "changes" else "id"
    entries[:] = sorted([*[one for one in entries if one[key] != entry[key]], entry], key=lambda one: str(one[key]))
    return f"misnamed {what}: {entry!r:.120}"


def bent_rule(chance: Chance, draw: Row) -> str:
    """Change what a supplement may not choose, but so that it is well formed."""
    commitment = draw["commitment"]
    team, days, quotas = commitment["team"], commitment["days"], commitment["quotas"]
    rule = chance.one(("max", "min", "expert_domains", "combine", "bureau", "take", "days"))
    if rule == "max":
        team["max"] += 1 if team["max"] < 6 else min(0, team["min"] - team["max"])
    elif rule == "min":
        team["min"] += 1 if team["min"] < team["max"] else -1
    elif rule == "expert_domains":
        team["expert_domains"] = chance.some(DOMAINS, 50)
    elif rule in {"combine", "bureau"}:
        commitment[rule] = "drawn"
    elif rule == "take":
        chance.one(quotas)["take"] -= 1
    else:
        days.remove(chance.one(days))
    return rule


def misnamed_change(chance: Chance, chain: list[Row], people: list[str], days: list[str]) -> Row:
    """Name a change, with or without a cause."""
    visits = in_force(chain[:-1])
    name = chance.one([*visits, *[row["id"] for row in chain[0]["entities"][:2]]])
    visit = visits.get(name, {})
    left = sorted(set(chance.some([*holders(visit), *people[:2]], 40)))
    closed = chance.one((chance.some(days, 30), days[:-1], []))
    if chance.often(50) and "day" in visit:
        closed = sorted({*closed, visit["day"]})
    both = {"left": left, "closed": []} if chance.often(50) else {"left": [], "closed": closed}
    return {"entity": name, **both, "reason": "none"}
