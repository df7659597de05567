"""What somebody says on the command line about a visit, by domain or by matter: the options of ``record`` and ``correct``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import click

from inspect_cli.core.names import Domain, MatterId
from inspect_cli.core.registry.words import domain_words, fold_word
from inspect_cli.core.visit.follow_up import parse_follow_up
from inspect_cli.core.visit.recording import Claims, MatterClaims
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.errors import UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.core.bureau import Bureau

Claimed = TypeVar("Claimed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said(Generic[Claimed]):
    """What one option says, of domains and of matters."""

    domains: dict[Domain, Claimed]
    matters: dict[MatterId, Claimed]


def claim_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what a visit found, beside its day and the results themselves (``--on``, ``--result``)."""
    for decorate in (
        click.option(
            "--follow-up",
            "follow_ups",
            multiple=True,
            metavar="WHAT=KIND",
            help="none, supervision, case, notified, other, or rectify with its last day: rectify:2026-12-31.",
        ),
        click.option(
            "--method",
            "methods",
            multiple=True,
            metavar="WHAT=METHOD",
            help="on-site (unless another is named), written, online, testing or other-body.",
        ),
        click.option(
            "--finding",
            "findings",
            multiple=True,
            metavar="WHAT=TEXT",
            help="What was found; it stays inside the bureau.",
        ),
    ):
        command = decorate(command)
    return command


def read_claims(bureau: Bureau, options: dict[str, Any]) -> Claims:
    """Read what the options of a claim say; ``UsageMistake`` for what is none of a result, method or follow-up, or is said twice."""
    results = _read(bureau, "--result", options["results"], _parse_result)
    findings = _read(bureau, "--finding", options["findings"], str)
    methods = _read(bureau, "--method", options["methods"], _parse_method)
    follow_ups = _read(bureau, "--follow-up", options["follow_ups"], parse_follow_up)
    return Claims(
        results=results.domains,
        findings=findings.domains,
        methods=methods.domains,
        follow_ups=follow_ups.domains,
        on=options["on"],
        of_matters=MatterClaims(
            results=results.matters, findings=findings.matters, methods=methods.matters, follow_ups=follow_ups.matters
        ),
    )


def _read(bureau: Bureau, option: str, texts: tuple[str, ...], parse: Callable[[str], Claimed]) -> _Said[Claimed]:
    """Read ``WHAT=VALUE`` of one option; what is no domain's name, label or alias is a matter's number."""
    said: _Said[Claimed] = _Said(domains={}, matters={})
    known = domain_words(bureau.domains)
    for text in texts:
        word, equals, value = text.partition("=")
        if not equals or not value.strip():
            raise UsageMistake(
                say("{option} {value}: the domain and its value belong together", option=option, value=text),
                hint=say("write DOMAIN=VALUE, such as safety=1, or MATTER=VALUE"),
            )
        domain, matter = known.get(fold_word(word.strip())), MatterId(word.strip())
        if domain in said.domains or matter in said.matters:
            raise UsageMistake(
                say(
                    "{option} names {domain} twice",
                    option=option,
                    domain=matter if domain is None else bureau.domain_term(domain),
                ),
                hint=say("give it once a domain or matter"),
            )
        if domain is None:
            said.matters[matter] = parse(value.strip())
        else:
            said.domains[domain] = parse(value.strip())
    return said


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
