"""Cheats made at random on a bundle: something changed in one member, and as much as wished put right again around it.

A cheat that only changes a row is caught by FRAME-1. So the cheater here may also recompute roots, digests, the seed and the
whole result, and may derive a supplement's frame from what it has falsely named. Nothing of the package is imported.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tests.false_names import misfit, misname
from tests.oracle import outcome, seed_of
from tests.oracle_amend import demanded_entities, demanded_roster
from tests.oracle_form import COMMITMENT, Refused, Row, canonical, digest, require
from tests.random_draws import Chance, files_of, frame_of, quotas_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
LISTS = ("entities", "excluded", "inspectors")
NO_DRAW = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, StopIteration, Refused)
REPAIRS = ["nothing", "nothing", "roots", "seed", "result", "result", "result", "frame", "frame"]
ODD: tuple[Any, ...] = ("", " ", "é", "x" * 65, "2026-12-32", "2026-12-21", 0, -1, 2**53, True, [], {}, None)  # fmt: skip


def cheat(chance: Chance, chain: list[Row]) -> tuple[str, dict[str, bytes]]:
    """Cheat once, or sometimes twice; give what was done, and the bundle that it leaves."""
    if chance.often(5):
        return damage(chance, files_of(chain))
    chain = [json.loads(json.dumps(draw)) for draw in chain]  # so that no two draws share what is changed
    at = chance.below(len(chain)) if chance.often(50) else len(chain) - 1
    done = [cheated(chance, chain, at) for _ in range(chance.one((1, 1, 1, 2)))]
    repairs = ["frame", "result"] if "misnamed" in done[-1] else ["result"] if "misfit" in done[-1] else REPAIRS
    for number in range(at, len(chain)):
        how = chance.one(repairs if number == at else ["nothing", "result", "result", "frame"])
        try:
            chain[number] = repaired(chance, chain[: number + 1], how)
            done.append(f"{number} repaired: {how}")
        except NO_DRAW:  # what was changed makes no draw any more, so that nothing follows from it
            done.append(f"{number} not repaired: {how}")
    return "; ".join(done), files_of(chain)


def cheated(chance: Chance, chain: list[Row], at: int) -> str:
    """Change something in one draw of a chain, and say what."""
    name = chance.one(("commitment", "commitment", "entities", "inspectors", "result", "excluded"))
    amends = chain[at]["commitment"].get("amends")
    try:
        if amends and chance.often(60):
            return f"{at} amends: " + chance.one((change, misname, misname, misname))(chance, chain[: at + 1], amends)
        if chance.often(20):
            return f"{at} " + misfit(chance, chain[at])
    except NO_DRAW:  # an earlier change has left nothing that this one could be made on
        return f"{at} nothing"
    done = change(chance, chain, chain[at][name])
    if chance.often(50) and name in LISTS:
        chain[at][name].sort(key=by_id)
    return f"{at} {name}: {done}"


def by_id(row: Any) -> tuple[str, str]:
    """Give what rows are sorted by."""
    return (str(row.get("id")), str(row.get("domain", ""))) if isinstance(row, dict) else ("", "")


# Changes


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """All places of a value, itself first."""
    yield path, value
    if isinstance(value, dict | list):
        for key, held in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(held, (*path, key))


def alike(chain: list[Row], key: str | int) -> list[Any]:
    """What stands elsewhere under the same key."""
    return [value for draw in chain for path, value in places(draw) if path and path[-1] == key]


def change(chance: Chance, chain: list[Row], value: Any) -> str:
    """Change something somewhere within a value."""
    path: Path = ()
    while isinstance(value, dict | list) and value and (not path or chance.often(70)):
        key = chance.one(sorted(value) if isinstance(value, dict) else range(len(value)))
        if chance.often(15) or not isinstance(value[key], dict | list):
            break
        path, value = (*path, key), value[key]
    return f"{path} " + (
        changed_object(chance, chain, value) if isinstance(value, dict) else changed_list(chance, chain, value)
    )


def changed_object(chance: Chance, chain: list[Row], value: Row) -> str:
    """Change one key of an object."""
    if chance.often(8) or not value:
        key = chance.one(("stray", "days", "zone", "zones", "team", "expert", "value", "domain"))
        value[key] = deepcopy(chance.one(alike(chain, key) or ["stray"]))
        return f"added {key} {value[key]!r:.80}"
    key = chance.one(sorted(value))
    if chance.often(12):
        return f"dropped {key} {value.pop(key)!r:.80}"
    before, value[key] = value[key], replaced(chance, chain, key, value[key])
    return f"{key} {before!r:.80} -> {value[key]!r:.80}"


def changed_list(chance: Chance, chain: list[Row], value: list[Any]) -> str:
    """Change one element of a list, or their order."""
    how = chance.one(("swapped", "dropped", "doubled", "moved", "reversed", "replaced", "added"))
    if not value or how == "added":
        value.insert(chance.below(len(value) + 1), deepcopy(chance.one(value or ["2026-12-02", {}, "R001"])))
        return f"{how} to {value!r:.80}"
    one, other = chance.below(len(value)), chance.below(len(value))
    if how == "swapped":
        value[one], value[other] = value[other], value[one]
    elif how == "dropped":
        del value[one]
    elif how == "doubled":
        value.insert(one, deepcopy(value[one]))
    elif how == "moved":
        value.insert(other, value.pop(one))
    elif how == "reversed":
        value.reverse()
    else:
        value[one] = replaced(chance, chain, one, value[one])
    return f"{how} {one} {other} {value!r:.80}"


def replaced(chance: Chance, chain: list[Row], key: str | int, value: Any) -> Any:
    """Give another value for a place."""
    if chance.often(10):
        return deepcopy(chance.one(ODD))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.one((1, -1, 2, 10))
    others = [other for other in alike(chain, key) if type(other) is type(value) and other != value]
    if isinstance(key, int):
        others = [other for _, other in places(chain[-1]["commitment"]["days"]) if isinstance(other, str)]
    if others and chance.often(70):
        return deepcopy(chance.one(others))
    if isinstance(value, list):
        return sorted(chance.some(value, 60), key=str) if chance.often(70) else value[::-1]
    if not isinstance(value, str):
        return {}
    at = chance.below(len(value) + 1)
    return value[:at] + chance.one(("0", "1", "x", "-", "", ".", "/")) + value[at + 1 :]


def damage(chance: Chance, files: dict[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """Change bytes, or drop or swap members."""
    path = chance.one(sorted(files))
    how = chance.one(("dropped", "no amends", "bytes", "bytes", "spaces", "lines", "swapped"))
    if how == "dropped":
        return f"{path} dropped", {name: data for name, data in files.items() if name != path}
    if how == "no amends":
        deep = "amends/" * (1 + chance.below(2))
        return f"no {deep}", {name: data for name, data in files.items() if not name.startswith(deep)}
    data = files[path]
    at = chance.below(len(data) + 1)
    if how == "bytes":
        new = data[:at] + bytes([chance.one((chance.below(256), 48 + chance.below(10)))]) + data[at + chance.below(2) :]
    elif how == "spaces":
        try:
            new = json.dumps(json.loads(data), ensure_ascii=chance.often(50), sort_keys=chance.often(50)).encode()
        except ValueError:
            new = b" " + data
    elif how == "lines":
        new = chance.one(
            (data + b"\n", b"\n" + data, data.rstrip(b"\n"), data.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + data)
        )
    else:
        new = files[chance.one(sorted(name for name in files if name.endswith(path.rpartition("/")[2])))]
    return f"{path} {how} at {at}", {**files, path: new}


# Repairs


def repaired(chance: Chance, chain: list[Row], how: str) -> Row:
    """Put right what follows from a change in the last draw of a chain, or before it, so far as is wished."""
    draw = deepcopy(chain[-1])
    commitment, result = draw["commitment"], draw["result"]
    if how == "nothing":
        return draw
    if "amends" in commitment and len(chain) > 1:
        if chance.often(80):
            commitment["amends"]["result"] = digest(canonical(chain[-2]["result"]))
        if how == "frame":
            derive(chance, draw, chain[:-1])
    if how != "roots" and chance.often(80):
        takes = {(one["domain"], one["stratum"]): one["take"] for one in commitment["quotas"]}
        quotas = quotas_of(chance, draw["entities"], 100)
        commitment["quotas"] = [
            {**one, "take": takes.get((one["domain"], one["stratum"]), one["take"])} for one in quotas
        ]
    commitment["frame"] = frame_of(draw)
    result["commitment"] = digest(canonical(commitment))
    if how in {"result", "frame"}:
        require(COMMITMENT(commitment), "nothing can be drawn from this")
        answers = {
            canonical({key: one[key] for key in ("kind", "name")}): one.get("value") for one in result["entropy"]
        }
        entropy = [
            {**one, "value": answers.get(canonical({key: one[key] for key in ("kind", "name")}), "1")}
            for one in commitment["sources"]
        ]
        return {**draw, "result": outcome(draw, entropy)}
    if how == "seed":
        result["seed"] = seed_of(commitment, result["entropy"])
    return draw


def derive(chance: Chance, draw: Row, before: list[Row]) -> None:
    """Give a supplement the frame that follows from what it names, true or not."""
    commitment = draw["commitment"]
    amends = commitment["amends"]
    draw["entities"] = demanded_entities(before, amends, commitment["days"])
    draw["inspectors"] = demanded_roster(before, amends, commitment["days"], draw["inspectors"])
    commitment["quotas"] = quotas_of(chance, draw["entities"], 100)
