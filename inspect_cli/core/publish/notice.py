"""From what was frozen, drawn and recorded to what the public may see of it.

PUBLISH-1 to PUBLISH-5 stand in ``view``, the numbers and their rules in ``counts``, the chain and its rules in ``chain``.

Rules:

PUBLISH-8  A document has no time but recorded ones, all at the bureau's distance from UTC: the same store gives the same bytes.
PUBLISH-9  Recorded visits stand in the order of the days on which they were done, then of the entities' ids; never in ticket order.
PUBLISH-13  What was committed with a provisional calendar says so on every notice, with the years.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import Combine, commitment_digest
from inspect_cli.core.draw.promise import kind_of
from inspect_cli.core.draw.result import result_digest
from inspect_cli.core.draw.ticket import shell_line
from inspect_cli.core.publish import counts, lines, view
from inspect_cli.core.publish.chain import view_chain
from inspect_cli.core.publish.further import (
    count_allowances,
    further_of,
    listed_matters,
    made_at,
    notice_month,
    parse_time,
    plan_of,
    provisional_years,
    stamp,
)
from inspect_cli.core.publish.labels import SOURCES, label_domain
from inspect_cli.core.publish.naming import name_company
from inspect_cli.core.schedule import find_name
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

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
        limits=counts.list_limits(committed),
        allowances=count_allowances(commitment),
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
    commitment, bureau = committed.commitment, committed.bureau
    values = tuple(f"{kind_of(entry.promise)}:{entry.value}" for entry in result.entropy)
    recorded = _recorded_companies(drawn)
    order = drawn.listing.entities
    if order is None:
        order = list_named(_first(committed), commitment, recorded, drawn.withheld)
    return view.DrawView(
        head=_view_head(committed),
        drawn_at=stamp(drawn.drawn_at, drawn.day, bureau),
        place=drawn.ceremony.place,
        witnesses=drawn.ceremony.witnesses,
        quotas=counts.count_quotas(committed, drawn),
        domains=counts.count_domains(committed, drawn),
        exclusions=counts.count_exclusions(drawn.excluded),
        limits=counts.list_limits(committed),
        allowances=count_allowances(commitment),
        sources=tuple(_view_source(entry.promise, bureau, entry.value) for entry in result.entropy),
        seed=result.seed,
        seed_command=shell_line(("draw-v1/seed", result.commitment, *values)),
        result=result_digest(result),
        checks_all=commitment.combine is Combine.APPLICABLE,
        visits=len(result.visits),
        open=sum(visit.day is None for visit in result.visits),
        checks=sum(len(visit.domains) for visit in result.visits),
        names_published=publishes_names(_first(committed)),
        companies=tuple(
            lines.StubLine(number=number) if entity in drawn.listing.unshown else recorded[entity]
            for number, entity in enumerate(order, start=1)
        ),
    )


def publishes_names(first: Commitment) -> bool:
    """Say whether the plan of a chain, whose first commitment this is, publishes names; ``InputError`` when that does not say it."""
    return plan_of(first).flag("names_published")


def list_named(
    first: Commitment, own: Commitment, recorded: Iterable[EntityId], withheld: Container[EntityId]
) -> tuple[EntityId, ...]:
    """List by number whom a draw's notice names of those that it drew and whose visits are recorded (PUBLISH-3)."""
    # A supplement's notice names nobody: a name beside what changed would say too much (PUBLISH-11).
    if own.amends is not None or not publishes_names(first):
        return ()
    return tuple(sorted((entity for entity in recorded if entity not in withheld), key=str.encode))


def view_result(drawn: Drawn) -> view.ResultView:
    """Make the view of notice ⑤ of a chain, whose first draw ``drawn`` is but for the head's; ``InputError`` as ``view_commitment``."""
    bureau, listing = drawn.committed.bureau, drawn.listing
    companies = _recorded_companies(drawn)
    order = sort_outcomes(drawn.outcomes, companies) if listing.entities is None else listing.entities
    worst = Counter(drawn.outcomes[entity].worst for entity in order if entity not in listing.unshown)
    head, drawn_at = _view_head(drawn.committed), stamp(drawn.drawn_at, drawn.day, bureau)
    return view.ResultView(
        head=head,
        drawn_at=drawn_at,
        until=_last_day(drawn, head, drawn_at),
        rows=tuple(
            lines.StubLine(number=number)
            if entity in listing.unshown
            else view_row(number, companies[entity], drawn.outcomes[entity], bureau)
            for number, entity in enumerate(order, start=1)
        ),
        classes=tuple(
            lines.ClassLine(number=each.value, result=each.label, companies=worst[each]) for each in sorted(worst)
        ),
        progress=counts.count_progress(drawn),
        term=lines.Term(working_days=bureau.result_working_days.number, basis=bureau.result_working_days.basis),
        earlier=listing.earlier,
    )


