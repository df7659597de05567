"""The page's engine, as the page holds it, run by Node.js on every vector, on made-up files, and beside the command."""

from __future__ import annotations

import json
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.shape import members_of as parse_members
from inspect_cli.errors import InputError
from tests import disclosures
from tests.cheats import cheat
from tests.random_draws import Chance, files_of, first_draw, supplement
from tests.verify_page.bundles import VECTORS, members_of, verdicts, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Ask = Callable[[Sequence[Mapping[str, Any]]], list[Any]]
    Open = Callable[[Sequence[bytes]], list[Any]]

FOLDERS = sorted(path for kind in ("draw", "draw-tampered", "draw-refused") for path in (VECTORS / kind).iterdir())
LEVEL_0 = ("COMMIT-1", "FRAME-1", "SEED-1", "SEED-2", "SEED-3", "SELECT-1", "VISIT-1")
TINY = VECTORS / "draw" / "tiny"
KNOWN_CHAINS = {
    "bls-unchained-g1-rfc9380": "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    "pedersen-bls-chained": "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
}


@pytest.fixture(scope="module")
def answers(ask_engine: Ask) -> dict[str, Any]:
    """What the page says of every vector, in one run."""
    found = ask_engine([{"open": str(folder)} for folder in FOLDERS])
    return {f"{folder.parent.name}/{folder.name}": answer for folder, answer in zip(FOLDERS, found, strict=True)}


@pytest.mark.parametrize("name", [f"draw/{folder.name}" for folder in FOLDERS if folder.parent.name == "draw"])
def test_a_draw_that_follows_is_verified(answers: dict[str, Any], name: str) -> None:
    """Every check of level 0 says VERIFIED of every vector that verifies, AMEND-1 included where it is one."""
    found = verdicts(answers[name])
    wanted = dict.fromkeys(LEVEL_0, "VERIFIED")
    if "supplement" in name:
        wanted["AMEND-1"] = "VERIFIED"
    assert found == wanted | {"SIGN-1": "NOT CHECKED", "ORDER-1": "NOT CHECKED"}
    assert answers[name]["summary"] == "VERIFIED"


@pytest.mark.parametrize("folder", [f for f in FOLDERS if f.parent.name == "draw-tampered"], ids=lambda f: f.name)
def test_a_tampered_draw_is_caught_by_the_check_that_must_catch_it(answers: dict[str, Any], folder: Any) -> None:
    """The first MISMATCH of every tampered vector is the one that its expect.txt names."""
    found = verdicts(answers[f"draw-tampered/{folder.name}"])
    first = next(check for check, verdict in found.items() if verdict == "MISMATCH")
    assert first == (folder / "expect.txt").read_text().strip()


@pytest.mark.parametrize("name", [folder.name for folder in FOLDERS if folder.parent.name == "draw-refused"])
def test_a_refused_draw_gets_no_verdicts(answers: dict[str, Any], name: str) -> None:
    """Every vector that must be refused is, and not by a fault of the page."""
    assert answers[f"draw-refused/{name}"]["type"] == "refused"


def test_drand_signatures_are_verified(ask_engine: Ask) -> None:
    """Published rounds of both networks verify, and each that must fail does."""
    beacons = json.loads((VECTORS / "drand" / "beacons.json").read_text())["beacons"]
    chains = json.loads((VECTORS / "drand" / "chains.json").read_text())["chains"]
    keys = {chains[name]["public_key"] for name in ("quicknet", "default")}
    ours = [beacon for beacon in beacons if beacon["public_key"] in keys and beacon["scheme"] in KNOWN_CHAINS]
    found = ask_engine([{"round": {**beacon, "chain": KNOWN_CHAINS[beacon["scheme"]]}} for beacon in ours])
    assert found == [beacon["valid"] for beacon in ours]
    assert {True, False} <= set(found)


@pytest.mark.parametrize("signature", ["00", "ff" * 48, "00" * 48, "c0" + "00" * 47, "80" + "00" * 47])
def test_a_signature_that_is_no_point_is_none(ask_engine: Ask, signature: str) -> None:
    """Bytes that are no point of the curve, or the one at infinity, verify nothing and break nothing."""
    chain = KNOWN_CHAINS["bls-unchained-g1-rfc9380"]
    assert ask_engine([{"round": {"chain": chain, "round": 1000, "signature": signature}}]) == [False]


