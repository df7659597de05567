"""Supplementary draws: what is built is what follows, it verifies, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from inspect_cli.core.draw.commitment import Combine, TeamRule, require_amends
from inspect_cli.core.draw.frame import FrozenFrame, seal_frame
from inspect_cli.core.draw.outcome import draw
from inspect_cli.core.draw.result import OpenReason
from inspect_cli.core.draw.supplement.amend_check import amended_fault, chain_fault
from inspect_cli.core.draw.supplement.build import (
    Newcomer,
    SupplementRequest,
    build_supplement,
    complete_changes,
)
from inspect_cli.core.draw.supplement.changes import Absence, Addition, Amends, Change
from inspect_cli.core.draw.supplement.standing import Chain, FinishedDraw, standing_of
from inspect_cli.core.names import EntityId, InspectorId, Slot
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.report import CheckId, Verdict
from inspect_cli.core.verify.shape import parse_draw
from inspect_cli.errors import InputError
from tests.core.draw.builders import (
    DAYS,
    VECTORS,
    dice,
    drawn,
    entity,
    entropy_for,
    excluded,
    frame,
    inspector,
    quotas_for,
    read_members,
)
from tests.core.draw.chains import (
    bundle,
    extend,
    finish,
    in_force,
    make_chain,
    make_supplement_of,
    person_of,
    plain_people,
)
from tests.core.draw.strategies import Numbers, numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.core.draw.rows import EntityRow, InspectorRow


def amend_verdict(chain: Chain) -> Verdict | None:
    """Give the verdict of AMEND-1 on the last draw of a chain, or None where the bundle is refused."""
    try:
        report = verify(bundle(chain))
    except InputError:
        return None
    return next(check.verdict for check in report.checks if check.id is CheckId.AMEND_1)


class TestRandomSupplements:
    """SUPP-2, SUPP-3, SUPP-4, SUPP-11, SUPP-12: whatever is named, the built supplement is the one that follows."""

    @settings(max_examples=100)
    @given(numbers)
    def test_what_is_built_verifies(self, chance: Numbers) -> None:
        """A first draw, a supplement, and a supplement of that: each verifies with all before it."""
        chain = make_chain(chance)
        for _ in range(2):
            chain = extend(chain, finish(make_supplement_of(chance, chain)))
            report = verify(bundle(chain))
            assert report.level == 0, report.checks

    @settings(max_examples=150)
    @given(numbers)
    def test_rosters_against_the_protocol_word_for_word(self, chance: Numbers) -> None:
        """Caps, days and bars of a supplement's roster are those of a slow reading of section 9."""
        chain = make_chain(chance)
        for _ in range(2):
            record = finish(make_supplement_of(chance, chain))
            assert {row.id: person_of(row) for row in record.frame.inspectors} == plain_people(chain, record)
            chain = extend(chain, record)

    @settings(max_examples=100)
    @given(numbers)
    def test_rows_of_changed_visits(self, chance: Numbers) -> None:
        """Who left is gone and the others stay that day; who is drawn anew has the days that are left, and nobody named."""
        chain = make_chain(chance)
        firsts = {row.id: row for row in chain.first.frame.entities}
        closed: dict[str, set[str]] = {}
        for _ in range(2):
            supplement = make_supplement_of(chance, chain)
            visits = in_force(chain)
            changes = require_amends(supplement.commitment).changes
            assert [row.id for row in supplement.frame.entities] == [change.entity for change in changes]
            for row, change in zip(supplement.frame.entities, changes, strict=True):
                visit, first = visits[row.id], firsts[row.id]
                closed.setdefault(row.id, set()).update(change.closed)
                assert (row.salt, row.zone, row.domains) == (first.salt, first.zone, visit.domains)
                if change.left:
                    stay = tuple(person for person in visit.team if person not in change.left)
                    assert (row.days, row.team or ()) == ((visit.day,), stay)
                    assert row.expert == (None if visit.expert in change.left else visit.expert)
                else:
                    left = [
                        day
                        for day in supplement.commitment.days
                        if day in (first.days or DAYS) and day not in closed[row.id]
                    ]
                    assert (row.team, row.expert) == (None, None)
                    assert row.days == (tuple(left) if first.days or closed[row.id] else None)
            chain = extend(chain, finish(supplement))


