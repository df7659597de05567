"""When a person is away and whom they must not visit, as ``inspector show`` gives it; reasons only to whoever asks for what is private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from inspect_cli.console import Column, Tone
from inspect_cli.core.registry.inspector import RecusalReason
from inspect_cli.errors import say
from inspect_cli.language import _, translate
from inspect_cli.screens.register import json_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspect_cli.console import Console
    from inspect_cli.core.registry.inspector import Leave, Recusal
    from inspect_cli.errors import Message

_REASONS: Final[Mapping[RecusalReason, Message]] = {
    RecusalReason.KIN: say("kin"),
    RecusalReason.SHARES: say("shares"),
    RecusalReason.EMPLOYMENT: say("former employer"),
    RecusalReason.OWN_REQUEST: say("own application"),
    RecusalReason.COMPANY_REQUEST: say("the company's application"),
    RecusalReason.OTHER: say("other"),
}


def leave_data(leave: Leave, *, private: bool) -> dict[str, Any]:
    """Give leave; its reason, which can be an illness, only to whoever asks for what is private."""
    data = {"first": json_value(leave.first), "last": json_value(leave.last)}
    return data | {"reason": leave.reason} if private else data


def recusal_data(recusal: Recusal, *, private: bool) -> dict[str, Any]:
    """Give a recusal; its reason only to whoever asks for what is private."""
    data = {
        "entity": recusal.entity,
        "group": recusal.group,
        "start": json_value(recusal.start),
        "end": json_value(recusal.end),
    }
    return data | {"reason": recusal.reason.value, "note": recusal.note} if private else data


def show_leave(console: Console, leave: Sequence[Leave], *, private: bool) -> None:
    """Show when a person is away."""
    if leave:
        columns = [
            Column(title=_("first day"), is_key=True),
            Column(title=_("last day"), is_key=True),
            *([Column(title=_("reason"))] if private else []),
        ]
        rows = [(str(one.first), str(one.last), *([one.reason] if private else [])) for one in leave]
        console.show_line()
        console.show_table(_("leave"), columns, rows)


def show_recusals(console: Console, recusals: Sequence[Recusal], *, private: bool) -> None:
    """Show whom a person must not visit."""
    if not recusals:
        return
    columns = [
        Column(title=_("entity or group"), is_key=True),
        Column(title=_("first day"), is_key=True),
        Column(title=_("last day"), is_key=True),
        *([Column(title=_("reason")), Column(title=_("note"), is_wrapped=True)] if private else []),
    ]
    rows = [
        (
            one.entity or one.group or "",
            str(one.start or ""),
            str(one.end or ""),
            *([translate(_REASONS[one.reason]), one.note or ""] if private else []),
        )
        for one in recusals
    ]
    console.show_line()
    console.show_table(_("recusals"), columns, rows)
    if not private:
        console.show_note(_("the reasons of recusals are shown with --private"), Tone.QUIET)
