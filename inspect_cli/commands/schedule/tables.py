"""A schedule as tables for a person, and as data for ``--json``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspect_cli.console import Column
from inspect_cli.core.schedule import Grouping, find_marks, name_team, say_open
from inspect_cli.errors import say
from inspect_cli.language import _, current, join_words, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.console import Console
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.schedule import Group, ScheduledVisit


def show_groups(console: Console, groups: Sequence[Group], by: Grouping, bureau: Bureau) -> None:
    """Print a table a day or a person, or one table of all entities."""
    has_slots = len({visit.first for group in groups for visit in group.visits}) > 1
    if by is Grouping.ENTITY:
        _show_table(
            console, "", _people_cells([visit for group in groups for visit in group.visits]), has_slots=has_slots
        )
        return
    for group in groups:
        title = " ".join(part for part in (group.key, group.name) if part is not None)
        title = title or translate(say("without a day or a team"))
        cells = _day_cells(group.visits, bureau) if by is Grouping.DAY else _people_cells(group.visits)
        _show_table(console, title, cells, has_slots=has_slots)
        console.show_line()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """Columns and rows of a table, and the draw of each row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    slots: tuple[str, ...]


def _show_table(console: Console, title: str, cells: _Cells, *, has_slots: bool) -> None:
    """Print a table; where visits of several chains stand together each row begins with its draw. A supplement is a mark."""
    if has_slots:
        columns = (Column(title=_("draw"), is_key=True), *cells.columns)
        console.show_table(title, columns, [(slot, *row) for slot, row in zip(cells.slots, cells.rows, strict=True)])
    else:
        console.show_table(title, cells.columns, cells.rows)


def _day_cells(visits: Sequence[ScheduledVisit], bureau: Bureau) -> _Cells:
    """Show the visits of one day: the title says the day, so there is room for what is checked."""
    columns = (
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("domains"), is_wrapped=True),
        Column(title=_("team"), is_wrapped=True),
    )
    rows = (
        (
            visit.entity,
            visit.name,
            join_words(bureau.domain_label(domain, current()) for domain in visit.domains),
            _team_text(visit),
        )
        for visit in visits
    )
    return _Cells(columns=columns, rows=tuple(rows), slots=tuple(visit.slot for visit in visits))


def _people_cells(visits: Sequence[ScheduledVisit]) -> _Cells:
    """Show visits with their days and teams."""
    columns = (
        Column(title=_("day"), is_key=True),
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("team"), is_wrapped=True),
    )
    rows = (
        ("" if visit.day is None else visit.day.isoformat(), visit.entity, visit.name, _team_text(visit))
        for visit in visits
    )
    return _Cells(columns=columns, rows=tuple(rows), slots=tuple(visit.slot for visit in visits))


def _team_text(visit: ScheduledVisit) -> str:
    """Name the team, leader first, an expert marked as one; or say why the visit is open. What became of it stands behind."""
    team = join_words(name_team(visit.seats)) if visit.open is None else translate(say_open(visit.open))
    return " ".join([team, *(f"[{translate(mark)}]" for mark in find_marks(visit))])


def visit_data(visit: ScheduledVisit, *, is_provisional: bool) -> dict[str, Any]:
    """Give one visit as data: a day and a team, or why it is open; address and zone where they are known."""
    data: dict[str, Any] = {
        "slot": visit.slot,
        "first": visit.first,
        "entity": visit.entity,
        "name": visit.name,
        "domains": list(visit.domains),
    }
    optional = {"zone": visit.zone, "address": visit.address, "open": visit.open}
    data |= {key: value for key, value in optional.items() if value is not None}
    if visit.day is not None:
        data["day"] = visit.day.isoformat()
        data["team"] = [{"id": seat.id, "name": seat.name, "role": seat.role.value} for seat in visit.seats]
    if visit.is_moved and visit.drawn_day is not None:
        data["drawn_day"] = visit.drawn_day.isoformat()
    if visit.kept_as is not None:
        data["kept_as"] = visit.kept_as
    if visit.without_matters:
        data["without_matters"] = [one.id for one in visit.without_matters]
    if is_provisional:
        data["provisional"] = True
    return data
