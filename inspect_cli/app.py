"""The choices of one call, made on the command line before the noun: store, settings, person, day, language.

What does not live here: opening anything. A command opens what it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.people import Actor
from inspect_cli.errors import UsageMistake, say

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What every command is given. ``clock`` is aware and was read once; ``today`` is the day that the rules use.

    ``person`` is a claim, None where nobody was named; ``interactive`` says that somebody can be asked.
    """

    store_url: str
    config: Path
    person: str | None
    clock: datetime
    today: date
    language: str
    interactive: bool

    def actor(self) -> Actor:
        """Say who acts; ``UsageMistake`` when nobody was named."""
        if self.person is None:
            raise UsageMistake(
                say("nobody is named as the one who acts"),
                hint=say("name the person before the command: inspect-cli --as NAME …, or set INSPECT_AS"),
            )
        return Actor(name=self.person, clock=self.clock, day=self.today)
