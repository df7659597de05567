"""Who can visit in the period."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.plan.gathered import PastTeam, Seat
from inspect_cli.core.plan.roster import RosterRole, RosterRow, build_roster
from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
from tests.core.plan.builders import DAYS, bureau, gathered, inspector

R1 = InspectorId("R1")


def row_of(person: Inspector | None = None, **change: Any) -> RosterRow | None:
    """Build the roster of one person, given what a test changes."""
    rows = build_roster(gathered(inspectors=(person or inspector(),), **change), DAYS)
    return rows[0] if rows else None


def days_of(person: Inspector | None = None, **change: Any) -> list[date]:
    """Tell the days on which one person can work."""
    row = row_of(person, **change)
    return [] if row is None else [day.day for day in row.days]


class TestCertificate:
    """ROSTER-1 An inspector works on the days on which the certificate is valid; an expert needs none."""

    def test_valid(self) -> None:
        """ROSTER-1: a long-term certificate is good for every day of the plan."""
        assert days_of() == list(DAYS)

    @pytest.mark.parametrize(
        ("until", "count"),
        [(date(2026, 12, 1), 1), (date(2026, 11, 30), 0), (date(2026, 12, 4), 4), (date(2027, 1, 1), 23)],
    )
    def test_last_day(self, until: date, count: int) -> None:
        """ROSTER-1: the last day of validity can still be worked, the days after it fall away."""
        assert len(days_of(inspector(valid_until=until))) == count

    def test_none(self) -> None:
        """ROSTER-1: nobody inspects without a certificate, but an expert assists without one."""
        assert row_of(inspector(certificate=None)) is None
        expert = row_of(inspector(certificate=None, is_expert=True))
        assert expert is not None
        assert expert.role is RosterRole.EXPERT
        assert not expert.lead

    def test_expert_whose_time_is_over(self) -> None:
        """ROSTER-1: an expert's stated validity counts too."""
        assert row_of(inspector(certificate=None, is_expert=True, valid_until=date(2026, 11, 30))) is None


class TestAway:
    """ROSTER-2 Nobody works on leave, nor from the day on which they left the roster."""

    def test_leave(self) -> None:
        """ROSTER-2: both ends of a leave are days of leave, and somebody else's leave changes nothing."""
        leave = (
            Leave(inspector=R1, first=date(2026, 11, 20), last=date(2026, 12, 3), reason="training"),
            Leave(inspector=R1, first=date(2026, 12, 31), last=date(2027, 1, 9), reason="holiday"),
            Leave(inspector=InspectorId("R2"), first=date(2026, 12, 1), last=date(2026, 12, 31), reason="holiday"),
        )
        assert days_of(leave=leave) == [day for day in DAYS if date(2026, 12, 4) <= day <= date(2026, 12, 30)]

    def test_retired(self) -> None:
        """ROSTER-2: the day of retirement is the first day without them."""
        assert days_of(inspector(retired=date(2026, 12, 2))) == [date(2026, 12, 1)]
        assert row_of(inspector(retired=date(2026, 12, 1))) is None


class TestCaps:
    """ROSTER-3 Caps are the person's own, else the bureau's, less the places that other draws have filled."""

    def test_settings(self) -> None:
        """ROSTER-3: what the roster leaves open is as the settings say, also where it says 0 itself."""
        settings = bureau(visits_a_day=3, visits_a_month=9)
        row, own = row_of(bureau=settings), row_of(inspector(day_cap=1, month_cap=0), bureau=settings)
        assert row is not None
        assert own is not None
        assert ({day.cap for day in row.days}, row.month_cap) == ({3}, 9)
        assert ({day.cap for day in own.days}, own.month_cap) == ({1}, 0)

    def test_filled(self) -> None:
        """ROSTER-3: two places that are filled leave one of three that day; a day with nothing left falls away."""
        first, second = DAYS[0], DAYS[1]
        seats = (Seat(inspector=R1, day=first),) * 2 + (Seat(inspector=R1, day=second),) * 3
        row = row_of(
            seats=(*seats, Seat(inspector=InspectorId("R2"), day=first)),
            bureau=bureau(visits_a_day=3, visits_a_month=9),
        )
        assert row is not None
        assert (row.days[0].day, row.days[0].cap) == (first, 1)
        assert second not in [day.day for day in row.days]
        assert row.month_cap == 4

    def test_overfilled(self) -> None:
        """ROSTER-3: more places than the month allows leave 0, not less."""
        seats = (Seat(inspector=R1, day=DAYS[0]),) * 5
        row = row_of(inspector(month_cap=2), seats=seats)
        assert row is not None
        assert row.month_cap == 0


class TestPresence:
    """ROSTER-4 Whoever has no day left is not on the roster."""

    def test_no_day(self) -> None:
        """ROSTER-4: with a cap of 0 there is no day, and without days nobody is there; the others are sorted by id."""
        people = (inspector("R3"), inspector("R1"), inspector("R2", day_cap=0))
        found = gathered(inspectors=people)
        assert [row.id for row in build_roster(found, DAYS)] == ["R1", "R3"]
        assert build_roster(found, ()) == ()


class TestBars:
    """ROSTER-5 Barred are the entities of recusals in force on any day of the period; ROSTER-6 and those of the last visit."""

    @pytest.mark.parametrize(
        ("start", "end", "is_barred"),
        [
            (None, None, True),
            (date(2026, 12, 31), None, True),
            (date(2027, 1, 1), None, False),
            (None, date(2026, 12, 1), True),
            (None, date(2026, 11, 30), False),
            (date(2026, 12, 10), date(2026, 12, 10), True),
        ],
    )
    def test_recusal(self, start: date | None, end: date | None, is_barred: bool) -> None:
        """ROSTER-5: one day of the period is enough, and an entity need not be registered."""
        pair = Recusal(inspector=R1, entity=EntityId("X"), reason="kin", start=start, end=end)
        row = row_of(recusals=(pair,))
        assert row is not None
        assert row.barred == (("X",) if is_barred else ())

    def test_sorted_once(self) -> None:
        """ROSTER-5: several reasons bar an entity once, the list is sorted by bytes, and no reason is in it."""
        pairs = tuple(Recusal(inspector=R1, entity=EntityId(name), reason="kin") for name in ("乙", "B", "a", "B", "A"))
        row = row_of(recusals=pairs)
        assert row is not None
        assert row.barred == ("A", "B", "a", "乙")

    def test_rotation(self) -> None:
        """ROSTER-6: whoever was at an entity the last time does not go there this time."""
        row = row_of(past_teams=(PastTeam(entity=EntityId("E7"), team=(InspectorId("R9"), R1)),))
        assert row is not None
        assert row.barred == ("E7",)


def test_row() -> None:
    """ROSTER-1 to ROSTER-4: a row has the person's skills, zones and leave to lead as the registry has them."""
    row = row_of(inspector(zones=("Z1", "Z2"), may_lead=False))
    assert row is not None
    assert (row.role, row.lead, row.skills, row.zones) == (RosterRole.INSPECTOR, False, ("labour",), ("Z1", "Z2"))
