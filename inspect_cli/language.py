"""The language that a person reads: choosing it, and translating sentences at the moment they are shown.

Source strings are English; the Chinese ones are in ``locale/zh_CN/LC_MESSAGES/inspect_cli.po``, compiled when the package is
built. What does not live here: legal text and notices, which are templates of their own in each language.
"""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import Message, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGES: Final = ("zh", "en")
CATALOGUE: Final = "inspect_cli"
LOCALE_FOLDER: Final = Path(__file__).resolve().parent / "locale"

_GETTEXT_NAMES: Final = {"zh": "zh_CN", "en": "en"}
_LIST_JOINTS: Final = {"zh": "、", "en": ", "}
_CLAUSE_JOINTS: Final = {"zh": "；", "en": "; "}
_PLACE_JOINTS: Final = {"zh": "，", "en": ", "}
_COLONS: Final = {"zh": "：", "en": ": "}
_WINDOWS_CHINESE: Final = 0x04
"""The primary language of a Windows language identifier: its ten low bits."""


class _Settled:
    """The one language of this process; it is settled before the command tree is built."""

    language: str = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def settle(language: str) -> None:
    """Make ``language`` (``zh`` or ``en``) the one that is shown from now on, click's own sentences included."""
    name = _GETTEXT_NAMES[language]
    _Settled.language = language
    _Settled.catalogue = gettext.translation(CATALOGUE, LOCALE_FOLDER, languages=[name], fallback=True)
    # click calls the standard library's gettext, which looks at this variable before any other, on every system.
    os.environ["LANGUAGE"] = name
    gettext.bindtextdomain(CATALOGUE, LOCALE_FOLDER)
    gettext.textdomain(CATALOGUE)


def current() -> str:
    """Say which language is settled: ``zh`` or ``en``."""
    return _Settled.language


def choose(named: str | None, environment: Mapping[str, str]) -> str:
    """Choose a language: the one that was named, else ``INSPECT_LANG``, else what the system speaks, else English."""
    for wish in (named, environment.get("INSPECT_LANG")):
        if wish and wish.lower() in LANGUAGES:
            return wish.lower()
    return _system_language(environment)


def _system_language(environment: Mapping[str, str]) -> str:
    """Read the locale's language from the environment, or on Windows from the user's settings."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return "zh" if environment[variable].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - exists in this form on Windows only

        identifier = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "zh" if identifier & 0x3FF == _WINDOWS_CHINESE else "en"
    return "en"


def _(text: str) -> str:
    """Translate one literal sentence into the language that is settled."""
    # gettext keeps the catalogue's header under the empty text.
    return _Settled.catalogue.gettext(text) if text else ""


def translate(message: Message | str) -> str:
    """Translate a message's template and fill in its values; messages and terms among the values are translated, lists are joined."""
    if isinstance(message, str):
        return _(message)
    template = _(message.template)
    if not message.values:
        return template
    return template.format(**{name: _render_value(value) for name, value in message.values.items()})


def join_words(words: Iterable[object]) -> str:
    """Join words, messages and terms as a list is written in the language that is settled."""
    return _LIST_JOINTS[_Settled.language].join(str(_render_value(word)) for word in words)


def join_clauses(clauses: Iterable[object]) -> str:
    """Join short sentences, which may hold lists, in the language that is settled."""
    return _CLAUSE_JOINTS[_Settled.language].join(str(_render_value(clause)) for clause in clauses)


def join_places(places: Iterable[str]) -> str:
    """Join the parts of a place, from the file down to the column, in the language that is settled."""
    return _PLACE_JOINTS[_Settled.language].join(places)


def join_label(parts: Iterable[str]) -> str:
    """Join what something is with what is said of it, by colons of the language that is settled."""
    return _COLONS[_Settled.language].join(parts)


def _render_value(value: object) -> object:
    """Turn a message's value into what its placeholder shows."""
    if isinstance(value, Message):
        return translate(value)
    if isinstance(value, Term):
        return value.in_language(_Settled.language)
    if isinstance(value, tuple | list):
        return join_words(value)
    return value
