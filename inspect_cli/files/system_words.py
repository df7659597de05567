"""Why the operating system refuses a file, in words of ours: its own are in the language of the machine, not of the screen."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import say

if TYPE_CHECKING:
    from inspect_cli.errors import Message

_WORDS: Final = {
    errno.ENOENT: say("there is no such file or folder"),
    errno.ENOTDIR: say("a part of the path is a file, not a folder"),
    errno.EISDIR: say("it is a folder, not a file"),
    errno.EEXIST: say("there is a file of that name already"),
    errno.EACCES: say("no permission"),
    errno.EPERM: say("no permission"),
    errno.EROFS: say("the disk can only be read"),
    errno.ENOSPC: say("the disk is full"),
    errno.EBUSY: say("another program uses it"),
    errno.ENAMETOOLONG: say("the name is too long"),
}


def say_reason(error: Exception) -> Message | str:
    """Say why the system refused, for the common reasons; else as the system says it itself."""
    known = _WORDS.get(error.errno or 0) if isinstance(error, OSError) else None
    return known or getattr(error, "strerror", None) or str(error) or type(error).__name__
