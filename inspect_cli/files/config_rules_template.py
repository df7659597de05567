"""What ``inspect.toml`` need not say, as it is written: further caps, rules of assignment and squads, or an example of each.

The rest of the file is ``config_template``'s matter, reading it back ``config_rules``'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.errors import say
from inspect_cli.files.config_rules import Weekday
from inspect_cli.files.toml_table import render_key, render_text, render_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from inspect_cli.core.bureau import Applicable, Bureau, Limit, Squad
    from inspect_cli.errors import Message

    Note = Callable[[Message], str]


def render_limit(limit: Limit) -> str:
    """Render a legal number with its basis as a table within a line."""
    return f"{{ number = {limit.number}, basis = {render_text(limit.basis)} }}"


def render_caps(bureau: Bureau, note: Note) -> Iterator[str]:
    """Render the caps beside the bureau's own, or an example of each kind; ``note`` makes a comment."""
    yield ""
    yield note(
        say(
            "Further yearly caps, where there are any: by domain, by risk class (the smaller one of it and visits_a_year holds), "
            "and by the number of a matter. A domain or matter at its cap is left out of the next visit, the others are checked."
        )
    )
    yield from _caps("domains", bureau.caps.domains, "health")
    yield from _caps("classes", bureau.caps.classes, "A")
    yield from _caps("matters", bureau.caps.matters, "WS01")


def render_rules(bureau: Bureau, note: Note) -> Iterator[str]:
    """Render the rules of assignment, and the squads or an example of one; ``note`` makes a comment."""
    rules = bureau.rules
    yield "\n[rules]"
    yield note(say("Whether somebody who was on the team of an entity's last visit is kept away from the next one."))
    yield f"rotation = {_flag(rules.rotation)}"
    yield note(
        say('"own": people visit the zones that roster and squad name for them; "any": everybody visits any zone.')
    )
    yield f"zones = {render_text(rules.zones.value)}"
    yield note(say("Whether the month's cap is cut in proportion to the days on which somebody can work, rounded up."))
    yield f"month_cap_in_proportion = {_flag(rules.month_cap_in_proportion)}"
    yield ""
    yield note(
        say(
            "What holds for all members of a squad, as the roster names it: zones (of those that they have themselves), days of the "
            "week, and visits a month unless the roster says otherwise. Each line may be left out."
        )
    )
    if not bureau.squads:
        yield '# [squads."一中队"]\n# zones = []\n# weekdays = ["mon", "tue", "wed", "thu", "fri"]\n# visits_a_month = 12'
    for squad in bureau.squads:
        yield from _squad(squad)
    yield from _applicable(bureau.applicable, note)


def render_documents(bureau: Bureau, note: Note) -> Iterator[str]:
    """Render how document numbers are written, and the folder of the bureau's own templates or an example of one."""
    documents = bureau.documents
    yield "\n[documents]"
    yield note(say("How a document number is written: the short name, the year, and the number within the year."))
    yield f"number = {render_text(documents.number)}"
    yield note(
        say(
            "A folder of the bureau's own templates, beside this file: one of the same name stands before the program's."
        )
    )
    yield f"templates = {render_text(documents.templates)}" if documents.templates else '# templates = "templates"'
    yield note(say("The bureau's own Word template, beside this file: papers in Word are written into it."))
    word = documents.word_template
    yield f"word_template = {render_text(word)}" if word else '# word_template = "paper.docx"'


def _caps(kind: str, caps: Iterable[tuple[str, Limit]], example: str) -> Iterator[str]:
    lines = [f"{render_key(name)} = {render_limit(limit)}" for name, limit in caps]
    if lines:
        yield f"[limits.{kind}]"
        yield from lines
    else:
        yield f'# [limits.{kind}]\n# {example} = {{ number = 2, basis = "…" }}'


def _applicable(rules: tuple[Applicable, ...], note: Note) -> Iterator[str]:
    yield ""
    yield note(
        say(
            "Which domains an entity has where a file names none: by the industry's code (and all codes beneath it), the size, and tags. "
            "Of each that a rule names, one must fit; all rules that hold are taken together. What a file names stands before them."
        )
    )
    if not rules:
        yield '# [[applicable]]\n# industries = ["C", "E47"]\n# sizes = ["大", "中"]\n# tags = ["危化品"]\n# domains = ["safety"]'
    for rule in rules:
        yield "[[applicable]]"
        for key in ("industries", "sizes", "tags", "domains"):
            if values := getattr(rule, key):
                yield f"{key} = {render_texts(values)}"


def _squad(squad: Squad) -> Iterator[str]:
    names = [day.value for day in Weekday]
    yield f"[squads.{render_key(squad.name)}]"
    if squad.zones:
        yield f"zones = {render_texts(squad.zones)}"
    if squad.weekdays:
        yield f"weekdays = {render_texts(names[day] for day in squad.weekdays)}"
    if squad.visits_a_month is not None:
        yield f"visits_a_month = {squad.visits_a_month}"


def _flag(value: bool) -> str:
    return "true" if value else "false"
