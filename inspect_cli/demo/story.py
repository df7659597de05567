"""The story of the sample month, stage by stage, by acts only: whatever the demo does, a command does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli import resources
from inspect_cli.acts import store
from inspect_cli.acts.draw import bundle, frozen
from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.freeze import CommitOrder, software
from inspect_cli.acts.plan import check as plan
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.acts.publish.kept import read_notices
from inspect_cli.acts.registry import availability, calendar, entities, inspectors, ledger, matters, recusals
from inspect_cli.acts.registry.register import ImportOrder
from inspect_cli.acts.visit import recording, review, schedule
from inspect_cli.acts.visit.after import StepOrder, take_step
from inspect_cli.console import Tone
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import COMMITMENT
from inspect_cli.core.people import Role
from inspect_cli.core.publish.issued import NoticeKind, Subject
from inspect_cli.core.report.burden import measure_burden
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.shape import members_of
from inspect_cli.core.visit.history import find_entries
from inspect_cli.core.visit.steps import Step
from inspect_cli.demo.folder import FORMS, PAPERS
from inspect_cli.demo.sample import (
    CEREMONY,
    FIRST_HOUR,
    PLAN_DAY,
    RECHECKED_BEFORE,
    RESULT_DAYS,
    SEED_DAY,
    SEED_VALUES,
    actor_on,
    sample_claims,
    sample_salt,
    sample_steps,
)
from inspect_cli.errors import MismatchError, say
from inspect_cli.files.atomic import write_bytes
from inspect_cli.files.bundle import read_bundle, write_bundle
from inspect_cli.files.calendar import CalendarHead, render_calendar
from inspect_cli.files.config import read_bureau
from inspect_cli.files.documents.formats import render_document
from inspect_cli.files.documents.issued import read_issued
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.leave import read_leave
from inspect_cli.files.intake.matters import read_matters
from inspect_cli.files.intake.recusals import read_recusals
from inspect_cli.files.intake.visits import read_visits
from inspect_cli.files.plan_file import read_plan
from inspect_cli.files.workday_notice import read_year_notice
from inspect_cli.language import LANGUAGES, _, current, translate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from inspect_cli.acts.registry.register import Value
    from inspect_cli.console import Console
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, InspectorId, Slot
    from inspect_cli.core.people import Person
    from inspect_cli.core.report.burden import Burden
    from inspect_cli.core.schedule import ScheduledVisit
    from inspect_cli.errors import Message
    from inspect_cli.files.intake.rows import Intake
    from inspect_cli.storage.engine import Store

_COPIED: Final = (("inspect.toml", "inspect.toml"), ("plan-2026-12.toml", "plan.toml"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What a demo leaves to look at: its numbers, the slot, and one visited company and one inspector as examples."""

    burden: Burden
    slot: Slot
    entity: EntityId
    inspector: InspectorId


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """What every stage needs: the folder, the settings, the store, and somewhere to tell the story."""

    folder: Path
    bureau: Bureau
    store: Store
    console: Console
    is_silent: bool

    def begin(self, title: str) -> None:
        """Begin a stage of the story."""
        if not self.is_silent:
            self.console.show_line()
            self.console.show_line(title, Tone.HEADING)

    def tell(self, text: Message | str) -> None:
        """Tell one thing."""
        if not self.is_silent:
            self.console.show_line(text)


def play(folder: Path, console: Console, *, is_silent: bool) -> Played:
    """Play the month in a folder that was made ready, and give its numbers."""
    for source, target in _COPIED:
        write_bytes(folder / target, (resources.fixtures() / source).read_bytes())
    bureau = read_bureau(folder / "inspect.toml")
    made = store.create_store(
        f"sqlite:///{(folder / 'inspect.db').as_posix()}", actor_on(bureau, PLAN_DAY, hour=FIRST_HOUR)
    )
    stage = _Stage(folder=folder, bureau=bureau, store=made, console=console, is_silent=is_silent)
    _fill_registries(stage)
    slot = _plan_and_commit(stage)
    _draw(stage, slot)
    inspector, entity = _schedule(stage, slot)
    _visit(stage, slot)
    _write_notices(stage)
    _verify(stage, slot)
    drawn = frozen.read_drawn(made, slot)
    burden = measure_burden(drawn.commitment, drawn.frame, drawn.result)
    return Played(burden=burden, slot=slot, entity=entity, inspector=inspector)


