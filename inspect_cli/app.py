"""The choices of one call, made on the command line before the noun: store, settings, person, day, language.

What does not live here: opening anything. A command opens what it needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.people import Actor
from inspect_cli.errors import UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What every command is given.

    ``person`` is a claim, None where nobody was named; ``tell_clock`` gives the moment of the call, read once; ``named_day`` is the
    day of ``--today``; ``interactive`` says that somebody can be asked.
    """

    store_url: str
    config: Path
    person: str | None
    tell_clock: Callable[[], datetime]
    named_day: date | None
    language: str
    interactive: bool

    @property
    def clock(self) -> datetime:
        """Give the machine's clock, aware, at the bureau's distance from UTC where its settings can be read."""
        return self.tell_clock()

    @property
    def today(self) -> date:
        """Give the day that the rules use: the one that was named, else the bureau's own."""
        return self.clock.date() if self.named_day is None else self.named_day

    def actor(self) -> Actor:
        """Say who acts; ``UsageMistake`` when nobody was named."""
        if self.person is None:
            raise UsageMistake(
                say("nobody is named as the one who acts"),
                hint=say("name the person before the command: inspect-cli --as NAME …, or set INSPECT_AS"),
            )
        return Actor(name=self.person, clock=self.clock, day=self.today)
