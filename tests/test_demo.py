"""The sample month from its files to its published notices: one story, told twice, and what it leaves behind."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from inspect_cli.acts.visit.dossier import find_follow_ups
from inspect_cli.console import Console
from inspect_cli.core.names import EntityId, InspectorId, Slot
from inspect_cli.core.publish.issued import DRAW_NOTICES, NoticeKind
from inspect_cli.core.report.burden import Burden
from inspect_cli.demo import folder as demo_folder
from inspect_cli.demo.folder import MARK, MARK_TEXT, prepare_folder
from inspect_cli.demo.story import Played
from inspect_cli.demo.summary import show_burden, show_next_steps
from inspect_cli.errors import RefusedError
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_entities, find_inspectors
from inspect_cli.storage.visits import find_outcomes, find_visits
from tests import small_month
from tests.conftest import ROOT
from tests.terminal import call

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

DOCUMENTS = {
    paper: f"示综执抽查〔2026〕{serial}号"
    for serial, paper in enumerate(("commitment", "draw", "result", "result-2"), start=1)
}
NOTICES = {f"notices/{lang}/{paper}.{form}" for lang in ("zh", "en") for paper in DOCUMENTS for form in ("html", "md")}
TELEPHONE = "0000-12345"
PRIVATE = ["示例第", "工业路", "检查员", "专家01", "法人0", "联系人0", "0000-0000", "0000-1000", "0000-2000", "示执"]
NOTHING = Burden(base=0, due=0, drawn=0, checks=0, visits=0, open=0, visits_alone=0, visits_joined=0)
KEYS = ["base", "due", "drawn", "checks", "visits", "open", "visits_alone", "visits_joined"]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play the month once, silently, into a folder that is not there yet; its numbers stand in ``told.json`` beside it."""
    folder = tmp_path_factory.mktemp("story") / "month"
    status, out, err = call("--lang", "en", "demo", "--into", folder, "--json")
    assert (status, err) == (0, "")
    (folder.parent / "told.json").write_text(out, "utf-8")
    return folder