def _fill_registries(stage: _Stage) -> None:
    stage.begin(_("1 Registries"))
    files, bureau, day = resources.fixtures(), stage.bureau, PLAN_DAY
    operator = actor_on(bureau, day, hour=9)
    people = bureau.people
    choices = ReadChoices(today=day)
    taken = (
        entities.import_entities(
            stage.store, operator, _order_of(read_entities(files / "entities.csv", bureau, choices), people)
        ),
        inspectors.import_inspectors(
            stage.store, operator, _order_of(read_inspectors(files / "inspectors.csv", bureau, choices), people)
        ),
        availability.import_leave(stage.store, operator, _order_of(read_leave(files / "leave.csv", bureau), people)),
        recusals.import_recusals(
            stage.store, operator, _order_of(read_recusals(files / "recusals.csv", bureau), people)
        ),
        matters.import_matters(stage.store, operator, _order_of(read_matters(files / "matters.csv", bureau), people)),
        ledger.import_visits(
            stage.store, operator, _order_of(read_visits(files / "visits.csv", bureau, choices), people)
        ),
    )
    for imported in taken:
        stage.tell(say("{file}: {count} rows", file=imported.file, count=imported.new))
    notice = read_year_notice(files / "workdays-2027.csv")
    calendar.import_notice(stage.store, operator, calendar.NoticeOrder(file=notice, people=people))
    stage.tell(say("{file}: the working days of {year}", file="workdays-2027.csv", year=notice.notice.year))


def _order_of(intake: Intake[Value], people: tuple[Person, ...]) -> ImportOrder[Value]:
    return ImportOrder(intake=intake, people=people)


def _plan_and_commit(stage: _Stage) -> Slot:
    stage.begin(_("2 Plan"))
    monthly = read_plan(stage.folder / "plan.toml", stage.bureau)
    checked = plan.check_plan(stage.store, monthly, stage.bureau, PLAN_DAY)
    frame = checked.frame
    stage.tell(
        say(
            "{base} entities can be drawn, {excluded} are excluded; {take} checks are due on {days} working days",
            base=len(frame.entities),
            excluded=sum(row.domain is None for row in frame.excluded),
            take=sum(quota.take for quota in frame.quotas),
            days=len(frame.days),
        )
    )
    stage.begin(_("3 Draw"))
    order = CommitOrder(plan=monthly, bureau=stage.bureau, software=software(), salts=sample_salt)
    recorded = draw.commit(stage.store, actor_on(stage.bureau, PLAN_DAY), order)
    stage.tell(say("registries frozen; the commitment is {digest}", digest=digest(recorded.draw.commitment)))
    _publish(stage, NoticeKind.COMMITMENT, recorded.draw.slot, PLAN_DAY)
    return recorded.draw.slot


def _draw(stage: _Stage, slot: Slot) -> None:
    operator = actor_on(stage.bureau, SEED_DAY)
    order = draw.SeedOrder(bureau=stage.bureau, slot=slot, values=SEED_VALUES)
    seeded = draw.keep_values(stage.store, operator, order)
    stage.tell(say("the witness opens a sealed line, the dice are rolled; the seed is {seed}", seed=seeded.draw.seed))
    draw.run(stage.store, operator, draw.RunOrder(bureau=stage.bureau, slot=slot, ceremony=CEREMONY))
    result = frozen.read_drawn(stage.store, slot).result
    stage.tell(say("drawn: {count} companies, each visited once for all its domains", count=len(result.visits)))
    _publish(stage, NoticeKind.DRAW, slot, SEED_DAY)


def _schedule(stage: _Stage, slot: Slot) -> tuple[InspectorId, EntityId]:
    """Write a calendar for everybody who goes out; give the leader of the first visit, and its company."""
    stage.begin(_("4 Schedule"))
    with stage.store.reading() as session:
        standing = schedule.read_schedule(session, slot)
    people = sorted({seat.id for visit in standing.visits for seat in visit.seats})
    labels = {label.domain: stage.bureau.domain_label(label.domain, current()) for label in stage.bureau.domains}
    for person in people:
        own = find_entries(standing.histories, person)
        head = CalendarHead(title=translate(say("Inspections of {who}", who=person)), domains=labels)
        write_bytes(stage.folder / "calendar" / f"{person}.ics", render_calendar(own, head))
    stage.tell(say("calendar/: one calendar for each of {count} people who go out", count=len(people)))
    first = next(visit for visit in standing.visits if visit.seats)
    return first.seats[0].id, first.entity


