"""Rows, promises, commitments and whole draws for tests, valid by default; nothing in them is random."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import Combine, Commitment, Quota, TeamRule, render_commitment, sorted_quotas
from inspect_cli.core.draw.frame import FrozenFrame, seal_frame
from inspect_cli.core.draw.outcome import draw
from inspect_cli.core.draw.promise import DicePromise, DrandPromise, LotteryPromise, NistPromise, Promise, TextPromise
from inspect_cli.core.draw.result import render_result
from inspect_cli.core.draw.rows import (
    EntityRow,
    ExcludedRow,
    InspectorRow,
    Reason,
    RowRole,
    render_entity,
    render_entity_rows,
    render_excluded_rows,
    render_inspector,
    render_inspector_rows,
)
from inspect_cli.core.draw.seed import Entropy
from inspect_cli.core.draw.supplement.standing import FinishedDraw
from inspect_cli.core.names import Domain, EntityId, InspectorId, Period, Slot
from inspect_cli.core.verify.shape import Members, members_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.oracle_form import Row

VECTORS = Path(__file__).resolve().parents[2] / "vectors"
DAYS = ("2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07")
SEED = "0123456789abcdef" * 4
LINE = "风调雨顺 1c823d9e74b31bfb"


def folders(kind: str) -> list[Path]:
    """Give the folders of ``tests/vectors/<kind>``, in their order."""
    return sorted(path for path in (VECTORS / kind).iterdir() if path.is_dir())


def read_members(folder: Path) -> Members:
    """Read a vector's folder as a bundle."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    files.pop("expect.txt", None)
    return members_of(files)


def salt_of(name: str) -> str:
    """Give the salt that the tests give to a name."""
    return sha256(name.encode()).hexdigest()[:32]


def domains(*names: str) -> tuple[Domain, ...]:
    """Give domains by name."""
    return tuple(map(Domain, names))


def entity(name: str = "E01", *needs: str, stratum: str = "A", **others: object) -> EntityRow:
    """Build an entity's row; ``needs`` are its domains, safety alone by default."""
    names = domains(*(needs or ("safety",)))
    row = EntityRow(id=EntityId(name), salt=salt_of(name), domains=names, strata=(stratum,) * len(names))
    return replace(row, **others)  # type: ignore[arg-type]  # a test names the fields it means


def inspector(
    name: str = "R01", *skills: str, cap: int = 2, days: Sequence[str] = DAYS, **others: object
) -> InspectorRow:
    """Build an inspector's row: may lead, safety alone, two visits on each day, by default."""
    row = InspectorRow(
        id=InspectorId(name),
        salt=salt_of(name),
        role=RowRole.INSPECTOR,
        lead=True,
        skills=domains(*(skills or ("safety",))),
        days=tuple((day, cap) for day in days),
        month_cap=40,
    )
    return replace(row, **others)  # type: ignore[arg-type]  # a test names the fields it means


def excluded(name: str = "E99", reason: Reason = Reason.CAP, domain: str | None = None) -> ExcludedRow:
    """Build an excluded row."""
    return ExcludedRow(
        id=EntityId(name), reason=reason, salt=salt_of(name), domain=None if domain is None else Domain(domain)
    )


def dice(**others: object) -> DicePromise:
    """Build the promise of ten dice on the day before the first."""
    promise = DicePromise(name="ten dice", at="2026-11-30T09:00:00+08:00", count=10, sides=10)
    return replace(promise, **others)  # type: ignore[arg-type]  # a test names the fields it means


def text(line: str = LINE, **others: object) -> TextPromise:
    """Build the promise of a sealed text."""
    sealed = sha256(line.encode()).hexdigest()
    promise = TextPromise(name="a witness", at="2026-11-29T17:00:00+08:00", digest=sealed)
    return replace(promise, **others)  # type: ignore[arg-type]  # a test names the fields it means


def lottery(**others: object) -> LotteryPromise:
    """Build the promise of a lottery with three groups."""
    promise = LotteryPromise(name="the lottery", at="2026-11-30T21:15:00+08:00", groups=("serial", "blue", "red"))
    return replace(promise, **others)  # type: ignore[arg-type]  # a test names the fields it means


def drand(**others: object) -> DrandPromise:
    """Build the promise of the drand round of the vector ``zones``."""
    chain = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
    promise = DrandPromise(name="League of Entropy", at="2026-08-01T06:45:54+00:00", chain=chain, round=30921130)
    return replace(promise, **others)  # type: ignore[arg-type]  # a test names the fields it means


