"""The rows that a file gave, to be walked again and again without all of them being in memory.

Up to a hundred thousand are simply kept. Beyond that the batches go to an unnamed temporary file, which no other program can open and
which is gone with the process. They are pickled there: what is read back are our own values from our own file, never bytes from outside.
"""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections import deque
from collections.abc import Collection, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import IO, Any, Final, Generic, TypeAlias, TypeVar

from inspect_cli.files.intake.located import Located
from inspect_cli.files.temporary import refuse_temporary

T = TypeVar("T")

_Batch: TypeAlias = tuple[list[int], list[T], Mapping[int, Hashable]]

MEMORY_ROWS: Final = 100_000
"""Rows up to this many stay in memory."""


class KeptRows(Collection[Located[T]], Generic[T]):
    """Values with their row numbers, in the order in which they were added."""

    def __init__(self) -> None:
        """Begin without a row."""
        self._count = 0
        self._kept: list[_Batch[T]] = []
        self._file: IO[bytes] | None = None
        self._starts: list[int] = []

    def add(self, numbers: list[int], values: list[T], former: Mapping[int, Hashable] | None = None) -> None:
        """Add a batch of rows, some of which (by row) say a former key; ``UsageMistake`` when there is no room for them."""
        if not numbers:
            return
        self._count += len(numbers)
        self._kept.append((numbers, values, former or {}))
        if self._count > MEMORY_ROWS:
            try:
                self._write_out()
            except OSError as error:
                if self._file is not None:
                    with suppress(OSError):  # Closing writes what is left to write, in vain once more.
                        self._file.close()
                raise refuse_temporary(error) from error

    def __len__(self) -> int:
        """Count the rows."""
        return self._count

    def __iter__(self) -> Iterator[Located[T]]:
        """Walk the rows from the first on; several walks may be under way at once."""
        for numbers, values, former in self._walk():
            if former:
                for number, value in zip(numbers, values, strict=True):
                    yield Located(value=value, row=number, former=former.get(number))
            else:
                for number, value in zip(numbers, values, strict=True):
                    yield Located(value=value, row=number)

    def __contains__(self, row: object) -> bool:
        """Say whether a row is among them; this walks through all of them."""
        return any(row == one for one in self)

    def batches(self) -> Iterator[tuple[list[int], list[T]]]:
        """Walk the rows batch by batch: their numbers and their values."""
        return ((numbers, values) for numbers, values, _former in self._walk())

    def _walk(self) -> Iterator[_Batch[T]]:
        if self._file is not None:
            for start in self._starts:
                self._file.seek(start)  # Another walk may have moved it.
                numbers, kind, data, former = pickle.load(self._file)  # noqa: S301 -- our own values, from our own unnamed file
                yield numbers, data if kind is None else _build(kind, data), former
        yield from self._kept

    def _write_out(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- it lives as long as this object
            weakref.finalize(self, self._file.close)
        self._file.seek(0, 2)
        for numbers, values, former in self._kept:
            self._starts.append(self._file.tell())
            pickle.dump((numbers, *_take_apart(values), former), self._file, protocol=5)
        self._file.flush()
        self._kept.clear()


def _take_apart(values: list[Any]) -> tuple[type | None, list[Any]]:
    """Turn values of one slotted dataclass into its columns, which are written far faster than its objects; others stay as they are."""
    kind = type(values[0])
    if not is_dataclass(kind) or not hasattr(kind, "__slots__") or any(type(value) is not kind for value in values):
        return None, values
    return kind, [list(map(attrgetter(field.name), values)) for field in fields(kind)]


def _build(kind: Any, columns: list[list[Any]]) -> list[Any]:
    """Put the values together again, field by field: they were checked when they were made."""
    values = [object.__new__(kind) for _ in columns[0]]
    for field, column in zip(fields(kind), columns, strict=True):
        deque(map(getattr(kind, field.name).__set__, values, column), maxlen=0)
    return values
