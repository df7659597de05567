"""Draws made at random with all that a plan can ask for, chains of supplements of them, and cheats on them.

What lives here: what ``random_draws`` has not: strata carried over, squads and rotas, lifted rules, beacons, and cheats on a
beacon's answer. Chance is a stream that follows from a name. Nothing of the package is imported.
"""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.cheats import NO_DRAW, cheat
from tests.oracle import outcome
from tests.random_draws import Chance, answer, files_of, finished, first_draw, frame_of, quotas_of, supplement

if TYPE_CHECKING:
    from tests.oracle_form import Row

VECTORS: Final = Path(__file__).resolve().parent.parent / "vectors"
CARRIED_OVER: Final = "carried-over"
FASTNET: Final = {
    "hash": "dbd506d6ef76e5f386f41c651dcb808c5bcbd75471cc4eafa3f4df7ad4e4c493",
    "genesis_time": 1677685200,
    "period": 3,
}
"""A network that was switched off, and is not in ``vectors/drand/chains.json``."""


def random_chain(name: str) -> list[Row]:
    """Make a first draw, and in about a third of all cases a supplement of it, a supplement of that, and so on."""
    chance = Chance(name)
    chain = [furnished(chance, first_draw(chance))]
    while len(chain) < 4 and chance.often(45) and (more := supplement(chance, chain)) is not None:
        chain.append(more)
    return chain


def furnished(chance: Chance, draw: Row) -> Row:
    """Give a first draw some of what plans have beyond the plain one, and draw it again."""
    draw = deepcopy(draw)
    commitment = draw["commitment"]
    if chance.often(20):
        carry_over(chance, draw)
    if chance.often(25):
        call_squads(chance, draw)
    if chance.often(25):
        commitment["calendar"] = {"provisional": [2026]}
        for row in chance.some(draw["entities"], 10):
            row["allowed"] = ["cap"]
    if chance.often(7):
        return with_beacon(chance, draw)
    return finished(chance, draw)


def carry_over(chance: Chance, draw: Row) -> None:
    """Move some entities to the stratum of visits carried over, which takes everybody."""
    for row in chance.some(draw["entities"], 15):
        for part in row["strata"]:
            part["stratum"] = CARRIED_OVER
    quotas = quotas_of(chance, draw["entities"])
    draw["commitment"]["quotas"] = [
        {**one, "take": one["size"]} if one["stratum"] == CARRIED_OVER else one for one in quotas
    ]


def call_squads(chance: Chance, draw: Row) -> None:
    """Let squads work on their weekdays, in their zones, and bar everybody from where they were the last time."""
    days = draw["commitment"]["days"]
    turns = [sorted(chance.some(days, 60) or days[:1]) for _ in range(3)]
    for row in draw["inspectors"]:
        turn = chance.below(3)
        row["squad"] = f"squad {turn}"
        row["days"] = [day for day in row["days"] if day["day"] in turns[turn]]
        if chance.often(30):
            row["zones"] = sorted({*row.get("zones", ["东街"])} & {"东街", "西街"})
        rotated = [one["id"] for one in chance.some(draw["entities"], 10)]
        row["barred"] = sorted({*row["barred"], *rotated})


# Beacons


def beacons() -> list[tuple[Row, Row]]:
    """Give the published rounds and the published pulse, each as a promise and what its answer adds."""
    rounds = json.loads((VECTORS / "drand" / "beacons.json").read_text())["beacons"]
    chains = json.loads((VECTORS / "drand" / "chains.json").read_text())["chains"]
    of_key = {chains[name]["public_key"]: chains[name] for name in ("quicknet", "default")}
    found: list[tuple[Row, Row]] = []
    for one in (one for one in rounds if one["valid"]):
        chain = FASTNET if one["scheme"] == "bls-unchained-on-g1" else of_key.get(one["public_key"])
        if chain is None:
            continue
        promise = {"kind": "drand", "name": "League of Entropy", "chain": chain["hash"], "round": one["round"]}
        seconds = chain["genesis_time"] + (one["round"] - 1) * chain["period"]
        promise["at"] = instant(seconds)
        more = {key: one[key] for key in ("signature", "previous_signature") if one.get(key)}
        found.append((promise, {**more, "value": sha256(bytes.fromhex(one["signature"])).hexdigest()}))
    record = (VECTORS / "nist-beacon-2.0" / "pulse-chain1-54610.json").read_text("utf-8")
    promise = {"kind": "nist", "name": "NIST", "at": "2018-08-30T17:44:00Z", "chain": 1, "pulse": 54610}
    pem = (VECTORS / "nist-beacon-2.0" / "certificate-5501e3d7.pem").read_text("utf-8")
    value = json.loads(record)["pulse"]["outputValue"].lower()
    return [*found, (promise, {"pulse_record": record, "certificate": pem, "value": value})]


