"""How names, zones and numbers are compared when twins are sought."""

from __future__ import annotations

import pytest

from inspect_cli.core.report.health.fold import (
    find_likeness,
    find_likenesses,
    fold_name,
    fold_number,
    fold_text,
    fold_zone,
)


class TestNames:
    """HEALTH-7: width, case, traditional characters, blanks, punctuation and the legal form are no difference."""

    @pytest.mark.parametrize(
        "name",
        [
            "示例（福建）食品有限公司",
            "示例(福建)食品有限责任公司",
            " 示例 福建 食品公司 ",
            "示例福建食品有限公司",
            "示例\u200b福建\u00a0食品",
            "示例【福建】食品（个体工商户）",
            "示例福建食品責任有限公司",
        ],
    )
    def test_these_are_one(self, name: str) -> None:
        """All that a department may write for it."""
        assert fold_name(name) == "示例福建食品"

    def test_letters_of_any_width_and_case_are_one(self) -> None:
        """ＡＢＣ is abc."""
        assert fold_name("ＡＢＣ商店") == fold_name("abc商店") == "abc商店"

    def test_other_companies_stay_others(self) -> None:
        """A joint-stock company is another one, and so is a shop."""
        assert len({fold_name(name) for name in ("示例食品有限公司", "示例食品股份有限公司", "示例食品店")}) == 3

    def test_a_form_alone_is_a_name(self) -> None:
        """What would leave nothing is left; what has no letter at all is nothing."""
        assert fold_name("有限公司") == "有限公司"
        assert fold_name("！！") == ""

    def test_an_address_keeps_its_end(self) -> None:
        """公司 at the end of an address is part of the place."""
        assert fold_text("人民路 8 號 示例公司") == "人民路8号示例公司"


class TestZones:
    """HEALTH-8: zeros before a number are no difference either."""

    def test_zeros_before_a_number_do_not_count(self) -> None:
        """Those within it do."""
        assert fold_zone("网格１") == fold_zone("网格 001") == "网格1"
        assert fold_zone("网格10") == "网格10"
        assert fold_zone("网格0") == "网格0"

    def test_a_look_alike_is_found(self) -> None:
        """The first listed one; nothing where nothing looks like it, and nothing for a text without letters."""
        assert find_likeness("网格1", ("网格02", "网格01")) == "网格01"
        assert find_likeness("网格3", ("网格02", "网格01")) is None
        assert find_likeness("??", ("!!",)) is None

    def test_zones_are_held_against_the_settings(self) -> None:
        """Each that is not listed is told, sorted."""
        counts = {"西片": 1, "网格1": 2, "网格01": 9}
        assert find_likenesses(counts, ("网格01",)) == {"网格1": "网格01", "西片": None}

    def test_without_settings_the_most_used_stands(self) -> None:
        """Of look-alikes; where there are none nothing is told."""
        assert find_likenesses({"网格1": 2, "网格01": 9, "西片": 1}, ()) == {"网格1": "网格01"}
        assert find_likenesses({"网格1": 2, "网格01": 2}, ()) == {"网格1": "网格01"}


def test_numbers_are_read_by_a_tired_eye() -> None:
    """HEALTH-9: O is 0, I and L are 1, whatever case and width, with or without a dash."""
    assert fold_number("AQ-O1") == fold_number("aq01") == fold_number("ＡＱ－0I") == fold_number("aq0l") == "aq01"
