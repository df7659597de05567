"""What a row of a registry was, on the screen: its history act by act, and the row as of a day; alike for all three registries."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from inspect_cli.acts.registry.past import read_past, read_row_on
from inspect_cli.command_line import Day
from inspect_cli.console import Console, Tone
from inspect_cli.core.registry.comparison import PRIVATE
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import translate
from inspect_cli.screens.register import LABELS, field_text, json_value, row_data, row_pairs
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from inspect_cli.acts.registry.past import Past
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.registry.history import Kept
    from inspect_cli.errors import Message
    from inspect_cli.storage.act_log import ActRecord

    FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)

_DIGEST_SHOWN: Final = 12
_MINUTES: Final = 16
"""Characters of a clock's text down to its minutes."""


def as_of_option(command: FC) -> FC:
    """Add ``--as-of``, which the command receives as ``as_of``."""
    return click.option("--as-of", type=Day(), help="As it was at the end of this day.")(command)


def show_row_on(app: App, noun: str, key: str, day: date, **how: bool) -> None:
    """Show a row as it was at the end of a day; ``private`` and ``as_json`` as everywhere."""
    is_private = how.get("private", False)
    with Store.open(app.store_url).reading() as session:
        then = read_row_on(session, noun, key, day)
    console = Console(language=app.language)
    if how["as_json"]:
        since = {"as_of": day.isoformat(), "before_history": then.is_before_history}
        console.show_json(row_data(then.row, private=is_private) | since)
        return
    console.show_line(say("as it was at the end of {day}", day=day.isoformat()), Tone.HEADING)
    console.show_pairs(row_pairs(then.row, read_bureau(app.config), private=is_private))
    if then.is_before_history:
        console.show_note(
            say("since when it is in the registry is not known: it was there before its history was kept")
        )
    if then.is_overtaken:
        console.show_note(say("the row that stands differs: a later act was done for an earlier day"))


def show_history(app: App, noun: str, key: str, **how: bool) -> None:
    """Show who changed what of a row, when and from which file; ``private`` and ``as_json`` as everywhere."""
    is_private = how.get("private", False)
    with Store.open(app.store_url).reading() as session:
        pasts = read_past(session, noun, key)
    console = Console(language=app.language)
    if how["as_json"]:
        console.show_json([_past_data(past, private=is_private) for past in pasts])
        return
    bureau = read_bureau(app.config)
    for past in pasts:
        _show_past(console, past, bureau, private=is_private)
    if not is_private and any(kept.field in PRIVATE for past in pasts for _act, kept in past.changes):
        console.show_note(say("values that are never published are shown with --private"), Tone.QUIET)


def _show_past(console: Console, past: Past, bureau: Bureau, *, private: bool) -> None:
    if past.origin is None:
        console.show_line(say("{id}: in the registry since before its history was kept", id=past.row.id), Tone.HEADING)
    else:
        console.show_line(say("{id}: came into the registry", id=past.row.id), Tone.HEADING)
        console.show_line(_act_text(past.origin))
    for act, changes in groupby(past.changes, key=lambda one: one[0]):
        console.show_line(_act_text(act))
        for _same, kept in changes:
            console.show_line(f"    {translate(_change_text(kept, bureau, private=private))}")


def _act_text(act: ActRecord) -> Message:
    """Say when an act was done, by whom, from which file, and why."""
    words: dict[str, Any] = {"clock": act.clock[:_MINUTES].replace("T", " "), "actor": act.actor, "act": act.act}
    if act.is_dated_elsewhere:
        words["clock"] = translate(say("{clock} (for {day})", clock=words["clock"], day=act.day.isoformat()))
    detail = json.loads(act.detail)
    if "sha256" in detail:
        file = {"file": detail["file"], "digest": detail["sha256"][:_DIGEST_SHOWN]}
        return say("{clock}  {actor}  {act}: {file} ({digest}…)", **words, **file)
    if "reason" in detail:
        return say("{clock}  {actor}  {act}: {reason}", **words, reason=detail["reason"])
    return say("{clock}  {actor}  {act}", **words)


def _change_text(kept: Kept, bureau: Bureau, *, private: bool) -> Message:
    field = {"field": LABELS.get(kept.field, kept.field)}
    if kept.field in PRIVATE and not private:
        return say("{field}: another value", **field)
    values = {
        name: translate(say("nothing")) if value in {None, ()} else field_text(value, kept.field, bureau)
        for name, value in (("before", kept.before), ("after", kept.after))
    }
    return say("{field}: {before} → {after}", **field, **values)


def _past_data(past: Past, *, private: bool) -> dict[str, Any]:
    return {
        "id": past.row.id,
        "added": None if past.origin is None else _act_data(past.origin),
        "changes": list(_changes_data(past, private=private)),
    }


def _changes_data(past: Past, *, private: bool) -> Iterator[dict[str, Any]]:
    for act, kept in past.changes:
        is_hidden = kept.field in PRIVATE and not private
        yield {
            **_act_data(act),
            "field": kept.field,
            "before": None if is_hidden else json_value(kept.before),
            "after": None if is_hidden else json_value(kept.after),
        }


def _act_data(act: ActRecord) -> dict[str, Any]:
    detail = json.loads(act.detail)
    return {
        "number": act.number,
        "clock": act.clock,
        "day": act.day.isoformat(),
        "actor": act.actor,
        "act": act.act,
        "file": detail.get("file"),
        "sha256": detail.get("sha256"),
        "reason": detail.get("reason"),
    }
