"""From what was frozen, drawn and recorded to what the public may see of it.

PUBLISH-1 to PUBLISH-5 stand in ``view``, the numbers and their rules in ``counts``.

Rules:

PUBLISH-8  A document has no time but recorded ones, all at the bureau's distance from UTC: the same store gives the same bytes.
PUBLISH-9  Recorded visits stand in the order of the days on which they were done, then of the entities' ids; never in ticket order.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import COMMITMENT, Combine, commitment_digest
from inspect_cli.core.draw.fields import Fields
from inspect_cli.core.draw.promise import kind_of
from inspect_cli.core.draw.result import result_digest
from inspect_cli.core.draw.rows import parse_others
from inspect_cli.core.draw.ticket import shell_line
from inspect_cli.core.names import Domain
from inspect_cli.core.publish import counts, view
from inspect_cli.core.publish.labels import SOURCES, label_domain
from inspect_cli.core.schedule import find_name
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment, Listing
    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.publish.dossier import Committed, Drawn
    from inspect_cli.core.visit.outcome import Outcome


def view_commitment(committed: Committed) -> view.CommitmentView:
    """Make the view of notice ③; ``InputError`` when the commitment does not say what its plan is."""
    commitment, bureau = committed.commitment, committed.bureau
    sources = tuple(_view_source(promise, bureau) for promise in commitment.sources)
    return view.CommitmentView(
        head=_view_head(committed),
        quotas=counts.count_quotas(committed, None),
        domains=counts.count_domains(committed, None),
        sources=sources,
        last_source=max(source.at for source in sources),
        team_min=commitment.team.min,
        team_max=commitment.team.max,
        expert_domains=tuple(label_domain(bureau, domain) for domain in commitment.team.expert_domains),
        checks_all=commitment.combine is Combine.APPLICABLE,
        first_day=date.fromisoformat(commitment.days[0]),
        last_day=date.fromisoformat(commitment.days[-1]),
        working_days=len(commitment.days),
    )


def view_draw(drawn: Drawn) -> view.DrawView:
    """Make the view of notice ④; ``InputError`` when the commitment does not say what its plan is."""
    committed, result = drawn.committed, drawn.result
    names_published = _plan_fields(committed.commitment).flag("names_published")
    values = tuple(f"{kind_of(entry.promise)}:{entry.value}" for entry in result.entropy)
    return view.DrawView(
        head=_view_head(committed),
        drawn_at=_stamp(drawn.drawn_at, drawn.day, committed.bureau),
        quotas=counts.count_quotas(committed, drawn),
        domains=counts.count_domains(committed, drawn),
        exclusions=counts.count_exclusions(drawn.excluded),
        sources=tuple(_view_source(entry.promise, committed.bureau, entry.value) for entry in result.entropy),
        seed=result.seed,
        seed_command=shell_line(("draw-v1/seed", result.commitment, *values)),
        result=result_digest(result),
        checks_all=committed.commitment.combine is Combine.APPLICABLE,
        checks=sum(len(visit.domains) for visit in result.visits),
        progress=counts.count_progress(drawn),
        names_published=names_published,
        companies=tuple(_recorded_companies(drawn).values()) if names_published else (),
    )


def view_result(drawn: Drawn) -> view.ResultView:
    """Make the view of notice ⑤; ``InputError`` when the commitment does not say what its plan is."""
    bureau = drawn.committed.bureau
    companies = _recorded_companies(drawn)
    drawn_at = _stamp(drawn.drawn_at, drawn.day, bureau)
    order = sorted(companies, key=lambda entity: (drawn.outcomes[entity].visited_on, entity.encode()))
    worst = Counter(drawn.outcomes[entity].worst for entity in order)
    return view.ResultView(
        head=_view_head(drawn.committed),
        drawn_at=drawn_at,
        until=drawn.outcomes[order[-1]].visited_on if order else drawn_at.at.date(),
        rows=tuple(
            _view_row(number, companies[entity], drawn.outcomes[entity], bureau)
            for number, entity in enumerate(order, start=1)
        ),
        classes=tuple(
            view.ClassLine(number=each.value, result=each.label, companies=worst[each]) for each in sorted(worst)
        ),
        progress=counts.count_progress(drawn),
        term=view.Term(working_days=bureau.result_working_days.number, basis=bureau.result_working_days.basis),
    )


def _view_head(committed: Committed) -> view.Head:
    commitment, bureau = committed.commitment, committed.bureau
    further = _further(commitment)
    frame = commitment.frame
    # The name that was committed stands; today's settings only know what it is called in English.
    english = bureau.name_en if bureau.name == commitment.bureau else commitment.bureau
    return view.Head(
        publisher=view.Publisher(
            name=Label(zh=commitment.bureau, en=english),
            telephone=bureau.complaints.telephone,
            address=bureau.complaints.address,
        ),
        slot=commitment.slot,
        month=view.Month(year=int(commitment.period[:4]), month=int(commitment.period[5:])),
        plan=_view_plan(commitment, bureau),
        made=_stamp(datetime.fromisoformat(further.text("made")), date.fromisoformat(further.day("day")), bureau),
        commitment=commitment_digest(commitment),
        frame=view.PublicFrame(
            entities=_view_list(frame.entities),
            inspectors=_view_list(frame.inspectors),
            excluded=_view_list(frame.excluded),
        ),
        protocol=commitment.protocol.value,
        software=further.text("software"),
        void_reason=committed.void_reason,
    )


def _view_plan(commitment: Commitment, bureau: Bureau) -> view.PublicPlan:
    plan = _plan_fields(commitment)
    matters = _further(commitment).nested_list("matters")
    return view.PublicPlan(
        name=plan.text("name"),
        digest=plan.digest("digest"),
        is_targeted=plan.text("type") == "targeted",
        matters=tuple(
            view.PublicMatter(
                id=matter.text("id"),
                name=matter.text("name"),
                domain=label_domain(bureau, Domain(matter.text("domain"))),
            )
            for matter in matters
        ),
    )


def _further(commitment: Commitment) -> Fields:
    return Fields(values=parse_others(commitment.further), file=COMMITMENT)


def _plan_fields(commitment: Commitment) -> Fields:
    return _further(commitment).nested("plan")


def _view_list(listing: Listing) -> view.FrozenList:
    return view.FrozenList(count=listing.count, root=listing.root)


def _view_source(promise: Promise, bureau: Bureau, value: str | None = None) -> view.PublicSource:
    kind = kind_of(promise)
    return view.PublicSource(
        kind=kind, kind_label=SOURCES[kind], promise=promise, at=_parse_time(promise.at, bureau), value=value
    )


def _recorded_companies(drawn: Drawn) -> dict[EntityId, view.PublicCompany]:
    """Name the companies whose visits are recorded, sorted by id, and nobody else (PUBLISH-2)."""
    recorded = {visit.entity for visit in drawn.result.visits if visit.entity in drawn.outcomes}
    rows = sorted((row for row in drawn.entities if row.id in recorded), key=lambda row: row.id.encode())
    return {row.id: view.PublicCompany(id=row.id, name=find_name(row)) for row in rows}


def _view_row(number: int, company: view.PublicCompany, outcome: Outcome, bureau: Bureau) -> view.ResultLine:
    return view.ResultLine(
        number=number,
        company=company,
        finished=outcome.visited_on,
        results=tuple(
            view.DomainResult(domain=label_domain(bureau, each.domain), result=each.result.label)
            for each in outcome.domains
        ),
        methods=tuple(method.label for method in dict.fromkeys(each.method for each in outcome.domains)),
    )


def _stamp(clock: datetime, day: date, bureau: Bureau) -> view.Stamp:
    return view.Stamp(at=_at_bureau(clock, bureau), day=None if day == clock.date() else day)


def _parse_time(text: str, bureau: Bureau) -> datetime:
    """Read an RFC 3339 time, whose form the commitment's own rules have seen to, at the bureau's distance from UTC."""
    return _at_bureau(datetime.fromisoformat(text.upper()), bureau)


def _at_bureau(instant: datetime, bureau: Bureau) -> datetime:
    """Say an aware instant at the bureau's distance from UTC (PUBLISH-8)."""
    return instant.astimezone(datetime.fromisoformat(f"2000-01-01T00:00:00{bureau.utc_offset}").tzinfo)
