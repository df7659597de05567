"""The acts of a draw: commit, seed, run and void, on both kinds of database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.draw import frozen
from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.bundle import bundle_members
from inspect_cli.acts.draw.freeze import make_commitment, make_salt
from inspect_cli.acts.plan import check as plans
from inspect_cli.acts.plan.check import require_frame
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.review import ReviewOrder, return_visits
from inspect_cli.core.draw.ceremony import Ceremony, make_ceremony
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.outcome import draw as draw_anew
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_excluded_rows, parse_inspector_rows
from inspect_cli.core.draw.seed import Entropy
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.registry.inspector import Recusal, RecusalReason
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.report import CheckId, Verdict
from inspect_cli.core.verify.shape import members_of
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.errors import InputError, RefusedError, StoreError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import DrawState, add_draw, find_draw, find_draws
from inspect_cli.storage.ledger import add_ledger_visits
from inspect_cli.storage.registries import (
    add_entities,
    add_inspectors,
    add_recusals,
    find_inspectors,
    update_entities,
    update_inspectors,
)
from inspect_cli.storage.visits import find_visits
from tests import small_month as month

if TYPE_CHECKING:
    from inspect_cli.acts.draw.steps import Recorded
    from inspect_cli.core.draw.rows import EntityRow, ExcludedRow, InspectorRow
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.storage.act_log import ActRecord
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.engine import Store

FIRST, SECOND = Slot("2026-12/1"), Slot("2026-12/2")
OTHER_PLAN = month.plan_text(head='# another plan\ndays_off = ["2026-12-31"]')

WRONG_VALUES: dict[tuple[str, ...], type[Exception]] = {
    (month.SEALED, "3141"): InputError,
    (month.SEALED, "3141a"): InputError,
    (month.SEALED, "３１４１５"): InputError,
    (f"{month.SEALED} ", "31415"): InputError,
    ("另一句话", "31415"): InputError,
    ("", "31415"): InputError,
    (month.SEALED,): UsageMistake,
    (month.SEALED, "31415", "1"): UsageMistake,
    (): UsageMistake,
}


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the registries of the small month."""
    return month.fill(store_url)


def _acts(store: Store) -> tuple[ActRecord, ...]:
    with store.reading() as session:
        return find_acts(session)[1:]


def _read(store: Store, slot: Slot = FIRST) -> DrawRecord:
    with store.reading() as session:
        return frozen.require_draw(session, slot)


def _states(store: Store) -> dict[str, str]:
    with store.reading() as session:
        return {record.slot: record.state.value for record in find_draws(session)}


def _reasons(record: DrawRecord) -> dict[str, str]:
    return {row.id: row.reason.value for row in parse_excluded_rows(record.excluded) if row.domain is None}


def _void(store: Store, slot: Slot = FIRST, **changes: str) -> Recorded:
    """Void a draw: ``by`` one person, with the leave of an ``approver``, for a ``reason``."""
    said = {"by": month.OPERATOR, "approver": month.APPROVER, "reason": "seed-mistyped"} | changes
    approval = Approval(approver=said["approver"], reason=said["reason"])
    order = draw.VoidOrder(bureau=month.BUREAU, slot=slot, approval=approval)
    return draw.void(store, month.actor_on(month.SEED_DAY, "12:00", said["by"]), order)


def _retired(entity: Entity, **changes: Any) -> Entity:
    day = month.actor_on(month.COMMIT_DAY).day
    return replace(entity, retired=day, retired_reason="注销", **changes)


def _record_first_visit(store: Store) -> EntityId:
    with store.reading() as session:
        visit = next(one for one in find_visits(session, FIRST) if one.day is not None)
    domains = next(one.domains for one in frozen.read_drawn(store, FIRST).result.visits if one.entity == visit.entity)
    results = dict.fromkeys(domains, ResultClass.NO_PROBLEM)
    order = RecordOrder(
        slot=FIRST, entity=visit.entity, claims=Claims(results=results, methods={}, findings={}, follow_ups={})
    )
    record_visit(store, month.actor_on("2026-12-31", "17:00"), month.BUREAU, order)
    return visit.entity


