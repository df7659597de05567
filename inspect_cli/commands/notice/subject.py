"""What a notice is about, as it is typed: a draw, or a month or a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.acts.publish.renewal import Papers
from inspect_cli.core.names import Slot
from inspect_cli.core.publish.issued import NoticeKind, Subject
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.documents.template import find_folders

if TYPE_CHECKING:
    from inspect_cli.app import App

KINDS: Final = tuple(kind.value for kind in NoticeKind if kind is not NoticeKind.CHANGE)
"""The notices that somebody publishes; those of a change are published with the change."""


def parse_subject(kind: str, about: str | None) -> Subject:
    """Read what a notice is about: a draw's slot, or a month or a year; ``UsageMistake`` where it is missing."""
    wanted = NoticeKind(kind)
    if about is None:
        raise UsageMistake(
            say("it is not said what the notice is about"),
            hint=say("name a draw (2026-12/1), a month (2026-12) or a year (2026), as the kind of notice asks for"),
        )
    if wanted.is_of_draw:
        return Subject(kind=wanted, slot=Slot(about))
    return Subject(kind=wanted, period=about)


def read_papers(app: App) -> Papers:
    """Read under which settings papers are made."""
    bureau = read_bureau(app.config)
    return Papers(bureau=bureau, folders=find_folders(app.config, bureau.documents.templates))
