"""The checks of public bundles and receipts: what is honest holds, what is changed is caught, and no verdict is against the whole bundle's.

What is drawn follows from names, which a failure shows.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.draw.commitment import Combine, render_commitment
from inspect_cli.core.draw.disclosure.receipt import parse_receipt
from inspect_cli.core.draw.promise import SourceKind
from inspect_cli.core.draw.seed import ProofOutcome, ProofState
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.disclosed import RESTS_ON, parse_public, verify_public, verify_receipt
from inspect_cli.core.verify.questions import find_shown_questions
from inspect_cli.core.verify.report import CheckId, Report
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.errors import InputError, say
from tests.core.draw import builders
from tests.disclosures import (
    REFUSED,
    UNSEEN,
    changed,
    holds,
    is_caught,
    of_public,
    of_receipt,
    public_files,
    random_draw,
    random_row,
    receipt_bytes,
    registered,
    values_of,
    verdicts,
    with_a_day,
)
from tests.oracle_form import canonical, digest
from tests.random_draws import Chance, files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.seed import Entropy

DRAWS = range(40)
TINY = parse_draw(builders.read_members(builders.VECTORS / "draw" / "tiny"))
FILES = public_files(TINY)
DATA = FILES["disclosure.json"]
DRAWN, NOT_DRAWN, OUT = "320281000000011", "913202810759838650", "91320281396030627F"
ZERO = "0" * 64


def detail(report: Report, check: str) -> str:
    """Give the sentence of a check."""
    return next(str(one.detail) for one in report.checks if one.id == check)


def of_tiny(change: Callable[[Any], object]) -> Report:
    """Judge tiny's public bundle after a change."""
    values = values_of(DATA)
    change(values)
    return verify_public(parse_public(changed(FILES, values)))


def of_own(entity: str, change: Callable[[Any], object]) -> Report:
    """Judge a receipt of tiny after a change."""
    values = values_of(receipt_bytes(TINY, entity))
    change(values)
    return verify_receipt(parse_receipt(canonical(values)))


class TestHonest:
    """COMMIT-1, ROW-1, SEED-1 to SEED-3, TICKET-1, CUTOFF-1: whatever is made of a draw is VERIFIED, as far as it can be shown."""

    @pytest.mark.untraced
    @pytest.mark.parametrize("number", DRAWS)
    def test_public_bundles(self, number: int) -> None:
        """All visits with a day, some of them, one and none: all hold."""
        draw = random_draw(f"honest {number}")
        names = sorted(with_a_day(draw))
        for shown in (names, names[::2], names[:1], ()):
            assert holds(of_public(public_files(draw, shown)))

    @pytest.mark.untraced
    @pytest.mark.parametrize("number", DRAWS)
    def test_receipts(self, number: int) -> None:
        """Who is in the frame has a receipt that holds, drawn or not; who is not has rows that stand in their list, and no ticket."""
        draw = random_draw(f"honest {number}")
        for row in draw.frame.entities:
            assert holds(of_receipt(receipt_bytes(draw, row.id)))
        inside = {row.id for row in draw.frame.entities}
        for out in draw.frame.excluded:
            found = of_receipt(receipt_bytes(draw, out.id))
            if out.id not in inside:
                unseen = [check for check, verdict in found.items() if verdict == "NOT CHECKED"]
                assert sorted(unseen) == sorted((*UNSEEN, "TICKET-1", "CUTOFF-1"))
            assert "MISMATCH" not in found.values()

    @pytest.mark.parametrize("folder", builders.folders("draw"), ids=lambda path: path.name)
    def test_vectors(self, folder: Any) -> None:
        """Of every vector the public bundle and receipts hold, a supplement's with AMEND-1 NOT CHECKED; a beacon's prover is asked."""
        draw = parse_draw(builders.read_members(folder))

        def believes(_: Entropy) -> ProofOutcome:
            return ProofOutcome(state=ProofState.HOLDS, detail=say("it holds"))

        provers = {SourceKind.DRAND: believes}
        reports = [verify_public(parse_public(public_files(draw)), provers)]
        names = registered(draw)
        names = [*names[:20], *names[-5:]]
        reports += [verify_receipt(parse_receipt(receipt_bytes(draw, name)), provers) for name in names]
        for report in reports:
            found = verdicts(report)
            assert ("AMEND-1" in found) == (draw.commitment.amends is not None)
            assert found.pop("AMEND-1", "NOT CHECKED") == "NOT CHECKED"
            assert holds(found) or found["TICKET-1"] == "NOT CHECKED"
            assert report.mismatches == ()
        without = verdicts(verify_public(parse_public(public_files(draw))))
        assert without["SEED-2"] == ("NOT CHECKED" if folder.name == "zones" else "VERIFIED")

    def test_the_list(self) -> None:
        """The checks stand in the order of the page, each rests on earlier ones, and what is unseen says why."""
        report = of_tiny(lambda _: None)
        order = [check.id for check in report.checks]
        assert order == [check for check in CheckId if check is not CheckId.AMEND_1]
        assert all(order.index(other) < order.index(check) for check, others in RESTS_ON.items() for other in others)
        assert detail(report, "COMMIT-1").endswith(digest(FILES["commitment.json"]))
        assert "not shown" in detail(report, "FRAME-1")
        assert "all rows" in detail(report, "SELECT-1")
        out = of_own(OUT, lambda _: None)
        assert detail(out, "TICKET-1") == f"{OUT} is not in the frame: it has no ticket"
        assert detail(out, "CUTOFF-1") == "it rests on TICKET-1"