def sort_outcomes(outcomes: Mapping[EntityId, Outcome], listed: Iterable[EntityId]) -> tuple[EntityId, ...]:
    """Put companies into the order in which a notice of results lists them: by the day of the check, then by number."""
    return tuple(sorted(listed, key=lambda entity: (outcomes[entity].visited_on, entity.encode())))


def _last_day(drawn: Drawn, head: view.Head, drawn_at: view.Stamp) -> date:
    """Give the last day of which the results' notice says anything."""
    days = [drawn_at.at.date(), *(outcome.visited_on for outcome in drawn.outcomes.values())]
    days += [end.day for end in drawn.ends.values()]
    days += [link.made.at.date() for link in (head.chain.links if head.chain else ())]
    return max(days)


def _first(committed: Committed) -> Commitment:
    """Give the commitment of the first draw of a chain: a supplement has no plan of its own."""
    return committed.chain[0].commitment if committed.chain else committed.commitment


def _view_head(committed: Committed) -> view.Head:
    commitment, bureau = committed.commitment, committed.bureau
    frame, chain = commitment.frame, view_chain(committed)
    # The name that was committed stands; today's settings only know what it is called in English.
    english = bureau.name_en if bureau.name == commitment.bureau else commitment.bureau
    return view.Head(
        publisher=view.Publisher(
            name=Label(zh=commitment.bureau, en=english),
            telephone=bureau.complaints.telephone,
            address=bureau.complaints.address,
        ),
        slot=commitment.slot,
        month=notice_month(commitment.period),
        plan=_view_plan(_first(committed), bureau),
        made=made_at(commitment, bureau),
        commitment=commitment_digest(commitment),
        frame=view.PublicFrame(
            entities=_view_list(frame.entities),
            inspectors=_view_list(frame.inspectors),
            excluded=_view_list(frame.excluded),
        ),
        protocol=commitment.protocol.value,
        software=further_of(commitment).text("software"),
        void_reason=committed.void_reason,
        again=next((link.again for link in (chain.links if chain else ()) if link.slot == commitment.slot), None),
        chain=chain,
        provisional_years=provisional_years(_first(committed)),
    )


def _view_plan(commitment: Commitment, bureau: Bureau) -> view.PublicPlan:
    plan = plan_of(commitment)
    return view.PublicPlan(
        name=plan.text("name"),
        digest=plan.digest("digest"),
        is_targeted=plan.text("type") == "targeted",
        matters=listed_matters(commitment, bureau),
    )


def _view_list(listing: Listing) -> view.FrozenList:
    return view.FrozenList(count=listing.count, root=listing.root)


def _view_source(promise: Promise, bureau: Bureau, value: str | None = None) -> view.PublicSource:
    kind = kind_of(promise)
    return view.PublicSource(
        kind=kind, kind_label=SOURCES[kind], promise=promise, at=parse_time(promise.at, bureau), value=value
    )


def _recorded_companies(drawn: Drawn) -> dict[EntityId, lines.PublicCompany]:
    """Name the drawn companies whose visits are recorded, sorted by id, and nobody else (PUBLISH-2)."""
    recorded = {visit.entity for visit in drawn.result.visits if visit.entity in drawn.outcomes}
    rows = sorted((row for row in drawn.entities if row.id in recorded), key=lambda row: row.id.encode())
    return {row.id: name_company(row.id, find_name(row), drawn.namings.get(row.id)) for row in rows}


def view_row(number: int, company: lines.PublicCompany, outcome: Outcome, bureau: Bureau) -> lines.ResultLine:
    """Make the line of a visit's result."""
    return lines.ResultLine(
        number=number,
        company=company,
        finished=outcome.visited_on,
        results=tuple(
            lines.DomainResult(domain=label_domain(bureau, each.domain), result=each.result.label)
            for each in outcome.domains
        ),
        methods=tuple(method.label for method in dict.fromkeys(each.method for each in outcome.domains)),
    )
