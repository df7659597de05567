"""What weighs how much, and which findings somebody asks for."""

from __future__ import annotations

from inspect_cli.core.report.health.finding import (
    OF_ENTITIES,
    OF_MATTERS,
    OF_ROSTER,
    Ailment,
    Finding,
    Sought,
    Weight,
    sift_findings,
    weight_of,
)
from inspect_cli.errors import say


def _finding(kind: Ailment, subject: str = "x", *zones: str) -> Finding:
    return Finding(kind=kind, subject=subject, what=say("{name}: no certificate", name="x"), zones=zones)


STALE, GONE, UNVISITED = _finding(Ailment.STALE), _finding(Ailment.GONE, "g", "东片"), _finding(Ailment.UNVISITED_ZONE)


def test_every_kind_belongs_to_one_registry() -> None:
    """The three lists part all kinds, and none is empty."""
    assert (*OF_ENTITIES, *OF_ROSTER, *OF_MATTERS) == tuple(Ailment)
    assert all((OF_ENTITIES, OF_ROSTER, OF_MATTERS))


def test_kinds_weigh_by_what_they_do_to_a_draw() -> None:
    """HEALTH-6: what nobody can be sent to is serious, what is probably wrong is looked at, what may be right is known."""
    kinds = (Ailment.UNVISITED_ZONE, Ailment.GONE, Ailment.STALE)
    assert [weight_of(kind) for kind in kinds] == [Weight.SERIOUS, Weight.LOOK, Weight.KNOW]


class TestSift:
    """Findings are asked for by kind, zone and weight."""

    def test_the_heaviest_come_first(self) -> None:
        """Kinds keep together; within one the order given stays."""
        other = _finding(Ailment.GONE, "a")
        assert sift_findings((STALE, GONE, other, UNVISITED), Sought()) == (UNVISITED, GONE, other, STALE)

    def test_by_kind(self) -> None:
        """Several kinds can be asked for."""
        sought = Sought(kinds=frozenset({Ailment.STALE, Ailment.GONE}))
        assert sift_findings((STALE, GONE, UNVISITED), sought) == (GONE, STALE)

    def test_by_zone(self) -> None:
        """What names no zone touches none."""
        assert sift_findings((STALE, GONE, UNVISITED), Sought(zone="东片")) == (GONE,)

    def test_by_weight(self) -> None:
        """That weight, and more."""
        assert sift_findings((STALE, GONE, UNVISITED), Sought(least=Weight.LOOK)) == (UNVISITED, GONE)
        assert sift_findings((STALE, GONE, UNVISITED), Sought(least=Weight.SERIOUS)) == (UNVISITED,)
