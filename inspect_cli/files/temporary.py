"""The one refusal for temporary files that the system does not take: their disk is full, or their folder is not there."""

from __future__ import annotations

from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.system_words import say_reason


def refuse_temporary(error: OSError) -> UsageMistake:
    """Make the refusal: like any file that cannot be written it is a mistake in how the program was called."""
    return UsageMistake(
        say("no temporary file can be written: {reason}", reason=say_reason(error)),
        hint=say("make room on the disk that holds temporary files, or name another folder in TMPDIR"),
    )
