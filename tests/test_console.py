"""The screen: whatever the data is, it is shown as text."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli import language
from inspect_cli.console import Column, Console, Streams, Tone
from inspect_cli.errors import RefusedError, say
from inspect_cli.widths import cells

HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "[/red]",
    "[bold red]甲[/]",
    "../../x",
    "甲\u202e司公乙",
    "长" * 4000,
    "\x1b]0;title\x07",
    "a\r\nb",
    ":smile: {name} %s",
)


class _Terminal(io.StringIO):
    """A stream at which somebody sits."""

    def isatty(self) -> bool:
        return True


class _Screen:
    """A console with its streams in memory, and what was written to them."""

    def __init__(self, typed: str | None = None) -> None:
        kind = io.StringIO if typed is None else _Terminal
        self.stdout, self.stderr = kind(), kind()
        streams = Streams(stdin=kind(typed or ""), stdout=self.stdout, stderr=self.stderr)
        self.console = Console(language=language.current(), streams=streams)

    @property
    def out(self) -> str:
        return self.stdout.getvalue()

    @property
    def err(self) -> str:
        return self.stderr.getvalue()


def _table(*names: str) -> str:
    screen = _Screen()
    columns = (Column(title="编号", is_key=True), Column(title="名称"), Column(title="数", is_number=True))
    screen.console.show_table("对象", columns, [("91350100M000100Y43", name, "7") for name in names])
    return screen.out


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_in_a_table(name: str) -> None:
    """No name is markup, moves the cursor, or breaks a row: the table has its title, head, rule, and one line a row."""
    shown = _table(name)
    assert len(shown.splitlines()) == 4
    assert "\x1b" not in shown
    assert all(cells(line) <= 80 for line in shown.splitlines())
    assert "91350100M000100Y43" in shown
    if name.isascii() and name.isprintable():
        assert name in shown


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_in_lines_and_pairs(name: str) -> None:
    """A line and a pair show the name whole, each on one line, with what is hidden made visible."""
    screen = _Screen()
    screen.console.show_line(say("{name} is drawn", name=name))
    screen.console.show_pairs([("对象", name)])
    assert len(screen.out.splitlines()) == 2
    assert not any(char in screen.out for char in "\x1b\x07\r\u202e")
    if name.isprintable():
        assert screen.out.count(name) == 2


@pytest.mark.parametrize("width", [80, 60, 40])
def test_tables_fit_the_screen(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns of Chinese stand straight in as many cells as there are; numbers stand on the right, keys whole."""
    monkeypatch.setenv("COLUMNS", str(width))
    shown = _table("福州市鼓楼区第一食品厂有限责任公司" * 3, "短").splitlines()
    assert all(cells(line) <= width for line in shown)
    assert shown[-2].endswith(" 7")
    assert "…" in shown[-2]
    assert shown[-1].startswith("91350100M000100Y43  短 ")


def test_pairs_stand_under_each_other() -> None:
    """Values begin in the same cell, whatever the width of their names."""
    screen = _Screen()
    screen.console.show_pairs([("基数", "1200"), ("drawn", say("row {row}", row=3))])
    assert screen.out == "基数   1200\ndrawn  row 3\n"


@given(st.recursive(st.text(st.characters(exclude_categories=["Cs"])) | st.integers() | st.booleans(), st.lists))
def test_json_is_the_data_itself(data: object) -> None:
    """What is printed reads back as the same data, never cut, and holds nothing that a terminal obeys."""
    screen = _Screen()
    screen.console.show_json({"名称": data})
    assert json.loads(screen.out) == {"名称": data}
    assert not any(char in screen.out for char in "\x1b\x07\x7f\x9b\r\u202e\u2066")


def test_json_keeps_the_order_of_its_keys_and_its_chinese() -> None:
    """Keys stand in the order given, Chinese as Chinese, a character beyond the first plane as its escapes if hidden."""
    screen = _Screen()
    screen.console.show_json({"b": "厂", "a": "\U000e0041"})
    assert screen.out == '{\n  "b": "厂",\n  "a": "\\udb40\\udc41"\n}\n'


