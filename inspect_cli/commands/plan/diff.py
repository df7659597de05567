"""``plan diff``: what differs between two plans. Nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.plan.kept_plan import find_plan
from inspect_cli.command_line import Command, json_option
from inspect_cli.console import Column, Console
from inspect_cli.core.draw.promise import SourceKind
from inspect_cli.core.plan.difference import compare_plans
from inspect_cli.core.plan.quota import render_ratio
from inspect_cli.core.publish.labels import SOURCES
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, join_words
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.plan.difference import Plain, PlanDifference, SourceDifference
    from inspect_cli.core.plan.plan import Share

_Row = tuple[str, str, str]


@click.command(cls=Command)
@click.argument("before", metavar="BEFORE", help="A month, a slot, or a plan's file.")
@click.argument("after", metavar="AFTER", help="The plan that it is compared with, named in the same ways.")
@json_option
@click.pass_obj
def diff(app: App, before: str, after: str, as_json: bool) -> None:
    """Show what differs between two plans, key by key.

    A plan is named by its file, by the slot of a draw (2026-12/1), or by a month, which stands for its last draw that is not
    void. Order and comments are no difference.

    \b
    Example:
      inspect-cli plan diff 2026-12 plan-2027-01.toml
    """
    bureau, store, console = read_bureau(app.config), Store.open(app.store_url), Console(language=app.language)
    found = compare_plans(find_plan(store, before, bureau), find_plan(store, after, bureau))
    if as_json:
        console.show_json(_data(found))
    elif found.is_empty:
        console.show_line(say("the two plans do not differ"))
    else:
        columns = [
            Column(title=_("key"), is_wrapped=True),
            Column(title=_("before"), is_wrapped=True),
            Column(title=_("after"), is_wrapped=True),
        ]
        console.show_table("", columns, _rows(found, bureau, app.language))


def _rows(found: PlanDifference, bureau: Bureau, language: str) -> Iterator[_Row]:
    """Give the table's rows: one for each key, share, source's key, matter and day."""
    for one in found.keys:
        yield one.key, _text(one.before), _text(one.after)
    for share in found.shares:
        label = bureau.domain_label(share.domain, language)
        yield f"share {label} {share.stratum}", _share_text(share.before), _share_text(share.after)
    for source in found.sources:
        yield from _source_rows(source, language)
    yield from (("matters", "", f"+ {matter}") for matter in found.matters_added)
    yield from (("matters", f"- {matter}", "") for matter in found.matters_removed)
    yield from (("days_off", "", f"+ {day.isoformat()}") for day in found.days_off_added)
    yield from (("days_off", f"- {day.isoformat()}", "") for day in found.days_off_removed)


def _source_rows(source: SourceDifference, language: str) -> Iterator[_Row]:
    name = f"source {SOURCES[SourceKind(source.kind)].text(language)} {source.name}"
    for key in source.keys:
        yield f"{name}: {key}", _of(source.before, key), _of(source.after, key)
    if source.before is None or source.after is None:
        yield name, _of(source.before, "at"), _of(source.after, "at")


def _of(source: Mapping[str, object] | None, key: str) -> str:
    value = None if source is None else source.get(key)
    return _text(tuple(map(str, value)) if isinstance(value, list | tuple) else value)


def _text(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, tuple):
        return join_words(value) or "-"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _share_text(share: Share | None) -> str:
    if share is None:
        return "-"
    text = str(share.number) if share.ratio is None else render_ratio(share.ratio)
    return f"{text} (allow_zero)" if share.allow_zero else text


def _data(found: PlanDifference) -> dict[str, Any]:
    return {
        "same": found.is_empty,
        "keys": [{"key": one.key, "before": _plain(one.before), "after": _plain(one.after)} for one in found.keys],
        "shares": [
            {
                "domain": one.domain,
                "stratum": one.stratum,
                "before": _share_data(one.before),
                "after": _share_data(one.after),
            }
            for one in found.shares
        ],
        "sources": [
            {
                "kind": one.kind,
                "name": one.name,
                "before": None if one.before is None else dict(one.before),
                "after": None if one.after is None else dict(one.after),
            }
            for one in found.sources
        ],
        "matters": {"added": list(found.matters_added), "removed": list(found.matters_removed)},
        "days_off": {
            "added": [day.isoformat() for day in found.days_off_added],
            "removed": [day.isoformat() for day in found.days_off_removed],
        },
    }


def _plain(value: Plain) -> object:
    return list(value) if isinstance(value, tuple) else value


def _share_data(share: Share | None) -> dict[str, Any] | None:
    if share is None:
        return None
    aim = {"number": share.number} if share.ratio is None else {"ratio": share.ratio}
    return aim | {"allow_zero": share.allow_zero}
