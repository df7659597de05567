"""What a supplement has to name: from what is asked for, and from what the books say by now."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from inspect_cli.core.draw.result import OpenReason, Visit
from inspect_cli.core.draw.supplement.affected import find_affected
from inspect_cli.core.draw.supplement.build import Newcomer, SupplementRequest, build_supplement
from inspect_cli.core.draw.supplement.reach import find_reach
from inspect_cli.core.draw.supplement.situation import Cause, Situation, Wishes
from inspect_cli.core.draw.supplement.standing import Chain, standing_of
from inspect_cli.core.draw.supplement.wish_check import require_sensible
from inspect_cli.core.names import EntityId, InspectorId, Slot
from inspect_cli.core.verify.checks import verify
from inspect_cli.errors import RefusedError, UsageMistake
from tests.core.draw.builders import DAYS, dice, drawn, entity, frame, inspector
from tests.core.draw.chains import bundle, extend, finish, in_force, make_chain
from tests.core.draw.strategies import Numbers, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.core.draw.rows import EntityRow, InspectorRow
    from inspect_cli.core.draw.supplement.affected import Affected
    from inspect_cli.core.draw.supplement.build import Supplement

FIRST, SECOND, THIRD, FOURTH, LAST = DAYS
LEFT = DAYS[1:]
PEOPLE = tuple(f"R{number:02}" for number in range(1, 7))


def visit(name: str, day: str | None, *team: str, expert: str | None = None) -> Visit:
    """Build a visit; open where it has no day."""
    return Visit(
        entity=EntityId(name),
        domains=entity(name).domains,
        day=day,
        open=OpenReason.NO_TEAM if day is None else None,
        team=tuple(map(InspectorId, team)),
        expert=None if expert is None else InspectorId(expert),
    )


def stand(*visits: Visit, people: Iterable[InspectorRow] = (), rows: Iterable[EntityRow] = ()) -> Chain:
    """Build a first draw whose visits are these, whatever its seed says."""
    entities = {one.entity: entity(one.entity) for one in visits} | {row.id: row for row in rows}
    lists = frame([entities[name] for name in sorted(entities)], tuple(people) or tuple(map(inspector, PEOPLE)))
    record = drawn(lists)
    return Chain(first=replace(record, result=replace(record.result, visits=visits)))


def wish(**others: Any) -> Wishes:
    """Build wishes whose dice are rolled on the first day."""
    return Wishes(**{"sources": (dice(at=f"{FIRST}T09:00:00+08:00"),), "reason": "asked"} | others)


def books(**others: Any) -> Situation:
    """Build a situation on the first day."""
    return Situation(**{"today": FIRST} | others)


def build(chain: Chain, wishes: Wishes, affected: Affected) -> Supplement:
    """Build the supplement that names what was found; it raises where anything of it is not so."""
    request = SupplementRequest(
        slot=Slot("2026-12/2"),
        sources=wishes.sources,
        changes=affected.changes,
        absent=affected.absent,
        added=wishes.added,
    )
    return build_supplement(chain, request)


def find(chain: Chain, wishes: Wishes | None = None, situation: Situation | None = None) -> Affected:
    """Find what is affected, and see that a supplement can be built of it."""
    found = find_affected(chain, wishes or wish(), situation or books())
    build(chain, wishes or wish(), found)
    return found


def changes(found: Affected) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Give each change as who left, which days are closed, and why."""
    return {one.entity: (one.left, one.closed, one.reason) for one in found.changes}


def absent(found: Affected) -> dict[str, tuple[tuple[str, ...], str]]:
    """Give each absence as its days and why."""
    return {one.id: (one.days, one.reason) for one in found.absent}


