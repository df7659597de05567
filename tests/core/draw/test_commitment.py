"""Commitments: each rule refused by one change to a good one, and further keys bound though not read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.commitment import (
    Combine,
    Quota,
    TeamRule,
    commitment_digest,
    parse_commitment,
    render_commitment,
    require_amends,
    seal_commitment,
    sorted_quotas,
)
from inspect_cli.core.draw.supplement.changes import Absence, Addition, Amends, Change
from inspect_cli.core.names import Domain, EntityId, InspectorId, Slot
from inspect_cli.errors import InputError
from tests.core.draw.builders import commitment, dice, domains, folders, text

if TYPE_CHECKING:
    from pathlib import Path

AMENDS = Amends(
    result="0f" * 32,
    changes=(
        Change(entity=EntityId("E1"), reason="ill", left=(InspectorId("R1"), InspectorId("R2"))),
        Change(entity=EntityId("E2"), reason="closed", closed=("2026-12-02",)),
        Change(entity=EntityId("E3"), reason="open"),
    ),
    absent=(Absence(id=InspectorId("R1"), days=("2026-12-02", "2026-12-03"), reason="ill"),),
    added=(Addition(id=InspectorId("R9"), reason="posted here"),),
)
GOOD = json.loads(render_commitment(commitment(sources=(text(), dice()), amends=AMENDS)))


def changed(path: str, value: object) -> bytes:
    """Give a good commitment with one key changed, added, or (where the value is None) left out."""
    values = json.loads(json.dumps(GOOD))
    *way, last = path.split(".")
    place = values
    for key in way:
        place = place[int(key)] if isinstance(place, list) else place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return render_canonical(values)


class TestVectors:
    """SEAL-1: the commitment of every vector is read and written back to the byte."""

    @pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
    def test_round_trip(self, folder: Path) -> None:
        """What was read is written as it stood, and its digest is that of the file."""
        data = (folder / "commitment.json").read_bytes()
        read = parse_commitment(data)
        assert render_commitment(read) == data
        assert commitment_digest(read) == hashlib.sha256(data).hexdigest()


QUOTA = {"domain": "safety", "stratum": "A", "size": 2, "take": 1}
CHANGE = {"entity": "E1", "left": [], "closed": [], "reason": "open"}
FAULTS: list[tuple[str, object]] = [
    *((key, None) for key in GOOD if key != "amends"),
    ("protocol", "draw-v2"),
    ("slot", "2026 12"),
    ("slot", "x" * 65),
    ("slot", ""),
    ("bureau", 1),
    ("period", "2026-13"),
    ("period", "2026"),
    ("period", "2026-11"),
    ("frame.entities", None),
    ("frame.others", {"count": 0, "root": "0f" * 32}),
    ("frame.entities.count", -1),
    ("frame.entities.root", "0F" * 32),
    ("frame.entities.size", 1),
    ("quotas", {}),
    ("quotas", [QUOTA, QUOTA]),
    ("quotas", [QUOTA, QUOTA | {"domain": "health"}]),
    ("quotas", [QUOTA | {"size": 0, "take": 0}]),
    ("quotas", [QUOTA | {"take": 3}]),
    ("quotas", [QUOTA | {"take": -1}]),
    ("quotas", [QUOTA | {"take": True}]),
    ("quotas", [QUOTA | {"ratio": "0.5"}]),
    ("combine", "separate"),
    ("team.min", 0),
    ("team.min", 5),
    ("team.max", 7),
    ("team.max", 1),
    ("team.expert_domains", ["b", "a"]),
    ("team.lead", True),
    ("days", []),
    ("days", ["2026-12-02", "2026-12-01"]),
    ("days", ["2026-12-01", "2026-12-01"]),
    ("days", ["2026-11-30", "2026-12-01"]),
    ("days", ["2027-12-01"]),
    ("days", ["2026-12-32"]),
    ("sources", []),
    ("sources.1.note", "x"),
    ("sources.1.at", "2026-12-01T00:00:00+08:00"),
    ("sources.0.at", "2026-11-30T10:00:00+08:00"),
    ("amends.result", "x"),
    ("amends.changes", None),
    ("amends.absent", None),
    ("amends.added", None),
    ("amends.note", "x"),
    ("amends.changes", [CHANGE | {"entity": "E2"}, CHANGE]),
    ("amends.changes", [CHANGE, CHANGE]),
    ("amends.changes", [CHANGE | {"left": ["R2", "R1"]}]),
    ("amends.changes", [CHANGE | {"closed": ["2026-12-02", "2026-12-01"]}]),
    ("amends.changes", [CHANGE | {"left": ["R1"], "closed": ["2026-12-01"]}]),
    ("amends.changes", [CHANGE | {"note": "x"}]),
    ("amends.changes.0.reason", None),
    ("amends.absent", [{"id": "R1", "days": [], "reason": "ill"}]),
    ("amends.absent", [{"id": "R1", "days": ["2026-12-01"], "reason": "ill", "note": "x"}]),
    ("amends.absent", [{"id": name, "days": ["2026-12-01"], "reason": "ill"} for name in ("R2", "R1")]),
    ("amends.added", [{"id": "R/1", "reason": "new"}]),
    ("amends.added", [{"id": "R1", "reason": "new", "note": "x"}]),
    ("amends.added", [{"id": name, "reason": "new"} for name in ("R2", "R1")]),
]


class TestRules:
    """SEAL-1, SEAL-2, SEAL-3, SEAL-4, SEAL-5, SEAL-6, SUPP-1: whatever breaks a rule of a commitment refuses it."""

    def test_the_good_one(self) -> None:
        """The commitment that all the others differ from is read, with all that it amends."""
        assert parse_commitment(render_canonical(GOOD)).amends == AMENDS

    @pytest.mark.parametrize(("path", "value"), FAULTS, ids=str)
    def test_one_change_refuses_it(self, path: str, value: object) -> None:
        """With one key changed it is refused."""
        with pytest.raises(InputError):
            parse_commitment(changed(path, value))

    @pytest.mark.parametrize("slot", ["2026-12/1", "/", "a/b/c", "x" * 64])
    def test_a_slot_is_an_id_with_slashes_read_as_hyphens(self, slot: str) -> None:
        """SEAL-6: slashes are the one thing that a slot may have and an id not."""
        assert parse_commitment(changed("slot", slot)).slot == slot

    def test_further_keys_are_bound(self) -> None:
        """SEAL-1: keys that nobody reads are kept as they are, and change the digest."""
        plain = commitment()
        noted = replace(plain, further=render_canonical({"plan": {"note": "x"}, "software": "inspect-cli"}))
        assert parse_commitment(render_commitment(noted)) == noted
        assert json.loads(render_commitment(noted))["plan"] == {"note": "x"}
        assert commitment_digest(noted) != commitment_digest(plain)

    def test_sealing_reads_what_it_wrote(self) -> None:
        """A commitment that was just made is held to the same rules."""
        assert parse_commitment(seal_commitment(commitment())) == commitment()
        with pytest.raises(InputError):
            seal_commitment(commitment(slot=Slot(" ")))
        with pytest.raises(InputError):
            seal_commitment(commitment(team=TeamRule(min=3, max=2)))

    def test_quotas_are_sorted_by_domain_then_stratum(self) -> None:
        """SEAL-2: the order of a commitment's quotas."""
        places = [("b", "A"), ("a", "B"), ("a", "A")]
        quotas = [Quota(domain=Domain(domain), stratum=stratum, size=1, take=1) for domain, stratum in places]
        assert [(quota.domain, quota.stratum) for quota in sorted_quotas(quotas)] == sorted(places)

    def test_what_a_first_draw_amends(self) -> None:
        """A first draw amends nothing, and whoever asks is told."""
        assert require_amends(commitment(amends=AMENDS)) == AMENDS
        with pytest.raises(InputError, match="first draw"):
            require_amends(commitment())

    def test_all_values_survive(self) -> None:
        """Both ways of combining, experts, a team of six: what was written is read."""
        made = commitment(combine=Combine.DRAWN, team=TeamRule(min=1, max=6, expert_domains=domains("a", "b")))
        assert parse_commitment(render_commitment(made)) == made
        assert cast("str", made.combine) == "drawn"
