"""Changes of a draw's members as wholes, and cheats who put right again what follows from a change, rung by rung.

Whoever changes the frame and computes roots, digests, seed, selection and visits anew ends with a draw that follows: another one, under
another commitment's digest than the published. Nothing of the package is imported.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.attacks.foretelling import LISTS, MEMBERS, fault_of, faults_together
from tests.attacks.rewriting import of_rows, row_added, row_dropped, row_renamed, row_values_swapped
from tests.attacks.tampering import (
    Nothing,
    another_flag,
    another_number,
    another_text,
    element_swapped,
    key_added,
    key_dropped,
    of_lists,
    of_values,
)
from tests.cheats import by_id
from tests.oracle import seed_of, selection_of, strata_of, ticket, visits_of
from tests.oracle_form import Row, canonical, digest
from tests.random_draws import Chance, files_of, first_draw, frame_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.attacks.tampering import Files, Invented, Inventor

DRAWS = Path(__file__).parents[1] / "vectors" / "draw"
NAMES = ("departments", "drawn-only", "nobody-may-lead", "rare-skill", "tight", "township")
STRAYS = (
    "notes.txt",
    "Commitment.json",
    "result.json ",
    "results.json",
    "/result.json",
    "../result.json",
    "log",
    "é.json",
)


def read_vector(name: str) -> Files:
    """Read the five members of a first draw among the vectors."""
    return {member: (DRAWS / name / member).read_bytes() for member in MEMBERS}


@cache
def other_draws() -> tuple[Files, ...]:
    """Make draws to take members from: real ones, and some made at random, whose days and people are alike."""
    return (*map(read_vector, NAMES), *(files_of([first_draw(Chance(f"other {number}"))]) for number in range(12)))


# Members


def member_dropped(chance: Chance, files: Files) -> Invented:
    """Drop a member."""
    name = chance.one(sorted(files))
    return name, {other: data for other, data in files.items() if other != name}


def member_emptied(chance: Chance, files: Files) -> Invented:
    """Leave nothing of a member."""
    name = chance.one(sorted(files))
    return name, {**files, name: b""}


def member_twice(chance: Chance, files: Files) -> Invented:
    """Write a member twice, one behind the other."""
    name = chance.one(sorted(files))
    return name, {**files, name: files[name] * 2}


def member_renamed(chance: Chance, files: Files) -> Invented:
    """Give a member a name that is none."""
    name, stray = chance.one(sorted(files)), chance.one(STRAYS)
    return f"{name} as {stray}", {**{other: data for other, data in files.items() if other != name}, stray: files[name]}


def member_added(chance: Chance, files: Files) -> Invented:
    """Add a member that no bundle has, or one that amends nothing."""
    name, stray = chance.one(sorted(files)), chance.one((*STRAYS, *(f"amends/{one}" for one in MEMBERS)))
    return f"{stray} like {name}", {**files, stray: files[name]}


def members_exchanged(chance: Chance, files: Files) -> Invented:
    """Let two members change places."""
    one, other = chance.one(sorted(files)), chance.one(sorted(files))
    return f"{one} and {other}", {**files, one: files[other], other: files[one]}


def members_of_another(chance: Chance, files: Files) -> Invented:
    """Take some members, but not all, from another draw."""
    other = chance.one(other_draws())
    taken = chance.some(MEMBERS, chance.one((15, 50)))
    if len(taken) == len(MEMBERS):
        raise Nothing
    return f"{taken} of another draw", {**files, **{name: other[name] for name in taken}}


def row_of_another(chance: Chance, files: Files) -> Invented:
    """Put a row of another draw among the rows, where it belongs, or in the place of one."""
    other, name = chance.one(other_draws()), chance.one(sorted(LISTS))
    lines, others = files[name].splitlines(keepends=True), other[name].splitlines(keepends=True)
    if not others or not lines:
        raise Nothing
    if chance.often(50):
        del lines[chance.below(len(lines))]
    lines.append(chance.one(others))
    lines.sort(key=lambda line: by_id(json.loads(line)))
    return f"a row of another {name}", {**files, name: b"".join(lines)}


# Cheats that put right what follows

IN_FRAME: tuple[Inventor, ...] = (
    of_rows(row_dropped), of_rows(row_added), of_rows(row_renamed), of_rows(row_values_swapped), row_of_another,
    of_values(another_text), of_values(another_number), of_values(another_flag), of_values(key_added), of_values(key_dropped),
)  # fmt: skip
IN_COMMITMENT: tuple[Inventor, ...] = (
    of_values(another_text), of_values(another_text), of_values(another_number), of_values(key_added), of_lists(element_swapped),
    of_lists(lambda chance, inner: inner.pop(chance.below(len(inner)))),
)  # fmt: skip


def is_read(files: Files) -> bool:
    """Say whether a draw is read, so that there are verdicts on it."""
    return all(fault_of(name, files[name]) is None for name in MEMBERS) and not any(faults_together(files))


def changed_within(
    chance: Chance, files: Files, inventors: tuple[Inventor, ...], names: tuple[str, ...]
) -> tuple[str, Row]:
    """Change something in these members alone, so that the draw is still read; give it as values."""
    for _ in range(60):
        try:
            what, new = chance.one(inventors)(chance, {name: files[name] for name in names})
        except (Nothing, LookupError, ValueError):
            continue
        if new.keys() == set(names) and any(new[name] != files[name] for name in names) and is_read({**files, **new}):
            return what, draw_of({**files, **new})
    raise Nothing


def draw_of(files: Files) -> Row:
    """Read a draw as values of its own."""
    return {
        name.partition(".")[0]: json.loads(files[name])
        if name not in LISTS
        else [*map(json.loads, files[name].splitlines())]
        for name in MEMBERS
    }


def fitting_quotas(draw: Row) -> list[Row]:
    """Give quotas of the frame's sizes that take what they took, and somebody of everybody's."""
    takes = {(one["domain"], one["stratum"]): one["take"] for one in draw["commitment"]["quotas"]}
    sizes = {pair: len(rows) for pair, rows in strata_of(draw["entities"]).items()}
    fit = {pair: min(takes.get(pair, 1), size) for pair, size in sizes.items()}
    for row in draw["entities"]:
        pairs = [(one["domain"], one["stratum"]) for one in row["strata"]]
        fit[pairs[0]] = max(fit[pairs[0]], int(not any(fit[pair] for pair in pairs)))
    return [{"domain": pair[0], "stratum": pair[1], "size": sizes[pair], "take": fit[pair]} for pair in sorted(sizes)]


def climbed(draw: Row, rung: int) -> Row:
    """Put right what follows from the commitment: its digest (1), the seed (2), who is drawn (3), and the visits (4)."""
    commitment, result = draw["commitment"], dict(draw["result"])
    result["commitment"] = digest(canonical(commitment))
    if rung >= 2:
        result["seed"] = seed_of(commitment, result["entropy"])
    if rung >= 3:
        result["selection"] = selection_of(commitment, draw["entities"], result["seed"])
    if rung >= 4:
        result["visits"] = visits_of(draw, result["selection"], result["seed"])
    return {**draw, "result": result}


def frame_anew(rung: int) -> Inventor:
    """Make a cheat who changes the lists, commits to them (0), and then puts right what follows as far as a rung of ``climbed``."""

    def invent(chance: Chance, files: Files) -> Invented:
        what, draw = changed_within(chance, files, IN_FRAME, tuple(LISTS))
        draw["commitment"]["frame"] = frame_of(draw)
        if rung >= 2:
            draw["commitment"]["quotas"] = fitting_quotas(draw)
        return what, told_apart(draw, rung)

    return invent


def commitment_anew(rung: int) -> Inventor:
    """Make a cheat who changes the commitment, lets the entropy repeat its promises, and puts right what follows up to a rung."""

    def invent(chance: Chance, files: Files) -> Invented:
        what, draw = changed_within(chance, files, IN_COMMITMENT, ("commitment.json",))
        sources, entropy = draw["commitment"]["sources"], draw["result"]["entropy"]
        if len(sources) == len(entropy):
            draw["result"]["entropy"] = [
                {**one, "value": old["value"]} for one, old in zip(sources, entropy, strict=True)
            ]
        return what, told_apart(draw, rung)

    return invent


def told_apart(draw: Row, rung: int) -> Files:
    """Write a cheat's draw; where only the visits would tell, they must."""
    climbing = climbed(draw, rung) if rung else draw
    if rung == 3 and climbing["result"]["visits"] == visits_of(
        draw, climbing["result"]["selection"], climbing["result"]["seed"]
    ):
        raise Nothing
    files = files_of([climbing])
    if not is_read(files):
        raise Nothing
    return files


