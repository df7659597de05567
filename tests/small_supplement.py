"""Supplementary draws of the small month, the way that the acts go: ordered, seeded and run; the dice fall at nine in the morning."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.chains import find_chain, find_standing_visits, read_chain
from inspect_cli.acts.draw.supplement import commit_supplement, look_ahead
from inspect_cli.acts.draw.supplement_order import Away, Days, SupplementOrder
from inspect_cli.core.draw.promise import DicePromise
from inspect_cli.core.draw.supplement.standing import standing_of
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.registry.inspector import RecusalReason
from tests import small_month as month

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.acts.draw.chains import StandingVisit
    from inspect_cli.acts.draw.prospect import Prospect
    from inspect_cli.acts.draw.steps import Recorded
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.people import Actor
    from inspect_cli.storage.engine import Store

FIRST, SECOND, THIRD = Slot("2026-12/1"), Slot("2026-12/2"), Slot("2026-12/3")
BEFORE, DAY = "2026-11-30", "2026-12-01"
ROLLED = "12345678901234567890"


def dice_on(day: str) -> DicePromise:
    """Promise twenty dice at nine on a day."""
    return DicePromise(name="镇政府大厅掷骰", at=f"{day}T09:00:00+08:00", count=20, sides=10)


def order(slot: Slot = FIRST, *, day: str = DAY, reason: str = "illness", **others: Any) -> SupplementOrder:
    """Make an order whose dice fall on ``day``."""
    plain: dict[str, Any] = {
        "bureau": month.BUREAU,
        "slot": slot,
        "sources": (dice_on(day),),
        "approval": Approval(approver=month.APPROVER, reason=reason),
        "software": "tests 1",
        "salts": month.salt_of,
        "recusal_reason": RecusalReason.KIN,
    }
    return SupplementOrder(**plain | others)


def away(person: str, first: date | None = None, last: date | None = None) -> Away:
    """Say that somebody is away, from today on to the end of the month unless days are given."""
    return Away(who=person, days=Days(first=first, last=last))


def look(store: Store, wanted: SupplementOrder, day: str = BEFORE) -> Prospect:
    """Look at what an order would lead to."""
    with store.reading() as session:
        return look_ahead(session, month.actor_on(day, "12:00"), wanted)


def commit(store: Store, wanted: SupplementOrder, day: str = BEFORE) -> Recorded:
    """Commit a supplement at noon of a day."""
    return commit_supplement(store, month.actor_on(day, "12:00"), wanted)


def finish(store: Store, slot: Slot, day: str = DAY) -> Recorded:
    """Seed and run a supplement on the day of its dice."""
    actor: Actor = month.actor_on(day, "10:00")
    draw.keep_values(store, actor, draw.SeedOrder(bureau=month.BUREAU, slot=slot, values=(ROLLED,)))
    return draw.run(store, actor, draw.RunOrder(bureau=month.BUREAU, slot=slot))


def supplement(store: Store, wanted: SupplementOrder) -> Slot:
    """Bring a supplement from its order to its result: ordered on the day before its dice."""
    rolled = wanted.sources[0].at[:10]
    eve = (month.actor_on(rolled).day - timedelta(days=1)).isoformat()
    slot = commit(store, wanted, eve).draw.slot
    finish(store, slot, rolled)
    return slot


def in_force(store: Store, slot: Slot = FIRST) -> dict[EntityId, Visit]:
    """Give the visits in force of a chain, as the protocol has them."""
    with store.reading() as session:
        return dict(standing_of(read_chain(find_chain(session, slot))).visits)


def standing(store: Store, slot: Slot = FIRST) -> dict[str, StandingVisit]:
    """Give the visits in force of a chain, as the store has them."""
    with store.reading() as session:
        return {one.record.entity: one for one in find_standing_visits(session, find_chain(session, slot))}


def people_of(visit: Visit) -> tuple[str, ...]:
    """Give everybody on a visit."""
    return visit.team if visit.expert is None else (*visit.team, visit.expert)
