"""What was meant by a wrong number, against python-stdnum and a search of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from inspect_cli.core.code_likeness import SHOWN, find_suggestions, look_alikes, render_character, render_suggestions

DIGITS = "0123456789"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
RIGHT = "91350100M000100Y43"
LOOK_ALIKES = ("0O", "0D", "0Q", "1I", "1L", "17", "2Z", "5S", "8B", "6G", "UV", "4A")
"""The pairs that must be known, whatever else is."""


def inner_character(first8: str) -> str:
    """Sum by hand as GB 11714-1997 has it."""
    total = sum(
        int(character, 36) * weight for character, weight in zip(first8, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def complete(area: str, organisation: str) -> str:
    """Make a right code of eight and eight characters."""
    first17 = area + organisation + inner_character(organisation)
    return first17 + uscc.calc_check_digit(first17)


codes = st.builds(complete, st.text(DIGITS, min_size=8, max_size=8), st.text(ALPHABET, min_size=8, max_size=8))
registration_numbers = st.text(DIGITS, min_size=14, max_size=14).map(
    lambda first: first + mod_11_10.calc_check_digit(first)
)


def numbers(text: str) -> list[str]:
    """Give the numbers that are suggested, in their order."""
    return [one.number for one in find_suggestions(text)]


class TestSuggestions:
    """CODE-7: a suggestion is right, and one look-alike or one exchange of neighbours away."""

    @given(codes, st.data())
    def test_one_look_alike_is_found(self, code: str, data: st.DataObject) -> None:
        """A right code with one character replaced by its look-alike is suggested, whatever the character."""
        pairs = [(pair[at], pair[1 - at]) for pair in LOOK_ALIKES for at in (0, 1)]
        places = [(place, other) for place, character in enumerate(code) for one, other in pairs if character == one]
        if not places:
            return
        place, other = data.draw(st.sampled_from(places))
        assert code in numbers(code[:place] + other + code[place + 1 :])

    @given(codes, st.integers(0, 16))
    def test_exchange_is_found(self, code: str, place: int) -> None:
        """A right code with two neighbours exchanged is suggested."""
        changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if changed != code:
            assert code in numbers(changed)

    @given(codes, st.integers(0, 17))
    def test_doubled_and_lost_characters_are_found(self, code: str, place: int) -> None:
        """A character that stands twice, or one of two equal neighbours that is missing, leads back to the code."""
        assert code in numbers(code[:place] + code[place:][:1] + code[place:])
        lost = code[:place] + code[place + 1 :]
        if code[place] in (code[max(place - 1, 0)], code[min(place + 1, 17)]) and lost != code[:-1]:
            doubled = [i for i in range(17) if lost[:i] + lost[i] + lost[i:] == code]
            assert (code in numbers(lost)) == bool(doubled)

    @given(st.text(ALPHABET + "OISVZ", min_size=17, max_size=19))
    def test_every_suggestion_is_right_by_the_library(self, text: str) -> None:
        """Nothing is suggested that python-stdnum refuses for its check or for letters in the area."""
        for number in numbers(text):
            assert number != text or uscc.is_valid(text)
            assert uscc.calc_check_digit(number[:-1]) == number[-1]
            assert number[2:8].isdigit()

    @given(registration_numbers, st.data())
    def test_registration_numbers_too(self, number: str, data: st.DataObject) -> None:
        """A registration number with a letter for a digit, a digit doubled, or neighbours exchanged, is suggested."""
        place = data.draw(st.integers(0, 14))
        letter = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B", "6": "G", "4": "A"}.get(number[place])
        if letter:
            assert number in numbers(number[:place] + letter + number[place + 1 :])
        assert number in numbers(number[:place] + number[place] + number[place:])
        if place and number[place] != number[place - 1]:
            changed = number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :]
            assert number in numbers(changed) or mod_11_10.is_valid(changed)

    def test_several_forbidden_letters_are_replaced_alike(self) -> None:
        """Each O is the same digit: no mixture of 0, D and Q is suggested."""
        assert numbers(RIGHT.replace("0", "O")) == [RIGHT]

    def test_check_character_itself_is_named_beside_others(self) -> None:
        """The wrong example of the field keeps its inner check: its last character is named beside another guess, and never alone."""
        assert numbers("91350100M000100Y4A") == [RIGHT, "91351000M000100Y4A"]
        assert uscc.calc_check_digit("91351000M000100Y4") == "A"
        assert numbers("91330002M000100Y4A") == []

    def test_other_lengths_have_none(self) -> None:
        """A text of another length is nothing that could be mended by one character."""
        for text in ("", "1", RIGHT * 2, "9" * 12):
            assert find_suggestions(text) == ()

    def test_many_forbidden_letters_take_no_time(self) -> None:
        """Eighteen letters, each with several look-alikes, are bounded in what is tried."""
        assert len(find_suggestions("OISVZGBQ" * 2 + "OI")) <= 64

    def test_look_alikes_are_mutual_where_both_are_allowed(self) -> None:
        """What looks like a character is looked like by it, and no character looks like itself."""
        for one in ALPHABET:
            for other in look_alikes(one, ALPHABET):
                assert one != other
                assert one in look_alikes(other, ALPHABET)
        assert look_alikes("Ш", ALPHABET) == ""


class TestOrder:
    """CODE-8: what keeps the inner check comes first, and alone; at most three are named."""

    def test_inner_check_decides(self) -> None:
        """43 typed as 34 is explained by an exchange that keeps the inner check, and by a C for a 0 that breaks it."""
        assert numbers("91350100M000100Y34") == [RIGHT, "91350100M00010CY34"]
        assert inner_character("M00010CY") != "3"
        message = render_suggestions("91350100M000100Y34", find_suggestions("91350100M000100Y34"))
        assert dict(message.values) == {"code": RIGHT, "place": 17, "next": 18}

    def test_one_character_is_named_with_both(self) -> None:
        """A single suggestion says which character, and what it is and would be."""
        message = render_suggestions("9135O100M000100Y43", find_suggestions("9135O100M000100Y43"))
        assert dict(message.values) == {"code": RIGHT, "place": 5, "meant": "0", "found": "O"}

    def test_some_characters_are_named_by_place(self) -> None:
        """Two replaced letters are named by their places; more than six are not listed."""
        two = "9135O10OM000100Y43"
        assert dict(render_suggestions(two, find_suggestions(two)).values) == {"code": RIGHT, "places": (5, 8)}
        many = RIGHT.replace("0", "O")
        assert dict(render_suggestions(many, find_suggestions(many)).values) == {"code": RIGHT}

    def test_neighbours_that_are_not_exchanged(self) -> None:
        """Two neighbours that were both replaced have not changed places."""
        text = "9135OI00M000100Y43"
        found = find_suggestions(text)
        assert dict(render_suggestions(text, found).values) == {"code": RIGHT, "places": (5, 6)}

    def test_several_are_listed_up_to_three(self) -> None:
        """Where several are left, three at most are named, each right by the library."""
        text = next(
            text
            for text in (f"{number:015}" for number in range(110108000000000, 110108000001000))
            if len(find_suggestions(text)) > SHOWN and not mod_11_10.is_valid(text)
        )
        codes = render_suggestions(text, find_suggestions(text)).values["codes"]
        assert isinstance(codes, tuple)
        assert len(codes) == SHOWN
        assert all(mod_11_10.is_valid(code) for code in codes)


class TestNothing:
    """CODE-9: where nothing explains a mistake, the inner check says in which part to look."""

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("AAAAAAAAAAAAAAAAAA", "characters 9 to 17 break their own check"),
            ("99999999M000100Y49", "characters 9 to 17 keep their own check"),
            ("-1350100M000100Y43", "character by character"),
            ("110108000000019", "character by character"),
        ],
    )
    def test_where_to_look(self, text: str, words: str) -> None:
        """The remedy names the part whose check fails, or no part where none can be told."""
        assert words in str(render_suggestions(text, ()))

    def test_the_inner_check_of_the_examples(self) -> None:
        """By hand: M000100Y calls for 4, AAAAAAAA for 4 too (10 times 48 is 480 = 43 times 11 + 7, and 11 - 7 = 4)."""
        assert inner_character("M000100Y") == "4"
        assert inner_character("AAAAAAAA") == "4"


def test_characters_are_named_so_that_they_can_be_told_apart() -> None:
    """CODE-7: a letter of another script carries its code point, and what no screen shows is only that."""
    assert render_character("A") == "A"
    assert render_character("А") == "А (U+0410)"
    assert render_character("\u202e") == "U+202E"
    assert render_character(" ") == "U+0020"
