"""One message made ready to be read (话): tidy words, who is spoken to, the day, the items."""

import re
from dataclasses import dataclass
from datetime import date

from bot.understanding.claim_numbers import leading_numbers
from bot.understanding.items import ItemIndex, index_of
from bot.understanding.normalise import repaired, split_quote, tidy, without_mention
from bot.understanding.reading import Scene, Surroundings, Utterance
from domain.period import village_day
from domain.rulebook import Rulebook

LONGEST = 600
"""Characters: more is a story, not a message to the assistant."""
LISTING_LONGEST = 4_000
"""Characters of a message that lists a catalogue, line by line."""
_LISTING = re.compile(r"\s*兑换开[\s:：]")

_CALLED = re.compile(r"\A(?:积分)?小?助手[\s,:!、]*(?=.{4})", re.DOTALL)
_EMPTY = Rulebook(version="", items=())


@dataclass(frozen=True, slots=True)
class Talk:
    """What a reader of one kind of message is given.

    ``is_addressed`` is true where every word is meant for the assistant: a
    direct chat, its own @, or a message that begins with its name.
    """

    text: str
    is_addressed: bool
    role: str
    today: date
    dialogue: str | None
    items: ItemIndex
    quoted_ids: tuple[int, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether the words ask something."""
        return asks(self.text)

    @property
    def ends_asking(self) -> bool:
        """Whether the message ends as a question; a reason may hold 什么 or 怎么."""
        return bool(_ENDS_ASKING.search(self.text))


_ENDS_ASKING = re.compile(r"(?:[?吗呢]|了没|没有啊?|什么来着|来着)[\s?。!]*\Z")
_QUESTION = re.compile(
    r"[?吗呢]|怎么|怎样|咋|哪能|哪里|哪个|哪些|哪一|哪几|几张|要不要|如何|什么|啥|几时|截止|多少|几分|是不是|能不能|可不可以"
    r"|行不行|算不算|有没有|好不好|为何|几点|多久|还没|没有啊|了没|[^我你]伐\Z|么\Z"
)


def asks(text: str) -> bool:
    """Whether words hold a word that asks."""
    return bool(_QUESTION.search(text))


def _part_read(text: str) -> str:
    """Return as much of a message as is read."""
    return text[: LISTING_LONGEST if _LISTING.match(text) else LONGEST]


def talk_of(utterance: Utterance, around: Surroundings) -> Talk:
    """Make a message ready; only its first 600 characters are read, of a listing 4,000."""
    said, own = split_quote(tidy(_part_read(utterance.text)))
    words = repaired(without_mention(own, is_mentioned=utterance.is_mentioned))
    called = _CALLED.match(words)
    words = words[called.end() :] if called else words
    quoted, _ = leading_numbers(re.sub(r"\A[^:]*:\s*", "", said))
    return Talk(
        text=words,
        is_addressed=utterance.scene is Scene.DIRECT or utterance.is_mentioned or bool(called),
        role=utterance.role,
        today=village_day(utterance.now),
        dialogue=utterance.open_dialogue,
        items=index_of(around.rulebook or _EMPTY),
        quoted_ids=quoted,
    )
