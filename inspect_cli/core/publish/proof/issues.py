"""Document numbers and versions of notices: PROOF-4. The rules stand in ``report``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.core.publish.proof.report import Findings, ProofId
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspect_cli.core.publish.issued import Entry, Issued, IssuedVersion

_SERIALS: Final = Label(zh="文号序号", en="serials")
_SERIAL: Final = Label(zh="文号中的序号", en="the serial in the document number")
_VERSIONS: Final = Label(zh="版本号", en="versions")
_ACTIONS: Final = Label(zh="首个版本为公示，其后为变更", en="first published, then changed")
_DAYS: Final = Label(zh="版本日期不倒退", en="days of the versions in order")
_BY: Final = Label(zh="变更公告", en="the notice of the change")
_PLACES: Final = Label(zh="条目序号", en="places of the entries")
_STATE: Final = Label(zh="条目状态出自某一版本", en="an entry's state comes of a version")


def compare_serials(findings: Findings, notices: Sequence[Issued]) -> None:
    """Compare the serials of every series and year with an unbroken count."""
    serials: dict[tuple[str, int], list[int]] = {}
    for notice in notices:
        serials.setdefault((notice.series, notice.year), []).append(notice.serial)
        parts = notice.document.replace(str(notice.year), "", 1)
        findings.compare(ProofId.NUMBERS, notice.document, _SERIAL, (True, str(notice.serial) in parts))
    for (series, year), found in sorted(serials.items()):
        count = tuple(range(1, max(found) + 1))
        findings.compare(ProofId.NUMBERS, f"{series} {year}", _SERIALS, (count, tuple(sorted(found))))


def compare_versions(
    findings: Findings, notice: Issued, versions: Sequence[IssuedVersion], kinds: Mapping[int, NoticeKind]
) -> None:
    """Compare the versions of a notice with a chain of them; ``kinds`` are those of all notices."""
    numbers = tuple(version.version for version in versions)
    wanted = tuple(range(1, max(numbers, default=1) + 1))
    findings.compare(ProofId.NUMBERS, notice.document, _VERSIONS, (wanted, numbers))
    first = tuple(version.action is IssueAction.PUBLISHED for version in versions)
    findings.compare(ProofId.NUMBERS, notice.document, _ACTIONS, (tuple(number == 1 for number in numbers), first))
    days = [version.day for version in versions]
    findings.compare(ProofId.NUMBERS, notice.document, _DAYS, (sorted(days), days))
    for version in versions:
        if version.by is not None:
            kind = kinds.get(version.by)
            found = None if kind is None else kind.value
            findings.compare(ProofId.NUMBERS, notice.document, _BY, (NoticeKind.CHANGE.value, found))


def compare_entries(
    findings: Findings, notice: Issued, versions: Sequence[IssuedVersion], entries: Sequence[Entry]
) -> None:
    """Compare the places of entries with an unbroken count, and their states with the versions that made them.

    In a notice of a change they have the places of the notice that it changes.
    """
    places = tuple(entry.place for entry in entries)
    if notice.kind is not NoticeKind.CHANGE:
        findings.compare(ProofId.NUMBERS, notice.document, _PLACES, (tuple(range(1, len(places) + 1)), places))
    made = {(version.action, version.day) for version in versions}
    if notice.kind is NoticeKind.DRAW:
        # It is corrected where a company that it names was withdrawn elsewhere (VERSION-6).
        corrected = {day for action, day in made if action is IssueAction.CORRECTED}
        made |= {(IssueAction.WITHDRAWN, day) for day in corrected}
    for entry in entries:
        where = f"{notice.document} {entry.entity}"
        is_made = (entry.state, entry.since) in made
        findings.compare(ProofId.NUMBERS, where, _STATE, (entry.state.value, entry.state.value if is_made else None))
