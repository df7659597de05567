"""Reasons of recusal in the words of files."""

from __future__ import annotations

import pytest

from inspect_cli.core.registry.inspector import RecusalReason
from inspect_cli.core.registry.recusal_words import (
    REASON_WORDS,
    parse_recusal_reason,
    require_note,
    require_one_target,
)
from inspect_cli.core.registry.words import fold_word
from inspect_cli.errors import InputError


class TestReasons:
    """RECUSE-2 A reason is named by its code or by one of its words; an unknown one is refused."""

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("亲属关系", RecusalReason.KIN),
            (" 近亲属 ", RecusalReason.KIN),
            ("持有股份", RecusalReason.SHARES),
            ("入股", RecusalReason.SHARES),
            ("出资", RecusalReason.SHARES),
            ("曾任职", RecusalReason.EMPLOYMENT),
            ("原单位", RecusalReason.EMPLOYMENT),
            ("本人申请", RecusalReason.OWN_REQUEST),
            ("企业申请", RecusalReason.COMPANY_REQUEST),
            ("其他", RecusalReason.OTHER),
            ("ＫＩＮ", RecusalReason.KIN),
            ("Own-Request", RecusalReason.OWN_REQUEST),
        ],
    )
    def test_words(self, text: str, reason: RecusalReason) -> None:
        """RECUSE-2: codes and words name the reason, whatever their width, case and white space."""
        assert parse_recusal_reason(text) is reason

    def test_every_code_is_a_word_and_no_word_names_two(self) -> None:
        """RECUSE-2: each code reads back to its reason, and no word stands at two reasons."""
        assert [parse_recusal_reason(reason.value) for reason in RecusalReason] == list(RecusalReason)
        words = [fold_word(word) for words in REASON_WORDS.values() for word in words]
        assert len(set(words)) == len(words)
        assert all(parse_recusal_reason(word) is reason for reason, words in REASON_WORDS.items() for word in words)

    @pytest.mark.parametrize("text", ["邻居", "", "kin-secret", "=cmd|'/c calc'!A1", "亲属关系、入股"])
    def test_unknown_words_are_refused(self, text: str) -> None:
        """RECUSE-2: any other word is refused, and the words that would do are listed."""
        with pytest.raises(InputError, match="no reason of recusal") as caught:
            parse_recusal_reason(text)
        assert all(reason.value in str(caught.value.hint) for reason in RecusalReason)


def test_another_reason_is_said_in_words() -> None:
    """RECUSE-3: other wants a note that is more than blanks; the others need none."""
    for note in (None, "", "　"):
        with pytest.raises(InputError, match="in words"):
            require_note(RecusalReason.OTHER, note)
    require_note(RecusalReason.OTHER, "同学")
    require_note(RecusalReason.KIN, None)
    require_note(None, None)


@pytest.mark.parametrize(("entity", "group", "is_right"), [("E1", None, True), (None, "G", True), ("E1", "G", False)])
def test_one_target(entity: str | None, group: str | None, is_right: bool) -> None:
    """RECUSE-4: a company or a group is named, not both, and not neither."""
    if is_right:
        require_one_target(entity, group)
        return
    for pair in ((entity, group), (None, None)):
        with pytest.raises(InputError, match="one company or one group"):
            require_one_target(*pair)
