"""``plan allow``: let an entity be drawn in one month although a rule keeps it out, and list who is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.plan.allowances import AllowOrder, allow
from inspect_cli.command_line import Command, Period, approval_options, json_option
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId
from inspect_cli.core.plan.allowance import AllowanceRule
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _
from inspect_cli.storage.engine import Store
from inspect_cli.storage.plans import find_allowances

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core import names
    from inspect_cli.core.people import Approval


@click.command("allow", cls=Command)
@click.argument("period", type=Period(), help="The month.")
@click.argument("entity", required=False, help="The entity, by its number.")
@click.option("--rule", type=click.Choice([rule.value for rule in AllowanceRule]), help="The rule that is lifted.")
@approval_options
@click.option("--list", "is_listing", is_flag=True, help="List the month's allowances instead.")
@json_option
@click.pass_obj
def allow_one(
    app: App,
    period: names.Period,
    entity: str | None,
    rule: str | None,
    approval: Approval | None,
    is_listing: bool,
    as_json: bool,
) -> None:
    """Let an entity be drawn in a month although a yearly cap or the cooling-off keeps it out.

    It takes a second person and a reason, holds for that month alone, and is shown with the plan, in the log and by verify.

    \b
    Example:
      inspect-cli --as NAME plan allow 2026-12 91350100M000100Y43 \\
        --rule cap --approver NAME --reason 督办
      inspect-cli plan allow 2026-12 --list
    """
    if is_listing:
        _show_allowances(app, period, as_json=as_json)
        return
    if entity is None or rule is None or approval is None:
        raise UsageMistake(
            say("an allowance names an entity, a rule, who approves it and why"),
            hint=say("give ENTITY --rule cap --approver NAME --reason CODE, or --list to see what is allowed"),
        )
    order = AllowOrder(
        bureau=read_bureau(app.config),
        period=period,
        entity=EntityId(entity),
        rule=AllowanceRule(rule),
        approval=approval,
    )
    is_new = allow(Store.open(app.store_url), app.actor(), order)
    console = Console(language=app.language)
    if as_json:
        console.show_json({"period": period, "entity": entity, "rule": rule, "new": is_new})
        return
    values = {"entity": entity, "period": period, "rule": rule}
    console.show_line(
        say("{entity} may be drawn in {period} in spite of the rule {rule}", **values)
        if is_new
        else say("{entity} may be drawn in {period} in spite of the rule {rule}: this was allowed before", **values)
    )
    console.show_note(
        say("this lifts one rule alone; whether another one keeps it out: inspect-cli plan check PLAN --excluded")
    )
    console.show_note(say("a draw that is committed keeps its frame"))


def _show_allowances(app: App, period: names.Period, *, as_json: bool) -> None:
    with Store.open(app.store_url).reading() as session:
        found = find_allowances(session, period)
    console = Console(language=app.language)
    if as_json:
        names_of = ("entity", "rule", "actor", "approver", "reason")
        console.show_json([{name: str(getattr(one, name)) for name in names_of} for one in found])
        return
    columns = [
        Column(title=_("entity"), is_key=True),
        Column(title=_("rule"), is_key=True),
        Column(title=_("by")),
        Column(title=_("approver")),
        Column(title=_("reason")),
    ]
    rows = [(one.entity, one.rule.value, one.actor, one.approver, one.reason) for one in found]
    console.show_table(_("Allowances of {period}").format(period=period), columns, rows)
