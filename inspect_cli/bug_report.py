"""What the repair of a bug needs, kept in a file: the traceback, the versions, the system.

What does not live here: telling the person about it (``cli.py``).
"""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

from inspect_cli.release import PROGRAM, installed_version


def render_report(error: Exception) -> str:
    """Render the traceback with the versions of the program, of Python and of the system; the call itself is not in it."""
    trace = "".join(traceback.format_exception(error))
    return f"{trace}\n{PROGRAM} {installed_version()}\nPython {sys.version}\n{platform.platform()}\n"


def write_report(text: str) -> Path:
    """Write the report to a new file in the system's folder for temporary files."""
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"{PROGRAM}-bug-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as file:
        file.write(text)
    return Path(file.name)
