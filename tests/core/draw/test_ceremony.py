"""How a draw was held, as it is said and kept."""

from __future__ import annotations

import json

import pytest

from inspect_cli.core.draw.ceremony import (
    LONGEST,
    MOST,
    Ceremony,
    is_said_anew,
    make_ceremony,
    parse_ceremony,
    render_ceremony,
)
from inspect_cli.errors import RefusedError, UsageMistake


@pytest.mark.parametrize(
    "ceremony",
    [
        Ceremony(),
        Ceremony(place="一楼大厅"),
        Ceremony(witnesses=("商会",)),
        Ceremony(place="大厅", witnesses=("甲", "乙")),
    ],
)
def test_what_is_said_is_kept(ceremony: Ceremony) -> None:
    """CEREMONY-1: among other details of the act it is read as it was said, and nothing is kept where nothing was said."""
    kept = render_ceremony(ceremony)
    assert (kept == {}) is (ceremony == Ceremony())
    assert parse_ceremony(json.dumps({"result": "00", **kept})) == ceremony


def test_blanks_around_a_text_are_not_kept() -> None:
    """A blank that was typed too much is not published."""
    assert make_ceremony(" 大厅 ", [" 商会"]) == Ceremony(place="大厅", witnesses=("商会",))
    assert make_ceremony(None, ()) == Ceremony()


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "a\x00", "商\u202e会", "\ud800", "长" * (LONGEST + 1)])
def test_what_is_no_line_of_text_is_refused(text: str) -> None:
    """Place and names stand on a notice: one visible line each, as place and as witness."""
    with pytest.raises(UsageMistake):
        make_ceremony(text, ())
    with pytest.raises(UsageMistake):
        make_ceremony(None, ["商会", text])
    assert make_ceremony("长" * LONGEST, ()).place == "长" * LONGEST


def test_the_number_of_witnesses_is_bounded() -> None:
    """A notice names those who looked on, not a hall."""
    assert len(make_ceremony(None, ["甲"] * MOST).witnesses) == MOST
    with pytest.raises(UsageMistake, match="more than 20"):
        make_ceremony(None, ["甲"] * (MOST + 1))


@pytest.mark.parametrize("text", ["代表 138 0013 8000", "11010519491231002X"])
def test_no_number_of_a_person_is_published(text: str) -> None:
    """A telephone or identity number that was typed along is refused, for it would stand on the notice."""
    for place, witnesses in ((text, ()), (None, (text,))):
        with pytest.raises(UsageMistake, match="looks like somebody's number"):
            make_ceremony(place, witnesses)


def test_what_was_said_stands() -> None:
    """CEREMONY-1: whoever says nothing asks for nothing; what was forgotten can be said later, and what was said stands."""
    held = Ceremony(place="大厅", witnesses=("商会",))
    assert not is_said_anew(held, held)
    assert not is_said_anew(held, Ceremony())
    assert not is_said_anew(Ceremony(), Ceremony())
    assert is_said_anew(Ceremony(), held)
    for other in (Ceremony(place="大厅"), Ceremony(place="二楼", witnesses=("商会",))):
        with pytest.raises(RefusedError, match="were said of this draw already"):
            is_said_anew(held, other)
