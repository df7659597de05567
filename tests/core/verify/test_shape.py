"""The shape of a bundle: which members it may have, and that no bytes whatever get past it as another error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.shape import REQUIRED, Members, members_of, parse_draw
from inspect_cli.errors import InputError
from tests.core.draw.builders import VECTORS, read_members

TINY = dict(read_members(VECTORS / "draw" / "tiny").files)
SUPPLEMENT = read_members(VECTORS / "draw" / "supplement")


class TestNames:
    """SHAPE-1: five members are wanted, a few may be there, any other is refused."""

    @pytest.mark.parametrize("name", REQUIRED)
    def test_each_of_the_five_is_wanted(self, name: str) -> None:
        """Without one of them there is no bundle."""
        with pytest.raises(InputError, match="this member is missing"):
            verify(Members(files={other: data for other, data in TINY.items() if other != name}))

    @pytest.mark.parametrize("name", ["verify.py", "verify.html", "README.txt", "signatures/a.sig", "log/checkpoint"])
    def test_what_may_be_there(self, name: str) -> None:
        """Tools, signatures and a log change no verdict but their own sentence."""
        plain, more = verify(Members(files=TINY)), verify(Members(files=TINY | {name: b"anything"}))
        assert [(check.id, check.verdict) for check in plain.checks] == [
            (check.id, check.verdict) for check in more.checks
        ]
        is_evidence = name.startswith(("signatures/", "log/"))
        assert (plain == more) is not is_evidence

    @pytest.mark.parametrize(
        "name", ["notes.txt", "Commitment.json", "signatures", "x/commitment.json", "", "x" * 4000]
    )
    def test_any_other_is_refused(self, name: str) -> None:
        """A member that nobody knows refuses the bundle, in a message of bounded length."""
        with pytest.raises(InputError, match="a bundle has no such member") as caught:
            verify(Members(files=TINY | {name: b""}))
        assert caught.value.where is not None
        assert len(caught.value.where.file) <= 81

    def test_the_amended_draw_has_the_five_alone(self) -> None:
        """What may stand beside a bundle may not stand inside ``amends/``."""
        with pytest.raises(InputError, match="a bundle has no such member"):
            parse_draw(Members(files=TINY | {"README.txt": b""}), is_amended=True)

    def test_a_first_draw_has_nothing_to_amend(self) -> None:
        """A draw inside a first draw is no bundle."""
        with pytest.raises(InputError, match="this is a first draw"):
            verify(Members(files=TINY, amends=Members(files=TINY)))

    def test_paths_become_members(self) -> None:
        """``amends/`` in a path is one level down each time; a level that is not there is an empty one."""
        members = members_of({"a": b"1", "amends/b": b"2", "amends/amends/c": b"3", "signatures/amends/x": b"4"})
        assert members.files == {"a": b"1", "signatures/amends/x": b"4"}
        assert members.amends is not None
        assert members.amends.files == {"b": b"2"}
        assert members.amends.amends == Members(files={"c": b"3"})
        assert members_of({}) == Members(files={})
        assert members_of({"amends/amends/c": b""}).amends == Members(files={}, amends=Members(files={"c": b""}))

    @pytest.mark.untraced
    def test_a_chain_of_two_hundred_draws_is_no_crash(self) -> None:
        """However deep ``amends/`` goes, the outcome is a report or a refusal."""
        files = {f"{'amends/' * depth}{name}": data for depth in range(200) for name, data in SUPPLEMENT.files.items()}
        report = verify(members_of(files))
        assert report.level == -1


class TestAnyBytes:
    """SHAPE-2: whatever bytes a member has, the bundle is refused or judged; no other error, and no change goes unseen."""

    @pytest.mark.untraced
    @settings(max_examples=600)
    @given(st.sampled_from(REQUIRED), st.integers(0, 4000), st.binary(max_size=3), st.integers(0, 3))
    def test_a_changed_byte_is_seen(self, name: str, place: int, piece: bytes, cut: int) -> None:
        """Any few bytes replaced in any member refuse the bundle or make a MISMATCH."""
        data = TINY[name]
        place %= len(data)
        changed = data[:place] + piece + data[place + cut :]
        try:
            report = verify(Members(files=TINY | {name: changed}))
        except InputError:
            return
        assert (report.mismatches == ()) is (changed == data)

    @pytest.mark.parametrize("name", REQUIRED)
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\n",
            b"null",
            b"[]",
            b"{}",
            b"{}\n",
            b'"x"',
            b"[" * 100_000,
            b"{" * 9,
            b"\xff\xfe{",
            b"9" * 10_000,
            b"\xef\xbb\xbf{}",
        ],
        ids=lambda data: repr(data[:12]),
    )
    def test_no_member_can_be_anything(self, name: str, data: bytes) -> None:
        """Empty, deep, huge, encoded otherwise: refused (or, an empty list being a list, judged)."""
        try:
            report = verify(Members(files=TINY | {name: data}))
        except InputError:
            return
        assert data == b""
        assert report.mismatches
