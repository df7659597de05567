"""Signature and date stand where GB/T 9704-2012, 7.3.5 wants them."""

from __future__ import annotations

import pytest

from inspect_cli.core.publish.blocks import Front
from inspect_cli.files.documents.word.closing import find_indents
from inspect_cli.files.documents.word.papers import render_word
from tests.files.documents.word.packages import find, value
from tests.files.documents.word.papers import paper

DATE = "2026年12月8日"
"""Three Chinese characters and seven digits: thirteen half characters."""


def _places(signature: str, width: int, *, has_seal: bool) -> tuple[float, float, float, float]:
    """Give where signature and date begin and end, in characters from the right of a line."""
    front = Front(title=("t",), signature=signature, date=DATE, has_seal=has_seal)
    first, second = (indent / 2 for indent in find_indents(front))
    return first + width, first, second + 6.5, second


@pytest.mark.parametrize(
    ("signature", "width"), [("示例局", 3), ("示例镇综合行政执法局", 10), ("示例镇综合行政执法局第一中队办公室", 17)]
)
def test_with_a_seal(signature: str, width: int) -> None:
    """The date ends four characters from the right at least, and the signature is centred above it; neither leaves the line."""
    begins, ends, date_begins, date_ends = _places(signature, width, has_seal=True)
    assert date_ends >= 4
    assert date_ends == 4 or ends == 0
    assert (begins + ends) / 2 == pytest.approx((date_begins + date_ends) / 2, abs=0.5)


@pytest.mark.parametrize(("signature", "width"), [("示例镇综合行政执法局", 10), ("示例镇综合行政执法局第一中队", 14)])
def test_without_a_seal(signature: str, width: int) -> None:
    """The signature ends two characters from the right, and the date begins two characters right of where it began."""
    begins, ends, date_begins, _date_ends = _places(signature, width, has_seal=False)
    assert ends == 2
    assert begins - date_begins == 2


def test_without_a_seal_and_a_short_signature() -> None:
    """Where the date is longer, it ends two characters from the right, and still begins two right of the signature."""
    begins, _ends, date_begins, date_ends = _places("示例局", 3, has_seal=False)
    assert date_ends == 2
    assert begins - date_begins == 2


def test_a_signature_without_end() -> None:
    """A signature of a line and more takes the whole line."""
    front = Front(title=("t",), signature="局" * 40, date=DATE)
    signature, date = find_indents(front)
    assert signature == 0
    assert date + 13 <= 56


@pytest.mark.parametrize(("has_seal", "indent"), [(True, "400"), (False, "200")])
def test_a_date_alone(has_seal: bool, indent: str) -> None:
    """A paper that nobody signs has its date where the rule puts it, with room above."""
    data = render_word([paper(date=DATE, has_seal=has_seal)])
    (last,) = find(data, "//w:p[last()]/w:pPr")
    namespaces = {"w": last.nsmap["w"]}
    (shown,) = last.xpath("w:ind", namespaces=namespaces)
    assert value(shown, "rightChars") == indent
    (spacing,) = last.xpath("w:spacing", namespaces=namespaces)
    assert int(value(spacing, "before") or 0) == (2 if has_seal else 1) * 579
