"""``notice repair`` and ``notice withdraw``: taking from display what was published, by a second person's leave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.publish.change import EndOrder, end_lines, look_at_ending
from inspect_cli.command_line import Command, json_option, yes_option
from inspect_cli.commands.notice.change_screen import changed_data, show_changed, show_ending, show_reason
from inspect_cli.commands.notice.subject import read_papers
from inspect_cli.console import Console
from inspect_cli.core.names import EntityId
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.errors import UsageMistake, say
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from inspect_cli.acts.publish.change import Ending
    from inspect_cli.app import App
    from inspect_cli.errors import Message

    FC = TypeVar("FC", bound=Callable[..., None])


def _which_lines(all_help: str) -> Callable[[FC], FC]:
    """Add what both commands take: the notice, whose lines, a reason, a basis and a second person; ``all_help`` says what --all means."""

    def add(command: FC) -> FC:
        for option in (
            json_option,
            yes_option,
            click.option("--approver", required=True, help="The second person who gives leave."),
            click.option("--basis", required=True, help="The rule or decision it rests on; it is published."),
            click.option("--reason", required=True, help="Why; it is published as it stands."),
            click.option("--all", "all_of_them", is_flag=True, help=all_help),
            click.argument("entities", metavar="[ENTITY]...", nargs=-1, help="Whose lines are no longer shown."),
            click.argument("document", help="The document number."),
        ):
            command = option(command)
        return command

    return add


@click.command(cls=Command)
@_which_lines("All its lines.")
@click.pass_obj
def repair(app: App, /, **said: Any) -> None:
    """Take lines from display because credit was repaired.

    \b
    Example:
      inspect-cli --as NAME notice repair 示综执抽查〔2026〕3号 ENTITY \\
          --reason "信用修复" --basis "信用修复决定书" --approver OTHER
    """
    _end(app, _order(app, IssueAction.REPAIRED, said), yes=said["yes"], as_json=said["as_json"])


@click.command(cls=Command)
@_which_lines("The notice as a whole, of whatever kind.")
@click.pass_obj
def withdraw(app: App, /, **said: Any) -> None:
    """Take lines of a notice, or all of it, from display.

    \b
    Example:
      inspect-cli --as NAME notice withdraw 示综执抽查〔2026〕3号 --all \\
          --reason "公示有误" --basis "复核意见" --approver OTHER
    """
    _end(app, _order(app, IssueAction.WITHDRAWN, said), yes=said["yes"], as_json=said["as_json"])


def _order(app: App, action: IssueAction, said: dict[str, Any]) -> EndOrder:
    return EndOrder(
        papers=read_papers(app),
        document=said["document"],
        action=action,
        approval=Approval(approver=said["approver"], reason=said["reason"]),
        basis=said["basis"],
        entities=_choose(said["entities"], all_of_them=said["all_of_them"]),
    )


def _choose(entities: tuple[str, ...], *, all_of_them: bool) -> tuple[EntityId, ...]:
    """Give the entities that were named, none for all of them; ``UsageMistake`` unless it is one of both."""
    if bool(entities) is all_of_them:
        raise UsageMistake(say("it is not said which lines"), hint=say("name entities, or give --all"))
    return tuple(map(EntityId, entities))


def _question(order: EndOrder, ending: Ending) -> Message:
    document = ending.kept.notice.document
    if order.entities:
        return say(
            "take {entities} from {document}, for ever? A notice will say so",
            entities=order.entities,
            document=document,
        )
    if not ending.entries:
        return say(
            "take all of {document} ({kind}) from display, for ever? A notice will say so",
            document=document,
            kind=ending.kept.notice.kind.label.term,
        )
    return say(
        "take all of {document}, {count} companies, from display, for ever? A notice will say so",
        document=document,
        count=len(ending.entries),
    )


def _end(app: App, order: EndOrder, *, yes: bool, as_json: bool) -> None:
    console, actor = Console(language=app.language), app.actor()
    store = Store.open(app.store_url)
    ending = look_at_ending(store, actor, order)
    if not ending.is_done:
        if not as_json:
            show_ending(console, ending)
            show_reason(console, order.approval.reason, order.basis)
        console.require_yes(_question(order, ending), given=yes)
    changed = end_lines(store, actor, replace(order, seen=None if ending.is_done else ending.entries))
    if as_json:
        console.show_json(changed_data(changed))
    elif changed.is_new:
        show_changed(console, changed)
    else:
        console.show_line(say("that was done before, in version {version}", version=changed.version.version))