def _held(store: Store) -> Ceremony:
    with store.reading() as session:
        return frozen.find_ceremony(session, FIRST)


def _order_run(slot: Slot, ceremony: Ceremony | None = None) -> draw.RunOrder:
    return draw.RunOrder(bureau=month.BUREAU, slot=slot, ceremony=ceremony or Ceremony())


class TestCommit:
    """Freezing a plan's frame, and what is kept of it."""

    def test_what_the_draw_reads_is_frozen_as_bytes(self, store: Store) -> None:
        """The plan's text, the three lists and a commitment that names their roots are kept; the bytes are their own canonical form."""
        recorded = month.commit(store)
        kept = _read(store)
        assert recorded.is_new
        assert kept == recorded.draw
        assert (kept.slot, kept.period, kept.state) == ("2026-12/1", "2026-12", DrawState.COMMITTED)
        assert kept.plan == month.plan_text().encode()
        commitment = json.loads(kept.commitment)
        assert commitment["slot"] == "2026-12/1"
        assert commitment["plan"]["digest"] == sha256(kept.plan).hexdigest()
        assert commitment["quotas"] == [
            {"domain": "labour", "size": 10, "stratum": "A", "take": 3},
            {"domain": "safety", "size": 6, "stratum": "A", "take": 2},
        ]
        for name, data in (("entities", kept.entities), ("inspectors", kept.inspectors), ("excluded", kept.excluded)):
            assert commitment["frame"][name]["count"] == len(data.splitlines())

    def test_nothing_private_is_frozen(self, store: Store) -> None:
        """No telephone, contact, address, person's name or certificate of the registries is in what anybody may be handed."""
        kept = month.commit(store).draw
        text = b"".join((kept.commitment, kept.entities, kept.inspectors, kept.excluded)).decode()
        for private in ("0000-", "联系人", "法人", "工业路", "检查员", "示执", "专家01"):
            assert private not in text
        assert "示例第7厂" in text

    def test_each_row_has_a_salt_of_its_own(self, store: Store) -> None:
        """The salts that the command makes are 32 hex digits, another one for each row of each list."""
        with store.transaction() as session:
            update_entities(session, [_retired(month.make_entity(10))])
        kept = draw.commit(store, month.actor_on(month.COMMIT_DAY), month.make_order(salts=make_salt)).draw
        rows: tuple[EntityRow | InspectorRow | ExcludedRow, ...] = (
            *parse_entity_rows(kept.entities),
            *parse_inspector_rows(kept.inspectors),
            *parse_excluded_rows(kept.excluded),
        )
        salts = [row.salt for row in rows]
        assert len(rows) == 9 + 6 + 1
        assert len(set(salts)) == len(salts)
        assert all(len(salt) == 32 and set(salt) <= set("0123456789abcdef") for salt in salts)

    def test_two_commitments_of_equal_registries_have_other_salts(self, store: Store) -> None:
        """Salts are made anew by each commitment: a void draw's bundle tells nobody those of the next."""
        order = month.make_order(salts=make_salt)
        first = draw.commit(store, month.actor_on(month.COMMIT_DAY), order).draw
        _void(store)
        second = draw.commit(store, month.actor_on(month.COMMIT_DAY), order).draw
        salts = [{row.salt for row in parse_entity_rows(one.entities)} for one in (first, second)]
        assert not salts[0] & salts[1]

    def test_the_same_plan_again_gives_what_stands(self, store: Store) -> None:
        """The same plan committed again, even by somebody else and after its sources are known, changes nothing and writes no row."""
        first = month.commit(store).draw
        later = month.actor_on("2026-12-05", name=month.OTHER_OPERATOR)
        again = draw.commit(store, later, month.make_order(salts=make_salt))
        assert not again.is_new
        assert again.draw == first
        assert [act.act for act in _acts(store)] == ["draw commit"]

    def test_slots_are_numbered_by_period(self, store: Store) -> None:
        """SLOT-1: another plan of the month takes the next number."""
        month.commit(store, month.plan_text(labour=1, safety=1, scope='id = ["E01", "E02"]'))
        _post_others(store)
        second = month.commit(store, month.plan_text(labour=1, safety=1, scope='id = ["E03", "E04"]'))
        assert second.draw.slot == "2026-12/2"

    def test_a_plan_that_names_a_used_number_is_refused(self, store: Store) -> None:
        """SLOT-2: the number of a draw that stands, or is void, is not given again, and nothing is kept."""
        text = month.plan_text(head="slot_number = 1")
        month.commit(store, text)
        _void(store)
        with pytest.raises(RefusedError, match="2026-12/1 was used before"):
            month.commit(store, text)
        assert [act.act for act in _acts(store)] == ["draw commit", "draw void"]

    def test_one_act_is_one_row_of_the_log(self, store: Store) -> None:
        """The row says who, when, for which day, of which slot, and names commitment and plan by their digests."""
        kept = month.commit(store).draw
        (act,) = _acts(store)
        assert (act.actor, act.act, act.subject, act.day.isoformat()) == (
            month.OPERATOR,
            "draw commit",
            "2026-12/1",
            "2026-11-23",
        )
        assert json.loads(act.detail) == {
            "commitment": sha256(kept.commitment).hexdigest(),
            "plan": sha256(kept.plan).hexdigest(),
        }

    def test_only_an_operator_commits(self, store: Store) -> None:
        """Whoever has another role, or none, is refused before anything is read."""
        for name in (month.APPROVER, month.AUDITOR, "陌生人"):
            with pytest.raises(RefusedError):
                draw.commit(store, month.actor_on(month.COMMIT_DAY, name=name), month.make_order())
        assert _acts(store) == ()

    def test_a_source_whose_time_has_come_is_refused(self, store: Store) -> None:
        """At the announced instant itself, and from then on, somebody may know the value: the plan is not committed any more."""
        for time in ("09:00", "09:01", "10:00"):
            with pytest.raises(RefusedError, match="商会见证人 was announced for 2026-11-30T09:00:00"):
                draw.commit(store, month.actor_on("2026-11-30", time), month.make_order())
        assert _states(store) == {}
        assert _acts(store) == ()

    def test_a_source_is_ahead_until_its_instant_wherever_the_clock_stands(self, store: Store) -> None:
        """Half past eight in China is half past midnight in Greenwich: instants are compared, not the hands of clocks."""
        clock = datetime.fromisoformat("2026-11-30T08:59:59+08:00").astimezone(UTC)
        actor = replace(month.actor_on("2026-11-30"), clock=clock)
        assert draw.commit(store, actor, month.make_order()).is_new

    def test_where_another_day_is_set_days_are_compared(self, store: Store) -> None:
        """With ``--today`` there is no hour: a source of that very day may be known."""
        actor = replace(month.actor_on("2026-11-20"), day=month.actor_on("2026-11-30").day)
        with pytest.raises(RefusedError, match="which is past"):
            draw.commit(store, actor, month.make_order())
        earlier = replace(actor, day=month.actor_on("2026-11-29").day)
        assert draw.commit(store, earlier, month.make_order()).is_new
        assert _acts(store)[0].is_dated_elsewhere

    def test_a_small_z_is_a_time_too(self, store: Store) -> None:
        """RFC 3339 takes ``z`` for ``Z``; with ``--today`` such a source is compared by its date, and nothing breaks."""
        text = month.plan_text().replace(":00+08:00", ":00z")
        actor = replace(month.actor_on("2026-11-20"), day=month.actor_on("2026-11-30").day)
        with pytest.raises(RefusedError, match="which is past"):
            draw.commit(store, actor, month.make_order(text))

    def test_a_plan_that_cannot_be_met_is_refused_with_all_that_is_wrong(self, store: Store) -> None:
        """A number beyond a stratum's base is told, and no slot is used up."""
        with pytest.raises(InputError) as caught:
            month.commit(store, month.plan_text(labour=11, safety=7))
        assert len(caught.value.mistakes) == 2
        assert _states(store) == {}
        assert month.commit(store).draw.slot == "2026-12/1"

    def test_what_could_not_be_read_again_is_not_kept(self, store: Store) -> None:
        """A number that draw-v1 does not take as an id, however it came into the store, is refused while another plan can be made."""
        with store.transaction() as session:
            add_entities(session, [replace(month.make_entity(9), id=EntityId("E 09"))])
        with pytest.raises(InputError, match="E 09 is not an id"):
            month.commit(store)
        assert _states(store) == {}

    def test_only_what_was_confirmed_is_frozen(self, store: Store) -> None:
        """A registry that changes between the question and the answer stops the commitment; what was asked about goes through."""
        order = month.make_order()
        with store.reading() as session:
            asked = plans.require_frame(session, order.plan, order.bureau, month.actor_on("2026-11-20").day)
        with store.transaction() as session:
            update_entities(session, (replace(month.make_entity(1), name="改名"),))
        with pytest.raises(RefusedError, match="changed while you were asked"):
            draw.commit(store, month.actor_on("2026-11-20"), replace(order, confirmed=asked))
        assert _states(store) == {}
        with store.transaction() as session:
            update_entities(session, (month.make_entity(1),))
        assert draw.commit(store, month.actor_on("2026-11-20"), replace(order, confirmed=asked)).is_new

    def test_registries_edited_afterwards_change_nothing_of_the_draw(self, store: Store) -> None:
        """Renaming, retiring and barring after the commitment leave the frozen bytes, and with them who is drawn."""
        untouched = _result_of_an_untouched_draw(store)
        month.commit(store)
        before = _read(store)
        with store.transaction() as session:
            update_entities(session, (_retired(month.make_entity(number), name="改名") for number in range(1, 11)))
            turned = [replace(one, may_lead=not one.may_lead, skills=()) for one in find_inspectors(session)]
            update_inspectors(session, turned)
        month.seed(store, FIRST)
        result = month.run(store, FIRST).draw.result
        after = _read(store)
        assert (after.commitment, after.entities, after.inspectors, after.excluded) == (
            before.commitment,
            before.entities,
            before.inspectors,
            before.excluded,
        )
        assert result is not None
        assert parse_result(result).visits == untouched


