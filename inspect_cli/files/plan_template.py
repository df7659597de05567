"""``plan.toml`` as ``plan new`` writes it: a first plan with a comment at every key. Reading it back is ``plan_file``'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.plan.plan import SCOPE_FIELDS
from inspect_cli.errors import say
from inspect_cli.files.toml_table import render_comment, render_text, render_texts
from inspect_cli.widths import cut, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspect_cli.core.plan.draft import Draft, DraftShare
    from inspect_cli.errors import Message

    Translate = Callable[[Message], str]

_NOTE_CELLS = 70


def render_plan(draft: Draft, translate: Translate) -> str:
    """Render a first plan as a commented file; ``translate`` gives the comments' language, the plan's own words are Chinese."""

    def note(message: Message) -> str:
        return render_comment(translate(message))

    parts = (
        *_head(draft, note),
        *_matters(draft, note),
        *_choices(draft, note),
        *_shares(draft, note),
        *_sources(draft, note),
    )
    return "\n".join(parts) + "\n"


def _head(draft: Draft, note: Translate) -> Iterator[str]:
    yield note(say("A month's plan. Look it through, change what is to be changed, and have it explained with:"))
    yield "#   inspect-cli plan check FILE"
    yield f"\nperiod = {render_text(draft.period)}"
    yield f"name = {render_text(draft.name)}"
    yield note(say("Which draw of the month this is; without the line the next one that is free."))
    yield "# slot_number = 1"


def _matters(draft: Draft, note: Translate) -> Iterator[str]:
    yield ""
    yield note(
        say(
            "The matters that may be inspected, all valid throughout the period; outside the list there is no inspection. "
            "An empty list stands for all that are valid."
        )
    )
    yield "matters = ["
    for matter in draft.matters:
        yield f"    {render_text(matter.id)}, # {matter.domain}: {cut(visible(matter.name), _NOTE_CELLS)}"
    yield "]"


def _choices(draft: Draft, note: Translate) -> Iterator[str]:
    yield ""
    yield note(
        say('"applicable": whoever is visited is checked for all domains that apply; "drawn": for those drawn only.')
    )
    yield f"combine = {render_text(draft.combine)}"
    yield note(say('How base × ratio becomes a whole number: "ceil" (up), "floor" (down) or "half-up".'))
    yield f"rounding = {render_text(draft.rounding.value)}"
    yield note(say('The fields of the registry that make the strata: "risk_class", "zone", "industry".'))
    yield f"strata = {render_texts(field.value for field in draft.strata)}"
    yield note(say("Working days of the month on which nobody is visited, such as 2026-12-31."))
    yield "days_off = []"
    yield note(say("Whether the notice of the draw may name the companies; never before their visits are recorded."))
    yield f"names_published = {str(draft.names_published).lower()}"
    yield "\n[scope]"
    yield note(
        say(
            "A targeted draw (定向) names the values that are meant; with none the draw is untargeted (不定向). Fields:"
        )
    )
    scope = dict(draft.scope.fields)
    yield from (
        f"{field} = {render_texts(scope[field])}" if field in scope else f"# {field} = []" for field in SCOPE_FIELDS
    )
    yield "\n[team]"
    yield note(say("Where this plan differs from the settings of the bureau."))
    yield from _team(draft)


def _team(draft: Draft) -> Iterator[str]:
    team, usual = draft.team, draft.bureau.team
    for key, value, is_usual in (
        ("min", str(team.min), team.min == usual.min),
        ("max", str(team.max), team.max == usual.max),
        ("expert_domains", render_texts(team.expert_domains), team.expert_domains == usual.expert_domains),
    ):
        yield f"{'# ' if is_usual else ''}{key} = {value}"


def _shares(draft: Draft, note: Translate) -> Iterator[str]:
    yield ""
    yield note(
        say(
            'What each stratum of each domain gives: a ratio ("0.05", "5%", "2‰") of its base, or a number. The base is whoever is '
            'not excluded this time. The stratum "*" stands for all that no other share of the domain names; a quota of 0 that is '
            "meant takes allow_zero = true. A domain without a share is not drawn for."
        )
    )
    if draft.year is not None:
        yield note(
            say(
                "The numbers are the month's portion of the plan of {year}: what is left, divided by the months left, rounded up.",
                year=draft.year,
            )
        )
    for share in draft.shares:
        yield "\n[[share]]"
        yield note(_explain(share))
        yield f"domain = {render_text(share.domain)}"
        yield f"stratum = {render_text(share.stratum)}"
        yield f"number = {share.number}" if share.ratio is None else f"ratio = {render_text(share.ratio)}"
        if share.allow_zero:
            yield "allow_zero = true"


def _explain(share: DraftShare) -> Message:
    portion = share.portion
    if portion is None:
        return say("{count} in the registry", count=share.count)
    return say(
        "{count} in the registry; target {target}, done {done}, left {left}, months left {months}; can be drawn now {drawable}",
        count=share.count,
        target=portion.line.target,
        done=portion.line.done,
        left=portion.line.left,
        months=portion.months,
        drawable=portion.drawable,
    )


def _sources(draft: Draft, note: Translate) -> Iterator[str]:
    yield ""
    yield note(
        say(
            "Where the seed comes from. Every source is announced now and happens later, before the first visit. A sealed text makes "
            "sure that whoever rolls the dice last cannot choose: a witness writes it down, keeps it to themselves, and gives its "
            "digest, which this line makes:"
        )
    )
    yield "#   printf '%s' 'TEXT' | sha256sum"
    yield note(say("Texts stand before other sources and are opened no later than they."))
    if not any(source["kind"] == "text" for source in draft.sources):
        yield '\n# [[source]]\n# kind = "text"\n# name = "见证人密封文本"'
        yield f"# at = {render_text(str(draft.sources[0]['at']))}"
        yield '# digest = "…"'
    for source in draft.sources:
        yield "\n[[source]]"
        yield from (f"{key} = {_value(value)}" for key, value in source.items())
        if source["kind"] == "text":
            yield note(say("To be filled in: the digest of a new text, for a text that was opened is known to all."))
            yield 'digest = "…"'


def _value(value: object) -> str:
    """Render a promise's value: a whole number, a list of texts, or a text."""
    if isinstance(value, int):
        return str(value)
    return render_texts(map(str, value)) if isinstance(value, list | tuple) else render_text(str(value))
