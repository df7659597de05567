"""Tickets: the one primitive of the draw. Each is the SHA-256 of a few lines that anybody can type.

What lives here: lines, tickets, and the shell command that makes the same ticket. What does not: what is chosen by
them.

DRAW-1  ``lines(a, b, …)`` is the UTF-8 text of its parts joined by one LF, with no LF at the end; no part holds an LF.
DRAW-2  ``ticket(purpose, entity, …)`` is the hex SHA-256 of ``lines(seed, purpose, entity id, entity salt, …)``,
        compared as text. Purposes: ``entity`` orders the entities of a stratum and the visits, ``day`` the days of a
        visit, ``inspector`` and ``expert`` those who could go.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Purpose(StrEnum):
    """What a ticket orders."""

    ENTITY = "entity"
    DAY = "day"
    INSPECTOR = "inspector"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A ticket with the lines that it is the SHA-256 of, for whoever wants to reckon it again."""

    lines: tuple[str, ...]
    ticket: str


def ticket(seed: str, purpose: Purpose, *parts: str) -> str:
    """Give the ticket of an entity's id and salt and, for all purposes but the first, a day or a person (DRAW-2)."""
    return sha256("\n".join((seed, purpose, *parts)).encode()).hexdigest()


def tickets(lines: Sequence[str], last: Iterable[str]) -> list[str]:
    """Give the tickets of the same lines with each of ``last`` behind them, in its order."""
    start = "\n".join(lines) + "\n"
    return [sha256((start + name).encode()).hexdigest() for name in last]


def working(seed: str, purpose: Purpose, *parts: str) -> Working:
    """Give a ticket with its lines."""
    return Working(lines=(seed, purpose.value, *parts), ticket=ticket(seed, purpose, *parts))


def shell_line(lines: Sequence[str]) -> str:
    """Give the POSIX shell command that prints the SHA-256 of ``lines``, safe to paste whatever the lines hold.

    A part with characters that no screen shows is written with the octal escapes of ``printf``.
    """
    form = "\\n".join("%s" if part.isprintable() else "%b" for part in lines)
    return f"printf '{form}' {' '.join(map(_shell_word, lines))} | sha256sum"


def _shell_word(part: str) -> str:
    if part.isprintable():
        return shlex.quote(part)
    shown = (char if char.isprintable() and char != "\\" else _octal(char) for char in part)
    return shlex.quote("".join(shown))


def _octal(char: str) -> str:
    return "".join(f"\\0{byte:03o}" for byte in char.encode())