def _result_of_an_untouched_draw(store: Store) -> tuple[object, ...]:
    """Draw the same frozen frame by the heart's own function, without any store."""
    actor = month.actor_on(month.COMMIT_DAY)
    with store.reading() as session:
        frame = require_frame(session, month.make_plan(), month.BUREAU, actor.day)
    commitment, rows = make_commitment(frame, FIRST, actor, month.make_order())
    entropy = [Entropy(promise=one, value=value) for one, value in zip(commitment.sources, month.VALUES, strict=True)]
    return draw_anew(commitment, rows.entities, rows.inspectors, entropy).visits


def _post_others(store: Store) -> None:
    """Put people on the roster on whom no draw that is not yet drawn counts."""
    others = (replace(month.make_inspector(number), may_lead=True) for number in (21, 22))
    with store.transaction() as session:
        add_inspectors(session, others)


class TestTwoSlotsOfAMonth:
    """A second draw of the same month leaves out what the first one has."""

    def test_what_another_slot_holds_is_left_out(self, store: Store) -> None:
        """While the first draw is committed and not drawn, its whole frame is excluded from the second as ``other-slot``."""
        month.commit(store, month.plan_text(labour=1, safety=1, scope='id = ["E01", "E02", "E03"]'))
        _post_others(store)
        second = month.commit(store, OTHER_PLAN.replace("number = 3", "number = 1")).draw
        assert _reasons(second) == {"E01": "other-slot", "E02": "other-slot", "E03": "other-slot"}

    def test_what_another_slot_has_drawn_is_left_out(self, store: Store) -> None:
        """Once the first draw is drawn, its visits are excluded as ``month``, and the others can be drawn again."""
        slot = month.draw_month(store)
        drawn = {selected.entity for selected in frozen.read_drawn(store, slot).result.selection}
        actor = month.actor_on("2026-12-01")
        sources = (month.TEXT + month.DICE).replace("2026-11-30", "2026-12-14")
        text = month.plan_text(labour=1, safety=1, sources=sources)
        second = draw.commit(store, actor, month.make_order(text)).draw
        assert second.slot == SECOND
        assert _reasons(second) == dict.fromkeys(sorted(drawn), "month")

    def test_what_a_void_slot_had_drawn_is_free(self, store: Store) -> None:
        """A void draw visits nobody, and holds nobody."""
        slot = month.draw_month(store)
        _void(store, slot)
        assert _reasons(month.commit(store).draw) == {}

    def test_a_visit_of_the_month_in_the_ledger_counts_too(self, store: Store) -> None:
        """A company that another department has visited in December is excluded as ``month``."""
        with store.transaction() as session:
            visit = LedgerVisit(
                entity=EntityId("E10"),
                day=month.actor_on("2026-12-03").day,
                kind=VisitKind.ROUTINE,
                domains=(),
                department="区应急管理局",
            )
            add_ledger_visits(session, [visit])
        assert _reasons(month.commit(store).draw) == {"E10": "month"}


