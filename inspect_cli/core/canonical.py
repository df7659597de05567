"""Canonical JSON (RFC 8785, restricted) and the digest: the one way in which draw-v1 turns a value into bytes.

What lives here: values to canonical bytes, canonical bytes to values, SHA-256 in hex. What does not: which keys an
object must have (``core.draw``), files, and rows of a list (``core.draw.rows``).

BYTES-1  Only objects, arrays, strings, booleans and integers of magnitude below 2^53 exist. No floats and no null.
BYTES-2  Strings are NFC and hold no lone surrogates; keys are ASCII and unique, and stand in the order of their code
         units.
BYTES-3  Whoever reads takes nothing but the canonical bytes themselves: a second spelling of the same value is refused.
BYTES-4  A digest is SHA-256 over bytes, written as 64 lower-case hex digits.

Nesting deeper than ``DEPTH`` is refused in both directions, so that no input can exhaust the interpreter's stack.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata

from inspect_cli.errors import InputError, Message, say

DEPTH = 64
"""How many objects and arrays may stand inside each other."""
LIMIT = 2**53
"""Integers stay below this magnitude: every program on earth reads them exactly."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_DECODER = json.JSONDecoder()


class CanonicalError(InputError):
    """Bytes that are not canonical JSON, or a value that has no canonical bytes."""

    def __init__(self, what: Message) -> None:
        """Hold what is wrong; the caller knows where."""
        super().__init__(what, hint=say("ask whoever made it for a fresh copy; it must not be edited or re-saved"))


def render_canonical(value: object) -> bytes:
    """Give the canonical bytes of dictionaries, lists, tuples, strings, booleans and integers (RFC 8785).

    Raises ``CanonicalError`` where BYTES-1 or BYTES-2 does not hold.
    """
    _require_restricted(value, DEPTH, check_text=True)
    return _ENCODER.encode(value).encode()


def parse_canonical(data: bytes) -> object:
    """Read a value from its canonical bytes; raises ``CanonicalError`` for any other bytes (BYTES-3)."""
    try:
        text = data.decode()
        value: object = _DECODER.decode(text)
        # A text that is NFC as a whole has only strings that are: normal forms are closed under taking a part.
        _require_restricted(value, DEPTH, check_text=not unicodedata.is_normalized("NFC", text))
        is_canonical = _ENCODER.encode(value).encode() == data
    except UnicodeDecodeError as error:
        raise CanonicalError(say("this is not valid UTF-8 text")) from error
    except UnicodeEncodeError as error:
        raise CanonicalError(say("a text holds half a character (a lone surrogate)")) from error
    except (ValueError, RecursionError) as error:
        raise CanonicalError(say("this is not JSON that can be read")) from error
    if not is_canonical:
        raise CanonicalError(say("this is JSON, but not in its canonical form (RFC 8785)"))
    return value


def digest(data: bytes) -> str:
    """Give the SHA-256 of ``data`` as 64 lower-case hex digits (BYTES-4)."""
    return hashlib.sha256(data).hexdigest()


def _require_restricted(value: object, depth: int, *, check_text: bool) -> None:
    """Raise unless the value and all in it keep BYTES-1 and BYTES-2; ``depth`` is how many levels are left."""
    match value:
        case str():
            if check_text:
                _require_text(value)
        case bool():
            pass
        case int():
            if not -LIMIT < value < LIMIT:
                raise CanonicalError(say("a number is too large: whole numbers stay below 2^53"))
        case dict():
            _require_depth(depth)
            for key, item in value.items():
                _require_key(key)
                _require_restricted(item, depth - 1, check_text=check_text)
        case list() | tuple():
            _require_depth(depth)
            for item in value:
                _require_restricted(item, depth - 1, check_text=check_text)
        case float():
            raise CanonicalError(say("a number is not a whole number"))
        case None:
            raise CanonicalError(say("a value is null: leave its key out instead"))
        case _:
            raise CanonicalError(say("a value of type {type} has no canonical form", type=type(value).__name__))


def _require_text(text: str) -> None:
    """Raise unless the text is NFC and free of lone surrogates."""
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise CanonicalError(say("a text holds half a character (a lone surrogate)")) from error
    if not unicodedata.is_normalized("NFC", text):
        raise CanonicalError(say("a text is not in Unicode's normal form NFC"))


def _require_key(key: object) -> None:
    """Raise unless the key is an ASCII string."""
    if not (isinstance(key, str) and key.isascii()):
        raise CanonicalError(say("a key is not plain ASCII text"))


def _require_depth(depth: int) -> None:
    """Raise when no level is left."""
    if depth == 0:
        raise CanonicalError(say("lists and objects stand more than {depth} deep inside each other", depth=DEPTH))