def test_what_to_ask() -> None:
    """QUESTION-2: days of shown rows, full quotas, and what a supplement names; nothing about the roster, or rows that are not shown."""
    lists = builders.frame(
        [builders.entity("E1", days=(builders.DAYS[1],)), builders.entity("E2", days=(builders.DAYS[2],))]
    )
    made = builders.commitment(lists)
    asked = find_shown_questions(made, lists.entities[:1])
    assert (asked.days, asked.full_quotas, asked.bars) == ((("E1", (builders.DAYS[1],)),), made.quotas, ())
    draw = parse_draw(builders.read_members(builders.VECTORS / "draw" / "supplement"))
    amends = draw.commitment.amends
    assert amends is not None
    assert find_shown_questions(draw.commitment, ()).changes == amends.changes


class TestCaught:
    """Each change of what is shown is a MISMATCH of the check that it concerns."""

    @pytest.mark.parametrize(
        ("check", "change"),
        [
            ("COMMIT-1", lambda v: v.update(commitment=ZERO)),
            ("ROW-1", lambda v: v["visits"][0]["row"].update(name="another")),
            ("ROW-1", lambda v: v["visits"][0]["row"].update(salt="0" * 32)),
            ("ROW-1", lambda v: v["visits"][0].update(index=1)),
            ("ROW-1", lambda v: v["visits"][0].update(index=11)),
            ("ROW-1", lambda v: v["visits"][0]["path"].pop()),
            ("ROW-1", lambda v: v["visits"][0]["path"].append(ZERO)),
            ("ROW-1", lambda v: v["visits"][0]["path"].reverse()),
            ("SEED-1", lambda v: v["entropy"].pop()),
            ("SEED-1", lambda v: v["entropy"][1].update(count=19)),
            ("SEED-2", lambda v: v["entropy"][0].update(value="another line")),
            ("SEED-3", lambda v: v["entropy"][1].update(value="1" * 20)),
            ("SEED-3", lambda v: v.update(seed=ZERO)),
            ("TICKET-1", lambda v: v["visits"][0].update(ticket=ZERO)),
            ("TICKET-1", lambda v: v["visits"][0].update(day="2026-12-01")),
            ("TICKET-1", lambda v: v["visits"][1].update(day_ticket=ZERO)),
            ("CUTOFF-1", lambda v: v["cutoffs"].pop()),
            ("CUTOFF-1", lambda v: v["cutoffs"][0].update(stratum="0")),
            ("CUTOFF-1", lambda v: v["cutoffs"][0].update(cutoff=ZERO)),
            ("CUTOFF-1", lambda v: v["cutoffs"][0].update(cutoff="f" * 64)),
            ("CUTOFF-1", lambda v: [one.update(cutoff=ZERO) for one in v["cutoffs"]]),
            ("CUTOFF-1", lambda v: v["visits"][0].update(drawn=["labour"])),
            ("CUTOFF-1", lambda v: v["visits"][0].update(drawn=[])),
            ("CUTOFF-1", lambda v: v["visits"][0].update(drawn=["labour", "safety", "waste"])),
            ("CUTOFF-1", lambda v: v["visits"][0].update(domains=["labour"])),
            ("CUTOFF-1", lambda v: v["counts"].update(shown=1)),
            ("CUTOFF-1", lambda v: v["counts"].update(selected=3)),
            ("CUTOFF-1", lambda v: v["counts"].update(visits=3)),
            ("CUTOFF-1", lambda v: v["counts"].update(open=1)),
            ("CUTOFF-1", lambda v: v["counts"].update(selected=5, visits=5)),
            ("CUTOFF-1", lambda v: v["visits"].pop()),
        ],
    )  # fmt: skip
    def test_in_a_public_bundle(self, check: str, change: Callable[[Any], object]) -> None:
        """The first MISMATCH is the check that the change breaks; what rests on it is NOT CHECKED."""
        report = of_tiny(change)
        assert report.mismatches[0].id == check
        for one, others in RESTS_ON.items():
            if check in others:
                assert verdicts(report)[one] == "NOT CHECKED"

    @pytest.mark.parametrize(
        ("check", "change"),
        [
            ("ROW-1", lambda v: v["frame"]["row"].update(name="another")),
            ("ROW-1", lambda v: v["frame"]["path"].pop()),
            ("SEED-1", lambda v: v["commitment"]["sources"][1].update(name="other dice")),
            ("SEED-3", lambda v: v["commitment"].update(bureau="another")),
            ("TICKET-1", lambda v: v["frame"].update(ticket=ZERO)),
            ("CUTOFF-1", lambda v: v["frame"]["standings"].pop()),
            ("CUTOFF-1", lambda v: v["frame"]["standings"][0].update(stratum="0")),
            ("CUTOFF-1", lambda v: v["frame"]["standings"][0].update(rank=2)),
            ("CUTOFF-1", lambda v: v["frame"]["standings"][0].update(rank=9)),
            ("CUTOFF-1", lambda v: v["frame"]["standings"][0].update(cutoff=ZERO)),
            ("CUTOFF-1", lambda v: v["frame"]["standings"][0].update(cutoff="f" * 64)),
            ("CUTOFF-1", lambda v: v["frame"].update(drawn=[])),
        ],
    )  # fmt: skip
    def test_in_a_receipt(self, check: str, change: Callable[[Any], object]) -> None:
        """The first MISMATCH is the check that the change breaks."""
        assert of_own(DRAWN, change).mismatches[0].id == check

    def test_in_a_receipt_of_who_was_not_drawn(self) -> None:
        """Neither a domain that it was not drawn for, nor a rank within what is taken; an exclusion's row leads to its own root."""
        assert of_own(NOT_DRAWN, lambda v: v["frame"].update(drawn=["labour"])).mismatches[0].id == "CUTOFF-1"
        assert of_own(NOT_DRAWN, lambda v: v["frame"]["standings"][0].update(rank=1)).mismatches[0].id == "CUTOFF-1"
        assert of_own(OUT, lambda v: v["excluded"][0]["row"].update(reason="cap")).mismatches[0].id == "ROW-1"
        assert of_own(OUT, lambda v: v["excluded"][0].update(index=1)).mismatches[0].id == "ROW-1"

    def test_visits_that_the_draw_does_not_have(self) -> None:
        """Whoever shows more visits than a quota takes, or one of whom no ticket is low enough, is caught."""
        lists = builders.frame([builders.entity(f"E{number}") for number in range(6)])
        draw = builders.drawn(lists, take=2)
        everybody = builders.drawn(lists)
        values = values_of(public_files(draw)["disclosure.json"])
        last = values_of(public_files(everybody)["disclosure.json"])["visits"]
        by_ticket = {row["row"]["id"]: row for row in last}
        # The other draw's rows are the same, its seed is not: their tickets are reckoned anew.
        hidden = [value for name, value in by_ticket.items() if name not in {v["row"]["id"] for v in values["visits"]}]
        for value in hidden:
            lines = [values["seed"], "entity", value["row"]["id"], value["row"]["salt"]]
            value["ticket"] = digest("\n".join(lines).encode())
            value["day_ticket"] = digest("\n".join([values["seed"], "day", *lines[2:], value["day"]]).encode())
        values["visits"] = sorted([*values["visits"], hidden[0]], key=lambda value: value["ticket"])
        values["counts"] = {"selected": 3, "visits": 3, "open": 0, "shown": 3}
        report = verify_public(parse_public(changed(public_files(draw), values)))
        assert "above all cut-offs" in detail(report, "CUTOFF-1")
        values["cutoffs"][0]["cutoff"] = values["visits"][-1]["ticket"]
        report = verify_public(parse_public(changed(public_files(draw), values)))
        assert "takes 2, shown are 3" in detail(report, "CUTOFF-1")

    def test_rows_out_of_order(self) -> None:
        """SHOWN-3: a list in which a higher id stands before a lower one is not the sorted list of a frame."""
        entities = [builders.entity(name) for name in ("E2", "E1", "E3")]
        made = builders.drawn(builders.frame(entities))
        found = verify_public(parse_public(public_files(made)))
        assert detail(found, "ROW-1") == "entities.jsonl is not sorted: E1 stands behind E2"

    def test_rows_without_a_quota(self) -> None:
        """CUTOFF-1: a row of which a stratum has no quota, or none that takes anybody, is in no honest frame."""
        quotas = TINY.commitment.quotas
        for kept, words in (
            (quotas[1:], "there is no quota for labour A类"),
            (
                tuple(replace(one, take=0) if one.stratum == "A类" else one for one in quotas),
                "in no quota that takes anybody",
            ),
        ):
            assert words in _reseeded(replace(TINY.commitment, quotas=kept))
            assert words in _reseeded_public(replace(TINY.commitment, quotas=kept))

    def test_days_on_which_nobody_can_come(self) -> None:
        """CUTOFF-1: the day is one of the commitment's, and of the row's days where it has any."""
        lists = builders.frame([builders.entity(days=(builders.DAYS[1],))])
        draw = builders.drawn(lists)
        files = public_files(draw)
        values = values_of(files["disclosure.json"])
        (visit,) = values["visits"]
        lines = [values["seed"], "day", visit["row"]["id"], visit["row"]["salt"], builders.DAYS[0]]
        visit |= {"day": builders.DAYS[0], "day_ticket": digest("\n".join(lines).encode())}
        assert "cannot be visited on 2026-12-01" in detail(
            verify_public(parse_public(changed(files, values))), "CUTOFF-1"
        )

    def test_what_is_checked_when_only_what_was_drawn_for_is(self) -> None:
        """CUTOFF-1: with ``combine`` drawn the domains are those of ``drawn``."""
        lists = builders.frame(
            [builders.entity("E1", "labour", "safety")],
            [builders.inspector(f"R{n}", "labour", "safety") for n in (1, 2)],
        )
        quotas = tuple(replace(one, take=int(one.domain == "safety")) for one in builders.quotas_for(lists.entities))
        draw = builders.drawn(lists, quotas=quotas, combine=Combine.DRAWN)
        files = public_files(draw)
        assert holds(of_public(files))
        values = values_of(files["disclosure.json"])
        assert values["visits"][0]["domains"] == values["visits"][0]["drawn"] == ["safety"]
        values["visits"][0]["domains"] = ["labour", "safety"]
        assert of_public(changed(files, values))["CUTOFF-1"] == "MISMATCH"


