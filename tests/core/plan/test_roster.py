"""Who can visit in the period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.bureau import Rules, Squad, ZoneRule
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.plan.frame.gathered import PastTeam, Seat
from inspect_cli.core.plan.frame.roster import RosterRole, RosterRow, build_roster, build_row
from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal, RecusalReason
from tests.core.plan.builders import DAYS, bureau, gathered, inspector, undrawn

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
        """ROSTER-3: a day on which another draw has given a seat is that draw's; the month has as many fewer as seats were given."""
        first, second, third = DAYS[:3]
        seats = (Seat(inspector=R1, day=first),) * 2 + (Seat(inspector=R1, day=second),)
        row = row_of(
            seats=(*seats, Seat(inspector=InspectorId("R2"), day=third)),
            bureau=bureau(visits_a_day=3, visits_a_month=9),
        )
        assert row is not None
        assert [day.day for day in row.days] == list(DAYS[2:])
        assert {day.cap for day in row.days} == {3}
        assert row.month_cap == 6

    def test_taken(self) -> None:
        """ROSTER-3: a day to which another draw's visit was moved falls away too, and is no further visit of the month."""
        row = row_of(seats=(Seat(inspector=R1, day=DAYS[0]),), taken=(Seat(inspector=R1, day=DAYS[1]),))
        assert row is not None
        assert ([day.day for day in row.days], row.month_cap) == (list(DAYS[2:]), 19)

    def test_undrawn(self) -> None:
        """ROSTER-7: a day on which a draw that is not yet drawn counts on somebody falls away, and so do its visits."""
        other = undrawn(days=(Seat(inspector=R1, day=DAYS[4]), Seat(inspector=InspectorId("R2"), day=DAYS[5])))
        row = row_of(undrawn=(replace(other, most=((R1, 2), (InspectorId("R2"), 2))),))
        assert row is not None
        assert ([day.day for day in row.days], row.month_cap) == ([*DAYS[:4], *DAYS[5:]], 18)

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
        pair = Recusal(inspector=R1, entity=EntityId("X"), reason=RecusalReason.KIN, start=start, end=end)
        row = row_of(recusals=(pair,))
        assert row is not None
        assert row.barred == (("X",) if is_barred else ())

    def test_sorted_once(self) -> None:
        """ROSTER-5: several reasons bar an entity once, the list is sorted by bytes, and no reason is in it."""
        pairs = tuple(
            Recusal(inspector=R1, entity=EntityId(name), reason=RecusalReason.KIN)
            for name in ("乙", "B", "a", "B", "A")
        )
        row = row_of(recusals=pairs)
        assert row is not None
        assert row.barred == ("A", "B", "a", "乙")

    def test_rotation(self) -> None:
        """ROSTER-6: whoever was at an entity the last time does not go there this time."""
        row = row_of(past_teams=(PastTeam(entity=EntityId("E7"), team=(InspectorId("R9"), R1)),))
        assert row is not None
        assert row.barred == ("E7",)

    def test_rotation_set_aside(self) -> None:
        """ROSTER-6: a bureau whose rules say so does without rotation, and recusals hold all the same."""
        row = row_of(
            past_teams=(PastTeam(entity=EntityId("E7"), team=(R1,)),),
            recusals=(Recusal(inspector=R1, entity=EntityId("E8"), reason=RecusalReason.KIN),),
            bureau=bureau(rules=Rules(rotation=False)),
        )
        assert row is not None
        assert row.barred == ("E8",)


