"""What a person should know before a plan is committed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.bureau import Caps, Limit, Squad
from inspect_cli.core.names import EntityId, InspectorId, MatterId, Slot
from inspect_cli.core.plan.cautions import find_cautions
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.frame.gathered import Carried, Seat
from inspect_cli.core.registry.blackout import Blackout
from tests.core.plan.builders import (
    DAYS,
    LABOUR,
    SAFETY,
    bureau,
    entity,
    gathered,
    inspector,
    plan,
    share,
    undrawn,
    visit,
)

if TYPE_CHECKING:
    from inspect_cli.core.names import Domain

LIMIT = Limit(number=1, basis="rule")


def cautions_of(**change: Any) -> list[str]:
    """Find the cautions as English sentences, given what a test changes."""
    found = gathered(**change)
    return [str(one) for one in find_cautions(found, build_frame(found))]


def carried(name: str, *domains: Domain) -> Carried:
    """Build a visit that November carried over."""
    return Carried(slot=Slot("2026-11/1"), entity=EntityId(name), domains=domains or (LABOUR,))


def test_nothing_to_say() -> None:
    """PLAN-16, PLAN-17, CARRY-4, BLACK-3: of a plan with nothing special nothing is said."""
    assert cautions_of() == []


def test_undrawn() -> None:
    """PLAN-16: what a draw that is not drawn yet holds is told first, with its slot and both ways out."""
    seats = tuple(Seat(inspector=InspectorId(name), day=day) for name in ("R1", "R2") for day in DAYS[:3])
    first, *_ = cautions_of(undrawn=(undrawn("E1", "E2", days=seats),), provisional=(2026,))
    assert "2026-12/7 is committed and not yet drawn: it holds 2 entities, and 6 days of 2 people" in first
    assert "draw run 2026-12/7" in first
    assert "draw void 2026-12/7" in first


def test_provisional() -> None:
    """PLAN-17: each year of which only an expectation is known is named."""
    found = cautions_of(provisional=(2026, 2027))
    assert [one[:28] for one in found] == ["the working days of 2026 are", "the working days of 2027 are"]


class TestCarried:
    """CARRY-4 A visit that was carried over and is not made is told, with the reason."""

    def test_made(self) -> None:
        """CARRY-4: of one that is made nothing is said, nor of one that another draw of the month has made."""
        assert cautions_of(carried=(carried("E1"),)) == []
        assert cautions_of(carried=(carried("E1"),), drawn=(EntityId("E1"),)) == []

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"entities": (entity(retired=date(2026, 12, 1)),)}, "has left the registry"),
            ({"visits": (visit("E1", DAYS[3]),)}, "visited in this month already"),
            ({"undrawn": (undrawn("E1"),)}, "another draw of the month holds it"),
            ({"plan": plan(shares=(share(SAFETY),))}, "give the domain a share"),
            ({"entities": (entity(domains=(SAFETY,)),)}, "does not apply to the entity any more"),
            (
                {"blackouts": (Blackout(first=DAYS[0], last=DAYS[-1], reason="x", entity=EntityId("E1")),)},
                "no day of the plan is left",
            ),
        ],
    )
    def test_not_made(self, change: dict[str, Any], why: str) -> None:
        """CARRY-4: each reason for which it is not made has its words."""
        (told,) = [one for one in cautions_of(carried=(carried("E1"),), **change) if "carried over" in one]
        assert "the visit to E1 that was carried over from 2026-11/1 is not made for" in told
        assert told.endswith(why) or why in told

    def test_one_domain_of_two(self) -> None:
        """CARRY-4: where one of two domains is covered, the other one is told."""
        (told,) = cautions_of(entities=(entity(domains=(LABOUR, SAFETY)),), carried=(carried("E1", LABOUR, SAFETY),))
        assert "Safety" in told
        assert "Labour" not in told
        assert told.endswith("give the domain a share")


def test_restricted() -> None:
    """BLACK-3: how many entities have days of their own is told."""
    away = Blackout(first=DAYS[0], last=DAYS[1], reason="x", zone="Z1")
    entities = (entity("E1", zone="Z1"), entity("E2", zone="Z1"), entity("E3", zone="Z2"))
    (told,) = cautions_of(blackouts=(away,), entities=entities)
    assert told.startswith("2 entities can be visited on certain days only")


def test_nobodys_zone() -> None:
    """ROSTER-8: somebody who has no zone in common with their squad is named, unless they have left."""
    settings = bureau(squads=(Squad(name="S", zones=("Z2",)),))
    lost = inspector("R3", zones=("Z1",), squad="S")
    people = (inspector("R1", squad="S"), lost, replace(lost, id=InspectorId("R4"), retired=date(2026, 1, 1)))
    assert cautions_of(inspectors=people, bureau=settings) == [
        "R3 visits nobody: none of their zones is one of the squad S"
    ]


def test_strange_caps() -> None:
    """PLAN-17: a cap for a matter or a class that does not exist does nothing, which is told; the others are not."""
    caps = Caps(classes=(("A", LIMIT), ("Z", LIMIT)), matters=((MatterId("M1"), LIMIT), (MatterId("M9"), LIMIT)))
    assert cautions_of(bureau=bureau(caps=caps)) == [
        "the settings cap visits for the matter M9, which is not on the list",
        "the settings cap visits for the risk class Z, which nobody has",
    ]


def test_unverified() -> None:
    """PLAN-17: a number whose basis still says that it is to be verified is told with its key and its basis."""
    caps = Caps(domains=((LABOUR, Limit(number=2, basis="细则（请核实）")),))
    assert cautions_of(bureau=bureau(caps=caps)) == [
        "nobody has verified limits.domains.labour in inspect.toml yet: 2, 细则（请核实）"
    ]
