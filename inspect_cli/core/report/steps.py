"""What comes next, as it is typed: a command with what it is for. What is next is decided in ``status`` and ``duty_steps``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspect_cli.core.names import Slot
    from inspect_cli.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command as it is typed, and what it is for; ``not_before`` is a time (RFC 3339). Words in capitals are the person's to fill."""

    command: str
    what: Message
    not_before: str | None = None


def draw_command(slot: Slot, *, has_seed: bool) -> str:
    """Name the command that brings a draw without a result on its way."""
    return f"inspect-cli draw {'run' if has_seed else 'seed'} {slot}"


def notice_command(slot: Slot, kind: str) -> str:
    """Name the command that publishes a notice of a draw."""
    return f"inspect-cli notice publish {kind} {slot}"