class TestDropouts:
    """AFFECT-1, AFFECT-2: who drops out, from which visits, and when it is too late to replace them."""

    def test_who_is_absent_leaves_and_the_others_stay(self) -> None:
        """Somebody absent on the day of a visit that is left leaves it; other visits are not touched."""
        chain = stand(visit("E01", THIRD, "R01", "R02"), visit("E02", FOURTH, "R01", "R03"), visit("E03", THIRD, "R03"))
        found = find(chain, wish(absent={"R01": frozenset({THIRD})}))
        assert changes(found) == {"E01": (("R01",), (), "asked")}
        assert absent(found) == {"R01": ((THIRD,), "asked")}

    def test_what_the_registry_says_by_now_counts_without_a_word(self) -> None:
        """Leave entered since the draw takes its holder off the visit, with the cause that the books give."""
        chain = stand(visit("E01", THIRD, "R01", "R02"))
        found = find(chain, situation=books(away={"R02": {THIRD: Cause.LEAVE}}))
        assert changes(found) == {"E01": (("R02",), (), "leave")}
        assert absent(found) == {"R02": ((THIRD,), "leave")}

    def test_illness_on_the_day_itself_closes_the_day(self) -> None:
        """Nobody is replaced on the day of the dice or before: the visit is drawn anew as a whole on another day."""
        chain = stand(visit("E01", FIRST, "R01", "R02"))
        for situation, wishes in (
            (books(), wish(absent={"R01": frozenset({FIRST})})),
            (books(away={"R01": {FIRST: Cause.LEAVE}}), wish()),
        ):
            (change,) = find(chain, wishes, situation).changes
            assert (change.left, change.closed) == ((), (FIRST,))

    def test_days_before_today_are_looked_at_only_when_asked_for(self) -> None:
        """Leave entered for a day that is past changes nothing of itself; named, the visit that fell out is drawn anew."""
        chain = stand(visit("E01", FIRST, "R01", "R02"), visit("E02", None))
        later = books(today=SECOND, away={"R01": {FIRST: Cause.LEAVE}})
        wishes = wish(sources=(dice(at=f"{SECOND}T09:00:00+08:00"),))
        assert set(changes(find(chain, wishes, later))) == {"E02"}
        asked = replace(wishes, absent={InspectorId("R01"): frozenset({FIRST})})
        assert changes(find(chain, asked, later))["E01"] == ((), (FIRST,), "asked")

    def test_recorded_and_ended_visits_are_let_be(self) -> None:
        """A visit with a result, or one that was cancelled, is not drawn again for somebody who drops out."""
        chain = stand(
            visit("E01", THIRD, "R01", "R02"), visit("E02", THIRD, "R03", "R04"), visit("E03", THIRD, "R05", "R01")
        )
        situation = books(recorded=frozenset({"E01"}), ended=frozenset({"E02"}))
        gone = {person: frozenset({FOURTH}) for person in ("R02", "R03")}
        asked = wish(absent=gone | {"R05": frozenset({THIRD})})
        assert set(changes(find(chain, asked, situation))) == {"E03"}

    def test_an_expert_is_replaced_in_time_or_missed(self) -> None:
        """An expert who cannot come leaves the visit; where it is too late for another one, the visit goes without."""
        people = (*map(inspector, PEOPLE), inspector("X01", role="expert", lead=False))
        chain = stand(
            visit("E01", FIRST, "R01", "R02", expert="X01"),
            visit("E02", THIRD, "R03", "R04", expert="X01"),
            people=people,
        )
        found = find(chain, wish(absent={"X01": frozenset(DAYS)}))
        assert changes(found) == {"E02": (("X01",), (), "asked")}
        assert found.unaided == (("X01", "E01"),)

    def test_who_cannot_come_to_one_visit_stays_on_the_others(self) -> None:
        """Leaving one visit bars its holder from that entity, and from nothing else."""
        chain = stand(visit("E01", THIRD, "R01", "R02"), visit("E02", FOURTH, "R01", "R03"))
        found = find(chain, wish(leaving=frozenset({("R01", "E01")})))
        assert changes(found) == {"E01": (("R01",), (), "asked")}
        assert absent(found) == {}

    def test_a_moved_visit_that_loses_a_member_is_drawn_anew(self) -> None:
        """Nobody can be replaced on a day that was not drawn: the drawn day is closed, and all of it is drawn again."""
        chain = stand(visit("E01", SECOND, "R01", "R02"))
        situation = books(moved={"E01": FOURTH})
        found = find(chain, wish(absent={"R01": frozenset({FOURTH})}), situation)
        assert changes(found) == {"E01": ((), (SECOND,), "asked")}

    def test_nothing_to_draw_is_refused(self) -> None:
        """A supplement without a visit that is still to be made is none."""
        chain = stand(visit("E01", THIRD, "R01", "R02"), visit("E02", None))
        for situation in (books(recorded=frozenset({"E02"})), books(ended=frozenset({"E02"}))):
            with pytest.raises(RefusedError, match="nothing is to be drawn again"):
                find_affected(chain, wish(absent={"R03": frozenset({THIRD})}), situation)


