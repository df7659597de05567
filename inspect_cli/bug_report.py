"""What the repair of a bug needs, kept in a file: the traceback, the versions, the system.

What does not live here: telling the person about it (``cli.py``).
"""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def installed_version(program: str) -> str:
    """Name the version that is installed; a checkout that runs without an install has none."""
    try:
        return version(program)
    except PackageNotFoundError:
        return "(not installed)"


def render_report(program: str, error: Exception) -> str:
    """Render the traceback with the versions of the program, of Python and of the system; the call itself is not in it."""
    trace = "".join(traceback.format_exception(error))
    return f"{trace}\n{program} {installed_version(program)}\nPython {sys.version}\n{platform.platform()}\n"


def write_report(program: str, text: str) -> Path:
    """Write the report to a new file in the system's folder for temporary files."""
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"{program}-bug-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as file:
        file.write(text)
    return Path(file.name)
