"""Canonical JSON: RFC 8785's own data, an independent implementation, and each rule's refusals."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.canonical import DEPTH, LIMIT, CanonicalError, digest, parse_canonical, render_canonical

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "jcs-rfc8785"
NEGATIVE = json.loads((VECTORS / "negative.json").read_bytes())

texts = st.text(st.characters(codec="utf-8")).map(lambda text: unicodedata.normalize("NFC", text))
values = st.recursive(
    st.booleans() | st.integers(1 - LIMIT, LIMIT - 1) | texts,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner, max_size=4)
    ),
    max_leaves=20,
)


class TestRoundTrip:
    """BYTES-1, BYTES-2: every value of the restricted kind has exactly one spelling, which reads back as the value."""

    @given(values)
    def test_render_is_what_an_independent_implementation_writes(self, value: object) -> None:
        """The bytes are those of the package rfc8785."""
        assert render_canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # its type for JSON is closed

    @given(values)
    def test_parse_undoes_render(self, value: object) -> None:
        """What was rendered is read back as the same value."""
        assert parse_canonical(render_canonical(value)) == value

    def test_tuples_are_arrays(self) -> None:
        """A tuple is written as an array."""
        assert render_canonical({"a": (1, "b")}) == b'{"a":[1,"b"]}'


class TestOneSpelling:
    """BYTES-3: whoever reads takes nothing but the canonical bytes."""

    @given(values, st.data())
    def test_any_other_spelling_is_refused(self, value: object, data: st.DataObject) -> None:
        """A space, a line feed or a byte order mark anywhere between tokens makes the bytes another spelling."""
        good = render_canonical(value)
        bad = data.draw(st.sampled_from([b" " + good, good + b"\n", good + b" ", b"\xef\xbb\xbf" + good, b"\t" + good]))
        with pytest.raises(CanonicalError):
            parse_canonical(bad)

    @pytest.mark.parametrize(
        "data",
        [
            b'{"b":1,"a":2}',
            b'{"a":1, "b":2}',
            b'"\\u0041"',
            b'"\\/"',
            b'"\\u000A"',
            b'"\\u001F"',
            b"-0",
            b"01",
            b"1.0",
            b"1e2",
            b'"\x1f"',
            b"",
            b"tru",
        ],
        ids=repr,
    )
    def test_a_second_spelling_by_hand(self, data: bytes) -> None:
        """Unsorted keys, spaces, needless escapes, upper-case hex and other numbers are refused."""
        with pytest.raises(CanonicalError):
            parse_canonical(data)

    @given(st.binary(max_size=40))
    def test_bytes_are_read_or_refused(self, data: bytes) -> None:
        """Whatever the bytes, they are canonical or a CanonicalError: never another exception."""
        try:
            value = parse_canonical(data)
        except CanonicalError:
            return
        assert render_canonical(value) == data


class TestReferenceData:
    """The reference data of RFC 8785, as far as it concerns objects without null, floats and keys beyond ASCII."""

    def test_structures(self) -> None:
        """The reference output is read and written as it stands."""
        data = (VECTORS / "output" / "structures.json").read_bytes()
        assert render_canonical(parse_canonical(data)) == data

    @pytest.mark.parametrize("name", ["arrays", "french", "unicode", "values", "weird"])
    def test_what_the_protocol_leaves_out(self, name: str) -> None:
        """Null, floats, keys beyond ASCII and texts that are not NFC are refused, though RFC 8785 has them."""
        with pytest.raises(CanonicalError):
            parse_canonical((VECTORS / "output" / f"{name}.json").read_bytes())

    @pytest.mark.parametrize("case", NEGATIVE["must_reject"], ids=lambda case: case["why"])
    def test_must_reject(self, case: dict[str, str]) -> None:
        """What every implementation must refuse is refused."""
        data = bytes.fromhex(case["hex"]) if "hex" in case else case["json"].encode()
        with pytest.raises(CanonicalError):
            parse_canonical(data)

    @pytest.mark.parametrize("case", NEGATIVE["utf16_key_order"], ids=lambda case: ascii(case["sorted"]))
    def test_keys_beyond_ascii_have_no_order_here(self, case: dict[str, list[str]]) -> None:
        """Where implementations disagree about the order of keys, there are no such keys."""
        with pytest.raises(CanonicalError):
            render_canonical(dict.fromkeys(case["object_keys"], 1))


class TestRefusals:
    """BYTES-1, BYTES-2: each kind of value that has no canonical bytes is refused with a sentence of its own."""

    @pytest.mark.parametrize(
        ("value", "what"),
        [
            (1.0, "a number is not a whole number"),
            (float("nan"), "a number is not a whole number"),
            (None, "a value is null: leave its key out instead"),
            (LIMIT, "a number is too large: whole numbers stay below 2^53"),
            (-LIMIT, "a number is too large: whole numbers stay below 2^53"),
            ("A\u030a", "a text is not in Unicode's normal form NFC"),
            ("\ud800", "a text holds half a character (a lone surrogate)"),
            ({"é": 1}, "a key is not plain ASCII text"),
            ({1: 1}, "a key is not plain ASCII text"),
            ({"a": [b"bytes"]}, "a value of type bytes has no canonical form"),
        ],
        ids=ascii,
    )
    def test_render_says_why(self, value: object, what: str) -> None:
        """The sentence names the reason."""
        with pytest.raises(CanonicalError) as caught:
            render_canonical(value)
        assert str(caught.value) == what

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b'"\xff"', "this is not valid UTF-8 text"),
            (b'"\\ud800"', "a text holds half a character (a lone surrogate)"),
            (b"{", "this is not JSON that can be read"),
            (b"9" * 5000, "this is not JSON that can be read"),
            (b'{"a": 1}', "this is JSON, but not in its canonical form (RFC 8785)"),
            (b'{"a":1,"a":1}', "this is JSON, but not in its canonical form (RFC 8785)"),
            ('"A\u030a"'.encode(), "a text is not in Unicode's normal form NFC"),
            (str(LIMIT).encode(), "a number is too large: whole numbers stay below 2^53"),
        ],
        ids=lambda value: repr(value)[:20],
    )
    def test_parse_says_why(self, data: bytes, what: str) -> None:
        """The sentence names the reason."""
        with pytest.raises(CanonicalError) as caught:
            parse_canonical(data)
        assert str(caught.value) == what

    def test_a_line_feed_before_a_combining_mark_is_normal(self) -> None:
        """A text is judged by its characters, not by the letters of its escapes: LF and a tilde are NFC, n and a tilde are not."""
        value = "\n\u0303"
        assert parse_canonical(render_canonical(value)) == value

    @pytest.mark.parametrize("mark", ["[", '{"a":'])
    def test_depth_is_bounded(self, mark: str) -> None:
        """Nesting up to the bound is read, one deeper and a hundred thousand deeper are refused."""
        end = {"[": "]", '{"a":': "}"}[mark]

        def deep(levels: int) -> bytes:
            return (mark * levels + "1" + end * levels).encode()

        assert render_canonical(parse_canonical(deep(DEPTH))) == deep(DEPTH)
        for levels in (DEPTH + 1, 100_000):
            with pytest.raises(CanonicalError):
                parse_canonical(deep(levels))

    def test_a_value_inside_itself_is_refused(self) -> None:
        """A list that holds itself ends at the bound."""
        loop: list[object] = []
        loop.append(loop)
        with pytest.raises(CanonicalError):
            render_canonical(loop)

    def test_a_full_stack_is_no_other_error(self) -> None:
        """With the interpreter's stack nearly used up, the bytes are refused rather than the program ended."""

        def descend(left: int) -> None:
            if left:
                descend(left - 1)
            else:
                parse_canonical(b"[" * 60 + b"]" * 60)

        frames = 0
        frame = sys._getframe()
        while frame.f_back:
            frame, frames = frame.f_back, frames + 1
        with pytest.raises(CanonicalError):
            descend(sys.getrecursionlimit() - frames - 20)


def test_digest_is_sha_256_in_lower_case_hex() -> None:
    """BYTES-4: the digest of "abc" is that of FIPS 180-4's example."""
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(b"") == hashlib.sha256().hexdigest()
