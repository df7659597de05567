"""``bundle-v1`` and ``public-v1``: one draw, or what the public may see of it, as a zip file or a folder.

What lives here: which members a bundle has, in which order, and how they come from and to the disk. What does not: the zip
format (``archive``), which members a draw must have and what they say (``core.verify``). No store and no network.

A bundle holds ``commitment.json``, ``entities.jsonl``, ``inspectors.jsonl``, ``excluded.jsonl``, ``result.json``, and optionally
the same five of the draw that it amends in ``amends/`` (which has its own ``amends/`` when that is a supplement), plain files in
``signatures/`` and ``log/``, ``verify.py``, ``verify.html`` and ``README.txt``. A public bundle has ``disclosure.json`` beside
``commitment.json``, and at most those last three. Any other member is refused, and so are a link, a device, and two names that differ in
case alone. At most 10,000 members, 1,000,000,000 bytes in one and 2,000,000,000 in all,
64 amended draws; packed members at most at 100 : 1 (``archive.BOUNDS``).
"""

from __future__ import annotations

import io
import os
import re
import stat
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.archive import BOUNDS, ArchiveReader, write_archive
from inspect_cli.files.output import write_output
from inspect_cli.files.system_words import say_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from inspect_cli.errors import Message

DRAW_MEMBERS: Final = ("commitment.json", "entities.jsonl", "inspectors.jsonl", "excluded.jsonl", "result.json")
DISCLOSURE: Final = "disclosure.json"
PUBLIC_MEMBERS: Final = ("commitment.json", DISCLOSURE)
OTHER_MEMBERS: Final = ("verify.py", "verify.html", "README.txt")
FREE_FOLDERS: Final = ("signatures", "log")
AMENDS: Final = "amends"
AMENDS_LIMIT: Final = 64
DEPTH_LIMIT: Final = 8
"""How deep folders go in ``signatures/`` and ``log/``."""

_ORDER: Final = (*DRAW_MEMBERS, DISCLOSURE, AMENDS, *FREE_FOLDERS, *OTHER_MEMBERS)
_PART: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(?<!\.)")
# Windows takes these for devices, whatever follows a dot.
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def write_bundle(path: Path, members: Mapping[str, bytes], *, overwrite: bool = False) -> bool:
    """Write a bundle as a zip file, whole or not at all, and say whether it was new: the same members give the same bytes everywhere.

    Raises ``InputError`` for a member that a bundle does not have or beyond its bounds, and as ``output.write_output``.
    """
    sizes = {name: len(data) for name, data in members.items()}
    for name in sizes:
        if name.endswith("/"):
            raise _refusal(_title(path), say("{member} is a folder and has content", member=name))
    _require_names(list(sizes), _title(path))
    _require_sizes(sizes, _title(path))
    stream = io.BytesIO()
    write_archive(stream, ((name, members[name]) for name in sorted(members, key=_place)))
    return write_output(path, stream.getvalue(), overwrite=overwrite)


def read_bundle(path: Path) -> dict[str, bytes]:
    """Return a bundle's members by name, in their order, from a folder or a zip file.

    Raises ``InputError`` for whatever is not a bundle to the last byte; a missing member is not seen here.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a name that no file system takes.
        raise _unreadable(path, error) from error
    try:
        if stat.S_ISDIR(mode):
            members = _read_folder(path)
        elif stat.S_ISREG(mode):
            with path.open("rb") as stream:
                reader = ArchiveReader(path, stream, os.fstat(stream.fileno()).st_size)
                members = reader.read_members(lambda names: _require_names(names, _title(path)))
        else:
            raise _refusal(_title(path), say("it is neither a folder nor a plain file"))
    except OSError as error:
        raise _unreadable(path, error) from error
    return {name: members[name] for name in sorted(members, key=_place)}


def _read_folder(root: Path) -> dict[str, bytes]:
    sizes = dict(_walk(root, ""))
    _require_names(list(sizes), _title(root))
    _require_sizes(sizes, _title(root))
    return {name: _read_plain(root, name, size) for name, size in sizes.items()}


def _walk(root: Path, folder: str) -> Iterator[tuple[str, int]]:
    """Yield the files in a folder of a bundle by their names from the root, with their sizes; never through a link."""
    with os.scandir(root / folder) as found:
        for entry in found:
            name = folder + entry.name
            state = entry.stat(follow_symlinks=False)
            is_link = getattr(state, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT
            if is_link or not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
                raise _refusal(
                    _title(root), say("{member} is a link or a device, not a plain file", member=_shown(name))
                )
            if stat.S_ISDIR(state.st_mode):
                _require_member(name + "/", _title(root), is_public=False)
                yield from _walk(root, name + "/")
            else:
                yield name, state.st_size


def _read_plain(root: Path, name: str, size: int) -> bytes:
    """Read a file that was plain and of this size a moment ago, and refuse it when it is not so any more."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(root / name, flags), "rb") as stream:
        data = stream.read(size + 1)
    if len(data) != size:
        raise _refusal(_title(root), say("{member} changed while it was read", member=name))
    return data