def reseal(record: FinishedDraw, **changes: object) -> FinishedDraw | None:
    """Draw a supplement with some of its commitment or frame changed, everything else made to fit; None where it is refused."""
    lists = FrozenFrame(
        entities=changes.pop("entities", record.frame.entities),  # type: ignore[arg-type]  # a test names the fields
        inspectors=changes.pop("inspectors", record.frame.inspectors),  # type: ignore[arg-type]
        excluded=changes.pop("excluded", ()),  # type: ignore[arg-type]
    )
    made = replace(record.commitment, frame=seal_frame(lists), quotas=quotas_for(lists.entities), **changes)  # type: ignore[arg-type]
    try:
        result = draw(made, lists.entities, lists.inspectors, entropy_for(made.sources))
    except InputError:
        return None
    return FinishedDraw(commitment=made, frame=lists, result=result)


Mutation = "Callable[[FinishedDraw, Numbers], FinishedDraw | None]"


def of_person(
    change: Callable[[InspectorRow, Numbers], InspectorRow],
) -> Callable[[FinishedDraw, Numbers], FinishedDraw | None]:
    """Make a mutation of one row of the roster."""

    def mutate(record: FinishedDraw, chance: Numbers) -> FinishedDraw | None:
        rows = list(record.frame.inspectors)
        named = {addition.id for addition in require_amends(record.commitment).added}
        known = [
            place for place, row in enumerate(rows) if row.id not in named
        ]  # a newcomer's row is the bureau's word
        if not known:
            return None
        place = chance.one(known)
        row = change(rows[place], chance)
        if row == rows[place]:
            return None
        rows[place] = row
        return reseal(record, inspectors=tuple(rows))

    return mutate


def of_visit(
    change: Callable[[EntityRow, Numbers], EntityRow],
) -> Callable[[FinishedDraw, Numbers], FinishedDraw | None]:
    """Make a mutation of one row of the frame."""

    def mutate(record: FinishedDraw, chance: Numbers) -> FinishedDraw | None:
        rows = list(record.frame.entities)
        if not rows:
            return None
        place = chance.below(len(rows))
        row = change(rows[place], chance)
        if row == rows[place]:
            return None
        rows[place] = row
        return reseal(record, entities=tuple(rows))

    return mutate


def of_amends(
    change: Callable[[Amends, FinishedDraw, Numbers], Amends],
) -> Callable[[FinishedDraw, Numbers], FinishedDraw | None]:
    """Make a mutation of what is named."""

    def mutate(record: FinishedDraw, chance: Numbers) -> FinishedDraw | None:
        before = require_amends(record.commitment)
        after = change(before, record, chance)
        return None if after == before else reseal(record, amends=after)

    return mutate


def without(items: tuple[object, ...], chance: Numbers) -> tuple[object, ...]:
    """Give items with one left out, where there is one."""
    place = chance.below(len(items) or 1)
    return items[:place] + items[place + 1 :]


def more_cap(row: InspectorRow, chance: Numbers) -> InspectorRow:
    """Raise or lower the cap of a day."""
    place = chance.below(len(row.days) or 1)
    days = [(day, cap + chance.one((1, -1)) if i == place else cap) for i, (day, cap) in enumerate(row.days)]
    return replace(row, days=tuple(item for item in days if item[1]))


def other_day(row: EntityRow, chance: Numbers) -> EntityRow:
    """Take a day from a visit, or bind it to one."""
    days = row.days or DAYS[-2:]
    return replace(row, days=(chance.one(days),) if row.days is None else without(days, chance) or (DAYS[-1],))  # type: ignore[arg-type]