class TestSquads:
    """ROSTER-8 Members of a squad work on its weekdays, in the zones that both they and it have, by its month's cap."""

    @pytest.mark.parametrize(
        ("own", "squad", "zones"),
        [
            ((), (), ()),
            (("Z1", "Z2"), (), ("Z1", "Z2")),
            ((), ("Z2", "Z3"), ("Z2", "Z3")),
            (("Z1", "Z2"), ("Z2", "Z3"), ("Z2",)),
            (("Z1",), ("Z2",), None),
        ],
    )
    def test_zones(self, own: tuple[str, ...], squad: tuple[str, ...], zones: tuple[str, ...] | None) -> None:
        """ROSTER-8: the common ones hold; with none in common somebody is not on the roster, unless all may go anywhere."""
        person = inspector(zones=own, squad="S")
        settings = bureau(squads=(Squad(name="T", zones=("Z9",)), Squad(name="S", zones=squad)))
        row = row_of(person, bureau=settings)
        assert (None if row is None else row.zones) == zones
        anywhere = row_of(person, bureau=replace(settings, rules=Rules(zones=ZoneRule.ANY)))
        assert anywhere is not None
        assert anywhere.zones == ()

    def test_weekdays(self) -> None:
        """ROSTER-8: who has no squad, or one without weekdays of its own, works every day."""
        settings = bureau(squads=(Squad(name="S", weekdays=(0, 2)), Squad(name="T")))
        assert days_of(inspector(squad="S"), bureau=settings) == [day for day in DAYS if day.weekday() in {0, 2}]
        for squad in ("T", "U", None):
            assert days_of(inspector(squad=squad), bureau=settings) == list(DAYS)

    def test_month(self) -> None:
        """ROSTER-3: the person's own cap stands before the squad's, and the squad's before the bureau's."""
        settings = bureau(visits_a_month=9, squads=(Squad(name="S", visits_a_month=6), Squad(name="T")))
        people = (inspector(squad="S", month_cap=3), inspector(squad="S"), inspector(squad="T"), inspector())
        rows = [row_of(person, bureau=settings) for person in people]
        assert [row and row.month_cap for row in rows] == [3, 6, 9, 9]


class TestProportion:
    """ROSTER-9 The month's cap is in proportion to the days on which somebody can work, rounded up."""

    @pytest.mark.parametrize(
        ("days", "cap", "expected"), [(23, 20, 20), (1, 20, 1), (12, 20, 11), (12, 23, 12), (5, 0, 0)]
    )
    def test_share(self, days: int, cap: int, expected: int) -> None:
        """ROSTER-9: of 23 days, 12 at work leave ⌈20 × 12 ÷ 23⌉ = ⌈10.4⌉ = 11 visits; one day at work leaves at least one."""
        leave = (Leave(inspector=R1, first=DAYS[0], last=DAYS[22 - days], reason="x"),) if days < 23 else ()
        settings = bureau(visits_a_month=cap, rules=Rules(month_cap_in_proportion=True))
        row = row_of(leave=leave, bureau=settings)
        assert row is not None
        assert (len(row.days), row.month_cap) == (days, expected)

    def test_other_draws(self) -> None:
        """ROSTER-9: a day that another draw has taken was worked: it costs the visit that was made on it, and no share of the cap."""
        settings = bureau(visits_a_month=23, rules=Rules(month_cap_in_proportion=True))
        row = row_of(seats=(Seat(inspector=R1, day=DAYS[0]),), bureau=settings)
        assert row is not None
        assert (len(row.days), row.month_cap) == (22, 22)

    def test_not_asked_for(self) -> None:
        """ROSTER-9: unless the settings say so, days away change no cap."""
        leave = (Leave(inspector=R1, first=DAYS[0], last=DAYS[20], reason="x"),)
        row = row_of(leave=leave)
        assert row is not None
        assert row.month_cap == 20


def test_single_row() -> None:
    """ROSTER-1 to ROSTER-9: one person's row is the one that the roster has for them, and None where it has none."""
    found = gathered(inspectors=(inspector("R1"), inspector("R2", certificate=None)))
    assert [build_row(person, found, DAYS) for person in found.inspectors] == [build_roster(found, DAYS)[0], None]


def test_row() -> None:
    """ROSTER-1 to ROSTER-4: a row has the person's skills, zones and leave to lead as the registry has them."""
    row = row_of(inspector(zones=("Z1", "Z2"), may_lead=False))
    assert row is not None
    assert (row.role, row.lead, row.skills, row.zones) == (RosterRole.INSPECTOR, False, ("labour",), ("Z1", "Z2"))
