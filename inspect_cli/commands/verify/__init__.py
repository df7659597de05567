"""``verify``: the checks of draw-v1 on one file or folder. It opens no store and no network, and knows nothing of the bureau."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.verify.differences import show_differences
from inspect_cli.commands.verify.shown import public_data, receipt_data, show_public, show_receipt
from inspect_cli.commands.verify.since import both_data, compare, judge_bundle
from inspect_cli.commands.verify.whole import show_whole, whole_data
from inspect_cli.console import Console, Tone
from inspect_cli.core.draw.disclosure.public import DISCLOSURE
from inspect_cli.core.draw.disclosure.receipt import parse_receipt
from inspect_cli.core.verify.checks import judge
from inspect_cli.core.verify.disclosed import parse_public, verify_public, verify_receipt
from inspect_cli.core.verify.shape import members_of
from inspect_cli.errors import LevelError, MismatchError, UsageMistake, say
from inspect_cli.files.bundle import read_bundle
from inspect_cli.files.receipt import find_receipt
from inspect_cli.language import _
from inspect_cli.proofs import PROVERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.app import App
    from inspect_cli.core.verify.report import Report

_HIGHEST = 3


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--level", type=click.IntRange(0, _HIGHEST), help="The level that a whole draw must reach: 0 (unless given) to 3."
)
@click.option(
    "--since", type=click.Path(path_type=Path), help="The whole bundle of an earlier draw: tell what changed since."
)
@click.option("--all", "show_all", is_flag=True, help="With --since: show long lists whole.")
@json_option
@click.pass_obj
def verify(app: App, path: Path, *, level: int | None, since: Path | None, show_all: bool, as_json: bool) -> None:
    """Verify a draw from its bundle, a zip or a folder: no store, no network, nobody's word.

    A public bundle and a company's receipt are checked as far as they go: what they show holds, or does not. They have no level.

    With --since both bundles are verified, and then stands what changed from the old one to the new one, month against month.

    Each rule is named by its id, with what was expected and what was found. The exit status is 6 on any mismatch, 7 when there is
    none but the level asked for is not reached, and 3 when the file is damaged or not what it claims to be.

    \b
    Example:
      inspect-cli verify december.zip
      inspect-cli verify december.zip --level 1 --json
      inspect-cli verify receipt.json
      inspect-cli verify december.zip --since november.zip
    """
    console = Console(language=app.language)
    if since is not None:
        report = _verify_since(console, (path, since), show_all=show_all, as_json=as_json)
        _require_level(report, level)
        return
    if show_all:
        raise UsageMistake(
            say("--all goes with --since"), hint=say("leave --all out, or name an earlier bundle with --since")
        )
    receipt = find_receipt(path)
    if receipt is not None:
        _verify_receipt(console, receipt, level, as_json=as_json)
        return
    files = read_bundle(path)
    if DISCLOSURE in files:
        _verify_public(console, files, level, as_json=as_json)
        return
    _verify_whole(console, files, level, as_json=as_json)


def _verify_whole(console: Console, files: Mapping[str, bytes], level: int | None, *, as_json: bool) -> None:
    with console.progress(_("verifying"), None):
        judged = judge(members_of(files), PROVERS)
    report = judged.report
    if as_json:
        console.show_json({"format": "bundle-v1", **whole_data(judged)})
    else:
        show_whole(console, judged)
    _require_no_mismatch(report)
    _require_level(report, level)


def _verify_since(console: Console, paths: tuple[Path, Path], *, show_all: bool, as_json: bool) -> Report:
    """Verify two bundles, the new one first, and show both reports and the differences; gives the report of the lower level."""
    with console.progress(_("verifying"), None):
        new, old = map(judge_bundle, paths)
        compared = compare(old, new)
    if as_json:
        console.show_json(both_data(old, new, compared))
    else:
        show_whole(console, old)
        console.show_line()
        show_whole(console, new)
        if compared is None:
            console.show_line()
            console.show_line(say("The two draws are not compared: not all that they rest on holds."), Tone.BAD)
        else:
            show_differences(console, compared, show_all=show_all)
    for one in (old, new):
        _require_no_mismatch(one.report)
    return min((old.report, new.report), key=lambda report: report.level)


def _verify_public(console: Console, files: Mapping[str, bytes], level: int | None, *, as_json: bool) -> None:
    public = parse_public(files)
    report = verify_public(public, PROVERS)
    if as_json:
        console.show_json(public_data(public, report))
    else:
        show_public(console, public, report)
    _require_shown(report, level)


def _verify_receipt(console: Console, data: bytes, level: int | None, *, as_json: bool) -> None:
    receipt = parse_receipt(data)
    report = verify_receipt(receipt, PROVERS)
    if as_json:
        console.show_json(receipt_data(receipt, report))
    else:
        show_receipt(console, receipt, report)
    _require_shown(report, level)


def _require_shown(report: Report, level: int | None) -> None:
    _require_no_mismatch(report)
    if level is not None:
        raise LevelError(
            say("a public bundle or a receipt has no level"),
            hint=say("leave --level out, or verify the whole bundle"),
        )


def _require_level(report: Report, level: int | None) -> None:
    if report.level < (level or 0):
        raise LevelError(
            say("level {wanted} is not reached: the level found is {found}", wanted=level or 0, found=report.level),
            hint=say("the lines that say NOT CHECKED name what is missing"),
        )


def _require_no_mismatch(report: Report) -> None:
    if report.mismatches:
        raise MismatchError(
            say("{count} checks do not hold", count=len(report.mismatches)),
            hint=say("do not rely on this draw; ask the bureau for the bundle again, and for an explanation"),
        )
