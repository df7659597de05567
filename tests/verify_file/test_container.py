"""Tricks with zip files and folders against the one-file verifier: the package's own collection, and links."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.attacks.test_bundle_attacks import FOLDERS, ZIPS
from tests.attacks.zips import DEFLATED, MEMBERS, Header, Part, build_zip, deflate, honest_parts, with_part
from tests.verify_file.program import VECTORS, program, read_folder, verdicts, write_folder

ATTACKS = Path(__file__).parents[1] / "attacks"


def require_refused(path: Path) -> str:
    """Check that the container is refused before any member is read."""
    with pytest.raises(program.Refused) as caught:
        program.gather(program.walk(path) if path.is_dir() else program.unzip(path.read_bytes()))
    return str(caught.value)


@pytest.mark.parametrize("name", ZIPS)
def test_zip_with_an_attack_is_refused(name: str, tmp_path: Path) -> None:
    """A zip file with the attack that it is named for is refused."""
    path = tmp_path / "attack.zip"
    path.write_bytes(ZIPS[name][0])
    assert require_refused(path)


@pytest.mark.parametrize("name", FOLDERS)
def test_folder_with_an_attack_is_refused(name: str) -> None:
    """A folder with the attack that it is named for is refused."""
    assert "no member" in require_refused(ATTACKS / name)


def test_honest_zip_of_the_same_make_is_read() -> None:
    """The parts of which the attacks are built make a bundle that is read, with its sums behind a member as well."""
    packed, note = deflate(b"hello"), b"hello"
    sums = (0x3610A686).to_bytes(4, "little") + len(packed).to_bytes(4, "little") + len(note).to_bytes(4, "little")
    for behind in (sums, b"PK\x07\x08" + sums):
        silent = Header(crc=0, packed=0, size=0)
        part = Part(name=b"log/a", data=note, method=DEFLATED, flags=8, behind=behind, local=silent)
        assert program.gather(program.unzip(with_part(part))) == {**MEMBERS, "log/a": note}


def test_every_cut_and_flip_is_refused_or_harmless() -> None:
    """No cut and no flipped bit of a zip file changes what is read."""
    whole = build_zip([*honest_parts(), Part(name=b"log/a", data=b"hello" * 9, method=DEFLATED)])
    for length in range(len(whole)):
        with pytest.raises(program.Refused):
            program.gather(program.unzip(whole[:length]))
    for place in range(len(whole)):
        data = bytearray(whole)
        data[place] ^= 1 << place % 8
        try:
            members = program.gather(program.unzip(bytes(data)))
        except program.Refused:
            continue
        assert members == {**MEMBERS, "log/a": b"hello" * 9}


@pytest.mark.parametrize("target", ["commitment.json", "missing", "/etc/passwd", "."])
def test_link_is_refused(target: str, tmp_path: Path) -> None:
    """A link among the members is refused, wherever it leads."""
    folder = write_folder(tmp_path, read_folder(VECTORS / "draw" / "tiny"))
    (folder / "amends").symlink_to(target)
    assert "amends: it is a link" in verdicts(folder)["refused"]


def test_pipe_is_refused(tmp_path: Path) -> None:
    """A named pipe is refused, as a bundle and as a member, without waiting for its other end."""
    folder = write_folder(tmp_path / "bundle", read_folder(VECTORS / "draw" / "tiny"))
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(folder / "README.txt")
    assert "refused" in verdicts(tmp_path / "pipe")
    assert "README.txt" in verdicts(folder)["refused"]
