"""Publishing notices: each gets the next document number, and is kept as it was published. Its later versions are ``change``'s matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.acts.publish.batch import find_batch, find_result_notices, is_withdrawn_whole
from inspect_cli.acts.publish.due import find_due
from inspect_cli.acts.publish.gathered import find_history, find_namings, find_withheld
from inspect_cli.acts.publish.views import gather_view
from inspect_cli.core import people
from inspect_cli.core.names import Period, Slot
from inspect_cli.core.people import Role
from inspect_cli.core.period import last_day
from inspect_cli.core.publish.all_views import sign_view
from inspect_cli.core.publish.issued import NAME_ALONE, Entry, IssueAction, IssuedVersion, NoticeKind, require_later
from inspect_cli.core.publish.month_notice import MonthView
from inspect_cli.core.publish.number import next_serial, render_document_number
from inspect_cli.core.publish.view import CommitmentView, DrawView, ResultView
from inspect_cli.core.visit.review import is_by_one_person, require_other_publisher
from inspect_cli.errors import RefusedError, say
from inspect_cli.files.documents.template import render_source
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.notices import (
    NewNotice,
    add_entries,
    add_issued_versions,
    add_notice,
    find_entries,
    find_issued_versions,
    find_notices,
    find_serials,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from sqlmodel import Session

    from inspect_cli.acts.publish.batch import Batch
    from inspect_cli.core.bureau import Bureau, SoleTraders
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.people import Actor
    from inspect_cli.core.publish.all_views import NoticeView
    from inspect_cli.core.publish.issued import Issued, Subject
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store

SERIES: Final = "public"
"""The series of document numbers that all public notices share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOrder:
    """What is to be published; ``folders`` are the bureau's own templates.

    ``seen`` are the results, by slot, entity and version, that somebody saw and said yes to; None: nobody was asked.
    """

    bureau: Bureau
    subject: Subject
    folders: tuple[Path, ...] = ()
    seen: frozenset[tuple[Slot, EntityId, int]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be kept as a notice: its view, and the versions of results that it tells of."""

    view: NoticeView
    versions: tuple[OutcomeVersion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A notice with the version that was published, and what it names; ``is_new`` is false where it had been published before."""

    notice: Issued
    version: IssuedVersion
    entries: tuple[Entry, ...]
    is_new: bool


def publish_notice(store: Store, actor: Actor, order: PublishOrder) -> Published:
    """Publish a notice: it gets the next number of the year's series, and is kept in both languages as it is published.

    The same again gives what was published; of results only those that no notice shows yet are published, in a notice of their own.
    Raises ``UsageMistake`` where there is no such draw, ``RefusedError`` where it has not come so far, there is nothing to publish, the
    actor approved one of the results, or is no publisher.
    """
    require_leave(order.bureau, actor)
    with store.transaction() as session:
        batch = find_batch(session, order.subject)
        standing = find_standing(session, order.subject, batch)
        if standing is not None:
            return standing
        _require_something(session, order, batch)
        tells_results = order.subject.kind is NoticeKind.RESULT
        require_leave(order.bureau, actor, batch.versions if tells_results else ())
        view = gather_view(session, order.bureau, order.subject, batch.listing)
        namings = _find_namings(session, order, batch)
        published = keep_notice(session, actor, order, Draft(view=view, versions=batch.versions))
        entries = tuple(
            Entry(
                notice=published.notice.number,
                slot=version.slot,
                entity=version.entity,
                place=place,
                outcome_version=version.version,
                state=IssueAction.PUBLISHED,
                since=actor.day,
                replaced=None if tells_results else NAME_ALONE,
                naming=namings.get(version.entity),
            )
            for place, version in enumerate(batch.versions, start=1)
        )
        add_entries(session, entries)
        _log(session, actor, replace(published, entries=entries), batch)
    return replace(published, entries=entries)


def _find_namings(session: Session, order: PublishOrder, batch: Batch) -> dict[EntityId, SoleTraders]:
    """Find how the notice names those of whom it tells (MASK-3)."""
    if order.subject.slot is None:
        return {}
    slots = [link.slot for link in find_history(session, require_draw(session, order.subject.slot))]
    named = [version.entity for version in batch.versions]
    return find_namings(session, order.bureau.publication.sole_traders, slots, named)


def require_leave(bureau: Bureau, actor: Actor, told: Iterable[OutcomeVersion] = ()) -> None:
    """Refuse (``RefusedError``) who is no publisher, or approved one of the results that are told (REVIEW-5)."""
    people.require_role(bureau.people, actor.name, Role.PUBLISHER)
    for version in told:
        require_other_publisher(version, actor.name, two_roles=bureau.two_roles)


def keep_notice(session: Session, actor: Actor, order: PublishOrder, draft: Draft) -> Published:
    """Give a notice its number and keep its first version, within the transaction that holds the store."""
    subject, bureau = order.subject, order.bureau
    require_later(actor.day, _days_told(draft))
    serial, document = next_document(session, bureau, actor.day)
    new = NewNotice(
        kind=subject.kind,
        slot=subject.slot,
        period=subject.period,
        series=SERIES,
        year=actor.day.year,
        serial=serial,
        document=document,
    )
    notice = add_notice(session, new)
    signed = sign_view(draft.view, document, actor.day)
    version = IssuedVersion(
        notice=notice.number,
        version=1,
        action=IssueAction.PUBLISHED,
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        publisher=actor.name,
        due=find_due(session, bureau, subject, draft.versions),
        zh=render_source(subject.kind.value, signed, "zh", order.folders),
        en=render_source(subject.kind.value, signed, "en", order.folders),
    )
    add_issued_versions(session, (version,))
    return Published(notice=notice, version=version, entries=(), is_new=True)


def _days_told(draft: Draft) -> Iterator[date]:
    """Give the days of what a notice tells (ISSUE-5)."""
    for version in draft.versions:
        yield version.outcome.visited_on
        if version.reviewed_on is not None:
            yield version.reviewed_on
    match draft.view:
        case CommitmentView():
            yield draft.view.head.made.on
        case DrawView() | ResultView():
            yield draft.view.drawn_at.on
        case MonthView():
            yield last_day(Period(f"{draft.view.month.year:04}-{draft.view.month.month:02}"))
        case _:
            return


def next_document(session: Session, bureau: Bureau, day: date) -> tuple[int, str]:
    """Give the serial and the document number that a notice published on a day gets (DOC-1)."""
    serial = next_serial(find_serials(session, SERIES, day.year))
    return serial, render_document_number(bureau.documents.number, bureau.short_name, day.year, serial)


def find_standing(session: Session, subject: Subject, batch: Batch) -> Published | None:
    """Find what was published of a subject already; None where nothing was, or where there is something new to publish."""
    if subject.kind is NoticeKind.RESULT and subject.slot is not None:
        notices = find_result_notices(session, find_history(session, require_draw(session, subject.slot)))
    else:
        found = find_notices(session, kind=subject.kind, slot=subject.slot, period=subject.period)
        notices = tuple(one for one in found if not is_withdrawn_whole(session, one))
    is_more = subject.kind is NoticeKind.RESULT and batch.versions
    if is_more or not notices:
        return None
    notice = notices[-1]
    return Published(
        notice=notice,
        version=find_issued_versions(session, notice.number)[-1],
        entries=find_entries(session, notice=notice.number),
        is_new=False,
    )


def _require_something(session: Session, order: PublishOrder, batch: Batch) -> None:
    """Refuse (``RefusedError``) to publish no result at all, or other results than somebody saw and said yes to."""
    subject = order.subject
    if subject.kind is NoticeKind.RESULT and not batch.versions:
        chain = find_history(session, require_draw(session, subject.slot or Slot("")))
        withheld = find_withheld(session, [link.slot for link in chain])
        if withheld:
            raise RefusedError(
                say("results of {slot} that no notice shows any more: {count}", slot=subject.slot, count=len(withheld)),
                hint=say(
                    "one that was withdrawn is published again once it was corrected: "
                    "inspect-cli visit correct {slot} ENTITY --result DOMAIN=NUMBER …",
                    slot=subject.slot,
                ),
            )
        raise RefusedError(
            say("no result of {slot} is approved: there is nothing to publish", slot=subject.slot),
            hint=say("see how each visit stands with: inspect-cli visit list {slot}", slot=subject.slot),
        )
    if order.seen is not None and order.seen != batch.seen:
        raise RefusedError(
            say("what would be published has changed since it was shown"),
            hint=say(
                "look again: inspect-cli notice preview {kind} {subject}",
                kind=subject.kind.value,
                subject=subject.slot or subject.period,
            ),
        )


def _log(session: Session, actor: Actor, published: Published, batch: Batch) -> None:
    notice = published.notice
    detail: dict[str, JSON] = {"kind": notice.kind.value, "document": notice.document, "entries": len(batch.versions)}
    detail |= {"slot": notice.slot} if notice.slot else {"period": notice.period}
    told = batch.versions if notice.kind is NoticeKind.RESULT else ()
    both: list[JSON] = [one.entity for one in told if is_by_one_person(one, actor.name)]
    detail |= {"one_person": both} if both else {}
    add_act(session, actor, Act(act="notice publish", subject=notice.document, detail=detail))
