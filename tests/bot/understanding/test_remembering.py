"""Remembering: the same words are read once, other words, days, people and places anew."""

from dataclasses import replace
from datetime import timedelta

from bot.understanding.plain import PlainReader
from bot.understanding.reading import Reading, Scene, Surroundings, Utterance
from bot.understanding.remembering import LONGEST, SIZE, RememberingReader
from tests.bot.understanding.village import NOW, around

SAID = Utterance("申报 垃圾分类 昨天", Scene.DIRECT, "villager", NOW)


class Counting:
    """A reader that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._reader = PlainReader()

    def read(self, utterance: Utterance, around_: Surroundings) -> Reading:
        self.asked += 1
        return self._reader.read(utterance, around_)


def test_the_same_words_are_read_once() -> None:
    inner = Counting()
    reader = RememberingReader(inner)
    here = around()
    first = reader.read(SAID, here)
    assert reader.read(replace(SAID, now=NOW + timedelta(hours=1)), here) == first
    assert inner.asked == 1


def test_another_day_person_or_place_is_read_anew() -> None:
    inner = Counting()
    reader = RememberingReader(inner)
    here = around()
    day = reader.read(SAID, here).slots.occurred
    tomorrow = reader.read(replace(SAID, now=NOW + timedelta(days=1)), here).slots.occurred
    assert day
    assert tomorrow
    assert tomorrow.date - day.date == timedelta(days=1)
    for other in (
        replace(SAID, scene=Scene.ROOM),
        replace(SAID, role="committee"),
        replace(SAID, is_mentioned=True),
        replace(SAID, open_dialogue="quantity"),
    ):
        reader.read(other, here)
    reader.read(SAID, Surroundings())
    assert inner.asked == 7


def test_memory_is_bounded_and_long_messages_are_not_kept() -> None:
    inner = Counting()
    reader = RememberingReader(inner)
    here = around()
    for number in range(SIZE + 1):
        reader.read(replace(SAID, text=f"通过 {number}"), here)
    reader.read(replace(SAID, text="通过 0"), here)
    assert inner.asked == SIZE + 2
    for _ in range(2):
        reader.read(replace(SAID, text="长" * (LONGEST + 1)), here)
    assert inner.asked == SIZE + 4