def _visit(stage: _Stage, slot: Slot) -> None:
    """Record, approve and publish what the visits found, twice in the month: three people do what one may not."""
    stage.begin(_("5 Visits"))
    with stage.store.reading() as session:
        standing = schedule.read_schedule(session, slot).visits
    done = [visit for visit in standing if visit.day is not None]
    approved, since = 0, SEED_DAY
    with stage.console.progress(_("recording"), len(done)) as advance:
        for day in RESULT_DAYS:
            for visit in done:
                if since < (visit.day or since) <= day:
                    order = recording.RecordOrder(slot=slot, entity=visit.entity, claims=sample_claims(visit))
                    operator = actor_on(stage.bureau, visit.day or since, hour=17)
                    recording.record_visit(stage.store, operator, stage.bureau, order)
                    advance(1)
            approver = actor_on(stage.bureau, day, Role.APPROVER, hour=18)
            reviewed = review.approve_visits(stage.store, approver, review.ReviewOrder(bureau=stage.bureau, slot=slot))
            approved += len(reviewed.versions)
            _publish(stage, NoticeKind.RESULT, slot, day)
            since = day
    stage.tell(
        say("{count} visits recorded, {open} open", count=len(done), open=len(standing) - len(done)),
    )
    stage.tell(say("{count} results approved by a second person", count=approved))
    _check_again(stage, done)


def _check_again(stage: _Stage, visits: Iterable[ScheduledVisit]) -> None:
    """Check again what was ordered by a day that has come."""
    operator, steps = actor_on(stage.bureau, RESULT_DAYS[-1], hour=20), Counter[Step]()
    for visit in visits:
        for domain, follow_up in sample_claims(visit).follow_ups.items():
            if follow_up.until is None or follow_up.until >= RECHECKED_BEFORE:
                continue
            for step in sample_steps(visit, domain):
                order = StepOrder(slot=visit.slot, entity=visit.entity, domain=domain, step=step, on=follow_up.until)
                take_step(stage.store, operator, stage.bureau, order)
                steps[step] += 1
    obeyed, not_obeyed = steps[Step.RECHECK_PASSED], steps[Step.RECHECK_FAILED]
    stage.tell(say("orders to rectify checked again: {obeyed} obeyed, {failed} not", obeyed=obeyed, failed=not_obeyed))


def _publish(stage: _Stage, kind: NoticeKind, slot: Slot, day: date) -> None:
    order = PublishOrder(bureau=stage.bureau, subject=Subject(kind=kind, slot=slot))
    published = publish_notice(stage.store, actor_on(stage.bureau, day, Role.PUBLISHER, hour=19), order)
    stage.tell(say("published as {document}", document=published.notice.document))


def _write_notices(stage: _Stage) -> None:
    """Write what was published, as it stands in the store."""
    stage.begin(_("6 Publish"))
    for paper, kept in zip(PAPERS, read_notices(stage.store), strict=True):
        for language in LANGUAGES:
            document = read_issued(kept.newest, language, is_newest=True)
            for form in FORMS:
                target = stage.folder / "notices" / language / f"{paper}{form.suffix}"
                write_bytes(target, render_document((document,), form))
    stage.tell(say("notices/: commitment, draw and results, as web pages and Markdown, in Chinese and English"))


def _verify(stage: _Stage, slot: Slot) -> None:
    """Write the bundle, and verify what stands in the file: the store is not asked."""
    stage.begin(_("7 Verify"))
    target = stage.folder / "bundle.zip"
    write_bundle(target, bundle.bundle_members(stage.store, slot))
    members = members_of(read_bundle(target))
    report = verify(members)
    for check in report.checks:
        stage.tell(f"{check.id.value:8}  {check.verdict.value}")
    if report.mismatches:
        raise MismatchError(say("{count} checks do not hold", count=len(report.mismatches)))
    stage.tell(
        say(
            "bundle.zip verified from the file alone, for the commitment {digest}",
            digest=digest(members.files[COMMITMENT]),
        )
    )
