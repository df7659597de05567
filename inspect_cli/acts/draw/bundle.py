"""What an auditor is handed of a draw: the members of its bundle, from the frozen bytes of the store alone. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_lineage
from inspect_cli.acts.draw.frozen import next_step
from inspect_cli.core.draw.commitment import COMMITMENT
from inspect_cli.core.draw.result import RESULT
from inspect_cli.core.draw.rows import ENTITIES, EXCLUDED, INSPECTORS
from inspect_cli.core.verify.shape import AMENDS
from inspect_cli.errors import RefusedError, say
from inspect_cli.files.verify_page import render_verify_page
from inspect_cli.resources import templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.names import Slot
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store

README = "README.txt"
VERIFIER = "verify.py"
PAGE = "verify.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is handed over of a draw: its members by name; and the reason where it is void, as it stood at that very moment."""

    members: dict[str, bytes]
    void_reason: str | None


def bundle_members(store: Store, slot: Slot) -> dict[str, bytes]:
    """Give the members of a drawn slot's full bundle by name; raises as ``read_evidence``."""
    return read_evidence(store, slot).members


def read_evidence(store: Store, slot: Slot) -> Evidence:
    """Give the members of a drawn slot's full bundle by name, a supplement's with all draws that it amends one inside the other.

    Raises ``RefusedError`` where nothing was drawn yet.
    """
    with store.reading() as session:
        lineage = find_lineage(session, slot)
    chain = lineage[: 1 + [record.slot for record in lineage].index(slot)]
    record = chain[-1]
    if record.result is None:
        raise RefusedError(
            say("{slot} is not drawn yet: there is nothing to verify", slot=slot),
            hint=next_step(record),
        )
    members = {README: _readme(chain), **read_verifiers()}
    for depth, link in enumerate(reversed(chain)):
        members |= {f"{AMENDS * depth}{name}": data for name, data in _draw_members(link).items()}
    return Evidence(members=members, void_reason=record.void_reason)


def read_verifiers() -> dict[str, bytes]:
    """Give the two verifiers that stand in every bundle, by name: one needs nothing but Python, the other a browser."""
    return {VERIFIER: (templates() / "verify" / VERIFIER).read_bytes(), PAGE: render_verify_page()}


def _draw_members(record: DrawRecord) -> dict[str, bytes]:
    return {
        COMMITMENT: record.commitment,
        ENTITIES: record.entities,
        INSPECTORS: record.inspectors,
        EXCLUDED: record.excluded,
        RESULT: record.result or b"",
    }


def _readme(chain: Sequence[DrawRecord]) -> bytes:
    """Give the text for whoever opens the bundle; a void draw says so in its first lines, for no check can tell, and a chain is named."""
    record = chain[-1]
    text = (templates() / "bundle" / README).read_text("utf-8")
    if len(chain) > 1:
        slots = " → ".join(link.slot for link in chain)
        text = f"补充抽取链 CHAIN OF SUPPLEMENTARY DRAWS: {slots}\n\n{text}"
    if record.void_reason is not None:
        text = f"本次抽取已作废 THIS DRAW IS VOID: {record.void_reason}\n\n{text}"
    return text.encode()