class TestClosedDays:
    """AFFECT-3, AFFECT-4: days on which an entity, or nobody, is visited."""

    def test_a_lost_day_is_lost_for_all_its_visits(self) -> None:
        """All visits of the day are drawn anew, none of them on that day again."""
        chain = stand(
            visit("E01", THIRD, "R01", "R02"), visit("E02", THIRD, "R03", "R04"), visit("E03", FOURTH, "R05", "R06")
        )
        found = find(chain, wish(lost=frozenset({THIRD})))
        assert changes(found) == dict.fromkeys(("E01", "E02"), ((), (THIRD,), "asked"))

    def test_blackout_days_of_today_close_what_is_planned_and_what_is_drawn(self) -> None:
        """A blackout on the planned day has the visit drawn anew; further blackout days that are left are closed as well."""
        chain = stand(visit("E01", THIRD, "R01", "R02"), visit("E02", None))
        shut = {"E01": frozenset({FIRST, THIRD, LAST}), "E02": frozenset({SECOND})}
        assert changes(find(chain, situation=books(shut=shut))) == {
            "E01": ((), (THIRD, LAST), "blackout"),
            "E02": ((), (SECOND,), "open"),
        }

    def test_a_day_closed_for_one_entity(self) -> None:
        """A day that an entity asks to be spared is closed for its visit alone; of a moved visit the drawn day as well."""
        chain = stand(visit("E01", SECOND, "R01", "R02"), visit("E02", THIRD, "R03", "R04"))
        asked = wish(closed={"E01": frozenset({THIRD})})
        assert changes(find(chain, asked, books(moved={"E01": THIRD}))) == {"E01": ((), (SECOND, THIRD), "asked")}

    def test_a_visit_without_a_day_left_is_told_of(self) -> None:
        """What the books take the last day from is not drawn anew, and not hidden; the rest is drawn."""
        row = entity("E01", days=(LAST,))
        chain = stand(visit("E01", LAST, "R01", "R02"), visit("E02", None), rows=[row])
        found = find(chain, situation=books(shut={"E01": frozenset({LAST})}))
        assert found.stuck == (("E01", "blackout"),)
        assert set(changes(found)) == {"E02"}

    @pytest.mark.parametrize(
        "asked", [{"closed": {"E01": frozenset({LAST})}}, {"recused": frozenset({("R01", "E01")})}]
    )
    def test_a_visit_that_was_asked_for_and_has_no_day_left_is_refused(self, asked: dict[str, Any]) -> None:
        """Whoever names a visit that cannot be drawn anew is told to end it."""
        chain = stand(visit("E01", LAST, "R01", "R02"), visit("E02", None), rows=[entity("E01", days=(LAST,))])
        with pytest.raises(RefusedError, match="no day left") as caught:
            find_affected(chain, wish(**asked), books(shut={"E01": frozenset({LAST})}))
        assert "visit cancel" in str(caught.value.hint)

    def test_an_open_visit_with_only_blackout_days_left_is_to_be_ended_first(self) -> None:
        """The protocol draws an open visit while it has a day: one that nobody may visit is ended, not drawn for a forbidden day."""
        chain = stand(visit("E01", None), visit("E02", None))
        situation = books(shut={"E01": frozenset(LEFT)})
        with pytest.raises(RefusedError, match="E01 has no day left"):
            find_affected(chain, wish(), situation)
        found = find(chain, situation=replace(situation, ended=frozenset({EntityId("E01")})))
        assert changes(found) == dict.fromkeys(("E01", "E02"), ((), (), "open"))


