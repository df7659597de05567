"""Beacons as sources of a draw, from the plan to the verdict: drand by file and by relay, a pulse of NIST, and a beacon that fails."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store
from tests import small_month
from tests.relay_server import RelayServer
from tests.terminal import sit_down

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Outcome

VECTORS = Path(__file__).parent.parent / "vectors"
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
ENTRY = json.loads((VECTORS / "draw/zones/result.json").read_text("utf-8"))["entropy"][1]
ROUND, SIGNATURE, RANDOMNESS = ENTRY["round"], ENTRY["signature"], ENTRY["value"]
GOOD = json.dumps({"round": ROUND, "randomness": RANDOMNESS, "signature": SIGNATURE})
BEACONS = json.loads((VECTORS / "drand/beacons.json").read_text("utf-8"))["beacons"]
PULSE = VECTORS / "nist-beacon-2.0/pulse-chain1-54610.json"
PEM = VECTORS / "nist-beacon-2.0/certificate-5501e3d7.pem"
DRAND = '[[source]]\nkind = "drand"\nname = "quicknet"\nat = "2026-08-01T14:45:52+08:00"\n'
NIST = '[[source]]\nkind = "nist"\nname = "NIST"\nat = "2018-08-30T17:44:00Z"\nchain = 1\npulse = 54610\n'
DICE = '[[source]]\nkind = "dice"\nname = "骰子"\nat = "2026-08-01T14:00:00+08:00"\ncount = 5\nsides = 10\n'
SLOT, BEFORE, AFTER = "2026-08/1", "2026-07-30", "2026-08-02"
FETCHED = f"2026-08-1-drand-{ROUND}.json"


class Office(Protocol):
    """A command as the operator types it in the folder: ``office("draw", "run", SLOT)``."""

    def __call__(self, *words: str, today: str = AFTER, lang: str = "en") -> Outcome:
        """Call it."""


@pytest.fixture
def office(tmp_path: Path, run_cli: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> Office:
    """Make the small month's settings and store in a folder, with a plan for August 2026."""
    monkeypatch.chdir(tmp_path)
    small_month.fill_folder(tmp_path)
    Path("round.json").write_text(GOOD, "utf-8")

    def call(*words: str, today: str = AFTER, lang: str = "en") -> Outcome:
        return run_cli("--lang", lang, "--as", small_month.OPERATOR, "--today", today, *words)

    return call


@pytest.fixture
def server() -> Iterator[RelayServer]:
    """Have a relay on this machine that knows the round."""
    with RelayServer() as running:
        running.pages[f"/{QUICKNET}/public/{ROUND}"] = GOOD.encode()
        yield running


def commit(office: Office, sources: str = DRAND, period: str = "2026-08", today: str = BEFORE) -> Outcome:
    """Commit a plan with these sources."""
    Path("plan.toml").write_text(small_month.plan_text(sources=sources).replace("2026-12", period), "utf-8")
    return office("draw", "commit", "plan.toml", "--yes", "--json", today=today)


def set_relays(*relays: str) -> None:
    """Name relays in the settings."""
    with Path("inspect.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[drand]\nrelays = {json.dumps(relays)}\n")


def acts() -> list[str]:
    """Give the acts of the log after the store was made."""
    with Store.open("sqlite:///inspect.db").reading() as session:
        return [act.act for act in find_acts(session)][1:]


def seed(office: Office, *words: str, slot: str = SLOT, today: str = AFTER, lang: str = "en") -> Outcome:
    """Give the draw its seed."""
    return office("draw", "seed", slot, *words, "--yes", "--json", today=today, lang=lang)


def verdicts(office: Office, slot: str) -> dict[str, str]:
    """Run the draw, bundle it, and give the checks with their verdicts."""
    assert office("draw", "run", slot, "--yes").status == 0
    assert office("draw", "bundle", slot, "-o", "b.zip").status == 0
    report = office("verify", "b.zip", "--json")
    assert report.status == 0
    return {check["id"]: check["verdict"] for check in json.loads(report.out)["checks"]}


