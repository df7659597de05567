"""Care of a store: is it whole, and a copy of it. Nothing here changes what the store holds.

CHECK-1  SQLite finds its own pages, indices, constraints and foreign keys in order.
CHECK-2  The tables are those of the store's version.
CHECK-3  Each draw's frozen rows give the counts and roots that its commitment states.
CHECK-4  Each draw's result names its commitment and the seed that was kept.
CHECK-5  Every version of a visit's result can be read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from inspect_cli.core import canonical, merkle
from inspect_cli.errors import InputError, Message, RefusedError, StoreError, say
from inspect_cli.storage.draws import DrawRecord, find_draw, find_heads
from inspect_cli.storage.faults import told
from inspect_cli.storage.results import find_damaged_versions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlmodel import Session

    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one look at the store found: ``rule`` is the rule's id, ``subject`` a slot or the store; no faults means it is in order."""

    rule: str
    subject: str
    faults: tuple[Message, ...]


def check_store(store: Store) -> tuple[Finding, ...]:
    """Look at the whole store, in the order of the rules; ``StoreError`` when it is too damaged to be read."""
    shown = store.address.shown
    with store.reading() as session:
        findings = [
            Finding(rule="CHECK-1", subject=shown, faults=tuple(_faults_of_file(session))),
            Finding(rule="CHECK-2", subject=shown, faults=tuple(_faults_of_tables(session))),
        ]
        for draw in _walk_draws(session):
            findings.append(Finding(rule="CHECK-3", subject=draw.slot, faults=tuple(_faults_of_frame(draw))))
            findings.append(Finding(rule="CHECK-4", subject=draw.slot, faults=tuple(_faults_of_result(draw))))
        damaged = tuple(error.what for error in find_damaged_versions(session))
        findings.append(Finding(rule="CHECK-5", subject=shown, faults=damaged))
    return tuple(findings)


def _walk_draws(session: Session) -> Iterator[DrawRecord]:
    """Give the draws one by one: the frozen bytes of all of them would not fit the memory."""
    for head in find_heads(session):
        draw = find_draw(session, head.slot)
        if draw is not None:
            yield draw


def _faults_of_file(session: Session) -> Iterator[Message]:
    """CHECK-1; PostgreSQL keeps constraints by itself and its files are its keeper's matter."""
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield say("the database says: {detail}", detail=line)
    for table, row, parent, _number in connection.execute(text("PRAGMA foreign_key_check")):
        yield say(
            "row {row} of {table} refers to a row of {parent} that is not there", row=row, table=table, parent=parent
        )


def _faults_of_tables(session: Session) -> Iterator[Message]:
    """CHECK-2."""
    from inspect_cli.storage.migrations.run import find_differences  # noqa: PLC0415 - slow to load, and only this needs it

    for difference in find_differences(session.connection()):
        yield say("the tables are not those of this version: {detail}", detail=difference)


def _faults_of_frame(draw: DrawRecord) -> Iterator[Message]:
    """CHECK-3."""
    commitment = _parse(draw.commitment)
    frame = commitment.get("frame") if isinstance(commitment, dict) else None
    if not isinstance(frame, dict):
        yield say("the commitment cannot be read")
        return
    for name, rows in (("entities", draw.entities), ("excluded", draw.excluded), ("inspectors", draw.inspectors)):
        lines = rows.split(b"\n")[:-1]
        if rows and not rows.endswith(b"\n"):
            yield say("the rows of {name} do not end where a row ends", name=name)
        elif frame.get(name) != {"count": len(lines), "root": merkle.root(lines)}:
            yield say("the rows of {name} are not those that were committed", name=name)


def _faults_of_result(draw: DrawRecord) -> Iterator[Message]:
    """CHECK-4; a draw that was not run has nothing to be looked at."""
    if draw.result is None:
        return
    result = _parse(draw.result)
    if not isinstance(result, dict):
        yield say("the result cannot be read")
        return
    if result.get("commitment") != canonical.digest(draw.commitment):
        yield say("the result names another commitment")
    if result.get("seed") != draw.seed:
        yield say("the result names another seed")


def _parse(data: bytes) -> object:
    try:
        return canonical.parse_canonical(data)
    except InputError:
        return None


def copy_store(store: Store, target: Path, *, overwrite: bool = False) -> None:
    """Copy an SQLite store, as it is at one moment, into a new file: whole or not at all.

    Raises ``RefusedError`` for a PostgreSQL store, and for a file that is there already unless ``overwrite``.
    """
    source = store.address.path
    if source is None:
        raise RefusedError(
            say("a store on PostgreSQL is copied by its own tools"),
            hint=say("copy it with pg_dump --format=custom --file=FILE DATABASE"),
        )
    if target.exists() and (not overwrite or target.is_dir() or target.samefile(source)):
        raise RefusedError(
            say("{file} is there already", file=str(target)),
            hint=say("name another file, or say --force to replace it"),
        )
    unfinished = target.with_name(f"{target.name}.part")
    try:
        _copy_sqlite(store, unfinished)
        unfinished.replace(target)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def _copy_sqlite(store: Store, target: Path) -> None:
    """Let SQLite copy page by page in one step, with its own read lock held."""
    target.unlink(missing_ok=True)
    with store.reading(any_version=True) as session, told(store.address):
        source = session.connection().connection.driver_connection
        assert isinstance(source, sqlite3.Connection)  # noqa: S101 (the address has a path: this tells the type checker)
        try:
            # Without a journal: the unfinished copy is thrown away whole, and nothing may be left beside it.
            with closing(sqlite3.connect(target, isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode = OFF")
                source.backup(copy)
        except sqlite3.Error as error:
            raise StoreError(
                say("the copy {file} cannot be written: {detail}", file=str(target), detail=str(error)),
                hint=say("see whether the folder exists, may be written, and the disk has room"),
            ) from error
