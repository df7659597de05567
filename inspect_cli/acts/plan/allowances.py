"""The act that lets an entity be drawn in one month although the yearly cap or the cooling-off keeps it out (ALLOW-1).

It takes a second person and a reason. What it lifts is ``core.plan.frame.exclusion``'s matter; a draw that is committed keeps its frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.retirement import unknown_id
from inspect_cli.core.people import Role, require_role, require_second_person
from inspect_cli.core.period import last_day
from inspect_cli.core.plan.allowance import Allowance
from inspect_cli.errors import RefusedError, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.plans import add_allowance, find_allowances
from inspect_cli.storage.registries import find_entity

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Period
    from inspect_cli.core.people import Actor, Approval
    from inspect_cli.core.plan.allowance import AllowanceRule
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowOrder:
    """Which rule is lifted for whom in which month, and by whose leave."""

    bureau: Bureau
    period: Period
    entity: EntityId
    rule: AllowanceRule
    approval: Approval


def allow(store: Store, actor: Actor, order: AllowOrder) -> bool:
    """Keep an allowance and say whether it is new; the same again changes nothing.

    Raises ``UsageMistake`` for an unknown entity, ``RefusedError`` where the entity has left the registry, the month is over, another
    allowance of the rule stands, or the actor or the approver may not.
    """
    require_role(order.bureau.people, actor.name, Role.OPERATOR)
    require_second_person(order.bureau.people, actor, order.approval)
    if last_day(order.period) < actor.day:
        raise RefusedError(
            say("{period} is over: nothing is drawn in it any more", period=order.period),
            hint=say("name a month that is to be drawn; --today sets the day that the rules use"),
        )
    with store.transaction() as session:
        entity = find_entity(session, find_numbers(session).current(order.entity))
        if entity is None:
            raise unknown_id("entity", order.entity)
        if not entity.is_registered_on(last_day(order.period)):
            raise RefusedError(
                say("{entity} has left the registry: no allowance brings it back", entity=entity.id),
                hint=say("restore it with inspect-cli entity restore, if it was retired by mistake"),
            )
        wanted = Allowance(
            period=order.period,
            entity=entity.id,
            rule=order.rule,
            actor=actor.name,
            approver=order.approval.approver,
            reason=order.approval.reason,
        )
        for one in find_allowances(session, order.period):
            if (one.entity, one.rule) == (wanted.entity, wanted.rule):
                _require_same(one, wanted)
                return False
        add_allowance(session, wanted)
        act = Act(
            act="plan allow",
            subject=f"{order.period} {entity.id}",
            detail={"rule": order.rule.value},
            approval=order.approval,
        )
        add_act(session, actor, act)
    return True


def _require_same(standing: Allowance, wanted: Allowance) -> None:
    """Refuse another approver or reason for what is allowed already; who enters the same again does not matter."""
    if (standing.approver, standing.reason) != (wanted.approver, wanted.reason):
        raise RefusedError(
            say(
                "this is allowed already, approved by {approver} for another reason: {reason}",
                approver=standing.approver,
                reason=standing.reason,
            ),
            hint=say("nothing is left to do; see it with inspect-cli plan allow {period} --list", period=wanted.period),
        )
