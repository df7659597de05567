"""What a commitment says to people beyond what the protocol reads, and times as documents show them.

What of it may be seen is ``view``'s matter.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from inspect_cli.core.bureau import Limit
from inspect_cli.core.draw.commitment import COMMITMENT
from inspect_cli.core.draw.fields import Fields
from inspect_cli.core.draw.rows import parse_others
from inspect_cli.core.names import Domain, MatterId
from inspect_cli.core.period import month_of, year_of
from inspect_cli.core.publish import lines, view
from inspect_cli.core.publish.labels import label_domain
from inspect_cli.errors import say

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.names import Period


def further_of(commitment: Commitment) -> Fields:
    """Give the keys of a commitment that the protocol does not read."""
    return Fields(values=parse_others(commitment.further), file=COMMITMENT)


def plan_of(commitment: Commitment) -> Fields:
    """Give what a commitment says of its plan; ``InputError`` where it says nothing."""
    return further_of(commitment).nested("plan")


def made_at(commitment: Commitment, bureau: Bureau) -> view.Stamp:
    """Say when a commitment was made; ``InputError`` where it does not say so."""
    further = further_of(commitment)
    return stamp(datetime.fromisoformat(further.text("made")), date.fromisoformat(further.day("day")), bureau)


def matter_names(commitment: Commitment) -> dict[MatterId, str]:
    """Give the names of the matters that a commitment lists; ``InputError`` where they are no texts."""
    further = further_of(commitment)
    listed = further.nested_list("matters") if "matters" in further.values else ()
    return {MatterId(matter.text("id")): matter.text("name") for matter in listed}


def listed_matters(commitment: Commitment, bureau: Bureau) -> tuple[view.PublicMatter, ...]:
    """Give the matters that a commitment lists, as the public sees them; ``InputError`` where it lists none."""
    return tuple(
        view.PublicMatter(
            id=matter.text("id"), name=matter.text("name"), domain=label_domain(bureau, Domain(matter.text("domain")))
        )
        for matter in further_of(commitment).nested_list("matters")
    )


def provisional_years(commitment: Commitment) -> tuple[int, ...]:
    """Give the years whose working days were not published yet; ``InputError`` where they are no list of whole numbers."""
    further = further_of(commitment)
    if "calendar" not in further.values:
        return ()
    calendar = further.nested("calendar")
    years = []
    for year in calendar.items("provisional"):
        if not isinstance(year, int) or isinstance(year, bool):
            raise calendar.fault("provisional", say("this is not a whole number"))
        years.append(year)
    return tuple(years)


def limits_of(commitment: Commitment) -> tuple[tuple[str, Limit], ...]:
    """Give the limits that left entities out, as the settings name them (``domains.health``); ``InputError`` where one has no form.

    There are none in a commitment that an earlier version of the program made.
    """
    further = further_of(commitment)
    listed = further.nested_list("limits") if "limits" in further.values else ()
    return tuple(
        (one.text("limit"), Limit(number=one.whole("number", least=0), basis=one.text("basis"))) for one in listed
    )


def count_allowances(commitment: Commitment) -> int:
    """Say how many entities are in the frame by a second person's leave; ``InputError`` where that is no number."""
    further = further_of(commitment)
    return further.whole("allowances", least=0) if "allowances" in further.values else 0


def notice_month(period: Period) -> lines.Month:
    """Give a period as documents write it."""
    return lines.Month(year=year_of(period), month=month_of(period))


def stamp(clock: datetime, day: date, bureau: Bureau) -> view.Stamp:
    """Say when something was done by the clock, and for which day where that is another (PUBLISH-8)."""
    return view.Stamp(at=at_bureau(clock, bureau), day=None if day == clock.date() else day)


def parse_time(text: str, bureau: Bureau) -> datetime:
    """Read an RFC 3339 time, whose form the commitment's own rules have seen to, at the bureau's distance from UTC."""
    return at_bureau(datetime.fromisoformat(text.upper()), bureau)


def at_bureau(instant: datetime, bureau: Bureau) -> datetime:
    """Say an aware instant at the bureau's distance from UTC (PUBLISH-8)."""
    return instant.astimezone(datetime.fromisoformat(f"2000-01-01T00:00:00{bureau.utc_offset}").tzinfo)
