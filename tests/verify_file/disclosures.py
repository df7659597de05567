"""Disclosures of a vector's draw, built from the words of docs/disclosure.md; nothing of the package is imported."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from tests.verify_file.program import canonical

Members = dict[str, bytes]


def rows_of(members: Members, name: str) -> list[Any]:
    """Read the rows of a list."""
    return [json.loads(line) for line in members[name].splitlines()]


def tree(leaves: list[bytes]) -> bytes:
    """Give the Merkle tree hash by the recursion of RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return sha256(b"\0" + leaves[0]).digest() if leaves else sha256(b"").digest()
    half = split(len(leaves))
    return sha256(b"\1" + tree(leaves[:half]) + tree(leaves[half:])).digest()


def split(count: int) -> int:
    """Give the largest power of two below a count."""
    return int(2 ** ((count - 1).bit_length() - 1))


def path(index: int, leaves: list[bytes]) -> list[str]:
    """Give the audit path by the recursion of RFC 6962, section 2.1.1."""
    if len(leaves) < 2:
        return []
    half = split(len(leaves))
    if index < half:
        return [*path(index, leaves[:half]), tree(leaves[half:]).hex()]
    return [*path(index - half, leaves[half:]), tree(leaves[:half]).hex()]


def ticket(*lines: str) -> str:
    """Give the digest of some lines."""
    return sha256("\n".join(lines).encode()).hexdigest()


def proof(members: Members, name: str, index: int) -> dict[str, Any]:
    """Give a row, its place and its path."""
    row, leaves = rows_of(members, name)[index], members[name].splitlines()
    return {"row": row, "index": index, "path": path(index, leaves)}


def drawn_for(members: Members) -> dict[str, list[str]]:
    """Give the domains that each entity is drawn for."""
    return {of["entity"]: of["drawn"] for of in json.loads(members["result.json"])["selection"]}


def stratum(members: Members, quota: Any) -> list[str]:
    """Give the tickets of a stratum in their order."""
    seed = json.loads(members["result.json"])["seed"]
    of = {"domain": quota["domain"], "stratum": quota["stratum"]}
    return sorted(
        ticket(seed, "entity", r["id"], r["salt"]) for r in rows_of(members, "entities.jsonl") if of in r["strata"]
    )


def public(members: Members) -> Any:
    """Build the disclosure of all visits that have a day."""
    commitment, result = json.loads(members["commitment.json"]), json.loads(members["result.json"])
    place = {row["id"]: index for index, row in enumerate(rows_of(members, "entities.jsonl"))}
    visits, seed = [], result["seed"]
    for visit in (visit for visit in result["visits"] if "day" in visit):
        shown = proof(members, "entities.jsonl", place[visit["entity"]])
        key = (shown["row"]["id"], shown["row"]["salt"])
        visits.append({
            **shown, "ticket": ticket(seed, "entity", *key), "day_ticket": ticket(seed, "day", *key, visit["day"]),
            "drawn": drawn_for(members)[visit["entity"]], "domains": visit["domains"], "day": visit["day"],
        })  # fmt: skip
    return {
        "format": "public-v1", "commitment": sha256(members["commitment.json"]).hexdigest(),
        "result": sha256(members["result.json"]).hexdigest(), "entropy": result["entropy"], "seed": seed, "visits": visits,
        "counts": {"selected": len(result["selection"]), "visits": len(result["visits"]), "shown": len(visits),
                   "open": sum("open" in visit for visit in result["visits"])},
        "cutoffs": [{"cutoff": stratum(members, q)[q["take"] - 1], "domain": q["domain"], "stratum": q["stratum"]}
                    for q in commitment["quotas"] if q["take"]],
    }  # fmt: skip


def public_bundle(members: Members, disclosure: Any) -> Members:
    """Put a disclosure beside its commitment."""
    return {"commitment.json": members["commitment.json"], "disclosure.json": canonical(disclosure)}


def receipt(members: Members, id: str) -> Any:
    """Build the receipt of one company."""
    commitment, result = json.loads(members["commitment.json"]), json.loads(members["result.json"])
    built = {
        "format": "receipt-v1",
        "commitment": commitment,
        "entropy": result["entropy"],
        "seed": result["seed"],
        "entity": id,
    }
    places = {
        name: [n for n, row in enumerate(rows_of(members, name)) if row["id"] == id]
        for name in ("entities.jsonl", "excluded.jsonl")
    }
    if places["excluded.jsonl"]:
        built["excluded"] = [proof(members, "excluded.jsonl", n) for n in places["excluded.jsonl"]]
    for n in places["entities.jsonl"]:
        shown = proof(members, "entities.jsonl", n)
        own = ticket(result["seed"], "entity", id, shown["row"]["salt"])
        standings = []
        for q in (q for q in commitment["quotas"] if q["take"]):
            if {"domain": q["domain"], "stratum": q["stratum"]} in shown["row"]["strata"]:
                tickets = stratum(members, q)
                standings.append(
                    {
                        "domain": q["domain"],
                        "stratum": q["stratum"],
                        "rank": tickets.index(own) + 1,
                        "cutoff": tickets[q["take"] - 1],
                    }
                )
        built["frame"] = {**shown, "ticket": own, "drawn": drawn_for(members).get(id, []), "standings": standings}
    return built
