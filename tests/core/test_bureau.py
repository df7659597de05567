"""The settings of a bureau."""

from __future__ import annotations

from dataclasses import replace

from inspect_cli.core.bureau import Caps, Limit, Squad, new_bureau
from inspect_cli.core.names import Domain, MatterId


def test_domain_label() -> None:
    """A domain is shown by its label in either language, and one that the settings do not know by its name."""
    bureau = new_bureau("示例局", "示")
    assert bureau.domain_label(Domain("safety"), "zh") == "安全"
    assert bureau.domain_label(Domain("safety"), "en") == "Safety"
    assert bureau.domain_label(Domain("fire"), "zh") == "fire"


def test_new_bureau() -> None:
    """A new bureau has the four domains of the field, teams of 2 to 4, and a basis beside every legal number."""
    bureau = new_bureau("示例局", "示")
    assert [label.domain for label in bureau.domains] == ["labour", "safety", "environment", "health"]
    assert (bureau.team.min, bureau.team.max) == (2, 4)
    limits = (
        bureau.visits_a_year,
        bureau.cooling_off_months,
        bureau.result_working_days,
        bureau.penalty_working_days,
        bureau.display_years,
        bureau.correction_working_days,
    )
    assert all(limit.basis for limit in limits)


def test_domain_term() -> None:
    """A sentence names a domain by its label in the reader's language."""
    term = new_bureau("示例局", "示").domain_term(Domain("safety"))
    assert (term.zh, term.en) == ("安全", "Safety")


def test_named_limits() -> None:
    """Each legal number is known by the key under which the settings state it, caps of single domains, classes and matters included."""
    limit = Limit(number=1, basis="x")
    caps = Caps(domains=((Domain("safety"), limit),), classes=(("A", limit),), matters=((MatterId("M1"), limit),))
    bureau = replace(new_bureau("示例局", "示"), caps=caps)
    named = bureau.named_limits()
    assert [key for key, _ in named] == [
        "limits.visits_a_year",
        "limits.cooling_off_months",
        "deadlines.result_working_days",
        "deadlines.penalty_working_days",
        "deadlines.display_years",
        "deadlines.correction_working_days",
        "publication.draw_working_days",
        "publication.statistics_working_days",
        "publication.natural_person_years",
        "limits.domains.safety",
        "limits.classes.A",
        "limits.matters.M1",
    ]
    assert dict(named)["deadlines.display_years"] == bureau.display_years


def test_find_squad() -> None:
    """A squad that the settings do not name has no rules of its own, and neither has nobody's."""
    squad = Squad(name="一中队")
    bureau = replace(new_bureau("示例局", "示"), squads=(squad,))
    assert bureau.find_squad("一中队") is squad
    assert bureau.find_squad("二中队") is None
    assert bureau.find_squad(None) is None