def test_a_packed_bundle_is_read_like_a_stored_one(open_bundles: Open) -> None:
    """A zip that is deflated, be it hardly, hard or in stored blocks only, gives the same answer as one that is stored."""
    members = members_of(VECTORS / "draw" / "supplement-of-supplement")
    stored, *packed = open_bundles(
        [zipped(members), *(zipped(members, zipfile.ZIP_DEFLATED, level) for level in (0, 1, 6, 9))]
    )
    assert stored["summary"] == "VERIFIED"
    assert packed == [stored] * 4


def test_a_damaged_packed_bundle_is_refused(open_bundles: Open) -> None:
    """A bit that turns anywhere in a packed member, or in what lists it, is refused, or changes nothing that is read."""
    packed = zipped(members_of(TINY), zipfile.ZIP_DEFLATED)
    flipped = []
    for at in range(0, len(packed), 7):
        data = bytearray(packed)
        data[at] ^= 1 << at % 8
        flipped.append(bytes(data))
    whole, *found = open_bundles([packed, *flipped])
    taken = [answer for answer in found if answer["type"] != "refused"]
    # When a member was packed, by which program and for which system is read by nobody: there a bit may turn.
    assert taken == [whole] * len(taken)
    assert len(taken) < len(found) // 4


def zip_tricks() -> dict[str, bytes]:
    """Zip files that say one thing here and another there."""
    members = members_of(TINY)
    plain = zipped(members)
    end = plain[-22:]
    list_at = struct.unpack("<I", end[16:20])[0]
    first_size = plain.index(b"PK\x03\x04", 4)
    grown = bytearray(plain)
    struct.pack_into("<I", grown, list_at + 24, 10**6)
    struct.pack_into("<I", grown, list_at + 20, 10**6)
    link = bytearray(plain)
    struct.pack_into("<I", link, list_at + 38, 0o120777 << 16)
    locked = bytearray(plain)
    struct.pack_into("<H", locked, list_at + 8, 1)
    renamed = bytearray(plain)
    renamed[30:45] = b"commitmenT.json"
    flipped = bytearray(plain)
    flipped[60] ^= 1
    bomb = zipped({**members, "README.txt": b"\0" * 10**6}, zipfile.ZIP_DEFLATED)
    bomb_at = bomb.rindex(b"PK\x01\x02")
    small = bytearray(bomb)
    struct.pack_into("<I", small, bomb_at + 24, 1000)
    twice = zipped({**members, "README.tx_": b"x", "README.txt": b"y"}).replace(b"README.tx_", b"README.txt")
    return {
        "doubled name": twice,
        "absolute path": zipped({**members, "/README.txt": b""}),
        "path upwards": zipped({**members, "../README.txt": b""}),
        "backslash": zipped({**members, "log\\x": b""}),
        "link": bytes(link),
        "encrypted": bytes(locked),
        "trailing data": plain + b"PK",
        "leading data": b"PK\x03\x04" + plain,
        "cut short": plain[:-5],
        "wrong sizes": bytes(grown),
        "another name inside": bytes(renamed),
        "byte flipped": bytes(flipped),
        "comment": plain[:-2] + b"\x01\x00x",
        "hole": plain[:first_size] + b"\0\0" + plain[first_size:],
        "unpacks to more than it says": bytes(small),
        "stray member": zipped({**members, "notes.txt": b""}),
        "nothing": zipped({}),
    }


def test_zip_tricks_are_refused(open_bundles: Open) -> None:
    """Doubled names, paths, links, bombs, wrong sizes and what lies before, between or after members: each refused."""
    tricks = zip_tricks()
    found = open_bundles(list(tricks.values()))
    assert {name: answer["type"] for name, answer in zip(tricks, found, strict=True)} == dict.fromkeys(
        tricks, "refused"
    )


def test_malformed_members_are_told(open_bundles: Open) -> None:
    """Members that are no canonical JSON, in many ways, are refused with a reason that has words."""
    members = members_of(TINY)
    commitment = members["commitment.json"]
    cut = b'"max":2'
    numbers = (b"2.0", b"2e0", b"null", b'2,"max":2', b"9007199254740993", b"-0")
    texts = (b"\\ud800", "e\u0301".encode())
    broken: list[bytes] = [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"\xef\xbb\xbf" + commitment, commitment + b"\n", b" " + commitment,
        b"[" * 100_000, b"[" * 2000 + b"]" * 2000, commitment.replace(b'"combine"', '"bureaü"'.encode()),
        *(commitment.replace(cut, b'"max":' + number) for number in numbers),
        *(commitment.replace(b"twenty", text) for text in texts),
    ]  # fmt: skip
    found = open_bundles(
        [zipped({**members, "commitment.json": data}) for data in broken] + [b"", b"{", b"{}", b"PK", b"x"]
    )
    assert [answer["type"] for answer in found] == ["refused"] * len(found)


