"""Queries of the draws. A draw's bytes are frozen: a seed, a result and a void are each kept once, and nothing is changed after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from inspect_cli.errors import RefusedError, say
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables.draws import DrawRow, DrawState

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.names import Period, Slot

__all__ = [
    "DrawHead",
    "DrawLine",
    "DrawRecord",
    "DrawState",
    "add_draw",
    "find_draw",
    "find_draws",
    "find_heads",
    "find_lines",
    "find_slots",
    "keep_result",
    "keep_seed",
    "keep_void",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRecord:
    """A draw as it is kept: the frozen bytes, and what came of them. ``entropy`` is the canonical JSON list, ``seed`` 64 hex digits.

    ``amends`` names the draw whose result a supplementary draw amends; ``plan`` is then the first draw's.
    """

    slot: Slot
    period: Period
    state: DrawState
    plan: bytes
    commitment: bytes
    entities: bytes
    inspectors: bytes
    excluded: bytes
    entropy: bytes | None = None
    seed: str | None = None
    result: bytes | None = None
    void_reason: str | None = None
    amends: Slot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawHead:
    """A draw without its bytes, which can be many: its slot, its month and its state."""

    slot: Slot
    period: Period
    state: DrawState


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLine:
    """A draw as a list names it: all but the frozen registries and the result, which can be many bytes."""

    slot: Slot
    period: Period
    state: DrawState
    commitment: bytes
    void_reason: str | None = None
    amends: Slot | None = None


_DRAWS = Shelf(DrawRecord, DrawRow)
_HEADS = Shelf(DrawHead, DrawRow)
_LINES = Shelf(DrawLine, DrawRow)


def add_draw(session: Session, draw: DrawRecord) -> None:
    """Add a draw whose slot was never used; a used one breaks a constraint (``StoreError``)."""
    _DRAWS.add(session, (draw,))


def find_draw(session: Session, slot: Slot) -> DrawRecord | None:
    """Find the draw of a slot, void or not."""
    return next(iter(_DRAWS.find(session, _DRAWS.columns.slot == slot)), None)


def find_draws(session: Session, period: Period | None = None) -> tuple[DrawRecord, ...]:
    """Find all draws (of a period, when one is given), void ones included, sorted by period and slot."""
    conditions = () if period is None else (_DRAWS.columns.period == period,)
    return tuple(sorted(_DRAWS.find(session, *conditions), key=lambda draw: (draw.period, len(draw.slot), draw.slot)))


def find_heads(session: Session) -> tuple[DrawHead, ...]:
    """Find all draws without their bytes, void ones included, sorted by period and slot."""
    return tuple(sorted(_HEADS.find(session), key=lambda draw: (draw.period, len(draw.slot), draw.slot)))


def find_lines(session: Session) -> tuple[DrawLine, ...]:
    """Find all draws as a list names them, void ones included, sorted by period and slot."""
    return tuple(sorted(_LINES.find(session), key=lambda draw: (draw.period, len(draw.slot), draw.slot)))


def find_slots(session: Session) -> frozenset[Slot]:
    """Find every slot that was ever used, void ones included, without the draws' bytes."""
    return _DRAWS.find_column(session, "slot")


def keep_seed(session: Session, slot: Slot, *, entropy: bytes, seed: str) -> None:
    """Keep the seed of a committed draw, once; ``RefusedError`` when the draw is not waiting for one."""
    _advance(session, slot, DrawState.COMMITTED, {"state": DrawState.SEEDED, "entropy": entropy, "seed": seed})


def keep_result(session: Session, slot: Slot, *, result: bytes) -> None:
    """Keep the result of a seeded draw, once; ``RefusedError`` when the draw is not waiting for one."""
    _advance(session, slot, DrawState.SEEDED, {"state": DrawState.DRAWN, "result": result})


def keep_void(session: Session, slot: Slot, *, reason: str) -> None:
    """Mark a draw as void, whatever it had stays; ``RefusedError`` when it is void already or not there."""
    found = find_draw(session, slot)
    before = DrawState.COMMITTED if found is None or found.state is DrawState.VOID else found.state
    _advance(session, slot, before, {"state": DrawState.VOID, "void_reason": reason})


def _advance(session: Session, slot: Slot, before: DrawState, values: dict[str, Any]) -> None:
    """Change a draw's row only while it is in the state ``before``: the guard stands in the statement itself."""
    columns = _DRAWS.columns
    done = session.connection().execute(
        update(DrawRow).where(columns.slot == slot, columns.state == before).values(values)
    )
    if done.rowcount != 1:
        raise RefusedError(
            say("the draw {slot} is not at this step", slot=slot),
            hint=say("see where it stands with inspect-cli draw show {slot}", slot=slot),
        )
