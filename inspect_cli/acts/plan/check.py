"""What a plan leads to, and what forbids it. Nothing is changed here; the rules are in ``core.plan``, what they read in ``gathering``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.freeze import read_promises
from inspect_cli.acts.plan.gathering import gather
from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.core.draw.strength import find_weaknesses
from inspect_cli.core.plan.frame.build import Frame, build_frame
from inspect_cli.core.plan.outlook import find_outlook
from inspect_cli.core.plan.shortage.forecast import Staffing, forecast_staffing
from inspect_cli.core.plan.shortage.hall import prove_shortages
from inspect_cli.core.plan.shortage.words import tell_shortage
from inspect_cli.core.plan.soundness import Fault, find_faults, find_warnings
from inspect_cli.errors import InputError, Mistake, Position, say

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.plan.shortage.proof import Shortage
    from inspect_cli.errors import Message
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCheck:
    """A plan explained: what it leads to, whether it looks staffable, what forbids it, and what should be looked at.

    ``shortages`` are those of the faults that are proofs.
    """

    gathered: Gathered
    frame: Frame
    staffing: Staffing
    faults: tuple[Fault, ...]
    warnings: tuple[Message, ...]
    shortages: tuple[Shortage, ...] = ()


def check_plan(store: Store, plan: Plan, bureau: Bureau, today: date) -> PlanCheck:
    """Explain a plan from the registries as they stand; ``InputError`` for a year whose working days are not known."""
    with store.reading() as session:
        gathered, calendar = gather(session, plan, bureau, today), calendar_of(session)
    frame = build_frame(gathered)
    staffing, faults = forecast_staffing(plan, frame, bureau.domain_term), find_faults(gathered, frame)
    # A plan that is wrong in itself is put right first.
    shortages = () if faults else prove_shortages(plan, frame)
    return PlanCheck(
        gathered=gathered,
        frame=frame,
        staffing=staffing,
        faults=(*faults, *(tell_shortage(one, plan.team, bureau.domain_term) for one in shortages)),
        warnings=(
            *find_warnings(gathered, frame),
            *find_weaknesses(read_promises(plan)),
            *staffing.warnings,
            *find_outlook(gathered, frame, calendar),
        ),
        shortages=shortages,
    )


def require_frame(session: Session, plan: Plan, bureau: Bureau, today: date) -> Frame:
    """Work out the frame of a plan that is to be committed; ``InputError`` with everything that forbids it."""
    gathered = gather(session, plan, bureau, today)
    frame = build_frame(gathered)
    require_sound(find_faults(gathered, frame), plan.file)
    shortages = prove_shortages(plan, frame)
    require_sound(tuple(tell_shortage(one, plan.team, bureau.domain_term) for one in shortages), plan.file)
    return frame


def require_sound(faults: tuple[Fault, ...], file: str) -> None:
    """Refuse (``InputError``) a plan with faults, naming each with its key in ``file``."""
    if faults:
        raise InputError(
            say("the plan cannot be committed as it stands"),
            where=Position(file=file),
            mistakes=tuple(
                Mistake(what=fault.what, where=Position(file=file, column=fault.key), remedy=fault.remedy)
                for fault in faults
            ),
        )
