"""Steps that fix something for ever: commit, run, void. Each says what it fixes, and asks. The fourth is ``seed``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.draw import steps as acts
from inspect_cli.acts.draw.freeze import CommitOrder, make_salt, read_promises, software
from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.acts.plan import check as plans
from inspect_cli.acts.publish.amend import read_standing
from inspect_cli.command_line import Command, approval_options, json_option, yes_option
from inspect_cli.commands.draw.screen import show_after_commit, show_recorded, show_weaknesses
from inspect_cli.console import Console
from inspect_cli.core.draw.ceremony import Ceremony, make_ceremony
from inspect_cli.core.names import Slot
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.report.steps import notice_command
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.plan_file import read_plan
from inspect_cli.language import _
from inspect_cli.storage.draws import DrawState
from inspect_cli.storage.engine import Store
from inspect_cli.storage.notices import find_notices

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core.people import Approval
    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.plan import Plan


@click.command(cls=Command)
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@yes_option
@json_option
@click.pass_obj
def commit(app: App, plan_file: Path, *, yes: bool, as_json: bool) -> None:
    """Freeze the plan's frame and keep its commitment.

    Publish the commitment's digest before the first of its sources is known: from then on nobody can change who is drawn.

    \b
    Example:
      inspect-cli --as NAME draw commit plan.toml
    """
    console, actor = Console(language=app.language), app.actor()
    bureau = read_bureau(app.config)
    plan = read_plan(plan_file, bureau)
    store = Store.open(app.store_url)
    with store.reading() as session:
        standing = acts.find_standing(session, plan)
        frame = None if standing is not None else plans.require_frame(session, plan, bureau, app.today)
    if frame is not None:
        show_weaknesses(console, read_promises(plan))
        _ask_to_commit(console, frame, plan, given=yes)
    order = CommitOrder(plan=plan, bureau=bureau, software=software(), salts=make_salt, confirmed=frame)
    recorded = acts.commit(store, actor, order)
    show_recorded(console, recorded, bureau, as_json=as_json)
    show_after_commit(console, recorded.draw.slot)


def _ask_to_commit(console: Console, frame: Frame, plan: Plan, *, given: bool) -> None:
    question = say(
        "fix for ever a frame of {entities} entities and {inspectors} inspectors, {take} to be drawn, for {period}?",
        entities=len(frame.entities),
        inspectors=len(frame.roster),
        take=sum(quota.take for quota in frame.quotas),
        period=plan.period,
    )
    console.require_yes(question, given=given)


@click.command(cls=Command)
@click.argument("slot")
@click.option("--place", metavar="TEXT", help="Where it is held; the notice of the draw says it.")
@click.option(
    "--witness",
    "witnesses",
    metavar="NAME",
    multiple=True,
    help="Who looks on, as the notice is to name them; once for each.",
)
@yes_option
@json_option
@click.pass_obj
def run(app: App, slot: str, *, place: str | None, witnesses: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Draw: who is visited, on which day, and by whom.

    The result follows from the commitment and the seed alone. The same call again shows the recorded result.

    \b
    Example:
      inspect-cli --as NAME draw run 2026-12/1
      inspect-cli --as NAME draw run 2026-12/1 --place 三楼会议室 --witness 商会
    """
    ceremony = make_ceremony(place, witnesses)
    console, actor, bureau = Console(language=app.language), app.actor(), read_bureau(app.config)
    store = Store.open(app.store_url)
    with store.reading() as session:
        record = require_draw(session, Slot(slot))
    if record.state is DrawState.SEEDED:
        if ceremony != Ceremony():
            names = ceremony.witnesses or (_("nobody"),)
            told = {"place": ceremony.place or _("not said"), "witnesses": names}
            console.show_line(say("to be published with it: place {place}, witnesses {witnesses}", **told))
        console.require_yes(say("draw {slot} now? It is drawn once and for ever", slot=slot), given=yes)
    recorded = acts.run(store, actor, acts.RunOrder(bureau=bureau, slot=Slot(slot), ceremony=ceremony))
    show_recorded(console, recorded, bureau, as_json=as_json)
    with store.reading() as session:
        is_published = bool(find_notices(session, kind=NoticeKind.DRAW, slot=Slot(slot)))
    if not is_published:
        console.show_note(say("publish it now: {command}", command=notice_command(Slot(slot), "draw")))
    console.show_note(say("keep a copy of the store: inspect-cli db backup FILE"))
    console.show_note(say("who goes where: inspect-cli schedule show {slot}", slot=slot))


@click.command(cls=Command)
@click.argument("slot")
@approval_options
@yes_option
@json_option
@click.pass_obj
def void(app: App, slot: str, *, approval: Approval | None, yes: bool, as_json: bool) -> None:
    """Declare a draw void: it stays on record, and its name is never used again.

    For a seed that was mistyped, a wrong file that was frozen, a ceremony that did not take place. It takes a second person and
    a reason.

    \b
    Example:
      inspect-cli --as NAME draw void 2026-12/1 \\
        --approver OTHER --reason seed-mistyped
    """
    console, actor = Console(language=app.language), app.actor()
    if approval is None:
        raise UsageMistake(
            say("a draw is voided with the approval of a second person"),
            hint=say("give --approver NAME --reason CODE"),
        )
    bureau = read_bureau(app.config)
    store = Store.open(app.store_url)
    with store.reading() as session:
        record = require_draw(session, Slot(slot))
    if record.state is not DrawState.VOID:
        console.require_yes(say("declare {slot} void for ever?", slot=slot), given=yes)
    recorded = acts.void(store, actor, acts.VoidOrder(bureau=bureau, slot=Slot(slot), approval=approval))
    show_recorded(console, recorded, bureau, as_json=as_json)
    amends = recorded.draw.amends
    for document in read_standing(store, recorded.draw.slot):
        console.show_note(
            say(
                "say in {document} that it is void: inspect-cli notice correct {document} --reason TEXT --basis TEXT --approver NAME",
                document=document,
            )
        )
    console.show_note(
        say("commit the plan again, with times of its sources that are still ahead: inspect-cli draw commit PLAN")
        if amends is None
        else say("order it anew: inspect-cli draw supplement {slot}", slot=amends)
    )
