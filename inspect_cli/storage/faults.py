"""What a database driver complains of, said in words: every complaint becomes a ``StoreError`` that says what to do."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, OperationalError

from inspect_cli.errors import InputError, Message, StoreError, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.storage.address import Address

RESTORE: Final = say("look at the store with inspect-cli db check, and restore the last backup (db backup makes one)")
"""What to do about a row that cannot be read any more."""


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Turn whatever the driver raises inside into a ``StoreError`` about the store at ``address``."""
    try:
        yield
    except DBAPIError as error:
        raise _store_error(error, address) from error
    except UnicodeEncodeError as error:
        raise InputError(
            say("a text holds what is no character and cannot be stored: {text}", text=ascii(error.object)),
            hint=say("enter it again; nothing was changed"),
        ) from error


def _store_error(error: DBAPIError, address: Address) -> StoreError:
    what, hint = (_of_sqlite if isinstance(error.orig, sqlite3.Error) else _of_postgresql)(error)
    return StoreError(say("the store {store}: {what}", store=address.shown, what=what), hint=hint)


def _of_sqlite(error: DBAPIError) -> tuple[Message, Message]:
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _busy()
        case sqlite3.SQLITE_NOTADB:
            return say("this file is no database"), say(
                "name the right file with --store, or begin a new one with inspect-cli init"
            )
        case sqlite3.SQLITE_CORRUPT:
            return say("the file is damaged"), say("restore the last backup (inspect-cli db backup makes one)")
        case sqlite3.SQLITE_FULL:
            return _full()
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return say("it may not be written"), say("ask for the right to write the file and its folder, or copy it")
        case sqlite3.SQLITE_CANTOPEN:
            return say("it cannot be opened"), say("see whether the folder exists and may be read and written")
        case sqlite3.SQLITE_CONSTRAINT:
            return _against_rules(str(error.orig))
        case _:
            return say("the database says: {detail}", detail=str(error.orig)), say(
                "nothing was changed; see inspect-cli db check"
            )


def _of_postgresql(error: DBAPIError) -> tuple[Message, Message]:
    state = getattr(error.orig, "sqlstate", None) or ""
    detail = _first_line(error)
    if state in {"55P03", "40001", "40P01"}:
        return _busy()
    if state.startswith("23"):
        return _against_rules(detail)
    if state.startswith("53") and state != "53300":
        return _full()
    if state.startswith("28") or state == "42501":
        return say("access is denied: {detail}", detail=detail), say(
            "ask the database's keeper for the right, or correct --store"
        )
    if state == "25006":
        return say("it may not be written"), say("connect to the database's primary server, with a user that may write")
    is_unreachable = state == "" and isinstance(error, OperationalError)
    if is_unreachable or state in {"3D000", "53300"} or state.startswith(("08", "57P")):
        return say("the server does not serve it: {detail}", detail=detail), say(
            "see whether the server runs and the address is right"
        )
    return say("the database says: {detail}", detail=detail), say("nothing was changed; see inspect-cli db check")


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).strip().splitlines() or [type(error.orig).__name__])[0]


def _busy() -> tuple[Message, Message]:
    return say("somebody else is writing at this moment"), say(
        "wait until they are done, then repeat the command; nothing was changed"
    )


def _full() -> tuple[Message, Message]:
    return say("the disk is full"), say("make room, then repeat the command; nothing was changed")


def _against_rules(detail: str) -> tuple[Message, Message]:
    return say("its own rules refuse this: {detail}", detail=detail), say(
        "nothing was changed; see inspect-cli db check"
    )
