"""``entity renumber``: a company gets another number, and everything that counts for it goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.registry.renumber import RenumberOrder, look_at_number, renumber_entity
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.console import Console
from inspect_cli.core.credit_code import parse_entity_id
from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.history import list_changes
from inspect_cli.core.registry.number import NumberOrder
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import join_words, translate
from inspect_cli.screens.register import LABELS
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.acts.registry.renumber import Renumbered, Renumbering
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("old", help="The number under which the registry keeps the company.")
@click.argument("new", help="The number that it has now.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.option("--merge", is_flag=True, help="The registry holds both, and both are one company: join them.")
@yes_option
@json_option
@click.pass_obj
def renumber(app: App, old: str, new: str, *, reason: str, merge: bool, yes: bool, as_json: bool) -> None:
    """Keep a company under its new number, with its history, caps and recusals.

    The old row stays, retired, and names its successor. Ledger, recusals, days without visits and allowances go over to the new
    number; visits that were drawn keep the drawn number, and count for the new one. To go back, exchange the two numbers.

    \b
    Example:
      inspect-cli --as NAME entity renumber 350100000000010 \\
          91350100M000100Y43 --reason 换发统一社会信用代码
    """
    console, actor = Console(language=app.language), app.actor()
    order = NumberOrder(old=EntityId(old), new=parse_entity_id(new), reason=reason, is_join=merge)
    store = Store.open(app.store_url)
    with store.reading() as session:
        seen = look_at_number(session, actor, order)
    if seen is not None:
        _ask(console, seen, given=yes)
    people = read_bureau(app.config).people
    done = renumber_entity(store, actor, RenumberOrder(number=order, people=people, confirmed=seen))
    if as_json:
        console.show_json(_data(order, done))
        return
    _show(console, order, done)


def _ask(console: Console, seen: Renumbering, *, given: bool) -> None:
    change, books = seen.change, seen.books
    names = {"old": change.was.id, "former": change.was.name, "new": change.kept.id, "name": change.kept.name}
    if change.is_join:
        console.show_note(say("{old} {former} and {new} {name} become one, and cannot be parted again", **names))
        console.show_note(
            say("taken over from {old}: {fields}", old=change.was.id, fields=_taken(seen) or say("nothing"))
        )
    console.show_note(
        say(
            "goes with it: ledger {ledger}, recusals {recusals}, days without visits {blackouts}, allowances {allowances}; "
            "drawn visits that count on: {visits}",
            ledger=books.ledger,
            recusals=books.recusals,
            blackouts=books.blackouts,
            allowances=books.allowances,
            visits=seen.visits,
        )
    )
    question = say("join {old} with {new}, which stays?", **names)
    if not change.is_join:
        question = say("keep {name} under {new} instead of {old}?", **names)
    console.require_yes(question, given=given)


def _taken(seen: Renumbering) -> str:
    """Name what the row that stays takes from the old one."""
    change = seen.change
    taken = () if change.standing is None else list_changes(change.kept.id, change.standing, change.kept)
    return join_words(translate(LABELS[one.field]) for one in taken)


def _show(console: Console, order: NumberOrder, done: Renumbered) -> None:
    kept = done.kept
    if done.done is None:
        console.show_line(say("{old} is kept as {new} already: {name}", old=order.old, new=kept.id, name=kept.name))
        return
    console.show_line(say("{name} is kept as {new} from now on", name=kept.name, new=kept.id))
    console.show_note(say("its former number finds it still: inspect-cli entity show {old}", old=order.old))


def _data(order: NumberOrder, done: Renumbered) -> dict[str, Any]:
    data: dict[str, Any] = {"from": order.old, "to": done.kept.id, "name": done.kept.name}
    data["changed"] = done.done is not None
    if done.done is None:
        return data
    books = done.done.books
    return data | {
        "joined": done.done.change.is_join,
        "ledger": books.ledger,
        "recusals": books.recusals,
        "blackouts": books.blackouts,
        "allowances": books.allowances,
        "visits": done.done.visits,
    }
