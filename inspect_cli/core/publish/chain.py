"""The chain that a draw belongs to, as notices show it, and the visits in force that follow from it.

What does not live here: what makes a supplement right (``core.draw``), and what became of visits otherwise (``counts``).

Rules:

PUBLISH-10  Every notice of a draw with supplements, or of a supplement, shows the chain: each draw's slot, digest, when it was made, how
            far it has come, and how many visits it drew again because somebody left, because the day cannot be kept, and because they were
            open. Never a reason's code, a person, a company or a day of a visit.
PUBLISH-11  A void supplement is listed as void, and nothing of it counts. The draw's notice of a supplement names nobody: a name beside
            what changed would say too much.
PUBLISH-12  The results' notice of any draw of a chain shows the chain's visits in force, each company once: drawn = recorded + awaiting
            approval + planned + open + cancelled + carried over. What is cancelled or carried over is a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.publish import view
from inspect_cli.core.publish.further import made_at
from inspect_cli.core.publish.labels import DRAWN, PENDING, VOID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.draw.supplement.changes import Amends
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.publish.dossier import Committed, Drawn, Link


def view_chain(committed: Committed) -> view.ChainView | None:
    """Show the chain of a draw (PUBLISH-10); None where the draw stands alone."""
    if len(committed.chain) <= 1:
        return None
    in_force: dict[EntityId, Visit] = {}
    links = []
    for link in committed.chain:
        links.append(_view_link(link, in_force, committed.bureau))
        in_force |= _visits(link)
    return view.ChainView(first=committed.chain[0].commitment.slot, links=tuple(links))


def visits_in_force(drawn: Drawn) -> dict[EntityId, Visit]:
    """Give the visits in force of the chain, each company's newest (SUPP-2), in the order in which they were first drawn."""
    in_force = {visit.entity: visit for visit in drawn.result.visits}
    for link in drawn.committed.chain:
        in_force |= _visits(link)
    return in_force


def _visits(link: Link) -> dict[EntityId, Visit]:
    return {} if link.result is None else {visit.entity: visit for visit in link.result.visits}


def _view_link(link: Link, in_force: Mapping[EntityId, Visit], bureau: Bureau) -> view.ChainLink:
    commitment = link.commitment
    state = PENDING if link.result is None else DRAWN
    return view.ChainLink(
        slot=commitment.slot,
        made=made_at(commitment, bureau),
        commitment=commitment_digest(commitment),
        state=VOID if link.is_void else state,
        is_void=link.is_void,
        again=None if commitment.amends is None else _count_again(commitment.amends, in_force),
    )


def _count_again(amends: Amends, in_force: Mapping[EntityId, Visit]) -> view.DrawnAgain:
    """Count what a supplement changes by class (PUBLISH-10): a visit that was open stays so, whichever days are closed besides."""
    whole = [change.entity for change in amends.changes if not change.left]
    was_open = sum(in_force[entity].day is None for entity in whole)
    return view.DrawnAgain(left=len(amends.changes) - len(whole), closed=len(whole) - was_open, open=was_open)