class TestAbsences:
    """AFFECT-5, AFFECT-6: who is named absent on the days that are left."""

    def test_days_that_belong_to_another_draw_or_to_a_moved_visit(self) -> None:
        """Nobody is drawn for a day on which another draw seats them, or on which a visit was moved."""
        chain = stand(visit("E01", None), visit("E02", SECOND, "R01", "R02"))
        situation = books(taken={"R03": frozenset({FIRST, LAST})}, moved={"E02": FOURTH})
        assert absent(find(chain, situation=situation)) == {
            "R01": ((FOURTH,), "moved"),
            "R02": ((FOURTH,), "moved"),
            "R03": ((LAST,), "other-draw"),
        }

    def test_a_seat_of_this_draw_stands_whatever_else_takes_its_holder(self) -> None:
        """Another draw on the same day does not take somebody off a visit that stands."""
        chain = stand(visit("E01", None), visit("E02", THIRD, "R01", "R02"))
        found = find(chain, situation=books(taken={"R01": frozenset({THIRD})}))
        assert set(changes(found)) == {"E01"}
        assert absent(found) == {}

    def test_leave_on_the_day_that_a_visit_was_moved_from(self) -> None:
        """It costs the moved visit nothing while no visit can be drawn for that day; otherwise all of it is drawn anew."""
        chain = stand(visit("E01", SECOND, "R01", "R02"), visit("E02", LAST, "R03", "R04"))
        situation = books(moved={"E01": FOURTH}, away={"R01": {SECOND: Cause.LEAVE}})
        narrow = find(chain, wish(leaving=frozenset({("R03", "E02")})), situation)
        assert changes(narrow) == {"E02": (("R03",), (), "asked")}
        wide = find(chain, wish(lost=frozenset({LAST})), situation)
        assert changes(wide) == {"E01": ((), (SECOND, LAST), "moved"), "E02": ((), (LAST,), "asked")}
        assert absent(wide)["R01"] == ((SECOND,), "leave")

    def test_a_moved_visit_with_no_day_left_stops_it(self) -> None:
        """Where a moved visit would have to be drawn anew and cannot, nothing is drawn that could break a leave."""
        row = entity("E01", days=(SECOND,))
        chain = stand(visit("E01", SECOND, "R01", "R02"), visit("E02", None), rows=[row])
        with pytest.raises(RefusedError, match="E01 has no day left"):
            find_affected(chain, wish(), books(moved={"E01": FOURTH}, away={"R01": {SECOND: Cause.LEAVE}}))

    def test_a_recorded_visit_that_was_moved_forward_stops_it(self) -> None:
        """Its seat counts on the drawn day and cannot be drawn again: sources after that day are the way out."""
        chain = stand(visit("E01", LAST, "R01", "R02"), visit("E02", None))
        situation = books(recorded=frozenset({"E01"}), away={"R01": {LAST: Cause.LEAVE}})
        with pytest.raises(RefusedError, match="whose result is recorded"):
            find_affected(chain, wish(), situation)

    def test_an_ended_visit_is_named_where_the_protocol_wants_it(self) -> None:
        """Its holder is absent on a day that can be drawn, so the seat has to be left on paper."""
        chain = stand(visit("E01", THIRD, "R01", "R02"), visit("E02", None))
        situation = books(ended=frozenset({"E01"}), away={"R01": {THIRD: Cause.LEAVE}})
        assert changes(find(chain, situation=situation)) == {"E01": (("R01",), (), "leave"), "E02": ((), (), "open")}


