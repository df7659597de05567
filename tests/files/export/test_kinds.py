"""How single values stand in a cell: the text that an import reads back, or that it is told that none does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stdnum.cn import uscc

from inspect_cli.core.bureau import DomainLabel
from inspect_cli.core.names import Domain
from inspect_cli.files.export import kinds
from tests.files.intake.files import BUREAU


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("R001", "R001"),
        ("'R1", "''R1"),
        ('="7"', '="="7""'),
        ("=1+1", "=1+1"),
        ("''", "'''"),
    ],
)
def test_a_code_keeps_marks_of_its_own(value: str, text: str) -> None:
    """An import takes one mark away (REG-3), so a code that begins with one gets another."""
    assert kinds.INSPECTOR.express(value) == (text, True)


def test_a_code_that_looks_rounded_is_marked_as_text() -> None:
    """Of 18 digits that end in 000 an import believes only those that say they are text."""
    code = "913301000000004000"
    assert uscc.is_valid(code)
    assert kinds.ENTITY.express(code) == (f"'{code}", True)


@pytest.mark.parametrize("value", ["-", "／", "#N/A", "\u200b", " a", "a\nb"])
def test_what_an_import_would_not_read_is_told(value: str) -> None:
    """A text that says nothing to a reader, an error of a spreadsheet, and white space that would be taken away."""
    assert kinds.TEXT.express(value) == (value, False)


def test_a_list_is_told_where_a_value_holds_a_joint() -> None:
    """Two values of which one has a comma would come back as three."""
    assert kinds.list_kind("zh").express(("甲", "乙")) == ("甲、乙", False)  # Lists are kept sorted.
    assert kinds.list_kind("zh").express(("乙", "甲")) == ("乙、甲", True)
    assert kinds.list_kind("zh").express(("a,b",)) == ("a,b", False)


def test_a_domain_is_named_by_a_word_that_means_no_other() -> None:
    """Where a label is another domain's, or would be read as two, the next word that is read as this one stands for it."""
    labels = (
        DomainLabel(domain=Domain("safety"), zh="安全", en="Safety"),
        DomainLabel(domain=Domain("fire"), zh="安全", en="Fire"),
        DomainLabel(domain=Domain("water"), zh="水利、河道", en="Water, rivers"),
        DomainLabel(domain=Domain("a,b"), zh="安全", en="Safety"),
    )
    bureau = replace(BUREAU, domains=labels)
    kind = kinds.domains_kind(bureau, "zh")
    assert kind.choices == ("安全", "Fire", "water", "a,b")
    assert kind.express((Domain("fire"), Domain("safety"), Domain("water"))) == ("Fire、安全、water", True)
    assert kind.express((Domain("a,b"),)) == ("a,b", False)
    assert kind.express((Domain("gone"),)) == ("gone", False)
    assert kinds.domain_kind(bureau, "en").express(Domain("safety")) == ("Safety", True)
