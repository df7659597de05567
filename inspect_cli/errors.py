"""Messages for people, and the families of errors that carry them.

What lives here: sentences kept apart from their language, mistakes with their position, and one class of error for each
exit status. What does not: printing (``cli.py``) and translation (``language.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person: an English template and the values that fill it, translated only when it is shown."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Render the sentence in English."""
        if not self.values:
            return self.template
        return self.template.format(**{name: _render_value(value) for name, value in self.values.items()})


def _render_value(value: object) -> object:
    """Give a message's value in English: a list is joined."""
    return ", ".join(str(_render_value(part)) for part in value) if isinstance(value, tuple | list) else value


def say(template: str, /, **values: object) -> Message:
    """Make a message; ``template`` is a literal, for it is the catalogue's key, and ``{name}`` marks a value's place."""
    return Message(template, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that a bureau's settings give in Chinese and in English: as a message's value it is shown in the reader's language."""

    zh: str
    en: str

    def __str__(self) -> str:
        """Render the word in English."""
        return self.en

    def in_language(self, language: str) -> str:
        """Render the word in one of the two languages."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where in an outside file something stands: row counts from 1 as a spreadsheet shows it, column is its header.

    ``sheet`` is named for workbooks alone.
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing wrong with an outside file: what, where, the value as it stands there, and what to do."""

    what: Message
    where: Position
    value: str | None = None
    remedy: Message | None = None


class InspectError(Exception):
    """The root of all errors that a person is told; ``status`` is the exit status of its family."""

    status: ClassVar[int] = 1

    def __init__(
        self,
        what: Message,
        *,
        where: Position | None = None,
        hint: Message | None = None,
        mistakes: tuple[Mistake, ...] = (),
    ) -> None:
        """Hold what is wrong, where, what to do, and for a file all its mistakes."""
        super().__init__(str(what))
        self.what = what
        self.where = where
        self.hint = hint
        self.mistakes = mistakes


class UsageMistake(InspectError):
    """The command line asks for something that does not exist or does not go together."""

    status = 2


class InputError(InspectError):
    """A file, a value or a bundle is not what it claims to be.

    ``digest`` is the SHA-256 of the file whose rows the mistakes are of, for whoever reads those rows again.
    """

    status = 3
    digest: str | None = None


class RefusedError(InspectError):
    """The right command at the wrong moment or from the wrong person, or a declined question."""

    status = 4


class StoreError(InspectError):
    """The store is unavailable, busy, or of another version."""

    status = 5


class MismatchError(InspectError):
    """Verification found a mismatch."""

    status = 6


class LevelError(InspectError):
    """No mismatch, but the level that was asked for is not reached."""

    status = 7
