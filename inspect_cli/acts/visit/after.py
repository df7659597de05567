"""What is kept beside a result, and what is done after it: files that belong to it, and steps until it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.acts.visit.recording import render_attachments
from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.visit.attachment import find_new
from inspect_cli.core.visit.review import find_followed
from inspect_cli.core.visit.steps import FollowedUp, Step, TakenStep, find_counting, follow, require_step
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.results import add_attachments, add_steps, find_attachments, find_outcome_versions, find_steps

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, EntityId, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.visit.attachment import NamedFile
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOrder:
    """Which step is taken about a domain of a visit; ``on`` None means today."""

    slot: Slot
    entity: EntityId
    domain: Domain
    step: Step
    on: date | None = None
    until: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachOrder:
    """Which files belong to the result of a visit."""

    slot: Slot
    entity: EntityId
    files: tuple[NamedFile, ...]


def attach_files(store: Store, actor: Actor, bureau: Bureau, order: AttachOrder) -> tuple[NamedFile, ...]:
    """Keep what is to be kept of the files of one visit, and give those that were not there yet (ATTACH-2).

    Raises ``UsageMistake`` where there is no such visit, ``RefusedError`` where it has no result, or the actor is no operator.
    """
    people.require_role(bureau.people, actor.name, Role.OPERATOR)
    with store.transaction() as session:
        current, _versions = _require_result(session, order.slot, order.entity)
        slot, entity = current.slot, current.entity
        new = find_new(order.files, find_attachments(session, slot, entity))
        if new:
            add_attachments(session, render_attachments(actor, slot, entity, new))
            digests: list[JSON] = [{"name": one.name, "sha256": one.sha256} for one in new]
            add_act(session, actor, Act(act="visit attach", subject=f"{slot} {entity}", detail={"files": digests}))
    return new


def take_step(store: Store, actor: Actor, bureau: Bureau, order: StepOrder) -> FollowedUp:
    """Keep a step that was taken about a domain of a visit, and say where its follow-up stands then.

    Raises ``UsageMistake`` where there is no such visit or domain, or the days do not fit; ``RefusedError`` where the table does not
    allow the step (FOLLOW-3), the visit has no result, or the actor is no operator.
    """
    people.require_role(bureau.people, actor.name, Role.OPERATOR)
    with store.transaction() as session:
        current, versions = _require_result(session, order.slot, order.entity)
        slot, entity, outcome = current.slot, current.entity, current.outcome
        recorded = next((each for each in outcome.domains if each.domain == order.domain), None)
        if recorded is None:
            raise UsageMistake(
                say(
                    "the visit to {entity} does not check {domains}",
                    entity=entity,
                    domains=(bureau.domain_term(order.domain),),
                ),
                hint=say(
                    "its domains are {domains}",
                    domains=tuple(bureau.domain_term(each.domain) for each in outcome.domains),
                ),
            )
        before = find_counting(versions, recorded, find_steps(session, slot, entity))
        step = TakenStep(
            slot=slot,
            entity=entity,
            domain=order.domain,
            version=current.version,
            step=order.step,
            day=order.on or actor.day,
            until=order.until,
            note=order.note,
            clock=actor.clock.isoformat(timespec="seconds"),
            actor=actor.name,
        )
        standing = follow(recorded, outcome.visited_on, before)
        require_step(standing, step, actor.day, bureau.domain_term(order.domain))
        add_steps(session, (step,))
        detail: dict[str, JSON] = {"domain": order.domain, "step": order.step.value, "day": step.day.isoformat()}
        detail |= {"until": step.until.isoformat()} if step.until else {}
        add_act(session, actor, Act(act="visit follow-up", subject=f"{slot} {entity}", detail=detail))
    return follow(recorded, outcome.visited_on, (*before, step))


def _require_result(
    session: Session, slot: Slot, entity: EntityId
) -> tuple[OutcomeVersion, tuple[OutcomeVersion, ...]]:
    """Find the version that stands of the result of a visit in force, and all its versions."""
    (visit,) = read_in_force(session, slot).require([entity])
    versions = find_outcome_versions(session, visit.slot, visit.entity)
    current = find_followed(versions)
    if current is None:
        raise RefusedError(
            say("{entity} of {slot} has no result yet", entity=visit.entity, slot=visit.slot),
            hint=say("see how each visit stands with: inspect-cli visit list {slot}", slot=slot),
        )
    return current, versions
