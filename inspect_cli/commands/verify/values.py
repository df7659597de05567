"""What the seed was made of: the values that everybody who was there, or who looks them up, can compare. No check proves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.console import Column, Console
from inspect_cli.core.draw.promise import SourceKind, kind_of
from inspect_cli.errors import say
from inspect_cli.language import _, translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspect_cli.core.draw.seed import Entropy
    from inspect_cli.core.names import Slot


_KINDS: Final = {
    SourceKind.TEXT: say("sealed text"),
    SourceKind.DICE: say("dice"),
    SourceKind.LOTTERY: say("lottery"),
    SourceKind.DRAND: say("drand beacon"),
    SourceKind.NIST: say("NIST beacon"),
}


def values_data(drawn: Iterable[tuple[Slot, Sequence[Entropy]]]) -> list[dict[str, str]]:
    """Give what ``--json`` shows of the values, those of the latest draw first."""
    return [
        {
            "slot": slot,
            "kind": kind_of(entry.promise).value,
            "name": entry.promise.name,
            "at": entry.promise.at,
            "value": entry.value,
        }
        for slot, entropy in drawn
        for entry in entropy
    ]


def show_values(console: Console, drawn: Iterable[tuple[Slot, Sequence[Entropy]]]) -> None:
    """Print each source with its time and its value, those of the latest draw first."""
    columns = [
        Column(title=_("draw"), is_key=True),
        Column(title=_("source"), is_wrapped=True),
        Column(title=_("value"), is_wrapped=True),
    ]
    rows = [(slot, _source_text(entry), entry.value) for slot, entropy in drawn for entry in entropy]
    console.show_line()
    title = _("Compare these with what was seen, or published by others")
    if len({row[0] for row in rows}) > 1:
        console.show_table(title, columns, rows)
    else:
        console.show_table(title, columns[1:], [row[1:] for row in rows])


def _source_text(entry: Entropy) -> str:
    return f"{translate(_KINDS[kind_of(entry.promise)])} {entry.promise.at} {entry.promise.name}"