def test_a_round_from_a_file(office: Office) -> None:
    """DRAND-2, DRAND-3, RELAY-1: time to round, its published signature, the seed by the protocol's line, and a verified draw."""
    committed = json.loads(commit(office).out)
    assert committed["sources"] == [
        {"kind": "drand", "name": "quicknet", "at": "2026-08-01T14:45:54+08:00", "chain": QUICKNET, "round": ROUND}
    ]
    assert committed["chance"] == {"bits": 128, "weak": False, "own_hands": False, "not_counted": []}
    seeded = seed(office, "--drand", "round.json")
    assert seeded.status == 0
    data = json.loads(seeded.out)
    assert data["values"] == [RANDOMNESS]
    lines = ("draw-v1/seed", committed["commitment"], f"drand:{RANDOMNESS}")
    assert data["seed"] == sha256("\n".join(lines).encode()).hexdigest()
    shown = office("draw", "show", SLOT).out
    assert (QUICKNET in shown, str(ROUND) in shown) == (True, True)
    again = seed(office, "--drand", "round.json"), seed(office), seed(office, "--fetch")
    assert [(one.status, one.out, "done before" in one.err) for one in again] == [(0, seeded.out, True)] * 3
    assert verdicts(office, SLOT)["SEED-2"] == "VERIFIED"


def test_the_form_of_the_second_api(office: Office) -> None:
    """RELAY-1: a file without randomness, as an editor on Windows left it, gives the same seed."""
    commit(office)
    text = json.dumps({"round": ROUND, "signature": SIGNATURE.upper()})
    Path("round.json").write_bytes(text.encode("utf-16"))
    assert json.loads(seed(office, "--drand", "round.json").out)["values"] == [RANDOMNESS]


def test_typed_values_beside_a_round(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dice are typed twice, the round comes as a file, whatever their order in the plan; at a terminal only the dice are asked for."""
    commit(office, DRAND + DICE)
    words = ("--value", "31415", "--confirm", "31415")
    short = seed(office, *words * 2, "--drand", "round.json")
    assert (short.status, "2 values were given for 1 sources" in short.err) == (2, True)
    sit_down(monkeypatch, "31415", "31415")
    data = json.loads(seed(office, "--drand", "round.json").out)
    assert data["values"] == [RANDOMNESS, "31415"]


def altered(**changes: object) -> str:
    """Give the good round with some keys changed."""
    return json.dumps(json.loads(GOOD) | changes)


EARLIER = next(one for one in BEACONS if one["round"] == 1000)
DEFAULT = next(one for one in BEACONS if one["scheme"] == "pedersen-bls-chained" and one["round"] == 72785)
WRONG = {
    "another round": (
        altered(round=1000, signature=EARLIER["signature"], randomness=None),
        "this is round 1000, promised was",
    ),
    "an earlier round's signature": (
        altered(signature=EARLIER["signature"], randomness=None),
        "is not that of quicknet",
    ),
    "another chain's signature": (altered(signature=DEFAULT["signature"], randomness=None), "is not that of quicknet"),
    "a digit of the signature": (altered(signature=SIGNATURE[:-1] + "1", randomness=None), "is not that of quicknet"),
    "another randomness": (altered(randomness="0" * 64), "its randomness is not the SHA-256"),
    "garbage": ("<html>", "this is not JSON"),
    "nothing": ("{}", "no usable round"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_round_that_does_not_hold(office: Office, name: str) -> None:
    """DRAND-3, RELAY-2: a wrong round, another chain and a failing signature are refused with what to do, and nothing is kept."""
    commit(office)
    text, what = WRONG[name]
    Path("round.json").write_text(text, "utf-8")
    refused = seed(office, "--drand", "round.json")
    assert (refused.status, refused.out) == (3, "")
    assert what in " ".join(refused.err.split())
    assert "nothing was recorded" in " ".join(refused.err.split())
    assert acts() == ["draw commit"]


def test_a_signature_that_fails_says_how_to_go_on(office: Office) -> None:
    """The refusal of a failing signature names the void with its reason; that reason is taken then, and the plan goes on."""
    commit(office)
    Path("round.json").write_text(WRONG["a digit of the signature"][0], "utf-8")
    assert "--reason beacon-failed" in " ".join(seed(office, "--drand", "round.json").err.split())
    void = ("draw", "void", SLOT, "--approver", small_month.APPROVER, "--reason", "beacon-failed", "--yes")
    early = office(*void, today="2026-07-31")
    assert (early.status, "none has failed" in early.err) == (4, True)
    assert office(*void).status == 0
    assert json.loads(office("draw", "show", SLOT, "--json").out)["void_reason"] == "beacon-failed"


def test_no_beacon_fails_where_none_is(office: Office) -> None:
    """The reason beacon-failed is refused for a draw without beacons, and for one whose round is recorded and proved."""
    void = ("--approver", small_month.APPROVER, "--reason", "beacon-failed", "--yes")
    commit(office, DICE)
    dice = office("draw", "void", SLOT, *void)
    assert (dice.status, "no beacon" in dice.err) == (4, True)
    office("draw", "void", SLOT, "--approver", small_month.APPROVER, "--reason", "test", "--yes")
    commit(office)
    seed(office, "--drand", "round.json", slot="2026-08/2")
    proved = office("draw", "void", "2026-08/2", *void)
    assert (proved.status, "no beacon has failed" in proved.err) == (4, True)


def test_without_a_file(office: Office) -> None:
    """A beacon's value is not typed: the command names the file, its address and the relays, and asks nobody by itself."""
    commit(office)
    for words, what in (((), "comes with its proof"), (("--fetch",), "no relay is named in inspect.toml")):
        refused = seed(office, *words)
        text = " ".join(refused.err.split())
        assert (refused.status, what in text) == (2, True)
        assert f"https://api.drand.sh/{QUICKNET}/public/{ROUND}" in refused.err.replace("\n", "").replace(" ", "")
    typed = seed(office, "--value", RANDOMNESS, "--confirm", RANDOMNESS, "--drand", "round.json")
    assert typed.status == 2


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("hold 16 bits", "own hands", "fix for ever a frame")),
        ("zh", ("只有 16 比特", "掌握在本单位手里", "永久固定")),
    ],
)
def test_weakness_is_told_before_the_question(
    office: Office, monkeypatch: pytest.MonkeyPatch, lang: str, told: tuple[str, ...]
) -> None:
    """CHANCE-2, CHANCE-3: whoever is asked to commit to five dice of the bureau's own has read before what they are worth."""
    Path("plan.toml").write_text(small_month.plan_text(sources=DICE).replace("2026-12", "2026-08"), "utf-8")
    sit_down(monkeypatch, "no")
    asked = office("draw", "commit", "plan.toml", today=BEFORE, lang=lang)
    assert asked.status == 4
    places = [asked.err.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)
    checked = office("plan", "check", "plan.toml", today=BEFORE, lang=lang)
    assert all(words in checked.out for words in told[:2])


