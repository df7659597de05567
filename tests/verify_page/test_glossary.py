"""One word for one thing: the page, the Chinese catalogue and the auditors' page call bundles, receipts, tickets and verdicts the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from inspect_cli.core.draw.rows import Reason
from inspect_cli.core.verify.questions import QuestionId
from inspect_cli.core.verify.report import Verdict
from tests.files.test_verify_page import words

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "inspect_cli" / "locale" / "zh_CN" / "LC_MESSAGES" / "inspect_cli.po"
PAGE = words()

SENTENCES = {
    **{f"verdict_{one}": str(one) for one in Verdict},
    "reason_retired": "not in business",
    "reason_month": "drawn or visited in this month already",
    "reason_cap": "as many visits this year as are allowed",
    "reason_cooling-off": "visited a short time ago",
    "reason_filter": "outside the plan",
    "reason_other-slot": "another draw of the month takes it",
    "askHeading": "No check can prove these; ask the bureau about them",
    "ask_change": "drawn again",
    "ask_absence": "absent",
    "ask_addition": "new on the roster",
    "ask_sources": "sources of the seed",
    "ask_allowance": "drawn in spite of a rule",
    "ask_calendar": "made with a provisional calendar of working days",
    "ask_full-quota": "quota takes everybody",
    "ask_bars": "barred from entities",
    "ask_certain-days": "certain days only",
    "weakSources": "the sources hold {bits} bits of chance, fewer than {enough}: many of all seeds can be tried beforehand; twenty "
    "ten-sided dice hold 66, a drand round 128",
    "weakUncounted": "the sources are certain to hold {bits} bits of chance, fewer than {enough}; not counted, for nothing states their "
    "ranges: {names} (six of 49 numbers are 23 bits)",
    "ownSources": "all sources are in the bureau's own hands: a drand round, or a public lottery, beside them is nobody's, and costs "
    "nothing",
    "pulseStatus": "the beacon gives the pulse of {name} the status {status}",
}
"""What page and command say in the same words, by the page's key."""

TERMS = {
    "核验包": ("the amended draw is not in the bundle", "amendMissing"),
    "公开核验包": ("a public bundle has no such member", "kind_public"),
    "回执": ("the receipt carries its commitment, {digest}", "commitWithin"),
    "企业回执": (
        "A public bundle and a company's receipt are checked as far as they go: what they show holds, or does not. They have no level.",
        "kind_receipt",
    ),
    "截止号码": ("what is shown agrees with the quotas and their cut-offs", "cutoff"),
    "号码": ("ticket", "ticket"),
    "名录库快照": ("not in the frame: {reason}", "check_ROW-1"),
    "补充抽取": ("what a supplement may draw again can be checked in the whole bundle", "check_AMEND-1"),
    "承诺摘要": ("commitment", "aboutHeading"),
}
"""Words of the trade, each with a sentence of the command and a key of the page that speak of the thing."""

OTHER_WORDS = ("数据包", "企业凭据", "抽取号", "收据", "已验证")
"""Words for the same things that none of them uses."""


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """Read the Chinese catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


@pytest.mark.parametrize("key", SENTENCES)
def test_the_page_says_it_in_the_commands_words(key: str, catalogue: Catalog) -> None:
    """Verdicts, reasons and questions are the command's, to the letter, in both languages."""
    message = catalogue.get(SENTENCES[key])
    assert message is not None
    assert PAGE[key] == (message.string, SENTENCES[key])


@pytest.mark.parametrize("term", TERMS)
def test_a_thing_has_one_word(term: str, catalogue: Catalog) -> None:
    """Where the command speaks of a thing and where the page does, both use its word."""
    sentence, key = TERMS[term]
    message = catalogue.get(sentence)
    assert message is not None
    assert term in str(message.string)
    assert term in PAGE[key][0]


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_no_other_word_is_used_for_it(word: str) -> None:
    """Neither the page nor the auditors' page has a second word for one of these things."""
    assert [key for key, (chinese, _) in PAGE.items() if word in chinese] == []
    assert word not in (ROOT / "docs" / "auditors.zh.md").read_text("utf-8")


def test_every_verdict_reason_and_question_is_held() -> None:
    """No verdict, no reason and no question of the command is without its words on the page, and the page asks nothing else."""
    assert {f"reason_{one}" for one in Reason} == {key for key in PAGE if key.startswith("reason_")} <= {*SENTENCES}
    assert {f"verdict_{one}" for one in Verdict} == {key for key in PAGE if key.startswith("verdict_")} <= {*SENTENCES}
    assert {f"ask_{one}" for one in QuestionId} == {key for key in PAGE if key.startswith("ask_")} <= {*SENTENCES}