def _require_names(names: list[str], file: str) -> None:
    """Refuse a name that no member has, and two names for which one place in a folder would have to do."""
    if len(names) > BOUNDS.members:
        raise _refusal(file, say("it has more than {count} members", count=BOUNDS.members))
    seen: dict[str, bool] = {}
    is_public = DISCLOSURE in names
    for name in names:
        _require_member(name, file, is_public=is_public)
        place = name.casefold().removesuffix("/")
        if place in seen:
            raise _refusal(file, say("{member} is there twice, or in letters of another size", member=name))
        seen[place] = name.endswith("/")
    for place in seen:
        folder = place.rpartition("/")[0]
        if folder and seen.get(folder) is False:
            raise _refusal(file, say("{member} is a file and a folder", member=folder))


def _require_member(name: str, file: str, *, is_public: bool) -> None:
    is_member = name in PUBLIC_MEMBERS or name in OTHER_MEMBERS if is_public else _is_member(name)
    if not is_member:
        raise InputError(
            say("{member} is no member of a bundle", member=_shown(name)),
            where=Position(file=file),
            hint=say("take it out; a zip file holds the members themselves, without a folder around them"),
        )


def _is_member(name: str) -> bool:
    """Say whether a bundle may have the member; the name of a folder ends with a slash."""
    parts = name.split("/")
    amended = 0
    while len(parts) > 1 and parts[0] == AMENDS:
        parts.pop(0)
        amended += 1
    if amended:
        return amended <= AMENDS_LIMIT and (parts == [""] or (len(parts) == 1 and parts[0] in DRAW_MEMBERS))
    if len(parts) == 1:
        return name in DRAW_MEMBERS or name in OTHER_MEMBERS
    inner = parts[1:-1] if name.endswith("/") else parts[1:]
    return parts[0] in FREE_FOLDERS and len(inner) <= DEPTH_LIMIT and all(map(_is_plain, inner))


def _is_plain(part: str) -> bool:
    """Say whether part of a path is a plain name on every system."""
    return _PART.fullmatch(part) is not None and _RESERVED.fullmatch(part) is None


def _require_sizes(sizes: Mapping[str, int], file: str) -> None:
    for name, size in sizes.items():
        if size > BOUNDS.member_bytes:
            raise _refusal(file, say("{member} is larger than {count} bytes", member=name, count=BOUNDS.member_bytes))
    if sum(sizes.values()) > BOUNDS.total_bytes:
        raise _refusal(file, say("it is larger than {count} bytes", count=BOUNDS.total_bytes))


def _place(name: str) -> tuple[tuple[int, str], ...]:
    """Return the sort key that puts members in the order in which a person would read them."""
    return tuple((_ORDER.index(part) if part in _ORDER else len(_ORDER), part) for part in name.split("/"))


def _shown(name: str) -> str:
    """Render a name that may not even be text."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _title(path: Path) -> str:
    return path.name or str(path)


def _refusal(file: str, what: Message) -> InputError:
    return InputError(
        what,
        where=Position(file=_shown(file)),
        hint=say("ask whoever published it for the bundle again, and compare the digests"),
    )


def _unreadable(path: Path, error: OSError | ValueError) -> InputError:
    return InputError(
        say("{path} cannot be read: {reason}", path=_shown(str(path)), reason=say_reason(error)),
        hint=say("check the name, and that you may read the file"),
    )
