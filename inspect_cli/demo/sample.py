"""What the demo decides in a person's stead: days, dice, salts and results, all fixed, so that every run gives the same bytes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.ceremony import Ceremony
from inspect_cli.core.people import Actor, Role
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.visit.steps import Step

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
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

CEREMONY: Final = Ceremony(place="示例镇综合执法局一楼大厅", witnesses=("示例镇商会", "示例镇企业代表"))
"""Where the draw was held and who looked on: as invented as the rest."""

_FOUND: Final = (
    (200, ResultClass.NO_PROBLEM),
    (226, ResultClass.ORDERED_TO_RECTIFY),
    (240, ResultClass.TO_BE_HANDLED),
    (248, ResultClass.NOT_DISCLOSED),
    (256, ResultClass.NO_SUCH_BUSINESS),
)
"""What a sample visit finds, by the first byte of a digest: the first result whose bound is above it."""

_FOLLOWED: Final = {
    ResultClass.ORDERED_TO_RECTIFY: FollowUpKind.RECTIFY,
    ResultClass.TO_BE_HANDLED: FollowUpKind.CASE,
    ResultClass.NOT_DISCLOSED: FollowUpKind.NOTIFIED,
}
"""What follows from a sample result; from the others nothing."""

_TERM: Final = timedelta(days=14)
RECHECKED_BEFORE: Final = date(2026, 12, 29)
"""Orders whose last day is before this one are checked again when the story ends; the later ones are left for whoever looks around."""


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
    results = {domain: _find(_byte(visit, domain)) for domain in visit.domains}
    follow_ups = {
        domain: FollowUp(kind=kind, until=visit.day + _TERM if visit.day and kind is FollowUpKind.RECTIFY else None)
        for domain, result in results.items()
        if (kind := _FOLLOWED.get(result)) is not None
    }
    return Claims(results=results, methods={}, findings={}, follow_ups=follow_ups)


def sample_steps(visit: ScheduledVisit, domain: Domain) -> tuple[Step, ...]:
    """Choose what is found when an order is checked again: most are obeyed and closed, one in four is not."""
    return (Step.RECHECK_FAILED,) if _byte(visit, domain) % 4 == 0 else (Step.RECHECK_PASSED, Step.CLOSE)


def _byte(visit: ScheduledVisit, domain: Domain) -> int:
    return sha256(f"{visit.slot}\n{visit.entity}\n{domain}".encode()).digest()[0]


def _find(byte: int) -> ResultClass:
    return next(result for bound, result in _FOUND if byte < bound)
