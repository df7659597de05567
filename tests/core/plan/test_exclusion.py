"""Who cannot be drawn, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.bureau import Caps, Limit
from inspect_cli.core.names import EntityId, Period
from inspect_cli.core.plan.frame.exclusion import Reason, build_history, find_reason, is_in_scope
from inspect_cli.core.plan.plan import Scope
from inspect_cli.core.registry.ledger import VisitKind
from tests.core.plan.builders import bureau, entity, gathered, plan, undrawn, visit

if TYPE_CHECKING:
    from inspect_cli.core.registry.entity import Entity

E1 = EntityId("E1")


def reason_of(one: Entity | None = None, **change: Any) -> Reason | None:
    """Tell why one entity is excluded, given what a test changes."""
    found = gathered(**change)
    return find_reason(one or entity(), build_history(found), found.plan.scope)


class TestRetired:
    """EXCLUDE-1 ``retired``: it left the registry on or before the period's last day."""

    @pytest.mark.parametrize(
        ("day", "reason"),
        [(date(2020, 1, 1), Reason.RETIRED), (date(2026, 12, 31), Reason.RETIRED), (date(2027, 1, 1), None)],
    )
    def test_day(self, day: date, reason: Reason | None) -> None:
        """EXCLUDE-1: whoever leaves after the period can still be drawn in it."""
        assert reason_of(entity(retired=day)) is reason


class TestMonth:
    """EXCLUDE-2 ``month``: it received a counted visit in the period, or another draw of the period has drawn it."""

    @pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 12, 31)])
    def test_visited(self, day: date) -> None:
        """EXCLUDE-2: the period's first and last day belong to it."""
        assert reason_of(visits=(visit("E1", day),), bureau=bureau(cooling_off=0)) is Reason.MONTH

    @pytest.mark.parametrize("day", [date(2026, 11, 30), date(2027, 1, 1)])
    def test_visited_beside(self, day: date) -> None:
        """EXCLUDE-2: the days beside the period do not."""
        assert reason_of(visits=(visit("E1", day),), bureau=bureau(cooling_off=0)) is None

    def test_drawn(self) -> None:
        """EXCLUDE-2: whoever another draw has drawn is out, even if that visit has no day."""
        assert reason_of(drawn=(E1,)) is Reason.MONTH
        assert reason_of(drawn=(EntityId("E2"),)) is None


class TestOtherSlot:
    """EXCLUDE-3 ``other-slot``: it is in the frame of another slot of the period that is committed and not yet drawn."""

    def test_held(self) -> None:
        """EXCLUDE-3: two draws never hold the same entity."""
        assert reason_of(undrawn=(undrawn("E1"),)) is Reason.OTHER_SLOT
        assert reason_of(undrawn=(undrawn("E2"),)) is None


class TestCap:
    """EXCLUDE-4 ``cap``: its counted visits in the calendar year, planned ones included, reach the yearly cap."""

    @pytest.mark.parametrize(("count", "reason"), [(1, None), (2, Reason.CAP), (3, Reason.CAP)])
    def test_count(self, count: int, reason: Reason | None) -> None:
        """EXCLUDE-4: with a cap of 2 the third visit is one too many."""
        visits = tuple(visit("E1", date(2026, month, 1)) for month in range(1, count + 1))
        assert reason_of(visits=visits, bureau=bureau(cap=2)) is reason

    def test_year(self) -> None:
        """EXCLUDE-4: only the period's calendar year counts, from its first day to its last."""
        around = (visit("E1", date(2025, 12, 31)), visit("E1", date(2027, 1, 1)))
        assert reason_of(visits=around, bureau=bureau(cap=1, cooling_off=0)) is None
        assert reason_of(visits=(visit("E1", date(2026, 1, 1)),), bureau=bureau(cap=1)) is Reason.CAP

    def test_planned(self) -> None:
        """EXCLUDE-4: a visit that is planned for a later month of the year counts already."""
        change: dict[str, Any] = {
            "plan": plan(period=Period("2026-06")),
            "bureau": bureau(cap=1),
            "today": date(2026, 5, 20),
        }
        assert reason_of(visits=(visit("E1", date(2026, 9, 1)),), **change) is Reason.CAP

    @pytest.mark.parametrize(
        ("risk", "own", "reason"),
        [("A", 1, Reason.CAP), ("A", 3, Reason.CAP), ("B", 1, None), (None, 1, None)],
    )
    def test_class(self, risk: str | None, own: int, reason: Reason | None) -> None:
        """CAP-1: the risk class's cap holds where it is smaller than the bureau's; where it is larger the bureau's does."""
        settings = bureau(cap=2, cooling_off=0, caps=Caps(classes=(("A", Limit(number=own, basis="rule")),)))
        visits = tuple(visit("E1", date(2026, month, 1)) for month in range(1, (1 if own == 1 else 2) + 1))
        assert reason_of(entity(risk=risk), visits=visits, bureau=settings) is reason


