"""TOML read key by key with all its mistakes, and written so that it reads back."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.errors import InputError
from inspect_cli.files.toml_table import (
    TEXT_LIMIT,
    Table,
    parse_toml,
    read_table,
    render_comment,
    render_key,
    render_text,
    render_texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.errors import Mistake

HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "[/red]",
    "../../x",
    "\u202eabc",
    '"""',
    "\\",
    "a\nb\x7f\x00",
    "#",
    "一" * 4000,
]


class Colour(StrEnum):
    """Something to choose from."""

    RED = "red"
    BLUE = "blue"


def mistakes_of(text: str, read: Callable[[Table], object]) -> list[tuple[str | None, str]]:
    """Tell the mistakes of a file: the key and what is wrong with it."""
    try:
        read_table(text.encode(), "x.toml", read)
    except InputError as error:
        return [(mistake.where.column, str(mistake.what)) for mistake in error.mistakes]
    return []


class TestParse:
    """Files are read in whatever encoding an editor left them, and numbers exactly."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    def test_encodings(self, encoding: str) -> None:
        """A Windows editor's or shell's encoding changes nothing."""
        assert parse_toml('name = "综合执法局"\r\n'.encode(encoding), "x") == {"name": "综合执法局"}

    def test_exact_decimals(self) -> None:
        """A decimal stays what was written."""
        assert parse_toml(b"ratio = 0.1", "x") == {"ratio": Decimal("0.1")}

    @pytest.mark.parametrize(
        ("text", "row"),
        [
            ("a = 1\nb = “x”\n", 2),
            ("姓名 = 1", 1),
            ("a = 1\na = 2", None),
            ("a = " + "[" * 100_000, None),
            ("a = " + "1" * 10_000, None),
            ("a = ", None),
        ],
    )
    def test_refused(self, text: str, row: int | None) -> None:
        """What is no TOML is refused with its line, where the parser knows it, and never by a traceback."""
        with pytest.raises(InputError) as caught:
            parse_toml(text.encode(), "x.toml")
        assert caught.value.where is not None
        if row is not None:
            assert caught.value.where.row == row
        assert caught.value.hint is not None


class TestTable:
    """Every reader notes what is wrong at its key, and goes on."""

    def test_right(self) -> None:
        """A file without mistakes reads as what it says."""
        text = 'a = " x "\nb = 3\nc = true\nd = "blue"\ne = ["p", "q"]\n[t]\na = "y"\n[[u]]\n[[u]]\n'
        table = Table(parse_toml(text.encode(), "x"), file="x", mistakes=[])
        assert (table.text("a"), table.whole("b", 1, 3), table.flag("c", default=False)) == ("x", 3, True)
        assert (table.choice("d", Colour, Colour.RED), table.texts("e")) == (Colour.BLUE, ("p", "q"))
        assert (table.table("t").text("a"), len(table.tables("u"))) == ("y", 2)

    def test_defaults(self) -> None:
        """What a file leaves out is what the reader says."""
        found: list[Mistake] = []
        table = Table({}, file="x", mistakes=found)
        assert (table.text("a", "d"), table.text("a", ""), table.whole("b", 1, 3, 2)) == ("d", "", 2)
        assert (table.flag("c", default=True), table.choice("d", Colour, Colour.RED)) == (True, Colour.RED)
        assert (table.texts("e"), table.items("e"), table.tables("f"), table.raw("g")) == ((), [], (), None)
        assert (table.table("t").keys, table.has("t"), found) == ((), False, [])

    @pytest.mark.parametrize(
        ("text", "read", "expected"),
        [
            ("", lambda t: t.text("a"), ("a", "this key is missing")),
            ("a = 1", lambda t: t.text("a"), ("a", "this is not a text")),
            ('a = " "', lambda t: t.text("a"), ("a", "this text is empty")),
            ('a = "x\\ny"', lambda t: t.text("a"), ("a", "this text has a line break or a control character")),
            (
                f'a = "{"x" * (TEXT_LIMIT + 1)}"',
                lambda t: t.text("a"),
                ("a", f"this text has more than {TEXT_LIMIT} characters"),
            ),
            ("", lambda t: t.whole("a", 1, 3), ("a", "this key is missing")),
            ("a = true", lambda t: t.whole("a", 0, 3), ("a", "this is not a whole number")),
            ("a = 1.0", lambda t: t.whole("a", 0, 3), ("a", "this is not a whole number")),
            ("a = 4", lambda t: t.whole("a", 1, 3), ("a", "4 is out of range")),
            ("a = 0", lambda t: t.whole("a", 1, 3), ("a", "0 is out of range")),
            ("a = 1", lambda t: t.flag("a", default=True), ("a", "this is neither true nor false")),
            ("a = 'green'", lambda t: t.choice("a", Colour, Colour.RED), ("a", "this is none of red, blue")),
            ("a = 'x'", lambda t: t.texts("a"), ("a", "this is not a list")),
            ("a = ['x', 1]", lambda t: t.texts("a"), ("a[2]", "this is not a text")),
            ("a = ['x', 'y', 'x']", lambda t: t.texts("a"), ("a", "x stands here twice")),
            ("a = 1", lambda t: t.items("a"), ("a", "this is not a list")),
            ("a = 1", lambda t: t.table("a"), ("a", "this is not a table")),
            ("[[a]]\nb = 1", lambda t: [one.text("b") for one in t.tables("a")], ("a[1].b", "this is not a text")),
            ("a = [1]", lambda t: t.tables("a"), ("a", "this is not a list of tables")),
            ("[a.b]\nc = 1", lambda t: t.table("a").table("b").text("c"), ("a.b.c", "this is not a text")),
            ("colour = 1", lambda t: (t.raw("color"), t.close()), ("colour", "this key is not known here")),
        ],
    )
    def test_wrong(self, text: str, read: Callable[[Table], object], expected: tuple[str, str]) -> None:
        """Each kind of mistake is told with the whole path of its key."""
        assert mistakes_of(text, read) == [expected]

    def test_all_at_once(self) -> None:
        """A file with three mistakes tells three."""

        def read(table: Table) -> None:
            table.text("a")
            table.whole("b", 1, 9)
            table.close()

        assert [key for key, _ in mistakes_of("a = 1\nc = 1", read)] == ["a", "b", "c"]

    def test_suggestion(self) -> None:
        """A key that is nearly right is suggested; one that is nothing like any is to be taken out."""
        found: list[Mistake] = []
        table = Table({"nmae": "x", "zzz": 1}, file="x", mistakes=found)
        table.text("name", "")
        table.close()
        assert [str(mistake.remedy) for mistake in found] == ["did you mean name?", "take it out"]

    def test_composed(self) -> None:
        """Texts are read in their composed form, as canonical JSON wants them."""
        assert Table({"a": "e\u0301"}, file="x", mistakes=[]).text("a") == "é"


class TestRender:
    """What is written reads back, whatever it holds."""

    @given(text=st.text(st.characters(exclude_categories=["Cs"])))
    def test_text(self, text: str) -> None:
        """Every text reads back as itself."""
        assert tomllib.loads(f"a = {render_text(text)}") == {"a": text}

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile(self, text: str) -> None:
        """Names that mean something elsewhere are text here, in values, keys, lists and comments."""
        lines = f"{render_comment(text)}\n{render_key(text)} = {render_texts([text, text])}"
        assert tomllib.loads(lines) == {text: [text, text]}

    def test_half_a_character(self) -> None:
        """What is no text is refused before a file is written."""
        with pytest.raises(InputError, match="is not a text"):
            render_text("a\udcffb")

    @given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=30))
    def test_long_lists(self, texts: list[str]) -> None:
        """A list reads back whether it fits one line or not."""
        assert tomllib.loads(f"a = {render_texts(texts)}") == {"a": texts}

    def test_long_list_on_lines(self) -> None:
        """A long list is broken so that a person can read it."""
        assert all(len(line) <= 100 for line in render_texts([f"zone {number}" for number in range(50)]).splitlines())

    def test_empty_comment(self) -> None:
        """A comment of nothing is still a comment."""
        assert render_comment("") == "#"

    def test_keys(self) -> None:
        """Plain keys stay plain."""
        assert (render_key("fire-1_a"), render_key("消防")) == ("fire-1_a", '"消防"')
