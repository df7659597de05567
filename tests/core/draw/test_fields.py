"""Forms of ids, days, digests, salts and instants, and refusals that say where."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.fields import (
    Fields,
    is_day,
    is_digest,
    is_id,
    is_salt,
    is_sorted,
    parse_instant,
    parse_object,
    shorten,
)
from inspect_cli.errors import InputError, Position

if TYPE_CHECKING:
    from collections.abc import Callable

# Unicode's property White_Space, typed off PropList.txt.
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
WHITE_SPACE += "\u2028\u2029\u202f\u205f\u3000"


class TestForms:
    """BYTES-6, BYTES-7, BYTES-8: the forms that texts have wherever they stand."""

    @given(st.text(max_size=70))
    def test_an_id_by_definition(self, text: str) -> None:
        """An id is 1 to 64 code points, none of them white space, of category Cc or Cf, or a slash."""
        expected = 1 <= len(text) <= 64 and not any(
            character in WHITE_SPACE or character == "/" or unicodedata.category(character) in {"Cc", "Cf"}
            for character in text
        )
        assert is_id(text) is expected

    @pytest.mark.parametrize(
        "character", [*WHITE_SPACE, "/", "\0", "\x7f", "\xad", "\u200b", "\u202e", "\ufeff"], ids=ascii
    )
    def test_no_hidden_character_in_an_id(self, character: str) -> None:
        """No space, control or format character stands anywhere in an id."""
        for text in (character, f"a{character}", f"{character}a", f"企{character}业"):
            assert not is_id(text)

    @pytest.mark.parametrize(
        "text", ["91350100M000100Y43", "企独苏总字第00151号", "<script>", "=cmd|'/c".replace("/", "-"), "a" * 64]
    )
    def test_ids(self, text: str) -> None:
        """Credit codes, old registration numbers and hostile texts are ids like any other."""
        assert is_id(text)

    @pytest.mark.parametrize("text", ["", "a" * 65, "企" * 65])
    def test_length_of_an_id(self, text: str) -> None:
        """Nothing, and more than 64 code points, is no id."""
        assert not is_id(text)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2026-12-31", True),
            ("2024-02-29", True),
            ("2026-02-29", False),
            ("2026-13-01", False),
            ("0000-01-01", False),
            ("20261231", False),
            ("2026-1-1", False),
            ("2026-W01-1", False),
            ("２０２６-12-31", False),
            ("2026-12-31\n", False),
        ],
    )
    def test_days(self, text: str, expected: bool) -> None:
        """A day is written YYYY-MM-DD in ASCII digits, and exists."""
        assert is_day(text) is expected

    def test_digests_and_salts(self) -> None:
        """Both are lower-case hex of one length."""
        assert is_digest("0f" * 32)
        assert not any(map(is_digest, ("0F" * 32, "0f" * 31, "0g" * 32, "0f" * 32 + "\n")))
        assert is_salt("0f" * 16)
        assert not any(map(is_salt, ("0F" * 16, "0f" * 17, "", "0f" * 16 + "\n")))

    @given(st.lists(st.text()))
    def test_sorted_is_by_utf_8_bytes(self, items: list[str]) -> None:
        """Code point order is the order of UTF-8 bytes, and nothing stands twice."""
        by_bytes = sorted({item.encode(errors="surrogatepass") for item in items})
        assert is_sorted(items) is ([item.encode(errors="surrogatepass") for item in items] == by_bytes)


class TestInstants:
    """SOURCE-1: times are RFC 3339 with an offset, and compare as instants."""

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("2026-11-30T09:00:00+08:00", "2026-11-30T01:00:01Z"),
            ("2026-11-30T09:00:00.4Z", "2026-11-30T09:00:00.41Z"),
            ("2026-12-01T00:30:00+08:00", "2026-11-30T17:00:00+00:00"),
            ("2026-11-30T12:00:00+00:30", "2026-11-30T12:00:00-00:30"),
            ("2026-11-30T23:59:59Z", "2026-12-01t00:00:00z"),
        ],
    )
    def test_order(self, earlier: str, later: str) -> None:
        """Offsets and fractions count, the letters' case does not."""
        assert parse_instant(earlier) < parse_instant(later)

    def test_equal_instants(self) -> None:
        """One instant has many spellings."""
        spellings = ("2026-11-30T09:00:00+08:00", "2026-11-30T01:00:00Z", "2026-11-29T20:00:00.000-05:00")
        assert len(set(map(parse_instant, spellings))) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-30T09:00:00",
            "2026-11-30 09:00:00Z",
            "2026-11-30T24:00:00Z",
            "2026-11-30T09:60:00Z",
            "2026-11-30T09:00:60Z",
            "2026-11-30T09:00Z",
            "2026-11-31T09:00:00Z",
            "2026-11-30T09:00:00+0800",
            "2026-11-30T09:00:00+24:00",
            "2026-11-30T09:00:00.Z",
            "x" * 10_000,
        ],
        ids=lambda text: text[:30],
    )
    def test_refused(self, text: str) -> None:
        """A time without its offset, of another form, or that does not exist is refused, in a message of bounded length."""
        with pytest.raises(InputError, match="is not a time with its offset") as caught:
            parse_instant(text)
        assert len(str(caught.value)) < 200


class Colour(StrEnum):
    """Two named values."""

    RED = "red"
    BLUE = "blue"


