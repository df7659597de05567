"""What other platforms are given of approved results, to be entered there: a provincial one, and the national credit system.

What does not live here: which columns their sheets have (``files.export.platforms``), and gathering (``acts.publish.platform``).

Rules:

PLATFORM-1  The credit system is given what a notice shows, and nothing else: a line for each company that is named, as the notice names
            it, with the result that stands there. Its line has no place for a person, a finding or a follow-up.
PLATFORM-2  A provincial platform, which is the system of record, is given all approved results, a line for each matter that was recorded
            or else for each domain, with those who went there, what was found and what follows. That is internal: whoever takes it out is
            in the log.
PLATFORM-3  Nothing that was not approved leaves in either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Slot
    from inspect_cli.core.visit.follow_up import FollowUp
    from inspect_cli.core.visit.result import Method, ResultClass


class Platform(StrEnum):
    """The platforms whose sheets are known."""

    PROVINCIAL = "provincial"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformTask:
    """What all lines of a draw share: the plan's name, the draw as the task's number, the bureau, and whether it was targeted."""

    plan: str
    slot: Slot
    bureau: str
    is_targeted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """A company's result as a notice shows it (PLATFORM-1); ``results`` are its domains' in Chinese, each as ``领域：结果``."""

    task: PlatformTask
    code: str
    name: str
    finished: date
    result: ResultClass
    results: tuple[str, ...]
    document: str
    published: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvincialLine:
    """One matter, or a domain without matters, of an approved result (PLATFORM-2).

    ``people`` are in seat order, the expert last and marked; ``certificates`` are those of the others. ``document`` and ``published`` are
    None until a notice shows the result.
    """

    task: PlatformTask
    code: str
    name: str
    domain: str
    matter: str
    matter_name: str
    people: tuple[str, ...]
    certificates: tuple[str, ...]
    finished: date
    method: Method
    result: ResultClass
    finding: str | None
    follow_up: FollowUp | None
    approved: date | None
    document: str | None = None
    published: date | None = None
