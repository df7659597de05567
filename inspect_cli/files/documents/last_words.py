"""The last words of a paper, which go on the page on which it is signed: no page has a signature alone (GB/T 9704-2012, 7.3.5.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import Heading, Items, Paragraph, Signatures
from inspect_cli.files.documents.measuring import measure_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.publish.blocks import Block

LAST_WORDS: Final = 400
"""Ems of last words that are taken to the next page rather than leave the signature alone there."""


def count_last(blocks: Sequence[Block]) -> int:
    """Count the last blocks that go on that page: cells to sign, and the words before them back to their heading as far as they are few."""
    count = sum(isinstance(block, Signatures) for block in blocks[-1:])
    words = 0.0
    for block in reversed(blocks[: len(blocks) - count]):
        words += measure_words(block)
        if words > LAST_WORDS:
            break
        count += 1
        if isinstance(block, Heading):
            break
    return count


def measure_words(block: Block) -> float:
    """Measure the words of a block, in ems; what is no words is without end."""
    match block:
        case Heading():
            return measure_line(block.line)
        case Paragraph():
            return sum(map(measure_line, block.lines))
        case Items():
            return sum(measure_line(line) for item in block.items for line in item)
        case _:
            return math.inf