def test_notes_go_to_stderr() -> None:
    """What is not data never stands on stdout."""
    screen = _Screen()
    screen.console.show_note("looking", Tone.QUIET)
    assert screen.out == ""
    assert screen.err.splitlines()[0] == "looking"


def test_a_terminal_gets_lines_broken_for_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a long line is broken between characters; in a pipe it stays whole."""
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("TERM", "xterm")
    text = "抽取检查对象，公示结果。" * 2
    at_terminal, in_pipe = _Screen(typed=""), _Screen()
    at_terminal.console.show_line(text)
    in_pipe.console.show_line(text)
    assert in_pipe.out == f"{text}\n"
    assert all(cells(line) <= 20 for line in at_terminal.out.splitlines())
    assert "".join(at_terminal.out.split()) == text


def test_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR a terminal gets no colour; without it the bad news is red."""
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = _Screen(typed="")
    coloured.console.show_line("bad", Tone.BAD)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = _Screen(typed="")
    plain.console.show_line("bad", Tone.BAD)
    assert "\x1b[1;31m" in coloured.out
    assert "31m" not in plain.out


@pytest.mark.parametrize(
    ("lang", "typed", "is_yes"), [("en", "Yes\n", True), ("en", "是\n", False), ("zh", "是\n", True)]
)
def test_a_question_takes_yes_in_its_language(lang: str, typed: str, *, is_yes: bool) -> None:
    """Only a yes is a yes, in English everywhere and in Chinese where that is settled."""
    language.settle(lang)
    assert _Screen(typed).console.ask_yes("draw?") is is_yes


def test_a_question_in_a_pipe_is_refused() -> None:
    """Where nobody can be asked the question is refused with the way out, unless the answer was given beforehand."""
    console = _Screen().console
    with pytest.raises(RefusedError) as refusal:
        console.ask_yes("draw?")
    assert "--yes" in str(refusal.value.hint)
    console.require_yes("draw?", given=True)
    with pytest.raises(RefusedError):
        console.ask_value("seed")


def test_whatever_is_not_yes_ends_the_act() -> None:
    """A no is a refusal, and so is the end of the input."""
    for typed in ("no\n", "\n", ""):
        with pytest.raises(RefusedError):
            _Screen(typed).console.require_yes(say("row {row}", row=1), given=False)


def test_a_value_is_taken_as_typed() -> None:
    """A value keeps its inner spaces and loses only the end of its line; the question shows hidden characters."""
    screen = _Screen("6 5 1 \r\n")
    assert screen.console.ask_value("dice\u202e") == "6 5 1 "
    assert screen.err.startswith("dice⟨U+202E⟩: ")


def test_a_hidden_value_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that nobody may see is read by the system's own way for passwords."""
    asked = []

    def type_unseen(prompt: str, stream: object) -> str:
        asked.append((prompt, stream))
        return "秘密"

    monkeypatch.setattr("getpass.getpass", type_unseen)
    screen = _Screen("")
    assert screen.console.ask_value(say("row {row}", row=1), hidden=True) == "秘密"
    assert asked == [("row 1: ", screen.stderr)]


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal sees how far the work is; a pipe gets nothing."""
    monkeypatch.setenv("TERM", "xterm")
    at_terminal, in_pipe = _Screen(typed=""), _Screen()
    for screen in (at_terminal, in_pipe):
        with screen.console.progress("[red]抽取", 3) as advance:
            advance(3)
    assert "[red]抽取" in at_terminal.err
    assert at_terminal.out == in_pipe.out == in_pipe.err == ""


def test_a_wrapped_field_goes_on_in_the_next_line() -> None:
    """A field that a person needs whole is broken into lines inside its column, and nothing of it is lost."""
    out = io.StringIO()
    console = Console(language="en", streams=Streams(stdin=io.StringIO(), stdout=out, stderr=io.StringIO()))
    name = "示例镇旭洋货物运输" * 6
    console.show_table("", [Column(title="id", is_key=True), Column(title="name", is_wrapped=True)], [("R001", name)])
    lines = out.getvalue().splitlines()[2:]
    assert len(lines) > 1
    assert lines[0].startswith("R001  ")
    assert "".join(line[6:] for line in lines) == name