def seated(row: EntityRow, chance: Numbers) -> EntityRow:
    """Drop a member who stays, or turn the order of those who do."""
    team = row.team or ()
    return replace(row, team=without(team, chance) or None if chance.flag() else team[::-1] or None)  # type: ignore[arg-type]


def more_absent(amends: Amends, record: FinishedDraw, chance: Numbers) -> Amends:
    """Name somebody absent on a day on which the frame has them work."""
    free = [row for row in record.frame.inspectors if row.days and row.id not in {one.id for one in amends.absent}]
    if not free:
        return amends
    row = chance.one(free)
    absence = Absence(id=row.id, days=(chance.one(row.days)[0],), reason="ill")
    return replace(amends, absent=tuple(sorted((*amends.absent, absence), key=lambda one: one.id)))


def fewer(key: str) -> Callable[[Amends, FinishedDraw, Numbers], Amends]:
    """Leave out one of the things that are named."""
    return lambda amends, _, chance: replace(amends, **{key: without(getattr(amends, key), chance)})  # type: ignore[arg-type]


def less_left(amends: Amends, _: FinishedDraw, chance: Numbers) -> Amends:
    """Say that nobody left where somebody did."""
    names = [change.entity for change in amends.changes if change.left]
    if not names:
        return amends
    name = chance.one(names)
    return replace(amends, changes=tuple(replace(c, left=()) if c.entity == name else c for c in amends.changes))


MUTATIONS: dict[str, Callable[[FinishedDraw, Numbers], FinishedDraw | None]] = {
    "person-salt": of_person(lambda row, _: replace(row, salt="0f" * 16)),
    "person-cap": of_person(more_cap),
    "person-day-dropped": of_person(lambda row, chance: replace(row, days=without(row.days, chance))),  # type: ignore[arg-type]
    "person-month": of_person(lambda row, _: replace(row, month_cap=row.month_cap + 1)),
    "person-lead": of_person(lambda row, _: replace(row, lead=not row.lead)),
    "person-skill": of_person(lambda row, chance: replace(row, skills=without(row.skills, chance))),  # type: ignore[arg-type]
    "person-zones": of_person(lambda row, _: replace(row, zones=None if row.zones is not None else ("north",))),
    "person-bar-lifted": of_person(lambda row, chance: replace(row, barred=without(row.barred, chance))),  # type: ignore[arg-type]
    "person-barred": of_person(lambda row, _: replace(row, barred=tuple(sorted({*row.barred, EntityId("E99")})))),
    "person-gone": lambda r, chance: reseal(r, inspectors=without(r.frame.inspectors, chance)),
    "person-unnamed": lambda r, _: reseal(r, inspectors=(*r.frame.inspectors, inspector("R99", days=DAYS[-1:]))),
    "visit-salt": of_visit(lambda row, _: replace(row, salt="0f" * 16)),
    "visit-zone": of_visit(lambda row, _: replace(row, zone="elsewhere")),
    "visit-domain": of_visit(
        lambda row, _: replace(row, domains=row.domains[1:] or row.domains, strata=row.strata[1:] or row.strata)
    ),
    "visit-stratum": of_visit(lambda row, _: replace(row, strata=("A", *row.strata[1:]))),
    "visit-day": of_visit(other_day),
    "visit-team": of_visit(seated),
    "visit-empty-team": of_visit(lambda row, _: replace(row, team=() if row.team is None else row.team)),
    "visit-expert": of_visit(lambda row, _: replace(row, expert=None)),
    "visit-dropped": lambda r, chance: (
        reseal(r, entities=without(r.frame.entities, chance)) if r.frame.entities else None
    ),
    "visit-unnamed": lambda r, _: reseal(r, entities=(*r.frame.entities, entity("E98", stratum="supplement"))),
    "bureau": lambda r, _: reseal(r, bureau="another bureau"),
    "team": lambda r, _: reseal(r, team=replace(r.commitment.team, max=r.commitment.team.max + 1)),
    "combine": lambda r, _: reseal(r, combine=Combine.DRAWN),
    "days": lambda r, chance: (
        reseal(r, days=without(r.commitment.days, chance)) if len(r.commitment.days) > 1 else None
    ),
    "stale": lambda r, _: reseal(r, sources=(replace(r.commitment.sources[0], at="2026-11-30T09:00:00+08:00"),)),
    "excluded": lambda r, _: reseal(r, excluded=(excluded("E97"),)),
    "result": of_amends(lambda amends, _, __: replace(amends, result="0f" * 32)),
    "change-dropped": of_amends(fewer("changes")),
    "absence-dropped": of_amends(fewer("absent")),
    "newcomer-dropped": of_amends(fewer("added")),
    "absence-added": of_amends(more_absent),
    "nobody-left": of_amends(less_left),
}


