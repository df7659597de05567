"""Making the next version of a published notice, within the transaction of the act that changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.acts.publish.batch import find_result_notices
from inspect_cli.acts.publish.gathered import find_history
from inspect_cli.acts.publish.kept import require_notice
from inspect_cli.acts.publish.views import gather_view
from inspect_cli.core.publish.all_views import amend_view, sign_view
from inspect_cli.core.publish.change import (
    Announced,
    Touched,
    join_titles,
    list_amendments,
    view_change,
    view_withdrawn,
)
from inspect_cli.core.publish.dossier import Listing
from inspect_cli.core.publish.issued import IssueAction, IssuedVersion, NoticeKind, Subject, require_later
from inspect_cli.core.publish.lines import ChangedLine, ResultLine, StubLine
from inspect_cli.core.publish.view import ResultView
from inspect_cli.files.documents.reading import read_document
from inspect_cli.files.documents.template import render_source
from inspect_cli.storage.notices import add_issued_versions, find_announced_versions, find_notices
from inspect_cli.storage.results import find_outcome_versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from sqlmodel import Session

    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.publish.all_views import NoticeView
    from inspect_cli.core.publish.issued import Entry, Issued
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.core.visit.result import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Under which settings papers are made; ``folders`` are the bureau's own templates."""

    bureau: Bureau
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """Why a version is made: what was done, for what reason, on what basis, by whose leave, and the notice that announces it."""

    action: IssueAction
    reason: str | None = None
    basis: str | None = None
    approver: str | None = None
    by: Issued | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The transaction of an act, who acts, and under which settings."""

    session: Session
    actor: Actor
    papers: Papers


def renew_notice(scene: Scene, document: str, why: Reasoned) -> IssuedVersion:
    """Make and keep the next version of a notice as its lines stand now: they were changed before."""
    session, actor, papers = scene.session, scene.actor, scene.papers
    kept = require_notice(session, document)
    require_later(actor.day, [kept.newest.day])
    made = IssuedVersion(
        notice=kept.notice.number,
        version=kept.newest.version + 1,
        action=why.action,
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        publisher=actor.name,
        approver=why.approver,
        reason=why.reason,
        basis=why.basis,
        by=None if why.by is None else why.by.number,
        zh="",
        en="",
    )
    versions = (*kept.versions, made)
    documents = kept.documents | ({} if why.by is None else {why.by.number: why.by.document})
    zh, en = render_now(session, papers, replace(kept, versions=versions, documents=documents), actor.day)
    final = replace(made, zh=zh, en=en)
    add_issued_versions(session, (final,))
    return final


def render_now(session: Session, papers: Papers, kept: KeptNotice, day: date) -> tuple[str, str]:
    """Render a notice as its versions and lines stand, in Chinese and in English; ``day`` is that of a month's statistics."""
    kind, plain = _view_now(session, papers.bureau, kept, day)
    view = amend_view(
        sign_view(plain, kept.notice.document, kept.versions[0].day), list_amendments(kept.versions, kept.documents)
    )
    zh, en = (render_source(kind, view, language, papers.folders) for language in ("zh", "en"))
    return zh, en


def titles_of(kept: KeptNotice) -> tuple[Label, ...]:
    """Give the lines of a notice's title, as they were published, in both languages."""
    first = kept.versions[0]
    zh, en = (read_document(source, language).front.title for source, language in ((first.zh, "zh"), (first.en, "en")))
    return join_titles(zh, en)


def list_lines(
    session: Session, bureau: Bureau, slot: Slot, wanted: Sequence[tuple[Entry, int]]
) -> dict[EntityId, ResultLine]:
    """Make the lines of results as the public would read them, each of a version that is named, numbered as in their notice."""
    listing = Listing(entities=tuple(entry.entity for entry, _ in wanted), outcomes=_find_outcomes(session, wanted))
    view = gather_view(session, bureau, Subject(kind=NoticeKind.RESULT, slot=slot), listing)
    rows = view.rows if isinstance(view, ResultView) else ()
    return {
        entry.entity: replace(row, number=entry.place)
        for (entry, _), row in zip(wanted, rows, strict=True)
        if isinstance(row, ResultLine)
    }


def list_changes(
    session: Session, bureau: Bureau, slot: Slot, entries: Sequence[Entry]
) -> tuple[ChangedLine | StubLine, ...]:
    """Make the lines of a notice of a correction from its entries; what is no longer shown is a stub."""
    shown = [entry for entry in entries if entry.is_shown]
    before = list_lines(session, bureau, slot, [(entry, entry.replaced or 0) for entry in shown])
    after = list_lines(session, bureau, slot, [(entry, entry.outcome_version) for entry in shown])
    return tuple(
        ChangedLine(before=before[entry.entity], after=after[entry.entity])
        if entry.is_shown
        else StubLine(number=entry.place)
        for entry in entries
    )


def _view_now(session: Session, bureau: Bureau, kept: KeptNotice, day: date) -> tuple[str, NoticeView]:
    """Make the view of a notice as it is shown from now on, and say which template shows it."""
    if kept.is_withdrawn:
        return "withdrawn", view_withdrawn(bureau, titles_of(kept))
    notice, slot = kept.notice, kept.notice.slot
    if notice.kind is NoticeKind.CHANGE:
        return notice.kind.value, _view_correction(session, bureau, kept)
    if slot is None:
        subject = Subject(kind=notice.kind, period=notice.period, as_of=day)
        return notice.kind.value, gather_view(session, bureau, subject)
    chain = find_history(session, require_draw(session, slot))
    listing = Listing(
        entities=tuple(entry.entity for entry in kept.entries),
        unshown=frozenset(entry.entity for entry in kept.entries if not entry.is_shown),
        earlier=tuple(one.document for one in find_result_notices(session, chain) if one.number < notice.number),
        outcomes=_find_outcomes(session, [(entry, entry.outcome_version) for entry in kept.entries]),
    )
    return notice.kind.value, gather_view(session, bureau, Subject(kind=notice.kind, slot=slot), listing)


def _view_correction(session: Session, bureau: Bureau, kept: KeptNotice) -> NoticeView:
    """Make the view of a notice of a correction some of whose lines are no longer shown, as it was told then."""
    (version,) = (
        one for one in find_announced_versions(session, kept.notice.number) if one.action is IssueAction.CORRECTED
    )
    (notice,) = (one for one in find_notices(session, kind=NoticeKind.RESULT) if one.number == version.notice)
    old = require_notice(session, notice.document)
    if notice.slot is None:
        raise ValueError(notice)
    announced = Announced(
        action=version.action,
        document=notice.document,
        published=old.versions[0].day,
        titles=titles_of(old),
        reason=version.reason or "",
        basis=version.basis or "",
    )
    rows = list_changes(session, bureau, notice.slot, kept.entries)
    return view_change(bureau, announced, Touched(rows=rows))


def _find_outcomes(session: Session, wanted: Sequence[tuple[Entry, int]]) -> dict[EntityId, Outcome]:
    kept = {
        (one.slot, one.entity, one.version): one.outcome
        for slot in sorted({entry.slot for entry, _ in wanted})
        for one in find_outcome_versions(session, slot)
    }
    return {entry.entity: kept[entry.slot, entry.entity, version] for entry, version in wanted}
