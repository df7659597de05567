"""Proving a month: its published notices against the store and the bundles. What is compared is ``core.publish.proof``'s matter.

Nothing is changed here. A notice or a bundle that cannot be read is a difference; a draw whose frozen bytes cannot be read is damage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.acts.draw.bundle import bundle_members
from inspect_cli.acts.publish.check_month import count_month_anew, gather_commitments, gather_matters, words_of
from inspect_cli.acts.publish.gathered import find_history
from inspect_cli.acts.publish.traced import count_visits, read_proven_draw, trace_visits
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.proof.expected import LANGUAGES
from inspect_cli.core.publish.proof.issues import compare_entries, compare_serials, compare_versions
from inspect_cli.core.publish.proof.lists import ProvenList, compare_matters, compare_plans
from inspect_cli.core.publish.proof.paper import Paper, read_paper
from inspect_cli.core.publish.proof.papers import ProvenChain, ProvenNotice, compare_notice
from inspect_cli.core.publish.proof.report import Findings, MonthProof, ProofId
from inspect_cli.core.publish.proof.statistics import compare_month
from inspect_cli.core.publish.proof.visits import TracedVisit, compare_visits
from inspect_cli.core.publish.version import is_withdrawn
from inspect_cli.core.schedule import find_name
from inspect_cli.core.verify.checks import judge
from inspect_cli.core.verify.shape import members_of
from inspect_cli.core.visit.result import Label
from inspect_cli.core.visit.review import find_approved
from inspect_cli.errors import InspectError, UsageMistake, say
from inspect_cli.files.documents.reading import read_document
from inspect_cli.proofs import PROVERS
from inspect_cli.storage.draws import DrawState, find_draws
from inspect_cli.storage.notice_heads import find_withdrawn
from inspect_cli.storage.notices import find_entries, find_issued_versions, find_notices
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, EntityId, Period, Slot
    from inspect_cli.core.publish.issued import Entry, Issued, IssuedVersion
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store

_SOURCE: Final = Label(zh="公告原文", en="the notice's source")
_HOLDS: Final = Label(zh="核验", en="verification")


def prove_month(store: Store, bureau: Bureau, period: Period, advance: Callable[[int], None]) -> MonthProof:
    """Prove a month; ``UsageMistake`` where nothing was drawn in it. ``advance`` is told each draw that was verified."""
    findings = Findings()
    with store.reading() as session:
        records = find_draws(session, period)
        if not records:
            raise UsageMistake(
                say("there is no draw in {period}", period=period),
                hint=say("see the draws there are with inspect-cli draw list"),
            )
        visits = trace_visits(session, records)
        drawn: dict[Slot, set[EntityId]] = {}
        for visit in visits:
            if visit.is_drawn:
                drawn.setdefault(visit.slot, set()).add(visit.entity)
        standings = compare_visits(findings, visits, {slot: frozenset(each) for slot, each in drawn.items()})
        notices = find_notices(session)
        compare_serials(findings, notices)
        count = _compare_notices(session, bureau, findings, (records, visits, notices))
        unpublished = _count_unpublished(session, visits)
    for record in records:
        if record.result is not None:
            _verify(store, findings, record.slot)
            advance(1)
    return MonthProof(
        period=period, proofs=findings.proofs(), standings=standings, unpublished=unpublished, notices=count
    )


def _verify(store: Store, findings: Findings, slot: Slot) -> None:
    """Make every check of a draw's bundle (PROOF-3)."""
    try:
        report = judge(members_of(bundle_members(store, slot)), PROVERS).report
        found = tuple(f"{check.id.value} {check.verdict.value}" for check in report.mismatches)
    except InspectError as error:
        found = (str(error),)
    findings.compare(ProofId.BUNDLE, slot, _HOLDS, ((), found))


def _compare_notices(
    session: Session,
    bureau: Bureau,
    findings: Findings,
    known: tuple[Iterable[DrawRecord], tuple[TracedVisit, ...], tuple[Issued, ...]],
) -> int:
    """Compare the month's notices with their draws; give how many there are."""
    records, visits, notices = known
    slots = {record.slot: record for record in records}
    kinds = {notice.number: notice.kind for notice in notices}
    versions = {notice.number: find_issued_versions(session, notice.number) for notice in notices}
    ours = [notice for notice in notices if notice.slot in slots]
    changes = {version.by for notice in ours for version in versions[notice.number]}
    ours += [notice for notice in notices if notice.number in changes or _is_of(notice, slots)]
    chains: dict[Slot | None, ProvenChain] = {}
    for notice in ours:
        entries = sorted(find_entries(session, notice=notice.number), key=lambda entry: entry.place)
        compare_versions(findings, notice, versions[notice.number], kinds)
        compare_entries(findings, notice, versions[notice.number], entries)
        papers = _read_papers(findings, notice, versions[notice.number])
        if papers is None:
            continue
        slot = notice.slot or (entries[0].slot if entries else next(iter(slots)))
        if slot not in chains:
            history = find_history(session, slots[slot])
            chains[slot] = _read_chain(session, bureau, history, visits)
        proven = _proven(notice, versions[notice.number], (tuple(entries), papers))
        compare_notice(findings, chains[slot], proven)
        if proven.is_whole:
            _compare_periodic(session, bureau, findings, proven)
    return len(ours)


