"""``plan.toml`` as ``plan new`` writes it: a first plan with a comment at every key. Reading it back is ``plan_file``'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.plan.plan import SCOPE_FIELDS
from inspect_cli.errors import say
from inspect_cli.files.toml_table import render_comment, render_text, render_texts
from inspect_cli.widths import cut, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspect_cli.core.plan.draft import Draft
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
    year, month = int(draft.period[:4]), int(draft.period[5:])
    yield note(say("A month's plan. Look it through, change what is to be changed, and have it explained with:"))
    yield "#   inspect-cli plan check FILE"
    yield f"\nperiod = {render_text(draft.period)}"
    yield f"name = {render_text(f'{draft.bureau.name}{year}年{month}月双随机抽查计划')}"
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
    team = draft.bureau.team
    yield ""
    yield note(
        say('"applicable": whoever is visited is checked for all domains that apply; "drawn": for those drawn only.')
    )
    yield 'combine = "applicable"'
    yield note(say('How base × ratio becomes a whole number: "ceil" (up), "floor" (down) or "half-up".'))
    yield 'rounding = "ceil"'
    yield note(say('The fields of the registry that make the strata: "risk_class", "zone", "industry".'))
    yield 'strata = ["risk_class"]'
    yield note(say("Working days of the month on which nobody is visited, such as 2026-12-31."))
    yield "days_off = []"
    yield note(say("Whether the notice of the draw may name the companies; never before their visits are recorded."))
    yield "names_published = false"
    yield "\n[scope]"
    yield note(
        say(
            "A targeted draw (定向) names the values that are meant; with none the draw is untargeted (不定向). Fields:"
        )
    )
    yield from (f"# {field} = []" for field in SCOPE_FIELDS)
    yield "\n[team]"
    yield note(say("Where this plan differs from the settings of the bureau."))
    yield f"# min = {team.min}"
    yield f"# max = {team.max}"
    yield f"# expert_domains = {render_texts(team.expert_domains)}"


def _shares(draft: Draft, note: Translate) -> Iterator[str]:
    yield ""
    yield note(
        say(
            'What each stratum of each domain gives: a ratio ("0.05", "5%", "2‰") of its base, or a number. The base is whoever is '
            'not excluded this time. The stratum "*" stands for all that no other share of the domain names; a quota of 0 that is '
            "meant takes allow_zero = true. A domain without a share is not drawn for."
        )
    )
    for share in draft.shares:
        yield "\n[[share]]"
        yield note(say("{count} in the registry", count=share.count))
        yield f"domain = {render_text(share.domain)}"
        yield f"stratum = {render_text(share.stratum)}"
        yield f"ratio = {render_text(share.ratio)}"


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
    yield '\n# [[source]]\n# kind = "text"\n# name = "见证人密封文本"'
    yield f"# at = {render_text(draft.at)}"
    yield '# digest = "…"'
    yield '\n[[source]]\nkind = "dice"\nname = "公开掷二十枚十面骰"'
    yield f"at = {render_text(draft.at)}"
    yield "count = 20\nsides = 10"
