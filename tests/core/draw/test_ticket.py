"""Tickets: what the page says by hand, and the shell line that makes the same number."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_cli.core.draw.ticket import Purpose, shell_line, ticket, tickets, working
from tests.core.draw.builders import SEED

ID, SALT = "91350100M000100Y43", "0f" * 16
NEEDED = pytest.mark.skipif(not (shutil.which("sh") and shutil.which("sha256sum")), reason="needs sh and sha256sum")


class TestTickets:
    """DRAW-1, DRAW-2: a ticket is the SHA-256 of lines."""

    def test_by_hand(self) -> None:
        """The lines of the specification's example, hashed by sha256sum itself."""
        # printf '%s\n%s\n%s\n%s' 0123456789abcdef…(4 times) entity 91350100M000100Y43 0f0f…(16 times) | sha256sum
        expected = "eb93c8ce5bbabb062411a1fe65452f795787e94fc065243986060f75624f508b"
        assert ticket(SEED, Purpose.ENTITY, ID, SALT) == expected

    def test_a_part_more_is_a_line_more(self) -> None:
        """All ways to ask for a ticket give the same."""
        one = ticket(SEED, Purpose.DAY, ID, SALT, "2026-12-01")
        assert tickets((SEED, Purpose.DAY, ID, SALT), ["2026-12-02", "2026-12-01"])[1] == one
        shown = working(SEED, Purpose.DAY, ID, SALT, "2026-12-01")
        assert shown.ticket == one
        assert shown.lines == (SEED, "day", ID, SALT, "2026-12-01")

    @NEEDED
    @pytest.mark.parametrize("purpose", Purpose)
    def test_sha256sum_agrees(self, purpose: Purpose) -> None:
        """The shell line of a ticket prints the ticket."""
        shown = working(SEED, purpose, "企独苏总字第00151号", SALT, "2026-12-01")
        done = subprocess.run(["sh", "-c", shell_line(shown.lines)], capture_output=True, check=True, text=True)
        assert done.stdout.split()[0] == shown.ticket

    @NEEDED
    @settings(max_examples=30)
    @given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), min_size=1, max_size=5))
    def test_whatever_the_lines_hold(self, lines: list[str]) -> None:
        """Quotes, percent signs, backslashes, dollars and options are text to the shell, and nothing is run."""
        form = shell_line(tuple(lines)).replace("| sha256sum", "")
        done = subprocess.run(["sh", "-c", form], capture_output=True, check=True)
        assert done.stdout == "\n".join(lines).encode()

    def test_the_line_of_the_specification(self) -> None:
        """The line looks as the specification writes it."""
        assert shell_line(("SEED", "entity", ID, "SALT")) == (
            "printf '%s\\n%s\\n%s\\n%s' SEED entity 91350100M000100Y43 SALT | sha256sum"
        )
        assert shell_line(("$(rm -rf /)", "it's")) == """printf '%s\\n%s' '$(rm -rf /)' 'it'"'"'s' | sha256sum"""
