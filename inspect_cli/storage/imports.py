"""What is remembered of imported files: which one a registry took last, and what the headers of a file's shape mean.

Neither is a value of a registry: a file that is remembered need not be read again, and a mapping need not be given again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from inspect_cli.storage.act_log import ACT_COLUMNS
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import HeaderMapRow, TakenFileRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """The file that a registry took last: its digest, that of all else its reading hung on, and the act since which it says nothing new."""

    noun: str
    sha256: str
    understood: str
    act: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMap:
    """What the headers of files of one shape mean (JSON), and the act that used it first."""

    noun: str
    shape: str
    mapping: str
    act: int


_TAKEN = Shelf(TakenFile, TakenFileRow)
_MAPS = Shelf(HeaderMap, HeaderMapRow)


def keep_taken_file(session: Session, taken: TakenFile) -> None:
    """Remember the file in the place of the one before it."""
    _TAKEN.remove(session, _TAKEN.columns.noun == taken.noun)
    _TAKEN.add(session, (taken,))


def find_taken_file(session: Session, noun: str) -> TakenFile | None:
    """Find the file that a registry took last."""
    return next(iter(_TAKEN.find(session, _TAKEN.columns.noun == noun)), None)


def find_last_act(session: Session, kinds: Iterable[str]) -> int | None:
    """Find the number of the last act of these kinds (``entity`` means ``entity import`` and all others of entities)."""
    columns = ACT_COLUMNS
    conditions = [or_(columns.act == kind, func.substr(columns.act, 1, len(kind) + 1) == f"{kind} ") for kind in kinds]
    return session.connection().execute(select(func.max(columns.number)).where(or_(*conditions))).scalar()


def find_header_maps(session: Session, noun: str) -> Mapping[str, str]:
    """Find what headers mean, by the shape of the header row."""
    return {one.shape: one.mapping for one in _MAPS.find(session, _MAPS.columns.noun == noun)}


def keep_header_map(session: Session, kept: HeaderMap) -> None:
    """Remember what the headers of one shape mean, in the place of what was remembered."""
    forget_header_map(session, kept.noun, kept.shape)
    _MAPS.add(session, (kept,))


def forget_header_map(session: Session, noun: str, shape: str) -> bool:
    """Forget what the headers of one shape mean, and say whether anything was remembered."""
    return _MAPS.remove(session, _MAPS.columns.noun == noun, _MAPS.columns.shape == shape) > 0
