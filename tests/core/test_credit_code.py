"""Credit codes and registration numbers, against python-stdnum and sums done by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from inspect_cli.core.code_check import ALPHABET
from inspect_cli.core.credit_code import (
    check_character,
    has_valid_organisation_check,
    id_notices,
    is_credit_code,
    is_registration_number,
    organisation_check_character,
    parse_entity_id,
    registration_check_digit,
)
from inspect_cli.core.names import EntityId
from inspect_cli.errors import InputError

DIGITS = "0123456789"
RIGHT = "91350100M000100Y43"  # The example of the field's page, and its neighbour that is wrong.
WRONG = "91350100M000100Y4A"
OLD = "企独苏总字第00002号"

first17s = st.builds(
    lambda head, tail: head + tail,
    st.text(DIGITS, min_size=8, max_size=8),  # The library, narrower than the standard, wants digits here.
    st.text(ALPHABET, min_size=9, max_size=9),
)
first14s = st.text(DIGITS, min_size=14, max_size=14)


def refusal(text: str) -> InputError:
    """Return the refusal that ``text`` meets."""
    with pytest.raises(InputError) as caught:
        parse_entity_id(text)
    return caught.value


class TestCreditCode:
    """CODE-1: 18 characters out of 31, the last one by the weights 3^(i-1) mod 31."""

    @given(first17s)
    def test_check_character_is_the_library_s(self, first17: str) -> None:
        """The check character is the one that python-stdnum computes."""
        assert check_character(first17) == uscc.calc_check_digit(first17)
        assert parse_entity_id(first17 + check_character(first17)) == uscc.validate(first17 + check_character(first17))

    @given(first17s, st.integers(0, 17), st.sampled_from(ALPHABET))
    def test_one_wrong_character_is_seen(self, first17: str, place: int, other: str) -> None:
        """No single mistyped character passes."""
        code = first17 + check_character(first17)
        changed = code[:place] + other + code[place + 1 :]
        assert is_credit_code(changed) == (changed == code)

    @given(first17s, st.integers(0, 16))
    def test_two_exchanged_characters_are_seen(self, first17: str, place: int) -> None:
        """No exchange of neighbours passes."""
        code = first17 + check_character(first17)
        changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert is_credit_code(changed) == (changed == code)

    def test_the_field_s_example(self) -> None:
        """The right example is taken as it stands."""
        assert parse_entity_id(RIGHT) == RIGHT

    def test_wrong_check_character_is_told_with_the_right_one(self) -> None:
        """The wrong example is refused, and the message names what stands there and what should."""
        error = refusal(WRONG)
        assert dict(error.what.values) == {"found": "A", "expected": "3"}

    def test_rounded_number_is_told_as_such(self) -> None:
        """Digits that end in three zeros have been through a spreadsheet's number, and the hint says so."""
        error = refusal("913501000001000000")
        assert error.hint is not None
        assert "spreadsheet" in str(error.hint)

    @pytest.mark.parametrize("text", [RIGHT[:-1], RIGHT + "3", "1", "无", "A" * 4000])
    def test_other_lengths_are_refused_with_their_count(self, text: str) -> None:
        """A text that is neither 18 nor 15 long is refused, with its length."""
        assert refusal(text).what.values["count"] == len(text)

    def test_doubled_character_is_told(self) -> None:
        """Of 19 characters with one doubled, the code without it is suggested."""
        error = refusal(RIGHT[:9] + RIGHT[8:])
        assert error.hint is not None
        assert dict(error.hint.values) == {"code": RIGHT}

    @pytest.mark.parametrize(
        ("character", "meant"), [("O", "0"), ("I", "1"), ("Z", "2"), ("S", "5"), ("V", "U"), ("-", None), ("Ш", None)]
    )
    def test_forbidden_character_is_placed_and_its_likeness_named(self, character: str, meant: str | None) -> None:
        """A character outside the 31 is named with its place, and with what it was probably meant to be."""
        error = refusal(RIGHT[:4] + character + RIGHT[5:])
        assert dict(error.what.values) == {"place": 5, "character": character}
        assert error.hint is not None
        assert error.hint.values.get("meant") == meant

    def test_letter_of_another_script_is_told_apart(self) -> None:
        """A Cyrillic letter that looks like ours is named with its code point, in the mistake and in the remedy."""
        error = refusal(RIGHT.replace("M", "М"))
        assert dict(error.what.values) == {"place": 9, "character": "М (U+041C)"}
        assert error.hint is not None
        assert dict(error.hint.values) == {"code": RIGHT, "place": 9, "meant": "M", "found": "М (U+041C)"}

    @pytest.mark.parametrize("hostile", ["\u202e", "\u200b", "\x1b"])
    def test_character_that_a_screen_would_obey_is_named_by_its_code_point(self, hostile: str) -> None:
        """A control or direction mark is never repeated in the message."""
        error = refusal(RIGHT[:4] + hostile + RIGHT[5:])
        assert error.what.values["character"] == f"U+{ord(hostile):04X}"

    def test_check_character_wants_17(self) -> None:
        """A programmer's mistake in the length is an error, not a wrong character."""
        for text in ("9135", "O" * 17):
            with pytest.raises(ValueError, match=text):
                check_character(text)

    def test_is_credit_code_of_other_texts(self) -> None:
        """Another length or another alphabet is no credit code."""
        assert not is_credit_code(RIGHT[:-1])
        assert not is_credit_code(RIGHT.lower())


