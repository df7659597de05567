"""A file a noun: parse, call one act or one read, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.command_line import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping

NOUNS: Final[Mapping[str, Listed]] = {
    "init": Listed("inspect_cli.commands.init:init", "Write the bureau's settings and make its store."),
    "demo": Listed("inspect_cli.demo:demo", "Play a month of the sample township, from files to published notices."),
    "status": Listed("inspect_cli.commands.status:status", "Show where the month stands, and what comes next."),
    "entity": Listed("inspect_cli.commands.entity:entity", "Keep the registry of entities: whom a draw can choose."),
    "inspector": Listed(
        "inspect_cli.commands.inspector:inspector",
        "Keep the roster: inspectors and experts, when they are away, and whom they must not visit.",
    ),
    "matter": Listed("inspect_cli.commands.matter:matter", "Keep the list of matters: what may be inspected at all."),
    "workdays": Listed(
        "inspect_cli.commands.workdays:workdays",
        "Show working days with make-up days, take a year's notice of them, and close days for visits.",
    ),
    "plan": Listed(
        "inspect_cli.commands.plan:plan",
        "Plan the year and the month: write plans, and have them explained and compared.",
    ),
    "draw": Listed(
        "inspect_cli.commands.draw:draw", "Make a draw: commitment, public seed, result, and why it came out so."
    ),
    "schedule": Listed("inspect_cli.commands.schedule:schedule", "Who visits whom on which day."),
    "visit": Listed(
        "inspect_cli.commands.visit:visit",
        "Visits: earlier ones and other departments', and how the drawn ones end.",
    ),
    "notice": Listed(
        "inspect_cli.commands.notice:notice", "Public notices: drafts, publication, corrections, and files of them."
    ),
    "verify": Listed(
        "inspect_cli.commands.verify:verify",
        "Verify a draw from its bundle, a zip or a folder: no store, no network, nobody's word.",
    ),
    "log": Listed("inspect_cli.commands.log:log", "Read the log of all acts: one row for each change of the store."),
    "db": Listed("inspect_cli.commands.db:db", "Look after the store."),
}
"""The nouns of the command line in the order of the story, each with its place and the first sentence of its help."""