@pytest.mark.untraced
class TestSingleChanges:
    """AMEND-1: one thing changed in a supplement that verified, all else made to fit, and it verifies no more."""

    @pytest.mark.parametrize("name", MUTATIONS)
    @settings(max_examples=25)
    @given(chance=numbers)
    def test_no_change_gets_through(self, name: str, chance: Numbers) -> None:
        """Whatever the one change, the supplement is refused or AMEND-1 is a MISMATCH."""
        chain = make_chain(chance)
        for _ in range(1 + chance.below(2)):
            before, record = chain, finish(make_supplement_of(chance, chain))
            chain = extend(chain, record)
        changed = MUTATIONS[name](record, chance)
        if changed is None:
            return
        dropped_without_effect = (
            name == "absence-dropped" and amend_verdict(extend(before, changed)) is Verdict.VERIFIED
        )
        if dropped_without_effect:
            assert has_no_effect(before, record, changed)
        else:
            assert amend_verdict(extend(before, changed)) in {Verdict.MISMATCH, None}

    def test_every_change_is_tried(self) -> None:
        """Each kind of change is one that some supplement can suffer: none of the tests above is empty."""
        tried: set[str] = set()
        for number in range(400):
            chance = Numbers(number)
            chain = make_chain(chance)
            record = finish(make_supplement_of(chance, chain))
            tried |= {name for name in set(MUTATIONS) - tried if MUTATIONS[name](record, chance) is not None}
        assert tried == set(MUTATIONS)


def has_no_effect(before: Chain, record: FinishedDraw, changed: FinishedDraw) -> bool:
    """Say whether an absence that was dropped named only days on which its person did not work anyhow."""
    dropped = set(require_amends(record.commitment).absent) - set(require_amends(changed.commitment).absent)
    roster = standing_of(before).roster
    return all(
        not {day for day, _ in roster[one.id].days} & set(one.days) & set(record.commitment.days) for one in dropped
    )


TIGHT = parse_draw(read_members(VECTORS / "draw" / "tight"))
SUPPLEMENT = parse_draw(read_members(VECTORS / "draw" / "supplement"))
CHAIN = Chain(first=TIGHT)
AMENDS = require_amends(SUPPLEMENT.commitment)
SEATED = Change(entity=EntityId("91320281179788941A"), reason="ill", left=(InspectorId("R001"),))
OPEN = next(change for change in AMENDS.changes if not change.left and not change.closed)


def fault_of(**changes: object) -> str:
    """Say what is wrong with the vector's supplement when its commitment is changed, first beside the amended draw alone."""
    made = replace(SUPPLEMENT.commitment, **changes)  # type: ignore[arg-type]  # a test names the fields it means
    return str(amended_fault(TIGHT, made) or chain_fault(CHAIN, made, SUPPLEMENT.frame))


def naming(**changes: object) -> str:
    """Say what is wrong with the vector's supplement when something that it names is changed."""
    return fault_of(amends=replace(AMENDS, **changes))  # type: ignore[arg-type]  # a test names the fields it means


