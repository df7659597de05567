"""What ``notice preview`` shows, on the screen and as data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from inspect_cli.console import Column, Tone
from inspect_cli.core.publish.lines import ResultLine
from inspect_cli.core.publish.view import CommitmentView, DrawView, ResultView
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import say
from inspect_cli.language import _, current

if TYPE_CHECKING:
    from inspect_cli.acts.publish.preview import Preview
    from inspect_cli.console import Console
    from inspect_cli.core.publish.lines import PublicCompany
    from inspect_cli.core.publish.view import NoticeView


def preview_data(found: Preview) -> dict[str, Any]:
    """Give a preview as data; the keys are documented in docs/json.md."""
    return {
        "kind": found.subject.kind.value,
        "about": found.subject.slot or found.subject.period,
        "document": found.document,
        "published": found.standing is not None,
        "due": None if found.due is None else found.due.isoformat(),
        "named": [_line_data(line) for line in found.named],
        "numbers": dict(_numbers(found.view)),
        "held": [{"entity": one.entity, "reason": one.reason.value} for one in found.held],
    }


def show_preview(console: Console, found: Preview) -> None:
    """Show what would become public, and what would not."""
    kind = found.subject.kind.label.text(current())
    if found.standing is not None:
        console.show_line(
            say("published before as {document}: nothing new would become public", document=found.document)
        )
    else:
        pairs = [(_("notice"), kind), (_("document"), found.document)]
        pairs += [] if found.due is None else [(_("last day"), found.due.isoformat())]
        console.show_pairs(pairs)
        _show_named(console, found)
        numbers = [(_NUMBERS[key].text(current()), str(number)) for key, number in _numbers(found.view)]
        if numbers:
            console.show_line()
            columns = [Column(title=_("number that becomes public")), Column(title=_("count"), is_number=True)]
            console.show_table("", columns, numbers)
    held = Counter(one.reason for one in found.held)
    if held:
        console.show_line()
        columns = [Column(title=_("held back, because")), Column(title=_("companies"), is_number=True)]
        rows = [(reason.label.text(current()), str(count)) for reason, count in held.items()]
        console.show_table("", columns, rows)


def _show_named(console: Console, found: Preview) -> None:
    console.show_line()
    if not found.named:
        console.show_line(_("No company is named."))
        return
    console.show_line(say("Named in public for the first time: {count}", count=len(found.named)), Tone.HEADING)
    columns = [
        Column(title=_("entity"), is_key=True),
        Column(title=_("name"), is_wrapped=True),
        Column(title=_("result"), is_wrapped=True),
    ]
    console.show_table("", columns, [_row(line) for line in found.named])


def _row(line: ResultLine | PublicCompany) -> tuple[str, str, str]:
    company = line.company if isinstance(line, ResultLine) else line
    return company.id, _text(company.name), _results(line)


def _results(line: ResultLine | PublicCompany) -> str:
    if not isinstance(line, ResultLine):
        return ""
    told = [
        _("{domain}: {result}").format(domain=each.domain.text(current()), result=each.result.text(current()))
        for each in line.results
    ]
    return _("; ").join(told)


def _line_data(line: ResultLine | PublicCompany) -> dict[str, Any]:
    company = line.company if isinstance(line, ResultLine) else line
    data: dict[str, Any] = {"id": company.id, "name": _text(company.name)}
    if isinstance(line, ResultLine):
        data |= {
            "number": line.number,
            "finished": line.finished.isoformat(),
            "results": {each.domain.text(current()): each.result.text(current()) for each in line.results},
        }
    return data


def _text(name: str | Label) -> str:
    return name.text(current()) if isinstance(name, Label) else name


def _numbers(view: NoticeView) -> tuple[tuple[str, int], ...]:
    """Count what a notice tells in numbers, by name."""
    match view:
        case CommitmentView():
            return (
                ("base", sum(line.base for line in view.domains)),
                ("due", sum(line.due for line in view.domains)),
                ("allowances", view.allowances),
            )
        case DrawView():
            return (("visits", view.visits), ("open", view.open), ("checks", view.checks))
        case ResultView():
            progress = view.progress
            return (
                ("drawn", progress.drawn),
                ("approved", progress.recorded),
                ("awaiting", progress.awaiting),
                ("planned", progress.planned),
                ("open", progress.open),
                ("cancelled", progress.cancelled),
                ("carried_over", progress.carried_over),
            )
        case _:
            return ()


_NUMBERS = {
    "base": Label(zh="基数（各领域之和）", en="base, over the domains"),
    "due": Label(zh="应抽数", en="due"),
    "allowances": Label(zh="经第二人批准仍参加抽取", en="in the frame by a second person's leave"),
    "visits": Label(zh="抽中检查对象", en="companies drawn"),
    "open": Label(zh="未能排定", en="without a day or a team"),
    "checks": Label(zh="检查领域数", en="checks of a domain"),
    "drawn": Label(zh="抽中检查对象", en="companies drawn"),
    "approved": Label(zh="已审核结果", en="approved"),
    "awaiting": Label(zh="待审核", en="awaiting approval"),
    "planned": Label(zh="尚待检查", en="still to be visited"),
    "cancelled": Label(zh="已取消", en="cancelled"),
    "carried_over": Label(zh="转入以后月份", en="carried over"),
}
