"""Public bundles and receipts of draws made at random, and verdicts on them; what is changed in them is changed as JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from inspect_cli.core.draw.commitment import COMMITMENT, render_commitment
from inspect_cli.core.draw.disclosure.disclose import disclose, make_receipt
from inspect_cli.core.draw.disclosure.public import DISCLOSURE, render_disclosure
from inspect_cli.core.draw.disclosure.receipt import parse_receipt, render_receipt
from inspect_cli.core.names import EntityId
from inspect_cli.core.verify.disclosed import parse_public, verify_public, verify_receipt
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.errors import InputError
from tests.oracle_form import canonical
from tests.random_draws import Chance, files_of, first_draw

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.verify.report import Report
    from tests.oracle_form import Row

UNSEEN = ("FRAME-1", "SELECT-1", "VISIT-1", "SIGN-1", "ORDER-1")
"""What no disclosure of a first draw can show."""
REFUSED = {"all": "refused"}


@cache
def random_row(name: str) -> Row:
    """Make a first draw by its name, as data of the oracle."""
    return first_draw(Chance(name))


@cache
def random_draw(name: str) -> FinishedDraw:
    """Make a first draw by its name."""
    return parse_draw(members_of(files_of([random_row(name)])))


def with_a_day(draw: FinishedDraw) -> frozenset[EntityId]:
    """Name the entities whose visits have a day."""
    return frozenset(visit.entity for visit in draw.result.visits if visit.day is not None)


def registered(draw: FinishedDraw) -> list[EntityId]:
    """Name everybody in the frame, then everybody with an exclusion."""
    return [*(row.id for row in draw.frame.entities), *(row.id for row in draw.frame.excluded)]


def public_files(draw: FinishedDraw, shown: Collection[EntityId] | None = None) -> dict[str, bytes]:
    """Make the members of a public bundle that shows these, or all that have a day."""
    disclosure = disclose(draw, with_a_day(draw) if shown is None else shown)
    return {COMMITMENT: render_commitment(draw.commitment), DISCLOSURE: render_disclosure(disclosure)}


def receipt_bytes(draw: FinishedDraw, entity: str) -> bytes:
    """Make an entity's receipt."""
    return render_receipt(make_receipt(draw, EntityId(entity)))


def of_public(files: Mapping[str, bytes]) -> dict[str, str]:
    """Judge a public bundle."""
    try:
        return verdicts(verify_public(parse_public(files)))
    except InputError:
        return REFUSED


def of_receipt(data: bytes) -> dict[str, str]:
    """Judge a receipt."""
    try:
        return verdicts(verify_receipt(parse_receipt(data)))
    except InputError:
        return REFUSED


def verdicts(report: Report) -> dict[str, str]:
    """Give the verdicts by check."""
    return {str(check.id): str(check.verdict) for check in report.checks}


def holds(found: Mapping[str, str]) -> bool:
    """Say whether all that can be shown is VERIFIED."""
    return {check for check, verdict in found.items() if verdict != "VERIFIED"} == set(UNSEEN)


def is_caught(found: Mapping[str, str]) -> bool:
    """Say whether something is a MISMATCH, or all is refused."""
    return found == REFUSED or "MISMATCH" in found.values()


def values_of(data: bytes) -> Any:
    """Read a member as JSON."""
    return json.loads(data)


def changed(files: Mapping[str, bytes], values: Any) -> dict[str, bytes]:
    """Give a public bundle with other values in its disclosure."""
    return {**files, DISCLOSURE: canonical(values)}
