"""The settings of a bureau: read strictly, written so that they read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.bureau import (
    Applicable,
    Bureau,
    Caps,
    Complaints,
    Documents,
    DomainLabel,
    Limit,
    Rules,
    Squad,
    TeamSize,
    ZoneRule,
    new_bureau,
)
from inspect_cli.core.names import Domain, MatterId
from inspect_cli.core.people import Person, Role
from inspect_cli.core.registry.fields import parse_label
from inspect_cli.errors import InputError, Message
from inspect_cli.files.config import SETTINGS_LIMIT, parse_bureau, read_bureau
from inspect_cli.files.config_template import render_bureau
from inspect_cli.language import settle, translate
from inspect_cli.resources import fixtures

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = render_bureau(new_bureau("示例镇综合执法局", "示综执"), str)

_TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs", "Cn", "Mn", "Mc", "Me", "Lo"]), min_size=1
)
_WORDS = st.text(st.sampled_from("甲乙一二AZaz09 ·-_<>[]"), min_size=1).map(parse_label).filter(bool)
_LIMITS = st.builds(Limit, number=st.integers(1, 60), basis=_TEXTS)
_RELAYS = ["https://api.drand.sh", "http://127.0.0.1:8080", "https://relay.example/some/path"]
_NAMES = [Domain(name) for name in ("labour", "fire", "x-1", "y_2")]


@st.composite
def bureaus(draw: st.DrawFn) -> Bureau:
    """Draw up settings with any texts in them."""
    names = draw(st.lists(st.sampled_from(_NAMES), min_size=1, unique=True))
    domains = tuple(DomainLabel(domain=name, zh=f"{name} 一", en=f"{name} I", aliases=(f"{name}!",)) for name in names)
    people = draw(st.lists(_TEXTS, unique=True, max_size=3))
    least = draw(st.integers(2, 6))
    zones = tuple(draw(st.lists(_WORDS, unique=True, max_size=3)))
    return Bureau(
        name=draw(_TEXTS),
        name_en=draw(_TEXTS),
        short_name=draw(_TEXTS),
        complaints=Complaints(telephone=draw(_TEXTS), address=draw(_TEXTS)),
        utc_offset=draw(st.sampled_from(["+08:00", "-03:30"])),
        people=tuple(Person(name=name, roles=(Role.OPERATOR, Role.AUDITOR)) for name in people),
        domains=domains,
        zones=zones,
        team=TeamSize(
            min=least,
            max=draw(st.integers(least, 6)),
            expert_domains=tuple(sorted(draw(st.sets(st.sampled_from(names))))),
        ),
        visits_a_day=draw(st.integers(1, 50)),
        visits_a_month=draw(st.integers(1, 1000)),
        visits_a_year=draw(_LIMITS),
        cooling_off_months=draw(_LIMITS),
        result_working_days=draw(_LIMITS),
        penalty_working_days=draw(_LIMITS),
        display_years=draw(_LIMITS),
        correction_working_days=draw(_LIMITS),
        caps=Caps(
            domains=tuple((name, draw(_LIMITS)) for name in draw(st.lists(st.sampled_from(names), unique=True))),
            classes=tuple((name, draw(_LIMITS)) for name in draw(st.sets(st.sampled_from(["A", "D", "甲类"])))),
            matters=tuple((MatterId(name), draw(_LIMITS)) for name in draw(st.sets(st.sampled_from(["WS01", "卫-2"])))),
        ),
        rules=Rules(
            rotation=draw(st.booleans()),
            zones=draw(st.sampled_from(ZoneRule)),
            month_cap_in_proportion=draw(st.booleans()),
        ),
        squads=tuple(draw(_squads(zones, name)) for name in draw(st.lists(_WORDS, unique=True, max_size=2))),
        applicable=tuple(draw(_rules(names)) for _ in range(draw(st.integers(0, 2)))),
        relays=tuple(draw(st.lists(st.sampled_from(_RELAYS), unique=True))),
        documents=Documents(
            templates=draw(st.none() | _TEXTS),
            word_template=draw(st.none() | _TEXTS),
            number=draw(st.sampled_from(["{short}〔{year}〕{serial}号", "{serial}/{year}"])),
        ),
    )


@st.composite
def _rules(draw: st.DrawFn, names: list[Domain]) -> Applicable:
    """Draw up a rule that gives some of the bureau's domains."""
    return Applicable(
        industries=tuple(draw(st.sets(st.sampled_from(["C", "C33", "E4710", "五金店"])))),
        sizes=tuple(draw(st.sets(st.sampled_from(["大", "微", "小微"])))),
        tags=tuple(sorted(draw(st.sets(_WORDS, max_size=2)), key=str.encode)),
        domains=tuple(sorted(draw(st.sets(st.sampled_from(names), min_size=1)))),
    )


