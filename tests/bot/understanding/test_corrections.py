"""Houses that are put right in the same breath, and the signs of reviewers."""

import pytest

from bot.understanding.reading import Intent
from tests.bot.understanding.village import say, tell


@pytest.mark.parametrize(
    "text",
    [
        "不是3组8号，是3组18号，乱堆物扣2分",
        "3组18号，不是3组8号，乱堆物扣2分",
        "乱堆物扣2分，不是三组八号是三组十八号",
    ],
)
def test_a_house_that_is_put_right_is_the_only_one(text: str) -> None:
    reading = tell(text, role="committee")
    assert (reading.slots.household, reading.acts) == ("3组18号", ())


@pytest.mark.parametrize(
    ("text", "intent", "ids"),
    [
        ("👌 23 24", Intent.APPROVE, (23, 24)),
        ("97✅", Intent.APPROVE, (97,)),
        ("14❌", Intent.REJECT, (14,)),
    ],
)
def test_a_reviewers_sign_is_a_word(text: str, intent: Intent, ids: tuple[int, ...]) -> None:
    reading = say(text, role="committee")
    assert (reading.intent, reading.slots.claim_ids, reading.asks) == (intent, ids, False)
