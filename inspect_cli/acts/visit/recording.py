"""Recording what visits found.

Which record is taken is ``core.visit``'s matter, correcting it ``correcting``'s, and looking at it a second time ``review``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.visit.recordable import Recordables
from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.visit.attachment import Attachment, find_new
from inspect_cli.core.visit.follow_up import render_follow_up
from inspect_cli.core.visit.kept import render_matters
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.recording import require_same, settle_outcome
from inspect_cli.core.visit.review import OutcomeVersion, ReviewState, find_current
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.results import add_attachments, add_outcome_versions
from inspect_cli.storage.visits import OutcomeRecord, add_outcomes, update_visit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlmodel import Session

    from inspect_cli.acts.visit.recordable import Recordable
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, MatterId, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.unchecked import UncheckedMatter
    from inspect_cli.core.visit.attachment import NamedFile
    from inspect_cli.core.visit.correction import Correction
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.core.visit.recording import Claims
    from inspect_cli.errors import InspectError
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOrder:
    """Which visit is recorded, what somebody says about it, and the files that belong to it."""

    slot: Slot
    entity: EntityId
    claims: Claims
    files: tuple[NamedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedVisit:
    """The outcome that stands, and the draw whose visit it is; ``is_new`` is false when it had been recorded before.

    ``files`` are those that were not noted before. ``without_matters`` were not to be checked at this visit (SCHED-7).
    ``correction`` and ``before``, the approved outcome, are None but for a correction. ``matter_names`` are those of all matters of the
    draw.
    """

    slot: Slot
    entity: EntityId
    outcome: Outcome
    is_new: bool
    version: int = 1
    files: tuple[NamedFile, ...] = ()
    without_matters: tuple[UncheckedMatter, ...] = ()
    correction: Correction | None = None
    before: Outcome | None = None
    matter_names: Mapping[MatterId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMistake:
    """Why one of several orders cannot be kept; ``index`` is its place among them, from 0."""

    index: int
    error: InspectError


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedVisits:
    """What became of several orders: a visit each in their order, or all their mistakes; where there is one, nothing was kept."""

    visits: tuple[RecordedVisit, ...]
    mistakes: tuple[RecordMistake, ...] = ()


def record_visit(store: Store, actor: Actor, bureau: Bureau, order: RecordOrder) -> RecordedVisit:
    """Keep what a visit found, all its domains together; the same record again gives the one that stands.

    The slot is any of the chain, the entity any number of the company: recorded is the visit in force.
    Raises ``UsageMistake`` where there is no such visit or the claims do not fit it, ``RefusedError`` where it is too early, the visit
    is open, held or ended, the draw is void, another outcome stands, or the actor is no operator.
    """
    recorded = record_visits(store, actor, bureau, (order,))
    for mistake in recorded.mistakes:
        raise mistake.error
    return recorded.visits[0]


def record_visits(store: Store, actor: Actor, bureau: Bureau, orders: Sequence[RecordOrder]) -> RecordedVisits:
    """Keep what several visits found in one transaction, all or none: with one mistake nothing is kept, and all are given.

    Raises ``RefusedError`` where the actor is no operator.
    """
    people.require_role(bureau.people, actor.name, Role.OPERATOR)
    with store.transaction() as session:
        settled, found = _settle(session, actor, bureau, orders)
        if not settled.mistakes:
            for one, recorded in zip(found, settled.visits, strict=True):
                if recorded.is_new:
                    keep_visit(session, actor, one, recorded)
                _keep_files(session, actor, recorded)
            _log(session, actor, settled.visits)
    return settled


def settle_visits(session: Session, actor: Actor, bureau: Bureau, orders: Sequence[RecordOrder]) -> RecordedVisits:
    """Say what ``record_visits`` would keep, or all the mistakes; nothing is changed."""
    return _settle(session, actor, bureau, orders)[0]


def _settle(
    session: Session, actor: Actor, bureau: Bureau, orders: Sequence[RecordOrder]
) -> tuple[RecordedVisits, tuple[Recordable, ...]]:
    """Say what becomes of each order, and of which visit it is; an order for the same visit again says the same or is a mistake."""
    recordables = Recordables(session=session, bureau=bureau)
    visits: list[RecordedVisit] = []
    found: list[Recordable] = []
    mistakes: list[RecordMistake] = []
    earlier: dict[tuple[Slot, EntityId], RecordedVisit] = {}
    for index, order in enumerate(orders):
        try:
            one = recordables.require(order.slot, order.entity)
            recorded = _settle_one(actor, order, one, earlier.get((one.visit.slot, one.visit.entity)))
        except (UsageMistake, RefusedError) as error:
            mistakes.append(RecordMistake(index=index, error=error))
            continue
        earlier.setdefault((recorded.slot, recorded.entity), recorded)
        visits.append(recorded)
        found.append(one)
    return RecordedVisits(visits=() if mistakes else tuple(visits), mistakes=tuple(mistakes)), tuple(found)


def _settle_one(actor: Actor, order: RecordOrder, found: Recordable, earlier: RecordedVisit | None) -> RecordedVisit:
    outcome = settle_outcome(found.visit, order.claims, actor.day)
    if earlier is not None and earlier.outcome != outcome:
        raise UsageMistake(
            say("{entity} of {slot} is recorded twice, and not alike", entity=earlier.entity, slot=earlier.slot),
            hint=say("say of each visit once what it found"),
        )
    current = find_current(found.versions)
    if current is not None:
        require_same(current, outcome)
    recorded = make_recorded(found, outcome, order.files)
    if current is not None:
        return replace(recorded, is_new=False, version=current.version)
    return recorded if earlier is None else replace(recorded, is_new=False, files=())


def make_recorded(found: Recordable, outcome: Outcome, files: Iterable[NamedFile] = ()) -> RecordedVisit:
    """Make what is kept of a visit as the next version of its result."""
    return RecordedVisit(
        slot=found.visit.slot,
        entity=found.visit.entity,
        outcome=outcome,
        is_new=True,
        version=len(found.versions) + 1,
        files=find_new(files, found.attachments),
        without_matters=found.without_matters,
        matter_names=found.matter_names,
    )


def keep_visit(session: Session, actor: Actor, found: Recordable, recorded: RecordedVisit) -> None:
    """Keep a version of a result, which awaits approval, and mark its visit as recorded."""
    version = OutcomeVersion(
        slot=recorded.slot,
        entity=recorded.entity,
        version=recorded.version,
        outcome=recorded.outcome,
        state=ReviewState.AWAITING,
        recorded_by=actor.name,
        clock=actor.clock.isoformat(timespec="seconds"),
        day=actor.day,
        correction=recorded.correction,
    )
    add_outcome_versions(session, (version,))
    add_outcomes(session, render_records(version))
    update_visit(session, replace(found.record, state=VisitState.RECORDED))


def _keep_files(session: Session, actor: Actor, recorded: RecordedVisit) -> None:
    add_attachments(session, render_attachments(actor, recorded.slot, recorded.entity, recorded.files))


def render_attachments(
    actor: Actor, slot: Slot, entity: EntityId, files: Iterable[NamedFile]
) -> tuple[Attachment, ...]:
    """Give files as they are kept beside the visit in force to which they belong."""
    return tuple(
        Attachment(
            slot=slot,
            entity=entity,
            name=one.name,
            sha256=one.sha256,
            size=one.size,
            added_by=actor.name,
            day=actor.day,
        )
        for one in files
    )


def _log(session: Session, actor: Actor, visits: tuple[RecordedVisit, ...]) -> None:
    """Add one row of the log for what was kept, none where nothing was."""
    kept = tuple(one for one in visits if one.is_new or one.files)
    if not kept:
        return
    act = "visit record" if any(one.is_new for one in kept) else "visit attach"
    if len(kept) == 1:
        (one,) = kept
        subject, detail = f"{one.slot} {one.entity}", render_detail(one)
    else:
        slots = sorted({one.slot for one in kept})
        subject = " ".join([*slots, *(one.entity for one in kept)])
        each: list[JSON] = [{"slot": one.slot, "entity": one.entity, **render_detail(one)} for one in kept]
        detail = {"visits": each}
    add_act(session, actor, Act(act=act, subject=subject, detail=detail))


def render_detail(recorded: RecordedVisit) -> dict[str, JSON]:
    """Give what the log keeps: numbers and digests, never a finding."""
    outcome = recorded.outcome
    results: dict[str, JSON] = {each.domain: each.result.value for each in outcome.domains}
    matters: dict[str, JSON] = {one.matter: one.result.value for each in outcome.domains for one in each.matters}
    files: list[JSON] = [{"name": one.name, "sha256": one.sha256} for one in recorded.files]
    if not recorded.is_new:
        return {"files": files}
    detail: dict[str, JSON] = {"results": results, "visited_on": outcome.visited_on.isoformat()}
    detail |= {"matters": matters} if matters else {}
    detail |= {"version": recorded.version} if recorded.version > 1 else {}
    return detail | ({"files": files} if files else {})


def render_records(version: OutcomeVersion) -> tuple[OutcomeRecord, ...]:
    """Give a version of a result as the rows by which the store looks for it, one a domain."""
    return tuple(
        OutcomeRecord(
            slot=version.slot,
            entity=version.entity,
            domain=each.domain,
            result_class=each.result.value,
            method=each.method.value,
            finding=each.finding,
            follow_up=None if each.follow_up is None else render_follow_up(each.follow_up),
            visited_on=version.outcome.visited_on,
            recorded_by=version.recorded_by,
            matters=render_matters(each.matters),
        )
        for each in version.outcome.domains
    )
