"""Input that nobody should send: refused in one sentence or a MISMATCH, never a crash and never VERIFIED."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from tests.verify_file.program import BEYOND, VECTORS, canonical, program, read_folder, verdicts, write_folder

if TYPE_CHECKING:
    from pathlib import Path

TINY = read_folder(VECTORS / "draw" / "tiny")
ROW = json.loads(TINY["entities.jsonl"].partition(b"\n")[0])


def judge(members: dict[str, bytes]) -> dict[str, str]:
    """Verify members, without the disk."""
    try:
        report, _ = program.verify_bundle(program.gather(iter(members.items())))
    except program.Refused as why:
        return {"refused": str(why)}
    return {id: of["verdict"] for id, of in report.items()}


def test_flipped_bits_are_found() -> None:
    """Of some hundreds of flipped bits of a draw's members, each is refused or a MISMATCH."""
    for number in range(600):
        chance = int(sha256(f"flip {number}".encode()).hexdigest(), 16)
        name = sorted(TINY)[chance % 5]
        data, chance = bytearray(TINY[name]), chance >> 8
        data[chance % len(data)] ^= 1 << (chance >> 64) % 8
        found = judge({**TINY, name: bytes(data)})
        assert "refused" in found or "MISMATCH" in found.values(), (number, name)


def first_row(data: bytes) -> dict[str, bytes]:
    """Put other bytes in the place of the first entity."""
    return {**TINY, "entities.jsonl": data + b"\n" + TINY["entities.jsonl"].partition(b"\n")[2]}


BYTES = {
    "empty": b"",
    "byte-order-mark": b"\xef\xbb\xbf" + canonical(ROW),
    "not-utf-8": canonical(ROW).replace("镇".encode(), b"\xff"),
    "lone-surrogate": canonical(ROW).replace("马镇".encode(), rb"\ud800"),
    "escaped-letter": canonical(ROW).replace(b"labour", rb"\u006cabour"),
    "not-nfc": canonical({**ROW, "name": "e\u0301"}),
    "not-nfc-behind-an-escape": canonical({**ROW, "name": "\ne\u0301"}),
    "keys-disordered": json.dumps(ROW, ensure_ascii=False, separators=(",", ":"))
    .encode()[::1]
    .replace(b'{"domains"', b'{"zz":1,"domains"'),
    "key-doubled": canonical(ROW).replace(b'"id":', b'"id":"x","id":'),
    "key-not-ascii": canonical({**ROW, "名称": "x"}),
    "key-inside-not-ascii": canonical({**ROW, "more": [{"名称": "x"}]}),
    "blank": canonical(ROW).replace(b'":', b'": '),
    "carriage-return": canonical(ROW) + b"\r",
    "null": canonical({**ROW, "more": None}),
    "null-inside": canonical({**ROW, "more": [{"a": None}]}),
    "float": canonical({**ROW, "more": 1.5}),
    "whole-float": canonical({**ROW, "more": 1.0}),
    "not-a-number": canonical({**ROW, "more": float("nan")}),
    "infinite": canonical({**ROW, "more": float("inf")}),
    "large": canonical({**ROW, "more": 2**53}),
    "negative-zero": canonical(ROW)[:-1] + b',"zz":-0}',
    "huge": canonical(ROW)[:-1] + b',"zz":' + b"9" * 2_000_000 + b"}",
    "deep-list": canonical(ROW)[:-1] + b',"zz":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep-object": canonical(ROW)[:-1] + b',"zz":' + b'{"a":' * 100_000 + b"1" + b"}" * 101_000,
    "rather-deep": canonical(ROW)[:-1] + b',"zz":' + b"[" * 200 + b"]" * 200 + b"}",
    "list": b"[]",
    "text": b'"x"',
    "number": b"1",
}


@pytest.mark.parametrize("name", BYTES)
def test_row_of_odd_bytes_is_refused(name: str) -> None:
    """A row that is not canonical JSON of the restricted kind is refused, with its member and number."""
    assert "entities.jsonl, row 1" in judge(first_row(BYTES[name]))["refused"]


def test_odd_strings_that_are_allowed_are_read() -> None:
    """A string of ten million characters, and a letter's mark behind an escape, are canonical: what they break is a root."""
    for text in ("x" * 10_000_000, "\n\u0303", '"\u0338', "\\\u0301"):
        found = judge(first_row(canonical({**ROW, "zz": text})))
        assert "refused" not in found
        assert found["FRAME-1"] == "MISMATCH"


VALUES: list[dict[str, Any]] = [
    {"id": ""}, {"id": "a b"}, {"id": "a/b"}, {"id": "a\u3000b"}, {"id": "a\u200bb"}, {"id": "x" * 65}, {"id": 1},
    {"salt": "0" * 31}, {"salt": "A" * 32}, {"salt": "0" * 32 + "\n"}, {"domains": []}, {"domains": ["safety", "labour"]},
    {"domains": ["labour", "labour"]}, {"domains": "labour"}, {"strata": []}, {"zone": 1}, {"zone": True},
    {"strata": [{"domain": "safety", "stratum": "A类"}, {"domain": "labour", "stratum": "A类"}]},
    {"strata": [{"domain": "labour", "stratum": "A类", "x": 1}, {"domain": "safety", "stratum": "A类"}]},
    {"days": []}, {"days": ["2026-12-31"]}, {"days": ["2026-12-02", "2026-12-01"]}, {"days": ["2026-02-30"]},
    {"days": ["２０２６-12-01"]}, {"team": ["R001"]}, {"team": []}, {"expert": "R001"},
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(VALUES)))
def test_row_that_breaks_section_2_is_refused(number: int) -> None:
    """A row with a value that section 2 does not allow is refused."""
    assert "entities.jsonl, row" in judge(first_row(canonical({**ROW, **VALUES[number]})))["refused"]


