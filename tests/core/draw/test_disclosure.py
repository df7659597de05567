"""Public disclosures and receipts as values and bytes: what is in them, by hand and by the page, and what is refused by its form."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.disclosure.disclose import disclose, make_receipt
from inspect_cli.core.draw.disclosure.public import parse_disclosure, render_disclosure
from inspect_cli.core.draw.disclosure.receipt import parse_receipt, render_receipt
from inspect_cli.core.names import EntityId
from inspect_cli.core.verify.disclosed import parse_public
from inspect_cli.core.verify.shape import parse_draw
from inspect_cli.errors import InputError
from tests.core.draw.builders import VECTORS, read_members
from tests.disclosures import public_files, random_draw, random_row, receipt_bytes, registered, with_a_day
from tests.oracle_form import canonical

if TYPE_CHECKING:
    from collections.abc import Callable

TINY = VECTORS / "draw" / "tiny"
DRAW = parse_draw(read_members(TINY))
FILES = public_files(DRAW)
DATA = FILES["disclosure.json"]
DRAWN, FIRST_ABSENT, OUT = "320281000000011", "913202810759838650", "91320281396030627F"
RECEIPT = receipt_bytes(DRAW, DRAWN)


def hashed(*lines: str) -> str:
    """Hash lines as ``sha256sum`` does."""
    return sha256("\n".join(lines).encode()).hexdigest()


def led_to(row: bytes, index: int, count: int, path: list[str]) -> str:
    """Walk an audit path as RFC 6962 describes it, from the root's side: the tree of n rows parts at the largest power of two below n."""
    if count == 1:
        assert path == []
        return sha256(b"\0" + row).hexdigest()
    half = 1 << (count - 1).bit_length() - 1
    *below, beside = path
    if index < half:
        left, right = led_to(row, index, half, below), beside
    else:
        left, right = beside, led_to(row, index - half, count - half, below)
    return sha256(b"\1" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


class TestByHand:
    """Every number of tiny's disclosures is the one that ``sha256sum`` gives."""

    def test_the_public_disclosure(self) -> None:
        """DISCLOSE-1: digests, seed, counts, cut-offs, rows, paths and tickets are those of the vector's files, reckoned here anew."""
        commitment = json.loads((TINY / "commitment.json").read_bytes())
        result = json.loads((TINY / "result.json").read_bytes())
        rows = (TINY / "entities.jsonl").read_bytes().splitlines()
        found = json.loads(DATA)
        assert canonical(found) == DATA
        assert list(found) == sorted(
            ("format", "commitment", "result", "entropy", "seed", "counts", "cutoffs", "visits")
        )
        assert (found["format"], found["entropy"], found["seed"]) == ("public-v1", result["entropy"], result["seed"])
        assert found["commitment"] == sha256((TINY / "commitment.json").read_bytes()).hexdigest()
        assert found["result"] == sha256((TINY / "result.json").read_bytes()).hexdigest()
        assert found["counts"] == {"selected": 2, "visits": 2, "open": 0, "shown": 2}
        # Each quota takes one: the first entity is drawn from class A, the second from class B.
        tickets = [one["ticket"] for one in result["selection"]]
        assert found["cutoffs"] == [
            {"cutoff": tickets[place], "domain": domain, "stratum": stratum}
            for domain in ("labour", "safety")
            for place, stratum in enumerate(("A类", "B类"))
        ]
        for shown, selected, visit in zip(found["visits"], result["selection"], result["visits"], strict=True):
            row = rows[shown["index"]]
            assert canonical(shown["row"]) == row
            name, salt = shown["row"]["id"], shown["row"]["salt"]
            assert name == selected["entity"] == visit["entity"]
            assert shown["ticket"] == hashed(result["seed"], "entity", name, salt) == selected["ticket"]
            assert shown["day_ticket"] == hashed(result["seed"], "day", name, salt, visit["day"])
            assert (shown["drawn"], shown["domains"], shown["day"]) == (
                selected["drawn"],
                visit["domains"],
                visit["day"],
            )
            listing = commitment["frame"]["entities"]
            assert led_to(row, shown["index"], len(rows), shown["path"]) == listing["root"]

    def test_the_receipts(self) -> None:
        """DISCLOSE-2: everybody's row, path, ticket, ranks and cut-offs, or the reason, are what the vector's files say."""
        commitment = json.loads((TINY / "commitment.json").read_bytes())
        result = json.loads((TINY / "result.json").read_bytes())
        rows = [json.loads(line) for line in (TINY / "entities.jsonl").read_bytes().splitlines()]
        tickets = {row["id"]: hashed(result["seed"], "entity", row["id"], row["salt"]) for row in rows}
        drawn = {one["entity"]: one["drawn"] for one in result["selection"]}
        for index, row in enumerate(rows):
            found = json.loads(receipt_bytes(DRAW, row["id"]))
            assert (found["format"], found["commitment"], found["entity"]) == ("receipt-v1", commitment, row["id"])
            frame = found["frame"]
            assert (frame["row"], frame["index"], frame["ticket"]) == (row, index, tickets[row["id"]])
            assert frame["drawn"] == drawn.get(row["id"], [])
            standings = []
            for place in row["strata"]:
                stratum = sorted(tickets[one["id"]] for one in rows if place in one["strata"])
                rank = stratum.index(tickets[row["id"]]) + 1
                standings.append({**place, "rank": rank, "cutoff": stratum[0]})  # each quota takes one
            assert frame["standings"] == standings
        out = json.loads(receipt_bytes(DRAW, OUT))
        (line,) = (TINY / "excluded.jsonl").read_bytes().splitlines()
        assert "frame" not in out
        assert out["excluded"] == [{"row": json.loads(line), "index": 0, "path": []}]

    def test_nobody_without_a_row(self) -> None:
        """Who is neither in the frame nor excluded has no receipt."""
        with pytest.raises(InputError, match="neither in the frame"):
            make_receipt(DRAW, EntityId("E-1"))

    def test_nothing_of_a_damaged_draw(self) -> None:
        """No part is shown of a draw whose quotas or selection do not follow."""
        swapped = replace(DRAW, result=replace(DRAW.result, selection=DRAW.result.selection[::-1]))
        with pytest.raises(InputError, match="does not follow from the seed"):
            disclose(swapped, with_a_day(DRAW))
        without = replace(DRAW, commitment=replace(DRAW.commitment, quotas=DRAW.commitment.quotas[1:]))
        with pytest.raises(InputError, match="there is no quota for labour"):
            make_receipt(without, EntityId(DRAWN))


@pytest.mark.parametrize("number", range(25))
class TestRandomDraws:
    """What random draws disclose."""

    def test_reading_gives_back_what_was_written(self, number: int) -> None:
        """PUBLIC-1, RECEIPT-1: bytes → value → the same bytes, for the bundle and everybody's receipt."""
        draw = random_draw(f"shown {number}")
        data = public_files(draw)["disclosure.json"]
        assert render_disclosure(parse_disclosure(data, draw.commitment)) == data
        for entity in registered(draw):
            receipt = receipt_bytes(draw, entity)
            assert render_receipt(parse_receipt(receipt)) == receipt

    def test_who_is_not_shown_is_not_in_it(self, number: int) -> None:
        """DISCLOSE-1: no id, no salt and no name of an entity whose visit is not shown, and nobody of the roster, is in the bundle."""
        row = random_row(f"shown {number}")
        # Names that no other text of the bundle can hold by chance.
        named = {one["id"]: f"named {place:04}!" for place, one in enumerate(row["entities"])}
        draw = random_draw(f"shown {number}")
        entities = tuple(replace(one, others=canonical({"name": named[one.id]})) for one in draw.frame.entities)
        draw = replace(draw, frame=replace(draw.frame, entities=entities))
        visits = sorted(with_a_day(draw))
        shown = set(visits[::2])
        files = public_files(draw, shown)
        found = json.loads(files["disclosure.json"])
        assert {visit["row"]["id"] for visit in found["visits"]} == shown
        counts = {"selected": len(draw.result.selection), "visits": len(draw.result.visits), "shown": len(shown)}
        assert found["counts"] == counts | {"open": len(draw.result.visits) - len(visits)}
        text = b"".join(files.values()).decode()
        for one in draw.frame.entities:
            assert (one.salt in text, named[one.id] in text) == (one.id in shown, one.id in shown)
            assert (f'"{one.id}"' in text) == (one.id in shown)
        others = [(str(one.id), one.salt) for one in draw.frame.excluded]
        others += [(str(one.id), one.salt) for one in draw.frame.inspectors]
        for name, salt in others:
            assert salt not in text
            # A domain of a shown entity can be left out of its row.
            assert (f'"{name}"' in text) <= (name in shown)


def test_a_supplement_shows_no_row_that_names_somebody() -> None:
    """DISCLOSE-1: of a supplement, visits whose row names a team or an expert are left out, whoever may be shown."""
    draw = parse_draw(read_members(VECTORS / "draw" / "supplement"))
    naming = {row.id for row in draw.frame.entities if row.team is not None or row.expert is not None}
    assert naming
    found = disclose(draw, with_a_day(draw))
    assert {visit.proved.row.id for visit in found.visits} == with_a_day(draw) - naming
    assert all(visit.proved.row.team is None for visit in found.visits)
    one = make_receipt(draw, next(iter(naming)))
    assert parse_receipt(render_receipt(one)) == one


def _set(*path: Any, to: Any) -> Callable[[Any], None]:
    """Make a change of one value."""

    def change(values: Any) -> None:
        for key in path[:-1]:
            values = values[key]
        values[path[-1]] = to

    return change


def _drop(*path: Any) -> Callable[[Any], None]:
    """Make a change that takes one value away."""

    def change(values: Any) -> None:
        for key in path[:-1]:
            values = values[key]
        del values[path[-1]]

    return change


def _turn(key: str) -> Callable[[Any], None]:
    """Make a change that turns a list around."""
    return lambda values: values[key].reverse()


SHARED: list[Callable[[Any], None]] = [
    _set("other", to=1),
    _set("format", to="public-v2"),
    _drop("format"),
    _drop("seed"),
    _set("seed", to="00"),
    _set("entropy", 0, "kind", to="coin"),
]
PUBLIC: list[Callable[[Any], None]] = [
    _drop("result"),
    _set("commitment", to="x"),
    _set("counts", "other", to=1),
    _drop("counts", "open"),
    _set("counts", "shown", to=-1),
    _set("counts", "shown", to=True),
    _turn("cutoffs"),
    _set("cutoffs", 0, "other", to=1),
    _set("cutoffs", 0, "cutoff", to="F" * 64),
    _turn("visits"),
    _drop("visits", 0, "day"),
    _set("visits", 0, "team", to=["R001"]),
    _set("visits", 0, "day", to="2026-12-32"),
    _set("visits", 0, "index", to=-1),
    _set("visits", 0, "path", 0, to="x"),
    _set("visits", 0, "drawn", to=["safety", "labour"]),
    _set("visits", 0, "domains", to=["safety", "safety"]),
    _set("visits", 0, "row", "salt", to="x"),
    _set("visits", 0, "row", "days", to=["2027-01-01"]),
    _set("visits", 0, "row", "team", to=["R001"]),
    _set("visits", 0, "row", "expert", to="R001"),
    lambda values: values["visits"][1]["row"].update(id=values["visits"][0]["row"]["id"]),
]
OWN: list[Callable[[Any], None]] = [
    _set("commitment", "period", to="2026-13"),
    _drop("commitment"),
    _set("entity", to=OUT),
    _set("entity", to="a b"),
    _set("excluded", to=[]),
    _drop("frame"),
    _set("frame", "day", to="2026-12-01"),
    _set("frame", "standings", 0, "rank", to=0),
    _set("frame", "standings", 0, "other", to=0),
    lambda values: values["frame"]["standings"].reverse(),
    _set("frame", "row", "days", to=[]),
]


class TestForms:
    """SHAPE-3, PUBLIC-1, RECEIPT-1, RECEIPT-2, SHOWN-1, SHOWN-2: what breaks the form is refused whole, with its place."""

    @pytest.mark.parametrize("place", range(len(SHARED + PUBLIC)))
    def test_of_a_public_bundle(self, place: int) -> None:
        """A key too many, one missing, a list out of order, something twice, another type: refused."""
        values = json.loads(DATA)
        [*SHARED, *PUBLIC][place](values)
        with pytest.raises(InputError) as caught:
            parse_public(FILES | {"disclosure.json": canonical(values)})
        assert caught.value.where is not None
        assert caught.value.where.file == "disclosure.json"

    @pytest.mark.parametrize("place", range(len(SHARED + OWN)))
    def test_of_a_receipt(self, place: int) -> None:
        """A key too many, one missing, a list out of order, another entity's row: refused."""
        values = json.loads(RECEIPT)
        [*SHARED, *OWN][place](values)
        with pytest.raises(InputError) as caught:
            parse_receipt(canonical(values))
        assert caught.value.where is not None

    def test_exclusions_of_a_receipt(self) -> None:
        """RECEIPT-2: who is in the frame has exclusions with other domains only, sorted; who is not has one, without a domain."""
        values = json.loads(RECEIPT)
        row = {"id": DRAWN, "reason": "cap", "salt": "0" * 32}
        proof: dict[str, Any] = {"index": 0, "path": []}

        def found(*rows: dict[str, Any], inside: bool = True) -> str:
            own = deepcopy(values) | ({"excluded": [{"row": one, **proof} for one in rows]} if rows else {})
            if not inside:
                del own["frame"]
            try:
                parse_receipt(canonical(own))
            except InputError as error:
                return str(error.what)
            return ""

        health, waste = row | {"domain": "health"}, row | {"domain": "waste"}
        assert found() == found(health) == found(health, waste) == found(row, inside=False) == ""
        assert "not sorted" in found(waste, health)
        assert "not sorted" in found(health, health)
        assert "both excluded and in the frame" in found(row)
        assert "not left out of a row" in found(row | {"domain": "safety"})
        assert "has one exclusion" in found(inside=False)
        assert "has one exclusion" in found(health, inside=False)
        assert "has one exclusion" in found(row, health, inside=False)
        assert "another entity" in found(health | {"id": OUT})

    def test_a_team_that_no_supplement_can_name(self) -> None:
        """SHOWN-1: a team is of distinct people, at most as many as the commitment allows."""
        bundle = read_members(VECTORS / "draw" / "supplement")
        draw = parse_draw(bundle)
        row = next(row for row in draw.frame.entities if row.team is not None)
        values = json.loads(receipt_bytes(draw, row.id))
        for team in (["R1", "R1"], [f"R{number}" for number in range(draw.commitment.team.max + 1)]):
            values["frame"]["row"]["team"] = team
            with pytest.raises(InputError, match="somebody twice, or more people"):
                parse_receipt(canonical(values))

    def test_members_of_a_public_bundle(self) -> None:
        """SHAPE-3: two members are wanted, three may be there, any other is refused."""
        for name in FILES:
            with pytest.raises(InputError, match="this member is missing"):
                parse_public({other: data for other, data in FILES.items() if other != name})
        for name in ("verify.py", "verify.html", "README.txt"):
            assert parse_public(FILES | {name: b"x"}) == parse_public(FILES)
        for name in ("result.json", "entities.jsonl", "log/x"):
            with pytest.raises(InputError, match="a public bundle has no such member"):
                parse_public(FILES | {name: b"x"})

    def test_bytes_that_are_no_disclosure(self) -> None:
        """A second spelling, a list, and nothing at all are refused."""
        commitment = parse_commitment(FILES["commitment.json"])
        for data in (DATA + b"\n", b"[]", b"", b"{}", b"\xff"):
            with pytest.raises(InputError):
                parse_disclosure(data, commitment)
            with pytest.raises(InputError):
                parse_receipt(data)
