"""Values that people type for ``draw seed``: dice, lotteries and sealed lines, each entered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from inspect_cli.core.draw.promise import DicePromise, LotteryPromise, TextPromise
from inspect_cli.core.draw.relayed import Answer
from inspect_cli.core.draw.seed import parse_value
from inspect_cli.errors import InputError, Message, RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.console import Console
    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.names import Slot

    TypedPromise = TextPromise | DicePromise | LotteryPromise


class Typed(NamedTuple):
    """The values that the command line gives, and the same once more."""

    values: tuple[str, ...]
    again: tuple[str, ...]


def ask_typed(console: Console, slot: Slot, sources: Sequence[Promise], given: Typed) -> dict[int, Answer]:
    """Give the answers of the sources that are typed, by their places: those of the command line, or asked for twice."""
    typed = [
        (place, source)
        for place, source in enumerate(sources)
        if isinstance(source, TextPromise | DicePromise | LotteryPromise)
    ]
    values = given.values
    if values or given.again:
        _require_twice(len(typed), values, given.again)
    else:
        values = tuple(_ask_twice(console, source, slot) for _, source in typed)
    return {place: Answer(value=value) for (place, _), value in zip(typed, values, strict=True)}


def _require_twice(promised: int, values: tuple[str, ...], again: tuple[str, ...]) -> None:
    if len(values) != promised:
        raise UsageMistake(
            say("{count} values were given for {promised} sources", count=len(values), promised=promised),
            hint=say("give --value and --confirm once for each typed source, in the order of the commitment"),
        )
    if values != again:
        raise InputError(
            say("the values and their confirmation are not the same: nothing was recorded"),
            hint=say("read the source again, and give each value twice: --value VALUE --confirm VALUE"),
        )


def _ask_twice(console: Console, source: TypedPromise, slot: Slot) -> str:
    """Ask for a source's value until its form is right, then once more; a second value that differs is refused."""
    while True:
        value = console.ask_value(_question(source))
        try:
            parse_value(source, value)
        except InputError as error:
            for line in filter(None, (error.what, error.hint)):
                console.show_note(line)
        else:
            break
    if console.ask_value(say("the same once more")) != value:
        raise RefusedError(
            say("the two entries differ: nothing was recorded"),
            hint=say("read the source again and start over: inspect-cli draw seed {slot}", slot=slot),
        )
    return value


def _question(source: TypedPromise) -> Message:
    """Ask for a source in the words of its kind."""
    match source:
        case TextPromise():
            return say("{name}: the line that was sealed", name=source.name)
        case DicePromise():
            return say(
                "{name}: {count} dice of {sides} sides, in the order rolled",
                name=source.name,
                count=source.count,
                sides=source.sides,
            )
        case LotteryPromise():
            return say("{name}: the numbers of {groups}, like 9319./2.5.8./", name=source.name, groups=source.groups)
        case _:
            assert_never(source)