def test_a_further_key_is_a_key_whatever_its_name(open_bundles: Open) -> None:
    """A commitment may have further keys: one that means something to JavaScript is a key like others, and changes the digest."""
    members = members_of(TINY)
    commitment = members["commitment.json"].replace(b'"bureau"', b'"__proto__":{"slot":"x"},"bureau"')
    [answer] = open_bundles([zipped({**members, "commitment.json": commitment})])
    assert verdicts(answer)["COMMIT-1"] == "MISMATCH"
    assert answer["about"]["slot"] == "2026-12/tiny"


def test_it_never_contradicts_the_command(open_bundles: Open) -> None:
    """Of draws made at random and their cheats, the page refuses what the command refuses, and no verdict is the other's opposite."""
    bundles: list[dict[str, bytes]] = []
    for number in range(40):
        chance = Chance(f"page {number}")
        chain = [first_draw(chance)]
        if number % 2 and (more := supplement(chance, chain)) is not None:
            chain.append(more)
        bundles.append(files_of(chain))
        bundles += [cheat(Chance(f"page {number} {turn}"), chain)[1] for turn in range(3)]
    found = open_bundles([zipped(files) for files in bundles])
    assert [verdicts(answer) for answer in found] == [by_command(files) for files in bundles]


def by_command(files: dict[str, bytes]) -> dict[str, str]:
    """Ask the command's checks; none where it refuses."""
    try:
        return {str(check.id): str(check.verdict) for check in verify(parse_members(files)).checks}
    except InputError:
        return {}


def test_public_bundles_and_receipts_hold(open_bundles: Open) -> None:
    """What the bureau discloses holds, check by check as the command says; a changed ticket, row or cut-off does not."""
    files: list[bytes] = []
    wanted: list[dict[str, str]] = []
    for number in range(12):
        draw = disclosures.random_draw(f"page {number}")
        public = disclosures.public_files(draw)
        for name in disclosures.registered(draw)[:3]:
            receipt = disclosures.receipt_bytes(draw, name)
            files.append(receipt)
            wanted.append(disclosures.of_receipt(receipt))
        spoilt = [public, *(spoil(public, how) for how in ("ticket", "zone", "cutoff", "path"))]
        files += [zipped(members) for members in spoilt]
        wanted += [disclosures.of_public(members) for members in spoilt]
    found = [verdicts(answer) for answer in open_bundles(files)]
    assert found == [{} if verdict == disclosures.REFUSED else verdict for verdict in wanted]
    assert sum("MISMATCH" in verdict.values() for verdict in found) > len(found) // 4


def spoil(files: dict[str, bytes], how: str) -> dict[str, bytes]:
    """Change one thing in a public bundle."""
    values = disclosures.values_of(files["disclosure.json"])
    if not values["visits"]:
        return files
    visit = values["visits"][0]
    if how == "ticket":
        visit["ticket"] = "0" * 64
    elif how == "zone":
        visit["row"]["zone"] = "elsewhere"
    elif how == "cutoff":
        values["cutoffs"][0]["cutoff"] = "0" * 64
    else:
        visit["path"] = ["0" * 64, *visit["path"]]
    return disclosures.changed(files, values)


def test_a_company_is_described(ask_engine: Ask) -> None:
    """Of tiny, by hand: the lines of the first ticket, its ranks, its day and its team are as the result says."""
    result = json.loads((TINY / "result.json").read_text(encoding="utf-8"))
    first, visit = result["selection"][0], result["visits"][0]
    [answer] = ask_engine([{"open": str(TINY), "describe": first["entity"]}])
    company = answer["company"]
    assert company["ticket"] == first["ticket"]
    assert company["work"][0]["lines"] == [
        result["seed"],
        "entity",
        first["entity"],
        "022bc32021615022409a8a78909ff497",
    ]
    assert [(s["domain"], s["rank"], s["isDrawn"]) for s in company["standings"]] == [
        ("labour", 1, True),
        ("safety", 1, True),
    ]
    assert (company["visit"]["day"], company["visit"]["team"]) == (visit["day"], visit["team"])
    assert company["trace"]["tried"][-1]["day"] == visit["day"]


def test_an_excluded_company_is_told_why(ask_engine: Ask) -> None:
    """A company that is not in the frame is found with the reason."""
    [answer] = ask_engine([{"open": str(TINY), "describe": "91320281396030627F"}])
    assert answer["company"]["row"] is None
    assert [row["reason"] for row in answer["company"]["excluded"]] == ["month"]
