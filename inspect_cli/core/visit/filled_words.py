"""The words of a visit sheet that was filled in: results, methods and follow-ups as people write them (FILLED-3)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, TypeVar

from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.visit.result import Label
    from inspect_cli.errors import Message

T = TypeVar("T")

CHOOSE_RESULT: Final = say("choose one of the list, or write its number, 1 to 13")
LEAST_PART: Final = 2
"""Characters that may stand for all the words that begin with them."""
LEAST_INNER_PART: Final = 4
"""Characters from the midst of a result's words that may stand for all of them."""
_NUMBERED: Final = re.compile(r"([0-9]{1,4})(?:\.0+)?[.、:)]?(.*)", re.DOTALL)
_PARTED_NUMBER: Final = re.compile(r"[0-9]\s+[0-9]")
_EVERYDAY: Final = {"现场检查": Method.ON_SITE}
"""What everybody in the trade says for the word of the form."""


def parse_result(text: str) -> ResultClass:
    """Read a result (FILLED-3); ``InputError`` where it is none, or could be several."""
    if _PARTED_NUMBER.search(unicodedata.normalize("NFKC", text)):
        raise InputError(say("{value} could be several results", value=text), hint=CHOOSE_RESULT)
    word = _fold(text)
    numbered = _NUMBERED.fullmatch(word)
    if numbered:
        number, rest = int(numbered[1]), numbered[2]
        if number not in {each.value for each in ResultClass}:
            raise InputError(say("{value} is not the number of a result", value=text), hint=CHOOSE_RESULT)
        found = ResultClass(number)
        if rest and found not in _find_results(rest):
            raise InputError(say("number and words are two different results"), hint=CHOOSE_RESULT)
        return found
    results = _find_results(word)
    if len(results) != 1:
        what = say("{value} could be several results", value=text) if results else None
        raise InputError(what or say("{value} is no result", value=text), hint=CHOOSE_RESULT)
    return results[0]


def parse_method(text: str) -> Method:
    """Read a method by its word in either language or its name on the command line; ``InputError`` where it is none."""
    return _parse_word(
        text, {each: (each.value, each.label) for each in Method}, say("{value} is not a method", value=text)
    )


def parse_kind(text: str) -> FollowUpKind:
    """Read a kind of follow-up by its word in either language or its name on the command line; ``InputError`` where it is none."""
    kinds = {each: (each.value, each.label) for each in FollowUpKind}
    return _parse_word(text, kinds, say("{value} is not a follow-up", value=text))


def _find_results(word: str) -> tuple[ResultClass, ...]:
    """Find the results that some words mean: the one that they are, else all whose words hold them (FILLED-3)."""
    words = {each: tuple(map(_fold, (each.label.zh, each.label.en))) for each in ResultClass}
    whole = tuple(each for each, labels in words.items() if word in labels)
    if whole or len(word) < LEAST_PART:
        return whole
    found = {each: label for each, labels in words.items() for label in labels if word in label}
    return tuple(each for each, label in found.items() if len(found) > 1 or _is_part(word, label))


def _is_part(word: str, label: str) -> bool:
    """Say whether a part is enough: 检查 is in the words for a serious refusal, and 吊销 is most of 被吊销."""
    return label.startswith(word) or len(word) >= LEAST_INNER_PART or 2 * len(word) >= len(label)


def _parse_word(text: str, words: Mapping[T, tuple[str, Label]], what: Message) -> T:
    word = _fold(text)
    for each, (name, label) in words.items():
        if word in {_fold(name), _fold(label.zh), _fold(label.en)} or _EVERYDAY.get(word) is each:
            return each
    meant = [each for each, (_name, label) in words.items() if _is_short_for(word, label)]
    if len(meant) == 1:
        return meant[0]
    raise InputError(
        what, hint=say("choose one of the list: {known}", known=tuple(label.term for _n, label in words.values()))
    )


def _is_short_for(word: str, label: Label) -> bool:
    """Say whether a word begins an English label, or has a Chinese one's characters in their order, its first among them."""
    if len(word) < LEAST_PART:
        return False
    rest = iter(label.zh)
    is_in_order = word[0] == label.zh[0] and all(char in rest for char in word)
    return is_in_order or _fold(label.en).startswith(word)


def _fold(text: str) -> str:
    """Give words as they are compared: however they are spaced, and whatever size or width their letters have."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
