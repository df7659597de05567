"""A TOML file that a person edited, read key by key, and values written as TOML. What the keys mean: ``config``, ``plan_file``.

Every reader notes what is wrong and goes on with a stand-in, so that a person is told all mistakes of a file at once.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from inspect_cli.errors import InputError, Message, Mistake, Position, say
from inspect_cli.files.intake.encoding import decode
from inspect_cli.widths import cells, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from enum import StrEnum

Choice = TypeVar("Choice", bound="StrEnum")
Result = TypeVar("Result")

TEXT_LIMIT: Final = 4000
"""Characters of one text in a file of settings: nobody needs more, and a screen or a notice shows it whole."""

_LINE_WIDTH: Final = 96
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_LINE = re.compile(r"\(at line (?P<line>[0-9]+), column [0-9]+\)")
_BREAKS = {"Cc", "Cs", "Zl", "Zp"}


class Table:
    """One table of a TOML file while it is read; ``path`` is the dotted key that leads to it, empty for the file itself."""

    def __init__(self, values: Mapping[str, object], *, file: str, path: str = "", mistakes: list[Mistake]) -> None:
        """Read from ``values``, noting into ``mistakes``, which all tables of a file share."""
        self._values = values
        self._file = file
        self._path = path
        self._mistakes = mistakes
        self._known: set[str] = set()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are there, in the file's order; asking makes them all known."""
        self._known.update(self._values)
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Say whether a key is there."""
        return key in self._values

    def note(self, key: str, what: Message, remedy: Message | None = None, value: object = None) -> None:
        """Note a mistake at ``key``."""
        shown = None if value is None else str(value)[:TEXT_LIMIT]
        where = Position(file=self._file, column=self._name(key))
        self._mistakes.append(Mistake(what=what, where=where, value=shown, remedy=remedy))

    def text(self, key: str, default: str | None = None) -> str:
        """Read a line of text, NFC and without white space around it; ``default`` None makes the key a must."""
        value = self._read(key, default)
        if not isinstance(value, str):
            self._fault(key, value, say("this is not a text"), say('write it in straight quotes: "…"'))
            return default or ""
        line = unicodedata.normalize("NFC", value.strip())
        if len(line) > TEXT_LIMIT:
            self.note(key, say("this text has more than {limit} characters", limit=TEXT_LIMIT))
        if any(unicodedata.category(character) in _BREAKS for character in line):
            self.note(key, say("this text has a line break or a control character"), say("write it on one line"), value)
        if not line and default != "":
            self.note(key, say("this text is empty"), say("fill it in"))
        return line

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """Read a whole number from ``least`` to ``most``."""
        value = self._read(key, default)
        bounds = say("write a whole number from {least} to {most}", least=least, most=most)
        if not isinstance(value, int) or isinstance(value, bool):
            self._fault(key, value, say("this is not a whole number"), bounds)
            return least
        if not least <= value <= most:
            self.note(key, say("{value} is out of range", value=value), bounds)
            return least
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Read ``true`` or ``false``."""
        value = self._read(key, default)
        if isinstance(value, bool):
            return value
        self._fault(key, value, say("this is neither true nor false"), say("write true or false"))
        return default

    def choice(self, key: str, choices: type[Choice], default: Choice) -> Choice:
        """Read one of the named values."""
        value = self._read(key, default.value)
        for choice in choices:
            if value == choice.value:
                return choice
        known = tuple(choice.value for choice in choices)
        self._fault(key, value, say("this is none of {known}", known=known), say("write one of {known}", known=known))
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts, each once, in the file's order; nobody needs to write an empty one."""
        values = self._list(key, say('write a list: ["…", "…"]'))
        items = Table(
            {f"[{number}]": value for number, value in enumerate(values, start=1)},
            file=self._file,
            path=self._name(key),
            mistakes=self._mistakes,
        )
        texts = [items.text(place) for place in items.keys]
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            self.note(key, say("{value} stands here twice", value=text))
        return tuple(texts)

    def raw(self, key: str) -> object:
        """Read a value of any kind, None when the key is not there."""
        self._known.add(key)
        return self._values.get(key)

    def items(self, key: str) -> Sequence[object]:
        """Read a list, whatever it holds; a missing one reads as empty."""
        return self._list(key, say("write a list: […]"))

    def table(self, key: str) -> Table:
        """Read a table; a missing one reads as empty."""
        value = self.raw(key)
        if value is not None and not isinstance(value, dict):
            self.note(
                key, say("this is not a table"), say("write it under a line of its own: [{key}]", key=self._name(key))
            )
        return self._nested(value, self._name(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Read a list of tables."""
        remedy = say("begin each with a line of its own: [[{key}]]", key=self._name(key))
        values = self._list(key, remedy)
        if not all(isinstance(value, dict) for value in values):
            self.note(key, say("this is not a list of tables"), remedy)
        return tuple(self._nested(value, f"{self._name(key)}[{n}]") for n, value in enumerate(values, start=1))

    def close(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._values:
            if key not in self._known:
                near = difflib.get_close_matches(key, self._known, n=1)
                remedy = say("did you mean {key}?", key=near[0]) if near else say("take it out")
                self.note(key, say("this key is not known here"), remedy)

    def _name(self, key: str) -> str:
        shown = key[:80]
        return f"{self._path}{shown}" if shown.startswith("[") else f"{self._path}.{shown}".strip(".")

    def _read(self, key: str, default: object) -> object:
        self._known.add(key)
        return self._values.get(key, default)

    def _fault(self, key: str, value: object, what: Message, remedy: Message) -> None:
        if value is None:
            self.note(key, say("this key is missing"), remedy)
        else:
            self.note(key, what, remedy, value)

    def _list(self, key: str, remedy: Message) -> Sequence[object]:
        value = self._read(key, [])
        if isinstance(value, list):
            return value
        self.note(key, say("this is not a list"), remedy, value)
        return ()

    def _nested(self, value: object, path: str) -> Table:
        values = value if isinstance(value, dict) else {}
        return Table(values, file=self._file, path=path, mistakes=self._mistakes)


def parse_toml(data: bytes, file: str) -> dict[str, object]:
    """Parse TOML in whatever encoding an editor left it; decimals stay exact (``Decimal``); ``InputError`` with the line."""
    text = decode(data, encoding=None, file=file)
    try:
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        reason = str(error)
        line = _LINE.search(reason)
        raise InputError(
            say("this is not TOML: {reason}", reason=_LINE.sub("", reason).strip()),
            where=Position(file=file, row=int(line["line"]) if line else None),
            hint=say('texts stand in straight quotes: key = "text"; a key is written in ASCII letters'),
        ) from error


def read_table(data: bytes, file: str, read: Callable[[Table], Result]) -> Result:
    """Read a whole file by ``read``; ``InputError`` with all its mistakes, unless there are none."""
    mistakes: list[Mistake] = []
    result = read(Table(parse_toml(data, file), file=file, mistakes=mistakes))
    if mistakes:
        raise InputError(
            say("{file} has a mistake", file=file)
            if len(mistakes) == 1
            else say("{file} has {count} mistakes", file=file, count=len(mistakes)),
            where=Position(file=file),
            mistakes=tuple(mistakes),
        )
    return result


def render_text(text: str) -> str:
    """Render a text as a TOML basic string; ``InputError`` when it holds what no text does (half of a surrogate pair)."""
    if any(unicodedata.category(character) == "Cs" for character in text):
        raise InputError(say("{value} is not a text", value=ascii(text)), hint=say("type it again"))
    # JSON's escapes are TOML's, but TOML does not take a bare DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def render_texts(texts: Iterable[str]) -> str:
    """Render a list of texts as a TOML array, on several lines where it is long."""
    items = [render_text(text) for text in texts]
    line = "[" + ", ".join(items) + "]"
    if cells(line) <= _LINE_WIDTH:
        return line
    lines = [""]
    for item in items:
        if lines[-1] and cells(f"{lines[-1]} {item},") > _LINE_WIDTH:
            lines.append("")
        lines[-1] += f" {item},"
    return "[\n" + "\n".join(f"   {part}" for part in lines) + "\n]"


def render_comment(text: str) -> str:
    """Render a text as comment lines that fit a screen; nothing in it can end the comment."""
    clean = "".join(" " if unicodedata.category(character) in _BREAKS else character for character in text)
    return "\n".join(f"# {line}" for line in wrap(clean, _LINE_WIDTH)) or "#"


def render_key(key: str) -> str:
    """Render a key, in quotes unless it is plain."""
    return key if _PLAIN_KEY.fullmatch(key) else render_text(key)
