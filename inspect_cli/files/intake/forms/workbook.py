"""The parent's side of a workbook that a child process reads: it starts the process, waits within bounds, and reads its spool.

What does not live here: what the child does (``child``). Nothing is left behind: the files have no name, and the child is ended with the
parent's interest in it, whether that ends well, by a refusal or by an interruption.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from inspect_cli.files.intake.forms.refusals import Reason, Unreadable
from inspect_cli.files.intake.forms.spool import NO_ROOM, SpoolReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

DEADLINE: Final = 300
"""Seconds that a workbook may take."""
PATIENCE: Final = 64 * 1024 * 1024
"""Bytes that are still scanned once the child has died, for a better reason than its death."""
CAN_BOUND: Final = sys.platform != "win32"
"""The system can hold the child to an amount of memory; where not, a workbook is scanned before the child sees it."""

# -P: a file in the working folder that is named like a module is not run.
_COMMAND: Final = ("-P", "-m", "inspect_cli.files.intake.forms.child")


class Child:
    """A running child."""

    def __init__(self, process: subprocess.Popen[bytes], spool: IO[bytes]) -> None:
        """Hold the process and the file that it writes."""
        self._process = process
        self._spool = spool
        self._patience = PATIENCE

    def watch(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Give on what is scanned while the child reads; ``Unreadable`` where it is dead and nothing can come of so much more."""
        for piece in pieces:
            if self._process.poll():
                self._require_room()
                self._patience -= len(piece)
                if self._patience < 0:
                    raise Unreadable(Reason.DIED)
            yield piece

    def wait(self) -> SpoolReader:
        """Wait for the end and return what was read; ``Unreadable`` when the deadline passes, ``OSError`` when the disk was full."""
        try:
            self._process.wait(DEADLINE)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(Reason.SLOW) from error
        self._require_room()
        return SpoolReader(self._spool)  # type: ignore[arg-type]

    def _require_room(self) -> None:
        if self._process.poll() == NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def start_child(data: bytes) -> Iterator[Child]:
    """Start a child on a workbook's bytes; its spool is there for as long as the context."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as spool:
        source.write(data)
        source.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            (sys.executable, *_COMMAND),
            stdin=source,
            stdout=spool,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
            env={**os.environ, "RUST_BACKTRACE": "0"},  # A trace of a failed reader takes longer than the reading.
        )
        try:
            yield Child(process, spool)
        finally:
            process.kill()
            process.wait()
