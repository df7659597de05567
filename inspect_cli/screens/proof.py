"""The proof of a month as tables and as data: for ``notice check``. The keys are listed in ``docs/json.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from inspect_cli.console import Column, Tone
from inspect_cli.core.verify.report import Verdict
from inspect_cli.errors import say
from inspect_cli.language import _, join_words, translate

if TYPE_CHECKING:
    from inspect_cli.console import Console
    from inspect_cli.core.publish.proof.report import MonthProof, Proof

SHOWN: Final = 20
"""How many differences of a rule are shown unless all are asked for."""


def show_proof(console: Console, proof: MonthProof, language: str, *, show_all: bool) -> None:
    """Print each rule with what came of it, every difference with what was expected and found, and where the visits stand."""
    columns = (
        Column(title=_("rule"), is_key=True),
        Column(title=_("what is compared")),
        Column(title=_("compared"), is_number=True),
        Column(title=_("differences"), is_number=True),
    )
    rows = [
        (one.id.value, one.id.label.text(language), str(one.compared), str(len(one.differences)))
        for one in proof.proofs
    ]
    console.show_table(translate(say("Proof of {period}", period=proof.period)), columns, rows)
    for one in proof.proofs:
        _show_differences(console, one, language, show_all=show_all)
        if one.unchecked:
            console.show_note(say("{rule} was not compared in: {places}", rule=one.id.value, places=one.unchecked))
    counts = [f"{standing.label.text(language)} {count}" for standing, count in proof.standings.items() if count]
    console.show_line(say("visits drawn: {counts}", counts=join_words(counts)))
    console.show_line(say("notices compared: {count}", count=proof.notices))
    unfinished = sum(count for standing, count in proof.standings.items() if not standing.is_end)
    if unfinished:
        console.show_note(say("the month is not finished: {count} visits have no end yet", count=unfinished))
    if proof.unpublished:
        console.show_note(say("approved results that no notice names yet: {count}", count=proof.unpublished))


def _show_differences(console: Console, proof: Proof, language: str, *, show_all: bool) -> None:
    if not proof.differences:
        return
    columns = (
        Column(title=_("where"), is_key=True),
        Column(title=_("what differs")),
        Column(title=_("as expected")),
        Column(title=_("as found")),
    )
    shown = proof.differences if show_all else proof.differences[:SHOWN]
    rows = [(one.where, one.what.text(language), one.expected, one.found) for one in shown]
    console.show_table(f"{proof.id.value} {proof.id.label.text(language)}", columns, rows)
    if len(shown) < len(proof.differences):
        left = len(proof.differences) - len(shown)
        console.show_note(say("{count} more are not shown: see all with --all", count=left), Tone.BAD)


def proof_data(proof: MonthProof) -> dict[str, Any]:
    """Give what ``--json`` shows: stable keys, documented in docs/json.md."""
    return {
        "period": proof.period,
        "holds": proof.differences == 0,
        "finished": proof.is_finished,
        "notices": proof.notices,
        "unpublished": proof.unpublished,
        "visits": {standing.value: count for standing, count in proof.standings.items()},
        "checks": [
            {
                "id": one.id.value,
                "verdict": (Verdict.MISMATCH if one.differences else Verdict.VERIFIED).value,
                "compared": one.compared,
                "unchecked": list(one.unchecked),
                "differences": [
                    {"where": each.where, "what": each.what.en, "expected": each.expected, "found": each.found}
                    for each in one.differences
                ],
            }
            for one in proof.proofs
        ],
    }
