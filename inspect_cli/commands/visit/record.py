"""``visit record``: what a visit found, by domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from inspect_cli.acts.visit import recording as acts
from inspect_cli.command_line import Command, Day, json_option
from inspect_cli.commands.visit.data import outcome_data, show_outcome
from inspect_cli.console import Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.registry.words import domain_words, fold_word
from inspect_cli.core.unchecked import say_unchecked
from inspect_cli.core.visit.follow_up import parse_follow_up
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain

    Claimed = TypeVar("Claimed")


@click.command(cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entity", help="Whom the visit was to.")
@click.option(
    "--result",
    "results",
    multiple=True,
    required=True,
    metavar="DOMAIN=NUMBER",
    help="The result of a domain, 1 to 13; once for each domain of the visit.",
)
@click.option(
    "--finding", "findings", multiple=True, metavar="DOMAIN=TEXT", help="What was found; it stays inside the bureau."
)
@click.option(
    "--method",
    "methods",
    multiple=True,
    metavar="DOMAIN=METHOD",
    help="on-site (unless another is named), written, online, testing or other-body.",
)
@click.option(
    "--follow-up",
    "follow_ups",
    multiple=True,
    metavar="DOMAIN=KIND",
    help="none, supervision, case, notified, other, or rectify with its last day: rectify:2026-12-31.",
)
@click.option("--on", type=Day(), help="The day of the check; the planned day unless another is named.")
@json_option
@click.pass_obj
def record(
    app: App,
    slot: str,
    entity: str,
    *,
    results: tuple[str, ...],
    findings: tuple[str, ...],
    methods: tuple[str, ...],
    follow_ups: tuple[str, ...],
    on: date | None,
    as_json: bool,
) -> None:
    """Record what a visit found, all its domains together.

    A result is a number: 1 no problem; 2 not disclosed; 3 disclosed falsely; 4 cannot be reached; 5 ordered to rectify;
    6 refused to cooperate; 7 no such business; 8 still to be handled; of the company itself 9 closed, 10 deregistered, 11 licence
    revoked, 12 rescinded, 13 moved away. The same record again changes nothing, a different one is refused.

    \b
    Example:
      inspect-cli --as NAME visit record 2026-12/1 91350100M000100Y43 \\
          --result safety=1 --result labour=5 \\
          --finding "labour=two contracts missing" \\
          --follow-up labour=rectify:2026-12-31
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    claims = Claims(
        results=_parse_pairs(bureau, "--result", results, _parse_result),
        findings=_parse_pairs(bureau, "--finding", findings, str),
        methods=_parse_pairs(bureau, "--method", methods, _parse_method),
        follow_ups=_parse_pairs(bureau, "--follow-up", follow_ups, parse_follow_up),
        on=on,
    )
    order = acts.RecordOrder(slot=Slot(slot), entity=EntityId(entity), claims=claims)
    recorded = acts.record_visit(Store.open(app.store_url), actor, bureau, order)
    console = Console(language=app.language)
    if as_json:
        head = {"slot": recorded.slot, "entity": recorded.entity, "new": recorded.is_new}
        without = [one.id for one in recorded.without_matters]
        console.show_json(head | outcome_data(recorded.outcome) | ({"without_matters": without} if without else {}))
        return
    if recorded.is_new:
        console.show_line(say("recorded the visit to {entity}", entity=entity))
    else:
        console.show_line(say("the visit to {entity} is recorded already, just so", entity=entity))
    show_outcome(console, recorded.outcome, bureau)
    if recorded.without_matters:
        console.show_note(say_unchecked(recorded.without_matters))
    if recorded.slot != slot:
        console.show_note(say("the visit in force is the one that {slot} drew", slot=recorded.slot))


def _parse_pairs(
    bureau: Bureau, option: str, texts: tuple[str, ...], parse: Callable[[str], Claimed]
) -> dict[Domain, Claimed]:
    """Read ``DOMAIN=VALUE`` of one option, each domain at most once; a domain can be called by its label or alias."""
    found: dict[Domain, Claimed] = {}
    for text in texts:
        word, equals, value = text.partition("=")
        if not equals or not value.strip():
            raise UsageMistake(
                say("{option} {value}: the domain and its value belong together", option=option, value=text),
                hint=say("write DOMAIN=VALUE, such as safety=1"),
            )
        domain = _find_domain(bureau, word.strip())
        if domain in found:
            raise UsageMistake(
                say("{option} names {domain} twice", option=option, domain=domain), hint=say("give it once a domain")
            )
        found[domain] = parse(value.strip())
    return found


def _find_domain(bureau: Bureau, word: str) -> Domain:
    domain = domain_words(bureau.domains).get(fold_word(word))
    if domain is None:
        raise UsageMistake(
            say("there is no domain {domain}", domain=word),
            hint=say("it is one of {known}", known=tuple(label.domain for label in bureau.domains)),
        )
    return domain


def _parse_result(text: str) -> ResultClass:
    known = {str(each.value): each for each in ResultClass}
    if text not in known:
        raise UsageMistake(
            say("{value} is not the number of a result", value=text),
            hint=say("results are numbered 1 to 13; see inspect-cli visit record --help"),
        )
    return known[text]


def _parse_method(text: str) -> Method:
    known = {name: each for each in Method for name in (each.value, each.label.zh)}
    if text not in known:
        raise UsageMistake(
            say("{value} is not a method", value=text),
            hint=say("it is one of {known}", known=tuple(each.value for each in Method)),
        )
    return known[text]
