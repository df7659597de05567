"""What is shown of a change in a published notice: the notice that announces it (⑥), and what is left of a notice that was withdrawn.

What does not live here: what may be changed (``version``), and the lines of a notice of results (``notice``).

Rules:

PUBLISH-14  A notice of a correction says what a line said and what it says now; one of a repair of credit, a withdrawal or a change that is
            no longer shown names a line by its number alone, and has neither company nor result.
PUBLISH-15  Reason and basis of a change are published as they were given for it; the bureau's own notes about a result are not. They hold
            no name or number of a company that the notice lists, and nothing that looks like a telephone's or a person's number.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from inspect_cli.core.personal_number import find_personal_number
from inspect_cli.core.publish import lines, view
from inspect_cli.core.publish.change_view import ChangeView, WithdrawnView
from inspect_cli.core.publish.issued import IssueAction
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import RefusedError, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.publish.issued import IssuedVersion

CORRECTED: Final = Label(
    zh="公示信息与查实的情况不一致，予以更正", en="what was published does not agree with what was established"
)
"""The reason of a correction where nobody gives another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a notice of a change is made from: what was done, of which notice, and why. ``titles`` are the old notice's lines of title."""

    action: IssueAction
    document: str
    published: date
    titles: tuple[Label, ...]
    reason: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Which lines of the old notice change: ``rows`` or ``texts`` of a correction, ``numbers`` of any other change, or the whole notice."""

    rows: tuple[lines.ChangedLine | lines.StubLine, ...] = ()
    texts: tuple[lines.TextChange, ...] = ()
    numbers: tuple[int, ...] = ()
    is_whole: bool = False


def view_change(bureau: Bureau, announced: Announced, touched: Touched) -> ChangeView:
    """Make the view of a notice of a change (PUBLISH-14)."""
    is_correction = announced.action is IssueAction.CORRECTED
    if is_correction == bool(touched.numbers or touched.is_whole):
        raise ValueError(touched)
    return ChangeView(
        head=head_of(bureau),
        action=announced.action.label,
        document=announced.document,
        published=announced.published,
        title=announced.titles[-1],
        reason=CORRECTED if announced.reason == CORRECTED.zh else announced.reason,
        basis=announced.basis,
        is_correction=is_correction,
        is_repair=announced.action is IssueAction.REPAIRED,
        is_whole=touched.is_whole,
        rows=touched.rows,
        texts=touched.texts,
        numbers=touched.numbers,
    )


def require_public_words(words: Iterable[str], companies: Mapping[EntityId, str]) -> None:
    """Refuse (``RefusedError``) a reason or a basis that says whom it is about (PUBLISH-15); ``companies`` are numbers and names."""
    for text in words:
        folded = _fold(text)
        for number, name in companies.items():
            named = next((one for one in (number, name) if _fold(one) and _fold(one) in folded), None)
            if named is not None:
                raise RefusedError(
                    say("what is published says whom it is about, {named}: {text}", named=named, text=text),
                    hint=say("leave the company out of --reason and --basis: they are published as they stand"),
                )
        private = find_personal_number(text)
        if private is not None:
            raise RefusedError(
                say(
                    "what is published holds {number}, which looks like somebody's number: {text}",
                    number=private,
                    text=text,
                ),
                hint=say(
                    "leave telephones and identity numbers out of --reason and --basis: they are published as they stand"
                ),
            )


def _fold(text: str) -> str:
    """Give a text as names are looked for in it: without spaces, widths and marks."""
    signs = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in signs if sign.isalnum())


def view_withdrawn(bureau: Bureau, titles: tuple[Label, ...]) -> WithdrawnView:
    """Make the view of a notice that was withdrawn whole (VERSION-5)."""
    return WithdrawnView(head=head_of(bureau), titles=titles)


def head_of(bureau: Bureau) -> view.PlainHead:
    """Make the head of a notice that is not about one draw."""
    return view.PlainHead(
        publisher=view.Publisher(
            name=Label(zh=bureau.name, en=bureau.name_en),
            telephone=bureau.complaints.telephone,
            address=bureau.complaints.address,
        )
    )


def join_titles(zh: Sequence[str], en: Sequence[str]) -> tuple[Label, ...]:
    """Put the lines of a title in both languages side by side; the last one stands where one language has fewer."""
    pairs = zip_longest(zh, en)
    return tuple(Label(zh=one or (zh or en)[-1], en=other or (en or zh)[-1]) for one, other in pairs)


def list_amendments(versions: Sequence[IssuedVersion], documents: Mapping[int, str]) -> tuple[view.Amendment, ...]:
    """List what made a notice's later versions; ``documents`` gives the numbers of the notices that announced them."""
    return tuple(
        view.Amendment(day=one.day, action=one.action.label, document="" if one.by is None else documents[one.by])
        for one in versions
        if one.action is not IssueAction.PUBLISHED
    )
