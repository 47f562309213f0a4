"""Say how a sentence was read (为什么): found again step by step, so that reading stays quick."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.understanding.certainty import Doubt, doubts
from bot.understanding.features import Features
from bot.understanding.patterns import PATTERNS
from bot.understanding.plain import READERS
from bot.understanding.reading import Intent, Reader, Reading, Surroundings, Utterance
from bot.understanding.talk import Talk, talk_of

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Fired:
    """A pattern whose words were found; ``missing`` and ``barring`` features kept it out."""

    name: str
    intent: Intent
    weight: int
    words: str
    missing: tuple[str, ...]
    barring: tuple[str, ...]
    is_heard: bool

    @property
    def counts(self) -> bool:
        """Whether the pattern took part."""
        return self.is_heard and not (self.missing or self.barring)


@dataclass(frozen=True, slots=True)
class Likely:
    """An item that the words are like, of 100."""

    code: str
    name: str
    words: str
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a sentence was read: its plain words, who answered, and what spoke for and against."""

    words: str
    is_addressed: bool
    step: str | None
    fired: tuple[Fired, ...]
    item: Likely | None
    likely: tuple[Likely, ...]
    doubts: tuple[Doubt, ...]
    reading: Reading


def explain(reader: Reader, utterance: Utterance, around: Surroundings) -> Explanation:
    """Return how the sentence was read; the reading itself is the reader's own."""
    talk = talk_of(utterance, around)
    reading = reader.read(utterance, around)
    steps = (step.__name__ for step in READERS if step(talk) is not None)
    named = talk.items.meant(talk.text) or talk.items.meant(talk.text, deductions=True)
    item = None
    if named and named.code:
        item = Likely(named.code, _name(talk, named.code), named.words, named.score)
    return Explanation(
        words=talk.text,
        is_addressed=talk.is_addressed,
        step=next(steps, None),
        fired=tuple(_fired(talk)),
        item=item,
        likely=() if item or reading.intent is None else tuple(_likely(talk)),
        doubts=tuple(doubts(reading, talk)),
        reading=reading,
    )


def _fired(talk: Talk) -> Iterator[Fired]:
    """Yield the patterns whose words were found, the heaviest first."""
    features = Features(talk)
    for pattern in sorted(PATTERNS, key=lambda pattern: -pattern.weight):
        words = pattern.found(features.flat)
        if words is None:
            continue
        needs, bars = pattern.conditions
        yield Fired(
            pattern.name,
            pattern.intent,
            pattern.weight,
            words,
            tuple(name for name in needs if not features.holds(name)),
            tuple(name for name in bars if features.holds(name)),
            is_heard=talk.is_addressed or pattern.in_room,
        )


def _likely(talk: Talk) -> Iterator[Likely]:
    """Yield the items that sound most like the words."""
    for score, code, words in talk.items.scores(talk.text)[:_SHOWN]:
        yield Likely(code, _name(talk, code), words, score)


def _name(talk: Talk, code: str) -> str:
    item = talk.items.item(code)
    return item.name if item else code
