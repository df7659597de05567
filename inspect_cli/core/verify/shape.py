"""The shape of bundle-v1: which members a bundle has, and the draw that they say.

What lives here: names of members, their parse, and refusal. What does not: folders and zip files (``files``), and
verdicts (``checks``). A bundle that is refused has no verdicts at all.

SHAPE-1  A bundle has ``commitment.json``, ``entities.jsonl``, ``inspectors.jsonl``, ``excluded.jsonl`` and
         ``result.json``; it may have ``amends/`` (when it is a supplement: the same five of the draw that it amends,
         and that one's ``amends/``), ``signatures/``, ``log/``, ``verify.py``, ``verify.html`` and ``README.txt``. Any
         other member is refused.
SHAPE-2  A member that breaks a rule of BYTES, ROWS, SEAL, SOURCE-1 to SOURCE-5, SUPP-1 or RESULT is refused, and the
         bundle with it.
SHAPE-3  A public bundle has ``commitment.json`` and ``disclosure.json``; it may have ``verify.py``, ``verify.html`` and
         ``README.txt``. Any other member is refused. A receipt is one file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import COMMITMENT, Listing, SealedFrame, parse_commitment
from inspect_cli.core.draw.fields import refusal, shorten
from inspect_cli.core.draw.frame import FrozenFrame, require_frame
from inspect_cli.core.draw.result import RESULT, parse_result
from inspect_cli.core.draw.rows import (
    ENTITIES,
    EXCLUDED,
    INSPECTORS,
    parse_entity_rows,
    parse_excluded_rows,
    parse_inspector_rows,
    parse_lines,
)
from inspect_cli.core.draw.supplement.standing import FinishedDraw
from inspect_cli.core.merkle import root
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Mapping

REQUIRED = (COMMITMENT, ENTITIES, INSPECTORS, EXCLUDED, RESULT)
OPTIONAL = ("verify.py", "verify.html", "README.txt")
FOLDERS = ("signatures/", "log/")
AMENDS = "amends/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """The members of one draw by name, and those of the draw that it amends."""

    files: Mapping[str, bytes]
    amends: Members | None = None


def members_of(files: Mapping[str, bytes]) -> Members:
    """Give the members of a bundle from its files by path, ``amends/`` one inside the other."""
    levels: list[dict[str, bytes]] = [{}]
    for path, data in files.items():
        depth, name = 0, path
        while name.startswith(AMENDS):
            depth, name = depth + 1, name.removeprefix(AMENDS)
        levels.extend({} for _ in range(depth + 1 - len(levels)))
        levels[depth][name] = data
    members = None
    for level in reversed(levels):
        members = Members(files=level, amends=members)
    return members or Members(files={})


def parse_draw(members: Members, *, is_amended: bool = False) -> FinishedDraw:
    """Read the draw that a bundle, or its ``amends/``, says; raises ``InputError`` where the shape is not right."""
    _require_names(members, is_amended=is_amended)
    files = members.files
    commitment = parse_commitment(files[COMMITMENT])
    if members.amends is not None and commitment.amends is None:
        raise refusal(say("there is a draw to amend, but this is a first draw"), AMENDS)
    result = parse_result(files[RESULT])
    frame = FrozenFrame(
        entities=parse_entity_rows(files[ENTITIES]),
        inspectors=parse_inspector_rows(files[INSPECTORS]),
        excluded=parse_excluded_rows(files[EXCLUDED]),
    )
    require_frame(commitment, frame)
    return FinishedDraw(commitment=commitment, frame=frame, result=result)


def found_frame(members: Members) -> SealedFrame:
    """Give the counts and roots of the three lists as they are, from their bytes."""
    return SealedFrame(
        entities=_listing(members, ENTITIES),
        excluded=_listing(members, EXCLUDED),
        inspectors=_listing(members, INSPECTORS),
    )


def _listing(members: Members, name: str) -> Listing:
    data = members.files[name]
    return Listing(count=data.count(b"\n"), root=root(parse_lines(data, name)))


def _require_names(members: Members, *, is_amended: bool) -> None:
    for name in REQUIRED:
        if name not in members.files:
            raise refusal(say("this member is missing"), name)
    for name in members.files:
        is_known = name in REQUIRED or (not is_amended and (name in OPTIONAL or name.startswith(FOLDERS)))
        if not is_known:
            raise refusal(say("a bundle has no such member"), shorten(name))
