"""``notice``: what is published: drafts, publication, later versions, and files. What it may show is ``core.publish``'s matter."""

from __future__ import annotations

import click

from inspect_cli.command_line import LazyGroup, Listed


@click.group(
    cls=LazyGroup,
    package=__name__,
    listed={
        "preview": Listed(".publish:preview", "Show what a notice would make public that is not public yet."),
        "publish": Listed(".publish:publish", "Publish a notice: it gets the next document number."),
        "list": Listed(".listing:list_published", "List what was published, in its order."),
        "show": Listed(".listing:show", "Show the versions of a notice, and whose results it names."),
        "write": Listed(".write:write", "Write a published notice to a file, as it stands now."),
        "correct": Listed(".correct:correct", "Publish what has changed since in what a notice tells."),
        "repair": Listed(".ending:repair", "Take lines from display because credit was repaired."),
        "withdraw": Listed(".ending:withdraw", "Take lines of a notice, or all of it, from display."),
        "expire": Listed(".correct:expire", "Take from display every line whose years are over."),
        "render": Listed(".draft:render", "Write a draft of a notice, without a number."),
        "due": Listed(
            ".due:due",
            "List what is to be published, the most urgent first, with its last day and the rule it rests on.",
        ),
        "ics": Listed(".due:ics", "Write a calendar file with a reminder of everything that is to be published."),
        "check": Listed(
            ".check:check",
            "Prove a month: every drawn visit has exactly one end, and its notices say what store and bundles say.",
        ),
        "export": Listed(
            ".export:export_file", "Write approved results in the layout of a platform in which they are entered again."
        ),
    },
)
def notice() -> None:
    """Public notices: drafts, publication, corrections, and files of them.

    \b
    Example:
      inspect-cli notice preview draw 2026-12/1
      inspect-cli --as NAME notice publish draw 2026-12/1
      inspect-cli notice list 2026-12
      inspect-cli notice write DOCUMENT --format docx -o draw.docx
    """
