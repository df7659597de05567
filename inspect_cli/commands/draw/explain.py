"""``draw explain``: why somebody was drawn or not, why that day, why those inspectors, in words and with the lines that prove it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.draw.frozen import read_drawn
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.draw.explain_screen import Words, frozen_name, show_explanation
from inspect_cli.commands.draw.explain_words import explanation_data
from inspect_cli.commands.draw.later_words import later_data, later_words
from inspect_cli.console import Console, Tone
from inspect_cli.core.draw.explain import explain as explain_draw
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.publish.further import matter_names
from inspect_cli.core.unchecked import find_left_out, name_matters, say_unchecked
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.bundle import read_bundle
from inspect_cli.files.config import read_bureau
from inspect_cli.language import current
from inspect_cli.storage.engine import Store
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.visits import find_visit_changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.app import App
    from inspect_cli.core.draw.explain import Explanation
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import Domain
    from inspect_cli.core.unchecked import UncheckedMatter
    from inspect_cli.core.visit.change import VisitChange


@click.command(cls=Command)
@click.argument("slot")
@click.argument("entity")
@click.option(
    "--bundle", type=click.Path(path_type=Path), metavar="PATH", help="Explain from a bundle, with no store at all."
)
@json_option
@click.pass_obj
def explain(app: App, slot: str, entity: str, *, bundle: Path | None, as_json: bool) -> None:
    """Explain what became of an entity: drawn or not, why that day, why those inspectors.

    Everybody with a lower ticket who was passed over is named with the reason. At the end stands, for each number, the line
    that reproduces it.

    \b
    Example:
      inspect-cli draw explain 2026-12/1 91350100M000100Y43
      inspect-cli draw explain 2026-12/1 91350100M000100Y43 --bundle december.zip
    """
    console = Console(language=app.language)
    drawn = _read(app, Slot(slot), bundle)
    number = EntityId(entity) if bundle is not None else _find_number(app, drawn, EntityId(entity))
    after = () if bundle is not None else _read_changes(app, Slot(slot), number)
    explanation = explain_draw(drawn, number)
    if number != entity:
        console.show_note(
            say("{entity} stands in this draw under its former number {number}", entity=entity, number=number)
        )
    if not _is_borne_out(drawn, explanation):
        console.show_note(
            say("what the result says of this entity is not what follows; this explains what follows: verify the draw"),
            Tone.BAD,
        )
    unchecked = _find_unchecked(drawn, number)
    if as_json:
        without = {"without_matters": [one.id for one in unchecked]} if unchecked else {}
        console.show_json(explanation_data(explanation) | without | later_data(after))
        return
    words = Words(name=frozen_name(drawn, explanation.entity), label=_labels(app) if bundle is None else str)
    show_explanation(console, explanation, words)
    if unchecked:
        console.show_note(say_unchecked(unchecked))
    for change in after:
        console.show_note(later_words(change))


def _find_unchecked(drawn: FinishedDraw, entity: EntityId) -> tuple[UncheckedMatter, ...]:
    """Find which matters the frame leaves out for an entity: they do not apply to it, or are at their caps."""
    left_out = next((find_left_out(row) for row in drawn.frame.entities if row.id == entity), ())
    return name_matters(left_out, matter_names(drawn.commitment)) if left_out else ()


def _find_number(app: App, drawn: FinishedDraw, entity: EntityId) -> EntityId:
    """Find under which number a draw knows a company that may have changed its number since; its own where it knows none."""
    with Store.open(app.store_url).reading() as session:
        numbers = find_numbers(session)
    known = (row.id for rows in (drawn.frame.entities, drawn.frame.excluded) for row in rows)
    return next(iter(numbers.find_same(entity, dict.fromkeys(known))), entity)


def _read_changes(app: App, slot: Slot, entity: EntityId) -> tuple[VisitChange, ...]:
    """Read what became of the visit after the draw."""
    with Store.open(app.store_url).reading() as session:
        return tuple(change for change in find_visit_changes(session, slot) if change.entity == entity)


def _labels(app: App) -> Callable[[Domain], str]:
    """Give how the settings call a domain; whoever explains from a bundle has no settings, and sees its name."""
    bureau = read_bureau(app.config)
    return lambda domain: bureau.domain_label(domain, current())


def _is_borne_out(drawn: FinishedDraw, explanation: Explanation) -> bool:
    """Say whether the draw's result has the visit that the explanation leads to."""
    listed = next((visit for visit in drawn.result.visits if visit.entity == explanation.entity), None)
    return listed == (None if explanation.visit is None else explanation.visit.visit)


def _read(app: App, slot: Slot, bundle: Path | None) -> FinishedDraw:
    """Read the draw from the store, or from a bundle that must be of the same slot."""
    if bundle is None:
        return read_drawn(Store.open(app.store_url), slot)
    draw = parse_draw(members_of(read_bundle(bundle)))
    if draw.commitment.slot != slot:
        raise UsageMistake(
            say("the bundle is of the draw {found}, not {slot}", found=draw.commitment.slot, slot=slot),
            hint=say("name the slot that the bundle is of"),
        )
    return draw