class TestRegistrationNumber:
    """CODE-2: 15 digits, the last one by ISO 7064 MOD 11,10."""

    @given(first14s)
    def test_check_digit_is_the_library_s(self, first14: str) -> None:
        """The check digit is the one that python-stdnum computes."""
        number = first14 + registration_check_digit(first14)
        assert mod_11_10.is_valid(number)
        assert parse_entity_id(number) == number
        assert id_notices(parse_entity_id(number)) == ()

    def test_wrong_check_digit_is_told_with_the_right_one(self) -> None:
        """The refusal names the digit found and the digit expected; 110108000000016 is right by the library."""
        assert mod_11_10.is_valid("110108000000016")
        error = refusal("110108000000018")
        assert dict(error.what.values) == {"found": "8", "expected": "6"}

    @pytest.mark.parametrize(("character", "meant"), [("O", "0"), ("L", "1"), ("B", "8"), ("X", None)])
    def test_letter_is_placed_and_its_likeness_named(self, character: str, meant: str | None) -> None:
        """A letter among 15 characters is named with its place and with the digit that it looks like."""
        error = refusal("11010800000001" + character)
        assert dict(error.what.values) == {"place": 15, "character": character}
        assert error.hint is not None
        assert error.hint.values.get("meant") == meant

    @pytest.mark.parametrize("text", ["1101", "1101080000000A", "１１０１０８００００００１１"])
    def test_check_digit_wants_14_digits(self, text: str) -> None:
        """A programmer's mistake is an error, not a wrong digit."""
        with pytest.raises(ValueError, match=text):
            registration_check_digit(text)

    def test_is_registration_number_of_other_texts(self) -> None:
        """Another length, or digits of another script, are no registration number."""
        assert not is_registration_number("11010800000001")
        assert not is_registration_number("１１０１０８００００００１６９")


class TestOldNumber:
    """CODE-3: older numbers are taken as they stand, with a notice."""

    @pytest.mark.parametrize("number", [OLD, "3205001101234"])
    def test_taken_with_a_notice(self, number: str) -> None:
        """An old number is an id, and a person is told that nothing checks it."""
        entity = parse_entity_id(f"  {number} ")
        assert entity == number
        assert [notice.values["id"] for notice in id_notices(entity)] == [number]


