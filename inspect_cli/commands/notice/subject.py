"""What a notice is about, as it is typed: a draw, or a month or a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.acts.publish.renewal import Papers
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.subject import parse_subject
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.documents.template import find_folders

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core.publish.issued import Subject

KINDS: Final = tuple(kind.value for kind in NoticeKind if kind is not NoticeKind.CHANGE)
"""The notices that somebody publishes; those of a change are published with the change."""


def read_subject(app: App, kind: str, about: str | None) -> Subject:
    """Read what a notice is about: a draw's slot, or a month, a year or a day, before its kind or after it.

    ``UsageMistake`` where it is missing or none, or no kind is named.
    """
    if kind not in KINDS and about in KINDS:
        kind, about = about, kind
    if kind not in KINDS:
        raise UsageMistake(say("{kind} is no kind of notice", kind=kind), hint=say("name one of {kinds}", kinds=KINDS))
    if about is None:
        raise UsageMistake(
            say("it is not said what the notice is about"),
            hint=say("name a draw (2026-12/1), a month (2026-12) or a year (2026), as the kind of notice asks for"),
        )
    return parse_subject(NoticeKind(kind), about, app.today)


def read_papers(app: App) -> Papers:
    """Read under which settings papers are made."""
    bureau = read_bureau(app.config)
    return Papers(bureau=bureau, folders=find_folders(app.config, bureau.documents.templates))
