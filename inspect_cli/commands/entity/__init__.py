"""``entity``: import, list, show, retire and bring back the entities (检查对象) of the registry."""

from __future__ import annotations

import click

from inspect_cli.command_line import LazyGroup, Listed


@click.group(
    cls=LazyGroup,
    package=__name__,
    listed={
        "import": Listed(
            ".intake:import_file", "Take entities from a file (xlsx, xls, ods, csv), whole or not at all."
        ),
        "export": Listed(
            ".export:export_file",
            "Write the entities into a workbook or CSV file, in the layout of the provincial platforms.",
        ),
        "list": Listed(".listing:list_entities", "List the entities, sorted by number."),
        "show": Listed(".listing:show", "Show one entity by its credit code or registration number."),
        "history": Listed(
            ".history:history", "Show what changed of an entity: when, by whom, from which file, from what to what."
        ),
        "check": Listed(
            ".check:check",
            "Look over the registry of entities: missing fields, old values, zones that nobody visits, likely twins.",
        ),
        "retire": Listed(
            ".upkeep:retire", "Retire an entity from today on: it is drawn no more, and its history stays."
        ),
        "restore": Listed(".upkeep:restore", "Bring a retired entity back into the registry."),
        "renumber": Listed(
            ".renumber:renumber", "Keep a company under its new number, with its history, caps and recusals."
        ),
    },
)
def entity() -> None:
    """Keep the registry of entities: whom a draw can choose.

    \b
    Example:
      inspect-cli --as NAME entity import entities.csv
      inspect-cli entity list --zone 网格01
    """