class TestOrganisationCheck:
    """CODE-4: characters 9 to 17 have a check of their own, which is a notice only."""

    @pytest.mark.parametrize(
        ("first8", "character"),
        [
            ("D2143569", "X"),  # 13·3+2·7+1·9+4·10+3·5+5·8+6·4+9·2 = 199 = 18·11+1 → 10, written X.
            ("M000100Y", "4"),  # 22·3+1·5+34·2 = 139 = 12·11+7 → 4.
            ("00000000", "0"),  # 0 → 11, written 0.
        ],
    )
    def test_by_hand(self, first8: str, character: str) -> None:
        """The check character is the one that GB 11714's sum gives by hand."""
        assert organisation_check_character(first8) == character

    def test_right_code_has_no_notice(self) -> None:
        """The field's example passes its inner check."""
        assert has_valid_organisation_check(RIGHT)
        assert id_notices(EntityId(RIGHT)) == ()

    def test_wrong_inner_check_is_a_notice(self) -> None:
        """A code whose own check holds is taken although characters 9 to 17 fail theirs."""
        first17 = "91350100M000100Y5"
        code = first17 + uscc.calc_check_digit(first17)
        assert parse_entity_id(code) == code
        assert not has_valid_organisation_check(code)
        assert len(id_notices(EntityId(code))) == 1


class TestId:
    """CODE-5: an id has 1 to 64 code points, none of them white space, control, format or a slash."""

    @pytest.mark.parametrize("text", ["", "  ", "\u3000\u00a0"])
    def test_nothing_is_refused(self, text: str) -> None:
        """An empty cell is no id."""
        assert "missing" in str(refusal(text))

    @pytest.mark.parametrize("character", [" ", "\u3000", "\u2028", "\x85", "/", "\u200b", "\u202e", "\ufeff"])
    def test_character_that_no_id_holds(self, character: str) -> None:
        """White space, a control or format character, or a slash within an old number is refused with its place."""
        error = refusal(f"企独{character}00002号")
        assert error.what.values["place"] == 3

    def test_64_code_points_are_the_limit(self) -> None:
        """64 code points pass and 65 do not."""
        longest = "第" + "1" * 62 + "号"
        assert parse_entity_id(longest) == longest
        assert dict(refusal(longest + "号").what.values) == {"count": 65, "limit": 64}


class TestSpelling:
    """CODE-6: white space around it, full-width forms and small letters make no other code."""

    @pytest.mark.parametrize(
        "text",
        [
            f"\u00a0{RIGHT}\n",
            RIGHT.lower(),
            "".join(chr(ord(character) + 0xFEE0) for character in RIGHT),
        ],
    )
    def test_the_same_code(self, text: str) -> None:
        """All of them are the one id."""
        assert parse_entity_id(text) == RIGHT

    def test_no_letter_is_changed_into_two(self) -> None:
        """A letter whose capital is plain ASCII is not taken for it: ß never becomes SS."""
        assert refusal(RIGHT[:4] + "ß" + RIGHT[5:]).what.values["character"] == "ß"


class TestAlone:
    """CODE-10: a right number beside other words is refused with the number that stands in it."""

    @pytest.mark.parametrize(
        "text",
        [f"{RIGHT}（三证合一）", f"信用代码：{RIGHT}", f"{RIGHT.lower()}/110108000000016", f"110108000000010 {RIGHT}"],
    )
    def test_code_among_words(self, text: str) -> None:
        """The code in the cell is named, and to be written alone."""
        error = refusal(text)
        assert dict(error.what.values) == {"number": RIGHT}
        assert str(error.hint) == f"write {RIGHT} alone"

    def test_registration_number_among_words(self) -> None:
        """So is a registration number; but an old number that is written in characters keeps its digits."""
        assert dict(refusal("注册号110108000000016").what.values) == {"number": "110108000000016"}
        for old in ("企合京字110108000000016", "第110108000000016号", "注册号110108000000018"):
            assert parse_entity_id(old) == old