class TestSeed:
    """Keeping the values of the sources, once and for ever."""

    def test_the_seed_follows_from_commitment_and_values(self, store: Store) -> None:
        """The seed is the SHA-256 of the protocol's lines, reckoned here by hand; its row of the log names it with the values."""
        month.commit(store)
        recorded = month.seed(store, FIRST)
        kept = _read(store)
        lines = ("draw-v1/seed", sha256(kept.commitment).hexdigest(), f"text:{month.SEALED}", "dice:31415")
        assert recorded.is_new
        assert recorded.draw == kept
        assert kept.state is DrawState.SEEDED
        assert kept.seed == sha256("\n".join(lines).encode()).hexdigest()
        (act,) = _acts(store)[1:]
        assert (act.act, act.subject) == ("draw seed", "2026-12/1")
        assert json.loads(act.detail) == {"seed": kept.seed, "values": [month.SEALED, "31415"]}

    def test_a_value_of_a_wrong_form_is_refused(self, store: Store) -> None:
        """Too few dice, what no die shows, another text than the sealed one, too many values: nothing is kept of any of them."""
        month.commit(store)
        for values, error in WRONG_VALUES.items():
            with pytest.raises(error):
                month.seed(store, FIRST, values)
        assert _states(store) == {FIRST: "committed"}
        assert len(_acts(store)) == 1

    def test_the_same_values_again_give_what_stands(self, store: Store) -> None:
        """The same values again, even after the draw was run, change nothing and write no row."""
        month.commit(store)
        first = month.seed(store, FIRST).draw
        assert month.seed(store, FIRST) == draw.Recorded(draw=first, is_new=False)
        drawn = month.run(store, FIRST).draw
        assert month.seed(store, FIRST) == draw.Recorded(draw=drawn, is_new=False)
        assert [act.act for act in _acts(store)] == ["draw commit", "draw seed", "draw run"]

    def test_other_values_are_refused(self, store: Store) -> None:
        """A second seed is refused with the way out, and the first stands."""
        month.commit(store)
        first = month.seed(store, FIRST).draw
        with pytest.raises(RefusedError, match="something else is recorded for 2026-12/1") as caught:
            month.seed(store, FIRST, (month.SEALED, "27182"))
        assert "draw void" in str(caught.value.hint)
        assert _read(store) == first
        assert len(_acts(store)) == 2

    def test_a_value_before_its_time_is_refused(self, store: Store) -> None:
        """Until the last of the sources can be known there is no seed."""
        month.commit(store)
        order = draw.SeedOrder(bureau=month.BUREAU, slot=FIRST, values=month.VALUES)
        for time in ("08:59", "09:29"):
            with pytest.raises(RefusedError, match="it cannot be known yet"):
                draw.keep_values(store, month.actor_on(month.SEED_DAY, time), order)
        assert _states(store) == {FIRST: "committed"}
        assert draw.keep_values(store, month.actor_on(month.SEED_DAY, "09:30"), order).is_new

    def test_a_void_draw_takes_no_seed(self, store: Store) -> None:
        """What is void stays as it is."""
        month.commit(store)
        _void(store)
        with pytest.raises(RefusedError, match="is void"):
            month.seed(store, FIRST)
        assert _read(store).seed is None

    def test_an_unknown_slot_is_a_mistake_of_usage(self, store: Store) -> None:
        """Whoever names a draw that is not there is sent to the list."""
        with pytest.raises(UsageMistake, match="there is no draw 2026-12/9"):
            month.seed(store, Slot("2026-12/9"))

    def test_only_an_operator_keeps_a_seed(self, store: Store) -> None:
        """An auditor who saw the dice still cannot enter them."""
        month.commit(store)
        order = draw.SeedOrder(bureau=month.BUREAU, slot=FIRST, values=month.VALUES)
        with pytest.raises(RefusedError, match="does not have the role operator"):
            draw.keep_values(store, month.actor_on(month.SEED_DAY, name=month.AUDITOR), order)

    def test_what_is_damaged_is_told(self, store: Store) -> None:
        """Where the kept seed is not the list that it was, the store is named as damaged."""
        month.commit(store)
        record = replace(month.seed(store, FIRST).draw, slot=SECOND, entropy=b'{"dice":"31415"}')
        with store.transaction() as session:
            add_draw(session, record)
        with pytest.raises(StoreError, match="seed of 2026-12/2 is damaged"):
            month.run(store, SECOND)


