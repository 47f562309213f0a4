"""Sentences of our own (sentences.jsonl): each is read as it says, and talk is silence.

They hold without the village's example messages; the measure counts both alike.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.understanding.measure import measured, missed

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("sentences.jsonl").read_text(encoding="utf-8").splitlines()
]
SAID = [row for row in ROWS if "intent" in row]
TALK = [row for row in ROWS if "expect" in row]


@pytest.mark.parametrize("row", SAID, ids=lambda row: row["id"])
def test_a_sentence_is_read_as_it_says(row: dict[str, Any]) -> None:
    assert measured([row], []).failures == []


@pytest.mark.parametrize("row", TALK, ids=lambda row: row["id"])
def test_talk_is_silence(row: dict[str, Any]) -> None:
    assert measured([], [row]).failures == []


def test_every_reading_has_sentences_and_the_targets_hold() -> None:
    assert len({row["intent"] for row in SAID}) == 21
    assert missed(measured(SAID, TALK)) == []
