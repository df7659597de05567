"""What a proof of a month says: each rule, how often it was compared, and every difference with what was expected and what was found.

What does not live here: the comparisons themselves (``visits``, ``issues``, ``papers``), and reading the store (``acts.publish.check``).

Rules:

PROOF-1  Every drawn visit of a month is in exactly one of result, supplement, cancelled, carried over. While the month runs, those
         that await approval, are planned, open or held by a supplement are told as not finished; they are no difference.
PROOF-2  A visit is recorded exactly where a version of its result stands (the newest that was not returned), the versions count from 1
         without a gap, and the rows by domain are those of that version.
PROOF-3  Every draw holds against its own commitment: each check of its bundle that can be made is VERIFIED.
PROOF-4  The document numbers of a series run from 1 without gaps and doubles in each year; the versions of a notice count from 1, the
         first published, each later one with its kind of change, none before the one that it replaces.
PROOF-5  A notice names the digests of its draw's bundle: commitment, roots, and once it is drawn seed and result; and no digest that the
         bundle does not have.
PROOF-6  The numbers in a notice are those counted from the bundle and the store: base, due, drawn and checked by domain and stratum,
         exclusions by reason, progress, classes of results.
PROOF-7  The lines of a notice of results are its entries in their places: company, day, results and methods are those of the version of
         the result that the entry names, which was approved; an entry that is no longer shown is a stub without name, number and result. A
         notice of a correction tells of each line what the version before and the one after say.
PROOF-8  A notice's Chinese and English sources have the same document number, digests, and numbers in their tables.
PROOF-9  An approved result that no notice names is told as not published; a notice names no visit without an approved result.
PROOF-10 The figures of a month's statistics are those counted anew from frozen results and rows, as they stood on the day of the
         notice, or of its newest correction; what happened on that very day may be in them or not.
PROOF-11 The bases, numbers and digests of a month's plan are those of the commitments that it names; the rows of the year's list of matters
         are those of the registry, as long as no matter was changed since the list was published or last corrected.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from collections.abc import Mapping


class ProofId(StrEnum):
    """The rules of a proof, in their order."""

    ENDS = "PROOF-1"
    VERSIONS = "PROOF-2"
    BUNDLE = "PROOF-3"
    NUMBERS = "PROOF-4"
    DIGESTS = "PROOF-5"
    COUNTS = "PROOF-6"
    LINES = "PROOF-7"
    LANGUAGES = "PROOF-8"
    NAMED = "PROOF-9"
    MONTH = "PROOF-10"
    LISTS = "PROOF-11"

    @property
    def label(self) -> Label:
        """Say in a few words what is compared."""
        return _LABELS[self]


_LABELS: Final = {
    ProofId.ENDS: Label(zh="每次抽中的检查各有且只有一个去向", en="each drawn visit has exactly one end"),
    ProofId.VERSIONS: Label(zh="检查结果与其现行版本一致", en="results are those of their version in force"),
    ProofId.BUNDLE: Label(zh="抽取与承诺相符", en="draws hold against their commitments"),
    ProofId.NUMBERS: Label(zh="文号连续、版本成链", en="document numbers and versions are whole"),
    ProofId.DIGESTS: Label(zh="公告中的摘要与核验包一致", en="digests in notices are the bundle's"),
    ProofId.COUNTS: Label(
        zh="公告中的数字与核验包、台账一致", en="numbers in notices are the bundle's and the store's"
    ),
    ProofId.LINES: Label(zh="公告中的条目与检查结果一致", en="lines in notices are the results"),
    ProofId.LANGUAGES: Label(zh="中英文公告的数字一致", en="both languages say the same numbers"),
    ProofId.NAMED: Label(zh="只公示已审核的检查结果", en="notices name approved results alone"),
    ProofId.MONTH: Label(zh="月度通报的数字与重新统计一致", en="a month's statistics are those counted anew"),
    ProofId.LISTS: Label(zh="计划和事项清单与承诺、名录库一致", en="plan and matters are the store's"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that is not as it must be: where (a visit, a notice and its language), what, what was expected, what was found."""

    where: str
    what: Label
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One rule: how many comparisons were made, what could not be compared, and the differences in the order in which they were found."""

    id: ProofId
    compared: int
    unchecked: tuple[str, ...]
    differences: tuple[Difference, ...]


class Standing(StrEnum):
    """Where a drawn visit stands for a proof; the first four are ends (PROOF-1)."""

    RESULT = "result"
    SUPPLEMENT = "supplement"
    CANCELLED = "cancelled"
    CARRIED_OVER = "carried-over"
    AWAITING = "awaiting"
    PLANNED = "planned"
    OPEN = "open"

    @property
    def label(self) -> Label:
        """Say the standing in the words of the field."""
        return _STANDINGS[self]

    @property
    def is_end(self) -> bool:
        """Say whether the visit has ended."""
        return self not in {Standing.AWAITING, Standing.PLANNED, Standing.OPEN}


_STANDINGS: Final = {
    Standing.RESULT: Label(zh="已有结果", en="result"),
    Standing.SUPPLEMENT: Label(zh="已补充抽取", en="drawn again"),
    Standing.CANCELLED: Label(zh="已取消", en="cancelled"),
    Standing.CARRIED_OVER: Label(zh="已结转", en="carried over"),
    Standing.AWAITING: Label(zh="待审核", en="awaiting approval"),
    Standing.PLANNED: Label(zh="待检查", en="planned"),
    Standing.OPEN: Label(zh="未能排定", en="open"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthProof:
    """The proof of a month: its rules, where its visits stand, and how many approved results no notice names."""

    period: str
    proofs: tuple[Proof, ...]
    standings: Mapping[Standing, int]
    unpublished: int
    notices: int

    @property
    def differences(self) -> int:
        """Count the differences of all rules."""
        return sum(len(proof.differences) for proof in self.proofs)

    @property
    def is_finished(self) -> bool:
        """Say whether every visit has its end, and every result its notice."""
        return not self.unpublished and all(standing.is_end for standing, count in self.standings.items() if count)


@dataclass(slots=True)
class Findings:
    """Gathers what comparisons find."""

    compared: Counter[ProofId] = field(default_factory=Counter)
    found: dict[ProofId, list[Difference]] = field(default_factory=dict)
    open: dict[ProofId, list[str]] = field(default_factory=dict)

    def compare(self, id: ProofId, where: str, what: Label, pair: tuple[object, object]) -> bool:
        """Compare what was expected (first) with what was found, and keep the difference; say whether they are the same."""
        expected, found = pair
        self.compared[id] += 1
        if expected == found:
            return True
        self.found.setdefault(id, []).append(
            Difference(where=where, what=what, expected=_say(expected), found=_say(found))
        )
        return False

    def leave(self, id: ProofId, where: str) -> None:
        """Note what could not be compared."""
        self.open.setdefault(id, []).append(where)

    def proofs(self) -> tuple[Proof, ...]:
        """Give all rules in their order."""
        return tuple(
            Proof(
                id=id,
                compared=self.compared[id],
                unchecked=tuple(self.open.get(id, ())),
                differences=tuple(self.found.get(id, ())),
            )
            for id in ProofId
        )


def _say(value: object) -> str:
    """Write what was compared, for a table."""
    match value:
        case None:
            return "—"
        case tuple() | frozenset() | set() | list():
            each = value if isinstance(value, tuple | list) else sorted(value, key=str)
            return " | ".join(map(_say, each)) or "—"
        case _:
            return str(value) or "—"