class TestRun:
    """Drawing, once."""

    def test_the_result_is_kept_with_its_visits(self, store: Store) -> None:
        """The visits that the store lists are those of the result, with their days, all of them planned."""
        slot = month.draw_month(store)
        kept = _read(store)
        assert kept.state is DrawState.DRAWN
        assert kept.result is not None
        wanted = {(visit["entity"], visit.get("day")) for visit in json.loads(kept.result)["visits"]}
        with store.reading() as session:
            visits = find_visits(session, slot)
        assert {(one.entity, None if one.day is None else one.day.isoformat()) for one in visits} == wanted
        assert {one.state for one in visits} == {VisitState.PLANNED}

    def test_a_visit_that_nobody_can_make_is_kept_as_open(self, store: Store) -> None:
        """Where nobody who may lead may visit most companies, their visits are open, with the result's own reason and no day."""
        companies = tuple(EntityId(f"E{number:02}") for number in (1, 2, 3, 7, 8, 9, 10))
        with store.transaction() as session:
            leaders = [month.make_inspector(number).id for number in (1, 2)]
            pairs = ((leader, company) for leader in leaders for company in companies)
            add_recusals(
                session, (Recusal(inspector=one, entity=name, reason=RecusalReason.KIN) for one, name in pairs)
            )
        slot = month.draw_month(store)
        with store.reading() as session:
            visits = find_visits(session, slot)
        barred = {(one.state, one.day, one.open_reason) for one in visits if one.entity in companies}
        assert barred == {(VisitState.OPEN, None, "no day")}

    def test_the_draw_is_run_once(self, store: Store) -> None:
        """The same call again, by another operator too, gives the recorded result and writes nothing."""
        slot = month.draw_month(store)
        kept = _read(store)
        again = draw.run(store, month.actor_on("2026-12-02", name=month.OTHER_OPERATOR), _order_run(slot))
        assert again == draw.Recorded(draw=kept, is_new=False)
        assert [act.act for act in _acts(store)] == ["draw commit", "draw seed", "draw run"]

    def test_how_it_was_held_is_said_once(self, store: Store) -> None:
        """CEREMONY-1: place and witnesses are kept in the log; the same again, or nothing, is taken, and something else is refused."""
        month.commit(store)
        month.seed(store, FIRST)
        held = make_ceremony("一楼大厅", ("商会", "企业代表"))
        on = month.actor_on(month.SEED_DAY, "11:00")
        assert draw.run(store, on, _order_run(FIRST, held)).is_new
        assert _held(store) == held
        for same in (held, make_ceremony(None, ())):
            assert not draw.run(store, on, _order_run(FIRST, same)).is_new
        with pytest.raises(RefusedError, match="another place"):
            draw.run(store, on, _order_run(FIRST, make_ceremony("二楼", ())))

    def test_how_it_was_held_can_be_said_later(self, store: Store) -> None:
        """CEREMONY-1: whoever forgot it says it with the same call; it is an act of its own, once, and nothing is drawn again."""
        month.draw_month(store)
        assert _held(store) == Ceremony()
        kept, held = _read(store), make_ceremony("一楼大厅", ("商会",))
        on = month.actor_on("2026-12-01")
        for _ in range(2):
            assert draw.run(store, on, _order_run(FIRST, held)) == draw.Recorded(draw=kept, is_new=False)
        assert _held(store) == held
        assert [act.act for act in _acts(store)] == ["draw commit", "draw seed", "draw run", "draw ceremony"]
        with pytest.raises(RefusedError, match="another place"):
            draw.run(store, on, _order_run(FIRST, make_ceremony("二楼", ())))

    def test_the_log_names_the_result(self, store: Store) -> None:
        """The row of the log has the result's digest and the number of visits."""
        month.draw_month(store)
        kept = _read(store)
        assert kept.result is not None
        visits = len(parse_result(kept.result).visits)
        assert visits >= 1
        assert json.loads(_acts(store)[2].detail) == {"result": sha256(kept.result).hexdigest(), "visits": visits}

    def test_without_a_seed_nothing_is_drawn(self, store: Store) -> None:
        """Who draws too early is told what comes first."""
        month.commit(store)
        with pytest.raises(RefusedError, match="has no seed yet"):
            month.run(store, FIRST)
        assert _states(store) == {FIRST: "committed"}

    def test_a_void_draw_is_not_run(self, store: Store) -> None:
        """A seed that was mistyped never becomes a result."""
        month.commit(store)
        month.seed(store, FIRST)
        _void(store)
        with pytest.raises(RefusedError, match="is void"):
            month.run(store, FIRST)
        with store.reading() as session:
            assert find_visits(session) == ()

    def test_only_an_operator_draws(self, store: Store) -> None:
        """The approver approves, and does not draw."""
        month.commit(store)
        month.seed(store, FIRST)
        with pytest.raises(RefusedError, match="does not have the role operator"):
            draw.run(store, month.actor_on(month.SEED_DAY, "11:00", month.APPROVER), _order_run(FIRST))

    def test_the_draw_verifies_from_its_bundle(self, store: Store) -> None:
        """What the acts kept is a bundle in which every check of the draw is VERIFIED, level 0."""
        slot = month.draw_month(store)
        report = verify(members_of(bundle_members(store, slot)))
        verdicts = {check.id: check.verdict for check in report.checks}
        beyond = {CheckId.SIGN_1, CheckId.ORDER_1}
        assert {verdict for check, verdict in verdicts.items() if check not in beyond} == {Verdict.VERIFIED}
        assert {verdicts[check] for check in beyond} == {Verdict.NOT_CHECKED}
        assert report.level == 0

    def test_before_the_draw_there_is_no_bundle_and_nothing_to_explain(self, store: Store) -> None:
        """Whoever asks too early is sent to where the draw stands."""
        month.commit(store)
        with pytest.raises(RefusedError, match="not drawn yet: there is nothing to verify"):
            bundle_members(store, FIRST)
        with pytest.raises(RefusedError, match="not drawn yet"):
            frozen.read_drawn(store, FIRST)


