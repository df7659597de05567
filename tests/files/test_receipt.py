"""Receipts and public bundles on the disk: what is taken for one, and what is not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from inspect_cli.errors import InputError
from inspect_cli.files import receipt
from inspect_cli.files.bundle import read_bundle, write_bundle
from inspect_cli.files.receipt import find_receipt

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = {"commitment.json": b"{}", "disclosure.json": b"{}", "README.txt": b"x"}


def test_a_file_that_begins_with_a_brace(tmp_path: Path) -> None:
    """Its bytes are given whole; a zip, an empty file, a folder, a pipe and nothing at all are no receipts."""
    path = tmp_path / "r.json"
    path.write_bytes(b'{"a":1}')
    assert find_receipt(path) == b'{"a":1}'
    (tmp_path / "b.zip").write_bytes(b"PK")
    (tmp_path / "empty").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    for name in ("b.zip", "empty", "pipe", "nothing", "a\0b", ".", "x" * 300):
        assert find_receipt(tmp_path / name) is None


def test_a_receipt_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is larger than any receipt is refused before it is understood."""
    monkeypatch.setattr(receipt, "LARGEST", 10)
    path = tmp_path / "r.json"
    path.write_bytes(b"{" * 10)
    assert find_receipt(path) == b"{" * 10
    path.write_bytes(b"{" * 11)
    with pytest.raises(InputError, match="larger than 10 bytes"):
        find_receipt(path)


def test_members_of_a_public_bundle(tmp_path: Path) -> None:
    """It is read back from a zip and from a folder, in its order; members of a whole bundle have no place beside ``disclosure.json``."""
    write_bundle(tmp_path / "p.zip", PUBLIC)
    assert list(read_bundle(tmp_path / "p.zip")) == ["commitment.json", "disclosure.json", "README.txt"]
    folder = tmp_path / "p"
    folder.mkdir()
    for name, data in PUBLIC.items():
        (folder / name).write_bytes(data)
    assert read_bundle(folder) == PUBLIC
    for name in ("result.json", "entities.jsonl", "log/x", "amends/", "other"):
        with pytest.raises(InputError, match="is no member of a bundle"):
            write_bundle(
                tmp_path / "q.zip", PUBLIC | {name.rstrip("/") + ("/result.json" if name.endswith("/") else ""): b""}
            )
    (folder / "result.json").write_bytes(b"{}")
    with pytest.raises(InputError, match="is no member of a bundle"):
        read_bundle(folder)
