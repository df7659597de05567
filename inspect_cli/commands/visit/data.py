"""An outcome as data for ``--json``, and as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.console import Column
from inspect_cli.core.visit.follow_up import render_follow_up
from inspect_cli.errors import say
from inspect_cli.language import _, current, join_clauses, translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.acts.visit.dossier import FollowUpLine
    from inspect_cli.console import Console
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import MatterId
    from inspect_cli.core.visit.follow_up import FollowUp
    from inspect_cli.core.visit.outcome import DomainOutcome, MatterOutcome, Outcome
    from inspect_cli.core.visit.steps import TakenStep
    from inspect_cli.errors import Message, Term


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """Give an outcome as data; findings and follow-ups are absent where there are none."""
    domains: list[dict[str, Any]] = []
    for each in outcome.domains:
        domains.append({"domain": each.domain} | _said(each))
        if each.matters:
            domains[-1]["matters"] = [{"matter": one.matter} | _said(one) for one in each.matters]
    return {"visited_on": outcome.visited_on.isoformat(), "result": outcome.worst.value, "domains": domains}


def _said(each: DomainOutcome | MatterOutcome) -> dict[str, Any]:
    data: dict[str, Any] = {"result": each.result.value, "method": each.method.value}
    if each.finding is not None:
        data["finding"] = each.finding
    if each.follow_up is not None:
        data["follow_up"] = render_follow_up(each.follow_up)
    return data


def follow_up_data(line: FollowUpLine) -> dict[str, Any]:
    """Give where the follow-up of a domain stands, and the steps that led there, as data."""
    standing = line.standing
    data: dict[str, Any] = {
        "domain": line.domain,
        "state": standing.state.value,
        "since": standing.since.isoformat(),
        "until": None if standing.until is None else standing.until.isoformat(),
        "steps": [_step_data(step) for step in line.steps],
    }
    return data | ({"earlier_steps": [_step_data(step) for step in line.earlier]} if line.earlier else {})


def _step_data(step: TakenStep) -> dict[str, Any]:
    return {
        "step": step.step.value,
        "day": step.day.isoformat(),
        "until": None if step.until is None else step.until.isoformat(),
        "note": step.note,
        "actor": step.actor,
        "version": step.version,
    }


def show_outcome(console: Console, outcome: Outcome, bureau: Bureau, matter_names: Mapping[MatterId, str]) -> None:
    """Print an outcome: the day, the company's result, which is the worst of all, then each domain with what was said of it.

    ``matter_names`` are beside the numbers of the matters; one without a name is told by its number.
    """
    pairs = [
        (_("day of the check"), outcome.visited_on.isoformat()),
        (_("result of the company"), f"{outcome.worst.value} {outcome.worst.label.text(current())}"),
    ]
    for what, said in _name_parts(outcome, bureau, matter_names).items():
        pairs += zip([what, *[""] * (len(said) - 1)], said, strict=True)
    console.show_pairs(pairs)


def show_changes(
    console: Console, outcomes: tuple[Outcome, Outcome], bureau: Bureau, matter_names: Mapping[MatterId, str]
) -> None:
    """Print what a correction changes, before and after; what stays is not shown."""
    before, after = (
        {_("day of the check"): [outcome.visited_on.isoformat()]} | _name_parts(outcome, bureau, matter_names)
        for outcome in outcomes
    )
    columns = [
        Column(title=_("what"), is_wrapped=True),
        Column(title=_("it is now"), is_wrapped=True),
        Column(title=_("it would be"), is_wrapped=True),
    ]
    changed = [what for what in before | after if before.get(what) != after.get(what)]
    rows = [(what.strip(), *(join_clauses(one.get(what, ())) for one in (before, after))) for what in changed]
    console.show_table("", columns, rows)


def _name_parts(outcome: Outcome, bureau: Bureau, matter_names: Mapping[MatterId, str]) -> dict[str, list[str]]:
    """Give what was said of each domain, and beneath it of each of its matters, by what they are called."""
    parts: dict[str, list[str]] = {}
    for each in outcome.domains:
        parts[bureau.domain_label(each.domain, current())] = _list_said(each)
        for one in each.matters:
            parts[f"  {one.matter} {matter_names.get(one.matter, '')}".rstrip()] = _list_said(one)
    return parts


def _list_said(each: DomainOutcome | MatterOutcome) -> list[str]:
    """Say what was found in one domain or matter: its result, then what else was said."""
    result = f"{each.result.value} {each.result.label.text(current())}"
    said = [translate(say("{what} ({at})", what=result, at=each.method.label.term))]
    if each.finding is not None:
        said.append(translate(say("finding: {finding}", finding=each.finding)))
    if each.follow_up is not None:
        follow_up = _say_follow_up(each.follow_up)
        said.append(translate(say("follow-up: {follow_up}", follow_up=follow_up)))
    return said


def _say_follow_up(follow_up: FollowUp) -> Message | Term:
    if follow_up.until is None:
        return follow_up.kind.label.term
    return say("ordered to rectify by {day}", day=follow_up.until.isoformat())
