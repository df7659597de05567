"""A store that holds the sample draw as the acts would have left it, and the settings beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.commitment import render_commitment
from inspect_cli.core.draw.result import render_result
from inspect_cli.core.draw.rows import render_entity_rows, render_excluded_rows, render_inspector_rows
from inspect_cli.core.draw.seed import entropy_values
from inspect_cli.core.names import InspectorId
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.files.config_template import render_bureau
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.draws import DrawRecord, DrawState, add_draw
from inspect_cli.storage.registries import add_entities, add_inspectors
from inspect_cli.storage.visits import VisitRecord, add_visits
from tests.sample_draw import BUREAU, DRAWN_AT, LABOUR, PEOPLE, SAFETY, SLOT, actor_on, make_sample
from tests.stores import make_store

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.draw.rows import EntityRow
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import Slot
    from inspect_cli.storage.engine import Store
    from tests.sample_draw import Sample

SECRETS = ("13900000000", "13800000000", "联系人某某", "法人某某", *PEOPLE.values())
"""What the store knows and no notice may ever say."""


def fill_store(url: str, sample: Sample | None = None) -> Store:
    """Make a store that holds the draw as the acts would have left it, with contacts that nobody may ever publish."""
    sample = sample or make_sample()
    store = make_store(url)
    with store.transaction() as session:
        add_entities(session, (_registered(row) for row in sample.frame.entities))
        add_inspectors(session, (_on_roster(id, name) for id, name in PEOPLE.items()))
        add_draw(session, make_record(sample))
        add_visits(session, (_visit_record(visit) for visit in sample.result.visits))
        run = replace(actor_on("2026-11-30"), clock=DRAWN_AT)
        add_act(session, run, Act(act="draw run", subject=SLOT, detail={"visits": len(sample.result.visits)}))
    return store


def fill_folder(folder: Path, sample: Sample | None = None) -> tuple[str, ...]:
    """Make store and settings in a folder, and give the options that name them."""
    config = folder / "inspect.toml"
    config.write_text(render_bureau(BUREAU, str), encoding="utf-8")
    fill_store(f"sqlite:///{folder / 'inspect.db'}", sample)
    return ("--config", str(config), "--store", str(folder / "inspect.db"))


def _registered(row: EntityRow) -> Entity:
    return Entity(
        id=row.id,
        name=f"{row.id}的新名称",
        domains=row.domains,
        zone=row.zone,
        address=f"示例镇{row.id}号",
        contact="联系人某某",
        telephone="13900000000",
        legal_representative="法人某某",
    )


def _on_roster(id: str, name: str) -> Inspector:
    is_expert = id.startswith("X")
    certificate = None if is_expert else f"证{id}"
    return Inspector(
        id=InspectorId(id),
        name=name,
        skills=(LABOUR, SAFETY),
        certificate=certificate,
        is_expert=is_expert,
        telephone="13800000000",
    )


def make_record(drawn: FinishedDraw | Sample, amends: Slot | None = None) -> DrawRecord:
    """Make the row of a finished draw, first or supplement."""
    return DrawRecord(
        slot=drawn.commitment.slot,
        period=drawn.commitment.period,
        state=DrawState.DRAWN,
        plan=b"plan",
        commitment=render_commitment(drawn.commitment),
        entities=render_entity_rows(drawn.frame.entities),
        inspectors=render_inspector_rows(drawn.frame.inspectors),
        excluded=render_excluded_rows(drawn.frame.excluded),
        entropy=render_canonical([entropy_values(entry) for entry in drawn.result.entropy]),
        seed=drawn.result.seed,
        result=render_result(drawn.result),
        amends=amends,
    )


def _visit_record(visit: Visit) -> VisitRecord:
    return VisitRecord(
        slot=SLOT,
        entity=visit.entity,
        day=None if visit.day is None else date.fromisoformat(visit.day),
        open_reason=None if visit.open is None else visit.open.value,
        state=VisitState.OPEN if visit.day is None else VisitState.PLANNED,
    )
