"""The Merkle tree of RFC 6962 over rows of bytes: one root for a whole list, and proofs that a row stands in it.

What lives here: root, inclusion path, and the root that a path leads to. What does not: what the rows say.

BYTES-5  A leaf is ``SHA-256(0x00 || row)``, a node ``SHA-256(0x01 || left || right)``, the tree of no rows
         ``SHA-256("")``. A tree of n rows parts at the largest power of two below n.

Hashes are written as 64 lower-case hex digits.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HASH = re.compile(r"[0-9a-f]{64}")


def root(rows: Iterable[bytes]) -> str:
    """Give the root of a list of rows, read once from the front, in memory that grows with log n (RFC 6962, 2.1)."""
    stack: list[bytes] = []
    for count, row in enumerate(rows, start=1):
        node = sha256(b"\x00" + row).digest()
        while not count & 1:
            node = sha256(b"\x01" + stack.pop() + node).digest()
            count >>= 1  # noqa: PLW2901 - one bit for each finished subtree that joins this one
        stack.append(node)
    if not stack:
        return sha256(b"").hexdigest()
    node = stack.pop()
    while stack:
        node = _parent(stack.pop(), node)
    return node.hex()


def leaf(row: bytes) -> str:
    """Give the hash of one row as a leaf."""
    return sha256(b"\x00" + row).hexdigest()


def inclusion_path(rows: Iterable[bytes], index: int) -> tuple[str, ...]:
    """Give the hashes that lead from row ``index`` (from 0) to the root, nearest first (RFC 6962, 2.1.1).

    Raises ``InputError`` where there is no such row.
    """
    return inclusion_paths(rows, (index,))[index]


def inclusion_paths(rows: Iterable[bytes], indexes: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Give the paths of several rows by their indexes, in one pass over the tree and with one level of it in memory.

    Raises ``InputError`` where there is no such row.
    """
    level = [sha256(b"\x00" + row).digest() for row in rows]
    paths: dict[int, list[str]] = {index: [] for index in indexes}
    for index in paths:
        if not 0 <= index < len(level):
            raise InputError(say("there is no row {index} in a list of {count}", index=index, count=len(level)))
    height = 0
    while len(level) > 1:
        for index, path in paths.items():
            beside = index >> height ^ 1
            if beside < len(level):
                path.append(level[beside].hex())
        pairs = [_parent(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
        height += 1
    return {index: tuple(path) for index, path in paths.items()}


def root_from_path(leaf_hash: str, index: int, count: int, path: Sequence[str]) -> str:
    """Give the root that ``path`` claims for the leaf at ``index`` of ``count`` rows (RFC 9162, 2.1.3.2).

    Raises ``InputError`` where the path has another length than such a tree needs, or holds no hashes.
    """
    if not 0 <= index < count:
        raise InputError(say("there is no row {index} in a list of {count}", index=index, count=count))
    if not all(_HASH.fullmatch(step) for step in (leaf_hash, *path)):
        raise InputError(say("a step of an inclusion proof is not a SHA-256 digest"))
    node, last = bytes.fromhex(leaf_hash), count - 1
    for step in map(bytes.fromhex, path):
        if last == 0:
            raise InputError(say("an inclusion proof is longer than its tree is high"))
        if index & 1 or index == last:
            node = _parent(step, node)
            while not index & 1:
                index >>= 1
                last >>= 1
        else:
            node = _parent(node, step)
        index >>= 1
        last >>= 1
    if last:
        raise InputError(say("an inclusion proof is shorter than its tree is high"))
    return node.hex()


def _parent(left: bytes, right: bytes) -> bytes:
    """Give the hash of the node over two others."""
    return sha256(b"\x01" + left + right).digest()
