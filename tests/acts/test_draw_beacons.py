"""A beacon's value in the act itself: whatever the command did, nothing unproved is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.answers import answer_promises, fetch_round
from inspect_cli.core.draw.relayed import Answer
from inspect_cli.core.draw.seed import DrandProof
from inspect_cli.core.names import Slot
from inspect_cli.errors import InputError, RefusedError, UsageMistake
from inspect_cli.storage.draws import find_draw
from tests import small_month as month
from tests.core.draw.builders import dice, drand

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.storage.engine import Store

SLOT = Slot("2026-08/1")
SOURCE = '[[source]]\nkind = "drand"\nname = "quicknet"\nat = "2026-08-01T14:45:54+08:00"\n'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Make the small month's store with a plan for August committed, whose only source is a drand round."""
    store = month.fill(f"sqlite:///{(tmp_path / 'inspect.db').as_posix()}")
    text = month.plan_text(sources=SOURCE).replace("2026-12", "2026-08")
    draw.commit(store, month.actor_on("2026-07-30"), month.make_order(text))
    return store


@pytest.mark.parametrize(
    ("proof", "told"),
    [
        (None, "is kept with its proof alone"),
        (DrandProof(signature="00" * 48), "by its signature"),
    ],
)
def test_an_unproved_value_is_not_kept(store: Store, proof: DrandProof | None, told: str) -> None:
    """RELAY-2, DRAND-3: a randomness without its signature, or with another one, is refused, and the draw has no seed."""
    answers = (Answer(value="ab" * 32, proof=proof),)
    order = draw.SeedOrder(bureau=month.BUREAU, slot=SLOT, answers=answers)
    with pytest.raises(InputError, match=told):
        draw.keep_values(store, month.actor_on("2026-08-02"), order)
    with store.reading() as session:
        record = find_draw(session, SLOT)
    assert record is not None
    assert (record.entropy, record.seed) == (None, None)


def test_one_answer_a_promise() -> None:
    """Promises and answers are joined one for one, or not at all."""
    with pytest.raises(UsageMistake, match="1 values were given for 2 sources"):
        answer_promises(SLOT, (dice(), dice()), (Answer(value="1"),))


def test_no_relay_at_all() -> None:
    """Without a relay nobody is asked, and the file is named."""
    with pytest.raises(RefusedError, match="no relay gave round 30921130"):
        fetch_round(SLOT, drand(), ())