@st.composite
def _squads(draw: st.DrawFn, zones: tuple[str, ...], name: str) -> Squad:
    """Draw up a squad that keeps to the bureau's zones."""
    own = draw(st.sets(st.sampled_from(zones))) if zones else set[str]()
    return Squad(
        name=name,
        zones=tuple(sorted(own, key=str.encode)),
        weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6))))),
        visits_a_month=draw(st.none() | st.integers(1, 1000)),
    )


def mistakes_of(text: str) -> dict[str, str]:
    """Tell the mistakes of settings by key."""
    with pytest.raises(InputError) as caught:
        parse_bureau(text.encode(), "inspect.toml")
    return {str(mistake.where.column): str(mistake.what) for mistake in caught.value.mistakes}


class TestWritten:
    """What is written reads back as the same settings."""

    @given(bureau=bureaus())
    def test_any(self, bureau: Bureau) -> None:
        """Whatever the texts hold, the file says the same; reading composes and strips, and so what was read stays as it is."""
        once = parse_bureau(render_bureau(bureau, str).encode(), "x")
        assert parse_bureau(render_bureau(once, str).encode(), "x") == once
        assert (once.team, once.visits_a_year.number, len(once.people)) == (
            bureau.team,
            bureau.visits_a_year.number,
            len(bureau.people),
        )

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_new(self, language: str) -> None:
        """A new bureau's file reads back as the same settings in both languages, and each setting has a comment."""
        settle(language)
        bureau = new_bureau("示例局", "示")
        text = render_bureau(bureau, translate)
        assert parse_bureau(text.encode(), "x") == bureau
        assert text.count("\n#") >= 15

    def test_comment_cannot_end(self) -> None:
        """A translation with a line break stays a comment."""

        def shout(message: Message) -> str:
            return f"{message}\nname = 1"

        bureau = new_bureau("示例局", "示")
        assert parse_bureau(render_bureau(bureau, shout).encode(), "x") == bureau

    @pytest.mark.parametrize(
        "name", ["<script>", "=cmd|'/c calc'!A1", "[/red]", "../../x", "\u202eabc", '"; [x]', "一" * 4000]
    )
    def test_hostile(self, name: str) -> None:
        """A name is text, whatever it looks like."""
        assert parse_bureau(render_bureau(new_bureau(name, name), str).encode(), "x").name == name


