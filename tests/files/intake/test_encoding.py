"""The strict cascade from bytes to text, and the bounds within which an outside file is read."""

from __future__ import annotations

import codecs
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.errors import InputError, InspectError, UsageMistake
from inspect_cli.files.intake.encoding import ENCODINGS, decode, read_outside

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "企业名称,网格\r\n江阴市某某机械厂,第1网格\r\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le with mark", "utf-16-be with mark", "gb18030", "gbk"],
)
def test_cascade_reads_what_office_programs_write(data: bytes) -> None:
    """The same text comes out of each encoding that a spreadsheet or an editor leaves, without its mark."""
    assert decode(data, encoding=None, file="a.csv") == TEXT


@pytest.mark.parametrize("encoding", [*ENCODINGS, "UTF_8", "utf8", "utf-8-sig", " GBK "])
def test_named_encoding_is_obeyed(encoding: str) -> None:
    """Every encoding that may be named reads its own bytes, however its name is spelt."""
    text = "名稱,統一" if encoding == "big5" else TEXT
    codec = encoding.strip().removesuffix("-sig")
    assert decode(text.encode(codec), encoding=encoding, file="a.csv") == text


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=50))
def test_utf8_is_never_taken_for_another(text: str) -> None:
    """Whatever is UTF-8 is read as UTF-8, without exception but a byte order mark and a workbook's signature."""
    if not text.startswith(("\ufeff", "PK\x03\x04")):
        assert decode(text.encode(), encoding=None, file="a.csv") == text


@given(data=st.binary(max_size=200), encoding=st.sampled_from([None, *ENCODINGS]))
def test_arbitrary_bytes_are_text_or_refused(data: bytes, encoding: str | None) -> None:
    """No bytes raise anything but an error of ours, and no text holds NUL."""
    with suppress(InspectError):
        assert "\0" not in decode(data, encoding=encoding, file="a.csv")


def test_what_is_neither_is_refused_with_the_way_out() -> None:
    """Bytes that are neither UTF-8 nor GB18030 name the row where reading stopped, and --encoding as the way out."""
    with pytest.raises(InputError) as caught:
        decode(b"name\n\xff\xff\n", encoding=None, file="a.csv")
    assert caught.value.where is not None
    assert caught.value.where.row == 2
    assert "--encoding" in str(caught.value.hint)


def test_a_mark_is_a_promise() -> None:
    """A file with a UTF-8 mark that is not UTF-8 is refused, and not tried in another encoding."""
    with pytest.raises(InputError, match="byte 4 on are not utf-8"):
        decode(codecs.BOM_UTF8 + "名".encode("gbk"), encoding=None, file="a.csv")


def test_nul_is_refused_with_its_position() -> None:
    """NUL, as in UTF-16 without a mark, is refused with its row and its place."""
    with pytest.raises(InputError, match="character 5 is NUL") as caught:
        decode(b"a\nbc\0", encoding=None, file="a.csv")
    assert caught.value.where is not None
    assert caught.value.where.row == 2


@pytest.mark.parametrize("start", [b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")], ids=["xlsx", "xls"])
def test_workbook_is_told_apart_from_text(start: bytes) -> None:
    """A workbook named .csv is called a workbook, whatever its bytes would decode to."""
    with pytest.raises(InputError, match="workbook"):
        decode(start + b"rest", encoding=None, file="a.csv")


def test_unknown_encoding_is_a_usage_mistake() -> None:
    """An encoding that is not on the list is a mistake of the command line, codecs of Python's own included."""
    for encoding in ("rot13", "klingon", "unicode_escape", "a\0b"):
        with pytest.raises(UsageMistake):
            decode(b"a", encoding=encoding, file="a.csv")


def test_read_outside_returns_bytes_up_to_the_limit(tmp_path: Path) -> None:
    """A file of exactly the limit is read, one byte more is refused."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"12345")
    assert read_outside(path, 5) == b"12345"
    with pytest.raises(InputError, match="larger than 4 bytes"):
        read_outside(path, 4)


def test_read_outside_refuses_what_is_no_file(tmp_path: Path) -> None:
    """A folder, a missing file, and a name that no file system takes are refused as input, with a way out."""
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / "a\0b", tmp_path / ("x" * 5000)):
        with pytest.raises(InputError) as caught:
            read_outside(path)
        assert caught.value.hint is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_read_outside_does_not_wait_for_a_pipe(tmp_path: Path) -> None:
    """A named pipe is refused at once, for reading it might never end."""
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    with pytest.raises(InputError, match="not a plain file"):
        read_outside(path)
