"""Gathering what statistics, plans and lists of matters are proven with. What is compared is ``core.publish.proof``'s matter.

Nothing is changed here, and nothing goes the way by which the statistics were made (``month_numbers``) but the last days of results, which
``notice due`` lists.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chains
from inspect_cli.acts.publish.due import read_books
from inspect_cli.acts.publish.traced import count_visits, read_proven_draw
from inspect_cli.acts.visit.schedule import find_run
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.names import Period, Slot
from inspect_cli.core.period import month_of, year_of
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.core.publish.labels import label_domain
from inspect_cli.core.publish.line_duties import find_result_duties
from inspect_cli.core.publish.proof.expected import Words
from inspect_cli.core.publish.proof.figures import CountedDraws, Figures, Timely, count_figures
from inspect_cli.core.publish.proof.lists import find_listed
from inspect_cli.core.publish.proof.stands import Bounds, Moment
from inspect_cli.core.publish.proof.statistics import ProvenMonth
from inspect_cli.core.visit.review import find_approved
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import DrawState, find_heads
from inspect_cli.storage.notices import find_announced_versions
from inspect_cli.storage.registries import find_matters
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.names import Domain
    from inspect_cli.core.publish.duties import Books
    from inspect_cli.core.publish.issued import Issued, IssuedVersion
    from inspect_cli.core.registry.matter import Matter


def count_month_anew(session: Session, bureau: Bureau, notice: Issued, version: IssuedVersion) -> ProvenMonth | None:
    """Count a month as it stood when a version of its statistics was made; None where a draw that it counted was declared void since."""
    period = Period(notice.period or "")
    before = Period(f"{year_of(period) - 1:04}-{month_of(period):02}")
    # A correction counts what was published until the notice that announces it, not only until the statistics first were.
    number = notice.number if version.by is None else version.by
    moment = Moment(day=version.day, clock=datetime.fromisoformat(version.clock), number=number)
    if _has_void_since(session, {period, before}, moment):
        return None
    books = read_books(session, bureau, moment.number)
    moment = replace(moment, ahead=_find_ahead(session, books, moment))
    now = _count(session, books, period, moment)
    if now is None:
        return None
    return ProvenMonth(
        now=now,
        before=_count(session, books, before, moment),
        words=words_of(bureau, now.domains),
        has_own_templates=bureau.documents.templates is not None,
    )


def gather_commitments(session: Session, notice: Issued) -> tuple[Commitment, ...]:
    """Gather the commitments of the first draws of the month that a plan is about."""
    firsts = (chain.first for chain in find_chains(session, Period(notice.period or "")))
    return tuple(parse_commitment(first.commitment) for first in firsts)


def gather_matters(session: Session, notice: Issued, version: IssuedVersion) -> tuple[Matter, ...] | None:
    """Gather the matters that are on a list; None where a matter was changed since that version of it was made."""
    told = datetime.fromisoformat(version.clock)
    since = (act for act in find_acts(session, act="matter", since=version.day))
    if any(act.day > version.day or datetime.fromisoformat(act.clock) >= told for act in since):
        return None
    return find_listed(find_matters(session, include_retired=True), notice.period or "")


def words_of(bureau: Bureau, domains: Iterable[Domain]) -> Words:
    """Give the bureau's words for domains, as papers write them."""
    return Words(domains={domain: label_domain(bureau, domain) for domain in domains}, show=visible)


def _has_void_since(session: Session, periods: set[Period], moment: Moment) -> bool:
    voided = {Slot(act.subject): act.day for act in find_acts(session, act="draw void")}
    slots = [head.slot for head in find_heads(session) if head.period in periods and head.state is DrawState.VOID]
    return any(voided.get(slot, date.min) >= moment.day for slot in slots)


def _find_ahead(session: Session, books: Books, moment: Moment) -> frozenset[tuple[int, date]]:
    """Find what earlier numbers withdrew on later days: the notice and the day."""
    changes = (one for one in books.notices.values() if one.kind is NoticeKind.CHANGE and one.number < moment.number)
    return frozenset(
        (version.notice, version.day)
        for one in changes
        if one.day > moment.day
        for version in find_announced_versions(session, one.number)
        if version.action is IssueAction.WITHDRAWN
    )


def _count(session: Session, books: Books, period: Period, moment: Moment) -> Figures | None:
    chains = [chain for chain in find_chains(session, period) if chain.drawn]
    days = {record.slot: find_run(session, record.slot).day for chain in chains for record in chain.drawn}
    chains = [chain for chain in chains if days[chain.first.slot] <= moment.day]
    if not chains:
        return None
    visits = tuple(visit for chain in chains for record in chain.drawn for visit in count_visits(session, record))
    draws = CountedDraws(
        firsts={chain.first.slot: read_proven_draw(chain.first) for chain in chains},
        supplements={chain.first.slot: tuple(days[record.slot] for record in chain.drawn[1:]) for chain in chains},
        visits=visits,
        timely=_count_timely(books, period, moment),
    )
    return count_figures(draws, moment)


def _count_timely(books: Books, period: Period, moment: Moment) -> Timely:
    """Count how punctually results had been published by the notices before, and how many were late and not published (DUE-8)."""
    earlier = {notice.document for notice in books.notices.values() if notice.number < moment.number}
    duties = [duty for duty in find_result_duties(books) if duty.period == period]
    told = [duty for duty in duties if duty.document in earlier]
    late = sum(duty.count for duty in told if duty.is_late)
    in_time = [duty for duty in told if duty.due is not None and not duty.is_late]
    published, at_most = sum(duty.count for duty in told), sum(duty.count for duty in in_time)
    certain = sum(duty.count for duty in in_time if duty.due is not None and duty.due.year <= moment.day.year)
    rest = (duty for duty in duties if duty.document not in earlier and not duty.is_earlier)
    missed = sum(duty.count for duty in rest if duty.due is not None and duty.due < moment.day)
    # What was recorded on that day or since may not have been known; what ended since without a result is not due any more.
    results = {visit: versions for visit, versions in books.results.items() if books.months[visit[0]] == period}
    new = sum(versions[0].day >= moment.day for versions in results.values())
    ended = sum(visit in books.ended and find_approved(versions) is None for visit, versions in results.items())
    return Timely(
        in_time=Bounds(least=certain, most=at_most),
        undated=Bounds(least=published - late - at_most, most=published - late - certain),
        late=late,
        overdue=Bounds(least=max(missed - new, 0), most=missed + ended),
    )