class TestRead:
    """Settings are read from whatever an editor left."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    def test_encodings(self, encoding: str) -> None:
        """BOM, UTF-16 and GB18030 say the same."""
        assert parse_bureau(PLAIN.replace("\n", "\r\n").encode(encoding), "x").name == "示例镇综合执法局"

    def test_missing_file(self, tmp_path: Path) -> None:
        """Where there are no settings the way out is named."""
        with pytest.raises(InputError, match="there are no settings") as caught:
            read_bureau(tmp_path / "inspect.toml")
        assert "inspect-cli init" in str(caught.value.hint)

    def test_huge_file(self, tmp_path: Path) -> None:
        """A file of settings beyond all measure is not read."""
        path = tmp_path / "inspect.toml"
        path.write_bytes(b"#" * (SETTINGS_LIMIT + 1))
        with pytest.raises(InputError, match="larger than"):
            read_bureau(path)

    def test_sample(self) -> None:
        """The sample township has its 21 zones, and four people with a role each."""
        bureau = read_bureau(fixtures() / "inspect.toml")
        assert len(bureau.zones) == 21
        assert [person.roles for person in bureau.people] == [(role,) for role in Role]
        assert [rule.domains for rule in bureau.applicable] == [
            ("labour", "safety"),
            ("health",),
            ("environment", "safety"),
        ]

    def test_people(self) -> None:
        """A person with several roles is one person."""
        text = PLAIN.replace("operator = []", 'operator = ["甲", "乙"]').replace("auditor = []", 'auditor = ["乙"]')
        assert parse_bureau(text.encode(), "x").people == (
            Person(name="甲", roles=(Role.OPERATOR,)),
            Person(name="乙", roles=(Role.OPERATOR, Role.AUDITOR)),
        )

    def test_parts_that_may_be_left_out(self) -> None:
        """Without people, team and zones the settings are those of a new bureau."""
        text = PLAIN.replace("zones = []", "").replace('utc_offset = "+08:00"', "")
        start, end = text.index("[people]"), text.index("[domains.labour]")
        text = text[:start] + text[end:]
        start, end = text.index("[team]"), text.index("[capacity]")
        assert parse_bureau((text[:start] + text[end:]).encode(), "x") == new_bureau("示例镇综合执法局", "示综执")


class TestMistakes:
    """All mistakes are told at once, each with its key."""

    @pytest.mark.parametrize(
        ("old", "new", "key", "what"),
        [
            ('short_name = "示综执"', "", "bureau.short_name", "this key is missing"),
            ('short_name = "示综执"', 'short_name = ""', "bureau.short_name", "this text is empty"),
            ('"+08:00"', '"8"', "bureau.utc_offset", "8 is no offset from UTC"),
            ('"+08:00"', '"+15:00"', "bureau.utc_offset", "+15:00 is no offset from UTC"),
            ("zones = []", 'zones = ["a", "a"]', "bureau.zones", "a stands here twice"),
            ("min = 2", "min = 1", "team.min", "1 is out of range"),
            ("max = 4", "max = 7", "team.max", "7 is out of range"),
            ("min = 2", "min = 5", "team.max", "the largest team is smaller than the smallest"),
            ("expert_domains = []", 'expert_domains = ["fire"]', "team.expert_domains", "there is no domain fire"),
            ("visits_a_day = 2", "visits_a_day = 0", "capacity.visits_a_day", "0 is out of range"),
            ("number = 4,", "number = 0,", "limits.visits_a_year.number", "0 is out of range"),
            ("number = 4,", 'number = "4",', "limits.visits_a_year.number", "this is not a whole number"),
            ("number = 4, ", "", "limits.visits_a_year.number", "this key is missing"),
            ("number = 4, ", "number = 4, unit = 1, ", "limits.visits_a_year.unit", "this key is not known here"),
            ("visits_a_year = {", "visits_a_yaer = {", "limits.visits_a_year", "this key is missing"),
            ("visits_a_year = {", "visits_a_yaer = {", "limits.visits_a_yaer", "this key is not known here"),
            ("[capacity]", "[capacity.more]\n[capacity]", "capacity.more", "this key is not known here"),
            ("[deadlines]", "[dead]", "dead", "this key is not known here"),
            ('zh = "劳动"', "zh = 1", "domains.labour.zh", "this is not a text"),
            ('zh = "劳动"', 'zh = "安全"', "domains.safety", "安全 names the domain labour already"),
            ('zh = "劳动"', 'zh = "ＳＡＦＥＴＹ"', "domains.safety", "safety names the domain labour already"),
            (
                "[domains.labour]",
                "[domains.Labour]",
                "domains.Labour",
                "a domain's name is of small letters a to z, digits, - and _, a letter first",
            ),
            ("operator = []", 'operator = "甲"', "people.operator", "this is not a list"),
            ("operator = []", 'operator = []\nboss = ["甲"]', "people.boss", "this key is not known here"),
            ("{serial}号", "号", "documents.number", "a document number holds {year} and {serial}"),
            ("{serial}号", "{serial}{", "documents.number", "nothing but {short}, {year}, {serial} stands in braces"),
            ('# templates = "templates"', 'templates = ""', "documents.templates", "this text is empty"),
            ('# word_template = "', 'word_template = 1 # "', "documents.word_template", "this is not a text"),
        ],
    )
    def test_one(self, old: str, new: str, key: str, what: str) -> None:
        """Each thing that can be wrong is told in words, at its key."""
        assert old in PLAIN
        assert mistakes_of(PLAIN.replace(old, new, 1))[key] == what

    @pytest.mark.parametrize(
        ("text", "key", "what"),
        [
            ('[limits.domains]\nfire = { number = 1, basis = "x" }', "limits.domains.fire", "there is no domain fire"),
            ("[limits.domains]\nhealth = 2", "limits.domains.health", "this is not a table"),
            (
                '[limits.domains]\nhealth = { number = 0, basis = "x" }',
                "limits.domains.health.number",
                "0 is out of range",
            ),
            ("[limits.classes]\nA = { number = 1 }", "limits.classes.A.basis", "this key is missing"),
            (
                '[limits.classes]\nA = { number = 1, basis = "x" }\n"a级" = { number = 2, basis = "x" }',
                "limits.classes.a级",
                "A stands here twice",
            ),
            (
                '[limits.matters]\n"a/b" = { number = 1, basis = "x" }',
                "limits.matters.a/b",
                "character 2 of the number",
            ),
            ('[limits.classes]\n"\u200b" = { number = 1, basis = "x" }', "limits.classes.", "this text is empty"),
            ("[rules]\nrotation = 1", "rules.rotation", "this is neither true nor false"),
            ('[rules]\nzones = "each"', "rules.zones", "this is none of"),
            ("[rules]\nrotate = true", "rules.rotate", "this key is not known here"),
            ('[squads."一中队"]\nzones = ["X"]', "squads.一中队.zones", "X is no zone of the bureau"),
            ('[squads."一中队"]\nweekdays = ["monday"]', "squads.一中队.weekdays", "monday is no day of the week"),
            ('[squads."一中队"]\nvisits_a_month = 0', "squads.一中队.visits_a_month", "0 is out of range"),
            ('[squads."一中队"]\nvisits = 1', "squads.一中队.visits", "this key is not known here"),
            ('[squads."一 中"]\n[squads."一  中"]', "squads.一  中", "一 中 stands here twice"),
            ('[[applicable]]\nindustries = ["C"]', "applicable[1].domains", "no domain is named"),
            ('[[applicable]]\ndomains = ["消防"]', "applicable[1].domains", "消防 is no domain of the bureau"),
            (
                '[[applicable]]\ndomains = ["安全"]\n[[applicable]]\nindustries = ["C99"]\ndomains = ["安全"]',
                "applicable[2].industries",
                "section C of GB/T 4754 has the divisions 13 to 43, and not 99",
            ),
            (
                '[[applicable]]\nindustries = ["331"]\ndomains = ["安全"]',
                "applicable[1].industries",
                "331 may be a group of three digits",
            ),
            ('[[applicable]]\nsize = ["大"]\ndomains = ["安全"]', "applicable[1].size", "this key is not known here"),
            ('[[applicable]]\ntags = "x"\ndomains = ["安全"]', "applicable[1].tags", "this is not a list"),
        ],
    )
    def test_further(self, text: str, key: str, what: str) -> None:
        """So is each thing that can be wrong with further caps, rules and squads."""
        head, mark, tail = PLAIN.partition("\n[rules]\n")
        assert mark
        base = head.replace("zones = []", 'zones = ["东片"]', 1) + ("" if "[rules]" in text else mark + tail)
        found = mistakes_of(f"{base}\n{text}\n")
        assert what in next(value for name, value in found.items() if name.startswith(key))

    def test_further_values(self) -> None:
        """Caps, rules and squads are read as they stand, words as the registries read them."""
        text = (
            PLAIN.partition("\n[rules]\n")[0].replace("zones = []", 'zones = ["东片", "西片"]', 1)
            + """