def _reseeded(commitment: Commitment) -> str:
    """Judge tiny's receipt under another commitment, with the seed and ticket that follow from it: give the sentence of CUTOFF-1."""
    values = values_of(receipt_bytes(TINY, DRAWN))
    values["commitment"] = json.loads(render_commitment(commitment))
    values["seed"] = _seed(commitment, values["entropy"])
    values["frame"]["ticket"] = _ticket(values["seed"], "entity", values["frame"]["row"])
    return detail(verify_receipt(parse_receipt(canonical(values))), "CUTOFF-1")


def _reseeded_public(commitment: Commitment) -> str:
    """Judge tiny's public bundle likewise, with the cut-offs that its quotas want."""
    values, head = values_of(DATA), render_commitment(commitment)
    values |= {"commitment": digest(head), "seed": _seed(commitment, values["entropy"])}
    for visit in values["visits"]:
        visit["ticket"] = _ticket(values["seed"], "entity", visit["row"])
        visit["day_ticket"] = _ticket(values["seed"], "day", visit["row"], visit["day"])
    values["visits"].sort(key=lambda visit: str(visit["ticket"]))
    taking = [(one.domain, one.stratum) for one in commitment.quotas if one.take]
    values["cutoffs"] = [{"cutoff": "f" * 64, "domain": domain, "stratum": stratum} for domain, stratum in taking]
    return detail(verify_public(parse_public(changed({"commitment.json": head}, values))), "CUTOFF-1")