def instant(seconds: int) -> str:
    """Write a Unix time by counting days, for nothing here may read a clock."""
    days, left = divmod(seconds, 86400)
    year, months = 1970, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    while days >= (length := 366 if year % 4 == 0 else 365):
        year, days = year + 1, days - length
    months[1] = 29 if year % 4 == 0 else 28
    month = 0
    while days >= months[month]:
        month, days = month + 1, days - months[month]
    return f"{year}-{month + 1:02}-{days + 1:02}T{left // 3600:02}:{left // 60 % 60:02}:{left % 60:02}Z"


def with_beacon(chance: Chance, draw: Row) -> Row:
    """Add a beacon's round to a draw's sources, behind sealed texts that are opened before it, and draw anew."""
    commitment = draw["commitment"]
    promise, added = chance.one(beacons())
    sources = [{**one, "at": "2016-01-01T09:00:00Z"} if one["kind"] == "text" else one for one in commitment["sources"]]
    texts = sum(one["kind"] == "text" for one in sources)
    at = chance.between(texts, len(sources))
    entropy = [answer(chance, one) for one in sources]
    commitment["sources"] = [*sources[:at], promise, *sources[at:]]
    return settled(draw, [*entropy[:at], {**promise, **added}, *entropy[at:]])


def settled(draw: Row, entropy: list[Row]) -> Row:
    """Freeze the frame again, and draw from this entropy."""
    draw["commitment"]["frame"] = frame_of(draw)
    return {**draw, "result": outcome(draw, entropy)}


# Cheats


def random_cheat(chance: Chance, chain: list[Row]) -> tuple[str, dict[str, bytes]]:
    """Cheat on a chain; on a beacon's answer now and then, where there is one."""
    kinds = {one["kind"] for one in chain[0]["commitment"]["sources"]}
    if kinds & {"drand", "nist"} and chance.often(70):
        with suppress(*NO_DRAW):
            return cheat_beacon(chance, deepcopy(chain))
    return cheat(chance, chain)


def cheat_beacon(chance: Chance, chain: list[Row]) -> tuple[str, dict[str, bytes]]:
    """Promise or answer another round than the published one, all else being put right."""
    draw = chain[0]
    at = next(n for n, one in enumerate(draw["commitment"]["sources"]) if one["kind"] in {"drand", "nist"})
    promise, entry = draw["commitment"]["sources"][at], draw["result"]["entropy"][at]
    key = chance.one([*sorted({*entry} - {"kind", "name"}), "previous_signature"])
    value = other_value(chance, entry.get(key, ""))
    if key in promise:
        promise[key] = value
    entry[key] = value
    if entry["kind"] == "drand" and chance.often(60):
        with suppress(*NO_DRAW):
            entry["value"] = sha256(bytes.fromhex(entry["signature"])).hexdigest()
    entry = dict(entry) if chance.often(90) else {k: v for k, v in entry.items() if k != "previous_signature"}
    chain[0] = settled(draw, [*draw["result"]["entropy"][:at], entry, *draw["result"]["entropy"][at + 1 :]])
    return f"beacon: {key} {value!r:.60}", files_of(chain)


def other_value(chance: Chance, value: Any) -> Any:
    """Give another value of the kind that a beacon's answer has."""
    if isinstance(value, int):
        return chance.one((value + 1, value - 1, 0, 2**53 - 1, 2**53))
    odd = (
        "",
        "0",
        "00",
        "zz",
        "FF" * 48,
        "ff" * 48,
        "c0" + "00" * 47,
        "00" * 96,
        "2026-01-01T00:00:00Z",
        "\u00e9" * 64,
    )
    at = chance.below(len(value) or 1)
    changed = value[:at] + chance.one("0123456789abcdefZ") + value[at + 1 :]
    return chance.one((*odd, changed, changed, changed, value.upper(), value[:-1], value[:-2], value + "00"))
