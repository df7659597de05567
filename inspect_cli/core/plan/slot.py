"""The name of a planned draw (抽查任务): which slot a plan is committed under.

Rules:

SLOT-1  A slot is named after its period and a serial number from 1, such as ``2026-12/1``.
SLOT-2  A name is never used twice, not even that of a draw that was voided: the next draw takes the next number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.names import Period, Slot
from inspect_cli.errors import RefusedError, say

if TYPE_CHECKING:
    from collections.abc import Collection


def slot_name(period: Period, number: int) -> Slot:
    """Give the name of a period's slot (SLOT-1); ``number`` counts from 1."""
    return Slot(f"{period}/{number}")


def choose_slot(period: Period, number: int | None, used: Collection[Slot]) -> Slot:
    """Give the slot that a plan asks for, or the period's next one; ``RefusedError`` where the name was used before (SLOT-2)."""
    if number is None:
        number = 1
        while slot_name(period, number) in used:
            number += 1
    slot = slot_name(period, number)
    if slot in used:
        raise RefusedError(
            say("the slot {slot} was used before, and a slot's name is never used twice", slot=slot),
            hint=say(
                "leave slot_number out of the plan to take the next one, or name one that is free; "
                "see those that are used with inspect-cli draw list"
            ),
        )
    return slot
