"""``log``: what was done, by whom, when, and for which day; on the screen, and as a file to hand on."""

from __future__ import annotations

import functools
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, assert_never

import click

from inspect_cli.command_line import Command, Day, Group, force_option, json_option, lang_option
from inspect_cli.console import Column, Console
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.output import write_output
from inspect_cli.files.safe_csv import render_csv
from inspect_cli.language import _, translate
from inspect_cli.storage.act_log import ActRecord, Wanted, find_acts
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inspect_cli.app import App

    FC = TypeVar("FC", bound=Callable[..., None])


class Form(StrEnum):
    """The forms of an export; each is also the end of a file's name."""

    CSV = "csv"
    JSONL = "jsonl"


@click.group(cls=Group)
def log() -> None:
    """Read the log of all acts: one row for each change of the store.

    \b
    Example:
      inspect-cli log show --act draw
      inspect-cli log export -o log.csv
    """


def _wanted_options(callback: FC) -> Callable[..., None]:
    """Add the filters of the log; the command receives them together as ``wanted``."""

    @functools.wraps(callback)
    def with_wanted(*args: object, **values: Any) -> None:
        wanted = Wanted(**{name: values.pop(name) for name in Wanted.__annotations__})  # type: ignore[typeddict-item]
        callback(*args, wanted=wanted, **values)

    options = (
        click.option("--act", metavar="WORDS", help="Only acts of this kind: entity, or entity import."),
        click.option("--subject", metavar="WORD", help="Only acts on this: a slot, a number, an entity, a file."),
        click.option("--by", metavar="NAME", help="Only what this person did."),
        click.option("--since", type=Day(), help="Only acts for this day and later ones."),
        click.option("--until", type=Day(), help="Only acts for this day and earlier ones."),
        click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the last N of these acts."),
    )
    command: Callable[..., None] = with_wanted
    for option in reversed(options):
        command = option(command)
    return command


@log.command(cls=Command)
@_wanted_options
@json_option
@click.pass_obj
def show(app: App, wanted: Wanted, *, as_json: bool) -> None:
    """Show the acts in the order in which they were done, the newest last.

    An act whose day (--today) is not the clock's is marked with an asterisk. Names are claims as long as no key proves them.

    \b
    Example:
      inspect-cli log show --since 2026-12-01 --by 操作员甲
      inspect-cli log show --subject 2026-12/1 --limit 20
    """
    with Store.open(app.store_url).reading() as session:
        acts = find_acts(session, **wanted)
    console = Console(language=app.language)
    if as_json:
        console.show_json([_act_data(one) for one in acts])
        return
    columns = [
        Column(title=_("no."), is_number=True),
        Column(title=_("clock"), is_key=True),
        Column(title=_("for the day"), is_key=True),
        Column(title=_("who, approved by"), is_wrapped=True),
        Column(title=_("act"), is_wrapped=True),
        Column(title=_("subject"), is_wrapped=True),
    ]
    console.show_table("", columns, (_cells(one) for one in acts))
    if any(one.is_dated_elsewhere for one in acts):
        console.show_note(say("* done for another day than the clock showed (--today)"))


def _cells(one: ActRecord) -> tuple[str, ...]:
    day = f"{one.day.isoformat()}{'*' if one.is_dated_elsewhere else ''}"
    who = say("{actor}, {approver} ({reason})", actor=one.actor, approver=one.approver, reason=one.reason)
    shown = one.actor if one.approver is None else translate(who)
    return (str(one.number), one.clock[:16].replace("T", " "), day, shown, one.act, one.subject)


@log.command(cls=Command)
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    help="A table for spreadsheets, or one JSON object a line; else by the end of the file's name.",
)
@_wanted_options
@lang_option
@force_option
@click.pass_obj
def export(app: App, wanted: Wanted, *, output: Path, form: str | None, lang: str | None, force: bool) -> None:
    """Write the acts to a file, with all their details: the same store gives the same bytes.

    A table (csv) is for spreadsheets: what looks like a formula has an apostrophe before it, and --lang chooses the words of its
    head. The log never holds a telephone number, a contact or a recusal's reason.

    \b
    Example:
      inspect-cli log export -o log.csv
      inspect-cli log export --since 2026-12-01 -o december.jsonl
    """
    chosen = _choose_form(output, form)
    with Store.open(app.store_url).reading() as session:
        acts = find_acts(session, **wanted)
    is_new = write_output(output, _render(acts, chosen, lang or "zh"), overwrite=force)
    done = say("wrote {count} acts to {path}", count=len(acts), path=str(output))
    known = say("{path} is there already, the same to the byte", path=str(output))
    Console(language=app.language).show_line(done if is_new else known)


def _choose_form(output: Path, form: str | None) -> Form:
    ending = output.suffix.lower().removeprefix(".")
    if form is not None:
        return Form(form)
    if ending in {each.value for each in Form}:
        return Form(ending)
    raise UsageMistake(
        say("the end of the file's name says nothing about its form: {path}", path=str(output)),
        hint=say("name a file that ends in .csv or .jsonl, or give --format"),
    )


def _render(acts: Iterable[ActRecord], form: Form, lang: str) -> bytes:
    match form:
        case Form.CSV:
            return render_csv(_HEADS[lang], map(_csv_cells, acts))
        case Form.JSONL:
            return "".join(f"{json.dumps(_act_data(one), ensure_ascii=False)}\n" for one in acts).encode()
        case _:
            assert_never(form)


_HEADS = {
    "zh": ("序号", "时钟", "办理日期", "日期另设", "操作人", "操作", "对象", "批准人", "理由代码", "明细"),
    "en": ("number", "clock", "day", "dated elsewhere", "actor", "act", "subject", "approver", "reason", "detail"),
}
"""The head of the table; the long detail stands last."""


def _csv_cells(one: ActRecord) -> tuple[str, ...]:
    elsewhere = "yes" if one.is_dated_elsewhere else ""
    what = (one.actor, one.act, one.subject, one.approver or "", one.reason or "", one.detail)
    return (str(one.number), one.clock, one.day.isoformat(), elsewhere, *what)


def _act_data(one: ActRecord) -> dict[str, Any]:
    """Give what ``--json`` shows of an act: stable keys, documented in docs/json.md."""
    return {
        "number": one.number,
        "clock": one.clock,
        "day": one.day.isoformat(),
        "dated_elsewhere": one.is_dated_elsewhere,
        "actor": one.actor,
        "act": one.act,
        "subject": one.subject,
        "detail": json.loads(one.detail),
        "approver": one.approver,
        "reason": one.reason,
    }
