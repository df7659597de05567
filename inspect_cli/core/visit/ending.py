"""How a visit ends without a result: cancelled (取消) or carried over to a later month (结转); and where each visit stands.

What lives here: who may be ended, when, and what a person is told instead. What does not: results (``outcome``), supplements
(``core.draw.supplement.build``), and how a carried-over visit enters the plan of its month (``core.plan``).

Rules:

END-2  A visit is recorded, moved or ended only while it is in force, has no end, and is not held by a supplement that is committed and
       not yet drawn.
END-3  Cancelling and carrying over take a reason and a second person's approval.
END-4  A visit is carried over to a month after its own, and not to one that is past; unless one is named, to the first such month in
       which nothing was committed yet.
END-5  A company that is gone (CLASS-3) is a result: a visit that has a day is not cancelled for that.
END-6  How a visit ended stands: the same again changes nothing, anything else is refused.
END-7  A visit whose result was returned was made: it takes its result anew, and is neither moved, ended nor drawn again; unless an
       approver who did not record its newest result said that there was no visit, and that the result was another company's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from shlex import quote
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.core.period import month_after, period_of
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import Message, RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.visit.change import VisitChange


class VisitStatus(StrEnum):
    """Where a visit of a chain stands; the last four are the ends that it can have (END-1)."""

    PLANNED = "planned"
    OPEN = "open"
    RECORDED = "recorded"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
    CARRIED_OVER = "carried-over"

    @property
    def label(self) -> Label:
        """Say the status in Chinese or English."""
        return _STATUS_LABELS[self]

    @property
    def is_end(self) -> bool:
        """Say whether nothing more comes of the visit."""
        return self not in {VisitStatus.PLANNED, VisitStatus.OPEN}


_STATUS_LABELS: Final = {
    VisitStatus.PLANNED: Label(zh="待检查", en="planned"),
    VisitStatus.OPEN: Label(zh="未能排定", en="open"),
    VisitStatus.RECORDED: Label(zh="已录入", en="recorded"),
    VisitStatus.REPLACED: Label(zh="已补充抽取", en="drawn again"),
    VisitStatus.CANCELLED: Label(zh="已取消", en="cancelled"),
    VisitStatus.CARRIED_OVER: Label(zh="已结转", en="carried over"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A supplement that is committed, names the visit, and is not drawn yet; ``command`` is what brings it on its way."""

    slot: Slot
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitInForce:
    """A visit in force, as far as it matters for what may become of it; ``end`` is how it was cancelled or carried over.

    ``was_made`` says that a result of it was recorded at some time, be it one that was returned as wrong.
    """

    slot: Slot
    entity: EntityId
    period: Period
    day: date | None
    state: VisitState
    end: VisitChange | None = None
    hold: Hold | None = None
    was_made: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How somebody wants a visit to end: cancelled where ``to_period`` is None, else carried over to that month."""

    reason: str
    approver: str
    to_period: Period | None = None

    def is_done(self, end: VisitChange | None) -> bool:
        """Say whether a visit ended just so (END-6)."""
        return end is not None and (end.reason, end.approver, end.to_period) == (
            self.reason,
            self.approver,
            self.to_period,
        )


def find_status(state: VisitState, changes: Iterable[VisitChange]) -> VisitStatus:
    """Say where a visit stands after its own changes (END-1)."""
    for change in changes:
        match change.kind:
            case ChangeKind.MOVED:
                continue
            case ChangeKind.REPLACED:
                return VisitStatus.REPLACED
            case ChangeKind.CANCELLED:
                return VisitStatus.CANCELLED
            case ChangeKind.CARRIED_OVER:
                return VisitStatus.CARRIED_OVER
            case _:
                assert_never(change.kind)
    return VisitStatus(state.value)


def require_free(visit: VisitInForce) -> None:
    """Refuse (``RefusedError``) what would become of a visit that has an end already, or that a supplement holds (END-2)."""
    if visit.state is VisitState.RECORDED:
        raise RefusedError(
            say("the result of the visit to {entity} is recorded", entity=visit.entity),
            hint=say("see what is recorded with: inspect-cli visit list {slot}", slot=visit.slot),
        )
    if visit.end is not None:
        raise RefusedError(
            _say_end(visit.entity, visit.end),
            hint=say("see how each visit stands with: inspect-cli visit list {slot}", slot=visit.slot),
        )
    if visit.hold is not None:
        raise RefusedError(
            say(
                "the visit to {entity} is being drawn again: {slot} is committed and not drawn yet",
                entity=visit.entity,
                slot=visit.hold.slot,
            ),
            hint=say("finish that draw first: {command}", command=visit.hold.command),
        )


def require_ahead(visit: VisitInForce) -> None:
    """Refuse (``RefusedError``) to move or end what has an end, is held (END-2), or was made and waits for its result (END-7)."""
    require_free(visit)
    if visit.was_made:
        raise RefusedError(
            say("the visit to {entity} was made: its result was returned, and is recorded anew", entity=visit.entity),
            hint=say(
                "record it: inspect-cli visit record {slot} {entity} --result DOMAIN=NUMBER; "
                "return it with --not-made where there was no visit",
                slot=visit.slot,
                entity=quote(visit.entity),
            ),
        )


def require_ending(visit: VisitInForce, ending: Ending) -> None:
    """Refuse (``RefusedError``) an end that a visit cannot have (END-2, END-4, END-5, END-7)."""
    require_ahead(visit)
    if ending.to_period is None:
        _require_not_gone(visit, ending.reason)
    elif ending.to_period <= visit.period:
        raise RefusedError(
            say("a visit of {period} cannot be carried over to {to}", period=visit.period, to=ending.to_period),
            hint=say("name a later month with --to"),
        )


def choose_period(period: Period, today: date, drawn: Collection[Period]) -> Period:
    """Choose the month to which a visit of ``period`` is carried over (END-4); in ``drawn`` something was committed already."""
    chosen = max(month_after(period), period_of(today))
    while chosen in drawn:
        chosen = month_after(chosen)
    return chosen


def require_period(to_period: Period | None, today: date) -> None:
    """Refuse (``UsageMistake``) to carry over to a month that is past (END-4); None is no month, and none that is past."""
    if to_period is not None and to_period < period_of(today):
        raise UsageMistake(
            say("{period} is past: nothing can be carried over to it", period=to_period),
            hint=say("name this month or a later one with --to"),
        )


_GONE_CODES: Final = frozenset(
    {
        "closed",
        "closed-down",
        "company-closed",
        "deregistered",
        "gone",
        "liquidated",
        "licence-revoked",
        "moved",
        "moved-away",
        "out-of-business",
        "rescinded",
        "revoked",
    }
)
_GONE_WORDS: Final = re.compile("注销|吊销|被撤销|迁出|搬走|搬迁|停业|歇业|倒闭|清算|已关闭")


def _require_not_gone(visit: VisitInForce, reason: str) -> None:
    """Refuse to cancel for what is a result (END-5)."""
    code = "-".join(reason.lower().replace("_", " ").replace("-", " ").split())
    if visit.day is not None and (code in _GONE_CODES or _GONE_WORDS.search(reason)):
        raise RefusedError(
            say("a company that is closed or has moved away is a result, and no reason to cancel the visit"),
            hint=say(
                "record it on {day} or later with results 9 to 13: inspect-cli visit record {slot} {entity} --result DOMAIN=9",
                day=visit.day.isoformat(),
                slot=visit.slot,
                entity=quote(visit.entity),
            ),
        )


def _say_end(entity: EntityId, end: VisitChange) -> Message:
    if end.to_period is not None:
        return say(
            "the visit to {entity} was carried over to {period} on {day}",
            entity=entity,
            period=end.to_period,
            day=end.day.isoformat(),
        )
    return say("the visit to {entity} was cancelled on {day}", entity=entity, day=end.day.isoformat())