class TestCoolingOff:
    """EXCLUDE-5 ``cooling-off``: the months after a counted visit, counted from its day, end after the period's first day."""

    @pytest.mark.parametrize(
        ("day", "months", "reason"),
        [
            (date(2026, 9, 2), 3, Reason.COOLING_OFF),
            (date(2026, 9, 1), 3, None),
            (date(2026, 11, 30), 1, Reason.COOLING_OFF),
            (date(2026, 10, 31), 1, None),
            (date(2026, 11, 30), 0, None),
            (date(2025, 12, 2), 12, Reason.COOLING_OFF),
            (date(2025, 12, 1), 12, None),
        ],
    )
    def test_end(self, day: date, months: int, reason: Reason | None) -> None:
        """EXCLUDE-5: three months after 2 September end on 2 December, those after the 1st on the 1st; 31 October + 1 = 30 November."""
        assert reason_of(visits=(visit("E1", day),), bureau=bureau(cooling_off=months)) is reason

    @given(day=st.dates(date(2025, 1, 1), date(2026, 11, 30)), months=st.integers(0, 24))
    def test_counted_from_the_day_itself(self, day: date, months: int) -> None:
        """EXCLUDE-5: the end is the same day so many months later, or that month's last day where it is shorter."""
        index = day.year * 12 + day.month - 1 + months
        last = (date((index + 1) // 12, (index + 1) % 12 + 1, 1) - timedelta(days=1)).day
        end = date(index // 12, index % 12 + 1, min(day.day, last))
        expected = Reason.COOLING_OFF if end > date(2026, 12, 1) else None
        assert reason_of(visits=(visit("E1", day),), bureau=bureau(cooling_off=months)) is expected


class TestScope:
    """EXCLUDE-6 ``filter``: it is outside the plan's scope."""

    @pytest.mark.parametrize(
        ("fields", "is_in"),
        [
            ((), True),
            ((("zone", ("Z1", "Z2")),), True),
            ((("zone", ("Z2",)),), False),
            ((("size", ("small",)),), True),
            ((("risk_class", ("A", "B")), ("zone", ("Z1",))), True),
            ((("risk_class", ("B",)), ("zone", ("Z1",))), False),
            ((("id", ("E1",)),), True),
            ((("id", ("E",)),), False),
            ((("industry", ("C13",)),), True),
            ((("industry", ("C1311", "C")),), True),
            ((("industry", ("C131123",)),), False),
        ],
    )
    def test_fields(self, fields: tuple[tuple[str, tuple[str, ...]], ...], is_in: bool) -> None:
        """EXCLUDE-6: every field named must have one of its values; an industry's code also counts for the codes above it."""
        one = entity(zone="Z1", size="small", industry="C1311")
        scope = Scope(fields=fields)
        assert scope.is_targeted is bool(fields)
        assert is_in_scope(one, scope) is is_in
        assert reason_of(one, plan=plan(scope=scope)) is (None if is_in else Reason.FILTER)

    @pytest.mark.parametrize(
        ("field", "wanted", "is_in"),
        [
            ("size", "小", True),
            ("size", "小型", True),
            ("size", "小型企业", True),
            ("size", " Small ", True),
            ("size", "小微", False),
            ("size", "中型", False),
            ("risk_class", "A级", True),
            ("risk_class", "ａ类", True),
            ("risk_class", "B级", False),
            ("zone", "z1", False),
        ],
    )
    def test_words(self, field: str, wanted: str, is_in: bool) -> None:
        """EXCLUDE-6, REG-15, REG-21: sizes and risk classes are met by every word for them, as matters are; zones to the letter."""
        one = entity(zone="Z1", size="小")
        assert is_in_scope(one, Scope(fields=((field, ("none", wanted)),))) is is_in

    def test_missing(self) -> None:
        """EXCLUDE-6: who lacks the field is outside."""
        assert not is_in_scope(entity(zone=None), Scope(fields=(("zone", ("Z1",)),)))


class TestCounting:
    """EXCLUDE-7 Visits of all departments count; case checks never do."""

    @pytest.mark.parametrize("kind", list(VisitKind))
    def test_kinds(self, kind: VisitKind) -> None:
        """EXCLUDE-7: only combined, routine and special checks exclude anybody."""
        found = reason_of(visits=(visit("E1", date(2026, 12, 2), kind),))
        counted = {VisitKind.COMBINED, VisitKind.ROUTINE, VisitKind.SPECIAL}
        assert found is (Reason.MONTH if kind in counted else None)


def test_precedence() -> None:
    """EXCLUDE-1 to EXCLUDE-6: taking away the first reason each time, the others come to light in the protocol's order."""
    scope = Scope(fields=(("zone", ("elsewhere",)),))
    busy = tuple(visit("E1", date(2026, month, 2)) for month in (9, 10, 11))
    steps: list[tuple[Entity, dict[str, Any]]] = [
        (
            entity(retired=date(2026, 1, 1)),
            {"drawn": (E1,), "undrawn": (undrawn("E1"),), "visits": busy, "bureau": bureau(cap=3)},
        ),
        (entity(), {"drawn": (E1,), "undrawn": (undrawn("E1"),), "visits": busy, "bureau": bureau(cap=3)}),
        (entity(), {"undrawn": (undrawn("E1"),), "visits": busy, "bureau": bureau(cap=3)}),
        (entity(), {"visits": busy, "bureau": bureau(cap=3)}),
        (entity(), {"visits": busy}),
        (entity(), {}),
    ]
    found = [reason_of(one, plan=plan(scope=scope), **change) for one, change in steps]
    assert found == list(Reason)