class TestRecusals:
    """AFFECT-7: pairs that must not meet, of whom the frozen roster knows nothing."""

    def test_a_late_recusal_leaves_the_seat(self) -> None:
        """Whoever is recused from an entity that they were to visit leaves it, asked for or found in the books."""
        chain = stand(visit("E01", THIRD, "R01", "R02"))
        for found in (
            find(chain, wish(recused=frozenset({("R01", "E01")}))),
            find(chain, situation=books(recused=frozenset({("R01", "E01"), ("R09", "E01")}))),
        ):
            assert changes(found) == {"E01": (("R01",), (), "recusal")}
            assert absent(found) == {}

    def test_who_could_be_drawn_for_the_pair_is_absent(self) -> None:
        """For an open visit the recused are named absent on all days on which they could come."""
        chain = stand(visit("E01", None), visit("E02", FOURTH, "R03", "R04"))
        found = find(chain, situation=books(recused=frozenset({("R01", "E01"), ("R02", "E02")})))
        assert absent(found) == {"R01": (LEFT, "recusal")}

    def test_where_a_seat_stays_the_day_is_closed(self) -> None:
        """Somebody who stays on a visit of that day, with a place left, cannot be absent: the entity is spared that day."""
        chain = stand(visit("E01", None), visit("E02", FOURTH, "R01", "R04"))
        found = find(chain, situation=books(recused=frozenset({("R01", "E01")})))
        assert changes(found) == {"E01": ((), (FOURTH,), "open")}
        assert absent(found) == {"R01": ((SECOND, THIRD, LAST), "recusal")}

    def test_a_visit_that_nothing_keeps_apart_stops_it(self) -> None:
        """With one day left, and the recused sitting elsewhere that day with a place left, the visit is to be ended."""
        chain = stand(
            visit("E01", LAST, "R02", "R03"), visit("E02", LAST, "R01", "R04"), rows=[entity("E01", days=(LAST,))]
        )
        asked = wish(absent={"R02": frozenset({LAST})})
        with pytest.raises(RefusedError, match="E01 has no day left"):
            find_affected(chain, asked, books(recused=frozenset({("R01", "E01")})))


class TestMonthCaps:
    """AFFECT-8: the cap of a month counts the seats of all draws."""

    def test_last_free_days_fall_away(self) -> None:
        """With one visit left to somebody who could be drawn for three, only the first free day with one place is kept."""
        chain = stand(
            visit("E01", None), visit("E02", None), visit("E03", None), people=[inspector(p, cap=1) for p in PEOPLE]
        )
        found = find(chain, situation=books(limits={"R01": 1, "R02": 40, "R99": 0}))
        assert absent(found) == {"R01": ((THIRD, FOURTH, LAST), "month-cap")}

    def test_who_has_nothing_left_is_absent(self) -> None:
        """With no visit left all free days fall away, and the seat that stands is kept."""
        people = [inspector(person, cap=1) for person in PEOPLE]
        chain = stand(visit("E01", None), visit("E02", THIRD, "R01", "R02"), people=people)
        found = find(chain, situation=books(limits={"R01": 1}))
        assert absent(found) == {"R01": ((SECOND, FOURTH, LAST), "month-cap")}

    def test_a_place_beside_a_seat_that_stays_is_refused(self) -> None:
        """Where a day has a seat that stays and another place, only a person can say how to go on."""
        chain = stand(visit("E01", None), visit("E02", THIRD, "R01", "R02"))
        with pytest.raises(RefusedError, match="R01 could come to more visits") as caught:
            find_affected(chain, wish(), books(limits={"R01": 1}))
        assert "--absent R01=DAY" in str(caught.value.hint)

    def test_visits_that_bar_somebody_do_not_count(self) -> None:
        """Nobody loses days for visits that they could never be drawn for."""
        barred = inspector("R01", barred=(EntityId("E01"),))
        chain = stand(visit("E01", None), people=[barred, *map(inspector, PEOPLE[1:])])
        assert absent(find(chain, situation=books(limits={"R01": 0}))) == {}


