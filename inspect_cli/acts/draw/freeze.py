"""Freezing: a plan's frame becomes the rows that a commitment binds, each with a salt of its own, and the commitment itself.

What lives here: from the plan's values to the draw's. What does not: who is in the frame (``core.plan``), and the bytes of a row
(``core.draw.rows``). A row says who it is by name and industry; no contact, address or person's name is ever frozen.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import Combine, Commitment, Quota, TeamRule, sorted_quotas
from inspect_cli.core.draw.fields import Fields
from inspect_cli.core.draw.frame import FrozenFrame, require_frame, seal_frame
from inspect_cli.core.draw.promise import parse_promise
from inspect_cli.core.draw.rows import (
    EntityRow,
    ExcludedRow,
    InspectorRow,
    Reason,
    RowRole,
    excluded_order,
    render_others,
)
from inspect_cli.core.draw.strength import measure
from inspect_cli.core.plan.frame.caps import settle_caps
from inspect_cli.core.unchecked import WITHOUT_MATTERS
from inspect_cli.release import installed_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.names import Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.plan.frame.build import Frame, FrameEntity
    from inspect_cli.core.plan.frame.exclusion import Exclusion
    from inspect_cli.core.plan.frame.roster import RosterRow
    from inspect_cli.core.plan.plan import Plan

ALLOWED: Final = "allowed"
"""The further key of a row that names the rules which were lifted for it."""

Salts = Callable[[str], str]
"""Gives 32 lower-case hex digits for a row, which is named by its list and id: ``entities/91350100M000100Y43``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitOrder:
    """What a commitment is made from. ``software`` names the program and its version; ``salts`` gives each row's salt.

    ``confirmed`` is the frame that a person was asked about; None where nobody was asked.
    """

    plan: Plan
    bureau: Bureau
    software: str
    salts: Salts
    confirmed: Frame | None = None


def software() -> str:
    """Name this program and its version, as a commitment does."""
    return f"inspect-cli {installed_version()}"


def make_salt(row: str) -> str:
    """Make a salt from the system's randomness: 32 hex digits, whatever the row."""
    del row
    return secrets.token_hex(16)


def freeze(frame: Frame, salts: Salts) -> FrozenFrame:
    """Turn a plan's frame into the rows of a draw, sorted as the protocol wants them."""
    return FrozenFrame(
        entities=tuple(_freeze_entity(entity, salts) for entity in frame.entities),
        inspectors=tuple(freeze_inspector(row, salts) for row in frame.roster),
        excluded=tuple(sorted((_freeze_exclusion(row, salts) for row in frame.excluded), key=excluded_order)),
    )


def make_commitment(frame: Frame, slot: Slot, actor: Actor, order: CommitOrder) -> tuple[Commitment, FrozenFrame]:
    """Freeze a plan's frame and make the commitment to it; raises ``InputError`` where the rows do not fit it."""
    plan, frozen = order.plan, freeze(frame, order.salts)
    commitment = Commitment(
        slot=slot,
        bureau=order.bureau.name,
        period=plan.period,
        frame=seal_frame(frozen),
        quotas=sorted_quotas(
            Quota(domain=quota.domain, stratum=quota.stratum, size=quota.size, take=quota.take)
            for quota in frame.quotas
        ),
        combine=Combine(plan.combine),
        team=TeamRule(min=plan.team.min, max=plan.team.max, expert_domains=plan.team.expert_domains),
        days=tuple(day.isoformat() for day in frame.days),
        sources=read_promises(plan),
        further=render_others(_further(frame, actor, order)),
    )
    require_frame(commitment, frozen)
    return commitment, frozen


def read_promises(plan: Plan) -> tuple[Promise, ...]:
    """Read a plan's sources as the promises of a commitment; raises ``InputError`` where one has not its kind's form."""
    return tuple(
        parse_promise(
            Fields(
                values={key: list(value) if isinstance(value, tuple) else value for key, value in promise.items()},
                file=plan.file,
                path=f"source[{number}].",
            )
        )
        for number, promise in enumerate(plan.promises)
    )


def chance_data(sources: Sequence[Promise]) -> dict[str, object]:
    """Give what ``--json`` shows of the chance that sources hold together (CHANCE-1 to CHANCE-3)."""
    found = measure(sources)
    return {
        "bits": found.bits,
        "weak": found.is_weak,
        "own_hands": found.is_own,
        "not_counted": list(found.uncounted),
    }


def _further(frame: Frame, actor: Actor, order: CommitOrder) -> dict[str, object]:
    """Give the keys that are bound but decide nothing: the plan, its matters, the limits, the program, and when this was made.

    Where there are any: how many rows are there by an allowance, and the years whose calendar is only an expectation.
    """
    plan, allowances = order.plan, sum(1 for entity in frame.entities if entity.allowed)
    bureau = replace(order.bureau, caps=settle_caps(order.bureau.caps, frame.matters))
    return {
        "plan": {
            "name": plan.name,
            "digest": digest(plan.text),
            "type": "targeted" if plan.scope.is_targeted else "untargeted",
            "names_published": plan.names_published,
        },
        "matters": [{"id": matter.id, "name": matter.name, "domain": matter.domain} for matter in frame.matters],
        **made_by(actor, order.software),
        "limits": [
            {"limit": key.removeprefix("limits."), "number": limit.number, "basis": limit.basis}
            for key, limit in bureau.named_limits()
            if key.startswith("limits.")
        ],
        **({"allowances": allowances} if allowances else {}),
        **({"calendar": {"provisional": list(frame.provisional)}} if frame.provisional else {}),
    }


def made_by(actor: Actor, program: str) -> dict[str, object]:
    """Give the further keys of a commitment that say by which program and when it was made."""
    return {"software": program, "made": actor.clock.isoformat(timespec="seconds"), "day": actor.day.isoformat()}


def _freeze_entity(entity: FrameEntity, salts: Salts) -> EntityRow:
    known: dict[str, object] = {"name": entity.name, "industry": entity.industry}
    if entity.without_matters:
        known[WITHOUT_MATTERS] = list(entity.without_matters)
    if entity.allowed:
        known[ALLOWED] = [rule.value for rule in entity.allowed]
    return EntityRow(
        id=entity.id,
        salt=salts(f"entities/{entity.id}"),
        domains=entity.domains,
        strata=entity.strata,
        zone=entity.zone,
        days=None if entity.days is None else tuple(day.isoformat() for day in entity.days),
        others=render_others({key: value for key, value in known.items() if value is not None}),
    )


def freeze_inspector(row: RosterRow, salts: Salts) -> InspectorRow:
    """Give somebody of the roster as a draw freezes them, with a salt."""
    return InspectorRow(
        id=row.id,
        salt=salts(f"inspectors/{row.id}"),
        role=RowRole(row.role.value),
        lead=row.lead,
        skills=row.skills,
        days=tuple((day.day.isoformat(), day.cap) for day in row.days),
        month_cap=row.month_cap,
        zones=row.zones or None,
        barred=row.barred,
    )


def _freeze_exclusion(row: Exclusion, salts: Salts) -> ExcludedRow:
    return ExcludedRow(
        id=row.id,
        reason=Reason(row.reason.value),
        salt=salts(f"excluded/{row.id}/{row.domain or ''}"),
        domain=row.domain,
    )
