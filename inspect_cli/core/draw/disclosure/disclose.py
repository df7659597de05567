"""Making disclosures from a finished draw.

What lives here: what is shown of whom, in which order. What does not: who may be shown (``acts.draw.disclose``).

DISCLOSE-1  A public disclosure shows, of the visits that may be shown, those that have a day and whose row names nobody; of all others
            it tells numbers alone. A cut-off is the highest ticket that was drawn for its quota.
DISCLOSE-2  A receipt shows all rows of its entity, and of every other row nothing but hashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.draw.disclosure.proof import Excluded, Place, Proved
from inspect_cli.core.draw.disclosure.public import Counts, CutOff, PublicDisclosure, ShownVisit
from inspect_cli.core.draw.disclosure.receipt import InFrame, Receipt, Standing
from inspect_cli.core.draw.entity_row import render_entity
from inspect_cli.core.draw.explain import find_places
from inspect_cli.core.draw.fields import shorten
from inspect_cli.core.draw.outcome import selected_rows
from inspect_cli.core.draw.result import result_digest
from inspect_cli.core.draw.rows import render_excluded
from inspect_cli.core.draw.selection import quota_fault, select
from inspect_cli.core.draw.ticket import Purpose, ticket
from inspect_cli.core.merkle import inclusion_paths
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Collection

    from inspect_cli.core.draw.entity_row import EntityRow
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import Domain, EntityId


def disclose(draw: FinishedDraw, may_be_shown: Collection[EntityId]) -> PublicDisclosure:
    """Make the public disclosure of a draw, which shows no other entities than these (DISCLOSE-1); ``InputError`` for a damaged draw."""
    _require_sound(draw)
    result = draw.result
    days = {visit.entity: visit.day for visit in result.visits if visit.day is not None}
    shown = {
        row.id: (index, row)
        for index, row in enumerate(draw.frame.entities)
        if row.id in may_be_shown and row.id in days and row.team is None and row.expert is None
    }
    paths = inclusion_paths(map(render_entity, draw.frame.entities), [index for index, _ in shown.values()])
    checked = {visit.entity: visit.domains for visit in result.visits}
    visits = []
    for selected in result.selection:
        if selected.entity in shown:
            index, row = shown[selected.entity]
            day = days[row.id]
            visits.append(
                ShownVisit(
                    proved=Proved(row=row, place=Place(index=index, path=paths[index])),
                    ticket=selected.ticket,
                    drawn=selected.drawn,
                    domains=checked[row.id],
                    day=day,
                    day_ticket=ticket(result.seed, Purpose.DAY, row.id, row.salt, day),
                )
            )
    open_visits = sum(1 for visit in result.visits if visit.day is None)
    return PublicDisclosure(
        commitment=commitment_digest(draw.commitment),
        result=result_digest(result),
        entropy=result.entropy,
        seed=result.seed,
        counts=Counts(selected=len(result.selection), visits=len(result.visits), open=open_visits, shown=len(visits)),
        cut_offs=_find_cut_offs(draw),
        visits=tuple(visits),
    )


def make_receipt(draw: FinishedDraw, entity: EntityId) -> Receipt:
    """Make an entity's receipt (DISCLOSE-2); ``InputError`` for a damaged draw, and where it neither holds nor excludes the entity."""
    _require_sound(draw)
    found = next(((index, row) for index, row in enumerate(draw.frame.entities) if row.id == entity), None)
    excluded = {index: row for index, row in enumerate(draw.frame.excluded) if row.id == entity}
    if found is None and not excluded:
        raise InputError(
            say("{entity} is neither in the frame of this draw nor excluded from it", entity=shorten(entity)),
            hint=say("look for its id with entity list"),
        )
    paths = inclusion_paths(map(render_excluded, draw.frame.excluded), excluded)
    return Receipt(
        commitment=draw.commitment,
        entropy=draw.result.entropy,
        seed=draw.result.seed,
        entity=entity,
        frame=None if found is None else _find_frame(draw, *found),
        excluded=tuple(
            Excluded(row=row, place=Place(index=index, path=paths[index])) for index, row in excluded.items()
        ),
    )


def _require_sound(draw: FinishedDraw) -> None:
    """Refuse to show parts of a draw of which the whole would not be verified."""
    commitment, rows = draw.commitment, draw.frame.entities
    fault = quota_fault(commitment.quotas, rows)
    if fault is None and select(commitment.quotas, rows, draw.result.seed) != draw.result.selection:
        fault = say("the selection does not follow from the seed")
    if fault is not None:
        raise InputError(fault, hint=say("verify the whole draw: inspect-cli draw bundle, then inspect-cli verify"))


def _find_frame(draw: FinishedDraw, index: int, row: EntityRow) -> InFrame:
    paths = inclusion_paths(map(render_entity, draw.frame.entities), (index,))
    drawn = next((one.drawn for one in draw.result.selection if one.entity == row.id), ())
    standings = [
        Standing(domain=place.quota.domain, stratum=place.quota.stratum, rank=place.rank, cut_off=place.cut_off)
        for place in find_places(draw, row)
        if place.cut_off is not None
    ]
    return InFrame(
        proved=Proved(row=row, place=Place(index=index, path=paths[index])),
        ticket=ticket(draw.result.seed, Purpose.ENTITY, row.id, row.salt),
        drawn=drawn,
        standings=tuple(standings),
    )


def _find_cut_offs(draw: FinishedDraw) -> tuple[CutOff, ...]:
    """Give the highest ticket of each quota that takes somebody, in the order of the quotas: later tickets are higher."""
    rows = selected_rows(draw.frame, draw.result.selection)
    highest: dict[tuple[Domain, str], str] = {}
    for selected in draw.result.selection:
        row = rows[selected.entity]
        strata = dict(zip(row.domains, row.strata, strict=True))
        highest.update({(domain, strata[domain]): selected.ticket for domain in selected.drawn})
    return tuple(
        CutOff(domain=quota.domain, stratum=quota.stratum, ticket=highest[quota.domain, quota.stratum])
        for quota in draw.commitment.quotas
        if quota.take
    )
