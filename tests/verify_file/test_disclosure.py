"""Public bundles and receipts, honest and otherwise, before the one-file verifier."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from tests.verify_file.disclosures import drawn_for, public, public_bundle, receipt, rows_of
from tests.verify_file.program import VECTORS, canonical, first_mismatch, program, read_folder, verdicts, write_folder

if TYPE_CHECKING:
    from pathlib import Path

NAMES = sorted(path.name for path in (VECTORS / "draw").iterdir())
TOWN = read_folder(VECTORS / "draw" / "township")
ORDER = [
    "COMMIT-1",
    "ROW-1",
    "FRAME-1",
    "SEED-1",
    "SEED-2",
    "SEED-3",
    "TICKET-1",
    "CUTOFF-1",
    "SELECT-1",
    "VISIT-1",
    "SIGN-1",
    "ORDER-1",
]
SHOWN = {"COMMIT-1", "ROW-1", "SEED-1", "SEED-2", "SEED-3", "TICKET-1", "CUTOFF-1"}


def write_receipt(folder: Path, value: Any) -> Path:
    """Write a receipt."""
    (folder / "receipt.json").write_bytes(canonical(value))
    return folder / "receipt.json"


def require_honest(found: dict[str, str]) -> None:
    """Check that all is VERIFIED that can be, in the order of the page."""
    assert [id for id in found if id != "AMEND-1"] == ORDER
    assert {id for id, verdict in found.items() if verdict == "VERIFIED"} in (SHOWN, SHOWN - {"SEED-2"})
    assert "MISMATCH" not in found.values()


@pytest.mark.parametrize("name", NAMES)
def test_honest_public_bundle_holds(name: str, tmp_path: Path) -> None:
    """What is shown of an honest draw holds, and the checks that need all rows are NOT CHECKED."""
    members = read_folder(VECTORS / "draw" / name)
    path = write_folder(tmp_path, public_bundle(members, public(members)))
    require_honest(verdicts(path))
    assert program.main([str(path)]) == 0


@pytest.mark.parametrize("name", NAMES)
def test_honest_receipts_hold(name: str, tmp_path: Path) -> None:
    """The receipts of companies that are drawn, not drawn or excluded hold; who is not in the frame has no ticket."""
    members = read_folder(VECTORS / "draw" / name)
    rows = rows_of(members, "entities.jsonl")
    drawn = drawn_for(members)
    asked = [row["id"] for row in rows if row["id"] in drawn][:3] + [
        row["id"] for row in rows if row["id"] not in drawn
    ][:3]
    for id in asked:
        require_honest(verdicts(write_receipt(tmp_path, receipt(members, id))))
    for row in [row for row in rows_of(members, "excluded.jsonl") if "domain" not in row][:2]:
        found = verdicts(write_receipt(tmp_path, receipt(members, row["id"])))
        assert (found["ROW-1"], found["TICKET-1"], found["CUTOFF-1"]) == ("VERIFIED", "NOT CHECKED", "NOT CHECKED")


PUBLIC = public(TOWN)
OTHER = min(row["id"] for row in rows_of(TOWN, "entities.jsonl") if row["id"] not in drawn_for(TOWN))


def changed(value: Any, *keys: Any, to: Any) -> Any:
    """Change one place of a value; a function is given what stands there."""
    value = deepcopy(value)
    inner = value
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = to(inner[keys[-1]]) if callable(to) else to
    return value


def flip(digest: str) -> str:
    """Change a digest's last digit."""
    return digest[:-1] + ("0" if digest[-1] != "0" else "1")


