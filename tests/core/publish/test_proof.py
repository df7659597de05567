"""Papers read for their facts, and what a cell must say: nothing here needs a store."""

from __future__ import annotations

from inspect_cli.core.publish.blocks import (
    Code,
    Column,
    Document,
    Front,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signatures,
    Span,
    Table,
)
from inspect_cli.core.publish.proof.paper import Cell, find_table, read_paper, says
from inspect_cli.core.publish.proof.report import Findings, ProofId, Standing
from inspect_cli.core.visit.result import Label

DIGEST = "0f" * 32


def _line(text: str) -> tuple[Span, ...]:
    return (Span(text=text),)


def test_a_paper_is_read_whole() -> None:
    """Each kind of block gives its texts, digests are found in any of them, and what nobody can read has none (PROOF-5)."""
    table = Table(columns=(Column(head=_line("n")),), rows=((_line(" 1 "),), (_line("x"),)))
    blocks = (
        Heading(level=1, line=_line("a")),
        Paragraph(lines=(_line("b"),)),
        Items(items=((_line(DIGEST),),)),
        table,
        Code(text=f"d {DIGEST}a"),
        Signatures(labels=("e",)),
        PageBreak(),
    )
    paper = read_paper(Document(language="zh", front=Front(title=("t",), number="3"), blocks=blocks))
    assert paper.digests == {DIGEST}
    assert paper.tables == ((("1",), ("x",)),)
    assert paper.numbers == ((("1",), ("",)),)
    assert paper.text.split() == ["t", "3", "a", "b", DIGEST, "n", "1", "x", "d", f"{DIGEST}a"]


def test_a_cell_is_said_to_the_letter_but_for_marks_between_parts() -> None:
    """A plain cell is compared letter by letter, with any of its texts; a joined one without the template's marks (PROOF-7)."""
    assert Cell(texts=("a", "b")).is_said_by("b")
    assert not Cell(texts=("a",)).is_said_by("a ")
    assert Cell(texts=("劳动未发现问题安全注销",), is_joined=True).is_said_by("劳动：未发现问题；安全：注销")
    assert not Cell(texts=("劳动未发现问题",), is_joined=True).is_said_by("劳动：未发现")


def test_the_nearest_table_is_found() -> None:
    """The table that says all rows is found before a nearer one; one that says less than half of them is none (PROOF-6)."""
    wanted = ((Cell(texts=("a",)), Cell(texts=("1",))), (Cell(texts=("b",)), Cell(texts=("2",))))
    one, other, foreign = (("a", "1"), ("b", "3")), (("a", "1", "x"), ("b", "2", "y")), (("q", "1"),)

    def find(*tables: tuple[tuple[str, ...], ...]) -> object:
        document = Document(language="zh", front=Front(title=("t",)), blocks=())
        paper = read_paper(document)
        return find_table(type(paper)(number="", tables=tables, text=""), wanted)

    assert find(one, other) == other
    assert find(foreign, one) == one
    assert find(foreign) is None
    assert not says((("a",), ("b", "2")), wanted)


def test_differences_are_written_for_people() -> None:
    """Nothing is a dash, lists are joined, sets are sorted; every rule and standing has its words (PROOF-1)."""
    findings, what = Findings(), Label(zh="内容", en="what")
    findings.compare(ProofId.ENDS, "w", what, (None, ("b", "a")))
    findings.compare(ProofId.ENDS, "w", what, (frozenset({"b", "a"}), ()))
    first, second = findings.proofs()[0].differences
    assert [(one.expected, one.found) for one in (first, second)] == [("—", "b | a"), ("a | b", "—")]
    assert len({id.label.zh for id in ProofId}) == len(ProofId)
    assert [one for one in Standing if not one.label.en or (one.is_end and one is Standing.OPEN)] == []
