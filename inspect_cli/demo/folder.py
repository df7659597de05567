"""The folder that a demo fills. What it holds is the story's matter."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import RefusedError, say
from inspect_cli.files.atomic import write_text

if TYPE_CHECKING:
    from pathlib import Path

MARK: Final = "demo.txt"
LEFT_BEHIND: Final = ("inspect.toml", "inspect.db", "plan.toml", "bundle.zip", "notices", "calendar", MARK)
"""Everything that a demo writes: files, and folders that it fills alone."""


def prepare_folder(folder: Path, *, force: bool) -> None:
    """Make the folder ready; ``RefusedError`` where it is used, or holds what no demo has left there.

    With ``force`` what an earlier demo left is taken away; a bureau's own store is never touched.
    """
    if folder.exists() and not folder.is_dir():
        raise RefusedError(say("{folder} is no folder", folder=str(folder)), hint=say("name a folder with --into DIR"))
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if there and not force:
        raise RefusedError(
            say("the folder {folder} is not empty", folder=str(folder)),
            hint=say("name an empty or a new folder with --into DIR; --force replaces what an earlier demo left"),
        )
    ours = [name for name in LEFT_BEHIND if name in there]
    if ours and MARK not in there:
        raise RefusedError(
            say("the folder {folder} holds {files}, which no demo has left there", folder=str(folder), files=ours),
            hint=say("name another folder with --into DIR: even --force never replaces a bureau's own work"),
        )
    for name in ours:
        _take_away(folder / name)
    (folder / "calendar").mkdir(parents=True)
    for language in ("zh", "en"):
        (folder / "notices" / language).mkdir(parents=True)
    write_text(folder / MARK, "本文件夹中的一切均为虚构。\nEverything in this folder is invented.\n")


def _take_away(path: Path) -> None:
    """Remove a file, a link, or a whole folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