def test_key_with_a_question_mark_is_another_key() -> None:
    """A key that only looks like the program's own sign for an optional one is a further key: allowed in a row, refused elsewhere."""
    assert judge(first_row(canonical({**ROW, "zone?": 1})))["FRAME-1"] == "MISMATCH"
    left_out = {**json.loads(TINY["excluded.jsonl"]), "domain?": "safety"}
    assert "excluded.jsonl, row 1" in judge({**TINY, "excluded.jsonl": canonical(left_out) + b"\n"})["refused"]


def with_commitment(**changes: Any) -> dict[str, bytes]:
    """Change a commitment."""
    return {**TINY, "commitment.json": canonical({**json.loads(TINY["commitment.json"]), **changes})}


DICE = {"kind": "dice", "name": "d", "at": "2026-11-30T09:00:00+08:00", "count": 2, "sides": 6}
COMMITMENTS: list[dict[str, Any]] = [
    {"slot": ""}, {"slot": "a b"}, {"period": "2026"}, {"period": "2026-11"}, {"days": []}, {"days": ["2026-12-02", "2026-12-01"]},
    {"combine": "all"}, {"quotas": {}}, {"protocol": "draw-v2"}, {"sources": []}, {"sources": [{**DICE, "sides": 11}]},
    {"sources": [{**DICE, "sides": 1}]}, {"sources": [{**DICE, "count": 0}]}, {"sources": [{**DICE, "x": 1}]},
    {"sources": [{**DICE, "kind": "coin"}]}, {"sources": [{**DICE, "kind": ["dice"]}]},
    {"sources": [{**DICE, "at": "2026-12-01T00:00:00Z"}]},
    {"sources": [{**DICE, "at": "2026-11-30T09:00:00"}]}, {"sources": [{**DICE, "at": "2026-11-30T24:00:00Z"}]},
    {"sources": [{**DICE, "at": "2026-11-31T09:00:00Z"}]}, {"sources": [{**DICE, "at": "2026-11-30T09:00:00+25:00"}]},
    {"team": {"min": 3, "max": 2, "expert_domains": []}}, {"team": {"min": 1, "max": 7, "expert_domains": []}},
    {"team": {"min": True, "max": 2, "expert_domains": []}}, {"amends": {}}, {"name": None},
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(COMMITMENTS)))
def test_commitment_that_breaks_sections_3_and_4_is_refused(number: int) -> None:
    """A commitment with a value that sections 3 and 4 do not allow is refused."""
    assert "commitment.json" in judge(with_commitment(**COMMITMENTS[number]))["refused"]


@pytest.mark.parametrize("name", ["entities.jsonl", "result.json", "commitment.json"])
def test_member_that_ends_otherwise_is_refused(name: str) -> None:
    """Rows end with one line feed each, the two objects with none; a missing member is named."""
    longer = TINY[name] + b"\n"
    assert name in judge({**TINY, name: longer})["refused"]
    assert name in judge({key: data for key, data in TINY.items() if key != name})["refused"]
    if name.endswith("l"):
        assert name in judge({**TINY, name: TINY[name][:-1]})["refused"]


def test_hostile_search_is_refused_everywhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A draw whose teams take too long to find is refused as a whole, also where it is the amended one."""
    monkeypatch.setattr(program, "MAX_STEPS", 10)
    for name in ("tiny", "supplement"):
        with pytest.raises(TimeoutError, match="over 10 steps"):
            program.verify(str(VECTORS / "draw" / name), None)
        assert program.main([str(VECTORS / "draw" / name)]) == 3
        assert "steps" in capsys.readouterr().out


def test_order_of_domains_in_a_result_is_left_to_the_checks() -> None:
    """A selection whose domains stand in another order is well formed, and a MISMATCH."""
    result = json.loads(TINY["result.json"])
    drawn = next(of for of in result["selection"] if len(of["drawn"]) > 1)
    drawn["drawn"].reverse()
    assert judge({**TINY, "result.json": canonical(result)})["SELECT-1"] == "MISMATCH"


def test_what_is_shown_cannot_steer_the_screen(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Control characters and changes of direction in a bundle are shown as escapes."""
    path = write_folder(tmp_path, with_commitment(bureau="\x1b[2J\u202egnp", slot="2026-12/tiny"))
    assert program.main([str(path)]) == 6
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert r"\u001b[2J\u202egnp" in shown


def test_odd_receipts_are_refused(tmp_path: Path) -> None:
    """A file that begins like a receipt and is none is refused, however it goes on."""
    for data in (
        b"{",
        b"{}",
        b'{"format":"receipt-v1"}',
        b"{" * 100_000,
        b'{"visits":[]}',
        b'{"format":"receipt-v1","frame":[]}',
    ):
        (tmp_path / "receipt.json").write_bytes(data)
        assert "receipt" in verdicts(tmp_path / "receipt.json")["refused"]
    assert set(BEYOND) == {"SIGN-1", "ORDER-1"}
