"""Chains of supplementary draws for property tests, and the frame of a supplement worked out once more, slowly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import require_amends
from inspect_cli.core.draw.outcome import draw
from inspect_cli.core.draw.supplement.build import (
    Newcomer,
    Supplement,
    SupplementRequest,
    build_supplement,
    complete_changes,
)
from inspect_cli.core.draw.supplement.changes import Absence, Change
from inspect_cli.core.draw.supplement.standing import Chain, FinishedDraw
from inspect_cli.core.names import Slot
from inspect_cli.errors import InputError
from tests.core.draw.builders import DAYS, dice, drawn, entropy_for, members
from tests.core.draw.strategies import Numbers, make_draw, make_person

if TYPE_CHECKING:
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.draw.rows import InspectorRow
    from inspect_cli.core.verify.shape import Members


def finish(supplement: Supplement) -> FinishedDraw:
    """Draw a supplement."""
    made, lists = supplement.commitment, supplement.frame
    result = draw(made, lists.entities, lists.inspectors, entropy_for(made.sources))
    return FinishedDraw(commitment=made, frame=lists, result=result)


def extend(chain: Chain, record: FinishedDraw) -> Chain:
    """Give a chain with one more supplement."""
    return Chain(first=chain.first, supplements=(*chain.supplements, record))


def bundle(chain: Chain) -> Members:
    """Give the members that say the last draw of a chain, with all before it."""
    found = members(chain.first)
    for record in chain.supplements:
        found = members(record, found)
    return found


def in_force(chain: Chain) -> dict[str, Visit]:
    """Give the visits in force by entity, in the order of their ids."""
    records = (chain.first, *chain.supplements)
    found = {visit.entity: visit for record in records for visit in record.result.visits}
    return {name: found[name] for name in sorted(found)}


def make_chain(numbers: Numbers) -> Chain:
    """Make a first draw."""
    small = make_draw(numbers)
    return Chain(first=drawn(small.frame, 3, team=small.commitment.team, combine=small.commitment.combine))


def make_request(numbers: Numbers, chain: Chain) -> SupplementRequest:
    """Make a request with changes of all sorts, completed; its sources fall on the next day of the first draw."""
    number = len(chain.supplements)
    days = DAYS[number + 1 :]
    people = sorted({row.id for record in (chain.first, *chain.supplements) for row in record.frame.inspectors})
    changes = []
    for visit in in_force(chain).values():
        seats = sorted(filter(None, {*visit.team, visit.expert}))
        kind = numbers.below(5)
        if visit.day in days and kind == 0:
            changes.append(Change(entity=visit.entity, reason="recusal", left=numbers.some(seats, 1)))
        elif visit.day in days and kind == 1:
            closed = tuple(sorted({visit.day or "", *numbers.some(days)}))
            changes.append(Change(entity=visit.entity, reason="shut", closed=closed))
        elif visit.day is None and kind == 0:
            changes.append(Change(entity=visit.entity, reason="open", closed=numbers.some(DAYS)))
    newcomers = [make_person(numbers, 50 + 10 * number + place) for place in range(numbers.below(3))]
    request = SupplementRequest(
        slot=Slot(f"2026-12/1/s{number + 1}"),
        sources=(dice(at=f"{DAYS[number]}T09:00:00+08:00", count=10 + number),),
        changes=tuple(changes),
        absent=tuple(
            Absence(id=person, days=numbers.some(days, 1), reason="ill") for person in people if numbers.flag(4)
        ),
        added=tuple(Newcomer(row=_on_days(row, days), reason="posted here") for row in newcomers),
    )
    return complete_changes(chain, request, "open")


def make_supplement_of(numbers: Numbers, chain: Chain) -> Supplement:
    """Make a supplement of a chain; requests that close a visit's last day are refused, and another is made."""
    while True:
        try:
            return build_supplement(chain, make_request(numbers, chain))
        except InputError as error:
            if "no day left" not in str(error):
                raise


def _on_days(row: InspectorRow, days: tuple[str, ...]) -> InspectorRow:
    return replace(row, days=tuple(item for item in row.days if item[0] in days))


@dataclass(slots=True, kw_only=True)
class Person:
    """A row of a roster that can be changed: what never changes, caps by day, the month cap, and bars."""

    fixed: tuple[object, ...]
    days: dict[str, int]
    month: int
    barred: set[str]


def person_of(row: InspectorRow) -> Person:
    """Give a row as a person."""
    fixed = (row.salt, row.role, row.lead, row.skills, row.zones)
    return Person(fixed=fixed, days=dict(row.days), month=row.month_cap, barred=set(row.barred))


def plain_roster(chain: Chain, last: FinishedDraw) -> dict[str, Person]:
    """Work out the roster's whole after a chain and one more supplement, word for word as section 9 says it."""
    found: dict[str, Person] = {row.id: person_of(row) for row in chain.first.frame.inspectors}
    for record in (*chain.supplements, last):
        amends = require_amends(record.commitment)
        rows = {row.id: row for row in record.frame.inspectors}
        for absence in amends.absent:
            for day in absence.days:
                found[absence.id].days.pop(day, None)
        for change in amends.changes:
            for person in change.left:
                found[person].barred.add(change.entity)
        found.update((addition.id, person_of(rows[addition.id])) for addition in amends.added)
    return found


def plain_people(chain: Chain, last: FinishedDraw) -> dict[str, Person]:
    """Work out each row of a supplement's roster: what is left of the caps after the seats that stay."""
    roster = plain_roster(chain, last)
    amends = require_amends(last.commitment)
    drawn_anew = {change.entity for change in amends.changes if not change.left}
    leaving = {(change.entity, person) for change in amends.changes for person in change.left}
    for visit in in_force(chain).values():
        for person in filter(None, (*visit.team, visit.expert)):
            if visit.entity not in drawn_anew and (visit.entity, person) not in leaving:
                roster[person].month -= 1
                if visit.day in roster[person].days:
                    roster[person].days[visit.day] -= 1
    for one in roster.values():
        one.days = {day: cap for day, cap in one.days.items() if day in last.commitment.days and cap > 0}
        one.month = max(one.month, 0)
    return roster
