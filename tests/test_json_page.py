"""docs/json.md beside what the commands print: no command that takes ``--json`` and no key of one is missing on the page.

The small month is played from its registries to its bundle, and every command that takes ``--json`` speaks in it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests import small_month
from tests.house.sources import DOCS, commands
from tests.small_supplement import DAY, FIRST, ROLLED, SECOND
from tests.terminal import call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Said = list[tuple[str, Any]]

FIXTURES = DOCS.parent / "fixtures"
APPROVED = ("--approver", small_month.APPROVER, "--reason", "illness", "--yes")
_ROW = re.compile(r"^\| (`[^|]+|every `import`[^|]*) \| (.*) \|$", re.MULTILINE)
_ASIDE = re.compile(r"\([^()]*\)")
IMPORTS = ("entity", "inspector", "matter", "visit", "inspector leave", "inspector recuse")


def _documented() -> dict[str, set[str]]:
    """Read the page: each command with the keys that its row names, those of values within values aside."""
    found: dict[str, set[str]] = {}
    for names, value in _ROW.findall((DOCS / "json.md").read_text("utf-8")):
        text = value
        while text != (text := _ASIDE.sub("", text)):
            pass
        keys = set(re.findall(r"`([a-z0-9_]+)`", text))
        words = [f"{noun} import" for noun in IMPORTS] if names.startswith("every") else re.findall(r"`([^`]+)`", names)
        for name in words:
            found.setdefault(name.replace(", a line of log export", ""), set()).update(keys)
    found["draw show"] |= {"amends", "chain"}
    return found


class Player:
    """The command line in a month's folder, which remembers what every command said as data."""

    def __init__(self, folder: Path) -> None:
        """Make the month, and an empty store beside it for what the township's files would bring."""
        self.folder = folder
        self.options = small_month.fill_folder(folder, small_month.plan_text(labour=6, safety=4))
        self.said: Said = []

    def __call__(
        self, name: str, *words: str | Path, today: str = small_month.SEED_DAY, person: str = small_month.OPERATOR
    ) -> Any:
        """Have a command print its data, and give them."""
        actor = ("--lang", "en", "--as", person, "--today", today)
        status, out, err = call(*self.options, *actor, *name.removesuffix(" --preview").split(), *words, "--json")
        assert status == 0, (name, err)
        self.said.append((name, json.loads(out)))
        return self.said[-1][1]

    def in_town(self, name: str, *words: str | Path) -> None:
        """Have a command print its data over the township's settings and a store of their own."""
        own, store = self.options, self.folder / "town.db"
        self.options = ("--config", str(FIXTURES / "inspect.toml"), "--store", str(store))
        if not store.exists():
            assert call(*self.options, "--as", small_month.OPERATOR, "init")[0] == 0
        self(name, *words)
        self.options = own


def _registries(month: Player) -> None:
    for noun, id in (("entity", "E01"), ("inspector", "R01"), ("matter", "L-01")):
        month(f"{noun} list")
        month(f"{noun} show", id)
        month(f"{noun} history", id)
    files = ("entities", "inspectors", "matters", "visits", "leave", "recusals")
    for noun, file in zip(IMPORTS, files, strict=True):
        month.in_town(f"{noun} import", FIXTURES / f"{file}.csv")
    for noun in ("entity", "inspector", "matter"):
        month(f"{noun} check")
    month("workdays show", "2026-12")
    month("workdays import", FIXTURES / "workdays-2027.csv")


def _plans(month: Player) -> None:
    plan, year = month.folder / "plan.toml", month.folder / "year.toml"
    status, _out, err = call(*month.options, "--today", small_month.COMMIT_DAY, "plan", "year", "2026", "-o", year)
    assert status == 0, err
    month("plan year", "2026", "--file", year)
    month("plan year", "2026")
    month("plan check", plan, "--excluded", today=small_month.COMMIT_DAY)
    month("plan rehearse", plan, "--seeds", "2", today=small_month.COMMIT_DAY)
    month("plan allow", "2027-01", "E01", "--rule", "cap", *APPROVED[:-1])
    month("plan allow", "2027-01", "--list")
    month("draw commit", plan, "--yes", today=small_month.COMMIT_DAY)
    month("plan diff", "2026-12", plan)


def _draws(month: Player) -> None:
    values = [word for value in small_month.VALUES for word in ("--value", value, "--confirm", value)]
    month("draw seed", FIRST, *values, "--yes")
    month("draw run", FIRST, "--yes")
    visit = next(one for one in month("schedule show") if one["day"] > DAY)
    month("draw explain", FIRST, visit["entity"])
    order = (FIRST, "--absent", f"{visit['team'][0]['id']}={visit['day']}", "--dice", f"{DAY}T09:00")
    month("draw supplement --preview", *order, "--preview")
    month("draw supplement", *order, *APPROVED)
    month("draw void", SECOND, *APPROVED)
    month("draw supplement", *order, *APPROVED)
    month("draw seed", "2026-12/3", "--value", ROLLED, "--confirm", ROLLED, "--yes", today=DAY)
    month("draw run", "2026-12/3", "--yes", today=DAY)
    for slot in (FIRST, SECOND, "2026-12/3"):
        month("draw show", slot)
    month("draw list")
    bundle = month.folder / "bundle.zip"
    assert call(*month.options, "draw", "bundle", FIRST, "-o", bundle)[0] == 0
    month("verify", bundle)