def _seed(commitment: Commitment, entropy: Any) -> str:
    answers = [f"{one['kind']}:{one['value']}" for one in entropy]
    return digest("\n".join(["draw-v1/seed", digest(render_commitment(commitment)), *answers]).encode())


def _ticket(seed: str, purpose: str, row: Any, *parts: str) -> str:
    return digest("\n".join([seed, purpose, row["id"], row["salt"], *parts]).encode())


def leaves(values: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the place of every value that holds no other one."""
    if isinstance(values, dict | list) and values:
        inner = values.items() if isinstance(values, dict) else enumerate(values)
        for key, value in inner:
            yield from leaves(value, (*path, key))
    elif path:
        yield path


def is_provable(path: tuple[Any, ...]) -> bool:
    """Say whether a change of this value alone can be seen without the other rows.

    The result's digest, the number of open visits, and ranks and cut-offs as long as they stay on their side are the bureau's word: that is
    why SELECT-1 is NOT CHECKED.
    """
    return path[0] not in {"result", "cutoffs"} and path[-1] not in {"open", "rank", "cutoff"}


def tampered(chance: Chance, values: Any, path: tuple[Any, ...]) -> None:
    """Change, drop or double one value in place."""
    for key in path[:-1]:
        values = values[key]
    key, value = path[-1], values[path[-1]]
    if isinstance(values, list) and chance.often(30):
        values.insert(key, value) if chance.often(50) else values.pop(key)
    elif isinstance(values, dict) and chance.often(15):
        del values[key]
    elif isinstance(value, str):
        place = chance.below(len(value) or 1)
        letter = chance.one([one for one in "0123456789abcdef厂" if one != value[place : place + 1]])
        values[key] = value[:place] + letter + value[place + 1 :]
    elif isinstance(value, int):
        values[key] = value + chance.one((-1, 1, 7))
    else:
        values[key] = ["safety"] if value == [] else "x"


@pytest.mark.untraced
@pytest.mark.parametrize("number", DRAWS)
class TestTampering:
    """No change of a value that can be proved goes unseen."""

    def test_public_bundles(self, number: int) -> None:
        """Thirty changes of each random draw's public bundle: each a MISMATCH or refused."""
        chance, draw = Chance(f"tamper {number}"), random_draw(f"honest {number}")
        files = public_files(draw)
        places = [path for path in leaves(values_of(files["disclosure.json"])) if is_provable(path)]
        for _ in range(30):
            values, path = values_of(files["disclosure.json"]), chance.one(places)
            tampered(chance, values, path)
            assert is_caught(of_public(changed(files, values))), path

    def test_receipts(self, number: int) -> None:
        """Thirty changes of receipts of each random draw: each a MISMATCH or refused."""
        chance, draw = Chance(f"tamper {number}"), random_draw(f"honest {number}")
        names = registered(draw)
        for _ in range(30):
            values = values_of(receipt_bytes(draw, chance.one(names)))
            path = chance.one([path for path in leaves(values) if is_provable(path)])
            tampered(chance, values, path)
            assert is_caught(of_receipt(canonical(values))), path

    def test_visits_of_another_draw(self, number: int) -> None:
        """A visit of another draw, a visit shown twice, and visits in another order do not pass."""
        files = public_files(random_draw(f"honest {number}"))
        other = values_of(public_files(random_draw(f"honest {(number + 1) % len(DRAWS)}"))["disclosure.json"])
        values = values_of(files["disclosure.json"])
        if other["visits"]:
            strange = [*values["visits"], other["visits"][0]]
            strange.sort(key=lambda visit: str(visit["ticket"]))
            more = values | {"visits": strange, "counts": values["counts"] | {"shown": len(strange)}}
            assert is_caught(of_public(changed(files, more)))
        if values["visits"]:
            assert of_public(changed(files, values | {"visits": values["visits"] * 2})) == REFUSED
        if len(values["visits"]) > 1:
            assert of_public(changed(files, values | {"visits": values["visits"][::-1]})) == REFUSED
        assert is_caught(of_public(files | {"disclosure.json": canonical(other)}))

    def test_the_whole_bundle_says_the_same(self, number: int) -> None:
        """Where both judge one check of the same bytes, whatever commitment and values those are, they say the same."""
        row = random_row(f"honest {number}")
        whole, public = files_of([row]), public_files(random_draw(f"honest {number}"))
        common = ("COMMIT-1", "SEED-1", "SEED-2", "SEED-3")
        chance = Chance(f"both {number}")
        for _ in range(10):
            commitment, entropy, seed = (
                json.loads(json.dumps(one))
                for one in (row["commitment"], row["result"]["entropy"], row["result"]["seed"])
            )
            target: Any = chance.one((commitment, entropy, entropy, [seed]))
            path = chance.one(list(leaves(target)))
            tampered(chance, target, path)
            seed = target[0] if isinstance(target, list) and target and isinstance(target[0], str) else seed
            result = values_of(whole["result.json"]) | {"entropy": entropy, "seed": seed}
            shown = values_of(public["disclosure.json"]) | {"entropy": entropy, "seed": seed}
            head = {"commitment.json": canonical(commitment)}
            found = _of_whole(whole | head | {"result.json": canonical(result)})
            told = of_public(public | head | {"disclosure.json": canonical(shown)})
            if REFUSED not in (found, told):
                assert [found[check] for check in common] == [told[check] for check in common], path


def _of_whole(files: dict[str, bytes]) -> dict[str, str]:
    """Judge a whole bundle."""
    try:
        return verdicts(verify(members_of(files)))
    except InputError:
        return REFUSED
