"""The Merkle tree: RFC 6962's leaves and proofs, and a tree written straight from the definition."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.merkle import inclusion_path, inclusion_paths, leaf, root, root_from_path
from inspect_cli.errors import InputError

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "merkle-rfc6962"
KNOWN = json.loads((VECTORS / "roots.json").read_bytes())
LEAVES = [bytes.fromhex(text) for text in KNOWN["leaf_inputs_hex"]]
PROBES = sorted((VECTORS / "testdata" / "inclusion").rglob("*.json"))

lists = st.lists(st.binary(max_size=5), max_size=40)


def by_definition(rows: list[bytes]) -> bytes:
    """Reckon the tree hash as RFC 6962, 2.1 defines it: parted at the largest power of two below n."""
    if not rows:
        return sha256(b"").digest()
    if len(rows) == 1:
        return sha256(b"\x00" + rows[0]).digest()
    part = 1
    while part * 2 < len(rows):
        part *= 2
    return sha256(b"\x01" + by_definition(rows[:part]) + by_definition(rows[part:])).digest()


class TestRoot:
    """BYTES-5: leaves and nodes are hashed apart, and a tree parts at the largest power of two below its size."""

    @pytest.mark.parametrize("size", range(9))
    def test_reference_roots(self, size: int) -> None:
        """The roots of the first 0 to 8 reference leaves are those of the CT reference implementation."""
        assert root(LEAVES[:size]) == KNOWN["roots_by_size"][size]

    def test_reference_leaves(self) -> None:
        """The leaf hashes are those of the CT reference implementation."""
        assert [leaf(row) for row in LEAVES] == KNOWN["leaf_hashes"]

    @given(lists)
    def test_streaming_is_the_definition(self, rows: list[bytes]) -> None:
        """Reading rows once gives the root of the recursive definition."""
        assert root(iter(rows)) == by_definition(rows).hex()


def leads(row: bytes, index: int, count: int, path: tuple[str, ...]) -> str | None:
    """Give the root that a path claims, or None where it cannot be one."""
    try:
        return root_from_path(leaf(row), index, count, path)
    except InputError:
        return None


class TestInclusion:
    """BYTES-5: a row's path leads to the root, and nothing else does."""

    @given(st.lists(st.binary(max_size=5), min_size=1, max_size=40), st.data())
    def test_path_leads_to_the_root(self, rows: list[bytes], data: st.DataObject) -> None:
        """The path that is made for a row verifies for that row."""
        index = data.draw(st.integers(0, len(rows) - 1))
        assert root_from_path(leaf(rows[index]), index, len(rows), inclusion_path(rows, index)) == root(rows)

    def test_no_other_index(self) -> None:
        """In trees of up to twenty rows a row's path leads to the root from its own index alone, within the list or beyond it."""
        for count in range(1, 21):
            rows = [bytes([number]) for number in range(count)]
            expected, paths = root(rows), inclusion_paths(rows, range(count))
            for index, path in paths.items():
                assert [
                    other for other in range(2 * count + 2) if leads(rows[index], other, count, path) == expected
                ] == [index]

    @pytest.mark.parametrize("probe", PROBES, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_reference_probes(self, probe: Path) -> None:
        """Each published probe is accepted or not, as it says."""
        case = json.loads(probe.read_bytes())
        expected = base64.b64decode(case["root"] or "").hex()
        path = [base64.b64decode(step).hex() for step in case["proof"] or ()]
        hashed = base64.b64decode(case["leafHash"] or "").hex()
        try:
            is_good = root_from_path(hashed, case["leafIdx"], case["treeSize"], path) == expected
        except InputError:
            is_good = False
        assert is_good is not case["wantErr"]

    @pytest.mark.parametrize("index", [-1, 3])
    def test_no_such_row(self, index: int) -> None:
        """A row before the first or behind the last has no path, and no path proves one."""
        with pytest.raises(InputError, match="there is no row"):
            inclusion_path(LEAVES[:3], index)
        with pytest.raises(InputError, match="there is no row"):
            root_from_path(leaf(LEAVES[0]), index, 3, ())

    def test_lengths_and_steps(self) -> None:
        """A path that is too short, too long or holds no hashes is refused, each in words of its own."""
        path = inclusion_path(LEAVES, 5)
        with pytest.raises(InputError, match="shorter"):
            root_from_path(leaf(LEAVES[5]), 5, 8, path[:-1])
        with pytest.raises(InputError, match="longer"):
            root_from_path(leaf(LEAVES[5]), 5, 8, (*path, path[0]))
        with pytest.raises(InputError, match="not a SHA-256"):
            root_from_path(leaf(LEAVES[5]), 5, 8, (*path[:-1], path[0].upper()))
