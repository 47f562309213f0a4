"""One message made ready to be read (话): tidy words, who is spoken to, the day, the items."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.understanding.addresses import without_denied
from bot.understanding.claim_numbers import leading_numbers
from bot.understanding.deferred import deferred
from bot.understanding.items import ItemIndex, index_of
from bot.understanding.names import hide
from bot.understanding.normalise import repaired, split_quote, tidy, without_mention
from bot.understanding.reading import Scene, Surroundings, Utterance
from bot.understanding.spelling import from_pinyin
from bot.understanding.spoken_numbers import in_digits
from domain.period import village_day
from domain.rulebook import Rulebook

LONGEST: Final = 600
"""Characters: more is a story, not a message to the assistant."""
LISTING_LONGEST = 4_000
"""Characters of a message that lists a catalogue, line by line."""
_LISTING = deferred(r"\s*兑换开[\s:：]")

_CALLED: Final = deferred(
    r"\A(?:积分小助手|小助手|积分助手|助手(?=[\s,:!、]))(?:[\s,:!、]+|(?!是|比|又|真|蛮|挺|不|会|也|都|就|坏|没|的|说|讲|回|发|叫|好[像用笨]|太|越|能听|怎么(?:不|没|又|回|会)"
    r"|在(?!吗|伐|么|不在)|很|老|可[真爱]|笨|聪|厉|灵|被|只|反应|谁|啥人|今天(?:怎|没|挺|蛮|坏)|还(?:是|挺|蛮)|现在(?:越|也)))(?:在(?:吗|伐|么|不在)[\s,?!。]+)?(?=.{3})",
    re.DOTALL,
)
_SPEAKER: Final = deferred(r"\A[^:]*:\s*")
_MARKED: Final = deferred(r"#\s?(\d{1,7})(?!\d)")
_EMPTY: Final = Rulebook(version="", items=())
_ENDS_ASKING: Final = deferred(
    r"(?:[?吗呢伐]|了没|没有啊?|什么来着|来着|啥|什么|哪里|几次|几张|多少|怎么办|怎么弄|怎么报|什么用|意思|干什么|干嘛|怎么回事|为什么|为啥|几天|多久)"
    r"(?:呀|啊|呢|额)?[\s?。!]*\Z"
)
_QUESTION: Final = deferred(
    r"[?吗呢]|怎么|怎样|咋|哪能|哪里|哪个|哪些|哪一|哪几|哪样|哪天|到哪|哪了|要不要|如何|(?<!没)(?<!没有)(?:什么|啥)|几时|截止|多少|几分(?!类|开)"
    r"|(?<![好剩下这那])几次|几回|(?<![好这那前过头])几天|几张|(?<![剩下这那])几条|几步|几样|几种|几号|几家|几户|几化|几多|(?<!好)几趟|几个(?!半|小时|钟头)|几点|多久"
    r"|(?<![不但可只])是[^,。是]{1,8}还是|是不是|能不能|可不可以|行不行|算不算|有没有|好不好|为何|还没(?=[^,。]{0,3}(?:审|批|通|消息|结果|加|处理|下来|啊|呀|\?|\Z))|没有啊|了没(?!问题|啥|事|空)"
    r"|[^我你]伐\Z|么\Z|行伐|好伐|伐[,?。]|(?:好|过|了|到|审|批|完|出来|下来|通过)没有?(?:呀|啊)?[。,!]*\Z|[给帮替](?:我|阿拉|伲)[^,。]{0,3}(?:记|算|加|录)了(?:几|多少)|最多[^,。]{0,8}几|(?:可以|能|好)(?:报|加|算|做)几|是谁|有谁|谁(?=把|给|通过|驳|批|扣|改)|谁[啊呀]|哪位|几位|第几|几多|怎个|有伐|几时|啥人"
)


@dataclass(frozen=True, slots=True)
class Talk:
    """What a reader of one kind of message is given.

    ``is_addressed`` is true where every word is meant for the assistant: a
    direct chat, its own @, or a message that begins with its name. ``said``
    are the words of a message that is quoted, ``quoted_ids`` the claims it names;
    ``answers_another`` is true where it was somebody else's.
    ``names`` are the heads that the words name, by what stands in the text for each.
    """

    text: str
    is_addressed: bool
    role: str
    today: date
    dialogue: str | None
    items: ItemIndex
    quoted_ids: tuple[int, ...] = ()
    said: str = ""
    answers_another: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_question(self) -> bool:
        """Whether the words ask something."""
        return asks(self.text)

    @property
    def ends_asking(self) -> bool:
        """Whether the message ends as a question; a reason may hold 什么 or 怎么."""
        return bool(_ENDS_ASKING.search(self.text))


def asks(text: str) -> bool:
    """Whether words hold a word that asks."""
    return bool(_QUESTION.search(text))


def _part_read(text: str) -> str:
    """Return as much of a message as is read."""
    return text[: LISTING_LONGEST if _LISTING.match(text) else LONGEST]


def quoted_in(said: str) -> tuple[int, ...]:
    """Return the claims that a quoted message names: at its start, or the first after #."""
    leading, _ = leading_numbers(said) if said else ((), "")
    marked = _MARKED.search(said)
    return leading or ((int(marked[1]),) if marked else ())


def talk_of(utterance: Utterance, around: Surroundings) -> Talk:
    """Make a message ready; only its first 600 characters are read, of a listing 4,000."""
    said, own = split_quote(tidy(_part_read(utterance.text)))
    items = index_of(around.rulebook or _EMPTY)
    words = without_mention(own, is_mentioned=utterance.is_mentioned)
    words = repaired(from_pinyin(words, items.names))
    called = _CALLED.match(words)
    words = without_denied(words[called.end() :] if called else words)
    if utterance.role != "villager":
        words = in_digits(words)
    words, names = hide(words, around.heads)
    answers_another = bool(_SPEAKER.match(said)) and "助手" not in said.split(":", maxsplit=1)[0]
    said = _SPEAKER.sub("", said)
    return Talk(
        text=words,
        is_addressed=utterance.scene is Scene.DIRECT or utterance.is_mentioned or bool(called),
        role=utterance.role,
        today=village_day(utterance.now),
        dialogue=utterance.open_dialogue,
        items=items,
        quoted_ids=quoted_in(said),
        said=said,
        answers_another=answers_another,
        names=names,
    )
