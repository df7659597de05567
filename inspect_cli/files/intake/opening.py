"""Opening an outside file: what it is by its bytes, whatever its name says, and its grids by the reader of that form."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from inspect_cli.files.intake.book import Book, Form, Grid
from inspect_cli.files.intake.encoding import decode, read_outside
from inspect_cli.files.intake.forms.text import SEPARATORS, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def open_book(path: Path, encoding: str | None = None) -> Iterator[Book]:
    """Open a file for as long as its grids are read; ``InputError`` for what cannot be read, or not within bounds."""
    data = read_outside(path)
    text = decode(data, encoding=encoding, file=path.name)
    grids = tuple(Grid(name=None, rows=partial(read_records, text, separator, path.name)) for separator in SEPARATORS)
    yield Book(file=path.name, digest=hashlib.sha256(data).hexdigest(), form=Form.TEXT, grids=grids, are_readings=True)
