"""What the checks of all three registries share: their options, what they show, and their exit status.

What does not live here: the words for kinds (``check_words``), and what is found (``core.report.health``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from inspect_cli.command_line import Day
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.names import Domain
from inspect_cli.core.report.health.finding import Ailment, Sought, Weight, sift_findings, weight_of
from inspect_cli.errors import InputError, UsageMistake, say
from inspect_cli.language import _, current, translate
from inspect_cli.screens.check_words import WEIGHTS, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.report.health.finding import Finding
    from inspect_cli.errors import Message

    FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)

DAYS_AHEAD: Final = 60
"""How far ahead is looked unless a day is named."""
SHOWN: Final = 20
"""How many findings of a kind are shown unless all are asked for."""

_OF_DOMAINS: Final = frozenset(
    {
        Ailment.NO_LEADER,
        Ailment.NO_SKILL,
        Ailment.THIN_SKILL,
        Ailment.NO_EXPERT,
        Ailment.NO_MATTER,
        Ailment.MOSTLY_KEY,
        Ailment.VOID_DOMAIN,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks of a check: which findings, whether all of each kind, as data, and whether a finding is an error."""

    sought: Sought
    everything: bool
    strict: bool
    as_json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found, with the heading over it, and what is said where nothing was found."""

    found: Iterable[Finding]
    title: Message
    nothing: Message


def check_options(kinds: Iterable[Ailment], *, has_zones: bool) -> Callable[[FC], FC]:
    """Add a check's options; ``ask`` reads what the command receives by them."""
    options = [
        click.option(
            "--kind",
            "kinds",
            metavar="KIND",
            multiple=True,
            type=click.Choice([kind.value for kind in kinds]),
            help="Only findings of this kind, as --json names it; can be given several times.",
        ),
        click.option(
            "--weight",
            type=click.Choice([weight.value for weight in Weight]),
            default=Weight.KNOW.value,
            help="Only findings of this weight or more.",
        ),
        click.option("--all", "everything", is_flag=True, help="Every finding, not only the first of each kind."),
        click.option("--strict", is_flag=True, help="Exit status 3 when something is found."),
        click.option("--json", "as_json", is_flag=True, help="Print the data as JSON."),
    ]
    if has_zones:
        options.insert(1, click.option("--zone", metavar="ZONE", help="Only findings that touch this zone."))

    def add(command: FC) -> FC:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def until_option(command: FC) -> FC:
    """Add ``--until``, which the command receives as ``until``; ``find_last_day`` reads it."""
    help_text = "The last day looked at; 60 days from today unless it is named."
    return click.option("--until", type=Day(), help=help_text)(command)


def find_last_day(app: App, until: date | None) -> date:
    """Return the last day that is looked at; ``UsageMistake`` for one before today."""
    last = until or app.today + timedelta(days=DAYS_AHEAD)
    if last < app.today:
        raise UsageMistake(
            say("{until} is before today, {today}", until=last.isoformat(), today=app.today.isoformat()),
            hint=say("name a later day with --until"),
        )
    return last


def check_days(app: App, last: date, found: Iterable[Finding]) -> Checked:
    """Put what was found by looking ahead from today to a last day under its heading."""
    span = {"first": app.today.isoformat(), "last": last.isoformat()}
    return Checked(
        found=found,
        title=say("To see to from {first} to {last}", **span),
        nothing=say("nothing to see to from {first} to {last}", **span),
    )


def ask(options: dict[str, Any]) -> Asked:
    """Read what was asked for from the options that ``check_options`` added."""
    return Asked(
        sought=Sought(
            kinds=frozenset(map(Ailment, options["kinds"])),
            zone=options.get("zone"),
            least=Weight(options["weight"]),
        ),
        everything=options["everything"],
        strict=options["strict"],
        as_json=options["as_json"],
    )


def show_checked(app: App, bureau: Bureau, checked: Checked, asked: Asked) -> None:
    """Show what was asked for: counts and what to do, then each kind; ``InputError`` where a finding was to be an error."""
    console = Console(language=app.language)
    found = sift_findings(checked.found, asked.sought)
    if asked.as_json:
        mends = {kind: translate(WORDS[kind][1]) for kind in {one.kind for one in found}}
        console.show_json([_finding_data(one, mends[one.kind]) for one in found])
    elif found:
        _show_counts(console, checked.title, found)
        for _kind, group in groupby(found, key=lambda one: one.kind):
            _show_kind(console, bureau, tuple(group), everything=asked.everything)
    else:
        console.show_line(checked.nothing, Tone.GOOD)
    if found and asked.strict:
        raise InputError(
            say("to see to: {count}; with --strict that is an error", count=len(found)),
            hint=say("see to it, or ask for less with --kind or --weight"),
        )


def _show_counts(console: Console, title: Message, found: tuple[Finding, ...]) -> None:
    columns = [
        Column(title=_("weight"), is_key=True),
        Column(title=_("what"), is_wrapped=True),
        Column(title=_("count"), is_number=True),
        Column(title=_("what to do"), is_wrapped=True),
    ]
    kinds = [(kind, sum(1 for _one in group)) for kind, group in groupby(found, key=lambda one: one.kind)]
    rows = [
        (translate(WEIGHTS[weight_of(kind)]), translate(WORDS[kind][0]), str(count), translate(WORDS[kind][1]))
        for kind, count in kinds
    ]
    console.show_table(translate(title), columns, rows)


def _show_kind(console: Console, bureau: Bureau, group: tuple[Finding, ...], *, everything: bool) -> None:
    kind = group[0].kind
    shown = group if everything else group[:SHOWN]
    has_days = any(one.day is not None for one in shown)
    has_subjects = any(one.subject for one in shown)
    columns = [
        *([Column(title=_("day"), is_key=True)] if has_days else []),
        *([Column(title=_("whose"), is_wrapped=True)] if has_subjects else []),
        Column(title=_("what it means"), is_wrapped=True),
    ]
    rows = (
        (
            *([str(one.day or "")] if has_days else []),
            *([_subject(one, bureau)] if has_subjects else []),
            translate(one.what),
        )
        for one in shown
    )
    console.show_line()
    console.show_table(f"{translate(WORDS[kind][0])} ({kind.value})", columns, rows)
    if len(group) > len(shown):
        console.show_line(
            say("… and {count} more: --kind {kind} --all", count=len(group) - len(shown), kind=kind.value)
        )


def _subject(one: Finding, bureau: Bureau) -> str:
    return bureau.domain_label(Domain(one.subject), current()) if one.kind in _OF_DOMAINS else one.subject


def _finding_data(one: Finding, mend: str) -> dict[str, Any]:
    """Give what ``--json`` shows of a finding: stable keys, documented in docs/json.md."""
    return {
        "kind": one.kind.value,
        "weight": weight_of(one.kind).value,
        "of": one.subject,
        "with": list(one.others),
        "zones": list(one.zones),
        **({} if one.day is None else {"day": one.day.isoformat()}),
        "what": translate(one.what),
        "mend": mend,
    }
