"""Every sentence that a person may see is in the catalogue, in Chinese."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from tests.house.sources import (
    PACKAGE,
    sentences_in_code,
    sentences_in_help,
    sentences_of_click,
    sentences_without_key,
)

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

pytestmark = pytest.mark.untraced


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """Read the Chinese catalogue's source."""
    with (PACKAGE / "locale/zh_CN/LC_MESSAGES/inspect_cli.po").open("rb") as file:
        return read_po(file, locale="zh_CN", abort_invalid=True)


def _keys(catalogue: Catalog) -> set[str]:
    return {
        key
        for message in catalogue
        if message.id
        for key in ([message.id] if isinstance(message.id, str) else message.id)
    }


def _placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def test_every_sentence_has_a_translation(catalogue: Catalog) -> None:
    """What the code says and what the help pages say is in the catalogue."""
    said = sentences_in_code() | sentences_in_help()
    missing = {text: place for text, place in said.items() if text and text not in _keys(catalogue)}
    assert missing == {}


def test_every_translation_is_said_somewhere(catalogue: Catalog) -> None:
    """The catalogue keeps nothing that neither we nor click would say."""
    said = {*sentences_in_code(), *sentences_in_help(), *sentences_of_click()}
    assert _keys(catalogue) - said == set()


def test_every_sentence_is_a_literal() -> None:
    """A sentence is written where it is said: a text put together at run time has no key in the catalogue."""
    assert sentences_without_key() == []


def test_translations_are_chinese_with_the_same_placeholders(catalogue: Catalog) -> None:
    """Each translation holds Chinese, and the placeholders of its key, no more and no fewer."""
    for message in catalogue:
        if not message.id:
            continue
        keys = [message.id] if isinstance(message.id, str) else list(message.id)
        text = message.string if isinstance(message.string, str) else (message.string or [""])[0]
        assert re.search("[\u4e00-\u9fff]", text) or not re.search("[a-z]{4}", re.sub(r"\{\w+\}", "", text)), keys
        # click gives the same values to the singular and to the plural.
        assert _placeholders(text) in [_placeholders(key) for key in keys], keys


def test_the_catalogue_is_sorted_and_settled(catalogue: Catalog) -> None:
    """Messages are sorted by their keys, none is a guess, none is out of use: two people's additions merge."""
    keys = [message.id if isinstance(message.id, str) else message.id[0] for message in catalogue if message.id]
    assert keys == sorted(keys)
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert not catalogue.obsolete
