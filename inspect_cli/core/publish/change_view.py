"""What the public may see of a change in a published notice, as values; the rules of ``view`` hold for them.

What does not live here: making them (``change``), and what an earlier notice says otherwise (``amended``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.publish.lines import ChangedLine, StubLine, TextChange
    from inspect_cli.core.publish.view import PlainHead
    from inspect_cli.core.visit.result import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """Notice ⑥ (更正、信用修复、停止公示公告): what changes in an earlier notice, by the numbers of its lines.

    ``rows`` say from what to what and are those of a correction of results, ``texts`` those of any other correction; of any other change
    ``numbers`` are the lines that are no longer shown, and there is neither company nor result. ``is_whole``: the notice is taken from
    display as a whole.
    """

    head: PlainHead
    action: Label
    document: str
    published: date
    title: Label
    reason: str | Label
    basis: str
    is_correction: bool
    is_repair: bool = False
    is_whole: bool = False
    rows: tuple[ChangedLine | StubLine, ...] = ()
    texts: tuple[TextChange, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnView:
    """What is shown of a notice that was taken from display as a whole: its number and its title."""

    head: PlainHead
    titles: tuple[Label, ...]
