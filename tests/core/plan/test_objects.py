"""What the object filters of matters, their own caps, groups of companies and service do to a frame."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from inspect_cli.core.bureau import Caps, Limit
from inspect_cli.core.names import EntityId, InspectorId, MatterId, Slot
from inspect_cli.core.plan.cautions import find_cautions
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.frame.caps import settle_caps
from inspect_cli.core.plan.frame.exclusion import Reason
from inspect_cli.core.plan.frame.gathered import Carried
from inspect_cli.core.plan.frame.reasons import explain_exclusions
from inspect_cli.core.registry.inspector import Recusal, RecusalReason
from tests.core.plan.builders import LABOUR, SAFETY, bureau, checked, entity, gathered, inspector, matter, plan, share

if TYPE_CHECKING:
    from inspect_cli.core.plan.frame.build import Frame, FrameEntity
    from inspect_cli.core.plan.frame.gathered import Gathered

BOTH = (LABOUR, SAFETY)
SHARES = plan(shares=(share(), share(SAFETY)))
BIG: dict[str, Any] = {"of_sizes": ("大型",)}
EARLY = date(2026, 2, 2)


def books_of(**change: Any) -> Gathered:
    """Gather one small company of two domains, with shares and matters for both, without cooling off."""
    values: dict[str, Any] = {
        "entities": (entity(domains=BOTH, size="小型"),),
        "matters": (matter("M1"), matter("M2"), matter("S1", SAFETY)),
        "plan": SHARES,
        "bureau": bureau(cooling_off=0),
    }
    return gathered(**(values | change))


def row_of(**change: Any) -> FrameEntity:
    """Give the one row of its frame."""
    (row,) = build_frame(books_of(**change)).entities
    return row


def told(frame: Frame, books: Gathered) -> list[tuple[str | None, str, str]]:
    """Give each exclusion with its reason in words."""
    return [(row.domain, row.reason, str(words)) for row, words in explain_exclusions(books, frame)]


class TestMattersThatDoNotApply:
    """PLAN-4 A matter of the plan that does not apply to the entity is not checked at it."""

    def test_one_of_a_domain(self) -> None:
        """PLAN-4: it is among those left out of the row, and the domain stays."""
        row = row_of(matters=(matter("M1"), matter("M2", **BIG), matter("S1", SAFETY)))
        assert (row.domains, row.without_matters) == (BOTH, ("M2",))

    def test_all_of_a_domain(self) -> None:
        """PLAN-4, EXCLUDE-6: the domain is left out as a filter leaves it out, in words, and its matters are not named in the row."""
        books = books_of(matters=(matter("M1"), matter("S1", SAFETY, **BIG), matter("S2", SAFETY, of_tags=("涉氨",))))
        frame = build_frame(books)
        assert [(row.domains, row.without_matters) for row in frame.entities] == [((LABOUR,), ())]
        ((domain, reason, words),) = told(frame, books)
        assert (domain, reason) == (SAFETY, Reason.FILTER)
        assert words.startswith("none of the matters S1, S2 applies to it")
        assert [(quota.domain, quota.size) for quota in frame.quotas] == [(LABOUR, 1)]

    def test_all_of_all_domains(self) -> None:
        """EXCLUDE-6: whoever no matter of the plan applies to is out as a whole."""
        books = books_of(matters=(matter("M1", **BIG), matter("S1", SAFETY, **BIG)))
        frame = build_frame(books)
        ((domain, reason, words),) = told(frame, books)
        assert (frame.entities, domain, reason) == ((), None, Reason.FILTER)
        assert words.startswith("no matter of the plan applies to it")

    def test_outside_the_scope(self) -> None:
        """EXCLUDE-6: of whoever is outside the scope, that is told and not the matters."""
        books = books_of(matters=(matter("M1", **BIG), matter("S1", SAFETY, **BIG)))
        books = replace(books, plan=replace(SHARES, scope=replace(SHARES.scope, fields=(("risk_class", ("B",)),))))
        assert [words for _, _, words in told(build_frame(books), books)] == ["outside the scope of the plan"]

    def test_matters_beside_the_plan_do_not_help(self) -> None:
        """MATTER-3: only the plan's own matters, valid throughout the month, are asked."""
        named = replace(SHARES, matters=(MatterId("M1"), MatterId("S1")))
        matters = (matter("M1"), matter("S1", SAFETY, **BIG), matter("S2", SAFETY))
        assert row_of(plan=named, matters=matters).domains == (LABOUR,)
        assert row_of(matters=matters).domains == BOTH

    def test_a_visit_that_was_carried_over(self) -> None:
        """CARRY-1: what was to be checked is not, where no matter of it applies any more; that is told."""
        carried = (Carried(slot=Slot("2026-11/1"), entity=EntityId("E1"), domains=BOTH),)
        books = books_of(carried=carried, matters=(matter("M1"), matter("M2", **BIG), matter("S1", SAFETY, **BIG)))
        frame = build_frame(books)
        (row,) = frame.entities
        assert (row.domains, row.strata, row.without_matters) == ((LABOUR,), ("carried-over",), ("M2",))
        cautions = [str(one) for one in find_cautions(books, frame) if "carried over" in str(one)]
        assert len(cautions) == 1
        assert cautions[0].endswith("that does not apply to the entity any more")