class TestWishes:
    """AFFECT-9: what is asked for speaks of people and visits that are there."""

    chain = stand(visit("E01", THIRD, "R01", "R02"), visit("E02", None))

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ({"absent": {"R99": frozenset({THIRD})}}, "R99 is not on the roster"),
            ({"leaving": frozenset({("R03", "E01")})}, "R03 is not on the visit"),
            ({"leaving": frozenset({("R99", "E01")})}, "R99 is not on the roster"),
            ({"recused": frozenset({("R01", "E99")})}, "E99 has no visit"),
            ({"closed": {"E01": frozenset({FOURTH})}}, "planned for 2026-12-03"),
            ({"added": (Newcomer(row=inspector("R01"), reason="new"),)}, "R01 is on the roster of this draw already"),
        ],
    )
    def test_what_is_not_there_is_a_mistake(self, asked: dict[str, Any], words: str) -> None:
        """Each says what is wrong and where to look."""
        with pytest.raises(UsageMistake, match=words) as caught:
            require_sensible(self.chain, wish(**asked), books())
        assert caught.value.hint is not None

    @pytest.mark.parametrize(("state", "words"), [("recorded", "is recorded"), ("ended", "has ended")])
    def test_what_is_over_is_refused(self, state: str, words: str) -> None:
        """A visit with a result, or one that was cancelled or carried over, cannot be named."""
        with pytest.raises(RefusedError, match=words):
            require_sensible(
                self.chain, wish(recused=frozenset({("R01", "E01")})), books(**{state: frozenset({EntityId("E01")})})
            )

    def test_what_is_there_is_let_through(self) -> None:
        """People of the roster, newcomers, members of a visit, its day, and any day of an open one."""
        asked = wish(
            absent={"R03": frozenset({THIRD})},
            leaving=frozenset({("R01", "E01")}),
            closed={"E01": frozenset({FOURTH}), "E02": frozenset({FOURTH})},
            added=(Newcomer(row=inspector("R99"), reason="new"),),
        )
        require_sensible(self.chain, asked, books(moved={"E01": FOURTH}))


class TestReach:
    """REACH-1: how many could join a visit before it is drawn."""

    def test_seats_days_and_people(self) -> None:
        """A refill has its one day, a visit drawn anew all that are left; who is absent or already there could not join."""
        chain = stand(visit("E01", THIRD, "R01", "R02"), visit("E02", None))
        wishes = wish(absent={"R01": frozenset({THIRD, FOURTH})})
        made = build(chain, wishes, find(chain, wishes))
        reach = {one.entity: (one.days, one.possible, one.people) for one in find_reach(made.commitment, made.frame)}
        assert reach == {"E01": (1, 1, 4), "E02": (4, 4, 6)}

    def test_an_expert_who_leaves_needs_no_inspector(self) -> None:
        """With a whole team that stays, no seat is left to fill."""
        people = (*map(inspector, PEOPLE), inspector("X01", role="expert", lead=False))
        chain = stand(visit("E01", THIRD, "R01", "R02", expert="X01"), people=people)
        wishes = wish(leaving=frozenset({("X01", "E01")}))
        made = build(chain, wishes, find(chain, wishes))
        (reach,) = find_reach(made.commitment, made.frame)
        assert (reach.days, reach.possible, reach.people) == (1, 1, 0)

    def test_a_visit_that_nobody_could_make(self) -> None:
        """Where all but one are gone, no day has a team."""
        chain = stand(visit("E01", THIRD, "R01", "R02"))
        wishes = wish(absent={person: frozenset(DAYS) for person in PEOPLE[1:]})
        made = build(chain, wishes, find(chain, wishes))
        (reach,) = find_reach(made.commitment, made.frame)
        assert (reach.possible, reach.people) == (0, 0)