def _compare_periodic(session: Session, bureau: Bureau, findings: Findings, proven: ProvenNotice) -> None:
    """Compare a notice that is about a month or a year, as it was corrected last: statistics (PROOF-10), a plan or matters (PROOF-11)."""
    notice, version, document = proven.notice, proven.versions[-1], proven.notice.document
    if notice.kind is NoticeKind.STATISTICS:
        month = count_month_anew(session, bureau, notice, version)
        if month is None:
            findings.leave(ProofId.MONTH, document)
        else:
            compare_month(findings, month, proven.papers, document)
    elif notice.kind is NoticeKind.PLAN:
        commitments = gather_commitments(session, notice)
        domains = {quota.domain for one in commitments for quota in one.quotas}
        compare_plans(findings, _list_of(bureau, proven, domains), commitments)
    elif notice.kind is NoticeKind.MATTERS:
        matters = gather_matters(session, notice, version)
        if matters is None:
            findings.leave(ProofId.LISTS, document)
        else:
            compare_matters(findings, _list_of(bureau, proven, {one.domain for one in matters}), matters)


def _list_of(bureau: Bureau, proven: ProvenNotice, domains: Iterable[Domain]) -> ProvenList:
    return ProvenList(
        document=proven.notice.document,
        papers=proven.papers,
        words=words_of(bureau, domains),
        is_free=bureau.documents.templates is not None,
    )


def _is_of(notice: Issued, slots: dict[Slot, DrawRecord]) -> bool:
    """Say whether a notice without a draw is about the month, or is the list of matters of its year."""
    if notice.slot is not None or notice.period is None:
        return False
    periods = {record.period for record in slots.values()}
    is_list = notice.kind is NoticeKind.MATTERS and any(period.startswith(notice.period[:4]) for period in periods)
    return is_list or notice.period in periods


def _proven(
    notice: Issued, versions: tuple[IssuedVersion, ...], content: tuple[tuple[Entry, ...], dict[str, Paper]]
) -> ProvenNotice:
    entries, papers = content
    return ProvenNotice(
        notice=notice, versions=versions, entries=entries, papers=papers, is_whole=not is_withdrawn(versions, entries)
    )


def _read_papers(findings: Findings, notice: Issued, versions: tuple[IssuedVersion, ...]) -> dict[str, Paper] | None:
    """Read the newest version of a notice from its frozen sources; None where one cannot be read."""
    papers: dict[str, Paper] = {}
    for language in LANGUAGES:
        where = f"{notice.document} ({language})"
        if not versions:
            return None
        source = versions[-1].zh if language == "zh" else versions[-1].en
        try:
            papers[language] = read_paper(read_document(source, language, file=where))
        except InspectError as error:
            findings.compare(ProofId.LANGUAGES, where, _SOURCE, ("", str(error)))
            return None
    return papers


def _read_chain(
    session: Session, bureau: Bureau, history: tuple[DrawRecord, ...], visits: tuple[TracedVisit, ...]
) -> ProvenChain:
    """Read a chain from its frozen bytes, and what became of its visits."""
    drawn = [record for record in history if record.result is not None and record.state is not DrawState.VOID]
    draws = {record.slot: read_proven_draw(record) for record in history}
    rows = {row.id: row for draw in draws.values() for row in draw.entities}
    domains = {domain for draw in draws.values() for row in draw.entities for domain in row.domains}
    return ProvenChain(
        draws=draws,
        names={id: visible(find_name(row)).strip() for id, row in rows.items()},
        rows=rows,
        visits=tuple(visit for visit in visits if visit.slot in draws),
        counted=tuple(visit for record in drawn for visit in count_visits(session, record)),
        words=words_of(bureau, domains),
        has_own_templates=bureau.documents.templates is not None,
    )


def _count_unpublished(session: Session, visits: tuple[TracedVisit, ...]) -> int:
    """Count the approved results that no notice has named yet, or only one that was withdrawn whole (PROOF-9)."""
    entries = [entry for entry in find_entries(session) if not entry.is_name]
    gone = find_withdrawn(session) - {entry.notice for entry in entries if entry.is_shown}
    named = {(entry.slot, entry.entity) for entry in entries if entry.notice not in gone}
    approved = ((visit.slot, visit.entity) for visit in visits if find_approved(visit.versions) is not None)
    return sum(visit not in named for visit in approved)
