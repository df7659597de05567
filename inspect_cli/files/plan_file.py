"""``plan.toml``, a month's plan, read strictly: what is wrong with it is told all at once, each with its key.

What a plan leads to is ``core.plan``'s matter; what of it the registries do not bear out is told there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.certificates import parse_pulse_announced
from inspect_cli.core.draw.drand import parse_announced
from inspect_cli.core.draw.fields import Fields
from inspect_cli.core.draw.promise import Promise, SourceKind, parse_promise, promise_values, source_fault
from inspect_cli.core.names import Domain, MatterId, Period
from inspect_cli.core.period import first_day, last_day, parse_period
from inspect_cli.core.plan.plan import SCOPE_FIELDS, Plan, Rounding, Scope, Share, StratumField
from inspect_cli.core.plan.quota import parse_ratio
from inspect_cli.errors import InputError, say
from inspect_cli.files.config import SETTINGS_LIMIT, read_team
from inspect_cli.files.intake.encoding import read_outside
from inspect_cli.files.toml_table import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.files.toml_table import Table

MOST: Final = 10_000_000
"""How many a share or a target can name at most."""

_BEACONS: Final[Mapping[str, Callable[[Fields], Promise]]] = {
    SourceKind.DRAND.value: parse_announced,
    SourceKind.NIST.value: parse_pulse_announced,
}
"""How a plan's beacons are read: a time stands for a round, and nobody promises what nobody could check."""

_LAST_DAY = "9999-12-31"
_STAND_IN = Period("1000-01")
_EXAMPLE = Period("2026-12")


class _Combine(StrEnum):
    APPLICABLE = "applicable"
    DRAWN = "drawn"


def read_plan(path: Path, bureau: Bureau) -> Plan:
    """Read a plan from ``path``; ``InputError`` when there is none, or with all its mistakes."""
    return parse_plan(read_outside(path, SETTINGS_LIMIT), path.name, bureau)


def parse_plan(data: bytes, file: str, bureau: Bureau) -> Plan:
    """Parse a plan, which keeps ``data`` as its text; ``InputError`` with all mistakes, each with its key."""
    return replace(read_table(data, file, lambda table: _read_plan(table, data, bureau)), file=file)


def find_strata(data: bytes) -> tuple[StratumField, ...]:
    """Find the strata fields of a plan that was kept; none where its bytes are no plan. Nothing else of it is looked at."""
    try:
        return read_table(data, "", read_strata)
    except InputError:
        return ()


def _read_plan(file: Table, data: bytes, bureau: Bureau) -> Plan:
    period = _read_period(file)
    known = tuple(label.domain for label in bureau.domains)
    plan = Plan(
        period=period,
        name=file.text("name"),
        slot_number=file.whole("slot_number", 1, 999) if file.has("slot_number") else None,
        combine=file.choice("combine", _Combine, _Combine.APPLICABLE).value,
        rounding=file.choice("rounding", Rounding, Rounding.CEIL),
        strata=read_strata(file),
        scope=_read_scope(file.table("scope")),
        team=read_team(file.table("team"), bureau.team, known),
        shares=_read_shares(file, known),
        matters=tuple(map(MatterId, file.texts("matters"))),
        days_off=_read_days_off(file, period),
        promises=read_promise_tables(file),
        names_published=file.flag("names_published", default=False),
        text=data,
    )
    file.close()
    return plan


def _read_period(file: Table) -> Period:
    text = file.text("period")
    try:
        return parse_period(text)
    except InputError as error:
        if text:
            file.note("period", error.what, error.hint)
        return _STAND_IN


def read_strata(file: Table) -> tuple[StratumField, ...]:
    """Read the fields that make the strata; the risk class where none are named."""
    if not file.has("strata"):
        return (StratumField.RISK_CLASS,)
    fields = []
    known = tuple(field.value for field in StratumField)
    for name in file.texts("strata"):
        if name in known:
            fields.append(StratumField(name))
        else:
            file.note(
                "strata",
                say("there is no field {field} to stratify by", field=name),
                say("it is one of {known}", known=known),
            )
    if not fields:
        file.note(
            "strata", say("a plan has at least one field to stratify by"), say("it is one of {known}", known=known)
        )
    return tuple(fields)