def _digests(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def _members(folder: Path) -> dict[str, Any]:
    with zipfile.ZipFile(folder / "bundle.zip") as archive:
        return {
            name: json.loads(archive.read(name))
            if name.endswith(".json")
            else [json.loads(line) for line in archive.read(name).splitlines()]
            for name in archive.namelist()
            if name.endswith((".json", ".jsonl"))
        }


def _ticket(*lines: str) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def _open(folder: Path) -> Store:
    return Store.open(f"sqlite:///{(folder / 'inspect.db').as_posix()}")


class TestWhatIsLeft:
    """The folder that a person can explore."""

    def test_the_folder_holds_the_whole_month(self, played: Path) -> None:
        """Settings, plan, store, bundle, notices in both languages and forms, a calendar for each who goes out, and the mark."""
        found = set(_digests(played))
        calendars = {name for name in found if name.startswith("calendar/")}
        assert found - calendars == {"inspect.toml", "plan.toml", "inspect.db", "bundle.zip", MARK, *NOTICES}
        result = _members(played)["result.json"]
        out = {
            person
            for visit in result["visits"]
            for person in (*visit.get("team", ()), *filter(None, [visit.get("expert")]))
        }
        assert calendars == {f"calendar/{person}.ics" for person in out}

    def test_the_numbers_are_those_of_the_bundle(self, played: Path) -> None:
        """Base, due, drawn, checks, visits, and each department alone, counted anew from the file alone."""
        told = json.loads((played.parent / "told.json").read_text("utf-8"))
        members = _members(played)
        result, quotas = members["result.json"], members["commitment.json"]["quotas"]
        assert list(told) == KEYS
        assert told["base"] == len(members["entities.jsonl"])
        assert told["due"] == told["visits_alone"] == sum(quota["take"] for quota in quotas)
        assert told["drawn"] == sum(len(one["drawn"]) for one in result["selection"])
        assert told["checks"] == sum(len(visit["domains"]) for visit in result["visits"])
        assert told["visits"] == len(result["visits"])
        assert told["open"] == sum("open" in visit for visit in result["visits"])
        assert told["visits"] < told["visits_joined"] <= told["visits_alone"]

    def test_separate_draws_joined_are_counted_anew(self, played: Path) -> None:
        """Each domain drawn with tickets of its own, by nothing but SHA-256: the entities that any of them draws."""
        members = _members(played)
        seed, visited = members["result.json"]["seed"], set()
        for quota in members["commitment.json"]["quotas"]:
            place = {"domain": quota["domain"], "stratum": quota["stratum"]}
            stratum = [row for row in members["entities.jsonl"] if place in row["strata"]]
            assert len(stratum) == quota["size"]
            own = _ticket(seed, quota["domain"])
            ordered = sorted((_ticket(own, "entity", row["id"], row["salt"]), row["id"]) for row in stratum)
            visited |= {entity for _, entity in ordered[: quota["take"]]}
        told = json.loads((played.parent / "told.json").read_text("utf-8"))
        assert told["visits_joined"] == len(visited)

    def test_the_store_has_one_row_for_each_act(self, played: Path) -> None:
        """The log tells the story's acts in their order, each once, by the story's clock."""
        with _open(played).reading() as session:
            acts, visits = find_acts(session), find_visits(session)
            done = {(one.slot, one.entity) for one in find_outcomes(session)}
        before = ["init", "entity import", "inspector import", "inspector leave import", "inspector recuse import"]
        before += ["matter import", "visit import", "workdays import", "draw commit", "notice publish", "draw seed"]
        before += ["draw run", "notice publish"]
        half = sum(one.day is not None and one.day.day <= 15 for one in visits)
        results = ["visit approve", "notice publish"]
        steps = [act for act in acts if act.act == "visit follow-up"]
        assert [act.act for act in acts] == [
            *before,
            *["visit record"] * half,
            *results,
            *["visit record"] * (len(visits) - half),
            *results,
            *["visit follow-up"] * len(steps),
        ]
        taken = {json.loads(act.detail)["step"] for act in steps}
        assert taken == {"recheck-passed", "recheck-failed", "close"}
        assert {(one.slot, one.entity) for one in visits} == done
        names = {"visit approve": "审批人乙", "notice publish": "公示员丙"}
        assert [act.actor for act in acts] == [names.get(act.act, "操作员甲") for act in acts]
        assert [act.clock for act in acts] == sorted(act.clock for act in acts)
        assert not any(act.is_dated_elsewhere for act in acts)
        assert acts[0].clock == "2026-11-23T08:00:00+08:00"

    def test_orders_have_a_last_day_and_are_followed_up(self, played: Path) -> None:
        """RECORD-7: each order names its last day; when the month is over some are late, some are closed, and one was not obeyed."""
        with _open(played).reading() as session:
            orders = [one.follow_up for one in find_outcomes(session) if one.result_class == 5]
            still_open = find_follow_ups(session, date(2027, 1, 4))
        assert orders
        assert all(order is not None and order.startswith("rectify:202") for order in orders)
        states = Counter(line.standing.state.value for line in still_open)
        assert any(line.standing.is_overdue(date(2027, 1, 4)) for line in still_open)
        assert states["not-rectified"] > 0
        assert states["ordered"] + states["not-rectified"] < len(orders)

    def test_the_files_are_what_the_store_says(
        self, played: Path, run_cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The commands give the same bundle, notices and calendars from the folder's store, byte for byte."""
        monkeypatch.chdir(played)
        out = played.parent / "again"
        out.mkdir(exist_ok=True)
        assert run_cli("draw", "bundle", "2026-12/1", "-o", out / "bundle.zip", "--force").status == 0
        assert (out / "bundle.zip").read_bytes() == (played / "bundle.zip").read_bytes()
        for name in sorted(NOTICES):
            _, lang, file = name.split("/")
            paper, form = file.split(".")
            document = DOCUMENTS[paper]
            words = ("notice", "write", document, "--format", form, "--lang", lang, "-o", out / file, "--force")
            assert run_cli(*words).status == 0
            assert (out / file).read_bytes() == (played / name).read_bytes()
        assert run_cli("schedule", "ics", "--inspector", "R005", "-o", out / "r.ics", "--force").status == 0
        assert (out / "r.ics").read_bytes() == (played / "calendar/R005.ics").read_bytes()

    def test_calendars_are_read_back(self, played: Path) -> None:
        """An independent reader finds each visit of the result in its people's calendars, on its day, and no other."""
        wanted: dict[str, set[tuple[str, str]]] = {}
        members = _members(played)
        names = {row["id"]: row["name"] for row in members["entities.jsonl"]}
        for visit in members["result.json"]["visits"]:
            for person in (*visit["team"], *filter(None, [visit.get("expert")])):
                wanted.setdefault(f"{person}.ics", set()).add((visit["day"], names[visit["entity"]]))
        found = {}
        for path in (played / "calendar").iterdir():
            events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
            found[path.name] = {(event.decoded("DTSTART").isoformat(), str(event["SUMMARY"])) for event in events}
        assert found == wanted

    def test_notices_say_where_to_complain_and_how_to_verify(self, played: Path) -> None:
        """Every notice has its number, the complaint telephone and the command with which anybody verifies."""
        for name in NOTICES:
            assert DOCUMENTS[name.split("/")[2].partition(".")[0]] in (played / name).read_text("utf-8"), name
            text = (played / name).read_text("utf-8")
            assert TELEPHONE in text, name
            assert "inspect-cli verify" in text, name

    def test_nothing_private_leaves_the_store(self, played: Path) -> None:
        """No telephone but the complaint one, no contact, no legal representative is in a notice, the bundle or a calendar."""
        with _open(played).reading() as session:
            entities, inspectors = (
                find_entities(session, include_retired=True),
                find_inspectors(session, include_retired=True),
            )
        private = {one.telephone for one in entities} | {one.telephone for one in inspectors}
        private |= {one.contact for one in entities}
        private |= {one.legal_representative for one in entities} | {one.certificate for one in inspectors}
        assert len(private) > 3000
        texts = {
            name: (played / name).read_text("utf-8")
            for name in _digests(played)
            if name.startswith(("notices", "calendar"))
        }
        with zipfile.ZipFile(played / "bundle.zip") as archive:
            texts |= {name: archive.read(name).decode() for name in archive.namelist()}
        for name, text in texts.items():
            unfolded = text.replace("\r\n ", "")
            assert not re.search("0000-", unfolded.replace(TELEPHONE, "")), name
            words = set(re.findall(r"联系人\d+|法人\d+|示执\d+", unfolded))
            assert not words & private, name

    def test_what_to_look_at_next_can_be_typed(
        self, played: Path, run_cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each call that the demo prints at its end works in its folder as it stands."""
        monkeypatch.chdir(played)
        with zipfile.ZipFile("bundle.zip") as archive:
            visits = json.loads(archive.read("result.json"))["visits"]
        first = min((visit for visit in visits if "day" in visit), key=lambda visit: visit["day"])
        entity, leader = first["entity"], first["team"][0]
        for words in (
            f"draw explain 2026-12/1 {entity}",
            f"schedule show 2026-12/1 --by inspector --inspector {leader}",
            "verify bundle.zip",
            "log show",
            "plan check plan.toml",
        ):
            told = run_cli(*words.split())
            assert (told.status, bool(told.out)) == (0, True), words


def test_told_again_over_an_earlier_one(played: Path, tmp_path: Path, run_cli: Cli) -> None:
    """With --force the month is played over an earlier one: the same files to the byte, other files stay, and it is told in stages."""
    folder = tmp_path / "a month"
    shutil.copytree(played, folder)
    mine = {
        "notes.txt": "mine",
        "notices/mine.html": "mine too",
        "notices/zh/corrected.md": "and this",
        "calendar/readme": "x",
    }
    for name, text in mine.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "plan.toml").write_text("changed", "utf-8")
    told = run_cli("--lang", "en", "demo", "--into", folder, "--force")
    assert (told.status, told.err) == (0, "")
    assert _digests(folder) == _digests(played) | {
        name: sha256(text.encode()).hexdigest() for name, text in mine.items()
    }
    headings = [
        "1 Registries",
        "2 Plan",
        "3 Draw",
        "4 Schedule",
        "5 Visits",
        "6 Publish",
        "7 Verify",
        "The month in numbers",
    ]
    assert [line for line in told.out.splitlines() if line in headings] == headings
    numbers = json.loads((played.parent / "told.json").read_text("utf-8"))
    shown = [int(number) for number in re.findall(r"  (\d+)$", told.out, re.MULTILINE)]
    assert shown == [numbers[key] for key in KEYS if key != "open"]
    assert f"cd '{folder}'" in told.out
    calls = re.findall(r"^  inspect-cli (\w+ [\w.]+)", told.out, re.MULTILINE)
    assert calls == ["draw explain", "schedule show", "visit follow", "verify bundle.zip", "log show"]


class TestUsedFolders:
    """What a demo never touches."""

    def test_a_used_folder_is_refused(self, tmp_path: Path, run_cli: Cli) -> None:
        """A folder with anything in it is refused with status 4, and nothing in it changes."""
        (tmp_path / "letter.txt").write_text("mine")
        refused = run_cli("demo", "--into", tmp_path)
        assert (refused.status, refused.out) == (4, "")
        assert "--force" in refused.err
        assert _digests(tmp_path) == {"letter.txt": sha256(b"mine").hexdigest()}

    def test_a_file_is_no_folder(self, tmp_path: Path, run_cli: Cli) -> None:
        """A name that is a file's is refused, with --force too."""
        (tmp_path / "file").write_text("mine")
        for options in ((), ("--force",)):
            assert run_cli("demo", "--into", tmp_path / "file", *options).status == 4
        assert (tmp_path / "file").read_text() == "mine"

    @pytest.mark.parametrize("mark", [None, "a note of ours", MARK_TEXT])
    def test_a_bureaus_own_store_is_never_replaced(self, tmp_path: Path, run_cli: Cli, mark: str | None) -> None:
        """Not even with --force, and not even where an earlier demo has left its mark beside it."""
        small_month.fill_folder(tmp_path)
        if mark is not None:
            (tmp_path / MARK).write_text(mark, "utf-8", newline="")
        before = _digests(tmp_path)
        refused = run_cli("demo", "--into", tmp_path, "--force")
        assert (refused.status, refused.out) == (4, "")
        assert "which no demo has left there" in refused.err
        assert _digests(tmp_path) == before

    @pytest.mark.parametrize(
        "name", ["inspect.toml", "plan.toml", "bundle.zip", "notices/zh/draw.html", "calendar/R001.ics", MARK]
    )
    def test_files_of_the_same_names_are_kept(self, tmp_path: Path, run_cli: Cli, name: str) -> None:
        """A file that stands where a demo would write, without a demo's mark, is somebody's."""
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
        refused = run_cli("demo", "--into", tmp_path, "--force")
        assert (refused.status, name in refused.err) == (4, True)
        assert (tmp_path / name).read_text() == "mine"

    def test_what_is_no_store_of_ours_is_kept(self, tmp_path: Path) -> None:
        """A damaged store, or another program's, is nobody's to take away."""
        (tmp_path / MARK).write_text(MARK_TEXT, "utf-8", newline="")
        (tmp_path / "inspect.db").write_text("not a database, but not nothing")
        with pytest.raises(RefusedError, match="which no demo has left there"):
            prepare_folder(tmp_path, force=True)

    def test_a_folder_that_leads_elsewhere_is_not_followed(self, tmp_path: Path) -> None:
        """Where ``calendar`` is a link, nothing is taken away or written at its other end."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "r.ics").write_text("mine")
        used = tmp_path / "used"
        used.mkdir()
        (used / MARK).write_text(MARK_TEXT, "utf-8", newline="")
        (used / "calendar").symlink_to(elsewhere, target_is_directory=True)
        with pytest.raises(RefusedError, match=r"calendar.*which no demo has left there"):
            prepare_folder(used, force=True)
        assert (elsewhere / "r.ics").read_text() == "mine"

    @pytest.mark.parametrize("stopped", ["before the store", "while the store was made", "while it was taken away"])
    def test_a_demo_that_was_stopped_can_be_repeated(self, tmp_path: Path, played: Path, stopped: str) -> None:
        """A demo that was interrupted has left its mark, and perhaps an empty store: --force goes on from there."""
        prepare_folder(tmp_path / "d", force=False)
        match stopped:
            case "while the store was made":
                (tmp_path / "d" / "inspect.db").touch()
                (tmp_path / "d" / "inspect.db-journal").touch()
            case "while it was taken away":
                shutil.copy(played / "bundle.zip", tmp_path / "d")
        prepare_folder(tmp_path / "d", force=True)
        assert list(_digests(tmp_path / "d")) == [MARK]

    def test_the_places_are_those_that_the_story_fills(self, played: Path) -> None:
        """What --force takes away is what the story leaves, to the last file."""
        assert set(demo_folder.NOTICES) == NOTICES
        left = set(_digests(played)) - {MARK}
        assert {name for name in left if not name.startswith("calendar/")} < {*demo_folder.FILES, *demo_folder.NOTICES}


class TestBeforeTheVisits:
    """What the public is told while nothing is recorded yet, of a month that the acts have brought up to its draw."""

    @pytest.mark.parametrize("kind", DRAW_NOTICES)
    @pytest.mark.parametrize("names", ["true", "false"])
    def test_nobody_is_named(self, tmp_path: Path, run_cli: Cli, kind: NoticeKind, names: str) -> None:
        """No company, credit code, address, visit day, inspector or contact is in any notice, though the plan publishes names."""
        options = small_month.fill_folder(tmp_path)
        slot = small_month.draw_month(
            small_month.open_folder(tmp_path), small_month.plan_text(head=f"names_published = {names}")
        )
        drawn = json.loads(run_cli(*options, "schedule", "show", "--json").out)
        assert len(drawn) == 3
        hidden = [*(f"E{number:02}" for number in range(1, 11)), *(f"R{number:02}" for number in range(1, 6)), "X01"]
        hidden += PRIVATE
        # The commitment names the first and the last day on which anybody can be visited.
        for visit in () if kind is NoticeKind.COMMITMENT else drawn:
            year, month, day = map(int, visit["day"].split("-"))
            hidden += [visit["day"], f"{year}年{month}月{day}日", f"{day} December", f"December {day}"]
        for lang in ("zh", "en"):
            for form in ("html", "md"):
                path = tmp_path / f"{lang}.{form}"
                told = run_cli(
                    *options, "notice", "render", slot, kind.value, "--format", form, "--lang", lang, "-o", path
                )
                assert told.status == 0
                text = path.read_text("utf-8")
                assert [word for word in hidden if word in text] == []
                assert TELEPHONE in text


def test_the_last_page_fits_where_the_demo_was_played(capsys: pytest.CaptureFixture[str]) -> None:
    """Played in the working folder there is nothing to change into; of a month without a visit no ratio is made up."""
    console = Console(language="en")
    show_next_steps(
        console,
        Path(),
        Played(burden=NOTHING, slot=Slot("2026-12/1"), entity=EntityId("E01"), inspector=InspectorId("R01")),
    )
    show_burden(console, NOTHING)
    told = capsys.readouterr().out
    assert "cd " not in told
    assert "inspect-cli draw explain 2026-12/1 E01" in told
    assert "One visit instead of 0" in told


def test_the_fixtures_say_that_all_is_invented() -> None:
    """The mark, the settings and the plan say so where a person reads first."""
    assert "invented" in MARK_TEXT
    for name in ("inspect.toml", "plan-2026-12.toml"):
        assert "虚构" in (ROOT / "fixtures" / name).read_text("utf-8").splitlines()[0]
