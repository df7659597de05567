"""``year-2027.toml`` as ``plan year`` writes it: a first plan of a year, commented at every key. Reading it is ``year_file``'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.errors import say
from inspect_cli.files.toml_table import render_comment, render_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspect_cli.core.plan.year.progress import YearDraft
    from inspect_cli.errors import Message

    Translate = Callable[[Message], str]


def render_year_plan(draft: YearDraft, translate: Translate) -> str:
    """Render a first plan of a year as a commented file; ``translate`` gives the comments' language."""

    def note(message: Message) -> str:
        return render_comment(translate(message))

    return "\n".join((*_head(draft, note), *_targets(draft, note))) + "\n"


def _head(draft: YearDraft, note: Translate) -> Iterator[str]:
    yield note(
        say(
            "A year's plan: a proposal, to be verified. Set the ratios or numbers as your rules have them, each with its basis, "
            "then have it kept with:"
        )
    )
    yield f"#   inspect-cli plan year {draft.year} --file FILE"
    yield f"\nyear = {draft.year}"
    yield note(
        say("The months (1 to 12) over which the year is spread; what is left after the last one stays to be drawn.")
    )
    yield f"first_month = {draft.first_month}"
    yield f"last_month = {draft.last_month}"
    yield note(say('The fields of the registry that make the strata: "risk_class", "zone", "industry".'))
    yield 'strata = ["risk_class"]'


def _targets(draft: YearDraft, note: Translate) -> Iterator[str]:
    yield ""
    yield note(
        say(
            'What the year draws from each stratum of each domain: a ratio ("0.05", "5%", "2‰") of whoever is registered, rounded up, '
            'or a number; and its basis. The stratum "*" stands for each that no other target of the domain names.'
        )
    )
    for target in draft.targets:
        yield "\n[[target]]"
        yield note(say("{count} in the registry", count=target.count))
        yield f"domain = {render_text(target.domain)}"
        yield f"stratum = {render_text(target.stratum)}"
        yield f"ratio = {render_text(target.ratio)}"
        yield f"basis = {render_text(target.basis)}"
