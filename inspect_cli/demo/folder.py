"""The folder that a demo fills. What it holds is the story's matter.

A demo takes away what an earlier one has left, and nothing else: its mark says that a demo was here, and the first row of the
store's log that the store is a demo's.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from inspect_cli.demo.sample import BEGINNING
from inspect_cli.errors import RefusedError, StoreError, say
from inspect_cli.files.atomic import write_text
from inspect_cli.files.documents.formats import DocumentFormat
from inspect_cli.language import LANGUAGES
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from pathlib import Path

STORE: Final = "inspect.db"
MARK: Final = "demo.txt"
MARK_TEXT: Final = "本文件夹中的一切均为虚构。\nEverything in this folder is invented.\n"
FILES: Final = ("inspect.toml", "plan.toml", "bundle.zip", STORE, f"{STORE}-journal")
FORMS: Final = (DocumentFormat.HTML, DocumentFormat.MARKDOWN)
PAPERS: Final = ("commitment", "draw", "result", "result-2")
"""The notices in the order in which the story publishes them: results twice, for no check waits longer than it may."""
NOTICES: Final = tuple(
    f"notices/{language}/{paper}{form.suffix}" for language in LANGUAGES for paper in PAPERS for form in FORMS
)
PLACES: Final = ("calendar", "notices", *(f"notices/{language}" for language in LANGUAGES))
CALENDARS: Final = "calendar/*.ics"


def prepare_folder(folder: Path, *, force: bool) -> None:
    """Make the folder ready; ``RefusedError`` where it is used, or holds what no demo has left there.

    With ``force`` what an earlier demo left is taken away; other files stay, and a bureau's own store is never touched.
    """
    if folder.exists() and not folder.is_dir():
        raise RefusedError(say("{folder} is no folder", folder=str(folder)), hint=say("name a folder with --into DIR"))
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise RefusedError(
            say("the folder {folder} is not empty", folder=str(folder)),
            hint=say("name an empty or a new folder with --into DIR; --force replaces what an earlier demo left"),
        )
    found, links = _find_ours(folder), [place for place in PLACES if (folder / place).is_symlink()]
    if links or ((found or os.path.lexists(folder / MARK)) and not _is_of_a_demo(folder)):
        names = links or [path.relative_to(folder).as_posix() for path in found] or [MARK]
        raise RefusedError(
            say("the folder {folder} holds {files}, which no demo has left there", folder=str(folder), files=names),
            hint=say("name another folder with --into DIR: even --force never replaces a bureau's own work"),
        )
    # The mark goes last: a demo that is stopped here can be repeated.
    for path in (*found, folder / MARK):
        path.unlink(missing_ok=True)
    for place in PLACES:
        (folder / place).mkdir(parents=True, exist_ok=True)
    write_text(folder / MARK, MARK_TEXT)


def _find_ours(folder: Path) -> list[Path]:
    """List the files in the places that a demo fills, the mark aside."""
    named = [folder / name for name in (*FILES, *NOTICES)]
    there = [path for path in named if path.is_symlink() or path.exists()]
    return there + sorted(folder.glob(CALENDARS))


def _is_of_a_demo(folder: Path) -> bool:
    """Say whether the folder has a demo's mark, and a demo's store or none."""
    mark, store = folder / MARK, folder / STORE
    with suppress(OSError):
        if mark.read_bytes() == MARK_TEXT.encode():
            return not store.exists() or store.stat().st_size == 0 or _is_begun_by_a_demo(store)
    return False


def _is_begun_by_a_demo(store: Path) -> bool:
    """Say whether the store was made at the story's hour, which no machine's clock has shown to the second."""
    try:
        with Store.open(f"sqlite:///{store.as_posix()}").reading() as session:
            acts = find_acts(session, act="init")
    except StoreError:
        return False
    return acts[0].clock == BEGINNING if acts else False
