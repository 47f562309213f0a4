"""Rows that nobody looked at while the reader was made: their figures stay above a floor.

When they fail, mend the class of sentence with sentences of your own; a row that was
looked at belongs into sentences.jsonl, and a new one takes its place here.
"""

import json
from pathlib import Path

from tests.bot.understanding.measure import HELD_OUT, below_floor, held_out

MADE_WITH = ("sentences.jsonl", "rows.jsonl", "talk.jsonl")


def texts(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["text"] for line in lines if line}


def test_unseen_rows_are_read_as_well_as_before() -> None:
    assert below_floor(held_out()) == []


def test_no_row_that_is_held_out_was_used_in_making() -> None:
    made = set[str]().union(*(texts(HELD_OUT.with_name(name)) for name in MADE_WITH))
    assert texts(HELD_OUT) & made == set()
