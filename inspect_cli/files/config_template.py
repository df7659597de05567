"""``inspect.toml`` as it is written: every setting with a comment above it. Reading it back is ``config``'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.people import Role
from inspect_cli.errors import say
from inspect_cli.files.config_rules_template import render_caps, render_documents, render_limit, render_rules
from inspect_cli.files.toml_table import render_comment, render_key, render_text, render_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspect_cli.core.bureau import Bureau, Limit
    from inspect_cli.errors import Message

    Translate = Callable[[Message], str]


def render_bureau(bureau: Bureau, translate: Translate) -> str:
    """Render the settings as a commented file that reads back as the same settings; ``translate`` gives the comments' language."""
    parts = (
        *_head(bureau, translate),
        *_people(bureau, translate),
        *_domains(bureau, translate),
        *_capacity(bureau, translate),
        *_limits(bureau, translate),
        *render_rules(bureau, lambda message: render_comment(translate(message))),
        *_publication(bureau, translate),
        *render_documents(bureau, lambda message: render_comment(translate(message))),
        *_relays(bureau, translate),
    )
    return "\n".join(parts) + "\n"


def _head(bureau: Bureau, translate: Translate) -> Iterator[str]:
    def note(message: Message) -> str:
        return render_comment(translate(message))

    yield note(say("The settings of the bureau. Texts stand in straight quotes; lines that begin with # are comments."))
    yield note(say("What is marked as to be filled in or verified is to be looked at before the first draw."))
    yield "\n[bureau]"
    yield note(say("The bureau's full name, as it stands on notices, and its name in English."))
    yield f"name = {render_text(bureau.name)}"
    yield f"name_en = {render_text(bureau.name_en)}"
    yield note(say("The short name in document numbers, such as 浙公抽查〔2017〕1号."))
    yield f"short_name = {render_text(bureau.short_name)}"
    yield note(say("How far the bureau's time is from UTC."))
    yield f"utc_offset = {render_text(bureau.utc_offset)}"
    yield note(say("The zones (grids) of the bureau's area."))
    yield f"zones = {render_texts(bureau.zones)}"
    yield "\n[complaints]"
    yield note(say("Where anybody complains: shown on every public notice."))
    yield f"telephone = {render_text(bureau.complaints.telephone)}"
    yield f"address = {render_text(bureau.complaints.address)}"


def _people(bureau: Bureau, translate: Translate) -> Iterator[str]:
    yield "\n[people]"
    yield render_comment(
        translate(
            say(
                "Who may do what. With nobody listed anybody may act; an act that needs a second person always needs another one. "
                "Operators run the month, approvers approve what needs two, publishers publish, auditors look."
            )
        )
    )
    for role in Role:
        names = [person.name for person in bureau.people if role in person.roles]
        yield f"{role.value} = {render_texts(names)}"
    yield render_comment(
        translate(
            say(
                "Who records a result does not approve it, and who approves it does not publish it. A bureau with too few people "
                "may write true; the records then show each time that one person did both."
            )
        )
    )
    yield f"two_roles = {'true' if bureau.two_roles else 'false'}"


def _domains(bureau: Bureau, translate: Translate) -> Iterator[str]:
    yield ""
    yield render_comment(
        translate(
            say(
                "The domains of enforcement, each with its labels and the other words by which files name it. "
                "A further one, such as [domains.fire], takes the same three keys."
            )
        )
    )
    for label in bureau.domains:
        yield f"[domains.{render_key(label.domain)}]"
        yield f"zh = {render_text(label.zh)}"
        yield f"en = {render_text(label.en)}"
        yield f"aliases = {render_texts(label.aliases)}\n"


def _capacity(bureau: Bureau, translate: Translate) -> Iterator[str]:
    yield "[team]"
    yield render_comment(
        translate(
            say(
                "How many inspectors make a team (2 to 6), and which domains also want an expert, who never counts. "
                "A plan may say otherwise."
            )
        )
    )
    yield f"min = {bureau.team.min}"
    yield f"max = {bureau.team.max}"
    yield f"expert_domains = {render_texts(bureau.team.expert_domains)}"
    yield "\n[capacity]"
    yield render_comment(
        translate(say("Visits that one inspector can make in a day and in a month, unless the roster says otherwise."))
    )
    yield f"visits_a_day = {bureau.visits_a_day}"
    yield f"visits_a_month = {bureau.visits_a_month}"


def _limits(bureau: Bureau, translate: Translate) -> Iterator[str]:
    def note(message: Message) -> str:
        return render_comment(translate(message))

    yield "\n[limits]"
    yield note(
        say("Each number stands beside its basis, which reports show. Please verify both against the rules in force.")
    )
    yield note(
        say("Counted visits that one entity receives in a calendar year at most, those of other departments included.")
    )
    yield _limit("visits_a_year", bureau.visits_a_year)
    yield note(say("Months after a counted visit during which an entity is not drawn; 0 for none."))
    yield _limit("cooling_off_months", bureau.cooling_off_months)
    yield from render_caps(bureau, note)
    yield "\n[deadlines]"
    yield note(say("Working days from the end of a check to the publication of its result."))
    yield _limit("result_working_days", bureau.result_working_days)
    yield note(say("Working days from a penalty to its publication."))
    yield _limit("penalty_working_days", bureau.penalty_working_days)
    yield note(say("Years during which a result stays on display."))
    yield _limit("display_years", bureau.display_years)
    yield note(say("Working days within which a confirmed error is corrected."))
    yield _limit("correction_working_days", bureau.correction_working_days)


def _publication(bureau: Bureau, translate: Translate) -> Iterator[str]:
    def note(message: Message) -> str:
        return render_comment(translate(message))

    publication = bureau.publication
    yield "\n[publication]"
    yield note(say("Working days from a draw to the notice of it."))
    yield _limit("draw_working_days", publication.draw_working_days)
    yield note(say("Working days of the following month until a month's statistics are published."))
    yield _limit("statistics_working_days", publication.statistics_working_days)
    yield note(say("Years during which a result of a natural person stays on display."))
    yield _limit("natural_person_years", publication.natural_person_years)
    yield note(say("Working days before its last day from which on a notice is listed as due soon."))
    yield f"soon_working_days = {publication.soon_working_days}"
    yield note(
        say(
            'How sole traders are named in public: "full", "first" (the name\'s first character), or "code" (the code\'s last four).'
        )
    )
    yield f"sole_traders = {render_text(publication.sole_traders.value)}"


def _relays(bureau: Bureau, translate: Translate) -> Iterator[str]:
    """Write the relays where there are any: nobody is asked unless somebody has named them."""
    if bureau.relays:
        yield "\n[drand]"
        yield render_comment(
            translate(say("Relays of drand, asked in this order by draw seed --fetch, and by nothing else."))
        )
        yield f"relays = {render_texts(bureau.relays)}"


def _limit(key: str, limit: Limit) -> str:
    return f"{key} = {render_limit(limit)}"
