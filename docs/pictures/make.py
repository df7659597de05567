"""Draw the pictures of docs/publicity.md from the sample month's own notices: ``python docs/pictures/make.py``, from the repository's root.

It plays ``inspect-cli demo`` in a temporary folder, corrects one result and repairs another, writes the notices as PDF and Word, and draws
one page of each. Wanted besides the program: ``pdftoppm`` (poppler) and, for the Word file, ``soffice`` (LibreOffice). The notices are the
same bytes every time; how a page is drawn hangs on the version of those two, so no test compares the pictures.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
SLOT = "2026-12/1"
CORRECTED = "92990100MAUFQQK13M"
REPAIRED = "91990100MAUL7KGPX4"
COMMITMENT, RESULT, CHANGE = "示综执抽查〔2026〕1号", "示综执抽查〔2026〕3号", "示综执抽查〔2027〕1号"

ACTS = (
    (
        "操作员甲",
        *("visit", "correct", SLOT, CORRECTED, "--result", "safety=5", "--follow-up", "safety=rectify:2027-01-31"),
        *("--reason", "re-examined", "--basis", "2027年1月5日复核意见", "--approver", "审批人乙", "--yes"),
    ),
    ("审批人乙", "visit", "approve", SLOT, CORRECTED, "--yes"),
    ("公示员丙", "notice", "correct", RESULT, "--yes"),
    (
        "公示员丙",
        *(
            "notice",
            "repair",
            RESULT,
            REPAIRED,
            "--reason",
            "已履行公示义务，准予信用修复",
            "--basis",
            "信用修复决定书",
        ),
        *("--approver", "审批人乙", "--yes"),
    ),
)
"""What is done to the sample month on 5 January 2027: by whom, and the command."""

PICTURES = (
    ("commitment.zh", COMMITMENT, "zh", "pdf", 1),
    ("result.zh", RESULT, "zh", "pdf", 2),
    ("change.zh", CHANGE, "zh", "pdf", 1),
    ("word.zh", RESULT, "zh", "docx", 1),
    ("commitment.en", COMMITMENT, "en", "pdf", 1),
    ("result.en", RESULT, "en", "pdf", 2),
    ("change.en", CHANGE, "en", "pdf", 1),
)
"""Each picture: its name, the notice, the language, the format, the page."""

DOTS_AN_INCH = "72"
GREYS = 15
"""The lightest grey, white, of a picture with four bits a dot."""


def run(folder: Path, *words: str) -> None:
    """Run a program in a folder; whatever it says on success is left out, and its failure ends the script."""
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Make all pictures anew, beside this script."""
    program = (sys.executable, "-m", "inspect_cli")
    with TemporaryDirectory() as place:
        month = Path(place) / "month"
        run(Path(place), *program, "demo", "--into", str(month))
        for who, *command in ACTS:
            run(month, *program, "--as", who, "--today", "2027-01-05", *command)
        for name, number, language, form, page in PICTURES:
            paper = month / f"{name}.{form}"
            run(month, *program, "notice", "write", number, "--format", form, "--lang", language, "-o", paper.name)
            if form == "docx":
                run(month, "soffice", "--headless", "--convert-to", "pdf", paper.name)
                paper = paper.with_suffix(".pdf")
            only = ("-f", str(page), "-l", str(page), "-singlefile")
            run(month, "pdftoppm", "-gray", "-r", DOTS_AN_INCH, *only, paper.name, name)
            (HERE / f"{name}.png").write_bytes(render_png((month / f"{name}.pgm").read_bytes()))


def render_png(page: bytes) -> bytes:
    """Pack a grey page (PGM, a byte a dot) as PNG with 16 greys; ``ValueError`` for another form."""
    form, size, deepest, dots = page.split(b"\n", 3)
    width, height = map(int, size.split())
    if (form, deepest, len(dots)) != (b"P5", b"255", width * height):
        raise ValueError(form)
    lines = b"".join(b"\0" + _pack(dots[start : start + width]) for start in range(0, len(dots), width))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _pack(line: bytes) -> bytes:
    """Give two dots a byte."""
    greys = [round(dot * GREYS / 255) for dot in line] + [GREYS] * (len(line) % 2)
    return bytes(left << 4 | right for left, right in zip(greys[::2], greys[1::2], strict=True))


if __name__ == "__main__":
    main()