def renamed(*changes: Change) -> tuple[Change, ...]:
    """Give the vector's changes with some replaced or added."""
    found = {change.entity: change for change in (*AMENDS.changes, *changes)}
    return tuple(found[name] for name in sorted(found))


class TestFaults:
    """SUPP-5, SUPP-6, SUPP-7, SUPP-8, SUPP-9, SUPP-10: each rule that a supplement breaks is told in a sentence of its own."""

    def test_the_vector_has_none(self) -> None:
        """The supplement that all the others differ from is right."""
        assert fault_of() == "None"

    @pytest.mark.parametrize(
        ("changes", "what"),
        [
            ({"amends": replace(AMENDS, result="0f" * 32)}, "it amends the result"),
            ({"combine": Combine.DRAWN}, "checks what is applicable"),
            (
                {"frame": replace(SUPPLEMENT.commitment.frame, excluded=TIGHT.commitment.frame.excluded)},
                "excludes nobody",
            ),
            ({"sources": TIGHT.commitment.sources[1:]}, "known before that of the draw"),
            ({"sources": (replace(SUPPLEMENT.commitment.sources[0], at="2026-11-30T01:00:00Z"),)}, "known before"),
            ({"quotas": (replace(SUPPLEMENT.commitment.quotas[0], take=1),)}, "does not take all of one stratum"),
            ({"quotas": (replace(SUPPLEMENT.commitment.quotas[0], stratum="A"),)}, "does not take all of one stratum"),
            ({"bureau": "another"}, "the bureau is not that of the first draw"),
            ({"period": "2027-01"}, "the period is not that of the first draw"),
            ({"team": TeamRule(min=1, max=4)}, "the team is not that of the first draw"),
            ({"days": SUPPLEMENT.commitment.days[1:]}, "the days are not all days of the first draw"),
            ({"days": TIGHT.commitment.days[2:]}, "the days are not all days of the first draw"),
        ],
        ids=lambda value: str(value)[:50],
    )
    def test_terms(self, changes: dict[str, object], what: str) -> None:
        """What a commitment must have in common with the draws before it."""
        assert what in fault_of(**changes)

    @pytest.mark.parametrize(
        ("changes", "what"),
        [
            ({"absent": (Absence(id=InspectorId("R99"), days=DAYS, reason="x"),)}, "R99 is named absent but not on"),
            (
                {"absent": (*AMENDS.absent, Absence(id=InspectorId("R901"), days=DAYS, reason="x"))},
                "R901 is named absent but",
            ),
            ({"added": (Addition(id=InspectorId("R002"), reason="x"),)}, "R002 is named new but was on the roster"),
            (
                {"added": (*AMENDS.added, Addition(id=InspectorId("R99"), reason="x"))},
                "R99 is named new but has no row",
            ),
            ({"changes": renamed(replace(SEATED, entity=EntityId("nobody")))}, "nobody has no visit in force"),
            ({"changes": renamed(replace(OPEN, closed=("2026-12-31",)))}, "is no day of the first draw"),
            ({"changes": renamed(replace(SEATED, left=(InspectorId("R999"),)))}, "who had no seat there"),
            ({"changes": renamed(replace(OPEN, left=(InspectorId("R001"),)))}, "who had no seat there"),
            ({"changes": renamed(replace(SEATED, left=()))}, "is drawn anew without a cause"),
            ({"changes": renamed(replace(SEATED, left=(), closed=("2026-12-05",)))}, "is drawn anew without a cause"),
            ({"changes": renamed(replace(OPEN, closed=TIGHT.commitment.days))}, "has no day left"),
            ({"changes": tuple(change for change in AMENDS.changes if change != OPEN)}, "is open, has a day left"),
            ({"changes": tuple(change for change in AMENDS.changes if change.entity != SEATED.entity)}, "is absent on"),
        ],
        ids=lambda value: str(value)[-60:],
    )
    def test_what_is_named(self, changes: dict[str, object], what: str) -> None:
        """What is named must be true to what stands, and complete."""
        assert what in naming(**changes)

    def test_a_visit_of_the_past(self) -> None:
        """Who left a visit that is over before the draw is not drawn again."""
        past = next(visit for visit in TIGHT.result.visits if visit.day and visit.day < "2026-12-04")
        assert "is over before the draw" in naming(
            changes=renamed(Change(entity=past.entity, reason="x", left=past.team[:1]))
        )

    @pytest.mark.parametrize(
        ("entities", "inspectors", "what"),
        [
            (SUPPLEMENT.frame.entities[1:], None, "does not hold exactly the changed visits"),
            (
                (replace(SUPPLEMENT.frame.entities[0], zone="x"), *SUPPLEMENT.frame.entities[1:]),
                None,
                "the row of 91320281008369005W",
            ),
            (None, SUPPLEMENT.frame.inspectors[1:], "the roster does not hold exactly everybody"),
            (
                None,
                (replace(SUPPLEMENT.frame.inspectors[0], lead=False), *SUPPLEMENT.frame.inspectors[1:]),
                "the row of R001",
            ),
        ],
        ids=["visit-gone", "visit-moved", "person-gone", "person-changed"],
    )
    def test_frames(self, entities: object, inspectors: object, what: str) -> None:
        """A frame is held against the one that follows, row by row."""
        lists = FrozenFrame(
            entities=entities or SUPPLEMENT.frame.entities,  # type: ignore[arg-type]  # what pytest hands over
            inspectors=inspectors or SUPPLEMENT.frame.inspectors,  # type: ignore[arg-type]
        )
        assert what in str(chain_fault(CHAIN, SUPPLEMENT.commitment, lists))

    def test_further_keys_are_not_held_against_it(self) -> None:
        """What nobody reads may differ: a company can have a new name."""
        renamed_row = replace(SUPPLEMENT.frame.entities[0], others=b'{"name":"new"}')
        lists = replace(SUPPLEMENT.frame, entities=(renamed_row, *SUPPLEMENT.frame.entities[1:]))
        assert chain_fault(CHAIN, SUPPLEMENT.commitment, lists) is None


