"""The causes that a supplementary draw names, in words; a code that a person gave is shown as it stands."""

from __future__ import annotations

from typing import Final

from inspect_cli.core.draw.supplement.situation import Cause
from inspect_cli.errors import Message, say

PENDING: Final = "--reason"
"""What stands for the reason's code in a preview that was given none."""

_WORDS: Final = {
    PENDING: say("as --reason will say"),
    Cause.OPEN: say("it stayed open"),
    Cause.LEAVE: say("on leave"),
    Cause.CERTIFICATE: say("no valid certificate"),
    Cause.QUALIFICATION: say("qualified otherwise by now"),
    Cause.RETIRED: say("left the roster"),
    Cause.SQUAD: say("no day of the squad"),
    Cause.OTHER_DRAW: say("taken by another draw"),
    Cause.MONTH_CAP: say("the month's cap"),
    Cause.RECUSAL: say("recusal"),
    Cause.BLACKOUT: say("a day without visits"),
    Cause.MOVED: say("a visit was moved"),
}


def cause_words(reason: str) -> Message | str:
    """Say a cause in words."""
    return next((words for cause, words in _WORDS.items() if cause == reason), reason)