WRONG: list[tuple[Callable[[Fields], object], object, str]] = [
    (lambda f: f.text("k"), 1, "this is not a text"),
    (lambda f: f.whole("k", 0), True, "this is not a whole number"),
    (lambda f: f.whole("k", 0), "1", "this is not a whole number"),
    (lambda f: f.whole("k", 1), 0, "0 is out of range"),
    (lambda f: f.whole("k", 1, 3), 4, "4 is out of range"),
    (lambda f: f.flag("k"), 1, "this is neither true nor false"),
    (lambda f: f.choice("k", Colour), "green", "green is none of red, blue"),
    (lambda f: f.identifier("k"), "a b", "a b is not an id: 1 to 64 characters, no space, control character or /"),
    (lambda f: f.digest("k"), "00", "this is not a SHA-256 digest of 64 lower-case hex digits"),
    (lambda f: f.salt("k"), "00", "this is not a salt of 32 lower-case hex digits"),
    (lambda f: f.day("k"), "2026-02-30", "2026-02-30 is not a day written YYYY-MM-DD"),
    (lambda f: f.items("k"), {}, "this is not a list"),
    (lambda f: f.texts("k"), ["a", 1], "this is not a list of texts"),
    (lambda f: f.sorted_texts("k"), ["b", "a"], "this list is not sorted, or names something twice"),
    (lambda f: f.sorted_texts("k"), ["a", "a"], "this list is not sorted, or names something twice"),
    (lambda f: f.ids("k"), ["/"], "/ is not an id: 1 to 64 characters, no space, control character or /"),
    (lambda f: f.sorted_ids("k"), ["b", "a"], "this list is not sorted, or names something twice"),
    (lambda f: f.sorted_days("k"), ["2026-12-02", "2026-12-01"], "this list is not sorted, or names something twice"),
    (lambda f: f.sorted_days("k"), ["today"], "today is not a day written YYYY-MM-DD"),
    (lambda f: f.sorted_days("k", least=1), [], "this list is empty"),
    (lambda f: f.nested("k"), [], "this is not an object"),
    (lambda f: f.nested_list("k"), [{}, 1], "this is not an object"),
]


class TestFields:
    """BYTES-9: a key that is missing, of another type, or unknown refuses the member, and the refusal says where."""

    @pytest.mark.parametrize(("read", "value", "what"), WRONG, ids=[str(number) for number in range(len(WRONG))])
    def test_each_reader_refuses_what_it_does_not_take(
        self, read: Callable[[Fields], object], value: object, what: str
    ) -> None:
        """The refusal says what is wrong, in which file, row and key, and what to do."""
        fields = parse_object(render_canonical({"k": value}), "rows.jsonl", 7)
        with pytest.raises(InputError) as caught:
            read(fields)
        assert str(caught.value) == what
        assert caught.value.where is not None
        assert (caught.value.where.file, caught.value.where.row) == ("rows.jsonl", 7)
        assert str(caught.value.where.column).startswith("k")
        assert caught.value.hint is not None

    @pytest.mark.parametrize("read", [read for read, _, _ in WRONG], ids=[str(number) for number in range(len(WRONG))])
    def test_each_reader_wants_its_key(self, read: Callable[[Fields], object]) -> None:
        """A key that is not there is missed by name."""
        with pytest.raises(InputError, match="this key is missing"):
            read(parse_object(b"{}", "rows.jsonl", 7))

    def test_what_is_right_is_given(self) -> None:
        """Each reader gives a value that is right as it stands."""
        digest, salt = "0f" * 32, "0f" * 16
        values = {
            "t": "x",
            "n": 3,
            "f": True,
            "c": "red",
            "i": "a",
            "d": digest,
            "s": salt,
            "y": "2026-12-01",
            "l": ["b", "a"],
        }
        fields = parse_object(render_canonical(values | {"o": {"n": 1}, "os": [{"n": 1}]}), "commitment.json")
        assert (fields.text("t"), fields.whole("n", 3, 3), fields.flag("f")) == ("x", 3, True)
        assert (fields.choice("c", Colour), fields.identifier("i")) == (Colour.RED, "a")
        assert (fields.digest("d"), fields.salt("s"), fields.day("y")) == (digest, salt, "2026-12-01")
        assert (fields.texts("l"), fields.ids("l")) == (("b", "a"), ("b", "a"))
        assert fields.nested("o").whole("n", 0) == fields.nested_list("os")[0].whole("n", 0) == 1
        fields.require_known([*values, "o", "os"])

    def test_a_nested_key_has_its_path(self) -> None:
        """A key inside an object inside a list is named with its way there."""
        fields = parse_object(b'{"a":[{},{"b":{"c":1}}]}', "commitment.json")
        inner = fields.nested_list("a")[1].nested("b")
        with pytest.raises(InputError) as caught:
            inner.text("c")
        assert caught.value.where == Position(file="commitment.json", column="a[1].b.c")

    def test_an_unknown_key_is_named_but_not_at_length(self) -> None:
        """A key that is not known is named, cut to a length that a screen bears."""
        with pytest.raises(InputError, match="this key is not known here") as caught:
            parse_object(render_canonical({"x" * 5000: 1}), "result.json").require_known(("k",))
        assert caught.value.where == Position(file="result.json", column="x" * 80 + "…")

    @pytest.mark.parametrize(
        ("data", "what"), [(b"[]", "this is not an object"), (b"{", "this is not JSON that can be read")]
    )
    def test_a_member_is_an_object(self, data: bytes, what: str) -> None:
        """Anything but a canonical object is refused with the file's name and row."""
        with pytest.raises(InputError, match=what) as caught:
            parse_object(data, "entities.jsonl", 3)
        assert caught.value.where == Position(file="entities.jsonl", row=3)

    def test_shorten(self) -> None:
        """A text of 80 characters stays, a longer one is cut."""
        assert shorten("a" * 80) == "a" * 80
        assert shorten("a" * 81) == "a" * 80 + "…"
