"""Publishing notices: each gets the next document number, and is kept as it was published. Its later versions are ``change``'s matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.acts.publish.views import find_approved_outcomes, find_history, gather_view
from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.publish.dossier import Listing
from inspect_cli.core.publish.issued import Entry, IssueAction, IssuedVersion, NoticeKind
from inspect_cli.core.publish.notice import sort_outcomes
from inspect_cli.core.publish.number import next_serial, render_document_number
from inspect_cli.core.visit.review import require_other_publisher
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
    from pathlib import Path

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.publish.issued import Issued, Subject
    from inspect_cli.core.publish.view import NoticeView
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store

SERIES: Final = "public"
"""The series of document numbers that all public notices share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOrder:
    """What is to be published; ``folders`` are the bureau's own templates."""

    bureau: Bureau
    subject: Subject
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A notice with the version that was published, and what it names; ``is_new`` is false where it had been published before."""

    notice: Issued
    version: IssuedVersion
    entries: tuple[Entry, ...]
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The results that a notice would list: approved, of the chain in force, and shown by no notice; in the order of the notice."""

    listing: Listing
    versions: tuple[OutcomeVersion, ...]


def publish_notice(store: Store, actor: Actor, order: PublishOrder) -> Published:
    """Publish a notice: it gets the next number of the year's series, and is kept in both languages as it is published.

    The same again gives what was published; of results only those that no notice shows yet are published, in a notice of their own.
    Raises ``UsageMistake`` where there is no such draw, ``RefusedError`` where it has not come so far, there is nothing to publish, the
    actor approved one of the results, or is no publisher.
    """
    people.require_role(order.bureau.people, actor.name, Role.PUBLISHER)
    with store.transaction() as session:
        batch = find_batch(session, order.subject)
        standing = _find_standing(session, order.subject, batch)
        if standing is not None:
            return standing
        for version in batch.versions:
            require_other_publisher(version, actor.name, two_roles=order.bureau.two_roles)
        view = gather_view(session, order.bureau, order.subject, batch.listing)
        published = keep_notice(session, actor, order, view)
        entries = tuple(
            Entry(
                notice=published.notice.number,
                slot=version.slot,
                entity=version.entity,
                place=place,
                outcome_version=version.version,
                state=IssueAction.PUBLISHED,
                since=actor.day,
            )
            for place, version in enumerate(batch.versions, start=1)
        )
        add_entries(session, entries)
        _log(session, actor, replace(published, entries=entries), batch)
    return replace(published, entries=entries)


def find_batch(session: Session, subject: Subject) -> Batch:
    """Find the results that a notice of results would list now; of other notices nothing."""
    if subject.kind is not NoticeKind.RESULT or subject.slot is None:
        return Batch(listing=Listing(), versions=())
    chain = find_history(session, require_draw(session, subject.slot))
    shown: set[tuple[Slot, EntityId]] = set()
    approved: dict[EntityId, OutcomeVersion] = {}
    earlier: list[str] = []
    for link in chain:
        shown |= {(entry.slot, entry.entity) for entry in find_entries(session, slot=link.slot)}
        approved |= find_approved_outcomes(session, link.slot)
        earlier += [one.document for one in find_notices(session, kind=NoticeKind.RESULT, slot=link.slot)]
    new = {entity: one for entity, one in approved.items() if (one.slot, entity) not in shown}
    order = sort_outcomes({entity: one.outcome for entity, one in new.items()}, new)
    return Batch(
        listing=Listing(entities=order, earlier=tuple(earlier)), versions=tuple(new[entity] for entity in order)
    )


def keep_notice(session: Session, actor: Actor, order: PublishOrder, view: NoticeView) -> Published:
    """Give a notice its number and keep its first version, within the transaction that holds the store."""
    subject, bureau, year = order.subject, order.bureau, actor.day.year
    serial = next_serial(find_serials(session, SERIES, year))
    document = render_document_number(bureau.documents.number, bureau.short_name, year, serial)
    new = NewNotice(
        kind=subject.kind,
        slot=subject.slot,
        period=subject.period,
        series=SERIES,
        year=year,
        serial=serial,
        document=document,
    )
    notice = add_notice(session, new)
    signed = replace(view, head=replace(view.head, number=document, signed=actor.day))
    version = IssuedVersion(
        notice=notice.number,
        version=1,
        action=IssueAction.PUBLISHED,
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        publisher=actor.name,
        zh=render_source(subject.kind.value, signed, "zh", order.folders),
        en=render_source(subject.kind.value, signed, "en", order.folders),
    )
    add_issued_versions(session, (version,))
    return Published(notice=notice, version=version, entries=(), is_new=True)


def _find_standing(session: Session, subject: Subject, batch: Batch) -> Published | None:
    """Find what was published of a subject already; None where there is something new to publish."""
    notices = find_notices(session, kind=subject.kind, slot=subject.slot, period=subject.period)
    if batch.versions or (not notices and subject.kind is not NoticeKind.RESULT):
        return None
    if not notices:
        raise RefusedError(
            say("no result of {slot} is approved: there is nothing to publish", slot=subject.slot),
            hint=say("see how each visit stands with: inspect-cli visit list {slot}", slot=subject.slot),
        )
    notice = notices[-1]
    return Published(
        notice=notice,
        version=find_issued_versions(session, notice.number)[-1],
        entries=find_entries(session, notice=notice.number),
        is_new=False,
    )


def _log(session: Session, actor: Actor, published: Published, batch: Batch) -> None:
    notice = published.notice
    detail: dict[str, JSON] = {"kind": notice.kind.value, "document": notice.document, "entries": len(batch.versions)}
    detail |= {"slot": notice.slot} if notice.slot else {"period": notice.period}
    both: list[JSON] = [one.entity for one in batch.versions if one.reviewed_by == actor.name]
    detail |= {"one_person": both} if both else {}
    add_act(session, actor, Act(act="notice publish", subject=notice.document, detail=detail))
