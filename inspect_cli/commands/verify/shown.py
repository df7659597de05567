"""What ``verify`` shows of a public bundle and of a receipt: what they say, their checks, and what a person should ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from inspect_cli.commands.verify.asked import questions_data, show_questions
from inspect_cli.commands.verify.page import check_data, show_checks
from inspect_cli.commands.verify.values import show_values, values_data
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.draw.rows import Reason
from inspect_cli.core.draw.ticket import Purpose, shell_line, working
from inspect_cli.core.verify.questions import find_shown_questions
from inspect_cli.errors import Message, say
from inspect_cli.language import _

if TYPE_CHECKING:
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.disclosure.receipt import InFrame, Receipt
    from inspect_cli.core.names import Slot
    from inspect_cli.core.verify.disclosed import Public
    from inspect_cli.core.verify.questions import Questions
    from inspect_cli.core.verify.report import Report


def public_data(public: Public, report: Report) -> dict[str, Any]:
    """Give what ``--json`` shows of a public bundle."""
    counts = public.disclosure.counts
    return {
        "format": public.disclosure.format.value,
        "checks": check_data(report),
        "level": None,
        "commitment": commitment_digest(public.commitment),
        "slot": public.commitment.slot,
        "result": public.disclosure.result,
        "counts": {name: getattr(counts, name) for name in ("selected", "visits", "open", "shown")},
        "values": values_data([(public.commitment.slot, public.disclosure.entropy)]),
        "questions": questions_data(_asked_of_public(public)),
    }


def receipt_data(receipt: Receipt, report: Report) -> dict[str, Any]:
    """Give what ``--json`` shows of a receipt."""
    excluded = [
        {"domain": None if one.row.domain is None else str(one.row.domain), "reason": one.row.reason.value}
        for one in receipt.excluded
    ]
    return {
        "format": receipt.format.value,
        "checks": check_data(report),
        "level": None,
        "commitment": commitment_digest(receipt.commitment),
        "slot": receipt.commitment.slot,
        "entity": receipt.entity,
        "drawn": [] if receipt.frame is None else list(receipt.frame.drawn),
        "excluded": excluded,
        "values": values_data([(receipt.commitment.slot, receipt.entropy)]),
        "questions": questions_data(_asked_of_receipt(receipt)),
    }


def show_public(console: Console, public: Public, report: Report) -> None:
    """Print a public bundle's counts, its checks, and what a person should ask."""
    counts = public.disclosure.counts
    _show_head(
        console,
        say("What the public may see of draw {slot} of {bureau}", **_names(public.commitment)),
        public.commitment,
    )
    console.show_pairs([(_("result"), public.disclosure.result)])
    console.show_line(
        say(
            "{shown} of {visits} visits are shown; {open} have no day",
            shown=counts.shown,
            visits=counts.visits,
            open=counts.open,
        )
    )
    show_checks(console, report)
    _show_end(console, report)
    show_values(console, [(public.commitment.slot, public.disclosure.entropy)])
    show_questions(console, _asked_of_public(public))


def show_receipt(console: Console, receipt: Receipt, report: Report) -> None:
    """Print what a receipt says of its company, its checks, and what a person should ask."""
    commitment, frame = receipt.commitment, receipt.frame
    _show_head(
        console,
        say("Receipt of {entity} for draw {slot} of {bureau}", entity=receipt.entity, **_names(commitment)),
        commitment,
    )
    for one in receipt.excluded:
        why = reason_words(one.row.reason)
        console.show_line(
            say("not in the frame: {reason}", reason=why)
            if one.row.domain is None
            else say("{domain} is left out: {reason}", domain=one.row.domain, reason=why)
        )
    if frame is not None:
        _show_standings(console, receipt, frame)
    show_checks(console, report)
    _show_end(console, report)
    show_values(console, [(commitment.slot, receipt.entropy)])
    show_questions(console, _asked_of_receipt(receipt))


def _asked_of_public(public: Public) -> list[tuple[Slot, Questions]]:
    rows = [visit.proved.row for visit in public.disclosure.visits]
    return [(public.commitment.slot, find_shown_questions(public.commitment, rows))]


def _asked_of_receipt(receipt: Receipt) -> list[tuple[Slot, Questions]]:
    rows = [] if receipt.frame is None else [receipt.frame.proved.row]
    return [(receipt.commitment.slot, find_shown_questions(receipt.commitment, rows))]


def _show_standings(console: Console, receipt: Receipt, frame: InFrame) -> None:
    row = frame.proved.row
    console.show_line(
        say("drawn for {domains}", domains=frame.drawn) if frame.drawn else say("in the frame, and not drawn")
    )
    console.show_pairs([(_("ticket"), frame.ticket)])
    quotas = {(quota.domain, quota.stratum): quota for quota in receipt.commitment.quotas}
    rows = []
    for one in frame.standings:
        quota = quotas.get((one.domain, one.stratum))
        taken = "" if quota is None else f"{quota.take} / {quota.size}"
        is_drawn = _("yes") if one.domain in frame.drawn else _("no")
        rows.append((one.domain, one.stratum, str(one.rank), taken, is_drawn, f"{one.cut_off[:8]}…"))
    columns = [
        Column(title=_("domain"), is_key=True),
        Column(title=_("stratum"), is_key=True),
        Column(title=_("place")),
        Column(title=_("drawn of")),
        Column(title=_("drawn")),
        Column(title=_("last ticket drawn")),
    ]
    console.show_table("", columns, rows)
    console.show_line(say("By hand, this line prints the ticket:"))
    console.show_verbatim(shell_line(working(receipt.seed, Purpose.ENTITY, row.id, row.salt).lines))


def _names(commitment: Commitment) -> dict[str, str]:
    return {"slot": commitment.slot, "bureau": commitment.bureau}


def _show_head(console: Console, title: Message, commitment: Commitment) -> None:
    console.show_line(title, Tone.HEADING)
    console.show_pairs([(_("commitment"), commitment_digest(commitment))])


def _show_end(console: Console, report: Report) -> None:
    console.show_line()
    if not report.mismatches:
        console.show_line(
            say("What it shows holds. What it does not show is NOT CHECKED: the whole bundle would show it.")
        )
    console.show_line(say("Compare by eye: this commitment's digest with the one that was published before the draw."))


def reason_words(reason: Reason) -> Message:
    """Say why somebody, or a domain, is left out."""
    match reason:
        case Reason.RETIRED:
            return say("not in business")
        case Reason.MONTH:
            return say("drawn or visited in this month already")
        case Reason.CAP:
            return say("as many visits this year as are allowed")
        case Reason.COOLING_OFF:
            return say("visited a short time ago")
        case Reason.FILTER:
            return say("outside the plan")
        case Reason.OTHER_SLOT:
            return say("another draw of the month takes it")
        case _:
            assert_never(reason)
