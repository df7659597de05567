"""XML that nobody vouches for, element by element, in bounded memory: no document type, no entities, no endless nesting.

What does not live here: which elements mean what (``ods``, ``spreadsheetml``, ``xlsx``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn
from xml.parsers import expat

from inspect_cli.files.intake.forms.refusals import DEPTH_LIMIT, Reason, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN: Final = " "
"""Stands between an element's namespace and its name."""
TOKEN_LIMIT: Final = 4 * 1024 * 1024
"""Bytes of one tag, comment or instruction: the parser reads an open one anew with each piece, and holds all of it."""

_OF_THE_PARSER: Final = frozenset({"UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "US-ASCII", "ISO-8859-1"})
_EVERY_BYTE: Final = bytes(range(256))


def make_parser(*, has_namespaces: bool = True) -> expat.XMLParserType:
    """Make a parser that refuses declarations; the caller sets the handlers of elements and text."""
    parser = expat.ParserCreate(namespace_separator=BETWEEN if has_namespaces else None)
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration
    parser.ExternalEntityRefHandler = _refuse_declaration
    parser.XmlDeclHandler = _require_encoding
    parser.buffer_text = True
    return parser


def _refuse_declaration(*_args: object) -> NoReturn:
    raise Unreadable(Reason.ENTITIES)


def _require_encoding(_version: str, encoding: str | None, _is_standalone: int) -> None:
    """Refuse an encoding that the parser would look up in vain, or that has more than one byte a letter and is none of its own."""
    if encoding is None or encoding.upper() in _OF_THE_PARSER:
        return
    try:
        is_known = len(_EVERY_BYTE.decode(encoding, "replace")) == len(_EVERY_BYTE)
    except (LookupError, UnicodeError) as error:  # No such name; a codec for something else than text.
        raise Unreadable(Reason.DAMAGED) from error
    if not is_known:
        raise Unreadable(Reason.DAMAGED)


def walk(parser: expat.XMLParserType, pieces: Iterable[bytes | str]) -> None:
    """Feed a parser piece by piece; ``Unreadable`` where the document is broken, or has a tag without end."""
    place, waiting = -1, 0
    try:
        for piece in pieces:
            if isinstance(piece, str):
                parser.XmlDeclHandler = None  # It is decoded: what it says of its encoding is past.
            parser.Parse(piece, False)  # noqa: FBT003 - takes no keyword
            waiting = waiting + len(piece) if parser.CurrentByteIndex == place else 0
            place = parser.CurrentByteIndex
            if waiting > TOKEN_LIMIT:
                raise Unreadable(Reason.DAMAGED)
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise Unreadable(Reason.DAMAGED) from error


class Depth:
    """Counts how deep elements stand in each other."""

    def __init__(self) -> None:
        """Stand outside of all."""
        self.value = 0

    def enter(self) -> None:
        """Go into an element; ``Unreadable`` too deep down."""
        self.value += 1
        if self.value > DEPTH_LIMIT:
            raise Unreadable(Reason.DEEP)

    def leave(self) -> None:
        """Come out of it."""
        self.value -= 1
