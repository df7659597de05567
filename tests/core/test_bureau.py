"""The settings of a bureau."""

from __future__ import annotations

from inspect_cli.core.bureau import new_bureau
from inspect_cli.core.names import Domain


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
