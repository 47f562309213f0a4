"""The village's example messages: how many are read, and what must never be."""

from collections import Counter

import pytest

from bot.understanding.reading import SILENCE
from tests.bot.understanding.village import examples, say_example

CHATTER = examples("chatter.jsonl")
MESSAGES = examples("messages.jsonl")
ACTS = {"claim", "approve", "reject", "adjust", "deduct", "record_for"}
FLOOR = {"easy": 1.0, "medium": 0.97, "hard": 0.90}

pytestmark = pytest.mark.skipif(not MESSAGES, reason="the example messages are not here")


@pytest.mark.parametrize("example", CHATTER, ids=lambda example: example["text"][:12])
def test_chatter_is_silence(example: dict[str, object]) -> None:
    assert say_example(example) == SILENCE


def test_the_share_of_messages_read_right_holds() -> None:
    every: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for example in MESSAGES:
        intent = say_example(example).intent
        found = intent.value if intent else None
        every[example["difficulty"]] += 1
        is_right = found in {example["intent"], *example["accept"]}
        is_right = is_right or (found is None and example["silent_ok"])
        right[example["difficulty"]] += is_right
    shares = {kind: right[kind] / every[kind] for kind in every}
    assert {kind: share for kind, share in shares.items() if share < FLOOR[kind]} == {}


def test_no_act_is_read_where_none_may_be() -> None:
    wrong = [
        (example["text"], intent.value)
        for example in MESSAGES
        if (intent := say_example(example).intent)
        and intent.value in ACTS
        and intent.value in example["must_not"]
    ]
    assert wrong == []