def test_verify_asks_about_weak_sources(office: Office) -> None:
    """QUESTION-1: after the checks, an auditor reads that five dice of the bureau's own are few bits in its own hands."""
    commit(office, DICE)
    assert seed(office, "--value", "31415", "--confirm", "31415").status == 0
    verdicts(office, SLOT)
    told = " ".join(office("verify", "b.zip").out.split())
    assert "sources of the seed" in told
    assert "16 bits" in told


def test_a_plan_with_a_beacon_is_rehearsed(office: Office) -> None:
    """A rehearsal draws a plan with a drand source, also where it tries another day."""
    Path("plan.toml").write_text(small_month.plan_text(sources=DRAND).replace("2026-12", "2026-08"), "utf-8")
    assert office("plan", "rehearse", "plan.toml", "--seeds", "3", today=BEFORE).status == 0


class TestFetch:
    """A relay is asked only with --fetch, and believed only by the signature."""

    def test_a_good_relay(self, office: Office, server: RelayServer) -> None:
        """The round is fetched, proved, laid down as a file and kept; the file gives the same seed again."""
        commit(office)
        set_relays(server.address("/"))
        assert server.asked == []
        fetched = seed(office, "--fetch")
        assert (fetched.status, server.asked) == (0, [f"/{QUICKNET}/public/{ROUND}"])
        assert json.loads(fetched.out)["values"] == [RANDOMNESS]
        assert FETCHED in fetched.err
        assert Path(FETCHED).read_text("utf-8") == GOOD
        assert seed(office, "--drand", FETCHED).out == fetched.out
        assert verdicts(office, SLOT)["SEED-2"] == "VERIFIED"

    def test_relays_in_their_order(self, office: Office, server: RelayServer) -> None:
        """Relays that lie, stumble or send away are passed over, each asked once, until one gives the signed round."""
        commit(office)
        bad = {
            "/wrong": altered(round=ROUND + 1),
            "/forged": WRONG["a digit of the signature"][0],
            "/html": "<html>",
            "/large": "x" * 100000,
        }
        for path, text in bad.items():
            server.pages[f"{path}/{QUICKNET}/public/{ROUND}"] = text.encode()
        relays = [*(server.address(path) for path in bad), server.address("/missing"), server.address("/garbage")]
        set_relays(*relays, server.address("/to"), server.address("/never"))
        fetched = seed(office, "--fetch")
        assert fetched.status == 0
        assert server.asked[-1] == f"/{QUICKNET}/public/{ROUND}"
        assert not any(path.startswith("/never") for path in server.asked)

    def test_no_relay_gives_it(self, office: Office, server: RelayServer) -> None:
        """Where no relay gives the round, each is named with what it said, nothing is kept, and the way by file is told."""
        commit(office)
        server.pages[f"/forged/{QUICKNET}/public/{ROUND}"] = WRONG["a digit of the signature"][0].encode()
        set_relays(server.address("/forged"), server.address("/missing"), "http://127.0.0.1:9")
        for lang, words in (
            ("en", ("is not that of quicknet", "status 404", "cannot be reached", "--drand round.json")),
            ("zh", ("不是", "404", "127.0.0.1:9", "--drand round.json")),
        ):
            refused = seed(office, "--fetch", lang=lang)
            assert (refused.status, refused.out) == (4, "")
            assert all(word in refused.err for word in words)
        assert acts() == ["draw commit"]
        assert not Path(FETCHED).exists()

    def test_not_before_its_time(self, office: Office, server: RelayServer) -> None:
        """Before the announced time no relay is asked at all."""
        commit(office)
        set_relays(server.address())
        early = seed(office, "--fetch", today="2026-07-31")
        assert (early.status, server.asked) == (4, [])

    def test_a_file_that_is_there_stays(self, office: Office, server: RelayServer) -> None:
        """What stands under the round file's name already is left as it is."""
        commit(office)
        set_relays(server.address())
        Path(FETCHED).write_text("mine", "utf-8")
        assert seed(office, "--fetch").status == 0
        assert Path(FETCHED).read_text("utf-8") == "mine"

    @pytest.mark.parametrize(
        "relay", ["file:///etc/passwd", "api.drand.sh", "https://", "https://a b", "https://a/?x", "https://u:p@h"]
    )
    def test_addresses_in_the_settings(self, office: Office, relay: str) -> None:
        """An address of no relay is a mistake of the settings, told at its key."""
        set_relays(relay)
        refused = office("draw", "list", "--json"), office("draw", "commit", "plan.toml")
        assert refused[1].status == 3
        assert "drand.relays" in refused[1].err


