"""What the demo decides in a person's stead: days, dice, salts and results, all fixed, so that every run gives the same bytes."""

from __future__ import annotations

from datetime import date, datetime, time
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from inspect_cli.core.people import Actor, Role
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.schedule import ScheduledVisit

PLAN_DAY: Final = date(2026, 11, 23)
FIRST_HOUR: Final = 8
BEGINNING: Final = f"{PLAN_DAY.isoformat()}T{FIRST_HOUR:02}:00:00+08:00"
"""When the story's store is made, by the story's clock: it stands in the first row of the store's log."""

RESULT_DAYS: Final = (date(2026, 12, 15), date(2026, 12, 31))
"""The days on which results are approved and published: those of all visits up to then."""

SEED_DAY: Final = date(2026, 11, 30)
SEED_VALUES: Final = ("瑞雪兆丰年 2026-12", "30718825946017732069")
"""The sealed line, and twenty ten-sided dice that nobody rolled: the public event is as invented as the township."""

_FOUND: Final = (
    (200, ResultClass.NO_PROBLEM),
    (226, ResultClass.ORDERED_TO_RECTIFY),
    (240, ResultClass.TO_BE_HANDLED),
    (248, ResultClass.NOT_DISCLOSED),
    (256, ResultClass.NO_SUCH_BUSINESS),
)
"""What a sample visit finds, by the first byte of a digest: the first result whose bound is above it."""


def actor_on(bureau: Bureau, day: date, role: Role = Role.OPERATOR, hour: int = 10) -> Actor:
    """Let the first person with a role act on a day of the story; the clock is the story's, not the machine's."""
    person = next(person for person in bureau.people if role in person.roles)
    zone = datetime.fromisoformat(f"2026-01-01T00:00:00{bureau.utc_offset}").tzinfo
    return Actor(name=person.name, clock=datetime.combine(day, time(hour), zone), day=day)


def sample_salt(row: str) -> str:
    """Derive a row's salt from its name: 32 hex digits. Only a demo may: a real salt is known to nobody outside."""
    return sha256(f"inspect-cli demo salt\n{row}".encode()).hexdigest()[:32]


def sample_claims(visit: ScheduledVisit) -> Claims:
    """Choose what a sample visit finds in each of its domains."""
    results = {
        domain: _find(sha256(f"{visit.slot}\n{visit.entity}\n{domain}".encode()).digest()[0])
        for domain in visit.domains
    }
    return Claims(results=results, methods={}, findings={}, follow_ups={})


def _find(byte: int) -> ResultClass:
    return next(result for bound, result in _FOUND if byte < bound)
