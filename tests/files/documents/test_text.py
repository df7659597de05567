"""How values are written into a document, and that foreign text stays text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from inspect_cli.core.publish.lines import Month
from inspect_cli.core.publish.view import Stamp
from inspect_cli.core.visit.result import Label
from inspect_cli.files.documents.text import (
    Marked,
    escape_markdown,
    render_command,
    render_day,
    render_digest,
    render_instant,
    render_value,
)
from inspect_cli.widths import visible

HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "[/red]",
    "../../x",
    "\u202eTXT.EXE",
    "长" * 4000,
    "**粗体**",
    "__粗体__ ~~删除~~",
    "| a | b |",
    "a\\|b\\",
    "[点这里](https://example.com)",
    "![图](x.png)",
    "<https://example.com>",
    "https://example.com www.example.com a@example.com",
    "# 标题",
    "- 列表",
    "+ 列表",
    "1. 列表",
    "1) 列表",
    "> 引用",
    "```",
    "~~~",
    "---",
    "===",
    "***",
    "&amp; &#60; &lt;",
    "`代码`",
    "$x^2$ :smile:",
    "一行\n\n另一行\r\n# 标题",
    "a\u2028b\x00c\x1b[31m",
    "    缩进",
    "{{ 7 * 7 }}{% raw %}",
    "[1]: https://example.com",
    "<!-- -->",
    "据**《法》**的",
]


class _Reader(HTMLParser):
    """Collects every tag of a page, and its text in all."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag; none of ours has an attribute, so a text must have made it."""
        assert attrs == []
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def _read(markdown: str) -> _Reader:
    """Read Markdown with raw HTML on, so that what is not escaped would show."""
    reader = _Reader()
    reader.feed(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))
    reader.close()
    return reader


def _assert_is_text(text: str) -> None:
    """Assert that a text stands as it is in an item, in the first line of a heading, and in a cell."""
    shown = visible(text).strip()
    escaped = escape_markdown(text)
    item = _read(f"- {escaped}\n")
    assert item.tags[:2] == ["ul", "li"]
    assert item.tags[2:] == []
    assert item.text.strip() == shown
    heading = _read(f"{escaped}\\\nx\n===\n")
    assert heading.tags == ["h1", "br"]
    assert "".join(heading.text.split("\n")) == f"{shown}x"
    table = _read(f"| h |\n| --- |\n| {escaped} |\n")
    assert table.tags == ["table", "thead", "tr", "th", "tbody", "tr", "td"]
    assert "".join(table.text.split("\n")) == f"h{shown}"


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_stays_text(text: str) -> None:
    """Whatever a name says, a reader of the Markdown sees the name: in a list, in a heading and in a table."""
    _assert_is_text(text)


@given(st.text(alphabet=st.one_of(st.sampled_from("\\`*_[]<>|~&!$^@:{}#+-=.()0123456789 \t\n'\"/甲"), st.characters())))
def test_any_text_stays_text(text: str) -> None:
    """The same for any text that anybody could write."""
    _assert_is_text(text)


def test_hidden_characters_are_shown_by_their_code() -> None:
    """A right-to-left override and a line end are seen, and move or end nothing."""
    assert escape_markdown("甲\u202e厂\n") == "甲⟨U+202E⟩厂⟨U+000A⟩"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (1200, "1200", "1200"),
        ("a*b", r"a\*b", r"a\*b"),
        (Marked("`x`"), "`x`", "`x`"),
        (date(2026, 12, 1), "2026年12月1日", "1 December 2026"),
        (Month(year=2026, month=2), "2026年2月", "February 2026"),
        (Label(zh="安全", en="Safety"), "安全", "Safety"),
        (
            datetime.fromisoformat("2026-11-30T09:05:00+08:00"),
            "2026年11月30日 09:05（UTC+08:00）",
            "30 November 2026, 09:05 (UTC+08:00)",
        ),
        (
            Stamp(at=datetime.fromisoformat("2026-11-30T09:05:07+08:00"), day=date(2026, 12, 1)),
            "2026年11月30日 09:05:07（UTC+08:00），按2026年12月1日办理",
            "30 November 2026, 09:05:07 (UTC+08:00), done for 1 December 2026",
        ),
        (
            Stamp(at=datetime.fromisoformat("2026-11-30T09:05:07-03:30")),
            "2026年11月30日 09:05:07（UTC-03:30）",
            "30 November 2026, 09:05:07 (UTC-03:30)",
        ),
    ],
)
def test_each_kind_of_value_has_its_writing(value: object, zh: str, en: str) -> None:
    """Numbers, days, instants and labels are written as each language writes them."""
    assert render_value(value, "zh") == zh
    assert render_value(value, "en") == en


def test_utc_is_called_utc() -> None:
    """An instant without a distance from UTC says so without a number."""
    assert render_instant(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "zh") == "2026年1月2日 03:04（UTC）"
    assert render_day(date(2026, 1, 2), "en") == "2 January 2026"


@pytest.mark.parametrize("value", [True, None, 1.5, b"x", ("a",), object()])
def test_other_kinds_are_refused(value: object) -> None:
    """A template cannot print a truth value, nothing, or a whole object by mistake."""
    with pytest.raises(TypeError):
        render_value(value, "zh")


def test_only_hex_is_shown_as_a_digest() -> None:
    """A digest is code; anything else in its place is refused rather than trusted."""
    assert render_digest("0a" * 32) == f"`{'0a' * 32}`"
    for text in ("", "0A", "`x`", "0a\n"):
        with pytest.raises(ValueError):  # noqa: PT011 - the value itself is the message
            render_digest(text)


def test_a_command_is_one_line() -> None:
    """A command is a block of code of one line, which no value can end."""
    assert render_command("printf '%s' '```'") == "````sh\nprintf '%s' '```'\n````"
    for text in ("", "a\nb", "a\u2028b"):
        with pytest.raises(ValueError):  # noqa: PT011 - the value itself is the message
            render_command(text)
