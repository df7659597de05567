"""Which entities a list or a table is to show: the options, and what they mean."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.screens.register import parse_wanted_domain

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.registry.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a person asked for; None: any."""

    zone: str | None
    risk_class: str | None
    domain: str | None

    def by(self, bureau: Bureau) -> Callable[[Entity], bool]:
        """Give what says whether an entity is meant; ``InputError`` for a domain that the bureau does not know."""
        domain = parse_wanted_domain(self.domain, bureau)
        return lambda one: (
            self.zone in {None, one.zone}
            and self.risk_class in {None, one.risk_class}
            and (domain is None or domain in one.domains)
        )


def choosing_options(callback: Callable[..., None]) -> Callable[..., None]:
    """Add the options; the command receives them together as ``chosen``."""

    @functools.wraps(callback)
    def with_chosen(*args: object, **values: Any) -> None:
        chosen = Chosen(**{name: values.pop(name) for name in Chosen.__dataclass_fields__})
        callback(*args, chosen=chosen, **values)

    command: Callable[..., None] = with_chosen
    for option in (
        click.option("--domain", metavar="DOMAIN", help="Only those to whom this domain applies."),
        click.option("--class", "risk_class", metavar="CLASS", help="Only those of this risk class."),
        click.option("--zone", metavar="ZONE", help="Only those of this zone."),
    ):
        command = option(command)
    return command