def value_anew(kind: str, change: Callable[[Chance, str], str], rung: int) -> Inventor:
    """Make a cheat who changes the value of a source of a kind, and puts right what follows up to a rung (0: nothing)."""

    def invent(chance: Chance, files: Files) -> Invented:
        draw = draw_of(files)
        entry = chance.one([one for one in draw["result"]["entropy"] if one["kind"] == kind])
        before, entry["value"] = entry["value"], change(chance, entry["value"])
        if before == entry["value"]:
            raise Nothing
        return f"{before} -> {entry['value']}", told_apart(draw, rung)

    return invent


def other_digit(chance: Chance, value: str) -> str:
    """Let one die show another face (no die here has fewer than six)."""
    at = chance.below(len(value))
    return value[:at] + chance.one("123456") + value[at + 1 :]


def other_text(chance: Chance, value: str) -> str:
    """Say another line than the sealed one."""
    return value[:-1] + chance.one("0123456789abcdef")


def promise_changed(chance: Chance, files: Files) -> Invented:
    """Change what the entropy says that was promised, and compute all anew that follows."""
    draw = draw_of(files)
    entry = chance.one(draw["result"]["entropy"])
    key = chance.one(sorted(set(entry) - {"kind", "value"}))
    before = entry[key]
    entry[key] = (
        before + 1 if isinstance(before, int) else before.replace("0", "1", 1) if key != "name" else before + "x"
    )
    return f"{key} {before} -> {entry[key]}", told_apart(draw, 4)


def friend_spared(chance: Chance, files: Files) -> Invented:
    """Put somebody else, with their true ticket, in the place of somebody drawn, in selection and visits alike."""
    draw = draw_of(files)
    result: Any = draw["result"]
    drawn = [one["entity"] for one in result["selection"]]
    row = chance.one([row for row in draw["entities"] if row["id"] not in drawn])
    at = chance.below(len(drawn))
    spared, instead = drawn[at], {"entity": row["id"], "ticket": ticket(result["seed"], "entity", row)}
    result["selection"][at] |= instead
    result["selection"].sort(key=lambda one: one["ticket"])
    if chance.often(50):
        result["visits"] = visits_of(draw, result["selection"], result["seed"])
    else:
        next(one for one in result["visits"] if one["entity"] == spared)["entity"] = row["id"]
    return f"{row['id']} for {spared}", files_of([draw])