class TestVoid:
    """Declaring a draw void."""

    @pytest.mark.parametrize("steps", [1, 2, 3])
    def test_a_draw_can_be_voided_at_each_step(self, store: Store, steps: int) -> None:
        """Committed, seeded or drawn: it stays on record with all that it had, and the log tells who, by whose leave, and why."""
        month.commit(store)
        for step in (month.seed, month.run)[: steps - 1]:
            step(store, FIRST)
        before = _read(store)
        recorded = _void(store)
        kept = _read(store)
        assert recorded == draw.Recorded(draw=kept, is_new=True)
        assert kept == replace(before, state=DrawState.VOID, void_reason="seed-mistyped")
        act = _acts(store)[-1]
        assert (act.act, act.subject, act.actor, act.approver, act.reason) == (
            "draw void",
            "2026-12/1",
            month.OPERATOR,
            month.APPROVER,
            "seed-mistyped",
        )
        assert json.loads(act.detail) == {"state": before.state.value}
        assert len(_acts(store)) == steps + 1

    def test_a_void_takes_an_operator_and_another_person_who_approves(self, store: Store) -> None:
        """The approver differs from the actor and has the role, and the actor is an operator; else nothing changes."""
        month.commit(store)
        for by, approver, why in (
            (month.OPERATOR, month.OPERATOR, "cannot approve an act of their own"),
            (month.OPERATOR, month.OTHER_OPERATOR, "does not have the role approver"),
            (month.AUDITOR, month.APPROVER, "does not have the role operator"),
        ):
            with pytest.raises(RefusedError, match=why):
                _void(store, by=by, approver=approver)
        assert _states(store) == {FIRST: "committed"}
        assert len(_acts(store)) == 1

    def test_a_void_has_a_reason(self, store: Store) -> None:
        """A void without a reason is none."""
        month.commit(store)
        with pytest.raises(UsageMistake, match="names a person and a reason"):
            _void(store, reason=" ")
        assert _states(store) == {FIRST: "committed"}

    def test_the_same_void_again_gives_what_stands(self, store: Store) -> None:
        """The same reason again changes nothing; another one is refused, for the first is on record."""
        month.commit(store)
        first = _void(store).draw
        assert _void(store, by=month.OTHER_OPERATOR) == draw.Recorded(draw=first, is_new=False)
        with pytest.raises(RefusedError, match="void already, for another reason"):
            _void(store, reason="wrong-file")
        assert len(_acts(store)) == 2

    def test_a_draw_with_recorded_visits_stands(self, store: Store) -> None:
        """What inspectors have found is not wiped by declaring the draw void."""
        month.draw_month(store)
        _record_first_visit(store)
        with pytest.raises(RefusedError, match="results of its visits are recorded"):
            _void(store)
        assert _states(store) == {FIRST: "drawn"}

    def test_a_result_that_was_returned_keeps_the_draw_standing(self, store: Store) -> None:
        """A returned result was seen: whoever could void the draw then would draw again knowing what was found."""
        month.draw_month(store)
        entity = _record_first_visit(store)
        order = ReviewOrder(bureau=month.BUREAU, slot=FIRST, entities=(entity,), reason="重新检查")
        return_visits(store, month.actor_on("2026-12-31", "17:30", name=month.APPROVER), order)
        with pytest.raises(RefusedError, match="results of its visits are recorded"):
            _void(store)
        assert _states(store) == {FIRST: "drawn"}

    def test_a_void_slots_name_is_used_up(self, store: Store) -> None:
        """SLOT-2: the same plan committed again takes the next number, every time, and both stay listed."""
        for number in (1, 2, 3):
            recorded = month.commit(store)
            assert recorded.is_new
            assert recorded.draw.slot == f"2026-12/{number}"
            _void(store, recorded.draw.slot)
        assert _states(store) == {FIRST: "void", SECOND: "void", "2026-12/3": "void"}

    def test_an_unknown_slot_is_a_mistake_of_usage(self, store: Store) -> None:
        """There is nothing to void where there is no draw."""
        with pytest.raises(UsageMistake, match="there is no draw 2026-12/1"):
            _void(store)

    def test_a_void_draw_still_explains_itself(self, store: Store) -> None:
        """A void draw that was run keeps its result: it can be verified and explained for ever."""
        month.draw_month(store)
        drawn = frozen.read_drawn(store, FIRST).result
        assert drawn.visits != ()
        _void(store)
        assert frozen.read_drawn(store, FIRST).result == drawn
        assert verify(members_of(bundle_members(store, FIRST))).level == 0


def test_a_commitment_reads_back_as_it_was_made(store: Store) -> None:
    """The kept bytes are canonical: read and written again they are the same."""
    kept = month.commit(store).draw
    with store.reading() as session:
        again = find_draw(session, FIRST)
    assert again is not None
    assert parse_commitment(again.commitment).slot == FIRST
    assert (
        again.commitment
        == json.dumps(json.loads(kept.commitment), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
