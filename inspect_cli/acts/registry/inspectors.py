"""Acts on the roster (执法检查人员名录库): import, retire, bring back. Leave and recusals are in ``availability``."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.registry.retirement import Shelved, restore_row, retire_row
from inspect_cli.core.names import InspectorId
from inspect_cli.core.registry.comparison import find_unsaid
from inspect_cli.errors import Mistake, Position, RefusedError, say
from inspect_cli.files.intake.sheets import INSPECTORS
from inspect_cli.storage.bulk import find_inspectors_by_id, walk_inspectors
from inspect_cli.storage.registries import add_inspectors, find_inspector, find_inspectors, update_inspectors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from inspect_cli.acts.registry.retirement import RowOrder
    from inspect_cli.core.people import Actor
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.files.intake.rows import Intake
    from inspect_cli.storage.engine import Store


def _find_shared_certificates(session: Session, intake: Intake[Inspector]) -> Iterator[Mistake]:
    """Find rows whose certificate is another active person's: the roster would hold one person twice."""
    roster = find_inspectors(session, include_retired=True)
    told = {row.value.id for row in intake.rows if "certificate" not in find_unsaid(row.value)}
    retired = {one.id for one in roster if one.retired is not None}
    holders = {one.certificate: one.id for one in roster if one.certificate and one.id not in told | retired}
    for row in intake.rows:
        holder = holders.get(row.value.certificate or "")
        if holder is not None and row.value.id not in retired:
            yield Mistake(
                what=say("this certificate is {holder}'s already", holder=holder),
                where=Position(
                    file=intake.file, sheet=intake.sheet, row=row.row, column=INSPECTORS.fields["certificate"][0]
                ),
                value=row.value.certificate,
                remedy=say("correct the number; whoever has left is taken off with inspect-cli inspector retire"),
            )


def _require_own_certificate(session: Session, inspector: Inspector) -> None:
    """Refuse to bring somebody back whose certificate another active person holds by now."""
    for other in find_inspectors(session):
        if inspector.certificate is not None and other.certificate == inspector.certificate:
            raise RefusedError(
                say("the certificate of {id} is {holder}'s by now", id=inspector.id, holder=other.id),
                hint=say(
                    "one person is on the roster once; retire the other first: inspect-cli inspector retire {holder} --reason REASON",
                    holder=other.id,
                ),
            )


_ROSTER: Register[Inspector] = Register(
    noun="inspector",
    sheet=INSPECTORS,
    columns={},
    key=lambda inspector: inspector.id,
    find_all=partial(find_inspectors, include_retired=True),
    find_by_keys=find_inspectors_by_id,
    walk=walk_inspectors,
    batch=sys.maxsize,  # Certificates go from one person to another: all are set free before any is given.
    add=add_inspectors,
    update=update_inspectors,
    find_mistakes=_find_shared_certificates,
)
_SHELVED: Shelved[Inspector] = Shelved(
    noun="inspector",
    find=lambda session, key: find_inspector(session, InspectorId(key)),
    update=update_inspectors,
    require_restorable=_require_own_certificate,
)


def import_inspectors(store: Store, actor: Actor, order: ImportOrder[Inspector]) -> Imported:
    """Take a file into the roster; raises as ``import_rows`` does."""
    return import_rows(_ROSTER, store, actor, order)


def retire_inspector(store: Store, actor: Actor, order: RowOrder) -> Inspector:
    """Take somebody off the roster: they are drawn no more; raises as ``retire_row`` does."""
    return retire_row(_SHELVED, store, actor, order)


def restore_inspector(store: Store, actor: Actor, order: RowOrder) -> Inspector:
    """Bring somebody back onto the roster; raises as ``restore_row`` does."""
    return restore_row(_SHELVED, store, actor, order)
