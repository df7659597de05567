"""What all changes of published notices share: the notice (⑥) that announces one, what is told of it, and its row in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.acts.publish.issue import Draft, PublishOrder, keep_notice
from inspect_cli.acts.publish.kept import find_names, month_of
from inspect_cli.acts.publish.renewal import titles_of
from inspect_cli.core.publish.change import Announced, require_public_words, view_change
from inspect_cli.core.publish.issued import IssueAction, NoticeKind, Subject
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.acts.publish.issue import Published
    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.acts.publish.renewal import Reasoned, Scene
    from inspect_cli.core.people import Approval
    from inspect_cli.core.publish.change import Touched
    from inspect_cli.core.publish.issued import Entry, Issued, IssuedVersion
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.act_log import JSON

_ACTS: Final = {
    IssueAction.CORRECTED: "notice correct",
    IssueAction.REPAIRED: "notice repair",
    IssueAction.WITHDRAWN: "notice withdraw",
    IssueAction.EXPIRED: "notice expire",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A notice's version that stands now, the lines that changed, and the notice that announced it.

    ``announced`` is None where nothing changed, and for an expiry. ``others`` are the numbers of other notices that have a new version
    too, because they told or named the same (VERSION-6). ``is_recalled``: the lines went with their whole notice (VERSION-8).
    """

    notice: Issued
    version: IssuedVersion
    entries: tuple[Entry, ...]
    announced: Published | None
    is_new: bool
    others: tuple[str, ...] = ()
    is_recalled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What ⑥ tells: the lines that change, and the versions of the results that a correction rests on."""

    touched: Touched
    versions: tuple[OutcomeVersion, ...] = ()


def keep_change(scene: Scene, kept: KeptNotice, why: Reasoned, told: Told) -> Published:
    """Publish ⑥ of a change in a notice; ``RefusedError`` where its reason or basis says whom it is about (PUBLISH-15)."""
    papers = scene.papers
    check_words(scene.session, kept, (why.reason or "", why.basis or ""))
    announced = Announced(
        action=why.action,
        document=kept.notice.document,
        published=kept.versions[0].day,
        titles=titles_of(kept),
        reason=why.reason or "",
        basis=why.basis or "",
    )
    order = PublishOrder(
        bureau=papers.bureau,
        subject=Subject(kind=NoticeKind.CHANGE, period=month_of(kept.notice)),
        folders=papers.folders,
    )
    view = view_change(papers.bureau, announced, told.touched)
    return keep_notice(scene.session, scene.actor, order, Draft(view=view, versions=told.versions))


def check_words(session: Session, kept: KeptNotice, words: tuple[str, ...]) -> None:
    """Refuse (``RefusedError``) a reason or a basis that says which company of a notice it is about (PUBLISH-15)."""
    require_public_words(words, find_names(session, kept.entries))


def require_results(kept: KeptNotice) -> None:
    """Refuse (``RefusedError``) to change lines of a notice that lists no results."""
    if kept.notice.kind is not NoticeKind.RESULT:
        document = kept.notice.document
        raise RefusedError(
            say("{document} is no notice of results: it has no lines that could be changed", document=document),
            hint=say(
                "withdraw it whole: inspect-cli notice withdraw {document} --all --reason TEXT --basis TEXT --approver NAME",
                document=document,
            ),
        )


def nothing_more(document: str) -> RefusedError:
    """Make the refusal to change a notice that shows nothing more."""
    return RefusedError(
        say("{document} shows nothing more that could be changed", document=document),
        hint=say("see its versions with: inspect-cli notice show {document}", document=document),
    )


def require_basis(basis: str) -> None:
    """Refuse (``UsageMistake``) a change that rests on nothing (VERSION-2)."""
    if not basis.strip():
        raise UsageMistake(say("a change in a notice rests on something"), hint=say("say on what with --basis TEXT"))


def require_seen(seen: object, now: object, document: str) -> None:
    """Refuse (``RefusedError``) to change anything else than somebody saw and said yes to; None: nobody was asked."""
    if seen is not None and seen != now:
        raise RefusedError(
            say("what would be published has changed since it was shown"),
            hint=say("look again: inspect-cli notice show {document}", document=document),
        )


def log_change(scene: Scene, changed: Changed, one_person: list[JSON], approval: Approval | None = None) -> None:
    """Write what was done into the log; ``one_person`` are the entities whose result one person approved and published."""
    detail: dict[str, JSON] = {"version": changed.version.version, "entries": len(changed.entries)}
    if changed.announced is not None:
        detail["document"] = changed.announced.notice.document
    detail |= {"recalled": [entry.place for entry in changed.entries]} if changed.is_recalled else {}
    detail |= {"one_person": one_person} if one_person else {}
    act = Act(act=_ACTS[changed.version.action], subject=changed.notice.document, detail=detail, approval=approval)
    add_act(scene.session, scene.actor, act)
