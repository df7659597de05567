"""What would become public if a notice were published now, and what would not, and why. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.acts.publish.amend import find_outdated
from inspect_cli.acts.publish.batch import find_batch
from inspect_cli.acts.publish.due import find_due
from inspect_cli.acts.publish.gathered import find_approved_outcomes
from inspect_cli.acts.publish.issue import Published, find_standing, next_document
from inspect_cli.acts.publish.kept import require_notice
from inspect_cli.acts.publish.views import gather_view
from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.core.publish.deadline import count_days_left
from inspect_cli.core.publish.duties import PROTOCOL
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.lines import PublicCompany, ResultLine
from inspect_cli.core.publish.version import leave_recalled
from inspect_cli.core.publish.view import DrawView, ResultView
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.result import Label
from inspect_cli.storage.notice_heads import find_recalled
from inspect_cli.storage.notices import find_entries

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.publish.batch import Batch
    from inspect_cli.acts.publish.renewal import Papers
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.all_views import NoticeView
    from inspect_cli.core.publish.issued import Entry, Subject
    from inspect_cli.core.publish.lines import TextChange
    from inspect_cli.core.visit.ending import VisitInForce
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.engine import Store


class HeldBecause(StrEnum):
    """Why a visit of a chain would not become public."""

    AWAITING = "awaiting"
    NOT_RECORDED = "not-recorded"
    OPEN = "open"
    ENDED = "ended"
    NAMES = "names-not-published"
    PUBLISHED = "published"
    WITHHELD = "withheld"

    @property
    def label(self) -> Label:
        """Say the reason."""
        return _LABELS[self]


_LABELS: Final = {
    HeldBecause.AWAITING: Label(zh="结果待审核", en="the result awaits approval"),
    HeldBecause.NOT_RECORDED: Label(zh="结果未录入", en="no result is recorded"),
    HeldBecause.OPEN: Label(zh="未能排定", en="the visit has no day or team"),
    HeldBecause.ENDED: Label(zh="已取消或转入以后月份", en="cancelled or carried over"),
    HeldBecause.NAMES: Label(zh="计划不公示名单", en="the plan publishes no names"),
    HeldBecause.PUBLISHED: Label(zh="此前已公示", en="published before"),
    HeldBecause.WITHHELD: Label(zh="已停止公示", en="no longer shown"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A visit that would not become public, and why."""

    entity: EntityId
    reason: HeldBecause


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a notice would show that is not public yet.

    ``document`` is the number that it would get, ``standing`` what was published already where there is nothing new, and ``outdated``
    what that says otherwise by now. ``due`` is the last day by the rule ``basis``, ``left`` the working days until then, below 0 those
    since (None: no rule says, or the year is not known). ``named`` are the companies that it would name, in their lines, ``held`` the
    visits that it would not, sorted by reason; ``told`` are the results that it would tell.
    """

    subject: Subject
    document: str
    standing: Published | None
    outdated: tuple[TextChange, ...]
    due: date | None
    is_late: bool
    left: int | None
    basis: str
    view: NoticeView
    named: tuple[ResultLine | PublicCompany, ...]
    held: tuple[Held, ...]
    told: tuple[OutcomeVersion, ...]
    seen: frozenset[tuple[Slot, EntityId, int]]


def preview_notice(store: Store, papers: Papers, subject: Subject, today: date) -> Preview:
    """Say what would become public that is not public yet; raises as ``publish_notice`` would, but for who publishes."""
    bureau = papers.bureau
    with store.reading() as session:
        batch = find_batch(session, subject)
        standing = find_standing(session, subject, batch)
        view = gather_view(session, bureau, subject, batch.listing)
        due = find_due(session, bureau, subject, batch.versions)
        return Preview(
            subject=subject,
            document=next_document(session, bureau, today)[1] if standing is None else standing.notice.document,
            standing=standing,
            outdated=() if standing is None else _find_outdated(session, papers, standing),
            due=due,
            is_late=due is not None and due < today,
            left=None if due is None else count_days_left(calendar_of(session), due, today),
            basis=_find_basis(bureau, subject.kind),
            view=view,
            named=_name(view) if standing is None else (),
            held=_find_held(session, subject, view, batch),
            told=batch.versions if subject.kind is NoticeKind.RESULT else (),
            seen=batch.seen,
        )


def _find_outdated(session: Session, papers: Papers, standing: Published) -> tuple[TextChange, ...]:
    return find_outdated(session, papers, require_notice(session, standing.notice.document))


def _find_basis(bureau: Bureau, kind: NoticeKind) -> str:
    """Give the rule by which a notice has a last day, "" where none says."""
    match kind:
        case NoticeKind.COMMITMENT:
            return PROTOCOL
        case NoticeKind.DRAW:
            return bureau.publication.draw_working_days.basis
        case NoticeKind.RESULT:
            return bureau.result_working_days.basis
        case NoticeKind.STATISTICS:
            return bureau.publication.statistics_working_days.basis
        case _:
            return ""


def _name(view: NoticeView) -> tuple[ResultLine | PublicCompany, ...]:
    match view:
        case ResultView():
            return tuple(row for row in view.rows if isinstance(row, ResultLine))
        case DrawView():
            return tuple(company for company in view.companies if isinstance(company, PublicCompany))
        case _:
            return ()


def _find_held(session: Session, subject: Subject, view: NoticeView, batch: Batch) -> tuple[Held, ...]:
    """Find the visits of the chain that a notice of draw or results leaves out, sorted by reason and number."""
    if subject.slot is None or subject.kind not in {NoticeKind.DRAW, NoticeKind.RESULT}:
        return ()
    named = {one.entity for one in batch.versions}
    are_named = not isinstance(view, DrawView) or (view.names_published and view.head.again is None)
    # Of a draw's notice such a company is named again once another notice has told its result.
    held, recalled = [], find_recalled(session) if subject.kind is NoticeKind.RESULT else {}
    state = read_in_force(session, subject.slot)
    approved = {
        slot: find_approved_outcomes(session, slot) for slot in sorted({one.slot for one in state.visits.values()})
    }
    for visit in state.visits.values():
        reason = None if visit.entity in approved[visit.slot] else _find_reason(visit)
        if reason is None and visit.entity not in named:
            entries = leave_recalled(find_entries(session, slot=visit.slot, entity=visit.entity), recalled)
            reason = _find_told([one for one in entries if one.replaced is None])
        if not are_named:
            reason = HeldBecause.NAMES
        if reason is not None:
            held.append(Held(entity=visit.entity, reason=reason))
    order = list(HeldBecause)
    return tuple(sorted(held, key=lambda one: (order.index(one.reason), one.entity.encode())))


def _find_told(entries: list[Entry]) -> HeldBecause:
    """Say why an approved result is not told: it was told before, or a correction of it awaits approval (ISSUE-6)."""
    if not entries:
        return HeldBecause.AWAITING
    return HeldBecause.PUBLISHED if any(one.is_shown for one in entries) else HeldBecause.WITHHELD


def _find_reason(visit: VisitInForce) -> HeldBecause:
    """Say what keeps a visit's result, of which nothing is approved, from being published."""
    if visit.end is not None:
        return HeldBecause.ENDED
    match visit.state:
        case VisitState.RECORDED:
            return HeldBecause.AWAITING
        case VisitState.OPEN:
            return HeldBecause.OPEN
        case VisitState.PLANNED:
            return HeldBecause.NOT_RECORDED
        case _:
            assert_never(visit.state)
