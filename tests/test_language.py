"""Choosing a language, and translating messages when they are shown."""

from __future__ import annotations

import re

import pytest

from inspect_cli import language
from inspect_cli.errors import Term, say


@pytest.mark.parametrize(
    ("named", "environment", "expected"),
    [
        ("en", {"INSPECT_LANG": "zh", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"INSPECT_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        ("klingon", {"LANG": "zh_CN.GB18030"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        (None, {"LANG": "zh_CN"}, "zh"),
        (None, {"LANG": "de_DE"}, "en"),
        ("ZH", {}, "zh"),
    ],
)
def test_the_nearest_wish_is_taken(named: str | None, environment: dict[str, str], expected: str) -> None:
    """The command line goes before INSPECT_LANG, that before the locale in the order of POSIX; else it is English."""
    assert language.choose(named, environment) == expected


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows answers from the user's settings")
def test_no_wish_at_all_is_english() -> None:
    """Without any setting the language is English."""
    assert language.choose(None, {}) == "en"


def test_a_message_is_translated_when_it_is_shown() -> None:
    """The same message is English or Chinese, by what is settled when it is shown."""
    message = say("row {row}", row=17)
    assert language.translate(message) == "row 17"
    language.settle("zh")
    assert language.translate(message) == "第17行"
    assert language.current() == "zh"


def test_values_are_filled_in_as_they_stand() -> None:
    """Braces and percent signs in a value are text; a message among the values is translated, and lists are joined."""
    inner = say("row {row}", row=2)
    assert language.translate(say("Where: {place}", place="{row} %s [/red]")) == "Where: {row} %s [/red]"
    assert language.translate(say("Where: {place}", place=(inner, "x"))) == "Where: row 2, x"
    language.settle("zh")
    assert re.search("第2行、x$", language.translate(say("Where: {place}", place=[inner, "x"])))


def test_text_without_values_is_not_a_template() -> None:
    """A sentence without values may hold braces; the empty one stays empty, although gettext keeps its header there."""
    assert language.translate(say("{as it stands}")) == "{as it stands}"
    language.settle("zh")
    assert language.translate("") == ""


def test_a_term_is_shown_in_the_readers_language() -> None:
    """A word that the settings have in both languages is shown in the one that is settled, in a list too."""
    message = say("Where: {place}", place=(Term(zh="劳动", en="Labour"), "x"))
    assert language.translate(message) == "Where: Labour, x"
    assert str(Term(zh="劳动", en="Labour")) == "Labour"
    language.settle("zh")
    assert language.translate(message).endswith("劳动、x")
