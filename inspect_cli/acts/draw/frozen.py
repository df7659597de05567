"""Reading a draw from its frozen bytes. Nothing is changed here; the acts are in ``steps`` and ``supplement``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.core.canonical import parse_canonical
from inspect_cli.core.draw.ceremony import Ceremony, parse_ceremony
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.fields import Fields
from inspect_cli.core.draw.frame import FrozenFrame
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_excluded_rows, parse_inspector_rows
from inspect_cli.core.draw.seed import Entropy, parse_entropy
from inspect_cli.core.draw.supplement.standing import FinishedDraw
from inspect_cli.core.report.steps import draw_command
from inspect_cli.errors import RefusedError, StoreError, UsageMistake, say
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import DrawRecord, DrawState, find_draw

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.draw.result import Result
    from inspect_cli.core.names import Slot
    from inspect_cli.errors import Message
    from inspect_cli.storage.engine import Store


_CEREMONIES: Final = ("draw run", "draw ceremony")
"""The acts with which it is said how a draw was held."""


def require_draw(session: Session, slot: Slot) -> DrawRecord:
    """Find the draw of a slot; ``UsageMistake`` where there is none."""
    record = find_draw(session, slot)
    if record is None:
        raise UsageMistake(
            say("there is no draw {slot}", slot=slot), hint=say("see the draws there are with inspect-cli draw list")
        )
    return record


def find_ceremony(session: Session, slot: Slot) -> Ceremony:
    """Find in the log how a draw was held: as was said when it was drawn, or later (CEREMONY-1)."""
    told = [parse_ceremony(one.detail) for act in _CEREMONIES for one in find_acts(session, act=act, subject=slot)]
    return next((one for one in told if one != Ceremony()), Ceremony())


def require_result(record: DrawRecord) -> Result:
    """Read the result of a draw; ``RefusedError`` where there is none yet."""
    if record.result is None:
        raise RefusedError(
            say("{slot} is not drawn yet", slot=record.slot),
            hint=next_step(record),
        )
    return parse_result(record.result)


def next_step(record: DrawRecord) -> Message:
    """Say how a draw without a result goes on, with the command as it is typed."""
    command = draw_command(record.slot, has_seed=record.seed is not None)
    match record.state:
        case DrawState.COMMITTED:
            return say(
                "when its sources are known: {command}; or end it with inspect-cli draw void {slot}",
                command=command,
                slot=record.slot,
            )
        case DrawState.SEEDED:
            return say("draw it: {command}", command=command)
        case DrawState.DRAWN | DrawState.VOID:
            return say("see the draws there are with inspect-cli draw list")
        case _:
            assert_never(record.state)


def read_drawn(store: Store, slot: Slot) -> FinishedDraw:
    """Read a finished draw from its frozen bytes; ``RefusedError`` where nothing was drawn yet."""
    with store.reading() as session:
        record = require_draw(session, slot)
    return finished_draw(record)


def finished_draw(record: DrawRecord) -> FinishedDraw:
    """Read a draw's frozen bytes; ``RefusedError`` where nothing was drawn yet."""
    result = require_result(record)
    return FinishedDraw(
        commitment=parse_commitment(record.commitment),
        frame=FrozenFrame(
            entities=parse_entity_rows(record.entities),
            inspectors=parse_inspector_rows(record.inspectors),
            excluded=parse_excluded_rows(record.excluded),
        ),
        result=result,
    )


def require_readable(record: DrawRecord) -> None:
    """Refuse (``InputError``) what could not be read again when the draw is run: then it is too late for another commitment."""
    parse_entity_rows(record.entities)
    parse_inspector_rows(record.inspectors)
    parse_excluded_rows(record.excluded)


def stored_entropy(record: DrawRecord) -> tuple[Entropy, ...]:
    """Give the entropy that is kept with a draw; nothing where it has none yet."""
    entries = parse_canonical(record.entropy or b"[]")
    if not isinstance(entries, list):
        raise StoreError(say("what is kept as the seed of {slot} is damaged", slot=record.slot))
    return tuple(
        parse_entropy(Fields(values=entry, file=record.slot, path=f"entropy[{number}]."))
        for number, entry in enumerate(entries)
    )