CHEATS = {
    "another-commitment": (changed(PUBLIC, "commitment", to=flip), "COMMIT-1"),
    "name-changed": (changed(PUBLIC, "visits", 0, "row", "name", to="x"), "ROW-1"),
    "path-too-short": (changed(PUBLIC, "visits", 0, "path", to=lambda path: path[:-1]), "ROW-1"),
    "path-too-long": (changed(PUBLIC, "visits", 0, "path", to=lambda path: [*path, path[0]]), "ROW-1"),
    "path-another": (changed(PUBLIC, "visits", 0, "path", 0, to=flip), "ROW-1"),
    "place-another": (changed(PUBLIC, "visits", 0, "index", to=lambda index: index ^ 1), "ROW-1"),
    "place-beyond": (changed(PUBLIC, "visits", 0, "index", to=2**40), "ROW-1"),
    "dice-changed": (changed(PUBLIC, "entropy", 1, "value", to="1" * 20), "SEED-3"),
    "seed-changed": (changed(PUBLIC, "seed", to=flip), "SEED-3"),
    "promise-changed": (changed(PUBLIC, "entropy", 1, "name", to="x"), "SEED-1"),
    "ticket-changed": (changed(PUBLIC, "visits", 0, "ticket", to=flip), "TICKET-1"),
    "day-ticket-changed": (changed(PUBLIC, "visits", 0, "day_ticket", to=flip), "TICKET-1"),
    "day-changed": (changed(PUBLIC, "visits", 0, "day", to="2026-12-30"), "TICKET-1"),
    "cut-off-lowered": (changed(PUBLIC, "cutoffs", 0, "cutoff", to="0" * 64), "CUTOFF-1"),
    "cut-off-raised": (changed(PUBLIC, "cutoffs", to=lambda all_of: [{**of, "cutoff": "f" * 64} for of in all_of]), "CUTOFF-1"),
    "cut-off-left-out": (changed(PUBLIC, "cutoffs", to=lambda all_of: all_of[1:]), "CUTOFF-1"),
    "domain-left-out": (changed(PUBLIC, "visits", 0, "domains", to=lambda domains: domains[1:]), "CUTOFF-1"),
    "drawn-for-less": (changed(PUBLIC, "visits", 0, "drawn", to=lambda domains: domains[1:]), "CUTOFF-1"),
    "counted-too-few": (changed(PUBLIC, "counts", to=lambda counts: {**counts, "visits": 1, "selected": 1}), "CUTOFF-1"),
    "more-selected-than-quotas-take": (
        changed(PUBLIC, "counts", to=lambda counts: {**counts, "visits": 10**6, "selected": 10**6}),
        "CUTOFF-1",
    ),
    "all-of-a-quota-below-its-cut-off": (
        changed(PUBLIC, "cutoffs", 0, "cutoff", to=lambda cutoff: f"{int(cutoff, 16) + 1:064x}"),
        "CUTOFF-1",
    ),
    "shown-miscounted": (changed(PUBLIC, "counts", "shown", to=3), "CUTOFF-1"),
    "selected-miscounted": (changed(PUBLIC, "counts", "selected", to=999), "CUTOFF-1"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHEATS)
def test_cheat_in_a_public_bundle_is_a_mismatch(name: str, tmp_path: Path) -> None:
    """A disclosure that says something else than the draw fails at the check for it, and the exit status is 6."""
    value, check = CHEATS[name]
    path = write_folder(tmp_path, public_bundle(TOWN, value))
    assert first_mismatch(path) == check
    assert program.main([str(path)]) == 6


MALFORMED = {
    "further-key": {**PUBLIC, "note": "x"},
    "not-in-order": changed(PUBLIC, "visits", to=lambda visits: visits[::-1]),
    "doubled": changed(PUBLIC, "visits", to=lambda visits: [visits[0], *visits]),
    "team-shown": changed(PUBLIC, "visits", 0, to=lambda visit: {**visit, "team": ["R001"]}),
    "row-without-salt": changed(
        PUBLIC, "visits", 0, "row", to=lambda row: {key: row[key] for key in row if key != "salt"}
    ),
    "cut-off-twice": changed(PUBLIC, "cutoffs", to=lambda all_of: [all_of[0], *all_of]),
    "negative": changed(PUBLIC, "counts", "open", to=-1),
    "nobody": [],
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_public_bundle_is_refused(name: str, tmp_path: Path) -> None:
    """A disclosure that breaks its form gets no verdicts."""
    assert "disclosure.json" in verdicts(write_folder(tmp_path, public_bundle(TOWN, MALFORMED[name])))["refused"]


def test_public_bundle_with_rows_is_refused(tmp_path: Path) -> None:
    """A public bundle has no list, no result and no logs."""
    for number, name in enumerate(("entities.jsonl", "result.json", "amends/result.json", "log/a")):
        path = write_folder(tmp_path / str(number), {**public_bundle(TOWN, PUBLIC), name: TOWN["excluded.jsonl"]})
        assert "public bundle" in verdicts(path)["refused"]


DRAWN = receipt(TOWN, next(iter(drawn_for(TOWN))))
LOSER = receipt(TOWN, OTHER)
RECEIPT_CHEATS = {
    "row-changed": (changed(DRAWN, "frame", "row", "zone", to="x"), "ROW-1"),
    "promise-changed": (changed(DRAWN, "commitment", "sources", 1, "name", to="x"), "SEED-1"),
    "size-changed": (changed(DRAWN, "commitment", "quotas", 0, "size", to=lambda size: size + 1), "SEED-3"),
    "ticket-changed": (changed(DRAWN, "frame", "ticket", to=flip), "TICKET-1"),
    "rank-of-who-is-not-drawn": (changed(LOSER, "frame", "standings", 0, "rank", to=1), "CUTOFF-1"),
    "rank-beyond-the-size": (changed(LOSER, "frame", "standings", 0, "rank", to=10_000), "CUTOFF-1"),
    "rank-lowered-and-still-not-drawn": (
        changed(LOSER, "frame", "standings", to=lambda all_of: [{**of, "cutoff": LOSER["frame"]["ticket"]} for of in all_of]),
        "CUTOFF-1",
    ),
    "called-drawn": (changed(LOSER, "frame", "drawn", to=[LOSER["frame"]["row"]["domains"][0]]), "CUTOFF-1"),
    "called-not-drawn": (changed(DRAWN, "frame", "drawn", to=[]), "CUTOFF-1"),
    "cut-off-lowered": (changed(DRAWN, "frame", "standings", 0, "cutoff", to="0" * 64), "CUTOFF-1"),
    "standing-left-out": (changed(DRAWN, "frame", "standings", to=lambda standings: standings[1:]), "CUTOFF-1"),
}  # fmt: skip


@pytest.mark.parametrize("name", RECEIPT_CHEATS)
def test_cheat_in_a_receipt_is_a_mismatch(name: str, tmp_path: Path) -> None:
    """A receipt that says something else than the draw fails at the check for it."""
    value, check = RECEIPT_CHEATS[name]
    assert first_mismatch(write_receipt(tmp_path, value)) == check


def test_malformed_receipts_are_refused(tmp_path: Path) -> None:
    """A receipt of nobody, of somebody else, with a further key, or of who is excluded and in the frame is refused."""
    left_out = receipt(TOWN, next(row["id"] for row in rows_of(TOWN, "excluded.jsonl") if "domain" not in row))
    bare = {key: value for key, value in DRAWN.items() if key not in ("frame", "excluded")}
    both = changed(left_out, "excluded", 0, "row", "id", to=DRAWN["entity"])["excluded"]
    for value in (
        bare,
        {**DRAWN, "entity": OTHER},
        {**DRAWN, "note": 1},
        {**DRAWN, "excluded": both},
        {**left_out, "excluded": []},
    ):
        assert "refused" in verdicts(write_receipt(tmp_path, value))


def test_company_asks_for_its_visit_in_a_public_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --entity, the visit of a company that is shown is told; of another nothing."""
    path = write_folder(tmp_path, public_bundle(TOWN, PUBLIC))
    assert program.main([str(path), "--entity", PUBLIC["visits"][0]["row"]["id"], "--json"]) == 0
    assert PUBLIC["visits"][0]["ticket"] in "".join(json.loads(capsys.readouterr().out)["entity"])
    assert program.main([str(path), "--entity", OTHER, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entity"] == []


def test_last_row_has_one_place(tmp_path: Path) -> None:
    """An index beyond the count is no place, also where the path of the last row would lead to the root."""
    last = rows_of(TOWN, "entities.jsonl")[-1]["id"]
    honest = receipt(TOWN, last)
    assert verdicts(write_receipt(tmp_path, honest))["ROW-1"] == "VERIFIED"
    count = honest["commitment"]["frame"]["entities"]["count"]
    for index in range(count, 2 * count + 2):
        assert verdicts(write_receipt(tmp_path, changed(honest, "frame", "index", to=index)))["ROW-1"] == "MISMATCH"