def _some_books(chance: Numbers, chain: Chain) -> Situation:
    """Make books of any sort for a chain: leave, other draws, recusals, blackouts, moved, recorded and ended visits, caps."""
    people = sorted(standing_of(chain).roster)
    visits = [one for one in in_force(chain).values() if one.day is not None]
    names = sorted(in_force(chain))
    recorded = frozenset(one.entity for one in visits if one.day <= FIRST and chance.flag(2))  # type: ignore[operator]
    moved = {one.entity: chance.one(LEFT) for one in visits if one.entity not in recorded and chance.flag(4)}
    return books(
        away={person: dict.fromkeys(chance.some(DAYS, 1), Cause.LEAVE) for person in people if chance.flag(4)},
        taken={person: frozenset(chance.some(DAYS, 1)) for person in people if chance.flag(5)},
        recused=frozenset((person, name) for person in people for name in names if chance.flag(9)),
        shut={name: frozenset(chance.some(DAYS, 1)) for name in names if chance.flag(5)},
        moved={name: day for name, day in moved.items() if day != in_force(chain)[name].day},
        recorded=recorded,
        ended=frozenset(name for name in names if name not in recorded and chance.flag(8)),
        limits={person: chance.below(4) for person in people if chance.flag(4)},
    )


def _elsewhere(chain: Chain, situation: Situation, changed: set[EntityId]) -> dict[str, set[str]]:
    """Give the days on which people are taken: by other draws, and by visits that were moved there and stay."""
    taken: dict[str, set[str]] = {person: set(days) for person, days in situation.taken.items()}
    seated = {(person, one.day) for one in in_force(chain).values() for person in one.team}
    for person, days in taken.items():
        days -= {day for who, day in seated if who == person and day is not None}
    for name, day in situation.moved.items():
        if name not in changed and name not in situation.ended:
            for person in in_force(chain)[name].team:
                if (person, day) not in seated:
                    taken.setdefault(person, set()).add(day)
    return taken


class TestRandomBooks:
    """AFFECT-1 to AFFECT-8: whatever the books say, what is drawn breaks none of it, and verifies."""

    @settings(max_examples=300)
    @given(numbers)
    def test_no_new_seat_breaks_what_the_books_say(self, chance: Numbers) -> None:
        """No seat that a supplement gives is on a day of leave or of another draw, with a recused entity, or beyond the month's cap."""
        chain = make_chain(chance)
        situation = _some_books(chance, chain)
        try:
            found = find_affected(chain, wish(), situation)
        except RefusedError:
            return
        made = build(chain, wish(), found)
        longer = extend(chain, finish(made))
        assert verify(bundle(longer)).level == 0
        before = standing_of(chain).visits
        seats: Counter[str] = Counter()
        elsewhere = _elsewhere(chain, situation, {change.entity for change in found.changes})
        for one in longer.last.result.visits:
            old = before[one.entity]
            if one.day is None:
                continue
            if one.entity not in situation.ended:
                assert one.day not in situation.shut.get(one.entity, ())
            for person in (*one.team, *filter(None, [one.expert])):
                stays = one.day == old.day and person in (*old.team, old.expert) and bool(made_left(made, one.entity))
                if not stays:
                    seats[person] += 1
                    assert one.day not in situation.away.get(person, {})
                    assert one.day not in elsewhere.get(person, ())
                    assert (person, one.entity) not in situation.recused or one.entity in situation.ended
        assert all(seats[person] <= limit for person, limit in situation.limits.items() if seats[person])


def made_left(made: Supplement, name: str) -> tuple[str, ...]:
    """Give who left a visit by a supplement."""
    amends = made.commitment.amends
    assert amends is not None
    return next(change.left for change in amends.changes if change.entity == name)