class TestNist:
    """NIST-1 to NIST-7: a pulse as a file, with its certificate."""

    def commit(self, office: Office) -> Outcome:
        """Commit a plan of September 2018, when the pinned certificate was valid."""
        return commit(office, NIST, "2018-09", "2018-08-29")

    def seed(self, office: Office, *words: str) -> Outcome:
        """Give the draw its seed on the day after the pulse."""
        return seed(office, *words, slot="2018-09/1", today="2018-08-31")

    def test_a_pulse(self, office: Office) -> None:
        """NIST-6: the published pulse seeds a draw that is verified."""
        assert self.commit(office).status == 0
        seeded = self.seed(office, "--nist", str(PULSE), "--certificate", str(PEM))
        assert seeded.status == 0
        assert json.loads(seeded.out)["values"] == [
            json.loads(PULSE.read_text("utf-8"))["pulse"]["outputValue"].lower()
        ]
        assert self.seed(office).out == seeded.out
        assert verdicts(office, "2018-09/1")["SEED-2"] == "VERIFIED"

    def test_a_pulse_that_does_not_hold(self, office: Office) -> None:
        """NIST-3, NIST-5: without its certificate, with another one, as another pulse, or with a changed field nothing is kept."""
        self.commit(office)
        pulse = json.loads(PULSE.read_text("utf-8"))["pulse"]
        for changes, what in (
            ({"pulseIndex": 54609}, "has not promised"),
            ({"statusCode": 2}, "does not follow from its fields"),
            ({"timeStamp": "2018-08-30T17:45:00.000Z"}, "not published at the announced time"),
            ({"outputValue": "00" * 64}, "does not follow from its fields"),
        ):
            Path("pulse.json").write_text(json.dumps({"pulse": pulse | changes}), "utf-8")
            refused = self.seed(office, "--nist", "pulse.json", "--certificate", str(PEM))
            assert (refused.status, what in " ".join(refused.err.split())) == (3, True)
        Path("cert.pem").write_text(PEM.read_text("utf-8").replace("MII", "MIJ", 1), "utf-8")
        other = self.seed(office, "--nist", str(PULSE), "--certificate", "cert.pem")
        assert (other.status, "is not the one that pulse 54610 names" in " ".join(other.err.split())) == (3, True)
        alone = self.seed(office, "--nist", str(PULSE))
        assert (alone.status, "--nist and --certificate go together" in alone.err) == (2, True)
        missing = self.seed(office)
        assert (missing.status, "comes with its proof" in missing.err) == (2, True)
        assert acts() == ["draw commit"]

    def test_a_pulse_of_a_time_without_certificate(self, office: Office) -> None:
        """NIST-7: a plan with a pulse that nobody could check is refused at its key."""
        refused = commit(office, NIST.replace("2018-08-30T17:44:00Z", "2026-08-01T06:45:00Z"))
        assert (refused.status, "source[1].at" in refused.err) == (3, True)