class TestBuilding:
    """SUPP-5 to SUPP-11: a supplement is built from what is named, and what does not fit is refused before it is published."""

    def test_the_vector_is_rebuilt(self) -> None:
        """From what the vector names, its commitment's terms and its frame follow to the last row."""
        newcomers = [row for row in SUPPLEMENT.frame.inspectors if row.id == "R901"]
        made = build_supplement(
            CHAIN, request(added=tuple(Newcomer(row=row, reason="posted here") for row in newcomers))
        )
        assert made.commitment == SUPPLEMENT.commitment
        assert made.frame == SUPPLEMENT.frame

    @pytest.mark.parametrize(
        ("changes", "what"),
        [
            ({"sources": ()}, "needs a source of fresh randomness"),
            ({"sources": (dice(at="2026-12-12T09:00:00+08:00"),)}, "no day of the first draw is left"),
            ({"sources": (dice(at="2026-11-30T01:00:00Z"),)}, "is named new"),
            ({"changes": ()}, "is open, has a day left"),
            ({"slot": Slot("a b")}, "is not the name of a slot"),
        ],
        ids=str,
    )
    def test_refusals(self, changes: dict[str, object], what: str) -> None:
        """What does not fit is refused."""
        if "is named new" in what:
            changes = changes | {"added": (Newcomer(row=TIGHT.frame.inspectors[0], reason="x"),)}
        with pytest.raises(InputError, match=what) as caught:
            build_supplement(CHAIN, request(**changes))
        assert caught.value.hint is not None or caught.value.where is not None

    def test_sources_that_are_not_fresh(self) -> None:
        """Randomness that was known when the amended draw was is no randomness."""
        first = drawn(frame([entity()], [inspector("R1"), inspector("R2")]))
        stale = SupplementRequest(slot=Slot("2026-12/s"), sources=(dice(),))
        with pytest.raises(InputError, match="known before that of the draw"):
            build_supplement(Chain(first=first), stale)
        with pytest.raises(InputError, match="needs a source"):
            complete_changes(Chain(first=first), replace(stale, sources=()), "open")

    def test_completing_names_open_visits_and_the_seats_of_the_absent(self) -> None:
        """Only what must change is added, with its reason; what was named stays, and people join those who left."""
        lists = frame(
            [entity("E1", days=DAYS[3:4]), entity("E2", "health"), entity("E3", "labour", days=DAYS[:1])],
            [inspector("R1", cap=9), inspector("R2", cap=9), inspector("R3", days=())],
        )
        chain = Chain(first=drawn(lists))
        assert {visit.entity: visit.open for visit in chain.first.result.visits} == {
            "E1": None,
            "E2": OpenReason.NO_DAY,
            "E3": OpenReason.NO_DAY,
        }
        ill = Absence(id=InspectorId("R1"), days=DAYS[3:], reason="ill")
        asked = SupplementRequest(
            slot=Slot("2026-12/s"), sources=(dice(at="2026-12-01T09:00:00+08:00"),), absent=(ill,)
        )
        done = complete_changes(chain, asked, "open")
        assert done.changes == (
            Change(entity=EntityId("E1"), reason="ill", left=(InspectorId("R1"),)),
            Change(entity=EntityId("E2"), reason="open"),
        )
        named = replace(asked, changes=(Change(entity=EntityId("E1"), reason="recusal", left=(InspectorId("R2"),)),))
        assert complete_changes(chain, named, "open").changes[0] == Change(
            entity=EntityId("E1"), reason="recusal", left=(InspectorId("R1"), InspectorId("R2"))
        )
        made = build_supplement(chain, done)
        assert [(row.id, row.days, row.team) for row in made.frame.entities] == [
            ("E1", DAYS[3:4], ("R2",)),
            ("E2", None, None),
        ]
        assert amend_verdict(extend(chain, finish(made))) is Verdict.VERIFIED

    def test_completing_leaves_mistakes_to_the_builder(self) -> None:
        """Somebody absent whom no roster knows is named as asked, and refused when the supplement is built."""
        ghost = request(absent=(Absence(id=InspectorId("R99"), days=DAYS, reason="x"),))
        with pytest.raises(InputError, match="R99 is named absent but not on the roster"):
            build_supplement(CHAIN, complete_changes(CHAIN, ghost, "open"))

    def test_everybody_left_and_the_expert_too(self) -> None:
        """When the whole team leaves, the row names nobody but the expert; when the expert leaves, only the team."""
        visit = next(visit for visit in TIGHT.result.visits if visit.expert and visit.day and visit.day > "2026-12-03")
        for left, expected in ((visit.team, (None, visit.expert)), ((visit.expert,), (visit.team, None))):
            gone = Change(entity=visit.entity, reason="x", left=tuple(sorted(filter(None, left))))
            made = build_supplement(CHAIN, request(changes=renamed(gone), added=newcomers_of_the_vector()))
            row = next(row for row in made.frame.entities if row.id == visit.entity)
            assert (row.team, row.expert) == expected


def newcomers_of_the_vector() -> tuple[Newcomer, ...]:
    """Give who is new in the vector's supplement."""
    return tuple(Newcomer(row=row, reason="posted here") for row in SUPPLEMENT.frame.inspectors if row.id == "R901")


def request(**changes: object) -> SupplementRequest:
    """Give the request that the vector's supplement answers, with some of it changed."""
    made = SupplementRequest(
        slot=SUPPLEMENT.commitment.slot,
        sources=SUPPLEMENT.commitment.sources,
        changes=AMENDS.changes,
        absent=AMENDS.absent,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names the fields it means