[limits.domains]
health = { number = 2, basis = "规定" }
[limits.classes]
"a级" = { number = 1, basis = "分类" }
[limits.matters]
"WS 01" = { number = 3, basis = "清单" }
[rules]
rotation = false
zones = "any"
month_cap_in_proportion = true
[squads."一中队"]
zones = ["西片", "东片"]
weekdays = ["fri", "mon"]
visits_a_month = 12
[squads."二中队"]
[[applicable]]
industries = ["c33金属制品业", "3311", "制造业", "五金店", "C33"]
sizes = ["大型", "中型企业", "大"]
tags = ["高　危", "危化品"]
domains = ["safety", "劳动", "安全生产"]
[[applicable]]
domains = ["health"]
"""
        )
        bureau = parse_bureau(text.encode(), "inspect.toml")
        assert bureau.caps == Caps(
            domains=((Domain("health"), Limit(number=2, basis="规定")),),
            classes=(("A", Limit(number=1, basis="分类")),),
            matters=((MatterId("WS01"), Limit(number=3, basis="清单")),),
        )
        assert bureau.rules == Rules(rotation=False, zones=ZoneRule.ANY, month_cap_in_proportion=True)
        first, second = bureau.squads
        assert (first.zones, first.weekdays, first.visits_a_month) == (("东片", "西片"), (0, 4), 12)
        assert second == Squad(name="二中队")
        assert bureau.applicable == (
            Applicable(
                industries=("C33", "C3311", "C", "五金店"),
                sizes=("大", "中"),
                tags=("危化品", "高 危"),
                domains=(Domain("labour"), Domain("safety")),
            ),
            Applicable(domains=(Domain("health"),)),
        )

    def test_today_is_the_default(self) -> None:
        """Settings that say nothing of caps, rules and squads are as they were before these existed."""
        bureau = parse_bureau(PLAIN.partition("\n[rules]\n")[0].encode(), "inspect.toml")
        assert (bureau.caps, bureau.rules, bureau.squads, bureau.applicable) == (Caps(), Rules(), (), ())

    def test_several(self) -> None:
        """Three mistakes in three tables are three messages."""
        text = PLAIN.replace("min = 2", "min = 9").replace("number = 20", "number = 0").replace("[people]", "[poeple]")
        assert set(mistakes_of(text)) == {"team.min", "deadlines.result_working_days.number", "poeple"}

    @pytest.mark.parametrize("value", ["1", "[]", '"x"'])
    def test_wrong_kinds_of_tables(self, value: str) -> None:
        """A value where a table belongs is told, and everything else is still read."""
        found = mistakes_of(f"bureau = {value}\ndomains = {value}\n")
        assert found["bureau"] == "this is not a table"
        assert found["bureau.name"] == "this key is missing"
        assert "there is no domain" in found.values()

    def test_empty(self) -> None:
        """An empty file lacks everything that must be there, and nothing else."""
        found = mistakes_of("")
        assert found["bureau.name"] == "this key is missing"
        assert not [key for key in found if key.startswith(("team", "people"))]


def test_mistakes_have_ways_out() -> None:
    """Where a value is wrong, the message says what to write."""
    with pytest.raises(InputError) as caught:
        parse_bureau(PLAIN.replace("visits_a_day = 2", "visits_a_day = 99").encode(), "x")
    remedy: Any = caught.value.mistakes[0].remedy
    assert str(remedy) == "write a whole number from 1 to 50"
