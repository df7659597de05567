"""The kinds of changes that the tamper suite makes, and what is known of each beforehand, whatever member it falls on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.attacks import cheating, rewriting, tampering
from tests.attacks.rewriting import of_rows
from tests.attacks.tampering import Nothing, of_bytes, of_lists, of_values
from tests.random_draws import Chance

if TYPE_CHECKING:
    from tests.attacks.tampering import Files, Inventor

TRIES = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change; whether it is always refused, or of which check it always is the only MISMATCH."""

    invent: Inventor
    is_refused: bool = False
    mismatches: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change that was made: its kind, its name (by which it is made again), what it did, and what it left."""

    kind: str
    name: str
    what: str
    files: Files


def only(*checks: str) -> frozenset[str]:
    """Name the checks that must be a MISMATCH."""
    return frozenset(checks)


BY_FAMILY: dict[str, dict[str, Kind]] = {
    "bytes": {
        "byte put in": Kind(of_bytes(tampering.put_in)),
        "byte left out": Kind(of_bytes(lambda _, data, at: data[:at] + data[at + 1 :])),
        "byte overwritten": Kind(of_bytes(tampering.overwritten)),
        "neighbouring bytes exchanged": Kind(
            of_bytes(lambda _, data, at: data[:at] + data[at : at + 2][::-1] + data[at + 2 :])
        ),
        "stretch of bytes doubled": Kind(of_bytes(tampering.doubled_stretch)),
        "stretch of bytes left out": Kind(
            of_bytes(lambda chance, data, at: data[:at] + data[at + 1 + chance.below(60) :])
        ),
        "end cut off": Kind(of_bytes(lambda _, data, at: data[:at])),
        "bytes behind the end": Kind(
            of_bytes(lambda chance, data, _: data + chance.one(tampering.PIECES)), is_refused=True
        ),
    },
    "spelling": {"spelling": Kind(rewriting.spelled, is_refused=True)},
    "values": {
        "value of another type": Kind(of_values(tampering.of_another_type)),
        "odd value": Kind(of_values(tampering.odd_value)),
        "text": Kind(of_values(tampering.another_text)),
        "number": Kind(of_values(tampering.another_number)),
        "truth value": Kind(of_values(tampering.another_flag), mismatches=only("FRAME-1")),
        "number and truth value": Kind(of_values(tampering.number_and_flag), is_refused=True),
        "value from elsewhere": Kind(tampering.value_from_elsewhere),
        "values exchanged": Kind(of_values(tampering.values_swapped)),
        "key dropped": Kind(of_values(tampering.key_dropped)),
        "key renamed": Kind(of_values(tampering.key_renamed)),
        "key added": Kind(of_values(tampering.key_added)),
        "element dropped": Kind(of_lists(lambda chance, inner: inner.pop(chance.below(len(inner))))),
        "element doubled": Kind(
            of_lists(lambda chance, inner: inner.insert(chance.below(len(inner)), chance.one(inner)))
        ),
        "element moved": Kind(of_lists(lambda chance, inner: inner.insert(chance.below(len(inner)), inner.pop()))),
        "elements exchanged": Kind(of_lists(tampering.element_swapped)),
        "list backwards": Kind(of_lists(lambda _, inner: inner.reverse())),
        "list emptied": Kind(of_lists(lambda _, inner: inner.clear())),
    },
    "rows": {
        "row dropped": Kind(of_rows(rewriting.row_dropped), mismatches=only("FRAME-1")),
        "row doubled": Kind(of_rows(rewriting.row_doubled), is_refused=True),
        "rows exchanged": Kind(of_rows(rewriting.rows_swapped), is_refused=True),
        "row moved": Kind(of_rows(rewriting.row_moved), is_refused=True),
        "rows backwards": Kind(of_rows(lambda _, lines: lines.reverse()), is_refused=True),
        "row added": Kind(of_rows(rewriting.row_added)),
        "row under another id": Kind(of_rows(rewriting.row_renamed)),
        "values of two rows exchanged": Kind(of_rows(rewriting.row_values_swapped)),
        "end of a row": Kind(of_rows(rewriting.rows_joined), is_refused=True),
        "row of another draw": Kind(cheating.row_of_another),
    },
    "whole members": {
        "member dropped": Kind(cheating.member_dropped, is_refused=True),
        "member emptied": Kind(cheating.member_emptied),
        "member written twice": Kind(cheating.member_twice, is_refused=True),
        "member renamed": Kind(cheating.member_renamed, is_refused=True),
        "member added": Kind(cheating.member_added, is_refused=True),
        "members exchanged": Kind(cheating.members_exchanged, is_refused=True),
        "members of another draw": Kind(cheating.members_of_another),
    },
    "frame or commitment, and more put right": {
        "frame, and committed anew": Kind(cheating.frame_anew(0), mismatches=only("COMMIT-1")),
        "frame, and the commitment named": Kind(cheating.frame_anew(1), mismatches=only("SEED-3")),
        "frame, and the seed anew": Kind(cheating.frame_anew(2), mismatches=only("SELECT-1")),
        "frame, and drawn anew": Kind(cheating.frame_anew(3), mismatches=only("VISIT-1")),
        "frame, and all anew": Kind(cheating.frame_anew(4), mismatches=only()),
        "commitment, and it is named": Kind(cheating.commitment_anew(1)),
        "commitment, and the seed anew": Kind(cheating.commitment_anew(2)),
        "commitment, and drawn anew": Kind(cheating.commitment_anew(3)),
        "commitment, and all anew": Kind(cheating.commitment_anew(4)),
    },
    "entropy or selection, and more put right": {
        "dice": Kind(cheating.value_anew("dice", cheating.other_digit, 0), mismatches=only("SEED-3")),
        "dice, and the seed anew": Kind(
            cheating.value_anew("dice", cheating.other_digit, 2), mismatches=only("SELECT-1")
        ),
        "dice, and drawn anew": Kind(cheating.value_anew("dice", cheating.other_digit, 3), mismatches=only("VISIT-1")),
        "a die too few, and all anew": Kind(
            cheating.value_anew("dice", lambda _, old: old[:-1], 4), mismatches=only("SEED-2")
        ),
        "sealed text": Kind(cheating.value_anew("text", cheating.other_text, 0), mismatches=only("SEED-2", "SEED-3")),
        "sealed text, and all anew": Kind(
            cheating.value_anew("text", cheating.other_text, 4), mismatches=only("SEED-2")
        ),
        "promise in the entropy, and all anew": Kind(cheating.promise_changed),
        "friend spared": Kind(cheating.friend_spared, mismatches=only("SELECT-1")),
    },
}
KINDS = {name: kind for kinds in BY_FAMILY.values() for name, kind in kinds.items()}
FLIPPED = "byte flipped"
FAMILIES = {FLIPPED: "bytes", **{name: family for family, kinds in BY_FAMILY.items() for name in kinds}}


def make_change(files: Files, kind: str, name: str) -> Change:
    """Make the change of a kind and name; another turn where nothing comes of one."""
    for turn in range(TRIES):
        try:
            what, new = KINDS[kind].invent(Chance(f"{kind}, {name}, {turn}"), files)
        except (Nothing, LookupError, TypeError, AttributeError, ValueError):  # no such place in what chance chose
            continue
        if new != files:
            return Change(kind=kind, name=name, what=what, files=new)
    message = f"no change of the kind {kind} can be made of {name}"
    raise AssertionError(message)