def nist(**others: object) -> NistPromise:
    """Build the promise of a pulse."""
    promise = NistPromise(name="NIST", at="2018-08-30T17:44:00Z", chain=1, pulse=54610)
    return replace(promise, **others)  # type: ignore[arg-type]  # a test names the fields it means


def quotas_for(entities: Iterable[EntityRow], take: int | None = None) -> tuple[Quota, ...]:
    """Build the quotas of rows: each stratum takes ``take`` at most, or all."""
    sizes: dict[tuple[Domain, str], int] = {}
    for row in entities:
        for place in zip(row.domains, row.strata, strict=True):
            sizes[place] = sizes.get(place, 0) + 1
    return sorted_quotas(
        Quota(domain=domain, stratum=stratum, size=size, take=size if take is None else min(take, size))
        for (domain, stratum), size in sizes.items()
    )


def frame(
    entities: Iterable[EntityRow] = (), inspectors: Iterable[InspectorRow] = (), out: Iterable[ExcludedRow] = ()
) -> FrozenFrame:
    """Build a frame: one entity and two inspectors by default."""
    return FrozenFrame(
        entities=tuple(entities) or (entity(),),
        inspectors=tuple(inspectors) or (inspector("R01"), inspector("R02")),
        excluded=tuple(out),
    )


def commitment(lists: FrozenFrame | None = None, take: int | None = None, **others: object) -> Commitment:
    """Build the commitment to a frame, one source being dice."""
    lists = lists or frame()
    made = Commitment(
        slot=Slot("2026-12/1"),
        bureau="示例镇综合行政执法局",
        period=Period("2026-12"),
        frame=seal_frame(lists),
        quotas=quotas_for(lists.entities, take),
        combine=Combine.APPLICABLE,
        team=TeamRule(min=2, max=4),
        days=DAYS,
        sources=(dice(),),
    )
    return replace(made, **others)  # type: ignore[arg-type]  # a test names the fields it means


def entropy_for(sources: Iterable[Promise], variant: int = 0) -> tuple[Entropy, ...]:
    """Build an answer to each promise; dice fall otherwise for each ``variant``."""
    answers = []
    for promise in sources:
        match promise:
            case DicePromise():
                number = int(sha256(f"{promise.at}{variant}".encode()).hexdigest(), 16)
                digits = "".join(str(number // 11**place % promise.sides) for place in range(promise.count))
                value = digits if promise.sides == 10 else "".join(str(int(digit) + 1) for digit in digits)
                answers.append(Entropy(promise=promise, value=value))
            case TextPromise():
                answers.append(Entropy(promise=promise, value=LINE))
            case _:
                numbers = "".join(f"{variant}.{place}./" if variant <= place else "7./" for place in range(3))
                answers.append(Entropy(promise=promise, value=numbers))
    return tuple(answers)


def drawn(lists: FrozenFrame, take: int | None = None, variant: int = 0, **others: object) -> FinishedDraw:
    """Build a whole draw from a frame."""
    made = commitment(lists, take, **others)
    result = draw(made, lists.entities, lists.inspectors, entropy_for(made.sources, variant))
    return FinishedDraw(commitment=made, frame=lists, result=result)


def oracle_rows(rows: Iterable[EntityRow | InspectorRow]) -> list[Row]:
    """Give rows as the oracle reads them, from their canonical bytes."""
    return [json.loads(render_entity(row) if isinstance(row, EntityRow) else render_inspector(row)) for row in rows]


def oracle_draw(made: Commitment, lists: FrozenFrame) -> Row:
    """Give a draw as the oracle reads it."""
    return {
        "commitment": json.loads(render_commitment(made)),
        "entities": oracle_rows(lists.entities),
        "inspectors": oracle_rows(lists.inspectors),
    }


def members(record: FinishedDraw, amends: Members | None = None) -> Members:
    """Give the members that say a draw."""
    files = {
        "commitment.json": render_commitment(record.commitment),
        "entities.jsonl": render_entity_rows(record.frame.entities),
        "inspectors.jsonl": render_inspector_rows(record.frame.inspectors),
        "excluded.jsonl": render_excluded_rows(record.frame.excluded),
        "result.json": render_result(record.result),
    }
    return Members(files=files, amends=amends)