def _read_scope(table: Table) -> Scope:
    fields = []
    for name in SCOPE_FIELDS:
        if table.has(name):
            values = table.texts(name)
            if not values:
                table.note(name, say("this list is empty"), say("name the values that are meant, or take the line out"))
            fields.append((name, values))
    table.close()
    return Scope(fields=tuple(fields))


def _read_shares(file: Table, known: tuple[Domain, ...]) -> tuple[Share, ...]:
    shares: list[Share] = []
    for table in file.tables("share"):
        domain = read_domain(table, known)
        stratum = table.text("stratum", "*")
        if any((share.domain, share.stratum) == (domain, stratum) for share in shares):
            what = say("another share is for {domain} {stratum} already", domain=domain, stratum=stratum)
            table.note("stratum", what, say("keep one of them"))
        shares.append(
            Share(
                domain=domain,
                stratum=stratum,
                ratio=read_ratio(table) if table.has("ratio") else None,
                number=table.whole("number", 0, MOST) if table.has("number") else None,
                allow_zero=table.flag("allow_zero", default=False),
            )
        )
        if table.has("ratio") == table.has("number"):
            table.note(
                "ratio",
                say("a share has a ratio or a number, one of the two"),
                say('write ratio = "0.05" or number = 10'),
            )
        table.close()
    if not shares:
        file.note(
            "share", say("a plan draws for at least one domain"), say("begin a share with a line of its own: [[share]]")
        )
    return tuple(shares)


def read_domain(table: Table, known: tuple[Domain, ...]) -> Domain:
    """Read one domain that the settings know."""
    domain = Domain(table.text("domain"))
    if domain and domain not in known:
        table.note(
            "domain", say("there is no domain {domain}", domain=domain), say("it is one of {known}", known=known)
        )
    return domain


def read_ratio(table: Table) -> str:
    """Read a ratio; one that was written without quotes is exact all the same, for decimals are read as they stand."""
    value = table.raw("ratio")
    text = format(value, "f") if isinstance(value, Decimal) and value.is_finite() else str(value)
    try:
        return parse_ratio(text)
    except InputError as error:
        table.note("ratio", error.what, error.hint)
        return "0"


def _read_days_off(file: Table, period: Period) -> tuple[date, ...]:
    """Read days of the period, written as texts or as TOML's own days; sorted."""
    days = set()
    example = last_day(_EXAMPLE if period == _STAND_IN else period).isoformat()
    remedy = say("write a day as YYYY-MM-DD, such as {day}", day=example)
    for value in file.items("days_off"):
        day = _read_day(value)
        if day is None:
            file.note("days_off", say("{value} is not a day written YYYY-MM-DD", value=str(value)), remedy)
        elif period != _STAND_IN and not first_day(period) <= day <= last_day(period):
            file.note("days_off", say("{day} is not a day of {period}", day=day.isoformat(), period=period), remedy)
        else:
            days.add(day)
    return tuple(sorted(days))


def _read_day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("YYYY-MM-DD") else None
    except ValueError:
        return None


def read_promise_tables(file: Table) -> tuple[Mapping[str, object], ...]:
    """Read the ``[[source]]`` tables of a file, noting what is wrong with each and with all together."""
    read = [_read_source(table) for table in file.tables("source")]
    promises = [promise for _, promise in read if promise is not None]
    if not read:
        file.note(
            "source",
            say("a plan has at least one source of chance"),
            say("begin one with a line of its own: [[source]]"),
        )
    elif len(promises) == len(read):
        # Days are counted from the latest source on, so that only the sources' own order is left to look at.
        fault = source_fault(promises, _LAST_DAY)
        if fault is not None:
            file.note("source", fault)
    return tuple(values for values, _ in read)


def _read_source(table: Table) -> tuple[Mapping[str, object], Promise | None]:
    values = {key: _plain(table.raw(key)) for key in table.keys}
    read = _BEACONS.get(str(values.get("kind")), parse_promise)
    try:
        promise = read(Fields(values=values, file=""))
    except InputError as error:
        key = error.where.column if error.where and error.where.column else "kind"
        sealed = say("have the witness make it from a new text: {command}", command="printf '%s' 'TEXT' | sha256sum")
        table.note(key, error.what, sealed if key == "digest" else None, value=values.get(key))
        return {}, None
    table.text("name")
    return promise_values(promise), promise


def _plain(value: object) -> object:
    """Turn a value of TOML into one of a promise: instants as texts, texts in their composed form."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
