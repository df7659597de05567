"""The rows of a frame: read back as written, refused where a rule is broken, and the quick way equal to the thorough one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.rows import (
    EntityRow,
    Reason,
    RowRole,
    excluded_order,
    parse_entity_rows,
    parse_excluded_rows,
    parse_inspector_rows,
    parse_others,
    render_entity,
    render_entity_rows,
    render_excluded,
    render_excluded_rows,
    render_inspector,
    render_inspector_rows,
    render_others,
)
from inspect_cli.errors import InputError
from tests.core.draw.builders import entity, excluded, folders, inspector

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def values_of(line: bytes) -> dict[str, object]:
    """Read a line as plain JSON."""
    return cast("dict[str, object]", json.loads(line))


def changed(line: bytes, **changes: object) -> bytes:
    """Give a line with some keys changed, or left out where the change is None, still canonical."""
    values = values_of(line) | changes
    return render_canonical({key: value for key, value in values.items() if value is not None}) + b"\n"


class TestVectors:
    """ROWS-1, ROWS-2, ROWS-3, ROWS-4: the rows of every vector are read and written back to the byte."""

    @pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
    def test_round_trip(self, folder: Path) -> None:
        """What was read is written as it stood."""
        for name, parse, render in (
            ("entities.jsonl", parse_entity_rows, render_entity_rows),
            ("inspectors.jsonl", parse_inspector_rows, render_inspector_rows),
            ("excluded.jsonl", parse_excluded_rows, render_excluded_rows),
        ):
            data = (folder / name).read_bytes()
            assert cast("Callable[[object], bytes]", render)(parse(data)) == data


class TestValues:
    """ROWS-2 to ROWS-4: a row keeps each key, optional ones as absent or as they are, and further keys as they stand."""

    @pytest.mark.parametrize(
        "row",
        [
            entity(),
            entity("企独苏总字第00151号", "health", "labour", zone="网格01", days=("2026-12-01",)),
            entity(team=(), expert="X1"),
            entity(team=("R2", "R1"), zone=""),
            entity(others=render_others({"name": "<script>", "rank": [1, True, {"deep": "x"}]})),
        ],
        ids=lambda row: str(row.id) + str(row.team),
    )
    def test_entities(self, row: EntityRow) -> None:
        """An empty team is not the same as none, nor an empty zone as none."""
        assert parse_entity_rows(render_entity(row) + b"\n") == (row,)

    @pytest.mark.parametrize("zones", [None, (), ("a", "b")])
    def test_inspectors(self, zones: tuple[str, ...] | None) -> None:
        """No zones at all is not the same as any zone."""
        row = inspector(role=RowRole.EXPERT, lead=False, zones=zones, barred=("E1", "E2"), others=b'{"squad":"1"}')
        assert parse_inspector_rows(render_inspector(row) + b"\n") == (row,)

    @pytest.mark.parametrize("domain", [None, "safety"])
    @pytest.mark.parametrize("reason", Reason)
    def test_excluded(self, reason: Reason, domain: str | None) -> None:
        """Each reason is read, with and without a domain."""
        row = excluded(reason=reason, domain=domain)
        assert parse_excluded_rows(render_excluded(row) + b"\n") == (row,)

    def test_others(self) -> None:
        """Further keys are kept as the bytes of an object; bytes of anything else hold none."""
        assert parse_others(render_others({"name": "x"})) == {"name": "x"}
        assert render_others({}) == b"{}"
        assert parse_others(b"[]") == {}

    def test_no_rows(self) -> None:
        """A list without rows is empty bytes, and back."""
        for parse in (parse_entity_rows, parse_inspector_rows, parse_excluded_rows):
            assert parse(b"") == ()
        assert render_entity_rows(()) == render_inspector_rows(()) == render_excluded_rows(()) == b""

    def test_repeated_texts_are_kept_once(self) -> None:
        """A thousand rows of one zone and profile share the texts."""
        rows = [entity(f"E{number:04}", "health", "safety", zone="网格01") for number in range(1000)]
        read = parse_entity_rows(render_entity_rows(rows))
        assert len({id(row.zone) for row in read}) == len({id(row.domains) for row in read}) == 1


class TestLists:
    """ROWS-1: rows ascend by id, each line ends with one LF, and there are no blank lines."""

    @pytest.mark.parametrize(
        ("parse", "lines"),
        [
            (parse_entity_rows, [render_entity(entity(name)) for name in ("A", "B")]),
            (parse_inspector_rows, [render_inspector(inspector(name)) for name in ("A", "B")]),
            (parse_excluded_rows, [render_excluded(excluded(name)) for name in ("A", "B")]),
        ],
        ids=["entities", "inspectors", "excluded"],
    )
    def test_order_and_lines(self, parse: Callable[[bytes], tuple[object, ...]], lines: list[bytes]) -> None:
        """Another order, a double, a missing LF, a blank line, a carriage return and a second object on a line are refused."""
        first, second = lines
        assert len(parse(first + b"\n" + second + b"\n")) == 2
        for bad in (
            second + b"\n" + first + b"\n",
            first + b"\n" + first + b"\n",
            first + b"\n" + second,
            first + b"\n\n" + second + b"\n",
            first + b"\r\n" + second + b"\r\n",
            first + second + b"\n",
            b"\n",
            first + b"\n" + b"\xff\n",
        ):
            with pytest.raises(InputError):
                parse(bad)

    def test_excluded_rows_without_a_domain_come_first(self) -> None:
        """An excluded entity stands before its own domains, and these stand sorted."""
        rows = [excluded("A"), excluded("A", domain=""), excluded("A", domain="x"), excluded("B")]
        assert sorted((rows[2], rows[1], rows[3], rows[0]), key=excluded_order) == rows
        assert len(parse_excluded_rows(render_excluded_rows(rows))) == 4
        with pytest.raises(InputError):
            parse_excluded_rows(render_excluded_rows([rows[1], rows[0]]))


ENTITY = render_entity(entity("E1", "health", "safety", zone="z", days=("2026-12-01",), team=("R1",), expert="X1"))
ENTITY_FAULTS: list[dict[str, object]] = [
    {"id": None},
    {"id": "a b"},
    {"id": 1},
    {"salt": None},
    {"salt": "0F" * 16},
    {"domains": None},
    {"domains": []},
    {"domains": ["safety", "health"]},
    {"domains": ["health", "health"]},
    {"domains": ["health"]},
    {"domains": "health"},
    {"strata": None},
    {"strata": []},
    {"strata": [{"domain": "safety", "stratum": "A"}, {"domain": "health", "stratum": "A"}]},
    {"strata": [{"domain": "health", "stratum": "A"}]},
    {"strata": [{"domain": "health", "stratum": "A"}, {"domain": "safety"}]},
    {"strata": [{"domain": "health", "stratum": "A"}, {"domain": "safety", "stratum": 1}]},
    {"strata": [{"domain": "health", "stratum": "A", "x": 1}, {"domain": "safety", "stratum": "A"}]},
    {"strata": ["health", "safety"]},
    {"zone": 1},
    {"days": []},
    {"days": ["2026-12-02", "2026-12-01"]},
    {"days": ["2026-12-32"]},
    {"team": "R1"},
    {"team": ["R/1"]},
    {"expert": 1},
]
INSPECTOR = render_inspector(inspector("R1", zones=("a", "b"), barred=("E1", "E2")))
INSPECTOR_FAULTS: list[dict[str, object]] = [
    {"id": None},
    {"salt": None},
    {"role": "grid worker"},
    {"lead": None},
    {"lead": 1},
    {"skills": None},
    {"skills": ["b", "a"]},
    {"days": None},
    {"days": [{"cap": 0, "day": "2026-12-01"}]},
    {"days": [{"cap": True, "day": "2026-12-01"}]},
    {"days": [{"cap": 1, "day": "2026-12-02"}, {"cap": 1, "day": "2026-12-01"}]},
    {"days": [{"cap": 1, "day": "2026-12-01"}, {"cap": 1, "day": "2026-12-01"}]},
    {"days": [{"cap": 1, "day": "2026-12-01", "x": 1}]},
    {"month_cap": None},
    {"month_cap": -1},
    {"zones": ["b", "a"]},
    {"barred": None},
    {"barred": ["E2", "E1"]},
]
EXCLUDED = render_excluded(excluded("E1", domain="safety"))
EXCLUDED_FAULTS: list[dict[str, object]] = [
    {"id": None},
    {"salt": None},
    {"reason": "harmless"},
    {"domain": 1},
    {"name": "further keys are for the other lists"},
]


class TestRefusals:
    """ROWS-2 to ROWS-4: whatever breaks a rule of a row refuses the list."""

    @pytest.mark.parametrize("changes", ENTITY_FAULTS, ids=str)
    def test_entities(self, changes: dict[str, object]) -> None:
        """The row as it stands is read; with one change it is not."""
        assert parse_entity_rows(ENTITY + b"\n")
        with pytest.raises(InputError):
            parse_entity_rows(changed(ENTITY, **changes))

    @pytest.mark.parametrize("changes", INSPECTOR_FAULTS, ids=str)
    def test_inspectors(self, changes: dict[str, object]) -> None:
        """The row as it stands is read; with one change it is not."""
        assert parse_inspector_rows(INSPECTOR + b"\n")
        with pytest.raises(InputError):
            parse_inspector_rows(changed(INSPECTOR, **changes))

    @pytest.mark.parametrize("changes", EXCLUDED_FAULTS, ids=str)
    def test_excluded(self, changes: dict[str, object]) -> None:
        """The row as it stands is read; with one change it is not."""
        assert parse_excluded_rows(EXCLUDED + b"\n")
        with pytest.raises(InputError):
            parse_excluded_rows(changed(EXCLUDED, **changes))


pieces = st.sampled_from(
    [
        '"',
        "\\",
        "\\u0041",
        "]",
        "[",
        "{",
        "}",
        ",",
        ":",
        " ",
        "/",
        "é",
        "e\u0301",
        "企",
        "\x7f",
        "\x01",
        "name",
        "salt",
        "zone",
    ]
)


class TestQuickWay:
    """ROWS-2: a line whose form was read before is taken without reading it in full, and nothing else comes of it."""

    @settings(max_examples=500)
    @given(st.lists(st.tuples(st.integers(0, 300), st.lists(pieces, max_size=3).map("".join)), min_size=1, max_size=4))
    def test_a_line_means_the_same_whatever_stood_before_it(self, edits: list[tuple[int, str]]) -> None:
        """A line, however damaged, is read or refused alike as the first line and as the second of its form."""
        before = render_entity(
            entity("E0", "health", "safety", zone="网格01", others=render_others({"name": "甲", "note": ""}))
        )
        line = render_entity(
            entity("E1", "health", "safety", zone="网格02", others=render_others({"name": "乙", "note": "b"}))
        )
        text = line.decode()
        for place, piece in edits:
            text = text[: place % len(text)] + piece + text[place % len(text) + 1 :]
        damaged = text.encode()

        def read(data: bytes) -> object:
            try:
                return parse_entity_rows(data)[-1]
            except InputError as error:
                return error.what

        alone = read(damaged + b"\n")
        behind = read(before + b"\n" + damaged + b"\n")
        is_out_of_order = isinstance(alone, EntityRow) and alone.id <= "E0"
        assert is_out_of_order or alone == behind

    def test_a_row_with_a_decomposed_name_is_refused_behind_others(self) -> None:
        """The quick way does not let a text pass that is not NFC."""
        good = [render_entity(entity(f"E{n}", others=render_others({"name": "é"}))) + b"\n" for n in range(3)]
        bad = good[2].replace("é".encode(), "e\u0301".encode())
        assert len(parse_entity_rows(b"".join(good))) == 3
        with pytest.raises(InputError, match="NFC"):
            parse_entity_rows(b"".join(good[:2]) + bad)

    def test_days_and_teams_are_read_in_full(self) -> None:
        """Rows with days between plain ones keep them."""
        rows = [entity(f"E{n}", days=("2026-12-01",) if n == 1 else None) for n in range(3)]
        assert parse_entity_rows(render_entity_rows(rows)) == tuple(rows)
        assert replace(rows[1], days=None) != rows[1]
