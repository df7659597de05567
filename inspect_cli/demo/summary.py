"""The demo's last page: the numbers that a bureau would show its mayor, and what to look at next."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

from inspect_cli.console import Column, Tone
from inspect_cli.errors import say
from inspect_cli.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.console import Console
    from inspect_cli.core.report.burden import Burden
    from inspect_cli.demo.story import Played


def burden_data(burden: Burden) -> dict[str, int]:
    """Give the numbers as ``--json`` shows them; the keys are documented in docs/json.md."""
    return {
        "base": burden.base,
        "due": burden.due,
        "drawn": burden.drawn,
        "checks": burden.checks,
        "visits": burden.visits,
        "open": burden.open,
        "visits_alone": burden.visits_alone,
        "visits_joined": burden.visits_joined,
    }


def show_burden(console: Console, burden: Burden) -> None:
    """Print the month's numbers."""
    console.show_line()
    console.show_line(_("The month in numbers"), Tone.HEADING)
    columns = [Column(title=_("what")), Column(title=_("number"), is_number=True)]
    rows = [
        (_("base: companies that could be drawn"), burden.base),
        (_("due: checks of a domain that the plan wants"), burden.due),
        (_("drawn: checks of a domain that were drawn"), burden.drawn),
        (_("checks of a domain done, all that apply at each visit"), burden.checks),
        (_("VISITS to companies, one for each"), burden.visits),
        (_("had each department gone alone, visits"), burden.visits_alone),
        (_("had separate draws been joined where they meet, visits"), burden.visits_joined),
    ]
    console.show_table("", columns, [(what, str(number)) for what, number in rows])
    console.show_line(
        say(
            "One visit instead of {ratio}: {saved} visits fewer than each department alone, with {more} more checks done.",
            ratio=f"{burden.visits_alone / burden.visits:.1f}" if burden.visits else "0",
            saved=burden.visits_alone - burden.visits,
            more=burden.checks - burden.drawn,
        ),
        Tone.GOOD,
    )


def show_next_steps(console: Console, folder: Path, played: Played) -> None:
    """Print what to look at in the folder, as calls that can be copied."""
    console.show_line()
    console.show_line(say("Look around in {folder}; everything there is invented:", folder=str(folder)), Tone.HEADING)
    slot, entity, inspector = played.slot, played.entity, played.inspector
    if str(folder) != ".":
        console.show_verbatim(f"  cd {_quote(str(folder))}")
    for call in (
        f"inspect-cli draw explain {slot} {entity}",
        f"inspect-cli schedule show {slot} --by inspector --inspector {inspector}",
        f"inspect-cli visit follow-ups {slot}",
        "inspect-cli verify bundle.zip",
        "inspect-cli log show",
    ):
        console.show_verbatim(f"  {call}")
    console.show_line(say("In a browser: notices/zh/draw.html. Settings and plan: inspect.toml, plan.toml."))


def _quote(name: str) -> str:
    """Write a folder's name as the shell of this system takes it."""
    return subprocess.list2cmdline([name]) if os.name == "nt" else shlex.quote(name)
