"""A version of a result is kept as text and comes back the same."""

from __future__ import annotations

from datetime import date

import pytest
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
    min_size=1,
    max_size=3,
).map(tuple)
WHOLE = (
    '{"domains":[{"domain":"safety","finding":null,"follow_up":null,"matters":[],"method":"on-site","result":1}],'
    '"visited_on":"2026-12-01"}'
)


@given(st.builds(Outcome, visited_on=DAYS, domains=DOMAINS))
def test_outcome_comes_back(outcome: Outcome) -> None:
    """Whatever was recorded, its text gives the same outcome again, and the same text."""
    assert parse_outcome(render_outcome(outcome)) == outcome
    assert render_outcome(parse_outcome(render_outcome(outcome))) == render_outcome(outcome)


@given(MATTERS)
def test_matters_come_back(matters: tuple[MatterOutcome, ...]) -> None:
    """The matters of a domain come back from their text."""
    assert parse_matters(render_matters(matters)) == matters


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [
        (WHOLE, "{"),
        (WHOLE, "[]"),
        (WHOLE, "7"),
        (WHOLE, "[" * 100_000),
        ('"visited_on":"2026-12-01"', '"visited_on":"2026-13-01"'),
        ('"visited_on":"2026-12-01"', '"visited_on":20261201'),
        (',"visited_on":"2026-12-01"', ""),
        ('"domain":"safety"', '"domain":5'),
        ('"result":1', '"result":14'),
        ('"method":"on-site"', '"method":"nowhere"'),
        ('"finding":null', '"finding":["a"]'),
        ('"finding":null,', ""),
        ('"follow_up":null', '"follow_up":"rectify:soon"'),
        ('"follow_up":null', '"follow_up":3'),
        ('"matters":[]', '"matters":[{"matter":"L01"}]'),
    ],
)
def test_what_is_no_outcome_is_a_value_error(whole: str, damaged: str) -> None:
    """A text that somebody changed so that it is no outcome any more is refused in one way, whatever is wrong with it."""
    assert WHOLE.count(whole) == 1
    assert render_outcome(parse_outcome(WHOLE)) == WHOLE
    with pytest.raises(ValueError, match=r"."):
        parse_outcome(WHOLE.replace(whole, damaged))


def test_an_outcome_has_a_domain() -> None:
    """No visit was ever recorded without a domain: a text that says so is damaged, and so are matters that are no list."""
    with pytest.raises(ValueError, match="domains"):
        parse_outcome('{"domains":[],"visited_on":"2026-12-01"}')
    with pytest.raises(ValueError, match="null"):
        parse_matters("null")
