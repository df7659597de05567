"""What an auditor is handed of a draw: the members of its bundle, from the frozen bytes of the store alone. Nothing is changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.acts.frozen import require_draw
from inspect_cli.core.draw.commitment import COMMITMENT
from inspect_cli.core.draw.result import RESULT
from inspect_cli.core.draw.rows import ENTITIES, EXCLUDED, INSPECTORS
from inspect_cli.errors import RefusedError, say
from inspect_cli.resources import templates

if TYPE_CHECKING:
    from inspect_cli.core.names import Slot
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store

README = "README.txt"


def bundle_members(store: Store, slot: Slot) -> dict[str, bytes]:
    """Give the members of a drawn slot's full bundle by name; ``RefusedError`` where nothing was drawn yet."""
    with store.reading() as session:
        record = require_draw(session, slot)
    if record.result is None:
        raise RefusedError(
            say("{slot} is not drawn yet: there is nothing to verify", slot=slot),
            hint=say("see where it stands with inspect-cli draw show {slot}", slot=slot),
        )
    return {
        README: _readme(record),
        COMMITMENT: record.commitment,
        ENTITIES: record.entities,
        INSPECTORS: record.inspectors,
        EXCLUDED: record.excluded,
        RESULT: record.result,
    }


def _readme(record: DrawRecord) -> bytes:
    """Give the text for whoever opens the bundle; a void draw says so in its first lines, for no check can tell."""
    text = (templates() / "bundle" / README).read_text("utf-8")
    if record.void_reason is not None:
        text = f"本次抽取已作废 THIS DRAW IS VOID: {record.void_reason}\n\n{text}"
    return text.encode()
