"""Making a supplementary draw: from what a bureau names to a commitment and a frame that leave nothing to choose.

What lives here: the request, the changes that it makes necessary, and the sealed outcome. What does not: the rules
(``amend``), and asking a second person (``acts``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import Combine, Commitment, parse_commitment, render_commitment
from inspect_cli.core.draw.frame import FrozenFrame, require_frame, seal_frame
from inspect_cli.core.draw.result import result_digest
from inspect_cli.core.draw.supplement.amend import standing_seats, supplement_days, supplement_frame, supplement_quotas
from inspect_cli.core.draw.supplement.amend_check import amended_fault, naming_fault
from inspect_cli.core.draw.supplement.changes import Absence, Addition, Amends, Change
from inspect_cli.core.draw.supplement.standing import days_left, standing_of, with_amends
from inspect_cli.errors import InputError, Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.draw.rows import InspectorRow
    from inspect_cli.core.draw.supplement.standing import Chain
    from inspect_cli.core.names import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody new on the roster, with the row that they come with."""

    row: InspectorRow
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequest:
    """What a bureau names: the slot, the sources, the changes, who is absent and who is new; ``further`` as in a commitment."""

    slot: Slot
    sources: tuple[Promise, ...]
    changes: tuple[Change, ...] = ()
    absent: tuple[Absence, ...] = ()
    added: tuple[Newcomer, ...] = ()
    further: bytes = b"{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """A supplementary draw that is ready to be published: its commitment and its frame."""

    commitment: Commitment
    frame: FrozenFrame


def complete_changes(chain: Chain, request: SupplementRequest, open_reason: str) -> SupplementRequest:
    """Give the request with the changes that it makes necessary added.

    Added are each open visit that has a day left, with ``open_reason``, and each seat of somebody who is absent that day, with the
    reason of the absence. What is named already stays as it is, but for people who join those who left.
    """
    days = _days(chain, request)
    changes = {change.entity: change for change in request.changes}
    named = Amends(result="", changes=_sorted_changes(request.changes), absent=_sorted_absent(request.absent))
    standing = with_amends(standing_of(chain), named, ())
    for entity, visit in standing.visits.items():
        if visit.day is None and entity not in changes and days_left(standing, entity, days):
            changes[entity] = Change(entity=entity, reason=open_reason)
    reasons = {(absence.id, day): absence.reason for absence in request.absent for day in absence.days}
    for entity, person, day in standing_seats(standing, named):
        if day in days and (person, day) in reasons:
            change = changes.get(entity) or Change(entity=entity, reason=reasons[(person, day)])
            changes[entity] = replace(change, left=tuple(sorted({*change.left, person})))
    return replace(request, changes=_sorted_changes(changes.values()))


def build_supplement(chain: Chain, request: SupplementRequest) -> Supplement:
    """Make the commitment and the frame of a supplement; raises ``InputError`` where what is named does not fit what stands."""
    first = chain.first.commitment
    days = _days(chain, request)
    if not days:
        raise _misfit(say("no day of the first draw is left after the sources"))
    amends = Amends(
        result=result_digest(chain.last.result),
        changes=_sorted_changes(request.changes),
        absent=_sorted_absent(request.absent),
        added=tuple(
            Addition(id=one.row.id, reason=one.reason) for one in sorted(request.added, key=lambda n: n.row.id)
        ),
    )
    standing = standing_of(chain)
    fault = naming_fault(standing, first, amends, days)
    if fault is not None:
        raise _misfit(fault)
    frame = supplement_frame(with_amends(standing, amends, [one.row for one in request.added]), amends, days)
    commitment = Commitment(
        slot=request.slot,
        bureau=first.bureau,
        period=first.period,
        frame=seal_frame(frame),
        quotas=supplement_quotas(frame.entities),
        combine=Combine.APPLICABLE,
        team=first.team,
        days=days,
        sources=request.sources,
        amends=amends,
        further=request.further,
    )
    fault = amended_fault(chain.last, commitment)
    if fault is not None:
        raise _misfit(fault)
    parse_commitment(render_commitment(commitment))
    require_frame(commitment, frame)
    return Supplement(commitment=commitment, frame=frame)


def _days(chain: Chain, request: SupplementRequest) -> tuple[str, ...]:
    if not request.sources:
        raise _misfit(say("a supplementary draw needs a source of fresh randomness"))
    return supplement_days(chain, request.sources)


def _sorted_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: change.entity))


def _sorted_absent(absent: Sequence[Absence]) -> tuple[Absence, ...]:
    return tuple(sorted(absent, key=lambda absence: absence.id))


def _misfit(what: Message) -> InputError:
    return InputError(what, hint=say("look at what stands with draw show, and name the changes anew"))
