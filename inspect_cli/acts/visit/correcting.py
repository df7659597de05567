"""Correcting results that were approved. What stays of what is not said anew is ``core.visit.completion``'s matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.acts.visit.recordable import Recordables
from inspect_cli.acts.visit.recording import keep_visit, make_recorded, render_detail
from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.visit.completion import complete_claims
from inspect_cli.core.visit.correction import Correction, parse_correction_reason
from inspect_cli.core.visit.recording import settle_outcome
from inspect_cli.core.visit.review import find_current, require_approved, require_correction
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.visits import remove_outcomes

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.acts.visit.recordable import Recordable
    from inspect_cli.acts.visit.recording import RecordedVisit, RecordOrder
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.people import Actor, Approval
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionOrder:
    """What a recorded visit is to say instead, by whose leave and for what reason, and the rule or finding that it rests on.

    ``seen`` is what somebody was shown before they said yes: the approved outcome and the new one; None where nobody was asked.
    """

    order: RecordOrder
    approval: Approval
    basis: str
    seen: tuple[Outcome | None, Outcome] | None = None


def correct_visit(store: Store, actor: Actor, bureau: Bureau, order: CorrectionOrder) -> RecordedVisit:
    """Keep another version of a result that was approved (REVIEW-3); it awaits approval itself.

    The same correction again gives the one that stands. Raises as ``record_visit``; ``UsageMistake`` also for an unknown reason
    (CORRECT-1), ``RefusedError`` where nothing was approved, the last version is not reviewed yet, nothing would change, the second
    person may not give leave, or the result changed since it was seen.
    """
    with store.transaction() as session:
        found, corrected = _settle(session, actor, bureau, order)
        if not corrected.is_new:
            return corrected
        if order.seen is not None and order.seen != (corrected.before, corrected.outcome):
            raise RefusedError(
                say(
                    "the result of {entity} changed while you looked at it: nothing was corrected",
                    entity=corrected.entity,
                ),
                hint=say("look again: inspect-cli visit correct, with the same options"),
            )
        remove_outcomes(session, corrected.slot, corrected.entity)
        keep_visit(session, actor, found, corrected)
        subject, detail = f"{corrected.slot} {corrected.entity}", render_detail(corrected)
        approval = replace(order.approval, reason=parse_correction_reason(order.approval.reason).value)
        add_act(session, actor, Act(act="visit correct", subject=subject, detail=detail, approval=approval))
    return corrected


def look_at_correction(session: Session, actor: Actor, bureau: Bureau, order: CorrectionOrder) -> RecordedVisit:
    """Say what ``correct_visit`` would keep; raises as it does, and changes nothing."""
    return _settle(session, actor, bureau, order)[1]


def _settle(session: Session, actor: Actor, bureau: Bureau, order: CorrectionOrder) -> tuple[Recordable, RecordedVisit]:
    people.require_role(bureau.people, actor.name, Role.OPERATOR)
    people.require_second_person(bureau.people, actor, order.approval)
    reason = parse_correction_reason(order.approval.reason)
    if not order.basis.strip():
        raise UsageMistake(say("a correction rests on something"), hint=say("say on what with --basis TEXT"))
    correction = Correction(reason=reason, basis=order.basis, approver=order.approval.approver)
    found = Recordables(session=session, bureau=bureau).require(order.order.slot, order.order.entity)
    visit = found.visit
    approved = require_approved(visit.slot, visit.entity, found.versions)
    claims = complete_claims(visit, order.order.claims, approved.outcome)
    outcome = settle_outcome(visit, claims, actor.day, approved.outcome)
    corrected = replace(make_recorded(found, outcome), correction=correction, before=approved.outcome)
    last = find_current(found.versions)
    if last is not None and (last.outcome, last.correction) == (corrected.outcome, correction):
        return found, replace(corrected, is_new=False, version=last.version)
    require_correction(approved, found.versions[-1], corrected.outcome, actor.day)
    return found, corrected