class TestMatterCaps:
    """CAP-4 A matter's cap is that of the settings, else its own number of visits a year, with the matter's basis."""

    def test_own_number(self) -> None:
        """CAP-4, CAP-3: a matter that was checked as often as it says is not checked, and its domain goes with the last that applies."""
        visits = (checked("E1", EARLY, LABOUR, matters=("M1",)),)
        own = (matter("M1", visits_a_year=1), matter("M2"), matter("S1", SAFETY))
        assert row_of(visits=visits, matters=own).without_matters == ("M1",)
        books = books_of(visits=visits, matters=(own[0], matter("M2", **BIG), own[2]))
        frame = build_frame(books)
        assert [row.domains for row in frame.entities] == [(SAFETY,)]
        assert told(frame, books) == [(LABOUR, "cap", "all its matters are at their caps this year: M1")]

    def test_the_settings_come_first(self) -> None:
        """CAP-4: where the settings name the matter, their number and basis hold, be it more or less."""
        two = Limit(number=2, basis="rule")
        settings = bureau(cooling_off=0, caps=Caps(matters=((MatterId("M1"), two),)))
        visits = (checked("E1", EARLY, LABOUR, matters=("M1",)),)
        own = (matter("M1", visits_a_year=1), matter("M2", visits_a_year=1), matter("S1", SAFETY))
        assert row_of(visits=visits, matters=own, bureau=settings).without_matters == ()
        assert settle_caps(settings.caps, own).matters == (
            (MatterId("M1"), two),
            (MatterId("M2"), Limit(number=1, basis="law")),
        )

    def test_without_numbers_the_settings_stand(self) -> None:
        """CAP-4: matters that say no number change no cap."""
        caps = Caps(domains=((LABOUR, Limit(number=1, basis="rule")),))
        assert settle_caps(caps, (matter("M1"),)) is caps

    def test_caps_that_do_not_matter(self) -> None:
        """CAP-3: all domains at their caps are told without those of which no matter applies."""
        visits = (checked("E1", EARLY, LABOUR, matters=("M1",)),)
        books = books_of(visits=visits, matters=(matter("M1", visits_a_year=1), matter("S1", SAFETY, **BIG)))
        frame = build_frame(books)
        assert [(reason, "safety" in words.lower()) for _, reason, words in told(frame, books)] == [("cap", False)]


class TestPeople:
    """ROSTER-5 and ROSTER-2: groups of companies, and people out of service."""

    def test_a_group(self) -> None:
        """ROSTER-5: everybody of the group is barred, in the frame or not, also who joins it after the recusal was entered."""
        recusal = Recusal(inspector=InspectorId("R1"), group="某某集团", reason=RecusalReason.SHARES)
        companies = (
            entity("E1", group="某某集团"),
            entity("E2"),
            entity("E3", group="某某 集团", retired=date(2026, 1, 1), retired_reason="r"),
        )
        books = books_of(entities=companies, recusals=(recusal,))
        rows = {row.id: row.barred for row in build_frame(books).roster}
        assert rows == {"R1": ("E1", "E3"), "R2": ()}
        joined = replace(books, entities=(companies[0], replace(companies[1], group="某某集团")))
        assert {row.id: row.barred for row in build_frame(joined).roster} == {"R1": ("E1", "E2"), "R2": ()}

    def test_out_of_service(self) -> None:
        """ROSTER-2: whoever is not in service is on no roster, expert or not, certificate or not."""
        people = (
            inspector("R1", in_service=False),
            inspector("R2"),
            inspector("X1", is_expert=True, certificate=None, in_service=False),
        )
        assert [row.id for row in build_frame(books_of(inspectors=people)).roster] == ["R2"]