def _visits(month: Player) -> None:
    planned = [one for one in month("schedule show") if "day" in one]
    last = max(planned, key=lambda one: one["day"])
    days = month("schedule move", FIRST, last["entity"], "--days", today=DAY)
    day = next(one["day"] for one in days if one["possible"])
    month("schedule move", FIRST, last["entity"], day, "--reason", "no power", today=DAY)
    book = month.folder / "day.xlsx"
    assert call(*month.options, "visit", "sheets", FIRST, "--day", day, "-o", book)[0] == 0
    month("visit import-sheets", book, "--dry-run", today=day)
    first, second, third, *_ = sorted((one["entity"] for one in planned if one is not last), key=str.encode)
    month("visit cancel", FIRST, first, *APPROVED, today=DAY)
    month("visit carry-over", FIRST, second, *APPROVED, today=DAY)
    done = next(one for one in planned if one["entity"] == third)
    results = [word for domain in done["domains"] for word in ("--result", f"{domain}=1")]
    month("visit record", FIRST, third, *results, today=done["day"])
    _results(month, third, done)
    month("entity renumber", third, "91350100M000100Y43", "--reason", "r", "--yes", today=done["day"])
    month("visit list", FIRST)
    month("schedule show")
    month("status", "2026-12")
    month("notice due")
    month("log show")
    month("db check")


def _results(month: Player, entity: str, done: Any) -> None:
    """Take a recorded result through its approval, a follow-up and a correction, one of which is returned."""
    visit, day, approver = (FIRST, entity), done["day"], small_month.APPROVER
    photo = month.folder / "photo.jpg"
    photo.write_bytes(b"abc")
    month("visit attach", *visit, photo, today=day)
    month("visit approve", *visit, "--yes", today=day, person=approver)
    results = [word for domain in done["domains"] for word in ("--result", f"{domain}=8")]
    why = ("--approver", approver, "--reason", "other", "--basis", "b", "--yes")
    month("visit correct", *visit, *results, *why, today=day)
    month("visit approve", *visit, "--yes", today=day, person=approver)
    month("visit follow-up", *visit, done["domains"][0], "supervise", today=day)
    month("visit follow-ups", "2026-12", today=day)
    month("visit show", *visit)
    month("visit correct", *visit, *(word.replace("=8", "=2") for word in results), *why, today=day)
    month("visit return", *visit, "--reason", "r", today=day, person=approver)


def _notices(month: Player) -> None:
    """Publish the draw and its one approved result, and change what was published."""
    publisher = {"person": small_month.PUBLISHER, "today": "2026-12-30"}
    why = ("--approver", small_month.APPROVER, "--reason", "r", "--basis", "b", "--yes")
    for kind in ("draw", "result"):
        month("notice preview", kind, FIRST)
        document = month("notice publish", kind, FIRST, "--yes", **publisher)["document"]
    month("notice correct", document, **publisher)
    month("notice expire", "--yes", **{**publisher, "today": "2031-12-29"})
    month("notice repair", document, "--all", *why, **publisher)
    month("notice withdraw", document, "--all", *why, **publisher)
    month("notice show", document)
    month("notice list")
    month("notice check", "2026-12")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Play the month once, and give what every command said."""
    month = Player(tmp_path_factory.mktemp("month"))
    steps: tuple[Callable[[Player], None], ...] = (_registries, _plans, _draws, _visits, _notices)
    for step in steps:
        step(month)
    status, out, err = call("--lang", "en", "demo", "--into", month.folder / "demo", "--json")
    assert status == 0, err
    return [*month.said, ("demo", json.loads(out))]


def _keys(value: Any) -> Iterator[str]:
    """Give the keys of an object, or of every object of a list."""
    for one in value if isinstance(value, list) else [value]:
        yield from one


def test_every_command_with_data_speaks_and_has_its_row(said: Said) -> None:
    """Whichever command takes ``--json`` has said something here, and stands on the page; ``log export`` writes the same lines."""
    able = {
        " ".join(called.words)
        for called in commands()
        if any("--json" in param.opts for param in called.command.params)
    }
    spoken = {name for name, _value in said}
    assert spoken == able | {"draw supplement --preview"}
    assert spoken | {"log export"} == set(_documented())


def test_every_key_is_on_the_page(said: Said) -> None:
    """No command prints a key that the page does not name for it."""
    documented = _documented()
    unnamed = {(name, key) for name, value in said for key in _keys(value) if key not in documented[name]}
    assert unnamed == set()
