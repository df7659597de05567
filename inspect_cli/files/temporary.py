"""The one refusal for temporary files that the system does not take: their disk is full, or their folder is not there."""

from __future__ import annotations

from inspect_cli.errors import UsageMistake, say


def refuse_temporary(error: OSError) -> UsageMistake:
    """Make the refusal: like any file that cannot be written it is a mistake in how the program was called."""
    return UsageMistake(
        say("no temporary file can be written: {reason}", reason=error.strerror or str(error)),
        hint=say("make room on the disk that holds temporary files, or name another folder in TMPDIR"),
    )
