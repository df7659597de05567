"""Correcting a published notice that lists no results: a plan that changed, a list of matters, a draw that is void since.

What it says otherwise is ``core.publish.amended``'s matter; results are ``correct``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.acts.publish.announced import (
    Changed,
    Told,
    keep_change,
    log_change,
    nothing_more,
    require_basis,
    require_seen,
)
from inspect_cli.acts.publish.batch import is_withdrawn_whole
from inspect_cli.acts.publish.issue import require_leave
from inspect_cli.acts.publish.kept import require_notice
from inspect_cli.acts.publish.renewal import Papers, Reasoned, Scene, render_now, renew_notice
from inspect_cli.core import people
from inspect_cli.core.publish.amended import list_text_changes
from inspect_cli.core.publish.change import Touched
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.files.documents.reading import read_document
from inspect_cli.storage.draws import DrawState
from inspect_cli.storage.notices import find_notices

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.core.names import Slot
    from inspect_cli.core.people import Actor, Approval
    from inspect_cli.core.publish.blocks import Document
    from inspect_cli.core.publish.lines import TextChange
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendOrder:
    """Which notice is corrected; the approval's reason and the basis are published.

    ``seen`` is what somebody saw and said yes to; None: nobody was asked.
    """

    papers: Papers
    document: str
    approval: Approval
    basis: str
    seen: tuple[TextChange, ...] | None = None


def amend_notice(store: Store, actor: Actor, order: AmendOrder) -> Changed:
    """Publish what a notice without results says otherwise by now (AMEND-1), and a notice (⑥) of what is corrected.

    Nothing is published where it says the same. Raises ``UsageMistake`` where there is no such notice, ``RefusedError`` where it cannot be
    made anew, the second person may not give leave, or the actor is no publisher.
    """
    bureau = order.papers.bureau
    require_leave(bureau, actor)
    with store.transaction() as session:
        kept = require_notice(session, order.document)
        texts = find_text_changes(session, order.papers, kept, actor.day)
        require_seen(order.seen, texts, kept.notice.document)
        if not texts:
            return Changed(notice=kept.notice, version=kept.newest, entries=(), announced=None, is_new=False)
        people.require_second_person(bureau.people, actor, order.approval)
        require_basis(order.basis)
        why = Reasoned(
            action=IssueAction.CORRECTED,
            reason=order.approval.reason,
            basis=order.basis,
            approver=order.approval.approver,
        )
        scene = Scene(session=session, actor=actor, papers=order.papers)
        announced = keep_change(scene, kept, why, Told(touched=Touched(texts=texts)))
        version = renew_notice(scene, kept.notice.document, replace(why, by=announced.notice))
        changed = Changed(notice=kept.notice, version=version, entries=(), announced=announced, is_new=True)
        log_change(scene, changed, [], order.approval)
    return changed


def find_text_changes(session: Session, papers: Papers, kept: KeptNotice, today: date) -> tuple[TextChange, ...]:
    """Find what a notice without results would say otherwise if it were made anew (AMEND-1), statistics as of today.

    ``RefusedError`` where it shows its title alone, tells of a change itself, or what it is about is no more.
    """
    document = kept.notice.document
    if kept.is_withdrawn:
        raise nothing_more(document)
    if kept.notice.kind is NoticeKind.RESULT:
        raise ValueError(kept.notice)
    if kept.notice.kind is NoticeKind.CHANGE:
        raise RefusedError(
            say("{document} tells of a change itself: it is not corrected", document=document),
            hint=say("see what it changed: inspect-cli notice show {document}", document=document),
        )
    newest = kept.newest
    if render_now(session, papers, kept, newest.day) == (newest.zh, newest.en):
        return ()
    return list_text_changes(_read(newest.zh, newest.en), _read(*render_now(session, papers, kept, today)))


def find_outdated(session: Session, papers: Papers, kept: KeptNotice) -> tuple[TextChange, ...]:
    """Find what a notice that stands should say otherwise by now; of one of a draw only where that is void since, of results nothing."""
    is_of_results = kept.notice.kind is NoticeKind.RESULT
    slot = kept.notice.slot
    if is_of_results or (slot is not None and require_draw(session, slot).state is not DrawState.VOID):
        return ()
    try:
        return find_text_changes(session, papers, kept, kept.newest.day)
    except (RefusedError, UsageMistake):  # What it is about is no more: it can only be withdrawn.
        return ()


def read_standing(store: Store, slot: Slot) -> tuple[str, ...]:
    """Read the document numbers of the notices of a draw that are shown, in the order in which they were published."""
    with store.reading() as session:
        return tuple(one.document for one in find_notices(session, slot=slot) if not is_withdrawn_whole(session, one))


def read_outdated(store: Store, papers: Papers, document: str) -> tuple[TextChange, ...]:
    """Read what a notice that stands should say otherwise by now; raises as ``require_notice``."""
    with store.reading() as session:
        return find_outdated(session, papers, require_notice(session, document))


def read_text_changes(store: Store, papers: Papers, document: str, today: date) -> tuple[TextChange, ...]:
    """Read what a notice would say otherwise if it were corrected; raises as ``find_text_changes``."""
    with store.reading() as session:
        return find_text_changes(session, papers, require_notice(session, document), today)


def _read(zh: str, en: str) -> tuple[Document, Document]:
    return read_document(zh, "zh"), read_document(en, "en")
