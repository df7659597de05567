"""Promises: each kind's keys, and the rules on all sources together."""

from __future__ import annotations

import pytest

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.fields import parse_object
from inspect_cli.core.draw.promise import Promise, SourceKind, kind_of, parse_promise, promise_values, source_fault
from inspect_cli.errors import InputError
from tests.core.draw.builders import dice, drand, lottery, nist, text

ALL: list[Promise] = [text(), dice(), lottery(), drand(), nist()]


def read(values: dict[str, object]) -> Promise:
    """Read a promise from its keys."""
    return parse_promise(parse_object(render_canonical(values), "commitment.json"))


class TestKinds:
    """SOURCE-1, SOURCE-2: a promise has its kind's keys, no others, each in its form."""

    @pytest.mark.parametrize("promise", ALL, ids=kind_of)
    def test_round_trip(self, promise: Promise) -> None:
        """What was read is what was written."""
        assert read(promise_values(promise)) == promise

    def test_all_kinds(self) -> None:
        """Each kind has a promise of its own."""
        assert tuple(map(kind_of, ALL)) == tuple(SourceKind)

    @pytest.mark.parametrize("promise", ALL, ids=kind_of)
    def test_every_key_is_wanted_and_no_other(self, promise: Promise) -> None:
        """A promise without one of its keys, or with one more, is refused."""
        values = promise_values(promise)
        for key in values:
            with pytest.raises(InputError):
                read({other: value for other, value in values.items() if other != key})
        with pytest.raises(InputError, match="not known"):
            read(values | {"note": "x"})

    @pytest.mark.parametrize(
        ("promise", "changes"),
        [
            (text(), {"digest": "00"}),
            (dice(), {"count": 0}),
            (dice(), {"sides": 1}),
            (dice(), {"sides": 11}),
            (dice(), {"sides": True}),
            (lottery(), {"groups": []}),
            (lottery(), {"groups": "red"}),
            (drand(), {"chain": 1}),
            (drand(), {"round": 0}),
            (nist(), {"chain": "1"}),
            (nist(), {"pulse": -1}),
            (dice(), {"kind": "coin"}),
            (dice(), {"at": "2026-11-30T09:00:00"}),
            (dice(), {"name": 1}),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_wrong_values(self, promise: Promise, changes: dict[str, object]) -> None:
        """A key of another type, or out of its range, is refused."""
        with pytest.raises(InputError):
            read(promise_values(promise) | changes)


FIRST = "2026-12-01"


class TestTogether:
    """SOURCE-3, SOURCE-4: not all are texts, texts come first and are opened first, and all dates are before the first day."""

    @pytest.mark.parametrize(
        "sources",
        [
            [dice()],
            [text(), dice()],
            [text(at="2026-11-30T09:00:00+08:00"), dice()],
            [text(at="2026-11-30T01:00:00Z"), text(at="2026-11-29T00:00:00Z"), dice(), lottery()],
            [dice(at="2026-11-30T23:59:59-12:00")],
        ],
        ids=len,
    )
    def test_good(self, sources: list[Promise]) -> None:
        """One thing that nobody knows is enough; a text may be opened at the very instant of the next source."""
        assert source_fault(sources, FIRST) is None

    @pytest.mark.parametrize(
        ("sources", "what"),
        [
            ([], "not all can be texts"),
            ([text()], "not all can be texts"),
            ([dice(), text()], "stand before"),
            ([text(), dice(), text()], "stand before"),
            ([text(at="2026-11-30T09:00:01+08:00"), dice()], "opened after another source is known"),
            ([text(), lottery(at="2026-11-29T16:59:59+08:00"), dice()], "opened after another source is known"),
            ([dice(at="2026-12-01T00:00:00+08:00")], "is not known before the first day"),
            ([text(at="2026-11-30T16:00:00+00:00"), dice(at="2026-12-01T00:00:00+08:00")], "is not known before"),
        ],
        ids=str,
    )
    def test_bad(self, sources: list[Promise], what: str) -> None:
        """Each broken rule is told; a date counts as it is written, an order by the instant."""
        assert what in str(source_fault(sources, FIRST))
