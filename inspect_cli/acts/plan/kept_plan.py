"""A plan by the name that a person gives it: a file, a draw's slot, or a month. Nothing is changed here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chains
from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.core.names import Period, Slot
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.plan_file import parse_plan, read_plan

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.storage.engine import Store

_PERIOD = re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII)
_SLOT = re.compile(r"[0-9]{4}-[0-9]{2}/.+", re.ASCII)


def find_plan(store: Store, name: str, bureau: Bureau) -> Plan:
    """Find a plan: of a month (``2026-12``) its last first draw's that is not void, of a slot (``2026-12/1``) its own, else a file's.

    Raises ``UsageMistake`` where there is no such draw, ``InputError`` where the file is no plan or the settings lost its domain.
    """
    if _SLOT.fullmatch(name):
        with store.reading() as session:
            record = require_draw(session, Slot(name))
        return parse_plan(record.plan, record.slot, bureau)
    if _PERIOD.fullmatch(name):
        with store.reading() as session:
            chains = find_chains(session, Period(name))
        if not chains:
            raise UsageMistake(
                say("there is no draw of {period} that is not void", period=name),
                hint=say("name a plan's file, or see the draws there are with inspect-cli draw list"),
            )
        return parse_plan(chains[-1].first.plan, chains[-1].first.slot, bureau)
    return read_plan(Path(name), bureau)
