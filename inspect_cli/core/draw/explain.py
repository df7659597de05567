"""Why an entity was drawn or not, as values: strata, tickets, ranks and cut-offs, and the reasons of exclusions.

What lives here: the explanation of the selection, and the way into that of the visit (``explain_visit``). What does
not: words for a person, and the draw itself, which is run anew here by its own functions.

EXPLAIN-1  An explanation is made by the functions that draw, and every ticket in it comes with its lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.explain_visit import VisitExplanation, explain_visit
from inspect_cli.core.draw.fields import shorten
from inspect_cli.core.draw.outcome import selected_rows
from inspect_cli.core.draw.selection import entity_tickets, quota_fault, select
from inspect_cli.core.draw.staffing import Staffing, visiting_order, wanted_visits
from inspect_cli.core.draw.ticket import Purpose, Working, working
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from inspect_cli.core.draw.commitment import Quota
    from inspect_cli.core.draw.rows import EntityRow, ExcludedRow
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaPlace:
    """Where an entity stands in one of its quotas: its rank from 1, and the last ticket that is drawn (None: nobody is)."""

    quota: Quota
    rank: int
    cut_off: str | None
    is_drawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything about one entity: what is excluded and why, its ticket, its places in the quotas, its visit."""

    entity: EntityId
    excluded: tuple[ExcludedRow, ...]
    ticket: Working | None = None
    places: tuple[QuotaPlace, ...] = ()
    visit: VisitExplanation | None = None


def explain(draw: FinishedDraw, entity: EntityId) -> Explanation:
    """Explain what became of an entity; raises ``InputError`` where the frame neither holds nor excludes it."""
    fault = quota_fault(draw.commitment.quotas, draw.frame.entities)
    if fault is not None:
        raise InputError(fault, hint=say("verify the draw before asking why"))
    excluded = tuple(row for row in draw.frame.excluded if row.id == entity)
    row = next((row for row in draw.frame.entities if row.id == entity), None)
    if row is not None:
        shown = working(draw.result.seed, Purpose.ENTITY, row.id, row.salt)
        places = find_places(draw, row)
        visit = _explain_visit(draw, entity) if any(place.is_drawn for place in places) else None
        return Explanation(entity=entity, excluded=excluded, ticket=shown, places=places, visit=visit)
    if not excluded:
        raise InputError(
            say("{entity} is neither in the frame of this draw nor excluded from it", entity=shorten(entity)),
            hint=say("look for its id with entity list"),
        )
    return Explanation(entity=entity, excluded=excluded)


def find_places(draw: FinishedDraw, row: EntityRow) -> tuple[QuotaPlace, ...]:
    """Give where an entity of the frame stands in each quota of its domains, in their order."""
    rows = draw.frame.entities
    tickets = entity_tickets(draw.result.seed, rows)
    mine = tickets[rows.index(row)]
    quotas = {(quota.domain, quota.stratum): quota for quota in draw.commitment.quotas}
    places = []
    for place in zip(row.domains, row.strata, strict=True):
        quota = quotas[place]
        stratum = sorted(
            ticket
            for one, ticket in zip(rows, tickets, strict=True)
            if place in zip(one.domains, one.strata, strict=True)
        )
        rank = stratum.index(mine) + 1
        cut_off = stratum[quota.take - 1] if quota.take else None
        places.append(QuotaPlace(quota=quota, rank=rank, cut_off=cut_off, is_drawn=rank <= quota.take))
    return tuple(places)


def _explain_visit(draw: FinishedDraw, entity: EntityId) -> VisitExplanation:
    """Staff anew up to the entity's visit, and explain that one."""
    seed, commitment = draw.result.seed, draw.commitment
    selection = select(commitment.quotas, draw.frame.entities, seed)
    visits = wanted_visits(commitment.combine, selection, selected_rows(draw.frame, selection))
    staffing = Staffing(commitment, draw.frame.inspectors, visits, seed)
    order = visiting_order(visits)
    place = next(i for i, wanted in enumerate(order) if wanted.row.id == entity)
    for wanted in order[:place]:
        staffing.place(wanted)
    return explain_visit(staffing, order[place], place + 1)
