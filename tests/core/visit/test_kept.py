"""A version of a result is kept as text and comes back the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Domain, MatterId
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.kept import parse_matters, parse_outcome, render_matters, render_outcome
from inspect_cli.core.visit.outcome import DomainOutcome, MatterOutcome, Outcome
from inspect_cli.core.visit.result import Method, ResultClass

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))
WORDS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
FOLLOW_UPS = st.none() | st.one_of(
    st.sampled_from([FollowUp(kind=kind) for kind in FollowUpKind if kind is not FollowUpKind.RECTIFY]),
    DAYS.map(lambda day: FollowUp(kind=FollowUpKind.RECTIFY, until=day)),
)
FOUND = {
    "result": st.sampled_from(ResultClass),
    "method": st.sampled_from(Method),
    "finding": WORDS,
    "follow_up": FOLLOW_UPS,
}
MATTERS = st.lists(st.builds(MatterOutcome, matter=st.text("M0123456789").map(MatterId), **FOUND), max_size=3).map(
    tuple
)
DOMAINS = st.lists(
    st.builds(DomainOutcome, domain=st.sampled_from(["health", "safety"]).map(Domain), matters=MATTERS, **FOUND),
    max_size=3,
).map(tuple)


@given(st.builds(Outcome, visited_on=DAYS, domains=DOMAINS))
def test_outcome_comes_back(outcome: Outcome) -> None:
    """Whatever was recorded, its text gives the same outcome again, and the same text."""
    assert parse_outcome(render_outcome(outcome)) == outcome
    assert render_outcome(parse_outcome(render_outcome(outcome))) == render_outcome(outcome)


@given(MATTERS)
def test_matters_come_back(matters: tuple[MatterOutcome, ...]) -> None:
    """The matters of a domain come back from their text."""
    assert parse_matters(render_matters(matters)) == matters
