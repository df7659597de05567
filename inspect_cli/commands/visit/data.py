"""An outcome as data for ``--json``, and as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.core.visit.follow_up import render_follow_up
from inspect_cli.errors import say
from inspect_cli.language import _, current, translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.acts.visit.dossier import FollowUpLine
    from inspect_cli.console import Console
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import MatterId
    from inspect_cli.core.visit.follow_up import FollowUp
    from inspect_cli.core.visit.outcome import DomainOutcome, MatterOutcome, Outcome
    from inspect_cli.core.visit.steps import TakenStep


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
    language = current()
    pairs = [
        (_("day of the check"), outcome.visited_on.isoformat()),
        (_("result of the company"), f"{outcome.worst.value} {outcome.worst.label.text(language)}"),
    ]
    for each in outcome.domains:
        pairs += _said_pairs(bureau.domain_label(each.domain, language), each, language)
        for one in each.matters:
            pairs += _said_pairs(f"  {one.matter} {matter_names.get(one.matter, '')}".rstrip(), one, language)
    console.show_pairs(pairs)


def _said_pairs(what: str, each: DomainOutcome | MatterOutcome, language: str) -> list[tuple[str, str]]:
    """Say what was found in one domain or matter, a line each."""
    pairs = [(what, f"{each.result.value} {each.result.label.text(language)} ({each.method.label.text(language)})")]
    if each.finding is not None:
        pairs.append(("", translate(say("finding: {finding}", finding=each.finding))))
    if each.follow_up is not None:
        follow_up = _follow_up_text(each.follow_up, language)
        pairs.append(("", translate(say("follow-up: {follow_up}", follow_up=follow_up))))
    return pairs


def _follow_up_text(follow_up: FollowUp, language: str) -> str:
    until = "" if follow_up.until is None else f" {follow_up.until.isoformat()}"
    return f"{follow_up.kind.label.text(language)}{until}"
