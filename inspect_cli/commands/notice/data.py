"""What was published, as ``--json`` shows it; the keys are documented in docs/json.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.acts.publish.listed import ListedNotice
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.publish.issued import Entry, IssuedVersion


def head_data(kept: KeptNotice | ListedNotice) -> dict[str, Any]:
    """Give a notice in a list."""
    return {
        "document": kept.notice.document,
        "kind": kept.notice.kind.value,
        "about": kept.notice.slot or kept.notice.period,
        "day": kept.first.day.isoformat(),
        "due": None if kept.first.due is None else kept.first.due.isoformat(),
        "late": kept.first.is_late,
        "version": kept.newest.version,
        "action": kept.newest.action.value,
        "withdrawn": kept.is_withdrawn,
        "one_person": list(kept.one_person),
        "changes": list(kept.changes),
    }


def version_data(kept: KeptNotice, one: IssuedVersion) -> dict[str, Any]:
    """Give one version of a notice."""
    return {
        "version": one.version,
        "action": one.action.value,
        "clock": one.clock,
        "day": one.day.isoformat(),
        "publisher": one.publisher,
        "approver": one.approver,
        "reason": one.reason,
        "basis": one.basis,
        "by": None if one.by is None else kept.documents[one.by],
    }


def entry_data(kept: KeptNotice, one: Entry, names: Mapping[EntityId, str]) -> dict[str, Any]:
    """Give a line of a notice."""
    return {
        "number": one.place,
        "slot": one.slot,
        "entity": one.entity,
        "name": names[one.entity],
        "version": one.outcome_version,
        "replaced": None if one.is_name else one.replaced,
        "name_alone": one.is_name,
        "state": one.state.value,
        "since": one.since.isoformat(),
        "one_person": one.entity in kept.one_person,
    }
